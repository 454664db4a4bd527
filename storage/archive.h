/* SPDX-License-Identifier: Apache-2.0 */
/* The archive of one election: what the office received from its terminals, as
 * PROTOCOL.md section 10 says of the store.
 *
 * It is one file of stock SQLite, without the encryption of a terminal's store:
 * it stands in the office's own folder, its records are signed by others and
 * are published whole when the election is closed, and any SQLite tool may look
 * at it. All its SQL is in archive_sql.c.
 *
 * 1. An archive is of one election: it holds the hash of its package (PH), and
 *    opens for no other.
 * 2. It is a set of records keyed by (tid, seq, hash). Adding is set union: in
 *    any order, any number of times, the set is the same. No record is changed
 *    or removed.
 * 3. A record that fails its check is kept beside the others under the name of
 *    its error.
 * 4. Of each terminal one certificate is kept: the bytewise smallest.
 * 5. What one import adds is one transaction: all of it is there, or nothing.
 *    A process or a machine that stops at any instruction leaves the last
 *    commit.
 * 6. One writer at a time, and no reader beside it: AULA_STORE_BUSY.
 * 7. Memory is bounded, whatever the archive holds.
 *
 * Records and certificates are bytes here: whoever adds them has judged them.
 */
#ifndef AULA_ARCHIVE_H
#define AULA_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"

/* Its name in the folder of the election. */
#define ARCHIVE_FILE "archive.db"

enum {
    ARCHIVE_ID_BYTES = 16,     /* a tid */
    ARCHIVE_HASH_BYTES = 32,   /* rh, PH, hash of a batch */
    ARCHIVE_RECORD_MAX = 8192, /* bytes of a record */
    ARCHIVE_CERTIFICATE_MAX = 4096,
    ARCHIVE_NAME_MAX = 255 /* bytes of a file name */
};

struct archive;

enum archive_use {
    ARCHIVE_WRITE,  /* made where there is none; nobody else has it open */
    ARCHIVE_READ,   /* as it was last committed; no writer meanwhile */
    ARCHIVE_FOREIGN /* another office's file, maybe on a stick: nothing is
                       written beside it, and nothing it says is believed */
};

/** Open one.
 *
 *  Returns: AULA_OK
 *           AULA_STATE           ARCHIVE_READ: nothing was imported yet;
 *                                ARCHIVE_FOREIGN: an import into it was cut off
 *           AULA_WRONG_ELECTION  it holds another PH
 *           AULA_STORE_BUSY      another program has it open
 *           AULA_STORE_DAMAGED   no archive, or not as one was written
 *           AULA_TOO_LARGE       ARCHIVE_FOREIGN: more than an archive can be
 *           AULA_FULL, AULA_IO (also when it is no regular file), AULA_MEMORY
 *  Out:     archive  on success only
 *  In:      package_hash  PH of the election
 *  Owner:   archive_close
 */
AULA_MUST_CHECK enum aula_code
archive_open(struct archive **archive, const char *path,
             const uint8_t package_hash[static ARCHIVE_HASH_BYTES],
             enum archive_use use, struct aula_error *err);

/** Take back a transaction that is under way, and close. Accepts NULL. */
void archive_close(struct archive *archive);

/** A transaction of a writer. What a function refuses with AULA_FULL, AULA_IO
 *  or AULA_MEMORY has taken all of it back.
 *
 *  Returns: AULA_OK, AULA_FULL, AULA_IO, AULA_MEMORY, AULA_STORE_DAMAGED
 */
AULA_MUST_CHECK enum aula_code archive_begin(struct archive *archive,
                                             struct aula_error *err);
AULA_MUST_CHECK enum aula_code archive_commit(struct archive *archive,
                                              struct aula_error *err);
void archive_rollback(struct archive *archive);

/* A record with what CHECK_RECORD said of it. */
struct archive_record {
    const uint8_t *tid;   /* ARCHIVE_ID_BYTES */
    uint64_t seq;         /* any number, where the record is quarantined */
    const uint8_t *hash;  /* rh */
    enum aula_code error; /* AULA_OK, or why it is quarantined */
    const uint8_t *bytes;
    size_t size;    /* 1 .. ARCHIVE_RECORD_MAX */
    uint64_t place; /* where it is found again while the archive is open; not
                       for who adds it */
};

/** What is known of a key?
 *
 *  Returns: AULA_OK, AULA_STORE_DAMAGED, AULA_IO, AULA_MEMORY
 *  Out:     is_held    this very record is there
 *           has_other  another one is there at this (tid, seq)
 */
AULA_MUST_CHECK enum aula_code
archive_look(struct archive *archive, bool *is_held, bool *has_other,
             const uint8_t tid[static ARCHIVE_ID_BYTES], uint64_t seq,
             const uint8_t hash[static ARCHIVE_HASH_BYTES],
             struct aula_error *err);

/** Add a record; one that is there stays as it is. In a transaction. */
AULA_MUST_CHECK enum aula_code
archive_add_record(struct archive *archive, const struct archive_record *record,
                   struct aula_error *err);

/** Another certificate may give a record another error. In a transaction. */
AULA_MUST_CHECK enum aula_code
archive_set_error(struct archive *archive,
                  const uint8_t tid[static ARCHIVE_ID_BYTES], uint64_t seq,
                  const uint8_t hash[static ARCHIVE_HASH_BYTES],
                  enum aula_code error, struct aula_error *err);

/** Keep a terminal's certificate, where it is the first or the smallest. In a
 *  transaction.
 *
 *  Out:  is_kept  it was not there, and is now: the terminal's records that are
 *                 there must be checked again
 */
AULA_MUST_CHECK enum aula_code
archive_add_certificate(struct archive *archive, bool *is_kept,
                        const uint8_t tid[static ARCHIVE_ID_BYTES],
                        const uint8_t *bytes, size_t size,
                        struct aula_error *err);

/* A batch that was imported; of what it says of itself nothing is checked but
 * its signature (section 10: informational). */
struct archive_batch {
    const uint8_t *hash; /* of the batch */
    const uint8_t *tid;
    uint32_t number;
    const uint8_t *prev; /* hash of the batch before */
    uint64_t time;       /* as the terminal says */
    uint64_t first_seq;
    uint64_t last_seq;
    uint32_t count;
    const char *name;  /* of the file, at most ARCHIVE_NAME_MAX bytes */
    uint64_t imported; /* unix seconds, by the office's clock */
};

/** Add a batch; one of the same hash stays as it is. In a transaction.
 *
 *  Out:  is_new
 *        has_twin  another one of this terminal has the same number
 */
AULA_MUST_CHECK enum aula_code
archive_add_batch(struct archive *archive, bool *is_new, bool *has_twin,
                  const struct archive_batch *batch, struct aula_error *err);

/* Called for each row; anything but AULA_OK ends the walk, which returns it.
 * The row's pointers end with the call. A visitor may look at the archive, but
 * neither write to it nor begin the same walk again. */
typedef enum aula_code archive_visit_record(void *context,
                                            const struct archive_record *record,
                                            struct aula_error *err);
typedef enum aula_code archive_visit_batch(void *context,
                                           const struct archive_batch *batch,
                                           struct aula_error *err);
typedef enum aula_code archive_visit_certificate(void *context,
                                                 const uint8_t *tid,
                                                 const uint8_t *bytes,
                                                 size_t size,
                                                 struct aula_error *err);

/** Walk over all records of one terminal, or of all (tid NULL), quarantined
 *  ones with them; ascending by tid, seq as stored (those above 2^63 come
 *  first: they are all quarantined), hash.
 *
 *  Returns: AULA_OK, AULA_STORE_DAMAGED, AULA_IO, AULA_MEMORY, or what the
 *           visitor said
 */
AULA_MUST_CHECK enum aula_code archive_each_record(struct archive *archive,
                                                   const uint8_t *tid,
                                                   archive_visit_record *visit,
                                                   void *context,
                                                   struct aula_error *err);

/** Walk over the quarantined records of all terminals, ascending by hash. */
AULA_MUST_CHECK enum aula_code
archive_each_quarantined(struct archive *archive, archive_visit_record *visit,
                         void *context, struct aula_error *err);

/** Visit one record, by its key or by its place: so a counted list is read in
 *  order of hash.
 *
 *  Returns: as archive_each_record; AULA_STORE_DAMAGED when it is not there
 */
AULA_MUST_CHECK enum aula_code
archive_find_record(struct archive *archive,
                    const uint8_t tid[static ARCHIVE_ID_BYTES], uint64_t seq,
                    const uint8_t hash[static ARCHIVE_HASH_BYTES],
                    archive_visit_record *visit, void *context,
                    struct aula_error *err);
AULA_MUST_CHECK enum aula_code archive_find_place(struct archive *archive,
                                                  uint64_t place,
                                                  archive_visit_record *visit,
                                                  void *context,
                                                  struct aula_error *err);

/** Walk over the certificates, ascending by tid: those that the office issued
 *  when an import began, and those that came with batches and archives. */
AULA_MUST_CHECK enum aula_code
archive_each_certificate(struct archive *archive,
                         archive_visit_certificate *visit, void *context,
                         struct aula_error *err);

/** Walk over the batches, ascending by tid, number, hash. */
AULA_MUST_CHECK enum aula_code archive_each_batch(struct archive *archive,
                                                  archive_visit_batch *visit,
                                                  void *context,
                                                  struct aula_error *err);

struct archive_counts {
    uint64_t records; /* each once, quarantined ones with them */
    uint64_t quarantined;
    uint64_t batches;
    uint64_t certificates;
};

/** Returns: as archive_look */
AULA_MUST_CHECK enum aula_code archive_count(struct archive *archive,
                                             struct archive_counts *counts,
                                             struct aula_error *err);

#endif
