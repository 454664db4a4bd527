/* SPDX-License-Identifier: Apache-2.0 */
/* Text on a strip of paper: where lines break, and that none is ever wider. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "paper.h"

#define TEN "абвгдежзик"

static void expect(struct paper *paper, const char *text)
{
    char *taken = NULL;

    assert_int_equal(paper_take(paper, &taken, NULL), AULA_OK);
    assert_string_equal(taken, text);
    free(taken);
    assert_null(paper->text);
    assert_int_equal(paper->size, 0);
}

static void put(struct paper *paper, size_t indent, const char *text)
{
    paper_put(paper, indent, paper_text_of(text));
}

static void lines_break_at_spaces(void **state)
{
    struct paper paper = {0};

    (void)state;
    put(&paper, 0, TEN " " TEN " " TEN " " TEN " абвг " TEN);
    expect(&paper, TEN " " TEN " " TEN " " TEN " абвг\n" TEN "\n");
    put(&paper, 0, TEN " " TEN " " TEN " " TEN " абвгд " TEN);
    expect(&paper, TEN " " TEN " " TEN " " TEN "\nабвгд " TEN "\n");
    put(&paper, 2, TEN " " TEN " " TEN " " TEN " абвг");
    expect(&paper, "  " TEN " " TEN " " TEN " " TEN "\n  абвг\n");
}

static void spaces_at_a_break_are_gone(void **state)
{
    struct paper paper = {0};

    (void)state;
    put(&paper, 0, "   a  b   ");
    expect(&paper, "a  b\n");
    put(&paper, 0, TEN TEN TEN TEN "      " TEN "   ");
    expect(&paper, TEN TEN TEN TEN "\n" TEN "\n");
    put(&paper, 0, "");
    put(&paper, 0, "      ");
    paper_skip(&paper);
    expect(&paper, "\n");
}

static void a_word_longer_than_the_paper_is_cut(void **state)
{
    struct paper paper = {0};

    (void)state;
    put(&paper, 0, "ab " TEN TEN TEN TEN TEN TEN);
    expect(&paper, "ab\n" TEN TEN TEN TEN "абвгдежз\nик" TEN "\n");
    put(&paper, 0, TEN TEN TEN TEN "абвгдежз");
    expect(&paper, TEN TEN TEN TEN "абвгдежз\n");
    put(&paper, 23, TEN TEN TEN);
    expect(&paper, "                       " TEN TEN "абвгд\n"
                   "                       ежзик\n");
}

static void what_is_no_text_becomes_question_marks(void **state)
{
    struct paper paper = {0};

    (void)state;
    put(&paper, 0, "a\x1b[2Jb\nc\td\x7f");
    expect(&paper, "a?[2Jb?c?d?\n");
    put(&paper, 0, "\xff\xd0 \xed\xa0\x80 \xd0");
    expect(&paper, "?? ??? ?\n");
    put(&paper, 0, "a\xe2\x80\xa8 z"); /* U+2028, a line separator */
    expect(&paper, "a? z\n");
}

static void the_middle_is_in_the_middle(void **state)
{
    struct paper paper = {0};

    (void)state;
    paper_centre(&paper, paper_text_of("ұя"));
    expect(&paper, "                       ұя\n");
    paper_centre(&paper, paper_text_of("ұлы"));
    expect(&paper, "                      ұлы\n");
    paper_centre(&paper, paper_text_of(TEN TEN TEN TEN "абвгдежз " TEN));
    expect(&paper, TEN TEN TEN TEN "абвгдежз\n"
                                   "                   " TEN "\n");
}

#define STARS "************************************************\n"

static void a_frame_goes_all_around(void **state)
{
    struct paper paper = {0};

    (void)state;
    paper_frame(&paper, paper_text_of(TEN TEN TEN TEN "абвг ұя"));
    expect(&paper,
           STARS "* " TEN TEN TEN TEN "абвг *\n"
                 "*                      ұя                      *\n" STARS);
    paper_rule(&paper, '*');
    expect(&paper, STARS);
}

static void row(struct paper *paper, size_t indent, const char *label,
                const char *value)
{
    paper_row(paper, indent, paper_text_of(label), paper_text_of(value));
}

static void a_value_stands_at_the_right(void **state)
{
    struct paper paper = {0};

    (void)state;
    row(&paper, 0, "а", "1");
    expect(&paper, "а ............................................ 1\n");
    row(&paper, 2, TEN TEN TEN TEN, "12");
    expect(&paper, "  " TEN TEN TEN TEN "    12\n");
    row(&paper, 2, TEN TEN TEN TEN, "1234");
    expect(&paper, "  " TEN TEN TEN TEN "  1234\n");
    row(&paper, 2, TEN TEN TEN TEN, "12345");
    expect(&paper, "  " TEN TEN TEN TEN "\n"
                   "                                           12345\n");
    row(&paper, 0, TEN TEN TEN TEN TEN, "1");
    expect(&paper, TEN TEN TEN TEN
           "абвгдежз\n"
           "ик ........................................... 1\n");
}

static void a_value_wider_than_the_paper_breaks(void **state)
{
    struct paper paper = {0};

    (void)state;
    row(&paper, 2, "а", TEN TEN TEN TEN "абвгде");
    expect(&paper, "  а\n  " TEN TEN TEN TEN "абвгде\n");
    row(&paper, 2, "а", TEN TEN TEN TEN "абвгдеж");
    expect(&paper, "  а\n  " TEN TEN TEN TEN "абвгде\n  ж\n");
    row(&paper, 0, "", "1");
    expect(&paper, "                                               1\n");
}

static void paper_is_as_long_as_it_has_to_be(void **state)
{
    struct paper paper = {0};
    char *text = NULL;

    (void)state;
    for (int i = 0; i < 5000; i++) {
        put(&paper, 0, TEN);
    }
    assert_int_equal(paper_take(&paper, &text, NULL), AULA_OK);
    assert_int_equal(strlen(text), 5000 * (sizeof TEN));
    for (int i = 0; i < 5000; i++) {
        assert_memory_equal(text + i * (int)sizeof TEN, TEN "\n", sizeof TEN);
    }
    free(text);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_break_at_spaces),
        cmocka_unit_test(spaces_at_a_break_are_gone),
        cmocka_unit_test(a_word_longer_than_the_paper_is_cut),
        cmocka_unit_test(what_is_no_text_becomes_question_marks),
        cmocka_unit_test(the_middle_is_in_the_middle),
        cmocka_unit_test(a_frame_goes_all_around),
        cmocka_unit_test(a_value_stands_at_the_right),
        cmocka_unit_test(a_value_wider_than_the_paper_breaks),
        cmocka_unit_test(paper_is_as_long_as_it_has_to_be),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
