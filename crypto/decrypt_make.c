/* SPDX-License-Identifier: Apache-2.0 */
/* One trustee's partial decryption with its proof (PROTOCOL.md section 13,
 * steps 1 to 3); see decrypt.h. Constant time in the share.
 */
#include <sodium.h>
#include <stdatomic.h>
#include <string.h>

#include "bytes.h"
#include "decrypt_steps.h"
#include "mix.h"

struct decryptor {
    const struct decrypt_input *input;
    struct pool *pool;
    const uint8_t *share; /* x_v, secret */
    uint8_t *points;      /* D, in the file */
    atomic_size_t fault;  /* smallest m whose a_m is no point, else SIZE_MAX */
};

/* What the proof is made of, in locked memory for the sake of the nonce. */
struct proof {
    uint8_t nonce[GROUP_SCALAR_BYTES];
    uint8_t r[HASH_WIDE_BYTES];
    uint8_t public_share[GROUP_POINT_BYTES];
    struct decrypt_claim claim;
};

static void put_header(uint8_t *file, const struct decrypt_input *input,
                       uint8_t trustee)
{
    memcpy(file, "AULD", 4);
    file[4] = 1;
    memcpy(file + 5, input->package_hash, 32);
    put_le16(file + 37, input->contest);
    file[39] = trustee;
    put_le32(file + 40, input->count);
    file[44] = input->width;
    mix_list_hash(file + DECRYPT_INPUT_HASH_AT, input->list, input->count,
                  input->width);
}

static void decrypt_piece(void *arg, unsigned worker, size_t first, size_t end)
{
    struct decryptor *decryptor = arg;
    struct curve_point point;

    (void)worker;
    for (size_t m = first; m < end; m++) {
        const uint8_t *a = decryptor->input->list + m * DECRYPT_PAIR_BYTES;

        if (curve_decode(&point, a) != AULA_OK) {
            pool_note_first(&decryptor->fault, m);
            continue;
        }
        curve_mul(&point, &point, decryptor->share);
        curve_encode(decryptor->points + m * GROUP_POINT_BYTES, &point);
    }
}

/* Step 1. */
static enum aula_code decrypt_all(struct decryptor *decryptor,
                                  struct aula_error *err)
{
    const struct decrypt_input *input = decryptor->input;
    size_t fault;

    atomic_store(&decryptor->fault, SIZE_MAX);
    pool_run(decryptor->pool, decrypt_count(input), 64, decrypt_piece,
             decryptor);
    fault = atomic_load(&decryptor->fault);
    if (fault != SIZE_MAX) {
        return aula_fail(err,
                         group_check_point(input->list +
                                           fault * DECRYPT_PAIR_BYTES),
                         "decryption: input pair %zu: not a valid point",
                         fault + 1);
    }
    return AULA_OK;
}

static void derive_nonce(struct proof *proof, const uint8_t *seed,
                         const uint8_t *share)
{
    struct hash h;

    hash_start(&h, HASH_WIDE_BYTES, "dec-nonce");
    hash_field(&h, seed, DECRYPT_SEED_BYTES);
    hash_field(&h, share, GROUP_SCALAR_BYTES);
    hash_field(&h, proof->r, HASH_WIDE_BYTES);
    hash_end_scalar(&h, proof->nonce);
}

/* Steps 2 and 3 into c and z. D is x_v A: it is the same point as the sum of
 * the D_m that the checker takes. */
static enum aula_code prove(uint8_t *c, uint8_t *z, struct proof *proof,
                            const struct decryptor *decryptor, uint8_t trustee,
                            const uint8_t *seed)
{
    const struct decrypt_input *input = decryptor->input;
    const uint8_t *share = decryptor->share;
    struct curve_point a;
    struct curve_point point;
    enum aula_code code;

    curve_mul_base(&point, share);
    curve_encode(proof->public_share, &point);
    decrypt_hash(proof->r, input, trustee, proof->public_share,
                 decryptor->points);
    code = decrypt_sum(&a, decryptor->pool, proof->r, input->list,
                       DECRYPT_PAIR_BYTES, decrypt_count(input));
    if (code != AULA_OK) {
        return code;
    }
    derive_nonce(proof, seed, share);
    curve_encode(proof->claim.a, &a);
    curve_mul(&point, &a, share);
    curve_encode(proof->claim.d, &point);
    curve_mul_base(&point, proof->nonce);
    curve_encode(proof->claim.t1, &point);
    curve_mul(&point, &a, proof->nonce);
    curve_encode(proof->claim.t2, &point);
    decrypt_challenge(c, proof->r, &proof->claim);
    group_scalar_add_product(proof->nonce, c, share);
    memcpy(z, proof->nonce, GROUP_SCALAR_BYTES);
    return AULA_OK;
}

enum aula_code decrypt_make(uint8_t *file, struct pool *pool,
                            const struct decrypt_input *input, uint8_t trustee,
                            const uint8_t secret[static SIGN_SECRET_BYTES],
                            const uint8_t share[static GROUP_SCALAR_BYTES],
                            const uint8_t seed[static DECRYPT_SEED_BYTES],
                            struct aula_error *err)
{
    struct decryptor decryptor = {.input = input, .pool = pool, .share = share};
    struct proof *proof = NULL;
    size_t c_at = decrypt_c_at(decrypt_count(input));
    enum aula_code code;

    code = decrypt_check_size(input, err);
    if (code != AULA_OK) {
        return code;
    }
    if (group_check_scalar(share) != AULA_OK ||
        sodium_is_zero(share, GROUP_SCALAR_BYTES)) {
        return aula_fail(err, AULA_SCALAR_INVALID,
                         "decryption: the share is not a scalar");
    }
    proof = sodium_malloc(sizeof *proof);
    if (proof == NULL) {
        return aula_fail(err, AULA_MEMORY, "decryption: no locked memory");
    }
    put_header(file, input, trustee);
    decryptor.points = file + DECRYPT_HEADER_BYTES;
    code = decrypt_all(&decryptor, err);
    if (code != AULA_OK) {
        goto out;
    }
    code = prove(file + c_at, file + c_at + GROUP_SCALAR_BYTES, proof,
                 &decryptor, trustee, seed);
    if (code != AULA_OK) {
        code = aula_fail(err, code, "decryption: no memory for the proof");
        goto out;
    }
    sign_file(file, c_at + 2 * GROUP_SCALAR_BYTES, "sig-decrypt", secret);
out:
    sodium_free(proof);
    return code;
}
