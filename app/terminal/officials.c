/* SPDX-License-Identifier: Apache-2.0 */
/* Key slots as two files; see officials.h. */
#include "officials.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "place.h"

static const char *const names[2] = {"keys.1", "keys.2"};

static enum aula_code read_copy(struct officials *officials, const char *folder,
                                const char *name, struct aula_error *err)
{
    char path[PLACE_BYTES];
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code = place_in(path, folder, name, err);

    if (code == AULA_OK) {
        code = file_read(&bytes, &size, path, KEYSLOT_FILE_BYTES_MAX, err);
    }
    if (code == AULA_OK) {
        memcpy(officials->image, bytes, size);
        officials->size = size;
        code = keyslot_read(&officials->list, officials->image, size, err);
    }
    free(bytes);
    return code;
}

/* The list of a copy points into the copy. */
static void take(struct officials *to, const struct officials *from)
{
    struct aula_error unused;

    *to = *from;
    (void)!keyslot_read(&to->list, to->image, to->size, &unused);
}

enum aula_code officials_load(struct officials *officials, const char *folder,
                              struct aula_error *err)
{
    struct officials copies[2] = {0};
    enum aula_code codes[2];
    size_t newer = 0;

    for (size_t i = 0; i < 2; i++) {
        codes[i] = read_copy(&copies[i], folder, names[i], err);
    }
    if (codes[0] != AULA_OK && codes[1] != AULA_OK) {
        if (place_is_missing(folder, names[0]) &&
            place_is_missing(folder, names[1])) {
            return aula_fail(err, AULA_STATE,
                             "the terminal is blank: it has no key yet");
        }
        return aula_fail(err, AULA_STORE_DAMAGED,
                         "%s: keys.1 and keys.2 are both damaged", folder);
    }
    if (codes[0] != AULA_OK ||
        (codes[1] == AULA_OK &&
         copies[1].list.generation > copies[0].list.generation)) {
        newer = 1;
    }
    take(officials, &copies[newer]);
    return AULA_OK;
}

static enum aula_code write_copy(const uint8_t *image, size_t size,
                                 const char *folder, const char *name,
                                 struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, folder, name, err);

    if (code == AULA_OK) {
        code = file_write(path, image, size, 0600, err);
    }
    return code;
}

enum aula_code officials_save(const uint8_t *image, size_t size,
                              const char *folder, struct aula_error *err)
{
    struct officials copy = {0};
    size_t first = 0;
    enum aula_code code;

    /* The copy that is worse goes first: a good one stays meanwhile. */
    if (read_copy(&copy, folder, names[1], NULL) != AULA_OK) {
        first = 1;
    }
    code = write_copy(image, size, folder, names[first], err);
    if (code == AULA_OK) {
        code = write_copy(image, size, folder, names[1 - first], err);
    }
    return code;
}

static bool is_labelled(const struct keyslot_view *slot, const char *label)
{
    return label == NULL || (strlen(label) == slot->label_size &&
                             memcmp(label, slot->label, slot->label_size) == 0);
}

enum aula_code officials_open(uint8_t master[static KEYSLOT_MASTER_BYTES],
                              size_t *index, const struct officials *officials,
                              const struct official *official,
                              struct aula_error *err)
{
    enum aula_code code = aula_fail(err, AULA_KEY_SLOT,
                                    "nobody of that name may unlock this "
                                    "terminal");
    enum aula_code worst = AULA_KEY_SLOT;

    for (size_t i = 0; i < officials->list.count; i++) {
        if (!is_labelled(&officials->list.slots[i], official->label)) {
            continue;
        }
        code = keyslot_open(master, officials->image, officials->size, i,
                            &official->secret, err);
        if (code != AULA_KEY_OPEN && code != AULA_KEY_SLOT) {
            *index = code == AULA_OK ? i : *index;
            return code;
        }
        /* A wrong passphrase says more than a slot that asks for a stick. */
        worst = code == AULA_KEY_OPEN ? AULA_KEY_OPEN : worst;
    }
    return worst == code ? code
                         : aula_fail(err, worst, "wrong passphrase or stick");
}
