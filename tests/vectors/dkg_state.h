/* SPDX-License-Identifier: Apache-2.0 */
/* A ceremony as dkg.json tells it. */
#ifndef AULA_VECTORS_DKG_STATE_H
#define AULA_VECTORS_DKG_STATE_H

#include "dkg.h"
#include "trial.h"

struct dkg_state {
    bool is_ready; /* everything below was computed and agrees */
    struct dkg_params params;
    struct span round1[DKG_TRUSTEES_MAX];
    struct span round2[DKG_TRUSTEES_MAX];
    uint8_t transport_secrets[DKG_TRUSTEES_MAX][DKG_TRANSPORT_BYTES];
    uint8_t seeds[DKG_TRUSTEES_MAX][DKG_SEED_BYTES];
    struct dkg_set set;
    struct dkg_outcome outcome;
    uint8_t transcript2[DKG_TRANSCRIPT_BYTES];
};

/** One element of `trustees`; `arg` is a ready struct dkg_state. */
void dkg_trustee_check(struct trial *trial, const json_t *row, void *arg);

#endif
