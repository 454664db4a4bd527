/* SPDX-License-Identifier: Apache-2.0 */
/* `aula terminal check-in`, `cast` and `leave`: one resident, and that neither
 * their identifier nor their choices come to light. */
#include "staff_desk.h"

#include <stdio.h>

#include "cheap_pwhash.h"
#include "command.h"
#include "vfs.h"

static void check_in_says_what_is_known_and_begins_a_session(void **state)
{
    struct staff_desk *staff = *state;

    staff_desk_done(staff, "check-in data --id-file voter --look");
    assert_non_null(strstr(staff->out,
                           "contest 0 (Аулалар / Дворы): may vote"));
    staff_desk_done(staff, "check-in data --id-file voter");
    assert_non_null(strstr(staff->out, "Checked in."));
    staff_desk_refused(staff, "check-in data --id-file other",
                       "somebody is checked in");
    staff_desk_done(staff, "leave data");
    assert_non_null(strstr(staff->out, "no"));
    staff_desk_refused(staff, "leave data", "leave: nobody is checked in");
    staff_desk_done(staff, "check-in data --id-file other --json");
    assert_non_null(strstr(staff->out, "\"free\":[0,1],\"voted\":[]"));
    assert_non_null(strstr(staff->out, "\"left\":2"));
}

static void staff_choose_contests_by_number_or_name(void **state)
{
    struct staff_desk *staff = *state;

    staff_desk_refused(staff, "check-in data --id-file voter --contests 1,1",
                       "stands twice");
    staff_desk_refused(staff, "check-in data --id-file voter --contests 1,",
                       "place 2");
    staff_desk_refused(staff, "check-in data --id-file voter --contests 2",
                       "numbers are 0 to 1");
    staff_desk_done(staff, "check-in data --id-file voter --contests Парки");
    staff_desk_refused(staff, "cast data --contest 0 --blank --yes",
                       "contest 0");
    staff_desk_done(staff, "cast data --contest Парки --points p-5=3,p-7=2 "
                           "--yes");
    assert_non_null(strstr(staff->out, "The session has ended."));
}

static void no_line_and_no_file_holds_an_identifier(void **state)
{
    struct staff_desk *staff = *state;
    static const char broken[] = "850615100018\n";

    staff_desk_done(staff, "check-in data --id-file voter");
    assert_false(staff_desk_finds(staff, DESK_VOTER));
    staff_desk_done(staff, "leave data");
    staff_desk_write("voter", broken, sizeof broken - 1);
    staff_desk_refused(staff, "check-in data --id-file voter", "");
    assert_false(staff_desk_finds(staff, "850615100018"));
    staff_desk_write("voter", "8506", 4);
    staff_desk_refused(staff, "check-in data --id-file voter", "");
    assert_false(staff_desk_finds(staff, "8506"));
    staff_desk_write("voter", broken, sizeof broken);
    staff_desk_refused(staff, "check-in data --id-file voter",
                       "aula: --id-file: not one line");
    assert_false(staff_desk_finds(staff, "850615100018"));
}

/* What was typed where another thing belongs: an identifier, a choice, a
 * passphrase. */
static void what_is_typed_in_the_wrong_place_is_not_said_again(void **state)
{
    struct staff_desk *staff = *state;
    static const char *const usages[] = {
        "check-in data 850615100018", "check-in data --850615100018",
        "check-in data -850615100018", "cast data --blank 850615100018",
        "cast data --yes=850615100018"};
    static const char *const files[][2] = {
        {"check-in data --id-file 850615100018", "--id-file"},
        {"status data --passphrase-file 850615100018", "--passphrase-file"},
        {"status data --key-file 850615100018", "--key-file"},
        {"close data --second B --second-passphrase-file 850615100018",
         "--second-passphrase-file"},
        {"close data --second B --second-passphrase-file pass2 "
         "--second-key-file 850615100018",
         "--second-key-file"},
        {"officials add data C --new-passphrase-file 850615100018",
         "--new-passphrase-file"}};

    for (size_t i = 0; i < sizeof usages / sizeof usages[0]; i++) {
        assert_int_equal(staff_desk_run(staff, usages[i]), EXIT_USAGE);
        assert_false(staff_desk_finds(staff, "850615100018"));
    }
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char text[64];

        (void)snprintf(text, sizeof text, "aula: %s: No such file",
                       files[i][1]);
        staff_desk_refused(staff, files[i][0], text);
        assert_false(staff_desk_finds(staff, "850615100018"));
    }
    staff_desk_refused(staff, "check-in data --contests 850615100018", "");
    assert_false(staff_desk_finds(staff, "850615100018"));
}

static void a_ballot_shows_its_code_and_is_recorded(void **state)
{
    struct staff_desk *staff = *state;

    staff_desk_done(staff, "check-in data --id-file voter");
    staff_desk_done(staff, "cast data --contest 0 --choose p-1,p-3 --yes");
    assert_non_null(strstr(staff->out, "ballot code:           "));
    assert_non_null(strstr(staff->out, "2027-04-06 10:00:00 +05:00"));
    assert_true(strstr(staff->out, "ballot code:") <
                strstr(staff->out, "recorded"));
    staff_desk_refused(staff, "cast data --contest 0 --blank --yes",
                       "cast already");
    staff_desk_done(staff, "cast data --points p-6=1 --yes --json");
    assert_non_null(strstr(staff->out, "\"qr\":\"AULA1:"));
    assert_non_null(strstr(staff->out, "\"result\":\"recorded\",\"left\":0"));
    staff_desk_refused(staff, "cast data --contest 0 --blank --yes",
                       "nobody is checked in");
    staff_desk_refused(staff, "check-in data --id-file voter", "has voted");
}

static void a_challenge_leaves_the_vote_to_another_ballot(void **state)
{
    struct staff_desk *staff = *state;

    staff_desk_done(staff, "check-in data --id-file voter --contests 0");
    staff_desk_done(staff, "cast data --choose p-2 --challenge");
    assert_non_null(strstr(staff->out, "opened"));
    assert_int_equal(staff_desk_run(staff, "cast data --choose p-2 --yes"),
                     EXIT_DONE);
    assert_non_null(strstr(staff->errors, "will be public"));
    assert_non_null(strstr(staff->out, "recorded"));
    staff_desk_done(staff, "status data --json");
    assert_non_null(strstr(staff->out, "\"cast\":1,\"challenged\":1"));
}

static void choices_stand_in_no_refusal_and_no_file(void **state)
{
    struct staff_desk *staff = *state;
    static const char *const lists[] = {"--choose p-9,p-9",
                                        "--choose p-1,p-2,p-3",
                                        "--choose p-1,p-1",
                                        "--rank p-1",
                                        "--points p-1=1",
                                        "--contest 1 --points p-5=4",
                                        "--contest 1 --points p-5=x"};
    char line[128];

    staff_desk_done(staff, "check-in data --id-file voter");
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        (void)snprintf(line, sizeof line, "cast data %s%s --yes",
                       strstr(lists[i], "--contest") != NULL ? ""
                                                             : "--contest 0 ",
                       lists[i]);
        staff_desk_refused(staff, line, "aula: ");
        assert_null(strstr(staff->errors, "p-"));
    }
    staff_desk_done(staff, "cast data --contest 0 --choose p-4 --yes");
    assert_false(staff_desk_finds(staff, "p-4"));
    assert_false(desk_finds("data", "Двор", strlen("Двор")));
    assert_false(staff_desk_finds(staff, "SQLite format 3"));
    staff_desk_done(staff, "status data --json");
    assert_non_null(strstr(staff->out, "\"total_cast\":1"));
}

static void what_is_typed_has_to_be_clear(void **state)
{
    struct staff_desk *staff = *state;
    static const char *const usages[] = {
        "cast data --yes",
        "cast data --blank --choose p-1 --yes",
        "cast data --blank --yes --challenge",
        "cast data --blank --contest 2 --yes",
        "cast data --blank --contest x --yes",
        "cast data --blank --yes",
        "check-in",
        "check-in data 850615100017",
    };

    staff_desk_done(staff, "check-in data --id-file voter");
    for (size_t i = 0; i < sizeof usages / sizeof usages[0]; i++) {
        assert_int_equal(staff_desk_run(staff, usages[i]), EXIT_USAGE);
    }
}

static void an_official_election_is_voted_on_at_the_screen(void **state)
{
    struct staff_desk *staff = *state;

    staff_desk_done(staff, "install data --office-key office.txt --package "
                           "election.aula --certificate hall.cert --kit "
                           "hall.kit");
    assert_null(strstr(staff->out, "REHEARSAL"));
    staff_desk_done(staff, "open data");
    staff_desk_done(staff, "check-in data --id-file voter");
    staff_desk_refused(staff, "cast data --contest 0 --blank --yes",
                       "an official election is voted on at the screen");
    staff_desk_done(staff, "status data --json");
    assert_non_null(strstr(staff->out, "\"mode\":\"official\""));
    assert_non_null(strstr(staff->out, "\"total_cast\":0"));
}

static int make_official(void **state)
{
    *state = staff_desk_new(&(struct desk_wish){.is_official = true});
    return 0;
}

#define A_DAY(test)                                                            \
    cmocka_unit_test_setup_teardown(test, staff_desk_make_open,                \
                                    staff_desk_clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        A_DAY(check_in_says_what_is_known_and_begins_a_session),
        A_DAY(staff_choose_contests_by_number_or_name),
        A_DAY(no_line_and_no_file_holds_an_identifier),
        A_DAY(what_is_typed_in_the_wrong_place_is_not_said_again),
        A_DAY(a_ballot_shows_its_code_and_is_recorded),
        A_DAY(a_challenge_leaves_the_vote_to_another_ballot),
        A_DAY(choices_stand_in_no_refusal_and_no_file),
        A_DAY(what_is_typed_has_to_be_clear),
        cmocka_unit_test_setup_teardown(
            an_official_election_is_voted_on_at_the_screen, make_official,
            staff_desk_clear),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
