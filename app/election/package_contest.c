/* SPDX-License-Identifier: Apache-2.0 */
/* The contests of a package (PROTOCOL.md section 4).
 *
 *   contest:   lp16 name | u8 type | u16 n | u16 limit | u16 cap | u64 budget |
 *              n proposals
 *   proposal:  lp16 id | lp16 name | u64 cost
 *
 * 1. The bytes are walked twice by the same function: the first time nothing is
 *    kept, and all that can be wrong with lengths is found. So memory is taken
 *    for proposals that are there, never for a number that a file announces.
 * 2. Limit, cap and ids are looked at last, in package_rules.c.
 */
#include "package_parts.h"

#include <assert.h>
#include <stdlib.h>

enum {
    CONTEST_NAME_MAX = 200,
    PROPOSAL_ID_MAX = 64,
    PROPOSAL_NAME_MAX = 400,
    CONTEST_NUMBERS_BYTES = 2 + 2 + 8 /* limit, cap, budget */
};

static enum aula_code read_proposal(struct package_text *id,
                                    struct package_text *name, uint64_t *cost,
                                    struct bytes_reader *reader)
{
    const uint8_t *number = NULL;
    enum aula_code code = package_take_text(id, reader, PROPOSAL_ID_MAX);

    if (code == AULA_OK) {
        code = package_take_text(name, reader, PROPOSAL_NAME_MAX);
    }
    if (code != AULA_OK) {
        return code;
    }
    number = bytes_take(reader, 8);
    if (number == NULL) {
        return AULA_TRUNCATED;
    }
    *cost = get_le64(number);
    return AULA_OK;
}

/* Type and n decide how much follows, hence they are checked here. */
static enum aula_code read_kind(struct plaintext_rule *rule,
                                struct bytes_reader *reader)
{
    const uint8_t *type = bytes_take(reader, 1);
    const uint8_t *n = NULL;

    if (type == NULL) {
        return AULA_TRUNCATED;
    }
    if (*type < PLAINTEXT_APPROVAL || *type > PLAINTEXT_RANKING) {
        return AULA_PKG_CONTEST;
    }
    n = bytes_take(reader, 2);
    if (n == NULL) {
        return AULA_TRUNCATED;
    }
    if (get_le16(n) < 1 || get_le16(n) > PLAINTEXT_PROPOSALS_MAX) {
        return AULA_PKG_CONTEST;
    }
    rule->type = (enum plaintext_type) * type;
    rule->n = get_le16(n);
    return AULA_OK;
}

static enum aula_code read_head(struct package_contest *contest,
                                struct bytes_reader *reader)
{
    const uint8_t *numbers = NULL;
    enum aula_code code = package_take_text(&contest->name, reader,
                                            CONTEST_NAME_MAX);

    if (code == AULA_OK) {
        code = read_kind(&contest->rule, reader);
    }
    if (code != AULA_OK) {
        return code;
    }
    numbers = bytes_take(reader, CONTEST_NUMBERS_BYTES);
    if (numbers == NULL) {
        return AULA_TRUNCATED;
    }
    contest->rule.limit = get_le16(numbers);
    contest->rule.cap = get_le16(numbers + 2);
    contest->rule.budget = get_le64(numbers + 4);
    return AULA_OK;
}

/* Where the proposals of a walk go; all NULL while nothing is kept. */
struct places {
    struct package_contest *contests;
    struct package_text *ids;
    struct package_text *names;
    uint64_t *costs;
    size_t used; /* proposals so far */
};

static enum aula_code read_proposals(struct places *places, size_t count,
                                     struct bytes_reader *reader)
{
    enum aula_code code = AULA_OK;

    for (size_t q = 0; q < count && code == AULA_OK; q++) {
        struct package_text id = {0};
        struct package_text name = {0};
        uint64_t cost = 0;

        code = read_proposal(&id, &name, &cost, reader);
        if (code == AULA_OK && places->ids != NULL) {
            places->ids[places->used + q] = id;
            places->names[places->used + q] = name;
            places->costs[places->used + q] = cost;
        }
    }
    places->used += count;
    return code;
}

static enum aula_code walk(struct places *places, size_t contest_count,
                           struct bytes_reader *reader, struct aula_error *err)
{
    for (size_t c = 0; c < contest_count; c++) {
        struct package_contest contest = {0};
        size_t first = places->used;
        enum aula_code code = read_head(&contest, reader);

        if (code == AULA_OK) {
            code = read_proposals(places, contest.rule.n, reader);
        }
        if (code != AULA_OK) {
            return aula_fail(err, code, "package: contest %zu: %s", c,
                             aula_code_name(code));
        }
        if (places->contests != NULL) {
            contest.ids = places->ids + first;
            contest.names = places->names + first;
            contest.rule.costs = places->costs + first;
            places->contests[c] = contest;
        }
    }
    return AULA_OK;
}

enum aula_code package_read_contests(struct package *package,
                                     struct bytes_reader *reader,
                                     struct aula_error *err)
{
    struct bytes_reader first_walk = *reader;
    struct places places = {0};
    size_t count;
    enum aula_code code;

    code = walk(&places, package->contest_count, &first_walk, err);
    if (code != AULA_OK) {
        return code;
    }
    count = places.used;
    assert(count > 0); /* a contest is there, and each has a proposal */
    package->contests = calloc(package->contest_count,
                               sizeof *package->contests);
    package->texts = calloc(2 * count, sizeof *package->texts);
    package->costs = calloc(count, sizeof *package->costs);
    if (package->contests == NULL || package->texts == NULL ||
        package->costs == NULL) {
        return aula_fail(err, AULA_MEMORY, "package: out of memory");
    }
    places = (struct places){package->contests, package->texts,
                             package->texts + count, package->costs, 0};
    return walk(&places, package->contest_count, reader, err);
}
