/* SPDX-License-Identifier: Apache-2.0 */
/* The calls by which a program changes files, so that a test may end the
 * process before any of them, or let any of them fail or lie. A program that
 * includes this file defines the symbols itself, and the linker prefers them to
 * the C library's, for libsqlite3 as well.
 *
 * Included once in a program. The state is at file scope because the functions'
 * arguments are the C library's.
 */
#ifndef AULA_TEST_CALLS_H
#define AULA_TEST_CALLS_H

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum calls_mode {
    CALLS_WORK,
    CALLS_END,   /* the process ends before the call */
    CALLS_FAIL,  /* the call fails, once */
    CALLS_GONE,  /* the call and all that follow fail */
    CALLS_SHORT, /* of what is written only a part is taken */
    CALLS_DROP   /* it claims success and does nothing */
};

enum { CALLS_ENDED = 99 /* exit status of CALLS_END */ };

static struct {
    enum calls_mode mode;
    unsigned nth;      /* which call, from 1 */
    unsigned met;      /* so far */
    int number;        /* errno of one that fails */
    const char *below; /* only of files whose path holds this; NULL: all */
    bool is_quick;     /* no flush reaches the disk: only power that is cut
                          would tell, not a process that ends */
} calls;

long syscall(long number, ...);

static inline void calls_start(enum calls_mode mode, unsigned nth, int number,
                               const char *below)
{
    calls.mode = mode;
    calls.nth = nth;
    calls.met = 0;
    calls.number = number;
    calls.below = below;
}

/* Did the call that was meant come? Then all work again. */
static inline bool calls_stop(void)
{
    calls.mode = CALLS_WORK;
    return calls.met >= calls.nth;
}

static bool is_meant(const char *path)
{
    if (calls.mode == CALLS_WORK ||
        (calls.below != NULL && strstr(path, calls.below) == NULL)) {
        return false;
    }
    calls.met++;
    if (calls.met == calls.nth && calls.mode == CALLS_END) {
        _exit(CALLS_ENDED);
    }
    return calls.met == calls.nth ||
           (calls.met > calls.nth && calls.mode == CALLS_GONE);
}

static bool is_meant_file(int file)
{
    char link[64];
    char path[1024];
    long size;

    if (calls.mode == CALLS_WORK) {
        return false;
    }
    (void)snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    size = syscall(SYS_readlink, link, path, sizeof path - 1);
    path[size > 0 ? size : 0] = '\0';
    return is_meant(path);
}

/* What a call that was meant gives: as if it had worked, or a failure. */
static int instead(void)
{
    if (calls.mode == CALLS_DROP || calls.mode == CALLS_SHORT) {
        return 0;
    }
    errno = calls.number;
    return -1;
}

static ssize_t instead_of_writing(size_t *size)
{
    if (calls.mode == CALLS_SHORT && *size > 1) {
        *size /= 2;
        return 0;
    }
    return instead() == 0 ? (ssize_t)*size : -1;
}

/* The system calls its parameters by reserved names. */
/* NOLINTBEGIN(readability-inconsistent-declaration-parameter-name) */
ssize_t write(int file, const void *bytes, size_t size)
{
    ssize_t put = is_meant_file(file) ? instead_of_writing(&size) : 0;

    return put != 0 ? put : syscall(SYS_write, file, bytes, size);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t at)
{
    ssize_t put = is_meant_file(file) ? instead_of_writing(&size) : 0;

    return put != 0 ? put : syscall(SYS_pwrite64, file, bytes, size, at);
}

/* libsqlite3 calls it so. */
ssize_t pwrite64(int file, const void *bytes, size_t size, off_t at);

ssize_t pwrite64(int file, const void *bytes, size_t size, off_t at)
{
    return pwrite(file, bytes, size, at);
}

int fsync(int file)
{
    if (is_meant_file(file)) {
        return instead();
    }
    return calls.is_quick ? 0 : (int)syscall(SYS_fsync, file);
}

int fdatasync(int file)
{
    return fsync(file);
}

int ftruncate(int file, off_t size)
{
    return is_meant_file(file) ? instead()
                               : (int)syscall(SYS_ftruncate, file, size);
}

int ftruncate64(int file, off_t size);

int ftruncate64(int file, off_t size)
{
    return ftruncate(file, size);
}

int rename(const char *from, const char *to)
{
    return is_meant(to) ? instead() : (int)syscall(SYS_rename, from, to);
}

int link(const char *from, const char *to)
{
    return is_meant(to) ? instead() : (int)syscall(SYS_link, from, to);
}

int unlink(const char *path)
{
    return is_meant(path) ? instead() : (int)syscall(SYS_unlink, path);
}

int mkdir(const char *path, mode_t mode)
{
    return is_meant(path) ? instead() : (int)syscall(SYS_mkdir, path, mode);
}

/* NOLINTEND(readability-inconsistent-declaration-parameter-name) */

#endif
