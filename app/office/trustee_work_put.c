/* SPDX-License-Identifier: Apache-2.0 */
/* See trustee_work_parts.h. */
#include "trustee_work_parts.h"

#include <string.h>

#include "file.h"
#include "journal.h"

enum aula_code trustee_work_enter(const struct board *board,
                                  const struct trustee_seat *seat,
                                  struct aula_error *err)
{
    return journal_enter(seat->folder, board->package.key, board->package.hash,
                         board->closing_hash, err);
}

enum aula_code trustee_work_put(const struct board *board, const char *name,
                                const uint8_t *bytes, size_t size,
                                struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code = AULA_OK;

    for (const char *slash = strchr(name, '/');
         slash != NULL && code == AULA_OK; slash = strchr(slash + 1, '/')) {
        code = place_in(path, board->folder, name, err);
        if (code == AULA_OK) {
            path[strlen(board->folder) + 1 + (size_t)(slash - name)] = '\0';
            code = file_make_folder(path, false, err);
        }
    }
    if (code == AULA_OK) {
        code = place_in(path, board->folder, name, err);
    }
    return code != AULA_OK ? code
                           : file_write_new(path, bytes, size, 0644, err);
}
