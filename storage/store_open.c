/* SPDX-License-Identifier: Apache-2.0 */
/* Making, opening and closing a store, and its transactions; see store.h. */
#include "store_parts.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A VFS of its own for each store: several may be open in one process. */
static enum aula_code open_vfs(struct store *store,
                               const uint8_t key[static STORE_KEY_BYTES],
                               const uint8_t id[static STORE_ID_BYTES],
                               struct aula_error *err)
{
    char name[VFS_NAME_BYTES_MAX + 1];

    (void)snprintf(name, sizeof name, "aula-%p", (void *)store);
    return vfs_open(&store->vfs, name, key, id, err);
}

static void free_store(struct store *store, bool is_clean)
{
    if (store == NULL) {
        return;
    }
    for (size_t i = 0; i < STORE_STATEMENTS; i++) {
        (void)sqlite3_finalize(store->statements[i]);
    }
    (void)sqlite3_close(store->db);
    vfs_close(store->vfs);
    store_lock_close(store->lock, is_clean);
    free(store);
}

/* Lock first: nobody else looks at the database while it is opened. */
static enum aula_code open_database(struct store **store, bool is_new,
                                    const char *path,
                                    const uint8_t key[static STORE_KEY_BYTES],
                                    const uint8_t id[static STORE_ID_BYTES],
                                    struct aula_error *err)
{
    struct store *made = calloc(1, sizeof *made);
    enum aula_code code;

    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "store: out of memory");
    }
    code = store_lock_open(&made->lock, &made->is_interrupted, path, err);
    if (code == AULA_OK) {
        code = open_vfs(made, key, id, err);
    }
    if (code == AULA_OK) {
        code = vfs_database_open(&made->db, made->vfs, path, is_new, err);
    }
    if (code != AULA_OK) {
        free_store(made, !made->is_interrupted);
        return code;
    }
    made->is_interrupted = made->is_interrupted || vfs_recovered(made->vfs);
    *store = made;
    return AULA_OK;
}

enum aula_code store_create(const char *path,
                            const uint8_t key[static STORE_KEY_BYTES],
                            const uint8_t id[static STORE_ID_BYTES],
                            struct aula_error *err)
{
    struct store *store = NULL;
    enum aula_code code = open_database(&store, true, path, key, id, err);

    if (store == NULL) {
        return code;
    }
    code = store_begin(store, err);
    if (code == AULA_OK) {
        code = store_make_tables(store, err);
    }
    if (code == AULA_OK) {
        code = store_commit(store, err);
    }
    store_close(store);
    return code;
}

enum aula_code store_open(struct store **store, bool *was_interrupted,
                          const char *path,
                          const uint8_t key[static STORE_KEY_BYTES],
                          const uint8_t id[static STORE_ID_BYTES],
                          struct aula_error *err)
{
    struct store *made = NULL;
    enum aula_code code = open_database(&made, false, path, key, id, err);

    if (made == NULL) {
        return code;
    }
    code = store_check_tables(made, err);
    if (code != AULA_OK) {
        store_close(made);
        return code;
    }
    if (was_interrupted != NULL) {
        *was_interrupted = made->is_interrupted;
    }
    *store = made;
    return AULA_OK;
}

void store_keep_mark(struct store *store)
{
    store->keeps_mark = true;
}

void store_close(struct store *store)
{
    if (store != NULL) {
        store_rollback(store);
        free_store(store, !store->has_failed && !store->keeps_mark);
    }
}

enum aula_code store_begin(struct store *store, struct aula_error *err)
{
    enum aula_code code = store_run(store, store_prepare(store, STORE_BEGIN),
                                    "begin", err);

    assert(!store->is_open);
    store->is_open = code == AULA_OK;
    return code;
}

enum aula_code store_commit(struct store *store, struct aula_error *err)
{
    enum aula_code code;

    assert(store->is_open);
    code = store_run(store, store_prepare(store, STORE_COMMIT), "commit", err);
    store->is_open = false; /* done, or undone by store_fail */
    return code;
}

void store_rollback(struct store *store)
{
    /* SQLite may have rolled back by itself, on a full disk for one. */
    if (store->is_open && sqlite3_get_autocommit(store->db) == 0 &&
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL) != SQLITE_OK) {
        store->has_failed = true;
    }
    store->is_open = false;
}

enum aula_code store_check(struct store *store, struct aula_error *err)
{
    sqlite3_stmt *statement = store_prepare(store, STORE_CHECK);
    const char *text = NULL;
    bool is_row = false;
    enum aula_code code = store_step(store, &is_row, statement, "check", err);

    if (code == AULA_OK) {
        text = (const char *)sqlite3_column_text(statement, 0);
        if (text == NULL || strcmp(text, "ok") != 0) {
            code = aula_fail(err, AULA_STORE_DAMAGED, "store: check failed");
        }
    }
    store_reset(statement);
    return code;
}
