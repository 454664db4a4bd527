/* SPDX-License-Identifier: Apache-2.0 */
/* An election as its package says it: names in both languages in one string,
 * and what cryptography needs of each contest. */
#include <string.h>

#include "election_parts.h"

/* "kk / ru", or once where they are the same. Empty without memory. */
static struct package_text both(struct form_memory **memory,
                                const struct election *election,
                                const struct election_text *text)
{
    const char *kk = text->of[election->kk];
    const char *ru = text->of[election->ru];
    size_t kk_size = strlen(kk);
    size_t ru_size = strlen(ru);
    char *name;

    if (strcmp(kk, ru) == 0) {
        return (struct package_text){.text = kk, .size = kk_size};
    }
    name = form_memory_take(memory, kk_size + 3 + ru_size, 1);
    if (name == NULL) {
        return (struct package_text){0};
    }
    memcpy(name, kk, kk_size);
    memcpy(name + kk_size, " / ", 3);
    memcpy(name + kk_size + 3, ru, ru_size);
    return (struct package_text){.text = name, .size = kk_size + 3 + ru_size};
}

/* False without memory. */
static bool draft_contest(struct form_memory **memory,
                          struct package_contest *draft,
                          const struct election *election,
                          const struct election_contest *contest)
{
    size_t n = contest->proposal_count;
    struct package_text *ids = form_memory_take(memory, n, sizeof *ids);
    struct package_text *names = form_memory_take(memory, n, sizeof *names);
    uint64_t *costs = form_memory_take(memory, n, sizeof *costs);

    if (ids == NULL || names == NULL || costs == NULL) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        const struct election_proposal *proposal = &contest->proposals[i];

        ids[i] = (struct package_text){.text = proposal->id,
                                       .size = strlen(proposal->id)};
        names[i] = both(memory, election, &proposal->title);
        costs[i] = proposal->cost;
        if (names[i].text == NULL) {
            return false;
        }
    }
    *draft =
        (struct package_contest){.name = both(memory, election, &contest->name),
                                 .rule = {.type = contest->type,
                                          .n = (uint16_t)n,
                                          .limit = contest->limit,
                                          .cap = contest->cap,
                                          .budget = contest->budget,
                                          .costs = costs},
                                 .ids = ids,
                                 .names = names};
    return draft->name.text != NULL;
}

enum aula_code election_draft_open(struct election_draft *draft,
                                   const struct election *election,
                                   struct aula_error *err)
{
    size_t count = election->contest_count;

    *draft = (struct election_draft){0};
    draft->title = both(&draft->memory, election, &election->title);
    draft->contests = form_memory_take(&draft->memory, count,
                                       sizeof *draft->contests);
    if (draft->title.text == NULL || draft->contests == NULL) {
        goto fail;
    }
    for (size_t i = 0; i < count; i++) {
        if (!draft_contest(&draft->memory, &draft->contests[i], election,
                           &election->contests[i])) {
            goto fail;
        }
    }
    draft->count = count;
    return AULA_OK;
fail:
    election_draft_close(draft);
    return aula_fail(err, AULA_MEMORY, "election.json: no memory");
}

void election_draft_close(struct election_draft *draft)
{
    if (draft == NULL) {
        return;
    }
    form_memory_close(draft->memory);
    *draft = (struct election_draft){0};
}

/* ---- the other way */

static bool same_text(const struct package_text *a,
                      const struct package_text *b)
{
    return a->size == b->size && a->text != NULL && b->text != NULL &&
           memcmp(a->text, b->text, a->size) == 0;
}

/* What differs, or NULL. */
static const char *compare_contest(const struct package_contest *a,
                                   const struct package_contest *b)
{
    if (!same_text(&a->name, &b->name)) {
        return "name";
    }
    if (a->rule.type != b->rule.type || a->rule.limit != b->rule.limit ||
        a->rule.cap != b->rule.cap || a->rule.budget != b->rule.budget) {
        return "type, limit, cap or budget";
    }
    if (a->rule.n != b->rule.n) {
        return "number of proposals";
    }
    for (size_t i = 0; i < a->rule.n; i++) {
        if (!same_text(&a->ids[i], &b->ids[i]) ||
            !same_text(&a->names[i], &b->names[i]) ||
            a->rule.costs[i] != b->rule.costs[i]) {
            return "id, title or cost of a proposal";
        }
    }
    return NULL;
}

static const char *compare_head(const struct election *election,
                                const struct election_draft *draft,
                                const struct package *package)
{
    if (!same_text(&draft->title, &package->title)) {
        return "title";
    }
    if (election->mode != package->mode) {
        return "mode";
    }
    if (election->id_scheme != package->id_scheme ||
        election->tag_stretch != package->tag_stretch ||
        election->one_per != package->one_per) {
        return "rules of voters";
    }
    if (election->min_anon != package->min_anon) {
        return "least anonymity";
    }
    if (election_opens(election) != package->opens ||
        election_closes(election) != package->closes) {
        return "dates";
    }
    return draft->count == package->contest_count ? NULL : "count of contests";
}

enum aula_code election_compare(const struct election *election,
                                const struct package *package,
                                struct aula_error *err)
{
    struct election_draft draft;
    enum aula_code code = election_draft_open(&draft, election, err);
    const char *fault;

    if (code != AULA_OK) {
        return code;
    }
    fault = compare_head(election, &draft, package);
    if (fault != NULL) {
        code = aula_fail(err, AULA_SOURCE,
                         "election.json: %s not as in the package", fault);
    }
    for (size_t i = 0; code == AULA_OK && i < draft.count; i++) {
        fault = compare_contest(&draft.contests[i], &package->contests[i]);
        if (fault != NULL) {
            code = aula_fail(err, AULA_SOURCE,
                             "election.json: contest %zu: %s not as in the "
                             "package",
                             i, fault);
        }
    }
    election_draft_close(&draft);
    return code;
}
