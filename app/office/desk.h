/* SPDX-License-Identifier: Apache-2.0 */
/* The office's folder.
 *
 *   office.txt        its public keys, in hexadecimal: what it publishes
 *   sign.key          signing key, behind the passphrase (AULK 1)
 *   transport.key     X25519 key that batches are sealed to (AULK 2)
 *   ceremony/         the trustees' ceremony (ceremony.h), where no other
 *                     folder is named for it
 *   elections/EID/    one folder an election; desk_election.h
 *
 * 1. office.txt is written last: without it there is no office, and what else
 *    lies there is the rest of a start that was cut off.
 * 2. Keys are never replaced: an office that loses them loses its elections.
 */
#ifndef AULA_DESK_H
#define AULA_DESK_H

#include <stdbool.h>
#include <stdint.h>

#include "ask.h"
#include "error.h"
#include "place.h"
#include "seal.h"
#include "sign.h"

#define DESK_CEREMONY "ceremony"

/* What anyone may know of an office. */
struct desk_public {
    uint8_t sign[SIGN_PUBLIC_BYTES];
    uint8_t transport[SEAL_PUBLIC_BYTES];
};

struct desk {
    char folder[PLACE_BYTES];
    struct desk_public known;
    uint8_t *sign_secret;      /* SIGN_SECRET_BYTES, in sodium_malloc memory */
    uint8_t *transport_secret; /* SEAL_SECRET_BYTES, likewise; NULL where it was
                                  not asked for */
};

/** Is there an office in this folder? */
bool desk_is_there(const char *folder);

/** Make the keys of an office; the folder is made where there is none.
 *
 *  Returns: AULA_OK
 *           AULA_STATE     there is an office already; it is untouched
 *           AULA_KEY_WEAK  the passphrase could not have been generated
 *           AULA_FULL, AULA_IO, AULA_MEMORY, AULA_BAD_FIELD
 *  Out:     known  on success only
 */
AULA_MUST_CHECK enum aula_code desk_make(struct desk_public *known,
                                         const char *folder,
                                         const struct passphrase *passphrase,
                                         struct aula_error *err);

/** Read the public keys of an office.
 *
 *  Returns: AULA_OK
 *           AULA_STATE      there is no office
 *           AULA_BAD_FIELD  a key that is none, and codes of facts_read
 */
AULA_MUST_CHECK enum aula_code desk_read(struct desk_public *known,
                                         const char *folder,
                                         struct aula_error *err);

/** Open an office with its passphrase.
 *
 *  Returns: AULA_OK
 *           AULA_STATE     there is no office
 *           AULA_KEY_OPEN  wrong passphrase, or altered key file
 *           AULA_SOURCE    office.txt holds other keys than the key files
 *           AULA_MEMORY, and codes of file_read and keyfile_open
 *  Out:     desk  written on success only
 *  In:      with_transport  also the key that batches are opened with: it costs
 *                           a derivation more
 *  Owner:   desk_close
 */
AULA_MUST_CHECK enum aula_code desk_open(struct desk **desk, const char *folder,
                                         const struct passphrase *passphrase,
                                         bool with_transport,
                                         struct aula_error *err);

/** Wipe and free. Accepts NULL. */
void desk_close(struct desk *desk);

#endif
