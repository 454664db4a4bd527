/* SPDX-License-Identifier: Apache-2.0 */
/* What verifies of a damaged or ended terminal, in memory. Not for use outside
 * of this folder. */
#ifndef AULA_RECOVER_COLLECT_H
#define AULA_RECOVER_COLLECT_H

#include "store_salvage.h"
#include "terminal_inside.h"

/* A record that passed CHECK_RECORD. */
struct collected {
    uint64_t seq;
    size_t at; /* in `bytes` */
    size_t size;
    uint8_t kind;
};

struct collecting {
    struct terminal *terminal; /* keys, package, certificate; no store */
    struct store_export last;  /* the highest number that was found */
    uint8_t office[SIGN_PUBLIC_BYTES];
    bool has_office;
    bool has_sign;
    struct collected *records;
    size_t count;
    size_t room; /* records that there is room for */
    uint8_t *bytes;
    size_t bytes_size;
    size_t bytes_room;
    uint64_t refused;
    struct store_salvage salvage;
};

/** Read what is left, and keep what verifies.
 *
 *  Returns: AULA_OK
 *           AULA_STORE_DAMAGED  package, certificate or key are lost
 *           AULA_STORE_KEY, AULA_STORE_BUSY, AULA_IO, AULA_MEMORY
 *  Out:     collecting  its terminal is opened as far as it goes
 *  In:      collecting  zeros but for the terminal, which has its folder, its
 *                       officials and its master key
 *  Owner:   recover_collect_close
 */
AULA_MUST_CHECK enum aula_code recover_collect(struct collecting *collecting,
                                               struct aula_error *err);

/** Frees the records; the terminal stays the caller's. */
void recover_collect_close(struct collecting *collecting);

#endif
