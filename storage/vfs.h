/* SPDX-License-Identifier: Apache-2.0 */
/* The encrypting file layer of the store: a VFS over SQLite's own one for the
 * unmodified libsqlite3. Whoever has the disk and not the key learns the size
 * of a database, which pages a change touched and when, and nothing else; and
 * whatever he does to the file is refused by name, never read as content.
 *
 * 1. Every page of 4096 bytes is sealed with XChaCha20-Poly1305-IETF under
 *    24 fresh random bytes each time it is written; nonce and tag fill the 40
 *    bytes that SQLite leaves at the end of a page (layout: vfs_page.c). Format
 *    version, store id, kind of file and page number are additional data, so
 *    that no page can stand for another of this store or any other.
 * 2. One page authenticates alone, an older copy of it as well. So page 1 holds
 *    the *root*, a keyed sum over the number and content of all pages, written
 *    in the same transaction as they (vfs_root.h). The first read after a lock
 *    was taken compares: a mixture of two states of the store, however it came
 *    about (an older page put back, a journal lost or planted), is refused.
 *    A whole older store, page by page, has a good root: only a witness outside
 *    of it shows that.
 * 3. The rollback journal is sealed likewise; its header, page numbers and
 *    record count stay readable: they tell how many pages a transaction
 *    changed and which, as the database's own blocks do.
 * 4. No third file: temporary databases, statement journals, write-ahead logs
 *    and super-journals are refused. So are pragmas that would lead to one, or
 *    that would make the store less durable or not open again (vfs_pragma.c).
 * 5. A store never shrinks; its file ends with its last page.
 * 6. Power may go at any instruction: what SQLite rolls back agrees with the
 *    root again. There is no write, flush or file more than without this layer.
 * 7. When the disk has refused a write for another reason than that it is full,
 *    nothing is read or written until the database is opened anew.
 *
 * A VFS serves one thread and, after a fork, one process: nonces are drawn
 * ahead. What SQLite has read lies readable in its page cache.
 */
#ifndef AULA_VFS_H
#define AULA_VFS_H

#include <stdbool.h>
#include <stdint.h>

#include <sqlite3.h>

#include "error.h"

enum {
    VFS_KEY_BYTES = 32,
    VFS_STORE_ID_BYTES = 16,
    VFS_PAGE_BYTES = 4096,
    VFS_RESERVED_BYTES = 40,
    VFS_NAME_BYTES_MAX = 32
};

/* A registered VFS; its keys are in sodium_malloc memory. */
struct vfs;

/** Set up SQLite for the whole process: no statement journal ever leaves
 *  memory, and a path is never taken for a URI. Call it once, before anything
 *  else of SQLite.
 *
 *  Returns: AULA_OK
 *           AULA_STATE   SQLite is already running
 *           AULA_MEMORY  SQLite or libsodium does not start
 */
AULA_MUST_CHECK enum aula_code vfs_start(struct aula_error *err);

/** Register a VFS whose databases are sealed under a key. It does not become
 *  SQLite's default.
 *
 *  Returns: AULA_OK
 *           AULA_STATE   the name is taken
 *           AULA_MEMORY  no (locked) memory
 *  Out:     vfs       written on success only
 *  In:      name      1..VFS_NAME_BYTES_MAX bytes (asserted)
 *           key       secret, used for this store only
 *           store_id  random, made with the store; not secret
 *  Owner:   vfs_close ends it; nothing given is kept
 */
AULA_MUST_CHECK enum aula_code
vfs_open(struct vfs **vfs, const char *name, const uint8_t key[VFS_KEY_BYTES],
         const uint8_t store_id[VFS_STORE_ID_BYTES], struct aula_error *err);

/** The same over another VFS than SQLite's default: for tests that make disks
 *  fail and power go.
 *
 *  Returns: as vfs_open; AULA_STATE also when there is no VFS `below`
 *  In:      below  name of a registered VFS that outlives this one
 */
AULA_MUST_CHECK enum aula_code
vfs_open_over(struct vfs **vfs, const char *name, const char *below,
              const uint8_t key[VFS_KEY_BYTES],
              const uint8_t store_id[VFS_STORE_ID_BYTES],
              struct aula_error *err);

/** Unregister a VFS and wipe its keys. Its databases are closed before (the
 *  caller's duty). Accepts NULL.
 */
void vfs_close(struct vfs *vfs);

/** Open a database for the one connection that a store has: rolls a journal
 *  back that a power cut left, reads all pages and compares the root, and sets
 *  everything about SQLite that the store relies on, reading back what it set:
 *  journal DELETE, synchronous EXTRA, normal locking (the root rests on it:
 *  keep a second process out with a lock file of your own), temporary tables in
 *  memory, no mapped memory, dropped content overwritten, cell checks,
 *  DEFENSIVE, no trusted schema, no extensions, no ATTACH, no waiting, extended
 *  result codes.
 *
 *  Returns: AULA_OK
 *           AULA_STORE_KEY      no page opens: another key, another store id,
 *                               or not one of our files
 *           AULA_STORE_DAMAGED  a page that does not authenticate, an older
 *                               copy of a page, a file cut or grown, an empty
 *                               file, a journal that was altered
 *           AULA_STORE_BUSY     somebody else has it open and is writing
 *           AULA_STATE          `create` and there is a file with content, or a
 *                               setting was not taken
 *           AULA_FULL, AULA_IO, AULA_MEMORY
 *  Out:     db      written on success only; sqlite3_close ends it
 *  In:      path    NUL-terminated; a file that is there unless `create`
 *           create  provisioning: there is no file yet, or an empty one; it
 *                   stays empty until the first table is made
 */
AULA_MUST_CHECK enum aula_code vfs_database_open(sqlite3 **db, struct vfs *vfs,
                                                 const char *path, bool create,
                                                 struct aula_error *err);

/** Did an opening roll a journal back since vfs_open? Then the last start ended
 *  in the middle of a transaction: a recovery, to be logged.
 */
bool vfs_recovered(const struct vfs *vfs);

/** What the VFS refused since this was last asked, in its own words: the file's
 *  kind and the page, where SQLite has but a number. Asking forgets it.
 *
 *  Returns: AULA_OK when nothing was refused
 *  Out:     err  filled when something was
 */
enum aula_code vfs_fault(struct vfs *vfs, struct aula_error *err);

/** Say why a call of SQLite on a database of this VFS failed: what the VFS
 *  refused when it did, SQLite's number when not. Asking forgets it.
 *
 *  Returns: AULA_STORE_KEY, AULA_STORE_DAMAGED, AULA_STORE_BUSY, AULA_STATE (a
 *           constraint or misuse), AULA_FULL, AULA_IO, AULA_MEMORY; never OK
 *  Out:     err   filled; no SQL and no value stands in it
 *  In:      what  what was tried, for the message
 *           rc    result of the call that failed, an (extended) result code
 */
enum aula_code vfs_explain(struct vfs *vfs, int rc, const char *what,
                           struct aula_error *err);

#endif
