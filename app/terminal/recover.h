/* SPDX-License-Identifier: Apache-2.0 */
/* When something was lost: proving a store whole, and saving what verifies of
 * one that is not (PROTOCOL.md 9.2). A chain that has ended is exported without
 * an event, then put aside; the hall goes on with a new terminal. */
#ifndef AULA_RECOVER_H
#define AULA_RECOVER_H

#include "terminal.h"

/** Check everything: every page, every record with its proofs, the counts.
 *
 *  Returns: AULA_OK, AULA_STATE (nothing is installed), AULA_STORE_DAMAGED, a
 *           code of record_check with the record's number in the message,
 *           AULA_IO, AULA_MEMORY
 *  Out:     checked  how many records; may be NULL
 */
AULA_MUST_CHECK enum aula_code recover_verify(struct terminal *terminal,
                                              uint64_t *checked,
                                              struct aula_error *err);

/* Records that follow each other without a gap, in one batch. */
struct recover_run {
    uint64_t first_seq;
    uint64_t last_seq;
    uint32_t number; /* of its batch */
};

struct recover_report {
    enum aula_code reason; /* why the chain has ended; AULA_STORE_DAMAGED where
                              the store could not be opened as a whole */
    uint8_t tid[TERMINAL_ID_BYTES];
    uint64_t verified;    /* records that were exported */
    uint64_t refused;     /* records that fail their checks */
    uint64_t pages;       /* damaged ones */
    uint64_t witness_seq; /* the highest that the second place or the stick's
                             copy names; 0: neither is good */
    size_t run_count;
    struct recover_run *runs; /* in order of their numbers */
    char aside[64];           /* where the old terminal now lies, under DATA */
};

/** Export what verifies into a folder, and put the terminal aside: DATA is
 *  blank again, nothing is deleted. Batches of this terminal that lie in the
 *  folder stay as they are: the new ones take numbers above theirs.
 *
 *  Returns: AULA_OK
 *           AULA_STATE   it is whole and its chain goes on: export instead; or
 *                        the stick leaves no number for a batch
 *           AULA_KEY_OPEN, AULA_KEY_SLOT, AULA_STORE_BUSY
 *           AULA_STORE_DAMAGED  not even package, certificate and key can be
 *                        read: nothing can be exported; it stays where it is
 *           AULA_IO      also where the store does not open and nothing of it
 *                        is damaged: nothing was written
 *           AULA_FULL, AULA_MEMORY  as AULA_IO, it stays where it is
 *  Out:     report  on success only
 *  In:      folder  of a mounted stick
 *  Owner:   recover_report_clear frees the report's list
 */
AULA_MUST_CHECK enum aula_code recover_save(struct recover_report *report,
                                            const struct terminal_place *place,
                                            const struct official *official,
                                            const char *folder,
                                            struct aula_error *err);

void recover_report_clear(struct recover_report *report);

#endif
