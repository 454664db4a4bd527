/* SPDX-License-Identifier: Apache-2.0 */
/* See page_names.h. */
#include "page_names.h"

const char *page_mode_name(enum package_mode mode)
{
    return mode == PACKAGE_REHEARSAL ? "rehearsal" : "official";
}

const char *page_type_name(enum plaintext_type type)
{
    static const char *const names[] = {
        [PLAINTEXT_APPROVAL] = "approval",
        [PLAINTEXT_KNAPSACK] = "knapsack",
        [PLAINTEXT_POINTS] = "points",
        [PLAINTEXT_RANKING] = "ranking",
    };

    return names[type];
}

const char *page_ties_name(enum election_ties ties)
{
    static const char *const names[] = {
        [ELECTION_TIES_ID] = "id",
        [ELECTION_TIES_CHEAPER] = "cheaper",
        [ELECTION_TIES_VOTES] = "votes",
        [ELECTION_TIES_LOT] = "lot",
    };

    return names[ties];
}

const char *page_status_name(enum page_status status)
{
    static const char *const names[] = {
        [PAGE_EMPTY] = "EMPTY",
        [PAGE_COUNTED] = "COUNTED",
        [PAGE_WITHHELD] = "WITHHELD_SMALL",
    };

    return names[status];
}

const char *page_exclusion_name(enum page_exclusion exclusion)
{
    static const char *const names[PAGE_EXCLUSIONS] = {
        [PAGE_REVOKED] = "REVOKED",
        [PAGE_FORK] = "FORK",
        [PAGE_OUTSIDE_WINDOW] = "TIME_OUTSIDE_WINDOW",
        [PAGE_ELSEWHERE] = "VOTED_ELSEWHERE",
        [PAGE_DUPLICATE] = "DUPLICATE_VOTER",
    };

    return names[exclusion];
}

const char *page_outcome_name(enum page_outcome outcome)
{
    static const char *const names[PAGE_OUTCOMES] = {
        [PAGE_FUNDED] = "FUNDED",
        [PAGE_UNDER_MINIMUM] = "UNDER_MINIMUM",
        [PAGE_TOO_DEAR] = "TOO_DEAR",
        [PAGE_EXCLUDED] = "EXCLUDED",
        [PAGE_UNSUPPORTED] = "UNSUPPORTED",
        [PAGE_NO_VOTES] = "NO_VOTES",
        [PAGE_NOT_COUNTED] = "NOT_COUNTED",
    };

    return names[outcome];
}

const char *page_finding_name(enum page_finding_name finding)
{
    static const char *const names[PAGE_FINDINGS] = {
        [PAGE_GAP] = "GAP",
        [PAGE_CHAIN_BREAK] = "CHAIN_BREAK",
        [PAGE_NO_CLOSE] = "NO_CLOSE",
        [PAGE_CLOSE_COUNT] = "CLOSE_COUNT",
        [PAGE_FORKED] = "FORK",
        [PAGE_NO_RECORDS] = "NO_RECORDS",
        [PAGE_TIME_REGRESSION] = "TIME_REGRESSION",
        [PAGE_DAY_STATE] = "DAY_STATE",
        [PAGE_SESSION_COUNT] = "SESSION_COUNT",
        [PAGE_REPEATED_RANDOMNESS] = "REPEATED_RANDOMNESS",
    };

    return names[finding];
}

const char *page_ruling_name(enum page_ruling_type ruling)
{
    static const char *const names[] = {
        [PAGE_RULING_ADMIT] = "admit",
        [PAGE_RULING_REVOKE] = "revoke",
        [PAGE_RULING_CHAIN] = "chain",
        [PAGE_RULING_EXPLAIN] = "explain",
    };

    return names[ruling];
}

const char *page_advice_name(enum page_advice advice)
{
    static const char *const names[] = {
        [PAGE_NO_ADVICE] = "",
        [PAGE_ACCEPTED] = "accepted",
        [PAGE_REFUSED] = "refused",
    };

    return names[advice];
}
