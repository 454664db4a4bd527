/* SPDX-License-Identifier: Apache-2.0 */
/* What IMPORT refuses of a batch file, and in which order. The refusals of the
 * stream itself are stream_damage_test.c's; here the file is sealed well, and
 * what lies in it is not as it should be. */
#include "batch_desk.h"

static void what_is_put_together_by_hand_is_opened(void **state)
{
    struct desk *desk = *state;

    desk_add_five(desk);
    desk_compose(desk);
    assert_int_equal(desk_open_plain(desk), AULA_OK);
}

static void a_flipped_bit_anywhere_in_the_file_is_refused(void **state)
{
    struct desk *desk = *state;

    desk_add(desk, 5, RECORD_SMALLEST);
    desk_compose(desk);
    desk_seal(desk);
    for (size_t bit = 0; bit < 8 * desk->file_size; bit++) {
        desk->file[bit / 8] ^= (uint8_t)(1U << bit % 8);
        assert_int_not_equal(desk_open(desk), AULA_OK);
        desk->file[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
    assert_int_equal(desk_open(desk), AULA_OK);
}

/* Sealed by someone who has the office's public key, as anyone has. */
static void a_flipped_bit_anywhere_in_the_plaintext_is_refused(void **state)
{
    struct desk *desk = *state;

    desk_add(desk, 5, RECORD_SMALLEST);
    desk_compose(desk);
    for (size_t bit = 0; bit < 8 * desk->plain_size; bit++) {
        desk->plain[bit / 8] ^= (uint8_t)(1U << bit % 8);
        assert_int_not_equal(desk_open_plain(desk), AULA_OK);
        desk->plain[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
    assert_int_equal(desk_open_plain(desk), AULA_OK);
}

static void every_shorter_file_is_refused(void **state)
{
    struct desk *desk = *state;
    struct batch batch;

    desk_add_five(desk);
    desk_compose(desk);
    desk_seal(desk);
    for (size_t size = 0; size < desk->file_size; size++) {
        enum aula_code expected = AULA_BATCH_STREAM;

        if (size < STREAM_HEADER_BYTES) {
            expected = AULA_TRUNCATED;
        } else if (size == STREAM_HEADER_BYTES) {
            expected = AULA_BATCH_TRUNCATED;
        }
        assert_int_equal(desk_open_bytes(desk, &batch, desk->file, size),
                         expected);
    }
    desk->file[desk->file_size++] = 0;
    assert_int_equal(desk_open(desk), AULA_BATCH_STREAM);
}

/* The last chunk is full, so what follows is a piece of its own. */
static void bytes_behind_a_full_last_chunk_are_refused(void **state)
{
    struct desk *desk = *state;

    for (size_t i = 0; i < 8; i++) {
        desk_add(desk, 1, 8000);
    }
    desk_compose(desk);
    desk_add(desk, 1, STREAM_CHUNK_BYTES - desk->plain_size - 4);
    desk_compose(desk);
    assert_int_equal(desk->plain_size, STREAM_CHUNK_BYTES);
    assert_int_equal(desk_open_plain(desk), AULA_OK);
    desk->file[desk->file_size++] = 0;
    assert_int_equal(desk_open(desk), AULA_BATCH_STREAM);
    desk->file_size += STREAM_OVERHEAD_BYTES + 100;
    assert_int_equal(desk_open(desk), AULA_BATCH_STREAM);
}

static void a_file_beyond_the_limit_is_refused_unread(void **state)
{
    struct desk *desk = *state;
    struct batch batch;
    struct batch_office office = {desk->package_hash, desk->office_public,
                                  desk->office_secret};
    struct batch_judge judge = {desk_judge, desk};
    static const uint8_t few[1] = {0};

    assert_int_equal(batch_open(&batch, &office, &judge, few,
                                (size_t)BATCH_FILE_MAX + 1, NULL),
                     AULA_TOO_LARGE);
}

static void every_shorter_plaintext_is_refused(void **state)
{
    struct desk *desk = *state;
    size_t whole;

    desk_add_five(desk);
    desk_compose(desk);
    whole = desk->plain_size;
    for (desk->plain_size = 1; desk->plain_size < whole; desk->plain_size++) {
        assert_int_equal(desk_open_plain(desk), AULA_TRUNCATED);
    }
    desk->plain[desk->plain_size++] = 0;
    assert_int_equal(desk_open_plain(desk), AULA_TRAILING_BYTES);
}

static void the_header_of_the_plaintext_is_checked_in_order(void **state)
{
    static const struct {
        size_t at;
        enum aula_code code;
    } rows[] = {{37, AULA_SIG_INVALID},   /* number: signed, not judged */
                {21, AULA_BATCH_CERT},    /* tid */
                {5, AULA_WRONG_ELECTION}, /* eid */
                {4, AULA_BAD_VERSION},
                {0, AULA_BAD_MAGIC}};
    struct desk *desk = *state;

    desk_add_five(desk);
    desk_compose(desk);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        desk->plain[rows[i].at] ^= 1; /* and the later faults stay */
        assert_int_equal(desk_open_plain(desk), rows[i].code);
    }
}

static void a_batch_under_the_certificate_of_another_is_refused(void **state)
{
    struct desk *desk = *state;

    desk_add_five(desk);
    desk_compose(desk);
    desk->plain[PLAIN_CERT_AT] ^= 1;
    desk_sign(desk);
    assert_int_equal(desk_open_plain(desk), AULA_BATCH_CERT);
    desk->plain[PLAIN_CERT_AT] ^= 1;
    desk->tid[0] ^= 1; /* the desk's own; the batch names the one before */
    desk_sign(desk);
    assert_int_equal(desk_open_plain(desk), AULA_BATCH_CERT);
}

static void a_certificate_that_does_not_fit_is_truncated(void **state)
{
    struct desk *desk = *state;

    desk_add_five(desk);
    desk_compose(desk);
    put_le16(desk->plain + PLAIN_CERT_SIZE_AT, UINT16_MAX);
    desk_sign(desk);
    assert_int_equal(desk_open_plain(desk), AULA_TRUNCATED);
}

/* The certificate comes before the lengths, these before the counts. */
static void the_length_of_a_record_is_believed_as_far_as_it_goes(void **state)
{
    struct desk *desk = *state;
    uint8_t *length = desk->plain + PLAIN_RECORDS_AT;

    desk_add_five(desk);
    desk_compose(desk);
    put_le32(desk->plain + PLAIN_KINDS_AT, 9);
    put_le32(length, BATCH_RECORD_MAX);
    desk_sign(desk);
    assert_int_equal(desk_open_plain(desk), AULA_TRUNCATED);
    put_le32(length, BATCH_RECORD_MAX + 1);
    desk_sign(desk);
    assert_int_equal(desk_open_plain(desk), AULA_TOO_LARGE);
    put_le32(length, UINT32_MAX);
    desk_sign(desk);
    assert_int_equal(desk_open_plain(desk), AULA_TOO_LARGE);
    desk->plain[PLAIN_CERT_AT] ^= 1;
    desk_sign(desk);
    assert_int_equal(desk_open_plain(desk), AULA_BATCH_CERT);
}

static void a_count_that_is_not_true_is_refused(void **state)
{
    struct desk *desk = *state;

    desk_add_five(desk);
    desk_compose(desk);
    put_le32(desk->plain + PLAIN_COUNT_AT, 4);
    desk_sign(desk);
    assert_int_equal(desk_open_plain(desk), AULA_TRAILING_BYTES);
    put_le32(desk->plain + PLAIN_COUNT_AT, UINT32_MAX);
    desk_sign(desk);
    assert_int_not_equal(desk_open_plain(desk), AULA_OK);
    for (size_t k = 0; k < BATCH_KINDS; k++) {
        struct batch_head head = desk_head(desk);

        head.kinds[k]++;
        desk_compose_under(desk, &head);
        assert_int_equal(desk_open_plain(desk), AULA_BATCH_COUNT);
        head.kinds[k] -= 2;
        desk_compose_under(desk, &head);
        assert_int_equal(desk_open_plain(desk), AULA_BATCH_COUNT);
    }
}

static void a_batch_without_any_record_is_refused(void **state)
{
    struct desk *desk = *state;

    desk_compose(desk);
    assert_int_equal(desk_open_plain(desk), AULA_BATCH_COUNT);
}

static void a_record_without_a_whole_header_is_refused(void **state)
{
    struct desk *desk = *state;

    desk_add_five(desk);
    desk->sizes[4] = RECORD_SMALLEST - 1;
    desk_compose(desk);
    assert_int_equal(desk_open_plain(desk), AULA_BATCH_COUNT);
    desk->sizes[4] = 0;
    desk_compose(desk);
    assert_int_equal(desk_open_plain(desk), AULA_BATCH_COUNT);
    desk->sizes[4] = RECORD_SMALLEST;
    desk_compose(desk);
    assert_int_equal(desk_open_plain(desk), AULA_OK);
}

/* It comes home and is quarantined, by CHECK_RECORD. */
static void a_record_of_no_known_kind_is_not_the_batchs_business(void **state)
{
    struct desk *desk = *state;

    desk_add_five(desk);
    desk_add(desk, 0, RECORD_SMALLEST);
    desk_add(desk, 6, RECORD_SMALLEST);
    desk_add(desk, 255, BATCH_RECORD_MAX);
    desk_compose(desk);
    assert_int_equal(desk_open_plain(desk), AULA_OK);
}

static void a_range_with_another_end_is_refused(void **state)
{
    static const uint64_t ends[][2] = {{1, 4}, {1, 6}, {0, 4},         {2, 6},
                                       {0, 5}, {2, 5}, {1, UINT64_MAX}};
    struct desk *desk = *state;

    desk_add_five(desk);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        struct batch_head head = desk_head(desk);

        head.first_seq = ends[i][0];
        head.last_seq = ends[i][1];
        desk_compose_under(desk, &head);
        assert_int_equal(desk_open_plain(desk), AULA_BATCH_RANGE);
    }
}

static void a_gap_a_repetition_or_a_stranger_is_refused(void **state)
{
    static const uint64_t wrong[] = {1, 2, 4, 0, UINT64_MAX};
    struct desk *desk = *state;
    uint8_t *seq = desk->records[2] + RECORD_SEQ_AT;

    desk_add_five(desk);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        put_le64(seq, wrong[i]);
        desk_compose(desk);
        assert_int_equal(desk_open_plain(desk), AULA_BATCH_RANGE);
    }
    put_le64(seq, 3);
    desk->records[2][RECORD_TID_AT + 15] ^= 1;
    desk_compose(desk);
    assert_int_equal(desk_open_plain(desk), AULA_BATCH_RANGE);
}

/* A batch may begin anywhere, but numbers do not begin anew. */
static void a_range_does_not_wrap_around(void **state)
{
    static const struct {
        uint64_t first;
        uint64_t last;
        enum aula_code code;
    } rows[] = {{1000, 1004, AULA_OK},
                {UINT64_MAX - 4, UINT64_MAX, AULA_OK},
                {UINT64_MAX - 3, 0, AULA_BATCH_RANGE},
                {UINT64_MAX, 3, AULA_BATCH_RANGE}};
    struct desk *desk = *state;

    desk_add_five(desk);
    for (size_t row = 0; row < sizeof rows / sizeof rows[0]; row++) {
        struct batch_head head = desk_head(desk);

        for (size_t i = 0; i < 5; i++) {
            put_le64(desk->records[i] + RECORD_SEQ_AT, rows[row].first + i);
        }
        head.first_seq = rows[row].first;
        head.last_seq = rows[row].last;
        desk_compose_under(desk, &head);
        assert_int_equal(desk_open_plain(desk), rows[row].code);
    }
}

static void head_and_signature_come_last(void **state)
{
    struct desk *desk = *state;
    uint8_t *head = NULL;

    desk_add_five(desk);
    desk_compose(desk);
    head = desk->plain + desk->plain_size - SIGN_BYTES - HASH_BYTES;
    head[HASH_BYTES] ^= 1;
    assert_int_equal(desk_open_plain(desk), AULA_SIG_INVALID);
    head[0] ^= 1;
    assert_int_equal(desk_open_plain(desk), AULA_BATCH_HEAD);
    desk_sign(desk);
    assert_int_equal(desk_open_plain(desk), AULA_BATCH_HEAD);
}

static void a_batch_for_another_office_or_election_stays_shut(void **state)
{
    struct desk *desk = *state;
    uint8_t secret[SEAL_SECRET_BYTES];

    desk_add_five(desk);
    desk_compose(desk);
    desk_seal(desk);
    memcpy(secret, desk->office_secret, sizeof secret);
    desk->office_secret[7] ^= 1;
    assert_int_equal(desk_open(desk), AULA_BATCH_SEAL);
    memcpy(desk->office_secret, secret, sizeof secret);
    desk->package_hash[15] ^= 1;
    assert_int_equal(desk_open(desk), AULA_WRONG_ELECTION);
    desk->package_hash[15] ^= 1;
    desk->package_hash[16] ^= 1; /* the same eid, another package */
    assert_int_equal(desk_open(desk), AULA_SIG_INVALID);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        BATCH_TEST(what_is_put_together_by_hand_is_opened),
        BATCH_TEST(a_flipped_bit_anywhere_in_the_file_is_refused),
        BATCH_TEST(a_flipped_bit_anywhere_in_the_plaintext_is_refused),
        BATCH_TEST(every_shorter_file_is_refused),
        BATCH_TEST(bytes_behind_a_full_last_chunk_are_refused),
        BATCH_TEST(a_file_beyond_the_limit_is_refused_unread),
        BATCH_TEST(every_shorter_plaintext_is_refused),
        BATCH_TEST(the_header_of_the_plaintext_is_checked_in_order),
        BATCH_TEST(a_batch_under_the_certificate_of_another_is_refused),
        BATCH_TEST(a_certificate_that_does_not_fit_is_truncated),
        BATCH_TEST(the_length_of_a_record_is_believed_as_far_as_it_goes),
        BATCH_TEST(a_count_that_is_not_true_is_refused),
        BATCH_TEST(a_batch_without_any_record_is_refused),
        BATCH_TEST(a_record_without_a_whole_header_is_refused),
        BATCH_TEST(a_record_of_no_known_kind_is_not_the_batchs_business),
        BATCH_TEST(a_range_with_another_end_is_refused),
        BATCH_TEST(a_gap_a_repetition_or_a_stranger_is_refused),
        BATCH_TEST(a_range_does_not_wrap_around),
        BATCH_TEST(head_and_signature_come_last),
        BATCH_TEST(a_batch_for_another_office_or_election_stays_shut),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
