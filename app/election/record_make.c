/* SPDX-License-Identifier: Apache-2.0 */
/* Making records; the layout stands in record.h. */
#include "record.h"

#include <assert.h>

#include "record_parts.h"

static struct bytes_writer start(uint8_t *out, const struct record_place *place,
                                 enum record_kind kind, uint16_t contest)
{
    struct bytes_writer writer = {out, 0, RECORD_BYTES_MAX};

    object_put_head(&writer, &record_form);
    bytes_put_u8(&writer, (uint8_t)kind);
    bytes_put_u16(&writer, contest);
    bytes_put(&writer, place->package->hash, PACKAGE_ID_BYTES);
    bytes_put(&writer, place->tid, TERMINAL_ID_BYTES);
    bytes_put_u64(&writer, place->seq);
    bytes_put_u64(&writer, place->time);
    bytes_put(&writer, place->prev, HASH_BYTES);
    return writer;
}

static size_t finish(struct bytes_writer *writer,
                     const struct record_place *place)
{
    struct hash h;

    record_hash_signed(&h, place->package, writer->start, writer->size);
    sign_end(&h, writer->start + writer->size, place->secret);
    return writer->size + SIGN_BYTES;
}

static struct bytes_writer start_ballot(uint8_t *out,
                                        const struct record_place *place,
                                        enum record_kind kind,
                                        const struct record_ballot *ballot)
{
    struct bytes_writer writer = start(out, place, kind, ballot->contest);
    size_t width =
        plaintext_width(&place->package->contests[ballot->contest].rule);

    bytes_put(&writer, ballot->voter, TAG_BYTES);
    bytes_put(&writer, ballot->nonce, TAG_NONCE_BYTES);
    bytes_put(&writer, ballot->ciphertext, BALLOT_CIPHERTEXT_BYTES(width));
    bytes_put(&writer, ballot->proof, BALLOT_PROOF_BYTES(width));
    return writer;
}

size_t record_make_cast(uint8_t *out, const struct record_place *place,
                        const struct record_ballot *ballot)
{
    struct bytes_writer writer = start_ballot(out, place, RECORD_CAST, ballot);

    return finish(&writer, place);
}

size_t record_make_challenged(uint8_t *out, const struct record_place *place,
                              const struct record_ballot *ballot,
                              const uint8_t *plaintext)
{
    struct bytes_writer writer = start_ballot(out, place, RECORD_CHALLENGED,
                                              ballot);

    bytes_put(&writer, plaintext,
              plaintext_size(&place->package->contests[ballot->contest].rule));
    return finish(&writer, place);
}

size_t record_make_opened(uint8_t *out, const struct record_place *place,
                          const uint8_t digest[static RECORD_DIGEST_BYTES])
{
    struct bytes_writer writer = start(out, place, RECORD_OPENED,
                                       RECORD_NO_CONTEST);

    bytes_put(&writer, digest, RECORD_DIGEST_BYTES);
    return finish(&writer, place);
}

size_t record_make_closed(uint8_t *out, const struct record_place *place,
                          const struct record_counts *counts)
{
    struct bytes_writer writer = start(out, place, RECORD_CLOSED,
                                       RECORD_NO_CONTEST);

    bytes_put_u32(&writer, counts->cast);
    bytes_put_u32(&writer, counts->challenged);
    bytes_put_u32(&writer, counts->issued);
    bytes_put_u32(&writer, counts->unfinished);
    return finish(&writer, place);
}

size_t record_make_event(uint8_t *out, const struct record_place *place,
                         enum record_event event, uint64_t value)
{
    struct bytes_writer writer = start(out, place, RECORD_EVENT,
                                       RECORD_NO_CONTEST);

    assert(record_is_event((uint16_t)event, value));
    bytes_put_u16(&writer, (uint16_t)event);
    bytes_put_u16(&writer, 0);
    bytes_put_u64(&writer, value);
    return finish(&writer, place);
}

void record_hash(uint8_t hash[static HASH_BYTES], const uint8_t *bytes,
                 size_t size)
{
    hash_bytes(hash, "record", bytes, size);
}
