/* SPDX-License-Identifier: Apache-2.0 */
/* A source in a folder of its own: the election with every key, and the photos
 * that it names. */
#ifndef AULA_TEST_SOURCE_DESK_H
#define AULA_TEST_SOURCE_DESK_H

#include "photo_sample.h"

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "source.h"

struct source_desk {
    char folder[32];
    char *text; /* of tests/data/elections/whole.json */
    size_t size;
    struct picture jpeg;
    struct picture png;
    struct source source;
    struct aula_error err;
};

static const struct source_wish desk_no_wish;

static inline void desk_put(const struct source_desk *desk, const char *name,
                            const void *bytes, size_t size)
{
    char path[PLACE_BYTES];

    (void)snprintf(path, sizeof path, "%s/%s", desk->folder, name);
    assert_int_equal(file_write(path, bytes, size, 0600, NULL), AULA_OK);
}

static inline void desk_make_folder(const struct source_desk *desk,
                                    const char *name)
{
    char path[PLACE_BYTES];

    (void)snprintf(path, sizeof path, "%s/%s", desk->folder, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static inline void desk_remove(const struct source_desk *desk, const char *name)
{
    char path[PLACE_BYTES];

    (void)snprintf(path, sizeof path, "%s/%s", desk->folder, name);
    assert_int_equal(remove(path), 0);
}

/* Change the text that stands in the folder: the first `old` becomes `new`. */
static inline void desk_change(struct source_desk *desk, const char *old,
                               const char *new)
{
    const char *found = strstr(desk->text, old);
    size_t size = strlen(desk->text) + strlen(new) + 1;
    char *copy = malloc(size);

    assert_non_null(found);
    assert_non_null(copy);
    (void)snprintf(copy, size, "%.*s%s%s", (int)(found - desk->text),
                   desk->text, new, found + strlen(old));
    free(desk->text);
    desk->text = copy;
    desk->size = strlen(copy);
    desk_put(desk, "election.json", desk->text, desk->size);
}

static inline int desk_start(void **state)
{
    struct source_desk *desk = calloc(1, sizeof *desk);
    uint8_t *bytes = NULL;

    assert_non_null(desk);
    (void)snprintf(desk->folder, sizeof desk->folder,
                   "/tmp/aula-source-XXXXXX");
    assert_non_null(mkdtemp(desk->folder));
    assert_int_equal(file_read(&bytes, &desk->size,
                               "tests/data/elections/whole.json",
                               ELECTION_BYTES_MAX, NULL),
                     AULA_OK);
    desk->text = (char *)bytes;
    desk->jpeg = picture_draw(PHOTO_JPEG, 560, 420);
    desk->png = picture_draw(PHOTO_PNG, 560, 420);
    desk_put(desk, "election.json", desk->text, desk->size);
    desk_make_folder(desk, "photos");
    desk_put(desk, "photos/now.jpg", desk->jpeg.bytes, desk->jpeg.size);
    desk_put(desk, "photos/planned.png", desk->png.bytes, desk->png.size);
    *state = desk;
    return 0;
}

static inline int desk_unlink(const char *path, const struct stat *status,
                              int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

static inline int desk_end(void **state)
{
    struct source_desk *desk = *state;

    source_close(&desk->source);
    assert_int_equal(nftw(desk->folder, desk_unlink, 8, FTW_DEPTH | FTW_PHYS),
                     0);
    free(desk->jpeg.bytes);
    free(desk->png.bytes);
    free(desk->text);
    free(desk);
    return 0;
}

static inline enum aula_code desk_read(struct source_desk *desk,
                                       const char *path,
                                       const struct source_wish *wish)
{
    struct progress quiet = {.file = NULL};

    source_close(&desk->source);
    return source_open(&desk->source, path, wish, &quiet, &desk->err);
}

static inline enum aula_code desk_open(struct source_desk *desk,
                                       const struct source_wish *wish)
{
    return desk_read(desk, desk->folder, wish);
}

/* One of the faults has such a line. */
static inline void desk_expect_fault(const struct source_desk *desk,
                                     const char *begin, const char *part)
{
    const struct faults *faults = &desk->source.faults;
    char line[FAULT_LINE_BYTES];

    for (size_t i = 0; i < faults->count; i++) {
        source_write_fault(line, &desk->source, &faults->items[i]);
        if (strncmp(line, begin, strlen(begin)) == 0 &&
            strstr(line, part) != NULL) {
            return;
        }
        print_message("%s\n", line);
    }
    fail_msg("no fault: %s .. %s", begin, part);
}

#endif
