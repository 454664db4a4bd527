/* SPDX-License-Identifier: Apache-2.0 */
/* Step 3 of PROTOCOL.md section 14: what people saw. */
#include <stdlib.h>
#include <string.h>

#include "board_parts.h"

#define CONTENT "content/"
#define MANIFEST "content/manifest.bin"
#define ELECTION "election.json"

/* The file of a row. */
struct claim {
    enum aula_code code;
    struct aula_error found;
};

struct job {
    const struct board *board;
    struct claim *claims;
};

static void write_path(char path[static BOARD_OBJECT_BYTES],
                       const struct manifest_row *row)
{
    (void)snprintf(path, BOARD_OBJECT_BYTES, CONTENT "%.*s",
                   (int)row->path_size, row->path);
}

static void check_piece(void *arg, unsigned worker, size_t first, size_t end)
{
    struct job *job = arg;

    (void)worker;
    for (size_t i = first; i < end; i++) {
        const struct manifest_row *row = &job->board->manifest.rows[i];
        struct claim *claim = &job->claims[i];
        struct board_file file = {NULL, 0};
        char path[BOARD_OBJECT_BYTES];

        write_path(path, row);
        claim->code = board_file_read(&file, job->board->folder, path,
                                      MANIFEST_FILE_BYTES_MAX, &claim->found);
        if (claim->code == AULA_OK) {
            claim->code = manifest_check_file(row, file.bytes, file.size,
                                              &claim->found);
        }
        free(file.bytes);
    }
}

static enum aula_code check_files(struct board *board, struct aula_error *err)
{
    size_t count = board->manifest.count;
    struct job job = {board, calloc(count, sizeof *job.claims)};
    enum aula_code code = AULA_OK;

    if (job.claims == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    pool_run(board->pool, count, 1, check_piece, &job);
    for (size_t i = 0; i < count && code == AULA_OK; i++) {
        char path[BOARD_OBJECT_BYTES];

        write_path(path, &board->manifest.rows[i]);
        code = board_blame(board, job.claims[i].code, path, 0,
                           &job.claims[i].found, err);
    }
    free(job.claims);
    return code;
}

/* Is this folder above a file of the manifest? Rows ascend by path. */
static bool is_used(const struct manifest *manifest, const char *folder)
{
    size_t size = strlen(folder);
    size_t low = 0;
    size_t high = manifest->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct manifest_row *row = &manifest->rows[middle];
        size_t shared = row->path_size < size ? row->path_size : size;
        int order = memcmp(row->path, folder, shared);

        /* "a/" stands behind "a.b" and before "a0" */
        if (order == 0) {
            order = row->path_size <= size ? -1 : row->path[size] - '/';
        }
        if (order == 0) {
            return true;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return false;
}

/* The folder holds the files of the manifest and no other. */
static enum aula_code compare_names(const struct board *board,
                                    struct aula_error *found)
{
    const struct board_names *names = &board->inside->names;
    const struct manifest *manifest = &board->manifest;
    size_t first;
    size_t end;
    size_t met = 0;

    board_names_below(names, &first, &end, CONTENT);
    for (size_t i = first; i < end; i++) {
        const char *whole = board_names_path(names, i);
        const char *path = whole + strlen(CONTENT);

        if (strcmp(whole, MANIFEST) == 0) {
            continue;
        }
        if (names->items[i].is_folder
                ? !is_used(manifest, path)
                : manifest_find(manifest, path, strlen(path)) == NULL) {
            return aula_fail(found, AULA_BOARD_FILES,
                             "%s is not in the manifest", path);
        }
        met += !names->items[i].is_folder;
    }
    for (size_t i = 0; met < manifest->count && i < manifest->count; i++) {
        char path[BOARD_OBJECT_BYTES];

        write_path(path, &manifest->rows[i]);
        if (!board_names_has(names, path)) {
            return aula_fail(found, AULA_BOARD_FILES, "%s is missing",
                             path + strlen(CONTENT));
        }
    }
    return AULA_OK;
}

/* The rules of counting stand in there. That it can be read is no check of
 * section 14, which knows bytes only. */
static enum aula_code read_election(struct board *board, struct aula_error *err)
{
    const struct manifest_row *row = manifest_find(&board->manifest, ELECTION,
                                                   strlen(ELECTION));
    struct board_file file = {NULL, 0};
    enum aula_code code = board_file_read(&file, board->folder,
                                          CONTENT ELECTION, ELECTION_BYTES_MAX,
                                          err);

    if (file.bytes == NULL) {
        return code;
    }
    if (manifest_check_file(row, file.bytes, file.size, NULL) != AULA_OK) {
        code = aula_fail(err, AULA_IO,
                         CONTENT ELECTION ": changed while it was read");
        goto out;
    }
    code = election_open(&board->election, NULL, file.bytes, file.size, NULL);
    if (code == AULA_OK) {
        code = election_compare(&board->election, &board->package, NULL);
    }
    board->has_election = code == AULA_OK;
    code = code != AULA_MEMORY ? AULA_OK
                               : aula_fail(err, AULA_MEMORY, "no memory");
out:
    free(file.bytes);
    return code;
}

enum aula_code board_step_manifest(struct board *board, struct aula_error *err)
{
    size_t before = board->fault_count;
    struct aula_error found;
    enum aula_code code;

    if (!board_names_has(&board->inside->names, MANIFEST)) {
        return AULA_OK;
    }
    code = board_file_read(&board->manifest_file, board->folder, MANIFEST,
                           MANIFEST_BYTES_MAX, err);
    if (board->manifest_file.bytes == NULL) {
        return code;
    }
    code = manifest_open(&board->manifest, board->package.content_hash,
                         board->manifest_file.bytes, board->manifest_file.size,
                         &found);
    if (code != AULA_OK) {
        return board_blame(board, code, MANIFEST, 0, &found, err);
    }
    code = compare_names(board, &found);
    if (code != AULA_OK) {
        return board_blame(board, code, "content", 0, &found, err);
    }
    code = check_files(board, err);
    return code != AULA_OK || board->fault_count > before
               ? code
               : read_election(board, err);
}
