/* SPDX-License-Identifier: Apache-2.0 */
/* What hangs on the wall after `aula terminal open` and `close`. */
#include "staff_desk.h"

#include <stdio.h>
#include <unistd.h>

#include "cheap_pwhash.h"
#include "command.h"
#include "file.h"
#include "vfs.h"

/* The report in the file is the one that was printed. */
static char *report_of(const struct staff_desk *staff, const char *path)
{
    uint8_t *bytes = NULL;
    size_t size = 0;

    assert_int_equal(file_read(&bytes, &size, path, STAFF_SAID_BYTES, NULL),
                     AULA_OK);
    assert_int_equal(strlen((char *)bytes), size);
    assert_non_null(strstr(staff->out, (char *)bytes));
    return (char *)bytes;
}

static void the_first_opening_has_a_zero_report_in_both_languages(void **state)
{
    struct staff_desk *staff = *state;
    char *report;

    staff_desk_done(staff, "open data --report zero.txt");
    report = report_of(staff, "zero.txt");
    assert_non_null(strstr(report, "Аула таңдауы"));
    assert_non_null(strstr(report, "Выбор двора"));
    assert_non_null(strstr(report, "Hall 7"));
    assert_non_null(strstr(report, "Ainur"));
    free(report);
    staff->desk->now += (uint64_t)9 * DESK_HOUR_S;
    staff_desk_done(staff, "close data");
    staff->desk->now += (uint64_t)15 * DESK_HOUR_S;
    staff_desk_done(staff, "confirm data clock --yes");
    staff_desk_done(staff, "open data --report again.txt");
    assert_int_not_equal(access("again.txt", F_OK), 0);
}

/* Two residents with a ballot each, one of whom opened another before, and one
 * who left without. */
static void vote(struct staff_desk *staff)
{
    staff_desk_done(staff, "check-in data --id-file voter");
    staff_desk_done(staff, "cast data --contest 0 --choose p-1 --challenge");
    staff_desk_done(staff, "cast data --contest 0 --choose p-2 --yes");
    if (staff_desk_run(staff, "leave data") != EXIT_DONE) {
        assert_non_null(strstr(staff->errors, "nobody is checked in"));
    }
    staff_desk_done(staff, "check-in data --id-file other --contests 1");
    staff_desk_done(staff, "cast data --points p-5=1 --yes");
    staff_desk_write("third", DESK_THIRD, strlen(DESK_THIRD));
    staff_desk_done(staff, "check-in data --id-file third");
    staff_desk_done(staff, "leave data");
    staff->desk->now += (uint64_t)9 * DESK_HOUR_S;
}

static void a_close_balances_what_was_issued_and_used(void **state)
{
    struct staff_desk *staff = *state;
    char *report;

    vote(staff);
    staff_desk_done(staff, "close data --report close.txt");
    report = report_of(staff, "close.txt");
    /* sessions, then ballots: 2 + 1 + 2 were theirs, 2 were cast */
    assert_non_null(strstr(report, "3 = 2 + 1"));
    assert_non_null(strstr(report, "5 = 2 + 3"));
    assert_null(strstr(report, "<>"));
    free(report);
}

static void one_ballot_in_the_whole_election_balances_too(void **state)
{
    struct staff_desk *staff = *state;

    staff_desk_done(staff, "open data");
    vote(staff);
    staff_desk_done(staff, "close data --json");
    assert_non_null(strstr(staff->out, "3 = 2 + 1"));
    assert_null(strstr(staff->out, "5 = 2 + 3"));
    assert_non_null(strstr(staff->out, "\"closing_qr\":\"AULC1:"));
}

static void a_report_that_cannot_be_written_is_told(void **state)
{
    struct staff_desk *staff = *state;

    assert_int_equal(staff_desk_run(staff, "open data --report "
                                           "nowhere/zero.txt"),
                     EXIT_DONE);
    assert_non_null(strstr(staff->errors,
                           "the day is open, but not its report: "));
    assert_non_null(strstr(staff->out, "opened:"));
    assert_non_null(strstr(staff->out, "Аула таңдауы"));
    staff->desk->now += (uint64_t)9 * DESK_HOUR_S;
    assert_int_equal(staff_desk_run(staff, "close data --json --report "
                                           "nowhere/close.txt"),
                     EXIT_DONE);
    assert_non_null(strstr(staff->errors,
                           "the day is closed, but not its report: "));
    assert_null(strstr(staff->out, "\"error\""));
    assert_non_null(strstr(staff->out, "\"closing_code\":"));
    assert_non_null(strstr(staff->out, "\"report\":"));
    assert_non_null(strstr(staff->out, "\"report_written\":false"));
    staff_desk_done(staff, "status data");
    assert_non_null(strstr(staff->out, "closed"));
}

static int make_one_per_election(void **state)
{
    *state = staff_desk_new(&(struct desk_wish){.one_per_election = true});
    staff_desk_done(*state, "install data --office-key office.txt --package "
                            "election.aula --certificate hall.cert --kit "
                            "hall.kit");
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            the_first_opening_has_a_zero_report_in_both_languages,
            staff_desk_make_ready, staff_desk_clear),
        cmocka_unit_test_setup_teardown(
            a_close_balances_what_was_issued_and_used, staff_desk_make_open,
            staff_desk_clear),
        cmocka_unit_test_setup_teardown(
            one_ballot_in_the_whole_election_balances_too,
            make_one_per_election, staff_desk_clear),
        cmocka_unit_test_setup_teardown(a_report_that_cannot_be_written_is_told,
                                        staff_desk_make_ready,
                                        staff_desk_clear),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
