/* SPDX-License-Identifier: Apache-2.0 */
/* The layout of a sealed page, in the database and in the journal alike:
 *
 *   offset  size  field
 *        0  4056  content, encrypted; what SQLite may use of a page
 *     4056    24  nonce, random for every write
 *     4080    16  tag
 *
 * XChaCha20-Poly1305-IETF; additional data, 22 bytes:
 *
 *        0     1  format version, 1
 *        1    16  store id
 *       17     1  kind: 1 database, 2 journal
 *       18     4  page number from 1, little-endian
 *
 * The nonce is never derived: a page is rewritten many times, and a number kept
 * in the file would repeat after a rollback or a restored copy.
 *
 * A page's part in the root is SipHash-2-4-128 over its number and the Poly1305
 * tag of its content. Poly1305 alone is linear: two changes could cancel each
 * other out. With a secret fixed key it is a universal hash, which is enough as
 * long as nobody sees its results; they stay in memory.
 *
 * Source: libsodium 1.0.18
 */
#include "vfs_page.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "bytes.h"

enum { FORMAT_VERSION = 1, AD_BYTES = 22 };

static_assert(PAGE_NONCE_BYTES == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
              "a page ends with a nonce");
static_assert(PAGE_TAG_BYTES == crypto_aead_xchacha20poly1305_ietf_ABYTES,
              "and a tag");
static_assert(PAGE_PART_BYTES == crypto_shorthash_siphashx24_BYTES, "a part");

static void derive(uint8_t *out, size_t size, uint64_t number,
                   const uint8_t key[PAGE_KEY_BYTES])
{
    (void)crypto_kdf_derive_from_key(out, size, number, "AulaVFS1", key);
}

void vfs_page_keys(struct vfs_keys *keys, const uint8_t key[PAGE_KEY_BYTES],
                   const uint8_t store_id[PAGE_STORE_ID_BYTES])
{
    derive(keys->seal, sizeof keys->seal, 1, key);
    derive(keys->content, sizeof keys->content, 2, key);
    derive(keys->part, sizeof keys->part, 3, key);
    derive(keys->mask, sizeof keys->mask, 4, key);
    memcpy(keys->store_id, store_id, PAGE_STORE_ID_BYTES);
}

static void additional(uint8_t ad[AD_BYTES], const struct vfs_keys *keys,
                       enum vfs_kind kind, uint32_t number)
{
    ad[0] = FORMAT_VERSION;
    memcpy(ad + 1, keys->store_id, PAGE_STORE_ID_BYTES);
    ad[17] = (uint8_t)kind;
    put_le32(ad + 18, number);
}

static void next_nonce(uint8_t nonce[PAGE_NONCE_BYTES],
                       struct vfs_nonces *nonces)
{
    if (nonces->left == 0) {
        randombytes_buf(nonces->drawn, sizeof nonces->drawn);
        nonces->left = PAGE_NONCES_AHEAD;
    }
    nonces->left--;
    memcpy(nonce, nonces->drawn + nonces->left * PAGE_NONCE_BYTES,
           PAGE_NONCE_BYTES);
}

void vfs_page_seal(uint8_t sealed[PAGE_BYTES], const struct vfs_keys *keys,
                   struct vfs_nonces *nonces, enum vfs_kind kind,
                   uint32_t number, const uint8_t page[PAGE_BYTES])
{
    uint8_t *nonce = sealed + PAGE_CONTENT_BYTES;
    uint8_t ad[AD_BYTES];

    additional(ad, keys, kind, number);
    next_nonce(nonce, nonces);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt_detached(
        sealed, nonce + PAGE_NONCE_BYTES, NULL, page, PAGE_CONTENT_BYTES, ad,
        sizeof ad, NULL, nonce, keys->seal);
}

bool vfs_page_open(uint8_t page[PAGE_BYTES], uint8_t tag[PAGE_TAG_BYTES],
                   const struct vfs_keys *keys, enum vfs_kind kind,
                   uint32_t number)
{
    const uint8_t *nonce = vfs_page_nonce(page);
    uint8_t ad[AD_BYTES];

    additional(ad, keys, kind, number);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt_detached(page, NULL, page,
                                                            PAGE_CONTENT_BYTES,
                                                            vfs_page_tag(page),
                                                            ad, sizeof ad,
                                                            nonce,
                                                            keys->seal) != 0) {
        sodium_memzero(page, PAGE_BYTES);
        return false;
    }
    memcpy(tag, vfs_page_tag(page), PAGE_TAG_BYTES);
    memset(page + PAGE_CONTENT_BYTES, 0, PAGE_BYTES - PAGE_CONTENT_BYTES);
    return true;
}

void vfs_page_part(uint8_t part[PAGE_PART_BYTES], const struct vfs_keys *keys,
                   uint32_t number, const uint8_t page[PAGE_BYTES])
{
    uint8_t said[4 + crypto_onetimeauth_BYTES];

    put_le32(said, number);
    (void)crypto_onetimeauth(said + 4, page, PAGE_CONTENT_BYTES, keys->content);
    (void)crypto_shorthash_siphashx24(part, said, sizeof said, keys->part);
    sodium_memzero(said, sizeof said);
}

uint32_t vfs_page_mask(const struct vfs_keys *keys,
                       const uint8_t nonce[PAGE_NONCE_BYTES])
{
    uint8_t mask[crypto_shorthash_siphashx24_BYTES];

    (void)crypto_shorthash_siphashx24(mask, nonce, PAGE_NONCE_BYTES,
                                      keys->mask);
    return get_be32(mask);
}
