/* SPDX-License-Identifier: Apache-2.0 */
/* The list of voters that an office hands in, from which a voter roll is made
 * (PROTOCOL.md 5.3): one identifier a line, and where a person may vote in one
 * contest only, that contest (contest_list.h) behind a semicolon.
 *
 *   850101300123
 *   850101300123;2
 *
 * Empty lines do not count, nor does the mark that some programs put before a
 * text, nor the form of the ends of lines.
 *
 * The identifiers are people. They are read into sodium_malloc memory, become
 * tags there and are wiped; no line is repeated in a message, a faulty one is
 * known by its number.
 */
#ifndef AULA_VOTER_LIST_H
#define AULA_VOTER_LIST_H

#include "package.h"
#include "progress.h"
#include "roll.h"

enum { VOTER_LIST_BYTES_MAX = 64 * 1024 * 1024, VOTER_FAULTS_MAX = 1000 };

struct voter_row {
    uint32_t at; /* in the text */
    uint16_t size;
    uint16_t contest; /* ROLL_ANY_CONTEST */
};

struct voter_fault {
    size_t line;      /* from 1 */
    const char *text; /* "the check digit does not fit" */
};

struct voter_list {
    char *text; /* secret, in sodium_malloc memory */
    size_t size;
    struct voter_row *rows;
    size_t count;
    struct voter_fault faults[VOTER_FAULTS_MAX];
    size_t fault_count; /* also those beyond VOTER_FAULTS_MAX */
};

/** Read a list and check each line: for a city that takes minutes.
 *
 *  Returns: AULA_OK, also when lines are faulty: see fault_count
 *           AULA_IO, AULA_TOO_LARGE, AULA_MEMORY
 *  In:      progress  of as many steps as the list has bytes
 *  Owner:   voter_list_close
 */
AULA_MUST_CHECK enum aula_code voter_list_open(struct voter_list **list,
                                               const struct package *package,
                                               const char *path,
                                               struct progress *progress,
                                               struct aula_error *err);
void voter_list_close(struct voter_list *list); /* accepts NULL */

/* A voter roll that was made. */
struct voter_roll {
    uint8_t *bytes; /* a file as of roll.h */
    size_t size;
    size_t count; /* rows, each once */
};

/** Make a roll of a list without faults (asserted), on all cores.
 *
 *  Returns: AULA_OK
 *           AULA_SOURCE  nobody is on the list
 *           codes of tag_make, roll_make and pool_open; AULA_MEMORY
 *  In:      office    signing key of the office, secret
 *           tag_key   secret
 *           progress  of as many steps as the list has rows
 *  Owner:   free(roll->bytes)
 */
AULA_MUST_CHECK enum aula_code
voter_list_roll(struct voter_roll *roll, const struct voter_list *list,
                const struct package *package,
                const uint8_t office[static SIGN_SECRET_BYTES],
                const uint8_t tag_key[static TAG_KEY_BYTES], uint32_t number,
                struct progress *progress, struct aula_error *err);

/** The tags of a list without faults (asserted) in its order, on all cores.
 *
 *  Returns: AULA_OK, or a code of tag_make or pool_open
 *  Out:     tags      list->count of them; unspecified on failure
 *  In:      tag_key   secret
 *           progress  of as many steps as the list has rows
 */
AULA_MUST_CHECK enum aula_code
voter_list_tags(uint8_t (*tags)[TAG_BYTES], const struct voter_list *list,
                const struct package *package,
                const uint8_t tag_key[static TAG_KEY_BYTES],
                struct progress *progress, struct aula_error *err);

#endif
