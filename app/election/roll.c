/* SPDX-License-Identifier: Apache-2.0 */
/* See roll.h. A tag tells nothing without the tag key, so rows are compared and
 * searched in plain time. */
#include "roll.h"

#include <stdlib.h>
#include <string.h>

#include "object.h"

enum { AT_PH = 5, AT_NUMBER = 37, AT_COUNT = 41 };

static const struct object_form form = {"roll", "AULV", ROLL_HEAD_BYTES,
                                        ROLL_BYTES_MAX};

static int compare(const uint8_t *tag, uint16_t contest, const uint8_t *row)
{
    int order = memcmp(tag, row, TAG_BYTES);
    uint16_t other = get_le16(row + TAG_BYTES);

    return order != 0 ? order : (contest > other) - (contest < other);
}

static int compare_rows(const void *left, const void *right)
{
    const struct roll_row *a = left;
    const struct roll_row *b = right;
    int order = memcmp(a->tag, b->tag, TAG_BYTES);

    return order != 0 ? order
                      : (a->contest > b->contest) - (a->contest < b->contest);
}

size_t roll_sort(struct roll_row *rows, size_t count)
{
    size_t kept = 0;

    if (count > 0) {
        qsort(rows, count, sizeof rows[0], compare_rows);
    }
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || compare_rows(&rows[kept - 1], &rows[i]) != 0) {
            rows[kept++] = rows[i];
        }
    }
    return kept;
}

static enum aula_code check_rows(const struct package *package,
                                 const uint8_t *rows, uint32_t count,
                                 struct aula_error *err)
{
    for (size_t i = 0; i < count; i++) {
        const uint8_t *row = rows + ROLL_ROW_BYTES * i;
        uint16_t contest = get_le16(row + TAG_BYTES);

        if (contest != ROLL_ANY_CONTEST && contest >= package->contest_count) {
            return aula_fail(err, AULA_BAD_FIELD, "roll: row %zu: contest %u",
                             i + 1, (unsigned)contest);
        }
        if (i > 0 && compare(row, contest, row - ROLL_ROW_BYTES) <= 0) {
            return aula_fail(err, AULA_ROLL_ORDER, "roll: row %zu: order",
                             i + 1);
        }
    }
    return AULA_OK;
}

enum aula_code roll_make(uint8_t *file, const struct package *package,
                         const uint8_t office[static SIGN_SECRET_BYTES],
                         uint32_t number, const struct roll_row *rows,
                         uint32_t count, struct aula_error *err)
{
    struct bytes_writer writer = {file, 0, ROLL_BYTES(count)};
    enum aula_code code;

    if (number == 0) {
        return aula_fail(err, AULA_BAD_FIELD, "roll: numbers count from 1");
    }
    if (ROLL_BYTES(count) > ROLL_BYTES_MAX) {
        return aula_fail(err, AULA_TOO_LARGE, "roll: %u rows", (unsigned)count);
    }
    object_put_head(&writer, &form);
    bytes_put(&writer, package->hash, sizeof package->hash);
    bytes_put_u32(&writer, number);
    bytes_put_u32(&writer, count);
    for (uint32_t i = 0; i < count; i++) {
        bytes_put(&writer, rows[i].tag, TAG_BYTES);
        bytes_put_u16(&writer, rows[i].contest);
    }
    code = check_rows(package, file + ROLL_HEAD_BYTES, count, err);
    if (code == AULA_OK) {
        sign_file(file, writer.size, "sig-roll", office);
    }
    return code;
}

struct roll roll_view(const uint8_t *bytes)
{
    return (struct roll){get_le32(bytes + AT_NUMBER),
                         get_le32(bytes + AT_COUNT), bytes + ROLL_HEAD_BYTES};
}

enum aula_code roll_check(struct roll *roll, const struct package *package,
                          uint32_t installed, const uint8_t *bytes, size_t size,
                          struct aula_error *err)
{
    struct roll made;
    enum aula_code code = object_check_head(&form, bytes, size, err);

    if (code != AULA_OK) {
        return code;
    }
    if (memcmp(bytes + AT_PH, package->hash, sizeof package->hash) != 0) {
        return aula_fail(err, AULA_WRONG_ELECTION, "roll: of another election");
    }
    made = roll_view(bytes);
    if (made.number == 0) {
        return aula_fail(err, AULA_BAD_FIELD, "roll: its number");
    }
    code = object_check_size(&form, size,
                             109 + (uint64_t)ROLL_ROW_BYTES * made.count, err);
    if (code == AULA_OK && sign_check_file(bytes, size, "sig-roll",
                                           package->office_key) != AULA_OK) {
        code = aula_fail(err, AULA_SIG_INVALID,
                         "roll: signature of the office does not match");
    }
    if (code == AULA_OK) {
        code = check_rows(package, made.rows, made.count, err);
    }
    if (code == AULA_OK && made.number < installed) {
        code = aula_fail(err, AULA_ROLL_OLD, "roll: number %u, and %u is here",
                         (unsigned)made.number, (unsigned)installed);
    }
    if (code == AULA_OK) {
        *roll = made;
    }
    return code;
}

static bool has_row(const struct roll *roll, const uint8_t *tag,
                    uint16_t contest)
{
    size_t low = 0;
    size_t high = roll->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(tag, contest, roll->rows + ROLL_ROW_BYTES * middle);

        if (order == 0) {
            return true;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return false;
}

bool roll_has(const struct roll *roll, const uint8_t tag[static TAG_BYTES],
              uint16_t contest)
{
    return has_row(roll, tag, contest) || has_row(roll, tag, ROLL_ANY_CONTEST);
}

enum aula_code roll_admit(const struct certificate *certificate,
                          const struct kit *kit, const struct roll *roll,
                          const uint8_t tag[static TAG_BYTES], uint16_t contest,
                          struct aula_error *err)
{
    if (!certificate_offers(certificate, contest)) {
        return aula_fail(err, AULA_REC_CONTEST_TERMINAL,
                         "contest %u is not offered at this terminal",
                         (unsigned)contest);
    }
    if (kit->has_guests) {
        return AULA_OK;
    }
    if (roll == NULL) {
        return aula_fail(err, AULA_ROLL_MISSING,
                         "this terminal admits only people on the voter roll, "
                         "and has none");
    }
    return roll_has(roll, tag, contest)
               ? AULA_OK
               : aula_fail(err, AULA_NOT_ON_ROLL,
                           "this person is not on the voter roll for contest "
                           "%u",
                           (unsigned)contest);
}
