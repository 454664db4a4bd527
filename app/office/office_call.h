/* SPDX-License-Identifier: Apache-2.0 */
/* What the commands for one election of an office have in common: which office,
 * which of its elections, and its passphrase, which is asked for only once
 * everything that can be refused without it was refused. */
#ifndef AULA_OFFICE_CALL_H
#define AULA_OFFICE_CALL_H

#include "command.h"
#include "desk_election.h"

/* Rows of the table of options. */
#define OFFICE_CALL_OPTIONS                                                    \
    {"--office", "DIR"}, {"--election", "EID"},                                \
    {                                                                          \
        "--passphrase-file", "FILE"                                            \
    }

/* Where an office is when nobody says so. */
#define OFFICE_CALL_FOLDER "office"

struct office_call {
    const char *folder;
    struct desk_public known;
    struct desk_election *election;

    /* office_call_unlock */
    struct desk *desk;
    uint8_t *tag_key; /* TAG_KEY_BYTES; NULL where it was not asked for */
};

/** Open the election that is meant; nothing secret is touched.
 *
 *  Returns: AULA_OK, a code of desk_read or of desk_election_open
 *  Out:     office  to be closed whatever the result
 */
AULA_MUST_CHECK enum aula_code office_call_open(struct office_call *office,
                                                const struct call *call,
                                                struct aula_error *err);

/** Ask for the passphrase, and open the signing key.
 *
 *  Returns: AULA_OK, a code of ask_passphrase, of desk_open or of
 *           desk_election_tag_key
 *  In:      with_tag_key  also the tag key: it costs a derivation more
 */
AULA_MUST_CHECK enum aula_code office_call_unlock(struct office_call *office,
                                                  struct call *call,
                                                  bool with_tag_key,
                                                  struct aula_error *err);

/** The same with the key that batches are opened with, and no tag key. */
AULA_MUST_CHECK enum aula_code
office_call_unlock_batches(struct office_call *office, struct call *call,
                           struct aula_error *err);

/** Wipe and free. Accepts one that is all zero. */
void office_call_close(struct office_call *office);

/** The first lines of a result: title, and that it is a rehearsal. */
void office_call_report(struct output *output,
                        const struct office_call *office);

/** folder/name, written in whole. The folder is made where there is none.
 *
 *  Returns: AULA_OK, a code of file_make_folder or of file_write
 */
AULA_MUST_CHECK enum aula_code
office_call_write(const char *folder, const char *name, const uint8_t *bytes,
                  size_t size, struct aula_error *err);

#endif
