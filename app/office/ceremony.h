/* SPDX-License-Identifier: Apache-2.0 */
/* The folder that the trustees of a ceremony share (PROTOCOL.md section 3); it
 * travels between their machines on a stick.
 *
 *   ceremony.txt     cid, N and T, from the office
 *   round1/I.bin     round 1 file of trustee I, 1..N
 *   round2/I.bin     round 2 file
 *   confirm/I.bin    conf_I, 64 bytes
 *
 * Nothing in it is secret, and nothing is trusted: whoever holds the stick may
 * have put anything there. Each file is checked whenever it is read, and a
 * refusal names it. ceremony.txt has no signature: its facts stand in each
 * round 1 file, and the code of those is what all trustees read aloud.
 */
#ifndef AULA_CEREMONY_H
#define AULA_CEREMONY_H

#include <stdbool.h>
#include <stdint.h>

#include "dkg.h"
#include "error.h"
#include "place.h"

enum ceremony_step { CEREMONY_ROUND1, CEREMONY_ROUND2, CEREMONY_CONFIRM };
enum { CEREMONY_STEPS = 3 };

struct ceremony_file {
    uint8_t *bytes; /* NULL: it is not there yet */
    size_t size;
};

/* What was read so far; see the functions for when a part is filled. */
struct ceremony {
    char folder[PLACE_BYTES];
    struct dkg_params params;
    struct ceremony_file files[CEREMONY_STEPS][DKG_TRUSTEES_MAX];

    /* ceremony_read_round1 */
    struct dkg_round1 views[DKG_TRUSTEES_MAX]; /* of the files that are there */
    struct dkg_set set;                        /* once all are there */

    /* ceremony_read_round2, once all are there */
    uint8_t transcript2[DKG_TRANSCRIPT_BYTES];

    /* ceremony_read_confirmations */
    struct dkg_outcome outcome;
    uint8_t confirmations[DKG_TRUSTEES_MAX][SIGN_BYTES]; /* zeros: not there */
};

/** Is there a ceremony in this folder? */
bool ceremony_is_there(const char *folder);

/** Start a ceremony: the office picks its cid.
 *
 *  Returns: AULA_OK          also when the folder holds one with the same N, T
 *           AULA_DKG_PARAMS  not 1 <= T <= N <= 32
 *           AULA_STATE       the folder holds one with another N or T
 *           AULA_FULL, AULA_IO, AULA_BAD_FIELD
 */
AULA_MUST_CHECK enum aula_code ceremony_make(const char *folder, uint8_t count,
                                             uint8_t threshold,
                                             struct aula_error *err);

/** Open the folder and read ceremony.txt.
 *
 *  Returns: AULA_OK
 *           AULA_STATE       there is no ceremony
 *           AULA_DKG_PARAMS  N, T out of range; codes of facts_read
 *  Owner:   ceremony_close
 */
AULA_MUST_CHECK enum aula_code ceremony_open(struct ceremony **ceremony,
                                             const char *folder,
                                             struct aula_error *err);
void ceremony_close(struct ceremony *ceremony); /* accepts NULL */

/** Read and check the files of a step that are there. Each step wants those of
 *  the step before to be complete (asserted). All may be called once.
 *
 *  Returns: AULA_OK, also when some are missing
 *           a code of dkg_round1_check or dkg_set_check, of dkg_round2_check,
 * or AULA_DKG_KEY and AULA_PKG_CONFIRM; the message names the file AULA_IO,
 * AULA_TOO_LARGE, AULA_MEMORY
 */
AULA_MUST_CHECK enum aula_code ceremony_read_round1(struct ceremony *ceremony,
                                                    struct aula_error *err);
AULA_MUST_CHECK enum aula_code ceremony_read_round2(struct ceremony *ceremony,
                                                    struct aula_error *err);
AULA_MUST_CHECK enum aula_code
ceremony_read_confirmations(struct ceremony *ceremony, struct aula_error *err);

/** Is a file of this step missing? Counts only what was read. */
bool ceremony_lacks(const struct ceremony *ceremony, enum ceremony_step step,
                    uint8_t index);
bool ceremony_is_complete(const struct ceremony *ceremony,
                          enum ceremony_step step);

/* "1, 2, 31" */
enum { CEREMONY_LIST_BYTES = DKG_TRUSTEES_MAX * 4 + 1 };

/** The numbers of those whose file of a step is missing, NUL-terminated. */
void ceremony_list_missing(char list[static CEREMONY_LIST_BYTES],
                           const struct ceremony *ceremony,
                           enum ceremony_step step);

/** Refuse to go on without all files of a step that was read.
 *
 *  Returns: AULA_OK, or AULA_STATE with the numbers of those who are missing
 */
AULA_MUST_CHECK enum aula_code ceremony_need(const struct ceremony *ceremony,
                                             enum ceremony_step step,
                                             struct aula_error *err);

/** All of it, for whoever makes a package of it: set, transcript2, outcome and
 *  confirmations.
 *
 *  Returns: AULA_OK, AULA_STATE (somebody is missing), or as the three above
 */
AULA_MUST_CHECK enum aula_code ceremony_finish(struct ceremony *ceremony,
                                               struct aula_error *err);

/** Hand a file out; one that stands there already must be the same.
 *
 *  Returns: AULA_OK
 *           AULA_DKG_TRANSCRIPT  another file stands in its place
 *           AULA_FULL, AULA_IO, AULA_MEMORY
 */
AULA_MUST_CHECK enum aula_code
ceremony_hand_out(const struct ceremony *ceremony, enum ceremony_step step,
                  uint8_t index, const uint8_t *bytes, size_t size,
                  struct aula_error *err);

/** The path of a file, folder/round1/I.bin. */
AULA_MUST_CHECK enum aula_code
ceremony_path(char path[static PLACE_BYTES], const struct ceremony *ceremony,
              enum ceremony_step step, uint8_t index, struct aula_error *err);

/** How many approvals a closing will need: q = ceil((N + T) / 2). */
unsigned ceremony_quorum(const struct dkg_params *params);

#endif
