/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the VFS share; nobody else includes this.
 *
 *   vfs.c           the VFS itself: names, opening, what was refused
 *   vfs_database.c  SQLite's calls on the database file
 *   vfs_check.c     comparing the root, page 1, the free list
 *   vfs_journal.c   SQLite's calls on the rollback journal
 *   vfs_pragma.c    which pragmas a store takes
 *   vfs_page.c      one page; vfs_root.c: the table behind the root
 *   vfs_store.c     setting up SQLite and a connection
 *   vfs_extension.c the door for SQLite's own programs
 */
#ifndef AULA_VFS_INSIDE_H
#define AULA_VFS_INSIDE_H

#include "vfs_sqlite.h"

#include "vfs.h"
#include "vfs_page.h"
#include "vfs_root.h"

struct vfs {
    sqlite3_vfs base; /* first, so that SQLite's pointer is ours */
    sqlite3_vfs *below;
    /* The keys of all files; NULL in the extension, where each database has
     * keys of its own that `load` reads when it is opened. */
    struct vfs_keys *keys;
    bool (*load)(struct vfs *vfs, struct vfs_keys *keys, const char *name);
    struct aula_error noted; /* the first refusal since it was asked for */
    bool recovered;          /* a journal was rolled back */
    char name[VFS_NAME_BYTES_MAX + 1];
};

/* Either file as SQLite holds it. The file of the VFS below lies behind it in
 * memory that SQLite gave. */
struct vfs_file {
    sqlite3_file base; /* first */
    sqlite3_file *below;
    struct vfs *vfs;
    const struct vfs_keys *keys;
    struct vfs_nonces nonces;
    uint8_t scratch[PAGE_BYTES];
};

struct vfs_database {
    struct vfs_file file;      /* first */
    struct vfs_keys *own_keys; /* in the extension only */
    bool powersafe;            /* "psow" in the URI: see vfs_database.c */
    bool may_be_empty;         /* it is about to be made */
    int lock;                  /* SQLite's level */
    /* The table is true under the lock that is held. Before, only the journal
     * is rolled back: no page is read, and what is written is not counted. */
    bool checked;
    bool loaded; /* the table was true under the last lock */
    /* The disk refused a write: no lock is given any more. SQLite would do the
     * rollback again where it failed, and may find the disk willing: but the
     * kernel forgets what it could not write. */
    bool stopped;
    struct vfs_root root;
    uint8_t written_root[ROOT_BYTES]; /* in page 1 on the disk */
    uint32_t start_count;             /* pages when the transaction began */
    /* Page 1 waits for the flush: it is the first page that SQLite writes, and
     * must hold the root of those after it. */
    bool waiting;
    uint8_t page1[PAGE_BYTES];
};

struct vfs_journal {
    struct vfs_file file; /* first */
    struct vfs_database *database;
    int64_t sector;      /* size of a header, 0 before there is one */
    int64_t header;      /* where the last header lies */
    int64_t records_end; /* behind it and the whole records written since */
    uint32_t number;     /* page number written at records_end, 0 for none */
    bool page_written;   /* and its page */
    uint32_t mask;       /* of the page written at records_end */
    /* The page last read: where its checksum lies, and what masks it. */
    int64_t read_checksum;
    uint32_t read_mask;
};

extern const sqlite3_io_methods vfs_database_methods;
extern const sqlite3_io_methods vfs_journal_methods;

/** Fill the methods of a VFS; the caller registers it and owns its keys. */
void vfs_methods(struct vfs *vfs, const char *name, sqlite3_vfs *below);

/** Remember a refusal for vfs_fault, unless an earlier one is there, and hand
 *  `rc` back.
 */
int vfs_note(struct vfs *vfs, int rc, enum aula_code code, const char *format,
             ...);

/** The size of the file; AULA_STORE_DAMAGED is noted when it is empty and must
 *  not be.
 */
int vfs_check_size(struct vfs_database *database, sqlite3_int64 *size);

/** Take what the VFS below said to a write, flush or truncation, and hand it
 *  back. A refusal stops the database, but for that of a full disk.
 */
int vfs_written(struct vfs_database *database, int rc);

/** Make the table true under the lock that is held.
 *
 *  Returns: SQLITE_OK, SQLITE_IOERR_DATA (noted), or what the VFS below said
 */
int vfs_check(struct vfs_database *database);

/** Read a whole page of the checked database.
 *
 *  Returns: as vfs_check; SQLITE_IOERR_SHORT_READ and zeros behind the end
 *  Out:     page  zeros on failure
 */
int vfs_check_read(struct vfs_database *database, uint32_t number,
                   uint8_t page[PAGE_BYTES]);

/** Write the waiting page 1 with the root that is true now.
 *
 *  Returns: as vfs_check; it goes on waiting on failure
 */
int vfs_check_flush(struct vfs_database *database);

/** Is this the header that a page 1 of ours has? */
bool vfs_check_header(const uint8_t page[PAGE_BYTES]);

/** What SQLite reads before it rolls a journal back: the same for every store.
 */
enum { VFS_HEADER_BYTES = 100 };
extern const uint8_t vfs_header[VFS_HEADER_BYTES];

/** May this pragma run?
 *
 *  Returns: SQLITE_NOTFOUND  yes, SQLite does it
 *           SQLITE_ERROR     no
 *  In:      value  NULL when it is only asked for
 */
int vfs_pragma(const char *name, const char *value);

#endif
