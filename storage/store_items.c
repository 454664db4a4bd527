/* SPDX-License-Identifier: Apache-2.0 */
/* Items and exports of a store; see store.h. */
#include "store_parts.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static sqlite3_stmt *prepare_named(struct store *store,
                                   enum store_statement which, const char *name)
{
    sqlite3_stmt *statement = store_prepare(store, which);

    assert(strlen(name) <= STORE_ITEM_NAME_MAX);
    if (statement != NULL) {
        (void)sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    }
    return statement;
}

enum aula_code store_put_item(struct store *store, const char *name,
                              const void *bytes, size_t size,
                              struct aula_error *err)
{
    sqlite3_stmt *statement = prepare_named(store, STORE_PUT_ITEM, name);

    if (statement != NULL) {
        (void)sqlite3_bind_blob64(statement, 2, size > 0 ? bytes : "", size,
                                  SQLITE_STATIC);
    }
    return store_run(store, statement, "put an item", err);
}

/* The item that a statement stands at, in memory of its own. */
static enum aula_code copy_item(uint8_t **bytes, size_t *size,
                                sqlite3_stmt *statement, const char *name,
                                struct aula_error *err)
{
    size_t length = (size_t)sqlite3_column_bytes(statement, 0);
    const uint8_t *found = sqlite3_column_blob(statement, 0);
    uint8_t *copy = NULL;

    if (sqlite3_column_type(statement, 0) != SQLITE_BLOB ||
        (found == NULL && length > 0)) {
        return aula_fail(err, AULA_STORE_DAMAGED, "store: item %s", name);
    }
    copy = malloc(length + 1);
    if (copy == NULL) {
        return aula_fail(err, AULA_MEMORY, "store: no memory for %s", name);
    }
    if (length > 0) {
        memcpy(copy, found, length);
    }
    copy[length] = '\0';
    *bytes = copy;
    *size = length;
    return AULA_OK;
}

enum aula_code store_get_item(struct store *store, uint8_t **bytes,
                              size_t *size, const char *name,
                              struct aula_error *err)
{
    sqlite3_stmt *statement = prepare_named(store, STORE_SELECT_ITEM, name);
    bool is_row = false;
    enum aula_code code = store_step(store, &is_row, statement, "read an item",
                                     err);

    if (code == AULA_OK && is_row) {
        code = copy_item(bytes, size, statement, name, err);
    } else if (code == AULA_OK) {
        *bytes = NULL;
        *size = 0;
    }
    store_reset(statement);
    return code;
}

void store_free_item(uint8_t *bytes, size_t size)
{
    if (bytes != NULL) {
        sodium_memzero(bytes, size);
        free(bytes);
    }
}

enum aula_code store_read_item(struct store *store, void *bytes, size_t size,
                               const char *name, struct aula_error *err)
{
    sqlite3_stmt *statement = prepare_named(store, STORE_SELECT_ITEM, name);
    const uint8_t *found = NULL;
    bool is_row = false;
    enum aula_code code = store_step(store, &is_row, statement, "read an item",
                                     err);

    if (code == AULA_OK && is_row) {
        found = store_column(statement, 0, size);
    }
    if (code == AULA_OK && found == NULL) {
        code = aula_fail(err, AULA_STORE_DAMAGED, "store: item %s", name);
    }
    if (found != NULL) {
        memcpy(bytes, found, size);
    }
    store_reset(statement);
    return code;
}

enum aula_code store_drop_item(struct store *store, const char *name,
                               struct aula_error *err)
{
    return store_run(store, prepare_named(store, STORE_DROP_ITEM, name),
                     "drop an item", err);
}

enum aula_code store_drop_items(struct store *store, const char *prefix,
                                struct aula_error *err)
{
    return store_run(store, prepare_named(store, STORE_DROP_ITEMS, prefix),
                     "drop items", err);
}

enum aula_code store_add_export(struct store *store,
                                const struct store_export *made,
                                struct aula_error *err)
{
    struct store_export last;
    sqlite3_stmt *statement = NULL;
    enum aula_code code = store_find_export(store, &last, 0, err);

    if (code != AULA_OK) {
        return code;
    }
    assert(made->number == last.number + 1);
    statement = store_prepare(store, STORE_INSERT_EXPORT);
    if (statement != NULL) {
        (void)sqlite3_bind_int64(statement, 1, made->number);
        (void)sqlite3_bind_int64(statement, 2, (sqlite3_int64)made->first_seq);
        (void)sqlite3_bind_int64(statement, 3, (sqlite3_int64)made->last_seq);
        (void)sqlite3_bind_int64(statement, 4, (sqlite3_int64)made->time);
        (void)sqlite3_bind_blob(statement, 5, made->prev, STORE_HASH_BYTES,
                                SQLITE_STATIC);
        (void)sqlite3_bind_blob(statement, 6, made->hash, STORE_HASH_BYTES,
                                SQLITE_STATIC);
    }
    return store_run(store, statement, "add an export", err);
}

static bool read_export(struct store_export *found, sqlite3_stmt *statement)
{
    const uint8_t *prev = store_column(statement, 4, STORE_HASH_BYTES);
    const uint8_t *hash = store_column(statement, 5, STORE_HASH_BYTES);
    sqlite3_int64 number = sqlite3_column_int64(statement, 0);

    if (prev == NULL || hash == NULL || number < 1 || number > UINT32_MAX) {
        return false;
    }
    found->number = (uint32_t)number;
    found->first_seq = (uint64_t)sqlite3_column_int64(statement, 1);
    found->last_seq = (uint64_t)sqlite3_column_int64(statement, 2);
    found->time = (uint64_t)sqlite3_column_int64(statement, 3);
    memcpy(found->prev, prev, STORE_HASH_BYTES);
    memcpy(found->hash, hash, STORE_HASH_BYTES);
    return true;
}

enum aula_code store_find_export(struct store *store,
                                 struct store_export *found, uint32_t number,
                                 struct aula_error *err)
{
    sqlite3_stmt *statement = store_prepare(store, STORE_SELECT_EXPORT);
    bool is_row = false;
    enum aula_code code;

    if (statement != NULL) {
        (void)sqlite3_bind_int64(statement, 1, number);
    }
    code = store_step(store, &is_row, statement, "find an export", err);
    if (code == AULA_OK) {
        *found = (struct store_export){0};
        if (is_row && !read_export(found, statement)) {
            code = aula_fail(err, AULA_STORE_DAMAGED, "store: an export's row");
        }
    }
    store_reset(statement);
    return code;
}
