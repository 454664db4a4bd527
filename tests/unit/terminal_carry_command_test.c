/* SPDX-License-Identifier: Apache-2.0 */
/* `aula terminal export` and `recover`: what leaves the terminal, on a day as
 * any other and when something was lost. */
#include "staff_desk.h"

#include <stdio.h>
#include <unistd.h>

#include "cheap_pwhash.h"
#include "command.h"
#include "file.h"
#include "vfs.h"

enum { STORE_BYTES_MAX = 1 << 24 };

static void blank_and_requested_terminals_have_nothing_to_carry(void **state)
{
    struct staff_desk *staff = *state;

    staff_desk_refused(staff, "export nowhere --stick stick",
                       "aula: export: the terminal is blank");
    staff_desk_refused(staff, "recover nowhere --stick stick",
                       "aula: recover: the terminal is blank");
    staff_desk_refused(staff, "export data --stick stick",
                       "aula: export: the terminal is requested");
    staff_desk_refused(staff, "recover data --yes --stick stick",
                       "aula: recover: the terminal is requested");
    assert_int_equal(staff_desk_run(staff, "export data"), EXIT_USAGE);
    assert_int_equal(staff_desk_run(staff, "recover data"), EXIT_USAGE);
}

/* The rest of the line behind a label. */
static void value_of(char value[static 128], const struct staff_desk *staff,
                     const char *label)
{
    const char *line = strstr(staff->out, label);

    assert_non_null(line);
    line += strlen(label);
    line += strspn(line, " ");
    (void)snprintf(value, 128, "%.*s", (int)strcspn(line, "\n"), line);
}

static void a_batch_lies_on_the_stick_and_is_the_same_again(void **state)
{
    struct staff_desk *staff = *state;
    char first[128];
    char again[128];
    char name[128];
    char path[160];

    staff_desk_done(staff, "check-in data --id-file voter --contests 0");
    staff_desk_done(staff, "cast data --choose p-1 --yes");
    staff_desk_done(staff, "export data --stick stick");
    value_of(name, staff, "file:");
    value_of(first, staff, "code of the batch:");
    (void)snprintf(path, sizeof path, "stick/%s", name);
    assert_int_equal(access(path, R_OK), 0);
    assert_string_equal(staff->errors, "aula: warning: stick lies on the disk "
                                       "of data: is the stick mounted?\n");
    assert_non_null(strstr(staff->out, "read back"));
    staff_desk_done(staff, "export data --stick stick --number 1");
    value_of(again, staff, "code of the batch:");
    assert_string_equal(first, again);
    staff_desk_done(staff, "export data --stick stick --increment --json");
    assert_non_null(strstr(staff->out, "\"number\":2"));
    assert_non_null(strstr(staff->out, "\"cast\":0"));
    staff_desk_done(staff, "status data --json");
    assert_non_null(strstr(staff->out, "\"exports\":2"));
}

static void what_cannot_be_exported_is_refused(void **state)
{
    struct staff_desk *staff = *state;

    staff_desk_refused(staff, "export data --stick stick --number 7", "aula: ");
    staff_desk_refused(staff, "export data --stick nowhere", "nowhere");
    staff_desk_refused(staff, "export data --stick /proc", "aula: ");
    assert_null(strstr(staff->errors, "lies on the disk"));
    assert_int_equal(staff_desk_run(staff,
                                    "export data --stick stick --number 0"),
                     EXIT_USAGE);
    assert_int_equal(staff_desk_run(staff, "export data --stick stick "
                                           "--number 1 --increment"),
                     EXIT_USAGE);
}

static void a_whole_terminal_is_not_recovered(void **state)
{
    struct staff_desk *staff = *state;

    staff_desk_refused(staff, "recover data --yes --stick stick", "recover: ");
    staff_desk_done(staff, "verify data");
}

/* The store as it was before a vote, as a thief or a backup would put it back.
 */
static void put_back(struct staff_desk *staff)
{
    static const char path[] = "data/terminal/store.db";
    uint8_t *bytes = NULL;
    size_t size = 0;

    assert_int_equal(file_read(&bytes, &size, path, STORE_BYTES_MAX, NULL),
                     AULA_OK);
    staff_desk_done(staff, "check-in data --id-file voter --contests 0");
    staff_desk_done(staff, "cast data --choose p-1 --yes");
    staff_desk_write(path, bytes, size);
    free(bytes);
}

static void a_store_that_was_put_back_is_ended_and_recovered(void **state)
{
    struct staff_desk *staff = *state;

    put_back(staff);
    staff_desk_done(staff, "status data");
    assert_string_equal(staff->errors, "");
    assert_non_null(strstr(staff->out, "STORE_BEHIND"));
    assert_non_null(strstr(staff->out, "aula terminal recover"));
    staff_desk_refused(staff, "check-in data --id-file other",
                       "check-in: the chain of this terminal has ended");
    staff_desk_done(staff, "recover data --yes --stick stick");
    assert_non_null(strstr(staff->out, "STORE_BEHIND"));
    assert_string_equal(staff->errors, "aula: warning: stick lies on the disk "
                                       "of data: is the stick mounted?\n");
    assert_non_null(strstr(staff->out, "missing: records "));
    assert_non_null(strstr(staff->out, "type 4 (explain) at number "));
    assert_non_null(strstr(staff->out, "type 3 (chain)"));
    assert_non_null(strstr(staff->out, "aula terminal request data"));
    staff_desk_done(staff, "status data");
    assert_non_null(strstr(staff->out, "blank"));
    staff_desk_done(staff, "request data new.bin --label Hall --official "
                           "Ainur");
    assert_string_equal(staff->errors, "aula: warning: second lies on the disk "
                                       "of data: one loss takes both places\n");
}

static void a_lost_witness_is_recovered_for_programs_too(void **state)
{
    struct staff_desk *staff = *state;

    desk_clear_folder("second");
    staff_desk_done(staff, "status data --json");
    assert_non_null(strstr(staff->out, "\"ended\":\"WITNESS_MISSING\""));
    staff_desk_done(staff, "recover data --yes --stick stick --json");
    assert_non_null(strstr(staff->out, "\"reason\":\"WITNESS_MISSING\""));
    assert_non_null(strstr(staff->out, "\"rulings\":[]"));
    assert_non_null(strstr(staff->out, "\"batches\":[{\"number\":"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            blank_and_requested_terminals_have_nothing_to_carry,
            staff_desk_make, staff_desk_clear),
        cmocka_unit_test_setup_teardown(
            a_batch_lies_on_the_stick_and_is_the_same_again,
            staff_desk_make_open, staff_desk_clear),
        cmocka_unit_test_setup_teardown(what_cannot_be_exported_is_refused,
                                        staff_desk_make_ready,
                                        staff_desk_clear),
        cmocka_unit_test_setup_teardown(a_whole_terminal_is_not_recovered,
                                        staff_desk_make_ready,
                                        staff_desk_clear),
        cmocka_unit_test_setup_teardown(
            a_store_that_was_put_back_is_ended_and_recovered,
            staff_desk_make_open, staff_desk_clear),
        cmocka_unit_test_setup_teardown(
            a_lost_witness_is_recovered_for_programs_too, staff_desk_make_open,
            staff_desk_clear),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
