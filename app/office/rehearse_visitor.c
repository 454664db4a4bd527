/* SPDX-License-Identifier: Apache-2.0 */
/* See rehearse_visitor.h. */
#include "rehearse_visitor.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "rehearse_draw.h"
#include "rehearse_terminal.h"
#include "rehearse_voter.h"
#include "session.h"

uint64_t rehearse_elsewhere_count(const struct rehearse_votes *votes)
{
    return votes->count / REHEARSE_ELSEWHERE_ONE_IN;
}

enum aula_code rehearse_elsewhere_write(const char *path,
                                        const struct rehearse_votes *votes,
                                        struct aula_error *err)
{
    uint64_t count = rehearse_elsewhere_count(votes);
    size_t size = (size_t)count * REHEARSE_VOTER_BYTES;
    char *text = malloc(size + 1);
    enum aula_code code;

    if (text == NULL) {
        return aula_fail(err, AULA_MEMORY, "%s: no memory", path);
    }
    for (uint64_t i = 0; i < count; i++) {
        char *line = text + i * REHEARSE_VOTER_BYTES;

        rehearse_voter(line, votes->package->id_scheme, votes->count + i);
        line[REHEARSE_VOTER_BYTES - 1] = '\n';
    }
    code = file_write(path, text, size, 0600, err);
    free(text);
    return code;
}

/* A ballot of drawn choices. */
static enum aula_code cast_drawn(struct rehearse_terminal *t, uint16_t contest,
                                 uint64_t voter, struct aula_error *err)
{
    const struct package *package = &t->scene->election->kept->package;
    uint8_t plaintext[PLAINTEXT_BYTES_MAX];
    struct rehearse_draw draw;
    enum aula_code code;

    rehearse_draw_start(&draw, t->scene->votes->seed, REHEARSE_VISITOR, voter);
    rehearse_draw_plaintext(plaintext, &package->contests[contest].rule, &draw);
    code = rehearse_cast(t, contest, plaintext, err);
    sodium_memzero(plaintext, sizeof plaintext);
    return code;
}

static enum aula_code come_again(struct rehearse_terminal *t, size_t place,
                                 struct aula_error *err)
{
    uint8_t plaintext[PLAINTEXT_BYTES_MAX];
    uint16_t contest = rehearse_votes_get(t->scene->votes, plaintext, place);
    struct aula_error met;
    enum aula_code code = rehearse_check_in(t, place, contest, &met);

    sodium_memzero(plaintext, sizeof plaintext);
    if (code == AULA_DUPLICATE_VOTER && t->scene->terminals == 1) {
        t->visits[REHEARSE_REFUSED]++;
        return AULA_OK;
    }
    if (code != AULA_OK) {
        return aula_fail(err, code, "%s", met.message);
    }
    t->visits[REHEARSE_AGAIN]++;
    return cast_drawn(t, contest, place, err);
}

/* From the first half of those who went to the terminal before this one: their
 * ballot is recorded by then, whatever the hour. */
static enum aula_code all_again(struct rehearse_terminal *t,
                                struct aula_error *err)
{
    const struct rehearse_scene *scene = t->scene;
    unsigned from = t->number % scene->terminals;
    size_t half = rehearse_votes_share(scene->votes, scene->terminals, from) /
                  2;
    enum aula_code code = AULA_OK;

    for (size_t k = REHEARSE_AGAIN_ONE_IN / 2 - 1; k < half && code == AULA_OK;
         k += REHEARSE_AGAIN_ONE_IN / 2) {
        code = come_again(t, k * scene->terminals + from, err);
    }
    return code;
}

static enum aula_code from_elsewhere(struct rehearse_terminal *t,
                                     uint64_t voter, uint16_t contest,
                                     struct aula_error *err)
{
    enum aula_code code = rehearse_check_in(t, voter, contest, err);

    t->visits[REHEARSE_ELSEWHERE]++;
    return code != AULA_OK ? code : cast_drawn(t, contest, voter, err);
}

static enum aula_code walk_away(struct rehearse_terminal *t, uint64_t voter,
                                uint16_t contest, struct aula_error *err)
{
    enum aula_code code = rehearse_check_in(t, voter, contest, err);

    t->visits[REHEARSE_AWAY]++;
    return code != AULA_OK ? code : session_leave(t->terminal, NULL, err);
}

enum aula_code rehearse_visit(struct rehearse_terminal *terminal,
                              struct aula_error *err)
{
    const struct rehearse_votes *votes = terminal->scene->votes;
    uint64_t elsewhere = rehearse_elsewhere_count(votes);
    uint64_t all = elsewhere + votes->count / REHEARSE_AWAY_ONE_IN;
    enum aula_code code = all_again(terminal, err);

    for (uint64_t i = terminal->number - 1; i < all && code == AULA_OK;
         i += terminal->scene->terminals) {
        uint16_t contest = (uint16_t)(i % votes->package->contest_count);

        code = i < elsewhere
                   ? from_elsewhere(terminal, votes->count + i, contest, err)
                   : walk_away(terminal, votes->count + i, contest, err);
    }
    return code;
}
