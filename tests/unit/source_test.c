/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a source folder; the numbers are promises of source.h. */
#define _XOPEN_SOURCE 700

#include "source_bench.h"

#include "election.h"

static void a_folder_gives_its_files_in_the_order_of_a_manifest(void **state)
{
    struct source_bench *bench = *state;
    struct source *source = &bench->source;

    assert_int_equal(bench_open(bench, &bench_no_wish), AULA_OK);
    assert_int_equal(source->count, 3);
    assert_string_equal(source->rows[0].path, "election.json");
    assert_string_equal(source->rows[1].path, "photos/now.jpg");
    assert_string_equal(source->rows[2].path, "photos/planned.png");
    assert_int_equal(source->rows[0].size, bench->size);
    assert_memory_equal(source->json, bench->text, bench->size);
    assert_int_equal(source->rows[1].size, bench->jpeg.size);
    assert_int_equal(faults_count(&source->faults), 0);
    assert_int_equal(source->strangers.count, 0);
    assert_string_equal(source->election.title.of[source->election.ru],
                        "Пробное голосование");
}

static void a_slash_behind_the_folder_changes_nothing(void **state)
{
    struct source_bench *bench = *state;
    char path[64];

    (void)snprintf(path, sizeof path, "%s//", bench->folder);
    assert_int_equal(bench_read(bench, path, &bench_no_wish), AULA_OK);
    assert_string_equal(bench->source.path, bench->folder);
}

static void nothing_and_too_much_are_refused_by_name(void **state)
{
    struct source_bench *bench = *state;
    char path[PLACE_BYTES + 8];

    assert_int_equal(bench_read(bench, "/nowhere/at/all", &bench_no_wish),
                     AULA_IO);
    assert_non_null(strstr(bench->err.message, "/nowhere/at/all: "));
    memset(path, 'x', sizeof path);
    path[sizeof path - 1] = '\0';
    assert_int_equal(bench_read(bench, path, &bench_no_wish), AULA_BAD_FIELD);
    bench_remove(bench, "election.json");
    assert_int_equal(bench_open(bench, &bench_no_wish), AULA_IO);
    assert_non_null(strstr(bench->err.message, "/election.json: "));
}

/* Promise 2. */
static void faults_of_text_and_photos_stand_in_one_list(void **state)
{
    struct source_bench *bench = *state;
    const struct faults *faults = &bench->source.faults;

    bench_change(bench, "\"09:00\"", "\"9 o'clock\"");
    bench_change(bench, "\"official\"", "\"officious\"");
    bench_remove(bench, "photos/now.jpg");
    bench_put(bench, "photos/planned.png", bench->png.bytes, 1000);
    assert_int_equal(bench_open(bench, &bench_no_wish), AULA_SOURCE);
    assert_non_null(strstr(bench->err.message, ": 4 faults"));
    assert_int_equal(faults->count, 4);
    bench_expect_fault(bench, "election.json:", "hours.from: expected a time");
    bench_expect_fault(bench, "election.json:", "mode: expected one of");
    bench_expect_fault(
        bench, "election.json:",
        "contests[0].proposals[0].photos.now: photos/now.jpg: No "
        "such file or directory (it is named 2 times)");
    bench_expect_fault(bench, "election.json:",
                       ".photos.planned: photos/planned.png: the PNG picture");
    for (size_t i = 0; i < faults->count; i++) {
        assert_int_not_equal(faults->items[i].line, 0);
        assert_true(i == 0 ||
                    faults->items[i - 1].line <= faults->items[i].line);
    }
}

static void what_is_no_json_has_one_fault(void **state)
{
    struct source_bench *bench = *state;

    bench_change(bench, "\"mode\"", "mode");
    bench_remove(bench, "photos/now.jpg");
    assert_int_equal(bench_open(bench, &bench_no_wish), AULA_SOURCE);
    assert_non_null(strstr(bench->err.message, ": 1 fault;"));
    bench_expect_fault(bench, "election.json:", "not JSON");
}

static void expect_photo(struct source_bench *bench, const char *part)
{
    assert_int_equal(bench_open(bench, &bench_no_wish), AULA_SOURCE);
    assert_int_equal(bench->source.faults.count, 1);
    bench_expect_fault(bench, "election.json:", part);
}

/* Promise 1. */
static void what_is_no_regular_file_is_no_photo(void **state)
{
    struct source_bench *bench = *state;
    char path[64];

    (void)snprintf(path, sizeof path, "%s/photos/planned.png", bench->folder);
    bench_remove(bench, "photos/planned.png");
    assert_int_equal(mkfifo(path, 0600), 0);
    expect_photo(bench, "photos/planned.png: not a regular file");
    bench_remove(bench, "photos/planned.png");
    bench_make_folder(bench, "photos/planned.png");
    expect_photo(bench, "photos/planned.png: not a regular file");
    bench_remove(bench, "photos/planned.png");
    bench_put(bench, "there.png", bench->png.bytes, bench->png.size);
    assert_int_equal(symlink("../there.png", path), 0);
    expect_photo(bench, "photos/planned.png: ");
}

static void a_folder_behind_a_link_is_not_entered(void **state)
{
    struct source_bench *bench = *state;
    char path[64];
    char to[64];

    (void)snprintf(path, sizeof path, "%s/photos", bench->folder);
    (void)snprintf(to, sizeof to, "%s/other", bench->folder);
    assert_int_equal(rename(path, to), 0);
    assert_int_equal(symlink("other", path), 0);
    assert_int_equal(bench_open(bench, &bench_no_wish), AULA_SOURCE);
    assert_int_equal(bench->source.faults.count, 2);
    bench_expect_fault(bench, "election.json:", "not a folder");
}

static void photos_are_bounded_in_bytes(void **state)
{
    struct source_bench *bench = *state;
    uint8_t *large = calloc(1, PHOTO_BYTES_MAX + 1);

    assert_non_null(large);
    memcpy(large, bench->jpeg.bytes, bench->jpeg.size);
    memcpy(large + PHOTO_BYTES_MAX - 2, "\xff\xd9", 2);
    bench_put(bench, "photos/now.jpg", large, PHOTO_BYTES_MAX);
    assert_int_equal(bench_open(bench, &bench_no_wish), AULA_OK);
    bench_put(bench, "photos/now.jpg", large, PHOTO_BYTES_MAX + 1);
    expect_photo(bench, "photos/now.jpg: longer than 1048576 bytes");
    free(large);
}

/* Promise 3. */
static void files_that_nothing_names_are_told_and_left_out(void **state)
{
    struct source_bench *bench = *state;
    const struct faults *found = &bench->source.strangers;

    bench_put(bench, "notes.txt", "x", 1);
    bench_make_folder(bench, "photos/old");
    bench_put(bench, "photos/old/now.jpg", "x", 1);
    bench_put(bench, "photos/planned.PNG", "x", 1);
    assert_int_equal(bench_open(bench, &bench_no_wish), AULA_OK);
    assert_int_equal(bench->source.count, 3);
    assert_int_equal(found->count, 3);
    assert_string_equal(found->items[0].text, "notes.txt");
    assert_string_equal(found->items[1].text, "photos/old/now.jpg");
    assert_string_equal(found->items[2].text, "photos/planned.PNG");
}

static void a_broken_photo_is_not_among_the_unnamed(void **state)
{
    struct source_bench *bench = *state;

    bench_put(bench, "photos/now.jpg", "x", 1);
    expect_photo(bench, "photos/now.jpg: not a JPEG picture");
    assert_int_equal(bench->source.strangers.count, 0);
}

/* Promise 4. */
static void a_file_is_read_again_as_it_was_checked(void **state)
{
    struct source_bench *bench = *state;
    uint8_t *bytes = NULL;
    size_t size = 0;

    assert_int_equal(bench_open(bench, &bench_no_wish), AULA_OK);
    for (size_t i = 0; i < bench->source.count; i++) {
        const struct manifest_row *row = &bench->source.rows[i];

        assert_int_equal(source_file(&bytes, &size, &bench->source, row, NULL),
                         AULA_OK);
        assert_int_equal(manifest_check_file(row, bytes, size, NULL), AULA_OK);
        free(bytes);
    }
    bench_remove(bench, "photos/now.jpg");
    assert_int_equal(source_file(&bytes, &size, &bench->source,
                                 &bench->source.rows[1], NULL),
                     AULA_IO);
    bench_put(bench, "election.json", "{}", 2);
    assert_int_equal(source_file(&bytes, &size, &bench->source,
                                 &bench->source.rows[0], NULL),
                     AULA_OK);
    assert_memory_equal(bytes, bench->text, bench->size);
    free(bytes);
}

static void a_rehearsal_changes_mode_and_anonymity_only(void **state)
{
    static const struct source_wish wish = {.is_rehearsal = true};
    struct source_bench *bench = *state;
    const struct election *election = &bench->source.election;

    assert_int_equal(bench_open(bench, &wish), AULA_OK);
    assert_int_equal(election->mode, PACKAGE_REHEARSAL);
    assert_int_equal(election->min_anon, 2);
    assert_int_equal(election->id_scheme, TAG_SCHEME_IIN);
    assert_int_equal(election->tag_stretch, TAG_STRETCH_ARGON2ID);
    assert_int_equal(election->day_count, 2);
    assert_int_equal(bench->source.rows[0].size, bench->source.json_size);
}

static void a_quick_rehearsal_takes_any_identifier(void **state)
{
    static const struct source_wish wish = {.is_rehearsal = true,
                                            .is_quick = true};
    struct source_bench *bench = *state;

    assert_int_equal(bench_open(bench, &wish), AULA_OK);
    assert_int_equal(bench->source.election.id_scheme, TAG_SCHEME_DIGITS);
    assert_int_equal(bench->source.election.tag_stretch, TAG_STRETCH_NONE);
}

/* Places keep their six decimals when the text is written anew. */
static void other_days_leave_the_places_where_they_are(void **state)
{
    static const struct source_wish wish = {.first_day = "2027-04-11",
                                            .last_day = "2027-05-02"};
    struct source_bench *bench = *state;
    struct election before;
    const struct election *after = &bench->source.election;

    assert_int_equal(election_open(&before, NULL, (uint8_t *)bench->text,
                                   bench->size, NULL),
                     AULA_OK);
    assert_int_equal(bench_open(bench, &wish), AULA_OK);
    assert_int_equal(after->first_day, before.first_day + 5);
    assert_int_equal(after->last_day, before.last_day + 8);
    assert_int_equal(after->day_count, 1); /* that of the 10th is gone */
    assert_int_equal(after->mode, PACKAGE_OFFICIAL);
    assert_true(before.yard_count > 0);
    for (size_t i = 0; i < before.yard_count; i++) {
        assert_memory_equal(&after->yards[i].location,
                            &before.yards[i].location,
                            sizeof before.yards[i].location);
    }
    for (size_t i = 0; i < before.districts[0].outline.count; i++) {
        assert_memory_equal(&after->districts[0].outline.points[i],
                            &before.districts[0].outline.points[i],
                            sizeof before.districts[0].outline.points[i]);
    }
    election_close(&before);
}

static void days_that_are_none_are_faults(void **state)
{
    static const struct source_wish no_date = {.first_day = "tomorrow"};
    static const struct source_wish wrong_order = {.first_day = "2028-01-01"};
    struct source_bench *bench = *state;

    assert_int_equal(bench_open(bench, &no_date), AULA_SOURCE);
    bench_expect_fault(bench,
                       "election.json: dates.first: ", "expected a date");
    assert_int_equal(bench_open(bench, &wrong_order), AULA_SOURCE);
    bench_expect_fault(bench, "election.json: dates", "");
}

#define WITH_BENCH(test)                                                       \
    cmocka_unit_test_setup_teardown(test, bench_start, bench_end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_BENCH(a_folder_gives_its_files_in_the_order_of_a_manifest),
        WITH_BENCH(a_slash_behind_the_folder_changes_nothing),
        WITH_BENCH(nothing_and_too_much_are_refused_by_name),
        WITH_BENCH(faults_of_text_and_photos_stand_in_one_list),
        WITH_BENCH(what_is_no_json_has_one_fault),
        WITH_BENCH(what_is_no_regular_file_is_no_photo),
        WITH_BENCH(a_folder_behind_a_link_is_not_entered),
        WITH_BENCH(photos_are_bounded_in_bytes),
        WITH_BENCH(files_that_nothing_names_are_told_and_left_out),
        WITH_BENCH(a_broken_photo_is_not_among_the_unnamed),
        WITH_BENCH(a_file_is_read_again_as_it_was_checked),
        WITH_BENCH(a_rehearsal_changes_mode_and_anonymity_only),
        WITH_BENCH(a_quick_rehearsal_takes_any_identifier),
        WITH_BENCH(other_days_leave_the_places_where_they_are),
        WITH_BENCH(days_that_are_none_are_faults),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
