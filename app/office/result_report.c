/* SPDX-License-Identifier: Apache-2.0 */
/* See result_report.h. Names and ids are checked text, in which no control
 * character stands. */
#include "result_report.h"

#include "tally.h"

/* What a proposal got, and why it won or not. */
static void say_winner(struct output *output,
                       const struct package_contest *contest,
                       const struct tally *tally, uint16_t proposal)
{
    const struct package_text *id = &contest->ids[proposal];
    const struct package_text *name = &contest->names[proposal];

    output_say(output, "  %8llu votes %12llu  %.*s  %.*s",
               (unsigned long long)tally->outcome.standings[proposal].votes,
               (unsigned long long)contest->rule.costs[proposal], (int)id->size,
               id->text, (int)name->size, name->text);
}

static json_t *ids_json(const struct package_contest *contest,
                        const uint16_t *proposals, size_t count)
{
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++) {
        const struct package_text *id = &contest->ids[proposals[i]];

        if (json_array_append_new(list, json_stringn(id->text, id->size)) !=
            0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static size_t count_ties(const struct tally *tally)
{
    size_t count = 0;

    for (size_t i = 0; i < tally->outcome.tie_count; i++) {
        count += tally->outcome.ties[i].is_of_outcome ? 1 : 0;
    }
    return count;
}

static void say_winners(struct output *output,
                        const struct package_contest *contest,
                        const struct tally *tally)
{
    const struct rule_outcome *outcome = &tally->outcome;
    size_t ties = count_ties(tally);

    output_say(output,
               "  %llu valid ballots, %llu of them blank; funded %zu, "
               "%llu of %llu",
               (unsigned long long)tally->valid,
               (unsigned long long)tally->blank, outcome->selected_count,
               (unsigned long long)outcome->cost,
               (unsigned long long)contest->rule.budget);
    for (size_t i = 0; i < outcome->selected_count; i++) {
        say_winner(output, contest, tally, outcome->selected[i]);
    }
    if (ties > 0) {
        output_say(output, "  %zu tie%s fell as the election declares", ties,
                   ties == 1 ? "" : "s");
    }
}

/* `tally` is NULL where nothing was counted. */
static void say_contest(struct output *output,
                        const struct package_contest *contest,
                        const struct outcome_contest *result,
                        const struct tally *tally)
{
    output_say(output, "%.*s: %s", (int)contest->name.size, contest->name.text,
               outcome_status_name(result->status));
    if (tally != NULL) {
        say_winners(output, contest, tally);
    } else if (result->status == OUTCOME_COUNTED) {
        output_say(output, "  %lu valid ballots", (unsigned long)result->valid);
    } else if (result->status == OUTCOME_WITHHELD_SMALL) {
        output_say(output, "  %lu ballots are too few to be opened",
                   (unsigned long)result->count);
    }
}

/* One contest: a line or more for people, an object for programs. */
static enum aula_code put_contest(json_t **row, struct output *output,
                                  const struct board *board, size_t place,
                                  struct aula_error *err)
{
    const struct package_contest *contest = &board->package.contests[place];
    const struct outcome_contest *result = &board->results[place];
    bool is_counted = result->status == OUTCOME_COUNTED && board->has_election;
    struct tally tally = {.valid = 0};
    const struct rule_outcome *outcome = &tally.outcome;
    enum aula_code code = AULA_OK;

    if (is_counted) {
        code = tally_open(&tally, &board->package, &board->election, place,
                          result->rows, result->count, board->pool, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    say_contest(output, contest, result, is_counted ? &tally : NULL);
    *row = json_pack("{s:I, s:s, s:I, s:I, s:I, s:o*, s:I, s:I, s:I}",
                     "contest", (json_int_t)place, "status",
                     outcome_status_name(result->status), "counted",
                     (json_int_t)result->count, "valid",
                     (json_int_t)result->valid, "blank",
                     (json_int_t)tally.blank, "selected",
                     is_counted ? ids_json(contest, outcome->selected,
                                           outcome->selected_count)
                                : NULL,
                     "cost", (json_int_t)outcome->cost, "budget",
                     (json_int_t)contest->rule.budget, "ties",
                     (json_int_t)count_ties(&tally));
    tally_close(&tally);
    return AULA_OK;
}

enum aula_code result_report(struct output *output, const struct board *board,
                             struct aula_error *err)
{
    json_t *list = json_array();
    enum aula_code code = AULA_OK;

    if (!board->has_election) {
        output_say(output, "No winners: content/election.json is none that "
                           "tells the rule.");
    }
    for (size_t i = 0; i < board->package.contest_count && code == AULA_OK;
         i++) {
        json_t *row = NULL;

        code = put_contest(&row, output, board, i, err);
        if (code == AULA_OK && json_array_append_new(list, row) != 0) {
            code = aula_fail(err, AULA_MEMORY, "no memory");
        }
    }
    output_json(output, "contests", list);
    return code;
}
