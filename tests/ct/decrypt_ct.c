/* SPDX-License-Identifier: Apache-2.0 */
/* A partial decryption with its proof keeps the trustee's share, the seed of
 * the nonce and the signing key to itself. The list is public, and so are the
 * points D and the public share once they are made: the proof hashes them, and
 * the sum over the list goes by the hash, in public time. decrypt_hash is where
 * that begins; the linker sends its callers to the one below (see the
 * Makefile). */
#include "secret.h"

#include <string.h>

#include "decrypt_steps.h"

enum { COUNT = 3, WIDTH = 2, TRUSTEE = 1 };

struct trustee {
    uint8_t share[GROUP_SCALAR_BYTES];
    uint8_t public_share[1][GROUP_POINT_BYTES];
    uint8_t sign_seed[SIGN_SEED_BYTES];
    uint8_t sign_public[1][SIGN_PUBLIC_BYTES];
    uint8_t sign_secret[SIGN_SECRET_BYTES];
    uint8_t seed[DECRYPT_SEED_BYTES];
};

void __real_decrypt_hash(uint8_t *r, const struct decrypt_input *input,
                         uint8_t trustee, const uint8_t *share,
                         const uint8_t *points);
void __wrap_decrypt_hash(uint8_t *r, const struct decrypt_input *input,
                         uint8_t trustee, const uint8_t *share,
                         const uint8_t *points);

void __wrap_decrypt_hash(uint8_t *r, const struct decrypt_input *input,
                         uint8_t trustee, const uint8_t *share,
                         const uint8_t *points)
{
    secret_show(share, GROUP_POINT_BYTES);
    secret_show(points, decrypt_count(input) * GROUP_POINT_BYTES);
    __real_decrypt_hash(r, input, trustee, share, points);
}

static void make_trustee(struct trustee *trustee)
{
    randombytes_buf(trustee->sign_seed, sizeof trustee->sign_seed);
    randombytes_buf(trustee->seed, sizeof trustee->seed);
    crypto_core_ristretto255_scalar_random(trustee->share);
    group_mul_base(trustee->public_share[0], trustee->share);
    sign_key_pair(trustee->sign_public[0], trustee->sign_secret,
                  trustee->sign_seed);
    secret_hide(trustee->share, sizeof trustee->share);
    secret_hide(trustee->seed, sizeof trustee->seed);
    secret_hide(trustee->sign_secret, SIGN_SEED_BYTES);
}

static enum aula_code check(const struct decrypt_input *input,
                            const struct trustee *trustee, const uint8_t *file,
                            size_t size)
{
    return decrypt_check(NULL, NULL, input, trustee->sign_public,
                         trustee->public_share, 1, 0, file, size, NULL);
}

int main(void)
{
    static uint8_t file[1024];
    static uint8_t list[COUNT * WIDTH * DECRYPT_PAIR_BYTES];
    static const uint8_t package_hash[32] = {9};
    struct decrypt_input input = {package_hash, 1, WIDTH, COUNT, list};
    struct trustee trustee;
    size_t c_at = decrypt_c_at(COUNT * WIDTH);

    if (sodium_init() < 0) {
        return 1;
    }
    for (size_t i = 0; i < sizeof list; i += GROUP_POINT_BYTES) {
        crypto_core_ristretto255_random(list + i);
    }
    make_trustee(&trustee);
    if (decrypt_make(file, NULL, &input, TRUSTEE, trustee.sign_secret,
                     trustee.share, trustee.seed, NULL) != AULA_OK) {
        return 1;
    }
    secret_publish(file + c_at, 2 * GROUP_SCALAR_BYTES + SIGN_BYTES);
    return check(&input, &trustee, file, decrypt_file_size(COUNT, WIDTH)) !=
           AULA_OK;
}
