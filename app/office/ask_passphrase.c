/* SPDX-License-Identifier: Apache-2.0 */
/* See ask.h: the one file that takes passphrases. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ask_parts.h"
#include "blame.h"
#include "passphrase.h"
#include "tty.h"

enum { LINE_BYTES = PASSPHRASE_BYTES_MAX + 3, PROMPT_BYTES = 200 };

void passphrase_forget(struct passphrase *passphrase)
{
    sodium_free(passphrase->text);
    *passphrase = (struct passphrase){NULL, 0};
}

static enum aula_code check(const struct passphrase *passphrase,
                            enum ask_passphrase kind, struct aula_error *err)
{
    return kind == ASK_PASSPHRASE_GENERATED
               ? passphrase_check_strong(passphrase->text, passphrase->size,
                                         err)
               : passphrase_check(passphrase->text, passphrase->size, err);
}

static enum aula_code prompt(struct passphrase *passphrase, int tty,
                             const char *what, const char *whose,
                             struct aula_error *err)
{
    char text[PROMPT_BYTES];

    (void)snprintf(text, sizeof text, "%s %s: ", what, whose);
    return ask_hidden(passphrase, LINE_BYTES, tty, text, err);
}

static bool are_same(const struct passphrase *a, const struct passphrase *b)
{
    return a->size == b->size && sodium_memcmp(a->text, b->text, a->size) == 0;
}

/* Typed a second time, against slips. */
static enum aula_code repeat(const struct passphrase *passphrase, int tty,
                             const char *what, const char *whose,
                             struct aula_error *err)
{
    struct passphrase again = {sodium_malloc(LINE_BYTES), 0};
    enum aula_code code = AULA_OK;

    if (again.text == NULL) {
        return aula_fail(err, AULA_MEMORY, "no locked memory");
    }
    code = prompt(&again, tty, what, whose, err);
    if (code == AULA_OK && !are_same(passphrase, &again)) {
        code = aula_fail(err, AULA_BAD_FIELD,
                         "the passphrase was not typed the same way");
    }
    passphrase_forget(&again);
    return code;
}

static enum aula_code show_generated(struct passphrase *passphrase, int tty,
                                     const char *whose, struct aula_error *err)
{
    char text[PROMPT_BYTES];
    enum aula_code code;

    passphrase_generate(passphrase->text);
    passphrase->size = strlen(passphrase->text);
    (void)snprintf(text, sizeof text,
                   "\nThe passphrase of %s. It is shown once: write it on "
                   "paper.\n\n    ",
                   whose);
    code = tty_put(tty, text, err);
    if (code == AULA_OK) {
        code = tty_put(tty, passphrase->text, err);
    }
    if (code == AULA_OK) {
        code = tty_put(tty, "\n\n", err);
    }
    if (code != AULA_OK) {
        return code;
    }
    return repeat(passphrase, tty, "Type it from the paper, passphrase of",
                  whose, err);
}

static enum aula_code ask_person(struct passphrase *passphrase,
                                 enum ask_passphrase kind, const char *whose,
                                 struct aula_error *err)
{
    int tty = -1;
    enum aula_code code = tty_open(&tty, "use --passphrase-file", err);

    if (code != AULA_OK) {
        return code;
    }
    switch (kind) {
    case ASK_PASSPHRASE_KNOWN:
        code = prompt(passphrase, tty, "Passphrase of", whose, err);
        break;
    case ASK_PASSPHRASE_CHOSEN:
        code = prompt(passphrase, tty, "New passphrase of", whose, err);
        if (code == AULA_OK) {
            code = repeat(passphrase, tty, "Once more, passphrase of", whose,
                          err);
        }
        break;
    case ASK_PASSPHRASE_GENERATED:
        code = show_generated(passphrase, tty, whose, err);
        break;
    }
    (void)close(tty);
    return code;
}

enum aula_code ask_passphrase(struct passphrase *passphrase,
                              enum ask_passphrase kind, const char *option,
                              const char *file, const char *whose,
                              struct aula_error *err)
{
    struct passphrase asked = {NULL, 0};
    enum aula_code code;

    if (file != NULL) {
        code = ask_file(&asked, option, file, LINE_BYTES, err);
    } else {
        asked.text = sodium_malloc(LINE_BYTES);
        code = asked.text == NULL
                   ? aula_fail(err, AULA_MEMORY, "no locked memory")
                   : ask_person(&asked, kind, whose, err);
    }
    if (code == AULA_OK) {
        code = check(&asked, kind, err);
        code = file == NULL ? code : blame_file(err, code, option);
    }
    if (code != AULA_OK) {
        passphrase_forget(&asked);
        return code;
    }
    *passphrase = asked;
    return AULA_OK;
}
