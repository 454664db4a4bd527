/* SPDX-License-Identifier: Apache-2.0 */
/* Which command belongs to which state of a terminal. The table is written down
 * a second time here, from the words of the states. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "state.h"

/* The states in which a command is allowed: b, r, y (ready), o, c. */
static const char *const allowed[TERMINAL_COMMANDS] = {
    [TERMINAL_DO_REQUEST] = "b",   [TERMINAL_DO_OFFICIALS] = "ryoc",
    [TERMINAL_DO_INSTALL] = "ryc", [TERMINAL_DO_OPEN] = "yc",
    [TERMINAL_DO_CHECK_IN] = "o",  [TERMINAL_DO_CAST] = "o",
    [TERMINAL_DO_LEAVE] = "o",     [TERMINAL_DO_CLOSE] = "o",
    [TERMINAL_DO_PAUSE] = "yoc",   [TERMINAL_DO_RESUME] = "yoc",
    [TERMINAL_DO_CONFIRM] = "yoc", [TERMINAL_DO_EXPORT] = "yoc",
    [TERMINAL_DO_VERIFY] = "yoc",  [TERMINAL_DO_RECOVER] = "yoc",
    [TERMINAL_DO_FINISH] = "yc",
};
static const char letters[TERMINAL_STATES] = {'b', 'r', 'y', 'o', 'c'};

/* What would be recorded has a name of its own once there is a chain. */
static enum aula_code refusal(int state, int command)
{
    bool is_recorded = command == TERMINAL_DO_OPEN ||
                       command == TERMINAL_DO_CAST ||
                       command == TERMINAL_DO_CLOSE;

    return is_recorded && strchr("yoc", letters[state]) != NULL ? AULA_DAY_STATE
                                                                : AULA_STATE;
}

static void each_state_refuses_what_does_not_belong_to_it(void **state)
{
    (void)state;
    for (int s = 0; s < TERMINAL_STATES; s++) {
        for (int c = 0; c < TERMINAL_COMMANDS; c++) {
            struct aula_error err = {AULA_OK, ""};
            enum aula_code code =
                terminal_allows((enum terminal_state)s, AULA_OK,
                                (enum terminal_command)c, &err);

            if (strchr(allowed[c], letters[s]) != NULL) {
                assert_int_equal(code, AULA_OK);
                continue;
            }
            assert_int_equal(code, refusal(s, c));
            assert_non_null(strstr(err.message,
                                   terminal_state_name((enum terminal_state)
                                                           s)));
            assert_non_null(strstr(err.message,
                                   terminal_command_name((enum terminal_command)
                                                             c)));
        }
    }
}

static void a_chain_that_has_ended_is_only_looked_at(void **state)
{
    static const enum aula_code ends[] = {AULA_STORE_BEHIND, AULA_STORE_FORK,
                                          AULA_WITNESS_MISSING};

    (void)state;
    for (size_t e = 0; e < sizeof ends / sizeof ends[0]; e++) {
        for (int c = 0; c < TERMINAL_COMMANDS; c++) {
            bool is_left = c == TERMINAL_DO_VERIFY ||
                           c == TERMINAL_DO_RECOVER ||
                           c == TERMINAL_DO_OFFICIALS;

            assert_int_equal(terminal_allows(TERMINAL_OPEN, ends[e],
                                             (enum terminal_command)c, NULL),
                             is_left ? AULA_OK : ends[e]);
        }
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_state_refuses_what_does_not_belong_to_it),
        cmocka_unit_test(a_chain_that_has_ended_is_only_looked_at),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
