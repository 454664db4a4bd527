/* SPDX-License-Identifier: Apache-2.0 */
/* A whole rehearsal: what its terminals recorded, office and trustees find, to
 * the last ballot. Passphrases cost nothing here (cheap_pwhash.h). */
#define _XOPEN_SOURCE 700

#include "rehearse_play.h"

enum { DRAWN = 40, REAL_MOST = 30 };

static int start_drawn(void **state)
{
    struct pabulib file;
    struct play *play;

    assert_int_equal(pabulib_open(&file, (const uint8_t *)rehearse_sample,
                                  strlen(rehearse_sample), NULL),
                     AULA_OK);
    play = start(&file);
    rehearse_votes_draw(&play->votes, &play->election->kept->package, DRAWN,
                        SEED);
    run(play, 2, false);
    *state = play;
    return 0;
}

static int end_drawn(void **state)
{
    end(*state);
    return 0;
}

/* What went in, sorted. */
static uint8_t *votes_of(const struct rehearse_votes *votes, size_t size)
{
    uint8_t *ballots = malloc(votes->count * size);
    uint8_t plaintext[PLAINTEXT_BYTES_MAX];

    assert_non_null(ballots);
    for (size_t i = 0; i < votes->count; i++) {
        assert_int_equal(rehearse_votes_get(votes, plaintext, i), 0);
        memcpy(ballots + i * size, plaintext, size);
    }
    found_sort(ballots, votes->count, size);
    return ballots;
}

static void compare_ballots(const struct play *play, uint8_t a, uint8_t b)
{
    size_t size =
        plaintext_size(&play->election->kept->package.contests[0].rule);
    size_t count = 0;
    uint8_t *came_out = found_decrypt(play->found, 0, a, b, &count);
    uint8_t *went_in = votes_of(&play->votes, size);

    assert_int_equal(count, play->votes.count);
    assert_memory_equal(came_out, went_in, count * size);
    free(came_out);
    free(went_in);
}

static void what_two_trustees_decrypt_is_what_went_in(void **state)
{
    compare_ballots(*state, 1, 3);
    compare_ballots(*state, 2, 3);
}

static void every_chain_is_whole(void **state)
{
    const struct play *play = *state;

    found_check_chains(play->found);
    assert_int_equal(count_kind(play->found, RECORD_CAST), DRAWN);
    assert_int_equal(count_kind(play->found, RECORD_CHALLENGED), 2);
    assert_int_equal(count_kind(play->found, RECORD_OPENED), 4);
    assert_int_equal(count_kind(play->found, RECORD_CLOSED), 4);
    assert_int_equal(play->found->batches, 4);
}

/* The counts of each close are those of its day, and add up. */
static void every_close_counts_its_day(void **state)
{
    const struct play *play = *state;
    size_t cast = 0;
    size_t challenged = 0;

    for (size_t i = 0; i < play->found->count; i++) {
        const struct record *record = &play->found->records[i].record;

        if (record->kind == RECORD_CLOSED) {
            cast += record->counts.cast;
            challenged += record->counts.challenged;
            assert_int_equal(record->counts.cast, DRAWN / 4);
            assert_int_equal(record->counts.issued, record->counts.cast);
            assert_int_equal(record->counts.unfinished, 0);
        }
    }
    assert_int_equal(cast, DRAWN);
    assert_int_equal(challenged, 2);
}

/* The record that a line `CODE TERMINAL SEQ KIND` of the ledger is about. */
static void find_line(const struct play *play, const char *line)
{
    char *at = NULL;
    unsigned long terminal = strtoul(line + CODE_TEXT_BYTES, &at, 10);
    unsigned long seq = strtoul(at, &at, 10);
    const uint8_t *tid;

    assert_in_range(terminal, 1, 2);
    tid = play->run.terminals[terminal - 1].papers.tid;
    for (size_t i = 0; i < play->found->count; i++) {
        const struct found_record *found = &play->found->records[i];

        if (found->code[0] != '\0' &&
            memcmp(found->code, line, strlen(found->code)) == 0) {
            assert_int_equal(found->record.seq, seq);
            assert_memory_equal(found->record.tid, tid, TERMINAL_ID_BYTES);
            assert_string_equal(at, found->record.kind == RECORD_CAST
                                        ? " cast\n"
                                        : " challenged\n");
            return;
        }
    }
    fail_msg("no record for %s", line);
}

static void the_ledger_names_every_ballot(void **state)
{
    const struct play *play = *state;
    char path[PLACE_BYTES];
    char line[80];
    size_t lines = 0;
    FILE *ledger;

    assert_int_equal(place_in(path, play->folder, "ledger.txt", NULL), AULA_OK);
    ledger = fopen(path, "r");
    assert_non_null(ledger);
    for (; fgets(line, sizeof line, ledger) != NULL; lines++) {
        find_line(play, line);
    }
    (void)fclose(ledger);
    assert_int_equal(lines, DRAWN + 2);
}

static void the_register_names_both_terminals(void **state)
{
    const struct play *play = *state;
    struct desk_registers registers;

    assert_int_equal(play->found->terminals.count, 2);
    assert_int_equal(desk_election_registers(&registers, play->found->election,
                                             NULL),
                     AULA_OK);
    assert_int_equal(registers.lists[0].count, 2);
    assert_true(registers.lists[0].time < play->election->kept->package.opens);
    for (size_t i = 0; i < 2; i++) {
        assert_true(register_has(&registers.lists[0],
                                 play->run.terminals[i].papers.tid));
    }
    desk_registers_close(&registers);
}

/* The first ballots of a file through terminals and trustees. */
static void rehearse_file(const struct pabulib *file, unsigned terminals)
{
    struct play *play = start(file);
    struct aula_error err = {.message = ""};

    if (rehearse_votes_of_file(&play->votes, &play->election->kept->package,
                               &play->file, REAL_MOST, SEED, &err) != AULA_OK) {
        fail_msg("%s", err.message);
    }
    run(play, terminals, false);
    found_check_chains(play->found);
    compare_ballots(play, 1, 2);
    end(play);
}

/* A sample with whole sums: others no election can say. */
static void open_whole(struct pabulib *file, const char *name)
{
    pb_open_sample(file, name);
    file->budget -= file->budget % 100;
    for (size_t i = 0; i < file->project_count; i++) {
        file->costs[i] -= file->costs[i] % 100;
    }
    if (file->max_sum_cost.is_there) {
        file->max_sum_cost.value = file->budget;
    }
}

static void every_kind_of_ballot_comes_out_as_it_went_in(void **state)
{
    static const char *const names[] = {"choose.pb", "cumulative.pb",
                                        "knapsack.pb", "ordinal.pb",
                                        "scoring.pb"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct pabulib file;

        open_whole(&file, names[i]);
        rehearse_file(&file, 1 + (unsigned)i % 3);
    }
}

static void real_ballots_come_out_as_they_went_in(void **state)
{
    static const char *const names[] = {
        "Netherlands_Assen_2024.pb", "Poland_Gdansk_2020_Stogi.pb",
        "Poland_Krakow_2022_Grzegorzki.pb", "Poland_Warszawa_2019_Sielce.pb"};
    const char *named = getenv("AULA_PABULIB");
    const char *folder = named != NULL ? named : "../shared/data/pabulib";

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct loaded loaded = pb_load(folder, names[i]);
        struct pabulib file;

        if (loaded.bytes == NULL) {
            print_message("no real files in %s: skipped\n", folder);
            skip();
        }
        assert_int_equal(pb_open_bytes(&file, loaded.bytes, loaded.size, NULL),
                         AULA_OK);
        free(loaded.bytes);
        rehearse_file(&file, 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_two_trustees_decrypt_is_what_went_in),
        cmocka_unit_test(every_chain_is_whole),
        cmocka_unit_test(every_close_counts_its_day),
        cmocka_unit_test(the_ledger_names_every_ballot),
        cmocka_unit_test(the_register_names_both_terminals),
        cmocka_unit_test(every_kind_of_ballot_comes_out_as_it_went_in),
        cmocka_unit_test(real_ballots_come_out_as_they_went_in),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, start_drawn, end_drawn);
}
