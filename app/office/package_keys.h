/* SPDX-License-Identifier: Apache-2.0 */
/* One ceremony, one election. Two packages with the same key would be two
 * lists that the same shares decrypt; the journals of the trustees refuse the
 * second (PROTOCOL.md 11.4), but only when the votes are cast. So the office
 * refuses it here, with one way out: a package that nobody has used yet may be
 * replaced, say for a slip in its text, by one of the same mode. */
#ifndef AULA_PACKAGE_KEYS_H
#define AULA_PACKAGE_KEYS_H

#include "ceremony.h"
#include "desk_election.h"

/** Find the elections of an office that have the key of a ceremony.
 *
 *  Returns: AULA_OK     none, or `may_replace` and all of them may be
 *           AULA_STATE  one has it already; with `may_replace`: of another
 *                       mode, or with certificates or a register
 *           codes of desk_elections_list and desk_election_open; AULA_MEMORY
 *  Out:     found  those that are to be replaced; empty on failure
 *  In:      ceremony  ceremony_finish passed
 *  Owner:   free(found->eids)
 */
AULA_MUST_CHECK enum aula_code
package_keys_check(struct desk_elections *found, const char *office,
                   const struct desk_public *known,
                   const struct ceremony *ceremony, enum package_mode mode,
                   bool may_replace, struct aula_error *err);

/** Take them out of use (desk_election_retire).
 *
 *  Returns: AULA_OK, or codes of desk_election_open and desk_election_retire
 */
AULA_MUST_CHECK enum aula_code
package_keys_retire(const struct desk_elections *found, const char *office,
                    const struct desk_public *known, struct aula_error *err);

#endif
