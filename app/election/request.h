/* SPDX-License-Identifier: Apache-2.0 */
/* A terminal's request for a certificate (PROTOCOL.md 5.1). It proves only that
 * one holder of the key made it; which terminal that is, people decide, by
 * comparing the code (code.h) of request_hash.
 *
 *   "AULQ" 1 pk 32 transport 32 lp16 label SIGN(terminal, "sig-request", ..)
 */
#ifndef AULA_REQUEST_H
#define AULA_REQUEST_H

#include "package.h"
#include "seal.h"

enum {
    REQUEST_HEAD_BYTES = 71,
    REQUEST_LABEL_MAX = 64,
    REQUEST_BYTES_MAX = 135 + REQUEST_LABEL_MAX
};

#define REQUEST_BYTES(label_size) ((size_t)135 + (label_size))

struct request {
    const uint8_t *key;       /* SIGN_PUBLIC_BYTES */
    const uint8_t *transport; /* SEAL_PUBLIC_BYTES, canonical */
    struct package_text label;
};

/** Returns: AULA_OK, or AULA_BAD_FIELD (label, or a transport key that is not
 *           canonical)
 *  Out:     file    REQUEST_BYTES(label_size), on success only
 *  In:      secret  the terminal's signing key, with its public key in it
 */
AULA_MUST_CHECK enum aula_code
request_make(uint8_t *file, const uint8_t secret[static SIGN_SECRET_BYTES],
             const uint8_t transport[static SEAL_PUBLIC_BYTES],
             const char *label, size_t label_size, struct aula_error *err);

/** Returns: AULA_OK, or the first failed check: those of 2.2, AULA_BAD_FIELD
 *           (transport key, label), AULA_TRUNCATED, AULA_TRAILING_BYTES,
 *           AULA_SIG_INVALID
 *  Out:     request  on success only; points into `bytes`
 */
AULA_MUST_CHECK enum aula_code request_check(struct request *request,
                                             const uint8_t *bytes, size_t size,
                                             struct aula_error *err);

/** H32("request", whole file): its code is what people compare. */
void request_hash(uint8_t hash[static HASH_BYTES], const uint8_t *bytes,
                  size_t size);

#endif
