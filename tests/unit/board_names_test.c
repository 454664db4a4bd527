/* SPDX-License-Identifier: Apache-2.0 */
/* Which names a board has, and which it has to have. */
#include "board_names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "board_desk.h"
#include "office_folder.h"

#define CERT_A "terminals/a077c41b228620ec65d92b043bfa1ad6.cert"
#define TID_C "5aab83411d782f2ee58f8ca24df8a288"

/* A name is moved away while a check runs. */
static void expect_without(const struct board_desk *desk, const char *name,
                           enum board_stage stage, enum aula_code code,
                           const char *object)
{
    char from[PLACE_BYTES];
    char to[PLACE_BYTES];

    office_path(from, desk->full, name);
    office_path(to, desk->folder, "away");
    assert_int_equal(rename(from, to), 0);
    board_desk_expect(desk, desk->full, stage, code, object);
    assert_int_equal(rename(to, from), 0);
}

static void a_board_passes_every_stage(void **state)
{
    const struct board_desk *desk = *state;

    for (int stage = BOARD_CLOSING; stage <= BOARD_RESULT; stage++) {
        board_desk_expect(desk, desk->full, (enum board_stage)stage, AULA_OK,
                          "");
        board_desk_expect(desk, desk->small, (enum board_stage)stage, AULA_OK,
                          "");
    }
}

static void only_names_of_the_form_are_names(void **state)
{
    static const struct {
        const char *path;
        bool is_folder;
        bool is_fine;
    } rows[] = {
        {"package.bin", false, true},
        {"package.bin", true, false},
        {"Package.bin", false, false},
        {"package.bin ", false, false},
        {"closing.bin.part", false, false},
        {"register-late.bin", false, true},
        {"content", true, true},
        {"content", false, false},
        {"content/a", true, true},
        {"content/A", false, false},
        {"content/manifest.bin", false, true},
        {"content/manifest.bin", true, false},
        {"content/..a", false, true},
        {"content/.../a", false, false},
        {CERT_A, false, true},
        {"terminals/" TID_C ".rec", false, false},
        {"terminals/" TID_C "0.cert", false, false},
        {"terminals/" TID_C, true, false},
        {"terminals/5AAB83411D782F2EE58F8CA24DF8A288.cert", false, false},
        {"records/" TID_C ".rec", false, true},
        {"records/" TID_C ".cert", false, false},
        {"approve/0.app", false, true},
        {"approve/10.app", false, true},
        {"approve/010.app", false, false},
        {"approve/.app", false, false},
        {"approve/1", true, false},
        {"approve/1.app/1.app", false, false},
        {"mix/0", true, true},
        {"mix/00", true, false},
        {"mix/0/1.mix", false, true},
        {"mix/0/1.dec", false, false},
        {"mix/1.mix", false, false},
        {"decrypt/12/3.dec", false, true},
        {"decrypt/12/-3.dec", false, false},
        {"index.html", false, true},
        {"ballots-0.pb", false, true},
        {"ballots-01.pb", false, false},
        {"ballots-.pb", false, false},
        {"index.htm", false, false},
        {"index.html", true, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (board_names_is_path(rows[i].path, rows[i].is_folder) !=
            rows[i].is_fine) {
            fail_msg("%s", rows[i].path);
        }
    }
}

static void a_number_may_have_sixty_digits(void **state)
{
    char path[128] = "approve/";

    (void)state;
    memset(path + 8, '1', 61);
    memcpy(path + 8 + 60, ".app", 5);
    assert_true(board_names_is_path(path, false));
    memcpy(path + 8 + 60, "1.app", 6);
    assert_false(board_names_is_path(path, false));
}

static void numbers_are_compared_as_numbers(void **state)
{
    (void)state;
    assert_true(board_names_compare_numbers("2.app", "10.app") < 0);
    assert_true(board_names_compare_numbers("10.app", "2.app") > 0);
    assert_true(board_names_compare_numbers("7.app", "7.mix") == 0);
}

static void what_is_missing_is_named(void **state)
{
    static const struct {
        const char *name;
        enum board_stage from; /* the first stage that wants it */
        enum aula_code code;
        const char *object;
    } rows[] = {
        {"package.bin", BOARD_CLOSING, AULA_BOARD_FILES, ""},
        {"content/manifest.bin", BOARD_CLOSING, AULA_BOARD_FILES, ""},
        {"content/election.json", BOARD_CLOSING, AULA_BOARD_FILES, "content"},
        {"register.bin", BOARD_CLOSING, AULA_BOARD_FILES, ""},
        {"closing.bin", BOARD_CLOSING, AULA_BOARD_FILES, ""},
        {"terminals", BOARD_CLOSING, AULA_BOARD_FILES, ""},
        {"records", BOARD_CLOSING, AULA_BOARD_FILES, ""},
        {"approve", BOARD_CLOSING, AULA_BOARD_FILES, ""},
        {"approve/2.app", BOARD_APPROVALS, AULA_APPROVE_TOO_FEW, "approve"},
        {"mix", BOARD_MIXES, AULA_BOARD_FILES, "mix"},
        {"mix/1/2.mix", BOARD_MIXES, AULA_MIX_TOO_FEW, "mix/1"},
        {"decrypt", BOARD_DECRYPTIONS, AULA_BOARD_FILES, "mix"},
        {"decrypt/1/2.dec", BOARD_DECRYPTIONS, AULA_DEC_TOO_FEW, "decrypt/1"},
        {"result.bin", BOARD_RESULT, AULA_BOARD_FILES, ""},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].from > BOARD_CLOSING) {
            expect_without(*state, rows[i].name, rows[i].from - 1, AULA_OK, "");
        }
        expect_without(*state, rows[i].name, rows[i].from, rows[i].code,
                       rows[i].object);
    }
}

static void an_empty_folder_of_the_content_is_refused(void **state)
{
    const struct board_desk *desk = *state;
    char path[PLACE_BYTES];

    office_path(path, desk->full, "content/photo");
    assert_int_equal(mkdir(path, 0755), 0);
    board_desk_expect(desk, desk->full, BOARD_RESULT, AULA_BOARD_FILES,
                      "content");
    assert_int_equal(rmdir(path), 0);
}

static void a_board_that_is_none_is_a_failure(void **state)
{
    const struct board_desk *desk = *state;
    char path[PLACE_BYTES];

    office_path(path, desk->full, "package.bin");
    board_desk_expect(desk, path, BOARD_RESULT, AULA_IO, "");
    office_path(path, desk->full, "nothing");
    board_desk_expect(desk, path, BOARD_RESULT, AULA_IO, "");
    assert_true(board_is_failure(AULA_IO));
    assert_true(board_is_failure(AULA_MEMORY));
    assert_false(board_is_failure(AULA_BOARD_FILES));
}

static void a_path_that_is_too_long_is_refused(void **state)
{
    const struct board_desk *desk = *state;
    char path[PLACE_BYTES];
    struct board *board = NULL;
    size_t fits = PLACE_BYTES - BOARD_OBJECT_BYTES - 1;

    memset(path, 'a', sizeof path);
    path[fits + 1] = '\0';
    assert_int_equal(board_open(&board, path, NULL, desk->pool, NULL),
                     AULA_BAD_FIELD);
    path[fits] = '\0';
    assert_int_equal(board_open(&board, path, NULL, desk->pool, NULL), AULA_OK);
    board_close(board);
    board_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_board_passes_every_stage),
        cmocka_unit_test(only_names_of_the_form_are_names),
        cmocka_unit_test(a_number_may_have_sixty_digits),
        cmocka_unit_test(numbers_are_compared_as_numbers),
        cmocka_unit_test(what_is_missing_is_named),
        cmocka_unit_test(an_empty_folder_of_the_content_is_refused),
        cmocka_unit_test(a_board_that_is_none_is_a_failure),
        cmocka_unit_test(a_path_that_is_too_long_is_refused),
    };

    return cmocka_run_group_tests(tests, board_desk_open, board_desk_close);
}
