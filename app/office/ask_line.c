/* SPDX-License-Identifier: Apache-2.0 */
/* See ask_parts.h: a secret line, from a file or from the terminal. */
#include <sodium.h>
#include <string.h>

#include "ask_parts.h"
#include "blame.h"
#include "file.h"
#include "tty.h"

enum aula_code ask_file(struct passphrase *line, const char *option,
                        const char *file, size_t room, struct aula_error *err)
{
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code = file_read_secret(&bytes, &size, file, room - 1, err);

    if (bytes == NULL) {
        return blame_option(err, code, option, file);
    }
    if (size > 0 && bytes[size - 1] == '\n') {
        size--;
        size -= size > 0 && bytes[size - 1] == '\r';
    }
    if (memchr(bytes, '\n', size) != NULL || memchr(bytes, 0, size) != NULL) {
        sodium_free(bytes);
        return aula_fail(err, AULA_BAD_FIELD, "%s: not one line", option);
    }
    bytes[size] = '\0';
    *line = (struct passphrase){(char *)bytes, size};
    return AULA_OK;
}

enum aula_code ask_hidden(struct passphrase *line, size_t room, int tty,
                          const char *prompt, struct aula_error *err)
{
    enum aula_code code = tty_put(tty, prompt, err);

    if (code != AULA_OK) {
        return code;
    }
    return tty_line(tty, line->text, &line->size, room, false, err);
}
