/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the ballots that came out of a rehearsal are those that went in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "office_folder.h"
#include "rehearse_same.h"

#define HEAD "META\nkey;value\nnum_votes;3\nPROJECTS\nproject_id;cost;votes\n"
#define VOTES "p;10;2\nVOTES\nvoter_id;vote\n"

static const char expected[] = HEAD VOTES "1;p\n2;\n3;p\n";

static void put(const char *folder, const char *name, const char *text)
{
    office_put(folder, name, text, strlen(text));
}

static enum aula_code compare(const char *folder, const char *came)
{
    put(folder, "expected-0.pb", expected);
    put(folder, "ballots-0.pb", came);
    return rehearse_same(folder, folder, 1, NULL);
}

static void the_order_of_ballots_does_not_matter(void **state)
{
    assert_int_equal(compare(*state, expected), AULA_OK);
    assert_int_equal(compare(*state, HEAD VOTES "1;\n2;p\n3;p\n"), AULA_OK);
}

static void one_ballot_that_differs_is_found(void **state)
{
    static const char *const others[] = {
        HEAD VOTES "1;p\n2;\n3;\n",
        HEAD VOTES "1;p\n2;\n",
        HEAD VOTES "1;p\n2;\n3;p\n4;p\n",
        "",
        HEAD "p;10;3\nVOTES\nvoter_id;vote\n1;p\n2;\n3;p\n",
        "META\nkey;value\nPROJECTS\nproject_id;cost;votes\n" VOTES
        "1;p\n2;\n3;p\n"};

    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct aula_error err;

        put(*state, "expected-0.pb", expected);
        put(*state, "ballots-0.pb", others[i]);
        assert_int_equal(rehearse_same(*state, *state, 1, &err),
                         AULA_RESULT_MISMATCH);
        assert_non_null(strstr(err.message, "ballots-0.pb"));
    }
}

static void every_contest_is_looked_at(void **state)
{
    assert_int_equal(compare(*state, expected), AULA_OK);
    put(*state, "expected-1.pb", expected);
    office_remove(*state, "ballots-0.pb");
    assert_int_equal(rehearse_same(*state, *state, 2, NULL), AULA_OK);
    put(*state, "ballots-1.pb", HEAD VOTES "1;p\n2;p\n3;p\n");
    assert_int_equal(rehearse_same(*state, *state, 2, NULL),
                     AULA_RESULT_MISMATCH);
    office_remove(*state, "expected-1.pb");
    assert_int_equal(rehearse_same(*state, *state, 2, NULL), AULA_IO);
}

#define WITH(test)                                                             \
    cmocka_unit_test_setup_teardown(test, office_folder_make,                  \
                                    office_folder_clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(the_order_of_ballots_does_not_matter),
        WITH(one_ballot_that_differs_is_found),
        WITH(every_contest_is_looked_at),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
