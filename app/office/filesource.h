/* SPDX-License-Identifier: Apache-2.0 */
/* A container in a file, as a source that reads piece by piece (container.h):
 * it may have 512 MiB, and lie on a slow stick. */
#ifndef AULA_FILESOURCE_H
#define AULA_FILESOURCE_H

#include "container.h"

struct filesource {
    int file; /* -1: none */
};

/** Open the file.
 *
 *  Returns: AULA_OK
 *           AULA_IO         there is none, it cannot be read, or it is no
 *                           regular file
 *           AULA_TOO_LARGE  above CONTAINER_BYTES_MAX
 *  Out:     made    to be closed also after a failure
 *           source  on success only; stands on `made`
 *  Owner:   filesource_close
 */
AULA_MUST_CHECK enum aula_code filesource_open(struct filesource *made,
                                               struct container_source *source,
                                               const char *path,
                                               struct aula_error *err);

/** Accepts one whose file is -1. */
void filesource_close(struct filesource *made);

#endif
