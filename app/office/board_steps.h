/* SPDX-License-Identifier: Apache-2.0 */
/* What the steps about contests share. Not for use outside of board_*.c. */
#ifndef AULA_BOARD_STEPS_H
#define AULA_BOARD_STEPS_H

#include "board_parts.h"

/** Read the counted list of a contest: the ciphertexts of its counted records
 *  in the order of their hashes, each read again and told by its hash.
 *
 *  Returns: AULA_OK, AULA_IO (a file changed since), AULA_MEMORY
 *  Owner:   free(list): 64 N w bytes
 */
AULA_MUST_CHECK enum aula_code board_counted_list(uint8_t **list,
                                                  const struct board *board,
                                                  size_t contest,
                                                  struct aula_error *err);

/** The files below a folder whose names are numbers, by number.
 *
 *  Out:     paths   `*count` of them; those of the names
 *  In:      folder  "approve/", with its slash
 *  Owner:   free(paths)
 */
AULA_MUST_CHECK enum aula_code
board_numbered(const char ***paths, size_t *count, const struct board *board,
               const char *folder, struct aula_error *err);

/** Free the lists of a contest: what nobody will work on. */
void board_drop_lists(struct board_contest *contest);

/** Step 12 for a COUNTED contest.
 *
 *  Returns: AULA_OK, also after faults; a failure
 *  Out:     is_good  its mixes pass and are enough for the stage; then its list
 *                    is there
 */
AULA_MUST_CHECK enum aula_code board_check_mixes(struct board *board,
                                                 size_t contest, bool *is_good,
                                                 struct aula_error *err);

/** Step 13 for a contest whose mixes are good; likewise. */
AULA_MUST_CHECK enum aula_code board_check_decryptions(struct board *board,
                                                       size_t contest,
                                                       bool *is_good,
                                                       struct aula_error *err);

#endif
