/* SPDX-License-Identifier: Apache-2.0 */
/* `aula office elsewhere` and `aula office ruling`: what the office lays down
 * of its records before it closes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cheap_pwhash.h"

#include "close.h"
#include "close_desk.h"
#include "desk_ruled.h"
#include "tag.h"

#define TERMINAL "be384a2911a84019866636638cacfc39"

enum { WORDS = 512 };

/* ---- voted elsewhere */

#define LISTS "office elsewhere ./online ./paper"

static void write_lists(const struct close_desk *desk)
{
    close_desk_write(desk, "online", "850101300124\n\n 920202400234 \r\n");
    close_desk_write(desk, "paper", "920202400234\n");
}

/* Numbers whose check digit fits, so that the lists say what a test means. */
static const char *const people[2] = {"850101300124", "920202400234"};

static void expect_tags(const struct close_desk *desk)
{
    const struct package *package = &desk->vectors->package;
    struct desk_ruled ruled;
    size_t size = 0;
    uint8_t *key =
        vector_bytes(json_object_get(desk->vectors->world, "tag_key"), &size);
    uint8_t tag[TAG_BYTES];
    size_t found = 0;

    assert_int_equal(desk_ruled_read(&ruled, desk->election, NULL), AULA_OK);
    assert_int_equal(ruled.elsewhere.count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(tag_make(tag, key, package->hash, package->id_scheme,
                                  package->tag_stretch, people[i],
                                  strlen(people[i]), NULL),
                         AULA_OK);
        for (size_t k = 0; k < 2; k++) {
            found += memcmp(ruled.elsewhere.tags + k * TAG_BYTES, tag,
                            TAG_BYTES) == 0;
        }
    }
    assert_int_equal(found, 2);
    desk_ruled_close(&ruled);
    free(key);
}

static void lists_become_tags_each_once(void **state)
{
    struct close_desk *desk = *state;

    write_lists(desk);
    close_desk_run(desk, LISTS CLOSE_BY, 0, "\"people\":2", "\"twice\":1");
    expect_tags(desk);
    close_desk_run(desk, LISTS CLOSE_BY, 1, "--replace", NULL);
    close_desk_run(desk, LISTS " --replace" CLOSE_BY, 0, "\"people\":2", NULL);
    expect_tags(desk);
}

static void no_identifier_stands_in_a_refusal(void **state)
{
    struct close_desk *desk = *state;

    write_lists(desk);
    close_desk_write(desk, "paper", "920202400234\n850101300123\n");
    close_desk_run(desk, LISTS CLOSE_BY, 1, "line 2: the check digit",
                   "faulty lines: 1");
    close_desk_write(desk, "paper", "920202400234;1\n");
    close_desk_run(desk, LISTS CLOSE_BY, 1, "names a contest", "paper");
    close_desk_write(desk, "online", "\n");
    close_desk_run(desk, "office elsewhere ./online" CLOSE_BY, 1,
                   "nobody is on the lists", NULL);
    close_desk_run(desk, "office elsewhere ./none" CLOSE_BY, 1, "none", NULL);
    assert_false(office_has(desk->election->folder, DESK_ELSEWHERE));
}

static void a_list_comes_in_time_or_not_at_all(void **state)
{
    struct close_desk *desk = *state;

    write_lists(desk);
    desk->now = desk->vectors->package.closes + 24 * 3600 + 1;
    close_desk_run(desk, LISTS CLOSE_BY, 1, "too late", NULL);
    desk->now--;
    close_desk_run(desk, LISTS CLOSE_BY, 0, NULL, NULL);
    close_desk_import(desk);
    close_desk_run(desk, LISTS " --replace" CLOSE_BY, 1,
                   "batches were imported", NULL);
}

/* ---- rulings */

static int make_gap(void **state)
{
    struct close_desk *desk;

    (void)close_desk_make(state);
    desk = *state;
    assert_int_equal(sodium_hex2bin(desk->skipped, sizeof desk->skipped,
                                    TERMINAL, strlen(TERMINAL), NULL, NULL,
                                    NULL),
                     0);
    desk->skipped_seq = 3;
    close_desk_import(desk);
    return 0;
}

static void a_gap_is_explained_and_then_closed(void **state)
{
    struct close_desk *desk = *state;

    close_desk_run(desk, "office close BOARD" CLOSE_BY, 1, "findings are open",
                   NULL);
    close_desk_run(desk,
                   "office ruling explain " TERMINAL
                   " --seq 3 --reason fire" CLOSE_BY,
                   0, "\"reason\":\"fire\"", "\"open\":0");
    close_desk_run(desk, "office ruling list --office OFFICE --json", 0,
                   "\"type\":\"explain\"", "\"count\":1");
    close_desk_run(desk, "office close BOARD" CLOSE_BY, 0, NULL, NULL);
    assert_true(office_has(desk->board, DESK_RULINGS));
    close_desk_run(desk,
                   "office ruling revoke " TERMINAL
                   " --seq 3 --reason late" CLOSE_BY,
                   1, "the closing is signed", NULL);
    close_desk_run(desk, "office ruling withdraw 1" CLOSE_BY, 1,
                   "the closing is signed", NULL);
}

static void a_ruling_that_does_not_fit_is_not_kept(void **state)
{
    struct close_desk *desk = *state;

    close_desk_run(desk,
                   "office ruling explain " TERMINAL
                   " --seq 4 --reason none" CLOSE_BY,
                   1, "RULING_INVALID", "row 1");
    close_desk_run(desk,
                   "office ruling revoke 00112233445566778899aabbccddeeff"
                   " --seq 4 --reason none" CLOSE_BY,
                   1, "RULING_INVALID", "in no register");
    close_desk_run(desk,
                   "office ruling admit " TERMINAL
                   " --reason none --hash 00112233445566778899aabbccddeeff"
                   "00112233445566778899aabbccddeeff" CLOSE_BY,
                   1, "RULING_INVALID", "this hash");
    assert_false(office_has(desk->election->folder, DESK_RULINGS));
}

/* rh of a record of the vectors' board, in hexadecimal. */
static void hash_of(char hex[static 2 * HASH_BYTES + 1],
                    const struct close_desk *desk, uint64_t seq)
{
    size_t size = 0;
    uint8_t *bytes = vector_board_get(desk->vectors, "records/" TERMINAL ".rec",
                                      &size);
    uint8_t hash[HASH_BYTES];
    size_t at = 0;

    while (get_le64(bytes + at + 4 + 40) != seq) {
        at += 4 + get_le32(bytes + at);
        assert_true(at < size);
    }
    record_hash(hash, bytes + at + 4, get_le32(bytes + at));
    (void)sodium_bin2hex(hex, 2 * HASH_BYTES + 1, hash, sizeof hash);
    free(bytes);
}

static void a_chain_is_named_by_its_last_record(void **state)
{
    struct close_desk *desk = *state;
    char hex[2 * HASH_BYTES + 1];
    char words[WORDS];

    hash_of(hex, desk, 8);
    (void)snprintf(words, sizeof words,
                   "office ruling chain " TERMINAL
                   " --hash %s --reason stolen" CLOSE_BY,
                   hex);
    close_desk_run(desk, words, 0, "\"seq\":8", "\"type\":\"chain\"");
    (void)snprintf(words, sizeof words,
                   "office ruling admit " TERMINAL
                   " --hash %s --reason again" CLOSE_BY,
                   hex);
    close_desk_run(desk, words, 1, "RULING_INVALID", NULL);
}

static void rulings_are_withdrawn_before_the_closing(void **state)
{
    struct close_desk *desk = *state;

    close_desk_run(desk,
                   "office ruling revoke " TERMINAL
                   " --seq 4 --reason stolen" CLOSE_BY,
                   0, "\"type\":\"revoke\"", NULL);
    close_desk_run(desk,
                   "office ruling revoke " TERMINAL
                   " --seq 5 --reason stolen" CLOSE_BY,
                   1, "RULING_INVALID", NULL);
    close_desk_run(desk, "office ruling withdraw 2" CLOSE_BY, 1,
                   "RULING_INVALID", "no ruling 2 of 1");
    close_desk_run(desk, "office ruling withdraw 1" CLOSE_BY, 0, "\"count\":0",
                   NULL);
    assert_false(office_has(desk->election->folder, DESK_RULINGS));
}

static void what_is_typed_wrong_is_wrong_usage(void **state)
{
    struct close_desk *desk = *state;

    close_desk_run(desk, "office ruling forgive " TERMINAL, 2, NULL, NULL);
    close_desk_run(desk, "office ruling admit " TERMINAL " --reason x", 2,
                   "--hash", NULL);
    close_desk_run(desk,
                   "office ruling explain " TERMINAL
                   " --hash 00 --seq 1 --reason x",
                   2, "--seq", NULL);
    close_desk_run(desk,
                   "office ruling revoke " TERMINAL "0 --seq 1 --reason x", 2,
                   "TID", NULL);
    close_desk_run(desk,
                   "office ruling revoke " TERMINAL " --seq -1 --reason x", 2,
                   "--seq", NULL);
    close_desk_run(desk,
                   "office ruling chain " TERMINAL " --hash 0A --reason x", 2,
                   "--hash", NULL);
    close_desk_run(desk, "office ruling withdraw 01" CLOSE_BY, 2, NULL, NULL);
    close_desk_run(desk, "office ruling withdraw" CLOSE_BY, 2, NULL, NULL);
    close_desk_run(desk,
                   "office ruling revoke " TERMINAL
                   " --seq 1 --reason= " CLOSE_BY,
                   1, "a reason is", NULL);
}

static void a_damaged_file_is_refused(void **state)
{
    struct close_desk *desk = *state;

    close_desk_run(desk,
                   "office ruling revoke " TERMINAL
                   " --seq 4 --reason stolen" CLOSE_BY,
                   0, NULL, NULL);
    office_put(desk->election->folder, DESK_RULINGS, "AULU", 4);
    close_desk_run(desk, "office ruling list --office OFFICE", 1, DESK_RULINGS,
                   "TRUNCATED");
    close_desk_run(desk, "office close BOARD" CLOSE_BY, 1, DESK_RULINGS,
                   "TRUNCATED");
}

#define TEST(name, make)                                                       \
    cmocka_unit_test_setup_teardown(name, make, close_desk_clear)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(lists_become_tags_each_once, close_desk_make),
        TEST(no_identifier_stands_in_a_refusal, close_desk_make),
        TEST(a_list_comes_in_time_or_not_at_all, close_desk_make),
        TEST(a_gap_is_explained_and_then_closed, make_gap),
        TEST(a_ruling_that_does_not_fit_is_not_kept, make_gap),
        TEST(a_chain_is_named_by_its_last_record, close_desk_make_full),
        TEST(rulings_are_withdrawn_before_the_closing, close_desk_make_full),
        TEST(what_is_typed_wrong_is_wrong_usage, close_desk_make),
        TEST(a_damaged_file_is_refused, close_desk_make_full),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
