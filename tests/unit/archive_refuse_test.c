/* SPDX-License-Identifier: Apache-2.0 */
/* What is no archive, is damaged, is somebody else's or is in use: refused, and
 * left as it is. The numbers are those of archive.h's promises. */
#define _XOPEN_SOURCE 700

#include "archive_desk.h"

#include <dirent.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file.h"

#include "calls.h"

static enum aula_code refuse(const char *folder, const char *name,
                             enum archive_use use, struct aula_error *err)
{
    struct archive *archive = NULL;
    char path[PLACE_BYTES];
    enum aula_code code;

    office_path(path, folder, name);
    code = archive_open(&archive, path, election, use, err);
    assert_null(archive);
    return code;
}

/* Run SQL in an archive behind the program's back. */
static void spoil(const char *folder, const char *name, const char *sql)
{
    char path[PLACE_BYTES];
    sqlite3 *db = NULL;

    office_path(path, folder, name);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* 1. */
static void another_election_is_refused(void **state)
{
    static const uint8_t other[ARCHIVE_HASH_BYTES] = {8};

    archive_desk_fill(*state, "a.db");
    for (int use = ARCHIVE_WRITE; use <= ARCHIVE_FOREIGN; use++) {
        struct archive *archive = NULL;
        struct aula_error err;
        char path[PLACE_BYTES];

        office_path(path, *state, "a.db");
        assert_int_equal(archive_open(&archive, path, other,
                                      (enum archive_use)use, &err),
                         AULA_WRONG_ELECTION);
        assert_null(archive);
        assert_non_null(strstr(err.message, "a.db: "));
    }
}

static void where_nothing_was_imported_there_is_nothing(void **state)
{
    char path[PLACE_BYTES];

    assert_int_equal(refuse(*state, "a.db", ARCHIVE_READ, NULL), AULA_STATE);
    assert_int_equal(refuse(*state, "a.db", ARCHIVE_FOREIGN, NULL), AULA_IO);
    assert_false(office_has(*state, "a.db"));
    /* A first import that was cut off. */
    office_put(*state, "a.db", "", 0);
    assert_int_equal(refuse(*state, "a.db", ARCHIVE_READ, NULL), AULA_STATE);
    assert_int_equal(refuse(*state, "a.db", ARCHIVE_FOREIGN, NULL),
                     AULA_STORE_DAMAGED);
    office_path(path, *state, "no/such/folder.db");
    assert_int_equal(refuse(*state, "no/such/folder.db", ARCHIVE_WRITE, NULL),
                     AULA_IO);
}

static void what_is_no_file_is_refused(void **state)
{
    char path[PLACE_BYTES];
    char good[PLACE_BYTES];

    archive_desk_fill(*state, "a.db");
    office_path(good, *state, "a.db");
    office_path(path, *state, "link");
    assert_int_equal(symlink(good, path), 0);
    office_path(path, *state, "folder");
    assert_int_equal(mkdir(path, 0700), 0);
    office_path(path, *state, "pipe");
    assert_int_equal(mkfifo(path, 0600), 0);
    for (int use = ARCHIVE_WRITE; use <= ARCHIVE_FOREIGN; use++) {
        static const char *const names[] = {"link", "folder", "pipe"};

        for (size_t i = 0; i < 3; i++) {
            assert_int_equal(refuse(*state, names[i], (enum archive_use)use,
                                    NULL),
                             AULA_IO);
        }
    }
}

/* 6. */
static void one_writer_has_it_alone(void **state)
{
    struct archive *archive = NULL;

    archive_desk_fill(*state, "a.db");
    for (int mine = ARCHIVE_WRITE; mine <= ARCHIVE_READ; mine++) {
        int status = 0;
        pid_t child;

        archive = archive_desk_open(*state, "a.db", (enum archive_use)mine);
        child = fork();
        /* Locks are between processes. */
        if (child == 0) {
            struct aula_error err = {.message = ""};
            bool is_busy = refuse(*state, "a.db", ARCHIVE_WRITE, &err) ==
                               AULA_STORE_BUSY &&
                           strstr(err.message, "another program") != NULL;

            if (mine == ARCHIVE_WRITE) {
                is_busy = is_busy && refuse(*state, "a.db", ARCHIVE_READ,
                                            NULL) == AULA_STORE_BUSY;
            } else {
                archive_close(archive_desk_open(*state, "a.db", ARCHIVE_READ));
            }
            _exit(is_busy ? 0 : 1);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        archive_desk_check(archive, all_rows);
        archive_close(archive);
    }
}

static void what_is_no_archive_is_refused(void **state)
{
    static const char *const spoilers[] = {
        "CREATE TABLE more (a)",
        "CREATE VIEW record2 AS SELECT * FROM record",
        "CREATE TRIGGER t AFTER INSERT ON record BEGIN DELETE FROM record; END",
        "CREATE INDEX i ON record (hash)",
        "DROP TABLE batch",
        "ALTER TABLE batch ADD COLUMN more",
        "DELETE FROM election",
        "UPDATE election SET version = 2",
        "UPDATE election SET package = 'text of thirty-two characters ..'",
        "UPDATE election SET package = x'07'",
    };
    static const char text[] = "This is no database at all, nor has it ever "
                               "been one, however long it goes on to be read.";

    for (size_t i = 0; i < sizeof spoilers / sizeof spoilers[0]; i++) {
        for (int use = ARCHIVE_WRITE; use <= ARCHIVE_FOREIGN; use++) {
            if (office_has(*state, "a.db")) {
                office_remove(*state, "a.db");
            }
            archive_desk_fill(*state, "a.db");
            spoil(*state, "a.db", spoilers[i]);
            assert_int_equal(refuse(*state, "a.db", (enum archive_use)use,
                                    NULL),
                             AULA_STORE_DAMAGED);
        }
    }
    office_put(*state, "b.db", text, sizeof text);
    for (int use = ARCHIVE_WRITE; use <= ARCHIVE_FOREIGN; use++) {
        assert_int_equal(refuse(*state, "b.db", (enum archive_use)use, NULL),
                         AULA_STORE_DAMAGED);
    }
}

static enum aula_code pass_record(void *context,
                                  const struct archive_record *record,
                                  struct aula_error *err)
{
    (void)context;
    (void)err;
    assert_true(record->size >= 1 && record->size <= ARCHIVE_RECORD_MAX);
    assert_true(record->error < AULA_CODE_COUNT);
    return AULA_OK;
}

static enum aula_code pass_certificate(void *context, const uint8_t *tid,
                                       const uint8_t *bytes, size_t size,
                                       struct aula_error *err)
{
    (void)context;
    (void)err;
    assert_non_null(tid);
    assert_true(bytes != NULL && size <= ARCHIVE_CERTIFICATE_MAX);
    return AULA_OK;
}

static enum aula_code pass_batch(void *context,
                                 const struct archive_batch *batch,
                                 struct aula_error *err)
{
    (void)context;
    (void)err;
    assert_true(strlen(batch->name) <= ARCHIVE_NAME_MAX);
    return AULA_OK;
}

/* Read whatever is in it. */
static enum aula_code read_all(const char *folder, const char *name)
{
    struct archive *archive = NULL;
    char path[PLACE_BYTES];
    enum aula_code code;

    office_path(path, folder, name);
    code = archive_open(&archive, path, election, ARCHIVE_FOREIGN, NULL);
    if (archive == NULL) {
        return code;
    }
    code = archive_each_record(archive, NULL, pass_record, NULL, NULL);
    if (code == AULA_OK) {
        code = archive_each_certificate(archive, pass_certificate, NULL, NULL);
    }
    if (code == AULA_OK) {
        code = archive_each_batch(archive, pass_batch, NULL, NULL);
    }
    archive_close(archive);
    return code;
}

static void rows_of_another_form_are_refused(void **state)
{
    static const char *const spoilers[] = {
        "UPDATE record SET hash = x'01' WHERE seq = 7",
        "UPDATE record SET tid = zeroblob(17) WHERE seq = 7",
        "UPDATE record SET bytes = x'' WHERE seq = 7",
        "UPDATE record SET bytes = zeroblob(8193) WHERE seq = 7",
        "UPDATE record SET bytes = zeroblob(70000) WHERE seq = 7",
        "UPDATE record SET bytes = 'text' WHERE seq = 7",
        "UPDATE record SET seq = 'seven' WHERE seq = 7",
        "UPDATE record SET error = 'NO_SUCH' WHERE seq = 7",
        "UPDATE record SET error = x'4F4B' || x'00' WHERE seq = 7",
        "INSERT INTO certificate VALUES (zeroblob(15), zeroblob(9))",
        "INSERT INTO certificate VALUES (zeroblob(16), zeroblob(4097))",
        "INSERT INTO batch VALUES (zeroblob(31), zeroblob(16), 1, "
        "zeroblob(32), 1, 1, 1, 1, 'a', 1)",
        "INSERT INTO batch VALUES (zeroblob(32), zeroblob(16), -1, "
        "zeroblob(32), 1, 1, 1, 1, 'a', 1)",
        "INSERT INTO batch VALUES (zeroblob(32), zeroblob(16), 4294967296, "
        "zeroblob(32), 1, 1, 1, 1, 'a', 1)",
        "INSERT INTO batch VALUES (zeroblob(32), zeroblob(16), 1, "
        "zeroblob(32), 1, 1, 1, 'x', 'a', 1)",
        "INSERT INTO batch VALUES (zeroblob(32), zeroblob(16), 1, "
        "zeroblob(32), 1, 1, 1, 1, hex(zeroblob(128)), 1)",
    };

    for (size_t i = 0; i < sizeof spoilers / sizeof spoilers[0]; i++) {
        archive_desk_fill(*state, "a.db");
        assert_int_equal(read_all(*state, "a.db"), AULA_OK);
        spoil(*state, "a.db", spoilers[i]);
        assert_int_equal(read_all(*state, "a.db"), AULA_STORE_DAMAGED);
        office_remove(*state, "a.db");
    }
}

static size_t count_files(const char *folder)
{
    DIR *list = opendir(folder);
    size_t count = 0;

    assert_non_null(list);
    while (readdir(list) != NULL) {
        count++;
    }
    (void)closedir(list);
    return count;
}

/* A foreign file that is cut, or in which a bit is flipped anywhere, is refused
 * or read to its end; nothing is written beside it. */
static void a_damaged_foreign_file_does_no_harm(void **state)
{
    size_t size = 0;
    size_t refused = 0;
    size_t files;
    uint8_t *bytes;

    archive_desk_fill(*state, "a.db");
    office_remove(*state, "a.db-journal");
    bytes = office_get(*state, "a.db", &size);
    files = count_files(*state);
    for (size_t at = 0; at < size; at += at < 200 ? 3 : 97) {
        bytes[at] ^= 0x41;
        office_put(*state, "a.db", bytes, size);
        refused += read_all(*state, "a.db") != AULA_OK;
        bytes[at] ^= 0x41;
    }
    /* Of the last page only the beginning is in use. */
    for (size_t cut = 0; cut + 4096 <= size; cut += 1000) {
        office_put(*state, "a.db", bytes, cut);
        assert_int_not_equal(read_all(*state, "a.db"), AULA_OK);
    }
    assert_true(refused > 20);
    assert_int_equal(count_files(*state), files);
    free(bytes);
}

/* Its pages may be half old, half new. */
static void a_foreign_file_with_a_journal_is_refused(void **state)
{
    struct aula_error err;

    archive_desk_fill(*state, "a.db");
    office_put(*state, "a.db-journal", "\xd9\xd5\x05\xf9", 4);
    assert_int_equal(refuse(*state, "a.db", ARCHIVE_FOREIGN, &err), AULA_STATE);
    assert_non_null(strstr(err.message, "cut off"));
    office_put(*state, "a.db-journal", "\0\0\0\0", 4);
    archive_close(archive_desk_open(*state, "a.db", ARCHIVE_FOREIGN));
}

static void a_foreign_file_may_have_any_name(void **state)
{
    static const char *const names[] = {"a?mode=rwc", "50%.db", "a#b", "%61",
                                        "мұрағат.db"};

    archive_desk_fill(*state, "a.db");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct archive *archive;

        office_copy(*state, "a.db", names[i]);
        archive = archive_desk_open(*state, names[i], ARCHIVE_FOREIGN);
        archive_desk_check(archive, all_rows);
        archive_close(archive);
    }
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, office_folder_make,                  \
                                    office_folder_clear)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(another_election_is_refused),
        TEST(where_nothing_was_imported_there_is_nothing),
        TEST(what_is_no_file_is_refused),
        TEST(one_writer_has_it_alone),
        TEST(what_is_no_archive_is_refused),
        TEST(rows_of_another_form_are_refused),
        TEST(a_damaged_foreign_file_does_no_harm),
        TEST(a_foreign_file_with_a_journal_is_refused),
        TEST(a_foreign_file_may_have_any_name),
    };

    calls.is_quick = true;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
