/* SPDX-License-Identifier: Apache-2.0 */
/* Reading back: only the very bytes pass, and nothing is waited for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sodium.h>

#include "file.h"

enum { SIZE = 200000 }; /* some blocks, and a part of one */

struct desk {
    char folder[64];
    char path[96];
    uint8_t bytes[SIZE];
    uint8_t hash[FILE_HASH_BYTES];
};

static int make(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);

    (void)snprintf(desk->folder, sizeof desk->folder, "%s",
                   "/tmp/aula-back-XXXXXX");
    assert_non_null(mkdtemp(desk->folder));
    (void)snprintf(desk->path, sizeof desk->path, "%s/a", desk->folder);
    randombytes_buf(desk->bytes, sizeof desk->bytes);
    (void)crypto_generichash(desk->hash, sizeof desk->hash, desk->bytes,
                             sizeof desk->bytes, NULL, 0);
    *state = desk;
    return 0;
}

static int clear(void **state)
{
    struct desk *desk = *state;

    (void)unlink(desk->path);
    assert_int_equal(rmdir(desk->folder), 0);
    free(desk);
    return 0;
}

static void put(const struct desk *desk, size_t size)
{
    assert_int_equal(file_write(desk->path, desk->bytes, size, 0600, NULL),
                     AULA_OK);
}

static enum aula_code back(const struct desk *desk)
{
    return file_read_back(desk->path, desk->hash, SIZE, NULL);
}

static void the_bytes_that_were_written_pass(void **state)
{
    struct desk *desk = *state;

    put(desk, SIZE);
    assert_int_equal(back(desk), AULA_OK);
}

static void an_empty_file_passes_as_one(void **state)
{
    struct desk *desk = *state;
    uint8_t hash[FILE_HASH_BYTES];

    (void)crypto_generichash(hash, sizeof hash, NULL, 0, NULL, 0);
    put(desk, 0);
    assert_int_equal(file_read_back(desk->path, hash, 0, NULL), AULA_OK);
    assert_int_equal(back(desk), AULA_IO);
}

static void one_other_bit_does_not_pass(void **state)
{
    struct desk *desk = *state;
    const size_t places[] = {0, 65535, 65536, SIZE - 1};

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        desk->bytes[places[i]] ^= 1;
        put(desk, SIZE);
        assert_int_equal(back(desk), AULA_IO);
        desk->bytes[places[i]] ^= 1;
    }
    put(desk, SIZE);
    desk->hash[FILE_HASH_BYTES - 1] ^= 1;
    assert_int_equal(back(desk), AULA_IO);
}

static void a_byte_less_or_more_does_not_pass(void **state)
{
    struct desk *desk = *state;

    put(desk, SIZE - 1);
    assert_int_equal(back(desk), AULA_IO);
    put(desk, SIZE);
    assert_int_equal(file_read_back(desk->path, desk->hash, SIZE - 1, NULL),
                     AULA_IO);
    assert_int_equal(file_read_back(desk->path, desk->hash, SIZE + 1, NULL),
                     AULA_IO);
    assert_int_equal(truncate(desk->path, SIZE + 1), 0);
    assert_int_equal(back(desk), AULA_IO);
}

static void what_is_no_file_does_not_pass(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(back(desk), AULA_IO);
    assert_int_equal(file_read_back(desk->folder, desk->hash, SIZE, NULL),
                     AULA_IO);
    assert_int_equal(symlink("/etc/passwd", desk->path), 0);
    assert_int_equal(back(desk), AULA_IO);
}

/* Nobody writes into it: a reader that waits would wait for ever. */
static void a_pipe_is_not_waited_for(void **state)
{
    struct desk *desk = *state;
    uint8_t hash[FILE_HASH_BYTES];

    (void)crypto_generichash(hash, sizeof hash, NULL, 0, NULL, 0);
    assert_int_equal(mkfifo(desk->path, 0600), 0);
    (void)alarm(20);
    assert_int_equal(file_read_back(desk->path, hash, 0, NULL), AULA_IO);
    (void)alarm(0);
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, make, clear)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_FOLDER(the_bytes_that_were_written_pass),
        WITH_FOLDER(an_empty_file_passes_as_one),
        WITH_FOLDER(one_other_bit_does_not_pass),
        WITH_FOLDER(a_byte_less_or_more_does_not_pass),
        WITH_FOLDER(what_is_no_file_does_not_pass),
        WITH_FOLDER(a_pipe_is_not_waited_for),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
