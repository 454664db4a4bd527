/* SPDX-License-Identifier: Apache-2.0 */
/* `aula office import`: which files it looks at, what it says of each, and that
 * nothing that is refused changes the archive. Passphrases cost nothing here
 * (cheap_pwhash.h). */
#define _XOPEN_SOURCE 700

#include "import_desk.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include "calls.h"

static int import(struct import_desk *desk, const char *name, bool is_json)
{
    char path[PLACE_BYTES];
    const char *const words[] = {path, is_json ? "--json" : NULL, NULL};

    desk_path(path, desk->certify, name);
    return desk_call(desk->certify, "import", "pass", words);
}

static void check_refused(struct import_desk *desk, const char *name,
                          const char *reason)
{
    struct import_desk_sum before;
    struct import_desk_sum after;

    import_desk_sum(&before, desk);
    assert_int_equal(import(desk, name, false), EXIT_REFUSED);
    if (strstr(desk->certify->errors, reason) == NULL ||
        strstr(desk->certify->errors, name) == NULL) {
        fail_msg("%s", desk->certify->errors);
    }
    import_desk_sum(&after, desk);
    assert_memory_equal(&before, &after, sizeof before);
}

/* An archive with the first hall's day, from the file "good". */
static void take_good(struct import_desk *desk)
{
    hall_save(desk, &desk->halls[0], 1, 0, 6, "good");
    assert_int_equal(import(desk, "good", false), EXIT_DONE);
}

static void each_batch_is_one_line(void **state)
{
    struct import_desk *desk = *state;

    take_good(desk);
    assert_non_null(strstr(desk->certify->out,
                           "School 3, batch 1: 6 new, 0 already held\n"));
    assert_int_equal(import(desk, "good", false), EXIT_DONE);
    assert_non_null(strstr(desk->certify->out,
                           "School 3, batch 1: 0 new, 6 already held\n"));
}

static void a_stick_is_looked_through(void **state)
{
    struct import_desk *desk = *state;
    char stick[PLACE_BYTES];
    char path[PLACE_BYTES];
    char name[BATCH_NAME_BYTES + 8] = "stick/";

    desk_path(stick, desk->certify, "stick");
    assert_int_equal(mkdir(stick, 0700), 0);
    assert_int_equal(import(desk, "stick", false), EXIT_REFUSED);
    assert_non_null(strstr(desk->certify->errors, "no batch and no archive"));
    for (uint32_t i = 0; i < 2; i++) {
        hall_name(name + 6, &desk->halls[i], 1);
        hall_save(desk, &desk->halls[i], 1, 0, 6, name);
    }
    desk_put(desk->certify, "stick/photo.jpg", "x", 1);
    hall_name(name + 6, &desk->halls[0], 3);
    desk_path(path, desk->certify, name);
    assert_int_equal(mkfifo(path, 0600), 0);
    hall_name(name + 6, &desk->halls[0], 4);
    desk_path(path, desk->certify, name);
    assert_int_equal(symlink("/etc/passwd", path), 0);
    assert_int_equal(import(desk, "stick", false), EXIT_DONE);
    assert_non_null(strstr(desk->certify->out, "School 3, batch 1: 6 new"));
    assert_non_null(strstr(desk->certify->out, "Library, batch 1: 6 new"));
    assert_null(strstr(desk->certify->errors, "photo"));
}

static void programs_get_an_object(void **state)
{
    struct import_desk *desk = *state;
    json_t *object;
    const json_t *file;

    desk->halls[0].records[5][120] ^= 1;
    hall_save(desk, &desk->halls[0], 9, 0, 6, "good");
    assert_int_equal(import(desk, "good", true), EXIT_DONE);
    object = json_loads(desk->certify->out, 0, NULL);
    assert_non_null(object);
    file = json_array_get(json_object_get(object, "files"), 0);
    assert_int_equal(json_integer_value(json_object_get(file, "number")), 9);
    assert_int_equal(json_integer_value(json_object_get(file, "new")), 6);
    assert_int_equal(json_integer_value(json_object_get(file, "quarantined")),
                     1);
    assert_string_equal(json_string_value(json_object_get(
                            json_array_get(json_object_get(file, "errors"), 0),
                            "error")),
                        "SIG_INVALID");
    assert_true(json_is_null(json_object_get(file, "refused")));
    assert_int_equal(json_integer_value(json_object_get(object, "imported")),
                     1);
    json_decref(object);
    desk_put(desk->certify, "bad", "AULX", 4);
    assert_int_equal(import(desk, "bad", true), EXIT_REFUSED);
    object = json_loads(desk->certify->out, 0, NULL);
    file = json_array_get(json_object_get(object, "files"), 0);
    assert_string_equal(json_string_value(json_object_get(file, "refused")),
                        "TRUNCATED");
    assert_int_equal(json_integer_value(json_object_get(object, "refused")), 1);
    json_decref(object);
}

static void what_is_no_file_is_refused(void **state)
{
    struct import_desk *desk = *state;
    char path[PLACE_BYTES];
    char good[PLACE_BYTES];

    take_good(desk);
    check_refused(desk, "missing", "No such file");
    desk_path(path, desk->certify, "pipe");
    assert_int_equal(mkfifo(path, 0600), 0);
    check_refused(desk, "pipe", "not a regular file");
    desk_path(path, desk->certify, "link");
    desk_path(good, desk->certify, "good");
    assert_int_equal(symlink(good, path), 0);
    check_refused(desk, "link", "a symbolic link");
    /* 5 GiB of nothing behind a batch's first bytes. */
    desk_put(desk->certify, "huge", desk->file, 200);
    desk_path(path, desk->certify, "huge");
    assert_int_equal(truncate(path, 5LL << 30), 0);
    check_refused(desk, "huge", "TOO_LARGE");
    desk_put(desk->certify, "empty", "", 0);
    check_refused(desk, "empty", "TRUNCATED");
    memcpy(desk->file, "%PDF", 4);
    desk_put(desk->certify, "other", desk->file, 200);
    check_refused(desk, "other", "neither a batch nor an archive");
}

static void a_batch_that_is_cut_or_changed_is_refused(void **state)
{
    struct import_desk *desk = *state;
    size_t size;

    take_good(desk);
    hall_save(desk, &desk->halls[1], 1, 0, 6, "whole");
    size = desk->file_size;
    for (size_t at = 0; at < size; at += at < 130 ? 13 : 400) {
        desk_put(desk->certify, "cut", desk->file, at);
        check_refused(desk, "cut", ": ");
        desk->file[at] ^= 0x10;
        import_desk_save(desk, "flipped");
        check_refused(desk, "flipped", ": ");
        desk->file[at] ^= 0x10;
    }
    desk->file[size] = 0;
    desk->file_size++;
    import_desk_save(desk, "long");
    check_refused(desk, "long", "BATCH_STREAM");
    assert_int_equal(import(desk, "whole", false), EXIT_DONE);
}

/* The others are imported all the same. */
static void a_refused_file_holds_no_other_up(void **state)
{
    struct import_desk *desk = *state;
    char paths[3][PLACE_BYTES];
    const char *const words[] = {paths[0], paths[1], paths[2], NULL};

    hall_save(desk, &desk->halls[0], 1, 0, 6, "a");
    hall_save(desk, &desk->halls[1], 1, 0, 6, "c");
    desk_put(desk->certify, "b", "?", 1);
    desk_path(paths[0], desk->certify, "a");
    desk_path(paths[1], desk->certify, "b");
    desk_path(paths[2], desk->certify, "c");
    assert_int_equal(desk_call(desk->certify, "import", "pass", words),
                     EXIT_REFUSED);
    assert_non_null(strstr(desk->certify->out, "files imported:        2"));
    assert_non_null(strstr(desk->certify->out, "changed nothing"));
}

static void a_wrong_passphrase_imports_nothing(void **state)
{
    struct import_desk *desk = *state;
    char path[PLACE_BYTES];
    const char *const words[] = {path, NULL};

    hall_save(desk, &desk->halls[0], 1, 0, 6, "a");
    desk_path(path, desk->certify, "a");
    assert_int_equal(desk_call(desk->certify, "import", "wrong", words),
                     EXIT_REFUSED);
    import_desk_archive(path, desk);
    assert_int_not_equal(access(path, F_OK), 0);
}

/* A terminal of nobody, one of another office, and one whose certificate says
 * another terminal. */
static void an_unknown_terminal_is_refused(void **state)
{
    struct import_desk *desk = *state;
    struct hall *hall = &desk->halls[1];

    take_good(desk);
    hall->certificate[hall->certificate_size - 1] ^= 1;
    hall_save(desk, hall, 1, 0, 6, "forged");
    check_refused(desk, "forged", "BATCH_CERT: this office certified no such");
    memcpy(hall->certificate, desk->halls[0].certificate,
           desk->halls[0].certificate_size);
    hall->certificate_size = desk->halls[0].certificate_size;
    hall_save(desk, hall, 1, 0, 6, "borrowed");
    check_refused(desk, "borrowed", "BATCH_CERT");
}

/* Make the office's second election, a rehearsal, and a batch of it. */
static void save_rehearsal(struct import_desk *desk, const char *name)
{
    struct office *office = desk->certify->office;
    struct hall *hall = &desk->halls[1];
    struct package package;

    office->sample.mode = PACKAGE_REHEARSAL;
    office_draw_package(office, 2);
    assert_int_equal(office_make_election(office), AULA_OK);
    assert_int_equal(package_open(&package, office->known.sign,
                                  office->sample.bytes, office->sample.size,
                                  NULL),
                     AULA_OK);
    hall_start(desk, hall, 3, "Rehearsed");
    hall->package = &package;
    hall_certify(desk, hall, "Rehearsed");
    hall_event(hall, RECORD_STARTED);
    hall_save(desk, hall, 1, 0, 1, name);
    hall->package = &desk->election->package;
    package_close(&package);
}

static void a_rehearsal_does_not_come_into_an_election(void **state)
{
    struct import_desk *desk = *state;
    struct office *office = desk->certify->office;
    char eid[DESK_EID_TEXT];
    char path[PLACE_BYTES];
    const char *const words[] = {path, "--election", eid, NULL};

    take_good(desk);
    desk_election_name(eid, &desk->election->package);
    save_rehearsal(desk, "other");
    desk_path(path, desk->certify, "other");
    assert_int_equal(desk_call(desk->certify, "import", "pass", words),
                     EXIT_REFUSED);
    assert_non_null(strstr(desk->certify->errors, "of a rehearsal of this "));
    assert_non_null(strstr(desk->certify->errors, office_eid(office)));
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, import_desk_start, import_desk_end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(each_batch_is_one_line),
        TEST(a_stick_is_looked_through),
        TEST(programs_get_an_object),
        TEST(what_is_no_file_is_refused),
        TEST(a_batch_that_is_cut_or_changed_is_refused),
        TEST(a_refused_file_holds_no_other_up),
        TEST(a_wrong_passphrase_imports_nothing),
        TEST(an_unknown_terminal_is_refused),
        TEST(a_rehearsal_does_not_come_into_an_election),
    };

    calls.is_quick = true;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
