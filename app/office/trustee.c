/* SPDX-License-Identifier: Apache-2.0 */
/* See trustee.h: the folder, and what was handed out of it. */
#include "trustee.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blame.h"
#include "file.h"
#include "trustee_parts.h"

static const char *const file_names[CEREMONY_STEPS] = {
    "round1.bin", "round2.bin", "confirm.bin"};
static const size_t size_bounds[CEREMONY_STEPS] = {
    DKG_ROUND1_MAX_BYTES, DKG_ROUND2_MAX_BYTES, SIGN_BYTES};

static enum aula_code load(struct trustee *trustee, enum ceremony_step step,
                           struct aula_error *err)
{
    struct ceremony_file *file = &trustee->done[step];
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, trustee->folder, file_names[step],
                                   err);

    if (code != AULA_OK ||
        place_is_missing(trustee->folder, file_names[step])) {
        return code;
    }
    return file_read(&file->bytes, &file->size, path, size_bounds[step], err);
}

/* Without round1.bin nothing else may have been done: promise 1. */
static enum aula_code check_order(const struct trustee *trustee,
                                  struct aula_error *err)
{
    bool has_share = !place_is_missing(trustee->folder, TRUSTEE_SHARE);

    if ((!trustee_did(trustee, CEREMONY_ROUND1) &&
         (trustee_did(trustee, CEREMONY_ROUND2) || has_share)) ||
        (!trustee_did(trustee, CEREMONY_ROUND2) &&
         (trustee_did(trustee, CEREMONY_CONFIRM) || has_share))) {
        return aula_fail(err, AULA_STATE,
                         "%.120s: files of a ceremony are missing here",
                         trustee->folder);
    }
    return AULA_OK;
}

/* The own round 1 file says which trustee this is, and of which ceremony. */
static enum aula_code find_index(struct trustee *trustee,
                                 const struct ceremony *ceremony,
                                 struct aula_error *err)
{
    const struct ceremony_file *file = &trustee->done[CEREMONY_ROUND1];
    struct dkg_round1 view;
    char path[PLACE_BYTES];
    enum aula_code code;

    if (file->bytes == NULL) {
        return AULA_OK;
    }
    code = dkg_round1_check(&view, &ceremony->params, 0, file->bytes,
                            file->size, err);
    if (code != AULA_OK) {
        return place_in(path, trustee->folder, file_names[0], NULL) == AULA_OK
                   ? blame_file(err, code, path)
                   : code;
    }
    trustee->index = view.index;
    return AULA_OK;
}

enum aula_code trustee_open(struct trustee **trustee,
                            const struct ceremony *ceremony, const char *folder,
                            struct aula_error *err)
{
    char path[PLACE_BYTES];
    struct trustee *made = NULL;
    enum aula_code code = place_in(path, folder, file_names[0], err);

    if (code != AULA_OK) {
        return code;
    }
    made = calloc(1, sizeof *made);
    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "%s: no memory", folder);
    }
    (void)snprintf(made->folder, sizeof made->folder, "%s", folder);
    for (int step = 0; step < CEREMONY_STEPS && code == AULA_OK; step++) {
        code = load(made, (enum ceremony_step)step, err);
    }
    if (code == AULA_OK) {
        code = check_order(made, err);
    }
    if (code == AULA_OK) {
        code = find_index(made, ceremony, err);
    }
    if (code != AULA_OK) {
        trustee_close(made);
        return code;
    }
    *trustee = made;
    return AULA_OK;
}

void trustee_close(struct trustee *trustee)
{
    if (trustee != NULL) {
        for (size_t step = 0; step < CEREMONY_STEPS; step++) {
            free(trustee->done[step].bytes);
        }
        free(trustee);
    }
}

bool trustee_did(const struct trustee *trustee, enum ceremony_step step)
{
    return trustee->done[step].bytes != NULL;
}

enum aula_code trustee_hand_out(const struct trustee *trustee,
                                const struct ceremony *ceremony,
                                struct aula_error *err)
{
    for (int step = 0; step < CEREMONY_STEPS; step++) {
        const struct ceremony_file *file = &trustee->done[step];
        enum aula_code code;

        if (file->bytes == NULL) {
            continue;
        }
        code = ceremony_hand_out(ceremony, (enum ceremony_step)step,
                                 trustee->index, file->bytes, file->size, err);
        if (code != AULA_OK) {
            return code;
        }
    }
    return AULA_OK;
}

enum aula_code trustee_finish_step(struct trustee *trustee,
                                   const struct ceremony *ceremony,
                                   enum ceremony_step step,
                                   const uint8_t *bytes, size_t size,
                                   struct aula_error *err)
{
    struct ceremony_file *file = &trustee->done[step];
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, trustee->folder, file_names[step],
                                   err);

    if (code != AULA_OK) {
        return code;
    }
    file->bytes = malloc(size);
    if (file->bytes == NULL) {
        return aula_fail(err, AULA_MEMORY, "%s: no memory", path);
    }
    memcpy(file->bytes, bytes, size);
    file->size = size;
    code = file_write_new(path, bytes, size, 0600, err);
    if (code != AULA_OK) {
        free(file->bytes);
        *file = (struct ceremony_file){NULL, 0};
        return code;
    }
    return ceremony_hand_out(ceremony, step, trustee->index, bytes, size, err);
}
