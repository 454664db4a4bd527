/* SPDX-License-Identifier: Apache-2.0 */
/* What both sides of a mix hash; see mix_steps.h. Step 2 is in
 * mix_permutation.c. */
#include "mix_steps.h"

void mix_layout_of(struct mix_layout *at, size_t count, size_t width)
{
    at->output = MIX_HEADER_BYTES;
    at->commitments = at->output + MIX_PAIR_BYTES * count * width;
    at->chain = at->commitments + GROUP_POINT_BYTES * count;
    at->c = at->chain + GROUP_POINT_BYTES * count;
    at->s1 = at->c + GROUP_SCALAR_BYTES;
    at->s2 = at->s1 + GROUP_SCALAR_BYTES;
    at->s3 = at->s2 + GROUP_SCALAR_BYTES;
    at->s4 = at->s3 + GROUP_SCALAR_BYTES;
    at->sh = at->s4 + GROUP_SCALAR_BYTES * width;
    at->sp = at->sh + GROUP_SCALAR_BYTES * count;
    at->signature = at->sp + GROUP_SCALAR_BYTES * count;
    at->size = at->signature + SIGN_BYTES;
}

size_t mix_file_size(size_t count, size_t width)
{
    struct mix_layout at;

    mix_layout_of(&at, count, width);
    return at.size;
}

const uint8_t *mix_output(const uint8_t *file)
{
    return file + MIX_HEADER_BYTES;
}

void mix_list_hash(uint8_t hash[static MIX_LIST_HASH_BYTES],
                   const uint8_t *list, size_t count, size_t width)
{
    hash_bytes(hash, "mix-list", list, MIX_PAIR_BYTES * count * width);
}

enum aula_code mix_check_size(const struct mix_input *input,
                              struct aula_error *err)
{
    if (input->count > MIX_COUNT_MAX || input->width < 1 ||
        input->width > MIX_WIDTH_MAX ||
        (uint64_t)input->count * input->width > MIX_PAIRS_MAX) {
        return aula_fail(err, AULA_TOO_LARGE,
                         "mix of contest %u: %lu ballots of width %u are more "
                         "than one mix holds",
                         (unsigned)input->contest, (unsigned long)input->count,
                         (unsigned)input->width);
    }
    return AULA_OK;
}

void mix_input_hash(uint8_t s0[static HASH_WIDE_BYTES],
                    const struct mix_input *input, uint8_t trustee)
{
    struct hash h;

    hash_start(&h, HASH_WIDE_BYTES, "mix-input");
    hash_field(&h, input->package_hash, 32);
    hash_u16(&h, input->contest);
    hash_u8(&h, input->position);
    hash_u8(&h, trustee);
    hash_field(&h, input->key, GROUP_POINT_BYTES);
    hash_u32(&h, input->count);
    hash_u8(&h, input->width);
    hash_field(&h, input->list,
               (size_t)MIX_PAIR_BYTES * input->count * input->width);
    hash_end(&h, s0);
}

void mix_random(uint8_t out[static GROUP_SCALAR_BYTES],
                const uint8_t seed[static MIX_SEED_BYTES],
                const uint8_t s0[static HASH_WIDE_BYTES], uint8_t x, uint32_t i,
                uint32_t k)
{
    struct hash h;

    hash_start(&h, HASH_WIDE_BYTES, "mix-rand");
    hash_field(&h, seed, MIX_SEED_BYTES);
    hash_field(&h, s0, HASH_WIDE_BYTES);
    hash_u8(&h, x);
    hash_u32(&h, i);
    hash_u32(&h, k);
    hash_end_scalar(&h, out);
}

void mix_u_hash(uint8_t u[static HASH_WIDE_BYTES],
                const uint8_t s0[static HASH_WIDE_BYTES], const uint8_t *file,
                const struct mix_layout *at)
{
    struct hash h;

    hash_start(&h, HASH_WIDE_BYTES, "mix-u");
    hash_field(&h, s0, HASH_WIDE_BYTES);
    hash_field(&h, file + at->output, at->commitments - at->output);
    hash_field(&h, file + at->commitments, at->chain - at->commitments);
    hash_end(&h, u);
}

void mix_u(uint8_t u_j[static GROUP_SCALAR_BYTES],
           const uint8_t u[static HASH_WIDE_BYTES], uint32_t j)
{
    struct hash h;

    hash_start(&h, HASH_WIDE_BYTES, "mix-u-i");
    hash_field(&h, u, HASH_WIDE_BYTES);
    hash_u32(&h, j);
    hash_end_scalar(&h, u_j);
}

void mix_chain_random(uint8_t q[static GROUP_SCALAR_BYTES],
                      const uint8_t seed[static MIX_SEED_BYTES],
                      const uint8_t u[static HASH_WIDE_BYTES], uint32_t i)
{
    struct hash h;

    hash_start(&h, HASH_WIDE_BYTES, "mix-chain-r");
    hash_field(&h, seed, MIX_SEED_BYTES);
    hash_field(&h, u, HASH_WIDE_BYTES);
    hash_u32(&h, i);
    hash_end_scalar(&h, q);
}

void mix_chain_hash(uint8_t v[static HASH_BYTES], const uint8_t *file,
                    const struct mix_layout *at)
{
    hash_bytes(v, "mix-chain", file + at->chain, at->c - at->chain);
}

void mix_nonce(uint8_t out[static GROUP_SCALAR_BYTES],
               const uint8_t seed[static MIX_SEED_BYTES],
               const uint8_t u[static HASH_WIDE_BYTES],
               const uint8_t v[static HASH_BYTES], uint8_t x, uint32_t i)
{
    struct hash h;

    hash_start(&h, HASH_WIDE_BYTES, "mix-nonce");
    hash_field(&h, seed, MIX_SEED_BYTES);
    hash_field(&h, u, HASH_WIDE_BYTES);
    hash_field(&h, v, HASH_BYTES);
    hash_u8(&h, x);
    hash_u32(&h, i);
    hash_end_scalar(&h, out);
}

void mix_challenge(uint8_t c[static GROUP_SCALAR_BYTES],
                   const uint8_t u[static HASH_WIDE_BYTES], const uint8_t *file,
                   const struct mix_layout *at, const uint8_t *t, size_t t_size)
{
    struct hash h;

    hash_start(&h, HASH_WIDE_BYTES, "mix-challenge");
    hash_field(&h, u, HASH_WIDE_BYTES);
    hash_field(&h, file + at->chain, at->c - at->chain);
    hash_field(&h, t, t_size);
    hash_end_scalar(&h, c);
}
