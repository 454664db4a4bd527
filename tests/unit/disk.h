/* SPDX-License-Identifier: Apache-2.0 */
/* A disk in memory, as a VFS for SQLite, that loses power and fails on demand.
 *
 * What was written and not yet flushed is kept as a list of operations, so that
 * a power cut can be looked at with each of them done, not done or torn
 * (disk_cut.h). A flush makes its file durable; that of the journal, and a
 * deletion with its folder, make the names of all files durable as well. Files
 * that grow by a torn write may hold anything in between.
 */
#ifndef AULA_TEST_DISK_H
#define AULA_TEST_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sqlite3.h>

enum { DISK_DATABASE, DISK_JOURNAL, DISK_FILES, DISK_PATH_BYTES = 200 };

enum disk_call {
    DISK_OPEN,
    DISK_READ,
    DISK_WRITE,
    DISK_SYNC, /* deletions with their folder as well */
    DISK_TRUNCATE,
    DISK_DELETE,
    DISK_SIZE,
    DISK_CALLS
};

struct disk_content {
    bool is_there;
    uint8_t *bytes;
    size_t size;
    size_t room;
};

struct disk_file {
    char path[DISK_PATH_BYTES];
    struct disk_content now;     /* as a program sees it */
    struct disk_content durable; /* as flushed */
};

enum disk_op_kind { OP_CREATE, OP_WRITE, OP_TRUNCATE, OP_DELETE, OP_DONE };

struct disk_op {
    enum disk_op_kind kind;
    size_t file;   /* which of the disk's */
    size_t offset; /* the new size, of a truncation */
    size_t size;
    uint8_t *bytes;
};

/* Numbers that a seed gives. */
struct disk_dice {
    uint64_t state;
};

/* A call that fails: the `at`th of its kind from now on, 1 for the next. Half
 * of a write that fails is done. What was written before a failing flush is
 * forgotten, as Linux does it: it is seen until the power goes, and no later
 * flush helps. Sizes and names still wait. */
struct disk_fault {
    enum disk_call call;
    unsigned at;   /* 0 for none */
    bool lasts;    /* and all later ones */
    int rc;        /* what SQLite is told */
    unsigned hits; /* how many have failed */
};

struct disk {
    sqlite3_vfs base; /* first */
    char name[16];
    struct disk_file files[DISK_FILES];
    struct disk_op *ops; /* not yet flushed, in order */
    size_t op_count;
    size_t op_room;
    unsigned calls[DISK_CALLS];
    struct disk_fault fault;
    /* Told before a flush takes effect; may be NULL. */
    void (*at_sync)(void *context, const struct disk *disk);
    /* Told of each write; may be NULL. */
    void (*at_write)(void *context, bool is_journal, size_t offset,
                     const uint8_t *bytes, size_t size);
    void *context;
};

/** Register an empty disk, as SQLite's default or not. No memory ends the
 *  process. */
struct disk *disk_open(const char *name, bool is_default);
void disk_close(struct disk *disk);

/** Take all files away, and all operations. Fault and counts go as well. */
void disk_clear(struct disk *disk);

/** Put the content of a file there, durable. */
void disk_put(struct disk *disk, size_t file, const char *path,
              const struct disk_content *content);

/** The next number below `bound`, at least 1. */
unsigned disk_roll(struct disk_dice *dice, unsigned bound);
void disk_roll_bytes(struct disk_dice *dice, uint8_t *bytes, size_t size);

/* ---- for disk_cut.c */

/** Do an operation to a content; `bytes` may differ from the operation's. What
 *  lies between the old end and a write is zeros. */
void disk_do(struct disk_content *content, const struct disk_op *op,
             const uint8_t *bytes);
void disk_copy(struct disk_content *to, const struct disk_content *from);

#endif
