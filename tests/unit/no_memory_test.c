/* SPDX-License-Identifier: Apache-2.0 */
/* What the ceremony and the voter tag say when the system gives no locked
 * memory. This program has a sodium_malloc of its own, which the linker takes
 * before libsodium's.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sodium.h>
#include <string.h>

#include "dkg.h"
#include "seal.h"
#include "tag.h"

void *sodium_malloc(size_t size)
{
    (void)size;
    return NULL;
}

enum { FILE_BYTES = DKG_ROUND2_HEAD_BYTES + DKG_SEALED_BYTES + SIGN_BYTES };

/* A set of two trustees as far as round 2 looks into it. */
struct pair {
    struct dkg_set set;
    uint8_t sign_public[SIGN_PUBLIC_BYTES];
    uint8_t sign_secret[SIGN_SECRET_BYTES];
    uint8_t transport_public[SEAL_PUBLIC_BYTES];
    uint8_t transport_secret[SEAL_SECRET_BYTES];
};

static void make_pair(struct pair *pair)
{
    static const uint8_t seed[SIGN_SEED_BYTES] = {1};

    memset(pair, 0, sizeof *pair);
    sign_key_pair(pair->sign_public, pair->sign_secret, seed);
    seal_key_pair(pair->transport_public, pair->transport_secret);
    pair->set.params.count = 2;
    pair->set.params.threshold = 1;
    for (size_t i = 0; i < 2; i++) {
        pair->set.members[i].sign_public = pair->sign_public;
        pair->set.members[i].transport = pair->transport_public;
    }
}

static void no_round_1_file_is_made(void **state)
{
    uint8_t file[DKG_ROUND1_BYTES(1, 1)] = {0};
    static const uint8_t seed[DKG_SEED_BYTES] = {1};
    struct pair pair;

    (void)state;
    make_pair(&pair);
    assert_int_equal(dkg_round1_make(file, &pair.set.params, 1,
                                     (const uint8_t *)"x", 1, pair.sign_secret,
                                     pair.transport_public, seed, NULL),
                     AULA_MEMORY);
    assert_true(sodium_is_zero(file, sizeof file));
}

static void no_share_is_dealt(void **state)
{
    static const uint8_t seed[DKG_SEED_BYTES] = {1};
    uint8_t file[FILE_BYTES];
    uint8_t share[GROUP_SCALAR_BYTES] = {0};
    struct pair pair;

    (void)state;
    make_pair(&pair);
    assert_int_equal(dkg_dealt_share(share, &pair.set.params, 1, 2, seed, NULL),
                     AULA_MEMORY);
    assert_true(sodium_is_zero(share, sizeof share));
    assert_int_equal(dkg_round2_make(file, &pair.set, 1, pair.sign_secret, seed,
                                     NULL),
                     AULA_MEMORY);
}

static void no_share_is_opened_and_nobody_accused(void **state)
{
    uint8_t file[FILE_BYTES] = "AUL2\x01";
    uint8_t share[GROUP_SCALAR_BYTES] = {0};
    struct pair pair;

    (void)state;
    make_pair(&pair);
    file[37] = 2;
    file[38] = 1;
    file[39] = 1;
    sign_file(file, FILE_BYTES - SIGN_BYTES, "sig-dkg2", pair.sign_secret);
    assert_int_equal(dkg_round2_open(NULL, share, &pair.set, 2,
                                     pair.transport_secret, 0, file,
                                     sizeof file, NULL),
                     AULA_MEMORY);
    assert_true(sodium_is_zero(share, sizeof share));
}

static void no_shares_are_added(void **state)
{
    static const uint8_t dealt[2][GROUP_SCALAR_BYTES] = {{1}, {2}};
    static const struct dkg_outcome outcome;
    uint8_t x[GROUP_SCALAR_BYTES] = {0};
    struct pair pair;

    (void)state;
    make_pair(&pair);
    assert_int_equal(dkg_secret_share(x, &pair.set, &outcome, 1, dealt, NULL),
                     AULA_MEMORY);
    assert_true(sodium_is_zero(x, sizeof x));
}

static void no_identifier_is_read(void **state)
{
    static const uint8_t key[TAG_KEY_BYTES] = {1};
    uint8_t tag[TAG_BYTES] = {0};

    (void)state;
    assert_int_equal(tag_check_identifier(TAG_SCHEME_IIN, "850615100017", 12,
                                          NULL),
                     AULA_MEMORY);
    assert_int_equal(tag_make(tag, key, key, TAG_SCHEME_IIN, TAG_STRETCH_NONE,
                              "850615100017", 12, NULL),
                     AULA_MEMORY);
    assert_true(sodium_is_zero(tag, sizeof tag));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_round_1_file_is_made),
        cmocka_unit_test(no_share_is_dealt),
        cmocka_unit_test(no_share_is_opened_and_nobody_accused),
        cmocka_unit_test(no_shares_are_added),
        cmocka_unit_test(no_identifier_is_read),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
