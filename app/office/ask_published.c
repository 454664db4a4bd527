/* SPDX-License-Identifier: Apache-2.0 */
/* See ask.h. A person types a code that was published elsewhere; ours is not
 * shown before, or it would be ours that comes back. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ask.h"
#include "code.h"
#include "tty.h"

enum { QUESTION_BYTES = 400, ANSWER_BYTES = 200, TRIES = 3 };

/* A slip of the finger is seen by the check character, and asked again. */
static enum aula_code ask_person(char code_text[static CODE_TEXT_BYTES],
                                 const char *question, const char *instead,
                                 struct aula_error *err)
{
    char text[QUESTION_BYTES];
    char answer[ANSWER_BYTES] = {0};
    size_t size = 0;
    int tty = -1;
    enum aula_code code = tty_open(&tty, instead, err);

    if (code != AULA_OK) {
        return code;
    }
    (void)snprintf(text, sizeof text, "\n%s\n\nType it: ", question);
    for (unsigned i = 0; i < TRIES; i++) {
        code = tty_put(tty,
                       i == 0 ? text : "This is no code. Once more: ", err);
        if (code == AULA_OK) {
            code = tty_line(tty, answer, &size, sizeof answer, true, err);
        }
        if (code != AULA_OK) {
            break;
        }
        code = code_read(code_text, (const uint8_t *)answer, size, err);
        if (code == AULA_OK) {
            break;
        }
    }
    (void)close(tty);
    return code;
}

enum aula_code ask_published_code(const char *given, const char *ours,
                                  const char *question, const char *instead,
                                  enum aula_code refusal,
                                  struct aula_error *err)
{
    char theirs[CODE_TEXT_BYTES] = {0};
    enum aula_code code = given == NULL
                              ? ask_person(theirs, question, instead, err)
                              : code_read(theirs, (const uint8_t *)given,
                                          strlen(given), err);

    if (code == AULA_OK && strcmp(theirs, ours) != 0) {
        code = aula_fail(err, refusal, "the codes differ: here it is %s", ours);
    }
    return code;
}
