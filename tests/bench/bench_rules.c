/* SPDX-License-Identifier: Apache-2.0 */
/* Counting rules beside the reference implementation (Python, exact fractions,
 * equal ballots grouped).
 *
 * Of real files its seconds stand in expected.json; they are those of the rule
 * alone, and so are ours. Of the two sizes that are drawn here they were
 * measured on this kind of machine, and ours have the reading of the file in
 * them. Work on one thread is timed as such; completions use all cores.
 */
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "file.h"
#include "rule_pabulib.h"
#include "sample.h"

enum { ROUNDS = 9, PATH_BYTES = 256, NAME_BYTES = 128 };

static const double shares_bound = 0.01;

/* Greedy is a matter of milliseconds in both. */
static const double greedy_bound = 0.2;

static int rounds(void)
{
    return bench_once() ? 1 : ROUNDS;
}

/* Gives the steps of a completion. */
static uint64_t count(const struct rule *rule, const struct rule_source *source,
                      struct pool *pool)
{
    struct rule_outcome outcome;
    uint64_t steps = 0;

    sample_must(rule_count(&outcome, rule, &source->contest, pool, NULL),
                "count");
    steps = outcome.steps;
    rule_outcome_close(&outcome);
    return steps;
}

static double now(const struct rule *rule)
{
    return rule->add > 0 ? bench_now() : bench_work();
}

/* ---- real files */

static const char *folder(void)
{
    const char *named = getenv("AULA_PABULIB");

    return named != NULL ? named : "../shared/data/pabulib";
}

static void measure_rule(const char *file_name, const char *name,
                         const struct pabulib *file, double theirs,
                         struct pool *pool)
{
    struct rule_source source;
    char title[NAME_BYTES];
    struct rule rule;
    double best = 1e9;

    if (!rule_read(&rule, name)) {
        return;
    }
    sample_must(rule_source_open(&source, &rule, file, NULL), "ballots");
    for (int i = 0; i < rounds(); i++) {
        double start = now(&rule);

        (void)count(&rule, &source, pool);
        start = now(&rule) - start;
        best = start < best ? start : best;
    }
    rule_source_close(&source);
    (void)snprintf(title, sizeof title, "%s of %.40s", name, file_name);
    bench_print(title, 1e3 * best, "ms", 1e3 * theirs,
                rule.method == RULE_SHARES ? shares_bound : greedy_bound);
}

static void measure_file(const char *name, const json_t *row, struct pool *pool)
{
    char path[PATH_BYTES];
    struct pabulib file;
    uint8_t *bytes = NULL;
    size_t size = 0;
    const char *rule = NULL;
    json_t *outcome = NULL;

    (void)snprintf(path, sizeof path, "%s/%s", folder(), name);
    sample_must(file_read(&bytes, &size, path, PABULIB_BYTES_MAX, NULL), path);
    sample_must(pabulib_open(&file, bytes, size, NULL), path);
    json_object_foreach(json_object_get(row, "rules"), rule, outcome)
    {
        measure_rule(name, rule, &file,
                     json_number_value(json_object_get(outcome, "seconds")),
                     pool);
    }
    pabulib_close(&file);
    free(bytes);
}

static void measure_real(struct pool *pool)
{
    char path[PATH_BYTES];
    json_t *root = NULL;
    json_t *row = NULL;
    const char *name = NULL;

    (void)snprintf(path, sizeof path, "%s/expected.json", folder());
    root = json_load_file(path, 0, NULL);
    if (root == NULL) {
        bench_missing("rules of real files", "expected.json");
        return;
    }
    json_object_foreach(json_object_get(root, "files"), name, row)
    {
        measure_file(name, row, pool);
    }
    json_decref(root);
}

/* ---- drawn files */

struct size {
    unsigned projects;
    unsigned voters;
    unsigned least; /* hundreds of a project, its cost */
    unsigned most;
    unsigned budget; /* likewise */
};

/* Of the second, the completion takes some dozens of steps. */
static const struct size large = {160, 90494, 30, 6000, 100000};
static const struct size middle = {64, 6586, 3, 600, 4500};

/* Numbers that are the same in every run. */
struct stream {
    uint8_t bytes[4096];
    size_t used;
    uint32_t block;
};

static uint32_t draw(struct stream *stream, uint32_t below)
{
    uint32_t number;

    if (stream->used == 0) {
        uint8_t seed[randombytes_SEEDBYTES] = {0};

        memcpy(seed, &stream->block, sizeof stream->block);
        stream->block++;
        randombytes_buf_deterministic(stream->bytes, sizeof stream->bytes,
                                      seed);
        stream->used = sizeof stream->bytes;
    }
    stream->used -= sizeof number;
    memcpy(&number, stream->bytes + stream->used, sizeof number);
    return number % below;
}

/* A ballot names up to fifteen; the smaller of two numbers is the popular. */
static void put_vote(FILE *out, struct stream *stream, const struct size *size,
                     unsigned voter, unsigned *seen)
{
    unsigned count = 1 + draw(stream, 15);
    bool is_first = true;

    (void)fprintf(out, "%u;", voter);
    while (count-- > 0) {
        unsigned a = draw(stream, size->projects);
        unsigned b = draw(stream, size->projects);

        a = a < b ? a : b;
        if (seen[a] != voter) {
            (void)fprintf(out, "%s%u", is_first ? "" : ",", a + 1);
            is_first = false;
        }
        seen[a] = voter;
    }
    (void)fprintf(out, ";%u;F;internet\n", 16 + draw(stream, 70));
}

static void make_file(char **text, size_t *bytes, const struct size *size)
{
    struct stream *stream = sample_memory(sizeof *stream);
    unsigned *seen = sample_memory(size->projects * sizeof *seen);
    FILE *out = open_memstream(text, bytes);

    if (out == NULL) {
        perror("aula-bench: a drawn file");
        exit(1);
    }
    memset(stream, 0, sizeof *stream);
    memset(seen, 0, size->projects * sizeof *seen);
    (void)fprintf(out,
                  "META\nkey;value\ndescription;Drawn\ncountry;Nowhere\n"
                  "unit;Drawn\ninstance;2026\nnum_projects;%u\nnum_votes;%u\n"
                  "budget;%u00\nvote_type;approval\nrule;greedy\n"
                  "date_begin;2026\ndate_end;2026\nmax_length;15\n"
                  "PROJECTS\nproject_id;cost\n",
                  size->projects, size->voters, size->budget);
    for (unsigned i = 1; i <= size->projects; i++) {
        unsigned cost = size->least + draw(stream, size->most - size->least);

        /* Most are small. */
        cost = draw(stream, 3) > 0 ? 1 + cost / 8 : cost;
        (void)fprintf(out, "%u;%u00\n", i, cost);
    }
    (void)fprintf(out, "VOTES\nvoter_id;vote;age;sex;voting_method\n");
    for (unsigned i = 1; i <= size->voters; i++) {
        put_vote(out, stream, size, i, seen);
    }
    (void)fclose(out);
    free(seen);
    free(stream);
}

/* All that `aula tally` does between a file's bytes and the outcome. */
static double tally(const char *text, size_t bytes, const struct rule *rule,
                    struct pool *pool, uint64_t *steps)
{
    double start = now(rule);
    struct rule_source source;
    struct pabulib file;

    sample_must(pabulib_open(&file, (const uint8_t *)text, bytes, NULL),
                "a drawn file");
    sample_must(rule_source_open(&source, rule, &file, NULL), "ballots");
    *steps = count(rule, &source, pool);
    start = now(rule) - start;
    rule_source_close(&source);
    pabulib_close(&file);
    return start;
}

static void measure_drawn(const struct size *size, const char *name,
                          double theirs, struct pool *pool)
{
    char title[NAME_BYTES];
    char *text = NULL;
    size_t bytes = 0;
    struct rule rule;
    uint64_t steps = 0;
    double best = 1e9;

    if (!rule_read(&rule, name)) {
        return;
    }
    make_file(&text, &bytes, size);
    for (int i = 0; i < rounds(); i++) {
        double one = tally(text, bytes, &rule, pool, &steps);

        best = one < best ? one : best;
    }
    free(text);
    (void)snprintf(title, sizeof title, "%s of %u x %u, read and counted", name,
                   size->projects, size->voters);
    bench_print_beside(title, 1e3 * best, "ms", 1e3 * theirs, shares_bound,
                       "increments", (unsigned)steps);
}

static void measure_reading(void)
{
    static const double limit_ms = 100;
    struct pabulib file;
    char *text = NULL;
    size_t bytes = 0;
    double best = 1e9;

    make_file(&text, &bytes, &large);
    for (int i = 0; i < rounds(); i++) {
        double start = bench_work();

        sample_must(pabulib_open(&file, (uint8_t *)text, bytes, NULL),
                    "a drawn file");
        start = bench_work() - start;
        best = start < best ? start : best;
        pabulib_close(&file);
    }
    free(text);
    bench_print_beside("read a Pabulib file", 1e3 * best, "ms", limit_ms, 1,
                       "votes", large.voters);
}

void bench_rules(struct pool *pool)
{
    measure_real(pool);
    measure_reading();
    measure_drawn(&large, "greedy_votes", 20, pool);
    measure_drawn(&large, "mes_cost", 14, pool);
    measure_drawn(&middle, "mes_cost_add1", 10, pool);
}
