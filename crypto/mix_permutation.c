/* SPDX-License-Identifier: Apache-2.0 */
/* A permutation from a seed (PROTOCOL.md 12.1, step 2): Fisher and Yates, with
 * draws that are uniform because words beyond the last whole multiple are
 * dropped.
 */
#include <sodium.h>

#include "bytes.h"
#include "mix_steps.h"

/* The stream H64("mix-perm", seed, S0, u32 0) || H64(.., u32 1) || .. */
struct stream {
    const uint8_t *seed;
    const uint8_t *s0;
    uint32_t block; /* number of the next one */
    size_t at;      /* first unread byte of `bytes` */
    uint8_t bytes[HASH_WIDE_BYTES];
};

static uint64_t next_word(struct stream *stream)
{
    uint64_t word;

    if (stream->at == sizeof stream->bytes) {
        struct hash h;

        hash_start(&h, HASH_WIDE_BYTES, "mix-perm");
        hash_field(&h, stream->seed, MIX_SEED_BYTES);
        hash_field(&h, stream->s0, HASH_WIDE_BYTES);
        hash_u32(&h, stream->block);
        hash_end(&h, stream->bytes);
        stream->block++;
        stream->at = 0;
    }
    word = get_le64(stream->bytes + stream->at);
    stream->at += sizeof word;
    return word;
}

/* Uniform in 0 .. bound - 1. 2^64 mod bound is (2^64 - bound) mod bound, which
 * fits 64 bits; it is 0 for a power of two, and then no word is dropped. */
static uint32_t draw_below(struct stream *stream, uint64_t bound)
{
    uint64_t excess = (UINT64_MAX - bound + 1) % bound;
    uint64_t word;

    do {
        word = next_word(stream);
    } while (word > UINT64_MAX - excess);
    return (uint32_t)(word % bound);
}

void mix_permutation(uint32_t *psi, uint32_t count,
                     const uint8_t seed[static MIX_SEED_BYTES],
                     const uint8_t s0[static HASH_WIDE_BYTES])
{
    struct stream stream = {.seed = seed, .s0 = s0};

    stream.at = sizeof stream.bytes;
    for (uint32_t i = 0; i < count; i++) {
        psi[i] = i;
    }
    for (uint32_t i = count; i-- > 1;) {
        uint32_t j = draw_below(&stream, (uint64_t)i + 1);
        uint32_t held = psi[i];

        psi[i] = psi[j];
        psi[j] = held;
    }
    sodium_memzero(&stream, sizeof stream);
}
