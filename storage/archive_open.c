/* SPDX-License-Identifier: Apache-2.0 */
/* Opening and closing an archive, and its transactions; see archive.h.
 *
 * A writer locks the file from its opening to its closing, a reader shares the
 * lock, and SQLite's rollback journal takes back what was not committed. A
 * foreign archive is opened as a file that cannot change: no lock, no journal
 * and no other file is made beside it. It is checked page by page before a row
 * of it is read, so that no page is met twice.
 */
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "archive_parts.h"

enum {
    /* Past each value of an archive, so that a foreign one cannot have us read
     * a longer one. */
    VALUE_BYTES_MAX = 64 * 1024,
    URI_BYTES = 4096
};

/* 10,000,000 records of the largest kind and their index. */
static const uint64_t file_bytes_max = 64ULL << 30;

static const char is_alone[] = "PRAGMA locking_mode = EXCLUSIVE;"
                               "PRAGMA journal_mode = TRUNCATE;"
                               "PRAGMA synchronous = FULL;";
/* 64 MiB of pages; lists that are sorted go to a file where they are long. */
static const char is_bounded[] = "PRAGMA cache_size = -65536;"
                                 "PRAGMA temp_store = FILE;"
                                 "PRAGMA trusted_schema = OFF;"
                                 "PRAGMA cell_size_check = ON;";

/* "file:PATH?immutable=1", with what means something in a URI written out. */
static bool write_uri(char uri[static URI_BYTES], const char *path)
{
    static const char end[] = "?mode=ro&immutable=1";
    size_t size = (size_t)snprintf(uri, URI_BYTES, "file:");

    for (; *path != '\0'; path++) {
        bool is_plain = strchr("?#%", *path) == NULL;

        if (size + 3 + sizeof end > URI_BYTES) {
            return false;
        }
        size += (size_t)snprintf(uri + size, 4, is_plain ? "%c" : "%%%02X",
                                 (unsigned)(unsigned char)*path);
    }
    memcpy(uri + size, end, sizeof end);
    return true;
}

/* A journal that begins with anything but zero is that of a transaction which
 * was cut off; the pages of the archive are half old and half new. */
static bool has_journal(const char *path)
{
    char name[URI_BYTES];
    struct stat status;
    int first = EOF;
    FILE *file;

    (void)snprintf(name, sizeof name, "%s-journal", path);
    if (lstat(name, &status) != 0 || !S_ISREG(status.st_mode)) {
        return false;
    }
    file = fopen(name, "rb");
    if (file != NULL) {
        first = getc(file);
        (void)fclose(file);
    }
    return first != EOF && first != 0;
}

/* No link, pipe or device is opened, and nothing where nothing is. */
static enum aula_code check_file(const char *path, enum archive_use use,
                                 struct aula_error *err)
{
    struct stat status;

    if (lstat(path, &status) != 0) {
        if (errno != ENOENT || use == ARCHIVE_FOREIGN) {
            return aula_fail(err, AULA_IO, "%s", strerror(errno));
        }
        return use == ARCHIVE_WRITE
                   ? AULA_OK
                   : aula_fail(err, AULA_STATE, "nothing was imported yet");
    }
    if (!S_ISREG(status.st_mode)) {
        return aula_fail(err, AULA_IO, "not a regular file");
    }
    if (use == ARCHIVE_FOREIGN && (uint64_t)status.st_size > file_bytes_max) {
        return aula_fail(err, AULA_TOO_LARGE, "larger than an archive can be");
    }
    if (use == ARCHIVE_FOREIGN && has_journal(path)) {
        return aula_fail(err, AULA_STATE,
                         "an import into it was cut off; there, open it with "
                         "`aula office status`");
    }
    return AULA_OK;
}

static enum aula_code open_database(struct archive *archive, const char *path,
                                    struct aula_error *err)
{
    char uri[URI_BYTES];
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const char *name = path;

    if (archive->use == ARCHIVE_FOREIGN) {
        if (!write_uri(uri, path)) {
            return aula_fail(err, AULA_IO, "its path is too long");
        }
        name = uri;
        flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
    } else {
        /* A reader, too, may have to take back what a writer left. */
        flags |= SQLITE_OPEN_READWRITE;
        flags |= archive->use == ARCHIVE_WRITE ? SQLITE_OPEN_CREATE : 0;
    }
    if (sqlite3_open_v2(name, &archive->db, flags, NULL) != SQLITE_OK) {
        return archive->db == NULL ? aula_fail(err, AULA_MEMORY, "no memory")
                                   : archive_fail(archive, "open", err);
    }
    (void)sqlite3_limit(archive->db, SQLITE_LIMIT_LENGTH, VALUE_BYTES_MAX);
    (void)sqlite3_db_config(archive->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (sqlite3_exec(archive->db, is_bounded, NULL, NULL, NULL) != SQLITE_OK ||
        (archive->use == ARCHIVE_WRITE &&
         sqlite3_exec(archive->db, is_alone, NULL, NULL, NULL) != SQLITE_OK)) {
        return archive_fail(archive, "open", err);
    }
    return AULA_OK;
}

static enum aula_code check_pages(struct archive *archive,
                                  struct aula_error *err)
{
    sqlite3_stmt *statement = archive_prepare(archive, ARCHIVE_CHECK);
    bool is_row = false;
    enum aula_code code = archive_step(archive, &is_row, statement, "check",
                                       err);
    const char *text = NULL;

    if (code == AULA_OK) {
        text = (const char *)sqlite3_column_text(statement, 0);
        if (text == NULL || strcmp(text, "ok") != 0) {
            code = archive_damaged("damaged", err);
        }
    }
    archive_reset(statement);
    return code;
}

static enum aula_code check_package(struct archive *archive,
                                    const uint8_t *package_hash,
                                    struct aula_error *err)
{
    sqlite3_stmt *statement = archive_prepare(archive, ARCHIVE_SELECT_PACKAGE);
    const uint8_t *held = NULL;
    size_t size = 0;
    bool is_row = false;
    enum aula_code code = archive_step(archive, &is_row, statement,
                                       "read the election", err);

    if (code == AULA_OK) {
        held = is_row ? archive_column(&size, statement, 1, ARCHIVE_HASH_BYTES,
                                       ARCHIVE_HASH_BYTES)
                      : NULL;
        if (held == NULL || sqlite3_column_int64(statement, 0) != 1) {
            code = archive_damaged("of no election, or of another version",
                                   err);
        } else if (memcmp(held, package_hash, ARCHIVE_HASH_BYTES) != 0) {
            code = aula_fail(err, AULA_WRONG_ELECTION,
                             "the archive of another election");
        }
    }
    archive_reset(statement);
    return code;
}

static enum aula_code make(struct archive *archive, const uint8_t *package_hash,
                           struct aula_error *err)
{
    sqlite3_stmt *statement = NULL;
    enum aula_code code = archive_make_tables(archive, err);

    if (code != AULA_OK) {
        return code;
    }
    statement = archive_prepare(archive, ARCHIVE_INSERT_PACKAGE);
    archive_bind(statement, 1, package_hash, ARCHIVE_HASH_BYTES);
    return archive_run(archive, statement, "write the election", err);
}

/* In a transaction: a writer has the file alone from here on, a reader sees the
 * same rows until it closes. */
static enum aula_code look_around(struct archive *archive,
                                  const uint8_t *package_hash,
                                  struct aula_error *err)
{
    bool is_empty = false;
    enum aula_code code = AULA_OK;

    if (archive->use == ARCHIVE_FOREIGN) {
        code = check_pages(archive, err);
    }
    if (code == AULA_OK) {
        code = archive_check_tables(archive, &is_empty, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    if (!is_empty) {
        return check_package(archive, package_hash, err);
    }
    switch (archive->use) {
    case ARCHIVE_WRITE:
        return make(archive, package_hash, err);
    case ARCHIVE_READ:
        return aula_fail(err, AULA_STATE, "nothing was imported yet");
    case ARCHIVE_FOREIGN:
        break;
    }
    return archive_damaged("empty", err);
}

static enum aula_code start(struct archive *archive,
                            const uint8_t *package_hash, struct aula_error *err)
{
    enum archive_statement begin =
        archive->use == ARCHIVE_WRITE ? ARCHIVE_BEGIN_ALONE : ARCHIVE_BEGIN;
    enum aula_code code = archive_run(archive, archive_prepare(archive, begin),
                                      "begin", err);

    if (code != AULA_OK) {
        return code;
    }
    archive->is_open = true;
    code = look_around(archive, package_hash, err);
    return code == AULA_OK && archive->use == ARCHIVE_WRITE
               ? archive_commit(archive, err)
               : code;
}

/* Say whose fault it is: the path before the reason. */
static enum aula_code blame(const char *path, const struct aula_error *why,
                            struct aula_error *err)
{
    return aula_fail(err, why->code, "%.120s: %.70s", path, why->message);
}

enum aula_code
archive_open(struct archive **archive, const char *path,
             const uint8_t package_hash[static ARCHIVE_HASH_BYTES],
             enum archive_use use, struct aula_error *err)
{
    struct aula_error why = {.code = AULA_OK};
    struct archive *made = NULL;
    enum aula_code code = check_file(path, use, &why);

    if (code != AULA_OK) {
        return blame(path, &why, err);
    }
    made = calloc(1, sizeof *made);
    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "archive: no memory");
    }
    made->use = use;
    code = open_database(made, path, &why);
    if (code == AULA_OK) {
        code = start(made, package_hash, &why);
    }
    if (code != AULA_OK) {
        archive_close(made);
        return blame(path, &why, err);
    }
    *archive = made;
    return AULA_OK;
}

void archive_close(struct archive *archive)
{
    if (archive == NULL) {
        return;
    }
    archive_rollback(archive);
    for (size_t i = 0; i < ARCHIVE_STATEMENTS; i++) {
        (void)sqlite3_finalize(archive->statements[i]);
    }
    (void)sqlite3_close(archive->db);
    free(archive);
}

enum aula_code archive_begin(struct archive *archive, struct aula_error *err)
{
    enum aula_code code =
        archive_run(archive, archive_prepare(archive, ARCHIVE_BEGIN_ALONE),
                    "begin", err);

    assert(archive->use == ARCHIVE_WRITE && !archive->is_open);
    archive->is_open = code == AULA_OK;
    return code;
}

enum aula_code archive_commit(struct archive *archive, struct aula_error *err)
{
    enum aula_code code;

    assert(archive->use == ARCHIVE_WRITE && archive->is_open);
    code = archive_run(archive, archive_prepare(archive, ARCHIVE_COMMIT),
                       "commit", err);
    archive->is_open = false; /* done, or undone by archive_fail */
    return code;
}

void archive_rollback(struct archive *archive)
{
    /* SQLite may have rolled back by itself, on a full disk for one. */
    if (archive->is_open && sqlite3_get_autocommit(archive->db) == 0) {
        (void)sqlite3_exec(archive->db, "ROLLBACK", NULL, NULL, NULL);
    }
    archive->is_open = false;
}
