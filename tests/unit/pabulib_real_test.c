/* SPDX-License-Identifier: Apache-2.0 */
/* Real Pabulib files, where they are: in ../shared/data/pabulib, or where
 * AULA_PABULIB says. What another program counted in them stands in
 * expected.json beside them. Without them the tests are skipped and say so.
 */
#include "pabulib_sample.h"

#include <jansson.h>

#include "pabulib_ballot.h"

static const char *folder(void)
{
    const char *named = getenv("AULA_PABULIB");

    return named != NULL ? named : "../shared/data/pabulib";
}

/* For each file of expected.json: read it and hand both over. */
static void each(void (*check)(const struct pabulib *file, const json_t *row))
{
    char path[256];
    json_t *root = NULL;
    json_t *row = NULL;
    const char *name = NULL;

    (void)snprintf(path, sizeof path, "%s/expected.json", folder());
    root = json_load_file(path, 0, NULL);
    if (root == NULL) {
        print_message("no real files in %s: skipped\n", folder());
        skip();
    }
    json_object_foreach(json_object_get(root, "files"), name, row)
    {
        struct loaded loaded = pb_load(folder(), name);
        struct pabulib file;
        struct aula_error err = {0};

        assert_non_null(loaded.bytes);
        if (pb_open_bytes(&file, loaded.bytes, loaded.size, &err) != AULA_OK) {
            print_error("%s: %s\n", name, err.message);
            fail();
        }
        check(&file, row);
        pabulib_close(&file);
        free(loaded.bytes);
    }
    json_decref(root);
}

static int64_t number(const json_t *row, const char *key)
{
    const json_t *value = json_object_get(row, key);

    assert_true(json_is_integer(value));
    return json_integer_value(value);
}

/* What one choice is worth: its points, or by its rank of three. */
static int64_t worth(const struct pabulib *file,
                     const struct pabulib_vote *vote, size_t place)
{
    if (file->points != NULL) {
        return file->points[vote->first + place];
    }
    if (file->vote_type == PABULIB_ORDINAL) {
        return file->max_length.value - (int64_t)place;
    }
    return 0;
}

static void check_sum(const struct pabulib *file, size_t project,
                      const json_t *row)
{
    const struct pabulib_project *p = &file->projects[project];
    const json_t *points = json_object_get(row, "points_per_project");
    int64_t votes = 0;
    int64_t score = 0;

    for (size_t i = 0; i < file->vote_count; i++) {
        const struct pabulib_vote *vote = &file->votes[i];

        for (size_t place = 0; place < vote->count; place++) {
            if (file->choices[vote->first + place] == project) {
                votes++;
                score += worth(file, vote, place);
            }
        }
    }
    assert_int_equal(votes, number(json_object_get(row, "votes_per_project"),
                                   p->id.text));
    assert_int_equal(votes, p->votes.value);
    if (points != NULL) {
        assert_int_equal(score, number(points, p->id.text));
        assert_int_equal(score, p->score.value);
    }
}

static void check_counts(const struct pabulib *file, const json_t *row)
{
    int64_t blank = 0;

    assert_int_equal(file->project_count, number(row, "num_projects"));
    assert_int_equal(file->vote_count, number(row, "num_votes"));
    assert_int_equal(file->budget, 100 * number(row, "budget"));
    assert_string_equal(pabulib_vote_type_name(file->vote_type),
                        json_string_value(json_object_get(row, "vote_type")));
    for (size_t i = 0; i < file->vote_count; i++) {
        blank += file->votes[i].count == 0;
    }
    assert_int_equal(blank, number(row, "empty_ballots"));
    for (size_t i = 0; i < file->project_count; i++) {
        check_sum(file, i, row);
    }
}

static void counts_are_those_of_another_program(void **state)
{
    (void)state;
    each(check_counts);
}

static void check_round_trip(const struct pabulib *file, const json_t *row)
{
    (void)row;
    assert_round_trip(file);
}

static void a_written_file_is_the_same_election(void **state)
{
    (void)state;
    each(check_round_trip);
}

/* Every ballot of these files keeps to the rules of its election. */
static void check_ballots(const struct pabulib *file, const json_t *row)
{
    struct plaintext_rule rule;
    uint8_t plaintext[PLAINTEXT_BYTES_MAX];
    uint16_t choices[PLAINTEXT_PROPOSALS_MAX];
    int32_t points[PLAINTEXT_PROPOSALS_MAX];

    (void)row;
    assert_int_equal(pabulib_rule(&rule, file, NULL), AULA_OK);
    for (size_t i = 0; i < file->vote_count; i++) {
        size_t zeros = 0;

        assert_int_equal(pabulib_plaintext(plaintext, &rule, file, NULL, i,
                                           NULL),
                         AULA_OK);
        for (size_t k = 0; k < file->votes[i].count; k++) {
            zeros += file->points != NULL &&
                     file->points[file->votes[i].first + k] == 0;
        }
        assert_int_equal(pabulib_choices(choices, points, &rule, plaintext),
                         file->votes[i].count - zeros);
    }
}

static void every_ballot_becomes_a_plaintext(void **state)
{
    (void)state;
    each(check_ballots);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_those_of_another_program),
        cmocka_unit_test(a_written_file_is_the_same_election),
        cmocka_unit_test(every_ballot_becomes_a_plaintext),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
