/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of the streaming seal share: an office, a file that is sealed
 * with our calls or with libsodium's, and opening it as storage reads a file.
 */
#ifndef AULA_STREAM_DESK_H
#define AULA_STREAM_DESK_H

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "locked_memory.h"
#include "stream.h"

enum {
    CHUNKS_MAX = 4,
    PLAIN_MAX = CHUNKS_MAX * STREAM_CHUNK_BYTES,
    FILE_MAX = STREAM_HEADER_BYTES + CHUNKS_MAX * STREAM_SEALED_CHUNK_BYTES,
    AT_EID = 5,
    AT_BOX = 21,
    AT_STREAM = 101,
    SMALL = 100
};

static const uint8_t eid[STREAM_EID_BYTES] = "an election, 16";

/* The office, a file under test, and room for what comes out of it. */
struct desk {
    uint8_t public_key[SEAL_PUBLIC_BYTES];
    uint8_t secret[SEAL_SECRET_BYTES];
    uint8_t plain[PLAIN_MAX];
    uint8_t file[FILE_MAX + 1];
    size_t file_size;
    uint8_t opened[PLAIN_MAX];
    size_t opened_size;
};

static int set_up(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);

    if (desk == NULL) {
        return -1;
    }
    for (size_t i = 0; i < sizeof desk->plain; i++) {
        desk->plain[i] = (uint8_t)(7 * i + 3);
    }
    seal_key_pair(desk->public_key, desk->secret);
    *state = desk;
    return 0;
}

static int tear_down(void **state)
{
    free(*state);
    return locked_memory.held == 0 ? 0 : -1;
}

static size_t piece_of(size_t left, size_t most)
{
    return left < most ? left : most;
}

static void seal(struct desk *desk, size_t size)
{
    struct stream *stream = NULL;
    size_t done = 0;

    assert_int_equal(stream_open_seal(&stream, desk->file, eid,
                                      desk->public_key, NULL),
                     AULA_OK);
    desk->file_size = STREAM_HEADER_BYTES;
    while (done < size) {
        size_t piece = piece_of(size - done, STREAM_CHUNK_BYTES);

        stream_seal_chunk(stream, desk->file + desk->file_size,
                          desk->plain + done, piece, done + piece == size);
        desk->file_size += piece + STREAM_OVERHEAD_BYTES;
        done += piece;
    }
    stream_close(stream);
}

/* Hand everything in, the end too, as storage reads a file. */
static enum aula_code open_chunks(struct desk *desk, struct stream *stream)
{
    size_t done = STREAM_HEADER_BYTES;
    bool at_end = false;
    enum aula_code code = AULA_OK;

    desk->opened_size = 0;
    while (code == AULA_OK && !at_end) {
        uint8_t chunk[STREAM_CHUNK_BYTES];
        size_t size = 0;
        bool is_last = false;
        size_t piece = piece_of(desk->file_size - done,
                                STREAM_SEALED_CHUNK_BYTES);

        code = stream_open_chunk(stream, chunk, &size, &is_last,
                                 desk->file + done, piece, NULL);
        memcpy(desk->opened + desk->opened_size, chunk, size);
        desk->opened_size += size;
        done += piece;
        at_end = piece == 0;
    }
    return code;
}

static enum aula_code open_file(struct desk *desk)
{
    struct stream *stream = NULL;
    enum aula_code code =
        stream_open_read(&stream, desk->file,
                         piece_of(desk->file_size, STREAM_HEADER_BYTES), eid,
                         desk->public_key, desk->secret, NULL);

    if (code != AULA_OK) {
        assert_null(stream);
        return code;
    }
    code = open_chunks(desk, stream);
    stream_close(stream);
    return code;
}

/* Begin a stream by hand; the state that init_pull makes also encrypts. */
static void hand_start(struct desk *desk,
                       crypto_secretstream_xchacha20poly1305_state *hand)
{
    uint8_t key[STREAM_KEY_BYTES] = {9, 8, 7};

    memcpy(desk->file, "AULX\1", 5);
    memcpy(desk->file + AT_EID, eid, sizeof eid);
    assert_true(seal_bytes(desk->file + AT_BOX, desk->public_key, key,
                           sizeof key));
    memset(desk->file + AT_STREAM, 0x33, 24);
    (void)crypto_secretstream_xchacha20poly1305_init_pull(hand,
                                                          desk->file +
                                                              AT_STREAM,
                                                          key);
    desk->file_size = STREAM_HEADER_BYTES;
}

static void hand_push(struct desk *desk,
                      crypto_secretstream_xchacha20poly1305_state *hand,
                      size_t size, unsigned tag)
{
    (void)crypto_secretstream_xchacha20poly1305_push(hand,
                                                     desk->file +
                                                         desk->file_size,
                                                     NULL, desk->plain, size,
                                                     desk->file,
                                                     STREAM_HEADER_BYTES,
                                                     (unsigned char)tag);
    desk->file_size += size + STREAM_OVERHEAD_BYTES;
}

#define STREAM_TEST(name)                                                      \
    cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
