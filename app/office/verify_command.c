/* SPDX-License-Identifier: Apache-2.0 */
/* aula verify: everything, by anyone. */
#include <string.h>

#include "commands.h"
#include "office_key.h"
#include "verify.h"
#include "verify_code.h"

static const struct option_form options[] = {{"--office-key", "KEY"},
                                             {"--code", "CODE"},
                                             {"--json", NULL},
                                             {NULL, NULL}};

static const char usage[] =
    "usage: aula verify BOARD --office-key KEY [--json]\n"
    "       aula verify BOARD --code CODE [--office-key KEY] [--json]\n"
    "\n"
    "Checks the public record of an election, from the package to the result,\n"
    "and needs no secret. Prints the verdict, what to do next, the hashes to\n"
    "compare with the published ones, and everything that is odd or excluded.\n"
    "\n"
    "  --office-key KEY  the public key of the office as you know it, not "
    "from\n"
    "                    the board: 64 hexadecimal digits, or the file "
    "office.txt\n"
    "  --code CODE       is this ballot in the record? The code that the "
    "terminal\n"
    "                    showed, as typed or as its QR picture says; checks "
    "the\n"
    "                    board as far as the closing\n"
    "  --json            one line for programs\n"
    "\n"
    "Exit status: 0 VALID, 3 INCOMPLETE, 1 INVALID or not to be read, 2 wrong\n"
    "usage; with --code 0 when the ballot is there, 1 when not.\n"
    "\n"
    "Example:\n"
    "  aula verify board --office-key office.txt\n";

enum verify_verdict verify_verdict(const struct board *board)
{
    if (board->fault_count > 0) {
        return VERIFY_INVALID;
    }
    return board->outcome->open_count > 0 ? VERIFY_INCOMPLETE : VERIFY_VALID;
}

const char *verify_verdict_name(enum verify_verdict verdict)
{
    switch (verdict) {
    case VERIFY_VALID:
        return "VALID";
    case VERIFY_INCOMPLETE:
        return "INCOMPLETE";
    case VERIFY_INVALID:
        return "INVALID";
    }
    return "?";
}

static int verdict_status(enum verify_verdict verdict)
{
    switch (verdict) {
    case VERIFY_VALID:
        return EXIT_DONE;
    case VERIFY_INCOMPLETE:
        return VERIFY_EXIT_INCOMPLETE;
    case VERIFY_INVALID:
        return VERIFY_EXIT_INVALID;
    }
    return VERIFY_EXIT_INVALID;
}

static enum aula_code check_all(struct call *call, struct board *board,
                                struct aula_error *err)
{
    struct aula_error first;
    enum aula_code code = board_check(board, BOARD_RESULT, &first);

    if (board_is_failure(code)) {
        return aula_fail(err, code, "%s", first.message);
    }
    if (code != AULA_OK) {
        (void)fprintf(call->notes, "aula: %s\n", first.message);
    }
    call->status = verdict_status(verify_verdict(board));
    if (output_is_json(call->output)) {
        verify_put_json(call->output, board);
        return AULA_OK;
    }
    return verify_put_report(call->output, board, err);
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    const char *key_text = call_text(call, "--office-key");
    const char *text = call_text(call, "--code");
    uint8_t key[SIGN_PUBLIC_BYTES];
    struct board *board = NULL;
    struct pool *pool = NULL;
    struct verify_code wanted;
    enum aula_code code = AULA_OK;

    if (key_text == NULL && text == NULL) {
        return call_usage(call, err,
                          "--office-key is missing: without it the board could "
                          "be anybody's");
    }
    if (text != NULL) {
        code = verify_code_read(&wanted, text, err);
    }
    if (code == AULA_OK && key_text != NULL) {
        code = office_key_read(key, key_text, err);
    }
    if (code == AULA_OK) {
        code = pool_open(&pool, 0, err);
    }
    if (code == AULA_OK) {
        code = board_open(&board, call_operand(call, 0),
                          key_text != NULL ? key : NULL, pool, err);
    }
    if (board != NULL) {
        board->notes = call->notes;
        board->clock = call->clock;
        code = text != NULL ? verify_code_run(call, board, &wanted,
                                              key_text != NULL, err)
                            : check_all(call, board, err);
    }
    board_close(board);
    pool_close(pool);
    return code;
}

const struct command command_verify = {
    .words = "verify",
    .summary = "is this board what it says? everything, by anyone",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = 1,
    .run = run,
};
