/* SPDX-License-Identifier: Apache-2.0 */
/* The office's key as people bring it, and a container that is a file. */
#define _XOPEN_SOURCE 700

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "facts.h"
#include "file.h"
#include "filesource.h"
#include "office_key.h"

#define KEY "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define OTHER "ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

struct place {
    char folder[40];
    char path[64]; /* of a file in it */
};

static int make(void **state)
{
    struct place *place = calloc(1, sizeof *place);

    assert_non_null(place);
    (void)snprintf(place->folder, sizeof place->folder, "%s",
                   "/tmp/aula-key-XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    (void)snprintf(place->path, sizeof place->path, "%s/file", place->folder);
    *state = place;
    return 0;
}

static int clear(void **state)
{
    struct place *place = *state;

    (void)unlink(place->path);
    assert_int_equal(rmdir(place->folder), 0);
    free(place);
    return 0;
}

static void put(const struct place *place, const char *text)
{
    assert_int_equal(file_write(place->path, text, strlen(text), 0600, NULL),
                     AULA_OK);
}

static void gives(const char *text)
{
    uint8_t key[SIGN_PUBLIC_BYTES] = {0xaa};

    assert_int_equal(office_key_read(key, text, NULL), AULA_OK);
    for (uint8_t i = 0; i < SIGN_PUBLIC_BYTES; i++) {
        assert_int_equal(key[i], i);
    }
}

/* And the key stays as it was. */
static void refuses(const char *text, enum aula_code code)
{
    uint8_t key[SIGN_PUBLIC_BYTES] = {0xaa};

    assert_int_equal(office_key_read(key, text, NULL), code);
    assert_int_equal(key[0], 0xaa);
}

static void a_key_is_64_digits_or_stands_in_a_file(void **state)
{
    struct place *place = *state;

    gives(KEY);
    put(place, KEY);
    gives(place->path);
    put(place, KEY "\n");
    gives(place->path);
    put(place, KEY "\r\n");
    gives(place->path);
    put(place, "aula office 1\nsign " KEY "\ntransport " OTHER "\n");
    gives(place->path);
}

static void what_is_no_key_is_refused(void **state)
{
    char longer[FACTS_BYTES_MAX + 2];
    struct place *place = *state;

    refuses(place->folder, AULA_IO);
    refuses("nowhere", AULA_IO);
    put(place, "");
    refuses(place->path, AULA_BAD_FIELD);
    put(place, KEY "0");
    refuses(place->path, AULA_BAD_FIELD);
    put(place, "g" KEY);
    refuses(place->path, AULA_BAD_FIELD);
    put(place, "aula office 1\nsign " KEY "\n");
    refuses(place->path, AULA_BAD_FIELD);
    put(place, "aula office 1\nsign 00\ntransport " OTHER "\n");
    refuses(place->path, AULA_BAD_FIELD);
    memset(longer, '0', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    put(place, longer);
    refuses(place->path, AULA_TOO_LARGE);
}

static void a_container_is_read_where_it_is_asked_for(void **state)
{
    struct filesource file;
    struct container_source source;
    uint8_t bytes[4] = {0};
    struct place *place = *state;

    put(place, "0123456789");
    assert_int_equal(filesource_open(&file, &source, place->path, NULL),
                     AULA_OK);
    assert_int_equal(source.size, 10);
    assert_true(source.read(source.context, 6, bytes, 4));
    assert_memory_equal(bytes, "6789", 4);
    assert_true(source.read(source.context, 0, bytes, 2));
    assert_memory_equal(bytes, "0189", 4);
    assert_true(source.read(source.context, 10, bytes, 0));
    assert_false(source.read(source.context, 7, bytes, 4));
    assert_int_equal(truncate(place->path, 2), 0);
    assert_false(source.read(source.context, 6, bytes, 4));
    filesource_close(&file);
    filesource_close(&file);
}

static void only_a_regular_file_of_its_bound_is_a_container(void **state)
{
    struct filesource file;
    struct container_source source;
    struct place *place = *state;

    assert_int_equal(filesource_open(&file, &source, place->path, NULL),
                     AULA_IO);
    filesource_close(&file);
    assert_int_equal(filesource_open(&file, &source, place->folder, NULL),
                     AULA_IO);
    filesource_close(&file);
    assert_int_equal(symlink("/etc/passwd", place->path), 0);
    assert_int_equal(filesource_open(&file, &source, place->path, NULL),
                     AULA_IO);
    filesource_close(&file);
    assert_int_equal(unlink(place->path), 0);
    assert_int_equal(mkfifo(place->path, 0600), 0);
    assert_int_equal(filesource_open(&file, &source, place->path, NULL),
                     AULA_IO);
    filesource_close(&file);
    assert_int_equal(unlink(place->path), 0);
    put(place, "");
    assert_int_equal(truncate(place->path, CONTAINER_BYTES_MAX), 0);
    assert_int_equal(filesource_open(&file, &source, place->path, NULL),
                     AULA_OK);
    filesource_close(&file);
    assert_int_equal(truncate(place->path, (off_t)CONTAINER_BYTES_MAX + 1), 0);
    assert_int_equal(filesource_open(&file, &source, place->path, NULL),
                     AULA_TOO_LARGE);
    filesource_close(&file);
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, make, clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(a_key_is_64_digits_or_stands_in_a_file),
        WITH_FOLDER(what_is_no_key_is_refused),
        WITH_FOLDER(a_container_is_read_where_it_is_asked_for),
        WITH_FOLDER(only_a_regular_file_of_its_bound_is_a_container),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
