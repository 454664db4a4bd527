/* SPDX-License-Identifier: Apache-2.0 */
/* Files of records, (u32 length || record)*, walked in pieces on all cores. Of
 * a file no more than a piece stands in memory, so its length does not matter.
 */
#ifndef AULA_BOARD_LISTS_H
#define AULA_BOARD_LISTS_H

#include "board_parts.h"

/* One record that the walk comes to. */
struct board_item {
    const uint8_t *bytes;
    size_t size;
    uint32_t name;   /* its file, by place in the names */
    uint64_t offset; /* of its bytes there */
    uint8_t hash[HASH_BYTES];
    enum aula_code code;  /* of CHECK_RECORD, or of checks 1 to 6 alone */
    struct record record; /* where that is AULA_OK */
};

struct board_walk {
    struct board *board;
    bool is_checked; /* the whole of CHECK_RECORD, and faults are told; else
                        its checks 1 to 6 alone, and none is */

    /** What to say of a record; called in the order of the files.
     *
     *  Returns: AULA_OK, the code of a fault, which ends this file, or of a
     *           failure, which ends the walk
     */
    enum aula_code (*judge)(void *arg, const struct board_item *item,
                            struct aula_error *found);
    void *arg;
    const char *what; /* of a bar: "checking records" */
};

/** Walk the files first .. end - 1 of the names. A file without any record is a
 *  fault, and so is a length above the limit or one that does not fit; it comes
 *  before what a record is blamed for.
 *
 *  Returns: AULA_OK, also after faults; AULA_IO, AULA_MEMORY, and failures of
 *           `judge`
 */
AULA_MUST_CHECK enum aula_code board_lists_walk(struct board_walk *walk,
                                                size_t first, size_t end,
                                                struct aula_error *err);

#endif
