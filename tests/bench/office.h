/* SPDX-License-Identifier: Apache-2.0 */
/* An office and its trustees, in memory, and containers of whatever election
 * somebody wants to measure. Everything that fails ends the program.
 */
#ifndef AULA_BENCH_OFFICE_H
#define AULA_BENCH_OFFICE_H

#include "container.h"
#include "dkg.h"
#include "seal.h"
#include "tag.h"

enum { OFFICE_TRUSTEES = 5, OFFICE_THRESHOLD = 3 };

struct office_trustee {
    uint8_t secret[SIGN_SECRET_BYTES];
    uint8_t transport_public[SEAL_PUBLIC_BYTES];
    uint8_t transport_secret[SEAL_SECRET_BYTES];
    uint8_t seed[DKG_SEED_BYTES];
    uint8_t round1[DKG_ROUND1_MAX_BYTES];
    uint8_t round2[DKG_ROUND2_BYTES(OFFICE_TRUSTEES)];
};

struct office {
    uint8_t public[SIGN_PUBLIC_BYTES];
    uint8_t secret[SIGN_SECRET_BYTES];
    uint8_t transport[SEAL_PUBLIC_BYTES];
    uint8_t tag_key[TAG_KEY_BYTES];
    struct office_trustee trustees[OFFICE_TRUSTEES];
    struct dkg_set set;
    struct dkg_outcome outcome;
    uint8_t transcript2[DKG_TRANSCRIPT_BYTES];
    uint8_t confirmations[OFFICE_TRUSTEES][SIGN_BYTES];
};

/** Keys, and the ceremony of the trustees. */
void office_open(struct office *office);

/* A file of the content. */
struct office_file {
    const char *path;
    const uint8_t *bytes;
    size_t size;
};

struct office_container {
    uint8_t *bytes;
    size_t size;
    size_t room;
    size_t package_size; /* it stands behind the head */
};

/** Make the container of an election.
 *
 *  In:      files  `count` of them; the first is its election.json
 *  Owner:   free(container->bytes)
 */
void office_make(struct office_container *container,
                 const struct office *office, const struct office_file *files,
                 size_t count);

#endif
