/* SPDX-License-Identifier: Apache-2.0 */
/* What rulings keep out of the archive (PROTOCOL.md section 10): of a terminal
 * with a type 2 row nothing more is taken, of one with a type 3 row only what
 * continues the named chain downwards, from the lowest record of it that is
 * there: whose hash that one names.
 */
#ifndef AULA_IMPORT_RULINGS_H
#define AULA_IMPORT_RULINGS_H

#include "archive.h"
#include "certificate.h"
#include "desk_ruled.h"
#include "hash.h"

/* Where the chain of a terminal goes on. */
struct import_chain {
    uint64_t seq; /* of the record that is missing; 0: nothing is taken */
    uint8_t hash[HASH_BYTES];
};

/** Is a terminal under a row of type 2 or 3? */
bool import_is_ruled(const struct desk_ruled *ruled,
                     const uint8_t tid[static TERMINAL_ID_BYTES]);

/** Where does its named chain go on?
 *
 *  Returns: AULA_OK, or a code of archive_find_record
 *  Out:     chain  seq 0 when it names none, or the chain is whole
 */
AULA_MUST_CHECK enum aula_code
import_chain_find(struct import_chain *chain, const struct desk_ruled *ruled,
                  struct archive *archive,
                  const uint8_t tid[static TERMINAL_ID_BYTES],
                  struct aula_error *err);

#endif
