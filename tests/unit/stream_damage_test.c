/* SPDX-License-Identifier: Apache-2.0 */
/* The streaming seal: nothing that was cut, moved, altered or added to opens,
 * and the first failed check names the error. */
#include "stream_desk.h"

static enum aula_code name_of_damage(size_t at)
{
    if (at < 4) {
        return AULA_BAD_MAGIC;
    }
    if (at < AT_EID) {
        return AULA_BAD_VERSION;
    }
    if (at < AT_BOX) {
        return AULA_WRONG_ELECTION;
    }
    return at < AT_STREAM ? AULA_BATCH_SEAL : AULA_BATCH_STREAM;
}

static void flip_and_open(struct desk *desk, size_t bit)
{
    desk->file[bit / 8] ^= (uint8_t)(1U << bit % 8);
    assert_int_equal(open_file(desk), name_of_damage(bit / 8));
    desk->file[bit / 8] ^= (uint8_t)(1U << bit % 8);
}

static void a_flipped_bit_in_any_byte_of_a_file_is_refused(void **state)
{
    struct desk *desk = *state;

    seal(desk, SMALL);
    for (size_t bit = 0; bit < desk->file_size * 8; bit++) {
        flip_and_open(desk, bit);
    }
    assert_int_equal(open_file(desk), AULA_OK);
}

/* A chunk of 65536 bytes costs too much to try each: every 61st bit of both. */
static void a_flipped_bit_in_a_full_chunk_is_refused(void **state)
{
    struct desk *desk = *state;

    seal(desk, STREAM_CHUNK_BYTES + SMALL);
    for (size_t bit = STREAM_HEADER_BYTES * 8; bit < desk->file_size * 8;
         bit += 61 * 8 + 1) {
        flip_and_open(desk, bit);
    }
    assert_int_equal(open_file(desk), AULA_OK);
}

static void a_file_cut_anywhere_is_refused(void **state)
{
    struct desk *desk = *state;
    size_t whole = 0;

    seal(desk, SMALL);
    whole = desk->file_size;
    for (desk->file_size = 0; desk->file_size < whole; desk->file_size++) {
        enum aula_code expected = AULA_BATCH_STREAM;

        if (desk->file_size < STREAM_HEADER_BYTES) {
            expected = AULA_TRUNCATED;
        } else if (desk->file_size == STREAM_HEADER_BYTES) {
            expected = AULA_BATCH_TRUNCATED;
        }
        assert_int_equal(open_file(desk), expected);
    }
}

static void a_file_cut_between_or_in_chunks_is_refused(void **state)
{
    static const struct {
        size_t size; /* of the chunks */
        enum aula_code code;
    } cuts[] = {
        {0, AULA_BATCH_TRUNCATED},
        {1, AULA_BATCH_STREAM},
        {STREAM_SEALED_CHUNK_BYTES - 1, AULA_BATCH_STREAM},
        {STREAM_SEALED_CHUNK_BYTES, AULA_BATCH_TRUNCATED},
        {STREAM_SEALED_CHUNK_BYTES + 1, AULA_BATCH_STREAM},
        {STREAM_SEALED_CHUNK_BYTES + 17, AULA_BATCH_STREAM},
        {2 * STREAM_SEALED_CHUNK_BYTES - 1, AULA_BATCH_STREAM},
        {2 * STREAM_SEALED_CHUNK_BYTES, AULA_BATCH_TRUNCATED},
        {2 * STREAM_SEALED_CHUNK_BYTES + SMALL + 16, AULA_BATCH_STREAM},
        {2 * STREAM_SEALED_CHUNK_BYTES + SMALL + 17, AULA_OK},
    };
    struct desk *desk = *state;

    seal(desk, 2 * STREAM_CHUNK_BYTES + SMALL);
    for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++) {
        desk->file_size = STREAM_HEADER_BYTES + cuts[i].size;
        assert_int_equal(open_file(desk), cuts[i].code);
    }
}

static void bytes_after_the_last_chunk_are_refused(void **state)
{
    struct desk *desk = *state;

    seal(desk, SMALL);
    desk->file[desk->file_size++] = 0;
    assert_int_equal(open_file(desk), AULA_BATCH_STREAM);
    seal(desk, STREAM_CHUNK_BYTES);
    desk->file[desk->file_size++] = 0;
    assert_int_equal(open_file(desk), AULA_BATCH_STREAM);
}

static void chunks_out_of_their_place_are_refused(void **state)
{
    struct desk *desk = *state;
    uint8_t *one = desk->file + STREAM_HEADER_BYTES;
    uint8_t *two = one + STREAM_SEALED_CHUNK_BYTES;
    static uint8_t kept[STREAM_SEALED_CHUNK_BYTES];

    seal(desk, 3 * STREAM_CHUNK_BYTES);
    memcpy(kept, one, sizeof kept);
    memcpy(one, two, sizeof kept);
    memcpy(two, kept, sizeof kept);
    assert_int_equal(open_file(desk), AULA_BATCH_STREAM);
    memcpy(one, kept, sizeof kept);
    assert_int_equal(open_file(desk), AULA_BATCH_STREAM);
    memmove(one, two + STREAM_SEALED_CHUNK_BYTES, STREAM_SEALED_CHUNK_BYTES);
    desk->file_size -= 2 * STREAM_SEALED_CHUNK_BYTES;
    assert_int_equal(open_file(desk), AULA_BATCH_STREAM);
}

static void each_tag_has_its_lengths_and_no_other_tag_is_known(void **state)
{
    static const struct {
        size_t sizes[2]; /* 0 and tag 0 as second: there is none */
        unsigned tags[2];
        enum aula_code code;
    } rows[] = {
        {{SMALL, 0}, {3, 0}, AULA_OK},
        {{STREAM_CHUNK_BYTES, 0}, {3, 0}, AULA_OK},
        {{STREAM_CHUNK_BYTES, 1}, {0, 3}, AULA_OK},
        {{STREAM_CHUNK_BYTES, 0}, {0, 3}, AULA_BATCH_STREAM},
        {{STREAM_CHUNK_BYTES, 0}, {0, 0}, AULA_BATCH_TRUNCATED},
        {{0, 0}, {3, 0}, AULA_BATCH_STREAM},
        {{SMALL, 0}, {0, 0}, AULA_BATCH_STREAM},
        {{STREAM_CHUNK_BYTES - 1, 1}, {0, 3}, AULA_BATCH_STREAM},
        {{STREAM_CHUNK_BYTES, 1}, {1, 3}, AULA_BATCH_STREAM},
        {{STREAM_CHUNK_BYTES, 1}, {2, 3}, AULA_BATCH_STREAM},
        {{STREAM_CHUNK_BYTES, 1}, {4, 3}, AULA_BATCH_STREAM},
        {{STREAM_CHUNK_BYTES, 1}, {0, 7}, AULA_BATCH_STREAM},
        {{STREAM_CHUNK_BYTES, SMALL}, {3, 3}, AULA_BATCH_STREAM},
        {{STREAM_CHUNK_BYTES, SMALL}, {3, 0}, AULA_BATCH_STREAM},
    };
    struct desk *desk = *state;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        crypto_secretstream_xchacha20poly1305_state hand;

        hand_start(desk, &hand);
        hand_push(desk, &hand, rows[i].sizes[0], rows[i].tags[0]);
        if (rows[i].sizes[1] != 0 || rows[i].tags[1] != 0) {
            hand_push(desk, &hand, rows[i].sizes[1], rows[i].tags[1]);
        }
        assert_int_equal(open_file(desk), rows[i].code);
    }
}

static void a_chunk_longer_than_any_is_refused(void **state)
{
    struct desk *desk = *state;
    crypto_secretstream_xchacha20poly1305_state hand;
    struct stream *stream = NULL;
    uint8_t chunk[STREAM_CHUNK_BYTES];
    size_t size = 77;
    bool is_last = false;

    hand_start(desk, &hand);
    hand_push(desk, &hand, STREAM_CHUNK_BYTES + 1, 3);
    assert_int_equal(stream_open_read(&stream, desk->file, STREAM_HEADER_BYTES,
                                      eid, desk->public_key, desk->secret,
                                      NULL),
                     AULA_OK);
    assert_int_equal(stream_open_chunk(stream, chunk, &size, &is_last,
                                       desk->file + STREAM_HEADER_BYTES,
                                       STREAM_SEALED_CHUNK_BYTES + 1, NULL),
                     AULA_BATCH_STREAM);
    assert_int_equal(size, 77);
    stream_close(stream);
}

/* Same key and chunks, another header in front: the chunks are bound to it. */
static void chunks_open_under_their_own_header_only(void **state)
{
    struct desk *desk = *state;
    crypto_secretstream_xchacha20poly1305_state hand;
    uint8_t key[STREAM_KEY_BYTES] = {9, 8, 7};

    hand_start(desk, &hand);
    hand_push(desk, &hand, SMALL, 3);
    assert_true(seal_bytes(desk->file + AT_BOX, desk->public_key, key,
                           sizeof key));
    assert_int_equal(open_file(desk), AULA_BATCH_STREAM);
}

static void a_stream_that_failed_once_fails_for_ever(void **state)
{
    struct desk *desk = *state;
    struct stream *stream = NULL;
    uint8_t *body = desk->file + STREAM_HEADER_BYTES;
    uint8_t chunk[STREAM_CHUNK_BYTES];
    size_t size = 77;
    bool is_last = false;
    struct aula_error err = {AULA_OK, ""};

    seal(desk, SMALL);
    assert_int_equal(stream_open_read(&stream, desk->file, STREAM_HEADER_BYTES,
                                      eid, desk->public_key, desk->secret,
                                      NULL),
                     AULA_OK);
    for (int i = 0; i < 3; i++) {
        /* once altered, then as it was, then at the end */
        size_t sealed_size = i < 2 ? SMALL + STREAM_OVERHEAD_BYTES : 0;

        body[5] ^= i < 2;
        memset(chunk, 0x5a, sizeof chunk);
        assert_int_equal(stream_open_chunk(stream, chunk, &size, &is_last, body,
                                           sealed_size, &err),
                         AULA_BATCH_STREAM);
        assert_true(sodium_is_zero(chunk, sizeof chunk));
        assert_int_equal(err.code, AULA_BATCH_STREAM);
        assert_int_equal(size, 77);
        assert_false(is_last);
    }
    stream_close(stream);
}

static void the_first_failed_check_of_the_header_names_the_error(void **state)
{
    struct desk *desk = *state;

    seal(desk, SMALL);
    desk->file[AT_BOX] ^= 1;
    assert_int_equal(open_file(desk), AULA_BATCH_SEAL);
    desk->file[AT_EID] ^= 1;
    assert_int_equal(open_file(desk), AULA_WRONG_ELECTION);
    desk->file[4] = 0;
    assert_int_equal(open_file(desk), AULA_BAD_VERSION);
    desk->file[0] ^= 1;
    assert_int_equal(open_file(desk), AULA_BAD_MAGIC);
    desk->file_size = STREAM_HEADER_BYTES - 1;
    assert_int_equal(open_file(desk), AULA_TRUNCATED);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        STREAM_TEST(a_flipped_bit_in_any_byte_of_a_file_is_refused),
        STREAM_TEST(a_flipped_bit_in_a_full_chunk_is_refused),
        STREAM_TEST(a_file_cut_anywhere_is_refused),
        STREAM_TEST(a_file_cut_between_or_in_chunks_is_refused),
        STREAM_TEST(bytes_after_the_last_chunk_are_refused),
        STREAM_TEST(chunks_out_of_their_place_are_refused),
        STREAM_TEST(each_tag_has_its_lengths_and_no_other_tag_is_known),
        STREAM_TEST(a_chunk_longer_than_any_is_refused),
        STREAM_TEST(chunks_open_under_their_own_header_only),
        STREAM_TEST(a_stream_that_failed_once_fails_for_ever),
        STREAM_TEST(the_first_failed_check_of_the_header_names_the_error),
    };

    if (sodium_init() < 0) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
