/* SPDX-License-Identifier: Apache-2.0 */
/* Faults of what people wrote by hand: all of them at once, one line each.
 *
 * A fault knows its path ("contests[0].proposals[3].cost") and, once it was
 * looked for in the text, line and column. The list is bounded; what is beyond
 * it is only counted.
 */
#ifndef AULA_FAULTS_H
#define AULA_FAULTS_H

#include <stddef.h>
#include <stdint.h>

enum { FAULTS_MAX = 1000, FAULT_LINE_BYTES = 512 };

struct fault {
    char *path;      /* may be empty: the whole file */
    char *text;      /* "expected …"; one line, without a full stop */
    uint32_t line;   /* from 1; 0: no place in a text */
    uint32_t column; /* characters from 1 */
};

struct faults {
    struct fault *items;
    size_t count;
    size_t more; /* not kept: beyond FAULTS_MAX, or no memory */
};

/** Add a fault at a path.
 *
 *  In:  format  printf's; cut at FAULT_LINE_BYTES - 1
 */
void faults_add(struct faults *faults, const char *path, const char *format,
                ...);

/** Add a fault whose place is known already. */
void faults_add_at(struct faults *faults, uint32_t line, uint32_t column,
                   const char *format, ...);

/** How many there are, kept or not. */
size_t faults_count(const struct faults *faults);

/** Find line and column of the faults from `first` on, and put those in the
 *  order of the text.
 *
 *  In:  text  `size` bytes that are well-formed JSON; a path that is not in it
 *             gets the place of what it is nearest below
 */
void faults_locate(struct faults *faults, size_t first, const char *text,
                   size_t size);

/** Write a fault as one line: "12:17: contests[0].name: expected …", without
 *  what is not there. */
void faults_write(char line[static FAULT_LINE_BYTES],
                  const struct fault *fault);

/** Free what the list holds; it is empty then. Accepts NULL. */
void faults_close(struct faults *faults);

#endif
