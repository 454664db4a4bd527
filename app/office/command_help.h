/* SPDX-License-Identifier: Apache-2.0 */
/* How `aula` says what it can do: for the eyes of command.c. */
#ifndef AULA_COMMAND_HELP_H
#define AULA_COMMAND_HELP_H

#include "command.h"

/** After wrong usage: the first paragraph of the usage, and where the rest is.
 */
void command_hint(FILE *file, const struct command *command);

/** No command was met: list those whose words begin with what was typed.
 *
 *  Returns: EXIT_DONE for who asked for help, else EXIT_USAGE
 *  In:      argv  `argc` words after the name of the program
 */
int command_list(const struct command *const *table, FILE *out, FILE *errors,
                 int argc, char **argv, bool is_asked);

#endif
