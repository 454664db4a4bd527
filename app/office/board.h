/* SPDX-License-Identifier: Apache-2.0 */
/* The board: the public record of an election as a folder (PROTOCOL.md section
 * 14), read with suspicion and checked step by step.
 *
 *   board_open     which folder, whose key
 *   board_check    the steps in order, as far as the asker needs the board
 *   struct board   what stands on it: package, terminals, counting set, lists
 *
 * 1. A check that fails is a fault: a code and the object that it is about. The
 *    first one is the verdict's; the check goes on with what does not depend on
 *    it, so that one run tells all.
 * 2. A file that cannot be read, or that changes while it is read, is no fault
 *    but a failure of the machine: there is no verdict then.
 * 3. Nothing is mapped: a mapped file that somebody cuts off kills whoever
 *    reads it. Records are read in pieces and read again where their bytes are
 *    wanted, each time against its hash, so that a million of them need the
 *    memory of their digests; the lists of one contest stand in memory at once.
 * 4. What is found does not depend on the number of threads.
 *
 * The board names no voter and holds no secret; nothing here writes to it.
 */
#ifndef AULA_BOARD_H
#define AULA_BOARD_H

#include <stdbool.h>
#include <stdio.h>

#include "certificate.h"
#include "clock.h"
#include "closing.h"
#include "counting.h"
#include "decrypt.h"
#include "election.h"
#include "elsewhere.h"
#include "manifest.h"
#include "outcome.h"
#include "package.h"
#include "place.h"
#include "pool.h"
#include "record.h"
#include "register.h"
#include "rulings.h"

/* How far the board has to have come. What comes later need not be there, but
 * each stage also checks what is there of the next one: others may have been
 * quicker. */
enum board_stage {
    BOARD_CLOSING,     /* steps 1 to 9: to approve it */
    BOARD_APPROVALS,   /* q approvals: to mix */
    BOARD_MIXES,       /* T mixes of each COUNTED contest: to decrypt */
    BOARD_DECRYPTIONS, /* T decryptions of each: to make the result */
    BOARD_RESULT       /* all of it: to verify */
};

enum {
    BOARD_OBJECT_BYTES = 144, /* "content/" and the longest path */
    BOARD_FAULTS_MAX = 100    /* kept; further ones are counted */
};

struct board_fault {
    enum aula_code code;
    uint8_t trustee; /* who signed what is refused, from 1; 0: not a trustee,
                        or nobody knows */
    char object[BOARD_OBJECT_BYTES]; /* a path of the board; "": its names */
    char message[AULA_MESSAGE_BYTES];
};

/* Whole bytes of a file; NULL where it is not there. */
struct board_file {
    uint8_t *bytes;
    size_t size;
};

/* A contest as far as the trustees have come, where it is COUNTED. */
struct board_contest {
    uint8_t width;  /* w */
    uint32_t count; /* N */

    /* E, 64 N w bytes of checked points: the output of the last mix, or the
     * counted list where there is none yet. What the next mixer or those who
     * decrypt work on. NULL in stages that do not go so far, when a mix is
     * refused, and once the contest is opened. */
    uint8_t *list;
    size_t mix_count;
    uint8_t mixers[PACKAGE_TRUSTEES_MAX]; /* v of each mix, in order */

    /* The decryptions that pass, ascending by trustee. */
    struct decrypt_part parts[PACKAGE_TRUSTEES_MAX];
    struct board_file part_files[PACKAGE_TRUSTEES_MAX];
    size_t part_count;
};

struct board_inside; /* names, places of records */

struct board {
    char folder[PLACE_BYTES];
    struct pool *pool;
    FILE *notes; /* for a bar; NULL: none. The caller may set both */
    struct clock clock;

    struct board_fault faults[BOARD_FAULTS_MAX];
    size_t fault_count; /* also those that were not kept */

    /* step 2 */
    struct board_file package_file;
    struct package package; /* all zero before it was checked */

    /* step 3 */
    struct board_file manifest_file;
    struct manifest manifest;
    struct election election; /* all zero where election.json is none: verify
                                 fixes its bytes only, the result needs it */
    bool has_election;

    /* steps 4 and 5 */
    struct board_file *certificate_files;
    struct certificate *certificates; /* those that passed, ascending by tid */
    size_t certificate_count;
    struct board_file register_files[2]; /* register.bin, register-late.bin */
    struct terminals_register registers[2]; /* count 0: not there */

    /* steps 6 to 8: who is counted, and why the others are not */
    struct counting *set;
    const struct counting_outcome *outcome; /* NULL before step 8 was passed */
    struct board_file rulings_file;
    struct rulings rulings; /* count 0: none */
    struct board_file elsewhere_file;
    struct elsewhere elsewhere; /* likewise */

    /* steps 9 and 10 */
    struct board_file closing_file;
    uint8_t closing_hash[HASH_BYTES]; /* H32("closing", file) */
    uint64_t closing_time;            /* unix seconds */
    uint32_t approvals;               /* bit v - 1: trustee v approved it */

    /* steps 11 to 13; package.contest_count of each, NULL before step 9 was
     * passed with all that it stands on */
    struct board_contest *contests;

    /* What was opened: complete once step 13 was passed for BOARD_DECRYPTIONS
     * and later. */
    struct outcome_contest *results;

    /* What people read, where a file of it is on the board; else NULL. */
    struct pages *pages;

    struct board_inside *inside;
};

/** Take a folder for a board; nothing is read yet.
 *
 *  Returns: AULA_OK, AULA_BAD_FIELD (its path is too long), AULA_MEMORY
 *  Out:     board       on success only
 *  In:      office_key  as the caller knows it, SIGN_PUBLIC_BYTES; NULL: the
 *                       one that the package names, which proves nothing
 *           pool        must outlive the board
 *  Owner:   board_close
 */
AULA_MUST_CHECK enum aula_code
board_open(struct board **board, const char *folder, const uint8_t *office_key,
           struct pool *pool, struct aula_error *err);
void board_close(struct board *board); /* accepts NULL */

/** Check it; once for a board.
 *
 *  Returns: AULA_OK      every check of the stage passes
 *           the code of the first fault; err says "object: reason"
 *           AULA_IO, AULA_MEMORY, AULA_THREADS  nothing can be said
 *  Out:     board        its facts, as far as the steps before a fault go
 */
AULA_MUST_CHECK enum aula_code board_check(struct board *board,
                                           enum board_stage stage,
                                           struct aula_error *err);

/** The label of a terminal, "?" of one whose certificate is not there. */
const struct package_text *board_label(const struct board *board,
                                       const uint8_t *tid);

/* A record of the board, as board_each_record comes to it. */
struct board_record {
    const struct record *record;
    const uint8_t *hash;     /* rh */
    bool is_apart;           /* in the quarantine: it fails CHECK_RECORD */
    enum aula_code excluded; /* why it is not counted (11.2); AULA_OK also for
                                what is never counted, such as events */
};

/** Go through the records again, file by file in the order of the names, the
 *  quarantine last: those of it that cannot be parsed are passed over. After
 *  board_check, also where it found faults.
 *
 *  Returns: AULA_OK
 *           AULA_IO      a file changed since it was checked
 *           AULA_MEMORY
 *           a failure (board_is_failure) of `visit`, which ends it
 */
AULA_MUST_CHECK enum aula_code
board_each_record(struct board *board,
                  enum aula_code (*visit)(void *arg,
                                          const struct board_record *record,
                                          struct aula_error *err),
                  void *arg, struct aula_error *err);

/** Is this a code that says nothing of the board? */
bool board_is_failure(enum aula_code code);

#endif
