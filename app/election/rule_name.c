/* SPDX-License-Identifier: Apache-2.0 */
/* The names of rules: one of the table, then for Equal Shares perhaps a
 * completion, _add<N> with e, u or both behind it, and perhaps _integral. */
#include <string.h>

#include "rule.h"

static const struct named {
    const char *name;
    struct rule rule;
} table[] = {
    {"greedy_votes", {.method = RULE_GREEDY}},
    {"greedy_votes_per_cost", {.method = RULE_GREEDY, .is_by_cost = true}},
    {"greedy_points", {.method = RULE_GREEDY, .measure = RULE_POINTS}},
    {"greedy_points_per_cost",
     {.method = RULE_GREEDY, .measure = RULE_POINTS, .is_by_cost = true}},
    {"greedy_rank_points",
     {.method = RULE_GREEDY, .measure = RULE_RANK_POINTS}},
    {"greedy_rank_points_per_cost",
     {.method = RULE_GREEDY, .measure = RULE_RANK_POINTS, .is_by_cost = true}},
    {"mes_card", {.method = RULE_SHARES}},
    {"mes_cost", {.method = RULE_SHARES, .is_by_cost = true}},
    {"mes_points", {.method = RULE_SHARES, .measure = RULE_POINTS}},
    {"mes_points_cost",
     {.method = RULE_SHARES, .measure = RULE_POINTS, .is_by_cost = true}},
    {"mes_rank_points", {.method = RULE_SHARES, .measure = RULE_RANK_POINTS}},
    {"mes_rank_points_cost",
     {.method = RULE_SHARES, .measure = RULE_RANK_POINTS, .is_by_cost = true}},
};

enum { DIGITS_MAX = 9 };

/* Does the text go on with this word? Then it is taken off. */
static bool take(const char **text, const char *word)
{
    size_t size = strlen(word);

    if (strncmp(*text, word, size) != 0) {
        return false;
    }
    *text += size;
    return true;
}

/* A number of 1..9 digits, not from 0. */
static bool take_number(const char **text, uint32_t *number)
{
    size_t digits = strspn(*text, "0123456789");

    if (digits < 1 || digits > DIGITS_MAX || **text == '0') {
        return false;
    }
    *number = 0;
    for (size_t i = 0; i < digits; i++) {
        *number = 10 * *number + (uint32_t)((*text)[i] - '0');
    }
    *text += digits;
    return true;
}

static bool read_behind(struct rule *rule, const char *text)
{
    if (*text != '\0' && rule->method != RULE_SHARES) {
        return false;
    }
    if (take(&text, "_add")) {
        if (!take_number(&text, &rule->add)) {
            return false;
        }
        rule->is_exhaustive = take(&text, "e");
        rule->is_filled = take(&text, "u");
    }
    rule->is_integral = take(&text, "_integral");
    return *text == '\0';
}

bool rule_read(struct rule *rule, const char *name)
{
    const struct named *found = NULL;
    size_t found_size = 0;

    /* The longest that fits: some names begin with others. */
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        size_t size = strlen(table[i].name);

        if (size > found_size && strncmp(name, table[i].name, size) == 0) {
            found = &table[i];
            found_size = size;
        }
    }
    if (found != NULL) {
        struct rule made = found->rule;

        if (read_behind(&made, name + found_size)) {
            *rule = made;
            return true;
        }
    }
    return false;
}
