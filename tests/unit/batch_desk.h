/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of batches share: a terminal with records that are no more
 * than a header and some bytes, an office, a plaintext that is put together by
 * hand, and both ends of the file in memory.
 */
#ifndef AULA_BATCH_DESK_H
#define AULA_BATCH_DESK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "batch.h"
#include "bytes.h"
#include "draw.h"
#include "seal.h"

enum {
    DESK_RECORDS = 64,
    DESK_ROOM = 4 * STREAM_CHUNK_BYTES,
    DESK_CERT_BYTES = 10,
    RECORD_SMALLEST = 88,
    /* Places in a record and in a plaintext. */
    RECORD_KIND_AT = 5,
    RECORD_TID_AT = 24,
    RECORD_SEQ_AT = 40,
    PLAIN_COUNT_AT = 57,
    PLAIN_KINDS_AT = 61,
    PLAIN_CERT_SIZE_AT = 121,
    PLAIN_CERT_AT = 123,
    PLAIN_RECORDS_AT = PLAIN_CERT_AT + DESK_CERT_BYTES
};

static const uint8_t desk_cert[DESK_CERT_BYTES] = "the paper";

struct desk {
    uint8_t package_hash[HASH_BYTES];
    uint8_t office_public[SEAL_PUBLIC_BYTES];
    uint8_t office_secret[SEAL_SECRET_BYTES];
    uint8_t terminal_public[SIGN_PUBLIC_BYTES];
    uint8_t terminal_secret[SIGN_SECRET_BYTES];
    uint8_t tid[BATCH_TID_BYTES];
    uint8_t prev[HASH_BYTES];

    size_t count;
    uint8_t records[DESK_RECORDS][BATCH_RECORD_MAX + 1];
    size_t sizes[DESK_RECORDS];

    uint8_t plain[DESK_ROOM];
    size_t plain_size;
    uint8_t file[DESK_ROOM + 1024];
    size_t file_size;

    size_t given;      /* records that were given out */
    size_t writes;     /* calls of the sink */
    size_t fail_write; /* the call that fails, 0: none */
    size_t fail_next;  /* the record that cannot be given, 0: none */
};

/* A record of the desk's terminal; its place in the chain is its number. */
static inline void desk_add(struct desk *desk, uint8_t kind, size_t size)
{
    size_t i = desk->count++;
    uint8_t *record = desk->records[i];

    assert_true(i < DESK_RECORDS && size <= BATCH_RECORD_MAX);
    draw_bytes(record, size, "record", i);
    record[RECORD_KIND_AT] = kind;
    memcpy(record + RECORD_TID_AT, desk->tid, sizeof desk->tid);
    put_le64(record + RECORD_SEQ_AT, i + 1);
    desk->sizes[i] = size;
}

/* One record of each kind, of different lengths. */
static inline void desk_add_five(struct desk *desk)
{
    static const uint8_t kinds[] = {3, 1, 2, 4, 5};

    for (size_t i = 0; i < sizeof kinds; i++) {
        desk_add(desk, kinds[i], RECORD_SMALLEST + 11 * i);
    }
}

static inline struct batch_head desk_head(const struct desk *desk)
{
    struct batch_head head = {.number = 7,
                              .first_seq = 1,
                              .last_seq = desk->count,
                              .count = (uint32_t)desk->count,
                              .time = 1790001300,
                              .certificate = desk_cert,
                              .certificate_size = DESK_CERT_BYTES};

    memcpy(head.eid, desk->package_hash, sizeof head.eid);
    memcpy(head.tid, desk->tid, sizeof head.tid);
    memcpy(head.prev, desk->prev, sizeof head.prev);
    for (size_t i = 0; i < desk->count; i++) {
        uint8_t kind = desk->records[i][RECORD_KIND_AT];

        if (kind >= 1 && kind <= BATCH_KINDS) {
            head.kinds[kind - 1]++;
        }
    }
    return head;
}

static inline void desk_put_head(struct bytes_writer *writer,
                                 const struct batch_head *head)
{
    bytes_put(writer, "AULB\1", 5);
    bytes_put(writer, head->eid, sizeof head->eid);
    bytes_put(writer, head->tid, sizeof head->tid);
    bytes_put_u32(writer, head->number);
    bytes_put_u64(writer, head->first_seq);
    bytes_put_u64(writer, head->last_seq);
    bytes_put_u32(writer, head->count);
    for (size_t k = 0; k < BATCH_KINDS; k++) {
        bytes_put_u32(writer, head->kinds[k]);
    }
    bytes_put_u64(writer, head->time);
    bytes_put(writer, head->prev, sizeof head->prev);
    bytes_put_u16(writer, (uint16_t)head->certificate_size);
    bytes_put(writer, head->certificate, head->certificate_size);
}

/* Sign all that stands before the signature once more. */
static inline void desk_sign(struct desk *desk)
{
    size_t size = desk->plain_size - SIGN_BYTES;
    struct hash h;

    hash_start(&h, HASH_WIDE_BYTES, "sig-batch");
    hash_field(&h, desk->package_hash, HASH_BYTES);
    hash_field(&h, desk->plain, size);
    sign_end(&h, desk->plain + size, desk->terminal_secret);
}

/* The plaintext of a head and the desk's records, by hand. */
static inline void desk_compose_under(struct desk *desk,
                                      const struct batch_head *head)
{
    struct bytes_writer writer = {desk->plain, 0, sizeof desk->plain};
    uint8_t last[HASH_BYTES] = {0};

    desk_put_head(&writer, head);
    for (size_t i = 0; i < desk->count; i++) {
        bytes_put_u32(&writer, (uint32_t)desk->sizes[i]);
        bytes_put(&writer, desk->records[i], desk->sizes[i]);
        hash_bytes(last, "record", desk->records[i], desk->sizes[i]);
    }
    bytes_put(&writer, last, sizeof last);
    desk->plain_size = writer.size + SIGN_BYTES;
    assert_true(desk->plain_size <= sizeof desk->plain);
    desk_sign(desk);
}

static inline void desk_compose(struct desk *desk)
{
    struct batch_head head = desk_head(desk);

    desk_compose_under(desk, &head);
}

/* Seal the plaintext as it stands. */
static inline void desk_seal(struct desk *desk)
{
    struct stream *stream = NULL;
    size_t done = 0;

    assert_int_equal(stream_open_seal(&stream, desk->file, desk->package_hash,
                                      desk->office_public, NULL),
                     AULA_OK);
    desk->file_size = STREAM_HEADER_BYTES;
    while (done < desk->plain_size) {
        size_t left = desk->plain_size - done;
        size_t piece = left < STREAM_CHUNK_BYTES ? left
                                                 : (size_t)STREAM_CHUNK_BYTES;

        stream_seal_chunk(stream, desk->file + desk->file_size,
                          desk->plain + done, piece, piece == left);
        desk->file_size += piece + STREAM_OVERHEAD_BYTES;
        done += piece;
    }
    stream_close(stream);
}

/* A certificate is the desk's paper, and names the desk's terminal. */
static inline enum aula_code desk_judge(void *context,
                                        uint8_t key[SIGN_PUBLIC_BYTES],
                                        const uint8_t tid[BATCH_TID_BYTES],
                                        const uint8_t *certificate, size_t size)
{
    const struct desk *desk = context;

    if (size != sizeof desk_cert || memcmp(certificate, desk_cert, size) != 0) {
        return AULA_SIG_INVALID;
    }
    if (memcmp(tid, desk->tid, sizeof desk->tid) != 0) {
        return AULA_CERT_TERMINAL_ID;
    }
    memcpy(key, desk->terminal_public, SIGN_PUBLIC_BYTES);
    return AULA_OK;
}

/* Open `size` bytes with nothing behind them. */
static inline enum aula_code desk_open_bytes(struct desk *desk,
                                             struct batch *batch,
                                             const uint8_t *file, size_t size)
{
    static const struct batch empty;
    struct batch_office office = {desk->package_hash, desk->office_public,
                                  desk->office_secret};
    struct batch_judge judge = {desk_judge, desk};
    uint8_t *exact = malloc(size > 0 ? size : 1);
    struct aula_error err = {.code = AULA_OK};
    enum aula_code code;

    memcpy(exact, file, size);
    memset(batch, 0x5a, sizeof *batch);
    code = batch_open(batch, &office, &judge, exact, size, &err);
    assert_int_equal(err.code, code);
    if (code != AULA_OK) {
        assert_memory_equal(batch, &empty, sizeof empty);
    }
    free(exact);
    return code;
}

/* Open the file, and close it again. */
static inline enum aula_code desk_open(struct desk *desk)
{
    struct batch batch;
    enum aula_code code = desk_open_bytes(desk, &batch, desk->file,
                                          desk->file_size);

    batch_close(&batch);
    return code;
}

/* Seal the plaintext, open that. */
static inline enum aula_code desk_open_plain(struct desk *desk)
{
    desk_seal(desk);
    return desk_open(desk);
}

static inline enum aula_code desk_next(void *context, const uint8_t **bytes,
                                       size_t *size, struct aula_error *err)
{
    struct desk *desk = context;
    size_t i = desk->given++;

    if (desk->given == desk->fail_next) {
        return aula_fail(err, AULA_STORE_DAMAGED, "a record that is torn");
    }
    assert_true(i < desk->count);
    *bytes = desk->records[i];
    *size = desk->sizes[i];
    return AULA_OK;
}

static inline enum aula_code desk_write_bytes(void *context,
                                              const uint8_t *bytes, size_t size,
                                              struct aula_error *err)
{
    struct desk *desk = context;

    if (++desk->writes == desk->fail_write) {
        return aula_fail(err, AULA_FULL, "no space");
    }
    assert_true(size <= sizeof desk->file - desk->file_size);
    memcpy(desk->file + desk->file_size, bytes, size);
    desk->file_size += size;
    return AULA_OK;
}

static inline uint64_t desk_sum(const struct desk *desk)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < desk->count; i++) {
        sum += desk->sizes[i];
    }
    return sum;
}

/* Write the file of a head that announces `bytes` of records. */
static inline enum aula_code desk_write_as(struct desk *desk,
                                           uint8_t hash[HASH_BYTES],
                                           const struct batch_head *head,
                                           uint64_t bytes)
{
    struct batch_parties parties = {desk->package_hash, desk->terminal_secret,
                                    desk->office_public};
    struct batch_source source = {desk_next, desk, bytes};
    struct batch_sink sink = {desk_write_bytes, desk};
    struct aula_error err = {.code = AULA_OK};
    enum aula_code code;

    desk->file_size = 0;
    desk->given = 0;
    desk->writes = 0;
    code = batch_write(hash, head, &parties, &source, &sink, &err);
    assert_int_equal(err.code, code);
    return code;
}

static inline enum aula_code desk_write(struct desk *desk,
                                        uint8_t hash[HASH_BYTES])
{
    struct batch_head head = desk_head(desk);

    return desk_write_as(desk, hash, &head, desk_sum(desk));
}

static inline int desk_open_office(void **state)
{
    static const uint8_t seed[SIGN_SEED_BYTES] = {9};
    struct desk *desk = calloc(1, sizeof *desk);

    if (desk == NULL) {
        return -1;
    }
    draw_bytes(desk->package_hash, sizeof desk->package_hash, "package", 0);
    draw_bytes(desk->tid, sizeof desk->tid, "tid", 0);
    draw_bytes(desk->prev, sizeof desk->prev, "batch before", 0);
    seal_key_pair(desk->office_public, desk->office_secret);
    sign_key_pair(desk->terminal_public, desk->terminal_secret, seed);
    *state = desk;
    return 0;
}

static inline int desk_close_office(void **state)
{
    free(*state);
    return 0;
}

#define BATCH_TEST(test)                                                       \
    cmocka_unit_test_setup_teardown(test, desk_open_office, desk_close_office)

#endif
