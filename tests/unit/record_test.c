/* SPDX-License-Identifier: Apache-2.0 */
/* Records of a chain. Bytes and named refusals are pinned by record.json; here
 * every bit and every length of each kind, what stands in an event, and that a
 * list is checked alike by any number of threads. */
#include "package_sample.h"

#include "draw.h"
#include "record.h"
#include "witness.h"

enum { CONTEST = 2, KINDS = 5 };

struct desk {
    struct sample sample;
    struct package package;
    struct certificate certificate;
    uint8_t cert[CERTIFICATE_BYTES_MAX];
    uint8_t secret[SIGN_SECRET_BYTES];
    uint8_t start[HASH_BYTES]; /* of the chain */
    struct ballot_key *key;
    struct record_election election;
    struct record_place place;
    uint8_t bytes[KINDS][RECORD_BYTES_MAX]; /* one of each kind */
    size_t sizes[KINDS];
};

static void make_ballot(struct desk *desk, bool is_cast)
{
    const struct plaintext_rule *rule = &desk->package.contests[CONTEST].rule;
    static const uint8_t plaintext[2] = {5, 2};
    uint8_t ciphertext[BALLOT_CIPHERTEXT_BYTES(1)];
    uint8_t proof[BALLOT_PROOF_BYTES(1)];
    uint8_t context[BALLOT_CONTEXT_BYTES];
    uint8_t tag[TAG_BYTES] = {1};
    uint8_t nonce[TAG_NONCE_BYTES] = {2};
    uint8_t seed[BALLOT_SEED_BYTES] = {3};
    uint8_t tagc[TAG_BYTES];
    struct ballot_place at = {desk->package.hash,
                              desk->package.key,
                              CONTEST,
                              1,
                              desk->place.tid,
                              desk->place.seq,
                              desk->place.time,
                              desk->place.prev,
                              tagc};
    struct record_ballot ballot = {CONTEST, is_cast ? tag : tagc,
                                   is_cast ? nonce : seed, ciphertext, proof};

    tag_bind(tagc, nonce, tag);
    ballot_context(context, &at);
    assert_int_equal(ballot_encrypt(ciphertext, proof, desk->key, context, rule,
                                    plaintext, sizeof plaintext, seed, NULL),
                     AULA_OK);
    if (is_cast) {
        desk->sizes[0] = record_make_cast(desk->bytes[0], &desk->place,
                                          &ballot);
    } else {
        desk->sizes[1] = record_make_challenged(desk->bytes[1], &desk->place,
                                                &ballot, plaintext);
    }
}

static void make_records(struct desk *desk)
{
    static const uint8_t digest[RECORD_DIGEST_BYTES] = {7};
    static const struct record_counts counts = {1, 2, 3, 4};

    make_ballot(desk, true);
    make_ballot(desk, false);
    desk->sizes[2] = record_make_opened(desk->bytes[2], &desk->place, digest);
    desk->sizes[3] = record_make_closed(desk->bytes[3], &desk->place, &counts);
    desk->sizes[4] = record_make_event(desk->bytes[4], &desk->place,
                                       RECORD_EXPORTED, 9);
}

static int open_desk(void **state)
{
    static const uint16_t contests[] = {0, CONTEST};
    static const uint8_t seed[SIGN_SEED_BYTES] = {9};
    struct desk *desk = calloc(1, sizeof *desk);
    struct ceremony *ceremony = ceremony_whole(3, 2);
    uint8_t key[SIGN_PUBLIC_BYTES];

    sample_start(&desk->sample, ceremony);
    sample_make(&desk->sample);
    assert_int_equal(package_open(&desk->package, desk->sample.office_public,
                                  desk->sample.bytes, desk->sample.size, NULL),
                     AULA_OK);
    sign_key_pair(key, desk->secret, seed);
    assert_int_equal(certificate_make(desk->cert, &desk->package,
                                      desk->sample.office_secret, key, "a", 1,
                                      contests, 2, NULL),
                     AULA_OK);
    assert_int_equal(certificate_check(&desk->certificate, &desk->package, key,
                                       desk->cert, CERTIFICATE_BYTES(1, 2),
                                       NULL),
                     AULA_OK);
    assert_int_equal(ballot_key_open(&desk->key, desk->package.key, NULL),
                     AULA_OK);
    desk->election = (struct record_election){&desk->package, desk->key,
                                              &desk->certificate, 1};
    witness_chain_start(desk->start, desk->package.hash, desk->certificate.tid);
    desk->place = (struct record_place){&desk->package, desk->certificate.tid,
                                        desk->secret,   1,
                                        1500,           desk->start};
    make_records(desk);
    free(ceremony);
    *state = desk;
    return 0;
}

static int close_desk(void **state)
{
    struct desk *desk = *state;

    ballot_key_close(desk->key);
    package_close(&desk->package);
    free(desk);
    return 0;
}

/* What CHECK_RECORD says of bytes with nothing behind them. */
static enum aula_code check(const struct desk *desk, const uint8_t *bytes,
                            size_t size)
{
    static const struct record untouched;
    struct record found = {0};
    uint8_t *exact = malloc(size + 1);
    enum aula_code code;

    memcpy(exact, bytes, size);
    code = record_check(&found, &desk->election, exact, size);
    if (code != AULA_OK) {
        assert_memory_equal(&found, &untouched, sizeof found);
    }
    free(exact);
    return code;
}

static void a_record_of_each_kind_is_read_as_it_was_made(void **state)
{
    struct desk *desk = *state;

    for (size_t k = 0; k < KINDS; k++) {
        struct record found = {0};

        assert_int_equal(record_check(&found, &desk->election, desk->bytes[k],
                                      desk->sizes[k]),
                         AULA_OK);
        assert_int_equal(found.kind, k + 1);
        assert_int_equal(found.seq, 1);
        assert_int_equal(found.time, 1500);
        assert_int_equal(found.contest, k < 2 ? CONTEST : RECORD_NO_CONTEST);
        assert_memory_equal(found.prev, desk->start, HASH_BYTES);
        if (found.kind == RECORD_CLOSED) {
            assert_int_equal(found.counts.cast, 1);
            assert_int_equal(found.counts.challenged, 2);
            assert_int_equal(found.counts.issued, 3);
            assert_int_equal(found.counts.unfinished, 4);
        }
        if (found.kind == RECORD_EVENT) {
            assert_int_equal(found.event, RECORD_EXPORTED);
            assert_int_equal(found.value, 9);
        }
    }
}

static void a_flipped_bit_anywhere_is_refused(void **state)
{
    struct desk *desk = *state;

    for (size_t k = 0; k < KINDS; k++) {
        for (size_t bit = 0; bit < 8 * desk->sizes[k]; bit++) {
            desk->bytes[k][bit / 8] ^= (uint8_t)(1U << bit % 8);
            assert_int_not_equal(check(desk, desk->bytes[k], desk->sizes[k]),
                                 AULA_OK);
            desk->bytes[k][bit / 8] ^= (uint8_t)(1U << bit % 8);
        }
    }
}

static void every_other_length_is_refused(void **state)
{
    struct desk *desk = *state;

    for (size_t k = 0; k < KINDS; k++) {
        for (size_t size = 0; size < desk->sizes[k]; size++) {
            assert_int_equal(check(desk, desk->bytes[k], size), AULA_TRUNCATED);
        }
        assert_int_equal(check(desk, desk->bytes[k], desk->sizes[k] + 1),
                         AULA_TRAILING_BYTES);
        assert_int_equal(check(desk, desk->bytes[k], RECORD_BYTES_MAX),
                         AULA_TRAILING_BYTES);
    }
}

static void a_record_of_nobody_known_is_refused(void **state)
{
    struct desk *desk = *state;

    desk->election.certificate_count = 0;
    assert_int_equal(check(desk, desk->bytes[4], desk->sizes[4]),
                     AULA_REC_UNKNOWN_TERMINAL);
}

static void a_ballot_for_a_contest_of_other_halls_is_refused(void **state)
{
    static const uint16_t contests[] = {0};
    struct desk *desk = *state;

    assert_int_equal(certificate_make(desk->cert, &desk->package,
                                      desk->sample.office_secret,
                                      desk->secret + SIGN_SEED_BYTES, "a", 1,
                                      contests, 1, NULL),
                     AULA_OK);
    assert_int_equal(certificate_check(&desk->certificate, &desk->package, NULL,
                                       desk->cert, CERTIFICATE_BYTES(1, 1),
                                       NULL),
                     AULA_OK);
    assert_int_equal(check(desk, desk->bytes[0], desk->sizes[0]),
                     AULA_REC_CONTEST_TERMINAL);
    assert_int_equal(check(desk, desk->bytes[1], desk->sizes[1]),
                     AULA_REC_CONTEST_TERMINAL);
    assert_int_equal(check(desk, desk->bytes[2], desk->sizes[2]), AULA_OK);
}

static void a_chain_begins_at_its_start_and_nowhere_else(void **state)
{
    static const uint8_t elsewhere[HASH_BYTES] = {1};
    struct desk *desk = *state;

    desk->place.prev = elsewhere;
    make_records(desk);
    assert_int_equal(check(desk, desk->bytes[4], desk->sizes[4]),
                     AULA_CHAIN_START);
    desk->place.seq = 2;
    make_records(desk);
    assert_int_equal(check(desk, desk->bytes[4], desk->sizes[4]), AULA_OK);
    desk->place.seq = RECORD_SEQ_MAX;
    make_records(desk);
    assert_int_equal(check(desk, desk->bytes[4], desk->sizes[4]), AULA_OK);
    desk->place.seq = RECORD_SEQ_MAX + 1;
    make_records(desk);
    assert_int_equal(check(desk, desk->bytes[4], desk->sizes[4]), AULA_REC_SEQ);
    desk->place.seq = 0;
    make_records(desk);
    assert_int_equal(check(desk, desk->bytes[4], desk->sizes[4]), AULA_REC_SEQ);
}

static void the_code_of_a_ballot_is_that_of_its_opening(void **state)
{
    struct desk *desk = *state;
    uint8_t hashes[2][BALLOT_CODE_HASH_BYTES];

    for (size_t k = 0; k < 2; k++) {
        struct record found;

        assert_int_equal(record_read(&found, &desk->package, desk->bytes[k],
                                     desk->sizes[k]),
                         AULA_OK);
        record_code_hash(hashes[k], &found, &desk->package);
    }
    assert_memory_equal(hashes[0], hashes[1], sizeof hashes[0]);
}

static void a_list_is_checked_alike_by_any_number_of_threads(void **state)
{
    struct desk *desk = *state;
    struct record_claim claims[100] = {0};

    desk->bytes[0][200] ^= 1;
    for (unsigned threads = 1; threads <= 4; threads += 3) {
        struct pool *pool = NULL;

        assert_int_equal(pool_open(&pool, threads, NULL), AULA_OK);
        for (size_t i = 0; i < 100; i++) {
            claims[i] = (struct record_claim){.bytes = desk->bytes[i % KINDS],
                                              .size = desk->sizes[i % KINDS]};
        }
        record_check_list(pool, &desk->election, claims, 100);
        for (size_t i = 0; i < 100; i++) {
            assert_int_equal(claims[i].code,
                             i % KINDS == 0 ? AULA_SIG_INVALID : AULA_OK);
        }
        pool_close(pool);
    }
}

#define WITH_DESK(test)                                                        \
    cmocka_unit_test_setup_teardown(test, open_desk, close_desk)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_DESK(a_record_of_each_kind_is_read_as_it_was_made),
        WITH_DESK(a_flipped_bit_anywhere_is_refused),
        WITH_DESK(every_other_length_is_refused),
        WITH_DESK(a_record_of_nobody_known_is_refused),
        WITH_DESK(a_ballot_for_a_contest_of_other_halls_is_refused),
        WITH_DESK(a_chain_begins_at_its_start_and_nowhere_else),
        WITH_DESK(the_code_of_a_ballot_is_that_of_its_opening),
        WITH_DESK(a_list_is_checked_alike_by_any_number_of_threads),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
