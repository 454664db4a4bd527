/* SPDX-License-Identifier: Apache-2.0 */
/* The office's rulings as they grow (PROTOCOL.md 11.3): rulings.bin in the
 * election's folder, signed anew with each row, and never a row that does not
 * fit the records that the archive holds.
 *
 * Once the closing is signed they stand as they are. */
#ifndef AULA_RULING_LIST_H
#define AULA_RULING_LIST_H

#include "desk_ruled.h"
#include "status.h"

struct ruling_list {
    const struct desk_election *election;
    struct desk_ruled ruled;  /* what was there; rows may point into it */
    struct rulings_row *rows; /* what will be there */
    size_t count;
    uint8_t *bytes; /* the signed file, after ruling_list_sign */
    size_t size;
};

/** Read the rows that are there.
 *
 *  Returns: AULA_OK, AULA_MEMORY, or a code of desk_ruled_read
 *  Out:     list  to be closed whatever the result
 *  Owner:   ruling_list_close; election stays until then
 */
AULA_MUST_CHECK enum aula_code
ruling_list_open(struct ruling_list *list, const struct desk_election *election,
                 struct aula_error *err);
void ruling_list_close(struct ruling_list *list);

/** May the rows still be changed?
 *
 *  Returns: AULA_OK, or AULA_STATE: the closing was signed
 */
AULA_MUST_CHECK enum aula_code
ruling_list_is_open(const struct ruling_list *list, struct aula_error *err);

/** Add a row, or take one away by its place, from 0 (asserted).
 *
 *  Returns: AULA_OK, AULA_TOO_LARGE (RULINGS_COUNT_MAX), AULA_MEMORY,
 *           AULA_BAD_FIELD (the reason is no text of 1..1000 bytes)
 *  In:      row  its pointers stay until ruling_list_close
 */
AULA_MUST_CHECK enum aula_code ruling_list_add(struct ruling_list *list,
                                               const struct rulings_row *row,
                                               struct aula_error *err);
void ruling_list_remove(struct ruling_list *list, size_t place);

/** Do the rows fit what the archive holds?
 *
 *  Returns: AULA_OK, or AULA_RULING_INVALID with the row and the reason
 *           codes of status_read
 */
AULA_MUST_CHECK enum aula_code ruling_list_try(const struct ruling_list *list,
                                               struct status *status,
                                               struct aula_error *err);

/** Sign the rows and keep them in place of those that were there.
 *
 *  Returns: AULA_OK, AULA_MEMORY, or a code of file_write
 *  In:      office  signing key of the office, secret
 */
AULA_MUST_CHECK enum aula_code
ruling_list_keep(struct ruling_list *list,
                 const uint8_t office[static SIGN_SECRET_BYTES],
                 struct aula_error *err);

/** The seq of a record of the archive.
 *
 *  Returns: AULA_OK
 *           AULA_RULING_INVALID  no record of this terminal has this hash
 *           codes of archive_open and archive_each_record
 */
AULA_MUST_CHECK enum aula_code
ruling_list_find(uint64_t *seq, const struct desk_election *election,
                 const uint8_t tid[static TERMINAL_ID_BYTES],
                 const uint8_t hash[static HASH_BYTES], struct aula_error *err);

#endif
