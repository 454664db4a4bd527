/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of archive.h share. Not for use outside of them. */
#ifndef AULA_ARCHIVE_PARTS_H
#define AULA_ARCHIVE_PARTS_H

#include <sqlite3.h>

#include "archive.h"

/* Every statement of an archive; the texts stand in archive_sql.c. */
enum archive_statement {
    ARCHIVE_BEGIN,
    ARCHIVE_BEGIN_ALONE,
    ARCHIVE_COMMIT,
    ARCHIVE_SELECT_PACKAGE,
    ARCHIVE_INSERT_PACKAGE,
    ARCHIVE_SELECT_TABLES,
    ARCHIVE_SELECT_HASHES,
    ARCHIVE_INSERT_RECORD,
    ARCHIVE_UPDATE_ERROR,
    ARCHIVE_SELECT_RECORDS,
    ARCHIVE_SELECT_TERMINAL,
    ARCHIVE_SELECT_QUARANTINED,
    ARCHIVE_SELECT_RECORD,
    ARCHIVE_SELECT_PLACE,
    ARCHIVE_SELECT_CERTIFICATE,
    ARCHIVE_DELETE_CERTIFICATE,
    ARCHIVE_INSERT_CERTIFICATE,
    ARCHIVE_SELECT_CERTIFICATES,
    ARCHIVE_SELECT_BATCH,
    ARCHIVE_INSERT_BATCH,
    ARCHIVE_SELECT_BATCHES,
    ARCHIVE_COUNT,
    ARCHIVE_CHECK,
    ARCHIVE_STATEMENTS
};

struct archive {
    sqlite3 *db;
    enum archive_use use;
    bool is_open; /* a transaction is */
    sqlite3_stmt *statements[ARCHIVE_STATEMENTS];
};

/** Make the tables of a new archive. */
AULA_MUST_CHECK enum aula_code archive_make_tables(struct archive *archive,
                                                   struct aula_error *err);

/** Compare the tables with the expected text.
 *
 *  Returns: AULA_OK, or AULA_STORE_DAMAGED when they are others
 *  Out:     is_empty  there is none at all
 */
AULA_MUST_CHECK enum aula_code archive_check_tables(struct archive *archive,
                                                    bool *is_empty,
                                                    struct aula_error *err);

/** A statement, ready for values.
 *
 *  Returns: NULL when it cannot be had: archive_fail says why
 */
sqlite3_stmt *archive_prepare(struct archive *archive,
                              enum archive_statement which);

/** Make it ready again. Accepts NULL. */
void archive_reset(sqlite3_stmt *statement);

/** Run a statement to its next row.
 *
 *  Out:  is_row  false at the end
 */
AULA_MUST_CHECK enum aula_code
archive_step(struct archive *archive, bool *is_row, sqlite3_stmt *statement,
             const char *doing, struct aula_error *err);

/** Run a statement that gives no row; then it is ready again. */
AULA_MUST_CHECK enum aula_code archive_run(struct archive *archive,
                                           sqlite3_stmt *statement,
                                           const char *doing,
                                           struct aula_error *err);

/** Bind bytes, which must last until the statement has run. */
void archive_bind(sqlite3_stmt *statement, int place, const uint8_t *bytes,
                  size_t size);

/** A column of bytes; NULL when it is none of a size from `least` to `most`. */
const uint8_t *archive_column(size_t *size, sqlite3_stmt *statement, int column,
                              size_t least, size_t most);

/** Which code SQLite's last failure is; a transaction is taken back. */
enum aula_code archive_fail(struct archive *archive, const char *doing,
                            struct aula_error *err);

/** A row that no archive holds.
 *
 *  Returns: AULA_STORE_DAMAGED
 */
enum aula_code archive_damaged(const char *what, struct aula_error *err);

#endif
