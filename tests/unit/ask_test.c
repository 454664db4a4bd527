/* SPDX-License-Identifier: Apache-2.0 */
/* Passphrases and codes as a script hands them over, and a code as a person
 * types it at a terminal. */
#define _XOPEN_SOURCE 700 /* posix_openpt */

#include <ctype.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sodium.h>

#include "ask.h"
#include "code.h"
#include "office_folder.h"
#include "passphrase.h"

#define GOOD "ABCDEFGHJKMNP"

static enum aula_code take(struct passphrase *passphrase, const char *folder,
                           enum ask_passphrase kind, const char *text,
                           size_t size)
{
    struct aula_error err = {AULA_OK, ""};
    char path[PLACE_BYTES];
    enum aula_code code;

    *passphrase = (struct passphrase){NULL, 0};
    office_put(folder, "pass", text, size);
    office_path(path, folder, "pass");
    code = ask_passphrase(passphrase, kind, "--pin", path, "the office", &err);
    if (code != AULA_OK) {
        assert_null(passphrase->text);
        assert_non_null(strstr(err.message, "--pin: "));
        assert_null(strstr(err.message, "/pass"));
        assert_null(strstr(err.message, "ABCD"));
    }
    return code;
}

static void the_end_of_the_line_does_not_count(void **state)
{
    static const char *const texts[] = {GOOD, GOOD "\n", GOOD "\r\n"};

    for (size_t i = 0; i < 3; i++) {
        struct passphrase passphrase;

        assert_int_equal(take(&passphrase, *state, ASK_PASSPHRASE_GENERATED,
                              texts[i], strlen(texts[i])),
                         AULA_OK);
        assert_int_equal(passphrase.size, strlen(GOOD));
        assert_string_equal(passphrase.text, GOOD);
        passphrase_forget(&passphrase);
        assert_null(passphrase.text);
    }
}

static void blanks_are_part_of_a_passphrase(void **state)
{
    struct passphrase passphrase;

    assert_int_equal(take(&passphrase, *state, ASK_PASSPHRASE_KNOWN, " a \n",
                          4),
                     AULA_OK);
    assert_string_equal(passphrase.text, " a ");
    passphrase_forget(&passphrase);
}

static void more_than_one_line_is_refused(void **state)
{
    struct passphrase passphrase;

    assert_int_equal(take(&passphrase, *state, ASK_PASSPHRASE_KNOWN,
                          GOOD "\n\n", 15),
                     AULA_BAD_FIELD);
    assert_int_equal(take(&passphrase, *state, ASK_PASSPHRASE_KNOWN,
                          GOOD "\n" GOOD, 27),
                     AULA_BAD_FIELD);
    assert_int_equal(take(&passphrase, *state, ASK_PASSPHRASE_KNOWN, GOOD, 14),
                     AULA_BAD_FIELD);
}

static void what_is_no_passphrase_is_refused(void **state)
{
    static const char *const texts[] = {"", "\n", "\r\n", "\xff", "и\xcc\x86"};
    struct passphrase passphrase;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_int_equal(take(&passphrase, *state, ASK_PASSPHRASE_KNOWN,
                              texts[i], strlen(texts[i])),
                         AULA_BAD_FIELD);
    }
}

static void a_passphrase_is_bounded(void **state)
{
    static char text[PASSPHRASE_BYTES_MAX + 10];
    struct passphrase passphrase;

    memset(text, 'A', sizeof text);
    assert_int_equal(take(&passphrase, *state, ASK_PASSPHRASE_KNOWN, text,
                          PASSPHRASE_BYTES_MAX),
                     AULA_OK);
    passphrase_forget(&passphrase);
    assert_int_equal(take(&passphrase, *state, ASK_PASSPHRASE_KNOWN, text,
                          PASSPHRASE_BYTES_MAX + 1),
                     AULA_BAD_FIELD);
    assert_int_equal(take(&passphrase, *state, ASK_PASSPHRASE_KNOWN, text,
                          sizeof text),
                     AULA_TOO_LARGE);
}

/* Twelve characters are too few where the program would have made thirteen. */
static void one_that_a_person_invented_is_too_weak(void **state)
{
    struct passphrase passphrase;

    assert_int_equal(take(&passphrase, *state, ASK_PASSPHRASE_GENERATED, GOOD,
                          12),
                     AULA_KEY_WEAK);
    assert_int_equal(take(&passphrase, *state, ASK_PASSPHRASE_KNOWN, GOOD, 12),
                     AULA_OK);
    passphrase_forget(&passphrase);
    assert_int_equal(take(&passphrase, *state, ASK_PASSPHRASE_CHOSEN, GOOD, 12),
                     AULA_OK);
    passphrase_forget(&passphrase);
}

/* Its option is: the path may be a passphrase, typed in the wrong place. */
static void a_file_that_is_not_there_is_not_named(void **state)
{
    struct passphrase passphrase = {NULL, 0};
    struct aula_error err = {AULA_OK, ""};
    char path[PLACE_BYTES];

    office_path(path, *state, "nowhere");
    assert_int_equal(ask_passphrase(&passphrase, ASK_PASSPHRASE_KNOWN, "--pin",
                                    path, "the office", &err),
                     AULA_IO);
    assert_string_equal(err.message, "--pin: No such file or directory");
    assert_null(passphrase.text);
}

static void codes_agree_in_whatever_form_they_are_typed(void **state)
{
    const uint8_t hash[CODE_HASH_BYTES] = {0x12, 0x34, 0x56};
    char ours[CODE_TEXT_BYTES];
    char theirs[CODE_TEXT_BYTES];
    size_t size = 0;

    (void)state;
    code_write(ours, hash);
    assert_int_equal(ask_code(ours, ours, "?", AULA_STATE, NULL), AULA_OK);
    for (const char *at = ours; *at != '\0'; at++) {
        if (*at != '-') {
            theirs[size++] = (char)tolower((unsigned char)*at);
        }
    }
    theirs[size] = '\0';
    assert_int_equal(ask_code(theirs, ours, "?", AULA_STATE, NULL), AULA_OK);
}

static void codes_that_differ_are_refused_as_the_caller_says(void **state)
{
    const uint8_t hashes[2][CODE_HASH_BYTES] = {{1}, {2}};
    char ours[CODE_TEXT_BYTES];
    char theirs[CODE_TEXT_BYTES];
    struct aula_error err = {AULA_OK, ""};

    (void)state;
    code_write(ours, hashes[0]);
    code_write(theirs, hashes[1]);
    assert_int_equal(ask_code(theirs, ours, "?", AULA_DKG_TRANSCRIPT, &err),
                     AULA_DKG_TRANSCRIPT);
    assert_non_null(strstr(err.message, ours));
    assert_int_equal(ask_code("", ours, "?", AULA_STATE, NULL),
                     AULA_CODE_FORMAT);
    theirs[0] = theirs[0] == 'Z' ? 'Y' : 'Z';
    assert_int_equal(ask_code(theirs, ours, "?", AULA_STATE, NULL),
                     AULA_CODE_CHECK);
}

/* ---- at a terminal */

static const uint8_t published[CODE_HASH_BYTES] = {0x12, 0x34, 0x56};

/* In a process whose terminal is the other side of `master`. */
static void ask_there(int master, const char *ours)
{
    char name[64];
    int tty;

    (void)snprintf(name, sizeof name, "%s", ptsname(master));
    (void)close(master);
    (void)setsid();
    tty = open(name, O_RDWR); /* the first one becomes its terminal */
    _exit(tty < 0 ? 255
                  : (int)ask_published_code(NULL, ours, "The code?",
                                            "use --code", AULA_STATE, NULL));
}

/* What comes of it when a person types these lines; and of what is shown,
 * whether our code is. */
static int type(const char *lines, bool *is_shown)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    char ours[CODE_TEXT_BYTES];
    char shown[4096] = {0};
    size_t size = 0;
    ssize_t got = 1;
    int status = 0;
    pid_t child;

    code_write(ours, published);
    assert_true(master >= 0);
    assert_int_equal(grantpt(master), 0);
    assert_int_equal(unlockpt(master), 0);
    assert_int_equal(write(master, lines, strlen(lines)), strlen(lines));
    child = fork();
    assert_int_not_equal(child, -1);
    if (child == 0) {
        ask_there(master, ours);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    while (got > 0 && size < sizeof shown - 1) {
        got = read(master, shown + size, sizeof shown - 1 - size);
        size += got > 0 ? (size_t)got : 0;
    }
    (void)close(master);
    assert_non_null(strstr(shown, "The code?"));
    *is_shown = strstr(shown, ours) != NULL;
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void a_published_code_is_typed_and_never_shown(void **state)
{
    const uint8_t other[CODE_HASH_BYTES] = {9};
    char ours[CODE_TEXT_BYTES];
    char theirs[CODE_TEXT_BYTES];
    char lines[200];
    bool is_shown = true;

    (void)state;
    code_write(ours, published);
    code_write(theirs, other);
    (void)snprintf(lines, sizeof lines, "%s\n", theirs);
    assert_int_equal(type(lines, &is_shown), AULA_STATE);
    assert_false(is_shown);
    assert_int_equal(type("yes\n\nno\n", &is_shown), AULA_CODE_FORMAT);
    assert_false(is_shown);
    (void)snprintf(lines, sizeof lines, "%.18s\n%s\n", ours, ours);
    assert_int_equal(type(lines, &is_shown), AULA_OK);
}

static void a_published_code_may_come_from_a_script(void **state)
{
    const uint8_t other[CODE_HASH_BYTES] = {9};
    char ours[CODE_TEXT_BYTES];
    char theirs[CODE_TEXT_BYTES];

    (void)state;
    code_write(ours, published);
    code_write(theirs, other);
    assert_int_equal(ask_published_code(ours, ours, "?", "!", AULA_STATE, NULL),
                     AULA_OK);
    assert_int_equal(ask_published_code(theirs, ours, "?", "!", AULA_STATE,
                                        NULL),
                     AULA_STATE);
    assert_int_equal(ask_published_code("x", ours, "?", "!", AULA_STATE, NULL),
                     AULA_CODE_FORMAT);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, office_folder_make,                  \
                                    office_folder_clear)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(the_end_of_the_line_does_not_count),
        TEST(blanks_are_part_of_a_passphrase),
        TEST(more_than_one_line_is_refused),
        TEST(what_is_no_passphrase_is_refused),
        TEST(a_passphrase_is_bounded),
        TEST(one_that_a_person_invented_is_too_weak),
        TEST(a_file_that_is_not_there_is_not_named),
        TEST(codes_agree_in_whatever_form_they_are_typed),
        TEST(codes_that_differ_are_refused_as_the_caller_says),
        TEST(a_published_code_is_typed_and_never_shown),
        TEST(a_published_code_may_come_from_a_script),
    };

    if (sodium_init() == -1) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
