/* SPDX-License-Identifier: Apache-2.0 */
/* A source in a folder of its own: the election with every key, and the photos
 * that it names. */
#ifndef AULA_TEST_SOURCE_BENCH_H
#define AULA_TEST_SOURCE_BENCH_H

#include "photo_sample.h"

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "source.h"

struct source_bench {
    char folder[32];
    char *text; /* of tests/data/elections/whole.json */
    size_t size;
    struct picture jpeg;
    struct picture png;
    struct source source;
    struct aula_error err;
};

static const struct source_wish bench_no_wish;

static inline void bench_put(const struct source_bench *bench, const char *name,
                             const void *bytes, size_t size)
{
    char path[PLACE_BYTES];

    (void)snprintf(path, sizeof path, "%s/%s", bench->folder, name);
    assert_int_equal(file_write(path, bytes, size, 0600, NULL), AULA_OK);
}

static inline void bench_make_folder(const struct source_bench *bench,
                                     const char *name)
{
    char path[PLACE_BYTES];

    (void)snprintf(path, sizeof path, "%s/%s", bench->folder, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static inline void bench_remove(const struct source_bench *bench,
                                const char *name)
{
    char path[PLACE_BYTES];

    (void)snprintf(path, sizeof path, "%s/%s", bench->folder, name);
    assert_int_equal(remove(path), 0);
}

/* Change the text that stands in the folder: the first `old` becomes `new`. */
static inline void bench_change(struct source_bench *bench, const char *old,
                                const char *new)
{
    const char *found = strstr(bench->text, old);
    size_t size = strlen(bench->text) + strlen(new) + 1;
    char *copy = malloc(size);

    assert_non_null(found);
    assert_non_null(copy);
    (void)snprintf(copy, size, "%.*s%s%s", (int)(found - bench->text),
                   bench->text, new, found + strlen(old));
    free(bench->text);
    bench->text = copy;
    bench->size = strlen(copy);
    bench_put(bench, "election.json", bench->text, bench->size);
}

static inline int bench_start(void **state)
{
    struct source_bench *bench = calloc(1, sizeof *bench);
    uint8_t *bytes = NULL;

    assert_non_null(bench);
    (void)snprintf(bench->folder, sizeof bench->folder,
                   "/tmp/aula-source-XXXXXX");
    assert_non_null(mkdtemp(bench->folder));
    assert_int_equal(file_read(&bytes, &bench->size,
                               "tests/data/elections/whole.json",
                               ELECTION_BYTES_MAX, NULL),
                     AULA_OK);
    bench->text = (char *)bytes;
    bench->jpeg = picture_draw(PHOTO_JPEG, 560, 420);
    bench->png = picture_draw(PHOTO_PNG, 560, 420);
    bench_put(bench, "election.json", bench->text, bench->size);
    bench_make_folder(bench, "photos");
    bench_put(bench, "photos/now.jpg", bench->jpeg.bytes, bench->jpeg.size);
    bench_put(bench, "photos/planned.png", bench->png.bytes, bench->png.size);
    *state = bench;
    return 0;
}

static inline int bench_unlink(const char *path, const struct stat *status,
                               int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

static inline int bench_end(void **state)
{
    struct source_bench *bench = *state;

    source_close(&bench->source);
    assert_int_equal(nftw(bench->folder, bench_unlink, 8, FTW_DEPTH | FTW_PHYS),
                     0);
    free(bench->jpeg.bytes);
    free(bench->png.bytes);
    free(bench->text);
    free(bench);
    return 0;
}

static inline enum aula_code bench_read(struct source_bench *bench,
                                        const char *path,
                                        const struct source_wish *wish)
{
    struct progress quiet = {.file = NULL};

    source_close(&bench->source);
    return source_open(&bench->source, path, wish, &quiet, &bench->err);
}

static inline enum aula_code bench_open(struct source_bench *bench,
                                        const struct source_wish *wish)
{
    return bench_read(bench, bench->folder, wish);
}

/* One of the faults has such a line. */
static inline void bench_expect_fault(const struct source_bench *bench,
                                      const char *begin, const char *part)
{
    const struct faults *faults = &bench->source.faults;
    char line[FAULT_LINE_BYTES];

    for (size_t i = 0; i < faults->count; i++) {
        source_write_fault(line, &bench->source, &faults->items[i]);
        if (strncmp(line, begin, strlen(begin)) == 0 &&
            strstr(line, part) != NULL) {
            return;
        }
        print_message("%s\n", line);
    }
    fail_msg("no fault: %s .. %s", begin, part);
}

#endif
