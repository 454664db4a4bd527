/* SPDX-License-Identifier: Apache-2.0 */
/* Rulings of the office on single records and findings (PROTOCOL.md 11.3). */
#ifndef AULA_RULINGS_H
#define AULA_RULINGS_H

#include "package.h"

enum rulings_type {
    RULINGS_ADMIT = 1, /* this record of a fork, or beside a chain */
    RULINGS_REVOKE,    /* every record of tid with a higher seq */
    RULINGS_CHAIN,     /* the terminal's true chain ends in this record */
    RULINGS_EXPLAIN    /* the open findings of tid at seq are settled */
};

/* A row as it stands in the file, its type and hash not yet checked; the
 * pointers go into the file. */
struct rulings_row {
    uint8_t type;
    const uint8_t *tid;
    uint64_t seq;
    const uint8_t *hash; /* rh for ADMIT and CHAIN, else zeros */
    struct package_text reason;
};

#endif
