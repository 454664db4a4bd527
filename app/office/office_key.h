/* SPDX-License-Identifier: Apache-2.0 */
/* The office's public key as people bring it: in hexadecimal, or in a file, the
 * office's office.txt or one line of hexadecimal digits. */
#ifndef AULA_OFFICE_KEY_H
#define AULA_OFFICE_KEY_H

#include "error.h"
#include "sign.h"

/** Read it.
 *
 *  Returns: AULA_OK
 *           AULA_BAD_FIELD  neither
 *           AULA_IO, AULA_TOO_LARGE, AULA_MEMORY
 *  Out:     key   on success only
 *  In:      text  64 hexadecimal digits, else the path of a file
 */
AULA_MUST_CHECK enum aula_code
office_key_read(uint8_t key[static SIGN_PUBLIC_BYTES], const char *text,
                struct aula_error *err);

#endif
