/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of key files share: one passphrase, one secret, opening that
 * watches its output, and a file written by hand. */
#ifndef AULA_KEYFILE_SAMPLE_H
#define AULA_KEYFILE_SAMPLE_H

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cheap_pwhash.h"
#include "keyfile.h"
#include "locked_memory.h"

static const char passphrase[] = "7KQ2M9XVAB3R4";
static const uint8_t secret[KEYFILE_SECRET_BYTES] = {
    0xa1, 0xb2, 0xc3, 4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16,
    17,   18,   19,   20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32};

static int start(void **state)
{
    (void)state;
    cheap_pwhash.mode = PWHASH_CHEAP;
    cheap_pwhash.calls = 0;
    return 0;
}

static int end(void **state)
{
    (void)state;
    return locked_memory.held == 0 ? 0 : -1;
}

/* Open; a refusal must leave the output alone. */
static enum aula_code open_with(const uint8_t *file, size_t file_size,
                                enum keyfile_purpose purpose, const char *text,
                                size_t size)
{
    static const uint8_t untouched[KEYFILE_SECRET_BYTES] = {0x5a};
    uint8_t opened[KEYFILE_SECRET_BYTES] = {0x5a};
    struct aula_error err = {AULA_OK, ""};
    enum aula_code code = keyfile_open(opened, file, file_size, purpose, text,
                                       size, &err);

    assert_memory_equal(opened, code == AULA_OK ? secret : untouched,
                        sizeof opened);
    assert_int_equal(err.code, code);
    return code;
}

/* Written out by hand from the table of section 15. */
static void craft(uint8_t *file, unsigned purpose, uint32_t ops, uint32_t kib,
                  const char *text)
{
    uint8_t key[32];

    memcpy(file, "AULK", 4);
    file[4] = 1;
    file[5] = (uint8_t)purpose;
    memset(file + 6, 0x11, 16);
    put_le32(file + 22, ops);
    put_le32(file + 26, kib);
    memset(file + 30, 0x22, 24);
    cheap_derive(key, sizeof key, text, strlen(text), file + 6, ops,
                 (uint64_t)kib * 1024);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(file + 54, NULL, secret,
                                                     sizeof secret, file, 54,
                                                     NULL, file + 30, key);
}

#define KEYFILE_TEST(name) cmocka_unit_test_setup_teardown(name, start, end)

#endif
