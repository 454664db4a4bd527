/* SPDX-License-Identifier: Apache-2.0 */
/* aula office result: combine the decryptions and say what came out.
 *
 * All of it follows from the board: made again it is the same to the byte, so a
 * run that was cut off is simply made once more. */
#include <stdlib.h>
#include <string.h>

#include "board_refusal.h"
#include "commands.h"
#include "file.h"
#include "office_call.h"
#include "result_report.h"

#define RESULT_FILE "result.bin"

static const struct option_form options[] = {
    OFFICE_CALL_OPTIONS, {"--json", NULL}, {NULL, NULL}};

static const char usage[] =
    "usage: aula office result BOARD [--json]\n"
    "\n"
    "Checks the whole board, combines the decryptions of the trustees, reads "
    "the\n"
    "ballots, and signs what came out as result.bin on the board. Run it once "
    "each\n"
    "contest has been decrypted by as many trustees as are needed. Another "
    "run\n"
    "makes the same file.\n"
    "\n"
    "  --office DIR            else the folder `office`\n"
    "  --election EID          where the office has more than one\n"
    "  --passphrase-file FILE  for scripts: the passphrase of the office\n"
    "\n"
    "Example:\n"
    "  aula office result board\n";

/* All that one run holds. */
struct run {
    struct office_call office;
    struct pool *pool;
    struct board *board;
};

static enum aula_code prepare(struct run *run, struct call *call,
                              struct aula_error *err)
{
    enum aula_code code = office_call_open(&run->office, call, err);

    if (code == AULA_OK) {
        code = pool_open(&run->pool, 0, err);
    }
    if (code == AULA_OK) {
        code = board_open(&run->board, call_operand(call, 0),
                          run->office.known.sign, run->pool, err);
    }
    if (run->board == NULL) {
        return code;
    }
    run->board->notes = call->notes;
    run->board->clock = call->clock;
    code = board_check_or_refuse(run->board, BOARD_DECRYPTIONS, call->notes,
                                 err);
    if (code == AULA_OK &&
        memcmp(run->board->package.hash, run->office.election->package.hash,
               HASH_BYTES) != 0) {
        code = aula_fail(err, AULA_WRONG_ELECTION,
                         "%.120s: of another election of this office",
                         run->board->folder);
    }
    return code;
}

/* Does another file of that name lie there? It is not replaced unseen: somebody
 * put it there, and has to take it away. */
static enum aula_code check_there(const struct board *board,
                                  const uint8_t *made, size_t size,
                                  struct aula_error *err)
{
    char path[PLACE_BYTES];
    uint8_t *there = NULL;
    size_t there_size = 0;
    enum aula_code code = place_in(path, board->folder, RESULT_FILE, err);

    if (code != AULA_OK || place_is_missing(board->folder, RESULT_FILE)) {
        return code;
    }
    code = file_read(&there, &there_size, path, size, err);
    if (code == AULA_TOO_LARGE ||
        (code == AULA_OK &&
         (there_size != size || memcmp(there, made, size) != 0))) {
        code = aula_fail(err, AULA_RESULT_MISMATCH,
                         "%.120s/" RESULT_FILE
                         ": another result is there; remove it first",
                         board->folder);
    }
    free(there);
    return code;
}

static enum aula_code sign(struct run *run, struct aula_error *err)
{
    const struct board *board = run->board;
    size_t size = outcome_size(&board->package, board->results);
    uint8_t *bytes = malloc(size);
    enum aula_code code;

    if (bytes == NULL) {
        return aula_fail(err, AULA_MEMORY, RESULT_FILE ": no memory");
    }
    outcome_make(bytes, &board->package, board->results,
                 run->office.desk->sign_secret);
    code = check_there(board, bytes, size, err);
    if (code == AULA_OK) {
        code = office_call_write(board->folder, RESULT_FILE, bytes, size, err);
    }
    free(bytes);
    return code;
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct run run = {.board = NULL};
    enum aula_code code = prepare(&run, call, err);

    if (code == AULA_OK) {
        office_call_report(call->output, &run.office);
        code = office_call_unlock(&run.office, call, false, err);
    }
    if (code == AULA_OK) {
        code = sign(&run, err);
    }
    if (code == AULA_OK) {
        output_text(call->output, "result", "result", RESULT_FILE);
        code = result_report(call->output, run.board, err);
    }
    if (code == AULA_OK) {
        output_say(call->output,
                   "Next: everybody can check it, from the package to the "
                   "result:\n"
                   "  aula verify %s --office-key KEY",
                   run.board->folder);
    }
    board_close(run.board);
    pool_close(run.pool);
    office_call_close(&run.office);
    return code;
}

const struct command command_office_result = {
    .words = "office result",
    .summary = "combine the decryptions and publish what came out",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = 1,
    .run = run,
};
