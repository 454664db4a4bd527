/* SPDX-License-Identifier: Apache-2.0 */
/* aula tally: any Pabulib file under any rule. */
#include <stdlib.h>
#include <string.h>

#include "blame.h"
#include "commands.h"
#include "file.h"
#include "rule_pabulib.h"
#include "tally_report.h"

static const struct option_form options[] = {{"--rule", "RULE"},
                                             {"--ties", "ORDER"},
                                             {"--lot", "IDS"},
                                             {"--minimum-votes", "N"},
                                             {"--incompatible", "IDS"},
                                             {"--json", NULL},
                                             {NULL, NULL}};

static const char usage[] =
    "usage: aula tally FILE.pb --rule RULE [--ties ORDER] [OPTION...]\n"
    "\n"
    "Counts the ballots of a Pabulib file, exactly, and prints one JSON "
    "object: "
    "\n"
    "who is selected, in that order, why others are not, and every tie met, "
    "its\n"
    "projects in the order in which they were preferred.\n"
    "\n"
    "  --rule RULE          greedy_votes, greedy_points, greedy_rank_points, "
    "each\n"
    "                       also _per_cost; mes_cost, mes_card, mes_points,\n"
    "                       mes_points_cost, mes_rank_points,\n"
    "                       mes_rank_points_cost, each also with "
    "_add<N>[e][u]\n"
    "                       and with _integral behind it\n"
    "  --ties ORDER         id (the default), cheaper, votes, or lot\n"
    "  --lot IDS            with --ties lot: all ids as they were drawn, with\n"
    "                       commas between\n"
    "  --minimum-votes N    who has fewer is not funded\n"
    "  --incompatible IDS   of these at most one is funded; may stand again\n"
    "\n"
    "Example:\n"
    "  aula tally poland_warszawa_2019.pb --rule mes_cost_add1eu --ties "
    "votes\n";

/* One run; all of it is closed at the end. */
struct work {
    const char *path;
    struct rule rule;
    struct pabulib file;
    struct rule_source source;
    struct rule_outcome outcome;
    enum election_ties ties;
    uint16_t *lot;
    struct election_group *groups;
    size_t group_count;
    struct pool *pool;
};

/* In the order of enum election_ties. */
static const char *const tally_ties[] = {"id", "cheaper", "votes", "lot"};

enum { TIES = sizeof tally_ties / sizeof *tally_ties };

/* ---- what was typed */

static enum aula_code read_ties(struct work *work, struct call *call,
                                struct aula_error *err)
{
    const char *name = call_text(call, "--ties");
    bool is_lot = false;
    size_t i = 0;

    while (name != NULL && i < TIES && strcmp(name, tally_ties[i]) != 0) {
        i++;
    }
    if (i == TIES) {
        return call_usage(call, err, "--ties takes id, cheaper, votes or lot");
    }
    work->ties = (enum election_ties)i;
    is_lot = work->ties == ELECTION_TIES_LOT;
    return is_lot == call_has(call, "--lot")
               ? AULA_OK
               : call_usage(call, err, "--ties lot and --lot go together");
}

static enum aula_code read_call(struct work *work, struct call *call,
                                struct aula_error *err)
{
    const char *name = call_text(call, "--rule");

    work->path = call_operand(call, 0);
    if (name == NULL) {
        return call_usage(call, err, "--rule is missing");
    }
    if (options_count(&call->options, "--rule") > 1) {
        return call_usage(call, err, "--rule %s: one rule at a time", name);
    }
    if (!rule_read(&work->rule, name)) {
        return call_usage(call, err, "--rule %s: there is no such rule", name);
    }
    return read_ties(work, call, err);
}

static enum aula_code read_file(struct work *work, struct aula_error *err)
{
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code = file_read(&bytes, &size, work->path,
                                    PABULIB_BYTES_MAX, err);

    if (bytes == NULL) {
        return code;
    }
    code = pabulib_open(&work->file, bytes, size, err);
    free(bytes);
    if (code == AULA_OK) {
        code = rule_source_open(&work->source, &work->rule, &work->file, err);
    }
    return blame_file(err, code, work->path);
}

/* ---- lists of ids */

static size_t place_of(const struct pabulib *file, const char *id, size_t size)
{
    size_t i = 0;

    while (i < file->project_count &&
           (file->projects[i].id.size != size ||
            memcmp(file->projects[i].id.text, id, size) != 0)) {
        i++;
    }
    return i;
}

static bool has(const uint16_t *places, size_t count, size_t place)
{
    for (size_t i = 0; i < count; i++) {
        if (places[i] == place) {
            return true;
        }
    }
    return false;
}

/* The projects of a list, each once; free(*places). */
static enum aula_code read_ids(uint16_t **places, size_t *count,
                               const struct pabulib *file, struct call *call,
                               const char *option, const char *text,
                               struct aula_error *err)
{
    uint16_t *list = calloc(file->project_count + 1, sizeof *list);

    *places = list;
    *count = 0;
    if (list == NULL) {
        return aula_fail(err, AULA_MEMORY, "out of memory");
    }
    while (text != NULL) {
        const char *comma = strchr(text, ',');
        size_t size = comma != NULL ? (size_t)(comma - text) : strlen(text);
        size_t place = place_of(file, text, size);

        if (place == file->project_count || has(list, *count, place)) {
            return call_usage(call, err, "%s: id %zu is no project, or again",
                              option, *count + 1);
        }
        list[(*count)++] = (uint16_t)place;
        text = comma != NULL ? comma + 1 : NULL;
    }
    return AULA_OK;
}

static enum aula_code read_lot(struct work *work, struct call *call,
                               struct aula_error *err)
{
    size_t count = 0;
    enum aula_code code = AULA_OK;

    if (work->ties != ELECTION_TIES_LOT) {
        return AULA_OK;
    }
    code = read_ids(&work->lot, &count, &work->file, call, "--lot",
                    call_text(call, "--lot"), err);
    if (code == AULA_OK && count != work->file.project_count) {
        code = call_usage(call, err, "--lot: expected all %zu projects",
                          work->file.project_count);
    }
    return code;
}

static enum aula_code read_groups(struct work *work, struct call *call,
                                  struct aula_error *err)
{
    size_t given = options_count(&call->options, "--incompatible");

    work->groups = calloc(given + 1, sizeof *work->groups);
    if (work->groups == NULL) {
        return aula_fail(err, AULA_MEMORY, "out of memory");
    }
    for (size_t i = 0; i < given; i++) {
        struct election_group *group = &work->groups[work->group_count++];
        enum aula_code code =
            read_ids(&group->proposals, &group->count, &work->file, call,
                     "--incompatible",
                     options_value(&call->options, "--incompatible", i), err);

        if (code != AULA_OK) {
            return code;
        }
    }
    return AULA_OK;
}

static enum aula_code count(struct work *work, struct call *call,
                            struct aula_error *err)
{
    struct rule_contest *contest = &work->source.contest;
    uint64_t minimum = 0;
    enum aula_code code = call_number(call, "--minimum-votes", &minimum, 0,
                                      UINT32_MAX, err);

    if (code == AULA_OK) {
        code = read_lot(work, call, err);
    }
    if (code == AULA_OK) {
        code = read_groups(work, call, err);
    }
    if (code == AULA_OK && work->rule.add > 0) {
        code = pool_open(&work->pool, 0, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    contest->minimum_votes = (uint32_t)minimum;
    contest->ties = work->ties;
    contest->lot = work->lot;
    contest->incompatible = work->groups;
    contest->incompatible_count = work->group_count;
    code = rule_count(&work->outcome, &work->rule, contest, work->pool, err);
    return blame_file(err, code, work->path);
}

/* ---- all of it */

static void close_work(struct work *work)
{
    pool_close(work->pool);
    for (size_t i = 0; i < work->group_count; i++) {
        free(work->groups[i].proposals);
    }
    free(work->groups);
    free(work->lot);
    rule_outcome_close(&work->outcome);
    rule_source_close(&work->source);
    pabulib_close(&work->file);
}

static enum aula_code run(struct call *call, struct aula_error *err)
{
    struct work work = {.path = NULL};
    enum aula_code code = read_call(&work, call, err);

    if (code == AULA_OK) {
        code = read_file(&work, err);
    }
    if (code == AULA_OK) {
        code = count(&work, call, err);
    }
    if (code == AULA_OK) {
        const struct tally_view view = {.name = call_text(call, "--rule"),
                                        .rule = &work.rule,
                                        .file = &work.file,
                                        .outcome = &work.outcome,
                                        .ties = tally_ties[work.ties]};

        tally_report(call->output, &view);
    }
    close_work(&work);
    return code;
}

const struct command command_tally = {
    .words = "tally",
    .summary = "count a Pabulib file under any rule",
    .usage = usage,
    .options = options,
    .operands_least = 1,
    .operands_most = 1,
    .run = run,
    .is_json = true,
};
