/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of a ballot and its way back from points; see plaintext.h.
 *
 * The rules are computed over all bytes first and decided at the end, by the
 * sums alone: no loop ends early and no memory is looked up by a vote.
 */
#include "plaintext.h"

#include <sodium.h>
#include <string.h>

#include "verdict.h"

/* 1 where a > b, by the borrow; both below 2^63. */
static uint32_t is_above(uint64_t a, uint64_t b)
{
    return (uint32_t)((b - a) >> 63);
}

/* 1 where a == b; both below 2^32. */
static uint32_t is_equal(uint32_t a, uint32_t b)
{
    return (uint32_t)(((uint64_t)(a ^ b) - 1U) >> 63);
}

static uint32_t bit_at(const uint8_t *bitmap, size_t q)
{
    return ((uint32_t)bitmap[q / 8] >> (q % 8)) & 1U;
}

size_t plaintext_size(const struct plaintext_rule *rule)
{
    switch (rule->type) {
    case PLAINTEXT_APPROVAL:
    case PLAINTEXT_KNAPSACK:
        return ((size_t)rule->n + 7) / 8;
    case PLAINTEXT_POINTS:
    case PLAINTEXT_RANKING:
        break;
    }
    return rule->n;
}

size_t plaintext_width(const struct plaintext_rule *rule)
{
    return (plaintext_size(rule) + EMBED_CHUNK_BYTES - 1) / EMBED_CHUNK_BYTES;
}

static uint32_t has_bits_beyond(const struct plaintext_rule *rule,
                                const uint8_t *bitmap)
{
    size_t size = plaintext_size(rule);
    uint32_t extra = 0;

    for (size_t q = rule->n; q < 8 * size; q++) {
        extra |= bit_at(bitmap, q);
    }
    return extra;
}

static enum aula_code check_approval(const struct plaintext_rule *rule,
                                     const uint8_t *bitmap)
{
    uint32_t chosen = 0;
    uint32_t padding = has_bits_beyond(rule, bitmap);

    for (size_t q = 0; q < rule->n; q++) {
        chosen += bit_at(bitmap, q);
    }
    if (!verdict_is_clean(padding)) {
        return AULA_PT_PADDING;
    }
    return verdict_is_clean(is_above(chosen, rule->limit)) ? AULA_OK
                                                           : AULA_PT_LIMIT;
}

static enum aula_code check_knapsack(const struct plaintext_rule *rule,
                                     const uint8_t *bitmap)
{
    uint64_t left = rule->budget;
    uint64_t over = 0;
    uint32_t padding = has_bits_beyond(rule, bitmap);

    /* Spending from the budget rather than summing up: no u64 overflows, and
     * once a cost does not fit the ballot is over, whatever follows. */
    for (size_t q = 0; q < rule->n; q++) {
        uint64_t cost = rule->costs[q] & (0U - (uint64_t)bit_at(bitmap, q));
        uint64_t rest = left - cost;

        /* The borrow of left - cost, for all of u64. */
        over |= ((~left & cost) | ((~left | cost) & rest)) >> 63;
        left = rest;
    }
    if (!verdict_is_clean(padding)) {
        return AULA_PT_PADDING;
    }
    return verdict_is_clean((uint32_t)over) ? AULA_OK : AULA_PT_LIMIT;
}

static enum aula_code check_points(const struct plaintext_rule *rule,
                                   const uint8_t *points)
{
    uint32_t sum = 0; /* at most 1000 * 255 */
    uint32_t over = 0;

    for (size_t q = 0; q < rule->n; q++) {
        sum += points[q];
        over |= is_above(points[q], rule->cap);
    }
    over |= is_above(sum, rule->limit);
    return verdict_is_clean(over) ? AULA_OK : AULA_PT_LIMIT;
}

/* With m ranks given, each rank r up to the limit must stand exactly once where
 * r <= m and not at all beyond. Then all m non-zero values are among 1..limit,
 * and there is no room for a value above the limit. */
static enum aula_code check_ranking(const struct plaintext_rule *rule,
                                    const uint8_t *ranks)
{
    uint32_t given = 0;
    uint32_t bad;

    for (size_t q = 0; q < rule->n; q++) {
        given += 1U - is_equal(ranks[q], 0);
    }
    bad = is_above(given, rule->limit);
    for (uint32_t rank = 1; rank <= rule->limit; rank++) {
        uint32_t count = 0;

        for (size_t q = 0; q < rule->n; q++) {
            count += is_equal(ranks[q], rank);
        }
        bad |= 1U - is_equal(count, 1U - is_above(rank, given));
    }
    return verdict_is_clean(bad) ? AULA_OK : AULA_PT_RANK;
}

enum aula_code plaintext_check(const struct plaintext_rule *rule,
                               const uint8_t *plaintext, size_t size)
{
    if (size != plaintext_size(rule)) {
        return AULA_PT_PADDING;
    }
    switch (rule->type) {
    case PLAINTEXT_APPROVAL:
        return check_approval(rule, plaintext);
    case PLAINTEXT_KNAPSACK:
        return check_knapsack(rule, plaintext);
    case PLAINTEXT_POINTS:
        return check_points(rule, plaintext);
    case PLAINTEXT_RANKING:
        break;
    }
    return check_ranking(rule, plaintext);
}

enum aula_code plaintext_decode(uint8_t *plaintext,
                                const struct plaintext_rule *rule,
                                const uint8_t *points)
{
    uint8_t chunks[PLAINTEXT_WIDTH_MAX * EMBED_CHUNK_BYTES] = {0};
    size_t size = plaintext_size(rule);
    size_t width = plaintext_width(rule);
    enum aula_code code = AULA_OK;

    for (size_t i = 0; i < width && code == AULA_OK; i++) {
        code = embed_extract(chunks + i * EMBED_CHUNK_BYTES,
                             points + i * GROUP_POINT_BYTES);
    }
    if (code == AULA_OK &&
        !sodium_is_zero(chunks + size, width * EMBED_CHUNK_BYTES - size)) {
        code = AULA_PT_PADDING;
    }
    if (code == AULA_OK) {
        code = plaintext_check(rule, chunks, size);
    }
    if (code == AULA_OK) {
        memcpy(plaintext, chunks, size);
    } else {
        memset(plaintext, 0, size);
    }
    return code;
}
