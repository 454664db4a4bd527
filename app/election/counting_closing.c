/* SPDX-License-Identifier: Apache-2.0 */
/* What a closing says of a counting set (PROTOCOL.md 11.4). */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ballot.h"
#include "counting_parts.h"

static size_t count_registered(const struct counting *set)
{
    size_t count = 0;

    for (size_t i = 0; i < set->terminal_count; i++) {
        if (set->terminals[i].is_registered) {
            count++;
        }
    }
    return count;
}

static void fill_terminals(struct closing *closing, const struct counting *set)
{
    closing->terminal_count = 0;
    for (size_t i = 0; i < set->terminal_count; i++) {
        const struct counting_terminal *from = &set->terminals[i];
        struct closing_terminal *to =
            &closing->terminals[closing->terminal_count];

        if (!from->is_registered) {
            continue;
        }
        memcpy(to->tid, from->tid, sizeof to->tid);
        to->count = from->cast + from->challenged + from->opened +
                    from->closed + from->events;
        to->seq_max = from->seq_max;
        if (from->head != NULL) {
            memcpy(to->head, from->head, sizeof to->head);
        }
        closing->terminal_count++;
    }
}

/* H32("mix-list", E) of one contest, ballot by ballot. */
static enum aula_code hash_list(struct closing_contest *out,
                                const struct counting *set, uint16_t contest,
                                const struct counting_source *source,
                                struct aula_error *err)
{
    const struct counting_contest *from = &set->contests[contest];
    const struct package *package = set->election->package;
    size_t size = BALLOT_CIPHERTEXT_BYTES(
        plaintext_width(&package->contests[contest].rule));
    enum aula_code code = AULA_OK;
    struct hash h;

    if (from->counted > UINT32_MAX / size) {
        return aula_fail(err, AULA_TOO_LARGE,
                         "contest %u: %zu ballots are more than a list holds",
                         contest, from->counted);
    }
    hash_start(&h, HASH_BYTES, "mix-list");
    hash_open_field(&h, size * from->counted);
    for (size_t i = 0; code == AULA_OK && i < from->counted; i++) {
        const uint8_t *ciphertext = NULL;

        code = source->read(source->arg, &ciphertext, contest,
                            &from->ballots[i], err);
        if (code == AULA_OK && ciphertext != NULL) {
            hash_more(&h, ciphertext, size);
        }
    }
    if (code == AULA_OK) {
        out->counted = (uint32_t)from->counted;
        hash_end(&h, out->list_hash);
    }
    return code;
}

static enum aula_code fill_contests(struct closing *closing,
                                    const struct counting *set,
                                    const struct counting_source *source,
                                    struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    closing->contest_count = set->election->package->contest_count;
    for (uint16_t i = 0; code == AULA_OK && i < closing->contest_count; i++) {
        code = hash_list(&closing->contests[i], set, i, source, err);
    }
    return code;
}

enum aula_code counting_closing(const struct counting *set,
                                struct closing *closing,
                                const struct counting_source *source,
                                struct aula_error *err)
{
    void *terminals = NULL;
    void *contests = NULL;
    enum aula_code code;

    assert(set->outcome.contests != NULL);
    code = counting_memory(&terminals, count_registered(set),
                           sizeof *closing->terminals, err);
    if (code == AULA_OK) {
        code = counting_memory(&contests, set->election->package->contest_count,
                               sizeof *closing->contests, err);
    }
    closing->terminals = terminals;
    closing->contests = contests;
    if (code == AULA_OK) {
        closing->record_count = set->outcome.record_count;
        memcpy(closing->record_set, set->outcome.record_set,
               sizeof closing->record_set);
        fill_terminals(closing, set);
        code = fill_contests(closing, set, source, err);
    }
    if (code != AULA_OK) {
        counting_closing_clear(closing);
    }
    return code;
}

void counting_closing_clear(struct closing *closing)
{
    free(closing->terminals);
    free(closing->contests);
    closing->terminals = NULL;
    closing->contests = NULL;
    closing->terminal_count = 0;
    closing->contest_count = 0;
}
