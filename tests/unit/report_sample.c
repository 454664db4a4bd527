/* SPDX-License-Identifier: Apache-2.0 */
/* See report_sample.h. */
#include "report_sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "bytes.h"
#include "code.h"
#include "paper.h"

static void name(struct report_contest *contest, const char *kk, const char *ru)
{
    contest->name[REPORT_KK] = paper_text_of(kk);
    contest->name[REPORT_RU] = paper_text_of(ru);
}

static void hall(struct report_sample *sample)
{
    struct report_view *view = &sample->view;

    memset(sample, 0, sizeof *sample);
    view->mode = PACKAGE_OFFICIAL;
    view->one_per = PACKAGE_ONE_PER_CONTEST;
    view->title[REPORT_KK] = paper_text_of("Аулаларды абаттандыру, 2027");
    view->title[REPORT_RU] = paper_text_of("Благоустройство дворов, 2027");
    view->utc_offset_s = 5 * 3600;
    view->label = paper_text_of("Мектеп № 12, 1-терминал");
    memset(view->tid, 0x5a, sizeof view->tid);
    memset(view->package_hash, 0x33, sizeof view->package_hash);
    memset(view->digest, 0x77, sizeof view->digest);
    view->kit_number = 3;
    view->roll_number = 7;
    view->roll_count = 12034;
    view->officials[0] = paper_text_of("Айгүл Серікова");
    view->officials[1] = paper_text_of("Болат Оспанов");
    view->official_count = 2;
    view->day_number = 1;
    view->opened_time = 1806987900; /* 2027-04-06 10:05 there */
    view->contests = sample->contests;
    view->contest_count = REPORT_SAMPLE_CONTESTS;
    name(&sample->contests[0], "Шағын үйлер", "Малые дома");
    name(&sample->contests[1], "Үлкен үйлер", "Большие дома");
}

void report_sample_zero(struct report_sample *sample)
{
    hall(sample);
}

void report_sample_close(struct report_sample *sample)
{
    struct report_view *view = &sample->view;

    hall(sample);
    view->day_number = 4;
    view->closed_time = 1807020900; /* 2027-04-06 19:15 there */
    view->closed_seq = 862;
    memset(view->closed_hash, 0x19, sizeof view->closed_hash);
    view->day.counts = (struct record_counts){151, 17, 131, 12};
    view->day.finished = 119;
    view->day.knows_entitled = true;
    view->day.entitled = 262;
    view->day.unused = 111;
    sample->contests[0].cast = 101;
    sample->contests[1].cast = 50;
    sample->contests[0].challenged = 16;
    sample->contests[1].challenged = 1;
    sample->contests[0].total_cast = 402;
    sample->contests[1].total_cast = 201;
    sample->contests[0].total_challenged = 31;
    sample->contests[1].total_challenged = 5;
    view->total_cast = 603;
    view->total_challenged = 36;
}

/* Lines are text of at most PAPER_COLUMNS, and end where they end. */
static void expect_paper(const char *text)
{
    size_t columns = 0;

    for (const char *at = text; *at != '\0';) {
        uint32_t point = 0;
        size_t size = bytes_utf8((const uint8_t *)at, strlen(at), &point);

        assert_true(size > 0);
        if (point == '\n') {
            assert_true(columns <= PAPER_COLUMNS);
            assert_true(columns == 0 || at[-1] != ' ');
            columns = 0;
        } else {
            assert_true(bytes_are_text((const uint8_t *)at, size));
            columns++;
        }
        at += size;
    }
    assert_int_equal(columns, 0);
}

char *report_sample_write(write_report *run, const struct report_view *view)
{
    char *text = NULL;

    assert_int_equal(run(&text, view, NULL), AULA_OK);
    expect_paper(text);
    return text;
}

static size_t times(const char *text, const char *part)
{
    size_t count = 0;

    for (const char *at = strstr(text, part); at != NULL;
         at = strstr(at + 1, part)) {
        count++;
    }
    return count;
}

void report_expect(const char *text, const char *part, size_t count)
{
    if (times(text, part) != count) {
        print_error("%s\n\n\"%s\" is there %zu times, not %zu\n", text, part,
                    times(text, part), count);
    }
    assert_int_equal(times(text, part), count);
}

void report_expect_order(const char *text, const char *first,
                         const char *second)
{
    const char *one = strstr(text, first);
    const char *other = strstr(text, second);

    assert_non_null(one);
    assert_non_null(other);
    assert_true(one < other);
}

void report_expect_setup(const char *text)
{
    static const uint8_t bytes[] = {0x33, 0x77};
    uint8_t hash[CODE_HASH_BYTES];
    char code[CODE_TEXT_BYTES];

    for (size_t i = 0; i < sizeof bytes; i++) {
        memset(hash, bytes[i], sizeof hash);
        code_write(code, hash);
        report_expect(text, code, 2);
    }
    memset(hash, 0x5a, sizeof hash);
    code_write(code, hash);
    report_expect(text, code, 2);
    report_expect(text, "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a\n", 2);
    report_expect(text, "№ 3\n", 2);
    report_expect(text, "№ 7, 12034 жазба\n", 1);
    report_expect(text, "№ 7, 12034 записи\n", 1);
    report_expect(text, "тек тізімдегі тұрғындар\n", 1);
    report_expect(text, "только жители из списка\n", 1);
}

void report_expect_signatures(const char *text)
{
    report_expect(text, "________________________________________________\n",
                  4);
    report_expect(text, "Қолдары / Подписи\n", 1);
    report_expect(text, "Қызметкер / Сотрудник\n  Айгүл Серікова\n", 1);
    report_expect(text, "Қызметкер / Сотрудник\n  Болат Оспанов\n", 1);
    report_expect(text, "Бақылаушы / Наблюдатель\n", 2);
}

void report_join_lines(char *text)
{
    char *to = text;

    for (const char *from = text; *from != '\0'; from++) {
        if (*from != '\n') {
            *to++ = *from;
        }
    }
    *to = '\0';
}
