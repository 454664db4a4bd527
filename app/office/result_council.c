/* SPDX-License-Identifier: Apache-2.0 */
/* See result_council.h. */
#include "result_council.h"

#include <stdlib.h>

#include "blame.h"
#include "council.h"
#include "file.h"
#include "pages_name.h"

/* A whole council.json; NULL where there is none. */
struct council_bytes {
    uint8_t *bytes;
    size_t size;
};

/* Strictly, before anything on the board changes. */
static enum aula_code check(const struct council_bytes *file, const char *path,
                            FILE *notes, struct aula_error *err)
{
    struct faults faults = {.count = 0};
    struct council council;
    enum aula_code code = council_open(&council, &faults, file->bytes,
                                       file->size, err);

    for (size_t i = 0; i < faults.count; i++) {
        char line[FAULT_LINE_BYTES];

        faults_write(line, &faults.items[i]);
        (void)fprintf(notes, "%s: %s\n", path, line);
    }
    faults_close(&faults);
    council_close(&council);
    return blame_file(err, code, path);
}

static enum aula_code put_back(const char *there,
                               const struct council_bytes *before,
                               struct aula_error *err)
{
    return before->bytes == NULL
               ? file_remove(there, err)
               : file_write(there, before->bytes, before->size, 0644, err);
}

/* The decisions go to the board, and come back where they do not fit. */
static enum aula_code replace(struct pages **pages, struct board *board,
                              const char *there,
                              const struct council_bytes *before,
                              const struct council_bytes *file,
                              struct aula_error *err)
{
    struct aula_error found = {AULA_OK, ""};
    enum aula_code code = file_write(there, file->bytes, file->size, 0644, err);

    if (code != AULA_OK) {
        return code;
    }
    code = pages_open(pages, board, &found);
    if (code == AULA_OK) {
        return AULA_OK;
    }
    code = put_back(there, before, err);
    return code != AULA_OK ? code
                           : aula_fail(err, found.code, "%s", found.message);
}

enum aula_code result_council_pages(struct pages **pages, struct board *board,
                                    const char *path, FILE *notes,
                                    struct aula_error *err)
{
    struct council_bytes file = {NULL, 0};
    struct council_bytes before = {NULL, 0};
    char there[PLACE_BYTES];
    enum aula_code code = AULA_OK;

    *pages = NULL;
    if (path == NULL) {
        return pages_open(pages, board, err);
    }
    code = place_in(there, board->folder, PAGES_COUNCIL, err);
    if (code == AULA_OK) {
        code = file_read(&file.bytes, &file.size, path, COUNCIL_BYTES_MAX, err);
    }
    if (code == AULA_OK) {
        code = check(&file, path, notes, err);
    }
    if (code == AULA_OK && !place_is_missing(board->folder, PAGES_COUNCIL)) {
        code = file_read(&before.bytes, &before.size, there, COUNCIL_BYTES_MAX,
                         err);
    }
    if (code == AULA_OK) {
        code = replace(pages, board, there, &before, &file, err);
    }
    free(before.bytes);
    free(file.bytes);
    return code;
}
