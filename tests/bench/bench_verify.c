/* SPDX-License-Identifier: Apache-2.0 */
/* A whole board with one mix is checked: beside the cost of the records and the
 * mix alone, checked from memory by the same threads. The rest, which are
 * names, reading, hashes, the counting set and the closing made again, may add
 * no more than the bound. Then the same for a hundred times as many ballots. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "approval.h"
#include "bench.h"
#include "board.h"
#include "mix.h"
#include "sample.h"
#include "town.h"

enum { FEW = 1000, MANY = 100000, ROUNDS = 3 };

static const double bound = 1.15;

static double seconds_board(const struct town *town, struct pool *pool)
{
    double start = bench_now();
    struct board *board = NULL;

    sample_must(board_open(&board, town->folder.path, town->office.public, pool,
                           NULL),
                "board");
    sample_must(board_check(board, BOARD_APPROVALS, NULL), "board");
    board_close(board);
    return bench_now() - start;
}

static double seconds_alone(const struct town *town, struct pool *pool)
{
    struct record_election election = {&town->package, town->key,
                                       &town->certificate, 1};
    uint8_t v = 0;
    double start;

    start = bench_now();
    record_check_list(pool, &election, town->ballots, town->count);
    sample_must(mix_check(&v, pool, &town->input, town->package.trustee_keys,
                          town->package.trustee_count, 0, town->mix,
                          town->mix_size, NULL),
                "mix");
    return bench_now() - start;
}

static struct bench_pair measure(const struct town *town, struct pool *pool)
{
    struct bench_pair pairs[ROUNDS];
    size_t rounds = bench_once() ? 1 : ROUNDS;

    for (size_t i = 0; i < rounds; i++) {
        pairs[i].yardstick = seconds_alone(town, pool);
        pairs[i].value = seconds_board(town, pool);
    }
    return bench_middle(pairs, rounds);
}

void bench_verify(struct pool *pool)
{
    uint32_t many = bench_once() ? FEW : MANY;
    struct town *town = sample_memory(sizeof *town);
    struct bench_pair few;
    double more;

    town_open(town, FEW, pool);
    few = measure(town, pool);
    town_close(town);
    bench_print("verify a board", 1e6 * few.value / FEW, "us/ballot",
                1e6 * few.yardstick / FEW, bound);
    town_open(town, many, pool);
    more = seconds_board(town, pool);
    town_close(town);
    bench_print_beside("verify a board, growth", 1e6 * more / many, "us/ballot",
                       1e6 * few.value / FEW, bound, "count", many);
    free(town);
}
