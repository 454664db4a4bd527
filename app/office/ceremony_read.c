/* SPDX-License-Identifier: Apache-2.0 */
/* See ceremony.h: reading the files of each step, and checking them. */
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "blame.h"
#include "ceremony.h"
#include "file.h"

static const size_t size_bounds[CEREMONY_STEPS] = {
    DKG_ROUND1_MAX_BYTES, DKG_ROUND2_MAX_BYTES, SIGN_BYTES};

/* Check one file that was read; the file is that of trustee `index`. */
typedef enum aula_code check_file(struct ceremony *ceremony, uint8_t index,
                                  const struct ceremony_file *file,
                                  struct aula_error *err);

/* Bits of all trustees but one: a file of any other in its place is refused. */
static uint32_t all_but(uint8_t index)
{
    return ~(UINT32_C(1) << (index - 1));
}

static enum aula_code check_round1(struct ceremony *ceremony, uint8_t index,
                                   const struct ceremony_file *file,
                                   struct aula_error *err)
{
    return dkg_round1_check(&ceremony->views[index - 1], &ceremony->params,
                            all_but(index), file->bytes, file->size, err);
}

static enum aula_code check_round2(struct ceremony *ceremony, uint8_t index,
                                   const struct ceremony_file *file,
                                   struct aula_error *err)
{
    return dkg_round2_check(NULL, &ceremony->set, all_but(index), file->bytes,
                            file->size, err);
}

static enum aula_code check_confirmation(struct ceremony *ceremony,
                                         uint8_t index,
                                         const struct ceremony_file *file,
                                         struct aula_error *err)
{
    enum aula_code code;

    if (file->size != SIGN_BYTES) {
        return aula_fail(err, AULA_TRUNCATED, "%zu bytes instead of %d",
                         file->size, SIGN_BYTES);
    }
    code = dkg_confirm_check(&ceremony->set, &ceremony->outcome,
                             ceremony->transcript2, index, file->bytes, err);
    if (code == AULA_OK) {
        memcpy(ceremony->confirmations[index - 1], file->bytes, SIGN_BYTES);
    }
    return code;
}

static bool is_there(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0 || errno != ENOENT;
}

static enum aula_code read_one(struct ceremony *ceremony,
                               enum ceremony_step step, uint8_t index,
                               check_file *check, struct aula_error *err)
{
    struct ceremony_file *file = &ceremony->files[step][index - 1];
    char path[PLACE_BYTES];
    enum aula_code code = ceremony_path(path, ceremony, step, index, err);

    assert(file->bytes == NULL);
    if (code != AULA_OK || !is_there(path)) {
        return code;
    }
    code = file_read(&file->bytes, &file->size, path, size_bounds[step], err);
    if (code != AULA_OK) {
        return code;
    }
    return blame_file(err, check(ceremony, index, file, err), path);
}

static enum aula_code read_all(struct ceremony *ceremony,
                               enum ceremony_step step, check_file *check,
                               struct aula_error *err)
{
    for (uint8_t i = 1; i <= ceremony->params.count; i++) {
        enum aula_code code = read_one(ceremony, step, i, check, err);

        if (code != AULA_OK) {
            return code;
        }
    }
    return AULA_OK;
}

enum aula_code ceremony_read_round1(struct ceremony *ceremony,
                                    struct aula_error *err)
{
    enum aula_code code = read_all(ceremony, CEREMONY_ROUND1, check_round1,
                                   err);

    if (code != AULA_OK || !ceremony_is_complete(ceremony, CEREMONY_ROUND1)) {
        return code;
    }
    code = dkg_set_check(&ceremony->set, &ceremony->params, ceremony->views,
                         ceremony->params.count, err);
    return blame_file(err, code, ceremony->folder);
}

enum aula_code ceremony_read_round2(struct ceremony *ceremony,
                                    struct aula_error *err)
{
    const uint8_t *files[DKG_TRUSTEES_MAX] = {NULL};
    enum aula_code code;

    assert(ceremony_is_complete(ceremony, CEREMONY_ROUND1));
    code = read_all(ceremony, CEREMONY_ROUND2, check_round2, err);
    if (code != AULA_OK || !ceremony_is_complete(ceremony, CEREMONY_ROUND2)) {
        return code;
    }
    for (size_t i = 0; i < ceremony->params.count; i++) {
        files[i] = ceremony->files[CEREMONY_ROUND2][i].bytes;
    }
    dkg_transcript2(ceremony->transcript2, &ceremony->set, files);
    return AULA_OK;
}

enum aula_code ceremony_read_confirmations(struct ceremony *ceremony,
                                           struct aula_error *err)
{
    enum aula_code code;

    assert(ceremony_is_complete(ceremony, CEREMONY_ROUND2));
    code = dkg_outcome_find(&ceremony->outcome, &ceremony->set, err);
    if (code != AULA_OK) {
        return blame_file(err, code, ceremony->folder);
    }
    return read_all(ceremony, CEREMONY_CONFIRM, check_confirmation, err);
}

void ceremony_list_missing(char list[static CEREMONY_LIST_BYTES],
                           const struct ceremony *ceremony,
                           enum ceremony_step step)
{
    size_t size = 0;

    list[0] = '\0';
    for (uint8_t i = 1; i <= ceremony->params.count; i++) {
        if (ceremony_lacks(ceremony, step, i)) {
            size += (size_t)snprintf(list + size, CEREMONY_LIST_BYTES - size,
                                     "%s%u", size == 0 ? "" : ", ", i);
        }
    }
}

enum aula_code ceremony_need(const struct ceremony *ceremony,
                             enum ceremony_step step, struct aula_error *err)
{
    static const char *const whats[CEREMONY_STEPS] = {"new", "deal", "accept"};
    char list[CEREMONY_LIST_BYTES];

    ceremony_list_missing(list, ceremony, step);
    return list[0] == '\0'
               ? AULA_OK
               : aula_fail(err, AULA_STATE,
                           "%.60s: still missing: `aula trustee %s` of trustee "
                           "%s",
                           ceremony->folder, whats[step], list);
}

enum aula_code ceremony_finish(struct ceremony *ceremony,
                               struct aula_error *err)
{
    enum aula_code code = ceremony_read_round1(ceremony, err);

    if (code == AULA_OK) {
        code = ceremony_need(ceremony, CEREMONY_ROUND1, err);
    }
    if (code == AULA_OK) {
        code = ceremony_read_round2(ceremony, err);
    }
    if (code == AULA_OK) {
        code = ceremony_need(ceremony, CEREMONY_ROUND2, err);
    }
    if (code == AULA_OK) {
        code = ceremony_read_confirmations(ceremony, err);
    }
    if (code == AULA_OK) {
        code = ceremony_need(ceremony, CEREMONY_CONFIRM, err);
    }
    return code;
}
