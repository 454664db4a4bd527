/* SPDX-License-Identifier: Apache-2.0 */
/* A whole rehearsal in a folder of its own, for tests of what it leaves.
 * Passphrases cost nothing here (cheap_pwhash.h). For one file of a program. */
#ifndef AULA_TEST_REHEARSE_PLAY_H
#define AULA_TEST_REHEARSE_PLAY_H

#include "pabulib_sample.h"

#include <ftw.h>
#include <unistd.h>

#include "cheap_pwhash.h"

#include "file.h"
#include "rehearse_found.h"
#include "rehearse_run.h"
#include "rehearse_sample.h"
#include "vfs.h"

enum { FIRST_DAY = 20000, SEED = 11 };

#define SECRET "ABCDEFGHJKMNP"

/* A rehearsal that was run, and what was found of it. */
struct play {
    char folder[32];
    struct passphrase passphrase;
    struct pabulib file;
    struct rehearse_election *election;
    struct rehearse_votes votes;
    struct rehearse_plan plan;
    struct rehearse_run run;
    struct found *found;
};

static inline uint64_t no_time(void *context)
{
    (void)context;
    return 0;
}

static inline void run(struct play *play, unsigned terminals, bool has_visitors)
{
    static const struct clock clock = {no_time, NULL};
    struct rehearse_scene scene = {.election = play->election,
                                   .votes = &play->votes,
                                   .plan = &play->plan,
                                   .passphrase = &play->passphrase,
                                   .terminals = terminals,
                                   .has_visitors = has_visitors};
    struct aula_error err = {.message = ""};

    assert_int_equal(rehearse_plan_make(&play->plan, &play->election->election,
                                        play->votes.count, NULL),
                     AULA_OK);
    if (rehearse_run(&play->run, &scene, play->folder, true, stderr, &clock,
                     &err) != AULA_OK) {
        fail_msg("%s", err.message);
    }
    play->found = found_open(play->folder, NULL);
}

/* An election for a file that is open; passphrase.txt as the command has it. */
static inline struct play *start(const struct pabulib *file)
{
    struct play *play = calloc(1, sizeof *play);
    char path[PLACE_BYTES];
    struct aula_error err = {.message = ""};

    assert_non_null(play);
    play->file = *file;
    play->passphrase.text = strdup(SECRET);
    play->passphrase.size = strlen(SECRET);
    (void)snprintf(play->folder, sizeof play->folder,
                   "/tmp/aula-rehearse-XXXXXX");
    assert_non_null(mkdtemp(play->folder));
    assert_int_equal(place_in(path, play->folder, "passphrase.txt", NULL),
                     AULA_OK);
    assert_int_equal(file_write_new(path, SECRET, strlen(SECRET), 0600, NULL),
                     AULA_OK);
    if (rehearse_election_make(&play->election, play->folder, &play->file,
                               FIRST_DAY, FIRST_DAY + 1, &play->passphrase,
                               &err) != AULA_OK) {
        fail_msg("%s", err.message);
    }
    return play;
}

static inline int remove_one(const char *path, const struct stat *status,
                             int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

static inline void end(struct play *play)
{
    found_close(play->found);
    rehearse_run_close(&play->run);
    rehearse_votes_close(&play->votes);
    rehearse_election_close(play->election);
    pabulib_close(&play->file);
    free(play->passphrase.text);
    assert_int_equal(nftw(play->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS),
                     0);
    free(play);
}

static inline size_t count_kind(const struct found *found,
                                enum record_kind kind)
{
    size_t count = 0;

    for (size_t i = 0; i < found->count; i++) {
        count += found->records[i].record.kind == kind;
    }
    return count;
}

#endif
