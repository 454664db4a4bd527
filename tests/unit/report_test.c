/* SPDX-License-Identifier: Apache-2.0 */
/* The zero report, and what holds for each paper of a hall: both languages, a
 * rehearsal marked, no line too wide. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "paper.h"
#include "report_sample.h"

static void a_zero_report_says_all_in_both_languages(void **state)
{
    struct report_sample sample;
    char *text;

    (void)state;
    report_sample_zero(&sample);
    text = report_sample_write(report_zero, &sample.view);
    report_expect_order(text, "НӨЛДІК ЕСЕП\n", "НУЛЕВОЙ ОТЧЁТ\n");
    report_expect_order(text, "Аулаларды абаттандыру, 2027\n",
                        "Благоустройство дворов, 2027\n");
    report_expect(text, "Халық қатысатын бюджет\n", 1);
    report_expect(text, "Бюджет народного участия\n", 1);
    report_expect(text, " Мектеп № 12, 1-терминал\n", 2);
    report_expect(text, " 2027 жылғы 6 сәуір, 10:05\n", 1);
    report_expect(text, " 6 апреля 2027 года, 10:05\n", 1);
    report_expect(text, " UTC+05:00\n", 2);
    report_expect(text, "Кім ашты ........................ Айгүл Серікова\n",
                  1);
    report_expect(text, "Кто открыл ....................... Болат Оспанов\n",
                  1);
    report_expect(text, "  қабылданды ................................. 0\n",
                  1);
    report_expect(text, "  раскрыто при проверке ...................... 0\n",
                  1);
    report_expect(text, "    Шағын үйлер .................... 0 бюллетень\n",
                  1);
    report_expect(text, "    Большие дома .................. 0 бюллетеней\n",
                  1);
    report_expect(text, "Терминалда бірде-бір бюллетень жоқ.\n", 1);
    report_expect(text, "В терминале нет ни одного бюллетеня.\n", 1);
    report_expect(text, "ЕМЕС", 0);
    report_expect(text, "РЕЖИМ", 0);
    report_expect_setup(text);
    report_expect_signatures(text);
    free(text);
}

static void expect_not_zero(const struct report_sample *sample)
{
    char *text = report_sample_write(report_zero, &sample->view);

    report_expect(text, "ТЕРМИНАЛ БОС ЕМЕС", 1);
    report_expect(text, "ТЕРМИНАЛ НЕ ПУСТ", 1);
    report_expect(text, "бірде-бір", 0);
    report_expect(text, "ни одного", 0);
    free(text);
}

static void a_zero_report_of_a_terminal_with_ballots_says_so(void **state)
{
    struct report_sample sample;

    (void)state;
    report_sample_zero(&sample);
    sample.view.total_cast = 1;
    expect_not_zero(&sample);
    report_sample_zero(&sample);
    sample.view.total_challenged = 1;
    expect_not_zero(&sample);
    report_sample_zero(&sample);
    sample.contests[1].total_cast = 1;
    expect_not_zero(&sample);
    report_sample_zero(&sample);
    sample.contests[0].total_challenged = 1;
    expect_not_zero(&sample);
}

static void a_terminal_without_a_roll_says_who_may_vote(void **state)
{
    struct report_sample sample;
    char *text;

    (void)state;
    report_sample_zero(&sample);
    sample.view.roll_number = 0;
    sample.view.has_guests = true;
    text = report_sample_write(report_zero, &sample.view);
    report_expect(text, "Тұрғындар тізімі ......................... жоқ\n", 1);
    report_expect(text, "Список жителей ........................... нет\n", 1);
    report_expect(text, "қызметкер құжаты бойынша тіркегендер\n", 1);
    report_expect(text, "кого сотрудник допустил по документу\n", 1);
    report_expect(text, "12034", 0);
    free(text);
}

static void a_rehearsal_is_marked_in_each_part(void **state)
{
    struct report_sample sample;
    char *text;

    (void)state;
    report_sample_zero(&sample);
    sample.view.mode = PACKAGE_REHEARSAL;
    text = report_sample_write(report_zero, &sample.view);
    report_expect(text, "ОҚУ РЕЖИМІ. Дауыстар есепке алынбайды.", 1);
    report_expect(text, "УЧЕБНЫЙ РЕЖИМ. Голоса не учитываются.", 1);
    free(text);
    report_sample_close(&sample);
    sample.view.mode = PACKAGE_REHEARSAL;
    text = report_sample_write(report_close, &sample.view);
    report_expect(text, "ОҚУ РЕЖИМІ. Дауыстар есепке алынбайды.", 2);
    report_expect(text, "УЧЕБНЫЙ РЕЖИМ. Голоса не учитываются.", 2);
    free(text);
}

static void titles_of_any_length_stay_on_the_paper(void **state)
{
    struct report_sample sample;
    struct report_view *view = &sample.view;
    char words[400];
    char wide[601];

    (void)state;
    for (size_t i = 0; i < sizeof wide - 1; i += 2) {
        memcpy(wide + i, "Қ", 2);
    }
    wide[sizeof wide - 1] = '\0';
    memset(words, 'w', sizeof words);
    memset(words + 49, ' ', 1);
    words[sizeof words - 1] = '\0';
    for (int i = 0; i < 2; i++) {
        const char *title = i == 0 ? wide : words;
        char *text;

        report_sample_close(&sample);
        view->title[REPORT_KK] = paper_text_of(title);
        view->title[REPORT_RU] = view->title[REPORT_KK];
        view->label = view->title[REPORT_KK];
        view->officials[0] = view->title[REPORT_KK];
        sample.contests[0].name[REPORT_KK] = view->title[REPORT_KK];
        sample.contests[1].name[REPORT_RU] = view->title[REPORT_KK];
        text = report_sample_write(report_close, view);
        free(text);
        text = report_sample_write(report_zero, view);
        report_join_lines(text);
        report_expect(text, title, i == 0 ? 6 : 0);
        free(text);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_zero_report_says_all_in_both_languages),
        cmocka_unit_test(a_zero_report_of_a_terminal_with_ballots_says_so),
        cmocka_unit_test(a_terminal_without_a_roll_says_who_may_vote),
        cmocka_unit_test(a_rehearsal_is_marked_in_each_part),
        cmocka_unit_test(titles_of_any_length_stay_on_the_paper),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
