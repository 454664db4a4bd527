/* SPDX-License-Identifier: Apache-2.0 */
/* The streaming seal: what is sealed opens, by us and by libsodium's own calls,
 * and for this office only. What was damaged is stream_damage_test.c. */
#include "stream_desk.h"

static void what_was_sealed_opens_whatever_its_length(void **state)
{
    static const size_t sizes[] = {1,      2,      65535,  65536,  65537,
                                   131071, 131072, 131073, 200000, 262144};
    struct desk *desk = *state;

    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        size_t chunks = (sizes[i] + 65535) / 65536;

        seal(desk, sizes[i]);
        assert_int_equal(desk->file_size, 125 + sizes[i] + 17 * chunks);
        assert_int_equal(open_file(desk), AULA_OK);
        assert_int_equal(desk->opened_size, sizes[i]);
        assert_memory_equal(desk->opened, desk->plain, sizes[i]);
    }
}

static void two_files_of_the_same_bytes_differ_after_the_election(void **state)
{
    struct desk *desk = *state;
    uint8_t first[STREAM_HEADER_BYTES + SMALL];

    seal(desk, SMALL);
    memcpy(first, desk->file, sizeof first);
    seal(desk, SMALL);
    assert_memory_equal(first, desk->file, AT_BOX);
    assert_memory_equal(first, "AULX\1an election, 16", AT_BOX);
    assert_memory_not_equal(first + AT_BOX, desk->file + AT_BOX, 80);
    assert_memory_not_equal(first + AT_STREAM, desk->file + AT_STREAM, 24);
    assert_memory_not_equal(first + STREAM_HEADER_BYTES,
                            desk->file + STREAM_HEADER_BYTES, SMALL);
}

static void libsodium_opens_what_we_seal(void **state)
{
    struct desk *desk = *state;
    crypto_secretstream_xchacha20poly1305_state hand;
    uint8_t key[STREAM_KEY_BYTES];
    unsigned char tags[2];
    unsigned long long sizes[2];

    seal(desk, 70000);
    assert_int_equal(crypto_box_seal_open(key, desk->file + 21, 80,
                                          desk->public_key, desk->secret),
                     0);
    (void)crypto_secretstream_xchacha20poly1305_init_pull(&hand,
                                                          desk->file + 101,
                                                          key);
    assert_int_equal(crypto_secretstream_xchacha20poly1305_pull(
                         &hand, desk->opened, &sizes[0], &tags[0],
                         desk->file + 125, 65553, desk->file, 125),
                     0);
    assert_int_equal(crypto_secretstream_xchacha20poly1305_pull(
                         &hand, desk->opened + 65536, &sizes[1], &tags[1],
                         desk->file + 125 + 65553, 4464 + 17, desk->file, 125),
                     0);
    assert_int_equal(tags[0],
                     crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
    assert_int_equal(tags[1], crypto_secretstream_xchacha20poly1305_TAG_FINAL);
    assert_memory_equal(desk->opened, desk->plain, 70000);
}

static void we_open_what_libsodium_sealed(void **state)
{
    struct desk *desk = *state;
    crypto_secretstream_xchacha20poly1305_state hand;

    hand_start(desk, &hand);
    hand_push(desk, &hand, STREAM_CHUNK_BYTES, 0);
    hand_push(desk, &hand, SMALL, 3);
    assert_int_equal(open_file(desk), AULA_OK);
    assert_int_equal(desk->opened_size, STREAM_CHUNK_BYTES + SMALL);
}

/* ---- batch.json, `two_chunks` */

static const char vector_secret[] =
    "fea4f431935ffa8b804c8f5a408af1e8b2035429200c75d1df71d29e939e0f7f";
static const char vector_key[] =
    "e6b80da50150f61bad407498986c37086e443becde04717f7c54ac0c5e77e97f";
static const char vector_header[] =
    "41554c5801af33f5e785cc1d14eb7e6a695e50e75495c7372771107abee650fc5aa5510b"
    "c9d7597bfbb7752fd5afc7c7c446a68c04357d50d7693eeabccb3beb71a271646f1a0205"
    "e07d009dbaf13c14ef981dced319a1cdad909758c6b9d8163b138bdfb9"
    "eda0c1b37d33caefe011f618ef207e2c98b471f5c6548300";
static const char vector_blake2b[] =
    "5a03078756a9fac4e80f85b3242cc71358200b343a455234c2cc4bdb6a6870ba";

static void unhex(uint8_t *bytes, size_t size, const char *text)
{
    size_t length = 0;

    assert_int_equal(sodium_hex2bin(bytes, size, text, strlen(text), NULL,
                                    &length, NULL),
                     0);
    assert_int_equal(length, size);
}

static void the_vector_of_two_chunks_opens(void **state)
{
    struct desk *desk = *state;
    crypto_secretstream_xchacha20poly1305_state hand;
    struct stream *stream = NULL;
    uint8_t key[32];
    uint8_t digest[32];
    uint8_t expected[32];

    unhex(desk->file, STREAM_HEADER_BYTES, vector_header);
    unhex(key, sizeof key, vector_key);
    unhex(expected, sizeof expected, vector_blake2b);
    (void)crypto_secretstream_xchacha20poly1305_init_pull(&hand,
                                                          desk->file +
                                                              AT_STREAM,
                                                          key);
    desk->file_size = STREAM_HEADER_BYTES;
    hand_push(desk, &hand, 65536, 0);
    memmove(desk->plain, desk->plain + 65536, 4464);
    hand_push(desk, &hand, 4464, 3);
    (void)crypto_generichash(digest, sizeof digest, desk->file, desk->file_size,
                             NULL, 0);
    assert_memory_equal(digest, expected, sizeof digest);
    unhex(desk->secret, sizeof desk->secret, vector_secret);
    seal_public_key(desk->public_key, desk->secret);
    assert_int_equal(stream_open_read(&stream, desk->file, STREAM_HEADER_BYTES,
                                      desk->file + AT_EID, desk->public_key,
                                      desk->secret, NULL),
                     AULA_OK);
    assert_int_equal(open_chunks(desk, stream), AULA_OK);
    stream_close(stream);
    assert_int_equal(desk->opened_size, 70000);
    for (size_t i = 0; i < 70000; i++) {
        assert_int_equal(desk->opened[i], (7 * i + 3) % 256);
    }
}

static void another_office_opens_nothing(void **state)
{
    struct desk *desk = *state;

    seal(desk, SMALL);
    seal_key_pair(desk->public_key, desk->secret);
    assert_int_equal(open_file(desk), AULA_BATCH_SEAL);
}

static void nothing_is_sealed_to_an_office_key_of_low_order(void **state)
{
    static const uint8_t low_order[SEAL_PUBLIC_BYTES] = {1};
    uint8_t header[STREAM_HEADER_BYTES] = {0};
    struct stream *stream = NULL;
    struct aula_error err = {AULA_OK, ""};

    (void)state;
    assert_int_equal(stream_open_seal(&stream, header, eid, low_order, &err),
                     AULA_BATCH_SEAL);
    assert_int_equal(err.code, AULA_BATCH_SEAL);
    assert_null(stream);
    assert_true(sodium_is_zero(header, sizeof header));
}

static void without_locked_memory_neither_end_opens(void **state)
{
    struct desk *desk = *state;
    uint8_t header[STREAM_HEADER_BYTES] = {0};
    struct stream *stream = NULL;

    seal(desk, SMALL);
    locked_memory.refuse = true;
    assert_int_equal(stream_open_seal(&stream, header, eid, desk->public_key,
                                      NULL),
                     AULA_MEMORY);
    assert_int_equal(open_file(desk), AULA_MEMORY);
    locked_memory.refuse = false;
    assert_null(stream);
    assert_true(sodium_is_zero(header, sizeof header));
}

static void closing_nothing_is_allowed(void **state)
{
    (void)state;
    stream_close(NULL);
    assert_int_equal(locked_memory.held, 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        STREAM_TEST(what_was_sealed_opens_whatever_its_length),
        STREAM_TEST(two_files_of_the_same_bytes_differ_after_the_election),
        STREAM_TEST(libsodium_opens_what_we_seal),
        STREAM_TEST(we_open_what_libsodium_sealed),
        STREAM_TEST(the_vector_of_two_chunks_opens),
        STREAM_TEST(another_office_opens_nothing),
        STREAM_TEST(nothing_is_sealed_to_an_office_key_of_low_order),
        STREAM_TEST(without_locked_memory_neither_end_opens),
        STREAM_TEST(closing_nothing_is_allowed),
    };

    if (sodium_init() < 0) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
