/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a manifest and the manifest of such rows, for the tests of
 * manifest.h. */
#ifndef AULA_TEST_MANIFEST_ROWS_H
#define AULA_TEST_MANIFEST_ROWS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "manifest.h"

static inline struct manifest_row row_of(const char *path, uint64_t size,
                                         uint8_t mark)
{
    struct manifest_row row = {path, strlen(path), size, 0, {mark}};

    return row;
}

/* Make a manifest of rows; the code of a failure leaves nothing behind. */
static inline enum aula_code make(uint8_t **bytes, size_t *size,
                                  struct manifest_row *rows, size_t count)
{
    enum aula_code code = manifest_make(bytes, size, rows, count, NULL);

    if (code != AULA_OK) {
        assert_null(*bytes);
        assert_int_equal(*size, 0);
    }
    return code;
}

/* Open bytes under their own hash, in memory of exactly their size. */
static inline enum aula_code open_bytes(const uint8_t *bytes, size_t size)
{
    static const struct manifest empty;
    struct manifest manifest;
    uint8_t hash[HASH_BYTES];
    uint8_t *copy = malloc(size > 0 ? size : 1);
    enum aula_code code;

    assert_non_null(copy);
    if (size > 0) {
        memcpy(copy, bytes, size);
    }
    memset(&manifest, 0x5a, sizeof manifest);
    manifest_hash(hash, copy, size);
    code = manifest_open(&manifest, hash, copy, size, NULL);
    if (code != AULA_OK) {
        assert_memory_equal(&manifest, &empty, sizeof empty);
    }
    manifest_close(&manifest);
    free(copy);
    return code;
}

#endif
