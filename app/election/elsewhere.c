/* SPDX-License-Identifier: Apache-2.0 */
/* See elsewhere.h. */
#include "elsewhere.h"

#include <stdlib.h>
#include <string.h>

#include "object.h"

enum { AT_PH = 5, AT_COUNT = 37 };

static const struct object_form form = {
    "voted elsewhere", "AULY", ELSEWHERE_HEAD_BYTES, ELSEWHERE_BYTES_MAX};

static int compare(const void *left, const void *right)
{
    return memcmp(left, right, TAG_BYTES);
}

static enum aula_code check_order(const uint8_t *tags, size_t count,
                                  struct aula_error *err)
{
    for (size_t i = 1; i < count; i++) {
        const uint8_t *tag = tags + TAG_BYTES * i;

        if (compare(tag - TAG_BYTES, tag) >= 0) {
            return aula_fail(err, AULA_ELSEWHERE_ORDER,
                             "voted elsewhere: tag %zu is out of order or "
                             "twice",
                             i + 1);
        }
    }
    return AULA_OK;
}

enum aula_code elsewhere_make(uint8_t *file, const struct package *package,
                              const uint8_t office[static SIGN_SECRET_BYTES],
                              uint8_t (*tags)[TAG_BYTES], size_t count,
                              struct aula_error *err)
{
    struct bytes_writer writer = {file, 0, ELSEWHERE_BYTES(count)};
    enum aula_code code;

    if (count > ELSEWHERE_COUNT_MAX) {
        return aula_fail(err, AULA_TOO_LARGE,
                         "voted elsewhere: %zu tags, at most %d", count,
                         (int)ELSEWHERE_COUNT_MAX);
    }
    if (count > 0) {
        qsort(tags, count, TAG_BYTES, compare);
    }
    object_put_head(&writer, &form);
    bytes_put(&writer, package->hash, sizeof package->hash);
    bytes_put_u32(&writer, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        bytes_put(&writer, tags[i], TAG_BYTES);
    }
    code = check_order(file + ELSEWHERE_HEAD_BYTES, count, err);
    if (code == AULA_OK) {
        sign_file(file, writer.size, "sig-elsewhere", office);
    }
    return code;
}

enum aula_code elsewhere_check(struct elsewhere *found,
                               const struct package *package,
                               const uint8_t *bytes, size_t size,
                               struct aula_error *err)
{
    struct elsewhere made;
    enum aula_code code = object_check_head(&form, bytes, size, err);

    if (code != AULA_OK) {
        return code;
    }
    if (memcmp(bytes + AT_PH, package->hash, sizeof package->hash) != 0) {
        return aula_fail(err, AULA_WRONG_ELECTION,
                         "voted elsewhere: of another election");
    }
    made = (struct elsewhere){get_le32(bytes + AT_COUNT),
                              bytes + ELSEWHERE_HEAD_BYTES};
    code = object_check_size(&form, size,
                             (uint64_t)105 + (uint64_t)TAG_BYTES * made.count,
                             err);
    if (code == AULA_OK && sign_check_file(bytes, size, "sig-elsewhere",
                                           package->office_key) != AULA_OK) {
        code = aula_fail(err, AULA_SIG_INVALID,
                         "voted elsewhere: signature of the office does not "
                         "match");
    }
    if (code == AULA_OK) {
        code = check_order(made.tags, made.count, err);
    }
    if (code == AULA_OK) {
        *found = made;
    }
    return code;
}

void elsewhere_hash(uint8_t hash[static HASH_BYTES], const uint8_t *bytes,
                    size_t size)
{
    hash_bytes(hash, "elsewhere", bytes, size);
}
