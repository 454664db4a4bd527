/* SPDX-License-Identifier: Apache-2.0 */
/* See trustee_desk.h. */
#include "trustee_desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "keyring.h"

#define PASSPHRASE "ABCDEFGHJKMNP"

int trustee_desk_make(void **state)
{
    struct trustee_desk *desk = calloc(1, sizeof *desk);

    assert_non_null(desk);
    assert_int_not_equal(sodium_init(), -1);
    (void)office_folder_make(&desk->folder);
    office_path(desk->stick, desk->folder, "stick");
    office_path(desk->own[0], desk->folder, "own1");
    office_path(desk->own[1], desk->folder, "own2");
    office_path(desk->own[2], desk->folder, "own3");
    desk->passphrase.size = strlen(PASSPHRASE);
    desk->passphrase.text = sodium_malloc(sizeof PASSPHRASE);
    assert_non_null(desk->passphrase.text);
    memcpy(desk->passphrase.text, PASSPHRASE, sizeof PASSPHRASE);
    assert_int_equal(ceremony_make(desk->stick, DESK_TRUSTEES, DESK_THRESHOLD,
                                   NULL),
                     AULA_OK);
    *state = desk;
    return 0;
}

int trustee_desk_clear(void **state)
{
    struct trustee_desk *desk = *state;

    passphrase_forget(&desk->passphrase);
    (void)office_folder_clear(&desk->folder);
    free(desk);
    return 0;
}

struct ceremony *trustees_ceremony(const struct trustee_desk *desk)
{
    struct ceremony *ceremony = NULL;

    assert_int_equal(ceremony_open(&ceremony, desk->stick, NULL), AULA_OK);
    assert_int_equal(ceremony_read_round1(ceremony, NULL), AULA_OK);
    if (ceremony_is_complete(ceremony, CEREMONY_ROUND1)) {
        assert_int_equal(ceremony_read_round2(ceremony, NULL), AULA_OK);
        if (ceremony_is_complete(ceremony, CEREMONY_ROUND2)) {
            assert_int_equal(ceremony_read_confirmations(ceremony, NULL),
                             AULA_OK);
        }
    }
    return ceremony;
}

static struct trustee *open_own(const struct trustee_desk *desk,
                                const struct ceremony *ceremony, uint8_t index)
{
    struct trustee *trustee = NULL;

    assert_int_equal(trustee_open(&trustee, ceremony, desk->own[index - 1],
                                  NULL),
                     AULA_OK);
    return trustee;
}

enum aula_code trustees_new(const struct trustee_desk *desk, uint8_t index,
                            const char *name, struct aula_error *err)
{
    struct ceremony *ceremony = trustees_ceremony(desk);
    struct trustee *trustee = open_own(desk, ceremony, index);
    enum aula_code code = trustee_new(trustee, ceremony, index, name,
                                      &desk->passphrase, err);

    trustee_close(trustee);
    ceremony_close(ceremony);
    return code;
}

enum aula_code trustees_deal(const struct trustee_desk *desk, uint8_t index,
                             struct aula_error *err)
{
    struct ceremony *ceremony = trustees_ceremony(desk);
    struct trustee *trustee = open_own(desk, ceremony, index);
    enum aula_code code = trustee_deal(trustee, ceremony, &desk->passphrase,
                                       err);

    trustee_close(trustee);
    ceremony_close(ceremony);
    return code;
}

enum aula_code trustees_accept(const struct trustee_desk *desk, uint8_t index,
                               uint8_t *accused, struct aula_error *err)
{
    struct ceremony *ceremony = trustees_ceremony(desk);
    struct trustee *trustee = open_own(desk, ceremony, index);
    uint8_t found = 0;
    enum aula_code code = trustee_accept(trustee, &found, ceremony,
                                         &desk->passphrase, err);

    if (accused != NULL) {
        *accused = found;
    }
    trustee_close(trustee);
    ceremony_close(ceremony);
    return code;
}

void trustees_all_new(const struct trustee_desk *desk)
{
    static const char *const names[DESK_TRUSTEES] = {"Айгүл", "Берік", "Clara"};

    for (uint8_t i = 1; i <= DESK_TRUSTEES; i++) {
        assert_int_equal(trustees_new(desk, i, names[i - 1], NULL), AULA_OK);
    }
}

void trustees_all_deal(const struct trustee_desk *desk)
{
    for (uint8_t i = 1; i <= DESK_TRUSTEES; i++) {
        assert_int_equal(trustees_deal(desk, i, NULL), AULA_OK);
    }
}

void trustees_all_accept(const struct trustee_desk *desk)
{
    for (uint8_t i = 1; i <= DESK_TRUSTEES; i++) {
        assert_int_equal(trustees_accept(desk, i, NULL, NULL), AULA_OK);
    }
}

void trustees_cheat(const struct trustee_desk *desk, uint8_t index)
{
    struct ceremony *ceremony = trustees_ceremony(desk);
    const uint8_t seed[DKG_SEED_BYTES] = {7};
    uint8_t file[DKG_ROUND2_MAX_BYTES];
    uint8_t *secret = NULL;
    char name[32];

    (void)snprintf(name, sizeof name, "round2/%u.bin", index);
    assert_int_equal(keyring_load_signer(&secret, desk->own[index - 1],
                                         "sign.key", KEYFILE_TRUSTEE_SIGN,
                                         &desk->passphrase, NULL),
                     AULA_OK);
    assert_int_equal(dkg_round2_make(file, &ceremony->set, index, secret, seed,
                                     NULL),
                     AULA_OK);
    office_put(desk->stick, name, file, DKG_ROUND2_BYTES(DESK_TRUSTEES));
    sodium_free(secret);
    ceremony_close(ceremony);
}
