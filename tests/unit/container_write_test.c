/* SPDX-License-Identifier: Apache-2.0 */
/* Containers written through a sink, which may fail. */
#include "container_desk.h"

static void a_sink_may_fail_at_every_step(void **state)
{
    struct desk *desk = *state;
    enum aula_code code = AULA_FULL;

    for (desk->fails_at = 1; code != AULA_OK; desk->fails_at++) {
        code = desk_write(desk);
        assert_true(code == AULA_OK || code == AULA_FULL);
    }
    assert_int_equal(desk->fails_at, 5 + 2 + 2); /* an empty file is no write */
}

static void only_the_file_that_is_due_is_written(void **state)
{
    struct desk *desk = *state;
    struct container_sink sink = {desk_append, desk};
    const char *due = desk_file(&desk->rows[0]);
    const char *other = desk_file(&desk->rows[2]);
    struct container_writer writer;
    size_t size;

    desk->size = 0;
    assert_int_equal(container_write_start(&writer, &sink, desk->package.bytes,
                                           desk->package.size, desk->manifest,
                                           desk->manifest_size, desk->rows, 1,
                                           NULL),
                     AULA_OK);
    size = desk->size;
    assert_int_equal(container_write_file(&writer, (const uint8_t *)other,
                                          strlen(other), NULL),
                     AULA_CONTENT_FILE);
    assert_int_equal(desk->size, size);
    assert_int_equal(container_write_file(&writer, (const uint8_t *)due,
                                          strlen(due), NULL),
                     AULA_OK);
    assert_int_equal(container_write_file(&writer, NULL, 0, NULL),
                     AULA_CONTENT_FILE);
}

static enum aula_code start_with(struct desk *desk, size_t package_size,
                                 size_t manifest_size,
                                 const struct manifest_row *rows, size_t count)
{
    struct container_sink sink = {desk_append, desk};
    struct container_writer writer;

    desk->calls = 0;
    desk->fails_at = 1; /* the sink speaks up where nothing else does */
    return container_write_start(&writer, &sink, desk->package.bytes,
                                 package_size, desk->manifest, manifest_size,
                                 rows, count, NULL);
}

static void no_container_above_its_limits_is_begun(void **state)
{
    struct desk *desk = *state;
    struct manifest_row rows[64] = {{0}};

    for (size_t i = 0; i < 64; i++) {
        rows[i].size = MANIFEST_FILE_BYTES_MAX;
    }
    rows[63].size -= 13 + 1000 + 500;
    assert_int_equal(start_with(desk, 1000, 500, rows, 64), AULA_FULL);
    assert_int_equal(start_with(desk, 1001, 500, rows, 64), AULA_TOO_LARGE);
    assert_int_equal(start_with(desk, 1000, 501, rows, 64), AULA_TOO_LARGE);
    assert_int_equal(start_with(desk, PACKAGE_BYTES_MAX + (size_t)1, 0, rows,
                                0),
                     AULA_TOO_LARGE);
    assert_int_equal(start_with(desk, 1, MANIFEST_BYTES_MAX + (size_t)1, rows,
                                0),
                     AULA_TOO_LARGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DESK(a_sink_may_fail_at_every_step),
        WITH_DESK(only_the_file_that_is_due_is_written),
        WITH_DESK(no_container_above_its_limits_is_begun),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
