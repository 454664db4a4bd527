/* SPDX-License-Identifier: Apache-2.0 */
/* What a terminal does to a store in a day, in little: it makes one, opens it,
 * adds records with voters and items, gives a transaction up, drops an item,
 * makes an export, closes and opens again. Each transaction is acknowledged. */
#ifndef AULA_TEST_STORE_WORK_H
#define AULA_TEST_STORE_WORK_H

#include "crash.h"
#include "store.h"

struct store_work {
    struct crash crash; /* first */
    char folder[64];    /* the lock is a real file */
    char path[96];
    bool was_refused;    /* a store stopped after AULA_IO, and said so */
    struct disk *kept;   /* for tests: a moment of the work, and after which */
    unsigned kept_state; /* state of crash.h it was; NULL and 0 at first */
};

/** Make the disks (crash.h), with no store. */
void store_work_open(struct store_work *work);
void store_work_close(struct store_work *work);

/** A `crash_work`: from an empty disk to a closed store.
 *
 *  Returns: of the first refusal; the store is closed then as well
 */
enum aula_code store_work_run(struct crash *crash, struct aula_error *err);

/** Open the store that is on the disk and close it again. */
enum aula_code store_work_reopen(struct store_work *work,
                                 struct aula_error *err);

#endif
