/* SPDX-License-Identifier: Apache-2.0 */
/* Terminals, registers and rolls in the office's folder; the numbers are
 * promises of desk_election.h. */
#define _XOPEN_SOURCE 700

#include "desk_sample.h"

#include "kit.h"
#include "register.h"

enum { ROOM = 512 };

struct issue {
    uint8_t certificate[ROOM];
    size_t size;
    uint8_t kit[KIT_BYTES];
};

static void draw_issue(struct issue *issue, const struct office *office,
                       const struct desk_election *election, const char *label,
                       uint32_t number)
{
    static const uint16_t contests[] = {0, 2};
    struct kit kit = {number, true};

    issue->size = CERTIFICATE_BYTES(strlen(label), 2);
    assert_int_equal(certificate_make(issue->certificate, &election->package,
                                      office->sample.office_secret, office->key,
                                      label, strlen(label), contests, 2, NULL),
                     AULA_OK);
    assert_int_equal(kit_make(issue->kit, &election->package,
                              office->sample.office_secret, office->tid,
                              office->transport, &kit, office->tag_key, NULL),
                     AULA_OK);
}

static enum aula_code keep_issue(const struct desk_election *election,
                                 const struct issue *issue)
{
    return desk_election_issue(election, issue->certificate, issue->size,
                               issue->kit, NULL);
}

/* Another terminal takes the place of the office's. */
static void draw_terminal(struct office *office, uint8_t which)
{
    uint8_t seed[SIGN_SEED_BYTES] = {which};
    uint8_t unused[SIGN_SECRET_BYTES];

    sign_key_pair(office->key, unused, seed);
    terminal_id(office->tid, office->key);
}

static void what_was_issued_is_read_again(void **state)
{
    struct office *office = *state;
    struct desk_election *election;
    struct desk_terminal terminal;
    struct issue issue;

    assert_int_equal(office_make_election(office), AULA_OK);
    election = office_open(office);
    assert_int_equal(desk_election_terminal(&terminal, election, office->tid,
                                            NULL),
                     AULA_OK);
    assert_null(terminal.bytes);
    assert_int_equal(terminal.kit.number, 0);
    draw_issue(&issue, office, election, "Hall 7", 1);
    assert_int_equal(keep_issue(election, &issue), AULA_OK);
    assert_int_equal(desk_election_terminal(&terminal, election, office->tid,
                                            NULL),
                     AULA_OK);
    assert_memory_equal(terminal.certificate.label.text, "Hall 7", 6);
    assert_int_equal(terminal.kit.number, 1);
    assert_true(terminal.kit.has_guests);
    desk_terminal_close(&terminal);
    desk_election_close(election);
}

/* Promise 2. */
static void a_terminal_has_one_certificate_and_newer_kits(void **state)
{
    struct office *office = *state;
    struct desk_election *election;
    struct desk_terminal terminal;
    struct issue issue;

    assert_int_equal(office_make_election(office), AULA_OK);
    election = office_open(office);
    draw_issue(&issue, office, election, "Hall 7", 2);
    assert_int_equal(keep_issue(election, &issue), AULA_OK);
    draw_issue(&issue, office, election, "Hall 8", 3);
    assert_int_equal(keep_issue(election, &issue), AULA_STATE);
    draw_issue(&issue, office, election, "Hall 7", 2);
    assert_int_equal(keep_issue(election, &issue), AULA_KIT_OLD);
    draw_issue(&issue, office, election, "Hall 7", 3);
    assert_int_equal(keep_issue(election, &issue), AULA_OK);
    assert_int_equal(desk_election_terminal(&terminal, election, office->tid,
                                            NULL),
                     AULA_OK);
    assert_int_equal(terminal.kit.number, 3);
    desk_terminal_close(&terminal);
    desk_election_close(election);
}

static void what_the_office_did_not_sign_is_not_kept(void **state)
{
    struct office *office = *state;
    struct desk_election *election;
    struct desk_terminals list;
    struct issue issue;

    assert_int_equal(office_make_election(office), AULA_OK);
    election = office_open(office);
    draw_issue(&issue, office, election, "Hall 7", 1);
    issue.certificate[issue.size - 1] ^= 1;
    assert_int_equal(keep_issue(election, &issue), AULA_SIG_INVALID);
    issue.certificate[issue.size - 1] ^= 1;
    issue.kit[KIT_BYTES - 1] ^= 1;
    assert_int_equal(keep_issue(election, &issue), AULA_SIG_INVALID);
    issue.kit[KIT_BYTES - 1] ^= 1;
    issue.size--;
    assert_int_equal(keep_issue(election, &issue), AULA_TRUNCATED);
    assert_int_equal(desk_election_terminals(&list, election, NULL), AULA_OK);
    assert_int_equal(list.count, 0);
    desk_election_close(election);
}

static void all_terminals_are_listed_in_order(void **state)
{
    struct office *office = *state;
    struct desk_election *election;
    struct desk_terminals list;
    struct issue issue;
    char path[PLACE_BYTES];

    assert_int_equal(office_make_election(office), AULA_OK);
    election = office_open(office);
    for (uint8_t which = 1; which <= 5; which++) {
        draw_terminal(office, which);
        draw_issue(&issue, office, election, "Hall", which);
        assert_int_equal(keep_issue(election, &issue), AULA_OK);
    }
    office_path(path, office, "certificates/notes.txt");
    assert_int_equal(file_write(path, "x", 1, 0600, NULL), AULA_OK);
    assert_int_equal(desk_election_terminals(&list, election, NULL), AULA_OK);
    assert_int_equal(list.count, 5);
    for (size_t i = 1; i < list.count; i++) {
        assert_true(memcmp(list.items[i - 1].tid, list.items[i].tid,
                           TERMINAL_ID_BYTES) < 0);
    }
    desk_terminals_close(&list);
    desk_election_close(election);
}

/* election/FOLDER/TID.END of the office's terminal. */
static void terminal_path(char path[static PLACE_BYTES], struct office *office,
                          const char *folder, const char *end)
{
    char hex[2 * TERMINAL_ID_BYTES + 1];
    char name[ROOM];

    (void)sodium_bin2hex(hex, sizeof hex, office->tid, TERMINAL_ID_BYTES);
    (void)snprintf(name, sizeof name, "%s/%s.%s", folder, hex, end);
    office_path(path, office, name);
}

static void expect_lists(const struct desk_election *election,
                         enum aula_code code, const char *named)
{
    struct desk_terminals list;
    struct aula_error err = {.message = ""};

    assert_int_equal(desk_election_terminals(&list, election, &err), code);
    assert_int_equal(list.count, 0);
    assert_non_null(strstr(err.message, named));
}

/* Promise 4. */
static void files_that_were_changed_are_named(void **state)
{
    struct office *office = *state;
    struct desk_election *election;
    struct issue issue;
    char path[PLACE_BYTES];

    assert_int_equal(office_make_election(office), AULA_OK);
    election = office_open(office);
    draw_issue(&issue, office, election, "Hall 7", 1);
    assert_int_equal(keep_issue(election, &issue), AULA_OK);
    terminal_path(path, office, "kits", "kit");
    office_spoil(path);
    expect_lists(election, AULA_SIG_INVALID, ".kit: ");
    assert_int_equal(file_write(path, issue.kit, KIT_BYTES, 0600, NULL),
                     AULA_OK);
    draw_terminal(office, 77);
    terminal_path(path, office, "certificates", "cert");
    assert_int_equal(file_write(path, issue.certificate, issue.size, 0600,
                                NULL),
                     AULA_OK);
    expect_lists(election, AULA_CERT_TERMINAL_ID, ".cert: ");
    office_spoil(path);
    expect_lists(election, AULA_SIG_INVALID, ".cert: ");
    desk_election_close(election);
}

struct list_file {
    uint8_t bytes[ROOM];
    size_t size;
};

/* A register of the terminals first .. first + count - 1. */
static void draw_register(struct list_file *file, const struct office *office,
                          const struct desk_election *election, uint8_t first,
                          size_t count)
{
    uint8_t tids[8][TERMINAL_ID_BYTES] = {{0}};

    for (size_t i = 0; i < count; i++) {
        tids[i][0] = (uint8_t)(first + i);
    }
    file->size = REGISTER_BYTES(count);
    assert_int_equal(register_make(file->bytes, &election->package,
                                   office->sample.office_secret, 1234, tids,
                                   count, NULL),
                     AULA_OK);
}

static enum aula_code keep_register(const struct desk_election *election,
                                    bool is_late, const struct list_file *file)
{
    return desk_election_keep_register(election, is_late, file->bytes,
                                       file->size, NULL);
}

static void the_first_register_stays(void **state)
{
    struct office *office = *state;
    struct desk_election *election;
    struct desk_registers both;
    struct list_file file;

    assert_int_equal(office_make_election(office), AULA_OK);
    election = office_open(office);
    assert_int_equal(desk_election_registers(&both, election, NULL), AULA_OK);
    assert_null(both.bytes[0]);
    draw_register(&file, office, election, 1, 3);
    assert_int_equal(keep_register(election, true, &file), AULA_STATE);
    file.bytes[file.size - 1] ^= 1;
    assert_int_equal(keep_register(election, false, &file), AULA_SIG_INVALID);
    file.bytes[file.size - 1] ^= 1;
    assert_int_equal(keep_register(election, false, &file), AULA_OK);
    assert_int_equal(keep_register(election, false, &file), AULA_OK);
    draw_register(&file, office, election, 1, 4);
    assert_int_equal(keep_register(election, false, &file), AULA_STATE);
    assert_int_equal(desk_election_registers(&both, election, NULL), AULA_OK);
    assert_int_equal(both.lists[0].count, 3);
    desk_registers_close(&both);
    desk_election_close(election);
}

static void a_late_register_only_grows(void **state)
{
    struct office *office = *state;
    struct desk_election *election;
    struct desk_registers both;
    struct list_file file;

    assert_int_equal(office_make_election(office), AULA_OK);
    election = office_open(office);
    draw_register(&file, office, election, 1, 3);
    assert_int_equal(keep_register(election, false, &file), AULA_OK);
    assert_int_equal(keep_register(election, true, &file), AULA_REGISTER_ORDER);
    draw_register(&file, office, election, 4, 1);
    assert_int_equal(keep_register(election, true, &file), AULA_OK);
    draw_register(&file, office, election, 5, 1);
    assert_int_equal(keep_register(election, true, &file), AULA_STATE);
    draw_register(&file, office, election, 4, 2);
    assert_int_equal(keep_register(election, true, &file), AULA_OK);
    assert_int_equal(desk_election_registers(&both, election, NULL), AULA_OK);
    assert_int_equal(both.lists[1].count, 2);
    desk_registers_close(&both);
    desk_election_close(election);
}

static void a_register_that_was_changed_is_named(void **state)
{
    struct office *office = *state;
    struct desk_election *election;
    struct desk_registers both;
    struct list_file file;
    struct aula_error err = {.message = ""};
    char path[PLACE_BYTES];

    assert_int_equal(office_make_election(office), AULA_OK);
    election = office_open(office);
    draw_register(&file, office, election, 1, 3);
    assert_int_equal(keep_register(election, false, &file), AULA_OK);
    office_path(path, office, "register.bin");
    office_spoil(path);
    assert_int_equal(desk_election_registers(&both, election, &err),
                     AULA_SIG_INVALID);
    assert_non_null(strstr(err.message, "register.bin: "));
    assert_null(both.bytes[0]);
    desk_election_close(election);
}

static void the_number_of_a_roll_only_rises(void **state)
{
    struct office *office = *state;
    struct desk_election *election;
    uint32_t number = 9;
    char path[PLACE_BYTES];

    assert_int_equal(office_make_election(office), AULA_OK);
    election = office_open(office);
    assert_int_equal(desk_election_roll(&number, election, NULL), AULA_OK);
    assert_int_equal(number, 0);
    assert_int_equal(desk_election_keep_roll(election, 0, NULL), AULA_ROLL_OLD);
    assert_int_equal(desk_election_keep_roll(election, 2, NULL), AULA_OK);
    assert_int_equal(desk_election_keep_roll(election, 2, NULL), AULA_ROLL_OLD);
    assert_int_equal(desk_election_keep_roll(election, UINT32_MAX, NULL),
                     AULA_OK);
    assert_int_equal(desk_election_roll(&number, election, NULL), AULA_OK);
    assert_int_equal(number, UINT32_MAX);
    office_path(path, office, "roll.txt");
    assert_int_equal(file_write(path, "aula roll 1\nnumber 4294967296\n", 30,
                                0600, NULL),
                     AULA_OK);
    assert_int_equal(desk_election_roll(&number, election, NULL),
                     AULA_BAD_FIELD);
    assert_int_equal(file_write(path, "number 1\n", 9, 0600, NULL), AULA_OK);
    assert_int_equal(desk_election_roll(&number, election, NULL),
                     AULA_BAD_MAGIC);
    desk_election_close(election);
}

/* Promise 3. */
static void an_election_that_nobody_has_can_be_retired(void **state)
{
    struct office *office = *state;
    struct desk_election *election;
    struct desk_elections list;

    assert_int_equal(office_make_election(office), AULA_OK);
    election = office_open(office);
    assert_int_equal(desk_election_retire(election, NULL), AULA_OK);
    desk_election_close(election);
    assert_int_equal(desk_elections_list(&list, office->folder, NULL), AULA_OK);
    assert_int_equal(list.count, 0);
    free(list.eids);
}

static void an_election_in_use_is_not_retired(void **state)
{
    struct office *office = *state;
    struct desk_election *election;
    struct list_file file;
    struct issue issue;

    assert_int_equal(office_make_election(office), AULA_OK);
    election = office_open(office);
    draw_register(&file, office, election, 1, 3);
    assert_int_equal(keep_register(election, false, &file), AULA_OK);
    assert_int_equal(desk_election_retire(election, NULL), AULA_STATE);
    desk_election_close(election);
    office_draw_package(office, 2);
    assert_int_equal(office_make_election(office), AULA_OK);
    assert_int_equal(desk_election_open(&election, office->folder,
                                        &office->known, office_eid(office),
                                        NULL),
                     AULA_OK);
    draw_issue(&issue, office, election, "Hall 7", 1);
    assert_int_equal(keep_issue(election, &issue), AULA_OK);
    assert_int_equal(desk_election_retire(election, NULL), AULA_STATE);
    desk_election_close(election);
}

#define WITH_OFFICE(test)                                                      \
    cmocka_unit_test_setup_teardown(test, office_start, office_end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_OFFICE(what_was_issued_is_read_again),
        WITH_OFFICE(a_terminal_has_one_certificate_and_newer_kits),
        WITH_OFFICE(what_the_office_did_not_sign_is_not_kept),
        WITH_OFFICE(all_terminals_are_listed_in_order),
        WITH_OFFICE(files_that_were_changed_are_named),
        WITH_OFFICE(the_first_register_stays),
        WITH_OFFICE(a_late_register_only_grows),
        WITH_OFFICE(a_register_that_was_changed_is_named),
        WITH_OFFICE(the_number_of_a_roll_only_rises),
        WITH_OFFICE(an_election_that_nobody_has_can_be_retired),
        WITH_OFFICE(an_election_in_use_is_not_retired),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
