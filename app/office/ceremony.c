/* SPDX-License-Identifier: Apache-2.0 */
/* See ceremony.h: the folder and its files. What the files say is checked in
 * ceremony_read.c. */
#include "ceremony.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "facts.h"
#include "file.h"

#define FACTS_FILE "ceremony.txt"

static const char *const step_folders[CEREMONY_STEPS] = {"round1", "round2",
                                                         "confirm"};

/* N and T as facts have them. */
struct draft {
    uint8_t cid[DKG_CID_BYTES];
    uint64_t count;
    uint64_t threshold;
};

static struct facts facts_of(struct draft *draft)
{
    return (struct facts){.title = "aula ceremony 1",
                          .facts = {
                              {"cid", draft->cid, NULL},
                              {"trustees", NULL, &draft->count},
                              {"threshold", NULL, &draft->threshold},
                          }};
}

static enum aula_code check_draft(const struct draft *draft, const char *path,
                                  struct aula_error *err)
{
    if (draft->threshold < 1 || draft->threshold > draft->count ||
        draft->count > DKG_TRUSTEES_MAX) {
        return aula_fail(err, AULA_DKG_PARAMS,
                         "%s: not 1 <= threshold <= trustees <= %d", path,
                         DKG_TRUSTEES_MAX);
    }
    return AULA_OK;
}

static enum aula_code save_draft(struct draft *draft, const char *path,
                                 struct aula_error *err)
{
    struct facts facts = facts_of(draft);
    char text[FACTS_BYTES_MAX];
    size_t size;

    randombytes_buf(draft->cid, sizeof draft->cid);
    size = facts_write(text, &facts);
    return file_write_new(path, text, size, 0644, err);
}

/* What a folder holds already must be what was asked for. */
static enum aula_code compare_draft(const struct draft *wanted,
                                    const char *path, struct aula_error *err)
{
    struct draft there = {{0}, 0, 0};
    struct facts facts = facts_of(&there);
    enum aula_code code = facts_read(&facts, path, err);

    if (code == AULA_OK && (there.count != wanted->count ||
                            there.threshold != wanted->threshold)) {
        code = aula_fail(err, AULA_STATE,
                         "%s: a ceremony of %llu trustees of whom %llu "
                         "suffice; take a new folder for another",
                         path, (unsigned long long)there.count,
                         (unsigned long long)there.threshold);
    }
    return code;
}

bool ceremony_is_there(const char *folder)
{
    return !place_is_missing(folder, FACTS_FILE);
}

enum aula_code ceremony_make(const char *folder, uint8_t count,
                             uint8_t threshold, struct aula_error *err)
{
    struct draft draft = {{0}, count, threshold};
    char path[PLACE_BYTES];
    enum aula_code code = check_draft(&draft, folder, err);

    if (code == AULA_OK) {
        code = file_make_folder(folder, false, err);
    }
    if (code == AULA_OK) {
        code = place_in(path, folder, FACTS_FILE, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    return ceremony_is_there(folder) ? compare_draft(&draft, path, err)
                                     : save_draft(&draft, path, err);
}

static enum aula_code load_draft(struct ceremony *ceremony,
                                 struct aula_error *err)
{
    struct draft draft = {{0}, 0, 0};
    struct facts facts = facts_of(&draft);
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, ceremony->folder, FACTS_FILE, err);

    if (code == AULA_OK && !ceremony_is_there(ceremony->folder)) {
        code = aula_fail(err, AULA_STATE,
                         "%s: no ceremony here; the office starts one with "
                         "`aula office init`",
                         ceremony->folder);
    }
    if (code == AULA_OK) {
        code = facts_read(&facts, path, err);
    }
    if (code == AULA_OK) {
        code = check_draft(&draft, path, err);
    }
    if (code == AULA_OK) {
        memcpy(ceremony->params.cid, draft.cid, sizeof draft.cid);
        ceremony->params.count = (uint8_t)draft.count;
        ceremony->params.threshold = (uint8_t)draft.threshold;
    }
    return code;
}

enum aula_code ceremony_open(struct ceremony **ceremony, const char *folder,
                             struct aula_error *err)
{
    struct ceremony *made = NULL;
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, folder, FACTS_FILE, err);

    if (code != AULA_OK) {
        return code;
    }
    made = calloc(1, sizeof *made);
    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "%s: no memory", folder);
    }
    (void)snprintf(made->folder, sizeof made->folder, "%s", folder);
    code = load_draft(made, err);
    if (code != AULA_OK) {
        ceremony_close(made);
        return code;
    }
    *ceremony = made;
    return AULA_OK;
}

void ceremony_close(struct ceremony *ceremony)
{
    if (ceremony == NULL) {
        return;
    }
    for (size_t step = 0; step < CEREMONY_STEPS; step++) {
        for (size_t i = 0; i < DKG_TRUSTEES_MAX; i++) {
            free(ceremony->files[step][i].bytes);
        }
    }
    free(ceremony);
}

enum aula_code ceremony_path(char path[static PLACE_BYTES],
                             const struct ceremony *ceremony,
                             enum ceremony_step step, uint8_t index,
                             struct aula_error *err)
{
    char name[32];

    (void)snprintf(name, sizeof name, "%s/%u.bin", step_folders[step], index);
    return place_in(path, ceremony->folder, name, err);
}

static enum aula_code compare_file(const char *path, const uint8_t *bytes,
                                   size_t size, struct aula_error *err)
{
    uint8_t *there = NULL;
    size_t there_size = 0;
    enum aula_code code = file_read(&there, &there_size, path,
                                    DKG_ROUND2_MAX_BYTES, err);

    if (code != AULA_OK) {
        return code;
    }
    if (there_size != size || memcmp(there, bytes, size) != 0) {
        code = aula_fail(err, AULA_DKG_TRANSCRIPT,
                         "%s: not the file that this trustee handed out", path);
    }
    free(there);
    return code;
}

enum aula_code ceremony_hand_out(const struct ceremony *ceremony,
                                 enum ceremony_step step, uint8_t index,
                                 const uint8_t *bytes, size_t size,
                                 struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, ceremony->folder, step_folders[step],
                                   err);

    if (code == AULA_OK) {
        code = file_make_folder(path, false, err);
    }
    if (code == AULA_OK) {
        code = ceremony_path(path, ceremony, step, index, err);
    }
    if (code == AULA_OK) {
        code = file_write_new(path, bytes, size, 0644, err);
    }
    return code == AULA_STATE ? compare_file(path, bytes, size, err) : code;
}

bool ceremony_lacks(const struct ceremony *ceremony, enum ceremony_step step,
                    uint8_t index)
{
    return ceremony->files[step][index - 1].bytes == NULL;
}

bool ceremony_is_complete(const struct ceremony *ceremony,
                          enum ceremony_step step)
{
    for (uint8_t i = 1; i <= ceremony->params.count; i++) {
        if (ceremony_lacks(ceremony, step, i)) {
            return false;
        }
    }
    return true;
}

unsigned ceremony_quorum(const struct dkg_params *params)
{
    return ((unsigned)params->count + params->threshold + 1) / 2;
}
