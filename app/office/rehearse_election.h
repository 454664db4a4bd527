/* SPDX-License-Identifier: Apache-2.0 */
/* The election of a rehearsal and the office that has it: one of its own, made
 * from a Pabulib file, or one that an office has packaged in rehearsal mode.
 *
 * Its own leaves in OUT what a later count needs:
 *
 *   passphrase.txt  of every key here: nothing of a rehearsal is secret
 *   office/         an office (desk.h), with the election and its ceremony
 *   trustees/1..3/  two of whom suffice (trustee.h)
 *   package.aula    the container
 */
#ifndef AULA_REHEARSE_ELECTION_H
#define AULA_REHEARSE_ELECTION_H

#include "container.h"
#include "desk_election.h"
#include "election.h"
#include "pabulib.h"

struct rehearse_election {
    struct desk *desk;
    struct desk_election *kept; /* with the package */
    uint8_t *tag_key;           /* TAG_KEY_BYTES, in sodium_malloc memory */
    struct container_memory container;
    uint8_t *bytes;           /* of it */
    struct election election; /* its election.json */
};

/** Make one.
 *
 *  Returns: AULA_OK
 *           AULA_SOURCE  the file's rules, or its texts, are no election's
 *           AULA_FULL, AULA_IO, AULA_MEMORY, AULA_TOO_LARGE, AULA_STATE
 *  Out:     made         on success only
 *  In:      out          folder, which is there and empty
 *           first, last  days of voting
 *           passphrase   a generated one, for all keys
 *  Owner:   rehearse_election_close
 */
AULA_MUST_CHECK enum aula_code
rehearse_election_make(struct rehearse_election **made, const char *out,
                       const struct pabulib *file, int32_t first, int32_t last,
                       const struct passphrase *passphrase,
                       struct aula_error *err);

/** Open one that an office has.
 *
 *  Returns: AULA_OK
 *           AULA_STATE  it is an official one: votes are not made up there; or
 *                       the office does not have it
 *           AULA_SOURCE, codes of file_read, container_open, container_file,
 *           desk_open, desk_election_open and desk_election_tag_key
 *  Out:     made  on success only
 *  In:      path        of the container
 *           office      folder of the office
 *           passphrase  of the office
 */
AULA_MUST_CHECK enum aula_code
rehearse_election_open(struct rehearse_election **made, const char *path,
                       const char *office, const struct passphrase *passphrase,
                       struct aula_error *err);

void rehearse_election_close(struct rehearse_election *made); /* accepts NULL */

#endif
