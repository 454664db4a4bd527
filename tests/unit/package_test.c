/* SPDX-License-Identifier: Apache-2.0 */
/* Packages: what is read, and every refusal of PROTOCOL.md section 4 but those
 * of contests and trustees, which have programs of their own. */
#include "package_sample.h"

static struct sample sample; /* put together anew by every test */

static int start(void **state)
{
    struct ceremony *c = ceremony_whole(3, 2);

    sample_start(&sample, c);
    *state = c;
    return 0;
}

static bool is_text(const struct package_text *text, const char *expected)
{
    return text->size == strlen(expected) &&
           memcmp(text->text, expected, text->size) == 0;
}

static void a_package_opens_with_its_head(void **state)
{
    struct package package;
    uint8_t hash[HASH_BYTES];

    (void)state;
    sample_make(&sample);
    assert_int_equal(package_open(&package, sample.office_public, sample.bytes,
                                  sample.size, NULL),
                     AULA_OK);
    hash_bytes(hash, "package", sample.bytes, sample.size - SIGN_BYTES);
    assert_memory_equal(package.hash, hash, sizeof hash);
    assert_memory_equal(package.office_key, sample.office_public, 32);
    assert_memory_equal(package.office_transport, sample.transport, 32);
    assert_int_equal(package.opens, 1000);
    assert_int_equal(package.closes, 2000);
    assert_int_equal(package.id_scheme, TAG_SCHEME_IIN);
    assert_int_equal(package.tag_stretch, TAG_STRETCH_ARGON2ID);
    assert_int_equal(package.one_per, PACKAGE_ONE_PER_CONTEST);
    assert_int_equal(package.mode, PACKAGE_OFFICIAL);
    assert_int_equal(package.min_anon, 10);
    assert_memory_equal(package.tag_key_check, sample.tag_key_check, 32);
    assert_memory_equal(package.content_hash, sample.content_hash, 32);
    assert_true(is_text(&package.title, "Yards"));
    package_close(&package);
}

static void a_package_opens_with_its_trustees(void **state)
{
    const struct ceremony *c = *state;
    struct package package;

    sample_make(&sample);
    assert_int_equal(package_open(&package, sample.office_public, sample.bytes,
                                  sample.size, NULL),
                     AULA_OK);
    assert_int_equal(package.trustee_count, 3);
    assert_int_equal(package.threshold, 2);
    assert_memory_equal(package.key, c->outcome.key, sizeof package.key);
    for (size_t i = 0; i < 3; i++) {
        const struct trustee *t = &c->trustees[i];

        assert_true(is_text(&package.trustee_names[i], t->name));
        assert_memory_equal(package.trustee_keys[i], t->sign_public, 32);
        assert_memory_equal(package.shares[i], c->outcome.shares[i], 32);
    }
    package_close(&package);
}

static void a_package_opens_with_its_contests(void **state)
{
    struct package package;

    (void)state;
    sample.contests[1].ids[2] = sample_text("\xd3\x98"); /* U+04D8 */
    sample.contests[1].costs[2] = UINT64_MAX;
    sample_make(&sample);
    assert_int_equal(package_open(&package, sample.office_public, sample.bytes,
                                  sample.size, NULL),
                     AULA_OK);
    assert_int_equal(package.contest_count, SAMPLE_CONTESTS);
    for (size_t c = 0; c < SAMPLE_CONTESTS; c++) {
        const struct sample_contest *put = &sample.contests[c];
        const struct package_contest *got = &package.contests[c];

        assert_true(is_text(&got->name, put->name.text));
        assert_int_equal(got->rule.type, put->type);
        assert_int_equal(got->rule.n, put->n);
        assert_int_equal(got->rule.limit, put->limit);
        assert_int_equal(got->rule.cap, put->cap);
        assert_int_equal(got->rule.budget, put->budget);
        for (size_t q = 0; q < put->n; q++) {
            assert_true(is_text(&got->ids[q], put->ids[q].text));
            assert_true(is_text(&got->names[q], put->names[q].text));
            assert_true(got->rule.costs[q] == put->costs[q]);
        }
    }
    package_close(&package);
}

static void every_shorter_package_is_refused(void **state)
{
    struct package package;

    (void)state;
    sample_make(&sample);
    for (size_t size = 0; size < sample.size; size++) {
        /* In memory of exactly that size, so that reading on is seen. */
        uint8_t *copy = malloc(size > 0 ? size : 1);

        assert_non_null(copy);
        memcpy(copy, sample.bytes, size);
        assert_int_equal(package_open(&package, sample.office_public, copy,
                                      size, NULL),
                         AULA_TRUNCATED);
        free(copy);
    }
}

static void no_bytes_at_all_are_refused(void **state)
{
    struct package package;

    (void)state;
    assert_int_equal(package_open(&package, sample.office_public, NULL, 0,
                                  NULL),
                     AULA_TRUNCATED);
}

static void a_longer_package_is_refused(void **state)
{
    struct package package;

    (void)state;
    sample_make(&sample);
    for (size_t more = 1; more <= 3; more++) {
        assert_int_equal(package_open(&package, sample.office_public,
                                      sample.bytes, sample.size + more, NULL),
                         AULA_TRAILING_BYTES);
    }
}

static void every_flipped_bit_is_refused(void **state)
{
    struct package package;

    (void)state;
    sample_make(&sample);
    for (size_t i = 0; i < sample.size; i++) {
        sample.bytes[i] ^= (uint8_t)(1U << (i % 8));
        assert_int_not_equal(package_open(&package, sample.office_public,
                                          sample.bytes, sample.size, NULL),
                             AULA_OK);
        sample.bytes[i] ^= (uint8_t)(1U << (i % 8));
    }
}

static void more_than_8_mib_are_refused_unread(void **state)
{
    struct package package;
    uint8_t *bytes = calloc(PACKAGE_BYTES_MAX, 1);

    (void)state;
    assert_non_null(bytes);
    /* One byte more than there is memory: it must not be touched. */
    assert_int_equal(package_open(&package, sample.office_public, bytes,
                                  (size_t)PACKAGE_BYTES_MAX + 1, NULL),
                     AULA_TOO_LARGE);
    assert_int_equal(package_open(&package, sample.office_public, bytes,
                                  PACKAGE_BYTES_MAX, NULL),
                     AULA_BAD_MAGIC);
    free(bytes);
}

static void magic_and_version_are_checked(void **state)
{
    (void)state;
    sample.magic[3] = 'R';
    sample.version = 2;
    assert_int_equal(sample_open(&sample), AULA_BAD_MAGIC);
    sample.magic[3] = 'P';
    assert_int_equal(sample_open(&sample), AULA_BAD_VERSION);
    sample.version = 0;
    assert_int_equal(sample_open(&sample), AULA_BAD_VERSION);
}

static void an_election_closes_after_it_opens(void **state)
{
    (void)state;
    sample.closes = sample.opens;
    assert_int_equal(sample_open(&sample), AULA_BAD_FIELD);
    sample.opens = UINT64_MAX;
    assert_int_equal(sample_open(&sample), AULA_BAD_FIELD);
    sample.opens = 0;
    sample.closes = UINT64_MAX;
    assert_int_equal(sample_open(&sample), AULA_OK);
}

static void unknown_choices_are_refused(void **state)
{
    (void)state;
    sample.id_scheme = 2;
    assert_int_equal(sample_open(&sample), AULA_BAD_FIELD);
    sample.id_scheme = 0;
    sample.tag_stretch = 2;
    assert_int_equal(sample_open(&sample), AULA_BAD_FIELD);
    sample.tag_stretch = 1;
    sample.one_per = 2;
    assert_int_equal(sample_open(&sample), AULA_BAD_FIELD);
    sample.one_per = 0;
    sample.mode = 2;
    assert_int_equal(sample_open(&sample), AULA_BAD_FIELD);
    sample.mode = 0;
    assert_int_equal(sample_open(&sample), AULA_OK);
}

static void only_a_rehearsal_goes_without_stretching(void **state)
{
    (void)state;
    sample.tag_stretch = 0;
    assert_int_equal(sample_open(&sample), AULA_BAD_FIELD);
    sample.mode = 1;
    assert_int_equal(sample_open(&sample), AULA_OK);
}

static enum aula_code open_with_min_anon(uint8_t mode, uint16_t min_anon)
{
    sample.mode = mode;
    sample.min_anon = min_anon;
    return sample_open(&sample);
}

static void min_anon_has_bounds_in_each_mode(void **state)
{
    (void)state;
    assert_int_equal(open_with_min_anon(0, 4), AULA_BAD_FIELD);
    assert_int_equal(open_with_min_anon(0, 5), AULA_OK);
    assert_int_equal(open_with_min_anon(0, 10000), AULA_OK);
    assert_int_equal(open_with_min_anon(0, 10001), AULA_BAD_FIELD);
    assert_int_equal(open_with_min_anon(1, 1), AULA_BAD_FIELD);
    assert_int_equal(open_with_min_anon(1, 2), AULA_OK);
    assert_int_equal(open_with_min_anon(1, 10000), AULA_OK);
    assert_int_equal(open_with_min_anon(1, 10001), AULA_BAD_FIELD);
}

static void a_transport_key_has_one_encoding(void **state)
{
    (void)state;
    sample.transport[31] |= 0x80;
    assert_int_equal(sample_open(&sample), AULA_BAD_FIELD);
    memset(sample.transport, 0xff, sizeof sample.transport);
    sample.transport[0] = 0xed; /* 2^255 - 19 */
    sample.transport[31] = 0x7f;
    assert_int_equal(sample_open(&sample), AULA_BAD_FIELD);
    sample.transport[0] = 0xec;
    assert_int_equal(sample_open(&sample), AULA_OK);
}

static void a_text_has_its_length_and_no_control(void **state)
{
    char text[201];

    (void)state;
    memset(text, 'x', sizeof text);
    sample.title = (struct sample_text){text, 0};
    assert_int_equal(sample_open(&sample), AULA_BAD_FIELD);
    sample.title.size = 201;
    assert_int_equal(sample_open(&sample), AULA_BAD_FIELD);
    sample.title.size = 200;
    assert_int_equal(sample_open(&sample), AULA_OK);
    text[199] = '\0';
    assert_int_equal(sample_open(&sample), AULA_BAD_FIELD);
    text[199] = '\xd0'; /* half a letter */
    assert_int_equal(sample_open(&sample), AULA_BAD_FIELD);
}

static void another_office_is_refused_before_its_signature(void **state)
{
    static const uint8_t seed[SIGN_SEED_BYTES] = {0x99};
    uint8_t other_public[SIGN_PUBLIC_BYTES];

    (void)state;
    sign_key_pair(other_public, sample.office_secret, seed);
    assert_int_equal(sample_open(&sample), AULA_SIG_INVALID);
    memcpy(sample.office_key, other_public, sizeof other_public);
    assert_int_equal(sample_open(&sample), AULA_PKG_OFFICE_KEY);
}

static void closing_nothing_does_nothing(void **state)
{
    struct package package = {0};

    (void)state;
    package_close(NULL);
    package_close(&package);
    package_close(&package);
}

#define WITH_SAMPLE(test)                                                      \
    cmocka_unit_test_setup_teardown(test, start, ceremony_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SAMPLE(a_package_opens_with_its_head),
        WITH_SAMPLE(a_package_opens_with_its_trustees),
        WITH_SAMPLE(a_package_opens_with_its_contests),
        WITH_SAMPLE(every_shorter_package_is_refused),
        WITH_SAMPLE(no_bytes_at_all_are_refused),
        WITH_SAMPLE(a_longer_package_is_refused),
        WITH_SAMPLE(every_flipped_bit_is_refused),
        WITH_SAMPLE(more_than_8_mib_are_refused_unread),
        WITH_SAMPLE(magic_and_version_are_checked),
        WITH_SAMPLE(an_election_closes_after_it_opens),
        WITH_SAMPLE(unknown_choices_are_refused),
        WITH_SAMPLE(only_a_rehearsal_goes_without_stretching),
        WITH_SAMPLE(min_anon_has_bounds_in_each_mode),
        WITH_SAMPLE(a_transport_key_has_one_encoding),
        WITH_SAMPLE(a_text_has_its_length_and_no_control),
        WITH_SAMPLE(another_office_is_refused_before_its_signature),
        WITH_SAMPLE(closing_nothing_does_nothing),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
