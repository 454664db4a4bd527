/* SPDX-License-Identifier: Apache-2.0 */
/* See ask.h. Only a whole word counts: a finger that slips chooses nothing. */
#include <string.h>
#include <unistd.h>

#include "ask.h"
#include "tty.h"

enum { ANSWER_BYTES = 40 };

/* Where an answer stands in the list, or behind its end. */
static size_t find_word(const char *const *words, const char *answer)
{
    size_t place = 0;

    while (words[place] != NULL && strcmp(words[place], answer) != 0) {
        place++;
    }
    return place;
}

/* One question and its answer; a line that is too long is no answer. */
static enum aula_code ask_once(size_t *chosen, int tty, const char *question,
                               const char *const *words, struct aula_error *err)
{
    char answer[ANSWER_BYTES] = {0};
    size_t size = 0;
    enum aula_code code = tty_put(tty, question, err);

    if (code == AULA_OK) {
        code = tty_line(tty, answer, &size, sizeof answer, true, err);
        code = code == AULA_BAD_FIELD ? AULA_OK : code;
    }
    *chosen = find_word(words, answer);
    return code;
}

enum aula_code ask_word(size_t *chosen, const char *question,
                        const char *const *words, const char *instead,
                        struct aula_error *err)
{
    int tty = -1;
    size_t place = 0;
    enum aula_code code = tty_open(&tty, instead, err);

    if (code != AULA_OK) {
        return code;
    }
    do {
        code = ask_once(&place, tty, question, words, err);
    } while (code == AULA_OK && words[place] == NULL);
    (void)close(tty);
    if (code == AULA_OK) {
        *chosen = place;
    }
    return code;
}
