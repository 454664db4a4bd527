/* SPDX-License-Identifier: Apache-2.0 */
/* The pages of the board of the vectors: what is taken from it, and that each
 * file that differs is refused. Its content is no election that can be shown:
 * the test gives it one with the package's contests. */
#include "pages.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "office_folder.h"
#include "pages_name.h"
#include "place.h"
#include "vector_board.h"

/* ---- an election for the package */

static json_t *both(const char *text)
{
    return json_pack("{s:s, s:s}", "kk", text, "ru", text);
}

static json_t *proposal_of(const struct package_contest *contest, size_t at)
{
    return json_pack("{s:i, s:s%, s:o, s:o, s:I}", "number", (int)at + 1, "id",
                     contest->ids[at].text, contest->ids[at].size, "title",
                     both("Ұсыныс <предложение>"), "short", both("Қысқа"),
                     "cost", (json_int_t)contest->rule.costs[at]);
}

static json_t *contest_of(const struct package_contest *contest, size_t at)
{
    static const char *const types[] = {"", "approval", "knapsack", "points",
                                        "ranking"};
    static const char *const rules[] = {"", "greedy_votes", "greedy_votes",
                                        "greedy_points", "greedy_rank_points"};
    const struct plaintext_rule *rule = &contest->rule;
    json_t *proposals = json_array();
    json_t *json;
    char id[16];

    (void)snprintf(id, sizeof id, "c%zu", at);
    for (size_t i = 0; i < rule->n; i++) {
        (void)json_array_append_new(proposals, proposal_of(contest, i));
    }
    json = json_pack("{s:s, s:o, s:s, s:s, s:I, s:s, s:s, s:i, s:o}", "id", id,
                     "name", both(id), "district", "d", "type",
                     types[rule->type], "budget",
                     (json_int_t)(rule->budget > 0 ? rule->budget : 30000000),
                     "rule", rules[rule->type], "ties", "id", "minimum_votes",
                     2, "proposals", proposals);
    if (rule->limit > 0) {
        (void)json_object_set_new(json, "limit", json_integer(rule->limit));
    }
    if (rule->cap > 0) {
        (void)json_object_set_new(json, "cap", json_integer(rule->cap));
    }
    return json;
}

static void give_election(struct board *board)
{
    json_t *contests = json_array();
    struct aula_error err = {0};
    json_t *json;
    char *text;

    for (size_t i = 0; i < board->package.contest_count; i++) {
        (void)json_array_append_new(contests,
                                    contest_of(&board->package.contests[i], i));
    }
    json =
        json_pack("{s:s, s:o, s:o, s:o, s:s, s:{s:s, s:s, s:s}, s:{s:s, s:s}, "
                  "s:{s:s, s:s, s:s}, s:{s:i, s:i}, s:[{s:s, s:o}], s:o}",
                  "format", ELECTION_FORMAT, "title", both("Бюджет"), "place",
                  both("Қала"), "about", both("Сынақ"), "mode", "rehearsal",
                  "dates", "first", "2026-09-21", "last", "2026-09-28",
                  "utc_offset", "+05:00", "hours", "from", "09:00", "to",
                  "18:00", "voters", "id_scheme", "iin", "tag_stretch", "none",
                  "one_per", "election", "publication", "min_anon", 5,
                  "small_cell", 3, "districts", "id", "d", "name",
                  both("Аудан"), "contests", contests);
    assert_non_null(json);
    text = json_dumps(json, 0);
    assert_non_null(text);
    election_close(&board->election);
    if (election_open(&board->election, NULL, (const uint8_t *)text,
                      strlen(text), &err) != AULA_OK) {
        fail_msg("%s", err.message);
    }
    board->has_election = true;
    free(text);
    json_decref(json);
}

/* ---- the board */

struct desk {
    struct vector_board *vectors;
    char *folder;
    struct pool *pool;
    struct board *board;
    struct pages *pages;
};

static int set_up(void **state)
{
    static const char *const nothing[] = {NULL};
    struct desk *desk = calloc(1, sizeof *desk);
    void *made = NULL;

    assert_non_null(desk);
    assert_true(sodium_init() >= 0);
    assert_int_equal(vector_board_open(&made), 0);
    desk->vectors = made;
    assert_int_equal(office_folder_make(&made), 0);
    desk->folder = made;
    vector_board_lay(json_object_get(desk->vectors->board, "files"),
                     desk->folder, nothing);
    assert_int_equal(pool_open(&desk->pool, 2, NULL), AULA_OK);
    assert_int_equal(board_open(&desk->board, desk->folder,
                                desk->vectors->office_public, desk->pool, NULL),
                     AULA_OK);
    assert_int_equal(board_check(desk->board, BOARD_RESULT, NULL), AULA_OK);
    give_election(desk->board);
    assert_int_equal(pages_open(&desk->pages, desk->board, NULL), AULA_OK);
    *state = desk;
    return 0;
}

static int tear_down(void **state)
{
    struct desk *desk = *state;
    void *made = desk->vectors;

    pages_close(desk->pages);
    board_close(desk->board);
    pool_close(desk->pool);
    assert_int_equal(vector_board_close(&made), 0);
    made = desk->folder;
    assert_int_equal(office_folder_clear(&made), 0);
    free(desk);
    return 0;
}

/* ---- what is taken from it */

static json_int_t wanted(const struct desk *desk, const char *list, size_t at,
                         const char *key)
{
    const json_t *expect = json_object_get(desk->vectors->board, "expect");

    return json_integer_value(json_object_get(
        json_array_get(json_object_get(expect, list), at), key));
}

static void the_numbers_are_those_of_verify(void **state)
{
    const struct desk *desk = *state;
    const struct page_facts *facts = pages_facts(desk->pages);
    uint64_t in_days = 0;
    uint64_t counted = 0;

    assert_int_equal(facts->contest_count, 5);
    for (size_t i = 0; i < facts->contest_count; i++) {
        const struct page_contest *contest = &facts->contests[i];
        uint64_t excluded = 0;

        for (int j = 0; j < PAGE_EXCLUSIONS; j++) {
            excluded += contest->excluded[j];
        }
        assert_int_equal(contest->cast, wanted(desk, "contests", i, "cast"));
        assert_int_equal(excluded, wanted(desk, "contests", i, "excluded"));
        assert_int_equal(contest->excluded[PAGE_ELSEWHERE],
                         wanted(desk, "contests", i, "voted_elsewhere"));
        assert_int_equal(contest->counted,
                         wanted(desk, "contests", i, "counted"));
        assert_int_equal(contest->valid, wanted(desk, "contests", i, "valid"));
        counted += contest->counted;
    }
    assert_int_equal(facts->contests[0].status, PAGE_COUNTED);
    assert_int_equal(facts->contests[2].status, PAGE_WITHHELD);
    assert_int_equal(facts->contests[3].status, PAGE_EMPTY);
    for (size_t i = 0; i < facts->terminal_count; i++) {
        assert_int_equal(facts->terminals[i].cast,
                         wanted(desk, "terminals", i, "cast"));
        assert_int_equal(facts->terminals[i].challenged,
                         wanted(desk, "terminals", i, "challenged"));
        assert_true(facts->terminals[i].label.size > 0);
    }
    for (size_t i = 0; i < facts->terminal_count * facts->day_count; i++) {
        in_days += facts->turnout[i];
    }
    assert_int_equal(in_days, counted);
    assert_int_equal(facts->quarantined, 2);
    assert_int_equal(facts->elsewhere_count, 2);
    assert_int_equal(facts->trustee_count, VECTOR_TRUSTEES);
    assert_true(facts->trustees[2].has_approved);
    assert_true(facts->trustees[2].has_mixed);
    assert_false(facts->trustees[2].has_decrypted);
}

static void every_ballot_has_its_code(void **state)
{
    const struct desk *desk = *state;
    const struct page_facts *facts = pages_facts(desk->pages);
    size_t states[PAGE_CODE_STATES] = {0};

    assert_int_equal(facts->code_count, 16);
    for (size_t i = 0; i < facts->code_count; i++) {
        states[facts->codes[i].state]++;
        assert_int_equal(facts->codes[i].code[PAGE_CODE_BYTES - 1] & 1, 0);
        assert_true(i == 0 ||
                    memcmp(facts->codes[i - 1].code, facts->codes[i].code,
                           PAGE_CODE_BYTES) < 0);
    }
    assert_int_equal(states[PAGE_CODE_COUNTED], 11);
    assert_int_equal(states[PAGE_CODE_WITHHELD], 2);
    assert_int_equal(states[PAGE_CODE_CHALLENGED], 1);
    assert_int_equal(states[PAGE_CODE_ELSEWHERE], 1);
    assert_int_equal(states[PAGE_CODE_DUPLICATE], 1);
}

/* ---- files */

static const char *const names[] = {
    "index.html",   "report.html",      "protocol.html", "result.json",
    "projects.csv", "projects.geojson", "ballots-0.pb",  "ballots-1.pb"};

enum { NAMES = sizeof names / sizeof *names };
static void what_is_written_compares_equal(void **state)
{
    const struct desk *desk = *state;
    struct aula_error err = {0};

    assert_int_equal(pages_write(desk->pages, NULL), AULA_OK);
    for (size_t i = 0; i < NAMES; i++) {
        assert_false(place_is_missing(desk->folder, names[i]));
        assert_int_equal(pages_compare(desk->pages, names[i], &err), AULA_OK);
    }
    assert_true(place_is_missing(desk->folder, "ballots-2.pb"));
    assert_int_equal(pages_compare(desk->pages, "ballots-2.pb", &err),
                     AULA_RESULT_MISMATCH);
}

static void write_changed(const struct desk *desk, const char *name,
                          const uint8_t *bytes, size_t size, size_t at)
{
    uint8_t *copy = malloc(size + 1);

    assert_non_null(copy);
    memcpy(copy, bytes, size);
    copy[size] = 'x';
    if (at < size) {
        copy[at] ^= 1;
    }
    office_put(desk->folder, name, copy, at > size ? size + 1 : size);
    free(copy);
}

static void a_file_that_differs_is_refused(void **state)
{
    const struct desk *desk = *state;

    assert_int_equal(pages_write(desk->pages, NULL), AULA_OK);
    for (size_t i = 0; i < NAMES; i++) {
        struct aula_error err = {0};
        size_t size = 0;
        uint8_t *bytes = office_get(desk->folder, names[i], &size);

        for (size_t at = 0; at < size; at += 1 + size / 7) {
            write_changed(desk, names[i], bytes, size, at);
            assert_int_equal(pages_compare(desk->pages, names[i], &err),
                             AULA_RESULT_MISMATCH);
            assert_non_null(strstr(err.message, names[i]));
        }
        write_changed(desk, names[i], bytes, size,
                      size + 1); /* one byte more */
        assert_int_equal(pages_compare(desk->pages, names[i], NULL),
                         AULA_RESULT_MISMATCH);
        write_changed(desk, names[i], bytes, size - 1, size - 1); /* one less */
        assert_int_equal(pages_compare(desk->pages, names[i], NULL),
                         AULA_RESULT_MISMATCH);
        office_put(desk->folder, names[i], bytes, size);
        free(bytes);
    }
}

static void what_is_no_file_is_refused(void **state)
{
    const struct desk *desk = *state;
    struct aula_error err = {0};
    char path[PLACE_BYTES];

    assert_int_equal(pages_write(desk->pages, NULL), AULA_OK);
    office_path(path, desk->folder, "report.html");
    office_remove(desk->folder, "report.html");
    assert_int_equal(pages_compare(desk->pages, "report.html", &err), AULA_IO);
    assert_int_equal(symlink("index.html", path), 0);
    assert_int_equal(pages_compare(desk->pages, "report.html", &err), AULA_IO);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(pages_compare(desk->pages, "report.html", &err), AULA_IO);
    assert_int_equal(unlink(path), 0);
}

static void the_ballots_are_counted_again_from_their_file(void **state)
{
    const struct desk *desk = *state;
    uint8_t *bytes;
    size_t size = 0;
    struct pabulib file;

    assert_int_equal(pages_write(desk->pages, NULL), AULA_OK);
    bytes = office_get(desk->folder, "ballots-0.pb", &size);
    assert_int_equal(pabulib_open(&file, bytes, size, NULL), AULA_OK);
    assert_int_equal(file.vote_count, 5);
    assert_int_equal(file.project_count, 12);
    pabulib_close(&file);
    free(bytes);
}

/* ---- the council */

static enum aula_code open_with(const struct desk *desk, const char *council,
                                struct aula_error *err)
{
    struct pages *pages = NULL;
    enum aula_code code;

    office_put(desk->folder, PAGES_COUNCIL, council, strlen(council));
    code = pages_open(&pages, desk->board, err);
    assert_int_equal(pages != NULL, code == AULA_OK);
    if (pages != NULL) {
        assert_int_equal(pages_facts(pages)->contests[0].proposals[1].advice,
                         PAGE_REFUSED);
        /* It was made without the council's decision. */
        assert_int_equal(pages_compare(pages, "report.html", NULL),
                         AULA_RESULT_MISMATCH);
    }
    pages_close(pages);
    office_remove(desk->folder, PAGES_COUNCIL);
    return code;
}

static void the_council_stands_beside(void **state)
{
    const struct desk *desk = *state;
    struct aula_error err = {0};
    char eid[2 * PACKAGE_ID_BYTES + 1];
    char text[512];

    assert_int_equal(pages_write(desk->pages, NULL), AULA_OK);
    (void)sodium_bin2hex(eid, sizeof eid, desk->board->package.hash,
                         PACKAGE_ID_BYTES);
    (void)snprintf(text, sizeof text,
                   "{\"format\":\"aula-council-1\",\"election\":\"%s\","
                   "\"decisions\":[{\"contest\":\"c0\",\"number\":2,"
                   "\"decision\":\"refused\"}]}",
                   eid);
    assert_int_equal(open_with(desk, text, &err), AULA_OK);
    assert_int_equal(open_with(desk, "{}", &err), AULA_SOURCE);
    assert_non_null(strstr(err.message, "council.json"));
}

static void without_an_election_there_are_no_pages(void **state)
{
    struct desk *desk = *state;
    struct pages *pages = NULL;

    desk->board->has_election = false;
    assert_int_equal(pages_open(&pages, desk->board, NULL), AULA_SOURCE);
    assert_null(pages);
    desk->board->has_election = true;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_numbers_are_those_of_verify),
        cmocka_unit_test(every_ballot_has_its_code),
        cmocka_unit_test(what_is_written_compares_equal),
        cmocka_unit_test(a_file_that_differs_is_refused),
        cmocka_unit_test(what_is_no_file_is_refused),
        cmocka_unit_test(the_ballots_are_counted_again_from_their_file),
        cmocka_unit_test(the_council_stands_beside),
        cmocka_unit_test(without_an_election_there_are_no_pages),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
