/* SPDX-License-Identifier: Apache-2.0 */
/* A folder for the files that are measured: on the disk that the project lies
 * on, since /tmp may be memory, where a flush costs nothing.
 */
#ifndef AULA_BENCH_FOLDER_H
#define AULA_BENCH_FOLDER_H

enum { FOLDER_PATH_BYTES = 128 };

struct folder {
    char path[FOLDER_PATH_BYTES / 2];
};

/** Make it below build/tmp; the end of the program when that cannot be. */
void folder_open(struct folder *folder);

/** Remove it with all files in it. */
void folder_close(const struct folder *folder);

/** The path of a file in it. */
void folder_file(char path[static FOLDER_PATH_BYTES],
                 const struct folder *folder, const char *name);

#endif
