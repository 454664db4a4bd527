/* SPDX-License-Identifier: Apache-2.0 */
/* `aula terminal ..` from a blank folder to a closed day: what each command
 * says, and in which states it is refused by name. */
#include "staff_desk.h"

#include <jansson.h>
#include <unistd.h>

#include "cheap_pwhash.h"
#include "command.h"
#include "file.h"
#include "request.h"
#include "vfs.h"

/* Each command that needs a certain state, and the states where it is allowed:
 * b(lank), r(equested), y (ready), o(pen), c(losed). */
static const struct {
    const char *name;
    const char *line; /* %s is the folder */
    const char *allowed;
} lines[] = {
    {"request", "request %s again.bin", "br"},
    {"install", "install %s --kit hall.kit", "ryc"},
    {"open", "open %s", "yc"},
    {"check-in", "check-in %s --id-file voter", "o"},
    {"cast", "cast %s --blank --yes", "o"},
    {"leave", "leave %s", "o"},
    {"close", "close %s", "o"},
    {"verify", "verify %s", "yoc"},
    {"pause", "pause %s", "yoc"},
    {"resume", "resume %s", "yoc"},
    {"confirm", "confirm %s clock", "yoc"},
    {"finish", "finish %s --yes", "yc"},
    {"officials", "officials list %s", "ryoc"},
    {"officials", "officials add %s B --new-passphrase-file pass2", "ryoc"},
    {"officials", "officials revoke %s B", "ryoc"},
    {"officials",
     "officials change %s --official Ainur --new-passphrase-file pass2",
     "ryoc"},
};

/* All that do not belong to a state are refused by its name and theirs. */
static void refuses_others(struct staff_desk *staff, const char *folder,
                           char letter, const char *state_name)
{
    char line[128];
    char text[128];

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        if (strchr(lines[i].allowed, letter) == NULL) {
            (void)snprintf(line, sizeof line, lines[i].line, folder);
            (void)snprintf(text, sizeof text,
                           "aula: %s: the terminal is %s: ", lines[i].name,
                           state_name);
            staff_desk_refused(staff, line, text);
        }
    }
}

static void each_state_refuses_what_does_not_belong_to_it(void **state)
{
    struct staff_desk *staff = *state;

    refuses_others(staff, "nowhere", 'b', "blank");
    refuses_others(staff, "data", 'r', "requested");
    staff_desk_done(staff, "install data --office-key office.txt --package "
                           "election.aula --certificate hall.cert --kit "
                           "hall.kit");
    refuses_others(staff, "data", 'y', "ready");
    staff_desk_done(staff, "open data");
    refuses_others(staff, "data", 'o', "open");
    staff->desk->now += (uint64_t)9 * DESK_HOUR_S;
    staff_desk_done(staff, "close data");
    refuses_others(staff, "data", 'c', "closed");
}

static void a_blank_folder_needs_no_passphrase_to_say_so(void **state)
{
    struct staff_desk *staff = *state;

    staff_desk_write("pass", "", 0);
    staff_desk_done(staff, "status nowhere");
    assert_non_null(strstr(staff->out, "blank"));
    assert_non_null(strstr(staff->out, "aula terminal request"));
    staff_desk_refused(staff, "open nowhere", "the terminal is blank");
    assert_int_not_equal(access("nowhere", F_OK), 0);
}

static void a_request_is_written_again_until_it_is_answered(void **state)
{
    struct staff_desk *staff = *state;
    uint8_t *first = NULL;
    uint8_t *second = NULL;
    size_t size = 0;
    char code[CODE_TEXT_BYTES];
    uint8_t hash[HASH_BYTES];

    assert_int_equal(staff_desk_run(staff, "request new one.bin"), EXIT_USAGE);
    staff_desk_done(staff, "request new one.bin --label Hall --official Ainur");
    assert_int_equal(file_read(&first, &size, "one.bin", 1000, NULL), AULA_OK);
    request_hash(hash, first, size);
    code_write(code, hash);
    assert_non_null(strstr(staff->out, code));
    staff_desk_done(staff, "request new two.bin");
    assert_non_null(strstr(staff->out, code));
    assert_int_equal(file_read(&second, &size, "two.bin", 1000, NULL), AULA_OK);
    assert_memory_equal(first, second, size);
    free(first);
    free(second);
    desk_clear_folder("new");
}

static void what_is_installed_is_said_and_a_rehearsal_plainly(void **state)
{
    struct staff_desk *staff = *state;
    char code[CODE_TEXT_BYTES];

    code_write(code, staff->desk->package.hash);
    staff_desk_done(staff, "install data --office-key office.txt --package "
                           "election.aula --certificate hall.cert --kit "
                           "hall.kit");
    assert_non_null(strstr(staff->out, "Аула таңдауы / Выбор двора"));
    assert_non_null(strstr(staff->out, "REHEARSAL"));
    assert_non_null(strstr(staff->out, code));
    assert_non_null(strstr(staff->out, "contest 1: Саябақтар / Парки (points"));
    assert_non_null(strstr(staff->out, "Hall 7"));
    staff_desk_done(staff, "install data --kit hall.kit");
}

static void a_fault_in_what_the_office_sent_is_refused(void **state)
{
    struct staff_desk *staff = *state;
    char key[2 * SIGN_PUBLIC_BYTES + 1] = "";

    assert_int_equal(staff_desk_run(staff, "install data"), EXIT_USAGE);
    staff_desk_refused(staff, "install data --kit hall.kit",
                       "the first time the office's key");
    staff_desk_refused(staff, "install data --kit nowhere", "aula: nowhere: ");
    staff_desk_refused(staff, "install data --kit stick", "not a regular file");
    staff_desk_refused(staff, "install data --package stick",
                       "not a regular file");
    staff_desk_refused(staff, "install data --office-key pass --kit hall.kit",
                       "neither office.txt nor a key");
    memset(key, 'a', sizeof key - 1);
    staff_desk_write("other-office", key, sizeof key - 1);
    staff_desk_refused(staff,
                       "install data --office-key other-office --package "
                       "election.aula --certificate hall.cert --kit hall.kit",
                       "office");
    staff_desk_refused(staff,
                       "install data --office-key office.txt --package "
                       "election.aula --certificate hall.kit --kit hall.cert",
                       "aula: ");
    staff_desk_done(staff, "status data");
    assert_non_null(strstr(staff->out, "requested"));
}

/* The value of a key in what was said. */
static json_int_t number_of(const struct staff_desk *staff, const char *key)
{
    json_t *object = json_loads(staff->out, 0, NULL);
    json_int_t number = json_integer_value(json_object_get(object, key));

    assert_true(json_is_object(object));
    json_decref(object);
    return number;
}

static void status_says_the_same_to_people_and_to_programs(void **state)
{
    struct staff_desk *staff = *state;

    staff_desk_done(staff, "check-in data --id-file voter");
    staff_desk_done(staff, "cast data --contest 0 --choose p-1 --yes");
    staff_desk_done(staff, "status data");
    assert_non_null(strstr(staff->out, "open"));
    assert_non_null(strstr(staff->out, "Somebody is checked in."));
    assert_non_null(strstr(staff->out, "2027-04-06 10:00:00 +05:00"));
    assert_non_null(strstr(staff->out, "aula terminal leave"));
    staff_desk_done(staff, "status data --json");
    assert_int_equal(number_of(staff, "cast"), 1);
    assert_int_equal(number_of(staff, "issued"), 1);
    assert_int_equal(number_of(staff, "opened"), DESK_MORNING);
    assert_int_equal(number_of(staff, "total_cast"), 1);
    assert_non_null(strstr(staff->out, "\"ended\":null"));
    assert_non_null(strstr(staff->out, "\"session\":true"));
}

static void looking_writes_nothing(void **state)
{
    struct staff_desk *staff = *state;
    json_int_t before;

    staff_desk_done(staff, "status data --json");
    before = number_of(staff, "last_seq");
    staff_desk_done(staff, "verify data --json");
    assert_int_equal(number_of(staff, "records"), before);
    staff_desk_done(staff, "status data --json");
    assert_int_equal(number_of(staff, "last_seq"), before);
}

static void a_pause_admits_nobody_and_ends(void **state)
{
    struct staff_desk *staff = *state;

    staff_desk_refused(staff, "resume data", "not paused");
    staff_desk_done(staff, "pause data");
    staff_desk_refused(staff, "pause data", "paused already");
    staff_desk_refused(staff, "check-in data --id-file voter", "paused");
    staff_desk_done(staff, "status data");
    assert_non_null(strstr(staff->out, "aula terminal resume"));
    staff_desk_done(staff, "resume data");
    staff_desk_done(staff, "check-in data --id-file voter");
}

static void a_clock_that_jumped_is_shown_and_confirmed(void **state)
{
    struct staff_desk *staff = *state;

    staff_desk_refused(staff, "confirm data clock --yes", "in order");
    staff_desk_refused(staff, "confirm data witness --yes", "in order");
    assert_int_equal(staff_desk_run(staff, "confirm data weather"), EXIT_USAGE);
    staff->desk->now -= (uint64_t)3 * DESK_HOUR_S;
    staff_desk_done(staff, "status data");
    assert_non_null(strstr(staff->out, "aula terminal confirm clock"));
    staff_desk_refused(staff, "check-in data --id-file voter", "confirm");
    staff_desk_done(staff, "confirm data clock --yes");
    assert_non_null(strstr(staff->out, "2027-04-06 07:00:00 +05:00"));
    assert_non_null(strstr(staff->out, "2027-04-06 10:00:00 +05:00"));
    staff_desk_done(staff, "check-in data --id-file voter");
}

static void an_early_close_takes_a_second_official(void **state)
{
    struct staff_desk *staff = *state;

    staff_desk_refused(staff, "close data", "second official");
    staff_desk_refused(staff,
                       "close data --second Ainur --second-passphrase-file "
                       "pass",
                       "second official");
    staff_desk_refused(staff,
                       "close data --second Berik --second-passphrase-file "
                       "pass2",
                       "nobody of that name");
    staff_desk_done(staff,
                    "officials add data Berik --new-passphrase-file pass2");
    staff_desk_refused(staff,
                       "close data --second Berik --second-passphrase-file "
                       "pass",
                       "wrong passphrase");
    staff_desk_done(staff, "close data --second Berik "
                           "--second-passphrase-file pass2");
    assert_non_null(strstr(staff->out, "AULC1:"));
    staff_desk_refused(staff, "open data", "second official");
    staff_desk_done(staff, "open data --second Berik "
                           "--second-passphrase-file pass2");
}

static void officials_come_change_and_go(void **state)
{
    struct staff_desk *staff = *state;

    staff_desk_done(staff, "officials add data Berik --new-passphrase-file "
                           "pass2 --new-key-file stick/berik.key");
    assert_non_null(strstr(staff->out, "Berik"));
    staff_desk_refused(staff,
                       "officials add data Berik --new-passphrase-file pass2",
                       "already");
    staff_desk_done(staff, "officials list data --json");
    assert_non_null(strstr(staff->out,
                           "[{\"name\":\"Ainur\",\"key_file\":false},{\"name\":"
                           "\"Berik\",\"key_file\":true}]"));
    staff_desk_write("other.key", "short", 5);
    staff_desk_refused(staff, "status data --key-file other.key", "32 bytes");
    assert_int_equal(staff_desk_run(staff, "officials change data"),
                     EXIT_USAGE);
    staff_desk_done(staff, "officials change data --official Ainur "
                           "--new-passphrase-file pass2");
    staff_desk_refused(staff, "status data --official Ainur", "passphrase");
    staff_desk_done(staff, "officials change data --official Ainur "
                           "--passphrase-file pass2 --new-passphrase-file "
                           "pass");
    staff_desk_done(staff, "status data --official Ainur");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            each_state_refuses_what_does_not_belong_to_it, staff_desk_make,
            staff_desk_clear),
        cmocka_unit_test_setup_teardown(
            a_blank_folder_needs_no_passphrase_to_say_so, staff_desk_make,
            staff_desk_clear),
        cmocka_unit_test_setup_teardown(
            a_request_is_written_again_until_it_is_answered, staff_desk_make,
            staff_desk_clear),
        cmocka_unit_test_setup_teardown(
            what_is_installed_is_said_and_a_rehearsal_plainly, staff_desk_make,
            staff_desk_clear),
        cmocka_unit_test_setup_teardown(
            a_fault_in_what_the_office_sent_is_refused, staff_desk_make,
            staff_desk_clear),
        cmocka_unit_test_setup_teardown(
            status_says_the_same_to_people_and_to_programs,
            staff_desk_make_open, staff_desk_clear),
        cmocka_unit_test_setup_teardown(looking_writes_nothing,
                                        staff_desk_make_open, staff_desk_clear),
        cmocka_unit_test_setup_teardown(a_pause_admits_nobody_and_ends,
                                        staff_desk_make_open, staff_desk_clear),
        cmocka_unit_test_setup_teardown(
            a_clock_that_jumped_is_shown_and_confirmed, staff_desk_make_open,
            staff_desk_clear),
        cmocka_unit_test_setup_teardown(officials_come_change_and_go,
                                        staff_desk_make, staff_desk_clear),
        cmocka_unit_test_setup_teardown(an_early_close_takes_a_second_official,
                                        staff_desk_make_open, staff_desk_clear),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
