/* SPDX-License-Identifier: Apache-2.0 */
/* Making packages: the bytes are those of section 4 as the sample of
 * package_sample.h spells them out, and what no terminal would accept is not
 * handed out. That package_open knows every rule is the business of the other
 * package tests. */
#include "package_sample.h"

#include "package_write.h"

enum { PROPOSALS = 16, LARGE = 1000 };

/* The sample once more, as a draft. */
struct desk {
    struct ceremony *ceremony;
    struct sample sample;
    struct package_draft draft;
    struct package_contest contests[SAMPLE_CONTESTS];
    struct package_text ids[SAMPLE_CONTESTS][PROPOSALS];
    struct package_text names[SAMPLE_CONTESTS][PROPOSALS];
    uint8_t confirmations[DKG_TRUSTEES_MAX][SIGN_BYTES];
};

static struct package_text text_of(struct sample_text text)
{
    return (struct package_text){text.text, text.size};
}

static void draft_contest(struct desk *desk, size_t c)
{
    const struct sample_contest *from = &desk->sample.contests[c];

    for (size_t q = 0; q < PROPOSALS; q++) {
        desk->ids[c][q] = text_of(from->ids[q]);
        desk->names[c][q] = text_of(from->names[q]);
    }
    desk->contests[c] = (struct package_contest){
        .name = text_of(from->name),
        .rule = {.type = (enum plaintext_type)from->type,
                 .n = from->n,
                 .limit = from->limit,
                 .cap = from->cap,
                 .budget = from->budget,
                 .costs = from->costs},
        .ids = desk->ids[c],
        .names = desk->names[c]};
}

static void draft_sample(struct desk *desk)
{
    const struct sample *from = &desk->sample;
    struct package_draft *draft = &desk->draft;

    *draft = (struct package_draft){
        .opens = from->opens,
        .closes = from->closes,
        .id_scheme = (enum tag_scheme)from->id_scheme,
        .tag_stretch = (enum tag_stretch)from->tag_stretch,
        .one_per = (enum package_one_per)from->one_per,
        .mode = (enum package_mode)from->mode,
        .min_anon = from->min_anon,
        .title = text_of(from->title),
        .trustees = &desk->ceremony->set,
        .transcript2 = from->tr2,
        .confirmations = (const uint8_t(*)[SIGN_BYTES])desk->confirmations,
        .contests = desk->contests,
        .contest_count = SAMPLE_CONTESTS};
    memcpy(draft->office_transport, from->transport, 32);
    memcpy(draft->nonce, from->nonce, sizeof draft->nonce);
    memcpy(draft->tag_key_check, from->tag_key_check, HASH_BYTES);
    memcpy(draft->content_hash, from->content_hash, HASH_BYTES);
    for (size_t i = 0; i < desk->ceremony->params.count; i++) {
        memcpy(desk->confirmations[i], desk->ceremony->trustees[i].confirmation,
               SIGN_BYTES);
    }
    for (size_t c = 0; c < SAMPLE_CONTESTS; c++) {
        draft_contest(desk, c);
    }
}

static int open_desk(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);

    assert_non_null(desk);
    desk->ceremony = ceremony_whole(3, 2);
    sample_start(&desk->sample, desk->ceremony);
    memset(desk->sample.nonce, 0x4e, sizeof desk->sample.nonce);
    draft_sample(desk);
    *state = desk;
    return 0;
}

static int close_desk(void **state)
{
    struct desk *desk = *state;

    free(desk->ceremony);
    free(desk);
    return 0;
}

/* What comes of the draft; a refusal hands nothing out and names itself. */
static enum aula_code write_draft(const struct desk *desk)
{
    uint8_t before = 0;
    uint8_t *bytes = &before;
    size_t size = 77;
    struct aula_error err = {AULA_OK, ""};
    enum aula_code code = package_write(&bytes, &size, &desk->draft,
                                        desk->sample.office_secret, &err);

    if (code != AULA_OK) {
        assert_null(bytes);
        assert_int_equal(size, 0);
        assert_int_equal(err.code, code);
        assert_true(strlen(err.message) > 0);
    } else {
        assert_non_null(bytes);
        assert_true(size > 0 && size <= PACKAGE_BYTES_MAX);
    }
    free(bytes);
    return code;
}

static void expect_sample(struct desk *desk)
{
    uint8_t *bytes = NULL;
    size_t size = 0;

    sample_make(&desk->sample);
    assert_int_equal(package_write(&bytes, &size, &desk->draft,
                                   desk->sample.office_secret, NULL),
                     AULA_OK);
    assert_int_equal(size, desk->sample.size);
    assert_memory_equal(bytes, desk->sample.bytes, size);
    free(bytes);
}

static void a_package_is_written_byte_for_byte(void **state)
{
    expect_sample(*state);
}

static void a_rehearsal_is_written_without_the_floors(void **state)
{
    struct desk *desk = *state;

    desk->sample.mode = PACKAGE_REHEARSAL;
    desk->sample.tag_stretch = TAG_STRETCH_NONE;
    desk->sample.min_anon = 2;
    desk->sample.id_scheme = TAG_SCHEME_DIGITS;
    desk->sample.one_per = PACKAGE_ONE_PER_ELECTION;
    draft_sample(desk);
    expect_sample(desk);
    desk->draft.mode = PACKAGE_OFFICIAL;
    assert_int_equal(write_draft(desk), AULA_BAD_FIELD);
}

static void one_trustee_suffices_for_a_rehearsal_only(void **state)
{
    struct desk *desk = *state;

    free(desk->ceremony);
    desk->ceremony = ceremony_whole(1, 1);
    sample_start(&desk->sample, desk->ceremony);
    draft_sample(desk);
    assert_int_equal(write_draft(desk), AULA_DKG_PARAMS);
    desk->sample.mode = PACKAGE_REHEARSAL;
    draft_sample(desk);
    expect_sample(desk);
}

static void all_trustees_there_can_be_are_written(void **state)
{
    struct desk *desk = *state;
    uint8_t *bytes = NULL;
    size_t size = 0;

    free(desk->ceremony);
    desk->ceremony = ceremony_whole(DKG_TRUSTEES_MAX, 2);
    sample_start(&desk->sample, desk->ceremony);
    draft_sample(desk);
    assert_int_equal(package_write(&bytes, &size, &desk->draft,
                                   desk->sample.office_secret, NULL),
                     AULA_OK);
    free(bytes);
}

static void another_nonce_is_another_election(void **state)
{
    struct desk *desk = *state;
    struct package packages[2];
    uint8_t *bytes[2] = {NULL, NULL};
    size_t size = 0;

    for (size_t i = 0; i < 2; i++) {
        desk->draft.nonce[15] = (uint8_t)i;
        assert_int_equal(package_write(&bytes[i], &size, &desk->draft,
                                       desk->sample.office_secret, NULL),
                         AULA_OK);
        assert_int_equal(package_open(&packages[i], desk->sample.office_public,
                                      bytes[i], size, NULL),
                         AULA_OK);
    }
    assert_memory_not_equal(packages[0].hash, packages[1].hash,
                            PACKAGE_ID_BYTES);
    for (size_t i = 0; i < 2; i++) {
        package_close(&packages[i]);
        free(bytes[i]);
    }
}

static void a_wrong_field_is_named_and_nothing_is_written(void **state)
{
    struct desk *desk = *state;

    desk->draft.closes = desk->draft.opens;
    assert_int_equal(write_draft(desk), AULA_BAD_FIELD);
    draft_sample(desk);
    desk->draft.office_transport[31] |= 0x80;
    assert_int_equal(write_draft(desk), AULA_BAD_FIELD);
    draft_sample(desk);
    desk->draft.min_anon = 4;
    assert_int_equal(write_draft(desk), AULA_BAD_FIELD);
    draft_sample(desk);
    desk->draft.title.text = "Ya\nds";
    assert_int_equal(write_draft(desk), AULA_BAD_FIELD);
    draft_sample(desk);
    assert_int_equal(write_draft(desk), AULA_OK);
}

static void a_wrong_contest_is_named_and_nothing_is_written(void **state)
{
    struct desk *desk = *state;

    desk->contests[0].rule.limit = 10; /* of 9 proposals */
    assert_int_equal(write_draft(desk), AULA_PKG_CONTEST);
    draft_sample(desk);
    desk->ids[2][1] = desk->ids[2][0];
    assert_int_equal(write_draft(desk), AULA_PKG_CONTEST);
    draft_sample(desk);
    desk->contests[1].rule.n = 0;
    assert_int_equal(write_draft(desk), AULA_PKG_CONTEST);
    draft_sample(desk);
    assert_int_equal(write_draft(desk), AULA_OK);
}

static void confirmations_are_of_these_trustees(void **state)
{
    struct desk *desk = *state;
    uint8_t other[DKG_TRANSCRIPT_BYTES] = {1};

    desk->confirmations[2][0] ^= 1;
    assert_int_equal(write_draft(desk), AULA_PKG_CONFIRM);
    draft_sample(desk);
    desk->draft.transcript2 = other;
    assert_int_equal(write_draft(desk), AULA_PKG_CONFIRM);
}

/* Lengths that a u16 would cut down to something that passes. */
static void lengths_are_never_cut(void **state)
{
    struct desk *desk = *state;
    char *text = malloc(65536 + 5);

    assert_non_null(text);
    memset(text, 'x', 65536 + 5);
    for (size_t size = 65535; size <= 65536 + 5; size++) {
        struct package_text wide = {text, size};

        desk->draft.title = wide;
        assert_int_equal(write_draft(desk), AULA_BAD_FIELD);
        draft_sample(desk);
        desk->contests[0].name = wide;
        assert_int_equal(write_draft(desk), AULA_BAD_FIELD);
        draft_sample(desk);
        desk->ids[0][8] = wide;
        assert_int_equal(write_draft(desk), AULA_BAD_FIELD);
        draft_sample(desk);
        desk->names[3][0] = wide;
        assert_int_equal(write_draft(desk), AULA_BAD_FIELD);
        draft_sample(desk);
    }
    free(text);
}

static void a_package_has_1_to_1000_contests(void **state)
{
    static const size_t bad[] = {0, 1001, 65535, 65536, 65537};
    struct desk *desk = *state;
    struct package_contest *contests = calloc(65537, sizeof *contests);

    assert_non_null(contests);
    for (size_t c = 0; c < 65537; c++) {
        contests[c] = desk->contests[2];
    }
    desk->draft.contests = contests;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        desk->draft.contest_count = bad[i];
        assert_int_equal(write_draft(desk), AULA_BAD_FIELD);
    }
    desk->draft.contest_count = PACKAGE_CONTESTS_MAX;
    assert_int_equal(write_draft(desk), AULA_OK);
    free(contests);
}

/* Contests of 1000 proposals with the longest texts: 17 of them fit. */
static void a_package_above_8_mib_is_not_written(void **state)
{
    struct desk *desk = *state;
    char id[LARGE][65];
    char name[401];
    struct package_text ids[LARGE];
    struct package_text names[LARGE];
    uint64_t costs[LARGE] = {0};
    struct package_contest contests[18];

    memset(name, 'n', sizeof name);
    for (size_t q = 0; q < LARGE; q++) {
        (void)snprintf(id[q], sizeof id[q], "%064zu", q);
        ids[q] = (struct package_text){id[q], 64};
        names[q] = (struct package_text){name, 400};
    }
    for (size_t c = 0; c < 18; c++) {
        contests[c] = desk->contests[0];
        contests[c].rule.n = LARGE;
        contests[c].rule.costs = costs;
        contests[c].ids = ids;
        contests[c].names = names;
    }
    desk->draft.contests = contests;
    desk->draft.contest_count = 17;
    assert_int_equal(write_draft(desk), AULA_OK);
    desk->draft.contest_count = 18;
    assert_int_equal(write_draft(desk), AULA_TOO_LARGE);
}

/* K = A_10 + A_20 + A_30 is O when the third is the negative of the others. */
static void trustees_whose_key_is_nothing_get_no_package(void **state)
{
    struct desk *desk = *state;
    struct dkg_set set = desk->ceremony->set;
    uint8_t sum[GROUP_POINT_BYTES];
    uint8_t zero[GROUP_POINT_BYTES] = {0};
    uint8_t commitments[2 * GROUP_POINT_BYTES];

    group_add(sum, set.members[0].commitments, set.members[1].commitments);
    group_sub(commitments, zero, sum);
    memcpy(commitments + GROUP_POINT_BYTES,
           set.members[2].commitments + GROUP_POINT_BYTES, GROUP_POINT_BYTES);
    set.members[2].commitments = commitments;
    desk->draft.trustees = &set;
    assert_int_equal(write_draft(desk), AULA_DKG_KEY);
}

#define WITH_DESK(test)                                                        \
    cmocka_unit_test_setup_teardown(test, open_desk, close_desk)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_DESK(a_package_is_written_byte_for_byte),
        WITH_DESK(a_rehearsal_is_written_without_the_floors),
        WITH_DESK(one_trustee_suffices_for_a_rehearsal_only),
        WITH_DESK(all_trustees_there_can_be_are_written),
        WITH_DESK(another_nonce_is_another_election),
        WITH_DESK(a_wrong_field_is_named_and_nothing_is_written),
        WITH_DESK(a_wrong_contest_is_named_and_nothing_is_written),
        WITH_DESK(confirmations_are_of_these_trustees),
        WITH_DESK(lengths_are_never_cut),
        WITH_DESK(a_package_has_1_to_1000_contests),
        WITH_DESK(a_package_above_8_mib_is_not_written),
        WITH_DESK(trustees_whose_key_is_nothing_get_no_package),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
