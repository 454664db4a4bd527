/* SPDX-License-Identifier: Apache-2.0 */
/* A vote is encrypted and proved in the same way whatever it is: neither the
 * plaintext nor the seed decides a branch or an address, for any type of
 * ballot. What is seen: whether the plaintext is a valid one, and ciphertext
 * and proof, which go on the record. */
#include "secret.h"

#include <string.h>

#include "ballot.h"

enum { PROPOSALS = 40, LIMIT = 3, WIDTH_MAX = 2 };

static const uint64_t costs[PROPOSALS] = {100, 200, 300};

static const struct plaintext_rule rules[] = {
    {.type = PLAINTEXT_APPROVAL, .n = PROPOSALS, .limit = LIMIT},
    {.type = PLAINTEXT_KNAPSACK, .n = PROPOSALS, .budget = 400, .costs = costs},
    {.type = PLAINTEXT_POINTS, .n = PROPOSALS, .limit = LIMIT, .cap = 2},
    {.type = PLAINTEXT_RANKING, .n = PROPOSALS, .limit = LIMIT},
};

/* Valid for each type, as bits, points or ranks. */
static const uint8_t vote[PROPOSALS] = {1, 2};
static const uint8_t context[BALLOT_CONTEXT_BYTES] = {7};

struct drawn {
    uint8_t plaintext[PROPOSALS];
    uint8_t seed[BALLOT_SEED_BYTES];
    uint8_t ciphertext[BALLOT_CIPHERTEXT_BYTES(WIDTH_MAX)];
    uint8_t proof[BALLOT_PROOF_BYTES(WIDTH_MAX)];
};

static enum aula_code encrypt(struct drawn *drawn, const struct ballot_key *key,
                              const struct plaintext_rule *rule)
{
    return ballot_encrypt(drawn->ciphertext, drawn->proof, key, context, rule,
                          drawn->plaintext, plaintext_size(rule), drawn->seed,
                          NULL);
}

static bool casts(const struct ballot_key *key,
                  const struct plaintext_rule *rule)
{
    size_t width = plaintext_width(rule);
    struct drawn drawn;

    memcpy(drawn.plaintext, vote, sizeof vote);
    randombytes_buf(drawn.seed, sizeof drawn.seed);
    secret_hide(drawn.plaintext, sizeof drawn.plaintext);
    secret_hide(drawn.seed, sizeof drawn.seed);
    if (encrypt(&drawn, key, rule) != AULA_OK) {
        return false;
    }
    secret_publish(drawn.ciphertext, BALLOT_CIPHERTEXT_BYTES(width));
    secret_publish(drawn.proof, BALLOT_PROOF_BYTES(width));
    return ballot_check(context, width, drawn.ciphertext, drawn.proof) ==
           AULA_OK;
}

/* Full bytes are too much for every type. */
static bool refuses(const struct ballot_key *key,
                    const struct plaintext_rule *rule)
{
    struct drawn drawn;

    memset(&drawn, 0xff, sizeof drawn);
    secret_hide(drawn.plaintext, sizeof drawn.plaintext);
    secret_hide(drawn.seed, sizeof drawn.seed);
    return encrypt(&drawn, key, rule) != AULA_OK;
}

int main(void)
{
    struct ballot_key *key = NULL;
    uint8_t point[GROUP_POINT_BYTES];
    bool good = true;

    if (sodium_init() < 0) {
        return 1;
    }
    crypto_core_ristretto255_random(point);
    if (ballot_key_open(&key, point, NULL) != AULA_OK) {
        return 1;
    }
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        good = casts(key, &rules[i]) && refuses(key, &rules[i]) && good;
    }
    ballot_key_close(key);
    return good ? 0 : 1;
}
