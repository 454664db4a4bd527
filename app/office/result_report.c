/* SPDX-License-Identifier: Apache-2.0 */
/* See result_report.h. Names and ids are checked text, in which no control
 * character stands. */
#include "result_report.h"

static void say_winners(struct output *output,
                        const struct package_contest *contest,
                        const struct page_contest *facts)
{
    output_say(output,
               "  %llu valid ballots, %llu of them blank; funded for %llu of "
               "%llu:",
               (unsigned long long)facts->valid,
               (unsigned long long)facts->blank,
               (unsigned long long)facts->spent,
               (unsigned long long)facts->budget);
    for (size_t i = 0; i < facts->proposal_count; i++) {
        const struct page_proposal *proposal = &facts->proposals[i];

        if (proposal->outcome == PAGE_FUNDED) {
            output_say(output, "  %8llu votes %12llu  %.*s  %.*s",
                       (unsigned long long)proposal->votes,
                       (unsigned long long)proposal->cost,
                       (int)proposal->id.size, proposal->id.text,
                       (int)contest->names[i].size, contest->names[i].text);
        }
    }
    if (facts->tie_count > 0) {
        output_say(output,
                   "  %zu tie%s fell as the election declares: see "
                   "report.html",
                   facts->tie_count, facts->tie_count == 1 ? "" : "s");
    }
}

static void say_contest(struct output *output,
                        const struct package_contest *contest,
                        const struct outcome_contest *result,
                        const struct page_contest *facts)
{
    output_say(output, "%.*s: %s", (int)contest->name.size, contest->name.text,
               outcome_status_name(result->status));
    switch (result->status) {
    case OUTCOME_EMPTY:
        break;
    case OUTCOME_WITHHELD_SMALL:
        output_say(output, "  %lu ballots are too few to be opened",
                   (unsigned long)result->count);
        break;
    case OUTCOME_COUNTED:
        if (facts != NULL) {
            say_winners(output, contest, facts);
        } else {
            output_say(output, "  %lu valid ballots",
                       (unsigned long)result->valid);
        }
        break;
    }
}

/* The ids of what is funded, in the order of the package. */
static json_t *funded_json(const struct page_contest *facts)
{
    json_t *list = json_array();

    for (size_t i = 0; i < facts->proposal_count; i++) {
        const struct page_proposal *proposal = &facts->proposals[i];

        if (proposal->outcome == PAGE_FUNDED &&
            json_array_append_new(list, json_stringn(proposal->id.text,
                                                     proposal->id.size)) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *contest_json(const struct outcome_contest *result, size_t place,
                            const struct page_contest *facts)
{
    json_t *row = json_pack("{s:I, s:s, s:I, s:I}", "contest",
                            (json_int_t)place, "status",
                            outcome_status_name(result->status), "counted",
                            (json_int_t)result->count, "valid",
                            (json_int_t)result->valid);

    if (row != NULL && facts != NULL && result->status == OUTCOME_COUNTED &&
        (json_object_set_new(row, "funded", funded_json(facts)) != 0 ||
         json_object_set_new(row, "cost",
                             json_integer((json_int_t)facts->spent)) != 0 ||
         json_object_set_new(row, "budget",
                             json_integer((json_int_t)facts->budget)) != 0)) {
        json_decref(row);
        return NULL;
    }
    return row;
}

void result_report(struct output *output, const struct board *board,
                   const struct page_facts *facts)
{
    json_t *list = json_array();

    if (facts == NULL) {
        output_say(output, "No winners and no report: content/election.json is "
                           "none that tells the rule.");
    }
    for (size_t i = 0; i < board->package.contest_count; i++) {
        const struct page_contest *row = facts == NULL ? NULL
                                                       : &facts->contests[i];

        say_contest(output, &board->package.contests[i], &board->results[i],
                    row);
        if (json_array_append_new(list, contest_json(&board->results[i], i,
                                                     row)) != 0) {
            json_decref(list);
            list = NULL;
            break;
        }
    }
    output_json(output, "contests", list);
}
