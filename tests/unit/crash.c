/* SPDX-License-Identifier: Apache-2.0 */
/* See crash.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "crash.h"

enum {
    ALL_OF = 3,  /* so many operations are tried in all combinations */
    EACH_OF = 3, /* so many differ from the rest, one at a time */
    RANDOM = 6,  /* sets of choices for more */
    AGAIN = 4,   /* one set of so many loses power in the rollback as well */
    SECTOR = 512
};

static const uint64_t base_seed = 0x61756c61;

/* A number that tells which combination it was. */
static uint64_t seed_of(const struct crash *crash)
{
    return base_seed + 1000003 * (uint64_t)crash->cuts + crash->set;
}

static void blame(const struct crash *crash, const char *what, const char *why)
{
    fail_msg("%s after power cut %u, set %u (seed %llu, block %zu, state %u)"
             ": %s",
             what, crash->cuts, crash->set, (unsigned long long)seed_of(crash),
             crash->block, crash->state, why);
}

/* A journal is rolled back under the same promise of the device under which it
 * was made: SQLite takes a file shorter than a header for none. */
static enum aula_code connect_to(sqlite3 **db, const struct crash *crash,
                                 struct vfs *vfs, bool create,
                                 struct aula_error *err)
{
    const char *name = vfs == crash->after_vfs ? "after-vfs" : "again-vfs";
    char uri[DISK_PATH_BYTES + 20];
    int rc;

    if (crash->block != SECTOR) {
        return vfs_database_open(db, vfs, crash->path, create, err);
    }
    (void)sqlite3_snprintf(sizeof uri, uri, "file:%s?psow=1", crash->path);
    rc = sqlite3_open_v2(uri, db,
                         SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI |
                             (create ? SQLITE_OPEN_CREATE : 0),
                         name);
    if (rc == SQLITE_OK) {
        rc = sqlite3_exec(*db, "SELECT count(*) FROM sqlite_schema", NULL, NULL,
                          NULL);
    }
    if (rc == SQLITE_OK) {
        return AULA_OK;
    }
    (void)sqlite3_close(*db);
    *db = NULL;
    return vfs_explain(vfs, rc, "open", err);
}

/* Is the store one of the two that it may be? */
static void look(struct crash *crash, struct vfs *vfs, const char *what)
{
    struct aula_error err = {AULA_OK, ""};
    uint8_t digest[DIGEST_BYTES];
    sqlite3 *db = NULL;
    enum aula_code code = connect_to(&db, crash, vfs, false, &err);

    crash->looks++;
    if (code != AULA_OK && crash->state == 0) {
        /* Nobody was told that there is a store: it can be made. */
        code = connect_to(&db, crash, vfs, true, &err);
        assert_int_equal(sqlite3_close(db), SQLITE_OK);
        if (code != AULA_OK) {
            blame(crash, what, err.message);
        }
        return;
    }
    if (code != AULA_OK) {
        blame(crash, what, err.message);
        return;
    }
    if (!digest_database(digest, db)) {
        (void)vfs_fault(vfs, &err);
        blame(crash, what, err.message);
    }
    if (memcmp(digest, crash->digests[crash->state], sizeof digest) != 0 &&
        memcmp(digest, crash->digests[crash->state + 1], sizeof digest) != 0) {
        blame(crash, what, "another content");
    }
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void roll_choices(const struct crash *crash, const struct disk *disk,
                         uint8_t *choices)
{
    struct disk_dice dice = {seed_of(crash)};

    for (size_t i = 0; i < disk->op_count; i++) {
        choices[i] = (uint8_t)disk_roll(&dice, CUT_CHOICES);
    }
}

/* The power goes while a journal is rolled back. */
static void cut_again(void *context, const struct disk *disk)
{
    struct crash *crash = context;
    uint8_t *choices = calloc(disk->op_count + 1, 1);

    assert_non_null(choices);
    roll_choices(crash, disk, choices);
    disk_cut(crash->again, disk, choices, seed_of(crash), crash->block);
    look(crash, crash->again_vfs, "recovery of a recovery");
    free(choices);
}

static void count_torn(struct crash *crash, const struct disk *disk,
                       const uint8_t *choices)
{
    for (size_t i = 0; i < disk->op_count; i++) {
        const struct disk_op *op = &disk->ops[i];

        if (choices[i] != CUT_TORN || op->kind != OP_WRITE) {
            continue;
        }
        if (op->file == DISK_DATABASE) {
            crash->torn_page1 += op->offset == 0;
        } else {
            crash->torn_header += op->offset == 0;
            crash->torn_last += op->size == VFS_PAGE_BYTES && op->offset > 0 &&
                                i + 2 >= disk->op_count;
        }
    }
}

static void try_set(struct crash *crash, const struct disk *disk,
                    const uint8_t *choices)
{
    crash->set++;
    count_torn(crash, disk, choices);
    disk_cut(crash->after, disk, choices, seed_of(crash), crash->block);
    crash->after->at_sync = crash->set % AGAIN == 0 ? cut_again : NULL;
    crash->after->context = crash;
    look(crash, crash->after_vfs, "recovery");
    crash->after->at_sync = NULL;
}

static void try_all(struct crash *crash, const struct disk *disk,
                    uint8_t *choices)
{
    size_t i = 0;

    memset(choices, CUT_NONE, disk->op_count);
    do {
        try_set(crash, disk, choices);
        for (i = 0; i < disk->op_count; i++) {
            choices[i] = (uint8_t)((choices[i] + 1) % CUT_CHOICES);
            if (choices[i] != 0) {
                break;
            }
        }
    } while (i < disk->op_count);
}

/* One operation differs from all others. */
static void try_one(struct crash *crash, const struct disk *disk,
                    uint8_t *choices, size_t i)
{
    static const uint8_t pairs[][2] = {{CUT_ALL, CUT_TORN},
                                       {CUT_ALL, CUT_NONE},
                                       {CUT_NONE, CUT_ALL},
                                       {CUT_NONE, CUT_TORN}};

    for (size_t j = 0; j < sizeof pairs / sizeof pairs[0]; j++) {
        memset(choices, pairs[j][0], disk->op_count);
        choices[i] = pairs[j][1];
        try_set(crash, disk, choices);
    }
}

static void try_each(struct crash *crash, const struct disk *disk,
                     uint8_t *choices)
{
    size_t step = disk->op_count / EACH_OF + 1;

    for (size_t i = 0; i < disk->op_count; i += step) {
        try_one(crash, disk, choices, i);
    }
    /* A journal ends with a page and its checksum. */
    try_one(crash, disk, choices, disk->op_count - 2);
    try_one(crash, disk, choices, disk->op_count - 1);
}

static void try_random(struct crash *crash, const struct disk *disk,
                       uint8_t *choices)
{
    for (unsigned i = 0; i < RANDOM; i++) {
        roll_choices(crash, disk, choices);
        try_set(crash, disk, choices);
    }
}

static void cut(void *context, const struct disk *disk)
{
    struct crash *crash = context;
    uint8_t *choices = calloc(disk->op_count + 1, 1);

    assert_non_null(choices);
    crash->cuts++;
    crash->set = 0;
    if (disk->op_count <= ALL_OF) {
        try_all(crash, disk, choices);
    } else {
        try_each(crash, disk, choices);
        try_random(crash, disk, choices);
    }
    free(choices);
}

void crash_acknowledge(struct crash *crash)
{
    sqlite3 *db = NULL;

    crash->state++;
    assert_true(crash->state + 1 < CRASH_STATES_MAX);
    if (crash->is_known) {
        return;
    }
    assert_int_equal(crash->work->op_count, 0);
    disk_cut(crash->after, crash->work, NULL, 0, crash->block);
    assert_int_equal(connect_to(&db, crash, crash->after_vfs, false, NULL),
                     AULA_OK);
    assert_true(digest_database(crash->digests[crash->state], db));
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void start(struct crash *crash)
{
    disk_clear(crash->work);
    crash->state = 0;
}

void crash_learn(struct crash *crash, crash_work *run)
{
    start(crash);
    crash->is_known = false;
    assert_int_equal(run(crash, NULL), AULA_OK);
    crash->is_known = true;
    crash->states = crash->state;
    start(crash);
}

void crash_run(struct crash *crash, crash_work *run)
{
    start(crash);
    crash->work->at_sync = cut;
    crash->work->context = crash;
    assert_int_equal(run(crash, NULL), AULA_OK);
    assert_int_equal(crash->state, crash->states);
    crash->work->at_sync = NULL;
}

void crash_check(struct crash *crash)
{
    uint8_t *choices = calloc(crash->work->op_count + 1, 1);

    assert_non_null(choices);
    crash->cuts++;
    crash->set = 0;
    memset(choices, CUT_ALL, crash->work->op_count);
    try_set(crash, crash->work, choices);
    roll_choices(crash, crash->work, choices);
    try_set(crash, crash->work, choices);
    free(choices);
}

void crash_open(struct crash *crash, const char *path,
                const uint8_t key[static VFS_KEY_BYTES],
                const uint8_t id[static VFS_STORE_ID_BYTES], size_t block)
{
    memset(crash, 0, sizeof *crash);
    crash->path = path;
    crash->block = block;
    crash->work = disk_open("work", true);
    crash->after = disk_open("after", false);
    crash->again = disk_open("again", false);
    assert_int_equal(vfs_open_over(&crash->after_vfs, "after-vfs", "after", key,
                                   id, NULL),
                     AULA_OK);
    assert_int_equal(vfs_open_over(&crash->again_vfs, "again-vfs", "again", key,
                                   id, NULL),
                     AULA_OK);
}

void crash_close(struct crash *crash)
{
    vfs_close(crash->again_vfs);
    vfs_close(crash->after_vfs);
    disk_close(crash->again);
    disk_close(crash->after);
    disk_close(crash->work);
}
