/* SPDX-License-Identifier: Apache-2.0 */
/* A moment as people read it. */
#ifndef AULA_MOMENT_H
#define AULA_MOMENT_H

#include <stdint.h>

enum { MOMENT_BYTES = 32 };

/** "2027-04-06 14:05:09 +05:00"; of a clock that is far off the unix seconds
 *  alone.
 *
 *  In:  offset_s  local time less UTC
 */
void moment_write(char text[static MOMENT_BYTES], uint64_t time,
                  int32_t offset_s);

#endif
