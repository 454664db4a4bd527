/* SPDX-License-Identifier: Apache-2.0 */
/* A count where memory is short, at whatever piece: it says AULA_MEMORY and
 * leaves nothing behind (the sanitizer counts). What GMP asks for is its own.
 */
#include "shortage.h"

#include "pabulib_sample.h"
#include "rule_pabulib.h"

static enum aula_code count_file(void *arg, struct aula_error *err)
{
    static const struct rule_outcome empty;
    struct rule_source source;
    struct rule_outcome outcome = {.standings = NULL};
    struct rule rule;
    enum aula_code code;

    assert_true(rule_read(&rule, "mes_card_add100u"));
    code = rule_source_open(&source, &rule, arg, err);
    if (code == AULA_OK) {
        code = rule_count(&outcome, &rule, &source.contest, NULL, err);
    }
    if (code != AULA_OK) {
        assert_memory_equal(&outcome, &empty, sizeof empty);
    }
    rule_outcome_close(&outcome);
    rule_source_close(&source);
    return code;
}

static void a_count_says_when_memory_is_short(void **state)
{
    struct pabulib file;

    (void)state;
    pb_open_sample(&file, "approval.pb");
    expect_need(30, count_file, &file);
    pabulib_close(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_count_says_when_memory_is_short),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
