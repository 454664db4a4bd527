/* SPDX-License-Identifier: Apache-2.0 */
/* A board of one contest and one terminal with as many ballots as are wanted,
 * closed, approved and mixed once. Everything that fails ends the program. */
#ifndef AULA_BENCH_TOWN_H
#define AULA_BENCH_TOWN_H

#include "folder.h"
#include "mix.h"
#include "office.h"
#include "record.h"

struct town {
    struct folder folder; /* the board */
    struct office office;
    struct office_container container;
    struct package package; /* points into the container */
    struct ballot_key *key;
    uint32_t count;

    uint8_t terminal[SIGN_SECRET_BYTES];
    uint8_t certificate_bytes[CERTIFICATE_BYTES(4, 1)];
    struct certificate certificate;

    /* The file of records: a day opened, then the ballots. */
    uint8_t *records;
    size_t records_size;
    struct record_claim *ballots; /* `count` of them, in it */
    struct mix_input input;
    uint8_t *list; /* E in the order of the hashes */
    uint8_t *mix;
    size_t mix_size;
};

void town_open(struct town *town, uint32_t count, struct pool *pool);
void town_close(struct town *town);

#endif
