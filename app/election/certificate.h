/* SPDX-License-Identifier: Apache-2.0 */
/* The certificate of a terminal (PROTOCOL.md section 5): the office says that a
 * key is a terminal of this election, and which contests it offers.
 *
 *   "AULT" 1 eid 16 tid 16 pk 32 lp16 label u16 count, count x u16 contest,
 *   SIGN(office, "sig-terminal", PH, all before)
 *   tid = H32("terminal-id", pk)[0..15]
 */
#ifndef AULA_CERTIFICATE_H
#define AULA_CERTIFICATE_H

#include <stdbool.h>

#include "package.h"

enum {
    TERMINAL_ID_BYTES = 16,
    CERTIFICATE_HEAD_BYTES = 71,
    CERTIFICATE_LABEL_MAX = 200,
    CERTIFICATE_BYTES_MAX = 137 + CERTIFICATE_LABEL_MAX +
                            2 * PACKAGE_CONTESTS_MAX
};

/** Bytes of a certificate. */
#define CERTIFICATE_BYTES(label_size, count)                                   \
    ((size_t)137 + (label_size) + (size_t)2 * (count))

/* A checked certificate; the pointers go into its bytes. */
struct certificate {
    uint8_t tid[TERMINAL_ID_BYTES];
    uint8_t key[SIGN_PUBLIC_BYTES];
    struct package_text label;
    const uint8_t *contests; /* count x u16, ascending */
    size_t count;            /* 1 or more */
};

/** tid of a terminal's signing key. */
void terminal_id(uint8_t tid[static TERMINAL_ID_BYTES],
                 const uint8_t key[static SIGN_PUBLIC_BYTES]);

/** Make a certificate.
 *
 *  Returns: AULA_OK
 *           AULA_BAD_FIELD     the label is no text of 1..200 bytes
 *           AULA_CERT_CONTEST  no contest, not ascending, or not of the package
 *  Out:     file      CERTIFICATE_BYTES(label_size, count), on success only
 *  In:      office    signing key of the office, secret
 *           key       of the terminal
 *           contests  `count` numbers
 */
AULA_MUST_CHECK enum aula_code
certificate_make(uint8_t *file, const struct package *package,
                 const uint8_t office[static SIGN_SECRET_BYTES],
                 const uint8_t key[static SIGN_PUBLIC_BYTES], const char *label,
                 size_t label_size, const uint16_t *contests, size_t count,
                 struct aula_error *err);

/** Check a certificate.
 *
 *  Returns: AULA_OK, or the first failed check: those of 2.2,
 *           AULA_WRONG_ELECTION, AULA_BAD_FIELD (label), AULA_TRUNCATED,
 *           AULA_TRAILING_BYTES, AULA_CERT_TERMINAL_ID (tid does not follow
 *           from the key; or not the own key), AULA_SIG_INVALID,
 *           AULA_CERT_CONTEST
 *  Out:     certificate  written on success only; points into `bytes`
 *  In:      own_key      a terminal's own key; NULL for everyone else
 */
AULA_MUST_CHECK enum aula_code
certificate_check(struct certificate *certificate,
                  const struct package *package, const uint8_t *own_key,
                  const uint8_t *bytes, size_t size, struct aula_error *err);

/** Is a contest offered at this terminal? */
bool certificate_offers(const struct certificate *certificate,
                        uint16_t contest);

#endif
