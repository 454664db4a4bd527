/* SPDX-License-Identifier: Apache-2.0 */
/* IMPORT of PROTOCOL.md section 10: batches, and the archives of other offices,
 * into the archive of an election.
 *
 * 1. A file is one transaction: a file that is refused changes nothing, and one
 *    whose import was cut off is imported again from its beginning.
 * 2. A record that is there is not checked again; a new one is, on all cores. A
 *    record that fails is kept beside the others and reported.
 * 3. An archive is read as a batch is: its records and certificates are checked
 *    here, and what else it says is believed in nothing.
 * 4. The certificate that a file brings is good by the office's signature
 * alone: another desk may have certified the terminal. Where two of one
 * terminal exist, the smaller is kept and the terminal's records are checked
 * again.
 * 5. Of a terminal that a ruling of type 2 or 3 names nothing more is taken,
 *    unless it lies on the named chain (11.3).
 */
#ifndef AULA_IMPORT_H
#define AULA_IMPORT_H

#include "archive.h"
#include "batch.h"
#include "clock.h"
#include "desk_election.h"
#include "progress.h"

struct import;

enum { IMPORT_SHOWN_MAX = 20 /* quarantined records that a report names */ };

/* What came of one file. */
struct import_report {
    enum aula_code refused; /* AULA_OK: it was imported */
    char reason[AULA_MESSAGE_BYTES];

    bool is_archive;
    bool
        is_known; /* tid, label and number: of a batch, even of a refused one */
    uint8_t tid[TERMINAL_ID_BYTES];
    char label[CERTIFICATE_LABEL_MAX + 1];
    uint32_t number;
    bool has_twin; /* another batch of the terminal has this number */

    uint64_t fresh;       /* records that were not there before */
    uint64_t held;        /* and those that were */
    uint64_t forked;      /* new ones beside another at the same seq */
    uint64_t quarantined; /* new ones that fail their check */
    uint64_t left_out;    /* new ones that a ruling keeps out */
    struct {
        uint8_t hash[HASH_BYTES];
        enum aula_code error;
    } shown[IMPORT_SHOWN_MAX]; /* the first of the quarantined */
};

/** Open the election's archive for writing, and make it know the certificates
 *  that the office issued.
 *
 *  Returns: AULA_OK, a code of archive_open (AULA_STORE_BUSY: somebody imports
 *           or closes), of desk_election_terminals, ballot_key_open, pool_open,
 *           or of rulings that do not pass
 *  Out:     import  on success only
 *  In:      election, desk  stay open until import_close; desk with its
 *                           transport key
 *           clock           of the office, for when a batch was imported
 *           threads         as pool_open has it
 *  Owner:   import_close
 */
AULA_MUST_CHECK enum aula_code
import_open(struct import **import, const struct desk_election *election,
            const struct desk *desk, const struct clock *clock,
            unsigned threads, struct aula_error *err);
void import_close(struct import *import); /* accepts NULL */

/** Show how far it is while a file is imported: from `done` on, of `total`
 *  bytes. NULL: nobody looks. */
void import_show(struct import *import, struct progress *progress,
                 uint64_t done, uint64_t total);

/** Import one file, a batch or an archive, as its first bytes say.
 *
 *  Returns: AULA_OK, also when the file was refused: the report says so
 *           AULA_FULL, AULA_IO, AULA_MEMORY, AULA_STORE_DAMAGED: it is not the
 *           file but the archive, and there is no use in going on
 *  Out:     report
 *  In:      path  a regular file; anything else is refused
 */
AULA_MUST_CHECK enum aula_code import_file(struct import *import,
                                           struct import_report *report,
                                           const char *path,
                                           struct aula_error *err);

#endif
