/* SPDX-License-Identifier: Apache-2.0 */
/* What a package is made of, as the office has it on disk: a folder with
 * election.json and photos/, or a Pabulib file.
 *
 * 1. Nothing in a folder is trusted: only regular files are read, no link is
 *    followed, sizes are bounded, each photo is decoded.
 * 2. All faults are told at once, those of photos in the same list as those of
 *    the text. What has one is not packed.
 * 3. A file that nothing names is told and left out.
 * 4. What is packed are the bytes that were checked: `json` is kept, and a
 *    photo that changed meanwhile no longer has its hash.
 */
#ifndef AULA_SOURCE_H
#define AULA_SOURCE_H

#include <stdbool.h>

#include "election.h"
#include "manifest.h"
#include "place.h"
#include "progress.h"

#define SOURCE_JSON "election.json"

/* What the office wants otherwise than the source has it. */
struct source_wish {
    bool is_rehearsal;     /* its mode, and a least anonymity of 2 */
    bool is_quick;         /* in a rehearsal: any 12 digits are an identifier,
                              and tags cost no time */
    const char *first_day; /* "2027-04-06"; NULL: as the source has it */
    const char *last_day;
};

struct source {
    char path[PLACE_BYTES];
    bool is_pabulib;
    uint8_t *json; /* election.json as it is packed */
    size_t json_size;
    struct election election;
    struct manifest_row *rows; /* election.json and each photo once, by path */
    size_t count;
    struct faults faults;    /* empty on success */
    struct faults strangers; /* paths of files that nothing names */

    struct json_t *root; /* what the paths of the rows point into */
};

/** Read a source.
 *
 *  Returns: AULA_OK
 *           AULA_SOURCE     it has faults: all are in source->faults; err says
 *                           how many, or what is wrong with a Pabulib file
 *           AULA_IO         there is nothing, or it cannot be read
 *           AULA_TOO_LARGE  above ELECTION_BYTES_MAX or PABULIB_BYTES_MAX, or
 *                           more files than a manifest takes
 *           AULA_MEMORY
 *  Out:     source    to be closed whatever the result
 *  In:      path      a folder, or a file of the form of pabulib.h
 *           progress  started; of photos
 */
AULA_MUST_CHECK enum aula_code source_open(struct source *source,
                                           const char *path,
                                           const struct source_wish *wish,
                                           struct progress *progress,
                                           struct aula_error *err);
void source_close(struct source *source); /* accepts NULL, and one all zero */

/** A fault as a line, with the name of its file before it:
 *  "election.json:12:17: contests[0].name: expected ..". */
void source_write_fault(char line[static FAULT_LINE_BYTES],
                        const struct source *source, const struct fault *fault);

/** Read a file again; that it is still the same is for container_write_file.
 *
 *  Returns: AULA_OK, AULA_MEMORY, or a code of file_read
 *  In:      row  of the source's
 *  Owner:   free(*bytes)
 */
AULA_MUST_CHECK enum aula_code source_file(uint8_t **bytes, size_t *size,
                                           const struct source *source,
                                           const struct manifest_row *row,
                                           struct aula_error *err);

#endif
