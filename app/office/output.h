/* SPDX-License-Identifier: Apache-2.0 */
/* What a command found, on standard output: lines for people, or with --json
 * one object for programs. Each value is stated once, with its key for the
 * object and its label for the lines:
 *
 *   title:        Двор №7                 {"title": "Двор №7", "contests": 3}
 *   contests:     3
 *
 * Nothing is printed of what was not finished: the object comes at the end.
 */
#ifndef AULA_OUTPUT_H
#define AULA_OUTPUT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "error.h"

struct output;

/** Begin. Owner: output_close. `file` stays the caller's. NULL: no memory. */
struct output *output_open(FILE *file, bool is_json);
void output_close(struct output *output); /* accepts NULL */

bool output_is_json(const struct output *output);

/** A sentence for people; in the object there is none of it. */
void output_say(struct output *output, const char *format, ...);

/** Let people see what was said so far, before they are asked something. */
void output_show(struct output *output);

/** A value. Text of `size` bytes is UTF-8; other bytes are an error that
 *  output_end tells. */
void output_text(struct output *output, const char *key, const char *label,
                 const char *text);
void output_text_sized(struct output *output, const char *key,
                       const char *label, const char *text, size_t size);
void output_number(struct output *output, const char *key, const char *label,
                   uint64_t value);
void output_flag(struct output *output, const char *key, const char *label,
                 bool value);
void output_hex(struct output *output, const char *key, const char *label,
                const uint8_t *bytes, size_t size);

/** A value that only the object has, such as a list; `value` is taken over, and
 *  may be NULL for one that could not be made. */
void output_json(struct output *output, const char *key, json_t *value);

/** Print the object, and flush.
 *
 *  Returns: AULA_OK
 *           AULA_MEMORY  the object could not be made whole; it is not printed
 *           AULA_FULL, AULA_IO  it could not be written
 */
AULA_MUST_CHECK enum aula_code output_end(struct output *output,
                                          struct aula_error *err);

#endif
