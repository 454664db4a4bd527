/* SPDX-License-Identifier: Apache-2.0 */
/* A counterfeit stick: what was written does not read back. This program has a
 * file_read_back of its own, which the linker takes in place of the real one;
 * that one is tested in file_back_test.c. */
#include "terminal_desk.h"

#include <sys/stat.h>
#include <unistd.h>

#include "cheap_pwhash.h"
#include "file.h"
#include "vfs.h"

static bool is_counterfeit;

enum aula_code file_read_back(const char *path,
                              const uint8_t hash[static FILE_HASH_BYTES],
                              uint64_t size, struct aula_error *err)
{
    const char *dot = strrchr(path, '.');

    (void)hash;
    assert_true(size > 0);
    assert_non_null(dot);
    assert_string_equal(dot, ".part"); /* before it has its name */
    return is_counterfeit ? aula_fail(err, AULA_IO, "another content")
                          : AULA_OK;
}

static enum aula_code carry(struct desk *desk, struct transfer_done *done,
                            uint32_t number)
{
    const struct transfer transfer = {number, false};

    return transfer_export(desk->terminal, done, desk->stick, &transfer, NULL);
}

/* Nothing is on the stick. */
static void expect_empty(const struct desk *desk)
{
    assert_int_equal(rmdir(desk->stick), 0);
    assert_int_equal(mkdir(desk->stick, 0700), 0);
}

static void a_new_batch_leaves_nothing_and_takes_no_number(void **state)
{
    struct desk *desk = *state;
    struct transfer_done done;
    uint64_t seq = desk_status(desk).last_seq;

    is_counterfeit = true;
    assert_int_equal(carry(desk, &done, 0), AULA_IO);
    expect_empty(desk);
    assert_int_equal(desk_status(desk).exports, 0);
    assert_int_equal(desk_status(desk).last_seq, seq);
    is_counterfeit = false;
    assert_int_equal(carry(desk, &done, 0), AULA_OK);
    assert_int_equal(done.number, 1);
}

static void an_older_copy_of_the_number_stays(void **state)
{
    struct desk *desk = *state;
    struct transfer_done done;
    struct stat status;
    char path[2 * DESK_PATH_BYTES];
    uint8_t *before = NULL;
    uint8_t *after = NULL;
    size_t before_size = 0;
    size_t after_size = 0;

    is_counterfeit = false;
    assert_int_equal(carry(desk, &done, 0), AULA_OK);
    (void)snprintf(path, sizeof path, "%s/%s", desk->stick, done.name);
    assert_int_equal(file_read(&before, &before_size, path, BATCH_FILE_MAX,
                               NULL),
                     AULA_OK);
    is_counterfeit = true;
    assert_int_equal(carry(desk, &done, 1), AULA_IO);
    assert_int_equal(file_read(&after, &after_size, path, BATCH_FILE_MAX, NULL),
                     AULA_OK);
    assert_int_equal(before_size, after_size);
    assert_memory_equal(before, after, before_size);
    (void)strcat(path, ".part");
    assert_int_not_equal(lstat(path, &status), 0);
    free(before);
    free(after);
}

static void nothing_is_recovered_onto_it(void **state)
{
    struct desk *desk = *state;
    struct official official = desk_official("Ainur");
    struct recover_report report;
    char witness[DESK_PATH_BYTES];

    desk_witness_path(witness, desk);
    assert_int_equal(unlink(witness), 0);
    terminal_close(desk->terminal);
    desk->terminal = NULL;
    is_counterfeit = true;
    assert_int_equal(recover_save(&report, &desk->place, &official, desk->stick,
                                  NULL),
                     AULA_IO);
    expect_empty(desk);
    assert_int_equal(terminal_look(&desk->place), TERMINAL_REQUESTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_new_batch_leaves_nothing_and_takes_no_number, desk_make_ready,
            desk_clear),
        cmocka_unit_test_setup_teardown(an_older_copy_of_the_number_stays,
                                        desk_make_ready, desk_clear),
        cmocka_unit_test_setup_teardown(nothing_is_recovered_onto_it,
                                        desk_make_ready, desk_clear),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
