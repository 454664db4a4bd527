/* SPDX-License-Identifier: Apache-2.0 */
/* Refusals that name the file: what the lower floors refuse are bytes, and they
 * do not know where these came from. */
#ifndef AULA_BLAME_H
#define AULA_BLAME_H

#include "error.h"

/** Put a path before the message of an error, "path: message". The front of a
 *  long path is left out, so that the reason stays whole.
 *
 *  Returns: `code`; with AULA_OK nothing is done
 *  In/Out:  err  may be NULL
 */
enum aula_code blame_file(struct aula_error *err, enum aula_code code,
                          const char *path);

#endif
