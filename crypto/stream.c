/* SPDX-License-Identifier: Apache-2.0 */
/* Both ends of a sealed stream; see stream.h. */
#include "stream.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

enum { EID_AT = 5, BOX_AT = 21, BOX_BYTES = 80, NONCE_AT = 101 };

static_assert(SEAL_SIZE(STREAM_KEY_BYTES) == BOX_BYTES, "box of a key");
static_assert(NONCE_AT + crypto_secretstream_xchacha20poly1305_HEADERBYTES ==
                  STREAM_HEADER_BYTES,
              "header of a stream");
static_assert(crypto_secretstream_xchacha20poly1305_ABYTES ==
                  STREAM_OVERHEAD_BYTES,
              "bytes more a chunk");

struct stream {
    crypto_secretstream_xchacha20poly1305_state state;
    uint8_t key[STREAM_KEY_BYTES];
    uint8_t header[STREAM_HEADER_BYTES];
    bool is_over; /* the last chunk was there */
    bool failed;
};

/* Empty, or NULL when there is no locked memory. */
static struct stream *new_stream(struct aula_error *err)
{
    struct stream *stream = sodium_malloc(sizeof *stream);

    if (stream == NULL) {
        (void)aula_fail(err, AULA_MEMORY, "batch: no locked memory");
    } else {
        memset(stream, 0, sizeof *stream);
    }
    return stream;
}

enum aula_code
stream_open_seal(struct stream **stream,
                 uint8_t header[static STREAM_HEADER_BYTES],
                 const uint8_t eid[static STREAM_EID_BYTES],
                 const uint8_t transport_public[static SEAL_PUBLIC_BYTES],
                 struct aula_error *err)
{
    struct stream *made = new_stream(err);

    if (made == NULL) {
        return AULA_MEMORY;
    }
    memcpy(made->header, "AULX", 4);
    made->header[4] = 1;
    memcpy(made->header + EID_AT, eid, STREAM_EID_BYTES);
    crypto_secretstream_xchacha20poly1305_keygen(made->key);
    if (!seal_bytes(made->header + BOX_AT, transport_public, made->key,
                    sizeof made->key)) {
        stream_close(made);
        return aula_fail(err, AULA_BATCH_SEAL,
                         "batch: nothing can be sealed to this transport key");
    }
    (void)crypto_secretstream_xchacha20poly1305_init_push(&made->state,
                                                          made->header +
                                                              NONCE_AT,
                                                          made->key);
    memcpy(header, made->header, sizeof made->header);
    *stream = made;
    return AULA_OK;
}

void stream_seal_chunk(struct stream *stream, uint8_t *sealed,
                       const uint8_t *chunk, size_t size, bool is_last)
{
    assert(!stream->is_over);
    assert(size >= 1 && size <= STREAM_CHUNK_BYTES);
    assert(is_last || size == STREAM_CHUNK_BYTES);
    stream->is_over = is_last;
    (void)crypto_secretstream_xchacha20poly1305_push(
        &stream->state, sealed, NULL, chunk, size, stream->header,
        sizeof stream->header,
        is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
}

static enum aula_code check_header(const uint8_t *header, size_t size,
                                   const uint8_t *eid, struct aula_error *err)
{
    if (size < STREAM_HEADER_BYTES) {
        return aula_fail(err, AULA_TRUNCATED, "batch: shorter than its header");
    }
    if (memcmp(header, "AULX", 4) != 0) {
        return aula_fail(err, AULA_BAD_MAGIC, "batch: not a batch file");
    }
    if (header[4] != 1) {
        return aula_fail(err, AULA_BAD_VERSION, "batch: version %u, not 1",
                         (unsigned)header[4]);
    }
    if (memcmp(header + EID_AT, eid, STREAM_EID_BYTES) != 0) {
        return aula_fail(err, AULA_WRONG_ELECTION,
                         "batch: of another election");
    }
    return AULA_OK;
}

enum aula_code
stream_open_read(struct stream **stream, const uint8_t *header,
                 size_t header_size, const uint8_t eid[static STREAM_EID_BYTES],
                 const uint8_t transport_public[static SEAL_PUBLIC_BYTES],
                 const uint8_t transport_secret[static SEAL_SECRET_BYTES],
                 struct aula_error *err)
{
    struct stream *made = NULL;
    enum aula_code code = check_header(header, header_size, eid, err);

    if (code != AULA_OK) {
        return code;
    }
    made = new_stream(err);
    if (made == NULL) {
        return AULA_MEMORY;
    }
    memcpy(made->header, header, sizeof made->header);
    if (!seal_open(made->key, sizeof made->key, transport_public,
                   transport_secret, header + BOX_AT, BOX_BYTES)) {
        stream_close(made);
        return aula_fail(err, AULA_BATCH_SEAL,
                         "batch: not sealed to this office, or altered");
    }
    (void)crypto_secretstream_xchacha20poly1305_init_pull(&made->state,
                                                          header + NONCE_AT,
                                                          made->key);
    *stream = made;
    return AULA_OK;
}

/* Does the length of a chunk go with its tag? */
static bool is_allowed(unsigned char tag, size_t size)
{
    if (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL) {
        return size >= 1;
    }
    return tag == crypto_secretstream_xchacha20poly1305_TAG_MESSAGE &&
           size == STREAM_CHUNK_BYTES;
}

static bool pull(struct stream *stream, uint8_t *chunk, size_t *chunk_size,
                 const uint8_t *sealed, size_t sealed_size)
{
    unsigned long long size = 0;
    unsigned char tag = 0;

    if (stream->is_over || sealed_size < STREAM_OVERHEAD_BYTES ||
        sealed_size > STREAM_SEALED_CHUNK_BYTES ||
        crypto_secretstream_xchacha20poly1305_pull(&stream->state, chunk, &size,
                                                   &tag, sealed, sealed_size,
                                                   stream->header,
                                                   sizeof stream->header) !=
            0 ||
        !is_allowed(tag, (size_t)size)) {
        return false;
    }
    stream->is_over = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    *chunk_size = (size_t)size;
    return true;
}

/* No bytes are left, as it must be behind the last chunk and nowhere else. */
static enum aula_code at_end(struct stream *stream, uint8_t *chunk,
                             size_t *chunk_size, bool *is_last,
                             struct aula_error *err)
{
    if (!stream->is_over) {
        stream->failed = true;
        memset(chunk, 0, STREAM_CHUNK_BYTES);
        return aula_fail(err, AULA_BATCH_TRUNCATED,
                         "batch: ends before its last chunk");
    }
    *chunk_size = 0;
    *is_last = true;
    return AULA_OK;
}

enum aula_code stream_open_chunk(struct stream *stream, uint8_t *chunk,
                                 size_t *chunk_size, bool *is_last,
                                 const uint8_t *sealed, size_t sealed_size,
                                 struct aula_error *err)
{
    if (sealed_size == 0 && !stream->failed) {
        return at_end(stream, chunk, chunk_size, is_last, err);
    }
    if (stream->failed ||
        !pull(stream, chunk, chunk_size, sealed, sealed_size)) {
        stream->failed = true;
        memset(chunk, 0, STREAM_CHUNK_BYTES);
        return aula_fail(err, AULA_BATCH_STREAM,
                         "batch: a chunk was altered or is out of its place");
    }
    *is_last = stream->is_over;
    return AULA_OK;
}

void stream_close(struct stream *stream)
{
    sodium_free(stream);
}
