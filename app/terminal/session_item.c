/* SPDX-License-Identifier: Apache-2.0 */
/* The session in the store, so that a power cut leaves it as it was:
 *
 *   offset  size  field
 *        0    32  tag
 *       32     8  seq of the last record when it began
 *       40     4  ballots cast
 *       44     4  count of contests
 *       48        count x (u16 contest, u8 cast)
 */
#include "session_inside.h"

#include <string.h>

#include "bytes.h"

enum { HEAD_BYTES = 48, ROW_BYTES = 3 };

#define ITEM_BYTES(count) (HEAD_BYTES + (size_t)ROW_BYTES * (count))

static bool read_item(struct terminal *terminal, const uint8_t *bytes,
                      size_t size)
{
    struct session *session = &terminal->session;

    if (size < HEAD_BYTES) {
        return false;
    }
    memcpy(terminal->secrets->tag, bytes, TAG_BYTES);
    session->seq = get_le64(bytes + 32);
    session->cast = get_le32(bytes + 40);
    session->count = get_le32(bytes + 44);
    if (session->count > PACKAGE_CONTESTS_MAX ||
        size != ITEM_BYTES(session->count)) {
        return false;
    }
    for (size_t i = 0; i < session->count; i++) {
        const uint8_t *row = bytes + HEAD_BYTES + ROW_BYTES * i;

        session->contests[i] = get_le16(row);
        session->is_cast[i] = row[2] != 0;
    }
    session->is_there = true;
    return true;
}

enum aula_code terminal_load_session(struct terminal *terminal,
                                     struct aula_error *err)
{
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code = store_get_item(terminal->store, &bytes, &size,
                                         ITEM_SESSION, err);

    if (code == AULA_OK && bytes != NULL && !read_item(terminal, bytes, size)) {
        code = aula_fail(err, AULA_STORE_DAMAGED,
                         "the store's session is damaged");
    }
    store_free_item(bytes, size);
    return code;
}

enum aula_code session_put(struct terminal *terminal, const uint8_t *tag,
                           const struct session *session,
                           struct aula_error *err)
{
    uint8_t bytes[ITEM_BYTES(PACKAGE_CONTESTS_MAX)];

    memcpy(bytes, tag, TAG_BYTES);
    put_le64(bytes + 32, session->seq);
    put_le32(bytes + 40, session->cast);
    put_le32(bytes + 44, session->count);
    for (size_t i = 0; i < session->count; i++) {
        uint8_t *row = bytes + HEAD_BYTES + ROW_BYTES * i;

        put_le16(row, session->contests[i]);
        row[2] = session->is_cast[i] ? 1 : 0;
    }
    return store_put_item(terminal->store, ITEM_SESSION, bytes,
                          ITEM_BYTES(session->count), err);
}

void session_voter(uint8_t key[static STORE_VOTER_BYTES],
                   const struct terminal *terminal, const uint8_t *tag,
                   uint16_t contest)
{
    memcpy(key, tag, TAG_BYTES);
    put_le16(key + TAG_BYTES,
             terminal->package.one_per == PACKAGE_ONE_PER_ELECTION
                 ? RECORD_NO_CONTEST
                 : contest);
}
