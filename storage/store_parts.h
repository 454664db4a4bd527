/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of store.h share. Not for use outside of them. */
#ifndef AULA_STORE_PARTS_H
#define AULA_STORE_PARTS_H

#include <sqlite3.h>

#include "store.h"
#include "vfs.h"

/* Every statement of a store; the texts stand in store_sql.c. */
enum store_statement {
    STORE_BEGIN,
    STORE_COMMIT,
    STORE_INSERT_RECORD,
    STORE_SELECT_LAST,
    STORE_SELECT_RECORDS,
    STORE_INSERT_VOTER,
    STORE_SELECT_VOTER,
    STORE_COUNT_VOTERS,
    STORE_PUT_ITEM,
    STORE_SELECT_ITEM,
    STORE_DROP_ITEM,
    STORE_DROP_ITEMS,
    STORE_INSERT_EXPORT,
    STORE_SELECT_EXPORT,
    STORE_CHECK,
    STORE_STATEMENTS
};

struct store {
    sqlite3 *db;
    struct vfs *vfs;
    struct store_lock *lock;
    bool is_open;        /* a transaction is */
    bool has_failed;     /* a write was refused by the disk: promise 5 */
    bool is_interrupted; /* as found when it was opened */
    bool keeps_mark;     /* the next opening finds it interrupted, too */
    sqlite3_stmt *statements[STORE_STATEMENTS];
};

/* What keeps a second process out, and tells whether the last one ended well:
 * a file of its own that is locked while the store is open, and marked from
 * opening to closing. */
struct store_lock;

/** Returns: AULA_OK, AULA_STORE_BUSY, AULA_FULL, AULA_IO or AULA_MEMORY
 *  Out:     was_interrupted  the mark was there
 */
AULA_MUST_CHECK enum aula_code store_lock_open(struct store_lock **lock,
                                               bool *was_interrupted,
                                               const char *path,
                                               struct aula_error *err);

/** Keep writers out while a store is only read, and leave the mark as it is.
 *
 *  Returns: as store_lock_open
 *  Out:     lock  untouched when nobody ever locked the store
 */
AULA_MUST_CHECK enum aula_code store_lock_watch(struct store_lock **lock,
                                                const char *path,
                                                struct aula_error *err);

/** Let go. `is_clean` takes the mark away. Accepts NULL. */
void store_lock_close(struct store_lock *lock, bool is_clean);

/** Make the tables of a new database. */
AULA_MUST_CHECK enum aula_code store_make_tables(struct store *store,
                                                 struct aula_error *err);

/** Compare the tables with the expected text, whoever had the key. */
AULA_MUST_CHECK enum aula_code store_check_tables(struct store *store,
                                                  struct aula_error *err);

/** A statement, ready for values.
 *
 *  Returns: NULL when it cannot be had: store_fail says why
 */
sqlite3_stmt *store_prepare(struct store *store, enum store_statement which);

/** Run a statement that gives no row; then it is ready again. */
AULA_MUST_CHECK enum aula_code store_run(struct store *store,
                                         sqlite3_stmt *statement,
                                         const char *doing,
                                         struct aula_error *err);

/** Run a statement to its next row.
 *
 *  Out:     is_row  false at the end
 */
AULA_MUST_CHECK enum aula_code store_step(struct store *store, bool *is_row,
                                          sqlite3_stmt *statement,
                                          const char *doing,
                                          struct aula_error *err);

/** Done with the rows of a statement: values are forgotten. Accepts NULL. */
void store_reset(sqlite3_stmt *statement);

/** Translate what SQLite and the VFS last said, and undo the transaction that
 * is open: SQLite may have done so already, and what came after would stand
 * alone. A refusal of the disk stops the store for good.
 *
 *  Returns: AULA_STORE_DAMAGED, AULA_STORE_BUSY, AULA_STORE_KEY, AULA_FULL,
 *           AULA_IO or AULA_MEMORY, never AULA_OK
 */
AULA_MUST_CHECK enum aula_code
store_fail(struct store *store, const char *doing, struct aula_error *err);

/** A column that must be a blob of exactly this size; NULL when it is not. */
const uint8_t *store_column(sqlite3_stmt *statement, int column, size_t size);

#endif
