/* SPDX-License-Identifier: Apache-2.0 */
/* See ask.h: the one file that takes passphrases. */
#include "ask.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "blame.h"
#include "file.h"
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

/* One line; its end, \n or \r\n, does not count. A second line is refused: it
 * may be that of another key. */
static enum aula_code read_from(struct passphrase *passphrase, const char *file,
                                struct aula_error *err)
{
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code = file_read_secret(&bytes, &size, file, LINE_BYTES - 1,
                                           err);

    if (code != AULA_OK) {
        return code;
    }
    if (size > 0 && bytes[size - 1] == '\n') {
        size--;
        size -= size > 0 && bytes[size - 1] == '\r';
    }
    if (memchr(bytes, '\n', size) != NULL || memchr(bytes, 0, size) != NULL) {
        sodium_free(bytes);
        return aula_fail(err, AULA_BAD_FIELD, "%s: not one line", file);
    }
    bytes[size] = '\0';
    *passphrase = (struct passphrase){(char *)bytes, size};
    return AULA_OK;
}

static enum aula_code prompt(struct passphrase *passphrase, int tty,
                             const char *what, const char *whose,
                             struct aula_error *err)
{
    char text[PROMPT_BYTES];
    enum aula_code code;

    (void)snprintf(text, sizeof text, "%s %s: ", what, whose);
    code = tty_put(tty, text, err);
    if (code != AULA_OK) {
        return code;
    }
    return tty_line(tty, passphrase->text, &passphrase->size, LINE_BYTES, false,
                    err);
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
                              enum ask_passphrase kind, const char *file,
                              const char *whose, struct aula_error *err)
{
    struct passphrase asked = {NULL, 0};
    enum aula_code code;

    if (file != NULL) {
        code = read_from(&asked, file, err);
    } else {
        asked.text = sodium_malloc(LINE_BYTES);
        code = asked.text == NULL
                   ? aula_fail(err, AULA_MEMORY, "no locked memory")
                   : ask_person(&asked, kind, whose, err);
    }
    if (code == AULA_OK) {
        code = check(&asked, kind, err);
        code = file == NULL ? code : blame_file(err, code, file);
    }
    if (code != AULA_OK) {
        passphrase_forget(&asked);
        return code;
    }
    *passphrase = asked;
    return AULA_OK;
}
