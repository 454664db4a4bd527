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
#include "result_council.h"
#include "result_report.h"

#define RESULT_FILE "result.bin"

static const struct option_form options[] = {
    OFFICE_CALL_OPTIONS, {"--council", "FILE"}, {"--json", NULL}, {NULL, NULL}};

static const char usage[] =
    "usage: aula office result BOARD [--council FILE] [--json]\n"
    "\n"
    "Checks the whole board, combines the decryptions of the trustees, signs "
    "what\n"
    "came out as result.bin, counts by the rule of the election, and writes "
    "beside it\n"
    "result.json, report.html, protocol.html for signature, ballots-N.pb, the "
    "files\n"
    "for the map, and index.html, where residents look their ballot code up. "
    "Run it\n"
    "once each contest has been decrypted by as many trustees as are needed, "
    "and\n"
    "again whenever something came to the board: result.bin stays the same.\n"
    "\n"
    "  --council FILE          what the expert council decided: it stands "
    "beside the\n"
    "                          result on all pages and never changes it\n"
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

/* All pages, made of what the board says now. */
static enum aula_code publish(struct run *run, struct call *call,
                              struct aula_error *err)
{
    const char *council = call_text(call, "--council");
    struct pages *pages = NULL;
    enum aula_code code = AULA_OK;

    if (run->board->has_election || council != NULL) {
        code = result_council_pages(&pages, run->board, council, call->notes,
                                    err);
    }
    if (code == AULA_OK && pages != NULL) {
        code = pages_write(pages, err);
    }
    if (code == AULA_OK) {
        result_report(call->output, run->board,
                      pages == NULL ? NULL : pages_facts(pages));
    }
    pages_close(pages);
    return code;
}

static void say_next(struct output *output, const struct board *board)
{
    output_text(output, "result", "result", RESULT_FILE);
    if (board->has_election) {
        output_text(output, "report", "report", "report.html");
    }
    output_say(output,
               "Next: everybody can check it, from the package to the "
               "winners:\n"
               "  aula verify %s --office-key KEY",
               board->folder);
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
        code = publish(&run, call, err);
    }
    if (code == AULA_OK) {
        say_next(call->output, run.board);
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
