/* SPDX-License-Identifier: Apache-2.0 */
/* See vfs_sample.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "vfs_sample.h"

void vfs_sample_open(struct vfs_sample *sample, const char *name,
                     uint8_t key_byte, uint8_t id_byte)
{
    const uint8_t key[VFS_KEY_BYTES] = {key_byte};
    const uint8_t id[VFS_STORE_ID_BYTES] = {id_byte};

    memset(sample, 0, sizeof *sample);
    (void)snprintf(sample->folder, sizeof sample->folder,
                   "/tmp/aula-vfs-XXXXXX");
    assert_non_null(mkdtemp(sample->folder));
    (void)snprintf(sample->path, sizeof sample->path, "%s/store.db",
                   sample->folder);
    (void)snprintf(sample->journal, sizeof sample->journal, "%s-journal",
                   sample->path);
    assert_int_equal(vfs_open(&sample->vfs, name, key, id, NULL), AULA_OK);
}

void vfs_sample_close(struct vfs_sample *sample)
{
    vfs_close(sample->vfs);
    (void)unlink(sample->path);
    (void)unlink(sample->journal);
    assert_int_equal(rmdir(sample->folder), 0);
}

void vfs_sample_run(sqlite3 *db, const char *sql)
{
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
}

int64_t vfs_sample_ask(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    int64_t answer = -1;

    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        answer = sqlite3_column_int64(statement, 0);
    }
    return sqlite3_finalize(statement) == SQLITE_OK ? answer : -1;
}

void vfs_sample_make(struct vfs_sample *sample)
{
    sqlite3 *db = NULL;
    char sql[200];

    assert_int_equal(vfs_database_open(&db, sample->vfs, sample->path, true,
                                       NULL),
                     AULA_OK);
    vfs_sample_run(db, "CREATE TABLE r(n INTEGER PRIMARY KEY, v, b)");
    vfs_sample_run(db, "BEGIN");
    for (int i = 1; i <= SAMPLE_ROWS; i++) {
        (void)
            snprintf(sql, sizeof sql,
                     "INSERT INTO r VALUES(%d, 1, '%s' || hex(zeroblob(200)))",
                     i, SAMPLE_MARK);
        vfs_sample_run(db, sql);
    }
    vfs_sample_run(db, "COMMIT");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

void vfs_sample_change(struct vfs_sample *sample, const char *sql)
{
    sqlite3 *db = NULL;

    assert_int_equal(vfs_database_open(&db, sample->vfs, sample->path, false,
                                       NULL),
                     AULA_OK);
    vfs_sample_run(db, sql);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

struct sample_file vfs_sample_read(const char *path)
{
    struct sample_file file = {NULL, 0};
    FILE *stream = fopen(path, "rb");

    assert_non_null(stream);
    assert_int_equal(fseek(stream, 0, SEEK_END), 0);
    file.size = (size_t)ftell(stream);
    file.bytes = malloc(file.size + 1);
    assert_non_null(file.bytes);
    rewind(stream);
    assert_int_equal(fread(file.bytes, 1, file.size, stream), file.size);
    (void)fclose(stream);
    return file;
}

void vfs_sample_write(const char *path, const uint8_t *bytes, size_t size)
{
    FILE *stream = fopen(path, "wb");

    assert_non_null(stream);
    assert_int_equal(fwrite(bytes, 1, size, stream), size);
    assert_int_equal(fclose(stream), 0);
}

enum aula_code vfs_sample_look(struct vfs_sample *sample, int64_t *sum,
                               struct aula_error *err)
{
    sqlite3 *db = NULL;
    enum aula_code code = vfs_database_open(&db, sample->vfs, sample->path,
                                            false, err);

    if (code == AULA_OK) {
        *sum = vfs_sample_ask(db, "SELECT sum(v * n) + sum(length(b)) FROM r");
        assert_true(*sum > 0);
        assert_int_equal(sqlite3_close(db), SQLITE_OK);
    }
    return code;
}
