/* SPDX-License-Identifier: Apache-2.0 */
/* Which program stands in the hall: H32("software", its file), as the record of
 * each opening names it. */
#include "day.h"

#include <stdlib.h>
#include <unistd.h>

#include "file.h"
#include "hash.h"

enum { PROGRAM_BYTES_MAX = 256 * 1024 * 1024, PATH_BYTES = 4096 };

enum aula_code day_digest(uint8_t digest[static RECORD_DIGEST_BYTES],
                          struct aula_error *err)
{
    char path[PATH_BYTES];
    uint8_t *bytes = NULL;
    size_t size = 0;
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    enum aula_code code;

    if (length <= 0) {
        return aula_fail(err, AULA_IO, "the program's own file is not known");
    }
    path[length] = '\0';
    code = file_read(&bytes, &size, path, PROGRAM_BYTES_MAX, err);
    if (bytes == NULL) {
        return code;
    }
    hash_bytes(digest, "software", bytes, size);
    free(bytes);
    return AULA_OK;
}
