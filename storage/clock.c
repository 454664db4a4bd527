/* SPDX-License-Identifier: Apache-2.0 */
/* See clock.h. */
#include "clock.h"

#include <stddef.h>
#include <time.h>

static uint64_t system_now(void *context)
{
    struct timespec now = {0};

    (void)context;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0 || now.tv_sec < 0) {
        return 0;
    }
    return (uint64_t)now.tv_sec;
}

struct clock clock_system(void)
{
    return (struct clock){system_now, NULL};
}
