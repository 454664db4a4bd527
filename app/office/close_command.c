/* SPDX-License-Identifier: Apache-2.0 */
/* aula office close: the records are frozen, signed and written as a board. */
#include "close.h"
#include "close_report.h"
#include "commands.h"
#include "office_call.h"

static const struct option_form options[] = {{"--content", "FILE"},
                                             {"--incomplete", NULL},
                                             OFFICE_CALL_OPTIONS,
                                             {"--json", NULL},
                                             {NULL, NULL}};

static const char usage[] =
    "usage: aula office close BOARD [--json]\n"
    "\n"
    "Freezes the election: computes from the archive what counts, signs the "
    "closing\n"
    "and writes the folder BOARD, which everyone may have. Shows before it "
    "asks for\n"
    "the passphrase what is missing, what is not counted and why.\n"
    "\n"
    "An office signs one closing. Another run writes the same board again; it "
    "refuses\n"
    "when records, rulings or lists are others. The tag key of the election "
    "is\n"
    "destroyed.\n"
    "\n"
    "  --content FILE          the .aula file, where the office has not kept "
    "it\n"
    "  --incomplete            also while findings are open: no trustee will "
    "approve\n"
    "  --office DIR            else the folder `office`\n"
    "  --election EID          where the office has more than one\n"
    "  --passphrase-file FILE  for scripts: the passphrase of the office\n"
    "\n"
    "Example:\n"
    "  aula office close board\n";

struct run {
    struct office_call office;
    struct close close;
};

/* The one closing that there will be is not spent on what no trustee's tool
 * approves (11.4). */
static enum aula_code check_open(const struct run *run, const struct call *call,
                                 struct aula_error *err)
{
    size_t count = run->close.status.outcome->open_count;

    return count == 0 || call_has(call, "--incomplete") || run->close.was_signed
               ? AULA_OK
               : aula_fail(err, AULA_STATE,
                           "%s: %zu findings are open: import what is missing, "
                           "or explain them (aula office ruling)",
                           run->office.election->folder, count);
}

static enum aula_code sign(struct run *run, struct call *call,
                           struct aula_error *err)
{
    enum aula_code code;

    if (run->close.was_signed) {
        return AULA_OK;
    }
    code = office_call_unlock(&run->office, call, false, err);
    return code == AULA_OK
               ? close_sign(&run->close, run->office.desk->sign_secret, err)
               : code;
}

static enum aula_code write_board(struct run *run, const struct call *call,
                                  struct aula_error *err)
{
    struct progress progress;
    enum aula_code code;

    progress_start(&progress, call->notes, &call->clock, "writing records");
    code = close_write(&run->close, call_operand(call, 0), &progress, err);
    progress_end(&progress);
    return code == AULA_OK ? close_forget(&run->close, err) : code;
}

static void put_advice(const struct run *run, const struct call *call)
{
    output_flag(call->output, "again", "the board of an earlier closing",
                run->close.was_signed);
    output_text(call->output, "board", "board", call_operand(call, 0));
    output_say(call->output,
               "Publish the board and, in an independent place such as a "
               "newspaper, the hash of\n"
               "closing.bin. The tag key is destroyed.\n"
               "Next, each trustee: aula trustee approve %s",
               call_operand(call, 0));
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct run run = {.close = {.file = {-1}}};
    enum aula_code code = close_check_place(call_operand(call, 0), err);

    if (code == AULA_OK) {
        code = office_call_open(&run.office, call, err);
    }
    if (code == AULA_OK) {
        code = close_open(&run.close, run.office.election,
                          call_text(call, "--content"), clock_now(&call->clock),
                          err);
    }
    if (code == AULA_OK) {
        office_call_report(call->output, &run.office);
        close_report_counted(call->output, &run.close);
        code = check_open(&run, call, err);
    }
    if (code == AULA_OK) {
        code = sign(&run, call, err);
    }
    if (code == AULA_OK) {
        code = write_board(&run, call, err);
    }
    if (code == AULA_OK) {
        close_report_hashes(call->output, &run.close);
        put_advice(&run, call);
    }
    close_end(&run.close);
    office_call_close(&run.office);
    return code;
}

const struct command command_office_close = {
    .words = "office close",
    .summary = "freeze: the signed closing, and the board",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = 1,
    .run = run,
};
