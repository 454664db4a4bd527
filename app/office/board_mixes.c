/* SPDX-License-Identifier: Apache-2.0 */
/* Step 12 of PROTOCOL.md section 14: the mixes of a contest, one on the output
 * of the other. */
#include <stdlib.h>
#include <string.h>

#include "board_steps.h"
#include "mix.h"

enum { AT_TRUSTEE = 40 /* v in a mix file */, FOLDER_BYTES = 32 };

/* The last number that the mixes of a contest have, 0 where there is none.
 *
 *  Returns: false when they are not numbered 1, 2, ..
 */
static bool are_numbered(const struct board *board,
                         const char folder[static FOLDER_BYTES], size_t *count)
{
    const struct board_names *names = &board->inside->names;
    char prefix[FOLDER_BYTES + 1];
    char path[BOARD_OBJECT_BYTES];
    size_t first;
    size_t end;

    (void)snprintf(prefix, sizeof prefix, "%s/", folder);
    board_names_below(names, &first, &end, prefix);
    *count = end - first;
    for (size_t i = 1; i <= *count; i++) {
        (void)snprintf(path, sizeof path, "%s/%zu.mix", folder, i);
        if (!board_names_has(names, path)) {
            return false;
        }
    }
    return true;
}

/* What may be said against a mix only once its signature stands. */
static bool is_signed(enum aula_code code)
{
    return code == AULA_MIX_INPUT || code == AULA_POINT_INVALID ||
           code == AULA_POINT_IDENTITY || code == AULA_SCALAR_INVALID ||
           code == AULA_MIX_SMALL || code == AULA_MIX_PROOF;
}

/* E' becomes the list of the contest, in the memory of its file. */
static void keep_output(struct board_contest *contest, struct board_file *file)
{
    size_t size = (size_t)64 * contest->count * contest->width;
    uint8_t *shrunk;

    memmove(file->bytes, mix_output(file->bytes), size);
    shrunk = realloc(file->bytes, size);
    if (shrunk != NULL) {
        file->bytes = shrunk;
    }
    free(contest->list);
    contest->list = file->bytes;
    file->bytes = NULL;
}

static enum aula_code check_mix(struct board *board, size_t place,
                                const char *path, struct aula_error *err)
{
    const struct package *package = &board->package;
    struct board_contest *contest = &board->contests[place];
    struct mix_input input = {.package_hash = package->hash,
                              .key = package->key,
                              .contest = (uint16_t)place,
                              .position = (uint8_t)(contest->mix_count + 1),
                              .width = contest->width,
                              .count = contest->count,
                              .list = contest->list};
    struct board_file file = {NULL, 0};
    struct aula_error found;
    uint32_t used = 0;
    uint8_t trustee = 0;
    enum aula_code code =
        board_file_read(&file, board->folder, path,
                        mix_file_size(contest->count, contest->width), err);

    if (file.bytes == NULL) {
        return code;
    }
    for (size_t i = 0; i < contest->mix_count; i++) {
        used |= UINT32_C(1) << (contest->mixers[i] - 1);
    }
    code = mix_check(&trustee, board->pool, &input, package->trustee_keys,
                     package->trustee_count, used, file.bytes, file.size,
                     &found);
    if (code == AULA_OK) {
        contest->mixers[contest->mix_count++] = trustee;
        keep_output(contest, &file);
    }
    code = board_blame(board, code, path,
                       is_signed(code) ? file.bytes[AT_TRUSTEE] : 0, &found,
                       err);
    free(file.bytes);
    return code;
}

static enum aula_code check_form(const struct board *board, size_t place,
                                 const char folder[static FOLDER_BYTES],
                                 size_t *count, struct aula_error *found)
{
    const struct board_contest *contest = &board->contests[place];

    if (contest->count > MIX_COUNT_MAX ||
        (uint64_t)contest->count * contest->width > MIX_PAIRS_MAX) {
        return aula_fail(found, AULA_TOO_LARGE,
                         "%lu ballots are more than a mix may have",
                         (unsigned long)contest->count);
    }
    if (!are_numbered(board, folder, count)) {
        return aula_fail(found, AULA_BOARD_FILES,
                         "mixes are numbered 1, 2, ..");
    }
    return AULA_OK;
}

enum aula_code board_check_mixes(struct board *board, size_t place,
                                 bool *is_good, struct aula_error *err)
{
    struct board_contest *contest = &board->contests[place];
    size_t before = board->fault_count;
    char folder[FOLDER_BYTES];
    char path[BOARD_OBJECT_BYTES];
    struct aula_error found;
    size_t count = 0;
    enum aula_code code;

    (void)snprintf(folder, sizeof folder, "mix/%zu", place);
    code = check_form(board, place, folder, &count, &found);
    if (code == AULA_OK) {
        code = board_counted_list(&contest->list, board, place, err);
        for (size_t i = 1;
             i <= count && code == AULA_OK && board->fault_count == before;
             i++) {
            (void)snprintf(path, sizeof path, "%s/%zu.mix", folder, i);
            code = check_mix(board, place, path, err);
        }
        if (code != AULA_OK || board->fault_count > before) {
            free(contest->list);
            contest->list = NULL;
            return code;
        }
        if (board->inside->stage >= BOARD_MIXES &&
            contest->mix_count < board->package.threshold) {
            code = aula_fail(&found, AULA_MIX_TOO_FEW,
                             "%zu mixes, at least %d are needed",
                             contest->mix_count, (int)board->package.threshold);
        }
    }
    *is_good = code == AULA_OK;
    return board_blame(board, code, folder, 0, &found, err);
}
