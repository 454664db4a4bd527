/* SPDX-License-Identifier: Apache-2.0 */
/* Making and changing key slots; see keyslot.h.
 *
 * Every function puts a whole image together aside and copies it to its caller
 * when it is complete. Slots that do not change are copied as they are: their
 * passphrases are not known here.
 */
#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "bytes.h"
#include "keyslot_steps.h"
#include "passphrase.h"

/* An image under way. It holds nothing secret: master keys in it are sealed. */
struct image {
    uint8_t file[KEYSLOT_FILE_BYTES_MAX];
    size_t count; /* slots */
};

void keyslot_draw_master(uint8_t master[static KEYSLOT_MASTER_BYTES])
{
    randombytes_buf(master, KEYSLOT_MASTER_BYTES);
}

static enum aula_code check_secret(struct stretch_cost cost,
                                   const struct keyslot_secret *secret,
                                   struct aula_error *err)
{
    if (!keyslot_cost_is_allowed(cost)) {
        return aula_fail(err, AULA_BAD_FIELD, "key slots: cost out of bounds");
    }
    return passphrase_check(secret->passphrase, secret->passphrase_size, err);
}

static enum aula_code check_holder(const struct keyslot_holder *holder,
                                   struct aula_error *err)
{
    if (holder->label_size < 1 ||
        holder->label_size > KEYSLOT_LABEL_BYTES_MAX ||
        !bytes_are_text((const uint8_t *)holder->label, holder->label_size)) {
        return aula_fail(err, AULA_BAD_FIELD, "key slots: no proper label");
    }
    return check_secret(holder->cost, &holder->secret, err);
}

static void put_label(uint8_t *slot, const char *label, size_t size)
{
    memset(slot + KEYSLOT_AT_LABEL, 0, KEYSLOT_LABEL_BYTES_MAX);
    memcpy(slot + KEYSLOT_AT_LABEL, label, size);
    slot[KEYSLOT_AT_LABEL_SIZE] = (uint8_t)size;
}

/* All but the label, which stands already. Salt and nonce are fresh. */
static enum aula_code fill_slot(struct image *image, size_t index,
                                struct stretch_cost cost,
                                const struct keyslot_secret *secret,
                                const uint8_t *master, struct aula_error *err)
{
    uint8_t *slot = image->file + keyslot_at(index);
    uint8_t *key = sodium_malloc(STRETCH_KEY_BYTES);
    enum aula_code code;

    if (key == NULL) {
        return aula_fail(err, AULA_MEMORY, "key slots: no locked memory");
    }
    slot[0] = secret->factor != NULL ? KEYSLOT_FLAG_FACTOR : 0;
    randombytes_buf(slot + KEYSLOT_AT_SALT, STRETCH_SALT_BYTES);
    put_le32(slot + KEYSLOT_AT_OPS, cost.ops);
    put_le32(slot + KEYSLOT_AT_KIB, cost.kib);
    randombytes_buf(slot + KEYSLOT_AT_NONCE,
                    KEYSLOT_AT_SEALED - KEYSLOT_AT_NONCE);
    code = keyslot_derive(key, slot, secret, err);
    if (code == AULA_OK) {
        keyslot_seal(slot, image->file, key, master);
    }
    sodium_free(key);
    return code;
}

static void finish(uint8_t *file, struct image *image, const uint8_t *master)
{
    image->file[KEYSLOT_AT_COUNT] = (uint8_t)image->count;
    keyslot_put_tag(image->file, image->count, master);
    memcpy(file, image->file, KEYSLOT_FILE_BYTES(image->count));
}

enum aula_code keyslot_create(uint8_t file[static KEYSLOT_FILE_BYTES(1)],
                              const uint8_t master[static KEYSLOT_MASTER_BYTES],
                              const struct keyslot_holder *holder,
                              struct aula_error *err)
{
    struct image image = {.count = 1};
    enum aula_code code = check_holder(holder, err);

    if (code != AULA_OK) {
        return code;
    }
    memcpy(image.file, "AULS", 4);
    image.file[KEYSLOT_AT_VERSION] = 1;
    randombytes_buf(image.file + KEYSLOT_AT_ID, KEYSLOT_ID_BYTES);
    put_le64(image.file + KEYSLOT_AT_GENERATION, 1);
    put_label(image.file + keyslot_at(0), holder->label, holder->label_size);
    code = fill_slot(&image, 0, holder->cost, &holder->secret, master, err);
    if (code == AULA_OK) {
        finish(file, &image, master);
    }
    return code;
}

/* Start from the old image, if the master key is its own. */
static enum aula_code take_over(struct image *image, const uint8_t *old,
                                size_t old_size, const uint8_t *master,
                                struct aula_error *err)
{
    struct keyslot_list list;
    enum aula_code code = keyslot_read(&list, old, old_size, err);

    if (code != AULA_OK) {
        return code;
    }
    if (!keyslot_has_tag(old, list.count, master)) {
        return aula_fail(err, AULA_KEY_OPEN,
                         "key slots: another master key or altered slots");
    }
    if (list.generation == UINT64_MAX) {
        return aula_fail(err, AULA_KEY_SLOT,
                         "key slots: no further generation");
    }
    memcpy(image->file, old, old_size);
    put_le64(image->file + KEYSLOT_AT_GENERATION, list.generation + 1);
    image->count = list.count;
    return AULA_OK;
}

enum aula_code keyslot_add(uint8_t file[static KEYSLOT_FILE_BYTES_MAX],
                           size_t *file_size, const uint8_t *old,
                           size_t old_size,
                           const uint8_t master[static KEYSLOT_MASTER_BYTES],
                           const struct keyslot_holder *holder,
                           struct aula_error *err)
{
    struct image image = {.count = 0};
    enum aula_code code = check_holder(holder, err);

    assert(file != old);
    if (code == AULA_OK) {
        code = take_over(&image, old, old_size, master, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    if (image.count == KEYSLOT_MAX) {
        return aula_fail(err, AULA_KEY_SLOT, "key slots: all are taken");
    }
    put_label(image.file + keyslot_at(image.count), holder->label,
              holder->label_size);
    code = fill_slot(&image, image.count, holder->cost, &holder->secret, master,
                     err);
    if (code == AULA_OK) {
        image.count++;
        finish(file, &image, master);
        *file_size = KEYSLOT_FILE_BYTES(image.count);
    }
    return code;
}

enum aula_code keyslot_change(uint8_t file[static KEYSLOT_FILE_BYTES_MAX],
                              size_t *file_size, const uint8_t *old,
                              size_t old_size,
                              const uint8_t master[static KEYSLOT_MASTER_BYTES],
                              size_t index, struct stretch_cost cost,
                              const struct keyslot_secret *secret,
                              struct aula_error *err)
{
    struct image image = {.count = 0};
    enum aula_code code = check_secret(cost, secret, err);

    assert(file != old);
    if (code == AULA_OK) {
        code = take_over(&image, old, old_size, master, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    if (index >= image.count) {
        return aula_fail(err, AULA_KEY_SLOT, "key slot %zu: there are %zu",
                         index, image.count);
    }
    code = fill_slot(&image, index, cost, secret, master, err);
    if (code == AULA_OK) {
        finish(file, &image, master);
        *file_size = KEYSLOT_FILE_BYTES(image.count);
    }
    return code;
}

enum aula_code keyslot_revoke(uint8_t file[static KEYSLOT_FILE_BYTES_MAX],
                              size_t *file_size, const uint8_t *old,
                              size_t old_size,
                              const uint8_t master[static KEYSLOT_MASTER_BYTES],
                              size_t index, struct aula_error *err)
{
    struct image image = {.count = 0};
    enum aula_code code = take_over(&image, old, old_size, master, err);

    assert(file != old);
    if (code != AULA_OK) {
        return code;
    }
    if (index >= image.count) {
        return aula_fail(err, AULA_KEY_SLOT, "key slot %zu: there are %zu",
                         index, image.count);
    }
    if (image.count == 1) {
        return aula_fail(err, AULA_KEY_SLOT, "key slots: the last one stays");
    }
    memmove(image.file + keyslot_at(index), image.file + keyslot_at(index + 1),
            keyslot_at(image.count) - keyslot_at(index + 1));
    image.count--;
    finish(file, &image, master);
    *file_size = KEYSLOT_FILE_BYTES(image.count);
    return AULA_OK;
}
