/* SPDX-License-Identifier: Apache-2.0 */
/* Key slots as two files of a terminal: one may be damaged, missing or old, at
 * any moment, and the terminal still opens. */
#include "keyslot_example.h"

#include <stdio.h>
#include <unistd.h>

#include "file.h"
#include "officials.h"
#include "place.h"

struct desk {
    char folder[64];
    char paths[2][PLACE_BYTES];
    struct keyslot_example example;
};

static int make(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);

    keyslot_example_make(&desk->example);
    (void)snprintf(desk->folder, sizeof desk->folder, "%s",
                   "/tmp/aula-officials-XXXXXX");
    assert_non_null(mkdtemp(desk->folder));
    assert_int_equal(place_in(desk->paths[0], desk->folder, "keys.1", NULL),
                     AULA_OK);
    assert_int_equal(place_in(desk->paths[1], desk->folder, "keys.2", NULL),
                     AULA_OK);
    *state = desk;
    return 0;
}

static int clear(void **state)
{
    struct desk *desk = *state;

    (void)unlink(desk->paths[0]);
    (void)unlink(desk->paths[1]);
    assert_int_equal(rmdir(desk->folder), 0);
    free(desk);
    return 0;
}

static void save(const struct desk *desk)
{
    assert_int_equal(officials_save(desk->example.file, desk->example.size,
                                    desk->folder, NULL),
                     AULA_OK);
}

static void put(const struct desk *desk, int copy, const void *bytes,
                size_t size)
{
    assert_int_equal(file_write(desk->paths[copy], bytes, size, 0600, NULL),
                     AULA_OK);
}

/* What loading says, and which generation came. */
static uint64_t load(const struct desk *desk, enum aula_code expected)
{
    struct officials found = {0};

    assert_int_equal(officials_load(&found, desk->folder, NULL), expected);
    if (expected == AULA_OK) {
        assert_int_equal(found.size, desk->example.size);
        assert_memory_equal(found.image, desk->example.file, found.size);
        /* The list is of this image, not of the memory that it was read to. */
        assert_ptr_equal(found.list.id, found.image + 5);
    }
    return found.list.generation;
}

static void a_folder_without_key_slots_is_a_blank_terminal(void **state)
{
    struct desk *desk = *state;

    (void)load(desk, AULA_STATE);
    put(desk, 0, "rubbish", 7);
    (void)load(desk, AULA_STORE_DAMAGED);
}

static void either_copy_alone_is_enough(void **state)
{
    struct desk *desk = *state;

    for (int copy = 0; copy < 2; copy++) {
        save(desk);
        assert_int_equal(load(desk, AULA_OK), OFFICIALS);
        put(desk, copy, desk->example.file, desk->example.size - 1);
        assert_int_equal(load(desk, AULA_OK), OFFICIALS);
        assert_int_equal(unlink(desk->paths[copy]), 0);
        assert_int_equal(load(desk, AULA_OK), OFFICIALS);
    }
    put(desk, 0, "", 0);
    put(desk, 1, "", 0);
    (void)load(desk, AULA_STORE_DAMAGED);
}

static void the_newer_copy_counts(void **state)
{
    struct desk *desk = *state;
    uint8_t old[KEYSLOT_FILE_BYTES_MAX];
    size_t old_size = desk->example.size;

    memcpy(old, desk->example.file, old_size);
    assert_int_equal(keyslot_revoke(desk->example.file, &desk->example.size,
                                    old, old_size, desk->example.master, 0,
                                    NULL),
                     AULA_OK);
    for (int copy = 0; copy < 2; copy++) {
        put(desk, copy, desk->example.file, desk->example.size);
        put(desk, 1 - copy, old, old_size);
        assert_int_equal(load(desk, AULA_OK), OFFICIALS + 1);
    }
}

/* An official is let in by the label, or by any slot that opens. */
static enum aula_code try_open(const struct desk *desk, const char *label,
                               struct keyslot_secret secret, size_t *index)
{
    static const uint8_t untouched[KEYSLOT_MASTER_BYTES];
    struct official official = {label, secret};
    struct officials found;
    uint8_t master[KEYSLOT_MASTER_BYTES] = {0};
    enum aula_code code;

    assert_int_equal(officials_load(&found, desk->folder, NULL), AULA_OK);
    code = officials_open(master, index, &found, &official, NULL);
    assert_memory_equal(master,
                        code == AULA_OK ? desk->example.master : untouched,
                        sizeof master);
    return code;
}

static void an_official_opens_with_what_is_theirs(void **state)
{
    struct desk *desk = *state;
    const struct keyslot_holder *holders = desk->example.holders;
    size_t index = 99;

    save(desk);
    for (size_t i = 0; i < OFFICIALS; i++) {
        assert_int_equal(try_open(desk, holders[i].label, holders[i].secret,
                                  &index),
                         AULA_OK);
        assert_int_equal(index, i);
        assert_int_equal(try_open(desk, NULL, holders[i].secret, &index),
                         AULA_OK);
        assert_int_equal(index, i);
    }
}

static void nobody_else_opens(void **state)
{
    struct desk *desk = *state;
    const struct keyslot_holder *holders = desk->example.holders;
    struct keyslot_secret wrong = keyslot_secret_of("4712", NULL);
    size_t index = 99;

    save(desk);
    assert_int_equal(try_open(desk, "Nobody", holders[0].secret, &index),
                     AULA_KEY_SLOT);
    assert_int_equal(try_open(desk, "Aigul", wrong, &index), AULA_KEY_OPEN);
    assert_int_equal(try_open(desk, NULL, wrong, &index), AULA_KEY_OPEN);
    assert_int_equal(try_open(desk, "Aigul", holders[2].secret, &index),
                     AULA_KEY_OPEN);
    wrong = keyslot_secret_of("0815", NULL); /* and no stick */
    assert_int_equal(try_open(desk, "Bolat", wrong, &index), AULA_KEY_SLOT);
    wrong = keyslot_secret_of("", NULL);
    assert_int_equal(try_open(desk, NULL, wrong, &index), AULA_BAD_FIELD);
    assert_int_equal(index, 99);
}

#define WITH_DESK(test) cmocka_unit_test_setup_teardown(test, make, clear)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_DESK(a_folder_without_key_slots_is_a_blank_terminal),
        WITH_DESK(either_copy_alone_is_enough),
        WITH_DESK(the_newer_copy_counts),
        WITH_DESK(an_official_opens_with_what_is_theirs),
        WITH_DESK(nobody_else_opens),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
