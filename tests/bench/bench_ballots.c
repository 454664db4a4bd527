/* SPDX-License-Identifier: Apache-2.0 */
/* Embedding, encryption with proof, and the check of proofs. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "ballot.h"
#include "bench.h"
#include "sample.h"

enum { BALLOTS = 256 };

struct ballots {
    struct ballot_key *key;
    struct plaintext_rule rule;
    uint8_t width;
    uint8_t plaintext[PLAINTEXT_BYTES_MAX];
    uint8_t context[BALLOT_CONTEXT_BYTES];
    uint8_t seed[BALLOT_SEED_BYTES];
    uint8_t ciphertext[BALLOT_CIPHERTEXT_BYTES(PLAINTEXT_WIDTH_MAX)];
    uint8_t proof[BALLOT_PROOF_BYTES(PLAINTEXT_WIDTH_MAX)];
    struct ballot_claim claims[BALLOTS];
    struct pool *pool;
};

static void encrypt(void *arg)
{
    struct ballots *b = arg;

    sample_must(ballot_encrypt(b->ciphertext, b->proof, b->key, b->context,
                               &b->rule, b->plaintext, plaintext_size(&b->rule),
                               b->seed, NULL),
                "encrypt");
}

static void embed(void *arg)
{
    struct ballots *b = arg;
    uint8_t point[GROUP_POINT_BYTES];

    for (size_t i = 0; i < b->width; i++) {
        sample_must(embed_chunk(point, b->plaintext), "embed");
    }
}

static void check(void *arg)
{
    struct ballots *b = arg;

    ballot_check_list(b->pool, b->claims, BALLOTS);
    for (size_t i = 0; i < BALLOTS; i++) {
        sample_must(b->claims[i].code, "check");
    }
}

static void bench_width(struct pool *pool, uint16_t proposals)
{
    struct ballots *b = sample_memory(sizeof *b);
    struct sample sample;

    memset(b, 0, sizeof *b);
    sample_open(&sample, 1, 1);
    sample_must(ballot_key_open(&b->key, sample.key, NULL), "key");
    b->pool = pool;
    b->rule = (struct plaintext_rule){
        .type = PLAINTEXT_POINTS, .n = proposals, .limit = 10, .cap = 10};
    b->width = (uint8_t)plaintext_width(&b->rule);
    b->plaintext[0] = 10;
    randombytes_buf(b->seed, sizeof b->seed);
    encrypt(b);
    for (size_t i = 0; i < BALLOTS; i++) {
        b->claims[i] = (struct ballot_claim){b->context, b->ciphertext,
                                             b->proof, b->width, AULA_OK};
    }
    bench_run(&(struct bench_case){"encrypt and prove, embedding apart",
                                   "ballot",
                                   b->width,
                                   1,
                                   1,
                                   {2U * b->width, b->width, b->width, 0}},
              encrypt, embed, b);
    bench_run(&(struct bench_case){"embed",
                                   "ballot",
                                   b->width,
                                   1,
                                   1,
                                   {.valid = 128U * b->width}},
              embed, NULL, b);
    bench_run(&(struct bench_case){"check proofs",
                                   "ballot",
                                   b->width,
                                   BALLOTS,
                                   pool_threads(pool),
                                   {b->width, b->width, b->width, 0}},
              check, NULL, b);
    ballot_key_close(b->key);
    sample_close(&sample);
    free(b);
}

void bench_ballots(struct pool *pool)
{
    bench_width(pool, 30);
    bench_width(pool, 1000);
}
