/* SPDX-License-Identifier: Apache-2.0 */
/* A terminal key serves one election (PROTOCOL.md section 4). The store says so
 * itself, unless it was put back to before the installation: then the second
 * place still holds the head of that election. */
#include "terminal_inside.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

#include "batch.h"

/* Is this the name of a head of this terminal, for another election? */
static bool is_other_head(const char *name, const struct terminal *terminal,
                          const struct package *package)
{
    const size_t eid_end = strlen("aula-") + (size_t)2 * PACKAGE_ID_BYTES;
    char own[BATCH_NAME_BYTES];

    batch_head_name(own, package->hash, terminal->tid);
    return strlen(name) == strlen(own) && strcmp(name, own) != 0 &&
           strcmp(name + eid_end, own + eid_end) == 0;
}

enum aula_code terminal_check_unused(const struct terminal *terminal,
                                     const struct package *package,
                                     struct aula_error *err)
{
    DIR *folder = opendir(terminal->witness);
    struct dirent *entry;
    bool is_used = false;

    if (folder == NULL) {
        return aula_fail(err, AULA_IO, "%s: %s", terminal->witness,
                         strerror(errno));
    }
    while ((entry = readdir(folder)) != NULL) {
        is_used = is_used || is_other_head(entry->d_name, terminal, package);
    }
    (void)closedir(folder);
    return is_used
               ? aula_fail(err, AULA_WRONG_ELECTION,
                           "install: this terminal's key has served another "
                           "election: set it up anew for this one")
               : AULA_OK;
}
