/* SPDX-License-Identifier: Apache-2.0 */
/* Put T partial decryptions together (PROTOCOL.md section 13): interpolate at
 * zero. Everything is public by now. See decrypt.h.
 */
#include <assert.h>
#include <sodium.h>
#include <stdatomic.h>
#include <string.h>

#include "decrypt_steps.h"
#include "msm.h"

struct combination {
    const struct decrypt_input *input;
    uint8_t *messages;
    size_t part_count; /* T, those of the smallest indices */
    const uint8_t *parts[DECRYPT_TRUSTEES_MAX];
    uint8_t minus_lambda[DECRYPT_TRUSTEES_MAX][GROUP_SCALAR_BYTES];
    atomic_int code; /* of some point that does not decode */
};

/* lambda_j = product of m / (m - j) over the others m. */
static void coefficient(uint8_t lambda[static GROUP_SCALAR_BYTES],
                        const uint8_t *trustees, size_t count, size_t j)
{
    uint8_t top[GROUP_SCALAR_BYTES];
    uint8_t bottom[GROUP_SCALAR_BYTES];
    uint8_t own[GROUP_SCALAR_BYTES];
    uint8_t other[GROUP_SCALAR_BYTES];

    group_scalar_of(top, 1);
    group_scalar_of(bottom, 1);
    group_scalar_of(own, trustees[j]);
    for (size_t m = 0; m < count; m++) {
        if (m == j) {
            continue;
        }
        group_scalar_of(other, trustees[m]);
        crypto_core_ristretto255_scalar_mul(top, top, other);
        crypto_core_ristretto255_scalar_sub(other, other, own);
        crypto_core_ristretto255_scalar_mul(bottom, bottom, other);
    }
    /* Distinct indices below 256 never differ by a multiple of l. */
    (void)crypto_core_ristretto255_scalar_invert(bottom, bottom);
    crypto_core_ristretto255_scalar_mul(lambda, top, bottom);
}

void decrypt_lagrange(uint8_t (*lambda)[GROUP_SCALAR_BYTES],
                      const uint8_t *trustees, size_t count)
{
    assert(count >= 1 && count <= DECRYPT_TRUSTEES_MAX);
    for (size_t j = 0; j < count; j++) {
        coefficient(lambda[j], trustees, count, j);
    }
}

/* The T smallest trustees present, or fewer when there are fewer. */
static size_t choose(const struct decrypt_part **chosen,
                     const struct decrypt_part *parts, size_t part_count,
                     size_t threshold)
{
    size_t count = 0;

    for (unsigned v = 1; v <= DECRYPT_TRUSTEES_MAX; v++) {
        for (size_t i = 0; i < part_count && count < threshold; i++) {
            if (parts[i].trustee == v) {
                chosen[count] = &parts[i];
                count++;
                break;
            }
        }
    }
    return count;
}

static void set_parts(struct combination *combination,
                      const struct decrypt_part **chosen, size_t count)
{
    uint8_t trustees[DECRYPT_TRUSTEES_MAX];
    uint8_t(*lambda)[GROUP_SCALAR_BYTES] = combination->minus_lambda;

    combination->part_count = count;
    for (size_t j = 0; j < count; j++) {
        trustees[j] = chosen[j]->trustee;
        combination->parts[j] = chosen[j]->points;
    }
    decrypt_lagrange(lambda, trustees, count);
    for (size_t j = 0; j < count; j++) {
        crypto_core_ristretto255_scalar_negate(lambda[j], lambda[j]);
    }
}

static enum aula_code combine_one(const struct combination *combination,
                                  size_t m)
{
    struct curve_point points[DECRYPT_TRUSTEES_MAX];
    struct curve_point sum;
    struct curve_point b;
    enum aula_code code;

    code = curve_decode(&b, combination->input->list + m * DECRYPT_PAIR_BYTES +
                                GROUP_POINT_BYTES);
    for (size_t j = 0; j < combination->part_count && code == AULA_OK; j++) {
        code = curve_decode(&points[j],
                            combination->parts[j] + m * GROUP_POINT_BYTES);
    }
    if (code != AULA_OK) {
        return code;
    }
    msm_few(&sum, points, combination->minus_lambda, combination->part_count);
    curve_add(&sum, &sum, &b);
    curve_encode(combination->messages + m * GROUP_POINT_BYTES, &sum);
    return AULA_OK;
}

static void combine_piece(void *arg, unsigned worker, size_t first, size_t end)
{
    struct combination *combination = arg;

    (void)worker;
    for (size_t m = first; m < end; m++) {
        enum aula_code code = combine_one(combination, m);

        if (code != AULA_OK) {
            atomic_store(&combination->code, (int)code);
        }
    }
}

enum aula_code decrypt_combine(uint8_t *messages, struct pool *pool,
                               const struct decrypt_input *input,
                               const struct decrypt_part *parts,
                               size_t part_count, size_t threshold,
                               struct aula_error *err)
{
    struct combination combination = {.input = input, .messages = messages};
    const struct decrypt_part *chosen[DECRYPT_TRUSTEES_MAX];
    size_t count;
    enum aula_code code;

    assert(threshold >= 1 && threshold <= DECRYPT_TRUSTEES_MAX);
    count = choose(chosen, parts, part_count, threshold);
    if (count < threshold) {
        return aula_fail(err, AULA_DEC_TOO_FEW,
                         "decryption: %zu trustees of the %zu needed", count,
                         threshold);
    }
    set_parts(&combination, chosen, count);
    atomic_store(&combination.code, (int)AULA_OK);
    pool_run(pool, decrypt_count(input), 64, combine_piece, &combination);
    code = (enum aula_code)atomic_load(&combination.code);
    if (code != AULA_OK) {
        return aula_fail(err, code, "decryption: a point is not a valid one");
    }
    return AULA_OK;
}
