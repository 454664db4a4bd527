/* SPDX-License-Identifier: Apache-2.0 */
/* The readers of an election's files and counting sets where memory is short,
 * at whatever piece: each says AULA_MEMORY and leaves nothing behind (the
 * sanitizer counts). The JSON library asks through the same door.
 */
#include "shortage.h"

#include <jansson.h>

#include "container_desk.h"
#include "council.h"
#include "counting_pile.h"
#include "election.h"
#include "manifest.h"
#include "pabulib_sample.h"
#include "page_cells.h"

/* ---- manifest and container */

static enum aula_code make_manifest(void *arg, struct aula_error *err)
{
    struct desk *desk = arg;
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code = manifest_make(&bytes, &size, desk->rows, DESK_FILES,
                                        err);

    assert_int_equal(bytes != NULL, code == AULA_OK);
    assert_int_equal(size > 0, code == AULA_OK);
    free(bytes);
    return code;
}

static enum aula_code open_manifest(void *arg, struct aula_error *err)
{
    static const struct manifest empty;
    const struct desk *desk = arg;
    struct manifest manifest;
    enum aula_code code = manifest_open(&manifest, desk->package.content_hash,
                                        desk->manifest, desk->manifest_size,
                                        err);

    if (code != AULA_OK) {
        assert_memory_equal(&manifest, &empty, sizeof empty);
    }
    manifest_close(&manifest);
    return code;
}

static void a_manifest_says_when_memory_is_short(void **state)
{
    expect_need(1, make_manifest, *state);
    expect_need(1, open_manifest, *state);
}

static enum aula_code open_container(struct container *container,
                                     struct desk *desk, struct aula_error *err)
{
    struct container_source source = {desk_read, desk, desk->size};

    return container_open(container, desk->package.office_public, &source, err);
}

static enum aula_code open_whole(void *arg, struct aula_error *err)
{
    static const struct container empty;
    struct container container;
    enum aula_code code = open_container(&container, arg, err);

    if (code != AULA_OK) {
        assert_memory_equal(&container, &empty, sizeof empty);
    }
    container_close(&container);
    return code;
}

static enum aula_code read_file(void *arg, struct aula_error *err)
{
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code = container_file(arg, &bytes, &size, "election.json",
                                         err);

    assert_int_equal(bytes != NULL, code == AULA_OK);
    assert_int_equal(size > 0, code == AULA_OK);
    free(bytes);
    return code;
}

static enum aula_code check_files(void *arg, struct aula_error *err)
{
    return container_check_all(arg, err);
}

static void a_container_says_when_memory_is_short(void **state)
{
    struct container container;

    expect_need(6, open_whole, *state);
    assert_int_equal(open_container(&container, *state, NULL), AULA_OK);
    expect_need(1, read_file, &container);
    expect_need(1, check_files, &container);
    container_close(&container);
}

/* ---- Pabulib */

static enum aula_code open_pabulib(void *arg, struct aula_error *err)
{
    static const struct pabulib empty;
    const struct loaded *loaded = arg;
    struct pabulib file;
    enum aula_code code = pabulib_open(&file, loaded->bytes, loaded->size, err);

    if (code != AULA_OK) {
        assert_memory_equal(&file, &empty, sizeof empty);
    }
    pabulib_close(&file);
    return code;
}

static void a_pabulib_file_says_when_memory_is_short(void **state)
{
    static const char *const names[] = {"approval.pb", "scoring.pb"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct loaded loaded = pb_load("tests/data/pabulib", names[i]);

        assert_non_null(loaded.bytes);
        expect_need(7, open_pabulib, &loaded);
        free(loaded.bytes);
    }
}

/* ---- election.json */

static struct loaded load_election(void)
{
    struct loaded loaded = pb_load("tests/data/elections", "whole.json");

    assert_non_null(loaded.bytes);
    return loaded;
}

static enum aula_code read_election(void *arg, struct aula_error *err)
{
    static const struct election empty;
    const struct loaded *loaded = arg;
    struct election election;
    enum aula_code code = election_open(&election, NULL, loaded->bytes,
                                        loaded->size, err);

    if (code != AULA_OK) {
        assert_memory_equal(&election, &empty, sizeof empty);
    }
    election_close(&election);
    return code;
}

static void an_election_says_when_memory_is_short(void **state)
{
    struct loaded loaded = load_election();

    (void)state;
    expect_need(20, read_election, &loaded);
    free(loaded.bytes);
}

static enum aula_code draft(void *arg, struct aula_error *err)
{
    static const struct election_draft empty;
    struct election_draft made;
    enum aula_code code = election_draft_open(&made, arg, err);

    if (code != AULA_OK) {
        assert_memory_equal(&made, &empty, sizeof empty);
    }
    election_draft_close(&made);
    return code;
}

static void a_draft_says_when_memory_is_short(void **state)
{
    struct loaded loaded = load_election();
    struct election election;

    (void)state;
    assert_int_equal(election_open(&election, NULL, loaded.bytes, loaded.size,
                                   NULL),
                     AULA_OK);
    expect_need(2, draft, &election);
    election_close(&election);
    free(loaded.bytes);
}

/* With a list of faults; whatever there is no memory for, it is refused. */
static enum aula_code list_faults(void *arg, struct aula_error *err)
{
    const struct loaded *loaded = arg;
    struct faults faults = {0};
    struct election election;
    enum aula_code code = election_open(&election, &faults, loaded->bytes,
                                        loaded->size, err);

    if (code == AULA_SOURCE) {
        assert_int_not_equal(faults_count(&faults), 0);
    }
    election_close(&election);
    faults_close(&faults);
    return code;
}

static void a_faulty_election_is_refused_with_any_memory(void **state)
{
    enum { PIECES = 4000 };
    struct loaded loaded = load_election();
    char *mode = strstr((char *)loaded.bytes, "\"mode\": \"official\"");
    unsigned last = 0;

    (void)state;
    assert_non_null(mode);
    memcpy(mode, "\"mode\": \"officiel\"", strlen("\"mode\": \"officiel\""));
    for (unsigned pieces = 0; pieces < PIECES; pieces++) {
        enum aula_code code = attempt_with(pieces, list_faults, &loaded);

        assert_true(code == AULA_MEMORY || code == AULA_SOURCE);
        last = code == AULA_MEMORY ? pieces : last;
    }
    assert_true(last > 20 && last + 100 < PIECES);
    free(loaded.bytes);
}

/* ---- counting sets */

static enum aula_code read_nothing(void *arg, const uint8_t **ciphertext,
                                   uint16_t contest,
                                   const struct counting_ballot *ballot,
                                   struct aula_error *err)
{
    (void)contest;
    (void)ballot;
    (void)err;
    *ciphertext = arg;
    return AULA_OK;
}

static enum aula_code close_set(struct pile *pile, struct aula_error *err)
{
    static uint8_t ciphertext[BALLOT_CIPHERTEXT_BYTES(1)];
    struct counting_source source = {read_nothing, ciphertext};
    struct closing closing = {0};
    enum aula_code code = counting_closing(pile->set, &closing, &source, err);

    assert_int_equal(closing.terminals != NULL, code == AULA_OK);
    counting_closing_clear(&closing);
    return code;
}

/* What failed for want of memory succeeds when it is done again. */
static enum aula_code count_set(void *arg, struct aula_error *err)
{
    struct pile *pile = arg;
    enum aula_code code = counting_open(&pile->set, &pile->election, err);

    for (size_t i = 0; code == AULA_OK && i < pile->count; i++) {
        code = counting_add(pile->set, &pile->records[i].record,
                            pile->records[i].hash, i, err);
    }
    if (code == AULA_OK) {
        code = counting_add_bad(pile->set, pile->records[0].prev, AULA_REC_SEQ,
                                err);
    }
    if (code == AULA_OK) {
        code = counting_find(pile->set, pile->rows, pile->row_count, err);
    }
    if (code == AULA_OK) {
        code = counting_count(pile->set, NULL, 0, err);
    }
    if (code == AULA_OK) {
        code = close_set(pile, err);
    } else if (pile->set != NULL) {
        assert_null(counting_outcome(pile->set)->contests);
    }
    counting_close(pile->set);
    pile->set = NULL;
    return code;
}

static void a_counting_set_says_when_memory_is_short(void **state)
{
    struct pile *pile = *state;
    struct package_contest contests[PILE_CONTESTS] = {0};
    int opened = pile_put(pile, 0, PILE_NONE, RECORD_OPENED);
    int fork = pile_put(pile, 0, opened, RECORD_CAST);

    for (size_t i = 0; i < PILE_CONTESTS; i++) {
        contests[i].rule = (struct plaintext_rule){
            .type = PLAINTEXT_APPROVAL, .n = 3, .limit = 1};
    }
    pile->package.contests = contests;
    for (int i = 0; i < 100; i++) {
        (void)pile_put(pile, 0, opened, RECORD_CAST);
    }
    pile_rule(pile, RULINGS_ADMIT, fork);
    expect_need(20, count_set, pile);
}

static void *ask_malloc(size_t size)
{
    return malloc(size);
}

/* ---- what the pages of a result are made of */

static enum aula_code read_council(void *arg, struct aula_error *err)
{
    static const struct council empty;
    const char *text = arg;
    struct council council;
    enum aula_code code = council_open(&council, NULL, (const uint8_t *)text,
                                       strlen(text), err);

    if (code != AULA_OK) {
        assert_memory_equal(&council, &empty, sizeof empty);
    }
    council_close(&council);
    return code;
}

static enum aula_code make_book(void *arg, struct aula_error *err)
{
    static const struct page_book empty;
    struct page_book book;
    enum aula_code code = page_book_open(&book, arg, err);

    if (code != AULA_OK) {
        assert_memory_equal(&book, &empty, sizeof empty);
    }
    page_book_close(&book);
    return code;
}

static enum aula_code make_cells(void *arg, struct aula_error *err)
{
    struct page_cells cells;
    enum aula_code code = page_cells_open(&cells, arg, 1, 2, 5, err);

    assert_int_equal(cells.counts != NULL, code == AULA_OK);
    page_cells_close(&cells);
    return code;
}

static void pages_say_when_memory_is_short(void **state)
{
    static char council[] = "{\"format\":\"aula-council-1\",\"election\":"
                            "\"a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1\","
                            "\"decisions\":[{\"contest\":\"c\","
                            "\"number\":1,\"decision\":\"accepted\"}]}";
    struct loaded loaded = load_election();
    uint32_t counts[] = {1, 2};
    struct election election;

    (void)state;
    assert_int_equal(election_open(&election, NULL, loaded.bytes, loaded.size,
                                   NULL),
                     AULA_OK);
    expect_need(3, read_council, council);
    expect_need(3, make_book, &election);
    expect_need(2, make_cells, counts);
    election_close(&election);
    free(loaded.bytes);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_DESK(a_manifest_says_when_memory_is_short),
        WITH_DESK(a_container_says_when_memory_is_short),
        cmocka_unit_test(a_pabulib_file_says_when_memory_is_short),
        cmocka_unit_test(an_election_says_when_memory_is_short),
        cmocka_unit_test(a_draft_says_when_memory_is_short),
        cmocka_unit_test(a_faulty_election_is_refused_with_any_memory),
        cmocka_unit_test(pages_say_when_memory_is_short),
        WITH_PILE(a_counting_set_says_when_memory_is_short),
    };

    json_set_alloc_funcs(ask_malloc, free);
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
