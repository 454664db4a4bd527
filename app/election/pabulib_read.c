/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a Pabulib file: META, PROJECTS, VOTES, and that META counted right.
 */
#include "pabulib_parts.h"

#include <stdlib.h>
#include <string.h>

static const char mark[] = {'\xef', '\xbb', '\xbf'};

static enum aula_code check_counts(const struct pabulib *file,
                                   const struct pabulib_announced *announced,
                                   const struct pabulib_reader *reader)
{
    if ((uint64_t)announced->projects != file->project_count) {
        return pabulib_fail(reader, announced->projects_line,
                            "num_projects: expected the %zu of PROJECTS, "
                            "found %lld",
                            file->project_count,
                            (long long)announced->projects);
    }
    if ((uint64_t)announced->votes != file->vote_count) {
        return pabulib_fail(reader, announced->votes_line,
                            "num_votes: expected the %zu of VOTES, found %lld",
                            file->vote_count, (long long)announced->votes);
    }
    return AULA_OK;
}

static enum aula_code read_sections(struct pabulib *file,
                                    struct pabulib_reader *reader)
{
    struct pabulib_announced announced = {0};
    enum aula_code code = pabulib_advance(reader);

    if (code == AULA_OK) {
        code = pabulib_read_meta(file, &announced, reader);
    }
    if (code == AULA_OK) {
        code = pabulib_read_projects(file, reader);
    }
    if (code == AULA_OK) {
        code = pabulib_read_votes(file, reader);
    }
    return code == AULA_OK ? check_counts(file, &announced, reader) : code;
}

enum aula_code pabulib_open(struct pabulib *file, const uint8_t *bytes,
                            size_t size, struct aula_error *err)
{
    struct pabulib_reader reader = {.err = err};
    struct pabulib made = {0};
    enum aula_code code;

    *file = made;
    if (size > PABULIB_BYTES_MAX) {
        return aula_fail(err, AULA_TOO_LARGE, "above %d bytes",
                         PABULIB_BYTES_MAX);
    }
    made.bytes = malloc(size + 1);
    if (made.bytes == NULL) {
        return aula_fail(err, AULA_MEMORY, "out of memory");
    }
    if (size > 0) {
        memcpy(made.bytes, bytes, size);
    }
    reader.next = made.bytes;
    reader.end = made.bytes + size;
    if (size >= sizeof mark && memcmp(made.bytes, mark, sizeof mark) == 0) {
        reader.next += sizeof mark;
    }
    code = read_sections(&made, &reader);
    if (code != AULA_OK) {
        pabulib_close(&made);
        return code;
    }
    *file = made;
    return AULA_OK;
}

void pabulib_close(struct pabulib *file)
{
    if (file != NULL) {
        free(file->meta);
        free(file->projects);
        free(file->costs);
        free(file->votes);
        free(file->choices);
        free(file->points);
        free(file->bytes);
        *file = (struct pabulib){0};
    }
}

bool pabulib_is_whole(const struct pabulib *file)
{
    bool is_whole = file->budget % 100 == 0;

    for (size_t i = 0; i < file->project_count; i++) {
        is_whole = is_whole && file->costs[i] % 100 == 0;
    }
    return is_whole;
}
