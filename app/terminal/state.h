/* SPDX-License-Identifier: Apache-2.0 */
/* The states of a terminal and what may be done in each.
 *
 *   blank      no key yet
 *   requested  a key, a request is on its way to the office
 *   ready      package, certificate and kit are installed; no day so far
 *   open       a day is open: residents vote
 *   closed     a day was closed; it can be opened again while voting lasts
 *
 * A chain that has ended (its witness says that records are missing or were
 * replaced, or there is none) is a second thing, in any of the last three: then
 * nothing is recorded any more, whatever the state.
 */
#ifndef AULA_STATE_H
#define AULA_STATE_H

#include <stdbool.h>

#include "error.h"

enum terminal_state {
    TERMINAL_BLANK,
    TERMINAL_REQUESTED,
    TERMINAL_READY,
    TERMINAL_OPEN,
    TERMINAL_CLOSED,
    TERMINAL_STATES
};

enum terminal_command {
    TERMINAL_DO_REQUEST,
    TERMINAL_DO_OFFICIALS, /* who may unlock it */
    TERMINAL_DO_INSTALL,
    TERMINAL_DO_OPEN,
    TERMINAL_DO_CHECK_IN,
    TERMINAL_DO_CAST, /* and challenge */
    TERMINAL_DO_LEAVE,
    TERMINAL_DO_CLOSE,
    TERMINAL_DO_PAUSE,
    TERMINAL_DO_RESUME,
    TERMINAL_DO_CONFIRM, /* the clock, or the witness */
    TERMINAL_DO_EXPORT,
    TERMINAL_DO_VERIFY,
    TERMINAL_DO_RECOVER,
    TERMINAL_DO_FINISH, /* the voting is over: destroy the tag key */
    TERMINAL_COMMANDS
};

/** "blank", "requested", .. */
const char *terminal_state_name(enum terminal_state state);

/** "request", "install", .. as the command line says them. */
const char *terminal_command_name(enum terminal_command command);

/** May this be done in this state?
 *
 *  Returns: AULA_OK
 *           AULA_STATE  no; the message says what has to come first
 *           AULA_DAY_STATE  the same of opening, casting and closing, once
 *                       there is a chain: protocol's name for a record that
 *                       does not belong to the day as it is
 *  In:      ended  AULA_OK, or why the chain has ended: then only verify,
 *                  recover and officials are left, and the code is this one
 */
AULA_MUST_CHECK enum aula_code terminal_allows(enum terminal_state state,
                                               enum aula_code ended,
                                               enum terminal_command command,
                                               struct aula_error *err);

#endif
