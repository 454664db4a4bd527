/* SPDX-License-Identifier: Apache-2.0 */
/* One resident of a rehearsal; see rehearse_terminal.h. */
#include <sodium.h>

#include "rehearse_draw.h"
#include "rehearse_terminal.h"
#include "rehearse_voter.h"
#include "session.h"
#include "stopwatch.h"

struct rehearse_time rehearse_time_now(void)
{
    return (struct rehearse_time){stopwatch_us(), stopwatch_thread_us()};
}

void rehearse_time_lap(struct rehearse_terminal *terminal,
                       enum rehearse_part part, struct rehearse_time *start)
{
    struct rehearse_time now = rehearse_time_now();

    terminal->times[part].us += now.us - start->us;
    terminal->times[part].work_us += now.work_us - start->work_us;
    *start = now;
}

enum aula_code rehearse_check_in(struct rehearse_terminal *terminal,
                                 uint64_t voter, uint16_t contest,
                                 struct aula_error *err)
{
    const struct package *package = &terminal->scene->election->kept->package;
    char typed[REHEARSE_VOTER_BYTES];
    struct session_lookup lookup;
    enum aula_code code;

    rehearse_voter(typed, package->id_scheme, voter);
    code = session_look_up(terminal->terminal, &lookup, typed, TAG_DIGITS, err);
    return code != AULA_OK
               ? code
               : session_admit(terminal->terminal, &contest, 1, err);
}

/* Prepare a ballot and cast or open it. */
static enum aula_code fill_in(struct rehearse_terminal *t, uint16_t contest,
                              const uint8_t *plaintext, bool is_cast,
                              struct rehearse_time *start,
                              struct aula_error *err)
{
    const struct package *package = &t->scene->election->kept->package;
    size_t size = plaintext_size(&package->contests[contest].rule);
    struct session_ballot ballot;
    enum aula_code code = session_prepare(t->terminal, &ballot, contest,
                                          plaintext, size, err);

    rehearse_time_lap(t, REHEARSE_PREPARE, start);
    if (code == AULA_OK) {
        code = is_cast ? session_cast(t->terminal, err)
                       : session_challenge(t->terminal, err);
    }
    rehearse_time_lap(t, REHEARSE_RECORD, start);
    if (code != AULA_OK) {
        return code;
    }
    t->cast += is_cast;
    t->challenged += !is_cast;
    return rehearse_hall_tell(t->scene->hall, t->number, ballot.seq,
                              ballot.code, is_cast, err);
}

/* A ballot that will be public, of choices that nobody has. */
static enum aula_code challenge(struct rehearse_terminal *t, size_t place,
                                uint16_t contest, struct rehearse_time *start,
                                struct aula_error *err)
{
    const struct package *package = &t->scene->election->kept->package;
    uint8_t plaintext[PLAINTEXT_BYTES_MAX];
    struct rehearse_draw draw;

    rehearse_draw_start(&draw, t->scene->votes->seed, REHEARSE_CHALLENGE,
                        place);
    rehearse_draw_plaintext(plaintext, &package->contests[contest].rule, &draw);
    return fill_in(t, contest, plaintext, false, start, err);
}

enum aula_code rehearse_cast(struct rehearse_terminal *terminal,
                             uint16_t contest, const uint8_t *plaintext,
                             struct aula_error *err)
{
    struct rehearse_time start = rehearse_time_now();
    enum aula_code code = fill_in(terminal, contest, plaintext, true, &start,
                                  err);

    return code != AULA_OK ? code
                           : session_leave(terminal->terminal, NULL, err);
}

enum aula_code rehearse_ballot(struct rehearse_terminal *terminal, size_t place,
                               bool is_challenged, struct aula_error *err)
{
    uint8_t plaintext[PLAINTEXT_BYTES_MAX];
    uint16_t contest = rehearse_votes_get(terminal->scene->votes, plaintext,
                                          place);
    struct rehearse_time start = rehearse_time_now();
    enum aula_code code = rehearse_check_in(terminal, place, contest, err);

    rehearse_time_lap(terminal, REHEARSE_CHECK_IN, &start);
    if (code == AULA_OK && is_challenged) {
        code = challenge(terminal, place, contest, &start, err);
    }
    if (code == AULA_OK) {
        code = fill_in(terminal, contest, plaintext, true, &start, err);
    }
    sodium_memzero(plaintext, sizeof plaintext);
    start = rehearse_time_now();
    if (code == AULA_OK) {
        code = session_leave(terminal->terminal, NULL, err);
    }
    rehearse_time_lap(terminal, REHEARSE_LEAVE, &start);
    return code;
}
