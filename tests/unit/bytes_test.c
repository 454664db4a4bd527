/* SPDX-License-Identifier: Apache-2.0 */
/* Little-endian integers, readers and writers that keep within their bounds,
 * UTF-8, and what counts as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bytes.h"

static void integers_are_little_endian_and_come_back(void **state)
{
    uint8_t bytes[8];

    (void)state;
    put_le16(bytes, 0x8182);
    assert_memory_equal(bytes, "\x82\x81", 2);
    assert_int_equal(get_le16(bytes), 0x8182);
    put_le32(bytes, 0x81828384);
    assert_memory_equal(bytes, "\x84\x83\x82\x81", 4);
    assert_true(get_le32(bytes) == 0x81828384);
    put_le64(bytes, 0x8182838485868788);
    assert_memory_equal(bytes, "\x88\x87\x86\x85\x84\x83\x82\x81", 8);
    assert_true(get_le64(bytes) == 0x8182838485868788);
}

static void a_reader_takes_what_is_there_and_no_byte_more(void **state)
{
    static const uint8_t bytes[5] = {1, 2, 3, 4, 5};
    struct bytes_reader reader = {bytes, sizeof bytes};

    (void)state;
    assert_ptr_equal(bytes_take(&reader, 2), bytes);
    assert_null(bytes_take(&reader, 4));
    assert_null(bytes_take(&reader, SIZE_MAX));
    assert_int_equal(reader.left, 3);
    assert_ptr_equal(bytes_take(&reader, 3), bytes + 2);
    assert_ptr_equal(bytes_take(&reader, 0), bytes + 5);
    assert_null(bytes_take(&reader, 1));
}

static void a_writer_puts_one_behind_the_other(void **state)
{
    uint8_t bytes[18] = {0};
    struct bytes_writer writer = {bytes, 0, 17};

    (void)state;
    bytes_put(&writer, "ab", 2);
    bytes_put(&writer, NULL, 0);
    bytes_put_u8(&writer, 3);
    bytes_put_u16(&writer, 0x0504);
    bytes_put_u32(&writer, 0x09080706);
    bytes_put_u64(&writer, 0x11100f0e0d0c0b0a);
    assert_int_equal(writer.size, 17);
    assert_memory_equal(bytes, "ab\3\4\5\6\7\x8\x9\xa\xb\xc\xd\xe\xf\x10\x11\0",
                        18);
}

/* RFC 3629, written a second time, from the number to the bytes. */
static size_t encode(uint8_t out[4], uint32_t point)
{
    if (point < 0x80) {
        out[0] = (uint8_t)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (uint8_t)(0xc0 | point >> 6);
        out[1] = (uint8_t)(0x80 | (point & 63));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (uint8_t)(0xe0 | point >> 12);
        out[1] = (uint8_t)(0x80 | (point >> 6 & 63));
        out[2] = (uint8_t)(0x80 | (point & 63));
        return 3;
    }
    out[0] = (uint8_t)(0xf0 | point >> 18);
    out[1] = (uint8_t)(0x80 | (point >> 12 & 63));
    out[2] = (uint8_t)(0x80 | (point >> 6 & 63));
    out[3] = (uint8_t)(0x80 | (point & 63));
    return 4;
}

static bool is_surrogate(uint32_t point)
{
    return point >= 0xd800 && point <= 0xdfff;
}

static void every_code_point_is_read_and_none_beyond(void **state)
{
    (void)state;
    for (uint32_t point = 0; point < 0x200000; point++) {
        uint8_t text[4];
        size_t size = encode(text, point);
        uint32_t back = UINT32_MAX;
        size_t used = bytes_utf8(text, size, &back);

        if (is_surrogate(point) || point > 0x10ffff) {
            assert_int_equal(used, 0);
            assert_true(back == UINT32_MAX);
            continue;
        }
        assert_int_equal(used, size);
        assert_true(back == point);
        assert_int_equal(bytes_utf8(text, size - 1, &back), 0);
    }
}

static void what_is_no_utf8_is_refused(void **state)
{
    static const char *const bad[] = {"\x80",
                                      "\xbf",
                                      "\xc0\x80",
                                      "\xc1\xbf",
                                      "\xe0\x9f\xbf",
                                      "\xf0\x8f\xbf\xbf",
                                      "\xf8\x88\x80\x80\x80",
                                      "\xff",
                                      "\xc3(",
                                      "\xe2\x82(",
                                      "\xe2(\xa1",
                                      "\xf0\x9f\x98("};
    uint32_t point = 0;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const uint8_t *text = (const uint8_t *)bad[i];

        assert_int_equal(bytes_utf8(text, strlen(bad[i]), &point), 0);
        assert_false(bytes_are_text(text, strlen(bad[i])));
    }
}

/* The ranges of PROTOCOL.md 2.2, as they stand there. */
static bool may_stand_in_text(uint32_t point)
{
    return point >= 0x20 && !(point >= 0x7f && point <= 0x9f) &&
           !(point >= 0x2028 && point <= 0x202e) &&
           !(point >= 0x2066 && point <= 0x2069);
}

static void text_has_no_control_characters_wherever_they_stand(void **state)
{
    (void)state;
    for (uint32_t point = 0; point < 0x11000; point++) {
        uint8_t text[6] = {'a'};
        size_t size = encode(text + 1, point);

        if (is_surrogate(point)) {
            continue;
        }
        text[1 + size] = 'b';
        assert_int_equal(bytes_are_text(text, size + 2),
                         may_stand_in_text(point));
        assert_int_equal(bytes_are_text(text, size + 1),
                         may_stand_in_text(point));
    }
    assert_true(bytes_are_text((const uint8_t *)"", 0));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_are_little_endian_and_come_back),
        cmocka_unit_test(a_reader_takes_what_is_there_and_no_byte_more),
        cmocka_unit_test(a_writer_puts_one_behind_the_other),
        cmocka_unit_test(every_code_point_is_read_and_none_beyond),
        cmocka_unit_test(what_is_no_utf8_is_refused),
        cmocka_unit_test(text_has_no_control_characters_wherever_they_stand),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
