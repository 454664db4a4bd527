/* SPDX-License-Identifier: Apache-2.0 */
/* plaintext.json: rules, embedding and decoding (PROTOCOL.md section 6). */
#include "plaintext.h"

#include <stdint.h>

#include "decoding.h"
#include "suites.h"
#include "world.h"

static void check_embedding(struct trial *trial, const json_t *row, void *state)
{
    uint64_t counter = field_number(trial, row, "counter", EMBED_COUNTERS - 1);
    uint8_t chunk[EMBED_CHUNK_BYTES];
    uint8_t expected[GROUP_POINT_BYTES];
    uint8_t came[GROUP_POINT_BYTES] = {0};
    uint8_t back[EMBED_CHUNK_BYTES] = {0};

    (void)state;
    field_fixed(trial, row, "chunk", chunk, sizeof chunk);
    field_fixed(trial, row, "point", expected, sizeof expected);
    trial_expect_code(trial, AULA_OK, embed_chunk(came, chunk));
    trial_expect_bytes(trial, "point", expected, sizeof expected, came,
                       sizeof came);
    trial_expect_number(trial, "counter", counter, came[0] / 2U);
    trial_expect_code(trial, AULA_OK, embed_extract(back, expected));
    trial_expect_bytes(trial, "chunk", chunk, sizeof chunk, back, sizeof back);
}

void suite_plaintext(struct source *source)
{
    struct world *world = world_of(source);

    source_mark(source, json_object_get(source->root, "contests"));
    source_each(source, "embedding", check_embedding, NULL);
    if (world == NULL) {
        return;
    }
    decoding_check(source, &world->package);
}
