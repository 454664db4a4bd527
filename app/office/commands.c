/* SPDX-License-Identifier: Apache-2.0 */
/* See commands.h. */
#include "commands.h"

#include <stddef.h>

/* One a line, so that two branches that add one each do not meet. */
/* clang-format off */
const struct command *const commands[] = {
    &command_trustee_new,
    &command_trustee_deal,
    &command_trustee_accept,
    &command_trustee_approve,
    &command_trustee_mix,
    &command_trustee_decrypt,
    &command_office_init,
    &command_office_package,
    &command_office_certify,
    &command_office_register,
    &command_office_import,
    &command_office_result,
    &command_office_status,
    &command_office_elsewhere,
    &command_office_ruling,
    &command_office_close,
    &command_verify,
    &command_rehearse,
    &command_tally,
    &command_terminal_request,
    &command_terminal_install,
    &command_terminal_open,
    &command_terminal_check_in,
    &command_terminal_cast,
    &command_terminal_leave,
    &command_terminal_close,
    &command_terminal_export,
    &command_terminal_status,
    &command_terminal_verify,
    &command_terminal_pause,
    &command_terminal_resume,
    &command_terminal_confirm,
    &command_terminal_recover,
    &command_terminal_finish,
    &command_terminal_officials_add,
    &command_terminal_officials_change,
    &command_terminal_officials_revoke,
    &command_terminal_officials_list,
    NULL,
};
/* clang-format on */
