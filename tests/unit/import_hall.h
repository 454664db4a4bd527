/* SPDX-License-Identifier: Apache-2.0 */
/* Terminals whose records are made one by one, and batches of them as files, in
 * the office of certify_desk.h. */
#ifndef AULA_TEST_IMPORT_HALL_H
#define AULA_TEST_IMPORT_HALL_H

#include "certify_desk.h"

#include "batch.h"
#include "record.h"

enum { HALL_RECORDS = 64, HALL_FILE_ROOM = 64 * 1024 };

/* A terminal of the test and its chain. */
struct hall {
    const struct package *package;
    const struct ballot_key *key;
    struct desk_keys keys;
    uint8_t certificate[CERTIFICATE_BYTES_MAX];
    size_t certificate_size;
    size_t count;
    uint64_t seq; /* of the last record */
    uint8_t prev[HASH_BYTES];
    uint8_t records[HALL_RECORDS][RECORD_BYTES_MAX];
    size_t sizes[HALL_RECORDS];
};

struct import_desk {
    struct certify_desk *certify;
    struct desk_election *election;
    struct desk *desk;
    struct ballot_key *key;
    struct hall halls[2];
    uint8_t file[HALL_FILE_ROOM]; /* the last batch */
    size_t file_size;
    size_t given;
};

static inline const struct office *
import_desk_office(const struct import_desk *desk)
{
    return desk->certify->office;
}

/* ---- halls */

/* A certificate of a label and of all contests. */
static inline void hall_certify(const struct import_desk *desk,
                                struct hall *hall, const char *label)
{
    const uint16_t contests[] = {0, 1, 2, 3};

    hall->certificate_size = CERTIFICATE_BYTES(strlen(label), 4);
    assert_int_equal(certificate_make(hall->certificate, hall->package,
                                      import_desk_office(desk)
                                          ->sample.office_secret,
                                      hall->keys.sign_public, label,
                                      strlen(label), contests, 4, NULL),
                     AULA_OK);
}

static inline void hall_start(const struct import_desk *desk, struct hall *hall,
                              uint8_t which, const char *label)
{
    struct hash h;

    *hall = (struct hall){.package = &desk->election->package,
                          .key = desk->key};
    desk_draw_keys(&hall->keys, which);
    hall_certify(desk, hall, label);
    hash_start(&h, HASH_BYTES, "chain-start");
    hash_field(&h, hall->package->hash, HASH_BYTES);
    hash_field(&h, hall->keys.tid, TERMINAL_ID_BYTES);
    hash_end(&h, hall->prev);
}

static inline struct record_place hall_place(const struct hall *hall)
{
    return (struct record_place){.package = hall->package,
                                 .tid = hall->keys.tid,
                                 .secret = hall->keys.sign_secret,
                                 .seq = hall->seq + 1,
                                 .time = 1100 + hall->seq,
                                 .prev = hall->prev};
}

static inline uint8_t *hall_next(struct hall *hall)
{
    assert_true(hall->count < HALL_RECORDS);
    return hall->records[hall->count];
}

/* The record that was made is the last of the chain. */
static inline void hall_keep(struct hall *hall, size_t size)
{
    hall->sizes[hall->count] = size;
    record_hash(hall->prev, hall->records[hall->count], size);
    hall->count++;
    hall->seq++;
}

static inline void hall_event(struct hall *hall, enum record_event event)
{
    struct record_place place = hall_place(hall);

    hall_keep(hall, record_make_event(hall_next(hall), &place, event, 0));
}

static inline void hall_open_day(struct hall *hall)
{
    static const uint8_t digest[RECORD_DIGEST_BYTES] = {3};
    struct record_place place = hall_place(hall);

    hall_keep(hall, record_make_opened(hall_next(hall), &place, digest));
}

static inline void hall_close_day(struct hall *hall, uint32_t cast)
{
    struct record_counts counts = {.cast = cast, .issued = cast};
    struct record_place place = hall_place(hall);

    hall_keep(hall, record_make_closed(hall_next(hall), &place, &counts));
}

/* A ballot of contest 0 by a voter who is a number. */
static inline void hall_cast(struct hall *hall, uint8_t voter)
{
    const struct plaintext_rule *rule = &hall->package->contests[0].rule;
    const uint8_t plaintext[2] = {0x05, 0};
    const uint8_t nonce[TAG_NONCE_BYTES] = {voter, 1};
    const uint8_t tag[TAG_BYTES] = {voter, 2};
    uint8_t seed[BALLOT_SEED_BYTES];
    uint8_t tagc[TAG_BYTES];
    uint8_t context[BALLOT_CONTEXT_BYTES];
    uint8_t ciphertext[BALLOT_CIPHERTEXT_BYTES(1)];
    uint8_t proof[BALLOT_PROOF_BYTES(1)];
    struct record_place place = hall_place(hall);
    struct record_ballot ballot = {0, tag, nonce, ciphertext, proof};

    draw_bytes(seed, sizeof seed, "seed", hall->keys.tid[0] + 1000 * hall->seq);
    tag_bind(tagc, nonce, tag);
    ballot_context(context,
                   &(struct ballot_place){.package_hash = hall->package->hash,
                                          .key = hall->package->key,
                                          .contest = 0,
                                          .width = 1,
                                          .tid = place.tid,
                                          .seq = place.seq,
                                          .time = place.time,
                                          .prev = place.prev,
                                          .tagc = tagc});
    assert_int_equal(ballot_encrypt(ciphertext, proof, hall->key, context, rule,
                                    plaintext, sizeof plaintext, seed, NULL),
                     AULA_OK);
    hall_keep(hall, record_make_cast(hall_next(hall), &place, &ballot));
}

/* A first day of three ballots. */
static inline void hall_day(struct hall *hall)
{
    hall_event(hall, RECORD_STARTED);
    hall_open_day(hall);
    for (uint8_t i = 0; i < 3; i++) {
        hall_cast(hall, (uint8_t)(hall->keys.tid[0] + i));
    }
    hall_close_day(hall, 3);
}

/* ---- batches */

struct hall_source {
    const struct hall *hall;
    size_t next;
};

static inline enum aula_code hall_give(void *context, const uint8_t **bytes,
                                       size_t *size, struct aula_error *err)
{
    struct hall_source *source = context;

    (void)err;
    *bytes = source->hall->records[source->next];
    *size = source->hall->sizes[source->next++];
    return AULA_OK;
}

static inline enum aula_code import_desk_write(void *context,
                                               const uint8_t *bytes,
                                               size_t size,
                                               struct aula_error *err)
{
    struct import_desk *desk = context;

    (void)err;
    assert_true(desk->file_size + size <= sizeof desk->file);
    memcpy(desk->file + desk->file_size, bytes, size);
    desk->file_size += size;
    return AULA_OK;
}

/* Records first .. end - 1 of a hall as batch `number`, in the desk's file. */
static inline void hall_export(struct import_desk *desk,
                               const struct hall *hall, uint32_t number,
                               size_t first, size_t end)
{
    struct hall_source place = {hall, first};
    struct batch_source source = {hall_give, &place, 0};
    struct batch_sink sink = {import_desk_write, desk};
    struct batch_parties parties = {hall->package->hash, hall->keys.sign_secret,
                                    desk->desk->known.transport};
    struct batch_head head = {.number = number,
                              .first_seq = get_le64(hall->records[first] + 40),
                              .count = (uint32_t)(end - first),
                              .time = 1900,
                              .certificate = hall->certificate,
                              .certificate_size = hall->certificate_size};
    uint8_t hash[HASH_BYTES];

    head.last_seq = head.first_seq + head.count - 1;
    memcpy(head.eid, hall->package->hash, sizeof head.eid);
    memcpy(head.tid, hall->keys.tid, sizeof head.tid);
    for (size_t i = first; i < end; i++) {
        source.bytes += hall->sizes[i];
        if (hall->records[i][5] >= 1 && hall->records[i][5] <= BATCH_KINDS) {
            head.kinds[hall->records[i][5] - 1]++;
        }
    }
    desk->file_size = 0;
    assert_int_equal(batch_write(hash, &head, &parties, &source, &sink, NULL),
                     AULA_OK);
}

/* Keep the desk's file as folder/name. */
static inline void import_desk_save(const struct import_desk *desk,
                                    const char *name)
{
    desk_put(desk->certify, name, desk->file, desk->file_size);
}

static inline void hall_save(struct import_desk *desk, const struct hall *hall,
                             uint32_t number, size_t first, size_t end,
                             const char *name)
{
    hall_export(desk, hall, number, first, end);
    import_desk_save(desk, name);
}

/* The name that a terminal gives it. */
static inline void hall_name(char name[static BATCH_NAME_BYTES],
                             const struct hall *hall, uint32_t number)
{
    batch_file_name(name, hall->package->hash, hall->keys.tid, number);
}

#endif
