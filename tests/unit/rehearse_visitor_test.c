/* SPDX-License-Identifier: Apache-2.0 */
/* Those who come to a rehearsal besides its voters. */
#define _XOPEN_SOURCE 700

#include "rehearse_play.h"

#include "rehearse_expected.h"
#include "rehearse_result.h"

/* How often each tag stands on a cast record, and how many stand twice. */
static size_t count_twice(const struct found *found)
{
    size_t twice = 0;

    for (size_t i = 0; i < found->count; i++) {
        for (size_t k = 0; k < i; k++) {
            const struct record *a = &found->records[i].record;
            const struct record *b = &found->records[k].record;

            twice += a->kind == RECORD_CAST && b->kind == RECORD_CAST &&
                     memcmp(a->voter, b->voter, TAG_BYTES) == 0;
        }
    }
    return twice;
}

static void must_have_lines(const struct play *play, size_t wanted)
{
    char path[PLACE_BYTES];
    uint8_t *bytes = NULL;
    size_t size = 0;

    assert_int_equal(place_in(path, play->folder, "elsewhere.txt", NULL),
                     AULA_OK);
    assert_int_equal(file_read(&bytes, &size, path, 4096, NULL), AULA_OK);
    assert_int_equal(size, wanted * 13);
    free(bytes);
}

/* 120 voters: 2 come again, 2 voted online, 2 walk away. */
static void visitors_come_besides(void **state)
{
    struct pabulib file;

    (void)state;
    for (unsigned terminals = 1; terminals < 3; terminals++) {
        bool is_known = terminals == 1;
        struct play *play;
        uint64_t visits[REHEARSE_VISITS] = {0};

        assert_int_equal(pabulib_open(&file, (const uint8_t *)rehearse_sample,
                                      strlen(rehearse_sample), NULL),
                         AULA_OK);
        play = start(&file);
        rehearse_votes_draw(&play->votes, &play->election->kept->package, 120,
                            SEED);
        run(play, terminals, true);
        found_check_chains(play->found);
        for (unsigned i = 0; i < terminals; i++) {
            for (size_t k = 0; k < REHEARSE_VISITS; k++) {
                visits[k] += play->run.terminals[i].visits[k];
            }
        }
        assert_int_equal(visits[REHEARSE_AGAIN], is_known ? 0 : 2);
        assert_int_equal(visits[REHEARSE_REFUSED], is_known ? 3 : 0);
        assert_int_equal(visits[REHEARSE_ELSEWHERE], 2);
        assert_int_equal(visits[REHEARSE_AWAY], 2);
        assert_int_equal(count_twice(play->found), is_known ? 0 : 2);
        assert_int_equal(count_kind(play->found, RECORD_CAST),
                         is_known ? 122 : 124);
        must_have_lines(play, 2);
        end(play);
    }
}

static uint64_t after_the_days(void *context)
{
    (void)context;
    return (uint64_t)(FIRST_DAY + 3) * 86400;
}

/* Import, closing, approvals, mixes, decryptions, result, check: what comes out
 * is what the voters cast, and nothing of the visitors'. */
static void a_rehearsal_goes_on_to_its_verified_result(void **state)
{
    static const struct clock clock = {after_the_days, NULL};
    struct aula_error err = {.message = ""};
    struct pabulib file;
    struct play *play;
    char text[4096] = "";
    FILE *notes = fmemopen(text, sizeof text, "w");

    (void)state;
    assert_non_null(notes);
    assert_int_equal(pabulib_open(&file, (const uint8_t *)rehearse_sample,
                                  strlen(rehearse_sample), NULL),
                     AULA_OK);
    play = start(&file);
    rehearse_votes_draw(&play->votes, &play->election->kept->package, 120,
                        SEED);
    run(play, 2, true);
    if (rehearse_expected_write(play->folder, play->election, &play->votes,
                                &err) != AULA_OK ||
        rehearse_result(play->folder, &play->election->kept->package, true,
                        notes, &clock, &err) != AULA_OK) {
        fail_msg("%s", err.message);
    }
    (void)fclose(notes);
    assert_non_null(strstr(text, "office elsewhere"));
    assert_non_null(strstr(text, "trustee 2: decrypt"));
    assert_non_null(strstr(text, "verify"));
    end(play);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(visitors_come_besides),
        cmocka_unit_test(a_rehearsal_goes_on_to_its_verified_result),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
