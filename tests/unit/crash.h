/* SPDX-License-Identifier: Apache-2.0 */
/* The power goes at every flush of a run: what was waiting is done, not done or
 * torn in many combinations, each time the store is opened again, and must hold
 * what was acknowledged before, or that and the whole of the transaction under
 * way. Opening it rolls a journal back, and the power goes there as well. */
#ifndef AULA_TEST_CRASH_H
#define AULA_TEST_CRASH_H

#include "digest.h"
#include "disk_cut.h"
#include "vfs.h"

enum { CRASH_STATES_MAX = 40 };

struct crash {
    struct disk *work;  /* where the run writes: SQLite's default VFS */
    struct disk *after; /* after the power came back */
    struct disk *again; /* and after it went once more, under the rollback */
    struct vfs *after_vfs;
    struct vfs *again_vfs;
    const char *path;
    size_t block; /* see disk_cut */
    /* What the store holds after each acknowledged step. */
    uint8_t digests[CRASH_STATES_MAX][DIGEST_BYTES];
    bool is_known; /* the digests are: power cuts from now on */
    unsigned state;
    unsigned states; /* at the end of the run */
    unsigned cuts;
    unsigned set; /* of choices, in a cut */

    /* How often these were torn: page 1, a journal's header, the page of its
     * last record. */
    unsigned torn_page1;
    unsigned torn_header;
    unsigned torn_last;
    unsigned looks;
};

/** Make the disks and the VFSs over them. */
void crash_open(struct crash *crash, const char *path,
                const uint8_t key[static VFS_KEY_BYTES],
                const uint8_t id[static VFS_STORE_ID_BYTES], size_t block);
void crash_close(struct crash *crash);

/** The run has been told that what it did is done. */
void crash_acknowledge(struct crash *crash);

/* What is done to a store. All of it goes to the disk `work`. */
typedef enum aula_code crash_work(struct crash *crash, struct aula_error *err);

/** Run once to know the states, on an empty disk. */
void crash_learn(struct crash *crash, crash_work *run);

/** Run once more with the power cut at each flush. */
void crash_run(struct crash *crash, crash_work *run);

/** Look at the disk `work` as it is, and as a power cut now may leave it. */
void crash_check(struct crash *crash);

#endif
