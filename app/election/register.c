/* SPDX-License-Identifier: Apache-2.0 */
/* See register.h. */
#include "register.h"

#include <stdlib.h>
#include <string.h>

#include "object.h"

enum { AT_PH = 5, AT_TIME = 37, AT_COUNT = 45 };

static const struct object_form form = {"register", "AULG", REGISTER_HEAD_BYTES,
                                        OBJECT_ANY_SIZE};

static int compare(const void *left, const void *right)
{
    return memcmp(left, right, TERMINAL_ID_BYTES);
}

static enum aula_code check_order(const uint8_t *tids, size_t count,
                                  const struct terminals_register *first,
                                  struct aula_error *err)
{
    for (size_t i = 0; i < count; i++) {
        const uint8_t *tid = tids + TERMINAL_ID_BYTES * i;

        if ((i > 0 && compare(tid - TERMINAL_ID_BYTES, tid) >= 0) ||
            (first != NULL && register_has(first, tid))) {
            return aula_fail(err, AULA_REGISTER_ORDER,
                             "register: terminal %zu is out of order or twice",
                             i + 1);
        }
    }
    return AULA_OK;
}

enum aula_code register_make(uint8_t *file, const struct package *package,
                             const uint8_t office[static SIGN_SECRET_BYTES],
                             uint64_t time, uint8_t (*tids)[TERMINAL_ID_BYTES],
                             size_t count, struct aula_error *err)
{
    struct bytes_writer writer = {file, 0, REGISTER_BYTES(count)};
    enum aula_code code;

    if (count < 1 || count > REGISTER_COUNT_MAX) {
        return aula_fail(err, AULA_BAD_FIELD,
                         "register: %zu terminals, not 1 to %d", count,
                         (int)REGISTER_COUNT_MAX);
    }
    qsort(tids, count, TERMINAL_ID_BYTES, compare);
    object_put_head(&writer, &form);
    bytes_put(&writer, package->hash, sizeof package->hash);
    bytes_put_u64(&writer, time);
    bytes_put_u16(&writer, (uint16_t)count);
    for (size_t i = 0; i < count; i++) {
        bytes_put(&writer, tids[i], TERMINAL_ID_BYTES);
    }
    code = check_order(file + REGISTER_HEAD_BYTES, count, NULL, err);
    if (code == AULA_OK) {
        sign_file(file, writer.size, "sig-register", office);
    }
    return code;
}

enum aula_code register_check(struct terminals_register *found,
                              const struct package *package,
                              const struct terminals_register *first,
                              const uint8_t *bytes, size_t size,
                              struct aula_error *err)
{
    struct terminals_register made;
    enum aula_code code = object_check_head(&form, bytes, size, err);

    if (code != AULA_OK) {
        return code;
    }
    if (memcmp(bytes + AT_PH, package->hash, sizeof package->hash) != 0) {
        return aula_fail(err, AULA_WRONG_ELECTION,
                         "register: of another election");
    }
    made = (struct terminals_register){get_le64(bytes + AT_TIME),
                                       get_le16(bytes + AT_COUNT),
                                       bytes + REGISTER_HEAD_BYTES};
    if (made.count == 0) {
        return aula_fail(err, AULA_BAD_FIELD, "register: without a terminal");
    }
    code = object_check_size(&form, size, REGISTER_BYTES(made.count), err);
    if (code == AULA_OK && sign_check_file(bytes, size, "sig-register",
                                           package->office_key) != AULA_OK) {
        code = aula_fail(err, AULA_SIG_INVALID,
                         "register: signature of the office does not match");
    }
    if (code == AULA_OK) {
        code = check_order(made.tids, made.count, first, err);
    }
    if (code == AULA_OK) {
        *found = made;
    }
    return code;
}

bool register_has(const struct terminals_register *list,
                  const uint8_t tid[static TERMINAL_ID_BYTES])
{
    return bsearch(tid, list->tids, list->count, TERMINAL_ID_BYTES, compare) !=
           NULL;
}

void register_hash(uint8_t hash[static HASH_BYTES], const uint8_t *bytes,
                   size_t size)
{
    hash_bytes(hash, "register", bytes, size);
}
