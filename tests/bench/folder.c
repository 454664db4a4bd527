/* SPDX-License-Identifier: Apache-2.0 */
#include "folder.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

void folder_close(const struct folder *folder)
{
    char path[FOLDER_PATH_BYTES];
    DIR *list = opendir(folder->path);
    const struct dirent *entry;

    while (list != NULL && (entry = readdir(list)) != NULL) {
        if (entry->d_name[0] != '.') {
            folder_file(path, folder, entry->d_name);
            (void)unlink(path);
        }
    }
    (void)closedir(list);
    (void)rmdir(folder->path);
}
