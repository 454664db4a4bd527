/* SPDX-License-Identifier: Apache-2.0 */
/* A new terminal: keys, store, reserve, first official, made in a folder beside
 * and moved to its place in one step. A set-up that was cut off is no terminal
 * yet, holds nothing that anyone relies on, and is cleared by the next. */
#include "setup.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "file.h"
#include "reserve.h"
#include "terminal_inside.h"

static const char part_name[] = "terminal.part";
static const char *const part_files[] = {
    "keys.1",        "keys.2",   "keys.1.part",
    "keys.2.part",   "store.db", "store.db-journal",
    "store.db-lock", "reserve",  "reserve.part"};

enum { PART_FILES = sizeof part_files / sizeof part_files[0] };

/* A terminal that is being made. */
struct making {
    struct terminal place; /* its folders only */
    char part[PLACE_BYTES];
    uint8_t *secret; /* master key, store key, seed, transport, signing key */
    uint8_t image[KEYSLOT_FILE_BYTES(1)];
    const uint8_t *id; /* in the image */
    uint8_t request[REQUEST_BYTES_MAX];
    size_t request_size;
    int lock; /* of DATA: one set-up at a time */
};

enum {
    MASTER_AT = 0,
    STORE_KEY_AT = 32,
    SEED_AT = 64,
    TRANSPORT_AT = 96,
    SIGN_AT = 128,
    SECRET_BYTES = SIGN_AT + SIGN_SECRET_BYTES
};

static enum aula_code clear_part(const struct making *making,
                                 struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code = AULA_OK;

    for (size_t i = 0; code == AULA_OK && i < PART_FILES; i++) {
        code = place_in(path, making->part, part_files[i], err);
        if (code == AULA_OK) {
            code = file_remove(path, err);
        }
    }
    return code;
}

static enum aula_code make_folders(struct making *making,
                                   const struct terminal_place *place,
                                   struct aula_error *err)
{
    enum aula_code code = terminal_places(&making->place, place, err);

    if (code == AULA_OK) {
        code = place_in(making->part, place->folder, part_name, err);
    }
    if (code == AULA_OK) {
        code = file_make_folder(place->folder, true, err);
    }
    if (code == AULA_OK) {
        code = place_lock(&making->lock, place->folder, err);
    }
    if (code == AULA_OK && terminal_look(place) != TERMINAL_BLANK) {
        code = aula_fail(err, AULA_STATE, "%s: the terminal has its key",
                         place->folder);
    }
    if (code == AULA_OK) {
        code = file_make_folder(making->place.witness, true, err);
    }
    if (code == AULA_OK) {
        code = file_make_folder(making->part, true, err);
    }
    return code == AULA_OK ? clear_part(making, err) : code;
}

static enum aula_code make_keys(struct making *making, const char *label,
                                const struct keyslot_holder *official,
                                struct aula_error *err)
{
    uint8_t *secret = making->secret;
    uint8_t key[SIGN_PUBLIC_BYTES];
    uint8_t transport[SEAL_PUBLIC_BYTES];
    struct keyslot_list list;
    enum aula_code code;

    keyslot_draw_master(secret + MASTER_AT);
    terminal_store_key(secret + STORE_KEY_AT, secret + MASTER_AT);
    randombytes_buf(secret + SEED_AT, SIGN_SEED_BYTES);
    sign_key_pair(key, secret + SIGN_AT, secret + SEED_AT);
    seal_key_pair(transport, secret + TRANSPORT_AT);
    making->request_size = REQUEST_BYTES(strlen(label));
    code = request_make(making->request, secret + SIGN_AT, transport, label,
                        strlen(label), err);
    if (code == AULA_OK) {
        code = keyslot_create(making->image, secret + MASTER_AT, official, err);
    }
    if (code == AULA_OK) {
        code = keyslot_read(&list, making->image, sizeof making->image, err);
        making->id = list.id;
    }
    return code;
}

static enum aula_code fill_store(const struct making *making,
                                 struct store *store, struct aula_error *err)
{
    const uint8_t generation[8] = {1};
    enum aula_code code = store_begin(store, err);

    if (code == AULA_OK) {
        code = store_put_item(store, ITEM_SIGN, making->secret + SEED_AT,
                              SIGN_SEED_BYTES, err);
    }
    if (code == AULA_OK) {
        code = store_put_item(store, ITEM_TRANSPORT,
                              making->secret + TRANSPORT_AT, SEAL_SECRET_BYTES,
                              err);
    }
    if (code == AULA_OK) {
        code = store_put_item(store, ITEM_REQUEST, making->request,
                              making->request_size, err);
    }
    if (code == AULA_OK) {
        code = store_put_item(store, ITEM_SLOTS, generation, sizeof generation,
                              err);
    }
    return code == AULA_OK ? store_commit(store, err) : code;
}

static enum aula_code make_store(const struct making *making,
                                 struct aula_error *err)
{
    char path[PLACE_BYTES];
    struct store *store = NULL;
    const uint8_t *key = making->secret + STORE_KEY_AT;
    enum aula_code code = place_in(path, making->part, "store.db", err);

    if (code == AULA_OK) {
        code = store_create(path, key, making->id, err);
    }
    if (code == AULA_OK) {
        code = store_open(&store, NULL, path, key, making->id, err);
    }
    if (code == AULA_OK) {
        code = fill_store(making, store, err);
    }
    store_close(store);
    return code;
}

static enum aula_code make_files(const struct making *making,
                                 struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code = make_store(making, err);

    if (code == AULA_OK) {
        code = place_in(path, making->part, "reserve", err);
    }
    if (code == AULA_OK) {
        code = reserve_hold(path, SETUP_RESERVE_BYTES, err);
    }
    if (code == AULA_OK) {
        code = officials_save(making->image, sizeof making->image, making->part,
                              err);
    }
    return code;
}

enum aula_code setup_make(const struct terminal_place *place, const char *label,
                          const struct keyslot_holder *official,
                          struct aula_error *err)
{
    struct making *making = calloc(1, sizeof *making);
    enum aula_code code;

    if (making == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory for a terminal");
    }
    making->lock = -1;
    making->secret = sodium_malloc(SECRET_BYTES);
    if (making->secret == NULL) {
        free(making);
        return aula_fail(err, AULA_MEMORY, "no locked memory for keys");
    }
    code = make_folders(making, place, err);
    if (code == AULA_OK &&
        (*label == '\0' || strlen(label) > REQUEST_LABEL_MAX)) {
        code = aula_fail(err, AULA_BAD_FIELD,
                         "the terminal's name has 1 to 64 bytes");
    }
    if (code == AULA_OK) {
        code = make_keys(making, label, official, err);
    }
    if (code == AULA_OK) {
        code = make_files(making, err);
    }
    if (code == AULA_OK) {
        code = file_move(making->part, making->place.folder, err);
    } else if (making->lock >= 0) {
        (void)!clear_part(making, NULL);
    }
    place_unlock(making->lock);
    sodium_free(making->secret);
    free(making);
    return code;
}

void setup_request(const struct terminal *terminal, uint8_t *request,
                   size_t *size)
{
    memcpy(request, terminal->request, terminal->request_size);
    *size = terminal->request_size;
}
