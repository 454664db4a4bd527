/* SPDX-License-Identifier: Apache-2.0 */
/* What `aula office status` tells of an archive, and what rulings keep out of
 * one. Passphrases cost nothing here (cheap_pwhash.h). */
#define _XOPEN_SOURCE 700

#include "import_desk.h"

#include "desk_ruled.h"

#include "calls.h"

static void run_status(struct import_desk *desk)
{
    const char *const words[] = {"aula",
                                 "office",
                                 "status",
                                 "--office",
                                 import_desk_office(desk)->folder,
                                 NULL};

    assert_int_equal(desk_run(desk->certify, words), EXIT_DONE);
}

static json_t *read_status(struct import_desk *desk)
{
    const char *const words[] = {"aula",
                                 "office",
                                 "status",
                                 "--office",
                                 import_desk_office(desk)->folder,
                                 "--json",
                                 NULL};
    json_t *object;

    assert_int_equal(desk_run(desk->certify, words), EXIT_DONE);
    object = json_loads(desk->certify->out, 0, NULL);
    assert_non_null(object);
    return object;
}

static void check_said(const struct import_desk *desk, const char *words)
{
    if (strstr(desk->certify->out, words) == NULL) {
        fail_msg("%s", desk->certify->out);
    }
}

/* Both halls are certified by the office and stand in its register. */
static void publish(struct import_desk *desk)
{
    const char *const words[] = {desk->certify->out_folder, NULL};
    struct desk_keys keys;

    desk_add_terminal(desk->certify, &keys, 1);
    desk_add_terminal(desk->certify, &keys, 2);
    assert_int_equal(desk_call(desk->certify, "register", "pass", words),
                     EXIT_DONE);
}

static struct import_report take(struct import_desk *desk, const char *name)
{
    struct import *import = import_desk_import(desk);
    struct import_report report = import_desk_take(desk, import, name);

    import_close(import);
    return report;
}

static const json_t *terminal_of(const json_t *object, const uint8_t *tid)
{
    const json_t *list = json_object_get(object, "terminals");
    char text[2 * TERMINAL_ID_BYTES + 1];

    (void)sodium_bin2hex(text, sizeof text, tid, TERMINAL_ID_BYTES);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *row = json_array_get(list, i);

        if (strcmp(json_string_value(json_object_get(row, "tid")), text) == 0) {
            return row;
        }
    }
    fail_msg("no terminal %s", text);
    return NULL;
}

static json_int_t number(const json_t *row, const char *key)
{
    return json_integer_value(json_object_get(row, key));
}

static void before_the_first_import_all_are_silent(void **state)
{
    struct import_desk *desk = *state;

    publish(desk);
    run_status(desk);
    check_said(desk, "School 3: NOTHING CAME");
    check_said(desk, "terminals without any: 2");
}

static void days_are_told_by_terminal(void **state)
{
    struct import_desk *desk = *state;
    struct hall *hall = &desk->halls[0];
    const json_t *row;
    const json_t *days;
    json_t *object;

    publish(desk);
    hall_open_day(hall);
    hall_cast(hall, 99);
    hall_save(desk, hall, 1, 0, 8, "a");
    (void)take(desk, "a");
    run_status(desk);
    check_said(desk, ": 8 records in 1 batches; 4 cast, 0 opened");
    check_said(desk, "4 cast, 0 opened; NOT CLOSED");
    check_said(desk, "NO_CLOSE at record 8, open");
    check_said(desk, "NOTHING CAME");
    object = read_status(desk);
    row = terminal_of(object, hall->keys.tid);
    assert_int_equal(number(row, "cast"), 4);
    assert_int_equal(number(row, "records"), 8);
    assert_int_equal(number(row, "imported"), DESK_NOW);
    assert_string_equal(json_string_value(json_object_get(row, "register")),
                        "first");
    days = json_object_get(row, "days");
    assert_int_equal(json_array_size(days), 1);
    assert_true(json_is_false(json_object_get(json_array_get(days, 0),
                                              "closed")));
    row = terminal_of(object, desk->halls[1].keys.tid);
    assert_true(json_is_false(json_object_get(row, "received")));
    assert_int_equal(number(object, "silent"), 1);
    json_decref(object);
}

static void gaps_and_forks_and_missing_batches_are_told(void **state)
{
    struct import_desk *desk = *state;
    struct hall *hall = &desk->halls[0];
    struct hall *twin = &desk->halls[1];
    const json_t *row;
    json_t *object;

    publish(desk);
    hall_save(desk, hall, 5, 3, 6, "a");
    (void)take(desk, "a");
    hall_start(desk, twin, 1, "School 3");
    hall_event(twin, RECORD_STARTED);
    twin->seq = 4;
    hall_event(twin, RECORD_UNLOCKED);
    twin->records[1][120] ^= 1;
    hall_save(desk, twin, 2, 1, 2, "b");
    (void)take(desk, "b");
    twin->records[1][120] ^= 1;
    hall_save(desk, twin, 2, 1, 2, "c");
    (void)take(desk, "c");
    run_status(desk);
    check_said(desk, "GAP at records 1 to 3, open");
    check_said(desk, "FORK at record 5, open");
    check_said(desk, "batches that did not come: 1 3 4\n");
    check_said(desk, "two different batches have one number");
    check_said(desk, "1 quarantined");
    check_said(desk, " SIG_INVALID\n");
    object = read_status(desk);
    row = terminal_of(object, hall->keys.tid);
    assert_int_equal(number(row, "batches"), 3);
    assert_int_equal(number(row, "last_batch"), 5);
    assert_int_equal(number(row, "quarantined"), 1);
    assert_int_equal(json_array_size(json_object_get(row, "missing_batches")),
                     3);
    assert_int_equal(json_array_size(json_object_get(object, "errors")), 1);
    json_decref(object);
}

static void a_small_contest_is_warned_of(void **state)
{
    struct import_desk *desk = *state;
    const json_t *contest;
    json_t *object;

    publish(desk);
    hall_save(desk, &desk->halls[0], 1, 0, 6, "a");
    (void)take(desk, "a");
    run_status(desk);
    check_said(desk, "WARNING: contest 1, \"Large\": 3 ballots so far. With "
                     "fewer than 10 ");
    object = read_status(desk);
    contest = json_array_get(json_object_get(object, "contests"), 0);
    assert_int_equal(number(contest, "counted"), 3);
    assert_true(json_is_true(json_object_get(contest, "small")));
    json_decref(object);
}

/* ---- rulings */

static void rule(const struct import_desk *desk, uint8_t type,
                 const struct hall *hall, uint64_t seq, const uint8_t *hash)
{
    static const uint8_t zeros[HASH_BYTES] = {0};
    const struct rulings_row row = {
        type, hall->keys.tid, seq, hash != NULL ? hash : zeros, {"stolen", 6}};
    uint8_t file[512];
    char path[PLACE_BYTES];

    assert_int_equal(rulings_make(file, hall->package, desk->desk->sign_secret,
                                  &row, 1, NULL),
                     AULA_OK);
    assert_int_equal(place_in(path, desk->election->folder, DESK_RULINGS, NULL),
                     AULA_OK);
    assert_int_equal(file_write(path, file, rulings_size(&row, 1), 0600, NULL),
                     AULA_OK);
}

static void of_a_revoked_terminal_nothing_more_is_taken(void **state)
{
    struct import_desk *desk = *state;
    struct hall *hall = &desk->halls[0];
    struct import_report report;

    hall_save(desk, hall, 1, 0, 3, "a");
    hall_save(desk, hall, 2, 2, 6, "b");
    (void)take(desk, "a");
    rule(desk, RULINGS_REVOKE, hall, 3, NULL);
    report = take(desk, "b");
    assert_int_equal(report.refused, AULA_REVOKED);
    assert_non_null(strstr(report.reason, "School 3"));
    report = take(desk, "a");
    assert_int_equal(report.refused, AULA_OK);
    assert_int_equal(report.held, 3);
    hall_save(desk, &desk->halls[1], 1, 0, 6, "c");
    report = take(desk, "c");
    assert_int_equal(report.fresh, 6);
}

static void the_named_chain_is_taken_downwards(void **state)
{
    struct import_desk *desk = *state;
    struct hall *hall = &desk->halls[0];
    struct hall *twin = &desk->halls[1];
    struct import_report report;
    uint8_t hash[HASH_BYTES];

    hall_save(desk, hall, 1, 4, 5, "top");
    hall_save(desk, hall, 2, 1, 6, "more");
    hall_save(desk, hall, 3, 0, 1, "low");
    hall_start(desk, twin, 1, "School 3");
    hall_day(twin);
    twin->records[1][100] ^= 1; /* another chain from its second record on */
    hall_save(desk, twin, 4, 1, 4, "fork");
    (void)take(desk, "top");
    record_hash(hash, hall->records[4], hall->sizes[4]);
    rule(desk, RULINGS_CHAIN, hall, 5, hash);
    report = take(desk, "low");
    assert_int_equal(report.refused, AULA_REVOKED);
    report = take(desk, "more");
    assert_int_equal(report.refused, AULA_OK);
    assert_int_equal(report.fresh, 3);
    assert_int_equal(report.held, 1);
    assert_int_equal(report.left_out, 1); /* above the named record */
    report = take(desk, "fork");
    assert_int_equal(report.fresh, 0);
    report = take(desk, "low");
    assert_int_equal(report.refused, AULA_OK);
    assert_int_equal(report.fresh, 1);
}

/* The same from an archive: what lies on the chain, and no more. */
static void of_an_archive_the_named_chain_is_taken(void **state)
{
    struct import_desk *desk = *state;
    struct hall *hall = &desk->halls[0];
    struct import_report report;
    char own[PLACE_BYTES];
    char away[PLACE_BYTES];
    uint8_t hash[HASH_BYTES];

    hall_save(desk, hall, 1, 0, 6, "a");
    hall_save(desk, hall, 2, 4, 5, "top");
    hall_save(desk, &desk->halls[1], 1, 0, 6, "c");
    (void)take(desk, "a");
    (void)take(desk, "c");
    import_desk_archive(own, desk);
    desk_path(away, desk->certify, "district");
    assert_int_equal(rename(own, away), 0);
    (void)take(desk, "top");
    record_hash(hash, hall->records[4], hall->sizes[4]);
    rule(desk, RULINGS_CHAIN, hall, 5, hash);
    report = take(desk, "district");
    assert_int_equal(report.refused, AULA_OK);
    assert_int_equal(report.fresh, 10);
    assert_int_equal(report.held, 1);
    assert_int_equal(report.left_out, 1);
    report = take(desk, "district");
    assert_int_equal(report.fresh, 0);
    assert_int_equal(report.left_out, 1);
}

static void rulings_that_do_not_pass_stop_the_import(void **state)
{
    struct import_desk *desk = *state;
    struct clock clock = {desk_now, desk->certify};
    struct import *import = NULL;
    struct aula_error err;
    char path[PLACE_BYTES];

    rule(desk, RULINGS_REVOKE, &desk->halls[0], 3, NULL);
    assert_int_equal(place_in(path, desk->election->folder, DESK_RULINGS, NULL),
                     AULA_OK);
    office_spoil(path);
    assert_int_equal(import_open(&import, desk->election, desk->desk, &clock, 1,
                                 &err),
                     AULA_SIG_INVALID);
    assert_null(import);
    assert_non_null(strstr(err.message, "rulings.bin"));
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, import_desk_start, import_desk_end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(before_the_first_import_all_are_silent),
        TEST(days_are_told_by_terminal),
        TEST(gaps_and_forks_and_missing_batches_are_told),
        TEST(a_small_contest_is_warned_of),
        TEST(of_a_revoked_terminal_nothing_more_is_taken),
        TEST(the_named_chain_is_taken_downwards),
        TEST(of_an_archive_the_named_chain_is_taken),
        TEST(rulings_that_do_not_pass_stop_the_import),
    };

    calls.is_quick = true;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
