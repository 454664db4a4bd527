/* SPDX-License-Identifier: Apache-2.0 */
/* Who may unlock a terminal, and its end. Each change of officials is an event
 * 12 once the chain stands; the store knows the newest generation. */
#ifndef AULA_CUSTODY_H
#define AULA_CUSTODY_H

#include "terminal.h"

/** Let somebody else unlock it, too.
 *
 *  Returns: AULA_OK
 *           AULA_STATE      one of that name is there; it was only looked at;
 *                           or something must be confirmed first
 *           AULA_KEY_SLOT   there are 16
 *           AULA_BAD_FIELD  name, passphrase or cost is malformed
 *           AULA_REC_SEQ    the chain is full
 *           AULA_FULL, AULA_IO, AULA_MEMORY  the files stay as they were; or
 *                           they changed and only the store refused: then the
 *                           next start records it
 */
AULA_MUST_CHECK enum aula_code
custody_add(struct terminal *terminal, const struct keyslot_holder *official,
            struct aula_error *err);

/** Put a new passphrase (and stick) in place of somebody's own.
 *
 *  Returns: AULA_OK; AULA_KEY_SLOT: nobody of that name; else as custody_add
 */
AULA_MUST_CHECK enum aula_code
custody_change(struct terminal *terminal, const struct keyslot_holder *official,
               struct aula_error *err);

/** Take somebody's right away.
 *
 *  Returns: AULA_OK; AULA_KEY_SLOT: nobody of that name, or the only one; else
 *           as custody_add
 */
AULA_MUST_CHECK enum aula_code custody_revoke(struct terminal *terminal,
                                              const char *label,
                                              struct aula_error *err);

/** Their names, in slot order.
 *
 *  Returns: how many
 *  Out:     list  points into the terminal
 */
size_t custody_list(const struct terminal *terminal, struct keyslot_list *list);

/** The voting is over: destroy the tag key and the transport key, which opens
 *  the kit; tags stay public for ever (7.1). An event 12.
 *
 *  Returns: AULA_OK
 *           AULA_STATE  a day is open, the voting is not over, the clock is not
 *                       confirmed, or they were destroyed before
 *           AULA_REC_SEQ, AULA_FULL, AULA_IO, AULA_STORE_DAMAGED, AULA_MEMORY
 */
AULA_MUST_CHECK enum aula_code custody_finish(struct terminal *terminal,
                                              struct aula_error *err);

#endif
