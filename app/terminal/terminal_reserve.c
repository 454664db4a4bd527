/* SPDX-License-Identifier: Apache-2.0 */
/* The space that is held back on the terminal's disk: held before each day, let
 * go when a full disk would stand between staff and unlocking, a close or an
 * export. */
#include "reserve.h"

#include "setup.h"
#include "terminal_inside.h"

static enum aula_code path_of(char path[static PLACE_BYTES],
                              const struct terminal *terminal,
                              struct aula_error *err)
{
    return place_in(path, terminal->folder, "reserve", err);
}

enum aula_code terminal_hold_reserve(const struct terminal *terminal,
                                     struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code = path_of(path, terminal, err);

    return code == AULA_OK ? reserve_hold(path, SETUP_RESERVE_BYTES, err)
                           : code;
}

enum aula_code terminal_release_reserve(const struct terminal *terminal,
                                        struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code = path_of(path, terminal, err);

    return code == AULA_OK ? reserve_release(path, err) : code;
}
