/* SPDX-License-Identifier: Apache-2.0 */
/* Where each record of the board stands, and the ciphertexts read from there.
 * See board_parts.h and board_steps.h. */
#include <stdlib.h>
#include <string.h>

#include "board_steps.h"

enum { PAIR_BYTES = 64, AT_CIPHERTEXT = 152, GRAIN = 256 };

enum aula_code board_places_add(struct board *board,
                                const struct board_place *place,
                                struct aula_error *err)
{
    struct board_inside *inside = board->inside;

    if (inside->place_count == inside->place_room) {
        size_t room = inside->place_room + inside->place_room / 2 + 1024;
        struct board_place *grown = realloc(inside->places,
                                            room * sizeof *grown);

        if (grown == NULL) {
            return aula_fail(err, AULA_MEMORY, "no memory");
        }
        inside->places = grown;
        inside->place_room = room;
    }
    inside->places[inside->place_count++] = *place;
    return AULA_OK;
}

/* One counted record: where it stands, and its row of the list. */
struct fetch {
    const struct board_place *place;
    size_t row;
};

struct job {
    const struct board *board;
    const struct fetch *fetches;
    uint8_t *list;
    size_t row_size;
    atomic_size_t failed; /* the first of the fetches */
};

/* The places ascend by file and offset, so a file is opened once in a piece. */
static int compare(const void *left, const void *right)
{
    const struct board_place *a = ((const struct fetch *)left)->place;
    const struct board_place *b = ((const struct fetch *)right)->place;

    return a < b ? -1 : a > b;
}

static enum aula_code fetch_one(const struct job *job,
                                const struct board_pieces *pieces,
                                const struct fetch *fetch,
                                struct aula_error *err)
{
    uint8_t bytes[RECORD_BYTES_MAX];
    uint8_t hash[HASH_BYTES];
    const struct board_place *place = fetch->place;
    enum aula_code code = board_pieces_read(pieces, place->offset, bytes,
                                            place->size, err);

    if (code != AULA_OK) {
        return code;
    }
    record_hash(hash, bytes, place->size);
    if (memcmp(hash, place->hash, sizeof hash) != 0) {
        return aula_fail(err, AULA_IO, "%s: changed while it was read",
                         pieces->path);
    }
    memcpy(job->list + fetch->row * job->row_size, bytes + AT_CIPHERTEXT,
           job->row_size);
    return AULA_OK;
}

static enum aula_code fetch_some(const struct job *job, size_t first,
                                 size_t end, size_t *failed,
                                 struct aula_error *err)
{
    struct board_pieces pieces = {.file = -1};
    char path[PLACE_BYTES];
    enum aula_code code = AULA_OK;

    for (size_t i = first; i < end && code == AULA_OK; i++) {
        uint32_t name = job->fetches[i].place->name;

        *failed = i;
        if (i == first || name != job->fetches[i - 1].place->name) {
            board_pieces_close(&pieces);
            code = place_in(path, job->board->folder,
                            board_names_path(&job->board->inside->names, name),
                            err);
            if (code == AULA_OK) {
                code = board_pieces_open(&pieces, path, err);
            }
        }
        if (code == AULA_OK) {
            code = fetch_one(job, &pieces, &job->fetches[i], err);
        }
    }
    board_pieces_close(&pieces);
    return code;
}

static void fetch_piece(void *arg, unsigned worker, size_t first, size_t end)
{
    struct job *job = arg;
    size_t failed = first;

    (void)worker;
    if (fetch_some(job, first, end, &failed, NULL) != AULA_OK) {
        pool_note_first(&job->failed, failed);
    }
}

enum aula_code board_counted_list(uint8_t **list, const struct board *board,
                                  size_t contest, struct aula_error *err)
{
    const struct counting_contest *counted = &board->outcome->contests[contest];
    size_t width = plaintext_width(&board->package.contests[contest].rule);
    struct fetch *fetches = calloc(counted->counted + 1, sizeof *fetches);
    struct job job = {.board = board,
                      .fetches = fetches,
                      .row_size = PAIR_BYTES * width,
                      .failed = SIZE_MAX};
    enum aula_code code = AULA_OK;
    size_t failed;

    job.list = malloc(counted->counted * job.row_size + 1);
    if (fetches == NULL || job.list == NULL) {
        code = aula_fail(err, AULA_MEMORY, "no memory");
        goto out;
    }
    for (size_t i = 0; i < counted->counted; i++) {
        fetches[i].place = &board->inside->places[counted->ballots[i].place];
        fetches[i].row = i;
    }
    qsort(fetches, counted->counted, sizeof *fetches, compare);
    pool_run(board->pool, counted->counted, GRAIN, fetch_piece, &job);
    failed = atomic_load(&job.failed);
    if (failed != SIZE_MAX) { /* once more, for its message */
        code = fetch_some(&job, failed, failed + 1, &failed, err);
        if (code == AULA_OK) {
            code = aula_fail(err, AULA_IO, "%s: changed while it was read",
                             board->folder);
        }
    }
    if (code == AULA_OK) {
        *list = job.list;
        job.list = NULL;
    }
out:
    free(job.list);
    free(fetches);
    return code;
}
