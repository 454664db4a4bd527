/* SPDX-License-Identifier: Apache-2.0 */
/* See digest.h. */
#include "digest.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

static void add_column(crypto_generichash_state *sum, sqlite3_stmt *statement,
                       int column)
{
    int kind = sqlite3_column_type(statement, column);
    const void *bytes = sqlite3_column_blob(statement, column);
    int size = sqlite3_column_bytes(statement, column);

    (void)crypto_generichash_update(sum, (const uint8_t *)&kind, sizeof kind);
    (void)crypto_generichash_update(sum, (const uint8_t *)&size, sizeof size);
    if (size > 0) {
        (void)crypto_generichash_update(sum, bytes, (unsigned long long)size);
    }
}

static bool add_rows(crypto_generichash_state *sum, sqlite3 *db,
                     const char *sql)
{
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);

    while (rc == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            add_column(sum, statement, i);
        }
    }
    return rc == SQLITE_OK && sqlite3_finalize(statement) == SQLITE_OK;
}

static bool add_tables(crypto_generichash_state *sum, sqlite3 *db)
{
    sqlite3_stmt *statement = NULL;
    char sql[200];
    bool is_read = true;

    if (sqlite3_prepare_v2(db,
                           "SELECT name FROM sqlite_schema "
                           "WHERE type = 'table' ORDER BY name",
                           -1, &statement, NULL) != SQLITE_OK) {
        return false;
    }
    while (is_read && sqlite3_step(statement) == SQLITE_ROW) {
        (void)snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"",
                       (const char *)sqlite3_column_text(statement, 0));
        is_read = add_rows(sum, db, sql);
    }
    return sqlite3_finalize(statement) == SQLITE_OK && is_read;
}

static bool passes_check(sqlite3 *db)
{
    sqlite3_stmt *statement = NULL;
    const char *text = NULL;
    bool passes = false;

    if (sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &statement,
                           NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        text = (const char *)sqlite3_column_text(statement, 0);
        passes = text != NULL && strcmp(text, "ok") == 0;
    }
    return sqlite3_finalize(statement) == SQLITE_OK && passes;
}

bool digest_database(uint8_t digest[static DIGEST_BYTES], sqlite3 *db)
{
    crypto_generichash_state sum;

    (void)crypto_generichash_init(&sum, NULL, 0, DIGEST_BYTES);
    if (!add_rows(&sum, db,
                  "SELECT type, name, sql FROM sqlite_schema "
                  "ORDER BY type, name") ||
        !add_tables(&sum, db) || !passes_check(db)) {
        return false;
    }
    (void)crypto_generichash_final(&sum, digest, DIGEST_BYTES);
    return true;
}
