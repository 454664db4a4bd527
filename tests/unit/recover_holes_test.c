/* SPDX-License-Identifier: Apache-2.0 */
/* A store with many holes: each piece between two of them reaches the stick as
 * a batch of its own, however many there are. */
#include "terminal_desk.h"
#include "terminal_desk_chain.h"

#include <sys/stat.h>

#include "cheap_pwhash.h"
#include "vfs.h"

enum { PAUSES = 75, HOLES_LEAST = 70 };

/* Take every second record out of the closed store, with its own key. */
static void drop_even_records(struct desk *desk)
{
    char path[2 * DESK_PATH_BYTES];
    uint8_t key[STORE_KEY_BYTES];
    uint8_t id[STORE_ID_BYTES];
    struct vfs *vfs = NULL;
    sqlite3 *db = NULL;

    terminal_store_key(key, desk->terminal->secrets->master);
    memcpy(id, desk->terminal->officials.list.id, sizeof id);
    terminal_close(desk->terminal);
    desk->terminal = NULL;
    (void)snprintf(path, sizeof path, "%s/terminal/store.db", desk->data);
    assert_int_equal(vfs_open(&vfs, "holes", key, id, NULL), AULA_OK);
    assert_int_equal(vfs_database_open(&db, vfs, path, false, NULL), AULA_OK);
    assert_int_equal(sqlite3_exec(db, "DELETE FROM record WHERE seq % 2 = 0",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    vfs_close(vfs);
}

static void expect_file(const struct desk *desk, const uint8_t *tid,
                        uint32_t number)
{
    char name[BATCH_NAME_BYTES];
    char path[2 * DESK_PATH_BYTES];
    struct stat status;

    batch_file_name(name, desk->package.hash, tid, number);
    (void)snprintf(path, sizeof path, "%s/%s", desk->stick, name);
    assert_int_equal(lstat(path, &status), 0);
}

static void each_piece_of_many_is_saved(void **state)
{
    struct desk *desk = *state;
    struct official official = desk_official("Ainur");
    struct recover_report report;
    uint64_t last;

    for (size_t i = 0; i < PAUSES; i++) {
        assert_int_equal(terminal_pause(desk->terminal, NULL), AULA_OK);
        assert_int_equal(terminal_resume(desk->terminal, NULL), AULA_OK);
    }
    last = desk_seq(desk);
    drop_even_records(desk);
    assert_int_equal(recover_save(&report, &desk->place, &official, desk->stick,
                                  NULL),
                     AULA_OK);
    assert_int_equal(report.reason, AULA_STORE_DAMAGED);
    assert_int_equal(report.run_count, (last + 1) / 2);
    assert_true(report.run_count > HOLES_LEAST);
    assert_int_equal(report.verified, report.run_count);
    for (size_t i = 0; i < report.run_count; i++) {
        assert_int_equal(report.runs[i].first_seq, 2 * i + 1);
        assert_int_equal(report.runs[i].last_seq, 2 * i + 1);
        assert_int_equal(report.runs[i].number, i + 1);
        expect_file(desk, report.tid, report.runs[i].number);
    }
    assert_int_equal(terminal_look(&desk->place), TERMINAL_BLANK);
    recover_report_clear(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_piece_of_many_is_saved,
                                        desk_make_open, desk_clear),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
