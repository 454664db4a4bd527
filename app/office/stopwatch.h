/* SPDX-License-Identifier: Apache-2.0 */
/* How long things take, and what they take of the machine. The time of day is
 * another matter: that comes from a struct clock. */
#ifndef AULA_STOPWATCH_H
#define AULA_STOPWATCH_H

#include <stdint.h>

/** Microseconds of a steady clock; only a difference says something. */
uint64_t stopwatch_us(void);

/** Microseconds of processor that the calling thread has had. */
uint64_t stopwatch_thread_us(void);

/** Memory of the process now, and at its highest so far; KiB, 0 where the
 *  system does not say. */
uint64_t stopwatch_memory_kib(void);
uint64_t stopwatch_peak_kib(void);

#endif
