/* SPDX-License-Identifier: Apache-2.0 */
/* The files of pages.h written on the board, and compared with what stands
 * there. A page may be as long as a board is large: neither holds it whole. */
#include <stdlib.h>
#include <string.h>

#include "board_file.h"
#include "file.h"
#include "pages_name.h"
#include "pages_parts.h"

/* ---- writing */

static enum aula_code put(void *context, const uint8_t *bytes, size_t size,
                          struct aula_error *err)
{
    return file_writer_put(context, bytes, size, err);
}

static enum aula_code write_one(const struct pages *pages, size_t place,
                                const char *name, struct aula_error *err)
{
    struct pabulib_sink sink = {put, NULL};
    struct file_writer *writer = NULL;
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, pages_folder(pages), name, err);

    if (code == AULA_OK) {
        code = file_writer_open(&writer, path, 0644, err);
    }
    if (writer == NULL) {
        return code;
    }
    sink.context = writer;
    code = pages_make(pages, place, &sink, err);
    if (code != AULA_OK) {
        file_writer_abort(writer);
        return code;
    }
    return file_writer_commit(writer, false, err);
}

enum aula_code pages_write(const struct pages *pages, struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    for (size_t i = 0; i < pages_count(pages) && code == AULA_OK; i++) {
        char name[PAGES_NAME_BYTES];

        if (pages_name(name, pages, i)) {
            code = write_one(pages, i, name, err);
        }
    }
    return code;
}

/* ---- comparing */

enum { PIECE_BYTES = 64 * 1024 };

/* The file that is there, and how far it was read. */
struct compared {
    struct board_pieces pieces;
    const char *name;
    uint64_t offset;
    uint8_t piece[PIECE_BYTES];
};

static enum aula_code differs(const struct compared *compared,
                              struct aula_error *err)
{
    return aula_fail(err, AULA_RESULT_MISMATCH,
                     "%s: not what the board gives when it is made again",
                     compared->name);
}

static enum aula_code compare(void *context, const uint8_t *bytes, size_t size,
                              struct aula_error *err)
{
    struct compared *compared = context;

    if (size > compared->pieces.size - compared->offset) {
        return differs(compared, err);
    }
    while (size > 0) {
        size_t part = size < PIECE_BYTES ? size : PIECE_BYTES;
        enum aula_code code = board_pieces_read(&compared->pieces,
                                                compared->offset,
                                                compared->piece, part, err);

        if (code != AULA_OK) {
            return code;
        }
        if (memcmp(compared->piece, bytes, part) != 0) {
            return differs(compared, err);
        }
        compared->offset += part;
        bytes += part;
        size -= part;
    }
    return AULA_OK;
}

static enum aula_code compare_one(const struct pages *pages, size_t place,
                                  const char *name, struct aula_error *err)
{
    struct compared *compared = calloc(1, sizeof *compared);
    struct pabulib_sink sink = {compare, compared};
    char path[PLACE_BYTES];
    enum aula_code code;

    if (compared == NULL) {
        return aula_fail(err, AULA_MEMORY, "%s: no memory", name);
    }
    compared->name = name;
    compared->pieces.file = -1;
    code = place_in(path, pages_folder(pages), name, err);
    if (code == AULA_OK) {
        code = board_pieces_open(&compared->pieces, path, err);
    }
    if (code == AULA_OK) {
        code = pages_make(pages, place, &sink, err);
    }
    if (code == AULA_OK && compared->offset != compared->pieces.size) {
        code = differs(compared, err);
    }
    board_pieces_close(&compared->pieces);
    free(compared);
    return code;
}

enum aula_code pages_compare(const struct pages *pages, const char *name,
                             struct aula_error *err)
{
    for (size_t i = 0; i < pages_count(pages); i++) {
        char known[PAGES_NAME_BYTES];

        if (pages_name(known, pages, i) && strcmp(known, name) == 0) {
            return compare_one(pages, i, name, err);
        }
    }
    if (strcmp(name, PAGES_COUNCIL) == 0) {
        return AULA_OK;
    }
    return aula_fail(err, AULA_RESULT_MISMATCH,
                     "%s: there are no opened ballots of that contest", name);
}
