/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of imports share: the office of certify_desk.h with its
 * transport key, two halls with a day each, imports, and what an archive holds
 * as one hash. */
#ifndef AULA_TEST_IMPORT_DESK_H
#define AULA_TEST_IMPORT_DESK_H

#include "import_hall.h"

#include "archive.h"
#include "import.h"

/* ---- the office */

static inline void import_desk_open_office(struct import_desk *desk)
{
    struct office *office = desk->certify->office;
    static const uint8_t secret[SIGN_SEED_BYTES] = {0x0f}; /* sample_start */

    assert_int_equal(keyring_save(office->folder, "transport.key",
                                  KEYFILE_OFFICE_TRANSPORT, &office->passphrase,
                                  secret, NULL),
                     AULA_OK);
    assert_int_equal(desk_open(&desk->desk, office->folder, &office->passphrase,
                               true, NULL),
                     AULA_OK);
    desk->election = office_open(office);
    assert_int_equal(ballot_key_open(&desk->key, desk->election->package.key,
                                     NULL),
                     AULA_OK);
}

static inline int import_desk_start(void **state)
{
    struct import_desk *desk = calloc(1, sizeof *desk);
    void *certify = NULL;

    assert_non_null(desk);
    (void)desk_start(&certify);
    desk->certify = certify;
    import_desk_open_office(desk);
    hall_start(desk, &desk->halls[0], 1, "School 3");
    hall_start(desk, &desk->halls[1], 2, "Library");
    hall_day(&desk->halls[0]);
    hall_day(&desk->halls[1]);
    *state = desk;
    return 0;
}

static inline int import_desk_end(void **state)
{
    struct import_desk *desk = *state;
    void *certify = desk->certify;

    ballot_key_close(desk->key);
    desk_election_close(desk->election);
    desk_close(desk->desk);
    (void)desk_end(&certify);
    free(desk);
    return 0;
}

static inline struct import *import_desk_import(const struct import_desk *desk)
{
    struct clock clock = {desk_now, desk->certify};
    struct import *import = NULL;
    struct aula_error err = {.message = ""};

    if (import_open(&import, desk->election, desk->desk, &clock, 2, &err) !=
        AULA_OK) {
        fail_msg("%s", err.message);
    }
    assert_non_null(import);
    return import;
}

/* Import folder/name; the archive must take part. */
static inline struct import_report
import_desk_take(const struct import_desk *desk, struct import *import,
                 const char *name)
{
    struct import_report report;
    char path[PLACE_BYTES];

    desk_path(path, desk->certify, name);
    assert_int_equal(import_file(import, &report, path, NULL), AULA_OK);
    return report;
}

/* ---- what an archive holds */

static inline enum aula_code
import_desk_hash_record(void *context, const struct archive_record *record,
                        struct aula_error *err)
{
    struct hash *h = context;

    (void)err;
    hash_field(h, record->tid, ARCHIVE_ID_BYTES);
    hash_u64(h, record->seq);
    hash_field(h, record->hash, ARCHIVE_HASH_BYTES);
    hash_u32(h, record->error);
    hash_field(h, record->bytes, record->size);
    return AULA_OK;
}

static inline enum aula_code
import_desk_hash_certificate(void *context, const uint8_t *tid,
                             const uint8_t *bytes, size_t size,
                             struct aula_error *err)
{
    (void)tid;
    (void)err;
    hash_field(context, bytes, size);
    return AULA_OK;
}

/* By whom and when it was imported is not of the set. */
static inline enum aula_code
import_desk_hash_batch(void *context, const struct archive_batch *batch,
                       struct aula_error *err)
{
    (void)err;
    hash_field(context, batch->hash, ARCHIVE_HASH_BYTES);
    hash_u32(context, batch->number);
    return AULA_OK;
}

struct import_desk_sum {
    struct archive_counts counts;
    uint8_t hash[HASH_BYTES];
};

static inline void import_desk_sum_file(struct import_desk_sum *sum,
                                        const struct import_desk *desk,
                                        const char *path)
{
    struct archive *archive = NULL;
    struct hash h;

    assert_int_equal(archive_open(&archive, path, desk->election->package.hash,
                                  ARCHIVE_READ, NULL),
                     AULA_OK);
    assert_non_null(archive);
    hash_start(&h, HASH_BYTES, "test");
    assert_int_equal(archive_each_record(archive, NULL, import_desk_hash_record,
                                         &h, NULL),
                     AULA_OK);
    assert_int_equal(archive_each_certificate(archive,
                                              import_desk_hash_certificate, &h,
                                              NULL),
                     AULA_OK);
    assert_int_equal(archive_each_batch(archive, import_desk_hash_batch, &h,
                                        NULL),
                     AULA_OK);
    hash_end(&h, sum->hash);
    assert_int_equal(archive_count(archive, &sum->counts, NULL), AULA_OK);
    archive_close(archive);
}

/* Path of the office's own archive. */
static inline void import_desk_archive(char path[static PLACE_BYTES],
                                       const struct import_desk *desk)
{
    assert_int_equal(place_in(path, desk->election->folder, ARCHIVE_FILE, NULL),
                     AULA_OK);
}

/* No import may be under way. */
static inline void import_desk_sum(struct import_desk_sum *sum,
                                   const struct import_desk *desk)
{
    char path[PLACE_BYTES];

    import_desk_archive(path, desk);
    import_desk_sum_file(sum, desk, path);
}

#endif
