/* SPDX-License-Identifier: Apache-2.0 */
/* Manifests: what is made is read back, and every refusal of PROTOCOL.md
 * section 4.1 but those of paths. */
#include "manifest_rows.h"

#include "bytes.h"

struct sample {
    struct manifest_row rows[4];
    uint8_t *bytes;
    size_t size;
};

static void sample_make(struct sample *s)
{
    s->rows[0] = row_of("photos/2.jpg", 20, 2);
    s->rows[1] = row_of("photos/1.jpg", 0, 1);
    s->rows[2] = row_of("election.json", 300, 3);
    s->rows[3] = row_of("photos-old", MANIFEST_FILE_BYTES_MAX, 4);
    assert_int_equal(make(&s->bytes, &s->size, s->rows, 4), AULA_OK);
}

static void a_manifest_is_read_as_it_was_made(void **state)
{
    static const char *const paths[] = {"election.json", "photos-old",
                                        "photos/1.jpg", "photos/2.jpg"};
    static const uint64_t sizes[] = {300, MANIFEST_FILE_BYTES_MAX, 0, 20};
    static const uint8_t marks[] = {3, 4, 1, 2};
    struct sample s;
    struct manifest manifest;
    uint8_t hash[HASH_BYTES];
    uint64_t offset = 0;

    (void)state;
    sample_make(&s);
    manifest_hash(hash, s.bytes, s.size);
    assert_int_equal(manifest_open(&manifest, hash, s.bytes, s.size, NULL),
                     AULA_OK);
    assert_int_equal(manifest.count, 4);
    for (size_t i = 0; i < 4; i++) {
        const struct manifest_row *row = &manifest.rows[i];

        assert_int_equal(row->path_size, strlen(paths[i]));
        assert_memory_equal(row->path, paths[i], row->path_size);
        assert_memory_equal(s.rows[i].path, paths[i], row->path_size);
        assert_int_equal(row->size, sizes[i]);
        assert_int_equal(row->hash[0], marks[i]);
        assert_int_equal(row->offset, offset);
        assert_int_equal(s.rows[i].offset, offset);
        offset += row->size;
        assert_ptr_equal(manifest_find(&manifest, paths[i], strlen(paths[i])),
                         row);
    }
    assert_int_equal(manifest.files_size, offset);
    manifest_close(&manifest);
    free(s.bytes);
}

static void a_path_that_is_not_there_is_not_found(void **state)
{
    static const char *const others[] = {
        "", "a", "election.jso", "zzz", "election.json0", "photos", "photos/"};
    struct sample s;
    struct manifest manifest;
    static const struct manifest none;
    uint8_t hash[HASH_BYTES];

    (void)state;
    sample_make(&s);
    manifest_hash(hash, s.bytes, s.size);
    assert_int_equal(manifest_open(&manifest, hash, s.bytes, s.size, NULL),
                     AULA_OK);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_null(manifest_find(&manifest, others[i], strlen(others[i])));
    }
    assert_null(manifest_find(&none, "a", 1));
    manifest_close(&manifest);
    free(s.bytes);
}

static void every_flipped_bit_is_refused(void **state)
{
    struct sample s;
    struct manifest manifest;
    uint8_t hash[HASH_BYTES];

    (void)state;
    sample_make(&s);
    manifest_hash(hash, s.bytes, s.size);
    for (size_t i = 0; i < 8 * s.size; i++) {
        s.bytes[i / 8] ^= (uint8_t)(1U << (i % 8));
        assert_int_equal(manifest_open(&manifest, hash, s.bytes, s.size, NULL),
                         AULA_CONTENT_MANIFEST);
        s.bytes[i / 8] ^= (uint8_t)(1U << (i % 8));
    }
    free(s.bytes);
}

static void every_other_length_is_refused(void **state)
{
    struct sample s;
    uint8_t longer[400] = {0};

    (void)state;
    sample_make(&s);
    assert_int_equal(open_bytes(s.bytes, s.size), AULA_OK);
    for (size_t size = 0; size < s.size; size++) {
        assert_int_equal(open_bytes(s.bytes, size), AULA_CONTENT_MANIFEST);
    }
    memcpy(longer, s.bytes, s.size);
    assert_int_equal(open_bytes(longer, s.size + 1), AULA_CONTENT_MANIFEST);
    free(s.bytes);
}

static void bytes_of_another_hash_are_refused_unread(void **state)
{
    static const uint8_t hash[HASH_BYTES] = {1};
    struct manifest manifest;
    uint8_t many[4] = {0xff, 0xff, 0xff, 0xff};

    (void)state;
    assert_int_equal(manifest_open(&manifest, hash, many, 4, NULL),
                     AULA_CONTENT_MANIFEST);
    assert_int_equal(manifest_open(&manifest, hash, NULL, 0, NULL),
                     AULA_CONTENT_MANIFEST);
    assert_int_equal(open_bytes(many, 4), AULA_TOO_LARGE);
}

static void a_file_may_have_8_mib(void **state)
{
    struct manifest_row rows[] = {
        row_of("election.json", MANIFEST_FILE_BYTES_MAX, 0)};
    uint8_t *bytes = NULL;
    size_t size = 0;

    (void)state;
    assert_int_equal(make(&bytes, &size, rows, 1), AULA_OK);
    put_le64(bytes + 4 + 2 + 13, MANIFEST_FILE_BYTES_MAX + UINT64_C(1));
    assert_int_equal(open_bytes(bytes, size), AULA_TOO_LARGE);
    put_le64(bytes + 4 + 2 + 13, UINT64_MAX);
    assert_int_equal(open_bytes(bytes, size), AULA_TOO_LARGE);
    free(bytes);
    rows[0].size++;
    assert_int_equal(make(&bytes, &size, rows, 1), AULA_TOO_LARGE);
}

static void rows_are_refused_out_of_order(void **state)
{
    struct sample s;
    uint8_t *row = NULL;

    (void)state;
    sample_make(&s);
    row = s.bytes + 4 + (42 + 13) + (42 + 10); /* photos/1.jpg */
    assert_memory_equal(row + 2, "photos/1.jpg", 12);
    row[2 + 7] = '2'; /* now twice */
    assert_int_equal(open_bytes(s.bytes, s.size), AULA_CONTENT_MANIFEST);
    row[2 + 7] = '3';
    assert_int_equal(open_bytes(s.bytes, s.size), AULA_CONTENT_MANIFEST);
    row[2 + 7] = '0';
    assert_int_equal(open_bytes(s.bytes, s.size), AULA_OK);
    free(s.bytes);
}

/* `count` files with paths of the full length. */
static struct manifest_row *many_rows(size_t count, char *paths)
{
    struct manifest_row *rows = calloc(count, sizeof *rows);

    assert_non_null(rows);
    for (size_t i = 0; i < count; i++) {
        char *path = paths + i * (MANIFEST_PATH_MAX + 1);

        (void)snprintf(path, MANIFEST_PATH_MAX + 1, "%0*zu", MANIFEST_PATH_MAX,
                       i);
        rows[i] = row_of(i > 0 ? path : "election.json", 1, 0);
    }
    return rows;
}

static void at_most_20000_files_may_be(void **state)
{
    size_t most = MANIFEST_FILES_MAX;
    char *paths = malloc((most + 1) * (MANIFEST_PATH_MAX + 1));
    struct manifest_row *rows = NULL;
    uint8_t *bytes = NULL;
    size_t size = 0;

    (void)state;
    assert_non_null(paths);
    rows = many_rows(most + 1, paths);
    assert_int_equal(make(&bytes, &size, rows, most + 1), AULA_TOO_LARGE);
    assert_int_equal(make(&bytes, &size, rows, most), AULA_OK);
    assert_int_equal(size, MANIFEST_BYTES_MAX - (MANIFEST_PATH_MAX - 13));
    assert_int_equal(open_bytes(bytes, size), AULA_OK);
    put_le32(bytes, MANIFEST_FILES_MAX + 1);
    assert_int_equal(open_bytes(bytes, size), AULA_TOO_LARGE);
    free(bytes);
    free(rows);
    free(paths);
}

static void a_file_is_known_by_size_and_hash(void **state)
{
    static const uint8_t file[] = "a well";
    struct manifest_row row = row_of("a", 6, 0);
    uint8_t bytes[7];

    (void)state;
    memcpy(bytes, file, sizeof bytes);
    manifest_hash_file(row.hash, bytes, 6);
    assert_int_equal(manifest_check_file(&row, bytes, 6, NULL), AULA_OK);
    assert_int_equal(manifest_check_file(&row, bytes, 5, NULL),
                     AULA_CONTENT_FILE);
    assert_int_equal(manifest_check_file(&row, bytes, 7, NULL),
                     AULA_CONTENT_FILE);
    for (size_t i = 0; i < 48; i++) {
        bytes[i / 8] ^= (uint8_t)(1U << (i % 8));
        assert_int_equal(manifest_check_file(&row, bytes, 6, NULL),
                         AULA_CONTENT_FILE);
        bytes[i / 8] ^= (uint8_t)(1U << (i % 8));
    }
}

static void a_file_may_be_empty(void **state)
{
    struct manifest_row row = row_of("a", 0, 0);

    (void)state;
    manifest_hash_file(row.hash, NULL, 0);
    assert_int_equal(manifest_check_file(&row, NULL, 0, NULL), AULA_OK);
    assert_int_equal(manifest_check_file(&row, (const uint8_t *)"a", 1, NULL),
                     AULA_CONTENT_FILE);
}

static void closing_nothing_does_nothing(void **state)
{
    struct manifest manifest = {0};

    (void)state;
    manifest_close(NULL);
    manifest_close(&manifest);
    manifest_close(&manifest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_manifest_is_read_as_it_was_made),
        cmocka_unit_test(a_path_that_is_not_there_is_not_found),
        cmocka_unit_test(every_flipped_bit_is_refused),
        cmocka_unit_test(every_other_length_is_refused),
        cmocka_unit_test(bytes_of_another_hash_are_refused_unread),
        cmocka_unit_test(a_file_may_have_8_mib),
        cmocka_unit_test(rows_are_refused_out_of_order),
        cmocka_unit_test(at_most_20000_files_may_be),
        cmocka_unit_test(a_file_is_known_by_size_and_hash),
        cmocka_unit_test(a_file_may_be_empty),
        cmocka_unit_test(closing_nothing_does_nothing),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
