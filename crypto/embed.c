/* SPDX-License-Identifier: Apache-2.0 */
/* Thirty bytes as a point and back; see embed.h. */
#include "embed.h"

#include <sodium.h>
#include <string.h>

#include "curve.h"
#include "verdict.h"

static void set_candidate(uint8_t point[static GROUP_POINT_BYTES],
                          const uint8_t chunk[static EMBED_CHUNK_BYTES],
                          unsigned counter)
{
    point[0] = (uint8_t)(2 * counter);
    memcpy(point + 1, chunk, EMBED_CHUNK_BYTES);
    point[31] = 0;
}

enum aula_code embed_chunk(uint8_t point[static GROUP_POINT_BYTES],
                           const uint8_t chunk[static EMBED_CHUNK_BYTES])
{
    uint8_t candidate[GROUP_POINT_BYTES];
    uint8_t found = 0x00;
    uint8_t first = 0;

    /* The all-zero chunk with counter 0 is O, which is no valid candidate:
     * curve_mask_valid says so without a branch. */
    for (unsigned c = 0; c < EMBED_COUNTERS; c++) {
        uint8_t valid;

        set_candidate(candidate, chunk, c);
        valid = curve_mask_valid(candidate);
        first |= (uint8_t)(c & valid & (uint8_t)~found);
        found |= valid;
    }
    sodium_memzero(candidate, sizeof candidate);
    if (!verdict_is_clean(found ^ 0xffU)) {
        return AULA_PT_EMBED;
    }
    set_candidate(point, chunk, first);
    return AULA_OK;
}

enum aula_code embed_extract(uint8_t chunk[static EMBED_CHUNK_BYTES],
                             const uint8_t point[static GROUP_POINT_BYTES])
{
    uint8_t candidate[GROUP_POINT_BYTES];

    if (point[31] != 0 || (point[0] & 1U) != 0 ||
        curve_mask_valid(point) == 0) {
        return AULA_PT_EMBED;
    }
    for (unsigned c = 0; c < point[0] / 2U; c++) {
        set_candidate(candidate, point + 1, c);
        if (curve_mask_valid(candidate) != 0) {
            return AULA_PT_COUNTER;
        }
    }
    memcpy(chunk, point + 1, EMBED_CHUNK_BYTES);
    return AULA_OK;
}
