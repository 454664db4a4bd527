/* SPDX-License-Identifier: Apache-2.0 */
/* A small container in memory, put together by container_write, and a source
 * and a sink that can fail at any step: for the tests of container.h. */
#ifndef AULA_TEST_CONTAINER_DESK_H
#define AULA_TEST_CONTAINER_DESK_H

#include "package_sample.h"

#include "container.h"

enum { DESK_FILES = 3, DESK_ROOM = 64 * 1024 };

/* A container put together by container_write, and a source that counts. */
struct desk {
    struct ceremony *ceremony;
    struct sample package;
    struct manifest_row rows[DESK_FILES];
    uint8_t *manifest;
    size_t manifest_size;
    uint8_t bytes[DESK_ROOM];
    size_t size;
    size_t calls;    /* of the source or the sink */
    size_t fails_at; /* the call that fails, from 1; 0: none */
    uint64_t end;    /* of what was read */
};

static const char *const desk_paths[DESK_FILES] = {"photos/1.jpg",
                                                   "election.json", "notes"};
static const char *const desk_files[DESK_FILES] = {"picture", "{\"title\": 1}",
                                                   ""};

static inline const char *desk_file(const struct manifest_row *row)
{
    for (size_t i = 0; i < DESK_FILES; i++) {
        if (strlen(desk_paths[i]) == row->path_size &&
            memcmp(desk_paths[i], row->path, row->path_size) == 0) {
            return desk_files[i];
        }
    }
    fail();
    return NULL;
}

static inline enum aula_code desk_append(void *context, const uint8_t *bytes,
                                         size_t size, struct aula_error *err)
{
    struct desk *desk = context;

    if (++desk->calls == desk->fails_at) {
        return aula_fail(err, AULA_FULL, "no space");
    }
    assert_true(size > 0 && size <= sizeof desk->bytes - desk->size);
    memcpy(desk->bytes + desk->size, bytes, size);
    desk->size += size;
    return AULA_OK;
}

static inline bool desk_read(void *context, uint64_t offset, uint8_t *out,
                             size_t size)
{
    struct desk *desk = context;

    if (++desk->calls == desk->fails_at) {
        return false;
    }
    assert_true(offset <= desk->size && size <= desk->size - offset);
    memcpy(out, desk->bytes + offset, size);
    if (offset + size > desk->end) {
        desk->end = offset + size;
    }
    return true;
}

static inline enum aula_code desk_write(struct desk *desk)
{
    struct container_sink sink = {desk_append, desk};
    struct container_writer writer;
    enum aula_code code;

    desk->size = 0;
    desk->calls = 0;
    code = container_write_start(&writer, &sink, desk->package.bytes,
                                 desk->package.size, desk->manifest,
                                 desk->manifest_size, desk->rows, DESK_FILES,
                                 NULL);
    for (size_t i = 0; i < DESK_FILES && code == AULA_OK; i++) {
        const char *file = desk_file(&desk->rows[i]);

        assert_false(container_is_written(&writer));
        code = container_write_file(&writer, (const uint8_t *)file,
                                    strlen(file), NULL);
    }
    assert_int_equal(container_is_written(&writer), code == AULA_OK);
    return code;
}

static inline int desk_start(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);

    assert_non_null(desk);
    desk->ceremony = ceremony_whole(3, 2);
    for (size_t i = 0; i < DESK_FILES; i++) {
        struct manifest_row *row = &desk->rows[i];

        row->path = desk_paths[i];
        row->path_size = strlen(desk_paths[i]);
        row->size = strlen(desk_files[i]);
        manifest_hash_file(row->hash, (const uint8_t *)desk_files[i],
                           strlen(desk_files[i]));
    }
    assert_int_equal(manifest_make(&desk->manifest, &desk->manifest_size,
                                   desk->rows, DESK_FILES, NULL),
                     AULA_OK);
    sample_start(&desk->package, desk->ceremony);
    manifest_hash(desk->package.content_hash, desk->manifest,
                  desk->manifest_size);
    sample_make(&desk->package);
    assert_int_equal(desk_write(desk), AULA_OK);
    *state = desk;
    return 0;
}

static inline int desk_stop(void **state)
{
    struct desk *desk = *state;
    void *ceremony = desk->ceremony;

    free(desk->manifest);
    free(desk);
    return ceremony_free(&ceremony);
}

/* Open what the desk has; a refusal leaves nothing behind. */
static inline enum aula_code desk_open(struct container *container,
                                       struct desk *desk)
{
    static const struct container empty;
    struct container_source source = {desk_read, desk, desk->size};
    enum aula_code code;

    desk->calls = 0;
    desk->end = 0;
    memset(container, 0x5a, sizeof *container);
    code = container_open(container, desk->package.office_public, &source,
                          NULL);
    if (code != AULA_OK) {
        assert_memory_equal(container, &empty, sizeof empty);
    }
    return code;
}

/* The same, with all desk_files checked, and closed again. */
static inline enum aula_code desk_check(struct desk *desk)
{
    struct container container;
    enum aula_code code = desk_open(&container, desk);

    if (code == AULA_OK) {
        code = container_check_all(&container, NULL);
    }
    container_close(&container);
    return code;
}

#define WITH_DESK(test)                                                        \
    cmocka_unit_test_setup_teardown(test, desk_start, desk_stop)

#endif
