/* SPDX-License-Identifier: Apache-2.0 */
/* One table of what belongs to which state; see state.h. */
#include "state.h"

#include <stddef.h>

enum {
    IN_BLANK = 1 << TERMINAL_BLANK,
    IN_REQUESTED = 1 << TERMINAL_REQUESTED,
    IN_READY = 1 << TERMINAL_READY,
    IN_OPEN = 1 << TERMINAL_OPEN,
    IN_CLOSED = 1 << TERMINAL_CLOSED,
    IN_CHAIN = IN_READY | IN_OPEN | IN_CLOSED
};

static const struct {
    const char *name;
    unsigned states;
    bool is_after_end; /* also when the chain has ended */
    bool is_recorded;  /* its record belongs to a day, or to none: DAY_STATE */
} commands[TERMINAL_COMMANDS] = {
    [TERMINAL_DO_REQUEST] = {"request", IN_BLANK, false, false},
    [TERMINAL_DO_OFFICIALS] = {"officials", IN_REQUESTED | IN_CHAIN, true,
                               false},
    [TERMINAL_DO_INSTALL] = {"install", IN_REQUESTED | IN_READY | IN_CLOSED,
                             false, false},
    [TERMINAL_DO_OPEN] = {"open", IN_READY | IN_CLOSED, false, true},
    [TERMINAL_DO_CHECK_IN] = {"check-in", IN_OPEN, false, false},
    [TERMINAL_DO_CAST] = {"cast", IN_OPEN, false, true},
    [TERMINAL_DO_LEAVE] = {"leave", IN_OPEN, false, false},
    [TERMINAL_DO_CLOSE] = {"close", IN_OPEN, false, true},
    [TERMINAL_DO_PAUSE] = {"pause", IN_CHAIN, false, false},
    [TERMINAL_DO_RESUME] = {"resume", IN_CHAIN, false, false},
    [TERMINAL_DO_CONFIRM] = {"confirm", IN_CHAIN, false, false},
    [TERMINAL_DO_EXPORT] = {"export", IN_CHAIN, false, false},
    [TERMINAL_DO_VERIFY] = {"verify", IN_CHAIN, true, false},
    [TERMINAL_DO_RECOVER] = {"recover", IN_CHAIN, true, false},
    [TERMINAL_DO_FINISH] = {"finish", IN_READY | IN_CLOSED, false, false},
};

static const struct {
    const char *name;
    const char *next; /* what staff can do there */
} states[TERMINAL_STATES] = {
    [TERMINAL_BLANK] = {"blank", "it has no key yet, begin with request"},
    [TERMINAL_REQUESTED] = {"requested",
                            "install package, certificate and kit"},
    [TERMINAL_READY] = {"ready", "no day was opened yet"},
    [TERMINAL_OPEN] = {"open", "a day is open"},
    [TERMINAL_CLOSED] = {"closed", "no day is open"},
};

const char *terminal_state_name(enum terminal_state state)
{
    return states[state].name;
}

const char *terminal_command_name(enum terminal_command command)
{
    return commands[command].name;
}

enum aula_code terminal_allows(enum terminal_state state, enum aula_code ended,
                               enum terminal_command command,
                               struct aula_error *err)
{
    if (ended != AULA_OK && !commands[command].is_after_end) {
        return aula_fail(err, ended,
                         "%s: the chain of this terminal has ended (%s); use "
                         "recover, then set it up anew",
                         commands[command].name, aula_code_name(ended));
    }
    if ((commands[command].states & (1U << state)) == 0) {
        bool has_chain = (IN_CHAIN & (1U << state)) != 0;

        return aula_fail(err,
                         commands[command].is_recorded && has_chain
                             ? AULA_DAY_STATE
                             : AULA_STATE,
                         "%s: the terminal is %s: %s", commands[command].name,
                         states[state].name, states[state].next);
    }
    return AULA_OK;
}
