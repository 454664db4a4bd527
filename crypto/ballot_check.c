/* SPDX-License-Identifier: Apache-2.0 */
/* What anyone can check of a ballot; see ballot.h. */
#include <sodium.h>
#include <string.h>

#include "ballot_key.h"
#include "hash.h"

enum { CLAIMS_GRAIN = 16 };

static enum aula_code check_scalars(const uint8_t *proof, size_t width)
{
    enum aula_code code = AULA_OK;

    for (size_t i = 0; i <= width && code == AULA_OK; i++) {
        code = group_check_scalar(proof + i * GROUP_SCALAR_BYTES);
    }
    return code;
}

/* a_i as points; b_i only has to be one. */
static enum aula_code decode_pairs(struct curve_point *a,
                                   const uint8_t *ciphertext, size_t width)
{
    struct curve_point b;
    enum aula_code code = AULA_OK;

    for (size_t i = 0; i < width && code == AULA_OK; i++) {
        const uint8_t *pair = ciphertext + i * 2 * GROUP_POINT_BYTES;

        code = curve_decode(&a[i], pair);
        if (code == AULA_OK) {
            code = curve_decode(&b, pair + GROUP_POINT_BYTES);
        }
    }
    return code;
}

enum aula_code ballot_check(const uint8_t context[static BALLOT_CONTEXT_BYTES],
                            size_t width, const uint8_t *ciphertext,
                            const uint8_t *proof)
{
    uint8_t commitments[PLAINTEXT_WIDTH_MAX][GROUP_POINT_BYTES];
    struct curve_point a[PLAINTEXT_WIDTH_MAX];
    uint8_t minus_c[GROUP_SCALAR_BYTES];
    uint8_t c[GROUP_SCALAR_BYTES];
    enum aula_code code;

    code = decode_pairs(a, ciphertext, width);
    if (code == AULA_OK) {
        code = check_scalars(proof, width);
    }
    if (code != AULA_OK) {
        return code;
    }
    crypto_core_ristretto255_scalar_negate(minus_c, proof);
    for (size_t i = 0; i < width; i++) {
        curve_public_mul2(&a[i], proof + (i + 1) * GROUP_SCALAR_BYTES, &a[i],
                          minus_c);
        curve_encode(commitments[i], &a[i]);
    }
    ballot_challenge(c, context, ciphertext, commitments[0], width);
    return memcmp(c, proof, sizeof c) == 0 ? AULA_OK : AULA_BALLOT_PROOF;
}

static void check_claims(void *arg, unsigned worker, size_t first, size_t end)
{
    struct ballot_claim *claims = arg;

    (void)worker;
    for (size_t i = first; i < end; i++) {
        claims[i].code = ballot_check(claims[i].context, claims[i].width,
                                      claims[i].ciphertext, claims[i].proof);
    }
}

void ballot_check_list(struct pool *pool, struct ballot_claim *claims,
                       size_t count)
{
    pool_run(pool, count, CLAIMS_GRAIN, check_claims, claims);
}

enum aula_code
ballot_check_opening(const struct ballot_key *key,
                     const uint8_t context[static BALLOT_CONTEXT_BYTES],
                     const struct plaintext_rule *rule,
                     const uint8_t *plaintext, size_t plaintext_bytes,
                     const uint8_t seed[static BALLOT_SEED_BYTES],
                     const uint8_t *ciphertext, const uint8_t *proof,
                     struct aula_error *err)
{
    uint8_t pairs[BALLOT_CIPHERTEXT_BYTES(PLAINTEXT_WIDTH_MAX)];
    uint8_t proved[BALLOT_PROOF_BYTES(PLAINTEXT_WIDTH_MAX)];
    size_t width = plaintext_width(rule);
    enum aula_code code;

    code = ballot_encrypt(pairs, proved, key, context, rule, plaintext,
                          plaintext_bytes, seed, NULL);
    if (code == AULA_MEMORY) {
        return aula_fail(err, code, "opened ballot: no locked memory");
    }
    if (code != AULA_OK ||
        memcmp(pairs, ciphertext, BALLOT_CIPHERTEXT_BYTES(width)) != 0 ||
        memcmp(proved, proof, BALLOT_PROOF_BYTES(width)) != 0) {
        return aula_fail(err, AULA_CHALLENGE_MISMATCH,
                         "opened ballot: seed and choices give another one");
    }
    return AULA_OK;
}

void ballot_code_hash(uint8_t hash[static BALLOT_CODE_HASH_BYTES],
                      const uint8_t context[static BALLOT_CONTEXT_BYTES],
                      size_t width, const uint8_t *ciphertext,
                      const uint8_t *proof)
{
    struct hash h;

    hash_start(&h, HASH_BYTES, "ballot-code");
    hash_field(&h, context, BALLOT_CONTEXT_BYTES);
    hash_field(&h, ciphertext, BALLOT_CIPHERTEXT_BYTES(width));
    hash_field(&h, proof, BALLOT_PROOF_BYTES(width));
    hash_end(&h, hash);
}
