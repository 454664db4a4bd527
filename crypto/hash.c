/* SPDX-License-Identifier: Apache-2.0 */
/* enc() as a stream into BLAKE2b; see hash.h. */
#include "hash.h"

#include <assert.h>
#include <string.h>

#include "bytes.h"

static const char prefix[] = "aula/v1/";

static void feed(struct hash *h, const void *bytes, size_t size)
{
    /* libsodium forbids NULL even for no bytes. It cannot fail otherwise. */
    if (size > 0) {
        (void)crypto_generichash_update(&h->state, bytes, size);
    }
}

static void feed_length(struct hash *h, size_t size)
{
    uint8_t length[4];

    assert(size <= UINT32_MAX);
    put_le32(length, (uint32_t)size);
    feed(h, length, sizeof length);
}

static void start(struct hash *h, size_t size, const uint8_t *key,
                  size_t key_size, const char *label)
{
    assert(size == HASH_BYTES || size == HASH_WIDE_BYTES);
    (void)crypto_generichash_init(&h->state, key, key_size, size);
    h->size = size;
    h->left = 0;
    feed_length(h, sizeof prefix - 1 + strlen(label));
    feed(h, prefix, sizeof prefix - 1);
    feed(h, label, strlen(label));
}

void hash_start(struct hash *h, size_t size, const char *label)
{
    start(h, size, NULL, 0, label);
}

void hash_start_keyed(struct hash *h, size_t size,
                      const uint8_t key[static HASH_KEY_BYTES],
                      const char *label)
{
    start(h, size, key, HASH_KEY_BYTES, label);
}

void hash_open_field(struct hash *h, size_t size)
{
    assert(h->left == 0);
    feed_length(h, size);
    h->left = size;
}

void hash_more(struct hash *h, const void *bytes, size_t size)
{
    assert(size <= h->left);
    feed(h, bytes, size);
    h->left -= size;
}

void hash_field(struct hash *h, const void *bytes, size_t size)
{
    hash_open_field(h, size);
    hash_more(h, bytes, size);
}

void hash_u8(struct hash *h, uint8_t value)
{
    hash_field(h, &value, 1);
}

void hash_u16(struct hash *h, uint16_t value)
{
    uint8_t bytes[2];

    put_le16(bytes, value);
    hash_field(h, bytes, sizeof bytes);
}

void hash_u32(struct hash *h, uint32_t value)
{
    uint8_t bytes[4];

    put_le32(bytes, value);
    hash_field(h, bytes, sizeof bytes);
}

void hash_u64(struct hash *h, uint64_t value)
{
    uint8_t bytes[8];

    put_le64(bytes, value);
    hash_field(h, bytes, sizeof bytes);
}

void hash_end(struct hash *h, uint8_t *digest)
{
    assert(h->left == 0);
    (void)crypto_generichash_final(&h->state, digest, h->size);
    sodium_memzero(h, sizeof *h);
}

void hash_end_scalar(struct hash *h, uint8_t scalar[static HASH_SCALAR_BYTES])
{
    uint8_t wide[HASH_WIDE_BYTES];

    assert(h->size == HASH_WIDE_BYTES);
    hash_end(h, wide);
    crypto_core_ristretto255_scalar_reduce(scalar, wide);
    sodium_memzero(wide, sizeof wide);
}

void hash_bytes(uint8_t digest[static HASH_BYTES], const char *label,
                const void *bytes, size_t size)
{
    struct hash h;

    hash_start(&h, HASH_BYTES, label);
    hash_field(&h, bytes, size);
    hash_end(&h, digest);
}
