/* SPDX-License-Identifier: Apache-2.0 */
/* A voter roll out of a list of identifiers: which lines are read, that a
 * faulty one is known by its number alone, and that no identifier is anywhere
 * afterwards. */
#define _XOPEN_SOURCE 700

#include "certify_desk.h"

#include "contest_list.h"
#include "voter_list.h"

/* Numbers with the right check digit, of nobody. */
#define A "850101300124"
#define B "900202400343"
#define C "771231500566"

/* The options that make a roll of the file "list". */
struct roll_words {
    char path[PLACE_BYTES];
    const char *words[3];
};

static void with_list(struct roll_words *more, const struct certify_desk *desk,
                      const char *text)
{
    desk_put(desk, "list", text, strlen(text));
    desk_path(more->path, desk, "list");
    more->words[0] = "--roll";
    more->words[1] = more->path;
    more->words[2] = NULL;
}

static enum aula_code read_file(struct voter_list **list,
                                const struct desk_election *election,
                                const char *path)
{
    struct progress unseen = {.file = NULL};

    return voter_list_open(list, &election->package, path, &unseen, NULL);
}

static struct voter_list *read_text(const struct certify_desk *desk,
                                    const char *text)
{
    struct desk_election *election = office_open(desk->office);
    struct voter_list *list = NULL;
    struct roll_words more;

    with_list(&more, desk, text);
    assert_int_equal(read_file(&list, election, more.path), AULA_OK);
    desk_election_close(election);
    return list;
}

static void check_row(const struct voter_list *list, size_t place,
                      const char *text, unsigned contest)
{
    assert_true(place < list->count);
    assert_int_equal(list->rows[place].size, strlen(text));
    assert_memory_equal(list->text + list->rows[place].at, text, strlen(text));
    assert_int_equal(list->rows[place].contest, contest);
}

static void lines_are_read_in_the_forms_that_programs_write(void **state)
{
    struct voter_list *list = read_text(*state, "\xef\xbb\xbf" A "\r\n\n  " B
                                                " ; 2 \n \t\n" C
                                                ";\n8501-0130 0124;Large");

    assert_int_equal(list->fault_count, 0);
    assert_int_equal(list->count, 4);
    check_row(list, 0, A, ROLL_ANY_CONTEST);
    check_row(list, 1, B, 2);
    check_row(list, 2, C, ROLL_ANY_CONTEST);
    check_row(list, 3, "8501-0130 0124", 0);
    voter_list_close(list);
}

static void an_empty_list_has_nobody(void **state)
{
    static const char *const texts[] = {"", "\n", "\r\n\r\n", "\xef\xbb\xbf",
                                        "  "};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct voter_list *list = read_text(*state, texts[i]);

        assert_int_equal(list->count, 0);
        assert_int_equal(list->fault_count, 0);
        voter_list_close(list);
    }
}

static void each_faulty_line_is_known_by_its_number(void **state)
{
    struct voter_list *list =
        read_text(*state, A "\n850101300125\n\n85010130012\n" B ";9\n" C ";x\n"
                            "iin\n" B "\n;1\n" A B "\n");
    static const size_t lines[] = {2, 4, 5, 6, 7, 9, 10};

    assert_int_equal(list->count, 2);
    assert_int_equal(list->fault_count, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(list->faults[i].line, lines[i]);
    }
    assert_non_null(strstr(list->faults[0].text, "check digit"));
    assert_non_null(strstr(list->faults[1].text, "12 digits"));
    assert_non_null(strstr(list->faults[2].text, "contest"));
    voter_list_close(list);
}

static void a_line_without_an_end_is_bounded(void **state)
{
    static char text[1500];
    struct voter_list *list;

    memset(text, '1', sizeof text - 1);
    list = read_text(*state, text);
    assert_int_equal(list->fault_count, 1);
    assert_non_null(strstr(list->faults[0].text, "too long"));
    voter_list_close(list);
}

static void more_faults_than_are_kept_are_counted(void **state)
{
    enum { LINES = VOTER_FAULTS_MAX + 5 };
    static char text[LINES * 2 + 1];
    struct voter_list *list;

    for (size_t i = 0; i < LINES; i++) {
        memcpy(text + 2 * i, "1\n", 2);
    }
    list = read_text(*state, text);
    assert_int_equal(list->fault_count, LINES);
    assert_int_equal(list->faults[VOTER_FAULTS_MAX - 1].line, VOTER_FAULTS_MAX);
    voter_list_close(list);
}

static void a_list_that_is_not_there_is_an_error(void **state)
{
    const struct certify_desk *desk = *state;
    struct desk_election *election = office_open(desk->office);
    struct voter_list *list = NULL;

    assert_int_equal(read_file(&list, election, "/nowhere/list"), AULA_IO);
    assert_null(list);
    desk_election_close(election);
}

/* Returns: the roll that was handed out, which is checked */
static uint8_t *check_roll(struct roll *roll, const struct certify_desk *desk,
                           const struct desk_election *election)
{
    size_t size = 0;
    uint8_t *bytes = desk_get(desk, "roll.bin", &size);

    assert_non_null(bytes);
    assert_int_equal(roll_check(roll, &election->package, 0, bytes, size, NULL),
                     AULA_OK);
    return bytes;
}

static bool has_voter(const struct roll *roll, const struct certify_desk *desk,
                      const struct desk_election *election, const char *typed,
                      uint16_t contest)
{
    const struct office *office = desk->office;
    uint8_t tag[TAG_BYTES];

    assert_int_equal(tag_make(tag, office->tag_key, election->package.hash,
                              election->package.id_scheme,
                              election->package.tag_stretch, typed,
                              strlen(typed), NULL),
                     AULA_OK);
    return roll_has(roll, tag, contest);
}

static void a_roll_holds_the_tags_of_those_on_the_list(void **state)
{
    struct certify_desk *desk = *state;
    struct desk_election *election = office_open(desk->office);
    struct desk_keys keys;
    struct roll_words more;
    struct roll roll;
    uint8_t *bytes;

    desk_draw_keys(&keys, 1);
    desk_request(desk, &keys, "hall");
    with_list(&more, desk, A "\n" B ";1\n" A "\n");
    assert_int_equal(desk_certify(desk, more.words), EXIT_DONE);
    bytes = check_roll(&roll, desk, election);
    assert_int_equal(roll.number, 1);
    assert_int_equal(roll.count, 2);
    assert_true(has_voter(&roll, desk, election, A, 0));
    assert_true(has_voter(&roll, desk, election, A, 1));
    assert_true(has_voter(&roll, desk, election, B, 1));
    assert_false(has_voter(&roll, desk, election, B, 0));
    assert_false(has_voter(&roll, desk, election, C, 0));
    free(bytes);
    desk_election_close(election);
}

static void the_number_of_a_roll_rises(void **state)
{
    struct certify_desk *desk = *state;
    struct desk_election *election = office_open(desk->office);
    struct desk_keys keys;
    struct roll_words more;
    struct roll roll;

    desk_draw_keys(&keys, 1);
    desk_request(desk, &keys, "hall");
    with_list(&more, desk, A);
    for (uint32_t i = 1; i <= 3; i++) {
        assert_int_equal(desk_certify(desk, more.words), EXIT_DONE);
        free(check_roll(&roll, desk, election));
        assert_int_equal(roll.number, i);
    }
    desk_election_close(election);
}

static void a_faulty_list_issues_nothing_and_is_not_repeated(void **state)
{
    struct certify_desk *desk = *state;
    struct desk_keys keys;
    struct roll_words more;

    desk_draw_keys(&keys, 1);
    desk_request(desk, &keys, "hall");
    with_list(&more, desk, A "\n850101300125\n" B ";kk9\n");
    assert_int_equal(desk_certify(desk, more.words), EXIT_REFUSED);
    assert_non_null(strstr(desk->errors, "list: line 2: the check digit"));
    assert_non_null(strstr(desk->errors, "list: line 3: there is no such"));
    assert_non_null(strstr(desk->errors, "list: faulty lines: 2"));
    assert_null(strstr(desk->errors, "8501"));
    assert_null(strstr(desk->errors, "kk9"));
    assert_true(place_is_missing(desk->out_folder, "roll.bin"));
    with_list(&more, desk, "\n");
    assert_int_equal(desk_certify(desk, more.words), EXIT_REFUSED);
    assert_non_null(strstr(desk->errors, "nobody"));
    assert_true(place_is_missing(desk->out_folder, "roll.bin"));
}

/* Of every file but the list itself; names of entries are no text of ours. */
static int look_for(const char *path, const struct stat *status, int kind,
                    struct FTW *place)
{
    uint8_t *bytes = NULL;
    size_t size = 0;

    (void)status;
    if (kind != FTW_F || strcmp(path + place->base, "list") == 0) {
        return 0;
    }
    assert_int_equal(file_read(&bytes, &size, path, PACKAGE_BYTES_MAX, NULL),
                     AULA_OK);
    for (size_t i = 0; i + TAG_DIGITS <= size; i++) {
        assert_memory_not_equal(bytes + i, A, TAG_DIGITS);
    }
    free(bytes);
    return 0;
}

static void no_file_and_no_line_holds_an_identifier(void **state)
{
    struct certify_desk *desk = *state;
    const struct office *office = desk->office;
    struct desk_keys keys;
    struct roll_words more;

    desk_draw_keys(&keys, 1);
    desk_request(desk, &keys, "hall");
    with_list(&more, desk, A "\n");
    assert_int_equal(desk_certify(desk, more.words), EXIT_DONE);
    assert_null(strstr(desk->out, A));
    assert_null(strstr(desk->errors, A));
    assert_int_equal(nftw(office->folder, look_for, 8, FTW_PHYS), 0);
}

static void a_contest_is_found_by_number_or_name(void **state)
{
    const struct certify_desk *desk = *state;
    struct desk_election *election = office_open(desk->office);
    static char both[] = "Аула / Двор";
    struct package *package = &election->package;
    uint16_t number = 9;

    package->contests[2].name = (struct package_text){both, strlen(both)};
    package->contests[3].name = (struct package_text){"3", 1};
    assert_true(contest_find(&number, package, both, strlen(both)));
    assert_int_equal(number, 2);
    assert_true(contest_find(&number, package, "Аула", strlen("Аула")));
    assert_true(contest_find(&number, package, "Двор", strlen("Двор")));
    assert_int_equal(number, 2);
    assert_true(contest_find(&number, package, "0", 1));
    assert_int_equal(number, 0);
    assert_false(contest_find(&number, package, "Дво", strlen("Дво")));
    assert_false(contest_find(&number, package, "", 0));
    assert_false(contest_find(&number, package, "4", 1));
    package->contests[1].name = package->contests[2].name;
    assert_false(contest_find(&number, package, both, strlen(both)));
    desk_election_close(election);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_start, desk_end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(lines_are_read_in_the_forms_that_programs_write),
        TEST(an_empty_list_has_nobody),
        TEST(each_faulty_line_is_known_by_its_number),
        TEST(a_line_without_an_end_is_bounded),
        TEST(more_faults_than_are_kept_are_counted),
        TEST(a_list_that_is_not_there_is_an_error),
        TEST(a_roll_holds_the_tags_of_those_on_the_list),
        TEST(the_number_of_a_roll_rises),
        TEST(a_faulty_list_issues_nothing_and_is_not_repeated),
        TEST(no_file_and_no_line_holds_an_identifier),
        TEST(a_contest_is_found_by_number_or_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
