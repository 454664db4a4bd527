/* SPDX-License-Identifier: Apache-2.0 */
/* What the commands of a trustee at a board have in common: they check the
 * board before they do anything, say what everybody should look at, and ask for
 * the passphrase only once nothing else can be refused. */
#ifndef AULA_TRUSTEE_CALL_H
#define AULA_TRUSTEE_CALL_H

#include "board.h"
#include "command.h"
#include "trustee_seat.h"
#include "trustee_work.h"

/* Rows of the table of options. */
#define TRUSTEE_CALL_OPTIONS                                                   \
    {"--office-key", "HEX|FILE"}, {"--passphrase-file", "FILE"},               \
    {                                                                          \
        "--json", NULL                                                         \
    }

struct trustee_call {
    struct pool *pool;
    struct board *board;
    struct trustee_seat seat;
};

/** Check the board of operand 0, and find the trustee of operand 1.
 *
 *  Returns: AULA_OK
 *           AULA_BAD_FIELD  as wrong usage: --office-key is missing
 *           the code of a fault of the board: the message names its file and,
 *           where a trustee signed it, that trustee; the notes say how to go on
 *           codes of office_key_read, pool_open, board_open, trustee_seat_find
 *  Out:     trustee  to be closed whatever the result
 */
AULA_MUST_CHECK enum aula_code trustee_call_open(struct trustee_call *trustee,
                                                 struct call *call,
                                                 enum board_stage stage,
                                                 struct aula_error *err);
void trustee_call_close(struct trustee_call *trustee);

/** Say who this is, of which election, and what was left out of the count. */
void trustee_call_report(struct output *output,
                         const struct trustee_call *trustee);

/** The codes of closing, register and elsewhere list: not before a person was
 *  asked for the published ones. */
void trustee_call_report_codes(struct output *output,
                               const struct board *board);

/** Ask for the passphrase, and open the keys.
 *
 *  Returns: AULA_OK, a code of ask_passphrase or of trustee_seat_unlock
 */
AULA_MUST_CHECK enum aula_code trustee_call_unlock(struct trustee_call *trustee,
                                                   struct call *call,
                                                   bool with_share,
                                                   struct aula_error *err);

/* A step that a trustee takes contest by contest. */
struct trustee_step {
    const char *doing; /* for the bar */
    const char *key;   /* of the list of files in the object */
    bool with_share;
    bool (*is_due)(const struct trustee_call *trustee, const struct call *call,
                   size_t contest);
    enum aula_code (*work)(char name[static TRUSTEE_WORK_NAME_BYTES],
                           const struct board *board,
                           const struct trustee_seat *seat, size_t contest,
                           struct aula_error *err);
};

/** Take it in all contests where it is due, each of which is on the board when
 *  the next one begins; in none of them nothing is asked and nothing done.
 *
 *  Returns: AULA_OK, or a code of trustee_call_unlock or of the work
 *  Out:     done  how many it was
 */
AULA_MUST_CHECK enum aula_code
trustee_call_contests(size_t *done, struct trustee_call *trustee,
                      struct call *call, const struct trustee_step *step,
                      struct aula_error *err);

#endif
