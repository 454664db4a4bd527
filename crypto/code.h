/* SPDX-License-Identifier: Apache-2.0 */
/* Codes that people compare (PROTOCOL.md section 8): twenty characters for any
 * 32-byte hash, and the text of a QR picture that holds all of it.
 *
 *   code  XXXX-XXXX-XXXX-XXXX-XXXX: 95 bits and a check character, alphabet
 *         0123456789ABCDEFGHJKMNPQRSTVWXYZ. One wrong character, or two
 *         exchanged, is always seen
 *   QR    head:52 characters:26 characters:decimal, that is the hash, tid and
 *         seq, with bits to spare that are zero
 *
 * Typed text is read generously (small letters, spaces, Cyrillic letters that
 * look alike); a QR is read strictly, for a machine wrote it. Both readers take
 * any bytes of any length. Nothing here is secret.
 */
#ifndef AULA_CODE_H
#define AULA_CODE_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

enum {
    CODE_HASH_BYTES = 32,
    CODE_TID_BYTES = 16,
    CODE_TEXT_BYTES = 25, /* with hyphens and the closing NUL */
    CODE_QR_BYTES = 107   /* the longest, with the closing NUL */
};

/* What a QR stands for: "AULA1" a ballot, "AULC1" a closing code. */
enum code_head { CODE_HEAD_BALLOT, CODE_HEAD_CLOSING };

struct code_qr {
    uint8_t hash[CODE_HASH_BYTES]; /* code_hash, or rh of the day's closing */
    uint8_t tid[CODE_TID_BYTES];
    uint64_t seq; /* of the record, 1 .. 2^64 - 1 */
};

/** Write the code of a hash, NUL-terminated. */
void code_write(char text[static CODE_TEXT_BYTES],
                const uint8_t hash[static CODE_HASH_BYTES]);

/** Read a code that a person typed.
 *
 *  Returns: AULA_OK
 *           AULA_CODE_FORMAT  not UTF-8, not 20 characters, or one that is
 *                             outside of the alphabet
 *           AULA_CODE_CHECK   the check character does not fit
 *  Out:     code  as code_write writes it, on success only
 *  In:      text  `text_size` bytes, any
 */
AULA_MUST_CHECK enum aula_code code_read(char code[static CODE_TEXT_BYTES],
                                         const uint8_t *text, size_t text_size,
                                         struct aula_error *err);

/** Write the text of a QR, NUL-terminated; seq 0 is no record (asserted). */
void code_qr_write(char text[static CODE_QR_BYTES], enum code_head head,
                   const struct code_qr *qr);

/** Read the text of a QR: exactly the form that code_qr_write writes.
 *
 *  Returns: AULA_OK, or AULA_CODE_FORMAT
 *  Out:     qr    written on success only
 *  In:      head  the kind that is expected; the other one is refused
 *           text  `text_size` bytes, any
 */
AULA_MUST_CHECK enum aula_code
code_qr_read(struct code_qr *qr, enum code_head head, const uint8_t *text,
             size_t text_size, struct aula_error *err);

#endif
