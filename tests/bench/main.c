/* SPDX-License-Identifier: Apache-2.0 */
/* aula-bench [GROUP...]: all benchmarks, or those of some groups, one JSON
 * object a line. */
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "sample.h"
#include "vfs.h"

struct group {
    const char *name;
    void (*alone)(void); /* or */
    void (*with_pool)(struct pool *pool);
};

/* Memory first, before there are threads: it forks. */
static const struct group groups[] = {
    {"memory", bench_memory, NULL},
    {"bulk", bench_bulk, NULL},
    {"terminal", bench_terminal, NULL},
    {"start", bench_start, NULL},
    {"rehearse", bench_rehearse, NULL},
    {"import", bench_import, NULL},
    {"package", bench_package, NULL},
    {"ballots", NULL, bench_ballots},
    {"mixes", NULL, bench_mixes},
    {"decryptions", NULL, bench_decryptions},
    {"board", NULL, bench_board},
    {"rules", NULL, bench_rules},
    {"verify", NULL, bench_verify},
};

enum { GROUPS = sizeof groups / sizeof groups[0] };

static const struct group *group_of(const char *name)
{
    for (size_t i = 0; i < GROUPS; i++) {
        if (strcmp(groups[i].name, name) == 0) {
            return &groups[i];
        }
    }
    return NULL;
}

static void run(const struct group *group, struct pool **pool)
{
    if (group->alone != NULL) {
        group->alone();
        return;
    }
    if (*pool == NULL) {
        sample_must(pool_open(pool, 0, NULL), "threads");
    }
    group->with_pool(*pool);
}

int main(int count, char **arguments)
{
    struct pool *pool = NULL;

    sample_must(vfs_start(NULL), "SQLite and libsodium");
    for (size_t i = 0; count == 1 && i < GROUPS; i++) {
        run(&groups[i], &pool);
    }
    for (int i = 1; i < count; i++) {
        const struct group *group = group_of(arguments[i]);

        if (group == NULL) {
            (void)fprintf(stderr, "aula-bench: no group %s\n", arguments[i]);
            return 2;
        }
        run(group, &pool);
    }
    pool_close(pool);
    return 0;
}
