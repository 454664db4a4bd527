/* SPDX-License-Identifier: Apache-2.0 */
/* A terminal's way from blank to ready: a request to the office, and what the
 * office sends back. PROTOCOL.md section 5. */
#ifndef AULA_SETUP_H
#define AULA_SETUP_H

#include "container.h"
#include "request.h"
#include "terminal.h"

/* Space that is held back on the terminal's disk. */
enum { SETUP_RESERVE_BYTES = 8 * 1024 * 1024 };

/** Make a terminal: its keys, its store, its first official.
 *
 *  Returns: AULA_OK
 *           AULA_STATE      it is not blank; nothing was touched
 *           AULA_BAD_FIELD  label or official is malformed
 *           AULA_FULL       no space, also for the reserve; nothing is left
 *           AULA_IO, AULA_MEMORY
 *  In:      label     what the terminal calls itself, 1..64 bytes
 *           official  the first who may unlock it
 */
AULA_MUST_CHECK enum aula_code setup_make(const struct terminal_place *place,
                                          const char *label,
                                          const struct keyslot_holder *official,
                                          struct aula_error *err);

/** The request of this terminal, the same each time.
 *
 *  Out:     request  REQUEST_BYTES_MAX are room enough
 *           size     its bytes
 */
void setup_request(const struct terminal *terminal, uint8_t *request,
                   size_t *size);

/* What the office sent. NULL for what does not come. */
struct setup_parts {
    const uint8_t *office_key; /* SIGN_PUBLIC_BYTES, as staff know it */
    const struct container_source *container; /* package and content */
    const uint8_t *certificate;
    size_t certificate_size;
    const uint8_t *kit;
    size_t kit_size;
    const uint8_t *roll;
    size_t roll_size;
};

/** Install. The first time key, container, certificate and kit have to come
 *  together; later a certificate, a kit or a roll of the same election replaces
 *  the one that is there, and each is an event 12: at the latest, where the
 *  power goes or the disk is full, at the next start.
 *
 *  Returns: AULA_OK
 *           AULA_STATE  a day is open, or a part that is needed is missing
 *           AULA_WRONG_ELECTION  a container of another election: a terminal
 *                       key serves one
 *           AULA_STORE_BEHIND  the second place names records of this key: the
 *                       terminal is an old copy of itself, and makes a new one
 *           codes of container_open and container_file, of certificate_check,
 *           kit_check, roll_check; AULA_SOURCE (election.json, or it is not
 *           what the package says); AULA_FULL, AULA_IO, AULA_MEMORY. Nothing is
 *           installed then
 */
AULA_MUST_CHECK enum aula_code setup_install(struct terminal *terminal,
                                             const struct setup_parts *parts,
                                             struct aula_error *err);

#endif
