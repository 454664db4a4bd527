/* SPDX-License-Identifier: Apache-2.0 */
/* See flushes.h. */
#include "flushes.h"

#include <sys/syscall.h>

/* As unistd.h has them. */
int fsync(int file);
int fdatasync(int file);
long syscall(long number, ...);

/* At file scope because the arguments of the functions are the system's. */
static unsigned flushes;

unsigned flushes_count(void)
{
    return flushes;
}

int fsync(int file)
{
    flushes++;
    return (int)syscall(SYS_fsync, file);
}

int fdatasync(int file)
{
    flushes++;
    return (int)syscall(SYS_fdatasync, file);
}
