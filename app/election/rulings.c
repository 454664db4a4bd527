/* SPDX-License-Identifier: Apache-2.0 */
/* See rulings.h. */
#include "rulings.h"

#include <stdlib.h>
#include <string.h>

#include "object.h"

enum { AT_PH = 5, AT_COUNT = 37, FIXED_BYTES = 57 /* of a row */ };

static const struct object_form form = {"rulings", "AULU", RULINGS_HEAD_BYTES,
                                        OBJECT_ANY_SIZE};

size_t rulings_size(const struct rulings_row *rows, size_t count)
{
    size_t size = RULINGS_HEAD_BYTES + SIGN_BYTES;

    for (size_t i = 0; i < count; i++) {
        size += RULINGS_ROW_BYTES + rows[i].reason.size;
    }
    return size;
}

static bool is_reason(const struct package_text *reason)
{
    return reason->size >= 1 && reason->size <= RULINGS_REASON_MAX &&
           bytes_are_text((const uint8_t *)reason->text, reason->size);
}

enum aula_code rulings_make(uint8_t *file, const struct package *package,
                            const uint8_t office[static SIGN_SECRET_BYTES],
                            const struct rulings_row *rows, size_t count,
                            struct aula_error *err)
{
    struct bytes_writer writer = {file, 0, rulings_size(rows, count)};

    if (count > RULINGS_COUNT_MAX) {
        return aula_fail(err, AULA_BAD_FIELD, "rulings: %zu rows, at most %d",
                         count, (int)RULINGS_COUNT_MAX);
    }
    object_put_head(&writer, &form);
    bytes_put(&writer, package->hash, sizeof package->hash);
    bytes_put_u16(&writer, (uint16_t)count);
    for (size_t i = 0; i < count; i++) {
        const struct rulings_row *row = &rows[i];

        if (!is_reason(&row->reason)) {
            return aula_fail(err, AULA_BAD_FIELD,
                             "rulings: the reason of row %zu is no text of 1 "
                             "to %d bytes",
                             i + 1, (int)RULINGS_REASON_MAX);
        }
        bytes_put_u8(&writer, row->type);
        bytes_put(&writer, row->tid, TERMINAL_ID_BYTES);
        bytes_put_u64(&writer, row->seq);
        bytes_put(&writer, row->hash, HASH_BYTES);
        bytes_put_u16(&writer, (uint16_t)row->reason.size);
        bytes_put(&writer, row->reason.text, row->reason.size);
    }
    sign_file(file, writer.size, "sig-rulings", office);
    return AULA_OK;
}

/* One row; TRUNCATED is told by the caller, who knows the size. */
static enum aula_code read_row(struct rulings_row *row,
                               struct bytes_reader *reader, size_t number,
                               struct aula_error *err)
{
    const uint8_t *fixed = bytes_take(reader, FIXED_BYTES + 2);
    size_t size;

    if (fixed == NULL) {
        return AULA_TRUNCATED;
    }
    size = get_le16(fixed + FIXED_BYTES);
    *row = (struct rulings_row){.type = fixed[0],
                                .tid = fixed + 1,
                                .seq = get_le64(fixed + 17),
                                .hash = fixed + 25,
                                .reason = {(const char *)reader->next, size}};
    if (size >= 1 && size <= RULINGS_REASON_MAX &&
        bytes_take(reader, size) == NULL) {
        return AULA_TRUNCATED;
    }
    if (!is_reason(&row->reason)) {
        return aula_fail(err, AULA_BAD_FIELD,
                         "rulings: the reason of row %zu is no text of 1 to "
                         "%d bytes",
                         number, (int)RULINGS_REASON_MAX);
    }
    return AULA_OK;
}

static enum aula_code read_rows(struct rulings *made, const uint8_t *bytes,
                                size_t size, struct aula_error *err)
{
    struct bytes_reader reader = {bytes + RULINGS_HEAD_BYTES,
                                  size - RULINGS_HEAD_BYTES};

    for (size_t i = 0; i < made->count; i++) {
        enum aula_code code = read_row(&made->rows[i], &reader, i + 1, err);

        if (code == AULA_TRUNCATED) {
            return object_check_size(&form, size, UINT64_MAX, err);
        }
        if (code != AULA_OK) {
            return code;
        }
    }
    return object_check_size(&form, size, size - reader.left + SIGN_BYTES, err);
}

enum aula_code rulings_check(struct rulings *found,
                             const struct package *package,
                             const uint8_t *bytes, size_t size,
                             struct aula_error *err)
{
    struct rulings made = {0};
    enum aula_code code = object_check_head(&form, bytes, size, err);

    *found = made;
    if (code != AULA_OK) {
        return code;
    }
    if (memcmp(bytes + AT_PH, package->hash, sizeof package->hash) != 0) {
        return aula_fail(err, AULA_WRONG_ELECTION,
                         "rulings: of another election");
    }
    made.count = get_le16(bytes + AT_COUNT);
    made.rows = calloc(made.count + 1, sizeof *made.rows);
    if (made.rows == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    code = read_rows(&made, bytes, size, err);
    if (code == AULA_OK && sign_check_file(bytes, size, "sig-rulings",
                                           package->office_key) != AULA_OK) {
        code = aula_fail(err, AULA_SIG_INVALID,
                         "rulings: signature of the office does not match");
    }
    if (code != AULA_OK) {
        rulings_close(&made);
        return code;
    }
    *found = made;
    return AULA_OK;
}

void rulings_close(struct rulings *rulings)
{
    free(rulings->rows);
    *rulings = (struct rulings){0};
}

void rulings_hash(uint8_t hash[static HASH_BYTES], const uint8_t *bytes,
                  size_t size)
{
    hash_bytes(hash, "rulings", bytes, size);
}
