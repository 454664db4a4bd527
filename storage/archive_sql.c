/* SPDX-License-Identifier: Apache-2.0 */
/* The SQL of an archive, all of it: tables, statements, and how SQLite's
 * numbers become codes of ours.
 *
 * It is plain, so that an archive of a country may move to an engine that
 * speaks the protocol of PostgreSQL: there BLOB is called BYTEA, a place for a
 * value $1, and BEGIN EXCLUSIVE a lock. Numbers of 64 bits are signed there and
 * here: a seq past 2^63, which only a quarantined record can have, reads as
 * negative and is brought back where it is read.
 *
 * Values are bound, never written into a text. The tables are compared with
 * their text at each opening: a foreign archive brings no trigger and no view.
 */
#include <stdlib.h>
#include <string.h>

#include "archive_parts.h"

/* Whole texts, as SQLite keeps them in sqlite_schema. Records are read by
 * their key or by their place, a number that the engine gives. There is no
 * index by hash, which would touch a page for each record that is added: a list
 * in that order is read place by place. */
static const char *const tables[] = {
    "CREATE TABLE election (version BIGINT NOT NULL, package BLOB NOT NULL)",
    "CREATE TABLE certificate (tid BLOB NOT NULL, bytes BLOB NOT NULL, "
    "PRIMARY KEY (tid))",
    "CREATE TABLE record (place INTEGER PRIMARY KEY, tid BLOB NOT NULL, seq "
    "BIGINT NOT NULL, "
    "hash BLOB NOT NULL, error TEXT NOT NULL, bytes BLOB NOT NULL, "
    "UNIQUE (tid, seq, hash))",
    "CREATE TABLE batch (hash BLOB NOT NULL, tid BLOB NOT NULL, "
    "number BIGINT NOT NULL, prev BLOB NOT NULL, time BIGINT NOT NULL, "
    "first BIGINT NOT NULL, last BIGINT NOT NULL, count BIGINT NOT NULL, "
    "name TEXT NOT NULL, imported BIGINT NOT NULL, "
    "PRIMARY KEY (tid, number, hash))",
};

enum { TABLES = sizeof tables / sizeof tables[0] };

#define RECORD "SELECT tid, seq, hash, error, bytes, place FROM record "

static const char *const texts[ARCHIVE_STATEMENTS] = {
    [ARCHIVE_BEGIN] = "BEGIN",
    [ARCHIVE_BEGIN_ALONE] = "BEGIN EXCLUSIVE",
    [ARCHIVE_COMMIT] = "COMMIT",
    [ARCHIVE_SELECT_PACKAGE] = "SELECT version, package FROM election",
    [ARCHIVE_INSERT_PACKAGE] = "INSERT INTO election (version, package) "
                               "VALUES (1, ?1)",
    [ARCHIVE_SELECT_TABLES] = "SELECT sql FROM sqlite_schema "
                              "WHERE sql IS NOT NULL",
    [ARCHIVE_SELECT_HASHES] = "SELECT hash FROM record "
                              "WHERE tid = ?1 AND seq = ?2",
    [ARCHIVE_INSERT_RECORD] = "INSERT INTO record "
                              "(tid, seq, hash, error, bytes) "
                              "VALUES (?1, ?2, ?3, ?4, ?5) "
                              "ON CONFLICT DO NOTHING",
    [ARCHIVE_UPDATE_ERROR] = "UPDATE record SET error = ?4 "
                             "WHERE tid = ?1 AND seq = ?2 AND hash = ?3",
    [ARCHIVE_SELECT_RECORDS] = RECORD "ORDER BY tid, seq, hash",
    [ARCHIVE_SELECT_TERMINAL] = RECORD "WHERE tid = ?1 ORDER BY seq, hash",
    [ARCHIVE_SELECT_QUARANTINED] = RECORD "WHERE error <> 'OK' ORDER BY hash, "
                                          "tid, seq",
    [ARCHIVE_SELECT_RECORD] = RECORD "WHERE tid = ?1 AND seq = ?2 "
                                     "AND hash = ?3",
    [ARCHIVE_SELECT_PLACE] = RECORD "WHERE place = ?1",
    [ARCHIVE_SELECT_CERTIFICATE] = "SELECT bytes FROM certificate "
                                   "WHERE tid = ?1",
    [ARCHIVE_DELETE_CERTIFICATE] = "DELETE FROM certificate WHERE tid = ?1",
    [ARCHIVE_INSERT_CERTIFICATE] = "INSERT INTO certificate (tid, bytes) "
                                   "VALUES (?1, ?2)",
    [ARCHIVE_SELECT_CERTIFICATES] = "SELECT tid, bytes FROM certificate "
                                    "ORDER BY tid",
    [ARCHIVE_SELECT_BATCH] = "SELECT hash FROM batch "
                             "WHERE tid = ?1 AND number = ?2",
    [ARCHIVE_INSERT_BATCH] = "INSERT INTO batch (hash, tid, number, prev, "
                             "time, first, last, count, name, imported) "
                             "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [ARCHIVE_SELECT_BATCHES] = "SELECT hash, tid, number, prev, time, first, "
                               "last, count, name, imported FROM batch "
                               "ORDER BY tid, number, hash",
    [ARCHIVE_COUNT] = "SELECT (SELECT count(*) FROM record), "
                      "(SELECT count(*) FROM record WHERE error <> 'OK'), "
                      "(SELECT count(*) FROM batch), "
                      "(SELECT count(*) FROM certificate)",
    [ARCHIVE_CHECK] = "PRAGMA quick_check(1)",
};

enum aula_code archive_make_tables(struct archive *archive,
                                   struct aula_error *err)
{
    for (size_t i = 0; i < TABLES; i++) {
        if (sqlite3_exec(archive->db, tables[i], NULL, NULL, NULL) !=
            SQLITE_OK) {
            return archive_fail(archive, "make tables", err);
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

enum aula_code archive_check_tables(struct archive *archive, bool *is_empty,
                                    struct aula_error *err)
{
    sqlite3_stmt *statement = archive_prepare(archive, ARCHIVE_SELECT_TABLES);
    size_t count = 0;
    bool is_row = false;
    bool are_ours = true;
    enum aula_code code = archive_step(archive, &is_row, statement,
                                       "read tables", err);

    while (code == AULA_OK && is_row) {
        const char *text = (const char *)sqlite3_column_text(statement, 0);

        are_ours = are_ours && is_ours(text);
        count++;
        code = archive_step(archive, &is_row, statement, "read tables", err);
    }
    archive_reset(statement);
    *is_empty = count == 0;
    if (code == AULA_OK && count != 0 && (!are_ours || count != TABLES)) {
        code = archive_damaged("its tables are not those of an archive", err);
    }
    return code;
}

sqlite3_stmt *archive_prepare(struct archive *archive,
                              enum archive_statement which)
{
    sqlite3_stmt **statement = &archive->statements[which];

    if (*statement == NULL &&
        sqlite3_prepare_v3(archive->db, texts[which], -1,
                           SQLITE_PREPARE_PERSISTENT, statement,
                           NULL) != SQLITE_OK) {
        return NULL;
    }
    return *statement;
}

void archive_reset(sqlite3_stmt *statement)
{
    if (statement != NULL) {
        (void)sqlite3_reset(statement);
        (void)sqlite3_clear_bindings(statement);
    }
}

enum aula_code archive_step(struct archive *archive, bool *is_row,
                            sqlite3_stmt *statement, const char *doing,
                            struct aula_error *err)
{
    int result = statement != NULL ? sqlite3_step(statement) : SQLITE_ERROR;

    *is_row = result == SQLITE_ROW;
    if (result != SQLITE_ROW && result != SQLITE_DONE) {
        return archive_fail(archive, doing, err);
    }
    return AULA_OK;
}

enum aula_code archive_run(struct archive *archive, sqlite3_stmt *statement,
                           const char *doing, struct aula_error *err)
{
    bool is_row = false;
    enum aula_code code = archive_step(archive, &is_row, statement, doing, err);

    archive_reset(statement);
    return code;
}

void archive_bind(sqlite3_stmt *statement, int place, const uint8_t *bytes,
                  size_t size)
{
    (void)sqlite3_bind_blob(statement, place, bytes, (int)size, SQLITE_STATIC);
}

const uint8_t *archive_column(size_t *size, sqlite3_stmt *statement, int column,
                              size_t least, size_t most)
{
    const uint8_t *bytes = NULL;

    if (sqlite3_column_type(statement, column) != SQLITE_BLOB) {
        return NULL;
    }
    bytes = sqlite3_column_blob(statement, column);
    *size = (size_t)sqlite3_column_bytes(statement, column);
    return *size >= least && *size <= most ? bytes : NULL;
}

static enum aula_code code_of(int number)
{
    switch (number & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return AULA_STORE_BUSY;
    case SQLITE_FULL:
        return AULA_FULL;
    case SQLITE_NOMEM:
        return AULA_MEMORY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_TOOBIG:
    case SQLITE_MISMATCH:
    case SQLITE_ERROR: /* a column or table that is not there */
        return AULA_STORE_DAMAGED;
    default:
        return AULA_IO;
    }
}

enum aula_code archive_fail(struct archive *archive, const char *doing,
                            struct aula_error *err)
{
    int number = sqlite3_extended_errcode(archive->db);
    enum aula_code code = code_of(number);

    if (code == AULA_STORE_BUSY) {
        aula_fail(err, code, "another program has the archive open");
    } else {
        aula_fail(err, code, "archive: %s: %s", doing,
                  sqlite3_errstr(number & 0xff));
    }
    archive_rollback(archive);
    return code;
}

enum aula_code archive_damaged(const char *what, struct aula_error *err)
{
    return aula_fail(err, AULA_STORE_DAMAGED, "archive: %s", what);
}
