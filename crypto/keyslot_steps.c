/* SPDX-License-Identifier: Apache-2.0 */
/* Seals and tags of key slots; see keyslot_steps.h. The image, which is the
 * project's own format:
 *
 *  offset  size  field
 *       0     4  "AULS"
 *       4     1  version, 1
 *       5    16  id of the file, random, stays when slots change
 *      21     8  generation, 1 and one more with every change
 *      29     1  slots n, 1..16
 *      30  162n  the slots
 *      ..    32  tag = BLAKE2b keyed with a, of enc("keyslot-tag", all before);
 *                a = BLAKE2b keyed with the master key, of enc("keyslot-auth",
 *                id of the file)
 *  62 + 162n
 *
 * and a slot:
 *
 *  offset  size  field
 *       0     1  flags: bit 0 second factor; the others are 0
 *       1     1  bytes of the label, 1..64
 *       2    64  label, text of PROTOCOL.md 2.2, zeros behind it
 *      66    16  salt
 *      82     4  ops
 *      86     4  memory in KiB
 *      90    24  nonce
 *     114    48  XChaCha20-Poly1305-IETF of the master key under the slot's
 *                key; additional data is bytes 0..20 of the image (magic,
 *                version, id) and bytes 0..113 of the slot
 *     162
 *
 * The slot's key is k = Argon2id(passphrase, salt, ops, KiB, 32 bytes), with a
 * second factor H32("keyslot-factor", k, factor). Generation and number of
 * slots stand under the tag only: a change is made by one official, who cannot
 * seal the slots of the others anew.
 */
#include "keyslot_steps.h"

#include <sodium.h>
#include <string.h>

#include "bytes.h"

_Static_assert(KEYSLOT_SEALED_BYTES ==
                   KEYSLOT_MASTER_BYTES +
                       crypto_aead_xchacha20poly1305_ietf_ABYTES,
               "sealed master key");
_Static_assert(KEYSLOT_AT_SEALED - KEYSLOT_AT_NONCE ==
                   crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
               "nonce");
_Static_assert(KEYSLOT_FILE_BYTES(KEYSLOT_MAX) == KEYSLOT_FILE_BYTES_MAX &&
                   KEYSLOT_FILE_BYTES(1) == KEYSLOT_HEAD_BYTES +
                                                KEYSLOT_SLOT_BYTES +
                                                KEYSLOT_TAG_BYTES,
               "sizes");

enum {
    STATEMENT_HEAD_BYTES = KEYSLOT_AT_GENERATION,
    STATEMENT_BYTES = STATEMENT_HEAD_BYTES + KEYSLOT_AT_SEALED
};

size_t keyslot_at(size_t index)
{
    return KEYSLOT_HEAD_BYTES + KEYSLOT_SLOT_BYTES * index;
}

struct stretch_cost keyslot_cost(const uint8_t *slot)
{
    return (struct stretch_cost){.ops = get_le32(slot + KEYSLOT_AT_OPS),
                                 .kib = get_le32(slot + KEYSLOT_AT_KIB)};
}

bool keyslot_cost_is_allowed(struct stretch_cost cost)
{
    return stretch_is_allowed(cost,
                              (struct stretch_cost){.ops = KEYSLOT_OPS_MIN,
                                                    .kib = KEYSLOT_KIB_MIN});
}

enum aula_code keyslot_derive(uint8_t key[static STRETCH_KEY_BYTES],
                              const uint8_t *slot,
                              const struct keyslot_secret *secret,
                              struct aula_error *err)
{
    struct hash h;
    enum aula_code code =
        stretch_passphrase(key, secret->passphrase, secret->passphrase_size,
                           slot + KEYSLOT_AT_SALT, keyslot_cost(slot), err);

    if (code == AULA_OK && secret->factor != NULL) {
        hash_start(&h, HASH_BYTES, "keyslot-factor");
        hash_field(&h, key, STRETCH_KEY_BYTES);
        hash_field(&h, secret->factor, KEYSLOT_FACTOR_BYTES);
        hash_end(&h, key);
    }
    return code;
}

/* What a slot is sealed with: public, but nobody may change it. */
static void write_statement(uint8_t statement[static STATEMENT_BYTES],
                            const uint8_t *file, const uint8_t *slot)
{
    memcpy(statement, file, STATEMENT_HEAD_BYTES);
    memcpy(statement + STATEMENT_HEAD_BYTES, slot, KEYSLOT_AT_SEALED);
}

void keyslot_seal(uint8_t *slot, const uint8_t *file,
                  const uint8_t key[static STRETCH_KEY_BYTES],
                  const uint8_t master[static KEYSLOT_MASTER_BYTES])
{
    uint8_t statement[STATEMENT_BYTES];

    write_statement(statement, file, slot);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(slot + KEYSLOT_AT_SEALED,
                                                     NULL, master,
                                                     KEYSLOT_MASTER_BYTES,
                                                     statement,
                                                     sizeof statement, NULL,
                                                     slot + KEYSLOT_AT_NONCE,
                                                     key);
}

bool keyslot_unseal(uint8_t master[static KEYSLOT_MASTER_BYTES],
                    const uint8_t *file, const uint8_t *slot,
                    const uint8_t key[static STRETCH_KEY_BYTES])
{
    uint8_t statement[STATEMENT_BYTES];

    write_statement(statement, file, slot);
    return crypto_aead_xchacha20poly1305_ietf_decrypt(master, NULL, NULL,
                                                      slot + KEYSLOT_AT_SEALED,
                                                      KEYSLOT_SEALED_BYTES,
                                                      statement,
                                                      sizeof statement,
                                                      slot + KEYSLOT_AT_NONCE,
                                                      key) == 0;
}

/* The key of the tag is wiped here; it is not the master key itself, so that
 * whatever else the master key is used for shares no key with the tag. */
static void make_tag(uint8_t tag[static KEYSLOT_TAG_BYTES], const uint8_t *file,
                     size_t count, const uint8_t *master)
{
    uint8_t key[HASH_KEY_BYTES];
    struct hash h;

    hash_start_keyed(&h, HASH_BYTES, master, "keyslot-auth");
    hash_field(&h, file + KEYSLOT_AT_ID, KEYSLOT_ID_BYTES);
    hash_end(&h, key);
    hash_start_keyed(&h, HASH_BYTES, key, "keyslot-tag");
    hash_field(&h, file, keyslot_at(count));
    hash_end(&h, tag);
    sodium_memzero(key, sizeof key);
}

void keyslot_put_tag(uint8_t *file, size_t count,
                     const uint8_t master[static KEYSLOT_MASTER_BYTES])
{
    make_tag(file + keyslot_at(count), file, count, master);
}

bool keyslot_has_tag(const uint8_t *file, size_t count,
                     const uint8_t master[static KEYSLOT_MASTER_BYTES])
{
    uint8_t tag[KEYSLOT_TAG_BYTES];
    bool same = false;

    make_tag(tag, file, count, master);
    same = sodium_memcmp(tag, file + keyslot_at(count), sizeof tag) == 0;
    sodium_memzero(tag, sizeof tag);
    return same;
}
