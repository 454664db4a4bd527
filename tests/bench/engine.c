/* SPDX-License-Identifier: Apache-2.0 */
/* See engine.h. The table is filled by name, or with what is linked. */
#define _GNU_SOURCE /* RTLD_DEEPBIND */
#include "engine.h"

#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"

static const char library_name[] = "libsqlcipher.so.0";

void engine_must(int rc, const char *what)
{
    if (rc != SQLITE_OK && rc != SQLITE_ROW && rc != SQLITE_DONE) {
        (void)fprintf(stderr, "aula-bench: %s: %s\n", what, sqlite3_errstr(rc));
        exit(1);
    }
}

static void use_linked(struct engine *engine)
{
    engine->open = sqlite3_open_v2;
    engine->close = sqlite3_close;
    engine->exec = sqlite3_exec;
    engine->prepare = sqlite3_prepare_v2;
    engine->bind_int64 = sqlite3_bind_int64;
    engine->bind_blob = sqlite3_bind_blob;
    engine->step = sqlite3_step;
    engine->reset = sqlite3_reset;
    engine->finalize = sqlite3_finalize;
    engine->column_blob = sqlite3_column_blob;
    engine->column_bytes = sqlite3_column_bytes;
}

/* A function's address as dlsym gives it: C knows no way from one to the other
 * but POSIX says that they are alike. */
static void find(void *function, void *library, const char *name)
{
    void *symbol = dlsym(library, name);

    if (symbol == NULL) {
        (void)fprintf(stderr, "aula-bench: %s: no %s\n", library_name, name);
        exit(1);
    }
    memcpy(function, &symbol, sizeof symbol);
}

static void use_library(struct engine *engine)
{
    void *library = engine->library;

    find(&engine->open, library, "sqlite3_open_v2");
    find(&engine->close, library, "sqlite3_close");
    find(&engine->exec, library, "sqlite3_exec");
    find(&engine->prepare, library, "sqlite3_prepare_v2");
    find(&engine->bind_int64, library, "sqlite3_bind_int64");
    find(&engine->bind_blob, library, "sqlite3_bind_blob");
    find(&engine->step, library, "sqlite3_step");
    find(&engine->reset, library, "sqlite3_reset");
    find(&engine->finalize, library, "sqlite3_finalize");
    find(&engine->column_blob, library, "sqlite3_column_blob");
    find(&engine->column_bytes, library, "sqlite3_column_bytes");
}

bool engine_open(struct engine *engine, enum engine_kind kind)
{
    static const uint8_t key[VFS_KEY_BYTES] = {1};
    static const uint8_t id[VFS_STORE_ID_BYTES] = {2};

    memset(engine, 0, sizeof *engine);
    engine->kind = kind;
    if (kind == ENGINE_SEALED) {
        sample_must(vfs_open(&engine->vfs, "bench", key, id, NULL), "vfs");
    }
    if (kind != ENGINE_SQLCIPHER) {
        use_linked(engine);
        return true;
    }
    engine->library = dlopen(library_name,
                             RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
    if (engine->library == NULL) {
        return false;
    }
    use_library(engine);
    return true;
}

void engine_close(struct engine *engine)
{
    vfs_close(engine->vfs);
    if (engine->library != NULL) {
        (void)dlclose(engine->library);
    }
    memset(engine, 0, sizeof *engine);
}

/* The first page that is read or written needs the key. */
static void set_up(const struct engine *engine, sqlite3 *db)
{
    if (engine->kind == ENGINE_SQLCIPHER) {
        engine_run(engine, db,
                   "PRAGMA key=\"x'0101010101010101010101010101010101010101"
                   "010101010101010101010101'\"");
        engine_run(engine, db, "PRAGMA cipher_page_size=4096");
    }
    engine_run(engine, db, "PRAGMA page_size=4096");
    engine_run(engine, db, "PRAGMA journal_mode=DELETE");
    engine_run(engine, db, "PRAGMA synchronous=EXTRA");
}

sqlite3 *engine_database(const struct engine *engine, const char *path,
                         bool create)
{
    int flags = SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0);
    sqlite3 *db = NULL;

    if (engine->kind == ENGINE_SEALED) {
        sample_must(vfs_database_open(&db, engine->vfs, path, create, NULL),
                    "database");
        return db;
    }
    engine_must(engine->open(path, &db, flags, NULL), "database");
    set_up(engine, db);
    return db;
}

void engine_run(const struct engine *engine, sqlite3 *db, const char *sql)
{
    engine_must(engine->exec(db, sql, NULL, NULL, NULL), sql);
}

sqlite3_stmt *engine_prepare(const struct engine *engine, sqlite3 *db,
                             const char *sql)
{
    sqlite3_stmt *statement = NULL;

    engine_must(engine->prepare(db, sql, -1, &statement, NULL), sql);
    return statement;
}
