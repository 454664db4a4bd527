/* SPDX-License-Identifier: Apache-2.0 */
/* One case of a vector file: reading its fields and comparing what came.
 *
 * A trial that failed stays failed and keeps its first message; everything
 * after that is harmless. So a check reads all its fields, asks trial_is_bad
 * once, computes, and compares in the order of computation: the line that is
 * printed names the first value that differs.
 *
 * The readers fail the trial and give zeros or an empty span where a key is
 * missing or its value has another form; their results can always be used.
 */
#ifndef AULA_VECTORS_TRIAL_H
#define AULA_VECTORS_TRIAL_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "source.h"

enum { TRIAL_PLACE_BYTES = 160, TRIAL_MESSAGE_BYTES = 512 };

struct trial {
    struct source *source;
    char place[TRIAL_PLACE_BYTES]; /* "bad_mixes[3] (trailing)" */
    char part[TRIAL_PLACE_BYTES];  /* "steps[1]", or empty */
    char message[TRIAL_MESSAGE_BYTES];
    bool is_bad;
};

/* Bytes of a file, alive until it is closed. */
struct span {
    const uint8_t *bytes; /* never NULL */
    size_t size;
};

/** Begin a case at a place; `row` may be NULL or of any form. */
void trial_start(struct trial *trial, struct source *source, const char *place,
                 const json_t *row);

/** Count the case and print its line when it failed. A case that did not fail
 *  must have read every key of `row` (NULL: not asked). */
void trial_end(struct trial *trial, const json_t *row);

bool trial_is_bad(const struct trial *trial);

/** Name the part of a case that is looked at from here on. */
void trial_at(struct trial *trial, const char *format, ...);

/** Fail with a message. */
void trial_fail(struct trial *trial, const char *format, ...);

/** Compare; `name` says which value it is. */
void trial_expect_bytes(struct trial *trial, const char *name,
                        const void *expected, size_t expected_size,
                        const void *came, size_t came_size);
void trial_expect_number(struct trial *trial, const char *name,
                         uint64_t expected, uint64_t came);
void trial_expect_code(struct trial *trial, enum aula_code expected,
                       enum aula_code came);

/** Readers of a member of an object. */
struct span field_bytes(struct trial *trial, const json_t *object,
                        const char *key);
void field_fixed(struct trial *trial, const json_t *object, const char *key,
                 uint8_t *out, size_t size);
struct span field_text(struct trial *trial, const json_t *object,
                       const char *key);
uint64_t field_number(struct trial *trial, const json_t *object,
                      const char *key, uint64_t greatest);
uint64_t field_decimal(struct trial *trial, const json_t *object,
                       const char *key);
enum aula_code field_error(struct trial *trial, const json_t *object,
                           const char *key);

bool field_flag(struct trial *trial, const json_t *object, const char *key);

/** A list or an object; NULL on failure, which jansson takes for an empty one.
 */
const json_t *field_list(struct trial *trial, const json_t *object,
                         const char *key);
const json_t *field_object(struct trial *trial, const json_t *object,
                           const char *key);

/** Is there such a key, and not null? */
bool field_is_there(const json_t *object, const char *key);

/** Readers of an element of a list; out of range fails. */
struct span list_bytes(struct trial *trial, const json_t *list, size_t index);
void list_fixed(struct trial *trial, const json_t *list, size_t index,
                uint8_t *out, size_t size);
uint64_t list_number(struct trial *trial, const json_t *list, size_t index,
                     uint64_t greatest);

/** All elements of a list of equally long bytes, back to back. */
struct span list_joined(struct trial *trial, const json_t *list,
                        size_t element_size);

#endif
