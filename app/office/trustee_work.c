/* SPDX-License-Identifier: Apache-2.0 */
/* See trustee_work.h: what there is to do, and the approval. */
#include "trustee_work.h"

#include <stdio.h>

#include "approval.h"
#include "trustee_work_parts.h"

static bool is_counted(const struct board *board, size_t contest)
{
    return board->outcome->contests[contest].status == COUNTING_COUNTED;
}

bool trustee_work_approved(const struct board *board,
                           const struct trustee_seat *seat)
{
    return ((board->approvals >> (seat->index - 1)) & 1U) != 0;
}

/* A mix on top of one that was decrypted would make that decryption worthless.
 * Whether it is a good one does not matter here. */
static bool is_decrypted(const struct board *board, size_t contest)
{
    char name[TRUSTEE_WORK_NAME_BYTES];

    (void)snprintf(name, sizeof name, "decrypt/%zu", contest);
    return !place_is_missing(board->folder, name);
}

bool trustee_work_mixes(const struct board *board,
                        const struct trustee_seat *seat, size_t contest,
                        bool more)
{
    const struct board_contest *row = &board->contests[contest];

    if (!is_counted(board, contest) || is_decrypted(board, contest) ||
        (row->mix_count >= board->package.threshold && !more)) {
        return false;
    }
    for (size_t i = 0; i < row->mix_count; i++) {
        if (row->mixers[i] == seat->index) {
            return false;
        }
    }
    return true;
}

bool trustee_work_decrypts(const struct board *board,
                           const struct trustee_seat *seat, size_t contest)
{
    const struct board_contest *row = &board->contests[contest];

    for (size_t i = 0; i < row->part_count; i++) {
        if (row->parts[i].trustee == seat->index) {
            return false;
        }
    }
    return is_counted(board, contest);
}

enum aula_code trustee_work_may_approve(const struct board *board, uint64_t now,
                                        struct aula_error *err)
{
    if (board->outcome->open_count > 0) {
        return aula_fail(err, AULA_STATE,
                         "%.100s: %zu findings are open; the office has to "
                         "find what is missing, or to rule",
                         board->folder, board->outcome->open_count);
    }
    if (now <= board->package.closes) {
        return aula_fail(err, AULA_CLOSING_EARLY,
                         "by the clock of this machine the voting is not over; "
                         "set it right");
    }
    return AULA_OK;
}

enum aula_code trustee_work_approve(char name[static TRUSTEE_WORK_NAME_BYTES],
                                    const struct board *board,
                                    const struct trustee_seat *seat,
                                    uint64_t now, struct aula_error *err)
{
    uint8_t file[APPROVAL_BYTES];
    enum aula_code code = trustee_work_may_approve(board, now, err);

    if (code == AULA_OK) {
        code = trustee_work_enter(board, seat, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    approval_make(file, &board->package, seat->index, board->closing_hash,
                  seat->sign_secret);
    (void)snprintf(name, TRUSTEE_WORK_NAME_BYTES, "approve/%d.app",
                   (int)seat->index);
    return trustee_work_put(board, name, file, sizeof file, err);
}
