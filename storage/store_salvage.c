/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a damaged store; see store_salvage.h. Every page is read once, and
 * the place of each row of a table on it is noted. Sorted by rowid, which is
 * the seq of a record, the rows are then read whole. What table a row is of
 * shows in its columns:
 *
 *   record  null (the rowid), integer, 32 bytes, bytes
 *   item    text, bytes
 *   export  null (the rowid), three integers, 32 bytes, 32 bytes
 *
 * Pages that are no longer in use hold no rows: a store overwrites what it
 * drops (vfs_store.c).
 */
#include "store_salvage.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "store_pages.h"
#include "store_parts.h"
#include "store_row.h"
#include "vfs_root.h"

struct place {
    uint64_t rowid;
    uint32_t page;
    uint32_t index; /* on it */
};

struct salvage {
    struct store_salvage *report;
    const struct store_salvage_visit *visit;
    void *context;
    struct store_pages pages;
    struct place *places;
    size_t place_count;
    size_t place_room;
    bool has_last; /* a record was handed out */
    struct store_record last;
    struct store_record record; /* the row in hand, as one of these */
    struct store_export made;
    char name[STORE_ITEM_NAME_MAX + 1];
    uint8_t page[PAGE_BYTES];
};

static enum aula_code no_memory(struct aula_error *err)
{
    return aula_fail(err, AULA_MEMORY, "store: out of memory");
}

/* ---- where the rows are */

static bool make_room(struct salvage *salvage, size_t more)
{
    size_t room = 2 * salvage->place_room + more;
    struct place *places = realloc(salvage->places, room * sizeof *places);

    if (places == NULL) {
        return false;
    }
    salvage->places = places;
    salvage->place_room = room;
    return true;
}

static enum aula_code note_rows(struct salvage *salvage, uint32_t number,
                                struct aula_error *err)
{
    size_t count = store_row_count(salvage->page, number);

    if (salvage->place_room - salvage->place_count < count &&
        !make_room(salvage, count)) {
        return no_memory(err);
    }
    for (size_t i = 0; i < count; i++) {
        struct store_row row;

        if (store_row_find(&row, salvage->page, number, i)) {
            salvage->places[salvage->place_count++] =
                (struct place){row.rowid, number, (uint32_t)i};
        } else {
            salvage->report->unreadable_rows++;
        }
    }
    return AULA_OK;
}

static enum aula_code note_page(struct salvage *salvage, uint32_t number,
                                struct aula_error *err)
{
    enum store_page_from from = store_pages_read(&salvage->pages, salvage->page,
                                                 number);

    salvage->report->damaged_pages += from != PAGE_FROM_FILE;
    salvage->report->journal_pages += from == PAGE_FROM_JOURNAL;
    return from != PAGE_FROM_NOWHERE ? note_rows(salvage, number, err)
                                     : AULA_OK;
}

static int compare(const void *a, const void *b)
{
    const struct place *one = a;
    const struct place *two = b;

    if (one->rowid != two->rowid) {
        return one->rowid < two->rowid ? -1 : 1;
    }
    return one->page < two->page ? -1 : one->page > two->page;
}

static enum aula_code note_all(struct salvage *salvage, const char *path,
                               struct aula_error *err)
{
    struct store_salvage *report = salvage->report;
    enum aula_code code = AULA_OK;

    report->pages = salvage->pages.count;
    for (uint32_t i = 1; i <= report->pages && code == AULA_OK; i++) {
        if (i != ROOT_LOCK_PAGE) {
            code = note_page(salvage, i, err);
        }
    }
    if (code == AULA_OK && report->damaged_pages == report->pages &&
        report->journal_pages == 0) {
        return aula_fail(err, AULA_STORE_KEY,
                         "%s: no page opens: another key or store, or no "
                         "store at all",
                         path);
    }
    if (salvage->place_count > 0) {
        qsort(salvage->places, salvage->place_count, sizeof *salvage->places,
              compare);
    }
    return code;
}

/* ---- what is in them */

static bool is_blob(const struct store_column *column, size_t size)
{
    return column->kind == COLUMN_BLOB && column->size == size;
}

static bool same_record(const struct store_record *a,
                        const struct store_record *b)
{
    return a->seq == b->seq && a->kind == b->kind && a->size == b->size &&
           memcmp(a->hash, b->hash, sizeof a->hash) == 0 &&
           memcmp(a->bytes, b->bytes, a->size) == 0;
}

static enum aula_code hand_out_record(struct salvage *salvage, uint64_t rowid,
                                      const struct store_column *columns,
                                      struct aula_error *err)
{
    struct store_record *record = &salvage->record;

    if (rowid < 1 || rowid > INT64_MAX || columns[1].integer < 1 ||
        columns[1].integer > UINT8_MAX ||
        columns[3].size > STORE_RECORD_BYTES_MAX) {
        salvage->report->unreadable_rows++;
        return AULA_OK;
    }
    record->seq = rowid;
    record->kind = (uint8_t)columns[1].integer;
    memcpy(record->hash, columns[2].bytes, STORE_HASH_BYTES);
    memcpy(record->bytes, columns[3].bytes, columns[3].size);
    record->size = columns[3].size;
    if (salvage->has_last && same_record(record, &salvage->last)) {
        return AULA_OK;
    }
    salvage->has_last = true;
    salvage->last = *record;
    salvage->report->records++;
    return salvage->visit->record != NULL
               ? salvage->visit->record(salvage->context, record, err)
               : AULA_OK;
}

static enum aula_code hand_out_item(struct salvage *salvage,
                                    const struct store_column *columns,
                                    struct aula_error *err)
{
    if (columns[0].size > STORE_ITEM_NAME_MAX ||
        memchr(columns[0].bytes, '\0', columns[0].size) != NULL) {
        salvage->report->unreadable_rows++;
        return AULA_OK;
    }
    memcpy(salvage->name, columns[0].bytes, columns[0].size);
    salvage->name[columns[0].size] = '\0';
    salvage->report->items++;
    return salvage->visit->item != NULL
               ? salvage->visit->item(salvage->context, salvage->name,
                                      columns[1].bytes, columns[1].size, err)
               : AULA_OK;
}

static enum aula_code hand_out_export(struct salvage *salvage, uint64_t rowid,
                                      const struct store_column *columns,
                                      struct aula_error *err)
{
    struct store_export *made = &salvage->made;

    if (rowid < 1 || rowid > UINT32_MAX) {
        salvage->report->unreadable_rows++;
        return AULA_OK;
    }
    made->number = (uint32_t)rowid;
    made->first_seq = (uint64_t)columns[1].integer;
    made->last_seq = (uint64_t)columns[2].integer;
    made->time = (uint64_t)columns[3].integer;
    memcpy(made->prev, columns[4].bytes, STORE_HASH_BYTES);
    memcpy(made->hash, columns[5].bytes, STORE_HASH_BYTES);
    salvage->report->exports++;
    return salvage->visit->batch != NULL
               ? salvage->visit->batch(salvage->context, made, err)
               : AULA_OK;
}

static enum aula_code hand_out(struct salvage *salvage, uint64_t rowid,
                               const uint8_t *content, size_t size,
                               struct aula_error *err)
{
    struct store_column columns[ROW_COLUMNS_MAX];
    size_t count = 0;

    if (!store_row_columns(columns, &count, content, size)) {
        salvage->report->unreadable_rows++;
        return AULA_OK;
    }
    if (count == 4 && columns[1].kind == COLUMN_INTEGER &&
        is_blob(&columns[2], STORE_HASH_BYTES) &&
        columns[3].kind == COLUMN_BLOB) {
        return hand_out_record(salvage, rowid, columns, err);
    }
    if (count == 2 && columns[0].kind == COLUMN_TEXT &&
        columns[1].kind == COLUMN_BLOB) {
        return hand_out_item(salvage, columns, err);
    }
    if (count == 6 && is_blob(&columns[4], STORE_HASH_BYTES) &&
        is_blob(&columns[5], STORE_HASH_BYTES)) {
        return hand_out_export(salvage, rowid, columns, err);
    }
    return AULA_OK; /* the table of tables */
}

/* The rest of a row's content. A chain is as long as the content, whatever its
 * pages say. */
static bool read_chain(struct salvage *salvage, uint8_t *content,
                       const struct store_row *row)
{
    uint64_t done = row->here;
    uint32_t next = row->overflow;

    while (done < row->size) {
        uint64_t left = row->size - done;
        size_t part = left < ROW_OVERFLOW_BYTES ? (size_t)left
                                                : ROW_OVERFLOW_BYTES;

        if (next < 2 || next > salvage->pages.count ||
            store_pages_read(&salvage->pages, salvage->page, next) ==
                PAGE_FROM_NOWHERE) {
            return false;
        }
        memcpy(content + done, salvage->page + 4, part);
        next = get_be32(salvage->page);
        done += part;
    }
    return true;
}

static enum aula_code read_row(struct salvage *salvage,
                               const struct place *place,
                               struct aula_error *err)
{
    uint64_t bound = (uint64_t)salvage->pages.count * PAGE_BYTES;
    enum aula_code code = AULA_OK;
    uint8_t *content = NULL;
    struct store_row row;

    if (store_pages_read(&salvage->pages, salvage->page, place->page) ==
            PAGE_FROM_NOWHERE ||
        !store_row_find(&row, salvage->page, place->page, place->index) ||
        row.size > bound) {
        salvage->report->unreadable_rows++;
        return AULA_OK;
    }
    content = malloc((size_t)row.size + 1);
    if (content == NULL) {
        return no_memory(err);
    }
    memcpy(content, salvage->page + row.at, row.here);
    if (read_chain(salvage, content, &row)) {
        code = hand_out(salvage, row.rowid, content, (size_t)row.size, err);
    } else {
        salvage->report->unreadable_rows++;
    }
    sodium_memzero(content, (size_t)row.size);
    free(content);
    return code;
}

enum aula_code store_salvage(struct store_salvage *report, const char *path,
                             const uint8_t key[static STORE_KEY_BYTES],
                             const uint8_t id[static STORE_ID_BYTES],
                             const struct store_salvage_visit *visit,
                             void *context, struct aula_error *err)
{
    struct salvage *salvage = calloc(1, sizeof *salvage);
    struct store_lock *lock = NULL;
    enum aula_code code;

    *report = (struct store_salvage){0};
    if (salvage == NULL) {
        return no_memory(err);
    }
    salvage->report = report;
    salvage->visit = visit;
    salvage->context = context;
    code = store_pages_open(&salvage->pages, path, key, id, err);
    if (code == AULA_OK) {
        code = store_lock_watch(&lock, path, err);
    }
    if (code == AULA_OK) {
        code = note_all(salvage, path, err);
    }
    for (size_t i = 0; i < salvage->place_count && code == AULA_OK; i++) {
        code = read_row(salvage, &salvage->places[i], err);
    }
    store_lock_close(lock, false);
    store_pages_close(&salvage->pages);
    free(salvage->places);
    sodium_memzero(salvage, sizeof *salvage);
    free(salvage);
    return code;
}
