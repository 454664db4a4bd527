/* SPDX-License-Identifier: Apache-2.0 */
/* The root: what all pages of a store are at one moment, in 16 bytes, and the
 * table in memory from which it is kept up to date. Only the VFS includes this.
 *
 * The root is the sum (bit by bit, modulo 2) of the parts of all pages, each a
 * keyed hash of the page's number and content, but for
 *   - page 1, which holds the root (in bytes 72..87 of SQLite's header, which
 *     SQLite keeps at zero, and zero is what it is shown there)
 *   - the *free* pages that page 1 and the trunk pages of SQLite's free list
 *     name: their content means nothing, and SQLite does not journal it when it
 *     takes one into use, so that after a rollback it is anything at all
 *   - the page of SQLite's lock bytes at 1 GiB, which is never written.
 *
 * Why the content and not the seal: after a power cut SQLite writes back what
 * the journal holds, and page 1 with the root of that moment. The pages are
 * sealed anew, but their content is the same, so the root is true again, with
 * nothing to be written that SQLite does not write. A tree of hashes would have
 * to be rewritten up to the top for each page, in pages of its own.
 *
 * What it costs: one Poly1305 for each page written (a third of the seal); one
 * reading of the whole file when a store is opened (42 ms for some 1,800 pages
 * on a desk PC); 33 bytes of memory for each page. Reading a page later costs
 * the comparison of 16 bytes: the table remembers each page's tag.
 */
#ifndef AULA_VFS_ROOT_H
#define AULA_VFS_ROOT_H

#include "vfs_page.h"

enum {
    ROOT_OFFSET = 72, /* in page 1 */
    ROOT_BYTES = PAGE_PART_BYTES,
    ROOT_LOCK_PAGE = 0x40000000 / PAGE_BYTES + 1
};

struct vfs_entry {
    uint8_t tag[PAGE_TAG_BYTES]; /* on the disk; zeros: content means nothing */
    uint8_t part[PAGE_PART_BYTES];
    bool is_free;
};

struct vfs_root {
    struct vfs_entry *entries; /* of page 1, 2, ... */
    uint32_t count;
    uint32_t room;
    uint32_t *free_pages;
    uint32_t free_count;
    uint32_t free_room;
    uint8_t sum[ROOT_BYTES];
};

/** Make the table as long as the file: what is new counts as never written.
 *
 *  Returns: false when there is no memory; nothing has changed
 */
AULA_MUST_CHECK bool vfs_root_resize(struct vfs_root *root, uint32_t count);

/** A page was written, or read for the first time. 1 <= number <= count. */
void vfs_root_put(struct vfs_root *root, const struct vfs_keys *keys,
                  uint32_t number, const uint8_t page[PAGE_BYTES],
                  const uint8_t tag[PAGE_TAG_BYTES]);

/** Count a page as free from now on.
 *
 *  Returns: SQLITE_OK
 *           SQLITE_CORRUPT       the number is not one that can be free, or is
 *                                free already
 *           SQLITE_IOERR_NOMEM
 */
AULA_MUST_CHECK int vfs_root_free(struct vfs_root *root, uint32_t number);

/** No page is free. */
void vfs_root_unfree_all(struct vfs_root *root);

/** Forget everything and give the memory back. */
void vfs_root_close(struct vfs_root *root);

static inline struct vfs_entry *vfs_root_entry(struct vfs_root *root,
                                               uint32_t number)
{
    return &root->entries[number - 1];
}

#endif
