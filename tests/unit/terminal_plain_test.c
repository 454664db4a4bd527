/* SPDX-License-Identifier: Apache-2.0 */
/* What nobody may read off a terminal's disk, its second place or a stick: what
 * the election is, who voted, what was chosen, or any key. And no refusal says
 * it. */
#include "terminal_desk_chain.h"

#include <ctype.h>

#include "cheap_pwhash.h"
#include "vfs.h"

/* A pattern that no chance puts on a disk: the longer contest's choices. */
static const uint8_t pattern[DESK_LONG_PROPOSALS] = {
    3, 1, 2, 3, 2, 1, 1, 3, 3, 2, 1, 2, 2, 3, 1, 1, 2, 2, 3, 3, 1, 3, 2, 1};

static const char *const texts[] = {
    "Аула таңдауы",    "Выбор двора", "Ойын алаңы", "Детская площадка",
    "Қысқаша",         "Кратко",      "Саябақтар",  "Аулалар",
    "aula-election-1", "Hall 7",      "SQLite",     "CREATE TABLE",
    "election.json",   DESK_VOTER,    DESK_OTHER,   "Ainur's passphrase"};

static void must_hide(const struct desk *desk, const char *folder)
{
    const struct terminal_secrets *secrets = desk->terminal->secrets;
    const struct {
        const void *bytes;
        size_t size;
    } rows[] = {{pattern, sizeof pattern},
                {secrets->master, sizeof secrets->master},
                {secrets->sign, SIGN_SEED_BYTES},
                {secrets->transport, sizeof secrets->transport},
                {secrets->tag_key, sizeof secrets->tag_key},
                {desk->package.hash, HASH_BYTES},
                {desk->package.key, 32}};

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (desk_finds(folder, rows[i].bytes, rows[i].size)) {
            fail_msg("%s: row %zu", folder, i);
        }
    }
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (desk_finds(folder, texts[i], strlen(texts[i]))) {
            fail_msg("%s: %s", folder, texts[i]);
        }
    }
    if (desk->terminal->session.is_there) {
        assert_false(desk_finds(folder, secrets->tag, sizeof secrets->tag));
    }
}

static void must_hide_all(const struct desk *desk)
{
    must_hide(desk, desk->folder);
}

static int make(void **state)
{
    struct desk *desk = desk_new(&(struct desk_wish){.is_long = true});

    *state = desk;
    desk_reopen(desk);
    desk_install(desk);
    return 0;
}

static void prepare(struct desk *desk)
{
    struct session_ballot ballot;

    assert_int_equal(session_prepare(desk->terminal, &ballot, 1, pattern,
                                     sizeof pattern, NULL),
                     AULA_OK);
}

static void a_search_that_finds_is_one(void **state)
{
    struct desk *desk = *state;
    char path[DESK_PATH_BYTES];
    FILE *file;

    (void)snprintf(path, sizeof path, "%.200s/plain", desk->stick);
    file = fopen(path, "wb");
    assert_non_null(file);
    (void)fprintf(file, "..%s..", texts[1]);
    assert_int_equal(fclose(file), 0);
    assert_true(desk_finds(desk->folder, texts[1], strlen(texts[1])));
    assert_true(desk_finds(desk->folder, "Ainur", 5)); /* in keys.1: as meant */
}

static void no_file_tells_what_happened(void **state)
{
    struct desk *desk = *state;
    struct transfer transfer = {0};
    struct transfer_done done;
    char kept[DESK_PATH_BYTES];

    must_hide_all(desk);
    desk_open_day(desk);
    desk_check_in(desk, DESK_VOTER);
    prepare(desk);
    must_hide_all(desk);
    assert_int_equal(session_challenge(desk->terminal, NULL), AULA_OK);
    must_hide_all(desk);
    prepare(desk);
    assert_int_equal(session_cast(desk->terminal, NULL), AULA_OK);
    must_hide_all(desk);
    assert_int_equal(session_leave(desk->terminal, NULL, NULL), AULA_OK);
    desk_vote(desk, DESK_OTHER);
    must_hide_all(desk);
    (void)snprintf(kept, sizeof kept, "%.200s/kept", desk->folder);
    desk_copy_folder(kept, desk->data); /* as a power cut would leave it */
    desk->now += (uint64_t)8 * DESK_HOUR_S;
    assert_int_equal(day_close(desk->terminal, NULL, NULL), AULA_OK);
    assert_int_equal(transfer_export(desk->terminal, &done, desk->stick,
                                     &transfer, NULL),
                     AULA_OK);
    must_hide_all(desk);
}

/* A message is there, and tells none of this. */
static void must_be_mute(enum aula_code code, const struct aula_error *err)
{
    static const char *const words[] = {
        "850615", "passphrase's", "'s passphrase", "guess me", "7f",
    };
    size_t digits = 0;

    assert_int_not_equal(code, AULA_OK);
    assert_int_equal(err->code, code);
    assert_int_not_equal(err->message[0], '\0');
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strstr(err->message, words[i]) != NULL) {
            fail_msg("%s", err->message);
        }
    }
    for (const char *at = err->message; *at != '\0'; at++) {
        digits = isdigit((unsigned char)*at) ? digits + 1 : 0;
        assert_true(digits < 6);
    }
}

static void look_up_wrong(struct desk *desk)
{
    static const char *const typed[] = {"850615100018", "8506151000170",
                                        "85061510001", "85061510001x",
                                        "850615+100017"};
    struct session_lookup lookup;

    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        struct aula_error err = {0};

        must_be_mute(session_look_up(desk->terminal, &lookup, typed[i],
                                     strlen(typed[i]), &err),
                     &err);
    }
}

static void choose_wrong(struct desk *desk)
{
    static const uint8_t above[1] = {0x7f};
    static const uint8_t beyond[1] = {0xf5};
    struct session_ballot ballot;
    struct aula_error err = {0};

    must_be_mute(session_prepare(desk->terminal, &ballot, 0, above, 1, &err),
                 &err);
    must_be_mute(session_prepare(desk->terminal, &ballot, 0, beyond, 1, &err),
                 &err);
    must_be_mute(session_prepare(desk->terminal, &ballot, 1, pattern,
                                 sizeof pattern - 1, &err),
                 &err);
    must_be_mute(session_prepare(desk->terminal, &ballot, 9, above, 1, &err),
                 &err);
    must_be_mute(session_cast(desk->terminal, &err), &err);
}

static void vote_twice(struct desk *desk)
{
    static const uint16_t second[] = {1};
    struct session_lookup lookup;
    struct session_ballot ballot;
    struct aula_error err = {0};

    prepare(desk);
    assert_int_equal(session_cast(desk->terminal, NULL), AULA_OK);
    must_be_mute(session_prepare(desk->terminal, &ballot, 1, pattern,
                                 sizeof pattern, &err),
                 &err);
    must_be_mute(session_look_up(desk->terminal, &lookup, DESK_VOTER,
                                 strlen(DESK_VOTER), &err),
                 &err);
    assert_int_equal(session_leave(desk->terminal, NULL, NULL), AULA_OK);
    assert_int_equal(session_look_up(desk->terminal, &lookup, DESK_VOTER,
                                     strlen(DESK_VOTER), NULL),
                     AULA_OK);
    must_be_mute(session_admit(desk->terminal, second, 1, &err), &err);
    must_be_mute(session_admit(desk->terminal, NULL, 0, &err), &err);
}

static void unlock_wrong(struct desk *desk)
{
    struct official wrong = {.label = "Ainur", .secret = {"guess me", 8, NULL}};
    struct aula_error err = {0};

    must_be_mute(day_close(desk->terminal, &wrong, &err), &err);
    terminal_close(desk->terminal);
    desk->terminal = NULL;
    must_be_mute(terminal_open(&desk->terminal, &desk->place, &wrong,
                               TERMINAL_WORK, &err),
                 &err);
    wrong.label = NULL;
    must_be_mute(terminal_open(&desk->terminal, &desk->place, &wrong,
                               TERMINAL_WORK, &err),
                 &err);
}

static void no_refusal_tells_it(void **state)
{
    struct desk *desk = *state;

    desk_open_day(desk);
    look_up_wrong(desk);
    desk_check_in(desk, DESK_VOTER);
    choose_wrong(desk);
    vote_twice(desk);
    unlock_wrong(desk);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, make, desk_clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(a_search_that_finds_is_one),
        WITH(no_file_tells_what_happened),
        WITH(no_refusal_tells_it),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
