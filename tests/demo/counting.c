/* SPDX-License-Identifier: Apache-2.0 */
/* Two of the three trustees decrypt, and the votes are counted. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "decrypt.h"
#include "demo.h"

/* The partial decryption of one trustee, checked. */
static uint8_t *decrypt_by(const struct demo *demo,
                           const struct decrypt_input *input, size_t i)
{
    size_t size = decrypt_file_size(VOTERS, 1);
    uint8_t *file = malloc(size);
    uint8_t seed[DECRYPT_SEED_BYTES];

    demo_expect(file == NULL ? AULA_MEMORY : AULA_OK, AULA_OK, "memory");
    randombytes_buf(seed, sizeof seed);
    demo_expect(decrypt_make(file, demo->pool, input, (uint8_t)(i + 1),
                             demo->trustees[i].sign_secret,
                             demo->trustees[i].share, seed, NULL),
                AULA_OK, "decryption");
    demo_expect(
        decrypt_check(NULL, demo->pool, input,
                      (const uint8_t(*)[SIGN_PUBLIC_BYTES])demo->sign_keys,
                      (const uint8_t(*)[GROUP_POINT_BYTES])demo->outcome.shares,
                      TRUSTEES, 0, file, size, NULL),
        AULA_OK, "check of a decryption");
    return file;
}

static void count(const struct demo *demo, const uint8_t *messages)
{
    unsigned votes[PROPOSALS] = {0};

    for (size_t i = 0; i < VOTERS; i++) {
        uint8_t bits;

        demo_expect(plaintext_decode(&bits, &demo->rule,
                                     messages + i * GROUP_POINT_BYTES),
                    AULA_OK, "a decrypted ballot");
        for (size_t q = 0; q < PROPOSALS; q++) {
            votes[q] += (bits >> q) & 1U;
        }
    }
    for (size_t q = 0; q < PROPOSALS; q++) {
        printf("  yard %zu: %u votes\n", q + 1, votes[q]);
        demo_expect(votes[q] == demo->cast[q] ? AULA_OK : AULA_PT_LIMIT,
                    AULA_OK, "the count of what was tapped");
    }
    printf("  each number is what the residents tapped\n");
}

void demo_counting(struct demo *demo)
{
    const struct decrypt_input input = {demo->package_hash, 0, 1, VOTERS,
                                        mix_output(demo->mixed)};
    uint8_t messages[VOTERS * GROUP_POINT_BYTES];
    uint8_t *files[THRESHOLD];
    struct decrypt_part parts[THRESHOLD];

    printf("4. trustees 2 and 3 decrypt the shuffled ballots\n");
    for (size_t i = 0; i < THRESHOLD; i++) {
        files[i] = decrypt_by(demo, &input, i + 1);
        parts[i] = (struct decrypt_part){(uint8_t)(i + 2),
                                         decrypt_points(files[i])};
    }
    demo_expect(decrypt_combine(messages, demo->pool, &input, parts, 1,
                                THRESHOLD, NULL),
                AULA_DEC_TOO_FEW, "one trustee alone");
    printf("  one of them alone opens nothing: DEC_TOO_FEW\n");
    demo_expect(decrypt_combine(messages, demo->pool, &input, parts, THRESHOLD,
                                THRESHOLD, NULL),
                AULA_OK, "combination");
    count(demo, messages);
    for (size_t i = 0; i < THRESHOLD; i++) {
        free(files[i]);
    }
}
