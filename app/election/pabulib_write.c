/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a Pabulib file: UTF-8 without a mark, LF, names in capitals, every
 * record as long as its header. Only what pabulib_open reads again.
 */
#include "pabulib_parts.h"

#include <assert.h>
#include <string.h>

static bool has_points(const struct pabulib *head)
{
    return head->vote_type == PABULIB_CUMULATIVE ||
           head->vote_type == PABULIB_SCORING;
}

enum aula_code pabulib_write_start(struct pabulib_writer *writer,
                                   const struct pabulib_sink *sink,
                                   const struct pabulib *head,
                                   struct aula_error *err)
{
    writer->sink = *sink;
    writer->head = head;
    writer->votes = 0;
    writer->used = 0;
    writer->code = AULA_OK;
    writer->err = err;
    pabulib_put_meta(writer);
    pabulib_put_projects(writer);
    pabulib_put(writer, "VOTES\nvoter_id;vote");
    pabulib_put(writer, has_points(head) ? ";points\n" : "\n");
    return writer->code;
}

/* Ids with a comma between them: one field, and so between quotes as one. */
static void put_choices(struct pabulib_writer *writer, const uint16_t *choices,
                        size_t count)
{
    const struct pabulib *head = writer->head;
    bool is_quoted = false;

    for (size_t i = 0; i < count; i++) {
        assert(choices[i] < head->project_count);
        is_quoted = is_quoted ||
                    pabulib_needs_quotes(&head->projects[choices[i]].id);
    }
    pabulib_put(writer, is_quoted ? "\"" : "");
    for (size_t i = 0; i < count; i++) {
        pabulib_put(writer, i > 0 ? "," : "");
        pabulib_put_doubled(writer, &head->projects[choices[i]].id);
    }
    pabulib_put(writer, is_quoted ? "\"" : "");
}

enum aula_code pabulib_write_vote(struct pabulib_writer *writer,
                                  const char *voter, const uint16_t *choices,
                                  const int32_t *points, size_t count,
                                  struct aula_error *err)
{
    const struct pabulib *head = writer->head;
    struct pabulib_text name = {voter, strlen(voter)};

    writer->err = err;
    if (writer->code != AULA_OK) {
        return aula_fail(err, writer->code, "an earlier write failed");
    }
    if (name.size == 0) {
        pabulib_put_fails(writer, "voter_id");
    }
    pabulib_put_field(writer, "voter_id", &name);
    pabulib_put(writer, ";");
    put_choices(writer, choices, count);
    if (has_points(head)) {
        assert(points != NULL || count == 0);
        pabulib_put(writer, ";");
        for (size_t i = 0; i < count; i++) {
            pabulib_put(writer, i > 0 ? "," : "");
            pabulib_put_number(writer, points[i]);
        }
    }
    pabulib_put(writer, "\n");
    writer->votes++;
    return writer->code;
}

enum aula_code pabulib_write_end(struct pabulib_writer *writer,
                                 struct aula_error *err)
{
    writer->err = err;
    if (writer->code != AULA_OK) {
        return aula_fail(err, writer->code, "an earlier write failed");
    }
    assert(writer->votes == writer->head->vote_count);
    pabulib_flush(writer);
    return writer->code;
}

enum aula_code pabulib_write(const struct pabulib_sink *sink,
                             const struct pabulib *file, struct aula_error *err)
{
    struct pabulib_writer writer;
    enum aula_code code = pabulib_write_start(&writer, sink, file, err);

    for (size_t i = 0; i < file->vote_count && code == AULA_OK; i++) {
        const struct pabulib_vote *vote = &file->votes[i];

        code = pabulib_write_vote(&writer, vote->voter,
                                  file->choices + vote->first,
                                  file->points != NULL
                                      ? file->points + vote->first
                                      : NULL,
                                  vote->count, err);
    }
    return code == AULA_OK ? pabulib_write_end(&writer, err) : code;
}
