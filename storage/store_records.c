/* SPDX-License-Identifier: Apache-2.0 */
/* Records and voters of a store; see store.h. */
#include "store_parts.h"

#include <assert.h>
#include <string.h>

enum { COLUMN_SEQ, COLUMN_KIND, COLUMN_HASH, COLUMN_BYTES };

enum aula_code store_last(struct store *store, uint64_t *seq,
                          uint8_t hash[static STORE_HASH_BYTES],
                          struct aula_error *err)
{
    sqlite3_stmt *statement = store_prepare(store, STORE_SELECT_LAST);
    const uint8_t *found = NULL;
    bool is_row = false;
    enum aula_code code = store_step(store, &is_row, statement, "last record",
                                     err);

    if (code == AULA_OK && !is_row) {
        *seq = 0;
        memset(hash, 0, STORE_HASH_BYTES);
    } else if (code == AULA_OK) {
        found = store_column(statement, 1, STORE_HASH_BYTES);
        if (found == NULL || sqlite3_column_int64(statement, 0) < 1) {
            code = aula_fail(err, AULA_STORE_DAMAGED, "store: a record's row");
        } else {
            *seq = (uint64_t)sqlite3_column_int64(statement, 0);
            memcpy(hash, found, STORE_HASH_BYTES);
        }
    }
    store_reset(statement);
    return code;
}

enum aula_code store_add_record(struct store *store,
                                const struct store_record *record,
                                struct aula_error *err)
{
    uint8_t hash[STORE_HASH_BYTES];
    uint64_t last = 0;
    sqlite3_stmt *statement = NULL;
    enum aula_code code;

    assert(store->is_open);
    assert(record->size <= STORE_RECORD_BYTES_MAX);
    code = store_last(store, &last, hash, err);
    if (code != AULA_OK) {
        return code;
    }
    if (record->seq != last + 1) {
        return aula_fail(err, AULA_STORE_DAMAGED,
                         "store: record %llu cannot follow record %llu",
                         (unsigned long long)record->seq,
                         (unsigned long long)last);
    }
    statement = store_prepare(store, STORE_INSERT_RECORD);
    if (statement != NULL) {
        (void)sqlite3_bind_int64(statement, 1, (sqlite3_int64)record->seq);
        (void)sqlite3_bind_int(statement, 2, record->kind);
        (void)sqlite3_bind_blob(statement, 3, record->hash, STORE_HASH_BYTES,
                                SQLITE_STATIC);
        (void)sqlite3_bind_blob(statement, 4, record->bytes, (int)record->size,
                                SQLITE_STATIC);
    }
    return store_run(store, statement, "add a record", err);
}

/* The row that a statement stands at; false when it cannot be a record. */
static bool read_row(struct store_record *record, sqlite3_stmt *statement)
{
    int size = sqlite3_column_bytes(statement, COLUMN_BYTES);
    const uint8_t *bytes = store_column(statement, COLUMN_BYTES, (size_t)size);
    const uint8_t *hash = store_column(statement, COLUMN_HASH,
                                       STORE_HASH_BYTES);
    int kind = sqlite3_column_int(statement, COLUMN_KIND);

    if (bytes == NULL || hash == NULL || size > STORE_RECORD_BYTES_MAX ||
        kind < 1 || kind > UINT8_MAX) {
        return false;
    }
    record->seq = (uint64_t)sqlite3_column_int64(statement, COLUMN_SEQ);
    record->kind = (uint8_t)kind;
    record->size = (size_t)size;
    memcpy(record->hash, hash, STORE_HASH_BYTES);
    memcpy(record->bytes, bytes, (size_t)size);
    return true;
}

static enum aula_code missing(uint64_t seq, struct aula_error *err)
{
    return aula_fail(err, AULA_STORE_DAMAGED, "store: record %llu is missing",
                     (unsigned long long)seq);
}

/* The rows of a walk, one after the other from `next` on. */
static enum aula_code walk_rows(struct store *store, sqlite3_stmt *statement,
                                uint64_t next, uint64_t last,
                                store_visit *visit, void *context,
                                struct aula_error *err)
{
    struct store_record record;
    bool is_row = false;
    enum aula_code code = AULA_OK;

    for (; code == AULA_OK && next <= last; next++) {
        code = store_step(store, &is_row, statement, "read records", err);
        if (code != AULA_OK) {
            break;
        }
        if (!is_row || !read_row(&record, statement) || record.seq != next) {
            return missing(next, err);
        }
        code = visit(context, &record, err);
    }
    return code;
}

enum aula_code store_walk_records(struct store *store, uint64_t first,
                                  uint64_t last, store_visit *visit,
                                  void *context, struct aula_error *err)
{
    sqlite3_stmt *statement = store_prepare(store, STORE_SELECT_RECORDS);
    enum aula_code code;

    if (statement == NULL) {
        return store_fail(store, "read records", err);
    }
    (void)sqlite3_bind_int64(statement, 1, (sqlite3_int64)first);
    (void)sqlite3_bind_int64(statement, 2, (sqlite3_int64)last);
    code = walk_rows(store, statement, first, last, visit, context, err);
    store_reset(statement);
    return code;
}

enum aula_code store_read_record(struct store *store,
                                 struct store_record *record, uint64_t seq,
                                 struct aula_error *err)
{
    sqlite3_stmt *statement = store_prepare(store, STORE_SELECT_RECORDS);
    bool is_row = false;
    enum aula_code code;

    if (statement != NULL) {
        (void)sqlite3_bind_int64(statement, 1, (sqlite3_int64)seq);
        (void)sqlite3_bind_int64(statement, 2, (sqlite3_int64)seq);
    }
    code = store_step(store, &is_row, statement, "read a record", err);
    if (code == AULA_OK && (!is_row || !read_row(record, statement))) {
        code = missing(seq, err);
    }
    store_reset(statement);
    return code;
}

enum aula_code store_find_voter(struct store *store, uint64_t *seq,
                                const uint8_t key[static STORE_VOTER_BYTES],
                                struct aula_error *err)
{
    sqlite3_stmt *statement = store_prepare(store, STORE_SELECT_VOTER);
    bool is_row = false;
    enum aula_code code;

    if (statement != NULL) {
        (void)sqlite3_bind_blob(statement, 1, key, STORE_VOTER_BYTES,
                                SQLITE_STATIC);
    }
    code = store_step(store, &is_row, statement, "find a voter", err);
    if (code == AULA_OK) {
        *seq = is_row ? (uint64_t)sqlite3_column_int64(statement, 0) : 0;
    }
    store_reset(statement);
    return code;
}

enum aula_code store_add_voter(struct store *store,
                               const uint8_t key[static STORE_VOTER_BYTES],
                               uint64_t seq, struct aula_error *err)
{
    uint64_t used = 0;
    sqlite3_stmt *statement = NULL;
    enum aula_code code;

    assert(store->is_open);
    code = store_find_voter(store, &used, key, err);
    if (code != AULA_OK) {
        return code;
    }
    if (used != 0) {
        return aula_fail(err, AULA_DUPLICATE_VOTER,
                         "this person has voted here already");
    }
    statement = store_prepare(store, STORE_INSERT_VOTER);
    if (statement != NULL) {
        (void)sqlite3_bind_blob(statement, 1, key, STORE_VOTER_BYTES,
                                SQLITE_STATIC);
        (void)sqlite3_bind_int64(statement, 2, (sqlite3_int64)seq);
    }
    return store_run(store, statement, "add a voter", err);
}

enum aula_code store_count_voters(struct store *store, uint64_t *count,
                                  struct aula_error *err)
{
    sqlite3_stmt *statement = store_prepare(store, STORE_COUNT_VOTERS);
    bool is_row = false;
    enum aula_code code = store_step(store, &is_row, statement, "count voters",
                                     err);

    if (code == AULA_OK) {
        *count = (uint64_t)sqlite3_column_int64(statement, 0);
    }
    store_reset(statement);
    return code;
}
