/* SPDX-License-Identifier: Apache-2.0 */
/* The signed objects around a count: rulings, the list of those who voted
 * elsewhere, closing, approval. What is made passes; cut, longer, of another
 * election or with any bit flipped it does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "approval.h"
#include "closing.h"
#include "elsewhere.h"
#include "rulings.h"
#include "vector_board.h"

static const uint8_t tid[TERMINAL_ID_BYTES] = {1, 2, 3};
static const uint8_t none[HASH_BYTES] = {0};

/* One of the four checks, on bytes of the board's package. */
typedef enum aula_code check(const struct package *package,
                             const uint8_t *bytes, size_t size);

static enum aula_code check_rulings(const struct package *package,
                                    const uint8_t *bytes, size_t size)
{
    struct rulings found;
    enum aula_code code = rulings_check(&found, package, bytes, size, NULL);

    rulings_close(&found);
    return code;
}

static enum aula_code check_elsewhere(const struct package *package,
                                      const uint8_t *bytes, size_t size)
{
    struct elsewhere found;

    return elsewhere_check(&found, package, bytes, size, NULL);
}

static enum aula_code check_closing(const struct package *package,
                                    const uint8_t *bytes, size_t size)
{
    uint64_t time;

    return closing_check(&time, package, bytes, size, NULL);
}

static enum aula_code check_approval(const struct package *package,
                                     const uint8_t *bytes, size_t size)
{
    uint8_t trustee;

    return approval_check(&trustee, package, none, 0, bytes, size, NULL);
}

/* Good bytes, and everything that is near to them. */
static void refuse_neighbours(const struct package *package, check *checked,
                              const uint8_t *bytes, size_t size)
{
    struct package other = *package;
    uint8_t *copy = malloc(size + 1);

    assert_non_null(copy);
    memcpy(copy, bytes, size);
    copy[size] = 0;
    assert_int_equal(checked(package, copy, size), AULA_OK);
    for (size_t cut = 0; cut < size; cut++) {
        assert_int_equal(checked(package, copy, cut), AULA_TRUNCATED);
    }
    assert_int_equal(checked(package, copy, size + 1), AULA_TRAILING_BYTES);
    for (size_t bit = 0; bit < 8 * size; bit++) {
        copy[bit / 8] ^= (uint8_t)(1U << (bit % 8));
        assert_int_not_equal(checked(package, copy, size), AULA_OK);
        copy[bit / 8] ^= (uint8_t)(1U << (bit % 8));
    }
    other.hash[0] ^= 1;
    assert_int_equal(checked(&other, copy, size), AULA_WRONG_ELECTION);
    other = *package;
    other.office_key[0] ^= 1;
    other.trustee_keys[0][0] ^= 1;
    assert_int_equal(checked(&other, copy, size), AULA_SIG_INVALID);
    free(copy);
}

/* ---- rulings */

static struct rulings_row row_of(const char *reason, size_t size)
{
    return (struct rulings_row){RULINGS_EXPLAIN, tid, 7, none, {reason, size}};
}

static void rulings_say_what_was_ruled(void **state)
{
    const struct vector_board *board = *state;
    const struct rulings_row rows[2] = {row_of("fire", 4), row_of("flood", 5)};
    size_t size = rulings_size(rows, 2);
    uint8_t *file = malloc(size);
    struct rulings found;

    assert_non_null(file);
    assert_int_equal(rulings_make(file, &board->package, board->office_secret,
                                  rows, 2, NULL),
                     AULA_OK);
    assert_int_equal(rulings_check(&found, &board->package, file, size, NULL),
                     AULA_OK);
    assert_int_equal(found.count, 2);
    assert_int_equal(found.rows[1].type, RULINGS_EXPLAIN);
    assert_int_equal(found.rows[1].seq, 7);
    assert_memory_equal(found.rows[1].tid, tid, sizeof tid);
    assert_memory_equal(found.rows[1].hash, none, sizeof none);
    assert_int_equal(found.rows[1].reason.size, 5);
    assert_memory_equal(found.rows[1].reason.text, "flood", 5);
    rulings_close(&found);
    refuse_neighbours(&board->package, check_rulings, file, size);
    free(file);
}

static void a_reason_is_a_text_of_one_line(void **state)
{
    static const char text[RULINGS_REASON_MAX + 1] = "";
    const struct vector_board *board = *state;
    const struct rulings_row bad[] = {row_of("", 0), row_of("a\nb", 3),
                                      row_of("\xff", 1),
                                      row_of(text, sizeof text)};
    char longest[RULINGS_REASON_MAX + 1];
    struct rulings_row row = row_of(longest, RULINGS_REASON_MAX);
    uint8_t file[RULINGS_HEAD_BYTES + SIGN_BYTES + RULINGS_ROW_BYTES +
                 RULINGS_REASON_MAX + 1];

    memset(longest, 'a', sizeof longest);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(rulings_make(file, &board->package,
                                      board->office_secret, &bad[i], 1, NULL),
                         AULA_BAD_FIELD);
    }
    assert_int_equal(rulings_make(file, &board->package, board->office_secret,
                                  &row, 1, NULL),
                     AULA_OK);
    row.reason.size++;
    assert_int_equal(rulings_make(file, &board->package, board->office_secret,
                                  &row, 1, NULL),
                     AULA_BAD_FIELD);
}

static void there_are_no_more_rows_than_can_be_counted(void **state)
{
    const struct vector_board *board = *state;
    struct rulings_row *rows = calloc(RULINGS_COUNT_MAX + 1, sizeof *rows);
    uint8_t file[1];

    assert_non_null(rows);
    assert_int_equal(rulings_make(file, &board->package, board->office_secret,
                                  rows, RULINGS_COUNT_MAX + 1, NULL),
                     AULA_BAD_FIELD);
    free(rows);
}

/* ---- voted elsewhere */

static void tags_are_brought_into_order(void **state)
{
    const struct vector_board *board = *state;
    uint8_t tags[3][TAG_BYTES] = {{3}, {1}, {2}};
    uint8_t file[ELSEWHERE_BYTES(3)];
    struct elsewhere found = {0, NULL};

    assert_int_equal(elsewhere_make(file, &board->package, board->office_secret,
                                    tags, 3, NULL),
                     AULA_OK);
    assert_int_equal(elsewhere_check(&found, &board->package, file, sizeof file,
                                     NULL),
                     AULA_OK);
    assert_int_equal(found.count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(found.tags[i * TAG_BYTES], i + 1);
    }
    refuse_neighbours(&board->package, check_elsewhere, file, sizeof file);
}

static void a_tag_stands_once(void **state)
{
    const struct vector_board *board = *state;
    uint8_t tags[3][TAG_BYTES] = {{3}, {1}, {3}};
    uint8_t file[ELSEWHERE_BYTES(3)];

    assert_int_equal(elsewhere_make(file, &board->package, board->office_secret,
                                    tags, 3, NULL),
                     AULA_ELSEWHERE_ORDER);
}

/* ---- closing */

static struct closing sample(struct closing_terminal terminals[static 1],
                             struct closing_contest contests[static 1])
{
    struct closing closing = {.record_count = 5,
                              .terminal_count = 1,
                              .terminals = terminals,
                              .contest_count = 1,
                              .contests = contests};

    terminals[0] =
        (struct closing_terminal){.tid = {1}, .count = 5, .seq_max = 5};
    contests[0] = (struct closing_contest){.counted = 2};
    return closing;
}

static void a_closing_comes_after_the_voting(void **state)
{
    const struct vector_board *board = *state;
    struct closing_terminal terminals[1];
    struct closing_contest contests[1];
    struct closing closing = sample(terminals, contests);
    uint8_t file[CLOSING_BYTES(1, 1)];
    uint64_t time = 0;

    closing.time = board->package.closes;
    closing_make(file, &board->package, board->office_secret, &closing);
    assert_int_equal(closing_check(&time, &board->package, file, sizeof file,
                                   NULL),
                     AULA_CLOSING_EARLY);
    closing.time++;
    closing_make(file, &board->package, board->office_secret, &closing);
    assert_int_equal(closing_check(&time, &board->package, file, sizeof file,
                                   NULL),
                     AULA_OK);
    assert_int_equal(time, closing.time);
    refuse_neighbours(&board->package, check_closing, file, sizeof file);
}

/* Compare with one part changed; the message names it. */
static void differs(const struct package *package,
                    const struct closing *closing, const uint8_t *file,
                    size_t size)
{
    struct aula_error err = {AULA_OK, ""};

    assert_int_equal(closing_compare(package, closing, file, size, &err),
                     AULA_CLOSING_MISMATCH);
    assert_true(strlen(err.message) > 0);
}

static void each_part_of_a_closing_is_compared(void **state)
{
    const struct vector_board *board = *state;
    const struct package *package = &board->package;
    struct closing_terminal terminals[1];
    struct closing_contest contests[1];
    struct closing closing = sample(terminals, contests);
    uint8_t file[CLOSING_BYTES(1, 1)];
    uint8_t *const hashes[] = {closing.record_set,    closing.rulings,
                               closing.elsewhere,     closing.first_register,
                               closing.late_register, terminals[0].head,
                               contests[0].list_hash, terminals[0].tid};

    closing.time = package->closes + 1;
    closing_make(file, package, board->office_secret, &closing);
    closing.time++; /* nobody can compute that */
    assert_int_equal(closing_compare(package, &closing, file, sizeof file,
                                     NULL),
                     AULA_OK);
    for (size_t i = 0; i < sizeof hashes / sizeof hashes[0]; i++) {
        hashes[i][5] ^= 1;
        differs(package, &closing, file, sizeof file);
        hashes[i][5] ^= 1;
    }
    closing.record_count++;
    differs(package, &closing, file, sizeof file);
    closing.record_count--;
    terminals[0].count++;
    differs(package, &closing, file, sizeof file);
    terminals[0].count--;
    terminals[0].seq_max++;
    differs(package, &closing, file, sizeof file);
    terminals[0].seq_max--;
    contests[0].counted++;
    differs(package, &closing, file, sizeof file);
    contests[0].counted--;
    closing.terminal_count = 0;
    differs(package, &closing, file, sizeof file);
    closing.terminal_count = 1;
    closing.contest_count = 0;
    differs(package, &closing, file, sizeof file);
}

/* ---- approval */

static void an_approval_is_of_one_trustee_and_one_closing(void **state)
{
    const struct vector_board *board = *state;
    const uint8_t other[HASH_BYTES] = {1};
    uint8_t file[APPROVAL_BYTES];
    uint8_t trustee = 0;

    approval_make(file, &board->package, 1, none, board->trustee_secrets[0]);
    assert_int_equal(approval_check(&trustee, &board->package, none, 2, file,
                                    sizeof file, NULL),
                     AULA_OK);
    assert_int_equal(trustee, 1);
    assert_int_equal(approval_check(&trustee, &board->package, none, 1, file,
                                    sizeof file, NULL),
                     AULA_APPROVE_TRUSTEE);
    assert_int_equal(approval_check(&trustee, &board->package, other, 0, file,
                                    sizeof file, NULL),
                     AULA_APPROVE_CLOSING);
    refuse_neighbours(&board->package, check_approval, file, sizeof file);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(rulings_say_what_was_ruled),
        cmocka_unit_test(a_reason_is_a_text_of_one_line),
        cmocka_unit_test(there_are_no_more_rows_than_can_be_counted),
        cmocka_unit_test(tags_are_brought_into_order),
        cmocka_unit_test(a_tag_stands_once),
        cmocka_unit_test(a_closing_comes_after_the_voting),
        cmocka_unit_test(each_part_of_a_closing_is_compared),
        cmocka_unit_test(an_approval_is_of_one_trustee_and_one_closing),
    };

    return sodium_init() < 0 ||
           cmocka_run_group_tests(tests, vector_board_open, vector_board_close);
}
