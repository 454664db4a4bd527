/* SPDX-License-Identifier: Apache-2.0 */
/* See ask.h: a resident's identifier, which is a person and stays in locked
 * memory. Whether it is one, the tag will say. */
#include <sodium.h>
#include <unistd.h>

#include "ask_parts.h"
#include "tty.h"

/* Twelve digits, and blanks and hyphens between them. */
enum { ROOM_BYTES = 64 };

static enum aula_code ask_person(struct passphrase *line,
                                 struct aula_error *err)
{
    int tty = -1;
    enum aula_code code = tty_open(&tty, "use --id-file", err);

    if (code != AULA_OK) {
        return code;
    }
    line->text = sodium_malloc(ROOM_BYTES);
    code =
        line->text == NULL
            ? aula_fail(err, AULA_MEMORY, "no locked memory")
            : ask_hidden(line, ROOM_BYTES, tty,
                         "Identifier of the resident (it is not shown): ", err);
    (void)close(tty);
    return code;
}

enum aula_code ask_identifier(struct passphrase *identifier, const char *option,
                              const char *file, struct aula_error *err)
{
    struct passphrase asked = {NULL, 0};
    enum aula_code code = file != NULL
                              ? ask_file(&asked, option, file, ROOM_BYTES, err)
                              : ask_person(&asked, err);

    if (code != AULA_OK) {
        passphrase_forget(&asked);
        return code;
    }
    *identifier = asked;
    return AULA_OK;
}
