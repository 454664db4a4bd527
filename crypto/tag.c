/* SPDX-License-Identifier: Apache-2.0 */
/* Identifiers and voter tags; see tag.h.
 *
 * Both sums of the check digit are always computed and one is taken by a mask;
 * nothing branches on a digit before the answer is known.
 */
#include "tag.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "hash.h"
#include "verdict.h"

static_assert((int)TAG_BYTES == (int)HASH_BYTES, "a tag is an H32");
static_assert((int)TAG_KEY_BYTES == (int)HASH_KEY_BYTES, "of BLAKE2b's key");

/* The identifier and what is derived from it, in locked memory. */
struct secrets {
    uint8_t digits[TAG_DIGITS]; /* ASCII, as they are hashed */
    uint8_t salt[HASH_BYTES];   /* its first crypto_pwhash_SALTBYTES count */
    uint8_t stretched[HASH_BYTES];
};

/* 1 where a == b, else 0; both below 2^31. */
static uint32_t is_equal(uint32_t a, uint32_t b)
{
    return ((a ^ b) - 1U) >> 31;
}

/* Copy the digits and drop separators; 0 when there are twelve and nothing
 * else. Every byte is held against every place, so that not even where the
 * separators stand may be seen from outside. */
static uint32_t read_digits(uint8_t digits[static TAG_DIGITS],
                            const char *typed, size_t typed_size)
{
    uint32_t strange = 0;
    uint32_t count = 0; /* stays at one too many */

    memset(digits, 0, TAG_DIGITS);
    for (size_t i = 0; i < typed_size; i++) {
        uint32_t byte = (uint8_t)typed[i];
        uint32_t counts = 1U ^ (is_equal(byte, ' ') | is_equal(byte, '-'));

        for (uint32_t k = 0; k < TAG_DIGITS; k++) {
            uint32_t mask = 0U - (counts & is_equal(count, k));

            digits[k] |= (uint8_t)(byte & mask);
        }
        /* High bits are set when byte is below '0' or above '9'. */
        strange |= ((byte - '0') | ('9' - byte)) & (0U - counts);
        count += counts & (1U ^ is_equal(count, TAG_DIGITS + 1));
    }
    return (strange >> 8) | (count ^ TAG_DIGITS);
}

/* 0 when the first eleven are the same digit. */
static uint32_t differ_eleven(const uint8_t digits[static TAG_DIGITS])
{
    uint32_t differ = 0;

    for (size_t k = 1; k < TAG_DIGITS - 1; k++) {
        differ |= (uint32_t)(digits[k] ^ digits[0]);
    }
    return differ;
}

/* sum of (k + shift) d_k mod 11, weights 1..11 going round. */
static unsigned weighted_sum(const uint8_t digits[static TAG_DIGITS],
                             unsigned shift)
{
    unsigned sum = 0;

    for (unsigned k = 0; k < TAG_DIGITS - 1; k++) {
        sum += ((k + shift) % 11 + 1) * (digits[k] - (unsigned)'0');
    }
    return sum % 11;
}

/* 0 when the last digit is the one that the others ask for. */
static uint32_t check_digit(const uint8_t digits[static TAG_DIGITS])
{
    unsigned first = weighted_sum(digits, 0);
    unsigned second = weighted_sum(digits, 2);
    unsigned is_ten = (first + 6) >> 4; /* 1 for 10, 0 for 0..9 */
    unsigned mask = 0U - is_ten;
    unsigned sum = (first & ~mask) | (second & mask);

    /* A sum that is still 10 equals no digit. */
    return sum ^ (digits[TAG_DIGITS - 1] - (unsigned)'0');
}

/* The message never says which digit: it may end in a log. */
static enum aula_code read_identifier(uint8_t digits[static TAG_DIGITS],
                                      enum tag_scheme scheme, const char *typed,
                                      size_t typed_size, struct aula_error *err)
{
    assert(scheme == TAG_SCHEME_DIGITS || scheme == TAG_SCHEME_IIN);
    if (!verdict_is_clean(read_digits(digits, typed, typed_size))) {
        return aula_fail(err, AULA_TAG_FORMAT, "identifier: not %d digits",
                         TAG_DIGITS);
    }
    if (scheme == TAG_SCHEME_DIGITS) {
        return AULA_OK;
    }
    if (verdict_is_clean(differ_eleven(digits))) {
        return aula_fail(err, AULA_TAG_FORMAT,
                         "identifier: of a form that is never issued");
    }
    if (!verdict_is_clean(check_digit(digits))) {
        return aula_fail(err, AULA_TAG_CHECK_DIGIT,
                         "identifier: the check digit does not fit");
    }
    return AULA_OK;
}

enum aula_code tag_check_identifier(enum tag_scheme scheme, const char *typed,
                                    size_t typed_size, struct aula_error *err)
{
    struct secrets *secrets = sodium_malloc(sizeof *secrets);
    enum aula_code code;

    if (secrets == NULL) {
        return aula_fail(err, AULA_MEMORY, "identifier: no locked memory");
    }
    code = read_identifier(secrets->digits, scheme, typed, typed_size, err);
    sodium_free(secrets);
    return code;
}

/* x of section 7.1, where it is not the digits themselves. */
static enum aula_code stretch_digits(struct secrets *secrets,
                                     const uint8_t *tag_key,
                                     struct aula_error *err)
{
    static_assert((int)crypto_pwhash_SALTBYTES <= (int)HASH_BYTES,
                  "the salt is the beginning of a hash");

    hash_bytes(secrets->salt, "tag-salt", tag_key, TAG_KEY_BYTES);
    if (crypto_pwhash(secrets->stretched, sizeof secrets->stretched,
                      (const char *)secrets->digits, sizeof secrets->digits,
                      secrets->salt, TAG_STRETCH_OPS, TAG_STRETCH_MEMORY_BYTES,
                      crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return aula_fail(err, AULA_MEMORY, "identifier: no memory to stretch");
    }
    return AULA_OK;
}

static void hash_tag(uint8_t *tag, const uint8_t *tag_key,
                     const uint8_t *package_hash, const uint8_t *x,
                     size_t x_size)
{
    struct hash h;

    hash_start_keyed(&h, HASH_BYTES, tag_key, "voter-tag");
    hash_field(&h, package_hash, TAG_PACKAGE_HASH_BYTES);
    hash_field(&h, x, x_size);
    hash_end(&h, tag);
}

enum aula_code
tag_make(uint8_t tag[static TAG_BYTES],
         const uint8_t tag_key[static TAG_KEY_BYTES],
         const uint8_t package_hash[static TAG_PACKAGE_HASH_BYTES],
         enum tag_scheme scheme, enum tag_stretch stretch, const char *typed,
         size_t typed_size, struct aula_error *err)
{
    struct secrets *secrets = sodium_malloc(sizeof *secrets);
    enum aula_code code;

    assert(stretch == TAG_STRETCH_NONE || stretch == TAG_STRETCH_ARGON2ID);
    if (secrets == NULL) {
        return aula_fail(err, AULA_MEMORY, "identifier: no locked memory");
    }
    code = read_identifier(secrets->digits, scheme, typed, typed_size, err);
    if (code == AULA_OK && stretch == TAG_STRETCH_ARGON2ID) {
        code = stretch_digits(secrets, tag_key, err);
    }
    if (code != AULA_OK) {
        goto out;
    }
    if (stretch == TAG_STRETCH_ARGON2ID) {
        hash_tag(tag, tag_key, package_hash, secrets->stretched,
                 sizeof secrets->stretched);
    } else {
        hash_tag(tag, tag_key, package_hash, secrets->digits,
                 sizeof secrets->digits);
    }
out:
    sodium_free(secrets);
    return code;
}

void tag_key_check(uint8_t check[static TAG_KEY_CHECK_BYTES],
                   const uint8_t tag_key[static TAG_KEY_BYTES])
{
    hash_bytes(check, "tag-key-check", tag_key, TAG_KEY_BYTES);
}

enum aula_code tag_compare_key(const uint8_t tag_key[static TAG_KEY_BYTES],
                               const uint8_t check[static TAG_KEY_CHECK_BYTES],
                               struct aula_error *err)
{
    uint8_t own[TAG_KEY_CHECK_BYTES];

    tag_key_check(own, tag_key);
    if (sodium_memcmp(own, check, sizeof own) != 0) {
        return aula_fail(err, AULA_TAG_KEY,
                         "tag key: not the one of this election");
    }
    return AULA_OK;
}

void tag_bind(uint8_t tagc[static TAG_BYTES],
              const uint8_t nonce[static TAG_NONCE_BYTES],
              const uint8_t tag[static TAG_BYTES])
{
    struct hash h;

    hash_start(&h, HASH_BYTES, "tag-bind");
    hash_field(&h, nonce, TAG_NONCE_BYTES);
    hash_field(&h, tag, TAG_BYTES);
    hash_end(&h, tagc);
}
