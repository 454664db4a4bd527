/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a source folder; the numbers are promises of source.h. */
#define _XOPEN_SOURCE 700

#include "source_desk.h"

#include "election.h"

static void a_folder_gives_its_files_in_the_order_of_a_manifest(void **state)
{
    struct source_desk *desk = *state;
    struct source *source = &desk->source;

    assert_int_equal(desk_open(desk, &desk_no_wish), AULA_OK);
    assert_int_equal(source->count, 3);
    assert_string_equal(source->rows[0].path, "election.json");
    assert_string_equal(source->rows[1].path, "photos/now.jpg");
    assert_string_equal(source->rows[2].path, "photos/planned.png");
    assert_int_equal(source->rows[0].size, desk->size);
    assert_memory_equal(source->json, desk->text, desk->size);
    assert_int_equal(source->rows[1].size, desk->jpeg.size);
    assert_int_equal(faults_count(&source->faults), 0);
    assert_int_equal(source->strangers.count, 0);
    assert_string_equal(source->election.title.of[source->election.ru],
                        "Пробное голосование");
}

static void a_slash_behind_the_folder_changes_nothing(void **state)
{
    struct source_desk *desk = *state;
    char path[64];

    (void)snprintf(path, sizeof path, "%s//", desk->folder);
    assert_int_equal(desk_read(desk, path, &desk_no_wish), AULA_OK);
    assert_string_equal(desk->source.path, desk->folder);
}

static void nothing_and_too_much_are_refused_by_name(void **state)
{
    struct source_desk *desk = *state;
    char path[PLACE_BYTES + 8];

    assert_int_equal(desk_read(desk, "/nowhere/at/all", &desk_no_wish),
                     AULA_IO);
    assert_non_null(strstr(desk->err.message, "/nowhere/at/all: "));
    memset(path, 'x', sizeof path);
    path[sizeof path - 1] = '\0';
    assert_int_equal(desk_read(desk, path, &desk_no_wish), AULA_BAD_FIELD);
    desk_remove(desk, "election.json");
    assert_int_equal(desk_open(desk, &desk_no_wish), AULA_IO);
    assert_non_null(strstr(desk->err.message, "/election.json: "));
}

/* Promise 2. */
static void faults_of_text_and_photos_stand_in_one_list(void **state)
{
    struct source_desk *desk = *state;
    const struct faults *faults = &desk->source.faults;

    desk_change(desk, "\"09:00\"", "\"9 o'clock\"");
    desk_change(desk, "\"official\"", "\"officious\"");
    desk_remove(desk, "photos/now.jpg");
    desk_put(desk, "photos/planned.png", desk->png.bytes, 1000);
    assert_int_equal(desk_open(desk, &desk_no_wish), AULA_SOURCE);
    assert_non_null(strstr(desk->err.message, ": 4 faults"));
    assert_int_equal(faults->count, 4);
    desk_expect_fault(desk, "election.json:", "hours.from: expected a time");
    desk_expect_fault(desk, "election.json:", "mode: expected one of");
    desk_expect_fault(desk, "election.json:",
                      "contests[0].proposals[0].photos.now: photos/now.jpg: No "
                      "such file or directory (it is named 2 times)");
    desk_expect_fault(desk, "election.json:",
                      ".photos.planned: photos/planned.png: the PNG picture");
    for (size_t i = 0; i < faults->count; i++) {
        assert_int_not_equal(faults->items[i].line, 0);
        assert_true(i == 0 ||
                    faults->items[i - 1].line <= faults->items[i].line);
    }
}

static void what_is_no_json_has_one_fault(void **state)
{
    struct source_desk *desk = *state;

    desk_change(desk, "\"mode\"", "mode");
    desk_remove(desk, "photos/now.jpg");
    assert_int_equal(desk_open(desk, &desk_no_wish), AULA_SOURCE);
    assert_non_null(strstr(desk->err.message, ": 1 fault;"));
    desk_expect_fault(desk, "election.json:", "not JSON");
}

static void expect_photo(struct source_desk *desk, const char *part)
{
    assert_int_equal(desk_open(desk, &desk_no_wish), AULA_SOURCE);
    assert_int_equal(desk->source.faults.count, 1);
    desk_expect_fault(desk, "election.json:", part);
}

/* Promise 1. */
static void what_is_no_regular_file_is_no_photo(void **state)
{
    struct source_desk *desk = *state;
    char path[64];

    (void)snprintf(path, sizeof path, "%s/photos/planned.png", desk->folder);
    desk_remove(desk, "photos/planned.png");
    assert_int_equal(mkfifo(path, 0600), 0);
    expect_photo(desk, "photos/planned.png: not a regular file");
    desk_remove(desk, "photos/planned.png");
    desk_make_folder(desk, "photos/planned.png");
    expect_photo(desk, "photos/planned.png: not a regular file");
    desk_remove(desk, "photos/planned.png");
    desk_put(desk, "there.png", desk->png.bytes, desk->png.size);
    assert_int_equal(symlink("../there.png", path), 0);
    expect_photo(desk, "photos/planned.png: ");
}

static void a_folder_behind_a_link_is_not_entered(void **state)
{
    struct source_desk *desk = *state;
    char path[64];
    char to[64];

    (void)snprintf(path, sizeof path, "%s/photos", desk->folder);
    (void)snprintf(to, sizeof to, "%s/other", desk->folder);
    assert_int_equal(rename(path, to), 0);
    assert_int_equal(symlink("other", path), 0);
    assert_int_equal(desk_open(desk, &desk_no_wish), AULA_SOURCE);
    assert_int_equal(desk->source.faults.count, 2);
    desk_expect_fault(desk, "election.json:", "not a folder");
}

static void photos_are_bounded_in_bytes(void **state)
{
    struct source_desk *desk = *state;
    uint8_t *large = calloc(1, PHOTO_BYTES_MAX + 1);

    assert_non_null(large);
    memcpy(large, desk->jpeg.bytes, desk->jpeg.size);
    memcpy(large + PHOTO_BYTES_MAX - 2, "\xff\xd9", 2);
    desk_put(desk, "photos/now.jpg", large, PHOTO_BYTES_MAX);
    assert_int_equal(desk_open(desk, &desk_no_wish), AULA_OK);
    desk_put(desk, "photos/now.jpg", large, PHOTO_BYTES_MAX + 1);
    expect_photo(desk, "photos/now.jpg: longer than 1048576 bytes");
    free(large);
}

/* Promise 3. */
static void files_that_nothing_names_are_told_and_left_out(void **state)
{
    struct source_desk *desk = *state;
    const struct faults *found = &desk->source.strangers;

    desk_put(desk, "notes.txt", "x", 1);
    desk_make_folder(desk, "photos/old");
    desk_put(desk, "photos/old/now.jpg", "x", 1);
    desk_put(desk, "photos/planned.PNG", "x", 1);
    assert_int_equal(desk_open(desk, &desk_no_wish), AULA_OK);
    assert_int_equal(desk->source.count, 3);
    assert_int_equal(found->count, 3);
    assert_string_equal(found->items[0].text, "notes.txt");
    assert_string_equal(found->items[1].text, "photos/old/now.jpg");
    assert_string_equal(found->items[2].text, "photos/planned.PNG");
}

static void a_broken_photo_is_not_among_the_unnamed(void **state)
{
    struct source_desk *desk = *state;

    desk_put(desk, "photos/now.jpg", "x", 1);
    expect_photo(desk, "photos/now.jpg: not a JPEG picture");
    assert_int_equal(desk->source.strangers.count, 0);
}

/* Promise 4. */
static void a_file_is_read_again_as_it_was_checked(void **state)
{
    struct source_desk *desk = *state;
    uint8_t *bytes = NULL;
    size_t size = 0;

    assert_int_equal(desk_open(desk, &desk_no_wish), AULA_OK);
    for (size_t i = 0; i < desk->source.count; i++) {
        const struct manifest_row *row = &desk->source.rows[i];

        assert_int_equal(source_file(&bytes, &size, &desk->source, row, NULL),
                         AULA_OK);
        assert_int_equal(manifest_check_file(row, bytes, size, NULL), AULA_OK);
        free(bytes);
    }
    desk_remove(desk, "photos/now.jpg");
    assert_int_equal(source_file(&bytes, &size, &desk->source,
                                 &desk->source.rows[1], NULL),
                     AULA_IO);
    desk_put(desk, "election.json", "{}", 2);
    assert_int_equal(source_file(&bytes, &size, &desk->source,
                                 &desk->source.rows[0], NULL),
                     AULA_OK);
    assert_memory_equal(bytes, desk->text, desk->size);
    free(bytes);
}

static void a_rehearsal_changes_mode_and_anonymity_only(void **state)
{
    static const struct source_wish wish = {.is_rehearsal = true};
    struct source_desk *desk = *state;
    const struct election *election = &desk->source.election;

    assert_int_equal(desk_open(desk, &wish), AULA_OK);
    assert_int_equal(election->mode, PACKAGE_REHEARSAL);
    assert_int_equal(election->min_anon, 2);
    assert_int_equal(election->id_scheme, TAG_SCHEME_IIN);
    assert_int_equal(election->tag_stretch, TAG_STRETCH_ARGON2ID);
    assert_int_equal(election->day_count, 2);
    assert_int_equal(desk->source.rows[0].size, desk->source.json_size);
}

static void a_quick_rehearsal_takes_any_identifier(void **state)
{
    static const struct source_wish wish = {.is_rehearsal = true,
                                            .is_quick = true};
    struct source_desk *desk = *state;

    assert_int_equal(desk_open(desk, &wish), AULA_OK);
    assert_int_equal(desk->source.election.id_scheme, TAG_SCHEME_DIGITS);
    assert_int_equal(desk->source.election.tag_stretch, TAG_STRETCH_NONE);
}

/* Places keep their six decimals when the text is written anew. */
static void other_days_leave_the_places_where_they_are(void **state)
{
    static const struct source_wish wish = {.first_day = "2027-04-11",
                                            .last_day = "2027-05-02"};
    struct source_desk *desk = *state;
    struct election before;
    const struct election *after = &desk->source.election;

    assert_int_equal(election_open(&before, NULL, (uint8_t *)desk->text,
                                   desk->size, NULL),
                     AULA_OK);
    assert_int_equal(desk_open(desk, &wish), AULA_OK);
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
    struct source_desk *desk = *state;

    assert_int_equal(desk_open(desk, &no_date), AULA_SOURCE);
    desk_expect_fault(desk, "election.json: dates.first: ", "expected a date");
    assert_int_equal(desk_open(desk, &wrong_order), AULA_SOURCE);
    desk_expect_fault(desk, "election.json: dates", "");
}

#define WITH_DESK(test)                                                        \
    cmocka_unit_test_setup_teardown(test, desk_start, desk_end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_DESK(a_folder_gives_its_files_in_the_order_of_a_manifest),
        WITH_DESK(a_slash_behind_the_folder_changes_nothing),
        WITH_DESK(nothing_and_too_much_are_refused_by_name),
        WITH_DESK(faults_of_text_and_photos_stand_in_one_list),
        WITH_DESK(what_is_no_json_has_one_fault),
        WITH_DESK(what_is_no_regular_file_is_no_photo),
        WITH_DESK(a_folder_behind_a_link_is_not_entered),
        WITH_DESK(photos_are_bounded_in_bytes),
        WITH_DESK(files_that_nothing_names_are_told_and_left_out),
        WITH_DESK(a_broken_photo_is_not_among_the_unnamed),
        WITH_DESK(a_file_is_read_again_as_it_was_checked),
        WITH_DESK(a_rehearsal_changes_mode_and_anonymity_only),
        WITH_DESK(a_quick_rehearsal_takes_any_identifier),
        WITH_DESK(other_days_leave_the_places_where_they_are),
        WITH_DESK(days_that_are_none_are_faults),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
