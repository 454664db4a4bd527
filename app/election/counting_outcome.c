/* SPDX-License-Identifier: Apache-2.0 */
/* The two steps of counting_find and counting_count, what they show, and the
 * names of it. */
#include <assert.h>
#include <string.h>

#include "counting_parts.h"

static void show_findings(struct counting *set)
{
    struct counting_outcome *outcome = &set->outcome;

    outcome->findings = set->findings;
    outcome->finding_count = set->finding_count;
    outcome->open_count = 0;
    for (size_t i = 0; i < set->finding_count; i++) {
        if (set->findings[i].is_open) {
            outcome->open_count++;
        }
    }
}

static void show_nothing(struct counting *set)
{
    memset(&set->outcome, 0, sizeof set->outcome);
}

enum aula_code counting_find(struct counting *set,
                             const struct rulings_row *rows, size_t row_count,
                             struct aula_error *err)
{
    enum aula_code code = counting_arrange(set, err);

    show_nothing(set);
    if (code != AULA_OK) {
        return code;
    }
    set->stage = COUNTING_ARRANGED;
    code = counting_apply(set, rows, row_count, err);
    if (code == AULA_OK) {
        code = counting_walk(set, err);
    }
    if (code == AULA_OK) {
        code = counting_walk_traces(set, err);
    }
    if (code == AULA_OK) {
        code = counting_explain(set, rows, row_count, err);
    }
    if (code == AULA_OK) {
        set->stage = COUNTING_FOUND;
        show_findings(set);
    }
    return code;
}

enum aula_code counting_count(struct counting *set, const uint8_t *tags,
                              size_t tag_count, struct aula_error *err)
{
    enum aula_code code;

    assert(set->stage == COUNTING_FOUND);
    show_nothing(set);
    code = counting_exclude(set, tags, tag_count, err);
    if (code == AULA_OK) {
        code = counting_sum(set, err);
    }
    if (code == AULA_OK) {
        code = counting_list(set, err);
    }
    if (code == AULA_OK) {
        code = counting_warn(set, err);
    }
    if (code != AULA_OK) {
        show_nothing(set);
        return code;
    }
    show_findings(set);
    set->outcome.terminals = set->terminals;
    set->outcome.terminal_count = set->terminal_count;
    set->outcome.contests = set->contests;
    set->outcome.contest_count = set->election->package->contest_count;
    return AULA_OK;
}

const struct counting_outcome *counting_outcome(const struct counting *set)
{
    return &set->outcome;
}

const char *counting_finding_text(enum counting_finding_name name)
{
    static const char *const texts[] = {
        [COUNTING_CHAIN_BREAK] = "CHAIN_BREAK",
        [COUNTING_CLOSE_COUNT] = "CLOSE_COUNT",
        [COUNTING_DAY_STATE] = "DAY_STATE",
        [COUNTING_FORK] = "FORK",
        [COUNTING_GAP] = "GAP",
        [COUNTING_NO_CLOSE] = "NO_CLOSE",
        [COUNTING_NO_RECORDS] = "NO_RECORDS",
        [COUNTING_REPEATED_RANDOMNESS] = "REPEATED_RANDOMNESS",
        [COUNTING_SESSION_COUNT] = "SESSION_COUNT",
        [COUNTING_TIME_REGRESSION] = "TIME_REGRESSION",
    };

    return texts[name];
}

const char *counting_warning_text(enum counting_warning_name name)
{
    static const char *const texts[] = {
        [COUNTING_LATE_REGISTER] = "LATE_REGISTER",
        [COUNTING_LATE_TERMINAL] = "LATE_TERMINAL",
        [COUNTING_MANY_EXCLUDED] = "MANY_EXCLUDED",
        [COUNTING_SMALL_CONTEST] = "SMALL_CONTEST",
    };

    return texts[name];
}

const char *counting_status_text(enum counting_status status)
{
    static const char *const texts[] = {
        [COUNTING_EMPTY] = "EMPTY",
        [COUNTING_COUNTED] = "COUNTED",
        [COUNTING_WITHHELD_SMALL] = "WITHHELD_SMALL",
    };

    return texts[status];
}
