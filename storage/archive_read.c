/* SPDX-License-Identifier: Apache-2.0 */
/* Walks over an archive; see archive.h. A row is believed as far as its types
 * and lengths are those of an archive: the file may be a foreign one. */
#include <string.h>

#include "archive_parts.h"

/* A walk: the statement, and what to do with the row that it stands at. */
struct walk {
    struct archive *archive;
    sqlite3_stmt *statement;
    const char *doing;
    enum aula_code (*visit_row)(const struct walk *walk,
                                struct aula_error *err);
    archive_visit_record *visit_record;
    archive_visit_batch *visit_batch;
    archive_visit_certificate *visit_certificate;
    void *context;
    uint64_t count; /* rows so far */
};

static enum aula_code go(struct walk *walk, struct aula_error *err)
{
    bool is_row = false;
    enum aula_code code = archive_step(walk->archive, &is_row, walk->statement,
                                       walk->doing, err);

    while (code == AULA_OK && is_row) {
        walk->count++;
        code = walk->visit_row(walk, err);
        if (code == AULA_OK) {
            code = archive_step(walk->archive, &is_row, walk->statement,
                                walk->doing, err);
        }
    }
    archive_reset(walk->statement);
    return code;
}

static bool read_error(enum aula_code *error, sqlite3_stmt *statement,
                       int column)
{
    const char *text = NULL;
    size_t size;

    if (sqlite3_column_type(statement, column) != SQLITE_TEXT) {
        return false;
    }
    text = (const char *)sqlite3_column_text(statement, column);
    size = (size_t)sqlite3_column_bytes(statement, column);
    for (int i = 0; text != NULL && i < AULA_CODE_COUNT; i++) {
        const char *name = aula_code_name((enum aula_code)i);

        if (strlen(name) == size && memcmp(text, name, size) == 0) {
            *error = (enum aula_code)i;
            return true;
        }
    }
    return false;
}

static enum aula_code visit_record(const struct walk *walk,
                                   struct aula_error *err)
{
    sqlite3_stmt *row = walk->statement;
    struct archive_record record = {.error = AULA_OK};
    size_t size = 0;

    record.tid = archive_column(&size, row, 0, ARCHIVE_ID_BYTES,
                                ARCHIVE_ID_BYTES);
    record.seq = (uint64_t)sqlite3_column_int64(row, 1);
    record.hash = archive_column(&size, row, 2, ARCHIVE_HASH_BYTES,
                                 ARCHIVE_HASH_BYTES);
    record.bytes = archive_column(&record.size, row, 4, 1, ARCHIVE_RECORD_MAX);
    record.place = (uint64_t)sqlite3_column_int64(row, 5);
    if (record.tid == NULL || record.hash == NULL || record.bytes == NULL ||
        sqlite3_column_type(row, 1) != SQLITE_INTEGER ||
        !read_error(&record.error, row, 3)) {
        return archive_damaged("a row that is no record", err);
    }
    return walk->visit_record(walk->context, &record, err);
}

static enum aula_code walk_records(struct archive *archive,
                                   sqlite3_stmt *statement,
                                   archive_visit_record *visit, void *context,
                                   uint64_t *count, struct aula_error *err)
{
    struct walk walk = {.archive = archive,
                        .statement = statement,
                        .doing = "read records",
                        .visit_row = visit_record,
                        .visit_record = visit,
                        .context = context};
    enum aula_code code = go(&walk, err);

    *count = walk.count;
    return code;
}

enum aula_code archive_each_record(struct archive *archive, const uint8_t *tid,
                                   archive_visit_record *visit, void *context,
                                   struct aula_error *err)
{
    sqlite3_stmt *statement =
        archive_prepare(archive, tid == NULL ? ARCHIVE_SELECT_RECORDS
                                             : ARCHIVE_SELECT_TERMINAL);
    uint64_t count = 0;

    if (tid != NULL) {
        archive_bind(statement, 1, tid, ARCHIVE_ID_BYTES);
    }
    return walk_records(archive, statement, visit, context, &count, err);
}

enum aula_code archive_each_quarantined(struct archive *archive,
                                        archive_visit_record *visit,
                                        void *context, struct aula_error *err)
{
    uint64_t count = 0;

    return walk_records(archive,
                        archive_prepare(archive, ARCHIVE_SELECT_QUARANTINED),
                        visit, context, &count, err);
}

static enum aula_code find_one(struct archive *archive, sqlite3_stmt *statement,
                               archive_visit_record *visit, void *context,
                               struct aula_error *err)
{
    uint64_t count = 0;
    enum aula_code code = walk_records(archive, statement, visit, context,
                                       &count, err);

    return code == AULA_OK && count == 0
               ? archive_damaged("a record is missing", err)
               : code;
}

enum aula_code
archive_find_record(struct archive *archive,
                    const uint8_t tid[static ARCHIVE_ID_BYTES], uint64_t seq,
                    const uint8_t hash[static ARCHIVE_HASH_BYTES],
                    archive_visit_record *visit, void *context,
                    struct aula_error *err)
{
    sqlite3_stmt *statement = archive_prepare(archive, ARCHIVE_SELECT_RECORD);

    archive_bind(statement, 1, tid, ARCHIVE_ID_BYTES);
    (void)sqlite3_bind_int64(statement, 2, (sqlite3_int64)seq);
    archive_bind(statement, 3, hash, ARCHIVE_HASH_BYTES);
    return find_one(archive, statement, visit, context, err);
}

enum aula_code archive_find_place(struct archive *archive, uint64_t place,
                                  archive_visit_record *visit, void *context,
                                  struct aula_error *err)
{
    sqlite3_stmt *statement = archive_prepare(archive, ARCHIVE_SELECT_PLACE);

    (void)sqlite3_bind_int64(statement, 1, (sqlite3_int64)place);
    return find_one(archive, statement, visit, context, err);
}

static enum aula_code visit_certificate(const struct walk *walk,
                                        struct aula_error *err)
{
    size_t tid_size = 0;
    size_t size = 0;
    const uint8_t *tid = archive_column(&tid_size, walk->statement, 0,
                                        ARCHIVE_ID_BYTES, ARCHIVE_ID_BYTES);
    const uint8_t *bytes = archive_column(&size, walk->statement, 1, 1,
                                          ARCHIVE_CERTIFICATE_MAX);

    return tid == NULL || bytes == NULL
               ? archive_damaged("a row that is no certificate", err)
               : walk->visit_certificate(walk->context, tid, bytes, size, err);
}

enum aula_code archive_each_certificate(struct archive *archive,
                                        archive_visit_certificate *visit,
                                        void *context, struct aula_error *err)
{
    struct walk walk = {
        .archive = archive,
        .statement = archive_prepare(archive, ARCHIVE_SELECT_CERTIFICATES),
        .doing = "read certificates",
        .visit_row = visit_certificate,
        .visit_certificate = visit,
        .context = context};

    return go(&walk, err);
}

/* Columns 2 and 4 to 7 and 9 are numbers; two of them have bounds. */
static bool has_numbers(sqlite3_stmt *row)
{
    static const int columns[] = {2, 4, 5, 6, 7, 9};

    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        if (sqlite3_column_type(row, columns[i]) != SQLITE_INTEGER) {
            return false;
        }
    }
    return sqlite3_column_int64(row, 2) >= 0 &&
           sqlite3_column_int64(row, 2) <= UINT32_MAX &&
           sqlite3_column_int64(row, 7) >= 0 &&
           sqlite3_column_int64(row, 7) <= UINT32_MAX;
}

static enum aula_code visit_batch(const struct walk *walk,
                                  struct aula_error *err)
{
    sqlite3_stmt *row = walk->statement;
    size_t size = 0;
    struct archive_batch batch = {
        .hash = archive_column(&size, row, 0, ARCHIVE_HASH_BYTES,
                               ARCHIVE_HASH_BYTES),
        .tid = archive_column(&size, row, 1, ARCHIVE_ID_BYTES,
                              ARCHIVE_ID_BYTES),
        .number = (uint32_t)sqlite3_column_int64(row, 2),
        .prev = archive_column(&size, row, 3, ARCHIVE_HASH_BYTES,
                               ARCHIVE_HASH_BYTES),
        .time = (uint64_t)sqlite3_column_int64(row, 4),
        .first_seq = (uint64_t)sqlite3_column_int64(row, 5),
        .last_seq = (uint64_t)sqlite3_column_int64(row, 6),
        .count = (uint32_t)sqlite3_column_int64(row, 7),
        .name = sqlite3_column_type(row, 8) == SQLITE_TEXT
                    ? (const char *)sqlite3_column_text(row, 8)
                    : NULL,
        .imported = (uint64_t)sqlite3_column_int64(row, 9)};

    if (batch.hash == NULL || batch.tid == NULL || batch.prev == NULL ||
        batch.name == NULL || strlen(batch.name) > ARCHIVE_NAME_MAX ||
        !has_numbers(row)) {
        return archive_damaged("a row that is no batch", err);
    }
    return walk->visit_batch(walk->context, &batch, err);
}

enum aula_code archive_each_batch(struct archive *archive,
                                  archive_visit_batch *visit, void *context,
                                  struct aula_error *err)
{
    struct walk walk = {
        .archive = archive,
        .statement = archive_prepare(archive, ARCHIVE_SELECT_BATCHES),
        .doing = "read batches",
        .visit_row = visit_batch,
        .visit_batch = visit,
        .context = context};

    return go(&walk, err);
}

enum aula_code archive_count(struct archive *archive,
                             struct archive_counts *counts,
                             struct aula_error *err)
{
    sqlite3_stmt *statement = archive_prepare(archive, ARCHIVE_COUNT);
    bool is_row = false;
    enum aula_code code = archive_step(archive, &is_row, statement, "count",
                                       err);

    if (code == AULA_OK) {
        *counts = (struct archive_counts){
            .records = (uint64_t)sqlite3_column_int64(statement, 0),
            .quarantined = (uint64_t)sqlite3_column_int64(statement, 1),
            .batches = (uint64_t)sqlite3_column_int64(statement, 2),
            .certificates = (uint64_t)sqlite3_column_int64(statement, 3)};
    }
    archive_reset(statement);
    return code;
}
