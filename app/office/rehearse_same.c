/* SPDX-License-Identifier: Apache-2.0 */
/* See rehearse_same.h. */
#include "rehearse_same.h"

#include <assert.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "pabulib.h"
#include "place.h"

/* The lines of a file; those of the votes begin at `votes`. */
struct lines {
    uint8_t *bytes;
    char **texts;
    size_t count;
    size_t votes;
};

static enum aula_code split(struct lines *lines, char *text,
                            struct aula_error *err)
{
    char *rest = NULL;
    size_t count = 1;

    for (const char *at = text; *at != '\0'; at++) {
        count += *at == '\n';
    }
    lines->texts = calloc(count, sizeof *lines->texts);
    if (lines->texts == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory for ballots");
    }
    for (char *line = strtok_r(text, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        lines->texts[lines->count++] = line;
        if (strcmp(line, "VOTES") == 0) {
            lines->votes = lines->count + 1;
        }
    }
    return AULA_OK;
}

/* A vote without the number of its voter, which says where it stood. */
static const char *vote_of(const char *line)
{
    const char *mark = strchr(line, ';');

    return mark != NULL ? mark : line;
}

static int compare_votes(const void *a, const void *b)
{
    return strcmp(vote_of(*(char *const *)a), vote_of(*(char *const *)b));
}

static enum aula_code read_lines(struct lines *lines, const char *path,
                                 struct aula_error *err)
{
    size_t size = 0;
    uint8_t *text;
    enum aula_code code = file_read(&lines->bytes, &size, path,
                                    PABULIB_BYTES_MAX, err);

    if (code != AULA_OK) {
        return code;
    }
    text = realloc(lines->bytes, size + 1);
    if (text == NULL) {
        return aula_fail(err, AULA_MEMORY, "%s: no memory", path);
    }
    text[size] = '\0';
    lines->bytes = text;
    code = split(lines, (char *)text, err);
    if (code == AULA_OK && lines->votes > 0 && lines->votes < lines->count) {
        qsort(lines->texts + lines->votes, lines->count - lines->votes,
              sizeof *lines->texts, compare_votes);
    }
    return code;
}

static enum aula_code compare(const struct lines *wanted,
                              const struct lines *got, const char *path,
                              struct aula_error *err)
{
    bool is_same = wanted->count == got->count && wanted->votes == got->votes;

    for (size_t i = 0; is_same && i < wanted->count; i++) {
        const char *a = wanted->texts[i];
        const char *b = got->texts[i];

        assert(a != NULL && b != NULL); /* as many as were counted */
        is_same = i < wanted->votes ? strcmp(a, b) == 0
                                    : strcmp(vote_of(a), vote_of(b)) == 0;
    }
    return is_same ? AULA_OK
                   : aula_fail(err, AULA_RESULT_MISMATCH,
                               "%s: not what the ballots give that were cast",
                               path);
}

static enum aula_code compare_contest(const char *out, const char *board,
                                      size_t contest, struct aula_error *err)
{
    struct lines wanted = {.count = 0};
    struct lines got = {.count = 0};
    char expected[PLACE_BYTES];
    char ballots[PLACE_BYTES];
    char name[32];
    enum aula_code code;

    (void)snprintf(name, sizeof name, "expected-%zu.pb", contest);
    code = place_in(expected, out, name, err);
    (void)snprintf(name, sizeof name, "ballots-%zu.pb", contest);
    if (code == AULA_OK && place_is_missing(board, name)) {
        return AULA_OK;
    }
    if (code == AULA_OK) {
        code = place_in(ballots, board, name, err);
    }
    if (code == AULA_OK) {
        code = read_lines(&wanted, expected, err);
    }
    if (code == AULA_OK) {
        code = read_lines(&got, ballots, err);
    }
    if (code == AULA_OK) {
        code = compare(&wanted, &got, ballots, err);
    }
    free(wanted.bytes);
    free(wanted.texts);
    free(got.bytes);
    free(got.texts);
    return code;
}

enum aula_code rehearse_same(const char *out, const char *board,
                             size_t contests, struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    for (size_t c = 0; c < contests && code == AULA_OK; c++) {
        code = compare_contest(out, board, c, err);
    }
    return code;
}
