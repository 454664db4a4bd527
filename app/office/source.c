/* SPDX-License-Identifier: Apache-2.0 */
/* See source.h. */
#include "source.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "blame.h"
#include "file.h"
#include "source_parts.h"

/* ---- what both forms share */

static enum aula_code no_memory(struct aula_error *err)
{
    return aula_fail(err, AULA_MEMORY, "no memory");
}

/* All faults are there; say how many, and where the text comes from. */
static enum aula_code refuse(const struct source *source,
                             struct aula_error *err)
{
    size_t count = faults_count(&source->faults);

    return aula_fail(err, AULA_SOURCE, "%.120s: %zu fault%s; nothing is packed",
                     source->path, count, count == 1 ? "" : "s");
}

/* Places are those of a text that nobody has seen. */
static void forget_places(struct source *source)
{
    for (size_t i = 0; i < source->faults.count; i++) {
        source->faults.items[i].line = 0;
    }
}

/* Pack root as it is now. */
static enum aula_code use_root(struct source *source, struct aula_error *err)
{
    char *text = source_dump(source->root);
    enum aula_code code;

    if (text == NULL) {
        return no_memory(err);
    }
    free(source->json);
    source->json = (uint8_t *)text;
    source->json_size = strlen(text);
    election_close(&source->election);
    code = election_open(&source->election, &source->faults, source->json,
                         source->json_size, err);
    if (code == AULA_SOURCE) {
        forget_places(source);
        code = refuse(source, err);
    }
    return code;
}

static bool has_wish(const struct source_wish *wish)
{
    return wish->is_rehearsal || wish->first_day != NULL ||
           wish->last_day != NULL;
}

static enum aula_code apply(struct source *source,
                            const struct source_wish *wish,
                            struct aula_error *err)
{
    return source_apply(source->root, wish) ? use_root(source, err)
                                            : no_memory(err);
}

/* The row of election.json, among its like by path. */
static enum aula_code add_json(struct source *source, struct aula_error *err)
{
    struct manifest_row row = {.path = SOURCE_JSON,
                               .path_size = sizeof SOURCE_JSON - 1,
                               .size = source->json_size};

    if (source->rows == NULL) {
        source->rows = calloc(1, sizeof *source->rows);
        if (source->rows == NULL) {
            return no_memory(err);
        }
    }
    manifest_hash_file(row.hash, source->json, source->json_size);
    memmove(source->rows + 1, source->rows, source->count * sizeof row);
    source->rows[0] = row; /* it precedes "photos/" */
    source->count++;
    return AULA_OK;
}

/* ---- a folder */

static enum aula_code read_text(struct source *source, struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, source->path, SOURCE_JSON, err);

    if (code == AULA_OK) {
        code = file_read(&source->json, &source->json_size, path,
                         ELECTION_BYTES_MAX, err);
    }
    return code;
}

/* A text that is no JSON has one fault, and names no photo. */
static enum aula_code read_folder(struct source *source,
                                  const struct source_wish *wish,
                                  struct progress *progress,
                                  struct aula_error *err)
{
    enum aula_code code = read_text(source, err);

    if (code != AULA_OK) {
        return code;
    }
    code = election_open(&source->election, &source->faults, source->json,
                         source->json_size, err);
    if (code != AULA_OK && code != AULA_SOURCE) {
        return code;
    }
    source->root = json_loadb((const char *)source->json, source->json_size,
                              JSON_REJECT_DUPLICATES, NULL);
    if (source->root == NULL) {
        return code == AULA_OK ? no_memory(err) : refuse(source, err);
    }
    code = source_read_photos(source, progress, err);
    if (code != AULA_OK) {
        return code;
    }
    if (faults_count(&source->faults) > 0) {
        faults_locate(&source->faults, 0, (const char *)source->json,
                      source->json_size);
        return refuse(source, err);
    }
    return has_wish(wish) ? apply(source, wish, err) : AULA_OK;
}

/* ---- a Pabulib file */

static enum aula_code read_pabulib(struct source *source,
                                   const struct source_wish *wish,
                                   struct aula_error *err)
{
    struct pabulib file;
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code = file_read(&bytes, &size, source->path,
                                    PABULIB_BYTES_MAX, err);

    if (code != AULA_OK) {
        return code;
    }
    code = pabulib_open(&file, bytes, size, err);
    free(bytes);
    if (code == AULA_OK) {
        code = source_of_pabulib(&source->root, &file, err);
        pabulib_close(&file);
    }
    if (code != AULA_OK) {
        return blame_file(err, code, source->path);
    }
    return apply(source, wish, err);
}

/* ---- the whole */

static enum aula_code find_form(struct source *source, const char *path,
                                struct aula_error *err)
{
    struct stat status;
    size_t size = strlen(path);

    while (size > 1 && path[size - 1] == '/') {
        size--;
    }
    if (size >= PLACE_BYTES) {
        return aula_fail(err, AULA_BAD_FIELD, "%.80s..: the path is too long",
                         path);
    }
    memcpy(source->path, path, size);
    source->path[size] = '\0';
    if (stat(path, &status) != 0) {
        return aula_fail(err, file_code_of(errno), "%s: %s", path,
                         strerror(errno));
    }
    source->is_pabulib = !S_ISDIR(status.st_mode);
    return AULA_OK;
}

enum aula_code source_open(struct source *source, const char *path,
                           const struct source_wish *wish,
                           struct progress *progress, struct aula_error *err)
{
    enum aula_code code;

    *source = (struct source){.json = NULL};
    code = find_form(source, path, err);
    if (code == AULA_OK) {
        code = source->is_pabulib ? read_pabulib(source, wish, err)
                                  : read_folder(source, wish, progress, err);
    }
    return code != AULA_OK ? code : add_json(source, err);
}

void source_close(struct source *source)
{
    if (source == NULL) {
        return;
    }
    election_close(&source->election);
    faults_close(&source->faults);
    faults_close(&source->strangers);
    json_decref(source->root);
    free(source->rows);
    free(source->json);
    *source = (struct source){.json = NULL};
}

void source_write_fault(char line[static FAULT_LINE_BYTES],
                        const struct source *source, const struct fault *fault)
{
    char text[FAULT_LINE_BYTES];
    const char *file = source->is_pabulib ? source->path : SOURCE_JSON;

    faults_write(text, fault);
    (void)snprintf(line, FAULT_LINE_BYTES, "%.200s:%s%.300s", file,
                   fault->line == 0 ? " " : "", text);
}

enum aula_code source_file(uint8_t **bytes, size_t *size,
                           const struct source *source,
                           const struct manifest_row *row,
                           struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code;

    if (strcmp(row->path, SOURCE_JSON) == 0) {
        *bytes = malloc(source->json_size);
        if (*bytes == NULL) {
            return no_memory(err);
        }
        memcpy(*bytes, source->json, source->json_size);
        *size = source->json_size;
        return AULA_OK;
    }
    code = source_place(path, source, row->path, err);
    return code != AULA_OK
               ? code
               : file_read(bytes, size, path, MANIFEST_FILE_BYTES_MAX, err);
}
