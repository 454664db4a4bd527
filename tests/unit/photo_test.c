/* SPDX-License-Identifier: Apache-2.0 */
/* Photos: which are taken, and that nothing hostile gets as far as a decoder
 * that would unfold it. */
#include "photo_sample.h"

#include "draw.h"

static bool is_taken(enum photo_form form, const uint8_t *bytes, size_t size,
                     const char *because)
{
    char reason[PHOTO_REASON_BYTES] = "";
    uint8_t *exact = malloc(size + 1); /* the sanitizer sees its end */
    uint8_t *end = exact + 1;
    bool is_good;

    assert_non_null(exact);
    memcpy(end, bytes, size);
    is_good = photo_check(reason, form, end, size);
    free(exact);
    if (is_good) {
        return true;
    }
    if (strstr(reason, because) == NULL) {
        fail_msg("%s, not %s", reason, because);
    }
    return false;
}

static void expect_size(enum photo_form form, int width, int height,
                        const char *because)
{
    struct picture picture = picture_draw(form, width, height);
    bool is_good = is_taken(form, picture.bytes, picture.size,
                            because == NULL ? "" : because);

    if (is_good != (because == NULL)) {
        fail_msg("%d x %d", width, height);
    }
    free(picture.bytes);
}

static void both_forms_are_taken_from_least_to_most(void **state)
{
    (void)state;
    expect_size(PHOTO_JPEG, 560, 420, NULL);
    expect_size(PHOTO_PNG, 560, 420, NULL);
    expect_size(PHOTO_JPEG, 1120, 840, NULL);
    expect_size(PHOTO_JPEG, 1600, 1200, NULL);
}

static void sizes_beyond_the_bounds_are_refused(void **state)
{
    (void)state;
    expect_size(PHOTO_JPEG, 559, 420, "not 559 x 420");
    expect_size(PHOTO_PNG, 560, 419, "not 560 x 419");
    expect_size(PHOTO_JPEG, 2241, 1680, "not 2241 x 1680");
    expect_size(PHOTO_JPEG, 2240, 1681, "not 2240 x 1681");
}

static void another_shape_than_4_to_3_is_refused(void **state)
{
    (void)state;
    expect_size(PHOTO_JPEG, 1000, 765, NULL); /* 2 % off and below */
    expect_size(PHOTO_JPEG, 1000, 766, "4 to 3");
    expect_size(PHOTO_JPEG, 1000, 736, NULL);
    expect_size(PHOTO_JPEG, 1000, 735, "4 to 3");
    expect_size(PHOTO_PNG, 840, 1120, "4 to 3");
    expect_size(PHOTO_PNG, 600, 600, "4 to 3");
}

static void a_picture_under_the_name_of_the_other_form_is_refused(void **state)
{
    struct picture jpeg = picture_draw(PHOTO_JPEG, 560, 420);
    struct picture png = picture_draw(PHOTO_PNG, 560, 420);

    (void)state;
    assert_false(is_taken(PHOTO_PNG, jpeg.bytes, jpeg.size, "not a PNG"));
    assert_false(is_taken(PHOTO_JPEG, png.bytes, png.size, "not a JPEG"));
    assert_false(is_taken(PHOTO_JPEG, (const uint8_t *)"", 0, "not a JPEG"));
    assert_false(is_taken(PHOTO_PNG, (const uint8_t *)"GIF89a", 6,
                          "not a PNG"));
    free(jpeg.bytes);
    free(png.bytes);
}

static void a_picture_that_was_cut_off_is_refused(void **state)
{
    static const enum photo_form forms[] = {PHOTO_JPEG, PHOTO_PNG};

    (void)state;
    for (size_t f = 0; f < 2; f++) {
        struct picture picture = picture_draw(forms[f], 560, 420);

        /* The tail of a PNG is its end mark, whose loss costs no pixel. */
        for (size_t keep = 0; keep + 13 < picture.size;
             keep += 1 + picture.size / 37) {
            assert_false(is_taken(forms[f], picture.bytes, keep, ""));
        }
        free(picture.bytes);
    }
}

/* A head of a few bytes that says 60000 x 45000: eight gigabytes of pixels. */
static void a_head_that_would_unfold_to_gigabytes_is_refused(void **state)
{
    struct picture png = picture_draw(PHOTO_PNG, 560, 420);
    struct picture jpeg = picture_draw(PHOTO_JPEG, 560, 420);
    struct photo_size size = {0, 0};
    size_t at = 0;

    (void)state;
    memcpy(png.bytes + 16, "\x00\x00\xea\x60\x00\x00\xaf\xc8", 8);
    assert_false(is_taken(PHOTO_PNG, png.bytes, png.size, "not 60000 x 45000"));
    while (memcmp(jpeg.bytes + at, "\xff\xc0", 2) != 0) {
        at++;
    }
    memcpy(jpeg.bytes + at + 5, "\xaf\xc8\xea\x60", 4);
    assert_true(photo_find_size(&size, PHOTO_JPEG, jpeg.bytes, jpeg.size));
    assert_int_equal(size.width, 60000);
    assert_int_equal(size.height, 45000);
    assert_false(is_taken(PHOTO_JPEG, jpeg.bytes, jpeg.size,
                          "not 60000 x 45000"));
    free(png.bytes);
    free(jpeg.bytes);
}

/* A head that fits, and a picture that does not. */
static void a_head_that_lies_is_refused(void **state)
{
    struct picture png = picture_draw(PHOTO_PNG, 560, 420);
    struct picture jpeg = picture_draw(PHOTO_JPEG, 560, 420);

    (void)state;
    memset(png.bytes + png.size / 2, 0x5a, png.size / 4);
    assert_false(is_taken(PHOTO_PNG, png.bytes, png.size, "cannot be read"));
    memset(jpeg.bytes + 20, 0x5a, 40);
    assert_false(is_taken(PHOTO_JPEG, jpeg.bytes, jpeg.size, ""));
    free(png.bytes);
    free(jpeg.bytes);
}

/* Whatever the answer is, memory stays whole. */
static void damaged_heads_end_in_an_answer(void **state)
{
    static const enum photo_form forms[] = {PHOTO_JPEG, PHOTO_PNG};

    (void)state;
    for (size_t f = 0; f < 2; f++) {
        struct picture picture = picture_draw(forms[f], 560, 420);

        for (size_t i = 0; i < 700; i++) {
            uint8_t drawn[2];
            struct photo_size size = {0, 0};

            draw_bytes(drawn, sizeof drawn, "damage", i);
            picture.bytes[i % 700] ^= (uint8_t)(1U << drawn[0] % 8);
            (void)photo_find_size(&size, forms[f], picture.bytes,
                                  700 - drawn[1] % 20);
            if (i % 100 == 0) {
                (void)is_taken(forms[f], picture.bytes, picture.size, "");
            }
            picture.bytes[i % 700] ^= (uint8_t)(1U << drawn[0] % 8);
        }
        free(picture.bytes);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_forms_are_taken_from_least_to_most),
        cmocka_unit_test(sizes_beyond_the_bounds_are_refused),
        cmocka_unit_test(another_shape_than_4_to_3_is_refused),
        cmocka_unit_test(a_picture_under_the_name_of_the_other_form_is_refused),
        cmocka_unit_test(a_picture_that_was_cut_off_is_refused),
        cmocka_unit_test(a_head_that_would_unfold_to_gigabytes_is_refused),
        cmocka_unit_test(a_head_that_lies_is_refused),
        cmocka_unit_test(damaged_heads_end_in_an_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
