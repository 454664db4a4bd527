/* SPDX-License-Identifier: Apache-2.0 */
/* See recover_collect.h. Two walks over the pages: first the items, then the
 * records, each of which goes through CHECK_RECORD as at the office. Of two
 * records at one number the first that passes is kept: a page from before a
 * change may lie beside its successor. */
#include "recover_collect.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* An item into memory that terminal_unload frees. */
static enum aula_code copy(uint8_t **out, size_t *out_size,
                           const uint8_t *bytes, size_t size,
                           struct aula_error *err)
{
    uint8_t *made = malloc(size + 1);

    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory for an item");
    }
    memcpy(made, bytes, size);
    made[size] = 0;
    free(*out);
    *out = made;
    *out_size = size;
    return AULA_OK;
}

static void take_sign(struct collecting *collecting, const uint8_t *seed)
{
    struct terminal *terminal = collecting->terminal;

    sign_key_pair(terminal->key, terminal->secrets->sign, seed);
    terminal_id(terminal->tid, terminal->key);
    collecting->has_sign = true;
}

static enum aula_code take_item(void *context, const char *name,
                                const uint8_t *bytes, size_t size,
                                struct aula_error *err)
{
    struct collecting *collecting = context;
    struct terminal *terminal = collecting->terminal;

    if (strcmp(name, ITEM_PACKAGE) == 0) {
        return copy(&terminal->package_bytes, &terminal->package_size, bytes,
                    size, err);
    }
    if (strcmp(name, ITEM_CERTIFICATE) == 0) {
        return copy(&terminal->certificate_bytes, &terminal->certificate_size,
                    bytes, size, err);
    }
    if (strcmp(name, ITEM_SIGN) == 0 && size == SIGN_SEED_BYTES) {
        take_sign(collecting, bytes);
    }
    if (strcmp(name, ITEM_OFFICE) == 0 && size == SIGN_PUBLIC_BYTES) {
        memcpy(collecting->office, bytes, size);
        collecting->has_office = true;
    }
    return AULA_OK;
}

static enum aula_code take_export(void *context,
                                  const struct store_export *made,
                                  struct aula_error *err)
{
    struct collecting *collecting = context;

    (void)err;
    if (made->number > collecting->last.number) {
        collecting->last = *made;
    }
    return AULA_OK;
}

/* Returns: false without memory */
static bool make_room(struct collecting *collecting, size_t size)
{
    if (collecting->count == collecting->room) {
        size_t room = 2 * collecting->room + 64;
        struct collected *records = realloc(collecting->records,
                                            room * sizeof *records);

        if (records == NULL) {
            return false;
        }
        collecting->records = records;
        collecting->room = room;
    }
    if (collecting->bytes_room - collecting->bytes_size < size) {
        size_t room = 2 * collecting->bytes_room + RECORD_BYTES_MAX;
        uint8_t *bytes = realloc(collecting->bytes, room);

        if (bytes == NULL) {
            return false;
        }
        collecting->bytes = bytes;
        collecting->bytes_room = room;
    }
    return true;
}

static enum aula_code keep(struct collecting *collecting,
                           const struct record *record, struct aula_error *err)
{
    if (!make_room(collecting, record->size)) {
        return aula_fail(err, AULA_MEMORY, "no memory for the records");
    }
    memcpy(collecting->bytes + collecting->bytes_size, record->bytes,
           record->size);
    collecting->records[collecting->count++] =
        (struct collected){.seq = record->seq,
                           .at = collecting->bytes_size,
                           .size = record->size,
                           .kind = (uint8_t)record->kind};
    collecting->bytes_size += record->size;
    return AULA_OK;
}

static bool is_kept(const struct collecting *collecting, uint64_t seq)
{
    return collecting->count > 0 &&
           collecting->records[collecting->count - 1].seq == seq;
}

static enum aula_code take_record(void *context, const struct store_record *row,
                                  struct aula_error *err)
{
    struct collecting *collecting = context;
    const struct terminal *terminal = collecting->terminal;
    struct record_election election = {.package = &terminal->package,
                                       .key = terminal->ballot_key,
                                       .certificates = &terminal->certificate,
                                       .certificate_count = 1};
    struct record record;
    enum aula_code code = record_check(&record, &election, row->bytes,
                                       row->size);

    if (code == AULA_MEMORY) {
        return aula_fail(err, code, "no memory to check a record");
    }
    /* The batch's order is that of the rows: a row must be where it says. */
    if (code != AULA_OK || record.seq != row->seq ||
        is_kept(collecting, record.seq)) {
        collecting->refused++;
        return AULA_OK;
    }
    return keep(collecting, &record, err);
}

static enum aula_code lost(const char *what, struct aula_error *err)
{
    return aula_fail(err, AULA_STORE_DAMAGED,
                     "the store's %s is lost: nothing of it can be exported",
                     what);
}

/* From the items to a terminal that can sign a batch. */
static enum aula_code open_items(struct collecting *collecting,
                                 struct aula_error *err)
{
    struct terminal *terminal = collecting->terminal;
    enum aula_code code;

    if (!collecting->has_sign || !collecting->has_office ||
        terminal->package_bytes == NULL ||
        terminal->certificate_bytes == NULL) {
        return lost("package, certificate or key", err);
    }
    code = package_open(&terminal->package, collecting->office,
                        terminal->package_bytes, terminal->package_size, NULL);
    if (code != AULA_OK) {
        return code == AULA_MEMORY ? code : lost(ITEM_PACKAGE, err);
    }
    if (certificate_check(&terminal->certificate, &terminal->package,
                          terminal->key, terminal->certificate_bytes,
                          terminal->certificate_size, NULL) != AULA_OK) {
        return lost(ITEM_CERTIFICATE, err);
    }
    return ballot_key_open(&terminal->ballot_key, terminal->package.key, err);
}

static enum aula_code walk(struct collecting *collecting, const char *path,
                           const uint8_t *key, struct aula_error *err)
{
    const struct store_salvage_visit items = {.item = take_item,
                                              .batch = take_export};
    const struct store_salvage_visit records = {.record = take_record};
    const uint8_t *id = collecting->terminal->officials.list.id;
    enum aula_code code = store_salvage(&collecting->salvage, path, key, id,
                                        &items, collecting, err);

    if (code == AULA_OK) {
        code = open_items(collecting, err);
    }
    if (code == AULA_OK) {
        code = store_salvage(&collecting->salvage, path, key, id, &records,
                             collecting, err);
    }
    return code;
}

enum aula_code recover_collect(struct collecting *collecting,
                               struct aula_error *err)
{
    struct terminal *terminal = collecting->terminal;
    char path[PLACE_BYTES];
    uint8_t *key = sodium_malloc(STORE_KEY_BYTES);
    enum aula_code code;

    if (key == NULL) {
        return aula_fail(err, AULA_MEMORY, "no locked memory for a key");
    }
    terminal_store_key(key, terminal->secrets->master);
    code = place_in(path, terminal->folder, "store.db", err);
    if (code == AULA_OK) {
        code = walk(collecting, path, key, err);
    }
    sodium_free(key);
    return code;
}

void recover_collect_close(struct collecting *collecting)
{
    free(collecting->records);
    free(collecting->bytes);
}
