/* SPDX-License-Identifier: Apache-2.0 */
/* Which paths the content of an election may have (PROTOCOL.md 4.1). */
#include "manifest_rows.h"

/* Make, and see that reading agrees: AULA_OK or the refusal of both. */
static enum aula_code make_paths(const char *const *paths, size_t count)
{
    struct manifest_row rows[8];
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code;

    for (size_t i = 0; i < count; i++) {
        rows[i] = row_of(paths[i], i, 0);
    }
    code = make(&bytes, &size, rows, count);
    free(bytes);
    return code;
}

static enum aula_code with_path(const char *path)
{
    const char *paths[] = {"election.json", path};

    return make_paths(paths, 2);
}

static void a_path_has_its_letters_and_lengths(void **state)
{
    char path[MANIFEST_PATH_MAX + 2];

    (void)state;
    for (int c = 1; c < 256; c++) {
        char one[] = {(char)c, '\0'};
        bool is_good = strchr("abcdefghijklmnopqrstuvwxyz0123456789_-", c) !=
                       NULL;

        assert_int_equal(manifest_is_path(one, 1), is_good);
    }
    assert_false(manifest_is_path("a\0b", 3));
    memset(path, 'x', sizeof path);
    assert_false(manifest_is_path(path, 0));
    assert_true(manifest_is_path(path, MANIFEST_PATH_MAX));
    assert_false(manifest_is_path(path, MANIFEST_PATH_MAX + 1));
}

static void no_component_is_empty_or_dots(void **state)
{
    static const char *const bad[] = {"/a",    "a/",      "a//b", ".",
                                      "..",    "...",     "./a",  "a/..",
                                      "a/./b", "a/.../b", "/"};
    static const char *const good[] = {
        ".a", "a.", "..a", "a/.b", "a/b.", "a/manifest.bin", "manifest.bin.a"};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(manifest_is_path(bad[i], strlen(bad[i])));
        assert_int_equal(with_path(bad[i]), AULA_CONTENT_MANIFEST);
    }
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(manifest_is_path(good[i], strlen(good[i])));
        assert_int_equal(with_path(good[i]), AULA_OK);
    }
    assert_int_equal(with_path("manifest.bin"), AULA_CONTENT_MANIFEST);
}

static void no_file_stands_twice_or_below_another(void **state)
{
    const char *below[] = {"election.json", "a", "a-b", "a.c", "a/b/c"};
    const char *deep[] = {"election.json", "a/b", "a/b-", "a/b/c/d"};
    const char *beside[] = {"election.json", "a", "a-b/c", "a.c", "ab/c"};
    const char *twice[] = {"election.json", "a", "a"};

    (void)state;
    assert_int_equal(make_paths(below, 5), AULA_CONTENT_MANIFEST);
    assert_int_equal(make_paths(deep, 4), AULA_CONTENT_MANIFEST);
    assert_int_equal(make_paths(beside, 5), AULA_OK);
    assert_int_equal(make_paths(twice, 3), AULA_CONTENT_MANIFEST);
}

static void election_json_must_be_there(void **state)
{
    const char *others[] = {"election.jso", "a/election.json"};
    uint8_t none[4] = {0};

    (void)state;
    assert_int_equal(make_paths(others, 2), AULA_CONTENT_MANIFEST);
    assert_int_equal(make_paths(NULL, 0), AULA_CONTENT_MANIFEST);
    assert_int_equal(open_bytes(none, 4), AULA_CONTENT_MANIFEST);
}

static void a_refusal_shows_only_what_is_text(void **state)
{
    struct manifest_row rows[] = {row_of("election.json", 0, 0),
                                  row_of("\x1b[31m", 0, 0)};
    struct aula_error err;
    uint8_t *bytes = NULL;
    size_t size = 0;

    (void)state;
    assert_int_equal(manifest_make(&bytes, &size, rows, 2, &err),
                     AULA_CONTENT_MANIFEST);
    assert_null(strchr(err.message, '\x1b'));
    rows[0] = row_of("Photo.jpg", 0, 0);
    assert_int_equal(manifest_make(&bytes, &size, rows, 2, &err),
                     AULA_CONTENT_MANIFEST);
    assert_non_null(strstr(err.message, "Photo.jpg"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_has_its_letters_and_lengths),
        cmocka_unit_test(no_component_is_empty_or_dots),
        cmocka_unit_test(no_file_stands_twice_or_below_another),
        cmocka_unit_test(election_json_must_be_there),
        cmocka_unit_test(a_refusal_shows_only_what_is_text),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
