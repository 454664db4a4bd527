/* SPDX-License-Identifier: Apache-2.0 */
/* See store_pages.h. Of the journal, whose layout stands in vfs_journal.c,
 * every page counts that authenticates and stands where one may stand: its
 * checksums and the number of records in a header tell nothing beyond that.
 */
#include "store_pages.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    SECTOR_AT = 20, /* in a header, big-endian */
    SECTOR_SMALL = 512,
    HEADER_BYTES = 24, /* what is read of it */
    MAGIC_BYTES = 8,
    NUMBER_BYTES = 4,
    RECORD_BYTES = NUMBER_BYTES + PAGE_BYTES + 4
};

static const uint8_t magic[MAGIC_BYTES] = {0xd9, 0xd5, 0x05, 0xf9,
                                           0x20, 0xa1, 0x63, 0xd7};

/* A disk that refuses to read has no such bytes. */
static bool read_at(int file, void *bytes, size_t size, int64_t at)
{
    return pread(file, bytes, size, (off_t)at) == (ssize_t)size;
}

static bool read_copy(const struct store_pages *pages,
                      uint8_t page[static PAGE_BYTES],
                      const struct store_copy *copy)
{
    uint8_t tag[PAGE_TAG_BYTES];

    return read_at(pages->journal, page, PAGE_BYTES, copy->at) &&
           vfs_page_open(page, tag, pages->keys, VFS_JOURNAL, copy->number);
}

/* The records from `at` on; where the last good one ends. */
static int64_t index_records(struct store_pages *pages, int64_t at,
                             size_t copies_max)
{
    uint8_t page[PAGE_BYTES];
    uint8_t number[NUMBER_BYTES];

    while (pages->copy_count < copies_max &&
           read_at(pages->journal, number, sizeof number, at)) {
        struct store_copy *copy = &pages->copies[pages->copy_count];

        *copy = (struct store_copy){get_be32(number), at + NUMBER_BYTES};
        if (!read_copy(pages, page, copy)) {
            break;
        }
        pages->copy_count++;
        at += RECORD_BYTES;
    }
    sodium_memzero(page, sizeof page);
    return at;
}

/* Header after header, each at a sector's boundary. */
static enum aula_code index_journal(struct store_pages *pages, int64_t size,
                                    struct aula_error *err)
{
    size_t copies_max = (size_t)(size / RECORD_BYTES) + 1;
    uint8_t header[HEADER_BYTES];
    int64_t at = 0;

    pages->copies = calloc(copies_max, sizeof *pages->copies);
    if (pages->copies == NULL) {
        return aula_fail(err, AULA_MEMORY, "store: out of memory");
    }
    while (read_at(pages->journal, header, sizeof header, at) &&
           memcmp(header, magic, sizeof magic) == 0) {
        int64_t sector = get_be32(header + SECTOR_AT);

        if (sector != SECTOR_SMALL && sector != PAGE_BYTES) {
            break;
        }
        at = index_records(pages, at + sector, copies_max);
        at = (at + sector - 1) / sector * sector;
    }
    return AULA_OK;
}

static enum aula_code open_journal(struct store_pages *pages, const char *path,
                                   struct aula_error *err)
{
    size_t size = strlen(path) + sizeof "-journal";
    char *name = malloc(size);
    struct stat stat;

    if (name == NULL) {
        return aula_fail(err, AULA_MEMORY, "store: out of memory");
    }
    (void)snprintf(name, size, "%s-journal", path);
    pages->journal = open(name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    free(name);
    if (pages->journal < 0 || fstat(pages->journal, &stat) != 0 ||
        !S_ISREG(stat.st_mode)) {
        return AULA_OK;
    }
    return index_journal(pages, stat.st_size, err);
}

static enum aula_code open_file(struct store_pages *pages, const char *path,
                                struct aula_error *err)
{
    struct stat stat;
    int64_t count;

    pages->file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (pages->file < 0 || fstat(pages->file, &stat) != 0) {
        return aula_fail(err, AULA_IO, "%s: %s", path, strerror(errno));
    }
    count = (stat.st_size + PAGE_BYTES - 1) / PAGE_BYTES;
    if (!S_ISREG(stat.st_mode) || count >= UINT32_MAX) {
        return aula_fail(err, AULA_IO, "%s: is no file of a store", path);
    }
    if (count == 0) {
        return aula_fail(err, AULA_STORE_DAMAGED, "%s: the file is empty",
                         path);
    }
    pages->count = (uint32_t)count;
    return AULA_OK;
}

enum aula_code store_pages_open(struct store_pages *pages, const char *path,
                                const uint8_t key[static PAGE_KEY_BYTES],
                                const uint8_t id[static PAGE_STORE_ID_BYTES],
                                struct aula_error *err)
{
    enum aula_code code;

    *pages = (struct store_pages){.file = -1, .journal = -1};
    pages->keys = sodium_malloc(sizeof *pages->keys);
    if (pages->keys == NULL) {
        return aula_fail(err, AULA_MEMORY, "store: out of memory");
    }
    vfs_page_keys(pages->keys, key, id);
    code = open_file(pages, path, err);
    return code == AULA_OK ? open_journal(pages, path, err) : code;
}

enum store_page_from store_pages_read(const struct store_pages *pages,
                                      uint8_t page[static PAGE_BYTES],
                                      uint32_t number)
{
    uint8_t tag[PAGE_TAG_BYTES];

    if (read_at(pages->file, page, PAGE_BYTES,
                (int64_t)(number - 1) * PAGE_BYTES) &&
        vfs_page_open(page, tag, pages->keys, VFS_DATABASE, number)) {
        return PAGE_FROM_FILE;
    }
    for (size_t i = 0; i < pages->copy_count; i++) {
        if (pages->copies[i].number == number &&
            read_copy(pages, page, &pages->copies[i])) {
            return PAGE_FROM_JOURNAL;
        }
    }
    memset(page, 0, PAGE_BYTES);
    return PAGE_FROM_NOWHERE;
}

void store_pages_close(struct store_pages *pages)
{
    if (pages->file >= 0) {
        (void)close(pages->file);
    }
    if (pages->journal >= 0) {
        (void)close(pages->journal);
    }
    sodium_free(pages->keys);
    free(pages->copies);
}
