/* SPDX-License-Identifier: Apache-2.0 */
/* Sets of records at random, with forks, gaps and rulings, against the text of
 * the protocol taken word by word; in every order; and a set of a city. */
#include "bytes.h"
#include "counting_rules.h"

enum {
    SETS = 2000,
    VOTERS = 6,
    MANY = 100000 /* records */
};

/* Numbers that follow from the set's number, so that a failure comes again. */
struct dice {
    uint8_t seed[randombytes_SEEDBYTES];
    uint32_t bytes[4096];
    size_t used;
};

static void shake(struct dice *dice, uint64_t number)
{
    draw_bytes(dice->bytes, sizeof dice->bytes, "dice", number);
    dice->used = 0;
}

static uint32_t roll(struct dice *dice, uint32_t sides)
{
    assert_true(dice->used < sizeof dice->bytes / sizeof dice->bytes[0]);
    return dice->bytes[dice->used++] % sides;
}

static int draw_parent(struct pile *pile, struct dice *dice, size_t terminal)
{
    int found = PILE_NONE;

    /* mostly the last one of the terminal */
    for (int i = 0; i < (int)pile->count; i++) {
        if (pile_at(pile, i)->tid == pile->tids[terminal] &&
            roll(dice, 10) > 0) {
            found = i;
        }
    }
    return found;
}

static void draw_record(struct pile *pile, struct dice *dice)
{
    static const enum record_kind kinds[] = {
        RECORD_CAST,   RECORD_CAST,   RECORD_CAST,  RECORD_CHALLENGED,
        RECORD_OPENED, RECORD_CLOSED, RECORD_EVENT,
    };
    size_t terminal = roll(dice, PILE_TERMINALS - 1);
    int parent = draw_parent(pile, dice, terminal);
    int made = pile_put(pile, terminal, parent, kinds[roll(dice, 7)]);
    struct record *record = pile_at(pile, made);

    record->contest = (uint16_t)roll(dice, 2);
    record->time = roll(dice, 12) == 0
                       ? (roll(dice, 2) == 0 ? pile_opens - 1 : pile_closes + 1)
                       : pile_opens + (uint64_t)made * 2 + roll(dice, 4);
    record->counts = (struct record_counts){roll(dice, 3), roll(dice, 2),
                                            roll(dice, 4), roll(dice, 2)};
    record->width = 1 + roll(dice, PILE_WIDTH);
    draw_bytes(pile->records[made].tag, TAG_BYTES, "voter", roll(dice, VOTERS));
    if (roll(dice, 8) == 0) {
        draw_bytes(pile->records[made].ciphertext, GROUP_POINT_BYTES * 2,
                   "again", roll(dice, 2));
    }
    if (parent != PILE_NONE && roll(dice, 15) == 0) {
        draw_bytes(pile->records[made].prev, HASH_BYTES, "broken", pile->count);
    }
}

static void draw_row(struct pile *pile, struct dice *dice)
{
    int record = (int)roll(dice, (uint32_t)pile->count);
    enum rulings_type type = (enum rulings_type)(1 + roll(dice, 4));

    if (type == RULINGS_ADMIT || type == RULINGS_CHAIN) {
        pile_rule(pile, type, record);
    } else {
        pile_rule_place(pile, type, roll(dice, PILE_TERMINALS - 1),
                        roll(dice, 6));
    }
}

static int compare_tags(const void *left, const void *right)
{
    return memcmp(left, right, TAG_BYTES);
}

static void draw_set(struct pile *pile, struct model *model, uint64_t number)
{
    struct dice dice;
    uint32_t records;
    uint32_t rows;

    memset(pile, 0, sizeof *pile);
    memset(model, 0, sizeof *model);
    pile_start(pile);
    pile->late = (struct terminals_register){pile_opens, 1, pile->tids[2]};
    pile->election.late = &pile->late;
    shake(&dice, number);
    pile->package.one_per = (enum package_one_per)roll(&dice, 2);
    records = 1 + roll(&dice, 24);
    for (uint32_t i = 0; i < records; i++) {
        draw_record(pile, &dice);
    }
    rows = roll(&dice, 3);
    for (uint32_t i = 0; i < rows; i++) {
        draw_row(pile, &dice);
    }
    pile->tag_count = roll(&dice, 2);
    for (size_t i = 0; i < pile->tag_count; i++) {
        draw_bytes(pile->tags[i], TAG_BYTES, "voter", i);
    }
    qsort(pile->tags, pile->tag_count, TAG_BYTES, compare_tags);
    model->pile = pile;
    for (size_t i = 0; i < pile->count; i++) {
        model->is_there[i] = roll(&dice, 12) > 0;
    }
}

/* A part of a set in an order of its own, each record up to three times. */
static void fill_shuffled(struct pile *pile, const struct model *model)
{
    counting_close(pile->set);
    assert_int_equal(counting_open(&pile->set, &pile->election, NULL), AULA_OK);
    for (size_t i = 0; i < 2 * pile->count; i++) {
        size_t drawn = randombytes_uniform((uint32_t)pile->count);

        if (model->is_there[drawn]) {
            pile_add(pile, drawn);
        }
    }
    for (size_t i = pile->count; i > 0; i--) {
        if (model->is_there[i - 1]) {
            pile_add(pile, i - 1);
        }
    }
}

static void expect_findings(const struct model *model,
                            const struct counting_outcome *outcome)
{
    size_t open = 0;

    assert_int_equal(outcome->finding_count, model->finding_count);
    for (size_t i = 0; i < model->finding_count; i++) {
        const struct counting_finding *wanted = &model->findings[i];
        bool is_there = false;

        open += wanted->is_open ? 1 : 0;
        for (size_t k = 0; k < outcome->finding_count; k++) {
            const struct counting_finding *found = &outcome->findings[k];

            is_there |=
                found->name == wanted->name &&
                memcmp(found->tid, wanted->tid, TERMINAL_ID_BYTES) == 0 &&
                found->first == wanted->first && found->last == wanted->last &&
                found->is_open == wanted->is_open;
        }
        assert_true(is_there);
    }
    assert_int_equal(outcome->open_count, open);
}

static void expect_errors(const struct model *model,
                          const struct counting_outcome *outcome)
{
    const struct pile *pile = model->pile;
    size_t excluded = 0;
    size_t counted[PILE_CONTESTS] = {0};

    for (size_t i = 0; i < pile->count; i++) {
        const struct record *record = &pile->records[i].record;

        if (!model->is_there[i]) {
            continue;
        }
        assert_int_equal(counting_error_of(outcome, pile->records[i].hash),
                         model->errors[i]);
        excluded += model->errors[i] != AULA_OK ? 1 : 0;
        if (record->kind == RECORD_CAST && model->errors[i] == AULA_OK) {
            counted[record->contest]++;
        }
    }
    assert_int_equal(outcome->exclusion_count, excluded);
    for (size_t i = 0; i < PILE_CONTESTS; i++) {
        assert_int_equal(outcome->contests[i].counted, counted[i]);
    }
}

static void a_set_is_what_the_text_says(void **state)
{
    struct pile *pile = *state;
    struct model *model = calloc(1, sizeof *model);
    size_t refused = 0;
    size_t ruled = 0;

    assert_non_null(model);
    for (uint64_t number = 0; number < SETS; number++) {
        bool fits;

        counting_close(pile->set);
        draw_set(pile, model, number);
        fits = model_rule(model, PILE_TERMINALS - 1);
        refused += fits ? 0 : 1;
        ruled += fits && pile->row_count > 0 ? 1 : 0;
        fill_shuffled(pile, model);
        assert_int_equal(counting_find(pile->set, pile->rows, pile->row_count,
                                       NULL),
                         fits ? AULA_OK : AULA_RULING_INVALID);
        if (!fits) {
            continue;
        }
        model_exclude(model);
        assert_int_equal(counting_count(pile->set, pile->tags[0],
                                        pile->tag_count, NULL),
                         AULA_OK);
        expect_findings(model, counting_outcome(pile->set));
        expect_errors(model, counting_outcome(pile->set));
    }
    assert_true(refused > SETS / 10 && ruled > SETS / 20);
    free(model);
}

/* What a city's record has in common with the next one. */
struct stream {
    struct pile_record at;
    uint8_t hashes[2][HASH_BYTES]; /* of the last one, and this one */
};

static void add_number(struct pile *pile, struct stream *stream,
                       enum record_kind kind, size_t terminal, uint64_t seq,
                       uint64_t number)
{
    stream->at.record = (struct record){
        .kind = kind,
        .tid = pile->tids[terminal],
        .seq = seq,
        .time = pile_opens + seq,
        .prev = stream->hashes[0],
        .width = 1,
        .voter = stream->at.tag,
        .ciphertext = stream->at.ciphertext,
    };
    draw_bytes(stream->hashes[1], HASH_BYTES, "rh", number);
    put_le64(stream->at.ciphertext, number);
    assert_int_equal(counting_add(pile->set, &stream->at.record,
                                  stream->hashes[1], number, NULL),
                     AULA_OK);
}

static void start_large(struct pile *pile)
{
    assert_int_equal(counting_open(&pile->set, &pile->election, NULL), AULA_OK);
}

static const struct counting_outcome *count_large(struct pile *pile)
{
    assert_int_equal(counting_find(pile->set, pile->rows, pile->row_count,
                                   NULL),
                     AULA_OK);
    assert_int_equal(counting_count(pile->set, NULL, 0, NULL), AULA_OK);
    return counting_outcome(pile->set);
}

/* Two terminals; each voter comes to both of them. */
static void a_hundred_thousand_records_are_one_set(void **state)
{
    struct pile *pile = *state;
    struct stream stream = {0};
    const struct counting_outcome *outcome;

    start_large(pile);
    for (uint64_t i = 0; i < MANY; i++) {
        uint64_t seq = 1 + i % (MANY / 2);

        put_le64(stream.at.tag, seq);
        add_number(pile, &stream, seq == 1 ? RECORD_OPENED : RECORD_CAST,
                   i / (MANY / 2), seq, i);
        memcpy(stream.hashes[0], stream.hashes[1], HASH_BYTES);
    }
    outcome = count_large(pile);
    assert_int_equal(outcome->record_count, MANY);
    assert_int_equal(outcome->contests[0].counted, MANY / 2 - 1);
    assert_int_equal(outcome->exclusion_count, MANY / 2 - 1);
    assert_int_equal(outcome->finding_count, 2); /* NO_CLOSE of both */
}

/* A stolen key fills one place; the true record is admitted. */
static void a_flood_at_one_place_is_a_single_fork(void **state)
{
    struct pile *pile = *state;
    struct stream stream = {0};
    const struct counting_outcome *outcome;
    uint8_t first[HASH_BYTES];

    start_large(pile);
    add_number(pile, &stream, RECORD_OPENED, 0, 1, MANY);
    memcpy(stream.hashes[0], stream.hashes[1], HASH_BYTES);
    for (uint64_t i = 0; i < MANY; i++) {
        put_le64(stream.at.tag, i);
        add_number(pile, &stream, i % 2 == 0 ? RECORD_CAST : RECORD_CHALLENGED,
                   0, 2, i);
        if (i == 0) {
            memcpy(first, stream.hashes[1], HASH_BYTES);
        }
    }
    pile->rows[0] = (struct rulings_row){
        RULINGS_ADMIT, pile->tids[0], 2, first, {"the posted code", 15}};
    pile->row_count = 1;
    outcome = count_large(pile);
    assert_int_equal(outcome->contests[0].counted, 1);
    assert_int_equal(outcome->exclusion_count, MANY - 1);
    assert_int_equal(outcome->finding_count, 3);
    assert_int_equal(outcome->findings[0].name, COUNTING_FORK);
    assert_false(outcome->findings[0].is_open);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_PILE(a_set_is_what_the_text_says),
        WITH_PILE(a_hundred_thousand_records_are_one_set),
        WITH_PILE(a_flood_at_one_place_is_a_single_fork),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
