/* SPDX-License-Identifier: Apache-2.0 */
/* aula verify --code: is a ballot in the record? */
#ifndef AULA_VERIFY_CODE_H
#define AULA_VERIFY_CODE_H

#include "board.h"
#include "code.h"
#include "command.h"

/* What is looked for: a code that was typed, or all that a QR picture says. */
struct verify_code {
    char code[CODE_TEXT_BYTES];
    bool is_qr;
    struct code_qr qr;
};

/** Read it as a person hands it over.
 *
 *  Returns: AULA_OK, AULA_CODE_FORMAT, AULA_CODE_CHECK (a slip of the pen)
 *  In:      text  typed, or "AULA1:.." of a QR picture
 */
AULA_MUST_CHECK enum aula_code verify_code_read(struct verify_code *wanted,
                                                const char *text,
                                                struct aula_error *err);

/** Check the board as far as its closing, and look for the ballot.
 *
 *  Returns: AULA_OK, also when it is not there: the exit status says so
 *           AULA_IO, AULA_MEMORY; the code of package.bin's fault
 *  In:      has_key  the office's key was named
 */
AULA_MUST_CHECK enum aula_code verify_code_run(struct call *call,
                                               struct board *board,
                                               const struct verify_code *wanted,
                                               bool has_key,
                                               struct aula_error *err);

#endif
