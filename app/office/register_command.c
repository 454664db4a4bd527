/* SPDX-License-Identifier: Apache-2.0 */
/* aula office register: the public list of terminals. */
#include <stdlib.h>
#include <string.h>

#include "blame.h"
#include "code.h"
#include "commands.h"
#include "file.h"
#include "moment.h"
#include "office_call.h"

static const struct option_form options[] = {
    {"--late", NULL}, OFFICE_CALL_OPTIONS, {"--json", NULL}, {NULL, NULL}};

static const char usage[] =
    "usage: aula office register OUT [--late] [--json]\n"
    "\n"
    "Writes register.bin, the signed list of all terminals that were certified "
    "so\n"
    "far, into the folder OUT. Publish the file, and its hash in an "
    "independent\n"
    "place, before the voting opens. It is made once: another run hands the "
    "same\n"
    "file out again.\n"
    "\n"
    "  --late                  register-late.bin: the terminals that were "
    "certified\n"
    "                          after register.bin was made\n"
    "  --office DIR            else the folder `office`\n"
    "  --election EID          where the office has more than one\n"
    "  --passphrase-file FILE  for scripts: the passphrase of the office\n"
    "\n"
    "Example:\n"
    "  aula office register board\n";

static const char *const names[2] = {"register.bin", "register-late.bin"};

/* All that one run holds. */
struct run {
    struct office_call office;
    bool is_late;
    struct desk_registers there;
    struct desk_terminals terminals;
    uint8_t (*tids)[TERMINAL_ID_BYTES]; /* those to be listed */
    size_t count;
    size_t other_count; /* terminals that stand in no register yet */
    uint8_t *bytes;     /* the file; NULL before it is there */
    size_t size;
};

static bool is_in(const struct desk_registers *registers, size_t which,
                  const uint8_t *tid)
{
    return registers->bytes[which] != NULL &&
           register_has(&registers->lists[which], tid);
}

/* The first register names all terminals, the late one those that it lacks. */
static enum aula_code list_terminals(struct run *run, struct aula_error *err)
{
    run->tids = calloc(run->terminals.count + 1, sizeof *run->tids);
    if (run->tids == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    for (size_t i = 0; i < run->terminals.count; i++) {
        const uint8_t *tid = run->terminals.items[i].tid;
        bool is_first = is_in(&run->there, 0, tid);

        run->other_count += !is_first && !is_in(&run->there, 1, tid);
        if (!(run->is_late && is_first)) {
            memcpy(run->tids[run->count++], tid, TERMINAL_ID_BYTES);
        }
    }
    return AULA_OK;
}

static enum aula_code prepare(struct run *run, const struct call *call,
                              struct aula_error *err)
{
    enum aula_code code = office_call_open(&run->office, call, err);

    if (code == AULA_OK) {
        code = desk_election_registers(&run->there, run->office.election, err);
    }
    if (code == AULA_OK) {
        code = desk_election_terminals(&run->terminals, run->office.election,
                                       err);
    }
    if (code == AULA_OK && run->is_late && run->there.bytes[0] == NULL) {
        code = aula_fail(err, AULA_STATE,
                         "no register.bin yet: without --late it lists all "
                         "terminals");
        return blame_file(err, code, run->office.election->folder);
    }
    return code != AULA_OK ? code : list_terminals(run, err);
}

/* What was published stands: the first as it is, the late one as long as there
 * is nobody who would have to be added. */
static bool is_settled(const struct run *run)
{
    return run->there.bytes[run->is_late] != NULL &&
           (!run->is_late || run->other_count == 0);
}

static enum aula_code make(struct run *run, struct call *call,
                           struct aula_error *err)
{
    const struct desk_election *election = run->office.election;
    enum aula_code code;

    if (run->count == 0) {
        code = aula_fail(err, AULA_STATE, "%s",
                         run->is_late ? "register.bin names all terminals"
                                      : "no terminal was certified yet");
        return blame_file(err, code, election->folder);
    }
    code = office_call_unlock(&run->office, call, false, err);
    if (code != AULA_OK) {
        return code;
    }
    run->size = REGISTER_BYTES(run->count);
    run->bytes = malloc(run->size);
    if (run->bytes == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    code = register_make(run->bytes, &election->package,
                         run->office.desk->sign_secret, clock_now(&call->clock),
                         run->tids, run->count, err);
    if (code == AULA_OK) {
        code = desk_election_keep_register(election, run->is_late, run->bytes,
                                           run->size, err);
    }
    run->other_count = 0;
    return code;
}

static enum aula_code take(struct run *run, struct aula_error *err)
{
    run->size = run->there.sizes[run->is_late];
    run->bytes = malloc(run->size);
    if (run->bytes == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    memcpy(run->bytes, run->there.bytes[run->is_late], run->size);
    return AULA_OK;
}

/* Another register.bin in the folder is never replaced; a late one grows. */
static enum aula_code write_file(const struct run *run, const char *folder,
                                 struct aula_error *err)
{
    char path[PLACE_BYTES];
    uint8_t *there = NULL;
    size_t size = 0;
    enum aula_code code = place_in(path, folder, names[run->is_late], err);

    if (code != AULA_OK || run->is_late ||
        place_is_missing(folder, names[run->is_late])) {
        return code != AULA_OK ? code
                               : office_call_write(folder, names[run->is_late],
                                                   run->bytes, run->size, err);
    }
    code = file_read(&there, &size, path, REGISTER_BYTES_MAX, err);
    if (code == AULA_OK &&
        (size != run->size || memcmp(there, run->bytes, size) != 0)) {
        code = aula_fail(err, AULA_STATE, "another register is there");
        code = blame_file(err, code, path);
    }
    free(there);
    return code;
}

static void put_advice(struct output *output, const struct run *run,
                       uint64_t time)
{
    const struct package *package = &run->office.election->package;
    char opens[MOMENT_BYTES];

    moment_write(opens, package->opens, 0);
    output_number(output, "opens", "voting opens, unix s", package->opens);
    output_flag(output, "in_time", "made before that", time <= package->opens);
    output_number(output, "unlisted", "terminals in no list", run->other_count);
    output_say(output,
               "Publish the file and, in an independent place such as a "
               "newspaper, its hash%s%s.",
               run->is_late ? "" : ", before ", run->is_late ? "" : opens);
    if (!run->is_late && time > package->opens) {
        output_say(output, "That moment has passed: whoever verifies the "
                           "election is told so (LATE_REGISTER).");
    }
    if (run->is_late) {
        output_say(output, "Each terminal in it is shown to whoever verifies "
                           "the election (LATE_TERMINAL).");
    }
    if (run->other_count > 0) {
        output_say(output, "Terminals came later: list them with --late.");
    }
}

static enum aula_code report(const struct run *run, struct output *output,
                             struct aula_error *err)
{
    struct terminals_register list;
    uint8_t hash[HASH_BYTES];
    char code[CODE_TEXT_BYTES];
    enum aula_code result =
        register_check(&list, &run->office.election->package,
                       run->is_late ? &run->there.lists[0] : NULL, run->bytes,
                       run->size, err);

    if (result != AULA_OK) {
        return result;
    }
    register_hash(hash, run->bytes, run->size);
    code_write(code, hash);
    office_call_report(output, &run->office);
    output_text(output, "register", "register", names[run->is_late]);
    output_number(output, "terminals", "terminals", list.count);
    output_hex(output, "hash", "hash", hash, sizeof hash);
    output_text(output, "code", "its code", code);
    put_advice(output, run, list.time);
    return AULA_OK;
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct run run = {.is_late = call_has(call, "--late")};
    enum aula_code code = prepare(&run, call, err);

    if (code == AULA_OK) {
        code = is_settled(&run) ? take(&run, err) : make(&run, call, err);
    }
    if (code == AULA_OK) {
        code = write_file(&run, call_operand(call, 0), err);
    }
    if (code == AULA_OK) {
        code = report(&run, call->output, err);
    }
    free(run.bytes);
    free(run.tids);
    desk_terminals_close(&run.terminals);
    desk_registers_close(&run.there);
    office_call_close(&run.office);
    return code;
}

const struct command command_office_register = {
    .words = "office register",
    .summary = "the public list of terminals",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = 1,
    .run = run,
};
