/* SPDX-License-Identifier: Apache-2.0 */
/* All that `aula` can do: each command is a line here and one in commands.c,
 * and stands in a file of its own. */
#ifndef AULA_COMMANDS_H
#define AULA_COMMANDS_H

#include "command.h"

extern const struct command command_office_init;
extern const struct command command_office_package;
extern const struct command command_office_certify;
extern const struct command command_office_register;
extern const struct command command_office_import;
extern const struct command command_office_result;
extern const struct command command_office_status;
extern const struct command command_office_elsewhere;
extern const struct command command_office_ruling;
extern const struct command command_office_close;
extern const struct command command_trustee_new;
extern const struct command command_trustee_deal;
extern const struct command command_trustee_accept;
extern const struct command command_trustee_approve;
extern const struct command command_trustee_mix;
extern const struct command command_trustee_decrypt;
extern const struct command command_verify;
extern const struct command command_rehearse;
extern const struct command command_tally;
extern const struct command command_terminal_request;
extern const struct command command_terminal_install;
extern const struct command command_terminal_open;
extern const struct command command_terminal_check_in;
extern const struct command command_terminal_cast;
extern const struct command command_terminal_leave;
extern const struct command command_terminal_close;
extern const struct command command_terminal_export;
extern const struct command command_terminal_status;
extern const struct command command_terminal_verify;
extern const struct command command_terminal_pause;
extern const struct command command_terminal_resume;
extern const struct command command_terminal_confirm;
extern const struct command command_terminal_recover;
extern const struct command command_terminal_finish;
extern const struct command command_terminal_officials_add;
extern const struct command command_terminal_officials_change;
extern const struct command command_terminal_officials_revoke;
extern const struct command command_terminal_officials_list;

/* In the order of the list that --help prints; ends with NULL. */
extern const struct command *const commands[];

#endif
