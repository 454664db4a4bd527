/* SPDX-License-Identifier: Apache-2.0 */
/* The files of the result. With a folder as its argument the program writes
 * those of the sample there instead, for tests/pages_test to look at.
 */
#include "page_sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "code.h"
#include "file.h"
#include "page_out.h"

/* Every writer of the whole result, by the name of its file. */
static const struct {
    const char *name;
    page_sample_writer *writer;
} writers[] = {
    {"result.json", page_write_result},
    {"report.html", page_write_report},
    {"protocol.html", page_write_protocol},
    {"projects.geojson", page_write_geojson},
    {"projects.csv", page_write_csv},
    {"index.html", page_write_index},
};

enum { WRITERS = sizeof writers / sizeof *writers };

/* The first code of each state, a line each. */
static bool write_codes(const char *folder, const struct page_sample *sample)
{
    char text[PAGE_CODE_STATES * CODE_TEXT_BYTES + 1] = "";
    char path[512];
    size_t used = 0;

    for (size_t state = 0; state < PAGE_CODE_STATES; state++) {
        uint8_t hash[CODE_HASH_BYTES] = {0};
        size_t at = 0;

        while (sample->codes[at].state != state) {
            at++;
        }
        memcpy(hash, sample->codes[at].code, PAGE_CODE_BYTES);
        code_write(text + used, hash);
        used += CODE_TEXT_BYTES;
        text[used - 1] = '\n';
    }
    (void)snprintf(path, sizeof path, "%s/codes.txt", folder);
    return file_write(path, text, used, 0644, NULL) == AULA_OK;
}

static int write_sample(const char *folder)
{
    struct page_sample sample;
    int status;

    page_sample_open(&sample);
    status = write_codes(folder, &sample) ? 0 : 1;
    for (size_t i = 0; i < WRITERS; i++) {
        struct page_sample_file file = page_sample_write(writers[i].writer,
                                                         sample.facts);
        char path[512];

        (void)snprintf(path, sizeof path, "%s/%s", folder, writers[i].name);
        if (file_write(path, file.text, file.size, 0644, NULL) != AULA_OK) {
            status = 1;
        }
        free(file.text);
    }
    page_sample_close(&sample);
    return status;
}

static struct page_sample_file write(const char *name,
                                     const struct page_sample *sample)
{
    for (size_t i = 0; i < WRITERS; i++) {
        if (strcmp(writers[i].name, name) == 0) {
            return page_sample_write(writers[i].writer, sample->facts);
        }
    }
    fail_msg("no writer of %s", name);
    return (struct page_sample_file){0};
}

static void expect(const char *name, const struct page_sample *sample,
                   const char *const *texts)
{
    struct page_sample_file file = write(name, sample);

    for (size_t i = 0; texts[i] != NULL; i++) {
        if (!page_sample_has(&file, texts[i])) {
            fail_msg("%s lacks %s", name, texts[i]);
        }
    }
    free(file.text);
}

static size_t times(const struct page_sample_file *file, const char *text)
{
    size_t count = 0;

    for (const char *at = file->text; (at = strstr(at, text)) != NULL; at++) {
        count++;
    }
    return count;
}

/* ---- all of them */

static void each_file_is_the_same_each_time(void **state)
{
    struct page_sample one;
    struct page_sample other;

    (void)state;
    page_sample_open(&one);
    page_sample_open(&other);
    for (size_t i = 0; i < WRITERS; i++) {
        struct page_sample_file first = page_sample_write(writers[i].writer,
                                                          one.facts);
        struct page_sample_file again = page_sample_write(writers[i].writer,
                                                          other.facts);

        assert_int_equal(first.size, again.size);
        assert_memory_equal(first.text, again.text, first.size);
        assert_int_equal(strlen(first.text), first.size);
        free(first.text);
        free(again.text);
    }
    page_sample_close(&one);
    page_sample_close(&other);
}

static void a_rehearsal_is_said_in_every_file(void **state)
{
    struct page_sample sample;

    (void)state;
    page_sample_open(&sample);
    assert_int_equal(sample.facts->mode, PACKAGE_REHEARSAL);
    for (int official = 0; official < 2; official++) {
        for (size_t i = 0; i < WRITERS; i++) {
            struct page_sample_file file = page_sample_write(writers[i].writer,
                                                             sample.facts);
            bool is_said = page_sample_has(&file, "ОҚУ РЕЖИМІ") &&
                           page_sample_has(&file, "УЧЕБНЫЙ РЕЖИМ");

            is_said = is_said || page_sample_has(&file, "rehearsal");
            assert_int_equal(is_said, official == 0);
            free(file.text);
        }
        sample.facts->mode = PACKAGE_OFFICIAL;
    }
    page_sample_close(&sample);
}

struct failing {
    size_t left; /* writes that succeed */
};

static enum aula_code refuse(void *context, const uint8_t *bytes, size_t size,
                             struct aula_error *err)
{
    struct failing *failing = context;

    (void)bytes;
    (void)size;
    if (failing->left == 0) {
        return aula_fail(err, AULA_FULL, "no space");
    }
    failing->left--;
    return AULA_OK;
}

static void what_the_sink_says_is_told(void **state)
{
    struct page_sample sample;

    (void)state;
    page_sample_open(&sample);
    for (size_t i = 0; i < WRITERS; i++) {
        enum aula_code code = AULA_FULL;

        for (size_t left = 0; code != AULA_OK; left++) {
            struct failing failing = {left};
            struct pabulib_sink sink = {refuse, &failing};
            struct aula_error err = {0};

            code = writers[i].writer(&sink, sample.facts, &err);
            assert_true(code == AULA_OK || code == AULA_FULL);
            assert_int_equal(err.code, code);
            assert_true(left < 100);
        }
    }
    page_sample_close(&sample);
}

/* ---- hostile texts */

static const char hostile[] = "</script><script>x('\"&\n=1";

static void no_text_becomes_markup(void **state)
{
    struct package_text text = page_sample_text(hostile);
    struct page_sample sample;

    (void)state;
    page_sample_open(&sample);
    sample.facts->title.of[PAGE_KK] = text;
    sample.facts->place.of[PAGE_RU] = text;
    sample.facts->currency = text;
    sample.book.contests[0].name.of[PAGE_RU] = text;
    sample.book.contests[0].name.of[PAGE_KK] = text;
    sample.book.contests[0].rule = hostile;
    sample.book.proposals[0][0].title.of[PAGE_KK] = text;
    sample.book.proposals[0][0].id = text;
    sample.book.proposals[0][1].yard.of[PAGE_RU] = text;
    sample.book.proposals[0][1].advice_reason.of[PAGE_RU] = text;
    sample.terminals[0].label = text;
    sample.trustees[0].name = text;
    sample.rulings[0].reason = text;
    for (size_t i = 0; i < WRITERS; i++) {
        struct page_sample_file file = page_sample_write(writers[i].writer,
                                                         sample.facts);
        bool is_table = strcmp(writers[i].name, "projects.csv") == 0;
        bool is_index = strcmp(writers[i].name, "index.html") == 0;

        if (!is_table) {
            assert_int_equal(times(&file, "<script"), is_index ? 3 : 0);
            assert_false(page_sample_has(&file, "x('\""));
        }
        assert_int_equal(times(&file, "</html>"),
                         strstr(writers[i].name, ".html") != NULL);
        free(file.text);
    }
    page_sample_close(&sample);
}

static void the_pages_ask_for_nothing(void **state)
{
    static const char *const names[] = {"report.html", "protocol.html",
                                        "index.html"};
    struct page_sample sample;

    (void)state;
    page_sample_open(&sample);
    for (size_t i = 0; i < 3; i++) {
        struct page_sample_file file = write(names[i], &sample);

        assert_true(page_sample_has(&file, "default-src 'none'; base-uri "
                                           "'none'; form-action 'none'; "
                                           "style-src 'sha256-"));
        assert_false(page_sample_has(&file, "unsafe"));
        assert_false(page_sample_has(&file, "http:"));
        assert_false(page_sample_has(&file, "https:"));
        assert_false(page_sample_has(&file, "src=\""));
        assert_false(page_sample_has(&file, "url("));
        assert_false(page_sample_has(&file, "@import"));
        assert_false(page_sample_has(&file, "style=\""));
        free(file.text);
    }
    page_sample_close(&sample);
}

/* ---- what they say */

static void the_report_says_why_in_both_languages(void **state)
{
    static const char *const texts[] = {
        "Мало голосов: нужно не менее 50\xC2\xA0голосов",
        "Дауыс жетпеді, қажет ең аз сан: 50\xC2\xA0дауыс",
        "Не поместилось в бюджет: не хватило ",
        "Бюджетке сыймады, жетпегені: ",
        "Исключено: победило несовместимое № 2",
        "Бірге іске аспайды: № 2 жеңді",
        "Голосов нет",
        "Дауыс берілген жоқ",
        "<b>Финансируется</b>",
        "<b>Қаржыландырылады</b>",
        "Участок в частной собственности.",
        "Жер телімі жеке меншікте.",
        "6: предпочтение отдано",
        "000 + 21: <b>сходится</b>",
        "не хватает записей",
        "201–214 – есть решение",
        "часы пошли назад",
        "77 – для сведения",
        "накопитель сломан, акт № 7",
        "Марина Петрова",
        "<td class=\"n\">–</td>",
        NULL};
    struct page_sample sample;

    (void)state;
    page_sample_open(&sample);
    /* The number of votes of a proposal that is too few has to be there. */
    sample.book.proposals[0][20].votes = 49;
    sample.book.proposals[0][20].outcome = PAGE_UNDER_MINIMUM;
    sample.book.proposals[0][20].outcome_number = 50;
    expect("report.html", &sample, texts);
    page_sample_close(&sample);
}

static void what_was_not_counted_is_said(void **state)
{
    static const char *const small[] = {"Наименьшее число для раскрытия: 10.",
                                        "Ашуға қажет ең аз сан: 10.",
                                        "Не подсчитано", NULL};
    static const char *const empty[] = {"Учтённых бюллетеней нет.",
                                        "Есепке алынған бюллетень жоқ.", NULL};
    static const char *const open[] = {"результат НЕПОЛНЫЙ", "ТОЛЫҚ ЕМЕС",
                                       "не объяснено", NULL};
    struct page_sample sample;

    (void)state;
    page_sample_open(&sample);
    for (size_t i = 0; i < sample.book.contests[0].proposal_count; i++) {
        sample.book.proposals[0][i].outcome = PAGE_NOT_COUNTED;
        sample.book.proposals[0][i].votes = 0;
    }
    sample.book.contests[0].status = PAGE_WITHHELD;
    expect("report.html", &sample, small);
    expect("protocol.html", &sample, (const char *const[]){small[0], NULL});
    sample.book.contests[0].status = PAGE_EMPTY;
    expect("report.html", &sample, empty);
    expect("protocol.html", &sample, empty);
    sample.findings[0].is_open = true;
    expect("report.html", &sample, open);
    page_sample_close(&sample);
}

static void equal_shares_are_said_in_their_words(void **state)
{
    static const char *const texts[] = {
        "Долей сторонников не хватило", "Қолдаушыларының үлесінен жетпегені",
        "метод равных долей", "Баллы</th>", NULL};
    struct page_sample sample;

    (void)state;
    page_sample_open(&sample);
    sample.book.contests[0].is_by_points = true;
    sample.book.contests[0].rule = "mes_points";
    sample.book.proposals[0][9].outcome = PAGE_UNSUPPORTED;
    sample.book.proposals[0][9].outcome_number = 77;
    expect("report.html", &sample, texts);
    page_sample_close(&sample);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_file_is_the_same_each_time),
        cmocka_unit_test(a_rehearsal_is_said_in_every_file),
        cmocka_unit_test(what_the_sink_says_is_told),
        cmocka_unit_test(no_text_becomes_markup),
        cmocka_unit_test(the_pages_ask_for_nothing),
        cmocka_unit_test(the_report_says_why_in_both_languages),
        cmocka_unit_test(what_was_not_counted_is_said),
        cmocka_unit_test(equal_shares_are_said_in_their_words),
    };

    if (argc > 1) {
        return write_sample(argv[1]);
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
