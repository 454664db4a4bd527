/* SPDX-License-Identifier: Apache-2.0 */
/* Step 13 of PROTOCOL.md section 14: the partial decryptions of a contest. */
#include <stdlib.h>
#include <string.h>

#include "board_steps.h"

enum { AT_TRUSTEE = 39 /* v in a decryption file */ };

/* What may be said against a decryption only once its signature stands. */
static bool is_signed(enum aula_code code)
{
    return code == AULA_DEC_INPUT || code == AULA_POINT_INVALID ||
           code == AULA_POINT_IDENTITY || code == AULA_SCALAR_INVALID ||
           code == AULA_DEC_PROOF;
}

static uint32_t used_trustees(const struct board_contest *contest)
{
    uint32_t used = 0;

    for (size_t i = 0; i < contest->part_count; i++) {
        used |= UINT32_C(1) << (contest->parts[i].trustee - 1);
    }
    return used;
}

static enum aula_code check_one(struct board *board, size_t place,
                                const char *path, struct aula_error *err)
{
    const struct package *package = &board->package;
    struct board_contest *contest = &board->contests[place];
    struct decrypt_input input = {.package_hash = package->hash,
                                  .contest = (uint16_t)place,
                                  .width = contest->width,
                                  .count = contest->count,
                                  .list = contest->list};
    struct board_file file = {NULL, 0};
    char wanted[BOARD_OBJECT_BYTES];
    struct aula_error found;
    uint8_t trustee = 0;
    enum aula_code code =
        board_file_read(&file, board->folder, path,
                        decrypt_file_size(contest->count, contest->width), err);

    if (file.bytes == NULL) {
        return code;
    }
    code = decrypt_check(&trustee, board->pool, &input, package->trustee_keys,
                         package->shares, package->trustee_count,
                         used_trustees(contest), file.bytes, file.size, &found);
    (void)snprintf(wanted, sizeof wanted, "decrypt/%zu/%d.dec", place,
                   (int)trustee);
    if (code == AULA_OK && strcmp(path, wanted) != 0) {
        code = aula_fail(&found, AULA_BOARD_FILES, "it is of trustee %d",
                         (int)trustee);
    }
    if (code == AULA_OK) {
        contest->part_files[contest->part_count] = file;
        contest->parts[contest->part_count++] =
            (struct decrypt_part){trustee, decrypt_points(file.bytes)};
        return AULA_OK;
    }
    code = board_blame(board, code, path,
                       is_signed(code) ? file.bytes[AT_TRUSTEE] : 0, &found,
                       err);
    free(file.bytes);
    return code;
}

enum aula_code board_check_decryptions(struct board *board, size_t place,
                                       bool *is_good, struct aula_error *err)
{
    struct board_contest *contest = &board->contests[place];
    size_t before = board->fault_count;
    char folder[BOARD_OBJECT_BYTES];
    const char **paths = NULL;
    size_t count = 0;
    struct aula_error found;
    enum aula_code code;

    (void)snprintf(folder, sizeof folder, "decrypt/%zu/", place);
    code = board_numbered(&paths, &count, board, folder, err);
    for (size_t i = 0; i < count && code == AULA_OK; i++) {
        code = check_one(board, place, paths[i], err);
    }
    free(paths);
    if (code != AULA_OK || board->fault_count > before) {
        return code;
    }
    if (board->inside->stage >= BOARD_DECRYPTIONS &&
        contest->part_count < board->package.threshold) {
        code = aula_fail(&found, AULA_DEC_TOO_FEW,
                         "%zu decryptions, at least %d are needed",
                         contest->part_count, (int)board->package.threshold);
    }
    *is_good = code == AULA_OK;
    folder[strlen(folder) - 1] = '\0';
    return board_blame(board, code, folder, 0, &found, err);
}
