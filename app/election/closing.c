/* SPDX-License-Identifier: Apache-2.0 */
/* See closing.h. */
#include "closing.h"

#include <stdlib.h>
#include <string.h>

#include "object.h"

enum {
    AT_PH = 5,
    AT_TIME = 37,
    AT_TERMINALS = 213, /* their count */
    TERMINAL_BYTES = 64,
    CONTEST_BYTES = 36,
    LEAST_BYTES = 281
};

static const struct object_form form = {"closing", "AULC", CLOSING_HEAD_BYTES,
                                        OBJECT_ANY_SIZE};

/* What stands where, for who is told that something differs. */
static const struct {
    size_t end; /* offset behind it */
    const char *name;
} parts[] = {
    {AT_TIME, "the election"},
    {CLOSING_HEAD_BYTES, "the time"},
    {53, "the number of records"},
    {85, "the set of records"},
    {117, "the rulings"},
    {149, "the list of those who voted elsewhere"},
    {181, "the register"},
    {AT_TERMINALS, "the late register"},
    {AT_TERMINALS + 2, "the number of terminals"},
};

size_t closing_body(uint8_t *body, const struct package *package,
                    const struct closing *closing)
{
    struct bytes_writer writer = {
        body, 0,
        CLOSING_BYTES(closing->terminal_count, closing->contest_count)};

    object_put_head(&writer, &form);
    bytes_put(&writer, package->hash, sizeof package->hash);
    bytes_put_u64(&writer, closing->time);
    bytes_put_u64(&writer, closing->record_count);
    bytes_put(&writer, closing->record_set, HASH_BYTES);
    bytes_put(&writer, closing->rulings, HASH_BYTES);
    bytes_put(&writer, closing->elsewhere, HASH_BYTES);
    bytes_put(&writer, closing->first_register, HASH_BYTES);
    bytes_put(&writer, closing->late_register, HASH_BYTES);
    bytes_put_u16(&writer, (uint16_t)closing->terminal_count);
    for (size_t i = 0; i < closing->terminal_count; i++) {
        const struct closing_terminal *terminal = &closing->terminals[i];

        bytes_put(&writer, terminal->tid, TERMINAL_ID_BYTES);
        bytes_put_u64(&writer, terminal->count);
        bytes_put_u64(&writer, terminal->seq_max);
        bytes_put(&writer, terminal->head, HASH_BYTES);
    }
    bytes_put_u16(&writer, (uint16_t)closing->contest_count);
    for (size_t i = 0; i < closing->contest_count; i++) {
        bytes_put_u32(&writer, closing->contests[i].counted);
        bytes_put(&writer, closing->contests[i].list_hash, HASH_BYTES);
    }
    return writer.size;
}

void closing_make(uint8_t *file, const struct package *package,
                  const uint8_t office[static SIGN_SECRET_BYTES],
                  const struct closing *closing)
{
    sign_file(file, closing_body(file, package, closing), "sig-closing",
              office);
}

/* Both counts fit, and nothing is left. */
static enum aula_code check_length(const uint8_t *bytes, size_t size,
                                   struct aula_error *err)
{
    size_t terminals;
    size_t at;

    if (size < LEAST_BYTES) {
        return object_check_size(&form, size, LEAST_BYTES, err);
    }
    terminals = get_le16(bytes + AT_TERMINALS);
    at = AT_TERMINALS + 2 + TERMINAL_BYTES * terminals;
    if (size < at + 2) {
        return object_check_size(&form, size, UINT64_MAX, err);
    }
    return object_check_size(&form, size,
                             CLOSING_BYTES(terminals, get_le16(bytes + at)),
                             err);
}

enum aula_code closing_check(uint64_t *time, const struct package *package,
                             const uint8_t *bytes, size_t size,
                             struct aula_error *err)
{
    uint64_t made;
    enum aula_code code = object_check_head(&form, bytes, size, err);

    if (code != AULA_OK) {
        return code;
    }
    if (memcmp(bytes + AT_PH, package->hash, sizeof package->hash) != 0) {
        return aula_fail(err, AULA_WRONG_ELECTION,
                         "closing: of another election");
    }
    code = check_length(bytes, size, err);
    if (code != AULA_OK) {
        return code;
    }
    if (sign_check_file(bytes, size, "sig-closing", package->office_key) !=
        AULA_OK) {
        return aula_fail(err, AULA_SIG_INVALID,
                         "closing: signature of the office does not match");
    }
    made = get_le64(bytes + AT_TIME);
    if (made <= package->closes) {
        return aula_fail(err, AULA_CLOSING_EARLY,
                         "closing: made before the voting ended");
    }
    *time = made;
    return AULA_OK;
}

static const char *part_at(size_t offset, size_t terminal_count)
{
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (offset < parts[i].end) {
            return parts[i].name;
        }
    }
    return offset < AT_TERMINALS + 2 + TERMINAL_BYTES * terminal_count
               ? "a terminal"
               : "a contest";
}

enum aula_code closing_compare(const struct package *package,
                               const struct closing *wanted,
                               const uint8_t *bytes, size_t size,
                               struct aula_error *err)
{
    struct closing timed = *wanted;
    size_t room = CLOSING_BYTES(wanted->terminal_count, wanted->contest_count);
    uint8_t *body = malloc(room);
    size_t body_size;
    size_t at = 0;
    enum aula_code code = AULA_OK;

    if (body == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    timed.time = get_le64(bytes + AT_TIME);
    body_size = closing_body(body, package, &timed);
    while (at < body_size && at < size - SIGN_BYTES && body[at] == bytes[at]) {
        at++;
    }
    if (at < body_size || size != room) {
        code = aula_fail(err, AULA_CLOSING_MISMATCH,
                         "closing: %s is not what the board gives",
                         part_at(at, wanted->terminal_count));
    }
    free(body);
    return code;
}

void closing_hash(uint8_t hash[static HASH_BYTES], const uint8_t *bytes,
                  size_t size)
{
    hash_bytes(hash, "closing", bytes, size);
}
