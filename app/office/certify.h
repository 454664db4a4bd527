/* SPDX-License-Identifier: Apache-2.0 */
/* What an office answers to the request of a terminal (PROTOCOL.md 5 to 5.2):
 * one certificate for ever, and each time a further kit. */
#ifndef AULA_CERTIFY_H
#define AULA_CERTIFY_H

#include "contest_list.h"
#include "desk_election.h"
#include "request.h"

/* A request that was read, and what its terminal has already. */
struct certify {
    uint8_t *bytes;
    size_t size;
    struct request request; /* points into `bytes` */
    uint8_t hash[HASH_BYTES];
    struct desk_terminal there;
};

/* What the certificate and the kit shall say. */
struct certify_terms {
    const char *label; /* `label_size` bytes */
    size_t label_size;
    struct contest_list contests;
    bool has_guests;
};

/* What is handed out. */
struct certify_answer {
    uint8_t tid[TERMINAL_ID_BYTES];
    uint8_t certificate[CERTIFICATE_BYTES_MAX];
    size_t size;
    uint8_t kit[KIT_BYTES];
    uint32_t number; /* of the kit */
};

/** Read a request.
 *
 *  Returns: AULA_OK
 *           codes of file_read and request_check; the message names the file
 *           codes of desk_election_terminal
 *  Owner:   certify_close
 */
AULA_MUST_CHECK enum aula_code
certify_open(struct certify **certify, const struct desk_election *election,
             const char *path, struct aula_error *err);
void certify_close(struct certify *certify); /* accepts NULL */

/** Was its terminal certified before? */
bool certify_is_known(const struct certify *certify);

/** The terms of a certificate: those that it has already, else what was asked
 *  for, else the label of the request and all contests.
 *
 *  Returns: AULA_OK
 *           AULA_STATE         it has others than those that are asked for
 *           AULA_CERT_CONTEST  as contest_list_read
 *  Out:     terms     on success only; points into `certify` or to `label`
 *  In:      label     NULL: nobody asked for one
 *           contests  likewise
 */
AULA_MUST_CHECK enum aula_code
certify_agree(struct certify_terms *terms, const struct certify *certify,
              const struct desk_election *election, const char *label,
              const char *contests, struct aula_error *err);

/** Make the answer, and keep it in the election's folder.
 *
 *  Returns: AULA_OK
 *           AULA_BAD_FIELD  the label; no further number for a kit
 *           AULA_KIT_SEAL   nothing can be sealed to the terminal
 *           codes of desk_election_issue; AULA_MEMORY
 *  Out:     answer   on success only
 *  In:      office   signing key of the office, secret
 *           tag_key  secret
 */
AULA_MUST_CHECK enum aula_code
certify_issue(struct certify_answer *answer, const struct certify *certify,
              const struct desk_election *election,
              const struct certify_terms *terms,
              const uint8_t office[static SIGN_SECRET_BYTES],
              const uint8_t tag_key[static TAG_KEY_BYTES],
              struct aula_error *err);

#endif
