/* SPDX-License-Identifier: Apache-2.0 */
/* A voter's tag is made in the same way whoever it is: neither a character of
 * the identifier nor the tag key nor the nonce decides a branch or an address.
 * What is seen: how many characters were typed, whether they are an identifier,
 * and tagc, which goes on the record. */
#include "secret.h"

#include <string.h>

#include "pwhash.h"
#include "tag.h"

static const uint8_t package_hash[TAG_PACKAGE_HASH_BYTES] = {5};

struct voter {
    char typed[32];
    size_t typed_size;
    uint8_t tag_key[TAG_KEY_BYTES];
    uint8_t nonce[TAG_NONCE_BYTES];
};

static struct voter voter_of(const char *typed)
{
    struct voter voter = {.typed_size = strlen(typed)};

    memcpy(voter.typed, typed, voter.typed_size);
    randombytes_buf(voter.tag_key, sizeof voter.tag_key);
    randombytes_buf(voter.nonce, sizeof voter.nonce);
    secret_hide(voter.typed, sizeof voter.typed);
    secret_hide(voter.tag_key, sizeof voter.tag_key);
    secret_hide(voter.nonce, sizeof voter.nonce);
    return voter;
}

static enum aula_code tag_of(const char *typed, enum tag_stretch stretch)
{
    struct voter voter = voter_of(typed);
    uint8_t tag[TAG_BYTES];
    uint8_t tagc[TAG_BYTES];
    enum aula_code code = tag_make(tag, voter.tag_key, package_hash,
                                   TAG_SCHEME_IIN, stretch, voter.typed,
                                   voter.typed_size, NULL);

    if (code == AULA_OK) {
        tag_bind(tagc, voter.nonce, tag);
        secret_publish(tagc, sizeof tagc);
    }
    return code;
}

/* The key fits its own check and, one bit off, does not. */
static bool knows_its_key(void)
{
    struct voter voter = voter_of("");
    uint8_t check[TAG_KEY_CHECK_BYTES];

    tag_key_check(check, voter.tag_key);
    secret_publish(check, sizeof check);
    if (tag_compare_key(voter.tag_key, check, NULL) != AULA_OK) {
        return false;
    }
    voter.tag_key[0] ^= 1;
    return tag_compare_key(voter.tag_key, check, NULL) == AULA_TAG_KEY;
}

int main(void)
{
    static const struct {
        const char *typed;
        enum aula_code code;
    } rows[] = {
        {"850615100017", AULA_OK},
        {"850615-100 017", AULA_OK},
        {"850615100018", AULA_TAG_CHECK_DIGIT},
        {"111111111111", AULA_TAG_FORMAT},
        {"85061510001", AULA_TAG_FORMAT},
        {"8506151000170", AULA_TAG_FORMAT},
        {"85061510001x", AULA_TAG_FORMAT},
    };

    if (sodium_init() < 0) {
        return 1;
    }
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (tag_of(rows[i].typed, TAG_STRETCH_NONE) != rows[i].code ||
            tag_of(rows[i].typed, TAG_STRETCH_ARGON2ID) != rows[i].code) {
            return 1;
        }
    }
    return knows_its_key() ? 0 : 1;
}
