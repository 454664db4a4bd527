/* SPDX-License-Identifier: Apache-2.0 */
/* See count_desk.h. */
#include "count_desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>
#include <sodium.h>

#include "commands.h"
#include "desk_election.h"
#include "hash.h"
#include "journal.h"
#include "keyring.h"

#define PASSPHRASE "ABCDEFGHJKMNP"

enum { WORDS_MAX = 32, HEX = 65, DAY_S = 86400 };

static const char *const later[] = {"approve/", "mix/", "decrypt/",
                                    "result.bin", NULL};

static void make_trustee(const struct count_desk *desk, size_t i)
{
    const struct vector_board *vectors = desk->vectors;
    size_t size = 0;
    const uint8_t *round1 = vector_board_round1(vectors, i, &size);

    assert_int_equal(mkdir(desk->own[i], 0700), 0);
    office_put(desk->own[i], "round1.bin", round1, size);
    assert_int_equal(keyring_save(desk->own[i], "sign.key",
                                  KEYFILE_TRUSTEE_SIGN, &desk->passphrase,
                                  vectors->trustee_seeds[i], NULL),
                     AULA_OK);
    assert_int_equal(keyring_save(desk->own[i], "share.key",
                                  KEYFILE_TRUSTEE_SHARE, &desk->passphrase,
                                  vectors->shares[i], NULL),
                     AULA_OK);
    assert_int_equal(journal_make(desk->own[i], vectors->package.key, NULL),
                     AULA_OK);
}

static void make_office(const struct count_desk *desk)
{
    const struct vector_board *vectors = desk->vectors;
    const struct package *package = &vectors->package;
    struct desk_public known;
    char text[256];
    char sign[HEX];
    char transport[HEX];
    size_t size = 0;
    uint8_t *tag_key = vector_bytes(json_object_get(vectors->world, "tag_key"),
                                    &size);
    int length;

    memcpy(known.sign, package->office_key, sizeof known.sign);
    memcpy(known.transport, package->office_transport, sizeof known.transport);
    (void)sodium_bin2hex(sign, sizeof sign, known.sign, sizeof known.sign);
    (void)sodium_bin2hex(transport, sizeof transport, known.transport,
                         sizeof known.transport);
    assert_int_equal(mkdir(desk->office, 0700), 0);
    length = snprintf(text, sizeof text,
                      "aula office 1\nsign %s\ntransport %s\n", sign,
                      transport);
    office_put(desk->office, "office.txt", text, (size_t)length);
    assert_int_equal(keyring_save(desk->office, "sign.key", KEYFILE_OFFICE_SIGN,
                                  &desk->passphrase, vectors->office_secret,
                                  NULL), /* its first half is the seed */
                     AULA_OK);
    assert_int_equal(desk_election_make(desk->office, &known,
                                        vectors->package_bytes,
                                        vectors->package_size, tag_key,
                                        &desk->passphrase, NULL),
                     AULA_OK);
    free(tag_key);
}

int count_desk_make(void **state)
{
    struct count_desk *desk = calloc(1, sizeof *desk);
    void *vectors = NULL;

    assert_non_null(desk);
    (void)vector_board_open(&vectors);
    desk->vectors = vectors;
    (void)office_folder_make(&desk->folder);
    office_path(desk->board, desk->folder, "board");
    office_path(desk->office, desk->folder, "office");
    office_path(desk->own[0], desk->folder, "own1");
    office_path(desk->own[1], desk->folder, "own2");
    office_path(desk->own[2], desk->folder, "own3");
    office_path(desk->pass, desk->folder, "pass");
    desk->passphrase.size = strlen(PASSPHRASE);
    desk->passphrase.text = sodium_malloc(sizeof PASSPHRASE);
    assert_non_null(desk->passphrase.text);
    memcpy(desk->passphrase.text, PASSPHRASE, sizeof PASSPHRASE);
    office_put(desk->folder, "pass", PASSPHRASE, strlen(PASSPHRASE));
    desk->now = desk->vectors->package.closes + DAY_S;
    assert_int_equal(mkdir(desk->board, 0755), 0);
    vector_board_lay(json_object_get(desk->vectors->board, "files"),
                     desk->board, later);
    for (size_t i = 0; i < VECTOR_TRUSTEES; i++) {
        make_trustee(desk, i);
    }
    make_office(desk);
    *state = desk;
    return 0;
}

int count_desk_clear(void **state)
{
    struct count_desk *desk = *state;
    void *vectors = desk->vectors;

    passphrase_forget(&desk->passphrase);
    (void)office_folder_clear(&desk->folder);
    (void)vector_board_close(&vectors);
    free(desk);
    return 0;
}

static uint64_t now(void *context)
{
    const struct count_desk *desk = context;

    return desk->now;
}

/* What a word stands for; itself where it stands for nothing. */
static void write_word(char text[static PLACE_BYTES],
                       const struct count_desk *desk, const char *word)
{
    const struct {
        const char *word;
        const char *text;
    } all[] = {{"BOARD", desk->board}, {"OFFICE", desk->office},
               {"OWN1", desk->own[0]}, {"OWN2", desk->own[1]},
               {"OWN3", desk->own[2]}, {"PASS", desk->pass}};

    (void)snprintf(text, PLACE_BYTES, "%s", word);
    if (strcmp(word, "KEY") == 0) {
        office_path(text, desk->office, "office.txt");
    } else if (strcmp(word, "COUNCIL") == 0) {
        office_path(text, desk->folder, "council");
    } else if (strcmp(word, "WRONG") == 0) {
        office_path(text, desk->folder, "wrong");
    }
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (strcmp(word, all[i].word) == 0) {
            (void)snprintf(text, PLACE_BYTES, "%s", all[i].text);
        }
    }
}

struct count_said count_run(const struct count_desk *desk, const char *words)
{
    struct count_desk copy = *desk; /* a clock wants what it may change */
    struct command_place place = {.clock = {now, &copy}};
    struct count_said said = {-1, NULL, NULL};
    char texts[WORDS_MAX][PLACE_BYTES];
    char *argv[WORDS_MAX + 1];
    char *list = strdup(words);
    char *rest = NULL;
    size_t size = 0;
    int argc = 0;

    assert_non_null(list);
    argv[argc++] = (char[]){"aula"};
    for (char *word = strtok_r(list, " ", &rest); word != NULL;
         word = strtok_r(NULL, " ", &rest)) {
        assert_true(argc < WORDS_MAX);
        write_word(texts[argc], desk, word);
        argv[argc] = texts[argc];
        argc++;
    }
    argv[argc] = NULL;
    place.out = open_memstream(&said.out, &size);
    place.errors = open_memstream(&said.errors, &size);
    said.status = command_main(commands, &place, argc, argv);
    (void)fclose(place.out);
    (void)fclose(place.errors);
    free(list);
    return said;
}

void count_forget(struct count_said *said)
{
    free(said->out);
    free(said->errors);
}

static void expect_text(const struct count_said *said, const char *text)
{
    if (text != NULL && strstr(said->errors, text) == NULL &&
        strstr(said->out, text) == NULL) {
        print_error("%s\nis not in\n%s%s\n", text, said->out, said->errors);
        fail();
    }
}

void count_expect(const struct count_desk *desk, const char *words, int status,
                  const char *first, const char *second)
{
    struct count_said said = count_run(desk, words);

    if (said.status != status) {
        print_error("aula %s: status %d\n%s%s", words, said.status, said.out,
                    said.errors);
    }
    assert_int_equal(said.status, status);
    expect_text(&said, first);
    expect_text(&said, second);
    count_forget(&said);
}

void count_closing_code(const struct count_desk *desk,
                        char code[static CODE_TEXT_BYTES])
{
    uint8_t hash[HASH_BYTES];
    size_t size = 0;
    uint8_t *bytes = office_get(desk->board, "closing.bin", &size);

    hash_bytes(hash, "closing", bytes, size);
    code_write(code, hash);
    free(bytes);
}

void count_step(const struct count_desk *desk, const char *step, unsigned index)
{
    bool is_approval = strcmp(step, "approve") == 0;
    char code[CODE_TEXT_BYTES];
    char words[256];

    count_closing_code(desk, code);
    (void)snprintf(words, sizeof words,
                   "trustee %s BOARD OWN%u --office-key KEY --passphrase-file "
                   "PASS%s%s",
                   step, index, is_approval ? " --closing-code " : "",
                   is_approval ? code : "");
    count_expect(desk, words, 0, NULL, NULL);
}

void count_approve_all(const struct count_desk *desk)
{
    for (unsigned i = 1; i <= VECTOR_TRUSTEES; i++) {
        count_step(desk, "approve", i);
    }
}

void count_mix_by(const struct count_desk *desk, unsigned one, unsigned two)
{
    count_step(desk, "mix", one);
    count_step(desk, "mix", two);
}

void count_lay_variant(const struct count_desk *desk, const char *what)
{
    json_t *cases =
        json_object_get(json_object_get(desk->vectors->board, "variants"),
                        "cases");

    for (size_t i = 0; i < json_array_size(cases); i++) {
        const json_t *row = json_array_get(cases, i);

        if (strcmp(json_string_value(json_object_get(row, "what")), what) ==
            0) {
            vector_board_lay(json_object_get(row, "change"), desk->board,
                             later);
            return;
        }
    }
    fail();
}
