/* SPDX-License-Identifier: Apache-2.0 */
/* Key slots with the real Argon2id, at the floor of its cost. The other tests
 * of key slots have a stand-in for it, and so prove nothing about it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <sodium.h>

#include "keyslot.h"

static const uint8_t master[KEYSLOT_MASTER_BYTES] = {1, 2, 3};

static struct keyslot_holder holder_of(const char *label,
                                       const char *passphrase)
{
    return (struct keyslot_holder){label,
                                   strlen(label),
                                   {KEYSLOT_OPS_MIN, KEYSLOT_KIB_MIN},
                                   {passphrase, strlen(passphrase), NULL}};
}

static enum aula_code open_slot(const uint8_t *file, size_t size, size_t index,
                                const struct keyslot_holder *holder)
{
    uint8_t opened[KEYSLOT_MASTER_BYTES] = {0};
    enum aula_code code = keyslot_open(opened, file, size, index,
                                       &holder->secret, NULL);

    assert_int_equal(memcmp(opened, master, sizeof opened) == 0,
                     code == AULA_OK);
    return code;
}

static void two_officials_open_and_one_of_them_is_revoked(void **state)
{
    struct keyslot_holder aigul = holder_of("Aigul", "4711");
    struct keyslot_holder bolat = holder_of("Bolat", "long enough");
    uint8_t first[KEYSLOT_FILE_BYTES(1)];
    uint8_t second[KEYSLOT_FILE_BYTES_MAX];
    uint8_t third[KEYSLOT_FILE_BYTES_MAX];
    size_t size = 0;

    (void)state;
    assert_int_equal(keyslot_create(first, master, &aigul, NULL), AULA_OK);
    assert_int_equal(keyslot_add(second, &size, first, sizeof first, master,
                                 &bolat, NULL),
                     AULA_OK);
    assert_int_equal(open_slot(second, size, 0, &aigul), AULA_OK);
    assert_int_equal(open_slot(second, size, 1, &bolat), AULA_OK);
    assert_int_equal(open_slot(second, size, 1, &aigul), AULA_KEY_OPEN);
    assert_int_equal(keyslot_revoke(third, &size, second, size, master, 0,
                                    NULL),
                     AULA_OK);
    assert_int_equal(open_slot(third, size, 0, &bolat), AULA_OK);
    assert_int_equal(open_slot(third, size, 0, &aigul), AULA_KEY_OPEN);
}

/* The slot of an image made by hand: the key is what libsodium derives. */
static void the_key_of_a_slot_is_argon2id_of_its_passphrase(void **state)
{
    struct keyslot_holder aigul = holder_of("Aigul", "4711");
    uint8_t file[KEYSLOT_FILE_BYTES(1)];
    const uint8_t *slot = file + 30;
    uint8_t statement[135];
    uint8_t key[32];
    uint8_t opened[32];

    (void)state;
    assert_int_equal(keyslot_create(file, master, &aigul, NULL), AULA_OK);
    assert_int_equal(crypto_pwhash_argon2id(key, sizeof key, "4711", 4,
                                            slot + 66, 2, (size_t)65536 * 1024,
                                            crypto_pwhash_ALG_ARGON2ID13),
                     0);
    memcpy(statement, file, 21);
    memcpy(statement + 21, slot, 114);
    assert_int_equal(crypto_aead_xchacha20poly1305_ietf_decrypt(
                         opened, NULL, NULL, slot + 114, 48, statement,
                         sizeof statement, slot + 90, key),
                     0);
    assert_memory_equal(opened, master, sizeof opened);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_officials_open_and_one_of_them_is_revoked),
        cmocka_unit_test(the_key_of_a_slot_is_argon2id_of_its_passphrase),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
