/* SPDX-License-Identifier: Apache-2.0 */
/* aula verify: verdicts, exit statuses, and looking a ballot code up. */
#include "verify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sodium.h>

#include <cmocka.h>

#include "board_desk.h"
#include "code.h"
#include "commands.h"
#include "office_folder.h"
#include "verify_code.h"

enum { KEY_TEXT_BYTES = 2 * SIGN_PUBLIC_BYTES + 1, WORDS_MAX = 10 };

/* What a run printed. */
struct printed {
    int status;
    char *out;
    char *errors;
};

static uint64_t noon(void *context)
{
    (void)context;
    return 1790000000;
}

/* Run `aula verify`; the words end with NULL. */
static struct printed run(const char *const *words)
{
    static const struct command *const table[] = {&command_verify, NULL};
    struct printed printed = {0, NULL, NULL};
    size_t out_size = 0;
    size_t errors_size = 0;
    struct command_place place = {
        .out = open_memstream(&printed.out, &out_size),
        .errors = open_memstream(&printed.errors, &errors_size),
        .clock = {noon, NULL}};
    char *argv[WORDS_MAX + 3] = {NULL};
    int argc = 0;

    assert_non_null(place.out);
    assert_non_null(place.errors);
    argv[argc++] = strdup("aula");
    argv[argc++] = strdup("verify");
    while (*words != NULL) {
        assert_true(argc < WORDS_MAX);
        argv[argc++] = strdup(*words++);
    }
    printed.status = command_main(table, &place, argc, argv);
    (void)fclose(place.out);
    (void)fclose(place.errors);
    while (argc > 0) {
        free(argv[--argc]);
    }
    return printed;
}

static void drop(struct printed *printed)
{
    free(printed->out);
    free(printed->errors);
}

static bool has(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}

static void write_key(char text[static KEY_TEXT_BYTES],
                      const struct board_desk *desk)
{
    (void)sodium_bin2hex(text, KEY_TEXT_BYTES, desk->vectors->office_public,
                         SIGN_PUBLIC_BYTES);
}

/* Run with the office's key and up to three more words. */
static struct printed run_board(const struct board_desk *desk,
                                const char *folder, const char *first,
                                const char *second, const char *third)
{
    char key[KEY_TEXT_BYTES];
    const char *words[] = {folder, "--office-key", key, first,
                           second, third,          NULL};

    write_key(key, desk);
    return run(words);
}

/* ---- verdicts */

static void a_good_board_is_valid_and_exits_0(void **state)
{
    const struct board_desk *desk = *state;
    struct printed printed = run_board(desk, desk->full, NULL, NULL, NULL);

    assert_int_equal(printed.status, 0);
    assert_true(strncmp(printed.out, "VALID\n", 6) == 0);
    assert_true(has(printed.out, "newspaper"));
    assert_true(has(printed.out, "DUPLICATE_VOTER"));
    assert_true(has(printed.out, "T2B8-173J-XFZ0-8614-GRC3"));
    assert_string_equal(printed.errors, "");
    drop(&printed);
}

static void a_rehearsal_is_called_one(void **state)
{
    const struct board_desk *desk = *state;
    struct printed printed = run_board(desk, desk->small, NULL, NULL, NULL);

    assert_int_equal(printed.status, 0);
    assert_true(strncmp(printed.out, "VALID REHEARSAL\n", 16) == 0);
    drop(&printed);
}

/* A board of the variants, laid over the full one for a while. */
static void an_open_finding_makes_it_incomplete_and_exits_3(void **state)
{
    static const char *const nothing[] = {NULL};
    const struct board_desk *desk = *state;
    const json_t *cases =
        json_object_get(json_object_get(desk->vectors->board, "variants"),
                        "cases");
    const json_t *row = json_array_get(cases, 0);
    const char *json = json_string_value(json_object_get(row, "json"));
    struct printed printed;

    vector_board_lay(json_object_get(row, "change"), desk->full, nothing);
    printed = run_board(desk, desk->full, "--json", NULL, NULL);
    assert_int_equal(printed.status, 3);
    assert_string_equal(printed.out, json);
    drop(&printed);
    printed = run_board(desk, desk->full, NULL, NULL, NULL);
    assert_int_equal(printed.status, 3);
    assert_true(strncmp(printed.out, "INCOMPLETE\n", 11) == 0);
    assert_true(has(printed.out, "NO_CLOSE"));
    assert_true(has(printed.out, "OPEN"));
    drop(&printed);
    vector_board_lay(json_object_get(desk->vectors->board, "files"), desk->full,
                     nothing);
}

static void a_fault_makes_it_invalid_and_further_ones_are_told(void **state)
{
    static const char *const nothing[] = {NULL};
    const struct board_desk *desk = *state;
    struct printed printed;

    office_put(desk->full, "content/photos/1.jpg", "x", 1);
    office_put(desk->full, "content/photos/2.jpg", "x", 1);
    office_put(desk->full, "approve/2.app", "x", 1);
    office_put(desk->full, "mix/0/2.mix", "x", 1);
    office_put(desk->full, "decrypt/1/1.dec", "x", 1);
    printed = run_board(desk, desk->full, NULL, NULL, NULL);
    assert_int_equal(printed.status, 1);
    assert_true(strncmp(printed.out, "INVALID\n", 8) == 0);
    assert_true(has(printed.out, "content/photos/1.jpg: "));
    assert_true(has(printed.out, "content/photos/2.jpg: "));
    assert_true(has(printed.out, "approve/2.app: "));
    assert_true(has(printed.out, "mix/0/2.mix: "));
    assert_true(has(printed.out, "decrypt/1/1.dec: "));
    assert_false(has(printed.out, "result.bin"));
    assert_true(has(printed.errors, "aula: content/photos/1.jpg: "));
    drop(&printed);
    vector_board_lay(json_object_get(desk->vectors->board, "files"), desk->full,
                     nothing);
}

static void a_page_that_the_board_does_not_give_is_refused(void **state)
{
    const struct board_desk *desk = *state;
    struct printed printed;

    office_put(desk->full, "index.html", "x", 1);
    printed = run_board(desk, desk->full, "--json", NULL, NULL);
    assert_int_equal(printed.status, 1);
    assert_true(has(printed.out, "\"name\":\"RESULT_MISMATCH\","
                                 "\"object\":\"index.html\""));
    drop(&printed);
    office_remove(desk->full, "index.html");
}

static void another_key_is_refused_and_none_is_wrong_usage(void **state)
{
    const struct board_desk *desk = *state;
    char key[KEY_TEXT_BYTES];
    const char *with[] = {desk->full, "--office-key", key, NULL};
    const char *without[] = {desk->full, NULL};
    struct printed printed;

    write_key(key, desk);
    key[0] = key[0] == '0' ? '1' : '0';
    printed = run(with);
    assert_int_equal(printed.status, 1);
    assert_true(has(printed.out, "PKG_OFFICE_KEY"));
    drop(&printed);
    printed = run(without);
    assert_int_equal(printed.status, 2);
    drop(&printed);
}

static void what_cannot_be_read_has_no_verdict(void **state)
{
    const struct board_desk *desk = *state;
    char path[PLACE_BYTES];
    struct printed printed;

    office_path(path, desk->folder, "nothing");
    printed = run_board(desk, path, "--json", NULL, NULL);
    assert_int_equal(printed.status, 1);
    assert_true(has(printed.out, "\"error\":\"IO\""));
    assert_false(has(printed.out, "verdict"));
    drop(&printed);
}

static void the_number_of_threads_changes_nothing(void **state)
{
    static const char *const counts[] = {"1", "3", "8"};
    const struct board_desk *desk = *state;
    const char *json =
        json_string_value(json_object_get(desk->vectors->board, "json"));

    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        struct printed printed;

        assert_int_equal(setenv("AULA_THREADS", counts[i], 1), 0);
        printed = run_board(desk, desk->full, "--json", NULL, NULL);
        assert_int_equal(printed.status, 0);
        assert_string_equal(printed.out, json);
        drop(&printed);
    }
    assert_int_equal(unsetenv("AULA_THREADS"), 0);
}

/* ---- codes */

/* A ballot of the board by what became of it. */
struct wish {
    const struct board *board;
    enum record_kind kind;
    enum aula_code excluded;
    bool is_apart;
    bool is_found;
    struct code_qr qr;
};

static enum aula_code look(void *arg, const struct board_record *found,
                           struct aula_error *err)
{
    struct wish *wish = arg;
    const struct record *record = found->record;

    (void)err;
    if (!wish->is_found && record->kind == wish->kind &&
        found->excluded == wish->excluded &&
        found->is_apart == wish->is_apart) {
        wish->is_found = true;
        record_code_hash(wish->qr.hash, record, &wish->board->package);
        memcpy(wish->qr.tid, record->tid, CODE_TID_BYTES);
        wish->qr.seq = record->seq;
    }
    return AULA_OK;
}

static struct code_qr find(const struct board_desk *desk, enum record_kind kind,
                           enum aula_code excluded, bool is_apart)
{
    struct wish wish = {
        .kind = kind, .excluded = excluded, .is_apart = is_apart};
    struct board *board = NULL;

    assert_int_equal(board_open(&board, desk->full, NULL, desk->pool, NULL),
                     AULA_OK);
    assert_int_equal(board_check(board, BOARD_CLOSING, NULL), AULA_OK);
    wish.board = board;
    assert_int_equal(board_each_record(board, look, &wish, NULL), AULA_OK);
    board_close(board);
    assert_true(wish.is_found);
    return wish.qr;
}

/* Look it up as typed, and as its picture says. */
static void expect_found(const struct board_desk *desk,
                         const struct code_qr *qr, const char *words,
                         const char *json)
{
    char code[CODE_TEXT_BYTES];
    char picture[CODE_QR_BYTES];
    const char *const texts[] = {code, picture};

    code_write(code, qr->hash);
    code_qr_write(picture, CODE_HEAD_BALLOT, qr);
    for (size_t i = 0; i < 2; i++) {
        struct printed printed = run_board(desk, desk->full, "--code", texts[i],
                                           NULL);

        assert_int_equal(printed.status, 0);
        assert_true(has(printed.out, code));
        assert_true(has(printed.out, "terminal "));
        assert_true(has(printed.out, "number "));
        assert_true(has(printed.out, words));
        drop(&printed);
        printed = run_board(desk, desk->full, "--json", "--code", texts[i]);
        assert_int_equal(printed.status, 0);
        assert_true(has(printed.out, json));
        drop(&printed);
    }
}

static void a_code_is_found_with_what_became_of_the_ballot(void **state)
{
    const struct board_desk *desk = *state;
    struct code_qr qr = find(desk, RECORD_CAST, AULA_OK, false);

    expect_found(desk, &qr, "it is counted", "\"counted\":true,\"error\":null");
    qr = find(desk, RECORD_CAST, AULA_VOTED_ELSEWHERE, false);
    expect_found(desk, &qr, "not counted: the voter stands in the list",
                 "\"counted\":false,\"error\":\"VOTED_ELSEWHERE\"");
    qr = find(desk, RECORD_CAST, AULA_DUPLICATE_VOTER, false);
    expect_found(desk, &qr, "not counted: another ballot",
                 "\"error\":\"DUPLICATE_VOTER\"");
    qr = find(desk, RECORD_CHALLENGED, AULA_OK, false);
    expect_found(desk, &qr, "it was opened to check the terminal",
                 "\"kind\":\"challenged\",\"counted\":false");
    qr = find(desk, RECORD_CAST, AULA_BALLOT_PROOF, true);
    expect_found(desk, &qr, "(quarantine)", "\"error\":\"BALLOT_PROOF\"");
}

static void a_code_that_is_not_there_exits_1(void **state)
{
    const struct board_desk *desk = *state;
    const uint8_t hash[CODE_HASH_BYTES] = {7};
    struct code_qr qr = find(desk, RECORD_CAST, AULA_OK, false);
    char text[CODE_QR_BYTES];
    struct printed printed;

    code_write(text, hash);
    printed = run_board(desk, desk->full, "--code", text, NULL);
    assert_int_equal(printed.status, 1);
    assert_true(has(printed.out, "not found"));
    drop(&printed);
    qr.hash[31] ^= 1; /* beyond the 95 bits that are typed */
    code_qr_write(text, CODE_HEAD_BALLOT, &qr);
    printed = run_board(desk, desk->full, "--code", text, NULL);
    assert_int_equal(printed.status, 1);
    assert_true(has(printed.out, "not found"));
    drop(&printed);
}

static void without_a_key_it_is_said_what_was_not_checked(void **state)
{
    const struct board_desk *desk = *state;
    struct code_qr qr = find(desk, RECORD_CAST, AULA_OK, false);
    char code[CODE_TEXT_BYTES];
    const char *words[] = {desk->full, "--code", code, NULL};
    struct printed printed;

    code_write(code, qr.hash);
    printed = run(words);
    assert_int_equal(printed.status, 0);
    assert_true(has(printed.out, "was not checked"));
    drop(&printed);
    code[0] = code[0] == '2' ? '3' : '2'; /* a slip of the pen */
    printed = run(words);
    assert_int_equal(printed.status, 1);
    assert_string_equal(printed.out, "");
    assert_true(printed.errors[0] != '\0');
    drop(&printed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_board_is_valid_and_exits_0),
        cmocka_unit_test(a_rehearsal_is_called_one),
        cmocka_unit_test(an_open_finding_makes_it_incomplete_and_exits_3),
        cmocka_unit_test(a_fault_makes_it_invalid_and_further_ones_are_told),
        cmocka_unit_test(a_page_that_the_board_does_not_give_is_refused),
        cmocka_unit_test(another_key_is_refused_and_none_is_wrong_usage),
        cmocka_unit_test(what_cannot_be_read_has_no_verdict),
        cmocka_unit_test(the_number_of_threads_changes_nothing),
        cmocka_unit_test(a_code_is_found_with_what_became_of_the_ballot),
        cmocka_unit_test(a_code_that_is_not_there_exits_1),
        cmocka_unit_test(without_a_key_it_is_said_what_was_not_checked),
    };

    return cmocka_run_group_tests(tests, board_desk_open, board_desk_close);
}
