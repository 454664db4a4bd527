/* SPDX-License-Identifier: Apache-2.0 */
/* A batch that is read piece by piece, from a stick that may fail, and judged
 * where memory may be short. */
#include "batch_desk.h"

/* A file of which no piece is larger than a chunk. */
struct stick {
    const struct desk *desk;
    size_t calls;
    size_t fails_at; /* the call that fails, from 1; 0: none */
    uint64_t next;   /* behind the last piece */
};

static bool read_piece(void *context, uint64_t offset, uint8_t *out,
                       size_t size)
{
    struct stick *stick = context;

    assert_int_equal(offset, stick->next);
    assert_true(size <= STREAM_SEALED_CHUNK_BYTES);
    assert_true(offset + size <= stick->desk->file_size);
    stick->next += size;
    if (++stick->calls == stick->fails_at) {
        return false;
    }
    memcpy(out, stick->desk->file + offset, size);
    return true;
}

static enum aula_code open_stick(struct desk *desk, struct stick *stick)
{
    static const struct batch empty;
    struct batch_office office = {desk->package_hash, desk->office_public,
                                  desk->office_secret};
    struct batch_judge judge = {desk_judge, desk};
    struct batch_bytes bytes = {read_piece, stick, desk->file_size};
    struct batch batch;
    struct aula_error err = {.code = AULA_OK};
    enum aula_code code;

    stick->desk = desk;
    code = batch_open_from(&batch, &office, &judge, &bytes, &err);
    assert_int_equal(err.code, code);
    if (code == AULA_OK) {
        assert_int_equal(batch.size, desk->plain_size);
        assert_memory_equal(batch.plaintext, desk->plain, batch.size);
    } else {
        assert_memory_equal(&batch, &empty, sizeof empty);
    }
    batch_close(&batch);
    return code;
}

/* Of more than two chunks. */
static void compose(struct desk *desk)
{
    while (desk->count < 20) {
        desk_add(desk, 1, BATCH_RECORD_MAX);
    }
    desk_compose(desk);
    desk_seal(desk);
    assert_true(desk->plain_size > 2 * STREAM_CHUNK_BYTES);
}

static void each_byte_of_a_file_is_read_once_and_in_order(void **state)
{
    struct stick stick = {.fails_at = 0};

    compose(*state);
    assert_int_equal(open_stick(*state, &stick), AULA_OK);
    assert_int_equal(stick.next, stick.desk->file_size);
    assert_int_equal(stick.calls, 4);
}

static void a_stick_that_fails_at_any_piece_is_named(void **state)
{
    compose(*state);
    for (size_t fails_at = 1; fails_at <= 4; fails_at++) {
        struct stick stick = {.fails_at = fails_at};

        assert_int_equal(open_stick(*state, &stick), AULA_IO);
        assert_int_equal(stick.calls, fails_at);
    }
}

static enum aula_code short_of_memory(void *context,
                                      uint8_t key[SIGN_PUBLIC_BYTES],
                                      const uint8_t tid[BATCH_TID_BYTES],
                                      const uint8_t *certificate, size_t size)
{
    (void)context;
    (void)key;
    (void)tid;
    (void)certificate;
    (void)size;
    return AULA_MEMORY;
}

static void a_judge_without_memory_does_not_blame_the_certificate(void **state)
{
    struct desk *desk = *state;
    struct batch_office office = {desk->package_hash, desk->office_public,
                                  desk->office_secret};
    struct batch_judge judge = {short_of_memory, NULL};
    struct batch batch;

    compose(desk);
    assert_int_equal(batch_open(&batch, &office, &judge, desk->file,
                                desk->file_size, NULL),
                     AULA_MEMORY);
    assert_null(batch.plaintext);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        BATCH_TEST(each_byte_of_a_file_is_read_once_and_in_order),
        BATCH_TEST(a_stick_that_fails_at_any_piece_is_named),
        BATCH_TEST(a_judge_without_memory_does_not_blame_the_certificate),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
