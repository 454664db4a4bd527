/* SPDX-License-Identifier: Apache-2.0 */
/* The office's side of a rehearsal: it certifies the terminals, keeps what it
 * issued as for any election, and lays it out for everyone in OUT/public:
 *
 *   terminals/TID.cert   certificates
 *   kits/TID.kit         kits, sealed to their terminals
 *   register.bin         the terminals; only in an election of its own, since
 *                        another office publishes its register itself
 */
#ifndef AULA_REHEARSE_CERTIFY_H
#define AULA_REHEARSE_CERTIFY_H

#include "rehearse_election.h"
#include "request.h"

/* What comes back for a request. */
struct rehearse_papers {
    uint8_t tid[TERMINAL_ID_BYTES];
    uint8_t certificate[CERTIFICATE_BYTES_MAX];
    size_t certificate_size;
    uint8_t kit[KIT_BYTES];
};

/** Answer a request: all contests of the package, guests welcome.
 *
 *  Returns: AULA_OK, codes of request_check, certificate_make, kit_make,
 *           desk_election_issue and file_write
 *  Out:     papers   on success only
 *  In:      request  `size` bytes
 *           folder   OUT/public, which is there
 */
AULA_MUST_CHECK enum aula_code
rehearse_certify(struct rehearse_papers *papers,
                 const struct rehearse_election *election,
                 const uint8_t *request, size_t size, const char *folder,
                 struct aula_error *err);

/** Publish the register of all terminals, an hour before the voting opens.
 *
 *  Returns: AULA_OK, codes of register_make, desk_election_keep_register and
 *           file_write
 *  In:      tids  `count` of them; sorted in place
 */
AULA_MUST_CHECK enum aula_code
rehearse_register(const struct rehearse_election *election,
                  uint8_t (*tids)[TERMINAL_ID_BYTES], size_t count,
                  const char *folder, struct aula_error *err);

#endif
