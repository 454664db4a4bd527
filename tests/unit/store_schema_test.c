/* SPDX-License-Identifier: Apache-2.0 */
/* A store whose tables are not exactly those of a store, by whoever had its
 * key: a trigger or a view would run when rows are read or added. */
#include "store_desk.h"

#include <sqlite3.h>

/* Change the closed store with the key, and open it again. */
static void refuse(struct desk *desk, const char *sql)
{
    struct vfs *vfs = NULL;
    sqlite3 *db = NULL;

    store_close(desk->store);
    desk->store = NULL;
    assert_int_equal(vfs_open(&vfs, "planting", desk->key, desk->id, NULL),
                     AULA_OK);
    assert_int_equal(vfs_database_open(&db, vfs, desk->path, false, NULL),
                     AULA_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    vfs_close(vfs);
    assert_int_equal(store_open(&desk->store, NULL, desk->path, desk->key,
                                desk->id, NULL),
                     AULA_STORE_DAMAGED);
    assert_null(desk->store);
}

static void a_planted_trigger_is_refused(void **state)
{
    refuse(*state, "CREATE TRIGGER t AFTER INSERT ON record BEGIN "
                   "DELETE FROM voter; END");
}

static void a_planted_view_is_refused(void **state)
{
    refuse(*state, "CREATE VIEW v AS SELECT seq FROM record");
}

static void a_planted_table_or_index_is_refused(void **state)
{
    refuse(*state, "CREATE TABLE more (a)");
    refuse(*state, "DROP TABLE more; CREATE INDEX i ON record (kind)");
}

static void a_table_that_is_gone_or_another_is_refused(void **state)
{
    refuse(*state, "DROP TABLE voter");
    refuse(*state, "CREATE TABLE voter (key BLOB PRIMARY KEY, seq INTEGER)");
}

#define WITH_STORE(test)                                                       \
    cmocka_unit_test_setup_teardown(test, store_desk_make, store_desk_clear)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_STORE(a_planted_trigger_is_refused),
        WITH_STORE(a_planted_view_is_refused),
        WITH_STORE(a_planted_table_or_index_is_refused),
        WITH_STORE(a_table_that_is_gone_or_another_is_refused),
    };

    return vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
