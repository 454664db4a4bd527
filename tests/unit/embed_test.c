/* SPDX-License-Identifier: Apache-2.0 */
/* Chunks go into points and come out again, each in one way only. */
#include "embed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "draw.h"

static void set_candidate(uint8_t point[static 32], const uint8_t *chunk,
                          unsigned counter)
{
    memset(point, 0, 32);
    point[0] = (uint8_t)(2 * counter);
    memcpy(point + 1, chunk, EMBED_CHUNK_BYTES);
}

static void a_chunk_comes_back_out_of_its_point(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < 300; i++) {
        uint8_t chunk[EMBED_CHUNK_BYTES];
        uint8_t back[EMBED_CHUNK_BYTES];
        uint8_t point[32];

        draw_bytes(chunk, sizeof chunk, "chunk", i);
        assert_int_equal(embed_chunk(point, chunk), AULA_OK);
        assert_int_equal(group_check_point(point), AULA_OK);
        assert_int_equal(embed_extract(back, point), AULA_OK);
        assert_memory_equal(back, chunk, sizeof chunk);
    }
}

static void the_first_counter_that_gives_a_point_is_taken(void **state)
{
    unsigned seen[EMBED_COUNTERS] = {0};

    (void)state;
    for (uint64_t i = 0; i < 300; i++) {
        uint8_t chunk[EMBED_CHUNK_BYTES];
        uint8_t point[32];
        uint8_t want[32];
        unsigned counter = 0;

        draw_bytes(chunk, sizeof chunk, "chunk", i);
        do {
            set_candidate(want, chunk, counter);
            counter++;
        } while (group_check_point(want) != AULA_OK);
        assert_int_equal(embed_chunk(point, chunk), AULA_OK);
        assert_memory_equal(point, want, sizeof want);
        seen[counter - 1]++;
    }
    assert_true(seen[0] > 0 && seen[1] > 0 && seen[4] > 0);
}

static void the_blank_chunk_never_becomes_the_identity(void **state)
{
    static const uint8_t blank[EMBED_CHUNK_BYTES];
    uint8_t back[EMBED_CHUNK_BYTES];
    uint8_t point[32];

    (void)state;
    assert_int_equal(embed_chunk(point, blank), AULA_OK);
    assert_true(point[0] != 0);
    assert_int_equal(embed_extract(back, point), AULA_OK);
    assert_memory_equal(back, blank, sizeof blank);
}

static void a_later_counter_of_the_same_chunk_is_refused(void **state)
{
    unsigned tried = 0;

    (void)state;
    for (uint64_t i = 0; i < 20; i++) {
        uint8_t chunk[EMBED_CHUNK_BYTES];
        uint8_t back[EMBED_CHUNK_BYTES];
        uint8_t first[32];
        uint8_t other[32];

        draw_bytes(chunk, sizeof chunk, "chunk", i);
        assert_int_equal(embed_chunk(first, chunk), AULA_OK);
        for (unsigned c = first[0] / 2U + 1; c < EMBED_COUNTERS; c++) {
            set_candidate(other, chunk, c);
            if (group_check_point(other) == AULA_OK) {
                assert_int_equal(embed_extract(back, other), AULA_PT_COUNTER);
                tried++;
            }
        }
    }
    assert_true(tried > 100);
}

static void a_point_that_is_no_embedding_is_refused(void **state)
{
    static const uint8_t identity[32];
    uint8_t back[EMBED_CHUNK_BYTES];
    uint8_t before[EMBED_CHUNK_BYTES];
    uint8_t point[32];

    (void)state;
    memset(back, 7, sizeof back);
    memcpy(before, back, sizeof back);
    assert_int_equal(embed_extract(back, identity), AULA_PT_EMBED);
    for (uint64_t i = 0; i < 50; i++) {
        draw_point(point, "point", i);
        if (point[31] != 0) {
            assert_int_equal(embed_extract(back, point), AULA_PT_EMBED);
        }
        memset(point, 0, sizeof point);
        draw_bytes(point, 31, "odd", i);
        point[0] |= 1;
        assert_int_equal(embed_extract(back, point), AULA_PT_EMBED);
    }
    assert_memory_equal(back, before, sizeof back);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chunk_comes_back_out_of_its_point),
        cmocka_unit_test(the_first_counter_that_gives_a_point_is_taken),
        cmocka_unit_test(the_blank_chunk_never_becomes_the_identity),
        cmocka_unit_test(a_later_counter_of_the_same_chunk_is_refused),
        cmocka_unit_test(a_point_that_is_no_embedding_is_refused),
    };

    return sodium_init() < 0
               ? 1
               : cmocka_run_group_tests_name("embed", tests, NULL, NULL);
}
