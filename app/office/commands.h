/* SPDX-License-Identifier: Apache-2.0 */
/* All that `aula` can do: each command is a line here and one in commands.c,
 * and stands in a file of its own. */
#ifndef AULA_COMMANDS_H
#define AULA_COMMANDS_H

#include "command.h"

extern const struct command command_office_init;
extern const struct command command_trustee_new;
extern const struct command command_trustee_deal;
extern const struct command command_trustee_accept;

/* In the order of the list that --help prints; ends with NULL. */
extern const struct command *const commands[];

#endif
