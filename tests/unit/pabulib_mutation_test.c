/* SPDX-License-Identifier: Apache-2.0 */
/* Pabulib files with something changed somewhere: every one is refused with a
 * code and a line, or is an election that can be written and read again. The
 * changes are the same in every run, and there is an end of them.
 */
#include "pabulib_sample.h"

#include "draw.h"
#include "pabulib_ballot.h"

enum { ROUNDS = 1000, CHANGES_MAX = 3, PIECE_MAX = 24, ROOM = 4096 };

static const char *const names[] = {
    "approval.pb", "choose.pb",  "knapsack.pb", "cumulative.pb",
    "ordinal.pb",  "scoring.pb", "odd.pb"};

enum { NAMES = sizeof names / sizeof names[0] };

/* What a change may put in: pieces that mean something to a reader. */
static const char *const pieces[] = {";",
                                     "\"",
                                     ",",
                                     "\n",
                                     "\r\n",
                                     "\r",
                                     "\"\"",
                                     "None",
                                     "-",
                                     ".",
                                     "META\n",
                                     "PROJECTS\n",
                                     "VOTES\n",
                                     "0",
                                     "9999999999",
                                     "\xff",
                                     "\xd2",
                                     "\xef\xbb\xbf",
                                     "p1",
                                     "p1,p1",
                                     ";;",
                                     "\n\n",
                                     " ",
                                     "\t",
                                     "\x01",
                                     "key;value\n",
                                     "vote_type;scoring\n",
                                     "budget;0.005\n",
                                     "max_length;0\n"};

enum { PIECES = sizeof pieces / sizeof pieces[0] };

struct text {
    uint8_t bytes[ROOM];
    size_t size;
};

/* Take `out` bytes away at a place and put others there. */
static void splice(struct text *text, size_t at, size_t out, const void *in,
                   size_t in_size)
{
    uint8_t copy[PIECE_MAX];

    at = at > text->size ? text->size : at;
    out = out > text->size - at ? text->size - at : out;
    if (text->size - out + in_size > ROOM) {
        return;
    }
    memcpy(copy, in, in_size); /* it may be of the text itself */
    memmove(text->bytes + at + in_size, text->bytes + at + out,
            text->size - at - out);
    memcpy(text->bytes + at, copy, in_size);
    text->size += in_size;
    text->size -= out;
}

static void change(struct text *text, const uint16_t draw[4])
{
    size_t at = draw[0] % (text->size + 1);
    size_t from = draw[1] % (text->size + 1);
    size_t size = draw[2] % PIECE_MAX;
    const char *piece = pieces[draw[2] % PIECES];

    size = size > text->size - from ? text->size - from : size;
    switch (draw[3] % 5) {
    case 0:
        if (at < text->size) {
            text->bytes[at] ^= (uint8_t)(1U << (draw[1] % 8));
        }
        break;
    case 1:
        splice(text, at, size, "", 0);
        break;
    case 2:
        splice(text, at, 0, text->bytes + from, size);
        break;
    case 3:
        splice(text, at, draw[1] % 3, piece, strlen(piece));
        break;
    default:
        text->size = at;
        break;
    }
}

/* What may be asked of any file that was accepted. */
static void use(const struct pabulib *file)
{
    struct plaintext_rule rule;
    uint8_t plaintext[PLAINTEXT_BYTES_MAX];
    struct paper paper = {0};
    struct pabulib_sink sink = {paper_write, &paper};
    enum aula_code code = pabulib_write(&sink, file, NULL);

    free(paper.bytes);
    if (code == AULA_OK) {
        assert_round_trip(file);
    }
    assert_true(code == AULA_OK || code == AULA_SOURCE);
    if (pabulib_rule(&rule, file, NULL) != AULA_OK) {
        return;
    }
    for (size_t i = 0; i < file->vote_count; i++) {
        code = pabulib_plaintext(plaintext, &rule, file, NULL, i, NULL);
        assert_true(code == AULA_OK || code == AULA_SOURCE ||
                    code == AULA_PT_LIMIT || code == AULA_PT_RANK);
        if (code == AULA_OK) {
            assert_int_equal(plaintext_check(&rule, plaintext,
                                             plaintext_size(&rule)),
                             AULA_OK);
        }
    }
}

static bool try_text(const struct text *text)
{
    struct pabulib file;
    struct aula_error err = {0};
    enum aula_code code = pb_open_bytes(&file, text->bytes, text->size, &err);

    if (code == AULA_OK) {
        use(&file);
        pabulib_close(&file);
        return true;
    }
    assert_true(code == AULA_SOURCE || code == AULA_TOO_LARGE);
    assert_int_equal(err.code, code);
    assert_memory_equal(err.message, "line ", 5);
    return false;
}

static void every_changed_file_is_refused_or_sound(void **state)
{
    size_t accepted = 0;

    (void)state;
    for (size_t n = 0; n < NAMES; n++) {
        struct loaded loaded = pb_load("tests/data/pabulib", names[n]);

        assert_non_null(loaded.bytes);
        assert_true(loaded.size <= ROOM);
        for (uint64_t round = 0; round < ROUNDS; round++) {
            uint16_t draws[CHANGES_MAX][4];
            struct text text = {.size = loaded.size};

            memcpy(text.bytes, loaded.bytes, loaded.size);
            draw_bytes(draws, sizeof draws, names[n], round);
            for (size_t i = 0; i <= draws[0][3] / 5 % CHANGES_MAX; i++) {
                change(&text, draws[i]);
            }
            accepted += try_text(&text);
        }
        free(loaded.bytes);
    }
    /* Neither all nor nothing, or the changes would prove little. */
    assert_in_range(accepted, NAMES * ROUNDS / 20, NAMES * ROUNDS * 19 / 20);
}

static void every_single_byte_may_be_any_other(void **state)
{
    struct loaded loaded = pb_load("tests/data/pabulib", "cumulative.pb");
    struct text text = {.size = loaded.size};

    (void)state;
    assert_non_null(loaded.bytes);
    memcpy(text.bytes, loaded.bytes, loaded.size);
    for (size_t i = 0; i < text.size; i++) {
        for (unsigned value = 0; value < 256; value += 9) {
            text.bytes[i] = (uint8_t)(value + i % 9);
            (void)try_text(&text);
        }
        text.bytes[i] = loaded.bytes[i];
    }
    assert_true(try_text(&text));
    free(loaded.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_changed_file_is_refused_or_sound),
        cmocka_unit_test(every_single_byte_may_be_any_other),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
