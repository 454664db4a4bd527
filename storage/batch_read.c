/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a batch, by the file part of IMPORT (PROTOCOL.md section 10), in its
 * order; see batch.h. Lengths are believed only as far as bytes are there. */
#include "batch.h"

#include <stdlib.h>
#include <string.h>

#include "bytes.h"

enum {
    AT_EID = 5,
    AT_TID = 21,
    AT_NUMBER = 37,
    AT_FIRST = 41,
    AT_LAST = 49,
    AT_COUNT = 57,
    AT_KINDS = 61,
    AT_TIME = 81,
    AT_PREV = 89,
    AT_CERT = 121,
    RECORD_HEAD = 88,
    RECORD_AT_KIND = 5,
    RECORD_AT_TID = 24,
    RECORD_AT_SEQ = 40
};

static enum aula_code refuse(enum aula_code code, struct aula_error *err)
{
    return aula_fail(err, code, "batch: %s", aula_code_name(code));
}

static enum aula_code read_part(uint8_t *out, const struct batch_bytes *file,
                                uint64_t offset, size_t size,
                                struct aula_error *err)
{
    return file->read(file->context, offset, out, size)
               ? AULA_OK
               : aula_fail(err, AULA_IO, "batch: cannot be read");
}

/* A sealed chunk and what is in it. */
struct chunks {
    uint8_t sealed[STREAM_SEALED_CHUNK_BYTES];
    uint8_t opened[STREAM_CHUNK_BYTES];
};

/* All chunks, one behind the other. */
static enum aula_code open_chunks(struct batch *made, struct stream *stream,
                                  struct chunks *chunks,
                                  const struct batch_bytes *file,
                                  struct aula_error *err)
{
    uint64_t at = STREAM_HEADER_BYTES;
    bool is_last = false;
    enum aula_code code = AULA_OK;

    made->size = 0;
    while (code == AULA_OK && (at < file->size || !is_last)) {
        size_t part = file->size - at < sizeof chunks->sealed
                          ? (size_t)(file->size - at)
                          : sizeof chunks->sealed;
        size_t opened = 0;

        code = read_part(chunks->sealed, file, at, part, err);
        if (code == AULA_OK) {
            code = stream_open_chunk(stream, chunks->opened, &opened, &is_last,
                                     chunks->sealed, part, err);
        }
        if (code == AULA_OK) {
            memcpy(made->plaintext + made->size, chunks->opened, opened);
            made->size += opened;
            at += part;
        }
    }
    return code;
}

static enum aula_code open_stream(struct stream **stream,
                                  const struct batch_office *office,
                                  const struct batch_bytes *file,
                                  struct aula_error *err)
{
    uint8_t header[STREAM_HEADER_BYTES];
    size_t size = file->size < sizeof header ? (size_t)file->size
                                             : sizeof header;
    enum aula_code code = file->size > BATCH_FILE_MAX
                              ? refuse(AULA_TOO_LARGE, err)
                              : read_part(header, file, 0, size, err);

    return code == AULA_OK
               ? stream_open_read(stream, header, size, office->package_hash,
                                  office->transport_public,
                                  office->transport_secret, err)
               : code;
}

static enum aula_code open_file(struct batch *made,
                                const struct batch_office *office,
                                const struct batch_bytes *file,
                                struct aula_error *err)
{
    struct stream *stream = NULL;
    struct chunks *chunks = NULL;
    enum aula_code code = open_stream(&stream, office, file, err);

    if (stream == NULL) {
        return code;
    }
    chunks = malloc(sizeof *chunks);
    made->plaintext = malloc((size_t)file->size);
    code = chunks == NULL || made->plaintext == NULL
               ? refuse(AULA_MEMORY, err)
               : open_chunks(made, stream, chunks, file, err);
    free(chunks);
    stream_close(stream);
    return code;
}

static enum aula_code read_head(struct batch *made,
                                const struct batch_office *office,
                                struct aula_error *err)
{
    struct batch_head *head = &made->head;
    const uint8_t *bytes = made->plaintext;

    if (made->size < BATCH_HEAD_BYTES) {
        return refuse(AULA_TRUNCATED, err);
    }
    if (memcmp(bytes, "AULB", 4) != 0) {
        return refuse(AULA_BAD_MAGIC, err);
    }
    if (bytes[4] != 1) {
        return refuse(AULA_BAD_VERSION, err);
    }
    if (memcmp(bytes + AT_EID, office->package_hash, STREAM_EID_BYTES) != 0) {
        return refuse(AULA_WRONG_ELECTION, err);
    }
    memcpy(head->eid, bytes + AT_EID, sizeof head->eid);
    memcpy(head->tid, bytes + AT_TID, sizeof head->tid);
    memcpy(head->prev, bytes + AT_PREV, sizeof head->prev);
    head->number = get_le32(bytes + AT_NUMBER);
    head->first_seq = get_le64(bytes + AT_FIRST);
    head->last_seq = get_le64(bytes + AT_LAST);
    head->count = get_le32(bytes + AT_COUNT);
    for (size_t k = 0; k < BATCH_KINDS; k++) {
        head->kinds[k] = get_le32(bytes + AT_KINDS + 4 * k);
    }
    head->time = get_le64(bytes + AT_TIME);
    head->certificate = bytes + BATCH_HEAD_BYTES;
    head->certificate_size = get_le16(bytes + AT_CERT);
    return head->certificate_size > made->size - BATCH_HEAD_BYTES
               ? refuse(AULA_TRUNCATED, err)
               : AULA_OK;
}

/* Lengths of all records, and that the footer and no more is behind them. */
static enum aula_code check_lengths(const struct batch *made,
                                    struct aula_error *err)
{
    size_t head = BATCH_HEAD_BYTES + made->head.certificate_size;
    struct bytes_reader reader = {made->plaintext + head, made->size - head};

    for (uint32_t i = 0; i < made->head.count; i++) {
        const uint8_t *length = bytes_take(&reader, 4);

        if (length != NULL && get_le32(length) > BATCH_RECORD_MAX) {
            return refuse(AULA_TOO_LARGE, err);
        }
        if (length == NULL || bytes_take(&reader, get_le32(length)) == NULL) {
            return refuse(AULA_TRUNCATED, err);
        }
    }
    if (reader.left != BATCH_FOOT_BYTES) {
        return refuse(reader.left < BATCH_FOOT_BYTES ? AULA_TRUNCATED
                                                     : AULA_TRAILING_BYTES,
                      err);
    }
    return AULA_OK;
}

bool batch_next(const struct batch *batch, struct batch_cursor *cursor,
                const uint8_t **bytes, size_t *size)
{
    const uint8_t *at = NULL;

    if (cursor->given == batch->head.count) {
        return false;
    }
    if (cursor->at == 0) {
        cursor->at = BATCH_HEAD_BYTES + batch->head.certificate_size;
    }
    at = batch->plaintext + cursor->at;
    *bytes = at + 4;
    *size = get_le32(at);
    cursor->at += 4 + *size;
    cursor->given++;
    return true;
}

/* BATCH_COUNT: there are records, each has a header, and kinds are as said. */
static enum aula_code check_counts(const struct batch *made,
                                   struct aula_error *err)
{
    uint32_t kinds[BATCH_KINDS] = {0};
    struct batch_cursor cursor = {0};
    const uint8_t *bytes = NULL;
    size_t size = 0;

    while (batch_next(made, &cursor, &bytes, &size)) {
        if (size < RECORD_HEAD) {
            return refuse(AULA_BATCH_COUNT, err);
        }
        if (bytes[RECORD_AT_KIND] >= 1 &&
            bytes[RECORD_AT_KIND] <= BATCH_KINDS) {
            kinds[bytes[RECORD_AT_KIND] - 1]++;
        }
    }
    if (made->head.count == 0 ||
        memcmp(kinds, made->head.kinds, sizeof kinds) != 0) {
        return refuse(AULA_BATCH_COUNT, err);
    }
    return AULA_OK;
}

/* BATCH_RANGE, then BATCH_HEAD. */
static enum aula_code check_range(const struct batch *made,
                                  struct aula_error *err)
{
    struct batch_cursor cursor = {0};
    const uint8_t *bytes = NULL;
    uint8_t last[HASH_BYTES] = {0};
    uint64_t seq = made->head.first_seq;
    size_t size = 0;

    while (batch_next(made, &cursor, &bytes, &size)) {
        if (memcmp(bytes + RECORD_AT_TID, made->head.tid, BATCH_TID_BYTES) !=
                0 ||
            get_le64(bytes + RECORD_AT_SEQ) != seq) {
            return refuse(AULA_BATCH_RANGE, err);
        }
        seq++;
        if (cursor.given == made->head.count) {
            hash_bytes(last, "record", bytes, size);
        }
    }
    if (made->head.last_seq < made->head.first_seq ||
        seq - 1 != made->head.last_seq) {
        return refuse(AULA_BATCH_RANGE, err);
    }
    return memcmp(last, made->plaintext + made->size - BATCH_FOOT_BYTES,
                  sizeof last) == 0
               ? AULA_OK
               : refuse(AULA_BATCH_HEAD, err);
}

static enum aula_code check_signature(const struct batch *made,
                                      const struct batch_office *office,
                                      const uint8_t *key,
                                      struct aula_error *err)
{
    size_t size = made->size - SIGN_BYTES;
    struct hash h;

    hash_start(&h, HASH_WIDE_BYTES, "sig-batch");
    hash_field(&h, office->package_hash, HASH_BYTES);
    hash_field(&h, made->plaintext, size);
    return sign_check(&h, made->plaintext + size, key) == AULA_OK
               ? AULA_OK
               : refuse(AULA_SIG_INVALID, err);
}

static enum aula_code check_plaintext(struct batch *made,
                                      const struct batch_office *office,
                                      const struct batch_judge *judge,
                                      struct aula_error *err)
{
    uint8_t key[SIGN_PUBLIC_BYTES];
    enum aula_code code = read_head(made, office, err);

    if (code == AULA_OK) {
        code = judge->check(judge->context, key, made->head.tid,
                            made->head.certificate,
                            made->head.certificate_size);
        if (code != AULA_OK) {
            return refuse(code == AULA_MEMORY ? AULA_MEMORY : AULA_BATCH_CERT,
                          err);
        }
    }
    if (code == AULA_OK) {
        code = check_lengths(made, err);
    }
    if (code == AULA_OK) {
        code = check_counts(made, err);
    }
    if (code == AULA_OK) {
        code = check_range(made, err);
    }
    return code == AULA_OK ? check_signature(made, office, key, err) : code;
}

enum aula_code batch_open_from(struct batch *batch,
                               const struct batch_office *office,
                               const struct batch_judge *judge,
                               const struct batch_bytes *file,
                               struct aula_error *err)
{
    struct batch made = {0};
    enum aula_code code = open_file(&made, office, file, err);

    *batch = (struct batch){0};
    if (code == AULA_OK) {
        code = check_plaintext(&made, office, judge, err);
    }
    if (code != AULA_OK) {
        batch_close(&made);
        return code;
    }
    hash_bytes(made.hash, "batch", made.plaintext, made.size);
    *batch = made;
    return AULA_OK;
}

static bool copy(void *context, uint64_t offset, uint8_t *out, size_t size)
{
    const uint8_t *const *bytes = context;

    if (size > 0) {
        memcpy(out, *bytes + offset, size);
    }
    return true;
}

enum aula_code batch_open(struct batch *batch,
                          const struct batch_office *office,
                          const struct batch_judge *judge, const uint8_t *file,
                          size_t file_size, struct aula_error *err)
{
    struct batch_bytes from = {copy, &file, file_size};

    return batch_open_from(batch, office, judge, &from, err);
}

void batch_close(struct batch *batch)
{
    if (batch != NULL) {
        free(batch->plaintext);
        *batch = (struct batch){0};
    }
}
