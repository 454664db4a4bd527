/* SPDX-License-Identifier: Apache-2.0 */
/* What a trustee's commands do to a contest, and what the office does with it:
 * a mix and a decryption as they come to stand on a board, made, checked by
 * their maker and written, and the ballots read from the decryptions. The
 * operations are those of bench_mixes.c and bench_decryptions.c, made and
 * checked; then the same for a hundred times as many ballots, which may cost no
 * more for each.
 *
 * The points of the sample say nothing, so reading a ballot ends with its first
 * chunk: a canonical point, of which no more than its form is looked at. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "file.h"
#include "folder.h"
#include "journal.h"
#include "mix.h"
#include "outcome.h"
#include "sample.h"
#include "trustee_work.h"

enum { FEW = 1000, MANY = 100000, ONCE = 40, ROUNDS = 5 };

static const double growth = 1.15;

/* One trustee, one contest, and the board in between. */
struct desk {
    struct sample sample;
    struct folder folder;
    struct board board;
    struct counting_contest counted;
    struct counting_outcome outcome;
    struct board_contest contest;
    struct package_contest rule;
    struct trustee_seat seat;
    const char *written; /* by the last job, to be taken away */
    uint8_t *rows;
};

static void set_package(struct desk *desk)
{
    struct package *package = &desk->board.package;

    memcpy(package->hash, desk->sample.package_hash, sizeof package->hash);
    memcpy(package->key, desk->sample.key, sizeof package->key);
    memcpy(package->shares[0], desk->sample.key, GROUP_POINT_BYTES);
    memcpy(package->trustee_keys[0], desk->sample.sign_public[0],
           SIGN_PUBLIC_BYTES);
    package->trustee_count = 1;
    package->threshold = 1;
    package->contest_count = 1;
    package->contests = &desk->rule;
    desk->rule.rule = (struct plaintext_rule){
        .type = PLAINTEXT_APPROVAL, .n = 160, .limit = 5};
}

static void desk_open_for(struct desk *desk, struct pool *pool, uint32_t count)
{
    memset(desk, 0, sizeof *desk);
    sample_open(&desk->sample, count, 1);
    folder_open(&desk->folder);
    set_package(desk);
    (void)snprintf(desk->board.folder, sizeof desk->board.folder, "%s",
                   desk->folder.path);
    (void)snprintf(desk->seat.folder, sizeof desk->seat.folder, "%s",
                   desk->folder.path);
    sample_must(journal_make(desk->seat.folder, desk->sample.key, NULL),
                "journal");
    desk->counted.status = COUNTING_COUNTED;
    desk->outcome.contests = &desk->counted;
    desk->outcome.contest_count = 1;
    desk->board.outcome = &desk->outcome;
    desk->board.contests = &desk->contest;
    desk->board.pool = pool;
    desk->contest.width = 1;
    desk->contest.count = count;
    desk->contest.list = desk->sample.list;
    desk->seat.index = 1;
    desk->seat.sign_secret = desk->sample.sign_secret;
    desk->seat.share = desk->sample.share;
    desk->rows = sample_memory(count * outcome_row_size(&desk->rule.rule));
}

static void desk_close_all(struct desk *desk)
{
    free(desk->rows);
    folder_close(&desk->folder);
    sample_close(&desk->sample);
}

static void take_away(const struct desk *desk, const char *name)
{
    char path[FOLDER_PATH_BYTES];

    folder_file(path, &desk->folder, name);
    (void)remove(path);
}

static void mix(void *arg)
{
    struct desk *desk = arg;
    char name[TRUSTEE_WORK_NAME_BYTES];

    take_away(desk, "mix/0/1.mix");
    sample_must(trustee_work_mix(name, &desk->board, &desk->seat, 0, NULL),
                "mix");
}

static void decrypt(void *arg)
{
    struct desk *desk = arg;
    char name[TRUSTEE_WORK_NAME_BYTES];

    take_away(desk, "decrypt/0/1.dec");
    sample_must(trustee_work_decrypt(name, &desk->board, &desk->seat, 0, NULL),
                "decryption");
}

/* The list says nothing, and neither do its own points as a decryption. */
static void read_ballots(void *arg)
{
    struct desk *desk = arg;
    const struct decrypt_input input = {desk->sample.package_hash, 0, 1,
                                        desk->sample.count, desk->sample.list};
    const struct decrypt_part parts[2] = {{1, desk->sample.list},
                                          {2, desk->sample.list}};
    uint32_t valid = 0;

    sample_must(outcome_open(desk->rows, &valid, desk->board.pool,
                             &desk->rule.rule, &input, parts, 2, 2, NULL),
                "ballots");
}

static const struct {
    const char *name;
    const char *growth;
    bench_job *job;
    struct bench_count count; /* of width 1 */
} jobs[] = {
    {"mix onto a board", "mix onto a board, growth", mix, {5, 14, 18, 0}},
    {"decrypt onto a board",
     "decrypt onto a board, growth",
     decrypt,
     {0, 4, 3, 0}},
    {"read ballots", "read ballots, growth", read_ballots, {0, 2, 2, 0}},
};

enum { JOBS = sizeof jobs / sizeof jobs[0] };

static double seconds_each(bench_job *job, struct desk *desk)
{
    double start = bench_now();

    job(desk);
    return (bench_now() - start) / desk->sample.count;
}

void bench_board(struct pool *pool)
{
    bool is_once = bench_once();
    uint32_t count = is_once ? ONCE : FEW;
    uint32_t many = is_once ? ONCE : MANY;
    struct desk *few = sample_memory(sizeof *few);
    struct desk *more = sample_memory(sizeof *more);

    desk_open_for(few, pool, count);
    desk_open_for(more, pool, many);
    for (size_t i = 0; i < JOBS; i++) {
        double least = 1e9;
        double each;

        bench_run(&(struct bench_case){jobs[i].name, "ballot", 1, count,
                                       pool_threads(pool), jobs[i].count},
                  jobs[i].job, NULL, few);
        for (unsigned round = 0; round < (is_once ? 1U : ROUNDS); round++) {
            each = seconds_each(jobs[i].job, few);
            least = each < least ? each : least;
        }
        bench_print_beside(jobs[i].growth,
                           1e6 * seconds_each(jobs[i].job, more), "us/ballot",
                           1e6 * least, growth, "count", many);
    }
    desk_close_all(more);
    desk_close_all(few);
    free(more);
    free(few);
}
