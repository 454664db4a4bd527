/* SPDX-License-Identifier: Apache-2.0 */
/* A whole trustee ceremony in memory, for the tests of dkg.h. Keys and seeds
 * follow from N and T, so a failure can be repeated; boxes are random.
 */
#ifndef AULA_TESTS_DKG_CEREMONY_H
#define AULA_TESTS_DKG_CEREMONY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dkg.h"
#include "seal.h"

struct trustee {
    uint8_t sign_public[SIGN_PUBLIC_BYTES];
    uint8_t sign_secret[SIGN_SECRET_BYTES];
    uint8_t transport_public[SEAL_PUBLIC_BYTES];
    uint8_t transport_secret[SEAL_SECRET_BYTES];
    uint8_t seed[DKG_SEED_BYTES];
    char name[DKG_NAME_MAX_BYTES + 1];
    uint8_t round1[DKG_ROUND1_MAX_BYTES];
    size_t round1_size;
    uint8_t round2[DKG_ROUND2_MAX_BYTES];
    size_t round2_size;
    uint8_t share[GROUP_SCALAR_BYTES]; /* x_j */
    uint8_t confirmation[SIGN_BYTES];
};

struct ceremony {
    struct dkg_params params;
    struct trustee trustees[DKG_TRUSTEES_MAX];
    struct dkg_round1 views[DKG_TRUSTEES_MAX];
    struct dkg_set set;
    struct dkg_outcome outcome;
    uint8_t transcript2[DKG_TRANSCRIPT_BYTES];
};

static inline void trustee_keys(struct trustee *trustee, uint8_t count,
                                uint8_t threshold, uint8_t index)
{
    uint8_t from[randombytes_SEEDBYTES] = {count, threshold, index};
    uint8_t seeds[3][32];

    randombytes_buf_deterministic(seeds, sizeof seeds, from);
    sign_key_pair(trustee->sign_public, trustee->sign_secret, seeds[0]);
    memcpy(trustee->transport_secret, seeds[1], sizeof seeds[1]);
    seal_public_key(trustee->transport_public, seeds[1]);
    memcpy(trustee->seed, seeds[2], sizeof seeds[2]);
    (void)snprintf(trustee->name, sizeof trustee->name, "Trustee %u", index);
}

/* Make the round 1 file of trustee `index` from what is in its struct. */
static inline void ceremony_make_round1(struct ceremony *c, uint8_t index)
{
    struct trustee *t = &c->trustees[index - 1];
    size_t name_size = strlen(t->name);

    t->round1_size = DKG_ROUND1_BYTES(name_size, c->params.threshold);
    assert_int_equal(dkg_round1_make(t->round1, &c->params, index,
                                     (const uint8_t *)t->name, name_size,
                                     t->sign_secret, t->transport_public,
                                     t->seed, NULL),
                     AULA_OK);
}

static inline enum aula_code ceremony_check_round1(struct ceremony *c,
                                                   uint8_t index)
{
    const struct trustee *t = &c->trustees[index - 1];
    uint32_t used = (UINT32_C(1) << (index - 1)) - 1;

    return dkg_round1_check(&c->views[index - 1], &c->params, used, t->round1,
                            t->round1_size, NULL);
}

static inline enum aula_code ceremony_check_set(struct ceremony *c)
{
    return dkg_set_check(&c->set, &c->params, c->views, c->params.count, NULL);
}

/* Keys, round 1 files and the set. */
static inline struct ceremony *ceremony_open(uint8_t count, uint8_t threshold)
{
    struct ceremony *c = calloc(1, sizeof *c);

    assert_non_null(c);
    memset(c->params.cid, 0xc1, sizeof c->params.cid);
    c->params.count = count;
    c->params.threshold = threshold;
    for (uint8_t i = 1; i <= count; i++) {
        trustee_keys(&c->trustees[i - 1], count, threshold, i);
        ceremony_make_round1(c, i);
        assert_int_equal(ceremony_check_round1(c, i), AULA_OK);
    }
    assert_int_equal(ceremony_check_set(c), AULA_OK);
    return c;
}

/* Round 2 files, each from the set of round 1. */
static inline void ceremony_deal(struct ceremony *c)
{
    for (uint8_t i = 1; i <= c->params.count; i++) {
        struct trustee *t = &c->trustees[i - 1];

        t->round2_size = DKG_ROUND2_BYTES(c->params.count);
        assert_int_equal(dkg_round2_make(t->round2, &c->set, i, t->sign_secret,
                                         t->seed, NULL),
                         AULA_OK);
    }
}

/* What trustee `own` finds in the file of trustee `from`. */
static inline enum aula_code
ceremony_open_share(uint8_t share[static GROUP_SCALAR_BYTES],
                    const struct ceremony *c, uint8_t own, uint8_t from)
{
    const struct trustee *dealer = &c->trustees[from - 1];

    return dkg_round2_open(NULL, share, &c->set, own,
                           c->trustees[own - 1].transport_secret, 0,
                           dealer->round2, dealer->round2_size, NULL);
}

/* All that trustee `own` was dealt, its own share among it. */
static inline void ceremony_collect(uint8_t (*dealt)[GROUP_SCALAR_BYTES],
                                    const struct ceremony *c, uint8_t own)
{
    for (uint8_t from = 1; from <= c->params.count; from++) {
        enum aula_code code;

        if (from == own) {
            code = dkg_dealt_share(dealt[from - 1], &c->params, own, own,
                                   c->trustees[own - 1].seed, NULL);
        } else {
            code = ceremony_open_share(dealt[from - 1], c, own, from);
        }
        assert_int_equal(code, AULA_OK);
    }
}

/* Outcome, shares and confirmations, each trustee on its own. */
static inline void ceremony_finish(struct ceremony *c)
{
    uint8_t dealt[DKG_TRUSTEES_MAX][GROUP_SCALAR_BYTES];
    const uint8_t *files[DKG_TRUSTEES_MAX];

    for (uint8_t i = 0; i < c->params.count; i++) {
        files[i] = c->trustees[i].round2;
    }
    dkg_transcript2(c->transcript2, &c->set, files);
    assert_int_equal(dkg_outcome_find(&c->outcome, &c->set, NULL), AULA_OK);
    for (uint8_t j = 1; j <= c->params.count; j++) {
        struct trustee *t = &c->trustees[j - 1];

        ceremony_collect(dealt, c, j);
        assert_int_equal(dkg_secret_share(t->share, &c->set, &c->outcome, j,
                                          (const uint8_t(*)[GROUP_SCALAR_BYTES])
                                              dealt,
                                          NULL),
                         AULA_OK);
        dkg_confirm_make(t->confirmation, &c->set, &c->outcome, c->transcript2,
                         t->sign_secret);
    }
}

static inline struct ceremony *ceremony_whole(uint8_t count, uint8_t threshold)
{
    struct ceremony *c = ceremony_open(count, threshold);

    ceremony_deal(c);
    ceremony_finish(c);
    return c;
}

/* Teardown of a test whose state is a ceremony. */
static inline int ceremony_free(void **state)
{
    free(*state);
    return 0;
}

#endif
