/* SPDX-License-Identifier: Apache-2.0 */
/* See commands.h. */
#include "commands.h"

#include <stddef.h>

const struct command *const commands[] = {
    &command_trustee_new,
    &command_trustee_deal,
    &command_trustee_accept,
    &command_office_init,
    NULL,
};
