/* SPDX-License-Identifier: Apache-2.0 */
/* Key slots keep passphrase, second factor and master key to themselves while
 * they are made, opened and changed. What is seen: whether a slot opens, and
 * the image, which lies on the disk. */
#include "secret.h"

#include <string.h>

#include "keyslot.h"
#include "pwhash.h"

/* An image with what is known of it. */
struct slots {
    uint8_t master[KEYSLOT_MASTER_BYTES];
    uint8_t factor[KEYSLOT_FACTOR_BYTES];
    char passphrase[24];
    uint8_t file[KEYSLOT_FILE_BYTES_MAX];
    size_t size;
    struct keyslot_holder holder;
};

/* Where the first slot's sealed master key stands; the tag ends the image. */
enum { SEALED_AT = 30 + 114, SEALED_BYTES = 48, TAG_BYTES = 32 };

static void start(struct slots *slots)
{
    static const char passphrase[] =
        "p\xc3\xa4ssphrase \xd0\xba\xd0\xbb\xd1\x8e";

    memset(slots, 0, sizeof *slots);
    keyslot_draw_master(slots->master);
    randombytes_buf(slots->factor, sizeof slots->factor);
    memcpy(slots->passphrase, passphrase, sizeof passphrase);
    slots->holder = (struct keyslot_holder){
        "Aigul",
        5,
        {KEYSLOT_OPS_MIN, KEYSLOT_KIB_MIN},
        {slots->passphrase, sizeof passphrase - 1, slots->factor}};
    secret_hide(slots->master, sizeof slots->master);
    secret_hide(slots->factor, sizeof slots->factor);
    secret_hide(slots->passphrase, sizeof passphrase - 1);
}

static enum aula_code create(struct slots *slots)
{
    enum aula_code code = keyslot_create(slots->file, slots->master,
                                         &slots->holder, NULL);

    slots->size = KEYSLOT_FILE_BYTES(1);
    secret_publish(slots->file + SEALED_AT, SEALED_BYTES);
    secret_publish(slots->file + slots->size - TAG_BYTES, TAG_BYTES);
    return code;
}

/* The new image takes the old one's place. */
static enum aula_code take(struct slots *slots, enum aula_code code,
                           const uint8_t *file, size_t size)
{
    if (code != AULA_OK) {
        return code;
    }
    secret_publish(file + size - TAG_BYTES, TAG_BYTES);
    secret_show(file, size);
    memcpy(slots->file, file, size);
    slots->size = size;
    return code;
}

static enum aula_code add(struct slots *slots)
{
    uint8_t file[KEYSLOT_FILE_BYTES_MAX] = {0};
    size_t size = 0;
    enum aula_code code = keyslot_add(file, &size, slots->file, slots->size,
                                      slots->master, &slots->holder, NULL);

    return take(slots, code, file, size);
}

static enum aula_code change(struct slots *slots, size_t index)
{
    uint8_t file[KEYSLOT_FILE_BYTES_MAX] = {0};
    size_t size = 0;
    enum aula_code code =
        keyslot_change(file, &size, slots->file, slots->size, slots->master,
                       index, slots->holder.cost, &slots->holder.secret, NULL);

    return take(slots, code, file, size);
}

static enum aula_code revoke(struct slots *slots, size_t index)
{
    uint8_t file[KEYSLOT_FILE_BYTES_MAX] = {0};
    size_t size = 0;
    enum aula_code code = keyslot_revoke(file, &size, slots->file, slots->size,
                                         slots->master, index, NULL);

    return take(slots, code, file, size);
}

/* Opens it, and gives the master key? */
static bool opens(const struct slots *slots, size_t index)
{
    uint8_t opened[KEYSLOT_MASTER_BYTES] = {0};

    return keyslot_open(opened, slots->file, slots->size, index,
                        &slots->holder.secret, NULL) == AULA_OK &&
           sodium_memcmp(opened, slots->master, sizeof opened) == 0;
}

int main(void)
{
    static struct slots slots;

    if (sodium_init() < 0) {
        return 1;
    }
    start(&slots);
    if (create(&slots) != AULA_OK || !opens(&slots, 0) ||
        add(&slots) != AULA_OK || !opens(&slots, 1)) {
        return 1;
    }
    slots.holder.secret.passphrase_size--; /* half of a letter */
    if (opens(&slots, 0)) {
        return 1;
    }
    slots.holder.secret.passphrase_size--;
    if (opens(&slots, 0) || change(&slots, 0) != AULA_OK || !opens(&slots, 0) ||
        opens(&slots, 1)) {
        return 1;
    }
    if (revoke(&slots, 1) != AULA_OK || !opens(&slots, 0)) {
        return 1;
    }
    slots.master[0] ^= 1; /* the tag does not fit it */
    return add(&slots) != AULA_KEY_OPEN;
}
