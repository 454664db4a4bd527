/* SPDX-License-Identifier: Apache-2.0 */
/* aula-vectors: check vector files against this build.
 *
 * Takes files and folders (a folder stands for its *.json, by name). Prints one
 * line for each failure, then "N passed, N failed" and, while some floor is
 * missing, ", N skipped" with a line for each file or part that was skipped.
 * Exit 0 when nothing failed, 1 when something did, 2 on wrong usage.
 */
#include <dirent.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "suites.h"
#include "trial.h"
#include "world.h"

static const char usage[] =
    "usage: aula-vectors PATH...\n"
    "Check test vectors: each PATH is a file or a folder of *.json files.\n"
    "Exit 0 nothing failed, 1 something failed, 2 wrong usage.\n"
    "example: aula-vectors tests/data/vectors\n";

/* The files of the format; NULL: its floor does not stand yet. */
static const struct suite {
    const char *name;
    void (*check)(struct source *source);
} suites[] = {
    {"approve.json", suite_approve},   {"ballot.json", suite_ballot},
    {"batch.json", suite_batch},       {"board.json", suite_board},
    {"code.json", suite_code},         {"content.json", suite_content},
    {"count.json", suite_count},       {"decrypt.json", suite_decrypt},
    {"dkg.json", suite_dkg},           {"group.json", suite_group},
    {"keyfile.json", suite_keyfile},   {"mix.json", suite_mix},
    {"package.json", suite_package},   {"plaintext.json", suite_plaintext},
    {"record.json", suite_record},     {"tag.json", suite_tag},
    {"terminal.json", suite_terminal}, {"wide.json", suite_wide},
    {"world.json", suite_world},
};

static const struct suite *find_suite(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;

    for (size_t i = 0; i < sizeof suites / sizeof suites[0]; i++) {
        if (strcmp(suites[i].name, name) == 0) {
            return &suites[i];
        }
    }
    return NULL;
}

/* A failure that belongs to no open file. */
static void fail_path(struct run *run, const char *path, const char *reason)
{
    run->failed++;
    (void)printf("%s: %s\n", path, reason);
}

static void check_file(struct run *run, const char *path)
{
    const struct suite *suite = find_suite(path);
    struct source source;

    if (suite == NULL) {
        fail_path(run, path, "file: expected a known name, came another");
        return;
    }
    if (suite->check == NULL) {
        run->skipped++;
        (void)printf("%s: skipped, a later floor\n", path);
        return;
    }
    if (source_open(&source, run, path)) {
        suite->check(&source);
        source_check_keys(&source);
    }
    source_close(&source);
}

static int is_vector(const struct dirent *entry)
{
    static const char ending[] = ".json";
    size_t size = strlen(entry->d_name);

    return entry->d_name[0] != '.' && size >= sizeof ending - 1 &&
           strcmp(entry->d_name + size - (sizeof ending - 1), ending) == 0;
}

static int compare_names(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void check_entry(struct run *run, const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);

    if (path == NULL) {
        fail_path(run, folder, "file: out of memory");
        return;
    }
    (void)snprintf(path, size, "%s/%s", folder, name);
    check_file(run, path);
    free(path);
}

static void check_folder(struct run *run, const char *folder)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_vector, compare_names);

    if (count <= 0) {
        fail_path(run, folder, "folder: expected *.json files, came none");
    }
    for (int i = 0; i < count; i++) {
        check_entry(run, folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
}

static void check_path(struct run *run, const char *path)
{
    struct stat status;

    if (stat(path, &status) != 0) {
        fail_path(run, path, "file: expected a file or folder, came none");
    } else if (S_ISDIR(status.st_mode)) {
        check_folder(run, path);
    } else {
        check_file(run, path);
    }
}

static int report(const struct run *run)
{
    (void)printf("%zu passed, %zu failed", run->passed, run->failed);
    if (run->skipped > 0) {
        (void)printf(", %zu skipped", run->skipped);
    }
    (void)printf("\n");
    return run->failed == 0 ? 0 : 1;
}

static int check_all(char **paths)
{
    struct run run = {0};
    struct aula_error err;
    int status;

    if (sodium_init() < 0) {
        (void)fputs("aula-vectors: libsodium does not start\n", stderr);
        return 1;
    }
    if (pool_open(&run.pool, 0, &err) != AULA_OK) {
        (void)fprintf(stderr, "aula-vectors: %s\n", err.message);
        return 1;
    }
    for (; *paths != NULL; paths++) {
        check_path(&run, *paths);
    }
    status = report(&run);
    world_close(&run);
    pool_close(run.pool);
    return status;
}

int main(int argc, char **argv)
{
    if (argc >= 2 && strcmp(argv[1], "--help") == 0) {
        (void)fputs(usage, stdout);
        return 0;
    }
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] == '-') {
            (void)fprintf(stderr, "aula-vectors: no option %s\n%s", argv[i],
                          usage);
            return 2;
        }
    }
    if (argc < 2) {
        (void)fputs(usage, stderr);
        return 2;
    }
    return check_all(argv + 1);
}
