/* SPDX-License-Identifier: Apache-2.0 */
/* See journal.h. */
#include "journal.h"

#include <string.h>

#include "facts.h"
#include "file.h"
#include "place.h"

static struct facts facts_of(uint8_t *key)
{
    return (struct facts){.title = "aula journal 1",
                          .facts = {{"key", key, NULL}}};
}

static enum aula_code compare(const uint8_t *key, const char *path,
                              struct aula_error *err)
{
    uint8_t there[GROUP_POINT_BYTES];
    struct facts facts = facts_of(there);
    enum aula_code code = facts_read(&facts, path, err);

    if (code == AULA_OK && memcmp(there, key, sizeof there) == 0) {
        return AULA_OK;
    }
    return code == AULA_IO || code == AULA_MEMORY
               ? code
               : aula_fail(err, AULA_STATE,
                           "%s: not the empty journal of this key", path);
}

enum aula_code journal_make(const char *folder,
                            const uint8_t key[static GROUP_POINT_BYTES],
                            struct aula_error *err)
{
    uint8_t copy[GROUP_POINT_BYTES];
    struct facts facts = facts_of(copy);
    char text[FACTS_BYTES_MAX];
    char path[PLACE_BYTES];
    size_t size;
    enum aula_code code = place_in(path, folder, JOURNAL_FILE, err);

    if (code != AULA_OK) {
        return code;
    }
    memcpy(copy, key, sizeof copy);
    size = facts_write(text, &facts);
    code = file_write_new(path, text, size, 0600, err);
    return code == AULA_STATE ? compare(key, path, err) : code;
}
