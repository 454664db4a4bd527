/* SPDX-License-Identifier: Apache-2.0 */
/* A board is what it says, to the last bit. The vectors hold what is wrong with
 * contents; here are hostile files and chance. */
#include "board.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "board_desk.h"
#include "draw.h"
#include "office_folder.h"

#define CERT_A "terminals/a077c41b228620ec65d92b043bfa1ad6.cert"
#define REC_A "records/a077c41b228620ec65d92b043bfa1ad6.rec"

/* ---- hostile files */

/* Something else stands in the place of a file while a check runs. */
static void expect_instead(const struct board_desk *desk, const char *name,
                           void (*put)(const char *path), enum aula_code code,
                           const char *object)
{
    char path[PLACE_BYTES];
    char away[PLACE_BYTES];

    office_path(path, desk->full, name);
    office_path(away, desk->folder, "away");
    assert_int_equal(rename(path, away), 0);
    put(path);
    board_desk_expect(desk, desk->full, BOARD_RESULT, code, object);
    if (unlink(path) != 0) {
        assert_int_equal(rmdir(path), 0);
    }
    assert_int_equal(rename(away, path), 0);
}

static void put_link(const char *path)
{
    assert_int_equal(symlink("/dev/zero", path), 0);
}

static void put_pipe(const char *path)
{
    assert_int_equal(mkfifo(path, 0644), 0);
}

static void put_folder(const char *path)
{
    assert_int_equal(mkdir(path, 0755), 0);
}

/* 5 GiB that take no room on the disk. */
static void put_huge(const char *path)
{
    int file = open(path, O_WRONLY | O_CREAT, 0644);

    assert_true(file >= 0);
    assert_int_equal(ftruncate(file, (off_t)5 << 30), 0);
    (void)close(file);
}

static void put_empty(const char *path)
{
    int file = open(path, O_WRONLY | O_CREAT, 0644);

    assert_true(file >= 0);
    (void)close(file);
}

static const char *const all_kinds[] = {"package.bin",
                                        "content/manifest.bin",
                                        "content/photos/2.jpg",
                                        "register.bin",
                                        "closing.bin",
                                        "elsewhere.bin",
                                        "approve/1.app",
                                        "mix/0/2.mix",
                                        "decrypt/1/1.dec",
                                        "result.bin",
                                        "quarantine.rec",
                                        CERT_A,
                                        REC_A};
enum { KINDS = sizeof all_kinds / sizeof all_kinds[0] };

static void no_link_pipe_or_folder_is_a_file(void **state)
{
    for (size_t i = 0; i < KINDS; i++) {
        expect_instead(*state, all_kinds[i], put_link, AULA_BOARD_FILES, "");
        expect_instead(*state, all_kinds[i], put_pipe, AULA_BOARD_FILES, "");
        /* A folder among the content is a lawful name; the file is missing. */
        expect_instead(*state, all_kinds[i], put_folder, AULA_BOARD_FILES,
                       strstr(all_kinds[i], "photos") != NULL ? "content" : "");
    }
}

static void a_file_of_5_gib_is_refused_without_being_read(void **state)
{
    static const enum aula_code codes[KINDS] = {
        AULA_TOO_LARGE, AULA_CONTENT_MANIFEST, AULA_CONTENT_FILE,
        AULA_BAD_MAGIC, AULA_BAD_MAGIC,        AULA_TOO_LARGE,
        AULA_BAD_MAGIC, AULA_BAD_MAGIC,        AULA_BAD_MAGIC,
        AULA_BAD_MAGIC};

    /* Lists of records are walked to their end; see the next test. */
    for (size_t i = 0; i < KINDS && codes[i] != AULA_OK; i++) {
        if (strcmp(all_kinds[i], "elsewhere.bin") == 0) {
            continue; /* 512 MiB are lawful: too slow for a test */
        }
        expect_instead(*state, all_kinds[i], put_huge, codes[i], all_kinds[i]);
    }
}

static void an_empty_file_is_refused(void **state)
{
    for (size_t i = 0; i < KINDS; i++) {
        bool is_list = strstr(all_kinds[i], ".rec") != NULL;
        enum aula_code code = is_list ? AULA_BOARD_FILES : AULA_TRUNCATED;

        if (strncmp(all_kinds[i], "content/", 8) == 0) {
            code = strstr(all_kinds[i], "manifest") != NULL
                       ? AULA_CONTENT_MANIFEST
                       : AULA_CONTENT_FILE;
        }
        expect_instead(*state, all_kinds[i], put_empty, code, all_kinds[i]);
    }
}

/* ---- chance */

/* Every file of a board in turn. */
static void each_file(const struct board_desk *desk, const json_t *files,
                      void (*visit)(const struct board_desk *desk,
                                    const char *name, const uint8_t *bytes,
                                    size_t size))
{
    const char *name = NULL;
    json_t *value = NULL;

    json_object_foreach((json_t *)(uintptr_t)files, name, value)
    {
        size_t size = 0;
        uint8_t *bytes = vector_bytes(value, &size);

        visit(desk, name, bytes, size);
        free(bytes);
    }
}

/* One bit of a file is turned: nothing may pass, or say that the machine
 * failed. */
static void flip(const struct board_desk *desk, const char *folder,
                 const char *name, const uint8_t *bytes, size_t size, size_t at,
                 unsigned bit)
{
    char path[PLACE_BYTES];
    uint8_t turned = (uint8_t)(bytes[at] ^ (1U << bit));
    struct board_said said;
    int file;

    assert_true(at < size);
    office_path(path, folder, name);
    file = open(path, O_WRONLY);
    assert_true(file >= 0);
    assert_int_equal(pwrite(file, &turned, 1, (off_t)at), 1);
    said = board_desk_check(desk, folder, BOARD_RESULT);
    if (said.code == AULA_OK || board_is_failure(said.code)) {
        fail_msg("%s byte %zu bit %u: %s", name, at, bit,
                 aula_code_name(said.code));
    }
    assert_int_equal(pwrite(file, bytes + at, 1, (off_t)at), 1);
    (void)close(file);
}

/* A number below `end` that follows from a name and another number. */
static size_t draw_below(const char *name, size_t number, size_t end)
{
    uint32_t drawn;

    draw_bytes(&drawn, sizeof drawn, name, number);
    return drawn % end;
}

/* Of the full board some bits of each region of each file. */
static void flip_some(const struct board_desk *desk, const char *name,
                      const uint8_t *bytes, size_t size)
{
    enum { PIECES = 3 };

    for (size_t i = 0; size > 0 && i < PIECES; i++) {
        size_t first = i * size / PIECES;
        size_t end = (i + 1) * size / PIECES;

        if (first < end) {
            flip(desk, desk->full, name, bytes, size,
                 first + draw_below(name, i, end - first),
                 (unsigned)draw_below(name, PIECES + i, 8));
        }
    }
}

/* Of the small one every sixth byte; of a large file fewer. */
static void flip_many(const struct board_desk *desk, const char *name,
                      const uint8_t *bytes, size_t size)
{
    size_t step = size > 1000 ? 97 : 6;

    for (size_t at = draw_below(name, size, step); at < size; at += step) {
        flip(desk, desk->small, name, bytes, size, at,
             (unsigned)draw_below(name, at, 8));
    }
}

static void no_bit_of_a_board_may_change(void **state)
{
    const struct board_desk *desk = *state;

    each_file(desk, json_object_get(desk->vectors->board, "files"), flip_some);
    board_desk_expect(desk, desk->full, BOARD_RESULT, AULA_OK, "");
}

static void no_bit_of_a_rehearsal_may_change(void **state)
{
    const struct board_desk *desk = *state;
    const json_t *small = json_object_get(desk->vectors->board, "rehearsal");

    each_file(desk, json_object_get(small, "files"), flip_many);
    board_desk_expect(desk, desk->small, BOARD_RESULT, AULA_OK, "");
}

static void cut_one(const struct board_desk *desk, const char *name,
                    const uint8_t *bytes, size_t size)
{
    char path[PLACE_BYTES];
    uint8_t *longer = malloc(size + 1);
    struct board_said said;

    assert_non_null(longer);
    office_path(path, desk->small, name);
    if (size > 0) {
        assert_int_equal(truncate(path, (off_t)(size - 1)), 0);
        said = board_desk_check(desk, desk->small, BOARD_RESULT);
        assert_int_not_equal(said.code, AULA_OK);
        assert_false(board_is_failure(said.code));
    }
    memcpy(longer, bytes, size);
    longer[size] = 0;
    office_put(desk->small, name, longer, size + 1);
    said = board_desk_check(desk, desk->small, BOARD_RESULT);
    assert_int_not_equal(said.code, AULA_OK);
    assert_false(board_is_failure(said.code));
    office_put(desk->small, name, bytes, size);
    free(longer);
}

static void no_file_may_be_a_byte_shorter_or_longer(void **state)
{
    const struct board_desk *desk = *state;
    const json_t *small = json_object_get(desk->vectors->board, "rehearsal");

    each_file(desk, json_object_get(small, "files"), cut_one);
    board_desk_expect(desk, desk->small, BOARD_RESULT, AULA_OK, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_link_pipe_or_folder_is_a_file),
        cmocka_unit_test(a_file_of_5_gib_is_refused_without_being_read),
        cmocka_unit_test(an_empty_file_is_refused),
        cmocka_unit_test(no_bit_of_a_board_may_change),
        cmocka_unit_test(no_bit_of_a_rehearsal_may_change),
        cmocka_unit_test(no_file_may_be_a_byte_shorter_or_longer),
    };

    return cmocka_run_group_tests(tests, board_desk_open, board_desk_close);
}
