/* SPDX-License-Identifier: Apache-2.0 */
/* The table behind the root; see vfs_root.h. Memory is SQLite's, so that what
 * makes SQLite's memory fail in a test makes this fail as well.
 */
#include "vfs_root.h"

#include <assert.h>
#include <string.h>

#include "vfs_sqlite.h"

static void add(struct vfs_root *root, const struct vfs_entry *entry)
{
    for (size_t i = 0; i < ROOT_BYTES; i++) {
        root->sum[i] ^= entry->part[i];
    }
}

/* At least twice as much, so that a growing file is not copied for each page.
 */
static uint32_t wider(uint32_t room, uint32_t needed)
{
    uint32_t twice = room < UINT32_MAX / 2 ? 2 * room + 64 : UINT32_MAX;

    return twice < needed ? needed : twice;
}

static bool make_room(struct vfs_root *root, uint32_t count)
{
    uint32_t room = wider(root->room, count);
    struct vfs_entry *entries =
        sqlite3_realloc64(root->entries, sizeof *entries * (uint64_t)room);

    if (entries == NULL) {
        return false;
    }
    root->entries = entries;
    root->room = room;
    return true;
}

bool vfs_root_resize(struct vfs_root *root, uint32_t count)
{
    if (count > root->room && !make_room(root, count)) {
        return false;
    }
    for (uint32_t i = count; i < root->count; i++) {
        if (!root->entries[i].is_free) {
            add(root, &root->entries[i]);
        }
    }
    if (count > root->count) {
        memset(root->entries + root->count, 0,
               sizeof *root->entries * (count - root->count));
    }
    root->count = count;
    return true;
}

void vfs_root_put(struct vfs_root *root, const struct vfs_keys *keys,
                  uint32_t number, const uint8_t page[PAGE_BYTES],
                  const uint8_t tag[PAGE_TAG_BYTES])
{
    struct vfs_entry *entry = vfs_root_entry(root, number);

    assert(number >= 1 && number <= root->count);
    memcpy(entry->tag, tag, PAGE_TAG_BYTES);
    if (number == 1) {
        return;
    }
    if (!entry->is_free) {
        add(root, entry);
    }
    vfs_page_part(entry->part, keys, number, page);
    if (!entry->is_free) {
        add(root, entry);
    }
}

static bool make_free_room(struct vfs_root *root)
{
    uint32_t room = wider(root->free_room, 0);
    uint32_t *pages = sqlite3_realloc64(root->free_pages,
                                        sizeof *pages * (uint64_t)room);

    if (pages == NULL) {
        return false;
    }
    root->free_pages = pages;
    root->free_room = room;
    return true;
}

int vfs_root_free(struct vfs_root *root, uint32_t number)
{
    struct vfs_entry *entry;

    if (number < 2 || number > root->count || number == ROOT_LOCK_PAGE) {
        return SQLITE_CORRUPT;
    }
    entry = vfs_root_entry(root, number);
    if (entry->is_free) {
        return SQLITE_CORRUPT;
    }
    if (root->free_count == root->free_room && !make_free_room(root)) {
        return SQLITE_IOERR_NOMEM;
    }
    root->free_pages[root->free_count++] = number;
    entry->is_free = true;
    add(root, entry);
    return SQLITE_OK;
}

void vfs_root_unfree_all(struct vfs_root *root)
{
    for (uint32_t i = 0; i < root->free_count; i++) {
        uint32_t number = root->free_pages[i];

        /* A page that was cut off took its mark along. */
        if (number <= root->count && vfs_root_entry(root, number)->is_free) {
            vfs_root_entry(root, number)->is_free = false;
            add(root, vfs_root_entry(root, number));
        }
    }
    root->free_count = 0;
}

void vfs_root_close(struct vfs_root *root)
{
    sqlite3_free(root->entries);
    sqlite3_free(root->free_pages);
    memset(root, 0, sizeof *root);
}
