/* SPDX-License-Identifier: Apache-2.0 */
/* Points and scalars as bytes, on libsodium; see group.h. */
#include "group.h"

#include <sodium.h>
#include <string.h>

#include "bytes.h"

enum aula_code group_check_point(const uint8_t point[static GROUP_POINT_BYTES])
{
    /* libsodium 1.0.18 ignores bit 255 when it decodes, which would give every
     * point two encodings, so the bit is looked at here. */
    if ((point[31] & 0x80) != 0 ||
        crypto_core_ristretto255_is_valid_point(point) != 1) {
        return AULA_POINT_INVALID;
    }
    if (sodium_is_zero(point, GROUP_POINT_BYTES)) {
        return AULA_POINT_IDENTITY;
    }
    return AULA_OK;
}

enum aula_code
group_check_scalar(const uint8_t scalar[static GROUP_SCALAR_BYTES])
{
    uint8_t wide[HASH_WIDE_BYTES] = {0};
    uint8_t reduced[GROUP_SCALAR_BYTES];
    enum aula_code code = AULA_OK;

    memcpy(wide, scalar, GROUP_SCALAR_BYTES);
    crypto_core_ristretto255_scalar_reduce(reduced, wide);
    if (sodium_memcmp(reduced, scalar, sizeof reduced) != 0) {
        code = AULA_SCALAR_INVALID;
    }
    sodium_memzero(wide, sizeof wide);
    sodium_memzero(reduced, sizeof reduced);
    return code;
}

bool group_is_transport(const uint8_t key[static 32])
{
    /* 2^255 - 19 is ed ff .. ff 7f: with bit 255 clear a value reaches it only
     * when all bytes from the second on are full. */
    if ((key[31] & 0x80) != 0) {
        return false;
    }
    if (key[31] != 0x7f || key[0] < 0xed) {
        return true;
    }
    for (size_t i = 1; i < 31; i++) {
        if (key[i] != 0xff) {
            return true;
        }
    }
    return false;
}

void group_mul(uint8_t out[static GROUP_POINT_BYTES],
               const uint8_t scalar[static GROUP_SCALAR_BYTES],
               const uint8_t point[static GROUP_POINT_BYTES])
{
    uint8_t product[GROUP_POINT_BYTES];

    /* -1 means that the product of checked inputs is O, which is no error;
     * the bytes are then zero, O's encoding. They are also zero for inputs
     * that never passed the checks, which callers do not send here. */
    if (crypto_scalarmult_ristretto255(product, scalar, point) != 0) {
        memset(product, 0, sizeof product);
    }
    memcpy(out, product, sizeof product);
    sodium_memzero(product, sizeof product);
}

void group_mul_base(uint8_t out[static GROUP_POINT_BYTES],
                    const uint8_t scalar[static GROUP_SCALAR_BYTES])
{
    if (crypto_scalarmult_ristretto255_base(out, scalar) != 0) {
        memset(out, 0, GROUP_POINT_BYTES);
    }
}

void group_add(uint8_t out[static GROUP_POINT_BYTES],
               const uint8_t a[static GROUP_POINT_BYTES],
               const uint8_t b[static GROUP_POINT_BYTES])
{
    if (crypto_core_ristretto255_add(out, a, b) != 0) {
        memset(out, 0, GROUP_POINT_BYTES);
    }
}

void group_sub(uint8_t out[static GROUP_POINT_BYTES],
               const uint8_t a[static GROUP_POINT_BYTES],
               const uint8_t b[static GROUP_POINT_BYTES])
{
    if (crypto_core_ristretto255_sub(out, a, b) != 0) {
        memset(out, 0, GROUP_POINT_BYTES);
    }
}

void group_scalar_add_product(uint8_t sum[static GROUP_SCALAR_BYTES],
                              const uint8_t a[static GROUP_SCALAR_BYTES],
                              const uint8_t b[static GROUP_SCALAR_BYTES])
{
    uint8_t product[GROUP_SCALAR_BYTES];

    crypto_core_ristretto255_scalar_mul(product, a, b);
    crypto_core_ristretto255_scalar_add(sum, sum, product);
    sodium_memzero(product, sizeof product);
}

void group_end_hash(struct hash *h, uint8_t point[static GROUP_POINT_BYTES])
{
    uint8_t wide[HASH_WIDE_BYTES];

    hash_end(h, wide);
    (void)crypto_core_ristretto255_from_hash(point, wide);
    sodium_memzero(wide, sizeof wide);
}

void group_generator(uint8_t point[static GROUP_POINT_BYTES], uint32_t index)
{
    struct hash h;

    hash_start(&h, HASH_WIDE_BYTES, "generator");
    hash_u32(&h, index);
    group_end_hash(&h, point);
}

void group_scalar_of(uint8_t scalar[static GROUP_SCALAR_BYTES], uint64_t value)
{
    memset(scalar, 0, GROUP_SCALAR_BYTES);
    put_le64(scalar, value);
}
