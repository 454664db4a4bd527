/* SPDX-License-Identifier: Apache-2.0 */
/* The one place that time comes from. Whoever needs the time of day is handed a
 * struct clock; tests and rehearsals hand in one of their own, programs the
 * system's. */
#ifndef AULA_CLOCK_H
#define AULA_CLOCK_H

#include <stdint.h>

struct clock {
    uint64_t (*now)(void *context); /* unix seconds */
    void *context;
};

/** The clock of the machine. A time before 1970 reads as 0. */
struct clock clock_system(void);

static inline uint64_t clock_now(const struct clock *clock)
{
    return clock->now(clock->context);
}

#endif
