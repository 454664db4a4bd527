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

/** Name an option instead of the path that it brought: what stands there may be
 *  a secret that was typed in the wrong place. The reason stays.
 *
 *  Returns: `code`; with AULA_OK nothing is done
 *  In/Out:  err   may be NULL
 *  In:      path  as the message begins with it, "path: reason"
 */
enum aula_code blame_option(struct aula_error *err, enum aula_code code,
                            const char *option, const char *path);

#endif
