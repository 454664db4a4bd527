/* SPDX-License-Identifier: Apache-2.0 */
/* The common head of the ceremony's files, its coefficients and polynomials;
 * see dkg.h and dkg_steps.h.
 */
#include "dkg_steps.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

enum { MAGIC_BYTES = 4, VERSION = 1 };

bool dkg_params_fit(const struct dkg_params *params)
{
    return params->threshold >= 1 && params->threshold <= params->count &&
           params->count <= DKG_TRUSTEES_MAX;
}

bool dkg_is_used(uint32_t used, uint8_t index)
{
    return (used >> (index - 1U) & 1U) != 0;
}

void dkg_put_head(struct bytes_writer *writer, const char *magic,
                  const struct dkg_params *params, uint8_t index)
{
    bytes_put(writer, magic, MAGIC_BYTES);
    bytes_put_u8(writer, VERSION);
    bytes_put(writer, params->cid, sizeof params->cid);
    bytes_put_u8(writer, params->count);
    bytes_put_u8(writer, params->threshold);
    bytes_put_u8(writer, index);
}

static bool is_ceremony(const struct dkg_params *params, const uint8_t *file)
{
    return dkg_params_fit(params) &&
           memcmp(file + 5, params->cid, sizeof params->cid) == 0 &&
           file[37] == params->count && file[38] == params->threshold;
}

enum aula_code dkg_check_head(const struct dkg_params *params, unsigned round,
                              uint32_t used, const uint8_t *file,
                              size_t file_size, struct aula_error *err)
{
    const char *magic = round == 1 ? "AUL1" : "AUL2";
    size_t head_bytes = round == 1 ? DKG_ROUND1_HEAD_BYTES
                                   : DKG_ROUND2_HEAD_BYTES;
    uint8_t index;

    if (file_size < head_bytes) {
        return aula_fail(err, AULA_TRUNCATED, "round %u file: %zu bytes", round,
                         file_size);
    }
    if (memcmp(file, magic, MAGIC_BYTES) != 0) {
        return aula_fail(err, AULA_BAD_MAGIC,
                         "round %u file: begins with other letters", round);
    }
    if (file[MAGIC_BYTES] != VERSION) {
        return aula_fail(err, AULA_BAD_VERSION, "round %u file: version %u",
                         round, file[MAGIC_BYTES]);
    }
    if (!is_ceremony(params, file)) {
        return aula_fail(err, AULA_DKG_PARAMS,
                         "round %u file: of another ceremony", round);
    }
    index = file[DKG_INDEX_OFFSET];
    if (index < 1 || index > params->count || dkg_is_used(used, index)) {
        return aula_fail(err, AULA_DKG_INDEX,
                         "round %u file: index %u is out of range or repeated",
                         round, index);
    }
    return AULA_OK;
}

void dkg_coefficient(uint8_t f[static GROUP_SCALAR_BYTES],
                     const struct dkg_params *params, uint8_t index, uint8_t k,
                     const uint8_t seed[static DKG_SEED_BYTES])
{
    struct hash h;

    hash_start(&h, HASH_WIDE_BYTES, "dkg-coeff");
    hash_field(&h, seed, DKG_SEED_BYTES);
    hash_field(&h, params->cid, sizeof params->cid);
    hash_u8(&h, params->count);
    hash_u8(&h, params->threshold);
    hash_u8(&h, index);
    hash_u8(&h, k);
    hash_end_scalar(&h, f);
}

enum aula_code dkg_dealt_share(uint8_t share[static GROUP_SCALAR_BYTES],
                               const struct dkg_params *params, uint8_t from,
                               uint8_t to,
                               const uint8_t seed[static DKG_SEED_BYTES],
                               struct aula_error *err)
{
    struct sums {
        uint8_t sum[GROUP_SCALAR_BYTES];
        uint8_t f[GROUP_SCALAR_BYTES];
    } *secret = sodium_malloc(sizeof *secret);
    uint8_t place[GROUP_SCALAR_BYTES];

    if (secret == NULL) {
        return aula_fail(err, AULA_MEMORY, "share: no locked memory");
    }
    /* Horner, from the highest coefficient down. */
    group_scalar_of(place, to);
    memset(secret->sum, 0, sizeof secret->sum);
    for (unsigned k = params->threshold; k-- > 0;) {
        dkg_coefficient(secret->f, params, from, (uint8_t)k, seed);
        crypto_core_ristretto255_scalar_mul(secret->sum, secret->sum, place);
        crypto_core_ristretto255_scalar_add(secret->sum, secret->sum,
                                            secret->f);
    }
    memcpy(share, secret->sum, sizeof secret->sum);
    sodium_free(secret);
    return AULA_OK;
}

/* place * point by doubling and adding; place 1..32 is public, so six steps
 * that depend on it do instead of a whole multiplication. */
static void mul_small(struct curve_point *out, const struct curve_point *point,
                      uint8_t place)
{
    struct curve_point product;

    curve_set_identity(&product);
    for (unsigned bit = 6; bit-- > 0;) {
        curve_double(&product, &product);
        if (((unsigned)place >> bit & 1U) != 0) {
            curve_add(&product, &product, point);
        }
    }
    *out = product;
}

void dkg_evaluate(struct curve_point *sum, const struct curve_point *points,
                  size_t count, uint8_t place)
{
    struct curve_point result;

    assert(place >= 1 && place <= DKG_TRUSTEES_MAX);
    curve_set_identity(&result);
    for (size_t k = count; k-- > 0;) {
        mul_small(&result, &result, place);
        curve_add(&result, &result, &points[k]);
    }
    *sum = result;
}
