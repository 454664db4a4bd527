/* SPDX-License-Identifier: Apache-2.0 */
/* Voter tags: what stands for a person on a record (PROTOCOL.md 7.1).
 *
 *   digits  the identifier as typed, without spaces and hyphens: 12 of them
 *   x       the digits, or Argon2id13(digits, H32("tag-salt", tag_key)[0..15])
 *   tag     BLAKE2b-256 with key tag_key over enc("voter-tag", PH, x)
 *   tagc    H32("tag-bind", nonce, tag): the tag as a ballot is bound to it
 *
 * The identifier is a person. It is copied only into sodium_malloc memory, is
 * wiped there, and stands in no message: a refusal says what is wrong with the
 * form, never with which digits. Time depends on how many characters were typed
 * and on acceptance, not on which they are; of Argon2id the second half reads
 * memory by its password, which the protocol accepts.
 *
 * The check digit catches slips, not all of them: a wrong 11th digit passes
 * unless the second pass is in use. It is not what admits a voter.
 */
#ifndef AULA_TAG_H
#define AULA_TAG_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

enum {
    TAG_BYTES = 32,
    TAG_KEY_BYTES = 32,
    TAG_KEY_CHECK_BYTES = 32,
    TAG_NONCE_BYTES = 32,
    TAG_PACKAGE_HASH_BYTES = 32,
    TAG_DIGITS = 12,
    TAG_STRETCH_OPS = 2,
    TAG_STRETCH_MEMORY_BYTES = 67108864
};

/* Fields of the package, which refuses other values (BAD_FIELD). */
enum tag_scheme { TAG_SCHEME_DIGITS = 0, TAG_SCHEME_IIN = 1 };
enum tag_stretch { TAG_STRETCH_NONE = 0, TAG_STRETCH_ARGON2ID = 1 };

/** Is this an identifier?
 *
 *  Returns: AULA_OK
 *           AULA_TAG_FORMAT       not 12 ASCII digits besides spaces and
 *                                 hyphens; in scheme IIN also eleven equal ones
 *           AULA_TAG_CHECK_DIGIT  scheme IIN: the last digit does not fit
 *           AULA_MEMORY           no locked memory
 *  In:      typed  `typed_size` bytes, any
 */
AULA_MUST_CHECK enum aula_code tag_check_identifier(enum tag_scheme scheme,
                                                    const char *typed,
                                                    size_t typed_size,
                                                    struct aula_error *err);

/** The tag of an identifier in one election. With TAG_STRETCH_ARGON2ID it takes
 *  64 MiB and a tenth of a second.
 *
 *  Returns: AULA_OK, or a code of tag_check_identifier; AULA_MEMORY also when
 *           Argon2id finds no memory
 *  Out:     tag           written on success only
 *  In:      tag_key       secret, of the kit
 *           package_hash  PH
 */
AULA_MUST_CHECK enum aula_code
tag_make(uint8_t tag[static TAG_BYTES],
         const uint8_t tag_key[static TAG_KEY_BYTES],
         const uint8_t package_hash[static TAG_PACKAGE_HASH_BYTES],
         enum tag_scheme scheme, enum tag_stretch stretch, const char *typed,
         size_t typed_size, struct aula_error *err);

/** The field of the package: H32("tag-key-check", tag_key). */
void tag_key_check(uint8_t check[static TAG_KEY_CHECK_BYTES],
                   const uint8_t tag_key[static TAG_KEY_BYTES]);

/** Is this the tag key of a package? A terminal asks before the day opens: a
 *  wrong key would silently break the search for duplicates.
 *
 *  Returns: AULA_OK, or AULA_TAG_KEY
 *  In:      check  tag_key_check of the package
 */
AULA_MUST_CHECK enum aula_code
tag_compare_key(const uint8_t tag_key[static TAG_KEY_BYTES],
                const uint8_t check[static TAG_KEY_CHECK_BYTES],
                struct aula_error *err);

/** tagc = H32("tag-bind", nonce, tag); the nonce is secret, fresh a ballot. */
void tag_bind(uint8_t tagc[static TAG_BYTES],
              const uint8_t nonce[static TAG_NONCE_BYTES],
              const uint8_t tag[static TAG_BYTES]);

#endif
