/* SPDX-License-Identifier: Apache-2.0 */
/* See journal.h. */
#include "journal.h"

#include <string.h>

#include "facts.h"
#include "file.h"
#include "place.h"

#define TITLE "aula journal 1"

static struct facts facts_of(uint8_t *key)
{
    return (struct facts){.title = TITLE, .facts = {{"key", key, NULL}}};
}

/* What a journal says once it is in use. */
struct entry {
    uint8_t key[GROUP_POINT_BYTES];
    uint8_t package[HASH_BYTES];
    uint8_t closing[HASH_BYTES];
};

static struct facts facts_of_entry(struct entry *entry)
{
    return (struct facts){.title = TITLE,
                          .facts = {{"key", entry->key, NULL},
                                    {"package", entry->package, NULL},
                                    {"closing", entry->closing, NULL}}};
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

/* ---- the entry */

static enum aula_code refuse(const char *path, const char *reason,
                             struct aula_error *err)
{
    return aula_fail(err, AULA_DEC_JOURNAL, "%s: %s", path, reason);
}

/* Out: is_empty  it has no entry; else `there` is it */
static enum aula_code read_journal(struct entry *there, bool *is_empty,
                                   const char *path, struct aula_error *err)
{
    struct facts facts = facts_of(there->key);
    enum aula_code code = facts_read(&facts, path, err);

    *is_empty = code == AULA_OK;
    if (code == AULA_BAD_FIELD) {
        facts = facts_of_entry(there);
        code = facts_read(&facts, path, err);
    }
    return code == AULA_BAD_MAGIC || code == AULA_BAD_FIELD ||
                   code == AULA_TOO_LARGE
               ? refuse(path, "not a journal as one was written", err)
               : code;
}

static enum aula_code write_entry(const char *path, struct entry *entry,
                                  struct aula_error *err)
{
    struct facts facts = facts_of_entry(entry);
    char text[FACTS_BYTES_MAX];
    size_t size = facts_write(text, &facts);

    return file_write(path, text, size, 0600, err);
}

/* What of the entry that is there differs, or NULL. */
static const char *difference(const struct entry *there,
                              const struct entry *wanted)
{
    if (memcmp(there->package, wanted->package, HASH_BYTES) != 0) {
        return "this share was already used for another election (package)";
    }
    if (memcmp(there->closing, wanted->closing, HASH_BYTES) != 0) {
        return "this share was already used for another closing of this "
               "election";
    }
    return NULL;
}

enum aula_code journal_enter(const char *folder,
                             const uint8_t key[static GROUP_POINT_BYTES],
                             const uint8_t package[static HASH_BYTES],
                             const uint8_t closing[static HASH_BYTES],
                             struct aula_error *err)
{
    struct entry wanted;
    struct entry there = {.key = {0}};
    bool is_empty = false;
    char path[PLACE_BYTES];
    const char *reason;
    enum aula_code code = place_in(path, folder, JOURNAL_FILE, err);

    if (code != AULA_OK) {
        return code;
    }
    if (place_is_missing(folder, JOURNAL_FILE)) {
        return refuse(path,
                      "no journal: a share without its journal is not used",
                      err);
    }
    code = read_journal(&there, &is_empty, path, err);
    if (code != AULA_OK) {
        return code;
    }
    if (memcmp(there.key, key, sizeof there.key) != 0) {
        return refuse(path, "the journal of another election key", err);
    }
    memcpy(wanted.key, key, sizeof wanted.key);
    memcpy(wanted.package, package, sizeof wanted.package);
    memcpy(wanted.closing, closing, sizeof wanted.closing);
    if (is_empty) {
        return write_entry(path, &wanted, err);
    }
    reason = difference(&there, &wanted);
    return reason == NULL ? AULA_OK : refuse(path, reason, err);
}
