/* SPDX-License-Identifier: Apache-2.0 */
/* Sealing a long byte string to the office, in chunks (PROTOCOL.md section 10,
 * "AULX"). Neither side holds more than one chunk.
 *
 *   offset  size  field
 *        0     4  "AULX"
 *        4     1  version, 1
 *        5    16  eid
 *       21    80  box for the office's transport key with a random 32-byte key
 *      101    24  secretstream header
 *      125        chunks: 65536 bytes of plaintext each, the last 1..65536, and
 *                 17 bytes more; the 125 bytes are additional data of each
 *
 * Only the last chunk has the tag FINAL, so a file that was cut between two
 * chunks is seen. What the plaintext means is the caller's; so is reading and
 * writing files.
 *
 * Source: libsodium 1.0.18, crypto_secretstream_xchacha20poly1305
 */
#ifndef AULA_STREAM_H
#define AULA_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "seal.h"

enum {
    STREAM_HEADER_BYTES = 125,
    STREAM_EID_BYTES = 16,
    STREAM_KEY_BYTES = 32,
    STREAM_CHUNK_BYTES = 65536,
    STREAM_OVERHEAD_BYTES = 17,
    STREAM_SEALED_CHUNK_BYTES = STREAM_CHUNK_BYTES + STREAM_OVERHEAD_BYTES
};

/* Either end of a stream; in sodium_malloc memory. */
struct stream;

/** Begin to seal: a fresh key, sealed to the office.
 *
 *  Returns: AULA_OK
 *           AULA_BATCH_SEAL  the transport key is of low order
 *           AULA_MEMORY      no locked memory
 *  Out:     stream  written on success only
 *           header  the first STREAM_HEADER_BYTES of the file, likewise
 *  Owner:   stream_close ends it
 */
AULA_MUST_CHECK enum aula_code
stream_open_seal(struct stream **stream,
                 uint8_t header[static STREAM_HEADER_BYTES],
                 const uint8_t eid[static STREAM_EID_BYTES],
                 const uint8_t transport_public[static SEAL_PUBLIC_BYTES],
                 struct aula_error *err);

/** Seal the next chunk. All but the last are STREAM_CHUNK_BYTES long; the last
 *  is 1..STREAM_CHUNK_BYTES; nothing follows it (all asserted).
 *
 *  Out:     sealed  size + STREAM_OVERHEAD_BYTES
 */
void stream_seal_chunk(struct stream *stream, uint8_t *sealed,
                       const uint8_t *chunk, size_t size, bool is_last);

/** Begin to open a file.
 *
 *  Returns: AULA_OK, or the first failed check: AULA_TRUNCATED,
 *           AULA_BAD_MAGIC, AULA_BAD_VERSION, AULA_WRONG_ELECTION,
 *           AULA_BATCH_SEAL (sealed to another key, or altered), AULA_MEMORY
 *  Out:     stream  written on success only
 *  In:      header  `header_size` bytes: the file's first, from outside; more
 *                   than STREAM_HEADER_BYTES do no harm
 *  Owner:   stream_close ends it
 */
AULA_MUST_CHECK enum aula_code
stream_open_read(struct stream **stream, const uint8_t *header,
                 size_t header_size, const uint8_t eid[static STREAM_EID_BYTES],
                 const uint8_t transport_public[static SEAL_PUBLIC_BYTES],
                 const uint8_t transport_secret[static SEAL_SECRET_BYTES],
                 struct aula_error *err);

/** Open the next chunk. Go on until the file's end is handed in as well, and
 *  believe nothing of what came out before that.
 *
 *  Returns: AULA_OK
 *           AULA_BATCH_STREAM     it was altered, is out of its place, has
 *                                 another tag, or a length that its tag does
 *                                 not allow; or bytes follow the last chunk
 *           AULA_BATCH_TRUNCATED  no bytes are left and the last chunk has not
 *                                 been there
 *           A stream that failed once fails for ever.
 *  Out:     chunk       room for STREAM_CHUNK_BYTES; zeros on failure
 *           chunk_size  bytes of it, written on success only
 *           is_last     the file must end here, likewise: bytes that follow are
 *                       handed in too, and refused
 *  In:      sealed      the next STREAM_SEALED_CHUNK_BYTES of the file, or what
 *                       is left of it when that is less; 0 at its end, which
 *                       gives 0 bytes where the last chunk has been there
 */
AULA_MUST_CHECK enum aula_code
stream_open_chunk(struct stream *stream, uint8_t *chunk, size_t *chunk_size,
                  bool *is_last, const uint8_t *sealed, size_t sealed_size,
                  struct aula_error *err);

/** Wipe and free either end. Accepts NULL. */
void stream_close(struct stream *stream);

#endif
