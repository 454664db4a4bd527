/* SPDX-License-Identifier: Apache-2.0 */
/* The contests of a package: the table of PROTOCOL.md section 4, ids, and the
 * largest package that can be. */
#include "package_sample.h"

#include <sys/resource.h>

static struct sample sample; /* put together anew by every test */

static int start(void **state)
{
    struct ceremony *c = ceremony_whole(3, 2);

    sample_start(&sample, c);
    *state = c;
    return 0;
}

static void a_package_has_1_to_1000_contests(void **state)
{
    (void)state;
    sample.contest_count = 0;
    sample.contests_put = 0;
    assert_int_equal(sample_open(&sample), AULA_BAD_FIELD);
    sample.contest_count = 1001;
    assert_int_equal(sample_open(&sample), AULA_BAD_FIELD);
}

static void a_contest_count_must_be_true(void **state)
{
    (void)state;
    sample.contest_count = SAMPLE_CONTESTS - 1;
    assert_int_equal(sample_open(&sample), AULA_TRAILING_BYTES);
}

static enum aula_code open_with(uint8_t type, uint16_t n, uint16_t limit,
                                uint16_t cap)
{
    sample_set_contest(&sample.contests[0], "Changed", type, n, limit, cap);
    return sample_open(&sample);
}

static void there_are_four_types(void **state)
{
    (void)state;
    assert_int_equal(open_with(0, 3, 1, 0), AULA_PKG_CONTEST);
    assert_int_equal(open_with(5, 3, 1, 0), AULA_PKG_CONTEST);
    assert_int_equal(open_with(255, 3, 1, 0), AULA_PKG_CONTEST);
}

static void a_contest_has_1_to_1000_proposals(void **state)
{
    (void)state;
    assert_int_equal(open_with(PLAINTEXT_APPROVAL, 0, 1, 0), AULA_PKG_CONTEST);
    assert_int_equal(open_with(PLAINTEXT_APPROVAL, 1, 1, 0), AULA_OK);
    assert_int_equal(open_with(PLAINTEXT_APPROVAL, 1001, 1, 0),
                     AULA_PKG_CONTEST);
}

static void approval_has_a_limit_and_no_cap(void **state)
{
    (void)state;
    assert_int_equal(open_with(PLAINTEXT_APPROVAL, 9, 0, 0), AULA_PKG_CONTEST);
    assert_int_equal(open_with(PLAINTEXT_APPROVAL, 9, 9, 0), AULA_OK);
    assert_int_equal(open_with(PLAINTEXT_APPROVAL, 9, 10, 0), AULA_PKG_CONTEST);
    assert_int_equal(open_with(PLAINTEXT_APPROVAL, 9, 9, 1), AULA_PKG_CONTEST);
}

static void knapsack_has_neither(void **state)
{
    (void)state;
    assert_int_equal(open_with(PLAINTEXT_KNAPSACK, 9, 0, 0), AULA_OK);
    assert_int_equal(open_with(PLAINTEXT_KNAPSACK, 9, 1, 0), AULA_PKG_CONTEST);
    assert_int_equal(open_with(PLAINTEXT_KNAPSACK, 9, 0, 1), AULA_PKG_CONTEST);
}

static void points_have_both(void **state)
{
    (void)state;
    assert_int_equal(open_with(PLAINTEXT_POINTS, 2, 0, 5), AULA_PKG_CONTEST);
    assert_int_equal(open_with(PLAINTEXT_POINTS, 2, 5, 0), AULA_PKG_CONTEST);
    assert_int_equal(open_with(PLAINTEXT_POINTS, 2, 1, 1), AULA_OK);
    assert_int_equal(open_with(PLAINTEXT_POINTS, 2, 65535, 255), AULA_OK);
    assert_int_equal(open_with(PLAINTEXT_POINTS, 2, 65535, 256),
                     AULA_PKG_CONTEST);
}

static void ranking_has_a_limit_and_no_cap(void **state)
{
    (void)state;
    assert_int_equal(open_with(PLAINTEXT_RANKING, 4, 0, 0), AULA_PKG_CONTEST);
    assert_int_equal(open_with(PLAINTEXT_RANKING, 4, 4, 0), AULA_OK);
    assert_int_equal(open_with(PLAINTEXT_RANKING, 4, 5, 0), AULA_PKG_CONTEST);
    assert_int_equal(open_with(PLAINTEXT_RANKING, 4, 4, 1), AULA_PKG_CONTEST);
}

static void an_id_stands_once_in_a_contest(void **state)
{
    (void)state;
    for (size_t a = 0; a < 9; a++) {
        for (size_t b = a + 1; b < 9; b++) {
            struct sample_text kept = sample.contests[0].ids[b];

            sample.contests[0].ids[b] = sample.contests[0].ids[a];
            assert_int_equal(sample_open(&sample), AULA_PKG_CONTEST);
            sample.contests[0].ids[b] = kept;
        }
    }
}

static void ids_that_begin_alike_differ(void **state)
{
    (void)state;
    sample.contests[0].ids[0] = sample_text("aa");
    sample.contests[0].ids[1] = sample_text("a");
    sample.contests[0].ids[2] = sample_text("ab");
    assert_int_equal(sample_open(&sample), AULA_OK);
}

static void texts_have_their_lengths(void **state)
{
    char text[401];

    (void)state;
    memset(text, 'x', sizeof text);
    sample.contests[2].ids[1] = (struct sample_text){text, 65};
    assert_int_equal(sample_open(&sample), AULA_BAD_FIELD);
    sample.contests[2].ids[1].size = 0;
    assert_int_equal(sample_open(&sample), AULA_BAD_FIELD);
    sample.contests[2].ids[1].size = 64;
    sample.contests[2].names[1] = (struct sample_text){text, 401};
    assert_int_equal(sample_open(&sample), AULA_BAD_FIELD);
    sample.contests[2].names[1].size = 0;
    assert_int_equal(sample_open(&sample), AULA_BAD_FIELD);
    sample.contests[2].names[1].size = 400;
    sample.contests[2].name = (struct sample_text){text, 201};
    assert_int_equal(sample_open(&sample), AULA_BAD_FIELD);
    sample.contests[2].name.size = 0;
    assert_int_equal(sample_open(&sample), AULA_BAD_FIELD);
    sample.contests[2].name.size = 200;
    assert_int_equal(sample_open(&sample), AULA_OK);
}

static void the_table_comes_after_signature_and_trustees(void **state)
{
    (void)state;
    sample.contests[0].limit = 0;
    sample.key[0] ^= 1;
    assert_int_equal(sample_open(&sample), AULA_PKG_KEY_MISMATCH);
    sample.office_secret[0] ^= 1; /* no longer the office's */
    assert_int_equal(sample_open(&sample), AULA_SIG_INVALID);
}

/* As many proposals as 8 MiB hold: contests of 1000 with ids of three bytes.
 * The caller frees it. */
static uint8_t *make_large(const struct sample *from, size_t *size)
{
    enum { CONTESTS = 500 };
    uint8_t *bytes = malloc(PACKAGE_BYTES_MAX);
    struct bytes_writer writer = {bytes, 0, PACKAGE_BYTES_MAX - SIGN_BYTES};

    assert_non_null(bytes);
    sample_put_head(&writer, from);
    sample_put_ceremony(&writer, from);
    bytes_put_u16(&writer, CONTESTS);
    for (size_t c = 0; c < CONTESTS; c++) {
        bytes_put(&writer, "\x01\0c\x01\xe8\x03\x01\0\0\0\0\0\0\0\0\0\0\0", 18);
        for (unsigned q = 0; q < 1000; q++) {
            char id[4];

            /* Not in order, so that sorting has work to do. */
            (void)snprintf(id, sizeof id, "%03u", q * 387 % 1000);
            sample_put_text(&writer, sample_text(id));
            sample_put_text(&writer, sample_text("n"));
            bytes_put_u64(&writer, q);
        }
    }
    sign_file(bytes, writer.size, "sig-package", from->office_secret);
    *size = writer.size + SIGN_BYTES;
    return bytes;
}

static void half_a_million_proposals_open(void **state)
{
    struct package package;
    size_t size = 0;
    uint8_t *bytes = make_large(&sample, &size);
    const struct package_contest *last = NULL;

    (void)state;
    assert_int_equal(package_open(&package, sample.office_public, bytes, size,
                                  NULL),
                     AULA_OK);
    last = &package.contests[499];
    assert_int_equal(last->rule.n, 1000);
    assert_int_equal(last->rule.costs[999], 999);
    assert_memory_equal(last->ids[1].text, "387", 3);
    package_close(&package);
    free(bytes);
}

/* The sanitizer's own memory counts against the limit and cannot be refused. */
#if defined(__SANITIZE_ADDRESS__)
#define HAS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif

#if !defined(HAS_SANITIZER)
static void without_memory_nothing_opens(void **state)
{
    static const struct package empty;
    struct rlimit kept;
    struct rlimit none = {.rlim_cur = 0};
    struct package package;
    size_t size = 0;
    uint8_t *bytes = make_large(&sample, &size);
    enum aula_code code;

    (void)state;
    assert_int_equal(getrlimit(RLIMIT_AS, &kept), 0);
    none.rlim_max = kept.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_AS, &none), 0);
    code = package_open(&package, sample.office_public, bytes, size, NULL);
    assert_int_equal(setrlimit(RLIMIT_AS, &kept), 0);
    assert_int_equal(code, AULA_MEMORY);
    assert_memory_equal(&package, &empty, sizeof empty);
    free(bytes);
}
#endif

#define WITH_SAMPLE(test)                                                      \
    cmocka_unit_test_setup_teardown(test, start, ceremony_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SAMPLE(a_package_has_1_to_1000_contests),
        WITH_SAMPLE(a_contest_count_must_be_true),
        WITH_SAMPLE(there_are_four_types),
        WITH_SAMPLE(a_contest_has_1_to_1000_proposals),
        WITH_SAMPLE(approval_has_a_limit_and_no_cap),
        WITH_SAMPLE(knapsack_has_neither),
        WITH_SAMPLE(points_have_both),
        WITH_SAMPLE(ranking_has_a_limit_and_no_cap),
        WITH_SAMPLE(an_id_stands_once_in_a_contest),
        WITH_SAMPLE(ids_that_begin_alike_differ),
        WITH_SAMPLE(texts_have_their_lengths),
        WITH_SAMPLE(the_table_comes_after_signature_and_trustees),
        WITH_SAMPLE(half_a_million_proposals_open),
#if !defined(HAS_SANITIZER)
        WITH_SAMPLE(without_memory_nothing_opens),
#endif
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
