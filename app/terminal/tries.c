/* SPDX-License-Identifier: Apache-2.0 */
/* See tries.h. */
#include "tries.h"

#include <stdlib.h>

#include "bytes.h"
#include "file.h"
#include "place.h"

static const char *const name = "tries";

/* In place of the time of the last one: a right one came after it. */
enum { RIGHT = 0 };

struct tries {
    uint32_t count;
    uint64_t last;
};

/* No file: no wrong one yet. One that is none of ours counts as the first that
 * waits: a bad sector shuts nobody out for hours, and whoever can spoil the
 * file can delete it as well. */
static enum aula_code read_tries(struct tries *tries, const char *folder,
                                 struct aula_error *err)
{
    char path[PLACE_BYTES];
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code = place_in(path, folder, name, err);

    if (code != AULA_OK) {
        return code;
    }
    *tries = (struct tries){0};
    if (place_is_missing(folder, name)) {
        return AULA_OK;
    }
    code = file_read(&bytes, &size, path, TRIES_BYTES, err);
    if (code == AULA_OK && size == TRIES_BYTES) {
        tries->count = get_le32(bytes);
        tries->last = get_le64(bytes + 4);
    } else if (code == AULA_OK || code == AULA_TOO_LARGE) {
        tries->count = TRIES_FREE;
        tries->last = UINT64_MAX;
        code = AULA_OK;
    }
    free(bytes);
    return code;
}

static enum aula_code write_tries(const struct tries *tries, const char *folder,
                                  struct aula_error *err)
{
    char path[PLACE_BYTES];
    uint8_t bytes[TRIES_BYTES];
    enum aula_code code = place_in(path, folder, name, err);

    if (code != AULA_OK) {
        return code;
    }
    put_le32(bytes, tries->count);
    put_le64(bytes + 4, tries->last);
    return file_write(path, bytes, sizeof bytes, 0600, err);
}

static uint64_t wait_after(uint32_t count)
{
    if (count < TRIES_FREE) {
        return 0;
    }
    if (count >= TRIES_LOCKED) {
        return TRIES_LOCKED_WAIT_S;
    }
    return (uint64_t)TRIES_WAIT_S << (count - TRIES_FREE);
}

/* The time of a wrong one, told apart from RIGHT. */
static uint64_t wrong_at(uint64_t now)
{
    return now > RIGHT ? now : RIGHT + 1;
}

enum aula_code tries_may(const char *folder, uint64_t now,
                         struct aula_error *err)
{
    struct tries tries;
    uint64_t wait;
    uint64_t passed;
    enum aula_code code = read_tries(&tries, folder, err);

    if (code != AULA_OK) {
        return code;
    }
    wait = tries.last == RIGHT ? 0 : wait_after(tries.count);
    if (wait > 0 && wrong_at(now) < tries.last) {
        tries.last = wrong_at(now);
        code = write_tries(&tries, folder, err);
        if (code != AULA_OK) {
            return code;
        }
    }
    passed = wrong_at(now) - tries.last;
    if (wait == 0 || passed >= wait) {
        return AULA_OK;
    }
    return aula_fail(err, AULA_KEY_OPEN,
                     "%u wrong passphrases: wait %u seconds",
                     (unsigned)tries.count, (unsigned)(wait - passed));
}

enum aula_code tries_failed(const char *folder, uint64_t now,
                            struct aula_error *err)
{
    struct tries tries;
    enum aula_code code = read_tries(&tries, folder, err);

    if (code != AULA_OK) {
        return code;
    }
    tries.count += tries.count < UINT32_MAX ? 1 : 0;
    tries.last = wrong_at(now);
    return write_tries(&tries, folder, err);
}

enum aula_code tries_forget(const char *folder, struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, folder, name, err);

    return code == AULA_OK ? file_remove(path, err) : code;
}

enum aula_code tries_right(const char *folder, bool *was_locked,
                           struct aula_error *err)
{
    struct tries tries;
    bool is_locked;
    enum aula_code code = read_tries(&tries, folder, err);

    if (code != AULA_OK) {
        return code;
    }
    /* The right one was counted as well. */
    is_locked = tries.count > TRIES_LOCKED;
    if (is_locked) {
        tries = (struct tries){tries.count - 1, RIGHT};
        code = write_tries(&tries, folder, err);
    } else {
        code = tries_forget(folder, err);
    }
    if (code == AULA_OK) {
        *was_locked = is_locked;
    }
    return code;
}
