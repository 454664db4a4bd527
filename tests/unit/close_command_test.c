/* SPDX-License-Identifier: Apache-2.0 */
/* `aula office close`: the board of the vectors is made of the archive of its
 * records, byte for byte; one closing and no second; and what it refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "cheap_pwhash.h"

#include "board.h"
#include "close.h"
#include "close_desk.h"
#include "file.h"

#define CLOSE "office close BOARD" CLOSE_BY

/* What comes after the closing. */
static bool is_later(const char *name)
{
    return strncmp(name, "approve/", 8) == 0 || strncmp(name, "mix/", 4) == 0 ||
           strncmp(name, "decrypt/", 8) == 0 || strcmp(name, "result.bin") == 0;
}

static void expect_board(const struct close_desk *desk, const char *folder)
{
    json_t *files = json_object_get(desk->vectors->board, "files");
    const char *name;
    json_t *value;

    json_object_foreach(files, name, value)
    {
        size_t size = 0;
        size_t found_size = 0;
        uint8_t *bytes;
        uint8_t *found;

        if (is_later(name)) {
            continue;
        }
        bytes = vector_bytes(value, &size);
        found = office_get(folder, name, &found_size);
        assert_int_equal(found_size, size);
        assert_memory_equal(found, bytes, size);
        free(found);
        free(bytes);
    }
}

static void the_board_of_an_archive_is_that_of_the_vectors(void **state)
{
    struct close_desk *desk = *state;
    struct board *board = NULL;
    struct pool *pool = NULL;

    close_desk_run(desk, CLOSE, 0, "\"closing\":\"", "\"open\":0");
    expect_board(desk, desk->board);
    assert_int_equal(pool_open(&pool, 1, NULL), AULA_OK);
    assert_int_equal(board_open(&board, desk->board, NULL, pool, NULL),
                     AULA_OK);
    assert_int_equal(board_check(board, BOARD_CLOSING, NULL), AULA_OK);
    board_close(board);
    pool_close(pool);
}

static void what_is_not_counted_is_said_before_it_is_signed(void **state)
{
    struct close_desk *desk = *state;

    close_desk_run(desk,
                   "office close BOARD --office OFFICE "
                   "--passphrase-file ./none",
                   1, "not counted, VOTED_ELSEWHERE: 1",
                   "not counted, DUPLICATE_VOTER: 1");
    assert_false(office_has(desk->folder, "board"));
    assert_false(office_has(desk->election->folder, CLOSE_FILE));
    close_desk_run(desk, CLOSE, 0, "\"error\":\"BALLOT_PROOF\"",
                   "\"name\":\"SMALL_CONTEST\"");
}

static void the_tag_key_is_destroyed_after_the_closing(void **state)
{
    struct close_desk *desk = *state;

    assert_true(office_has(desk->election->folder, "tag.key"));
    close_desk_run(desk, CLOSE, 0, NULL, NULL);
    assert_false(office_has(desk->election->folder, "tag.key"));
}

static void another_run_writes_the_same_board_and_needs_no_key(void **state)
{
    struct close_desk *desk = *state;
    char again[PLACE_BYTES];

    close_desk_run(desk, CLOSE, 0, "\"again\":false", NULL);
    close_desk_run(desk, CLOSE, 1, "something stands there", NULL);
    desk->now += 1000;
    close_desk_run(desk, "office close ./again --office OFFICE --json", 0,
                   "\"again\":true", NULL);
    office_path(again, desk->folder, "again");
    expect_board(desk, again);
}

static void no_second_closing_is_signed(void **state)
{
    struct close_desk *desk = *state;
    size_t size = 0;
    size_t size_after = 0;
    uint8_t *bytes;
    uint8_t *after;

    desk->skipped_seq = 0;
    close_desk_run(desk, CLOSE, 0, NULL, NULL);
    bytes = office_get(desk->election->folder, CLOSE_FILE, &size);
    office_remove(desk->election->folder, "elsewhere.bin");
    close_desk_run(desk, "office close ./again" CLOSE_BY, 1, "CLOSING_MISMATCH",
                   CLOSE_FILE);
    assert_false(office_has(desk->folder, "again"));
    after = office_get(desk->election->folder, CLOSE_FILE, &size_after);
    assert_int_equal(size_after, size);
    assert_memory_equal(after, bytes, size);
    after[size - 1] ^= 1;
    office_put(desk->election->folder, CLOSE_FILE, after, size);
    close_desk_run(desk, "office close ./again" CLOSE_BY, 1, "SIG_INVALID",
                   CLOSE_FILE);
    free(after);
    free(bytes);
}

static void a_closing_is_not_early(void **state)
{
    struct close_desk *desk = *state;

    desk->now = desk->vectors->package.closes;
    close_desk_run(desk, CLOSE, 1, "CLOSING_EARLY", NULL);
    assert_false(office_has(desk->folder, "board"));
    desk->now++;
    close_desk_run(desk, CLOSE, 0, NULL, NULL);
}

static void the_rest_of_the_same_board_is_used_again(void **state)
{
    struct close_desk *desk = *state;
    char part[PLACE_BYTES];

    office_path(part, desk->folder, "board.part");
    assert_int_equal(mkdir(part, 0755), 0); /* an empty one is nobody's */
    close_desk_run(desk, CLOSE, 0, NULL, NULL);
    assert_int_equal(file_move(desk->board, part, NULL), AULA_OK);
    office_remove(part, "register.bin");
    close_desk_run(desk, CLOSE, 0, NULL, NULL);
    expect_board(desk, desk->board);
    assert_int_equal(file_move(desk->board, part, NULL), AULA_OK);
    office_put(part, CLOSE_FILE, "AULC", 4);
    close_desk_run(desk, CLOSE, 1, "board.part", "something else");
    assert_false(office_has(desk->folder, "board"));
}

static void registers_and_certificates_have_to_agree(void **state)
{
    struct close_desk *desk = *state;
    size_t size = 0;
    uint8_t *bytes = office_get(desk->election->folder, "register.bin", &size);
    uint8_t made[REGISTER_BYTES(1)];
    uint8_t tids[1][TERMINAL_ID_BYTES];

    office_remove(desk->election->folder, "register.bin");
    close_desk_run(desk, CLOSE, 1, "no register.bin", NULL);
    memcpy(tids[0], bytes + size - 64 - TERMINAL_ID_BYTES, sizeof tids[0]);
    assert_int_equal(register_make(made, &desk->vectors->package,
                                   desk->vectors->office_secret, 1, tids, 1,
                                   NULL),
                     AULA_OK);
    office_put(desk->election->folder, "register.bin", made, sizeof made);
    close_desk_run(desk, CLOSE, 1, "in no register", NULL);
    assert_false(office_has(desk->election->folder, CLOSE_FILE));
    free(bytes);
}

static void a_registered_terminal_needs_its_certificate(void **state)
{
    struct close_desk *desk = *state;

    close_desk_run(desk, CLOSE, 1, "its certificate is not here", NULL);
}

static void the_content_has_to_be_whole(void **state)
{
    struct close_desk *desk = *state;
    const char *folder = desk->election->folder;
    size_t size = 0;
    uint8_t *bytes = office_get(folder, DESK_CONTENT, &size);

    office_put(folder, DESK_CONTENT, bytes, size - 1);
    close_desk_run(desk, CLOSE, 1, DESK_CONTENT, "TRUNCATED");
    bytes[size - 1] ^= 1;
    office_put(folder, DESK_CONTENT, bytes, size);
    close_desk_run(desk, CLOSE, 1, DESK_CONTENT, "CONTENT_FILE");
    bytes[size - 1] ^= 1;
    office_remove(folder, DESK_CONTENT);
    close_desk_run(desk, CLOSE, 1, DESK_CONTENT, NULL);
    office_put(desk->folder, "other.aula", bytes, size);
    close_desk_run(desk, "office close BOARD --content ./other.aula" CLOSE_BY,
                   0, NULL, NULL);
    expect_board(desk, desk->board);
    free(bytes);
}

static int make_gap(void **state)
{
    struct close_desk *desk;
    size_t size = 0;
    uint8_t *bytes;

    (void)close_desk_make(state);
    desk = *state;
    bytes = vector_board_get(desk->vectors, "register.bin", &size);
    memcpy(desk->skipped, bytes + size - 64 - TERMINAL_ID_BYTES,
           TERMINAL_ID_BYTES);
    desk->skipped_seq = 3;
    close_desk_import(desk);
    free(bytes);
    return 0;
}

static void open_findings_want_an_explanation(void **state)
{
    struct close_desk *desk = *state;

    close_desk_run(desk, CLOSE, 1, "findings are open", NULL);
    assert_false(office_has(desk->election->folder, CLOSE_FILE));
    assert_true(office_has(desk->election->folder, "tag.key"));
    close_desk_run(desk, "office close BOARD --incomplete" CLOSE_BY, 0,
                   "\"name\":\"GAP\"", "\"open\":true");
}

static void a_damaged_archive_is_refused(void **state)
{
    struct close_desk *desk = *state;

    office_put(desk->election->folder, ARCHIVE_FILE, "SQLite format 3", 16);
    close_desk_run(desk, CLOSE, 1, ARCHIVE_FILE, NULL);
    assert_false(office_has(desk->folder, "board"));
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, close_desk_make_full,                \
                                    close_desk_clear)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(the_board_of_an_archive_is_that_of_the_vectors),
        TEST(what_is_not_counted_is_said_before_it_is_signed),
        TEST(the_tag_key_is_destroyed_after_the_closing),
        TEST(another_run_writes_the_same_board_and_needs_no_key),
        TEST(no_second_closing_is_signed),
        TEST(a_closing_is_not_early),
        TEST(the_rest_of_the_same_board_is_used_again),
        TEST(registers_and_certificates_have_to_agree),
        cmocka_unit_test_setup_teardown(
            a_registered_terminal_needs_its_certificate, close_desk_make,
            close_desk_clear),
        TEST(the_content_has_to_be_whole),
        cmocka_unit_test_setup_teardown(open_findings_want_an_explanation,
                                        make_gap, close_desk_clear),
        TEST(a_damaged_archive_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
