/* SPDX-License-Identifier: Apache-2.0 */
/* See rehearse_draw.h. */
#include "rehearse_draw.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "bytes.h"

enum { BLANK_ONE_IN = 32 };

void rehearse_draw_start(struct rehearse_draw *draw, uint64_t seed,
                         enum rehearse_purpose purpose, uint64_t index)
{
    *draw = (struct rehearse_draw){.seed = seed,
                                   .purpose = purpose,
                                   .index = index,
                                   .used = REHEARSE_BLOCK_BYTES};
}

static void refill(struct rehearse_draw *draw)
{
    uint8_t key[randombytes_SEEDBYTES] = {0};

    put_le64(key, draw->seed);
    key[8] = (uint8_t)draw->purpose;
    put_le64(key + 16, draw->index);
    put_le64(key + 24, draw->blocks);
    randombytes_buf_deterministic(draw->block, sizeof draw->block, key);
    draw->blocks++;
    draw->used = 0;
}

static uint32_t next_word(struct rehearse_draw *draw)
{
    uint32_t word;

    if (draw->used == REHEARSE_BLOCK_BYTES) {
        refill(draw);
    }
    word = get_le32(draw->block + draw->used);
    draw->used += 4;
    return word;
}

uint32_t rehearse_draw_below(struct rehearse_draw *draw, uint32_t bound)
{
    uint32_t excess;
    uint32_t word;

    assert(bound > 0);
    excess = (UINT32_MAX % bound + 1) % bound; /* 2^32 mod bound */
    do {
        word = next_word(draw);
    } while (word > UINT32_MAX - excess);
    return word % bound;
}

/* The smaller of two draws: what stands first is taken most often. */
static uint32_t draw_early(struct rehearse_draw *draw, uint32_t bound)
{
    uint32_t a = rehearse_draw_below(draw, bound);
    uint32_t b = rehearse_draw_below(draw, bound);

    return a < b ? a : b;
}

/* The first `count` of a list of proposals in random order; the most popular
 * one is where the seed says, and those behind it follow. */
static void pick(uint16_t *picked, uint16_t n, uint16_t count,
                 struct rehearse_draw *draw)
{
    for (uint16_t q = 0; q < n; q++) {
        picked[q] = (uint16_t)((q + draw->seed) % n);
    }
    for (uint16_t i = 0; i < count; i++) {
        uint32_t j = i + draw_early(draw, (uint32_t)n - i);
        uint16_t kept = picked[i];

        picked[i] = picked[j];
        picked[j] = kept;
    }
}

/* How many proposals this ballot names at most. */
static uint16_t draw_count(const struct plaintext_rule *rule,
                           struct rehearse_draw *draw)
{
    uint16_t most = rule->n;

    if (rule->type != PLAINTEXT_KNAPSACK && rule->limit < most) {
        most = rule->limit;
    }
    if (rehearse_draw_below(draw, BLANK_ONE_IN) == 0) {
        return 0;
    }
    return (uint16_t)(1 + rehearse_draw_below(draw, most));
}

static void put_mark(uint8_t *plaintext, uint16_t q)
{
    plaintext[q / 8] |= (uint8_t)(1U << (q % 8));
}

/* Those that the budget still allows. */
static void put_affordable(uint8_t *plaintext,
                           const struct plaintext_rule *rule,
                           const uint16_t *picked, uint16_t count)
{
    uint64_t left = rule->budget;

    for (uint16_t i = 0; i < count; i++) {
        if (rule->costs[picked[i]] <= left) {
            left -= rule->costs[picked[i]];
            put_mark(plaintext, picked[i]);
        }
    }
}

static void put_points(uint8_t *plaintext, const struct plaintext_rule *rule,
                       const uint16_t *picked, uint16_t count,
                       struct rehearse_draw *draw)
{
    uint32_t left = rule->limit;

    for (uint16_t i = 0; i < count && left > 0; i++) {
        uint32_t most = left < rule->cap ? left : rule->cap;
        uint32_t points = 1 + rehearse_draw_below(draw, most);

        plaintext[picked[i]] = (uint8_t)points;
        left -= points;
    }
}

void rehearse_draw_plaintext(uint8_t *plaintext,
                             const struct plaintext_rule *rule,
                             struct rehearse_draw *draw)
{
    uint16_t picked[PLAINTEXT_PROPOSALS_MAX] = {0};
    uint16_t count = draw_count(rule, draw);

    memset(plaintext, 0, plaintext_size(rule));
    pick(picked, rule->n, count, draw);
    switch (rule->type) {
    case PLAINTEXT_APPROVAL:
        for (uint16_t i = 0; i < count; i++) {
            put_mark(plaintext, picked[i]);
        }
        break;
    case PLAINTEXT_KNAPSACK:
        put_affordable(plaintext, rule, picked, count);
        break;
    case PLAINTEXT_POINTS:
        put_points(plaintext, rule, picked, count, draw);
        break;
    case PLAINTEXT_RANKING:
        for (uint16_t i = 0; i < count; i++) {
            plaintext[picked[i]] = (uint8_t)(i + 1);
        }
        break;
    }
}

void rehearse_draw_order(uint32_t *list, size_t count, uint64_t seed)
{
    struct rehearse_draw draw;

    assert(count <= UINT32_MAX);
    rehearse_draw_start(&draw, seed, REHEARSE_ORDER, 0);
    for (size_t i = count; i > 1; i--) {
        uint32_t j = rehearse_draw_below(&draw, (uint32_t)i);
        uint32_t kept = list[i - 1];

        list[i - 1] = list[j];
        list[j] = kept;
    }
}
