/* SPDX-License-Identifier: Apache-2.0 */
/* See office_key.h. */
#include "office_key.h"

#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "facts.h"
#include "file.h"

enum { HEX_CHARACTERS = 2 * SIGN_PUBLIC_BYTES };

static bool read_hex(uint8_t key[static SIGN_PUBLIC_BYTES], const char *text)
{
    uint8_t read[SIGN_PUBLIC_BYTES];

    if (strlen(text) != HEX_CHARACTERS ||
        sodium_hex2bin(read, sizeof read, text, HEX_CHARACTERS, NULL, NULL,
                       NULL) != 0) {
        return false;
    }
    memcpy(key, read, sizeof read);
    return true;
}

/* A file with one line. */
static enum aula_code read_line(uint8_t key[static SIGN_PUBLIC_BYTES],
                                const char *path, struct aula_error *err)
{
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code = file_read(&bytes, &size, path, FACTS_BYTES_MAX, err);

    if (bytes == NULL) {
        return code;
    }
    bytes[strcspn((const char *)bytes, "\r\n")] = '\0';
    if (!read_hex(key, (const char *)bytes)) {
        code = aula_fail(err, AULA_BAD_FIELD,
                         "%s: neither office.txt nor a key of %d hexadecimal "
                         "digits",
                         path, HEX_CHARACTERS);
    }
    free(bytes);
    return code;
}

enum aula_code office_key_read(uint8_t key[static SIGN_PUBLIC_BYTES],
                               const char *text, struct aula_error *err)
{
    uint8_t sign[FACTS_HEX_BYTES];
    uint8_t transport[FACTS_HEX_BYTES];
    struct facts office = {
        .title = "aula office 1",
        .facts = {{"sign", sign, NULL}, {"transport", transport, NULL}}};
    enum aula_code code;

    if (read_hex(key, text)) {
        return AULA_OK;
    }
    code = facts_read(&office, text, err);
    if (code == AULA_OK) {
        memcpy(key, sign, SIGN_PUBLIC_BYTES);
        return AULA_OK;
    }
    return code == AULA_BAD_MAGIC ? read_line(key, text, err) : code;
}
