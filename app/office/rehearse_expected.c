/* SPDX-License-Identifier: Apache-2.0 */
/* See rehearse_expected.h. */
#include "rehearse_expected.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "tally.h"

/* The rows of tally_open: each ballot of a contest behind a zero. */
static enum aula_code take_rows(uint8_t **rows, size_t *count,
                                const struct rehearse_votes *votes,
                                uint16_t contest, struct aula_error *err)
{
    const struct package_contest *of = &votes->package->contests[contest];
    size_t step = 1 + plaintext_size(&of->rule);
    uint8_t plaintext[PLAINTEXT_BYTES_MAX];

    *count = 0;
    *rows = calloc(votes->count, step);
    if (*rows == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory for the ballots");
    }
    for (size_t i = 0; i < votes->count; i++) {
        if (rehearse_votes_get(votes, plaintext, i) == contest) {
            memcpy(*rows + *count * step + 1, plaintext, step - 1);
            ++*count;
        }
    }
    return AULA_OK;
}

static enum aula_code put(void *context, const uint8_t *bytes, size_t size,
                          struct aula_error *err)
{
    return file_writer_put(context, bytes, size, err);
}

static enum aula_code write_file(const char *out, uint16_t contest,
                                 const struct pabulib *ballots,
                                 struct aula_error *err)
{
    struct pabulib_sink sink = {put, NULL};
    struct file_writer *writer = NULL;
    char path[PLACE_BYTES];
    char name[32];
    enum aula_code code;

    (void)snprintf(name, sizeof name, "expected-%u.pb", contest);
    code = place_in(path, out, name, err);
    if (code == AULA_OK) {
        code = file_writer_open(&writer, path, 0600, err);
    }
    if (writer == NULL) {
        return code;
    }
    sink.context = writer;
    code = pabulib_write(&sink, ballots, err);
    if (code != AULA_OK) {
        file_writer_abort(writer);
        return code;
    }
    return file_writer_commit(writer, false, err);
}

static enum aula_code write_contest(const char *out,
                                    const struct rehearse_election *election,
                                    const struct rehearse_votes *votes,
                                    uint16_t contest, struct aula_error *err)
{
    struct tally tally = {.valid = 0};
    uint8_t *rows = NULL;
    size_t count = 0;
    enum aula_code code = take_rows(&rows, &count, votes, contest, err);

    if (code == AULA_OK) {
        code = tally_open(&tally, votes->package, &election->election, contest,
                          rows, count, NULL, err);
    }
    if (code == AULA_OK) {
        code = write_file(out, contest, &tally.ballots, err);
    }
    tally_close(&tally);
    free(rows);
    return code;
}

enum aula_code rehearse_expected_write(const char *out,
                                       const struct rehearse_election *election,
                                       const struct rehearse_votes *votes,
                                       struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    for (uint16_t c = 0; c < votes->package->contest_count && code == AULA_OK;
         c++) {
        code = write_contest(out, election, votes, c, err);
    }
    return code;
}
