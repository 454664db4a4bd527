/* SPDX-License-Identifier: Apache-2.0 */
/* The papers of a terminal's day: what its chain says, however often and
 * however late they are printed. */
#include "terminal_desk.h"

#include "cheap_pwhash.h"
#include "day_report.h"
#include "report_sample.h"
#include "terminal_inside.h"
#include "vfs.h"

static const uint8_t choices[1] = {0x05};
static const uint8_t points[3] = {1, 2, 0};

/* A ballot of a contest, cast or opened. */
static void ballot(struct desk *desk, uint16_t contest, bool is_opened)
{
    struct session_ballot shown;
    struct aula_error err = {0};

    if (session_prepare(desk->terminal, &shown, contest,
                        contest == 0 ? choices : points,
                        contest == 0 ? sizeof choices : sizeof points,
                        &err) != AULA_OK ||
        (is_opened ? session_challenge : session_cast)(desk->terminal, &err) !=
            AULA_OK) {
        fail_msg("%s", err.message);
    }
}

static void leave(struct desk *desk)
{
    assert_int_equal(session_leave(desk->terminal, NULL, NULL), AULA_OK);
}

/* One uses both ballots and opens one before, one uses a single one, one goes
 * without any. */
static void vote_a_day(struct desk *desk)
{
    desk_check_in(desk, DESK_VOTER);
    ballot(desk, 0, true);
    ballot(desk, 0, false);
    ballot(desk, 1, false);
    leave(desk);
    desk_check_in(desk, DESK_OTHER);
    ballot(desk, 1, false);
    leave(desk);
    desk_reopen(desk);
    desk_check_in(desk, DESK_THIRD);
    leave(desk);
}

static void close_day(struct desk *desk)
{
    desk->now = DESK_MORNING + (uint64_t)8 * DESK_HOUR_S;
    assert_int_equal(day_close(desk->terminal, NULL, NULL), AULA_OK);
}

/* Owner: free */
static char *zero(struct desk *desk)
{
    char *text = NULL;

    assert_int_equal(day_report_zero(&text, desk->terminal, NULL, NULL),
                     AULA_OK);
    return text;
}

/* Owner: free */
static char *closed(struct desk *desk, const char *second)
{
    char *text = NULL;

    assert_int_equal(day_report_close(&text, desk->terminal, second, NULL),
                     AULA_OK);
    return text;
}

static void no_paper_comes_before_its_time(void **state)
{
    struct desk *desk = *state;
    char *text = NULL;

    desk_reopen(desk);
    assert_int_equal(day_report_zero(&text, desk->terminal, NULL, NULL),
                     AULA_STATE);
    assert_int_equal(day_report_close(&text, desk->terminal, NULL, NULL),
                     AULA_STATE);
    desk_install(desk);
    assert_int_equal(day_report_zero(&text, desk->terminal, NULL, NULL),
                     AULA_STATE);
    assert_int_equal(day_report_close(&text, desk->terminal, NULL, NULL),
                     AULA_STATE);
    desk_open_day(desk);
    assert_int_equal(day_report_close(&text, desk->terminal, NULL, NULL),
                     AULA_STATE);
    assert_null(text);
}

static void the_zero_report_is_that_of_the_first_opening(void **state)
{
    struct desk *desk = *state;
    char *first = zero(desk);
    char *later;

    report_expect(first, "Аула таңдауы\n", 1);
    report_expect(first, "Выбор двора\n", 1);
    report_expect(first, " Hall 7\n", 2);
    report_expect(first, "    Аулалар ", 1);
    report_expect(first, "    Парки ", 1);
    report_expect(first, "ОҚУ РЕЖИМІ", 1);
    report_expect(first, "6 апреля 2027 года, 10:00\n", 1);
    report_expect(first, "Кім ашты ................................. Ainur\n",
                  1);
    report_expect(first, "В терминале нет ни одного бюллетеня.\n", 1);
    vote_a_day(desk);
    later = zero(desk);
    assert_string_equal(later, first);
    free(later);
    free(first);
}

static void a_second_day_has_no_zero_report(void **state)
{
    struct desk *desk = *state;
    char *text = NULL;

    close_day(desk);
    text = zero(desk);
    free(text);
    text = NULL;
    desk->now = DESK_MORNING + DESK_DAY_S;
    assert_int_equal(terminal_confirm_clock(desk->terminal, NULL), AULA_OK);
    desk_open_day(desk);
    assert_int_equal(day_report_zero(&text, desk->terminal, NULL, NULL),
                     AULA_STATE);
    assert_null(text);
}

static void a_day_is_counted_from_its_chain(void **state)
{
    struct desk *desk = *state;
    char code[CODE_TEXT_BYTES];
    char *text;

    vote_a_day(desk);
    close_day(desk);
    text = closed(desk, NULL);
    report_expect(text, "  3 = 2 + 1: сходится\n", 1);
    report_expect(text, "  6 = 3 + 3: сходится\n", 1);
    report_expect(text, "  Аулалар ", 2);
    report_expect(text, "    Дворы .......................... 1 бюллетень\n",
                  2);
    report_expect(text, "    Парки .......................... 2 бюллетеня\n",
                  2);
    report_expect(text, "  раскрыто при проверке ...................... 1\n",
                  2);
    report_expect(text, "Числа сходятся.\n", 1);
    report_expect(text, "НЕ СХОД", 0);
    report_expect(text, "досрочно", 0);
    report_expect(text, "Порядковый номер дня ......................... 1\n",
                  1);
    code_write(code, desk_status(desk).closed_hash);
    report_expect(text, code, 1);
    free(text);
}

/* A new day begins at nothing; the totals go on. */
static void each_day_is_counted_for_itself(void **state)
{
    struct desk *desk = *state;
    char *text;

    vote_a_day(desk);
    close_day(desk);
    desk->now = DESK_MORNING + DESK_DAY_S;
    assert_int_equal(terminal_confirm_clock(desk->terminal, NULL), AULA_OK);
    desk_open_day(desk);
    desk_check_in(desk, DESK_THIRD);
    ballot(desk, 0, false);
    leave(desk);
    desk->now += (uint64_t)8 * DESK_HOUR_S;
    assert_int_equal(day_close(desk->terminal, NULL, NULL), AULA_OK);
    desk_reopen(desk);
    text = closed(desk, NULL);
    report_expect(text, "Порядковый номер дня ......................... 2\n",
                  1);
    report_expect(text, "  1 = 1 + 0: сходится\n", 1);
    report_expect(text, "  2 = 1 + 1: сходится\n", 1);
    report_expect(text, "  принято .................................... 1\n",
                  1);
    report_expect(text, "  принято .................................... 4\n",
                  1);
    report_expect(text, "    Парки ......................... 0 бюллетеней\n",
                  1);
    report_expect(text, "Числа сходятся.\n", 1);
    report_expect(text, "повторно", 0);
    free(text);
}

static void an_early_close_and_a_reopening_are_said(void **state)
{
    static const uint8_t digest[RECORD_DIGEST_BYTES] = {0xd1};
    struct desk *desk = *state;
    struct keyslot_holder holder = desk_holder("Berik");
    struct official second;
    char *text;

    assert_int_equal(custody_add(desk->terminal, &holder, NULL), AULA_OK);
    second = desk_official("Berik");
    assert_int_equal(day_close(desk->terminal, &second, NULL), AULA_OK);
    text = closed(desk, "Berik");
    report_expect(text, "досрочно", 1);
    report_expect(text, "повторно", 0);
    report_expect(text, "Кто закрыл ............................... Berik\n",
                  1);
    report_expect(text, "Қызметкер / Сотрудник\n  Berik\n", 1);
    free(text);
    assert_int_equal(day_open(desk->terminal, digest, &second, NULL), AULA_OK);
    close_day(desk);
    text = closed(desk, NULL);
    report_expect(text, "досрочно", 0);
    report_expect(text, "повторно", 1);
    free(text);
}

/* Whatever was counted beside the chain is compared with it. */
static void a_session_that_was_not_counted_is_found(void **state)
{
    struct desk *desk = *state;
    char *text;

    vote_a_day(desk);
    close_day(desk);
    desk->terminal->day.finished--;
    text = closed(desk, NULL);
    report_expect(text, "ЧИСЛА НЕ СХОДЯТСЯ", 1);
    report_expect(text, "  3 <> 1 + 1: НЕ СХОДИТСЯ\n", 1);
    free(text);
}

static int make_one_ballot(void **state)
{
    struct desk *desk = desk_new(&(struct desk_wish){.one_per_election = true});

    *state = desk;
    desk_reopen(desk);
    desk_install(desk);
    desk_open_day(desk);
    return 0;
}

/* Both contests are open to a person, and one ballot. */
static void one_ballot_a_person_is_one_of_any_contest(void **state)
{
    struct desk *desk = *state;
    char *text;

    desk_check_in(desk, DESK_VOTER);
    ballot(desk, 1, false);
    leave(desk);
    desk_check_in(desk, DESK_OTHER);
    leave(desk);
    close_day(desk);
    text = closed(desk, NULL);
    report_expect(text, "  2 = 1 + 1: сходится\n", 2);
    report_expect(text, "Числа сходятся.\n", 1);
    free(text);
}

#define OPEN(test)                                                             \
    cmocka_unit_test_setup_teardown(test, desk_make_open, desk_clear)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_paper_comes_before_its_time,
                                        desk_make, desk_clear),
        OPEN(the_zero_report_is_that_of_the_first_opening),
        OPEN(a_second_day_has_no_zero_report),
        OPEN(a_day_is_counted_from_its_chain),
        OPEN(each_day_is_counted_for_itself),
        OPEN(an_early_close_and_a_reopening_are_said),
        OPEN(a_session_that_was_not_counted_is_found),
        cmocka_unit_test_setup_teardown(
            one_ballot_a_person_is_one_of_any_contest, make_one_ballot,
            desk_clear),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
