/* SPDX-License-Identifier: Apache-2.0 */
/* What both sides of a partial decryption compute; see decrypt_steps.h. */
#include "decrypt_steps.h"

#include "mix.h"
#include "msm.h"

size_t decrypt_file_size(size_t count, size_t width)
{
    return decrypt_c_at(count * width) + 2 * GROUP_SCALAR_BYTES + SIGN_BYTES;
}

const uint8_t *decrypt_points(const uint8_t *file)
{
    return file + DECRYPT_HEADER_BYTES;
}

enum aula_code decrypt_check_size(const struct decrypt_input *input,
                                  struct aula_error *err)
{
    if (input->count > MIX_COUNT_MAX || input->width < 1 ||
        input->width > PLAINTEXT_WIDTH_MAX ||
        decrypt_count(input) > MIX_PAIRS_MAX) {
        return aula_fail(err, AULA_TOO_LARGE,
                         "decryption of contest %u: %lu ballots of width %u "
                         "are more than one mix holds",
                         (unsigned)input->contest, (unsigned long)input->count,
                         (unsigned)input->width);
    }
    return AULA_OK;
}

void decrypt_hash(uint8_t r[static HASH_WIDE_BYTES],
                  const struct decrypt_input *input, uint8_t trustee,
                  const uint8_t share[static GROUP_POINT_BYTES],
                  const uint8_t *points)
{
    struct hash h;

    hash_start(&h, HASH_WIDE_BYTES, "dec-batch");
    hash_field(&h, input->package_hash, 32);
    hash_u16(&h, input->contest);
    hash_u8(&h, trustee);
    hash_field(&h, share, GROUP_POINT_BYTES);
    hash_u32(&h, input->count);
    hash_u8(&h, input->width);
    hash_field(&h, input->list, decrypt_count(input) * DECRYPT_PAIR_BYTES);
    hash_field(&h, points, decrypt_count(input) * GROUP_POINT_BYTES);
    hash_end(&h, r);
}

struct terms {
    const uint8_t *r;
    const uint8_t *points;
    size_t stride;
};

/* Point m with e_m = HS("dec-rho", R, u32 m). */
static enum aula_code give_terms(void *arg, size_t first, size_t count,
                                 struct curve_point *points,
                                 uint8_t (*scalars)[GROUP_SCALAR_BYTES])
{
    const struct terms *terms = arg;
    enum aula_code code = AULA_OK;
    struct hash h;

    for (size_t i = 0; i < count && code == AULA_OK; i++) {
        size_t m = first + i;

        code = curve_decode(&points[i], terms->points + m * terms->stride);
        hash_start(&h, HASH_WIDE_BYTES, "dec-rho");
        hash_field(&h, terms->r, HASH_WIDE_BYTES);
        hash_u32(&h, (uint32_t)m);
        hash_end_scalar(&h, scalars[i]);
    }
    return code;
}

enum aula_code decrypt_sum(struct curve_point *sum, struct pool *pool,
                           const uint8_t r[static HASH_WIDE_BYTES],
                           const uint8_t *points, size_t stride, size_t count)
{
    struct terms terms = {r, points, stride};

    return msm_public(sum, pool, count, give_terms, &terms);
}

void decrypt_challenge(uint8_t c[static GROUP_SCALAR_BYTES],
                       const uint8_t r[static HASH_WIDE_BYTES],
                       const struct decrypt_claim *claim)
{
    struct hash h;

    hash_start(&h, HASH_WIDE_BYTES, "dec-challenge");
    hash_field(&h, r, HASH_WIDE_BYTES);
    hash_field(&h, claim->a, GROUP_POINT_BYTES);
    hash_field(&h, claim->d, GROUP_POINT_BYTES);
    hash_field(&h, claim->t1, GROUP_POINT_BYTES);
    hash_field(&h, claim->t2, GROUP_POINT_BYTES);
    hash_end_scalar(&h, c);
}
