/* SPDX-License-Identifier: Apache-2.0 */
/* See stopwatch.h. */
#include "stopwatch.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static uint64_t read_clock(clockid_t which)
{
    struct timespec now = {0, 0};

    (void)clock_gettime(which, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

uint64_t stopwatch_us(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

uint64_t stopwatch_thread_us(void)
{
    return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

/* /proc/self/statm: pages of the whole, then those in memory. */
uint64_t stopwatch_memory_kib(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    char line[128] = "";
    char *resident = line;
    unsigned long long pages;

    if (file == NULL) {
        return 0;
    }
    if (fgets(line, sizeof line, file) == NULL) {
        line[0] = '\0';
    }
    (void)fclose(file);
    (void)strtoull(line, &resident, 10);
    pages = strtoull(resident, NULL, 10);
    return (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE) / 1024;
}

uint64_t stopwatch_peak_kib(void)
{
    struct rusage usage;

    return getrusage(RUSAGE_SELF, &usage) == 0 ? (uint64_t)usage.ru_maxrss : 0;
}
