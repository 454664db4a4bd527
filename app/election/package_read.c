/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a package in the order of PROTOCOL.md section 4.
 *
 *   head (package_head.c) | lp16 title | N | T | cid 32 | tr2 32 | K 32 |
 *   N x (u16 length, round 1 file) | N x confirmation 64 |
 *   u16 contest count | contests (package_contest.c) | signature 64
 *
 * 1. Fields are checked as they are read; then the length as a whole, whose
 *    key it is, the signature, the trustees, the contests.
 * 2. Nothing of the package is believed before the signature passed, but that
 *    its texts and lengths are well-formed.
 */
#include "package_parts.h"

#include <stdlib.h>
#include <string.h>

enum {
    TITLE_MAX = 200,
    COUNT_OFFICIAL = 3, /* least N of mode 0 */
    THRESHOLD_OFFICIAL = 2
};

enum aula_code package_take_text(struct package_text *text,
                                 struct bytes_reader *reader, size_t size_max)
{
    const uint8_t *length = bytes_take(reader, 2);
    const uint8_t *bytes = NULL;
    size_t size;

    if (length == NULL) {
        return AULA_TRUNCATED;
    }
    size = get_le16(length);
    if (size < 1 || size > size_max) {
        return AULA_BAD_FIELD;
    }
    bytes = bytes_take(reader, size);
    if (bytes == NULL) {
        return AULA_TRUNCATED;
    }
    if (!bytes_are_text(bytes, size)) {
        return AULA_BAD_FIELD;
    }
    text->text = (const char *)bytes;
    text->size = size;
    return AULA_OK;
}

/* N and T are checked where they stand, before the fields behind them. */
static enum aula_code read_threshold(struct package *package,
                                     struct bytes_reader *reader)
{
    const uint8_t *numbers = bytes_take(reader, 2);

    if (numbers == NULL) {
        return AULA_TRUNCATED;
    }
    if (numbers[0] > PACKAGE_TRUSTEES_MAX || numbers[1] < 1 ||
        numbers[1] > numbers[0]) {
        return AULA_DKG_PARAMS;
    }
    if (package->mode == PACKAGE_OFFICIAL &&
        (numbers[0] < COUNT_OFFICIAL || numbers[1] < THRESHOLD_OFFICIAL)) {
        return AULA_DKG_PARAMS;
    }
    package->trustee_count = numbers[0];
    package->threshold = numbers[1];
    return AULA_OK;
}

static enum aula_code read_round1(struct package_ceremony *ceremony, size_t i,
                                  struct bytes_reader *reader)
{
    const uint8_t *length = bytes_take(reader, 2);

    if (length == NULL) {
        return AULA_TRUNCATED;
    }
    ceremony->round1_size[i] = get_le16(length);
    ceremony->round1[i] = bytes_take(reader, ceremony->round1_size[i]);
    return ceremony->round1[i] != NULL ? AULA_OK : AULA_TRUNCATED;
}

static enum aula_code read_ceremony(struct package *package,
                                    struct package_ceremony *ceremony,
                                    struct bytes_reader *reader)
{
    const uint8_t *fixed = NULL;
    enum aula_code code = read_threshold(package, reader);

    if (code != AULA_OK) {
        return code;
    }
    fixed = bytes_take(reader, 96);
    if (fixed == NULL) {
        return AULA_TRUNCATED;
    }
    ceremony->cid = fixed;
    ceremony->tr2 = fixed + 32;
    memcpy(package->key, fixed + 64, sizeof package->key);
    for (size_t i = 0; i < package->trustee_count && code == AULA_OK; i++) {
        code = read_round1(ceremony, i, reader);
    }
    for (size_t i = 0; i < package->trustee_count && code == AULA_OK; i++) {
        ceremony->confirmations[i] = bytes_take(reader, SIGN_BYTES);
        code = ceremony->confirmations[i] != NULL ? AULA_OK : AULA_TRUNCATED;
    }
    return code;
}

static enum aula_code read_contest_count(struct package *package,
                                         struct bytes_reader *reader)
{
    const uint8_t *count = bytes_take(reader, 2);

    if (count == NULL) {
        return AULA_TRUNCATED;
    }
    package->contest_count = get_le16(count);
    if (package->contest_count < 1 ||
        package->contest_count > PACKAGE_CONTESTS_MAX) {
        return AULA_BAD_FIELD;
    }
    return AULA_OK;
}

/* All fields but the signature, and that nothing stands behind it. */
static enum aula_code read_fields(struct package *package,
                                  struct package_ceremony *ceremony,
                                  const uint8_t *bytes, size_t size,
                                  struct aula_error *err)
{
    struct bytes_reader reader = {bytes, size};
    enum aula_code code =
        package_read_head(package, bytes_take(&reader, PACKAGE_HEAD_BYTES));

    if (code == AULA_OK) {
        code = package_take_text(&package->title, &reader, TITLE_MAX);
    }
    if (code == AULA_OK) {
        code = read_ceremony(package, ceremony, &reader);
    }
    if (code == AULA_OK) {
        code = read_contest_count(package, &reader);
    }
    if (code != AULA_OK) {
        return aula_fail(err, code, "package: %s near byte %zu",
                         aula_code_name(code), size - reader.left);
    }
    code = package_read_contests(package, &reader, err);
    if (code == AULA_OK && reader.left != SIGN_BYTES) {
        code = reader.left < SIGN_BYTES ? AULA_TRUNCATED : AULA_TRAILING_BYTES;
        return aula_fail(err, code, "package: %zu bytes for the signature",
                         reader.left);
    }
    return code;
}

static enum aula_code check_office(const struct package *package,
                                   const uint8_t *office_key,
                                   const uint8_t *bytes, size_t size,
                                   struct aula_error *err)
{
    if (memcmp(package->office_key, office_key, SIGN_PUBLIC_BYTES) != 0) {
        return aula_fail(err, AULA_PKG_OFFICE_KEY,
                         "package: of another office");
    }
    if (sign_check_file(bytes, size, "sig-package", office_key) != AULA_OK) {
        return aula_fail(err, AULA_SIG_INVALID,
                         "package: signature of the office does not match");
    }
    return AULA_OK;
}

enum aula_code package_open(struct package *package,
                            const uint8_t office_key[static SIGN_PUBLIC_BYTES],
                            const uint8_t *bytes, size_t size,
                            struct aula_error *err)
{
    struct package_ceremony ceremony = {0};
    struct package made = {0};
    enum aula_code code = package_check_magic(bytes, size);

    *package = made;
    if (code != AULA_OK) {
        return aula_fail(err, code, "package: %s", aula_code_name(code));
    }
    code = read_fields(&made, &ceremony, bytes, size, err);
    if (code == AULA_OK) {
        code = check_office(&made, office_key, bytes, size, err);
    }
    if (code == AULA_OK) {
        code = package_check_trustees(&made, &ceremony, err);
    }
    if (code == AULA_OK) {
        code = package_check_contests(&made, err);
    }
    if (code != AULA_OK) {
        package_close(&made);
        return code;
    }
    hash_bytes(made.hash, "package", bytes, size - SIGN_BYTES);
    *package = made;
    return AULA_OK;
}

void package_close(struct package *package)
{
    if (package != NULL) {
        free(package->contests);
        free(package->texts);
        free(package->costs);
        *package = (struct package){0};
    }
}
