/* SPDX-License-Identifier: Apache-2.0 */
/* The engines that are measured side by side: SQLite as it is, the same under
 * the encrypting VFS, and SQLCipher. All have pages of 4096 bytes and a store's
 * durability: journal DELETE, synchronous EXTRA.
 *
 * SQLCipher is a library with SQLite's names. It is opened at run time, and
 * finds its own functions first; so every call goes through a table.
 */
#ifndef AULA_BENCH_ENGINE_H
#define AULA_BENCH_ENGINE_H

#include <stdbool.h>

#include "vfs.h"

enum engine_kind { ENGINE_PLAIN, ENGINE_SEALED, ENGINE_SQLCIPHER, ENGINES };

struct engine {
    enum engine_kind kind;
    struct vfs *vfs; /* of ENGINE_SEALED */
    void *library;   /* of ENGINE_SQLCIPHER */

    int (*open)(const char *, sqlite3 **, int, const char *);
    int (*close)(sqlite3 *);
    int (*exec)(sqlite3 *, const char *, int (*)(void *, int, char **, char **),
                void *, char **);
    int (*prepare)(sqlite3 *, const char *, int, sqlite3_stmt **,
                   const char **);
    int (*bind_int64)(sqlite3_stmt *, int, sqlite3_int64);
    int (*bind_blob)(sqlite3_stmt *, int, const void *, int, void (*)(void *));
    int (*step)(sqlite3_stmt *);
    int (*reset)(sqlite3_stmt *);
    int (*finalize)(sqlite3_stmt *);
    const void *(*column_blob)(sqlite3_stmt *, int);
    int (*column_bytes)(sqlite3_stmt *, int);
};

/** Make an engine ready; the end of the program when it does not work.
 *
 *  Returns: false when it is SQLCipher, and not installed
 *  Owner:   engine_close ends it
 */
bool engine_open(struct engine *engine, enum engine_kind kind);
void engine_close(struct engine *engine);

/** Open a database that is there, or a new one at a path with no file. */
sqlite3 *engine_database(const struct engine *engine, const char *path,
                         bool create);

/** Run SQL that gives no rows. */
void engine_run(const struct engine *engine, sqlite3 *db, const char *sql);

/** A statement. */
sqlite3_stmt *engine_prepare(const struct engine *engine, sqlite3 *db,
                             const char *sql);

/** End the program unless a call succeeded. */
void engine_must(int rc, const char *what);

#endif
