/* SPDX-License-Identifier: Apache-2.0 */
#define _XOPEN_SOURCE 700 /* nftw */
#include "folder.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

#include "file.h"
#include "sample.h"

void folder_open(struct folder *folder)
{
    sample_must(file_make_folder("build", false, NULL), "build");
    sample_must(file_make_folder("build/tmp", false, NULL), "build/tmp");
    (void)snprintf(folder->path, sizeof folder->path, "build/tmp/bench-XXXXXX");
    if (mkdtemp(folder->path) == NULL) {
        perror("aula-bench: folder");
        exit(1);
    }
}

void folder_file(char path[static FOLDER_PATH_BYTES],
                 const struct folder *folder, const char *name)
{
    (void)snprintf(path, FOLDER_PATH_BYTES, "%s/%.60s", folder->path, name);
}

static int remove_one(const char *path, const struct stat *status, int kind,
                      struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

void folder_close(const struct folder *folder)
{
    (void)nftw(folder->path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}
