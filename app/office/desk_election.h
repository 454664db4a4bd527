/* SPDX-License-Identifier: Apache-2.0 */
/* An election in the office's folder: what the office may not lose of it.
 *
 *   elections/EID/            EID: eid of the package, 32 hexadecimal digits
 *     package.bin             the signed package
 *     content.aula            the container, for the board; may lie elsewhere
 *     tag.key                 tag key, behind the office's passphrase (AULK 7),
 *                             until the election is closed
 *     certificates/TID.cert   of each terminal
 *     kits/TID.kit            its latest kit
 *     register.bin            the published register, register-late.bin beside
 *     roll.txt                number of the latest voter roll
 *     archive.db              what terminals brought (archive.h)
 *     rulings.bin             and elsewhere.bin: desk_ruled.h
 *     closing.bin             the one closing (close.h)
 *
 * 1. package.bin is written last: without it there is no election, and what
 *    else lies there is the rest of a start that was cut off.
 * 2. A certificate is never replaced by another one: the office may not sign
 *    two for one key. Kits and rolls are replaced by those of higher number
 *    only, register.bin by nothing.
 * 3. An election that nobody has yet may be replaced: package.bin becomes
 *    package-replaced.bin, and it is none any more.
 * 4. Each file is checked against the package whenever it is read, and a
 *    refusal names it.
 */
#ifndef AULA_DESK_ELECTION_H
#define AULA_DESK_ELECTION_H

#include "ask.h"
#include "certificate.h"
#include "desk.h"
#include "kit.h"
#include "package.h"
#include "register.h"

#define DESK_ELECTIONS "elections"
#define DESK_CONTENT "content.aula"

enum { DESK_EID_TEXT = 2 * PACKAGE_ID_BYTES + 1 };

struct desk_election {
    char folder[PLACE_BYTES];
    uint8_t *bytes; /* package.bin, into which the package points */
    size_t size;
    struct package package;
};

/** eid as folders and options have it. */
void desk_election_name(char eid[static DESK_EID_TEXT],
                        const struct package *package);

/** Keep a new election.
 *
 *  Returns: AULA_OK
 *           AULA_STATE    it is there already
 *           AULA_TAG_KEY  not the tag key of this package
 *           codes of package_open, keyfile_make and file_write
 *  In:      office      folder of the office that signed it
 *           bytes       `size` bytes of a package
 *           tag_key     TAG_KEY_BYTES, secret
 *           passphrase  of the office
 */
AULA_MUST_CHECK enum aula_code
desk_election_make(const char *office, const struct desk_public *known,
                   const uint8_t *bytes, size_t size, const uint8_t *tag_key,
                   const struct passphrase *passphrase, struct aula_error *err);

/* The elections of an office by name, ascending. */
struct desk_elections {
    char (*eids)[DESK_EID_TEXT];
    size_t count;
};

/** List them.
 *
 *  Returns: AULA_OK, AULA_IO or AULA_MEMORY
 *  Owner:   free(list->eids)
 */
AULA_MUST_CHECK enum aula_code desk_elections_list(struct desk_elections *list,
                                                   const char *office,
                                                   struct aula_error *err);

/** Open one.
 *
 *  Returns: AULA_OK
 *           AULA_STATE  there is none, none of that name, or several and none
 *                       was named
 *           AULA_BAD_FIELD  `eid` is no name of an election
 *           codes of file_read and package_open; AULA_WRONG_ELECTION: another
 *           package lies there
 *  Out:     election  on success only
 *  In:      office    folder of the office
 *           known     its keys (desk_read)
 *           eid       as `--election` has it; NULL: the only one that there is
 *  Owner:   desk_election_close
 */
AULA_MUST_CHECK enum aula_code
desk_election_open(struct desk_election **election, const char *office,
                   const struct desk_public *known, const char *eid,
                   struct aula_error *err);
void desk_election_close(struct desk_election *election); /* accepts NULL */

/** Open its tag key: it costs a derivation.
 *
 *  Returns: AULA_OK
 *           AULA_KEY_OPEN  wrong passphrase, or altered file
 *           AULA_TAG_KEY   not the key of this package
 *           codes of file_read and keyfile_open
 *  Owner:   sodium_free(tag_key), TAG_KEY_BYTES
 */
AULA_MUST_CHECK enum aula_code
desk_election_tag_key(uint8_t **tag_key, const struct desk_election *election,
                      const struct passphrase *passphrase,
                      struct aula_error *err);

/** Does nobody have it yet?
 *
 *  Returns: AULA_OK, AULA_STATE (a terminal was certified, or a register
 *           made), or as desk_election_terminals and desk_election_registers
 */
AULA_MUST_CHECK enum aula_code
desk_election_unused(const struct desk_election *election,
                     struct aula_error *err);

/** Take one out of use that nobody has yet.
 *
 *  Returns: AULA_OK, as desk_election_unused, or a code of file_write
 */
AULA_MUST_CHECK enum aula_code
desk_election_retire(const struct desk_election *election,
                     struct aula_error *err);

/* A terminal that the office certified. */
struct desk_terminal {
    uint8_t tid[TERMINAL_ID_BYTES];
    uint8_t *bytes; /* its certificate; NULL: it has none */
    size_t size;
    struct certificate certificate; /* points into `bytes` */
    struct kit kit;                 /* number 0: none was handed out */
};

struct desk_terminals {
    struct desk_terminal *items; /* ascending by tid */
    size_t count;
};

/** Read what a terminal has.
 *
 *  Returns: AULA_OK, also where it has nothing yet
 *           codes of file_read, certificate_check and kit_look;
 *           AULA_CERT_TERMINAL_ID: the file of another one
 *  Out:     terminal  all zero but tid on failure
 *  Owner:   desk_terminal_close
 */
AULA_MUST_CHECK enum aula_code
desk_election_terminal(struct desk_terminal *terminal,
                       const struct desk_election *election,
                       const uint8_t tid[static TERMINAL_ID_BYTES],
                       struct aula_error *err);
void desk_terminal_close(struct desk_terminal *terminal); /* accepts NULL */

/** Read them all. Files of another name than TID.cert are passed over.
 *
 *  Returns: AULA_OK, as desk_election_terminal, or AULA_MEMORY
 *  Out:     terminals  empty on failure
 *  Owner:   desk_terminals_close
 */
AULA_MUST_CHECK enum aula_code
desk_election_terminals(struct desk_terminals *terminals,
                        const struct desk_election *election,
                        struct aula_error *err);
void desk_terminals_close(struct desk_terminals *terminals); /* accepts NULL */

/** Keep what will be handed out to a terminal, certificate first; a further kit
 *  comes with the certificate that is there.
 *
 *  Returns: AULA_OK
 *           AULA_STATE    another certificate was issued for its key
 *           AULA_KIT_OLD  the number of the kit is not above that of the last
 *           codes of certificate_check, kit_look, file_write
 *  In:      certificate  `certificate_size` bytes
 *           kit          KIT_BYTES
 */
AULA_MUST_CHECK enum aula_code
desk_election_issue(const struct desk_election *election,
                    const uint8_t *certificate, size_t certificate_size,
                    const uint8_t kit[static KIT_BYTES],
                    struct aula_error *err);

/* Both registers as they were published. */
struct desk_registers {
    uint8_t *bytes[2]; /* register.bin and register-late.bin; NULL: none */
    size_t sizes[2];
    struct terminals_register lists[2]; /* point into `bytes` */
};

/** Read them.
 *
 *  Returns: AULA_OK, also where there is none
 *           codes of file_read and register_check
 *  Out:     registers  all zero on failure
 *  Owner:   desk_registers_close
 */
AULA_MUST_CHECK enum aula_code
desk_election_registers(struct desk_registers *registers,
                        const struct desk_election *election,
                        struct aula_error *err);
void desk_registers_close(struct desk_registers *registers); /* accepts NULL */

/** Keep a register: the first, or the late one that comes beside it. A
 *  repetition with the same bytes is fine, and a late one may be replaced by
 *  another that names every terminal which it named.
 *
 *  Returns: AULA_OK
 *           AULA_STATE  another register.bin was kept before; a late one
 *                       without a first; a terminal of the last late one is
 *                       missing
 *           codes of register_check and file_write
 */
AULA_MUST_CHECK enum aula_code
desk_election_keep_register(const struct desk_election *election, bool is_late,
                            const uint8_t *bytes, size_t size,
                            struct aula_error *err);

/** The number of the latest roll, 0 for none.
 *
 *  Returns: AULA_OK, or codes of facts_read
 */
AULA_MUST_CHECK enum aula_code
desk_election_roll(uint32_t *number, const struct desk_election *election,
                   struct aula_error *err);

/** Keep the number of a roll before it is handed out.
 *
 *  Returns: AULA_OK
 *           AULA_ROLL_OLD  not above the latest
 *           codes of facts_read and file_write
 */
AULA_MUST_CHECK enum aula_code
desk_election_keep_roll(const struct desk_election *election, uint32_t number,
                        struct aula_error *err);

#endif
