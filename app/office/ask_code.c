/* SPDX-License-Identifier: Apache-2.0 */
/* See ask.h. A person says whether two codes agree; nothing is secret here. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ask.h"
#include "code.h"
#include "tty.h"

enum { QUESTION_BYTES = 400, ANSWER_BYTES = 40 };

/* Only a whole word counts as a yes: a finger that slips does not. */
static bool is_yes(const char *answer)
{
    static const char *const words[] = {"yes", "YES", "Yes", "иә", "Иә",
                                        "ИӘ",  "да",  "Да",  "ДА"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(answer, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

static enum aula_code ask_person(const char *ours, const char *question,
                                 bool *agrees, struct aula_error *err)
{
    char text[QUESTION_BYTES];
    char answer[ANSWER_BYTES] = {0};
    size_t size = 0;
    int tty = -1;
    enum aula_code code = tty_open(&tty, "use --code", err);

    if (code != AULA_OK) {
        return code;
    }
    (void)snprintf(text, sizeof text,
                   "\n%s\n\n    %s\n\nDo they agree (yes or "
                   "no)? ",
                   question, ours);
    code = tty_put(tty, text, err);
    if (code == AULA_OK) {
        code = tty_line(tty, answer, &size, sizeof answer, true, err);
    }
    (void)close(tty);
    *agrees = code == AULA_OK && is_yes(answer);
    return code;
}

enum aula_code ask_code(const char *given, const char *ours,
                        const char *question, enum aula_code refusal,
                        struct aula_error *err)
{
    char theirs[CODE_TEXT_BYTES] = {0};
    bool agrees = false;
    enum aula_code code;

    if (given == NULL) {
        code = ask_person(ours, question, &agrees, err);
    } else {
        code = code_read(theirs, (const uint8_t *)given, strlen(given), err);
        agrees = code == AULA_OK && strcmp(theirs, ours) == 0;
    }
    if (code == AULA_OK && !agrees) {
        code = aula_fail(err, refusal, "the codes differ: here it is %s", ours);
    }
    return code;
}
