/* SPDX-License-Identifier: Apache-2.0 */
/* See board_case.h. */
#include "board_case.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "verify.h"

/* A folder on its way: made, and taken away again. */
struct folder {
    struct trial *trial;
    char path[64];
};

static void path_of(char whole[static PLACE_BYTES], const struct folder *folder,
                    const char *path)
{
    (void)snprintf(whole, PLACE_BYTES, "%s/%s", folder->path, path);
}

/* The folders above a path, one after the other. */
static void make_folders(const struct folder *folder, const char *path)
{
    char whole[PLACE_BYTES];

    path_of(whole, folder, path);
    for (char *at = whole + strlen(folder->path) + 1; *at != '\0'; at++) {
        if (*at == '/') {
            *at = '\0';
            (void)mkdir(whole, 0700);
            *at = '/';
        }
    }
}

/* Take them away, the deepest first, as long as nothing lies in them. */
static void drop_folders(const struct folder *folder, const char *path)
{
    char whole[PLACE_BYTES];
    char *slash;

    path_of(whole, folder, path);
    while ((slash = strrchr(whole + strlen(folder->path), '/')) != NULL &&
           slash > whole + strlen(folder->path)) {
        *slash = '\0';
        (void)rmdir(whole);
    }
}

static void put_files(const struct folder *folder, const json_t *files)
{
    const char *path = NULL;
    json_t *value = NULL;

    json_object_foreach((json_t *)(uintptr_t)files, path, value)
    {
        char whole[PLACE_BYTES];
        struct span bytes;
        FILE *file;

        path_of(whole, folder, path);
        if (json_is_null(value)) {
            (void)unlink(whole);
            drop_folders(folder, path);
            continue;
        }
        make_folders(folder, path);
        bytes = field_bytes(folder->trial, files, path);
        file = fopen(whole, "wb");
        if (file == NULL ||
            fwrite(bytes.bytes, 1, bytes.size, file) != bytes.size) {
            trial_fail(folder->trial, "%s: cannot be written", path);
        }
        if (file != NULL && fclose(file) != 0) {
            trial_fail(folder->trial, "%s: cannot be written", path);
        }
    }
}

static void drop_files(const struct folder *folder, const json_t *files)
{
    const char *path = NULL;
    json_t *value = NULL;

    json_object_foreach((json_t *)(uintptr_t)files, path, value)
    {
        char whole[PLACE_BYTES];

        path_of(whole, folder, path);
        (void)unlink(whole);
        drop_folders(folder, path);
    }
}

/* Folders that are always there. */
static void put_empty(const struct folder *folder)
{
    make_folders(folder, "terminals/");
    make_folders(folder, "records/");
    make_folders(folder, "approve/");
}

static void take_json(struct board_case *found, struct trial *trial)
{
    FILE *memory = open_memstream(&found->json, &found->json_size);
    struct output *output;

    if (memory == NULL) {
        trial_fail(trial, "out of memory");
        return;
    }
    output = output_open(memory, true);
    if (output != NULL) {
        verify_put_json(output, found->board);
        if (output_end(output, NULL) != AULA_OK) {
            trial_fail(trial, "json: cannot be put together");
        }
    }
    output_close(output);
    (void)fclose(memory);
}

void board_case_run(struct board_case *found, struct trial *trial,
                    const json_t *files, const json_t *change,
                    const uint8_t office_key[static SIGN_PUBLIC_BYTES])
{
    struct folder folder = {trial, "/tmp/aula-vectors-XXXXXX"};

    *found = (struct board_case){.code = AULA_IO};
    if (mkdtemp(folder.path) == NULL) {
        trial_fail(trial, "%s: cannot be made", folder.path);
        return;
    }
    put_files(&folder, files);
    put_files(&folder, change);
    put_empty(&folder);
    if (board_open(&found->board, folder.path, office_key,
                   trial->source->run->pool, NULL) == AULA_OK) {
        struct aula_error err = {0};

        found->code = board_check(found->board, BOARD_RESULT, &err);
        if (board_is_failure(found->code)) {
            trial_fail(trial, "%s", err.message);
        } else {
            take_json(found, trial);
        }
    }
    drop_files(&folder, files);
    drop_files(&folder, change);
    drop_files(&folder, NULL);
    drop_folders(&folder, "terminals/");
    drop_folders(&folder, "records/");
    drop_folders(&folder, "approve/");
    if (rmdir(folder.path) != 0) {
        trial_fail(trial, "%s: something was left there", folder.path);
    }
}

void board_case_close(struct board_case *found)
{
    board_close(found->board);
    free(found->json);
}
