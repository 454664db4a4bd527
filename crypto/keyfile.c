/* SPDX-License-Identifier: Apache-2.0 */
/* The key file; see keyfile.h.
 *
 *  offset  size  field
 *       0     4  "AULK"
 *       4     1  version, 1
 *       5     1  purpose, 1..9
 *       6    16  salt
 *      22     4  ops
 *      26     4  memory in KiB
 *      30    24  nonce
 *      54    48  XChaCha20-Poly1305-IETF of the secret; additional data is all
 *                before; key = Argon2id(passphrase, salt, ops, KiB)
 *     102
 */
#include "keyfile.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "bytes.h"
#include "passphrase.h"

enum {
    AT_VERSION = 4,
    AT_PURPOSE = 5,
    AT_SALT = 6,
    AT_OPS = 22,
    AT_KIB = 26,
    AT_NONCE = 30,
    HEADER_BYTES = 54
};

static const uint8_t magic[4] = {'A', 'U', 'L', 'K'};

/* In locked memory. */
struct secrets {
    uint8_t key[STRETCH_KEY_BYTES];
    uint8_t secret[KEYFILE_SECRET_BYTES];
};

static bool is_purpose(unsigned purpose)
{
    return purpose >= KEYFILE_OFFICE_SIGN &&
           purpose <= KEYFILE_TRUSTEE_CEREMONY;
}

bool keyfile_is_generated(enum keyfile_purpose purpose)
{
    return purpose != KEYFILE_TERMINAL_SIGN && purpose != KEYFILE_TAG_KEY &&
           purpose != KEYFILE_TERMINAL_TRANSPORT;
}

struct stretch_cost keyfile_floor(enum keyfile_purpose purpose)
{
    if (keyfile_is_generated(purpose)) {
        return (struct stretch_cost){.ops = 3, .kib = 262144};
    }
    return (struct stretch_cost){.ops = 2, .kib = 65536};
}

static struct stretch_cost cost_of(const uint8_t *file)
{
    return (struct stretch_cost){.ops = get_le32(file + AT_OPS),
                                 .kib = get_le32(file + AT_KIB)};
}

static void write_header(uint8_t *file, enum keyfile_purpose purpose,
                         struct stretch_cost cost)
{
    memcpy(file, magic, sizeof magic);
    file[AT_VERSION] = 1;
    file[AT_PURPOSE] = (uint8_t)purpose;
    randombytes_buf(file + AT_SALT, STRETCH_SALT_BYTES);
    put_le32(file + AT_OPS, cost.ops);
    put_le32(file + AT_KIB, cost.kib);
    randombytes_buf(file + AT_NONCE, HEADER_BYTES - AT_NONCE);
}

static enum aula_code check_making(enum keyfile_purpose purpose,
                                   struct stretch_cost cost,
                                   const char *passphrase, size_t size,
                                   struct aula_error *err)
{
    enum aula_code code = passphrase_check(passphrase, size, err);

    if (code != AULA_OK) {
        return code;
    }
    if (!stretch_is_allowed(cost, keyfile_floor(purpose))) {
        return aula_fail(err, AULA_BAD_FIELD, "key file: cost out of bounds");
    }
    if (keyfile_is_generated(purpose)) {
        return passphrase_check_strong(passphrase, size, err);
    }
    return AULA_OK;
}

enum aula_code keyfile_make(uint8_t file[static KEYFILE_BYTES],
                            enum keyfile_purpose purpose,
                            struct stretch_cost cost, const char *passphrase,
                            size_t size,
                            const uint8_t secret[static KEYFILE_SECRET_BYTES],
                            struct aula_error *err)
{
    uint8_t made[KEYFILE_BYTES];
    uint8_t *key = NULL;
    enum aula_code code;

    assert(is_purpose(purpose));
    code = check_making(purpose, cost, passphrase, size, err);
    if (code != AULA_OK) {
        return code;
    }
    key = sodium_malloc(STRETCH_KEY_BYTES);
    if (key == NULL) {
        return aula_fail(err, AULA_MEMORY, "key file: no locked memory");
    }
    write_header(made, purpose, cost);
    code = stretch_passphrase(key, passphrase, size, made + AT_SALT, cost, err);
    if (code != AULA_OK) {
        goto out;
    }
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(made + HEADER_BYTES, NULL,
                                                     secret,
                                                     KEYFILE_SECRET_BYTES, made,
                                                     HEADER_BYTES, NULL,
                                                     made + AT_NONCE, key);
    memcpy(file, made, sizeof made);
out:
    sodium_free(key);
    return code;
}

static enum aula_code check_file(const uint8_t *file, size_t file_size,
                                 enum keyfile_purpose purpose,
                                 struct aula_error *err)
{
    if (file_size < HEADER_BYTES) {
        return aula_fail(err, AULA_TRUNCATED, "key file: header cut short");
    }
    if (memcmp(file, magic, sizeof magic) != 0) {
        return aula_fail(err, AULA_BAD_MAGIC, "key file: not a key file");
    }
    if (file[AT_VERSION] != 1) {
        return aula_fail(err, AULA_BAD_VERSION, "key file: version %u",
                         (unsigned)file[AT_VERSION]);
    }
    if (!is_purpose(file[AT_PURPOSE]) || file[AT_PURPOSE] != purpose) {
        return aula_fail(err, AULA_BAD_FIELD, "key file: purpose %u, not %u",
                         (unsigned)file[AT_PURPOSE], (unsigned)purpose);
    }
    if (!stretch_is_allowed(cost_of(file), keyfile_floor(purpose))) {
        return aula_fail(err, AULA_BAD_FIELD, "key file: cost out of bounds");
    }
    if (file_size < KEYFILE_BYTES) {
        return aula_fail(err, AULA_TRUNCATED, "key file: cut short");
    }
    if (file_size > KEYFILE_BYTES) {
        return aula_fail(err, AULA_TRAILING_BYTES, "key file: too long");
    }
    return AULA_OK;
}

static enum aula_code open_checked(struct secrets *secrets, const uint8_t *file,
                                   const char *passphrase, size_t size,
                                   struct aula_error *err)
{
    enum aula_code code = stretch_passphrase(secrets->key, passphrase, size,
                                             file + AT_SALT, cost_of(file),
                                             err);

    if (code != AULA_OK) {
        return code;
    }
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(secrets->secret, NULL, NULL,
                                                   file + HEADER_BYTES,
                                                   KEYFILE_BYTES - HEADER_BYTES,
                                                   file, HEADER_BYTES,
                                                   file + AT_NONCE,
                                                   secrets->key) != 0) {
        return aula_fail(err, AULA_KEY_OPEN,
                         "key file: wrong passphrase or altered file");
    }
    return AULA_OK;
}

enum aula_code keyfile_open(uint8_t secret[static KEYFILE_SECRET_BYTES],
                            const uint8_t *file, size_t file_size,
                            enum keyfile_purpose purpose,
                            const char *passphrase, size_t size,
                            struct aula_error *err)
{
    struct secrets *secrets = NULL;
    enum aula_code code = passphrase_check(passphrase, size, err);

    if (code == AULA_OK) {
        code = check_file(file, file_size, purpose, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    secrets = sodium_malloc(sizeof *secrets);
    if (secrets == NULL) {
        return aula_fail(err, AULA_MEMORY, "key file: no locked memory");
    }
    code = open_checked(secrets, file, passphrase, size, err);
    if (code == AULA_OK) {
        memcpy(secret, secrets->secret, sizeof secrets->secret);
    }
    sodium_free(secrets);
    return code;
}
