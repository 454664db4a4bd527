/* SPDX-License-Identifier: Apache-2.0 */
/* What `aula office certify` hands out is called, and what it says of it. */
#ifndef AULA_CERTIFY_REPORT_H
#define AULA_CERTIFY_REPORT_H

#include "certify.h"
#include "output.h"
#include "voter_list.h"

#define CERTIFY_CERTIFICATE ".cert"
#define CERTIFY_KIT ".kit"

enum { CERTIFY_NAME_BYTES = 2 * TERMINAL_ID_BYTES + 8 };

/** The name of a file: tid in hexadecimal and an end, NUL-terminated. */
void certify_name(char name[static CERTIFY_NAME_BYTES],
                  const uint8_t tid[static TERMINAL_ID_BYTES], const char *end);

/** The terminal, its certificate and its kit. */
void certify_report(struct output *output, const struct desk_election *election,
                    const struct certify *certify,
                    const struct certify_terms *terms,
                    const struct certify_answer *answer);

/** The voter roll. */
void certify_report_roll(struct output *output, const char *name,
                         uint32_t number, const struct voter_roll *roll,
                         const struct voter_list *voters);

/** What comes next: the terminal, and the register.
 *
 *  Returns: AULA_OK, or a code of desk_election_registers
 */
AULA_MUST_CHECK enum aula_code
certify_report_next(struct output *output, const struct desk_election *election,
                    const uint8_t tid[static TERMINAL_ID_BYTES],
                    const char *folder, struct aula_error *err);

#endif
