/* SPDX-License-Identifier: Apache-2.0 */
/* What is added to an archive; see archive.h, promises 2 to 5. */
#include <assert.h>
#include <string.h>

#include "archive_parts.h"

static void bind_key(sqlite3_stmt *statement, const uint8_t *tid, uint64_t seq,
                     const uint8_t *hash)
{
    archive_bind(statement, 1, tid, ARCHIVE_ID_BYTES);
    (void)sqlite3_bind_int64(statement, 2, (sqlite3_int64)seq);
    if (hash != NULL) {
        archive_bind(statement, 3, hash, ARCHIVE_HASH_BYTES);
    }
}

/* Of the hashes that a statement gives: is this one among them, is another? */
static enum aula_code look(struct archive *archive, bool *is_held,
                           bool *has_other, sqlite3_stmt *statement,
                           const uint8_t *hash, struct aula_error *err)
{
    bool is_row = false;
    enum aula_code code = archive_step(archive, &is_row, statement, "look",
                                       err);

    *is_held = false;
    *has_other = false;
    while (code == AULA_OK && is_row) {
        size_t size = 0;
        const uint8_t *held = archive_column(&size, statement, 0,
                                             ARCHIVE_HASH_BYTES,
                                             ARCHIVE_HASH_BYTES);

        if (held == NULL) {
            code = archive_damaged("a row without its hash", err);
            break;
        }
        if (memcmp(held, hash, ARCHIVE_HASH_BYTES) == 0) {
            *is_held = true;
        } else {
            *has_other = true;
        }
        code = archive_step(archive, &is_row, statement, "look", err);
    }
    archive_reset(statement);
    return code;
}

enum aula_code archive_look(struct archive *archive, bool *is_held,
                            bool *has_other,
                            const uint8_t tid[static ARCHIVE_ID_BYTES],
                            uint64_t seq,
                            const uint8_t hash[static ARCHIVE_HASH_BYTES],
                            struct aula_error *err)
{
    sqlite3_stmt *statement = archive_prepare(archive, ARCHIVE_SELECT_HASHES);

    bind_key(statement, tid, seq, NULL);
    return look(archive, is_held, has_other, statement, hash, err);
}

static void bind_name(sqlite3_stmt *statement, int place, const char *name)
{
    (void)sqlite3_bind_text(statement, place, name, -1, SQLITE_STATIC);
}

enum aula_code archive_add_record(struct archive *archive,
                                  const struct archive_record *record,
                                  struct aula_error *err)
{
    sqlite3_stmt *statement = archive_prepare(archive, ARCHIVE_INSERT_RECORD);

    assert(archive->is_open && record->size > 0 &&
           record->size <= ARCHIVE_RECORD_MAX);
    bind_key(statement, record->tid, record->seq, record->hash);
    bind_name(statement, 4, aula_code_name(record->error));
    archive_bind(statement, 5, record->bytes, record->size);
    return archive_run(archive, statement, "add a record", err);
}

enum aula_code archive_set_error(struct archive *archive,
                                 const uint8_t tid[static ARCHIVE_ID_BYTES],
                                 uint64_t seq,
                                 const uint8_t hash[static ARCHIVE_HASH_BYTES],
                                 enum aula_code error, struct aula_error *err)
{
    sqlite3_stmt *statement = archive_prepare(archive, ARCHIVE_UPDATE_ERROR);

    assert(archive->is_open);
    bind_key(statement, tid, seq, hash);
    bind_name(statement, 4, aula_code_name(error));
    return archive_run(archive, statement, "judge a record", err);
}

/* Bytewise: the first byte that differs decides, then the length. */
static bool is_smaller(const uint8_t *a, size_t a_size, const uint8_t *b,
                       size_t b_size)
{
    int order = memcmp(a, b, a_size < b_size ? a_size : b_size);

    return order != 0 ? order < 0 : a_size < b_size;
}

static enum aula_code look_certificate(struct archive *archive, bool *is_wanted,
                                       const uint8_t *tid, const uint8_t *bytes,
                                       size_t size, struct aula_error *err)
{
    sqlite3_stmt *statement = archive_prepare(archive,
                                              ARCHIVE_SELECT_CERTIFICATE);
    bool is_row = false;
    enum aula_code code;

    archive_bind(statement, 1, tid, ARCHIVE_ID_BYTES);
    code = archive_step(archive, &is_row, statement, "look for a certificate",
                        err);
    *is_wanted = !is_row;
    if (code == AULA_OK && is_row) {
        size_t held_size = 0;
        const uint8_t *held = archive_column(&held_size, statement, 0, 1,
                                             ARCHIVE_CERTIFICATE_MAX);

        if (held == NULL) {
            code = archive_damaged("no certificate where one should be", err);
        } else {
            *is_wanted = is_smaller(bytes, size, held, held_size);
        }
    }
    archive_reset(statement);
    return code;
}

enum aula_code
archive_add_certificate(struct archive *archive, bool *is_kept,
                        const uint8_t tid[static ARCHIVE_ID_BYTES],
                        const uint8_t *bytes, size_t size,
                        struct aula_error *err)
{
    sqlite3_stmt *statement = NULL;
    bool is_wanted = false;
    enum aula_code code;

    assert(archive->is_open && size > 0 && size <= ARCHIVE_CERTIFICATE_MAX);
    code = look_certificate(archive, &is_wanted, tid, bytes, size, err);
    *is_kept = false;
    if (code != AULA_OK || !is_wanted) {
        return code;
    }
    statement = archive_prepare(archive, ARCHIVE_DELETE_CERTIFICATE);
    archive_bind(statement, 1, tid, ARCHIVE_ID_BYTES);
    code = archive_run(archive, statement, "replace a certificate", err);
    if (code != AULA_OK) {
        return code;
    }
    statement = archive_prepare(archive, ARCHIVE_INSERT_CERTIFICATE);
    archive_bind(statement, 1, tid, ARCHIVE_ID_BYTES);
    archive_bind(statement, 2, bytes, size);
    code = archive_run(archive, statement, "add a certificate", err);
    *is_kept = code == AULA_OK;
    return code;
}

static void bind_batch(sqlite3_stmt *statement,
                       const struct archive_batch *batch)
{
    const uint64_t numbers[] = {batch->time, batch->first_seq, batch->last_seq,
                                batch->count};

    archive_bind(statement, 1, batch->hash, ARCHIVE_HASH_BYTES);
    archive_bind(statement, 2, batch->tid, ARCHIVE_ID_BYTES);
    (void)sqlite3_bind_int64(statement, 3, batch->number);
    archive_bind(statement, 4, batch->prev, ARCHIVE_HASH_BYTES);
    for (int i = 0; i < 4; i++) {
        (void)sqlite3_bind_int64(statement, 5 + i, (sqlite3_int64)numbers[i]);
    }
    bind_name(statement, 9, batch->name);
    (void)sqlite3_bind_int64(statement, 10, (sqlite3_int64)batch->imported);
}

enum aula_code archive_add_batch(struct archive *archive, bool *is_new,
                                 bool *has_twin,
                                 const struct archive_batch *batch,
                                 struct aula_error *err)
{
    sqlite3_stmt *statement = archive_prepare(archive, ARCHIVE_SELECT_BATCH);
    bool is_held = false;
    enum aula_code code;

    assert(archive->is_open && strlen(batch->name) <= ARCHIVE_NAME_MAX);
    bind_key(statement, batch->tid, batch->number, NULL);
    *is_new = false;
    code = look(archive, &is_held, has_twin, statement, batch->hash, err);
    if (code != AULA_OK || is_held) {
        return code;
    }
    statement = archive_prepare(archive, ARCHIVE_INSERT_BATCH);
    bind_batch(statement, batch);
    code = archive_run(archive, statement, "add a batch", err);
    *is_new = code == AULA_OK;
    return code;
}
