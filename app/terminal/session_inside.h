/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the session share. Not for use outside of them. */
#ifndef AULA_SESSION_INSIDE_H
#define AULA_SESSION_INSIDE_H

#include "session.h"
#include "terminal_inside.h"

/** Write the session item, in an open transaction or on its own. */
AULA_MUST_CHECK enum aula_code session_put(struct terminal *terminal,
                                           const uint8_t *tag,
                                           const struct session *session,
                                           struct aula_error *err);

/** What a cast ballot uses up: exclusion 6 of PROTOCOL.md. */
void session_voter(uint8_t key[static STORE_VOTER_BYTES],
                   const struct terminal *terminal, const uint8_t *tag,
                   uint16_t contest);

/** Is a ballot of the session's contest `place` left? */
bool session_has_left(const struct terminal *terminal, size_t place);

#endif
