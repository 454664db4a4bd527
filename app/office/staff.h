/* SPDX-License-Identifier: Apache-2.0 */
/* The staff at a terminal: what the commands `aula terminal ..` have in common.
 * The first operand of each is DATA, the terminal's folder; then come the
 * options below. */
#ifndef AULA_STAFF_H
#define AULA_STAFF_H

#include "ask.h"
#include "command.h"
#include "terminal.h"

/* All of them take --witness, --official, --passphrase-file and --key-file;
 * some also --second, --second-passphrase-file and --second-key-file. Lines of
 * their usage: */
#define STAFF_USAGE                                                            \
    "  --witness DIR           the second place; else DATA/witness\n"          \
    "  --official NAME         who unlocks; else whose passphrase it is\n"     \
    "  --passphrase-file FILE  for scripts: the passphrase\n"                  \
    "  --key-file FILE         the second factor, on the staff's stick\n"
#define STAFF_SECOND_USAGE                                                     \
    "  --second NAME           a second official, where one has to agree;\n"   \
    "                          --second-passphrase-file, --second-key-file\n"

/* An official and what they bring. */
struct staff_official {
    struct passphrase passphrase;
    uint8_t *factor; /* KEYSLOT_FACTOR_BYTES in sodium_malloc memory, or NULL */
    struct official official;
};

struct staff {
    struct call *call;
    struct terminal_place place;
    struct staff_official first;
    struct terminal *terminal;
    struct terminal_status status;
    int32_t offset_s; /* of local time, once staff_read_offset was called */
};

/** Where the terminal is, from DATA and --witness. */
struct terminal_place staff_place(const struct call *call);

/** Unlock a terminal.
 *
 *  Returns: AULA_OK
 *           AULA_STATE  it is blank, or terminal_allows refuses
 *           the code why its chain has ended, likewise
 *           codes of ask_passphrase, file_read_secret and terminal_open
 *  Out:     staff  to be closed also after a failure
 *  In:      command  what is to be done; TERMINAL_COMMANDS for what the library
 *                    judges by itself
 *  Owner:   staff_close
 */
AULA_MUST_CHECK enum aula_code staff_open(struct staff *staff,
                                          struct call *call,
                                          enum terminal_command command,
                                          enum terminal_purpose purpose,
                                          struct aula_error *err);

/** Lock, wipe and free. */
void staff_close(struct staff *staff);

/** Bring `status` up to date after a change. */
void staff_look(struct staff *staff);

/** Who unlocks, and what they bring.
 *
 *  Returns: AULA_OK, codes of ask_passphrase and file_read_secret
 *  Out:     first  to be forgotten also after a failure
 *  Owner:   staff_forget
 */
AULA_MUST_CHECK enum aula_code staff_first(struct staff_official *first,
                                           struct call *call,
                                           struct aula_error *err);

/** The second official, where --second was given.
 *
 *  Returns: AULA_OK, codes of ask_passphrase and file_read_secret
 *  Out:     second    to be forgotten also after a failure
 *           official  points into it; NULL where none was named
 *  Owner:   staff_forget
 */
AULA_MUST_CHECK enum aula_code staff_second(struct staff_official *second,
                                            const struct official **official,
                                            struct call *call,
                                            struct aula_error *err);

/* Which options a new official's secrets come from. */
struct staff_new {
    const char *name;
    const char *passphrase_option;
    const char *key_option;
};

/** A new official, or the new secrets of one: a passphrase that is chosen, and
 *  where a key file is named, its 32 bytes; they are drawn where there is no
 *  such file.
 *
 *  Returns: AULA_OK, codes of ask_passphrase, file_read_secret, file_write_new
 *  Out:     made    to be forgotten also after a failure
 *           holder  points into it
 *  Owner:   staff_forget
 */
AULA_MUST_CHECK enum aula_code staff_choose(struct staff_official *made,
                                            struct keyslot_holder *holder,
                                            struct call *call,
                                            const struct staff_new *options,
                                            struct aula_error *err);

/** Warn on standard error, in one line, where a folder lies on the device on
 *  which DATA lies; no word where one of them cannot be looked at.
 *
 *  In:      why  ends the line: what may be wrong, or what comes of it
 */
void staff_warn_same_disk(const struct staff *staff, const char *folder,
                          const char *why);

void staff_forget(struct staff_official *official);

/** Take the local time of the election from its content; UTC where none is
 *  installed.
 *
 *  Returns: AULA_OK, or codes of terminal_content and election_open
 */
AULA_MUST_CHECK enum aula_code staff_read_offset(struct staff *staff,
                                                 struct aula_error *err);

/** A moment for people, "2027-04-06 14:05:09 +05:00"; for programs the unix
 *  seconds. */
void staff_put_moment(struct staff *staff, const char *key, const char *label,
                      uint64_t time);

#endif
