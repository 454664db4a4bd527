/* SPDX-License-Identifier: Apache-2.0 */
/* See ruling_list.h. */
#include "ruling_list.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "close.h"
#include "file.h"

static enum aula_code no_memory(struct aula_error *err)
{
    return aula_fail(err, AULA_MEMORY, "no memory");
}

enum aula_code ruling_list_open(struct ruling_list *list,
                                const struct desk_election *election,
                                struct aula_error *err)
{
    const struct rulings *there = &list->ruled.rulings;
    enum aula_code code;

    *list = (struct ruling_list){.election = election};
    code = desk_ruled_read(&list->ruled, election, err);
    if (code != AULA_OK) {
        return code;
    }
    list->rows = calloc(there->count + 1, sizeof *list->rows);
    if (list->rows == NULL) {
        return no_memory(err);
    }
    if (there->count > 0) {
        memcpy(list->rows, there->rows, there->count * sizeof *list->rows);
    }
    list->count = there->count;
    return AULA_OK;
}

void ruling_list_close(struct ruling_list *list)
{
    free(list->rows);
    free(list->bytes);
    desk_ruled_close(&list->ruled);
    *list = (struct ruling_list){.election = NULL};
}

enum aula_code ruling_list_is_open(const struct ruling_list *list,
                                   struct aula_error *err)
{
    const char *folder = list->election->folder;

    return place_is_missing(folder, CLOSE_FILE)
               ? AULA_OK
               : aula_fail(err, AULA_STATE,
                           "%s/" CLOSE_FILE
                           ": the closing is signed: rulings stay as they are",
                           folder);
}

enum aula_code ruling_list_add(struct ruling_list *list,
                               const struct rulings_row *row,
                               struct aula_error *err)
{
    struct rulings_row *more = NULL;

    if (row->reason.size < 1 || row->reason.size > RULINGS_REASON_MAX ||
        !bytes_are_text((const uint8_t *)row->reason.text, row->reason.size)) {
        return aula_fail(err, AULA_BAD_FIELD,
                         "a reason is a text of 1 to %d bytes on one line",
                         (int)RULINGS_REASON_MAX);
    }
    if (list->count == RULINGS_COUNT_MAX) {
        return aula_fail(err, AULA_TOO_LARGE, "more than %d rulings",
                         (int)RULINGS_COUNT_MAX);
    }
    more = realloc(list->rows, (list->count + 1) * sizeof *more);
    if (more == NULL) {
        return no_memory(err);
    }
    list->rows = more;
    list->rows[list->count++] = *row;
    return AULA_OK;
}

void ruling_list_remove(struct ruling_list *list, size_t place)
{
    assert(place < list->count);
    list->count--;
    memmove(&list->rows[place], &list->rows[place + 1],
            (list->count - place) * sizeof *list->rows);
}

enum aula_code ruling_list_try(const struct ruling_list *list,
                               struct status *status, struct aula_error *err)
{
    enum aula_code code = status_read(status, list->election, err);

    return code == AULA_OK
               ? counting_find(status->set, list->rows, list->count, err)
               : code;
}

/* Without any row there is no file. */
enum aula_code ruling_list_keep(struct ruling_list *list,
                                const uint8_t office[static SIGN_SECRET_BYTES],
                                struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, list->election->folder, DESK_RULINGS,
                                   err);

    if (code != AULA_OK || list->count == 0) {
        return code != AULA_OK ? code : file_remove(path, err);
    }
    list->size = rulings_size(list->rows, list->count);
    list->bytes = malloc(list->size);
    if (list->bytes == NULL) {
        return no_memory(err);
    }
    code = rulings_make(list->bytes, &list->election->package, office,
                        list->rows, list->count, err);
    return code == AULA_OK
               ? file_write(path, list->bytes, list->size, 0644, err)
               : code;
}

/* ---- a record by its hash */

struct search {
    const uint8_t *hash;
    uint64_t seq;
    bool is_found;
};

static enum aula_code look_at(void *context,
                              const struct archive_record *record,
                              struct aula_error *err)
{
    struct search *search = context;

    (void)err;
    if (record->error == AULA_OK &&
        memcmp(record->hash, search->hash, HASH_BYTES) == 0) {
        search->seq = record->seq;
        search->is_found = true;
    }
    return AULA_OK;
}

enum aula_code ruling_list_find(uint64_t *seq,
                                const struct desk_election *election,
                                const uint8_t tid[static TERMINAL_ID_BYTES],
                                const uint8_t hash[static HASH_BYTES],
                                struct aula_error *err)
{
    struct search search = {.hash = hash};
    struct archive *archive = NULL;
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, election->folder, ARCHIVE_FILE, err);

    if (code == AULA_OK) {
        code = archive_open(&archive, path, election->package.hash,
                            ARCHIVE_READ, err);
    }
    if (archive == NULL) {
        return code;
    }
    code = archive_each_record(archive, tid, look_at, &search, err);
    archive_close(archive);
    if (code == AULA_OK && !search.is_found) {
        code = aula_fail(err, AULA_RULING_INVALID,
                         "%s: no record of this terminal has this hash", path);
    }
    if (code == AULA_OK) {
        *seq = search.seq;
    }
    return code;
}
