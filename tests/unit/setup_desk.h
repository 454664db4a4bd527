/* SPDX-License-Identifier: Apache-2.0 */
/* A package, and a terminal that is being set up for it: for the tests of the
 * signed files of the set-up. */
#ifndef AULA_TEST_SETUP_DESK_H
#define AULA_TEST_SETUP_DESK_H

#include "package_sample.h"

#include "certificate.h"
#include "draw.h"
#include "seal.h"

struct desk {
    struct ceremony *ceremony;
    struct sample sample;
    struct package package;
    uint8_t secret[SIGN_SECRET_BYTES]; /* of the terminal */
    uint8_t key[SIGN_PUBLIC_BYTES];
    uint8_t tid[TERMINAL_ID_BYTES];
    uint8_t transport_public[SEAL_PUBLIC_BYTES];
    uint8_t transport_secret[SEAL_SECRET_BYTES];
    uint8_t tag_key[TAG_KEY_BYTES];
    uint8_t file[CERTIFICATE_BYTES_MAX]; /* what was made last */
    size_t size;
};

static inline int desk_make(void **state)
{
    static const uint8_t seed[SIGN_SEED_BYTES] = {9};
    struct desk *desk = calloc(1, sizeof *desk);

    assert_non_null(desk);
    desk->ceremony = ceremony_whole(3, 2);
    sample_start(&desk->sample, desk->ceremony);
    draw_bytes(desk->tag_key, sizeof desk->tag_key, "tag key", 0);
    tag_key_check(desk->sample.tag_key_check, desk->tag_key);
    sample_make(&desk->sample);
    assert_int_equal(package_open(&desk->package, desk->sample.office_public,
                                  desk->sample.bytes, desk->sample.size, NULL),
                     AULA_OK);
    sign_key_pair(desk->key, desk->secret, seed);
    terminal_id(desk->tid, desk->key);
    seal_key_pair(desk->transport_public, desk->transport_secret);
    *state = desk;
    return 0;
}

static inline int desk_clear(void **state)
{
    struct desk *desk = *state;

    package_close(&desk->package);
    free(desk->ceremony);
    free(desk);
    return 0;
}

#define WITH_DESK(test)                                                        \
    cmocka_unit_test_setup_teardown(test, desk_make, desk_clear)

#endif
