/* SPDX-License-Identifier: Apache-2.0 */
/* The SQL of a store, all of it: tables, statements, and how SQLite's numbers
 * become codes of ours.
 *
 * Values are bound, never written into a text. The tables are compared with
 * their text at each opening, so that nobody who had the key for an hour left a
 * trigger or a view behind.
 */
#include "store_parts.h"

#include <string.h>

/* Whole texts, as SQLite keeps them in sqlite_schema. */
static const char *const tables[] = {
    "CREATE TABLE record (seq INTEGER PRIMARY KEY, kind INTEGER NOT NULL, "
    "hash BLOB NOT NULL, bytes BLOB NOT NULL) STRICT",
    "CREATE TABLE voter (key BLOB PRIMARY KEY, seq INTEGER NOT NULL) STRICT, "
    "WITHOUT ROWID",
    "CREATE TABLE item (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT",
    "CREATE TABLE export (number INTEGER PRIMARY KEY, first INTEGER NOT NULL, "
    "last INTEGER NOT NULL, time INTEGER NOT NULL, prev BLOB NOT NULL, "
    "hash BLOB NOT NULL) STRICT",
};

enum { TABLES = sizeof tables / sizeof tables[0] };

static const char *const texts[STORE_STATEMENTS] = {
    [STORE_BEGIN] = "BEGIN IMMEDIATE",
    [STORE_COMMIT] = "COMMIT",
    [STORE_INSERT_RECORD] = "INSERT INTO record (seq, kind, hash, bytes) "
                            "VALUES (?1, ?2, ?3, ?4)",
    [STORE_SELECT_LAST] = "SELECT seq, hash FROM record "
                          "ORDER BY seq DESC LIMIT 1",
    [STORE_SELECT_RECORDS] = "SELECT seq, kind, hash, bytes FROM record "
                             "WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq",
    [STORE_INSERT_VOTER] = "INSERT INTO voter (key, seq) VALUES (?1, ?2)",
    [STORE_SELECT_VOTER] = "SELECT seq FROM voter WHERE key = ?1",
    [STORE_COUNT_VOTERS] = "SELECT count(*) FROM voter",
    [STORE_PUT_ITEM] = "INSERT OR REPLACE INTO item (name, bytes) "
                       "VALUES (?1, ?2)",
    [STORE_SELECT_ITEM] = "SELECT bytes FROM item WHERE name = ?1",
    [STORE_DROP_ITEM] = "DELETE FROM item WHERE name = ?1",
    [STORE_DROP_ITEMS] = "DELETE FROM item "
                         "WHERE substr(name, 1, length(?1)) = ?1",
    [STORE_INSERT_EXPORT] = "INSERT INTO export "
                            "(number, first, last, time, prev, hash) "
                            "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [STORE_SELECT_EXPORT] = "SELECT number, first, last, time, prev, hash "
                            "FROM export WHERE ?1 IN (0, number) "
                            "ORDER BY number DESC LIMIT 1",
    [STORE_CHECK] = "PRAGMA quick_check",
};

enum aula_code store_make_tables(struct store *store, struct aula_error *err)
{
    for (size_t i = 0; i < TABLES; i++) {
        if (sqlite3_exec(store->db, tables[i], NULL, NULL, NULL) != SQLITE_OK) {
            return store_fail(store, "make tables", err);
        }
    }
    return AULA_OK;
}

/* Every text that is there must be one of ours; indices that SQLite makes for
 * a primary key have none. */
static bool is_ours(const char *text)
{
    for (size_t i = 0; text != NULL && i < TABLES; i++) {
        if (strcmp(text, tables[i]) == 0) {
            return true;
        }
    }
    return false;
}

enum aula_code store_check_tables(struct store *store, struct aula_error *err)
{
    sqlite3_stmt *statement = NULL;
    size_t count = 0;
    bool is_row = false;
    bool are_ours = true;
    enum aula_code code;

    if (sqlite3_prepare_v2(store->db,
                           "SELECT sql FROM sqlite_schema "
                           "WHERE sql IS NOT NULL",
                           -1, &statement, NULL) != SQLITE_OK) {
        return store_fail(store, "read tables", err);
    }
    code = store_step(store, &is_row, statement, "read tables", err);
    while (code == AULA_OK && is_row) {
        const char *text = (const char *)sqlite3_column_text(statement, 0);

        are_ours = are_ours && is_ours(text);
        count++;
        code = store_step(store, &is_row, statement, "read tables", err);
    }
    (void)sqlite3_finalize(statement);
    if (code == AULA_OK && (!are_ours || count != TABLES)) {
        code = aula_fail(err, AULA_STORE_DAMAGED,
                         "store: its tables are not those of a store");
    }
    return code;
}

sqlite3_stmt *store_prepare(struct store *store, enum store_statement which)
{
    sqlite3_stmt **statement = &store->statements[which];

    if (store->has_failed) {
        return NULL;
    }
    if (*statement == NULL &&
        sqlite3_prepare_v3(store->db, texts[which], -1,
                           SQLITE_PREPARE_PERSISTENT, statement,
                           NULL) != SQLITE_OK) {
        return NULL;
    }
    return *statement;
}

void store_reset(sqlite3_stmt *statement)
{
    if (statement != NULL) {
        (void)sqlite3_reset(statement);
        (void)sqlite3_clear_bindings(statement);
    }
}

enum aula_code store_step(struct store *store, bool *is_row,
                          sqlite3_stmt *statement, const char *doing,
                          struct aula_error *err)
{
    int result = statement != NULL ? sqlite3_step(statement) : SQLITE_ERROR;

    if (result != SQLITE_ROW && result != SQLITE_DONE) {
        return store_fail(store, doing, err);
    }
    *is_row = result == SQLITE_ROW;
    return AULA_OK;
}

enum aula_code store_run(struct store *store, sqlite3_stmt *statement,
                         const char *doing, struct aula_error *err)
{
    bool is_row = false;
    enum aula_code code = store_step(store, &is_row, statement, doing, err);

    store_reset(statement);
    return code;
}

const uint8_t *store_column(sqlite3_stmt *statement, int column, size_t size)
{
    if (sqlite3_column_type(statement, column) != SQLITE_BLOB ||
        (size_t)sqlite3_column_bytes(statement, column) != size) {
        return NULL;
    }
    return sqlite3_column_blob(statement, column);
}

enum aula_code store_fail(struct store *store, const char *doing,
                          struct aula_error *err)
{
    enum aula_code code;

    if (store->has_failed) {
        return aula_fail(err, AULA_IO,
                         "store: stopped, the disk refused a write before");
    }
    code = vfs_explain(store->vfs, sqlite3_extended_errcode(store->db), doing,
                       err);
    store->has_failed = code == AULA_IO;
    store_rollback(store);
    return code;
}
