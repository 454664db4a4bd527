/* SPDX-License-Identifier: Apache-2.0 */
/* Three trustees make one key, of which any two can decrypt. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "code.h"
#include "demo.h"

static const char *const names[TRUSTEES] = {"Айгүл", "Бауыржан", "Светлана"};

static void round1(struct demo *demo, const struct dkg_params *params, size_t i)
{
    struct demo_trustee *trustee = &demo->trustees[i];
    uint8_t seed[SIGN_SEED_BYTES];

    randombytes_buf(seed, sizeof seed);
    sign_key_pair(trustee->sign_public, trustee->sign_secret, seed);
    sodium_memzero(seed, sizeof seed);
    seal_key_pair(trustee->transport_public, trustee->transport_secret);
    randombytes_buf(trustee->seed, sizeof trustee->seed);
    memcpy(demo->sign_keys[i], trustee->sign_public, SIGN_PUBLIC_BYTES);
    trustee->round1_size = DKG_ROUND1_BYTES(strlen(names[i]), THRESHOLD);
    demo_expect(dkg_round1_make(trustee->round1, params, (uint8_t)(i + 1),
                                (const uint8_t *)names[i], strlen(names[i]),
                                trustee->sign_secret, trustee->transport_public,
                                trustee->seed, NULL),
                AULA_OK, "round 1");
}

static void compare(struct demo *demo, const struct dkg_params *params)
{
    struct dkg_round1 views[TRUSTEES];
    char code[CODE_TEXT_BYTES];

    for (size_t i = 0; i < TRUSTEES; i++) {
        demo_expect(dkg_round1_check(&views[i], params, (1U << i) - 1,
                                     demo->trustees[i].round1,
                                     demo->trustees[i].round1_size, NULL),
                    AULA_OK, "check of round 1");
    }
    demo_expect(dkg_set_check(&demo->set, params, views, TRUSTEES, NULL),
                AULA_OK, "check of the set");
    code_write(code, demo->set.transcript);
    printf("  read aloud by all three: %s\n", code);
}

/* What trustee j was dealt, its own part included, added up. */
static void collect(struct demo *demo, size_t j)
{
    struct demo_trustee *own = &demo->trustees[j];
    uint8_t(*dealt)[GROUP_SCALAR_BYTES] = sodium_allocarray(TRUSTEES,
                                                            GROUP_SCALAR_BYTES);

    demo_expect(dealt == NULL ? AULA_MEMORY : AULA_OK, AULA_OK, "memory");
    for (size_t i = 0; i < TRUSTEES; i++) {
        enum aula_code code;

        if (i == j) {
            code = dkg_dealt_share(dealt[i], &demo->set.params,
                                   (uint8_t)(i + 1), (uint8_t)(j + 1),
                                   own->seed, NULL);
        } else {
            code = dkg_round2_open(NULL, dealt[i], &demo->set, (uint8_t)(j + 1),
                                   own->transport_secret, 0,
                                   demo->trustees[i].round2,
                                   sizeof demo->trustees[i].round2, NULL);
        }
        demo_expect(code, AULA_OK, "round 2");
    }
    demo_expect(dkg_secret_share(own->share, &demo->set, &demo->outcome,
                                 (uint8_t)(j + 1),
                                 (const uint8_t(*)[GROUP_SCALAR_BYTES])dealt,
                                 NULL),
                AULA_OK, "share");
    sodium_free(dealt);
}

void demo_ceremony(struct demo *demo)
{
    struct dkg_params params = {.count = TRUSTEES, .threshold = THRESHOLD};

    printf(
        "1. %d trustees make the election key together; any %d can decrypt\n",
        TRUSTEES, THRESHOLD);
    randombytes_buf(params.cid, sizeof params.cid);
    for (size_t i = 0; i < TRUSTEES; i++) {
        round1(demo, &params, i);
    }
    compare(demo, &params);
    for (size_t i = 0; i < TRUSTEES; i++) {
        demo_expect(dkg_round2_make(demo->trustees[i].round2, &demo->set,
                                    (uint8_t)(i + 1),
                                    demo->trustees[i].sign_secret,
                                    demo->trustees[i].seed, NULL),
                    AULA_OK, "round 2");
    }
    demo_expect(dkg_outcome_find(&demo->outcome, &demo->set, NULL), AULA_OK,
                "outcome");
    for (size_t j = 0; j < TRUSTEES; j++) {
        collect(demo, j);
    }
    randombytes_buf(demo->package_hash, sizeof demo->package_hash);
}
