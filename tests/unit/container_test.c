/* SPDX-License-Identifier: Apache-2.0 */
/* Containers read through a source: every refusal of PROTOCOL.md section 4.1
 * that concerns the whole. */
#include "container_desk.h"

static void a_container_gives_its_files(void **state)
{
    struct desk *desk = *state;
    struct container container;

    assert_int_equal(desk_open(&container, desk), AULA_OK);
    assert_int_equal(container.manifest.count, DESK_FILES);
    assert_int_equal(container.package.contest_count, SAMPLE_CONTESTS);
    for (size_t i = 0; i < DESK_FILES; i++) {
        uint8_t *bytes = NULL;
        size_t size = 99;

        assert_int_equal(container_file(&container, &bytes, &size,
                                        desk_paths[i], NULL),
                         AULA_OK);
        assert_non_null(bytes);
        assert_int_equal(size, strlen(desk_files[i]));
        assert_memory_equal(bytes, desk_files[i], size);
        free(bytes);
    }
    container_close(&container);
}

static void opening_reads_no_file(void **state)
{
    struct desk *desk = *state;
    struct container container;

    assert_int_equal(desk_open(&container, desk), AULA_OK);
    assert_int_equal(desk->end, container.files_offset);
    assert_int_equal(desk->calls, 4);
    container_close(&container);
}

static void a_file_that_is_not_there_is_refused(void **state)
{
    struct container container;
    uint8_t *bytes = NULL;
    size_t size = 0;

    assert_int_equal(desk_open(&container, *state), AULA_OK);
    assert_int_equal(container_file(&container, &bytes, &size, "photos", NULL),
                     AULA_CONTENT_FILE);
    assert_null(bytes);
    assert_int_equal(container_file(&container, &bytes, &size, "", NULL),
                     AULA_CONTENT_FILE);
    container_close(&container);
}

static void every_flipped_bit_is_refused(void **state)
{
    struct desk *desk = *state;
    size_t files_size = strlen(desk_files[0]) + strlen(desk_files[1]);

    for (size_t i = 0; i < desk->size; i++) {
        uint8_t bit = (uint8_t)(1U << (i % 8));
        enum aula_code code;

        desk->bytes[i] ^= bit;
        code = desk_check(desk);
        assert_int_not_equal(code, AULA_OK);
        if (i >= desk->size - files_size) {
            assert_int_equal(code, AULA_CONTENT_FILE);
        }
        desk->bytes[i] ^= bit;
    }
    assert_int_equal(desk_check(desk), AULA_OK);
}

static void every_other_length_is_refused(void **state)
{
    struct desk *desk = *state;
    size_t size = desk->size;

    for (desk->size = 0; desk->size < size; desk->size++) {
        assert_int_equal(desk_check(desk), AULA_TRUNCATED);
    }
    desk->size = size + 1;
    assert_int_equal(desk_check(desk), AULA_TRAILING_BYTES);
}

static void a_changed_file_gives_no_byte(void **state)
{
    struct desk *desk = *state;
    struct container container;
    uint8_t out[7];
    const struct manifest_row *row = NULL;
    uint8_t *bytes = NULL;
    size_t size = 0;

    assert_int_equal(desk_open(&container, desk), AULA_OK);
    row = manifest_find(&container.manifest, desk_paths[0],
                        strlen(desk_paths[0]));
    assert_non_null(row);
    assert_int_equal(container_read_row(&container, out, row, NULL), AULA_OK);
    assert_memory_equal(out, desk_files[0], sizeof out);
    desk->bytes[desk->size - 1] ^= 1; /* after it was opened */
    assert_int_equal(container_read_row(&container, out, row, NULL),
                     AULA_CONTENT_FILE);
    assert_true(sodium_is_zero(out, sizeof out));
    assert_int_equal(container_file(&container, &bytes, &size, desk_paths[0],
                                    NULL),
                     AULA_CONTENT_FILE);
    assert_null(bytes);
    assert_int_equal(container_check_all(&container, NULL), AULA_CONTENT_FILE);
    container_close(&container);
}

static void a_source_may_fail_at_every_step(void **state)
{
    struct desk *desk = *state;
    enum aula_code code = AULA_IO;

    for (desk->fails_at = 1; code != AULA_OK; desk->fails_at++) {
        code = desk_check(desk);
        assert_true(code == AULA_OK || code == AULA_IO);
    }
    assert_int_equal(desk->fails_at, 4 + 2 + 2); /* an empty file is not read */
}

static void magic_and_version_are_checked(void **state)
{
    struct desk *desk = *state;

    desk->bytes[3] = 'P';
    desk->bytes[4] = 2;
    assert_int_equal(desk_check(desk), AULA_BAD_MAGIC);
    desk->bytes[3] = 'E';
    assert_int_equal(desk_check(desk), AULA_BAD_VERSION);
    desk->bytes[4] = 0;
    assert_int_equal(desk_check(desk), AULA_BAD_VERSION);
}

static void lengths_are_checked_before_they_are_used(void **state)
{
    struct desk *desk = *state;
    uint8_t *manifest_length = desk->bytes + 9 + desk->package.size;

    put_le32(desk->bytes + 5, PACKAGE_BYTES_MAX + 1);
    assert_int_equal(desk_check(desk), AULA_TOO_LARGE);
    put_le32(desk->bytes + 5, PACKAGE_BYTES_MAX);
    assert_int_equal(desk_check(desk), AULA_TRUNCATED);
    put_le32(desk->bytes + 5, UINT32_MAX);
    assert_int_equal(desk_check(desk), AULA_TOO_LARGE);
    put_le32(desk->bytes + 5, (uint32_t)desk->package.size);
    put_le32(manifest_length, MANIFEST_BYTES_MAX + 1);
    assert_int_equal(desk_check(desk), AULA_TOO_LARGE);
    put_le32(manifest_length, MANIFEST_BYTES_MAX);
    assert_int_equal(desk_check(desk), AULA_TRUNCATED);
    put_le32(manifest_length, 0);
    assert_int_equal(desk_check(desk), AULA_CONTENT_MANIFEST);
}

static bool read_nothing(void *context, uint64_t offset, uint8_t *out,
                         size_t size)
{
    (void)context;
    (void)offset;
    memset(out, 0, size);
    return true;
}

static void more_than_512_mib_are_refused(void **state)
{
    struct desk *desk = *state;
    struct container_source source = {read_nothing, NULL,
                                      CONTAINER_BYTES_MAX + UINT64_C(1)};
    struct container container;

    assert_int_equal(container_open(&container, desk->package.office_public,
                                    &source, NULL),
                     AULA_TOO_LARGE);
    source.size--;
    assert_int_equal(container_open(&container, desk->package.office_public,
                                    &source, NULL),
                     AULA_BAD_MAGIC);
}

static void another_office_is_refused(void **state)
{
    struct desk *desk = *state;

    desk->package.office_public[0] ^= 1;
    assert_int_equal(desk_check(desk), AULA_PKG_OFFICE_KEY);
}

static void another_manifest_is_refused(void **state)
{
    struct desk *desk = *state;

    desk->package.content_hash[0] ^= 1;
    sample_make(&desk->package);
    assert_int_equal(desk_write(desk), AULA_OK);
    assert_int_equal(desk_check(desk), AULA_CONTENT_MANIFEST);
}

static void memory_is_a_source(void **state)
{
    struct desk *desk = *state;
    struct container_memory memory = {desk->bytes, desk->size};
    struct container_source source = container_memory_source(&memory);
    struct container container;
    uint8_t out[4];

    assert_int_equal(container_open(&container, desk->package.office_public,
                                    &source, NULL),
                     AULA_OK);
    assert_int_equal(container_check_all(&container, NULL), AULA_OK);
    container_close(&container);
    assert_true(source.read(source.context, desk->size - 4, out, 4));
    assert_memory_equal(out, desk->bytes + desk->size - 4, 4);
    assert_false(source.read(source.context, desk->size - 3, out, 4));
    assert_false(source.read(source.context, UINT64_MAX, out, 4));
}

static void closing_nothing_does_nothing(void **state)
{
    struct container container = {0};

    (void)state;
    container_close(NULL);
    container_close(&container);
    container_close(&container);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DESK(a_container_gives_its_files),
        WITH_DESK(opening_reads_no_file),
        WITH_DESK(a_file_that_is_not_there_is_refused),
        WITH_DESK(every_flipped_bit_is_refused),
        WITH_DESK(every_other_length_is_refused),
        WITH_DESK(a_changed_file_gives_no_byte),
        WITH_DESK(a_source_may_fail_at_every_step),
        WITH_DESK(magic_and_version_are_checked),
        WITH_DESK(lengths_are_checked_before_they_are_used),
        WITH_DESK(more_than_512_mib_are_refused),
        WITH_DESK(another_office_is_refused),
        WITH_DESK(another_manifest_is_refused),
        WITH_DESK(memory_is_a_source),
        WITH_DESK(closing_nothing_does_nothing),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
