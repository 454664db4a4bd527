/* SPDX-License-Identifier: Apache-2.0 */
/* A bar on standard error for work that takes longer than a second. It is drawn
 * only on a terminal, and is gone when the work is. */
#ifndef AULA_PROGRESS_H
#define AULA_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "clock.h"

struct progress {
    FILE *file; /* NULL: nothing is drawn */
    const char *what;
    struct clock clock;
    uint64_t start; /* unix seconds */
    unsigned shown; /* permille on the screen */
    bool is_drawn;
};

/** Begin.
 *
 *  In:  file  standard error; where it is no terminal nothing is drawn
 *       what  a word or two: "checking photos"; must outlive the progress
 */
void progress_start(struct progress *progress, FILE *file,
                    const struct clock *clock, const char *what);

/** So much is done, 0 .. total. Cheap: may be called for each thing. */
void progress_step(struct progress *progress, uint64_t done, uint64_t total);

/** Take the bar away until the next step, so that a line may be printed. */
void progress_clear(struct progress *progress);

/** Take the bar away. */
void progress_end(struct progress *progress);

#endif
