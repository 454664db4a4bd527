/* SPDX-License-Identifier: Apache-2.0 */
/* aula office import: batches, sticks and archives into the archive. */
#include <sodium.h>
#include <string.h>

#include "blame.h"
#include "commands.h"
#include "import.h"
#include "import_find.h"
#include "import_report.h"
#include "office_call.h"

enum { OPERANDS_MAX = 4096 };

static const struct option_form options[] = {
    OFFICE_CALL_OPTIONS, {"--json", NULL}, {NULL, NULL}};

static const char usage[] =
    "usage: aula office import PATH... [--json]\n"
    "\n"
    "Takes what terminals exported into the office's archive. A PATH is a "
    "batch, a\n"
    "folder such as a stick, of which the batches are taken, or the "
    "archive.db of\n"
    "another office of the same election. In any order and any number of "
    "times: what\n"
    "is there already stays as it is. Cut off, start it again.\n"
    "\n"
    "A file that is refused changes nothing; the others are imported all the "
    "same.\n"
    "A record that fails its check is kept apart and named.\n"
    "\n"
    "  --office DIR            else the folder `office`\n"
    "  --election EID          where the office has more than one\n"
    "  --passphrase-file FILE  for scripts: the passphrase of the office\n"
    "\n"
    "Exit status: 0 all were imported, 1 a file was refused.\n"
    "\n"
    "Example:\n"
    "  aula office import /media/stick\n";

struct run {
    struct office_call office;
    struct import_paths paths;
    struct import *import;
    struct import_results results;
};

/* A path that stands for nothing is one refusal; the others go on. */
static enum aula_code find(struct run *run, struct call *call,
                           struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    for (size_t i = 0; i < call->options.operand_count; i++) {
        struct import_report report = {.refused = AULA_OK};
        struct aula_error why = {.code = AULA_OK};

        code = import_find(&run->paths, call_operand(call, i), &why);
        if (code == AULA_MEMORY) {
            return aula_fail(err, code, "%s", why.message);
        }
        if (code != AULA_OK) {
            report.refused = code;
            memcpy(report.reason, why.message, sizeof report.reason);
            import_results_add(&run->results, NULL, &report);
        }
    }
    return AULA_OK;
}

static enum aula_code import_all(struct run *run, struct call *call,
                                 struct aula_error *err)
{
    struct progress progress;
    uint64_t done = 0;
    enum aula_code code = AULA_OK;

    progress_start(&progress, call->notes, &call->clock, "importing");
    for (size_t i = 0; i < run->paths.count && code == AULA_OK; i++) {
        const struct import_path *path = &run->paths.items[i];
        struct import_report report;

        import_show(run->import, &progress, done, run->paths.bytes);
        code = import_file(run->import, &report, path->path, err);
        if (code == AULA_OK) {
            progress_clear(&progress);
            import_results_add(&run->results, path->path, &report);
            done += path->bytes;
        }
    }
    progress_end(&progress);
    return code;
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct run run = {.results = import_results_start(call)};
    enum aula_code code = office_call_open(&run.office, call, err);

    if (code == AULA_OK) {
        office_call_report(call->output, &run.office);
        code = find(&run, call, err);
    }
    if (code == AULA_OK && run.paths.count > 0) {
        code = office_call_unlock_batches(&run.office, call, err);
    }
    if (code == AULA_OK && run.paths.count > 0) {
        code = import_open(&run.import, run.office.election, run.office.desk,
                           &call->clock, 0, err);
    }
    if (code == AULA_OK) {
        code = import_all(&run, call, err);
    }
    if (code == AULA_OK) {
        import_results_end(&run.results);
    }
    import_results_close(&run.results);
    import_close(run.import);
    import_paths_close(&run.paths);
    office_call_close(&run.office);
    return code;
}

const struct command command_office_import = {
    .words = "office import",
    .summary = "batches, sticks and archives into the archive",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = OPERANDS_MAX,
    .run = run,
};
