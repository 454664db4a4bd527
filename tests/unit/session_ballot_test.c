/* SPDX-License-Identifier: Apache-2.0 */
/* One ballot from its code to its end (PROTOCOL.md 7.2): what is shown is what
 * is recorded, and no secret stays. */
#include "terminal_desk_chain.h"

#include "cheap_pwhash.h"
#include "vfs.h"

/* The record that stands there is what was shown. */
static void must_be_shown(const struct desk *desk,
                          const struct session_ballot *shown,
                          enum record_kind kind)
{
    struct desk_record found;
    struct session_ballot again;
    uint8_t hash[BALLOT_CODE_HASH_BYTES];
    char code[CODE_TEXT_BYTES];

    desk_read(&found, desk, (int64_t)shown->seq);
    assert_int_equal(found.record.kind, kind);
    assert_int_equal(found.record.contest, shown->contest);
    assert_int_equal(found.record.time, shown->time);
    record_code_hash(hash, &found.record, &desk->package);
    assert_memory_equal(hash, shown->hash, sizeof hash);
    code_write(code, hash);
    assert_string_equal(code, shown->code);
    assert_int_equal(session_shown(desk->terminal, &again, shown->seq, NULL),
                     AULA_OK);
    assert_int_equal(again.contest, shown->contest);
    assert_int_equal(again.seq, shown->seq);
    assert_int_equal(again.time, shown->time);
    assert_memory_equal(again.hash, shown->hash, sizeof again.hash);
    assert_string_equal(again.code, shown->code);
    assert_string_equal(again.qr, shown->qr);
}

static void the_code_that_is_shown_is_that_of_the_record(void **state)
{
    struct desk *desk = *state;
    struct session_ballot shown;
    struct desk_record found;
    uint8_t tag[TAG_BYTES];

    desk_check_in(desk, DESK_VOTER);
    shown = desk_prepare(desk, 1);
    assert_int_equal(shown.seq, desk_seq(desk) + 1);
    assert_false(shown.equals_opened);
    desk_cast(desk);
    assert_int_equal(desk_seq(desk), shown.seq);
    must_be_shown(desk, &shown, RECORD_CAST);
    assert_int_equal(tag_make(tag, desk->tag_key, desk->package.hash,
                              TAG_SCHEME_IIN, TAG_STRETCH_NONE, DESK_VOTER,
                              strlen(DESK_VOTER), NULL),
                     AULA_OK);
    desk_read(&found, desk, 0);
    assert_memory_equal(found.record.voter, tag, sizeof tag);
    assert_int_equal(recover_verify(desk->terminal, NULL, NULL), AULA_OK);
}

/* Neither the tag nor what would lead to it is in the record. */
static void a_challenged_record_opens_the_ballot_and_nobody(void **state)
{
    struct desk *desk = *state;
    struct session_ballot shown;
    struct desk_record found;
    uint8_t tag[TAG_BYTES];

    desk_check_in(desk, DESK_VOTER);
    memcpy(tag, desk->terminal->secrets->tag, sizeof tag);
    shown = desk_prepare(desk, 1);
    desk_challenge(desk);
    must_be_shown(desk, &shown, RECORD_CHALLENGED);
    desk_read(&found, desk, 0);
    assert_int_equal(found.record.plaintext_size, sizeof desk_parks);
    assert_memory_equal(found.record.plaintext, desk_parks, sizeof desk_parks);
    for (size_t i = 0; i + sizeof tag <= found.row.size; i++) {
        assert_memory_not_equal(found.row.bytes + i, tag, sizeof tag);
    }
    assert_int_equal(session_left(desk->terminal, NULL), 2);
    assert_int_equal(desk_status(desk).day.challenged, 1);
    assert_int_equal(desk_status(desk).day.cast, 0);
    assert_int_equal(recover_verify(desk->terminal, NULL, NULL), AULA_OK);
}

static void the_next_ballot_has_secrets_of_its_own(void **state)
{
    struct desk *desk = *state;
    struct terminal_secrets first;

    desk_check_in(desk, DESK_VOTER);
    (void)desk_prepare(desk, 0);
    first = *desk->terminal->secrets;
    (void)desk_prepare(desk, 0);
    assert_memory_not_equal(desk->terminal->secrets->seed, first.seed,
                            sizeof first.seed);
    assert_memory_not_equal(desk->terminal->secrets->nonce, first.nonce,
                            sizeof first.nonce);
    assert_memory_equal(desk->terminal->secrets->tag, first.tag,
                        sizeof first.tag);
}

static void a_ballot_like_an_opened_one_is_seen(void **state)
{
    static const uint8_t others[1] = {0x09};
    struct desk *desk = *state;
    struct session_ballot shown;

    desk_check_in(desk, DESK_VOTER);
    assert_false(desk_prepare(desk, 0).equals_opened);
    desk_challenge(desk);
    assert_false(desk_prepare(desk, 1).equals_opened);
    assert_int_equal(session_prepare(desk->terminal, &shown, 0, others, 1,
                                     NULL),
                     AULA_OK);
    assert_false(shown.equals_opened);
    assert_true(desk_prepare(desk, 0).equals_opened);
    desk_reopen(desk);
    assert_true(desk_prepare(desk, 0).equals_opened);
    desk_cast(desk);
    desk_leave(desk);
    desk_check_in(desk, DESK_OTHER);
    assert_false(desk_prepare(desk, 0).equals_opened);
}

static void choices_that_break_the_rules_are_not_encrypted(void **state)
{
    static const struct {
        uint16_t contest;
        uint8_t bytes[4];
        size_t size;
        enum aula_code code;
    } rows[] = {{0, {0x07}, 1, AULA_PT_LIMIT},
                {0, {0x10}, 1, AULA_PT_PADDING},
                {0, {0x01}, 0, AULA_PT_PADDING},
                {0, {0x01, 0}, 2, AULA_PT_PADDING},
                {1, {4, 0, 0}, 3, AULA_PT_LIMIT},
                {1, {3, 3, 0}, 3, AULA_PT_LIMIT},
                {1, {1, 1}, 2, AULA_PT_PADDING},
                {1, {1, 1, 1, 0}, 4, AULA_PT_PADDING}};
    struct desk *desk = *state;
    uint64_t seq = desk_seq(desk);

    desk_check_in(desk, DESK_VOTER);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct session_ballot ballot = {.seq = 77};

        (void)desk_prepare(desk, 0);
        assert_int_equal(session_prepare(desk->terminal, &ballot,
                                         rows[i].contest, rows[i].bytes,
                                         rows[i].size, NULL),
                         rows[i].code);
        assert_int_equal(ballot.seq, 77);
        assert_int_equal(session_cast(desk->terminal, NULL), AULA_STATE);
    }
    assert_int_equal(desk_seq(desk), seq);
}

static bool is_zero(const void *bytes, size_t size)
{
    return sodium_is_zero(bytes, size) == 1;
}

static void must_be_wiped(const struct desk *desk)
{
    const struct terminal_secrets *secrets = desk->terminal->secrets;

    assert_true(is_zero(secrets->seed, sizeof secrets->seed));
    assert_true(is_zero(secrets->nonce, sizeof secrets->nonce));
    assert_true(is_zero(secrets->plaintext, sizeof secrets->plaintext));
    assert_true(is_zero(secrets->found_tag, sizeof secrets->found_tag));
    assert_true(is_zero(&desk->terminal->ballot,
                        sizeof desk->terminal->ballot));
}

static void prepare_secrets(struct desk *desk)
{
    const struct terminal_secrets *secrets = desk->terminal->secrets;

    (void)desk_prepare(desk, 1);
    assert_false(is_zero(secrets->seed, sizeof secrets->seed));
    assert_false(is_zero(secrets->nonce, sizeof secrets->nonce));
    assert_memory_equal(secrets->plaintext, desk_parks, sizeof desk_parks);
    assert_false(is_zero(secrets->tag, sizeof secrets->tag));
}

static void no_secret_outlives_its_ballot(void **state)
{
    struct desk *desk = *state;
    struct session_ballot ballot;

    desk_check_in(desk, DESK_VOTER);
    prepare_secrets(desk);
    desk_challenge(desk);
    must_be_wiped(desk);
    prepare_secrets(desk);
    session_drop(desk->terminal);
    must_be_wiped(desk);
    prepare_secrets(desk);
    assert_int_equal(session_prepare(desk->terminal, &ballot, 1, desk_parks, 2,
                                     NULL),
                     AULA_PT_PADDING);
    must_be_wiped(desk);
    prepare_secrets(desk);
    desk_cast(desk);
    must_be_wiped(desk);
    desk_leave(desk);
    must_be_wiped(desk);
    assert_true(is_zero(desk->terminal->secrets->tag, TAG_BYTES));
    desk_check_in(desk, DESK_OTHER);
    prepare_secrets(desk);
    desk_leave(desk);
    must_be_wiped(desk);
    assert_true(is_zero(desk->terminal->secrets->tag, TAG_BYTES));
}

static void only_ballots_are_shown_again(void **state)
{
    struct desk *desk = *state;
    struct session_ballot ballot;
    uint64_t seq = desk_seq(desk);

    assert_int_equal(session_shown(desk->terminal, &ballot, 0, NULL),
                     AULA_STATE);
    assert_int_equal(session_shown(desk->terminal, &ballot, seq, NULL),
                     AULA_STATE);
    assert_int_equal(session_shown(desk->terminal, &ballot, seq + 1, NULL),
                     AULA_STATE);
}

#define OPEN(test)                                                             \
    cmocka_unit_test_setup_teardown(test, desk_make_open, desk_clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPEN(the_code_that_is_shown_is_that_of_the_record),
        OPEN(a_challenged_record_opens_the_ballot_and_nobody),
        OPEN(the_next_ballot_has_secrets_of_its_own),
        OPEN(a_ballot_like_an_opened_one_is_seen),
        OPEN(choices_that_break_the_rules_are_not_encrypted),
        OPEN(no_secret_outlives_its_ballot),
        OPEN(only_ballots_are_shown_again),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
