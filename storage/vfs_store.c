/* SPDX-License-Identifier: Apache-2.0 */
/* Setting up SQLite, a VFS and the one connection of a store. Whatever is set
 * is read back: a pragma that SQLite does not know does nothing and says
 * nothing.
 */
#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "vfs_inside.h"

static_assert((int)VFS_PAGE_BYTES == (int)PAGE_BYTES &&
                  (int)VFS_RESERVED_BYTES ==
                      (int)PAGE_NONCE_BYTES + (int)PAGE_TAG_BYTES &&
                  (int)VFS_KEY_BYTES == (int)PAGE_KEY_BYTES &&
                  (int)VFS_STORE_ID_BYTES == (int)PAGE_STORE_ID_BYTES,
              "the header says what a page is");

/* Longest text or blob, in bytes: a voter roll may have 512 MiB. */
enum { LENGTH_MAX = 513 * 1024 * 1024 };

enum aula_code vfs_start(struct aula_error *err)
{
    if (sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, -1) != SQLITE_OK ||
        sqlite3_config(SQLITE_CONFIG_URI, 0) != SQLITE_OK) {
        return aula_fail(err, AULA_STATE, "SQLite is already running");
    }
    if (sodium_init() < 0 || sqlite3_initialize() != SQLITE_OK) {
        return aula_fail(err, AULA_MEMORY, "SQLite does not start");
    }
    return AULA_OK;
}

enum aula_code vfs_open(struct vfs **vfs, const char *name,
                        const uint8_t key[VFS_KEY_BYTES],
                        const uint8_t store_id[VFS_STORE_ID_BYTES],
                        struct aula_error *err)
{
    return vfs_open_over(vfs, name, NULL, key, store_id, err);
}

enum aula_code vfs_open_over(struct vfs **vfs, const char *name,
                             const char *below,
                             const uint8_t key[VFS_KEY_BYTES],
                             const uint8_t store_id[VFS_STORE_ID_BYTES],
                             struct aula_error *err)
{
    sqlite3_vfs *lower = sqlite3_vfs_find(below);
    struct vfs *made;

    if (lower == NULL || sqlite3_vfs_find(name) != NULL) {
        return aula_fail(err, AULA_STATE, "vfs %s: %s", name,
                         lower == NULL ? "none below" : "the name is taken");
    }
    made = calloc(1, sizeof *made);
    if (made != NULL) {
        made->keys = sodium_malloc(sizeof *made->keys);
        vfs_methods(made, name, lower);
    }
    if (made == NULL || made->keys == NULL ||
        sqlite3_vfs_register(&made->base, 0) != SQLITE_OK) {
        vfs_close(made);
        return aula_fail(err, AULA_MEMORY, "vfs %s: no memory", name);
    }
    vfs_page_keys(made->keys, key, store_id);
    *vfs = made;
    return AULA_OK;
}

void vfs_close(struct vfs *vfs)
{
    if (vfs == NULL) {
        return;
    }
    (void)sqlite3_vfs_unregister(&vfs->base);
    sodium_free(vfs->keys);
    free(vfs);
}

bool vfs_recovered(const struct vfs *vfs)
{
    return vfs->recovered;
}

/* ---- what went wrong */

enum aula_code vfs_fault(struct vfs *vfs, struct aula_error *err)
{
    enum aula_code code = vfs->noted.code;

    if (code != AULA_OK) {
        (void)aula_fail(err, code, "%s", vfs->noted.message);
    }
    vfs->noted = (struct aula_error){.code = AULA_OK};
    return code;
}

static enum aula_code code_of(int rc)
{
    switch (rc & 0xff) {
    case SQLITE_NOMEM:
        return AULA_MEMORY;
    case SQLITE_FULL:
        return AULA_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return AULA_STORE_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return AULA_STORE_DAMAGED;
    case SQLITE_IOERR:
        return rc == SQLITE_IOERR_NOMEM ? AULA_MEMORY : AULA_IO;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return AULA_IO;
    default:
        return AULA_STATE;
    }
}

/* Can the VFS have been the reason? */
static bool may_be_ours(int rc)
{
    switch (rc & 0xff) {
    case SQLITE_IOERR:
        return rc != SQLITE_IOERR_NOMEM;
    case SQLITE_CANTOPEN:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR:
        return true;
    default:
        return false;
    }
}

enum aula_code vfs_explain(struct vfs *vfs, int rc, const char *what,
                           struct aula_error *err)
{
    struct aula_error noted = {.code = AULA_OK};
    enum aula_code code = vfs_fault(vfs, &noted);

    if (code != AULA_OK && may_be_ours(rc)) {
        return aula_fail(err, code, "%s: %s", what, noted.message);
    }
    return aula_fail(err, code_of(rc), "%s: %s (%d)", what, sqlite3_errstr(rc),
                     rc);
}

/* ---- a connection */

struct setting {
    const char *set;
    const char *ask;
    const char *expected;
};

/* The first of them makes SQLite read the file. */
static const struct setting settings[] = {
    {"PRAGMA temp_store=MEMORY", "PRAGMA temp_store", "2"},
    {"PRAGMA mmap_size=0", "PRAGMA mmap_size", "0"},
    {"PRAGMA locking_mode=NORMAL", "PRAGMA locking_mode", "normal"},
    {"PRAGMA secure_delete=ON", "PRAGMA secure_delete", "1"},
    {"PRAGMA cell_size_check=ON", "PRAGMA cell_size_check", "1"},
    {"PRAGMA synchronous=EXTRA", "PRAGMA synchronous", "3"},
    {"PRAGMA journal_mode=DELETE", "PRAGMA journal_mode", "delete"},
    {"PRAGMA page_size=4096", "PRAGMA page_size", "4096"},
    {"PRAGMA busy_timeout=0", "PRAGMA busy_timeout", "0"},
    {"SELECT 1", "SELECT count(*) >= 0 FROM sqlite_schema", "1"},
};

/* Is the one value that a statement gives the expected one? */
static int gives(sqlite3 *db, const char *sql, const char *expected,
                 bool *as_expected)
{
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);

    *as_expected = false;
    if (rc == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
        const unsigned char *text = sqlite3_column_text(statement, 0);

        *as_expected = text != NULL &&
                       strcmp((const char *)text, expected) == 0;
    }
    if (rc != SQLITE_OK) {
        return rc;
    }
    return sqlite3_finalize(statement);
}

static enum aula_code set_all(struct vfs *vfs, sqlite3 *db, const char *path,
                              struct aula_error *err)
{
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        bool as_expected = false;
        int rc = sqlite3_exec(db, settings[i].set, NULL, NULL, NULL);

        if (rc == SQLITE_OK) {
            rc = gives(db, settings[i].ask, settings[i].expected, &as_expected);
        }
        if (rc != SQLITE_OK) {
            return vfs_explain(vfs, rc, path, err);
        }
        if (!as_expected) {
            return aula_fail(err, AULA_STATE, "%s: %s was not taken", path,
                             settings[i].set);
        }
    }
    return AULA_OK;
}

static int set_flag(sqlite3 *db, int flag, int value)
{
    int now = 0;
    int rc = sqlite3_db_config(db, flag, value, &now);

    return rc == SQLITE_OK && now != value ? SQLITE_ERROR : rc;
}

static int set_limits(sqlite3 *db)
{
    static const struct {
        int flag;
        int value;
    } flags[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},
    };
    int rc = SQLITE_OK;

    (void)sqlite3_extended_result_codes(db, 1);
    (void)sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    (void)sqlite3_limit(db, SQLITE_LIMIT_LENGTH, LENGTH_MAX);
    for (size_t i = 0; i < sizeof flags / sizeof flags[0] && rc == SQLITE_OK;
         i++) {
        rc = set_flag(db, flags[i].flag, flags[i].value);
    }
    return rc;
}

/* A file that is to be made has no content yet. */
static enum aula_code see_empty(struct vfs *vfs, sqlite3 *db, const char *path,
                                struct aula_error *err)
{
    sqlite3_file *file = NULL;
    sqlite3_int64 size = 0;
    int rc = sqlite3_file_control(db, NULL, SQLITE_FCNTL_FILE_POINTER, &file);

    if (rc == SQLITE_OK) {
        rc = file->pMethods->xFileSize(file, &size);
    }
    if (rc != SQLITE_OK) {
        return vfs_explain(vfs, rc, path, err);
    }
    return size == 0 ? AULA_OK
                     : aula_fail(err, AULA_STATE, "%s: is there already", path);
}

enum aula_code vfs_database_open(sqlite3 **db, struct vfs *vfs,
                                 const char *path, bool create,
                                 struct aula_error *err)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_PRIVATECACHE |
                (create ? SQLITE_OPEN_CREATE : 0);
    sqlite3 *made = NULL;
    enum aula_code code = AULA_OK;
    int rc;

    (void)vfs_fault(vfs, NULL);
    rc = sqlite3_open_v2(path, &made, flags, vfs->name);
    if (rc == SQLITE_OK) {
        rc = set_limits(made);
    }
    if (rc != SQLITE_OK) {
        code = vfs_explain(vfs, rc, path, err);
        goto out;
    }
    if (create) {
        code = see_empty(vfs, made, path, err);
    }
    if (code == AULA_OK) {
        code = set_all(vfs, made, path, err);
    }
    if (code == AULA_OK) {
        *db = made;
        made = NULL;
    }
out:
    (void)sqlite3_close(made);
    return code;
}
