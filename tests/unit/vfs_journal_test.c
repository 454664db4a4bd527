/* SPDX-License-Identifier: Apache-2.0 */
/* Journals and files that somebody, or a failing disk, put there: an old
 * journal beside a newer file, one of another store, one that was cut or
 * altered, a file that was. The store is refused, or it is one of its own whole
 * states; never a mixture, never another content. Which of its states it is,
 * only a witness knows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "digest.h"
#include "disk.h"
#include "vfs_sample.h"

#define PATH "/disk/store.db"

enum { STATES = 3, ROUNDS = 250, CHANGES_MAX = 6, NONE = STATES, REFUSED };

static const uint64_t seed = 20261125;

/* A store in three states, and what lay on the disk on the way to each. */
struct shelf {
    struct disk *disk;
    struct vfs *vfs;
    unsigned state; /* being made */
    uint8_t digests[STATES][DIGEST_BYTES];
    struct disk_content files[STATES];
    struct disk_content journals[STATES]; /* that lead back from it */
    struct disk_content halves[STATES];   /* half written, beside them */
};

static void open_shelf(struct shelf *shelf, const char *name, uint8_t id_byte)
{
    const uint8_t key[VFS_KEY_BYTES] = {1};
    const uint8_t id[VFS_STORE_ID_BYTES] = {id_byte};

    memset(shelf, 0, sizeof *shelf);
    shelf->disk = disk_open(name, false);
    assert_int_equal(vfs_open_over(&shelf->vfs, id_byte == 1 ? "one" : "two",
                                   name, key, id, NULL),
                     AULA_OK);
}

/* The journal is flushed, the file is not: half of the pages get there. */
static void keep(void *context, const struct disk *disk)
{
    struct shelf *shelf = context;
    struct disk_content *half = &shelf->halves[shelf->state];
    const struct disk_content *journal = &disk->files[DISK_JOURNAL].durable;

    if (!journal->is_there || disk->op_count == 0 ||
        disk->ops[0].file != DISK_DATABASE) {
        return;
    }
    disk_copy(&shelf->journals[shelf->state], journal);
    disk_copy(half, &disk->files[DISK_DATABASE].durable);
    for (size_t i = 0; i < disk->op_count; i += 2) {
        disk_do(half, &disk->ops[i], disk->ops[i].bytes);
    }
}

static void make_states(struct shelf *shelf)
{
    static const char *const steps[STATES][3] = {
        {"CREATE TABLE r(n INTEGER PRIMARY KEY, v, b)",
         "INSERT INTO r VALUES(1, 1, zeroblob(3000)), (2, 1, zeroblob(3000))",
         "INSERT INTO r VALUES(3, 1, zeroblob(3000)), (4, 1, zeroblob(3000))"},
        {"UPDATE r SET v = 9 WHERE n < 3", "UPDATE r SET v = 9 WHERE n = 4",
         "INSERT INTO r VALUES(5, 5, zeroblob(9000))"},
        {"UPDATE r SET v = 8 WHERE n > 2", "", ""},
    };
    sqlite3 *db = NULL;

    shelf->disk->at_sync = keep;
    shelf->disk->context = shelf;
    for (unsigned i = 0; i < STATES; i++) {
        shelf->state = i;
        assert_int_equal(vfs_database_open(&db, shelf->vfs, PATH, i == 0, NULL),
                         AULA_OK);
        vfs_sample_run(db, "BEGIN");
        vfs_sample_run(db, steps[i][0]);
        vfs_sample_run(db, steps[i][1]);
        vfs_sample_run(db, steps[i][2]);
        vfs_sample_run(db, "COMMIT");
        assert_true(digest_database(shelf->digests[i], db));
        assert_int_equal(sqlite3_close(db), SQLITE_OK);
        disk_copy(&shelf->files[i], &shelf->disk->files[DISK_DATABASE].now);
    }
    shelf->disk->at_sync = NULL;
}

static int make_shelf(void **state)
{
    struct shelf *shelf = malloc(sizeof *shelf);

    assert_non_null(shelf);
    open_shelf(shelf, "disk", 1);
    make_states(shelf);
    *state = shelf;
    return 0;
}

static void close_shelf(struct shelf *shelf)
{
    for (size_t i = 0; i < STATES; i++) {
        free(shelf->files[i].bytes);
        free(shelf->journals[i].bytes);
        free(shelf->halves[i].bytes);
    }
    vfs_close(shelf->vfs);
    disk_close(shelf->disk);
}

static int clear_shelf(void **state)
{
    close_shelf(*state);
    free(*state);
    return 0;
}

static void put(struct shelf *shelf, const struct disk_content *file,
                const struct disk_content *journal)
{
    disk_clear(shelf->disk);
    disk_put(shelf->disk, DISK_DATABASE, PATH, file);
    if (journal != NULL) {
        disk_put(shelf->disk, DISK_JOURNAL, PATH "-journal", journal);
    }
}

/* Which state is it? REFUSED, with a code that says so, is none. */
static unsigned look(struct shelf *shelf)
{
    uint8_t digest[DIGEST_BYTES];
    sqlite3 *db = NULL;
    enum aula_code code = vfs_database_open(&db, shelf->vfs, PATH, false, NULL);
    bool is_read;
    unsigned state = 0;

    if (code != AULA_OK) {
        assert_true(code == AULA_STORE_DAMAGED || code == AULA_STORE_KEY);
        return REFUSED;
    }
    is_read = digest_database(digest, db);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    if (!is_read) {
        return REFUSED;
    }
    while (state < STATES &&
           memcmp(digest, shelf->digests[state], sizeof digest) != 0) {
        state++;
    }
    return state;
}

static void a_journal_leads_back_by_its_own_step(void **state)
{
    struct shelf *shelf = *state;

    for (unsigned i = 1; i < STATES; i++) {
        put(shelf, &shelf->halves[i], &shelf->journals[i]);
        assert_int_equal(look(shelf), i - 1);
        assert_true(vfs_recovered(shelf->vfs));
        put(shelf, &shelf->files[i], &shelf->journals[i]);
        assert_int_equal(look(shelf), i - 1);
        put(shelf, &shelf->halves[i], NULL);
        assert_int_equal(look(shelf), REFUSED);
    }
}

static void an_old_journal_makes_no_mixture(void **state)
{
    struct shelf *shelf = *state;

    /* It holds all that changed, or not. */
    put(shelf, &shelf->files[2], &shelf->journals[1]);
    assert_in_range(look(shelf), 0, REFUSED);
    put(shelf, &shelf->halves[2], &shelf->journals[1]);
    assert_int_equal(look(shelf), REFUSED);
    put(shelf, &shelf->files[0], &shelf->journals[2]);
    assert_int_equal(look(shelf), REFUSED);
}

static void a_journal_of_another_store_changes_nothing(void **state)
{
    struct shelf *shelf = *state;
    struct shelf other;

    open_shelf(&other, "other", 2); /* the same key */
    make_states(&other);
    for (unsigned i = 1; i < STATES; i++) {
        put(shelf, &shelf->files[2], &other.journals[i]);
        assert_int_equal(look(shelf), REFUSED);
        /* The file is as it was, and opens when the journal is gone. */
        assert_int_equal(shelf->disk->files[DISK_DATABASE].now.size,
                         shelf->files[2].size);
        assert_memory_equal(shelf->disk->files[DISK_DATABASE].now.bytes,
                            shelf->files[2].bytes, shelf->files[2].size);
        put(shelf, &shelf->files[2], NULL);
        assert_int_equal(look(shelf), 2);
    }
    close_shelf(&other);
}

/* One to CHANGES_MAX changes: a bit, a byte, a run of zeros, a piece copied
 * from elsewhere, the end cut off. */
static void alter(struct disk_content *content, struct disk_dice *dice)
{
    unsigned changes = 1 + disk_roll(dice, CHANGES_MAX);

    for (unsigned i = 0; i < changes && content->size > 0; i++) {
        size_t at = disk_roll(dice, (unsigned)content->size);
        size_t from = disk_roll(dice, (unsigned)content->size);
        size_t size = disk_roll(dice, 5000);

        size = size < content->size - at ? size : content->size - at;
        size = size < content->size - from ? size : content->size - from;
        switch (disk_roll(dice, 8)) {
        case 0:
            content->size = at;
            break;
        case 1:
            memset(content->bytes + at, 0, size);
            break;
        case 2:
            memmove(content->bytes + at, content->bytes + from, size);
            break;
        case 3:
            content->bytes[at] = (uint8_t)disk_roll(dice, 256);
            break;
        default:
            content->bytes[at] ^= (uint8_t)(1 << disk_roll(dice, 8));
            break;
        }
    }
}

static void expect_one_of(struct shelf *shelf, unsigned one, unsigned two,
                          unsigned round, unsigned *refused)
{
    unsigned state = look(shelf);

    *refused += state == REFUSED;
    if (state != one && state != two && state != REFUSED) {
        fail_msg("round %u of seed %llu: state %u", round,
                 (unsigned long long)seed, state);
    }
}

static void an_altered_journal_gives_a_whole_state_or_none(void **state)
{
    struct shelf *shelf = *state;
    struct disk_content journal = {.is_there = false};
    unsigned refused = 0;

    for (unsigned i = 0; i < ROUNDS; i++) {
        struct disk_dice dice = {seed + i};

        disk_copy(&journal, &shelf->journals[1]);
        alter(&journal, &dice);
        put(shelf, &shelf->halves[1], &journal);
        expect_one_of(shelf, 0, 0, i, &refused);
        put(shelf, &shelf->files[1], &journal);
        expect_one_of(shelf, 0, 1, i, &refused);
    }
    assert_true(refused > ROUNDS / 2);
    free(journal.bytes);
}

static void an_altered_file_gives_its_state_or_none(void **state)
{
    struct shelf *shelf = *state;
    struct disk_content file = {.is_there = false};
    unsigned refused = 0;

    for (unsigned i = 0; i < ROUNDS; i++) {
        struct disk_dice dice = {seed + i};

        disk_copy(&file, &shelf->files[2]);
        alter(&file, &dice);
        put(shelf, &file, NULL);
        expect_one_of(shelf, 2, 2, i, &refused);
        put(shelf, &file, &shelf->journals[2]);
        expect_one_of(shelf, 1, 1, i, &refused);
    }
    assert_true(refused > ROUNDS);
    free(file.bytes);
}

static void a_journal_cut_anywhere_gives_a_whole_state_or_none(void **state)
{
    struct shelf *shelf = *state;
    struct disk_content journal = {.is_there = false};
    unsigned refused = 0;

    disk_copy(&journal, &shelf->journals[2]);
    while (journal.size > 0) {
        journal.size -= journal.size < 97 ? journal.size : 97;
        put(shelf, &shelf->halves[2], &journal);
        expect_one_of(shelf, 1, 1, (unsigned)journal.size, &refused);
        put(shelf, &shelf->files[2], &journal);
        expect_one_of(shelf, 1, 2, (unsigned)journal.size, &refused);
    }
    free(journal.bytes);
}

int main(void)
{
#define ON_SHELF(test)                                                         \
    cmocka_unit_test_setup_teardown(test, make_shelf, clear_shelf)
    static const struct CMUnitTest tests[] = {
        ON_SHELF(a_journal_leads_back_by_its_own_step),
        ON_SHELF(an_old_journal_makes_no_mixture),
        ON_SHELF(a_journal_of_another_store_changes_nothing),
        ON_SHELF(an_altered_journal_gives_a_whole_state_or_none),
        ON_SHELF(an_altered_file_gives_its_state_or_none),
        ON_SHELF(a_journal_cut_anywhere_gives_a_whole_state_or_none),
    };

    return vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
