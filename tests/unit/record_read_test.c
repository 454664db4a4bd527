/* SPDX-License-Identifier: Apache-2.0 */
/* What the bytes of a record may say before anyone asks who signed it: checks 1
 * to 6 in their order, and the values of events (PROTOCOL.md 9.1). */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bytes.h"
#include "record.h"

enum { AT_KIND = 5, AT_CONTEST = 6, AT_EID = 8, AT_SEQ = 40, AT_BODY = 88 };

static const uint8_t eid[PACKAGE_ID_BYTES] = {1, 2, 3};

/* A good header of a kind; what follows is zeros. */
static void start(uint8_t bytes[static RECORD_BYTES_MAX + 1], uint8_t kind)
{
    memset(bytes, 0, RECORD_BYTES_MAX + 1);
    memcpy(bytes, "AULR\1", 5);
    bytes[AT_KIND] = kind;
    put_le16(bytes + AT_CONTEST, kind <= RECORD_CHALLENGED ? 0 : UINT16_MAX);
    memcpy(bytes + AT_EID, eid, sizeof eid);
    put_le64(bytes + AT_SEQ, 1);
}

/* Read `size` bytes with nothing behind them. The election has one contest, of
 * approval, with nine proposals: w = 1, P = 2. */
static enum aula_code read_exact(const uint8_t *bytes, size_t size)
{
    static const struct record untouched;
    struct package_contest contest = {
        .rule = {.type = PLAINTEXT_APPROVAL, .n = 9, .limit = 3}};
    struct package package = {.contest_count = 1, .contests = &contest};
    struct record record = {0};
    uint8_t *exact = malloc(size > 0 ? size : 1);
    enum aula_code code;

    memcpy(package.hash, eid, sizeof eid);
    memcpy(exact, bytes, size);
    code = record_read(&record, &package, exact, size);
    if (code != AULA_OK) {
        assert_memory_equal(&record, &untouched, sizeof record);
    } else {
        assert_ptr_equal(record.bytes, exact);
        assert_int_equal(record.size, size);
    }
    free(exact);
    return code;
}

static enum aula_code read_event(uint16_t code, uint16_t zero, uint64_t value)
{
    uint8_t bytes[RECORD_BYTES_MAX + 1];

    start(bytes, RECORD_EVENT);
    put_le16(bytes + AT_BODY, code);
    put_le16(bytes + AT_BODY + 2, zero);
    put_le64(bytes + AT_BODY + 4, value);
    return read_exact(bytes, RECORD_EVENT_BYTES);
}

static void each_event_has_the_values_of_its_row(void **state)
{
    static const uint64_t values[] = {0, 1, UINT32_MAX,
                                      (uint64_t)UINT32_MAX + 1, UINT64_MAX};
    static const char *const allowed[] = {
        [RECORD_STARTED] = "y....",  [RECORD_RECOVERED] = "y....",
        [RECORD_UNLOCKED] = "y....", [RECORD_LOCKED_OUT] = "y....",
        [RECORD_EXPORTED] = ".yy..", [RECORD_CLOCK_CHANGED] = "yyyyy",
        [RECORD_FAULT] = "yyyyy",    [RECORD_PAUSED] = "y....",
        [RECORD_RESUMED] = "y....",  [RECORD_EARLY_CLOSE] = "y....",
        [RECORD_REOPENED] = "y....", [RECORD_SETUP_CHANGED] = "yyy..",
    };

    (void)state;
    for (uint16_t code = 1; code <= RECORD_SETUP_CHANGED; code++) {
        for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
            assert_int_equal(read_event(code, 0, values[i]),
                             allowed[code][i] == 'y' ? AULA_OK
                                                     : AULA_BAD_FIELD);
        }
    }
}

static void an_event_of_no_row_is_refused_whatever_its_value(void **state)
{
    (void)state;
    for (uint32_t code = 0; code <= UINT16_MAX; code++) {
        bool is_known = code >= 1 && code <= RECORD_SETUP_CHANGED;

        if (!is_known) {
            assert_int_equal(read_event((uint16_t)code, 0, 0), AULA_BAD_FIELD);
            assert_int_equal(read_event((uint16_t)code, 0, 1), AULA_BAD_FIELD);
        }
    }
}

static void the_zero_field_of_an_event_is_zero(void **state)
{
    (void)state;
    for (unsigned bit = 0; bit < 16; bit++) {
        assert_int_equal(read_event(RECORD_FAULT, (uint16_t)(1U << bit), 5),
                         AULA_BAD_FIELD);
    }
    assert_int_equal(read_event(RECORD_FAULT, 0, 5), AULA_OK);
}

/* Every fault at once; each is taken away when it has been named. */
static void the_first_failed_check_names_the_error(void **state)
{
    uint8_t bytes[RECORD_BYTES_MAX + 1];
    uint8_t wrong[RECORD_BYTES_MAX + 1];

    (void)state;
    start(bytes, RECORD_EVENT);
    memset(wrong, 0xee, sizeof wrong);
    memcpy(wrong + AT_SEQ, bytes, 8);
    assert_int_equal(read_exact(wrong, RECORD_BYTES_MAX + 1), AULA_TOO_LARGE);
    assert_int_equal(read_exact(wrong, RECORD_HEAD_BYTES - 1), AULA_TRUNCATED);
    assert_int_equal(read_exact(wrong, RECORD_HEAD_BYTES), AULA_BAD_MAGIC);
    memcpy(wrong, bytes, 4);
    assert_int_equal(read_exact(wrong, RECORD_HEAD_BYTES), AULA_BAD_VERSION);
    wrong[4] = 1;
    assert_int_equal(read_exact(wrong, RECORD_HEAD_BYTES), AULA_REC_KIND);
    wrong[AT_KIND] = RECORD_EVENT;
    assert_int_equal(read_exact(wrong, RECORD_HEAD_BYTES), AULA_WRONG_ELECTION);
    memcpy(wrong + AT_EID, bytes + AT_EID, PACKAGE_ID_BYTES);
    assert_int_equal(read_exact(wrong, RECORD_HEAD_BYTES), AULA_REC_CONTEST);
    put_le16(wrong + AT_CONTEST, RECORD_NO_CONTEST);
    assert_int_equal(read_exact(wrong, RECORD_HEAD_BYTES), AULA_TRUNCATED);
    assert_int_equal(read_exact(wrong, RECORD_EVENT_BYTES + 1),
                     AULA_TRAILING_BYTES);
    assert_int_equal(read_exact(wrong, RECORD_EVENT_BYTES), AULA_REC_SEQ);
    put_le64(wrong + AT_SEQ, 1);
    assert_int_equal(read_exact(wrong, RECORD_EVENT_BYTES), AULA_BAD_FIELD);
}

static void every_kind_but_five_is_refused(void **state)
{
    static const size_t sizes[] = {0,
                                   RECORD_CAST_BYTES(1),
                                   RECORD_CHALLENGED_BYTES(1, 2),
                                   RECORD_OPENED_BYTES,
                                   RECORD_CLOSED_BYTES,
                                   RECORD_EVENT_BYTES};
    uint8_t bytes[RECORD_BYTES_MAX + 1];

    (void)state;
    for (unsigned kind = 0; kind <= UINT8_MAX; kind++) {
        bool is_known = kind >= RECORD_CAST && kind <= RECORD_EVENT;

        start(bytes, (uint8_t)kind);
        bytes[AT_BODY] = RECORD_STARTED; /* for the event */
        assert_int_equal(read_exact(bytes, is_known
                                               ? sizes[kind]
                                               : (size_t)RECORD_EVENT_BYTES),
                         is_known ? AULA_OK : AULA_REC_KIND);
    }
}

static void a_ballot_names_a_contest_and_nothing_else_does(void **state)
{
    static const uint16_t numbers[] = {0, 1, 2, 0x7FFF, 0xFFFE, 0xFFFF};
    uint8_t bytes[RECORD_BYTES_MAX + 1];

    (void)state;
    for (uint8_t kind = RECORD_CAST; kind <= RECORD_EVENT; kind++) {
        bool is_ballot = kind <= RECORD_CHALLENGED;

        for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
            bool is_right = numbers[i] == (is_ballot ? 0 : RECORD_NO_CONTEST);

            start(bytes, kind);
            put_le16(bytes + AT_CONTEST, numbers[i]);
            assert_int_equal(read_exact(bytes, RECORD_HEAD_BYTES),
                             is_right ? AULA_TRUNCATED : AULA_REC_CONTEST);
        }
    }
}

static void a_seq_is_one_to_two_to_the_twentieth(void **state)
{
    static const struct {
        uint64_t seq;
        enum aula_code code;
    } rows[] = {{0, AULA_REC_SEQ},
                {1, AULA_OK},
                {RECORD_SEQ_MAX, AULA_OK},
                {RECORD_SEQ_MAX + 1, AULA_REC_SEQ},
                {(uint64_t)1 << 32 | 1, AULA_REC_SEQ},
                {UINT64_MAX, AULA_REC_SEQ}};
    uint8_t bytes[RECORD_BYTES_MAX + 1];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        start(bytes, RECORD_OPENED);
        put_le64(bytes + AT_SEQ, rows[i].seq);
        assert_int_equal(read_exact(bytes, RECORD_OPENED_BYTES), rows[i].code);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_event_has_the_values_of_its_row),
        cmocka_unit_test(an_event_of_no_row_is_refused_whatever_its_value),
        cmocka_unit_test(the_zero_field_of_an_event_is_zero),
        cmocka_unit_test(the_first_failed_check_names_the_error),
        cmocka_unit_test(every_kind_but_five_is_refused),
        cmocka_unit_test(a_ballot_names_a_contest_and_nothing_else_does),
        cmocka_unit_test(a_seq_is_one_to_two_to_the_twentieth),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
