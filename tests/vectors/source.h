/* SPDX-License-Identifier: Apache-2.0 */
/* A vector file that is being checked, and the counts of the whole run.
 *
 * A vector file is a JSON object whose members are lists of cases or single
 * cases. source_each and source_single walk them and hand each case to a
 * function as a trial (trial.h). What is missing, unknown or of another form
 * fails; nothing is passed over in silence.
 *
 * Invariants
 * 1. a case is counted once, as passed or as failed, and a failed one prints
 *    one line
 * 2. a case passes only when every one of its keys was read: a value that
 *    nobody looked at is a failure
 */
#ifndef AULA_VECTORS_SOURCE_H
#define AULA_VECTORS_SOURCE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "pool.h"

struct trial;
struct world;

/* One run of the program. */
struct run {
    struct pool *pool;
    struct world *world; /* of the folder looked at last; world.h */
    size_t passed;
    size_t failed;
    size_t skipped;
};

/* JSON values that were read, as a set of addresses. */
struct marks {
    const json_t **slots;
    size_t room; /* a power of two, or 0 */
    size_t used;
};

struct source {
    struct run *run;
    const char *path; /* as the user gave it; the caller's */
    json_t *root;
    struct marks marks;
    bool is_cut;   /* a failure left the rest of the file unread */
    void **blocks; /* memory that lives as long as the file */
    size_t block_count;
};

/** Read and parse a file: strict JSON, an object, no key twice.
 *
 *  Returns: whether that went well; if not, a line was printed and counted
 *  Owner:   source_close frees it, after a failure too
 */
bool source_open(struct source *source, struct run *run, const char *path);
void source_close(struct source *source);

/** Memory until source_close, zeroed. Ends the program when there is none. */
void *source_memory(struct source *source, size_t size);

/** Check each element of a list at the top of the file, as one case each. */
void source_each(struct source *source, const char *key,
                 void (*check)(struct trial *trial, const json_t *row,
                               void *state),
                 void *state);

/** The same for the list `key` of the object `parent` at the top. */
void source_each_in(struct source *source, const char *parent, const char *key,
                    void (*check)(struct trial *trial, const json_t *row,
                                  void *state),
                    void *state);

/** Check one object at the top of the file as one case. */
void source_single(struct source *source, const char *key,
                   void (*check)(struct trial *trial, const json_t *row,
                                 void *state),
                   void *state);

/** Check values that stand at the top of the file themselves, as one case of
 *  the given name; `check` gets the whole file. */
void source_values(struct source *source, const char *name,
                   void (*check)(struct trial *trial, const json_t *root,
                                 void *state),
                   void *state);

/** A part of this file that a later floor will check: say so and count it. */
void source_skip(struct source *source, const char *key);

/** At the end of a file: a key at the top that nobody asked for fails. Not
 *  where the file was cut: the failure that did it has been counted. */
void source_check_keys(struct source *source);

/** Remember that a value was read, and ask for it. */
void source_mark(struct source *source, const json_t *value);
bool source_is_marked(const struct source *source, const json_t *value);

/** Is this key for people only: what, note, or anything that ends in _note? */
bool source_is_remark(const char *key);

#endif
