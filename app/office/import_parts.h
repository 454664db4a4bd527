/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of import.h share. */
#ifndef AULA_IMPORT_PARTS_H
#define AULA_IMPORT_PARTS_H

#include "import.h"
#include "import_certificates.h"
#include "import_rulings.h"
#include "pool.h"
#include "record.h"

enum { IMPORT_SLICE = 2048 /* records that are checked at once */ };

/* Records that wait: to be checked, or checked and to be added. */
struct import_slice {
    size_t count;
    struct record_claim claims[IMPORT_SLICE];
    uint8_t hashes[IMPORT_SLICE][HASH_BYTES];
    bool has_other[IMPORT_SLICE];
    uint8_t *room; /* IMPORT_SLICE records, for those that do not stay */
};

struct import {
    const struct desk_election *election;
    const struct desk *desk;
    struct clock clock;
    char path[PLACE_BYTES]; /* of the archive */
    struct archive *archive;
    struct ballot_key *key;
    struct pool *pool;
    struct import_certificates certificates;
    bool has_new_certificate; /* of the file that is imported */
    struct desk_ruled ruled;
    struct import_slice *slice;   /* it is filled */
    struct import_slice *checked; /* it is added while the other is checked */

    struct progress *progress;
    uint64_t done;
    uint64_t total;
};

/** What record_check needs to know. */
struct record_election import_records(const struct import *import);

/** Keep a certificate that was checked, in archive and memory; records of its
 *  terminal are judged anew where it replaces another. */
AULA_MUST_CHECK enum aula_code
import_add_certificate(struct import *import,
                       const struct certificate *certificate,
                       const uint8_t *bytes, size_t size,
                       struct aula_error *err);

/** Take one record to the slice, unless it is held; check and add the slice
 *  when it is full.
 *
 *  In:  bytes  RECORD_HEAD_BYTES or more
 *       stays  they are there until import_flush; else they are copied
 */
AULA_MUST_CHECK enum aula_code import_take(struct import *import,
                                           struct import_report *report,
                                           const uint8_t *bytes, size_t size,
                                           bool stays, struct aula_error *err);

/** Count one record that a ruling may keep out: it is held, or left out. */
AULA_MUST_CHECK enum aula_code import_pass(struct import *import,
                                           struct import_report *report,
                                           const uint8_t *bytes, size_t size,
                                           struct aula_error *err);

/** Check and add what waits, all of it. */
AULA_MUST_CHECK enum aula_code import_flush(struct import *import,
                                            struct import_report *report,
                                            struct aula_error *err);

/** So many of `count` records of a file of `size` bytes are done. */
void import_step(const struct import *import, uint64_t done, uint64_t count,
                 uint64_t size);

/* The two kinds of files. Each leaves the transaction open.
 *
 *  Returns: AULA_OK; with `*is_file` the file is refused for this code; without
 *           it is the archive's
 */
AULA_MUST_CHECK enum aula_code
import_batch(struct import *import, struct import_report *report, bool *is_file,
             const char *path, int file, uint64_t size, struct aula_error *err);
AULA_MUST_CHECK enum aula_code import_archive(struct import *import,
                                              struct import_report *report,
                                              bool *is_file, const char *path,
                                              uint64_t size,
                                              struct aula_error *err);

#endif
