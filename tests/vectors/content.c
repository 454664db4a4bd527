/* SPDX-License-Identifier: Apache-2.0 */
/* content.json: manifests, files and containers (PROTOCOL.md section 4.1). */
#include "container.h"

#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "suites.h"
#include "trial.h"
#include "world.h"

/* What the whole file is about. */
struct content {
    const struct world *world;
    uint8_t office_public[SIGN_PUBLIC_BYTES];
    uint8_t hash[HASH_BYTES]; /* content_hash */
    struct span manifest_bytes;
    struct manifest manifest; /* of it, once it was accepted */
};

static void expect_package(struct trial *trial, const json_t *root,
                           const struct content *content)
{
    struct span bytes = field_bytes(trial, root, "package");
    uint64_t mode = field_number(trial, root, "mode", 1);
    uint8_t hash[HASH_BYTES];
    struct package package = {0};

    field_fixed(trial, root, "package_hash", hash, sizeof hash);
    if (trial_is_bad(trial)) {
        return;
    }
    trial_expect_code(trial, AULA_OK,
                      package_open(&package, content->office_public,
                                   bytes.bytes, bytes.size, NULL));
    trial_expect_bytes(trial, "package_hash", hash, sizeof hash, package.hash,
                       sizeof package.hash);
    trial_expect_number(trial, "mode", mode, package.mode);
    trial_expect_bytes(trial, "content_hash", content->hash,
                       sizeof content->hash, package.content_hash,
                       sizeof package.content_hash);
    trial_expect_bytes(trial, "content_hash of the world", content->hash,
                       sizeof content->hash,
                       content->world->package.content_hash,
                       sizeof content->hash);
    package_close(&package);
}

/* The rows of `files`, which is path -> bytes in any order. */
static struct manifest_row *read_files(struct trial *trial, const json_t *files)
{
    struct manifest_row *rows =
        source_memory(trial->source,
                      (json_object_size(files) + 1) * sizeof *rows);
    struct manifest_row *row = rows;
    const char *path = NULL;
    json_t *value = NULL;

    json_object_foreach((json_t *)(uintptr_t)files, path, value)
    {
        struct span bytes = field_bytes(trial, files, path);

        row->path = path;
        row->path_size = strlen(path);
        row->size = bytes.size;
        manifest_hash_file(row->hash, bytes.bytes, bytes.size);
        row++;
    }
    return rows;
}

static void check_manifest_made(struct trial *trial, const json_t *files,
                                const struct content *content)
{
    struct manifest_row *rows = read_files(trial, files);
    uint8_t hash[HASH_BYTES];
    uint8_t *made = NULL;
    size_t size = 0;

    trial_expect_code(trial, AULA_OK,
                      manifest_make(&made, &size, rows, json_object_size(files),
                                    NULL));
    trial_expect_bytes(trial, "manifest", content->manifest_bytes.bytes,
                       content->manifest_bytes.size, made, size);
    manifest_hash(hash, made, size);
    trial_expect_bytes(trial, "content_hash", content->hash, sizeof hash, hash,
                       sizeof hash);
    free(made);
}

/* A sink that compares with the container as it should be. */
struct comparison {
    struct trial *trial;
    struct bytes_reader expected;
};

static enum aula_code compare(void *context, const uint8_t *bytes, size_t size,
                              struct aula_error *err)
{
    struct comparison *comparison = context;
    const uint8_t *expected = bytes_take(&comparison->expected, size);

    (void)err;
    if (expected == NULL) {
        trial_fail(comparison->trial, "container: more bytes than expected");
    } else {
        trial_expect_bytes(comparison->trial, "container", expected, size,
                           bytes, size);
    }
    return AULA_OK;
}

static void check_written(struct trial *trial, const json_t *root,
                          const json_t *files, const struct content *content)
{
    const struct manifest *manifest = &content->manifest;
    struct span expected = field_bytes(trial, root, "container");
    struct span package = field_bytes(trial, root, "package");
    struct comparison comparison = {trial, {expected.bytes, expected.size}};
    struct container_sink sink = {compare, &comparison};
    struct container_writer writer;

    trial_expect_code(trial, AULA_OK,
                      container_write_start(&writer, &sink, package.bytes,
                                            package.size,
                                            content->manifest_bytes.bytes,
                                            content->manifest_bytes.size,
                                            manifest->rows, manifest->count,
                                            NULL));
    for (size_t i = 0; i < manifest->count && !trial_is_bad(trial); i++) {
        const struct manifest_row *row = &manifest->rows[i];
        char path[MANIFEST_PATH_MAX + 1] = {0};
        struct span bytes;

        memcpy(path, row->path, row->path_size);
        bytes = field_bytes(trial, files, path);
        trial_expect_code(trial, AULA_OK,
                          container_write_file(&writer, bytes.bytes, bytes.size,
                                               NULL));
    }
    trial_expect_number(trial, "bytes left", 0, comparison.expected.left);
}

static enum aula_code open_whole(struct container *container,
                                 const struct content *content,
                                 struct container_memory *memory)
{
    struct container_source source = container_memory_source(memory);
    enum aula_code code = container_open(container, content->office_public,
                                         &source, NULL);

    return code == AULA_OK ? container_check_all(container, NULL) : code;
}

static void check_read(struct trial *trial, const json_t *root,
                       const json_t *files, const struct content *content)
{
    struct span bytes = field_bytes(trial, root, "container");
    struct container_memory memory = {bytes.bytes, bytes.size};
    struct container container = {0};
    const char *path = NULL;
    json_t *value = NULL;

    trial_expect_code(trial, AULA_OK, open_whole(&container, content, &memory));
    json_object_foreach((json_t *)(uintptr_t)files, path, value)
    {
        struct span expected = field_bytes(trial, files, path);
        uint8_t *came = NULL;
        size_t size = 0;

        trial_expect_code(trial, AULA_OK,
                          container_file(&container, &came, &size, path, NULL));
        trial_expect_bytes(trial, path, expected.bytes, expected.size, came,
                           size);
        free(came);
    }
    container_close(&container);
}

static void check_root(struct trial *trial, const json_t *root, void *state)
{
    struct content *content = state;
    const json_t *files = field_object(trial, root, "files");

    field_fixed(trial, root, "office_public", content->office_public,
                sizeof content->office_public);
    field_fixed(trial, root, "content_hash", content->hash,
                sizeof content->hash);
    content->manifest_bytes = field_bytes(trial, root, "manifest");
    expect_package(trial, root, content);
    check_manifest_made(trial, files, content);
    trial_expect_code(trial, AULA_OK,
                      manifest_open(&content->manifest, content->hash,
                                    content->manifest_bytes.bytes,
                                    content->manifest_bytes.size, NULL));
    if (!trial_is_bad(trial)) {
        check_written(trial, root, files, content);
        check_read(trial, root, files, content);
    }
}

static void expect_row(struct trial *trial, const json_t *file,
                       const struct manifest_row *row)
{
    struct span path = field_text(trial, file, "path");
    uint64_t size = field_number(trial, file, "size", UINT64_MAX);
    uint8_t hash[HASH_BYTES];

    field_fixed(trial, file, "hash", hash, sizeof hash);
    trial_expect_bytes(trial, "path", path.bytes, path.size, row->path,
                       row->path_size);
    trial_expect_number(trial, "size", size, row->size);
    trial_expect_bytes(trial, "hash", hash, sizeof hash, row->hash,
                       sizeof row->hash);
}

static void check_manifest(struct trial *trial, const json_t *row, void *state)
{
    struct span bytes = field_bytes(trial, row, "manifest");
    const json_t *files = field_list(trial, row, "files");
    uint8_t hash[HASH_BYTES];
    struct manifest manifest = {0};

    (void)state;
    field_fixed(trial, row, "content_hash", hash, sizeof hash);
    trial_expect_code(trial, AULA_OK,
                      manifest_open(&manifest, hash, bytes.bytes, bytes.size,
                                    NULL));
    trial_expect_number(trial, "files", json_array_size(files), manifest.count);
    for (size_t i = 0; i < manifest.count && !trial_is_bad(trial); i++) {
        trial_at(trial, "files[%zu]", i);
        expect_row(trial, json_array_get(files, i), &manifest.rows[i]);
    }
    manifest_close(&manifest);
}

static void check_bad_manifest(struct trial *trial, const json_t *row,
                               void *state)
{
    struct span bytes = field_bytes(trial, row, "object");
    enum aula_code error = field_error(trial, row, "error");
    uint8_t hash[HASH_BYTES];
    struct manifest manifest = {0};

    (void)state;
    field_fixed(trial, row, "content_hash", hash, sizeof hash);
    trial_expect_code(trial, error,
                      manifest_open(&manifest, hash, bytes.bytes, bytes.size,
                                    NULL));
    manifest_close(&manifest);
}

static void check_bad_container(struct trial *trial, const json_t *row,
                                void *state)
{
    struct span bytes = field_bytes(trial, row, "object");
    enum aula_code error = field_error(trial, row, "error");
    struct container_memory memory = {bytes.bytes, bytes.size};
    struct container container = {0};

    trial_expect_code(trial, error, open_whole(&container, state, &memory));
    container_close(&container);
}

static void check_bad_file(struct trial *trial, const json_t *row, void *state)
{
    const struct content *content = state;
    struct span bytes = field_bytes(trial, row, "object");
    struct span path = field_text(trial, row, "path");
    enum aula_code error = field_error(trial, row, "error");
    const struct manifest_row *file =
        manifest_find(&content->manifest, (const char *)path.bytes, path.size);

    if (file == NULL) {
        trial_fail(trial, "path: expected one of the manifest, came another");
        return;
    }
    trial_expect_code(trial, error,
                      manifest_check_file(file, bytes.bytes, bytes.size, NULL));
}

void suite_content(struct source *source)
{
    struct content content = {.world = world_of(source)};

    if (content.world == NULL) {
        return;
    }
    source_values(source, "content", check_root, &content);
    source_each(source, "manifests", check_manifest, NULL);
    source_each(source, "bad_manifests", check_bad_manifest, NULL);
    source_each(source, "bad_containers", check_bad_container, &content);
    source_each(source, "bad_files", check_bad_file, &content);
    manifest_close(&content.manifest);
}
