/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a batch; see batch.h. The plaintext is hashed and signed on its way
 * through one chunk of memory; its length is known before its first byte, since
 * a signature covers it. */
#include "batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"

/* A batch on its way out. */
struct outlet {
    struct hash signed_part; /* PH, all before the signature */
    struct hash whole;
    struct stream *stream;
    const struct batch_sink *sink;
    size_t fill; /* bytes in chunk */
    uint8_t chunk[STREAM_CHUNK_BYTES];
    uint8_t sealed[STREAM_SEALED_CHUNK_BYTES];
};

static enum aula_code flush(struct outlet *outlet, bool is_last,
                            struct aula_error *err)
{
    size_t size = outlet->fill;

    stream_seal_chunk(outlet->stream, outlet->sealed, outlet->chunk, size,
                      is_last);
    outlet->fill = 0;
    return outlet->sink->write(outlet->sink->context, outlet->sealed,
                               size + STREAM_OVERHEAD_BYTES, err);
}

/* A full chunk waits for the next byte: it may be the last one. */
static enum aula_code put(struct outlet *outlet, const uint8_t *bytes,
                          size_t size, struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    hash_more(&outlet->whole, bytes, size);
    while (size > 0 && code == AULA_OK) {
        size_t room = STREAM_CHUNK_BYTES - outlet->fill;
        size_t part = size < room ? size : room;

        if (room == 0) {
            code = flush(outlet, false, err);
            continue;
        }
        memcpy(outlet->chunk + outlet->fill, bytes, part);
        outlet->fill += part;
        bytes += part;
        size -= part;
    }
    return code;
}

static enum aula_code put_signed(struct outlet *outlet, const uint8_t *bytes,
                                 size_t size, struct aula_error *err)
{
    hash_more(&outlet->signed_part, bytes, size);
    return put(outlet, bytes, size, err);
}

static void encode_head(uint8_t out[static BATCH_HEAD_BYTES],
                        const struct batch_head *head)
{
    struct bytes_writer writer = {out, 0, BATCH_HEAD_BYTES};

    bytes_put(&writer, "AULB", 4);
    bytes_put_u8(&writer, 1);
    bytes_put(&writer, head->eid, sizeof head->eid);
    bytes_put(&writer, head->tid, sizeof head->tid);
    bytes_put_u32(&writer, head->number);
    bytes_put_u64(&writer, head->first_seq);
    bytes_put_u64(&writer, head->last_seq);
    bytes_put_u32(&writer, head->count);
    for (size_t k = 0; k < BATCH_KINDS; k++) {
        bytes_put_u32(&writer, head->kinds[k]);
    }
    bytes_put_u64(&writer, head->time);
    bytes_put(&writer, head->prev, sizeof head->prev);
    bytes_put_u16(&writer, (uint16_t)head->certificate_size);
}

/* Each record with its length before it, and the hash of the last one. */
static enum aula_code put_records(struct outlet *outlet, uint32_t count,
                                  const struct batch_source *source,
                                  struct aula_error *err)
{
    uint8_t last[HASH_BYTES] = {0};
    uint64_t left = source->bytes;

    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *bytes = NULL;
        uint8_t length[4];
        size_t size = 0;
        enum aula_code code = source->next(source->context, &bytes, &size, err);

        if (code == AULA_OK && (size > left || size > BATCH_RECORD_MAX)) {
            code = aula_fail(err, AULA_BATCH_COUNT,
                             "batch: a record is longer than announced");
        }
        if (code != AULA_OK) {
            return code;
        }
        left -= size;
        put_le32(length, (uint32_t)size);
        hash_bytes(last, "record", bytes, size);
        code = put_signed(outlet, length, sizeof length, err);
        if (code == AULA_OK) {
            code = put_signed(outlet, bytes, size, err);
        }
        if (code != AULA_OK) {
            return code;
        }
    }
    if (left != 0) {
        return aula_fail(err, AULA_BATCH_COUNT,
                         "batch: its records are shorter than announced");
    }
    return put_signed(outlet, last, sizeof last, err);
}

static enum aula_code put_all(struct outlet *outlet,
                              const struct batch_head *head,
                              const struct batch_parties *parties,
                              const struct batch_source *source,
                              struct aula_error *err)
{
    uint8_t bytes[BATCH_HEAD_BYTES];
    uint8_t signature[SIGN_BYTES];
    enum aula_code code;

    encode_head(bytes, head);
    code = put_signed(outlet, bytes, sizeof bytes, err);
    if (code == AULA_OK) {
        code = put_signed(outlet, head->certificate, head->certificate_size,
                          err);
    }
    if (code == AULA_OK) {
        code = put_records(outlet, head->count, source, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    sign_end(&outlet->signed_part, signature, parties->terminal_secret);
    code = put(outlet, signature, sizeof signature, err);
    return code == AULA_OK ? flush(outlet, true, err) : code;
}

static void start_hashes(struct outlet *outlet, const uint8_t *package_hash,
                         size_t size)
{
    hash_start(&outlet->signed_part, HASH_WIDE_BYTES, "sig-batch");
    hash_field(&outlet->signed_part, package_hash, HASH_BYTES);
    hash_open_field(&outlet->signed_part, size - SIGN_BYTES);
    hash_start(&outlet->whole, HASH_BYTES, "batch");
    hash_open_field(&outlet->whole, size);
}

enum aula_code batch_write(uint8_t hash[static HASH_BYTES],
                           const struct batch_head *head,
                           const struct batch_parties *parties,
                           const struct batch_source *source,
                           const struct batch_sink *sink,
                           struct aula_error *err)
{
    uint8_t header[STREAM_HEADER_BYTES];
    uint64_t size = BATCH_HEAD_BYTES + head->certificate_size +
                    (uint64_t)4 * head->count + source->bytes +
                    BATCH_FOOT_BYTES;
    struct outlet *outlet = NULL;
    enum aula_code code;

    /* What sealing adds is below a thousandth. */
    if (size > BATCH_FILE_MAX - BATCH_FILE_MAX / 1000) {
        return aula_fail(err, AULA_TOO_LARGE, "batch: longer than 256 MiB");
    }
    outlet = calloc(1, sizeof *outlet);
    if (outlet == NULL) {
        return aula_fail(err, AULA_MEMORY, "batch: out of memory");
    }
    outlet->sink = sink;
    start_hashes(outlet, parties->package_hash, (size_t)size);
    code = stream_open_seal(&outlet->stream, header, head->eid,
                            parties->office_transport, err);
    if (code == AULA_OK) {
        code = sink->write(sink->context, header, sizeof header, err);
    }
    if (code == AULA_OK) {
        code = put_all(outlet, head, parties, source, err);
    }
    if (code == AULA_OK) {
        hash_end(&outlet->whole, hash);
    }
    stream_close(outlet->stream);
    free(outlet);
    return code;
}

/* The common beginning; returns its length. */
static size_t put_name(char name[static BATCH_NAME_BYTES],
                       const uint8_t eid[static STREAM_EID_BYTES],
                       const uint8_t tid[static BATCH_TID_BYTES])
{
    char hex[2][2 * STREAM_EID_BYTES + 1];

    (void)sodium_bin2hex(hex[0], sizeof hex[0], eid, STREAM_EID_BYTES);
    (void)sodium_bin2hex(hex[1], sizeof hex[1], tid, BATCH_TID_BYTES);
    return (size_t)snprintf(name, BATCH_NAME_BYTES, "aula-%s-%s", hex[0],
                            hex[1]);
}

void batch_file_name(char name[static BATCH_NAME_BYTES],
                     const uint8_t eid[static STREAM_EID_BYTES],
                     const uint8_t tid[static BATCH_TID_BYTES], uint32_t number)
{
    size_t size = put_name(name, eid, tid);

    (void)snprintf(name + size, BATCH_NAME_BYTES - size, "-%u.batch",
                   (unsigned)number);
}

void batch_head_name(char name[static BATCH_NAME_BYTES],
                     const uint8_t eid[static STREAM_EID_BYTES],
                     const uint8_t tid[static BATCH_TID_BYTES])
{
    size_t size = put_name(name, eid, tid);

    (void)snprintf(name + size, BATCH_NAME_BYTES - size, ".head");
}
