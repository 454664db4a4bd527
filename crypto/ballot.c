/* SPDX-License-Identifier: Apache-2.0 */
/* Encrypt and prove (PROTOCOL.md 7.2); see ballot.h. The checks that anyone can
 * run stand in ballot_check.c.
 */
#include "ballot.h"

#include <sodium.h>
#include <string.h>

#include "ballot_key.h"
#include "hash.h"

void ballot_context(uint8_t context[static BALLOT_CONTEXT_BYTES],
                    const struct ballot_place *place)
{
    struct hash h;

    hash_start(&h, HASH_WIDE_BYTES, "ballot-context");
    hash_field(&h, place->package_hash, 32);
    hash_field(&h, place->key, GROUP_POINT_BYTES);
    hash_u16(&h, place->contest);
    hash_u8(&h, place->width);
    hash_field(&h, place->tid, 16);
    hash_u64(&h, place->seq);
    hash_u64(&h, place->time);
    hash_field(&h, place->prev, 32);
    hash_field(&h, place->tagc, 32);
    hash_end(&h, context);
}

void ballot_derive_r(uint8_t r[static GROUP_SCALAR_BYTES],
                     const uint8_t context[static BALLOT_CONTEXT_BYTES],
                     const uint8_t seed[static BALLOT_SEED_BYTES],
                     const uint8_t *plaintext, size_t plaintext_bytes,
                     uint32_t chunk)
{
    struct hash h;

    hash_start(&h, HASH_WIDE_BYTES, "ballot-r");
    hash_field(&h, context, BALLOT_CONTEXT_BYTES);
    hash_field(&h, seed, BALLOT_SEED_BYTES);
    hash_field(&h, plaintext, plaintext_bytes);
    hash_u32(&h, chunk);
    hash_end_scalar(&h, r);
}

void ballot_derive_t(uint8_t t[static GROUP_SCALAR_BYTES],
                     const uint8_t context[static BALLOT_CONTEXT_BYTES],
                     const uint8_t seed[static BALLOT_SEED_BYTES],
                     const uint8_t *plaintext, size_t plaintext_bytes,
                     const uint8_t *ciphertext, size_t width, uint32_t chunk)
{
    struct hash h;

    hash_start(&h, HASH_WIDE_BYTES, "ballot-t");
    hash_field(&h, context, BALLOT_CONTEXT_BYTES);
    hash_field(&h, seed, BALLOT_SEED_BYTES);
    hash_field(&h, plaintext, plaintext_bytes);
    hash_field(&h, ciphertext, BALLOT_CIPHERTEXT_BYTES(width));
    hash_u32(&h, chunk);
    hash_end_scalar(&h, t);
}

void ballot_challenge(uint8_t c[static GROUP_SCALAR_BYTES],
                      const uint8_t context[static BALLOT_CONTEXT_BYTES],
                      const uint8_t *ciphertext, const uint8_t *commitments,
                      size_t width)
{
    struct hash h;

    hash_start(&h, HASH_WIDE_BYTES, "ballot-challenge");
    hash_field(&h, context, BALLOT_CONTEXT_BYTES);
    hash_field(&h, ciphertext, BALLOT_CIPHERTEXT_BYTES(width));
    hash_field(&h, commitments, width * GROUP_POINT_BYTES);
    hash_end_scalar(&h, c);
}

/* (a, b) = (r G, M + r K). */
static enum aula_code encrypt_chunk(uint8_t *pair,
                                    struct ballot_secrets *secrets,
                                    const struct ballot_key *key, size_t chunk)
{
    const uint8_t *r = secrets->r[chunk];
    struct curve_point a;
    enum aula_code code;

    code = embed_chunk(secrets->embedded, secrets->chunks[chunk]);
    if (code == AULA_OK) {
        code = curve_decode(&secrets->message, secrets->embedded);
    }
    if (code != AULA_OK) {
        return AULA_PT_EMBED;
    }
    curve_mul_base(&a, r);
    curve_table_mul(&secrets->mask, key->table, r);
    curve_add(&secrets->mask, &secrets->mask, &secrets->message);
    curve_encode(pair, &a);
    curve_encode(pair + GROUP_POINT_BYTES, &secrets->mask);
    if (sodium_is_zero(pair, GROUP_POINT_BYTES) ||
        sodium_is_zero(pair + GROUP_POINT_BYTES, GROUP_POINT_BYTES)) {
        return AULA_SCALAR_INVALID;
    }
    return AULA_OK;
}

/* Proof = c || z_0 || .., z_i = t_i + c r_i. */
static void prove(uint8_t *proof, struct ballot_secrets *secrets,
                  const uint8_t *context, const uint8_t *ciphertext,
                  size_t width)
{
    uint8_t commitments[PLAINTEXT_WIDTH_MAX][GROUP_POINT_BYTES];
    struct curve_point commitment;

    for (size_t i = 0; i < width; i++) {
        curve_mul_base(&commitment, secrets->t[i]);
        curve_encode(commitments[i], &commitment);
    }
    ballot_challenge(proof, context, ciphertext, commitments[0], width);
    for (size_t i = 0; i < width; i++) {
        uint8_t *z = proof + (i + 1) * GROUP_SCALAR_BYTES;

        group_scalar_add_product(secrets->t[i], proof, secrets->r[i]);
        memcpy(z, secrets->t[i], GROUP_SCALAR_BYTES);
    }
}

static enum aula_code encrypt_all(uint8_t *ciphertext,
                                  struct ballot_secrets *secrets,
                                  const struct ballot_key *key,
                                  const uint8_t *context,
                                  const uint8_t *plaintext, size_t size,
                                  size_t width, const uint8_t *seed)
{
    enum aula_code code = AULA_OK;

    memset(secrets->chunks, 0, sizeof secrets->chunks);
    memcpy(secrets->chunks, plaintext, size);
    for (size_t i = 0; i < width && code == AULA_OK; i++) {
        ballot_derive_r(secrets->r[i], context, seed, plaintext, size,
                        (uint32_t)i);
        code = encrypt_chunk(ciphertext + i * 2 * GROUP_POINT_BYTES, secrets,
                             key, i);
    }
    for (size_t i = 0; i < width && code == AULA_OK; i++) {
        ballot_derive_t(secrets->t[i], context, seed, plaintext, size,
                        ciphertext, width, (uint32_t)i);
    }
    return code;
}

enum aula_code
ballot_encrypt(uint8_t *ciphertext, uint8_t *proof,
               const struct ballot_key *key,
               const uint8_t context[static BALLOT_CONTEXT_BYTES],
               const struct plaintext_rule *rule, const uint8_t *plaintext,
               size_t plaintext_bytes,
               const uint8_t seed[static BALLOT_SEED_BYTES],
               struct aula_error *err)
{
    uint8_t pairs[BALLOT_CIPHERTEXT_BYTES(PLAINTEXT_WIDTH_MAX)];
    struct ballot_secrets *secrets = NULL;
    size_t width = plaintext_width(rule);
    enum aula_code code;

    code = plaintext_check(rule, plaintext, plaintext_bytes);
    if (code != AULA_OK) {
        return aula_fail(err, code, "ballot: not a valid plaintext");
    }
    secrets = ballot_take_secrets(key);
    if (secrets == NULL) {
        return aula_fail(err, AULA_MEMORY, "ballot: no locked memory");
    }
    code = encrypt_all(pairs, secrets, key, context, plaintext, plaintext_bytes,
                       width, seed);
    if (code != AULA_OK) {
        code = aula_fail(err, code, "ballot: this seed does not do");
        goto out;
    }
    memcpy(ciphertext, pairs, BALLOT_CIPHERTEXT_BYTES(width));
    prove(proof, secrets, context, ciphertext, width);
out:
    ballot_give_secrets(key, secrets);
    return code;
}
