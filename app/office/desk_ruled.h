/* SPDX-License-Identifier: Apache-2.0 */
/* What the office laid down of its records: `rulings.bin` and `elsewhere.bin`
 * in the election's folder, beside the registers (desk_election.h). Both are
 * optional, and checked whenever they are read. */
#ifndef AULA_DESK_RULED_H
#define AULA_DESK_RULED_H

#include "desk_election.h"
#include "elsewhere.h"
#include "rulings.h"

#define DESK_RULINGS "rulings.bin"
#define DESK_ELSEWHERE "elsewhere.bin"

struct desk_ruled {
    uint8_t *rulings_bytes; /* NULL: there is none */
    size_t rulings_size;
    struct rulings rulings; /* no row where there is no file */
    uint8_t *elsewhere_bytes;
    size_t elsewhere_size;
    struct elsewhere elsewhere; /* no tag where there is no file */
};

/** Read both.
 *
 *  Returns: AULA_OK, also where there is none
 *           codes of file_read, rulings_check and elsewhere_check; the path
 *           stands before the reason
 *  Out:     ruled  all zero on failure
 *  Owner:   desk_ruled_close
 */
AULA_MUST_CHECK enum aula_code
desk_ruled_read(struct desk_ruled *ruled, const struct desk_election *election,
                struct aula_error *err);
void desk_ruled_close(struct desk_ruled *ruled); /* accepts one all zero */

#endif
