/* SPDX-License-Identifier: Apache-2.0 */
/* Thirty bytes as a point and back (PROTOCOL.md 6.2 and 6.3).
 *
 * Candidate c = 0..127 is (2c) || chunk || 0x00; the embedding is the first one
 * that is a canonical ristretto255 encoding and not O. All 128 are tested and
 * the first is chosen with masks: how many fail depends on the vote.
 */
#ifndef AULA_EMBED_H
#define AULA_EMBED_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "group.h"

enum { EMBED_CHUNK_BYTES = 30, EMBED_COUNTERS = 128 };

/** Embed one chunk, in constant time.
 *
 *  Returns: AULA_OK
 *           AULA_PT_EMBED  no candidate is a point (probability 2^-53)
 *  Out:     point  written on success only; byte 0 is twice the counter
 */
AULA_MUST_CHECK enum aula_code
embed_chunk(uint8_t point[static GROUP_POINT_BYTES],
            const uint8_t chunk[static EMBED_CHUNK_BYTES]);

/** Take a chunk out of a decrypted point, which is public by then.
 *
 *  Returns: AULA_OK
 *           AULA_PT_EMBED    byte 31 not 0, byte 0 odd, or the point is O
 *           AULA_PT_COUNTER  a smaller counter also gives a point: the
 *                            embedding is unique, or it could mark a ballot
 *  Out:     chunk  written on success only
 *  In:      point  the canonical encoding of a computed point
 */
AULA_MUST_CHECK enum aula_code
embed_extract(uint8_t chunk[static EMBED_CHUNK_BYTES],
              const uint8_t point[static GROUP_POINT_BYTES]);

#endif
