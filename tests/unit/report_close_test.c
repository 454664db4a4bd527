/* SPDX-License-Identifier: Apache-2.0 */
/* The reconciliation of a close: every number in both languages, the closing
 * code, and a wrong balance said aloud. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "code.h"
#include "report_sample.h"

static void expect_numbers_of_the_day(const char *text)
{
    report_expect(text, "  басталды ................................. 131\n",
                  1);
    report_expect(text, "  начато ................................... 131\n",
                  1);
    report_expect(text, "  бюллетеньмен аяқталды .................... 119\n",
                  1);
    report_expect(text, "  завершено бюллетенем ..................... 119\n",
                  1);
    report_expect(text, "  аяқталмады ................................ 12\n",
                  1);
    report_expect(text, "  не завершено .............................. 12\n",
                  1);
    report_expect(text, "  131 = 119 + 12: сәйкес келеді\n", 1);
    report_expect(text, "  131 = 119 + 12: сходится\n", 1);
    report_expect(text, "  тапсыруға құқық болды .................... 262\n",
                  1);
    report_expect(text, "  было право подать ........................ 262\n",
                  1);
    report_expect(text, "  пайдаланылмады ........................... 111\n",
                  1);
    report_expect(text, "  не использовано .......................... 111\n",
                  1);
    report_expect(text, "  262 = 151 + 111: сәйкес келеді\n", 1);
    report_expect(text, "  262 = 151 + 111: сходится\n", 1);
    report_expect(text, "  қабылданды ............................... 151\n",
                  1);
    report_expect(text, "  принято .................................. 151\n",
                  1);
    report_expect(text, "  тексеру үшін ашылды ....................... 17\n",
                  1);
    report_expect(text, "  раскрыто при проверке ..................... 17\n",
                  1);
    report_expect(text, " 101 бюллетень\n", 2);
    report_expect(text, " 50 бюллетень\n", 1);
    report_expect(text, " 50 бюллетеней\n", 1);
}

static void expect_totals(const char *text)
{
    report_expect(text, "  қабылданды ............................... 603\n",
                  1);
    report_expect(text, "  принято .................................. 603\n",
                  1);
    report_expect(text, "  тексеру үшін ашылды ....................... 36\n",
                  1);
    report_expect(text, "  раскрыто при проверке ..................... 36\n",
                  1);
    report_expect(text, " 402 бюллетень\n", 1);
    report_expect(text, " 402 бюллетеня\n", 1);
    report_expect(text, " 201 бюллетень\n", 2);
}

static void a_close_says_every_number_in_both_languages(void **state)
{
    struct report_sample sample;
    char *text;

    (void)state;
    report_sample_close(&sample);
    assert_true(report_is_balanced(&sample.view));
    text = report_sample_write(report_close, &sample.view);
    report_expect_order(text, "КҮН ҚОРЫТЫНДЫСЫ\n", "ИТОГ ДНЯ\n");
    report_expect(text, "Күннің реттік нөмірі ......................... 4\n",
                  1);
    report_expect(text, "Порядковый номер дня ......................... 4\n",
                  1);
    report_expect(text, "Ашылды ............... 2027 жылғы 6 сәуір, 10:05\n",
                  1);
    report_expect(text, "Жабылды .............. 2027 жылғы 6 сәуір, 19:15\n",
                  1);
    report_expect(text, "Закрыт ............... 6 апреля 2027 года, 19:15\n",
                  1);
    report_expect(text, "Кто закрыл ....................... Болат Оспанов\n",
                  1);
    expect_numbers_of_the_day(text);
    expect_totals(text);
    report_expect(text, "Сандар сәйкес келеді.\n", 1);
    report_expect(text, "Числа сходятся.\n", 1);
    report_expect(text, "КЕЛМЕЙДІ", 0);
    report_expect(text, "НЕ СХОД", 0);
    report_expect(text, "<>", 0);
    report_expect_setup(text);
    report_expect_signatures(text);
    free(text);
}

static void the_closing_code_stands_alone_with_its_qr(void **state)
{
    struct report_sample sample;
    struct code_qr qr = {.seq = 862};
    char code[CODE_TEXT_BYTES];
    char qr_text[CODE_QR_BYTES];
    char line[128];
    char *text;

    (void)state;
    report_sample_close(&sample);
    text = report_sample_write(report_close, &sample.view);
    memset(qr.hash, 0x19, sizeof qr.hash);
    memset(qr.tid, 0x5a, sizeof qr.tid);
    code_write(code, qr.hash);
    (void)snprintf(line, sizeof line, "\n*           %s           *\n", code);
    report_expect(text, line, 1);
    report_expect(text, code, 1);
    report_expect(text, "Күнді жабу коды / Код закрытия дня\n", 1);
    report_expect(text, " № 862, 06.04.2027, 19:15\n", 1);
    code_qr_write(qr_text, CODE_HEAD_CLOSING, &qr);
    report_join_lines(text);
    report_expect(text, qr_text, 1);
    free(text);
    report_sample_zero(&sample);
    text = report_sample_write(report_zero, &sample.view);
    report_expect(text, "AULC1", 0);
    free(text);
}

/* Each number in turn is one too many. */
static void any_number_that_is_wrong_is_said(void **state)
{
    struct report_sample sample;
    struct report_day *day = &sample.view.day;
    struct {
        void *number;
        bool is_long;
        const char *kk;
        const char *ru;
    } numbers[] = {
        {&day->counts.issued, false, "132 <> 131, айырмасы 1 сеанс\n",
         "132 <> 131, разница 1 сеанс\n"},
        {&day->counts.unfinished, false, "131 <> 132, айырмасы 1 сеанс\n",
         "131 <> 132, разница 1 сеанс\n"},
        {&day->finished, true, "131 <> 132, айырмасы 1 сеанс\n",
         "131 <> 132, разница 1 сеанс\n"},
        {&day->entitled, true, "263 <> 262, айырмасы 1 бюллетень\n",
         "263 <> 262, разница 1 бюллетень\n"},
        {&day->unused, true, "262 <> 263, айырмасы 1 бюллетень\n",
         "262 <> 263, разница 1 бюллетень\n"},
        {&day->counts.cast, false, "152 <> 151, айырмасы 1 бюллетень\n",
         "152 <> 151, разница 1 бюллетень\n"},
        {&day->counts.challenged, false, "18 <> 17, айырмасы 1 бюллетень\n",
         "18 <> 17, разница 1 бюллетень\n"},
        {&sample.contests[1].cast, true, "151 <> 152, айырмасы 1 бюллетень\n",
         "151 <> 152, разница 1 бюллетень\n"},
        {&sample.contests[0].challenged, true,
         "17 <> 18, айырмасы 1 бюллетень\n", "17 <> 18, разница 1 бюллетень\n"},
        {&sample.view.total_cast, true, "604 <> 603, айырмасы 1 бюллетень\n",
         "604 <> 603, разница 1 бюллетень\n"},
        {&sample.view.total_challenged, true,
         "37 <> 36, айырмасы 1 бюллетень\n", "37 <> 36, разница 1 бюллетень\n"},
        {&sample.contests[0].total_cast, true,
         "603 <> 604, айырмасы 1 бюллетень\n",
         "603 <> 604, разница 1 бюллетень\n"},
        {&sample.contests[1].total_challenged, true,
         "36 <> 37, айырмасы 1 бюллетень\n", "36 <> 37, разница 1 бюллетень\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char *text;

        report_sample_close(&sample);
        if (numbers[i].is_long) {
            *(uint64_t *)numbers[i].number += 1;
        } else {
            *(uint32_t *)numbers[i].number += 1;
        }
        assert_false(report_is_balanced(&sample.view));
        text = report_sample_write(report_close, &sample.view);
        report_expect(text, "САНДАР СӘЙКЕС КЕЛМЕЙДІ. Әкімшіге хабарлаңыз.", 1);
        report_expect(text, "ЧИСЛА НЕ СХОДЯТСЯ. Сообщите администратору.", 1);
        report_expect(text, "Числа сходятся", 0);
        report_expect(text, numbers[i].kk, 1);
        report_expect(text, numbers[i].ru, 1);
        free(text);
    }
}

static void an_equation_that_is_wrong_is_said_where_it_stands(void **state)
{
    struct report_sample sample;
    char *text;

    (void)state;
    report_sample_close(&sample);
    sample.view.day.finished = 117;
    text = report_sample_write(report_close, &sample.view);
    report_expect(text, "  131 <> 117 + 12: СӘЙКЕС КЕЛМЕЙДІ\n", 1);
    report_expect(text, "  131 <> 117 + 12: НЕ СХОДИТСЯ\n", 1);
    report_expect(text, "  262 = 151 + 111: сходится\n", 1);
    report_expect(text, "131 <> 129, разница 2 сеанса\n", 1);
    free(text);
}

/* One ballot a person: as many as sessions that ended in one. One for each
 * contest: no fewer. */
static void ballots_are_compared_with_sessions(void **state)
{
    struct report_sample sample;
    struct report_day *day = &sample.view.day;

    (void)state;
    report_sample_close(&sample);
    sample.view.one_per = PACKAGE_ONE_PER_ELECTION;
    assert_false(report_is_balanced(&sample.view));
    day->finished = 151;
    day->counts.issued = 163;
    assert_true(report_is_balanced(&sample.view));
    sample.view.one_per = PACKAGE_ONE_PER_CONTEST;
    assert_true(report_is_balanced(&sample.view));
    day->finished = 152;
    day->counts.issued = 164;
    assert_false(report_is_balanced(&sample.view));
}

static void a_day_is_no_more_than_all_days(void **state)
{
    struct report_sample sample;

    (void)state;
    report_sample_close(&sample);
    sample.contests[0].total_cast = 100;
    sample.contests[1].total_cast = 51;
    sample.view.total_cast = 151;
    assert_true(report_is_balanced(&sample.view));
    sample.contests[1].total_cast = 50;
    sample.view.total_cast = 150;
    assert_false(report_is_balanced(&sample.view));
}

static void where_nobody_counted_entitled_ballots_none_are_shown(void **state)
{
    struct report_sample sample;
    char *text;

    (void)state;
    report_sample_close(&sample);
    sample.view.day.knows_entitled = false;
    sample.view.day.unused++;
    assert_true(report_is_balanced(&sample.view));
    text = report_sample_write(report_close, &sample.view);
    report_expect(text, "262", 0);
    report_expect(text, "пайдаланылмады", 0);
    report_expect(text, "не использовано", 0);
    free(text);
}

static void what_was_out_of_the_ordinary_is_said(void **state)
{
    struct report_sample sample;
    char *text;

    (void)state;
    report_sample_close(&sample);
    text = report_sample_write(report_close, &sample.view);
    report_expect(text, "екінші қызметкердің келісімімен", 0);
    report_expect(text, "Часы шли неверно", 0);
    free(text);
    sample.view.is_early = true;
    sample.view.is_reopened = true;
    sample.view.closed_time = sample.view.opened_time - 1;
    text = report_sample_write(report_close, &sample.view);
    report_expect(text, "екінші қызметкердің келісімімен", 2);
    report_expect(text, "День закрыт досрочно с согласия второго\n", 1);
    report_expect(text, "День открыт повторно с согласия второго\n", 1);
    report_expect(text, "Сағат қате жүрген", 1);
    report_expect(text, "Часы шли неверно", 1);
    free(text);
}

static void no_number_is_too_large(void **state)
{
    struct report_sample sample;
    struct report_view *view = &sample.view;
    char *text;

    (void)state;
    report_sample_close(&sample);
    view->day =
        (struct report_day){{UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX},
                            UINT64_MAX,
                            true,
                            UINT64_MAX,
                            UINT64_MAX};
    view->total_cast = UINT64_MAX;
    view->total_challenged = UINT64_MAX;
    view->closed_seq = UINT64_MAX;
    view->opened_time = UINT64_MAX;
    view->closed_time = UINT64_MAX;
    view->roll_count = UINT32_MAX;
    text = report_sample_write(report_close, view);
    report_expect(text, "18446744073709551615 (unix)\n", 4);
    free(text);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_close_says_every_number_in_both_languages),
        cmocka_unit_test(the_closing_code_stands_alone_with_its_qr),
        cmocka_unit_test(any_number_that_is_wrong_is_said),
        cmocka_unit_test(an_equation_that_is_wrong_is_said_where_it_stands),
        cmocka_unit_test(ballots_are_compared_with_sessions),
        cmocka_unit_test(a_day_is_no_more_than_all_days),
        cmocka_unit_test(where_nobody_counted_entitled_ballots_none_are_shown),
        cmocka_unit_test(what_was_out_of_the_ordinary_is_said),
        cmocka_unit_test(no_number_is_too_large),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
