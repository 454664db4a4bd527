/* SPDX-License-Identifier: Apache-2.0 */
/* Ballots out of the decryptions of a contest: see outcome.h.
 *
 * Combined points are kept for some thousand ballots at a time only: those of
 * a million would need as much memory again as the decryptions themselves. */
#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "outcome.h"

enum {
    POINTS_AT_ONCE = 65536, /* 2 MiB of them */
    PAIR_BYTES = 2 * GROUP_POINT_BYTES,
    GRAIN = 64
};

struct decoding {
    const struct plaintext_rule *rule;
    const uint8_t *messages;
    uint8_t *rows;
    size_t width;
    atomic_size_t valid;
};

static int code_of(enum aula_code code)
{
    static const enum aula_code codes[] = {
        [OUTCOME_VALID] = AULA_OK,
        [OUTCOME_EMBED] = AULA_PT_EMBED,
        [OUTCOME_COUNTER] = AULA_PT_COUNTER,
        [OUTCOME_PADDING] = AULA_PT_PADDING,
        [OUTCOME_LIMIT] = AULA_PT_LIMIT,
        [OUTCOME_RANK] = AULA_PT_RANK,
    };

    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (codes[i] == code) {
            return (int)i;
        }
    }
    return -1;
}

static void decode_piece(void *arg, unsigned worker, size_t first, size_t end)
{
    struct decoding *decoding = arg;
    size_t row_size = outcome_row_size(decoding->rule);
    size_t valid = 0;

    (void)worker;
    for (size_t i = first; i < end; i++) {
        uint8_t *row = decoding->rows + i * row_size;
        int code = code_of(plaintext_decode(row + 1, decoding->rule,
                                            decoding->messages +
                                                i * decoding->width *
                                                    GROUP_POINT_BYTES));

        assert(code >= 0);
        row[0] = (uint8_t)code;
        valid += code == OUTCOME_VALID;
    }
    atomic_fetch_add(&decoding->valid, valid);
}

/* `count` ballots from number `first` on. */
static enum aula_code
open_some(struct decoding *decoding, uint8_t *messages, struct pool *pool,
          const struct decrypt_input *input, const struct decrypt_part *parts,
          size_t part_count, size_t threshold, size_t first, uint32_t count,
          struct aula_error *err)
{
    struct decrypt_part some[DECRYPT_TRUSTEES_MAX];
    struct decrypt_input piece = *input;
    size_t skip = first * input->width;
    enum aula_code code;

    piece.count = count;
    piece.list += skip * PAIR_BYTES;
    for (size_t j = 0; j < part_count; j++) {
        some[j] = (struct decrypt_part){
            parts[j].trustee, parts[j].points + skip * GROUP_POINT_BYTES};
    }
    code = decrypt_combine(messages, pool, &piece, some, part_count, threshold,
                           err);
    if (code == AULA_OK) {
        pool_run(pool, count, GRAIN, decode_piece, decoding);
    }
    return code;
}

enum aula_code outcome_open(uint8_t *rows, uint32_t *valid, struct pool *pool,
                            const struct plaintext_rule *rule,
                            const struct decrypt_input *input,
                            const struct decrypt_part *parts, size_t part_count,
                            size_t threshold, struct aula_error *err)
{
    size_t most = POINTS_AT_ONCE / input->width;
    size_t room = most < input->count ? most : input->count;
    uint8_t *messages =
        malloc(room * input->width * GROUP_POINT_BYTES + 1); /* not 0 bytes */
    struct decoding decoding = {
        .rule = rule, .messages = messages, .width = input->width};
    enum aula_code code = AULA_OK;

    assert(part_count <= DECRYPT_TRUSTEES_MAX);
    if (messages == NULL) {
        return aula_fail(err, AULA_MEMORY, "result: no memory");
    }
    atomic_init(&decoding.valid, 0);
    for (size_t first = 0; first < input->count && code == AULA_OK;
         first += room) {
        size_t left = input->count - first;

        decoding.rows = rows + first * outcome_row_size(rule);
        code = open_some(&decoding, messages, pool, input, parts, part_count,
                         threshold, first,
                         (uint32_t)(left < room ? left : room), err);
    }
    if (code == AULA_OK) {
        *valid = (uint32_t)atomic_load(&decoding.valid);
    }
    free(messages);
    return code;
}
