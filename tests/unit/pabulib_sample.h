/* SPDX-License-Identifier: Apache-2.0 */
/* Pabulib files for tests: those of tests/data/pabulib, and short ones in the
 * test itself. Programs run from the top of the tree.
 */
#ifndef AULA_TEST_PABULIB_SAMPLE_H
#define AULA_TEST_PABULIB_SAMPLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pabulib.h"

struct loaded {
    uint8_t *bytes; /* NULL: no such file */
    size_t size;
};

static inline struct loaded pb_load(const char *folder, const char *name)
{
    struct loaded file = {0};
    char path[256];
    FILE *stream = NULL;
    long size = 0;

    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    stream = fopen(path, "rb");
    if (stream == NULL) {
        return file;
    }
    assert_int_equal(fseek(stream, 0, SEEK_END), 0);
    size = ftell(stream);
    assert_true(size >= 0);
    rewind(stream);
    file.bytes = malloc((size_t)size + 1);
    assert_non_null(file.bytes);
    file.size = fread(file.bytes, 1, (size_t)size, stream);
    assert_int_equal(file.size, size);
    (void)fclose(stream);
    return file;
}

/* Open bytes in memory of exactly their size; a refusal leaves nothing. */
static inline enum aula_code pb_open_bytes(struct pabulib *file,
                                           const uint8_t *bytes, size_t size,
                                           struct aula_error *err)
{
    static const struct pabulib empty;
    uint8_t *copy = malloc(size > 0 ? size : 1);
    enum aula_code code;

    assert_non_null(copy);
    if (size > 0) {
        memcpy(copy, bytes, size);
    }
    memset(file, 0x5a, sizeof *file);
    code = pabulib_open(file, copy, size, err);
    free(copy);
    if (code != AULA_OK) {
        assert_memory_equal(file, &empty, sizeof empty);
    }
    return code;
}

/* Open a file of tests/data/pabulib, which must be good. */
static inline void pb_open_sample(struct pabulib *file, const char *name)
{
    struct loaded loaded = pb_load("tests/data/pabulib", name);
    struct aula_error err = {0};

    assert_non_null(loaded.bytes);
    if (pb_open_bytes(file, loaded.bytes, loaded.size, &err) != AULA_OK) {
        print_error("%s: %s\n", name, err.message);
        fail();
    }
    free(loaded.bytes);
}

static inline bool pb_is(const struct pabulib_text *text, const char *expected)
{
    return text->size == strlen(expected) &&
           memcmp(text->text, expected, text->size) == 0;
}

/* Where a writer's bytes go: memory that grows, or fails at a call. */
struct paper {
    uint8_t *bytes;
    size_t size;
    size_t calls;
    size_t fails_at; /* from 1; 0: none */
};

static inline enum aula_code paper_write(void *context, const uint8_t *bytes,
                                         size_t size, struct aula_error *err)
{
    struct paper *paper = context;

    if (++paper->calls == paper->fails_at) {
        return aula_fail(err, AULA_FULL, "no space");
    }
    paper->bytes = realloc(paper->bytes, paper->size + size + 1);
    assert_non_null(paper->bytes);
    memcpy(paper->bytes + paper->size, bytes, size);
    paper->size += size;
    paper->bytes[paper->size] = '\0';
    return AULA_OK;
}

static inline void assert_same_text(const struct pabulib_text *a,
                                    const struct pabulib_text *b)
{
    assert_int_equal(a->size, b->size);
    if (a->size > 0) {
        assert_memory_equal(a->text, b->text, a->size + 1);
    }
}

static inline void assert_same_number(const struct pabulib_number *a,
                                      const struct pabulib_number *b)
{
    assert_int_equal(a->is_there, b->is_there);
    assert_int_equal(a->value, b->value);
}

static inline void assert_same_projects(const struct pabulib *a,
                                        const struct pabulib *b)
{
    assert_int_equal(a->project_count, b->project_count);
    for (size_t i = 0; i < a->project_count; i++) {
        const struct pabulib_project *x = &a->projects[i];
        const struct pabulib_project *y = &b->projects[i];

        assert_int_equal(a->costs[i], b->costs[i]);
        assert_same_text(&x->id, &y->id);
        assert_same_text(&x->name, &y->name);
        assert_same_text(&x->category, &y->category);
        assert_same_text(&x->target, &y->target);
        assert_same_text(&x->neighborhood, &y->neighborhood);
        assert_same_text(&x->subunit, &y->subunit);
        assert_same_text(&x->district, &y->district);
        assert_same_text(&x->description, &y->description);
        assert_same_text(&x->proposer, &y->proposer);
        assert_same_text(&x->public_id, &y->public_id);
        assert_same_text(&x->latitude, &y->latitude);
        assert_same_text(&x->longitude, &y->longitude);
        assert_same_number(&x->votes, &y->votes);
        assert_same_number(&x->score, &y->score);
        assert_same_number(&x->selected, &y->selected);
    }
}

static inline void assert_same_votes(const struct pabulib *a,
                                     const struct pabulib *b)
{
    assert_int_equal(a->vote_count, b->vote_count);
    assert_int_equal(a->choice_count, b->choice_count);
    assert_int_equal(a->twice_count, b->twice_count);
    for (size_t i = 0; i < a->vote_count; i++) {
        assert_string_equal(a->votes[i].voter, b->votes[i].voter);
        assert_int_equal(a->votes[i].first, b->votes[i].first);
        assert_int_equal(a->votes[i].count, b->votes[i].count);
        assert_int_equal(a->votes[i].is_twice, b->votes[i].is_twice);
    }
    assert_int_equal(a->points == NULL, b->points == NULL);
    for (size_t i = 0; i < a->choice_count; i++) {
        assert_int_equal(a->choices[i], b->choices[i]);
        if (a->points != NULL) {
            assert_int_equal(a->points[i], b->points[i]);
        }
    }
}

/* The same election, but for the order of META. */
static inline void assert_same_file(const struct pabulib *a,
                                    const struct pabulib *b)
{
    assert_int_equal(a->vote_type, b->vote_type);
    assert_int_equal(a->budget, b->budget);
    assert_same_number(&a->min_length, &b->min_length);
    assert_same_number(&a->max_length, &b->max_length);
    assert_same_number(&a->min_sum_cost, &b->min_sum_cost);
    assert_same_number(&a->max_sum_cost, &b->max_sum_cost);
    assert_same_number(&a->min_points, &b->min_points);
    assert_same_number(&a->max_points, &b->max_points);
    assert_same_number(&a->min_sum_points, &b->min_sum_points);
    assert_same_number(&a->max_sum_points, &b->max_sum_points);
    assert_same_number(&a->default_score, &b->default_score);
    for (size_t i = 0; i < a->meta_count; i++) {
        const struct pabulib_pair *pair = &a->meta[i];
        const struct pabulib_text *x = pabulib_meta(a, pair->key.text);
        const struct pabulib_text *y = pabulib_meta(b, pair->key.text);

        /* Numbers may be written in another form. */
        assert_int_equal(x == NULL, y == NULL);
        if (x != NULL && strchr("0123456789", x->text[0]) == NULL) {
            assert_same_text(x, y);
        }
    }
    assert_same_projects(a, b);
    assert_same_votes(a, b);
}

/* Write a file that was read, read it again and compare; then once more, byte
 * for byte. */
static inline void assert_round_trip(const struct pabulib *file)
{
    struct paper paper = {0};
    struct paper second = {0};
    struct pabulib_sink sink = {paper_write, &paper};
    struct pabulib again;

    assert_int_equal(pabulib_write(&sink, file, NULL), AULA_OK);
    assert_int_equal(pb_open_bytes(&again, paper.bytes, paper.size, NULL),
                     AULA_OK);
    assert_same_file(file, &again);
    sink.context = &second;
    assert_int_equal(pabulib_write(&sink, &again, NULL), AULA_OK);
    assert_int_equal(second.size, paper.size);
    assert_memory_equal(second.bytes, paper.bytes, paper.size);
    pabulib_close(&again);
    free(paper.bytes);
    free(second.bytes);
}

#endif
