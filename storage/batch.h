/* SPDX-License-Identifier: Apache-2.0 */
/* The batch: what one export of a terminal carries to the office (PROTOCOL.md
 * section 10), sealed to the office as stream.h says.
 *
 *   offset  size  field of the plaintext
 *        0     4  "AULB"
 *        4     1  version, 1
 *        5    16  eid
 *       21    16  tid
 *       37     4  batch number, from 1
 *       41     8  first seq
 *       49     8  last seq
 *       57     4  record count
 *       61    20  count of each kind 1..5
 *       81     8  time
 *       89    32  hash of the batch before; zeros for number 1
 *      121     2  length of the certificate
 *      123        certificate; then each record with its u32 length before it,
 *                 in seq order; then the hash of the last record (32) and
 *                 SIGN(terminal, "sig-batch", PH, all before) (64)
 *
 * Records are bytes here: of them only length, kind, tid and seq are looked at.
 * The same number gives the same plaintext and hash; the file differs, for its
 * key is random. Writing holds one record and one chunk at a time.
 */
#ifndef AULA_BATCH_H
#define AULA_BATCH_H

#include "hash.h"
#include "sign.h"
#include "stream.h"

enum {
    BATCH_HEAD_BYTES = 123,
    BATCH_FOOT_BYTES = HASH_BYTES + SIGN_BYTES,
    BATCH_TID_BYTES = 16,
    BATCH_KINDS = 5,
    BATCH_RECORD_MAX = 8192,
    BATCH_FILE_MAX = 256 * 1024 * 1024,
    BATCH_NAME_BYTES = 96 /* of a file name, with its NUL */
};

/* The head of a plaintext. */
struct batch_head {
    uint8_t eid[STREAM_EID_BYTES];
    uint8_t tid[BATCH_TID_BYTES];
    uint32_t number;
    uint64_t first_seq;
    uint64_t last_seq;
    uint32_t count;
    uint32_t kinds[BATCH_KINDS]; /* of kind 1 at 0 */
    uint64_t time;
    uint8_t prev[HASH_BYTES];
    const uint8_t *certificate;
    size_t certificate_size; /* below 65536 */
};

/* Whom a batch is from and to. */
struct batch_parties {
    const uint8_t *package_hash;     /* PH */
    const uint8_t *terminal_secret;  /* signing key, SIGN_SECRET_BYTES */
    const uint8_t *office_transport; /* SEAL_PUBLIC_BYTES */
};

/* Where records come from: `next` gives them by seq, one call each. */
struct batch_source {
    enum aula_code (*next)(void *context, const uint8_t **bytes, size_t *size,
                           struct aula_error *err);
    void *context;
    uint64_t bytes; /* of all records together */
};

/* Where the file goes. */
struct batch_sink {
    enum aula_code (*write)(void *context, const uint8_t *bytes, size_t size,
                            struct aula_error *err);
    void *context;
};

/** Write one batch.
 *
 *  Returns: AULA_OK
 *           AULA_BATCH_SEAL  the office's transport key is of low order
 *           AULA_TOO_LARGE   more than a batch file may hold
 *           AULA_BATCH_COUNT the records are not as many bytes as announced
 *           AULA_MEMORY, or what source or sink said
 *  Out:     hash    of the batch, on success only
 *  In:      head    as the caller fixed it when the export took its number
 *           source  head->count records in seq order
 */
AULA_MUST_CHECK enum aula_code batch_write(uint8_t hash[static HASH_BYTES],
                                           const struct batch_head *head,
                                           const struct batch_parties *parties,
                                           const struct batch_source *source,
                                           const struct batch_sink *sink,
                                           struct aula_error *err);

/* Who judges the certificate of a batch, and gives the terminal's key: app does
 * (section 5). Anything but AULA_OK is AULA_BATCH_CERT; AULA_MEMORY says
 * nothing of the certificate and stays what it is. */
struct batch_judge {
    enum aula_code (*check)(void *context, uint8_t key[SIGN_PUBLIC_BYTES],
                            const uint8_t tid[BATCH_TID_BYTES],
                            const uint8_t *certificate, size_t size);
    void *context;
};

/* What the office brings. */
struct batch_office {
    const uint8_t *package_hash;     /* PH; its first 16 bytes are eid */
    const uint8_t *transport_public; /* SEAL_PUBLIC_BYTES */
    const uint8_t *transport_secret; /* SEAL_SECRET_BYTES */
};

/* An opened batch. */
struct batch {
    struct batch_head head; /* points into the plaintext */
    uint8_t hash[HASH_BYTES];
    uint8_t *plaintext;
    size_t size;
};

/* Where a batch file is read from, piece by piece. */
struct batch_bytes {
    /* Read exactly `size` bytes at `offset`, which is within `size` below;
     * false when they cannot be had. */
    bool (*read)(void *context, uint64_t offset, uint8_t *out, size_t size);
    void *context;
    uint64_t size; /* of the whole file */
};

/** Open and check a batch file, by the file part of IMPORT. Each byte is read
 *  once, no more than a chunk at a time.
 *
 *  Returns: AULA_OK, or the first failed check: AULA_TOO_LARGE,
 *           AULA_TRUNCATED, AULA_BAD_MAGIC, AULA_BAD_VERSION,
 *           AULA_WRONG_ELECTION, AULA_BATCH_SEAL, AULA_BATCH_STREAM,
 *           AULA_BATCH_TRUNCATED; of the plaintext those of 2.2 again,
 *           AULA_BATCH_CERT, AULA_TOO_LARGE (a record), AULA_TRUNCATED,
 *           AULA_TRAILING_BYTES, AULA_BATCH_COUNT, AULA_BATCH_RANGE,
 *           AULA_BATCH_HEAD, AULA_SIG_INVALID; AULA_IO, AULA_MEMORY
 *  Out:     batch  all zero on failure
 *  In:      file   from outside; its plaintext is held until batch_close
 *  Owner:   batch_close frees it
 */
AULA_MUST_CHECK enum aula_code
batch_open_from(struct batch *batch, const struct batch_office *office,
                const struct batch_judge *judge, const struct batch_bytes *file,
                struct aula_error *err);

/** The same for a file in memory, whose plaintext is a second copy.
 *
 *  In:      file  `file_size` bytes from outside; not kept
 */
AULA_MUST_CHECK enum aula_code batch_open(struct batch *batch,
                                          const struct batch_office *office,
                                          const struct batch_judge *judge,
                                          const uint8_t *file, size_t file_size,
                                          struct aula_error *err);

/** Accepts NULL and a batch that is all zero. */
void batch_close(struct batch *batch);

/* A walk over the records of an opened batch; start with {0}. */
struct batch_cursor {
    size_t at; /* in the plaintext, 0 before the first */
    uint32_t given;
};

/** The next record.
 *
 *  Returns: false at the end
 *  Out:     bytes  in the batch
 */
bool batch_next(const struct batch *batch, struct batch_cursor *cursor,
                const uint8_t **bytes, size_t *size);

/** aula-<eid hex>-<tid hex>-<number>.batch, and ....head for the copy of the
 *  witness that an export leaves on the stick (9.2). */
void batch_file_name(char name[static BATCH_NAME_BYTES],
                     const uint8_t eid[static STREAM_EID_BYTES],
                     const uint8_t tid[static BATCH_TID_BYTES],
                     uint32_t number);
void batch_head_name(char name[static BATCH_NAME_BYTES],
                     const uint8_t eid[static STREAM_EID_BYTES],
                     const uint8_t tid[static BATCH_TID_BYTES]);

#endif
