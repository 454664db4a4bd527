/* SPDX-License-Identifier: Apache-2.0 */
/* See outcome.h. */
#include "outcome.h"

#include <assert.h>
#include <string.h>

#include "object.h"

enum { AT_PH = 5, AT_CONTESTS = 37 };

static const struct object_form form = {"result", "AULO", OUTCOME_HEAD_BYTES,
                                        OBJECT_ANY_SIZE};

enum outcome_status outcome_status(const struct package *package,
                                   uint32_t counted)
{
    if (counted == 0) {
        return OUTCOME_EMPTY;
    }
    return counted < package->min_anon ? OUTCOME_WITHHELD_SMALL
                                       : OUTCOME_COUNTED;
}

const char *outcome_status_name(enum outcome_status status)
{
    switch (status) {
    case OUTCOME_EMPTY:
        return "EMPTY";
    case OUTCOME_COUNTED:
        return "COUNTED";
    case OUTCOME_WITHHELD_SMALL:
        break;
    }
    return "WITHHELD_SMALL";
}

size_t outcome_row_size(const struct plaintext_rule *rule)
{
    return 1 + plaintext_size(rule);
}

/* Bytes of the rows of a contest: also for numbers from outside. */
static uint64_t rows_size(const struct package_contest *contest,
                          unsigned status, uint32_t count)
{
    return status == OUTCOME_COUNTED
               ? (uint64_t)count * outcome_row_size(&contest->rule)
               : 0;
}

size_t outcome_size(const struct package *package,
                    const struct outcome_contest *contests)
{
    size_t size = OUTCOME_HEAD_BYTES + SIGN_BYTES;

    for (size_t i = 0; i < package->contest_count; i++) {
        size += OUTCOME_CONTEST_BYTES + (size_t)rows_size(&package->contests[i],
                                                          contests[i].status,
                                                          contests[i].count);
    }
    return size;
}

static void put_contest(uint8_t out[static OUTCOME_CONTEST_BYTES],
                        const struct outcome_contest *contest)
{
    out[0] = (uint8_t)contest->status;
    put_le32(out + 1, contest->count);
    put_le32(out + 5, contest->valid);
}

void outcome_make(uint8_t *file, const struct package *package,
                  const struct outcome_contest *contests,
                  const uint8_t office[static SIGN_SECRET_BYTES])
{
    struct bytes_writer writer = {file, 0, outcome_size(package, contests)};

    object_put_head(&writer, &form);
    bytes_put(&writer, package->hash, sizeof package->hash);
    bytes_put_u16(&writer, package->contest_count);
    for (size_t i = 0; i < package->contest_count; i++) {
        const struct outcome_contest *contest = &contests[i];
        uint8_t head[OUTCOME_CONTEST_BYTES];

        put_contest(head, contest);
        bytes_put(&writer, head, sizeof head);
        if (contest->status == OUTCOME_COUNTED) {
            bytes_put(&writer, contest->rows,
                      (size_t)rows_size(&package->contests[i], contest->status,
                                        contest->count));
        }
    }
    assert(writer.size + SIGN_BYTES == writer.room);
    sign_file(file, writer.size, "sig-result", office);
}

/* Do the fields fit into the file, and nothing else? */
static enum aula_code check_fields(const struct package *package,
                                   const uint8_t *bytes, size_t size,
                                   struct aula_error *err)
{
    struct bytes_reader reader = {bytes + OUTCOME_HEAD_BYTES,
                                  size - OUTCOME_HEAD_BYTES};

    if (get_le16(bytes + AT_CONTESTS) != package->contest_count) {
        return aula_fail(err, AULA_BAD_FIELD,
                         "result: of %u contests, the package has %u",
                         (unsigned)get_le16(bytes + AT_CONTESTS),
                         (unsigned)package->contest_count);
    }
    for (size_t i = 0; i < package->contest_count; i++) {
        const uint8_t *head = bytes_take(&reader, OUTCOME_CONTEST_BYTES);
        uint64_t rows;

        if (head == NULL) {
            return object_check_size(&form, size, UINT64_MAX, err);
        }
        if (head[0] > OUTCOME_WITHHELD_SMALL) {
            return aula_fail(err, AULA_BAD_FIELD,
                             "result: contest %zu has a status that is none",
                             i);
        }
        rows = rows_size(&package->contests[i], head[0], get_le32(head + 1));
        if (rows > reader.left || bytes_take(&reader, (size_t)rows) == NULL) {
            return object_check_size(&form, size, UINT64_MAX, err);
        }
    }
    return object_check_size(&form, size, size - reader.left + SIGN_BYTES, err);
}

/* The fields are known to fit; where two contests differ in size the heads
 * differ, and nothing is compared behind them. */
static enum aula_code compare(const struct package *package,
                              const struct outcome_contest *contests,
                              const uint8_t *bytes, struct aula_error *err)
{
    const uint8_t *next = bytes + OUTCOME_HEAD_BYTES;

    for (size_t i = 0; i < package->contest_count; i++) {
        const struct outcome_contest *contest = &contests[i];
        uint8_t head[OUTCOME_CONTEST_BYTES];
        size_t size = (size_t)rows_size(&package->contests[i], contest->status,
                                        contest->count);

        put_contest(head, contest);
        if (memcmp(next, head, sizeof head) != 0 ||
            (size > 0 &&
             memcmp(next + sizeof head, contest->rows, size) != 0)) {
            return aula_fail(err, AULA_RESULT_MISMATCH,
                             "result: contest %zu is not what the decryptions "
                             "give",
                             i);
        }
        next += sizeof head + size;
    }
    return AULA_OK;
}

enum aula_code outcome_check(const struct package *package,
                             const struct outcome_contest *contests,
                             const uint8_t *bytes, size_t size,
                             struct aula_error *err)
{
    enum aula_code code = object_check_head(&form, bytes, size, err);

    if (code != AULA_OK) {
        return code;
    }
    if (memcmp(bytes + AT_PH, package->hash, sizeof package->hash) != 0) {
        return aula_fail(err, AULA_WRONG_ELECTION,
                         "result: of another election");
    }
    code = check_fields(package, bytes, size, err);
    if (code == AULA_OK && sign_check_file(bytes, size, "sig-result",
                                           package->office_key) != AULA_OK) {
        code = aula_fail(err, AULA_SIG_INVALID,
                         "result: signature of the office does not match");
    }
    return code == AULA_OK ? compare(package, contests, bytes, err) : code;
}
