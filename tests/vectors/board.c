/* SPDX-License-Identifier: Apache-2.0 */
/* board.json: whole boards and what `verify --json` says of them (PROTOCOL.md
 * section 14). */
#include "board.h"

#include <stdlib.h>
#include <string.h>

#include "board_case.h"
#include "suites.h"
#include "trial.h"
#include "verify.h"

/* What the boards of the file are made of. */
struct boards {
    const json_t *files; /* path -> bytes */
    uint8_t office_public[SIGN_PUBLIC_BYTES];
};

/* What is read only as part of a whole value. */
static void mark_all(struct source *source, const json_t *value)
{
    const json_t *stack[64];
    size_t count = 0;

    stack[count++] = value;
    while (count > 0) {
        const json_t *one = stack[--count];
        const char *key = NULL;
        json_t *child = NULL;
        size_t i = 0;

        source_mark(source, one);
        json_object_foreach((json_t *)(uintptr_t)one, key, child)
        {
            if (count < 64) {
                stack[count++] = child;
            }
        }
        json_array_foreach(one, i, child)
        {
            if (count < 64) {
                stack[count++] = child;
            }
        }
    }
}

static void expect_json(struct trial *trial, const json_t *row,
                        const struct board_case *found)
{
    struct span json = field_text(trial, row, "json");

    trial_expect_bytes(trial, "json", json.bytes, json.size, found->json,
                       found->json_size);
}

/* ---- the board itself */

static void expect_value(struct trial *trial, const json_t *root,
                         const struct board_case *found)
{
    const json_t *expected = field_object(trial, root, "expect");
    json_t *came = json_loadb(found->json, found->json_size, 0, NULL);

    if (expected != NULL && !json_equal(expected, came)) {
        trial_fail(trial, "expect: another value came");
    }
    mark_all(trial->source, expected);
    json_decref(came);
}

static void expect_ballots(struct trial *trial, const json_t *root,
                           const struct board *board)
{
    const json_t *lists = field_list(trial, root, "ballots");

    trial_expect_number(trial, "contests", json_array_size(lists),
                        board->package.contest_count);
    for (size_t c = 0; c < json_array_size(lists) && !trial_is_bad(trial);
         c++) {
        const json_t *list = json_array_get(lists, c);
        const struct outcome_contest *contest = &board->results[c];
        size_t size = outcome_row_size(&board->package.contests[c].rule);
        size_t count = contest->status == OUTCOME_COUNTED ? contest->count : 0;

        trial_at(trial, "ballots[%zu]", c);
        source_mark(trial->source, list);
        trial_expect_number(trial, "ballots", json_array_size(list), count);
        for (size_t i = 0; i < count && !trial_is_bad(trial); i++) {
            const json_t *ballot = json_array_get(list, i);
            const uint8_t *row = contest->rows + i * size;
            uint64_t code = field_number(trial, ballot, "code", 5);
            struct span plain = field_bytes(trial, ballot, "plaintext");

            source_mark(trial->source, ballot);
            trial_expect_number(trial, "code", code, row[0]);
            trial_expect_bytes(trial, "plaintext", plain.bytes, plain.size,
                               row + 1, size - 1);
        }
    }
}

static void check_whole(struct trial *trial, const json_t *root, void *state)
{
    struct boards *boards = state;
    struct board_case found;

    boards->files = field_object(trial, root, "files");
    field_fixed(trial, root, "office_public", boards->office_public,
                sizeof boards->office_public);
    board_case_run(&found, trial, boards->files, NULL, boards->office_public);
    expect_json(trial, root, &found);
    expect_value(trial, root, &found);
    trial_expect_code(trial, AULA_OK, found.code);
    if (!trial_is_bad(trial)) {
        expect_ballots(trial, root, found.board);
    }
    board_case_close(&found);
}

/* ---- others */

static void check_rehearsal(struct trial *trial, const json_t *row, void *state)
{
    const struct boards *boards = state;
    struct board_case found;

    board_case_run(&found, trial, field_object(trial, row, "files"), NULL,
                   boards->office_public);
    expect_json(trial, row, &found);
    trial_expect_code(trial, AULA_OK, found.code);
    board_case_close(&found);
}

static void check_variant(struct trial *trial, const json_t *row, void *state)
{
    const struct boards *boards = state;
    struct board_case found;

    board_case_run(&found, trial, boards->files,
                   field_object(trial, row, "change"), boards->office_public);
    expect_json(trial, row, &found);
    trial_expect_code(trial, AULA_OK, found.code);
    board_case_close(&found);
}

static void check_tampered(struct trial *trial, const json_t *row, void *state)
{
    const struct boards *boards = state;
    enum aula_code error = field_error(trial, row, "error");
    uint8_t key[SIGN_PUBLIC_BYTES];
    struct board_case found;

    memcpy(key, boards->office_public, sizeof key);
    if (field_is_there(row, "office_public")) {
        field_fixed(trial, row, "office_public", key, sizeof key);
    }
    board_case_run(&found, trial, boards->files,
                   field_object(trial, row, "change"), key);
    trial_expect_code(trial, error, found.code);
    expect_json(trial, row, &found);
    board_case_close(&found);
}

void suite_board(struct source *source)
{
    struct boards boards = {0};

    source_values(source, "board", check_whole, &boards);
    source_single(source, "rehearsal", check_rehearsal, &boards);
    source_each_in(source, "variants", "cases", check_variant, &boards);
    source_each_in(source, "tampered", "cases", check_tampered, &boards);
}
