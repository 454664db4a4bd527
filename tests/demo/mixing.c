/* SPDX-License-Identifier: Apache-2.0 */
/* Two trustees shuffle the ballots, each with a proof; a cheat is caught. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "demo.h"

static struct mix_input input_of(const struct demo *demo, uint8_t position)
{
    return (struct mix_input){
        .package_hash = demo->package_hash,
        .key = demo->outcome.key,
        .position = position,
        .width = 1,
        .count = VOTERS,
        .list = demo->mixed == NULL ? demo->list : mix_output(demo->mixed),
    };
}

static enum aula_code check(const struct demo *demo,
                            const struct mix_input *input, const uint8_t *file)
{
    return mix_check(NULL, demo->pool, input,
                     (const uint8_t(*)[SIGN_PUBLIC_BYTES])demo->sign_keys,
                     TRUSTEES, 0, file, mix_file_size(VOTERS, 1), NULL);
}

/* Replaces the first ballot by a copy of the second and signs that. */
static void cheat(const struct demo *demo, const struct mix_input *input,
                  const uint8_t *honest, size_t trustee)
{
    size_t size = mix_file_size(VOTERS, 1);
    uint8_t *file = malloc(size);
    uint8_t *output;

    demo_expect(file == NULL ? AULA_MEMORY : AULA_OK, AULA_OK, "memory");
    memcpy(file, honest, size);
    output = file + (mix_output(file) - file);
    memcpy(output, output + 64, 64);
    sign_file(file, size - SIGN_BYTES, "sig-mix",
              demo->trustees[trustee].sign_secret);
    demo_expect(check(demo, input, file), AULA_MIX_PROOF, "cheat");
    printf("  a mix with one ballot replaced is refused: MIX_PROOF\n");
    free(file);
}

void demo_mixing(struct demo *demo)
{
    printf(
        "3. %d trustees shuffle the ballots; anyone can check each shuffle\n",
        THRESHOLD);
    for (uint8_t i = 0; i < THRESHOLD; i++) {
        struct mix_input input = input_of(demo, (uint8_t)(i + 1));
        uint8_t *file = malloc(mix_file_size(VOTERS, 1));
        uint8_t seed[MIX_SEED_BYTES];

        demo_expect(file == NULL ? AULA_MEMORY : AULA_OK, AULA_OK, "memory");
        randombytes_buf(seed, sizeof seed);
        demo_expect(mix_make(file, demo->pool, &input, (uint8_t)(i + 1),
                             demo->trustees[i].sign_secret, seed, NULL),
                    AULA_OK, "mix");
        sodium_memzero(seed, sizeof seed);
        demo_expect(check(demo, &input, file), AULA_OK, "check of a mix");
        if (i == 0) {
            cheat(demo, &input, file, i);
        }
        free(demo->mixed);
        demo->mixed = file;
    }
}
