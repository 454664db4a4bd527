/* SPDX-License-Identifier: Apache-2.0 */
/* Space that is held back, so that a full disk never stands between a day and
 * its close: a file of zeros whose blocks are really taken. It is made when the
 * terminal is set up, looked at before each day, and let go when staff close a
 * day or export and the disk is full. */
#ifndef AULA_RESERVE_H
#define AULA_RESERVE_H

#include <stdint.h>

#include "error.h"

/** Hold `size` bytes; a reserve that is whole already is left alone.
 *
 *  Returns: AULA_OK, AULA_FULL (the disk has no such space; nothing is held) or
 *           AULA_IO
 */
AULA_MUST_CHECK enum aula_code reserve_hold(const char *path, uint64_t size,
                                            struct aula_error *err);

/** Let go of it. None is fine.
 *
 *  Returns: AULA_OK or AULA_IO
 */
AULA_MUST_CHECK enum aula_code reserve_release(const char *path,
                                               struct aula_error *err);

#endif
