/* SPDX-License-Identifier: Apache-2.0 */
/* See place.h. */
#include "place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum aula_code place_at(char path[static PLACE_BYTES], const char *folder,
                        struct aula_error *err)
{
    int size = snprintf(path, PLACE_BYTES, "%s", folder);

    if (size <= 0 || size >= PLACE_BYTES) {
        return aula_fail(err, AULA_BAD_FIELD,
                         "%.80s..: no path, or too long a one", folder);
    }
    return AULA_OK;
}

enum aula_code place_in(char path[static PLACE_BYTES], const char *folder,
                        const char *name, struct aula_error *err)
{
    int size = snprintf(path, PLACE_BYTES, "%s/%s", folder, name);

    if (size < 0 || size >= PLACE_BYTES) {
        return aula_fail(err, AULA_BAD_FIELD, "%.80s..: the path is too long",
                         folder);
    }
    return AULA_OK;
}

bool place_is_missing(const char *folder, const char *name)
{
    char path[PLACE_BYTES];
    struct stat status;

    return place_in(path, folder, name, NULL) == AULA_OK &&
           lstat(path, &status) != 0 && errno == ENOENT;
}

enum aula_code place_lock(int *lock, const char *folder, struct aula_error *err)
{
    int number = 0;

    *lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*lock < 0) {
        return aula_fail(err, AULA_IO, "%s: %s", folder, strerror(errno));
    }
    while (flock(*lock, LOCK_EX) != 0) {
        number = errno;
        if (number != EINTR) {
            place_unlock(*lock);
            *lock = -1;
            return aula_fail(err, AULA_IO, "%s: lock: %s", folder,
                             strerror(number));
        }
    }
    return AULA_OK;
}

void place_unlock(int lock)
{
    if (lock >= 0) {
        (void)close(lock);
    }
}
