/* SPDX-License-Identifier: Apache-2.0 */
/* See rehearse_votes.h. */
#include "rehearse_votes.h"

#include <assert.h>
#include <stdlib.h>

#include "pabulib_ballot.h"
#include "rehearse_draw.h"

static const struct plaintext_rule *rule_of(const struct rehearse_votes *votes)
{
    return &votes->package->contests[votes->contest].rule;
}

/* The contest that the file's ballots fit. */
static enum aula_code find_contest(struct rehearse_votes *votes,
                                   struct aula_error *err)
{
    uint16_t count = votes->package->contest_count;
    enum aula_code code = AULA_SOURCE;

    for (uint16_t c = 0; c < count; c++) {
        code = pabulib_match(votes->places, votes->file,
                             &votes->package->contests[c], err);
        if (code == AULA_OK) {
            votes->contest = c;
            return AULA_OK;
        }
    }
    return count == 1 ? code
                      : aula_fail(err, AULA_SOURCE,
                                  "no contest of the package offers all %zu "
                                  "projects of the file for such ballots",
                                  votes->file->project_count);
}

static void refuse(struct rehearse_votes *votes, size_t vote)
{
    if (votes->refused < REHEARSE_LINES_MAX) {
        votes->refused_lines[votes->refused] = votes->file->votes[vote].line;
    }
    votes->refused++;
}

/* Keep those that keep the rules. */
static enum aula_code sift(struct rehearse_votes *votes, size_t first,
                           struct aula_error *err)
{
    uint8_t plaintext[PLAINTEXT_BYTES_MAX];
    size_t all = votes->file->vote_count < first ? votes->file->vote_count
                                                 : first;

    for (size_t i = 0; i < all; i++) {
        if (pabulib_plaintext(plaintext, rule_of(votes), votes->file,
                              votes->places, i, NULL) == AULA_OK) {
            votes->order[votes->count++] = (uint32_t)i;
        } else {
            refuse(votes, i);
        }
    }
    if (votes->count == 0) {
        return aula_fail(err, AULA_SOURCE,
                         "VOTES: no ballot keeps the rules of the contest");
    }
    rehearse_draw_order(votes->order, votes->count, votes->seed);
    return AULA_OK;
}

enum aula_code rehearse_votes_of_file(struct rehearse_votes *votes,
                                      const struct package *package,
                                      const struct pabulib *file, size_t first,
                                      uint64_t seed, struct aula_error *err)
{
    enum aula_code code;

    *votes =
        (struct rehearse_votes){.package = package, .seed = seed, .file = file};
    votes->places = calloc(file->project_count + 1, sizeof *votes->places);
    votes->order = calloc(file->vote_count + 1, sizeof *votes->order);
    if (votes->places == NULL || votes->order == NULL) {
        rehearse_votes_close(votes);
        return aula_fail(err, AULA_MEMORY, "no memory for the ballots");
    }
    code = find_contest(votes, err);
    if (code == AULA_OK) {
        code = sift(votes, first, err);
    }
    if (code != AULA_OK) {
        rehearse_votes_close(votes);
    }
    return code;
}

void rehearse_votes_draw(struct rehearse_votes *votes,
                         const struct package *package, size_t count,
                         uint64_t seed)
{
    *votes = (struct rehearse_votes){
        .package = package, .seed = seed, .count = count};
}

void rehearse_votes_close(struct rehearse_votes *votes)
{
    free(votes->places);
    free(votes->order);
    *votes = (struct rehearse_votes){.count = 0};
}

static uint16_t draw_ballot(const struct rehearse_votes *votes,
                            uint8_t *plaintext, size_t place)
{
    struct rehearse_draw draw;
    uint16_t contest;

    rehearse_draw_start(&draw, votes->seed, REHEARSE_CONTEST, place);
    contest = (uint16_t)rehearse_draw_below(&draw,
                                            votes->package->contest_count);
    rehearse_draw_start(&draw, votes->seed, REHEARSE_CHOICES, place);
    rehearse_draw_plaintext(plaintext, &votes->package->contests[contest].rule,
                            &draw);
    return contest;
}

uint16_t rehearse_votes_get(const struct rehearse_votes *votes,
                            uint8_t *plaintext, size_t place)
{
    enum aula_code code;

    assert(place < votes->count);
    if (votes->file == NULL) {
        return draw_ballot(votes, plaintext, place);
    }
    code = pabulib_plaintext(plaintext, rule_of(votes), votes->file,
                             votes->places, votes->order[place], NULL);
    assert(code == AULA_OK); /* it was when they were sifted */
    return votes->contest;
}

size_t rehearse_votes_share(const struct rehearse_votes *votes,
                            unsigned terminals, unsigned number)
{
    return votes->count / terminals + (number < votes->count % terminals);
}
