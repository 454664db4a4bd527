/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of desk_election.h share. */
#ifndef AULA_DESK_ELECTION_PARTS_H
#define AULA_DESK_ELECTION_PARTS_H

#include "desk_election.h"

#define DESK_PACKAGE_FILE "package.bin"
#define DESK_TAG_KEY "tag.key"
#define DESK_CERTIFICATES "certificates"

/** Read election/name, where it is there.
 *
 *  Returns: AULA_OK with `*bytes` NULL where it is not; else as file_read
 *  Out:     path  of the file, whatever the result
 *  Owner:   free(*bytes)
 */
AULA_MUST_CHECK enum aula_code
desk_election_read(uint8_t **bytes, size_t *size, char path[static PLACE_BYTES],
                   const struct desk_election *election, const char *name,
                   size_t size_max, struct aula_error *err);

/** Is a file name made of `size` small hexadecimal digits and `end`? */
bool desk_is_hex_name(const char *name, size_t size, const char *end);

#endif
