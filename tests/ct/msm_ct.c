/* SPDX-License-Identifier: Apache-2.0 */
/* A long sum with secret scalars, as a mixer's proof takes it, reads and does
 * the same whatever the scalars are. The sum is public. */
#include "secret.h"

#include <string.h>

#include "msm.h"

enum { COUNT = 70 }; /* more than a block */

static enum aula_code give(void *arg, size_t first, size_t count,
                           struct curve_point *points,
                           uint8_t (*scalars)[GROUP_SCALAR_BYTES])
{
    const uint8_t(*secrets)[GROUP_SCALAR_BYTES] = arg;

    for (size_t i = 0; i < count; i++) {
        curve_set_base(&points[i]);
        memcpy(scalars[i], secrets[first + i], GROUP_SCALAR_BYTES);
    }
    return AULA_OK;
}

int main(void)
{
    static uint8_t scalars[COUNT][GROUP_SCALAR_BYTES];
    uint8_t total[GROUP_SCALAR_BYTES] = {0};
    uint8_t bytes[GROUP_POINT_BYTES];
    uint8_t expected[GROUP_POINT_BYTES];
    struct curve_point sum;

    if (sodium_init() < 0) {
        return 1;
    }
    for (size_t i = 0; i < COUNT; i++) {
        crypto_core_ristretto255_scalar_random(scalars[i]);
        crypto_core_ristretto255_scalar_add(total, total, scalars[i]);
    }
    secret_hide(scalars, sizeof scalars);
    if (msm_secret(&sum, NULL, COUNT, give, scalars) != AULA_OK) {
        return 1;
    }
    curve_encode(bytes, &sum);
    secret_publish(bytes, sizeof bytes);
    group_mul_base(expected, total);
    return memcmp(bytes, expected, sizeof bytes) != 0;
}
