/* SPDX-License-Identifier: Apache-2.0 */
/* Looking at key slots and opening one; see keyslot.h. */
#include <sodium.h>
#include <string.h>

#include "bytes.h"
#include "keyslot_steps.h"
#include "passphrase.h"

/* In locked memory. */
struct secrets {
    uint8_t key[STRETCH_KEY_BYTES];
    uint8_t master[KEYSLOT_MASTER_BYTES];
};

static enum aula_code check_head(const uint8_t *file, size_t size,
                                 struct aula_error *err)
{
    if (size > KEYSLOT_FILE_BYTES_MAX) {
        return aula_fail(err, AULA_TOO_LARGE, "key slots: more than 16 hold");
    }
    if (size < KEYSLOT_HEAD_BYTES) {
        return aula_fail(err, AULA_TRUNCATED, "key slots: head cut short");
    }
    if (memcmp(file, "AULS", 4) != 0) {
        return aula_fail(err, AULA_BAD_MAGIC, "key slots: not key slots");
    }
    if (file[KEYSLOT_AT_VERSION] != 1) {
        return aula_fail(err, AULA_BAD_VERSION, "key slots: version %u",
                         (unsigned)file[KEYSLOT_AT_VERSION]);
    }
    if (get_le64(file + KEYSLOT_AT_GENERATION) == 0) {
        return aula_fail(err, AULA_BAD_FIELD, "key slots: generation 0");
    }
    if (file[KEYSLOT_AT_COUNT] < 1 || file[KEYSLOT_AT_COUNT] > KEYSLOT_MAX) {
        return aula_fail(err, AULA_BAD_FIELD, "key slots: %u slots",
                         (unsigned)file[KEYSLOT_AT_COUNT]);
    }
    if (size < KEYSLOT_FILE_BYTES(file[KEYSLOT_AT_COUNT])) {
        return aula_fail(err, AULA_TRUNCATED, "key slots: cut short");
    }
    if (size > KEYSLOT_FILE_BYTES(file[KEYSLOT_AT_COUNT])) {
        return aula_fail(err, AULA_TRAILING_BYTES, "key slots: too long");
    }
    return AULA_OK;
}

static bool has_label(const uint8_t *slot)
{
    const uint8_t *label = slot + KEYSLOT_AT_LABEL;
    size_t size = slot[KEYSLOT_AT_LABEL_SIZE];

    return size >= 1 && size <= KEYSLOT_LABEL_BYTES_MAX &&
           bytes_are_text(label, size) &&
           sodium_is_zero(label + size, KEYSLOT_LABEL_BYTES_MAX - size);
}

static enum aula_code read_slot(struct keyslot_view *view, const uint8_t *slot,
                                size_t index, struct aula_error *err)
{
    if ((slot[0] & ~KEYSLOT_FLAG_FACTOR) != 0) {
        return aula_fail(err, AULA_BAD_FIELD, "key slot %zu: unknown flag",
                         index);
    }
    if (!has_label(slot)) {
        return aula_fail(err, AULA_BAD_FIELD, "key slot %zu: no proper label",
                         index);
    }
    if (!keyslot_cost_is_allowed(keyslot_cost(slot))) {
        return aula_fail(err, AULA_BAD_FIELD,
                         "key slot %zu: cost out of bounds", index);
    }
    view->label = slot + KEYSLOT_AT_LABEL;
    view->label_size = slot[KEYSLOT_AT_LABEL_SIZE];
    view->has_factor = (slot[0] & KEYSLOT_FLAG_FACTOR) != 0;
    view->cost = keyslot_cost(slot);
    return AULA_OK;
}

enum aula_code keyslot_read(struct keyslot_list *list, const uint8_t *file,
                            size_t file_size, struct aula_error *err)
{
    struct keyslot_list made = {0};
    enum aula_code code = check_head(file, file_size, err);

    if (code != AULA_OK) {
        return code;
    }
    made.id = file + KEYSLOT_AT_ID;
    made.generation = get_le64(file + KEYSLOT_AT_GENERATION);
    made.count = file[KEYSLOT_AT_COUNT];
    for (size_t i = 0; i < made.count && code == AULA_OK; i++) {
        code = read_slot(&made.slots[i], file + keyslot_at(i), i, err);
    }
    if (code == AULA_OK) {
        *list = made;
    }
    return code;
}

static enum aula_code check_opening(size_t *count, const uint8_t *file,
                                    size_t file_size, size_t index,
                                    const struct keyslot_secret *secret,
                                    struct aula_error *err)
{
    struct keyslot_list list;
    enum aula_code code = passphrase_check(secret->passphrase,
                                           secret->passphrase_size, err);

    if (code == AULA_OK) {
        code = keyslot_read(&list, file, file_size, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    if (index >= list.count) {
        return aula_fail(err, AULA_KEY_SLOT, "key slot %zu: there are %zu",
                         index, list.count);
    }
    if (list.slots[index].has_factor != (secret->factor != NULL)) {
        return aula_fail(err, AULA_KEY_SLOT, "key slot %zu: %s", index,
                         secret->factor == NULL ? "a second factor is missing"
                                                : "it has no second factor");
    }
    *count = list.count;
    return AULA_OK;
}

static enum aula_code open_checked(struct secrets *secrets, const uint8_t *file,
                                   size_t count, size_t index,
                                   const struct keyslot_secret *secret,
                                   struct aula_error *err)
{
    const uint8_t *slot = file + keyslot_at(index);
    enum aula_code code = keyslot_derive(secrets->key, slot, secret, err);

    if (code != AULA_OK) {
        return code;
    }
    if (!keyslot_unseal(secrets->master, file, slot, secrets->key)) {
        return aula_fail(err, AULA_KEY_OPEN,
                         "key slot %zu: wrong passphrase or altered slot",
                         index);
    }
    if (!keyslot_has_tag(file, count, secrets->master)) {
        return aula_fail(err, AULA_KEY_OPEN,
                         "key slot %zu opens, but the others or their order "
                         "were altered",
                         index);
    }
    return AULA_OK;
}

enum aula_code keyslot_open(uint8_t master[static KEYSLOT_MASTER_BYTES],
                            const uint8_t *file, size_t file_size, size_t index,
                            const struct keyslot_secret *secret,
                            struct aula_error *err)
{
    struct secrets *secrets = NULL;
    size_t count = 0;
    enum aula_code code = check_opening(&count, file, file_size, index, secret,
                                        err);

    if (code != AULA_OK) {
        return code;
    }
    secrets = sodium_malloc(sizeof *secrets);
    if (secrets == NULL) {
        return aula_fail(err, AULA_MEMORY, "key slots: no locked memory");
    }
    code = open_checked(secrets, file, count, index, secret, err);
    if (code == AULA_OK) {
        memcpy(master, secrets->master, sizeof secrets->master);
    }
    sodium_free(secrets);
    return code;
}
