/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite's calls on the rollback journal. Its layout is SQLite's: segments of
 *
 *   a header     one sector (512 or 4096 bytes), at a sector's boundary
 *   records      4 bytes page number, 4096 bytes page, 4 bytes checksum
 *
 * The pages are sealed. The checksum is the sum of twenty bytes of the page and
 * is masked. Headers and page numbers are as SQLite wrote them: they name what
 * changed, and no content.
 *
 * A write of 4096 bytes is a header or a page, one of 4 bytes a number or a
 * checksum: where it lies tells, given what was written before. What fits
 * nowhere is refused; so is the name of a super-journal.
 *
 * A page that does not authenticate is an error, where SQLite would take a bad
 * checksum for the journal's end: records that count were flushed before they
 * were counted, and to roll half a transaction back helps nobody.
 *
 * The record of page 1 holds the root that page 1 has on the disk.
 */
#include <sodium.h>
#include <string.h>

#include "bytes.h"
#include "vfs_inside.h"

enum {
    NUMBER_BYTES = 4,
    CHECKSUM_BYTES = 4,
    RECORD_BYTES = NUMBER_BYTES + PAGE_BYTES + CHECKSUM_BYTES,
    SECTOR_SMALL = 512,
    START_BYTES = 12, /* of a header: 8 bytes of magic, 4 of record count */
    MAGIC_BYTES = 8,
    SECTOR_AT = 20 /* in a header: the size of a sector */
};

static const uint8_t magic[MAGIC_BYTES] = {0xd9, 0xd5, 0x05, 0xf9,
                                           0x20, 0xa1, 0x63, 0xd7};

static struct vfs_journal *journal_of(sqlite3_file *file)
{
    return (struct vfs_journal *)file;
}

static int journal_close(sqlite3_file *file)
{
    sqlite3_file *below = journal_of(file)->file.below;
    int rc = below->pMethods->xClose(below);

    sodium_memzero(file, sizeof(struct vfs_journal));
    return rc;
}

static void put_be32(uint8_t out[4], uint32_t value)
{
    for (size_t i = 0; i < 4; i++) {
        out[i] = (uint8_t)(value >> (24 - 8 * i));
    }
}

/* ---- reading: a journal is read by page, or by the few bytes between */

static int read_page(struct vfs_journal *journal, uint8_t page[PAGE_BYTES],
                     sqlite3_int64 offset)
{
    sqlite3_file *below = journal->file.below;
    uint8_t number[NUMBER_BYTES];
    uint8_t tag[PAGE_TAG_BYTES];
    int rc = SQLITE_IOERR_READ;

    if (offset >= NUMBER_BYTES) {
        rc = below->pMethods->xRead(below, number, sizeof number,
                                    offset - NUMBER_BYTES);
    }
    if (rc == SQLITE_OK) {
        rc = below->pMethods->xRead(below, page, PAGE_BYTES, offset);
    }
    if (rc != SQLITE_OK) {
        memset(page, 0, PAGE_BYTES);
        return rc;
    }
    journal->read_checksum = offset + PAGE_BYTES;
    journal->read_mask = vfs_page_mask(journal->file.keys,
                                       vfs_page_nonce(page));
    if (!vfs_page_open(page, tag, journal->file.keys, VFS_JOURNAL,
                       get_be32(number))) {
        return vfs_note(journal->file.vfs, SQLITE_IOERR_DATA,
                        AULA_STORE_DAMAGED,
                        "journal: page %lu does not authenticate",
                        (unsigned long)get_be32(number));
    }
    return SQLITE_OK;
}

/* SQLite cuts the file to the size that the first header names before it reads
 * a page. So a journal of another store, or none at all, is refused at that
 * header: its first page must authenticate. One that was made with the store
 * has no page. */
static int check_first_page(struct vfs_journal *journal)
{
    sqlite3_file *below = journal->file.below;
    uint8_t header[SECTOR_AT + 4];
    uint8_t page[PAGE_BYTES];
    uint32_t sector;
    int rc = below->pMethods->xRead(below, header, sizeof header, 0);

    if (rc == SQLITE_OK) {
        sector = get_be32(header + SECTOR_AT);
        if (sector != SECTOR_SMALL && sector != PAGE_BYTES) {
            return vfs_note(journal->file.vfs, SQLITE_IOERR_DATA,
                            AULA_STORE_DAMAGED,
                            "journal: its header was altered");
        }
        rc = read_page(journal, page, (sqlite3_int64)sector + NUMBER_BYTES);
        sodium_memzero(page, sizeof page);
    }
    return rc == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : rc;
}

static int journal_read(sqlite3_file *file, void *out, int size,
                        sqlite3_int64 offset)
{
    struct vfs_journal *journal = journal_of(file);
    sqlite3_file *below = journal->file.below;
    int rc;

    if (size == PAGE_BYTES) {
        return read_page(journal, out, offset);
    }
    if (size > MAGIC_BYTES) {
        return vfs_note(journal->file.vfs, SQLITE_IOERR_READ, AULA_STATE,
                        "journal: a read that SQLite is not known for");
    }
    rc = below->pMethods->xRead(below, out, size, offset);
    if (rc == SQLITE_OK && size == CHECKSUM_BYTES && offset != 0 &&
        offset == journal->read_checksum) {
        put_be32(out, get_be32(out) ^ journal->read_mask);
    }
    if (rc == SQLITE_OK && size == MAGIC_BYTES && offset == 0 &&
        memcmp(out, magic, sizeof magic) == 0) {
        rc = check_first_page(journal);
    }
    return rc;
}

/* ---- writing */

static int write_below(struct vfs_journal *journal, const void *bytes, int size,
                       sqlite3_int64 offset)
{
    sqlite3_file *below = journal->file.below;

    return vfs_written(journal->database,
                       below->pMethods->xWrite(below, bytes, size, offset));
}

/* Where the next header may lie: SQLite rounds up to a whole sector. */
static bool is_header_place(const struct vfs_journal *journal,
                            sqlite3_int64 offset)
{
    sqlite3_int64 over;

    if (journal->sector == 0) {
        return offset == 0;
    }
    over = journal->records_end % journal->sector;
    return offset ==
           journal->records_end + (over == 0 ? 0 : journal->sector - over);
}

static int write_page(struct vfs_journal *journal, const uint8_t *page)
{
    uint8_t *scratch = journal->file.scratch;
    int rc;

    memcpy(scratch, page, PAGE_BYTES);
    if (journal->number == 1) {
        memcpy(scratch + ROOT_OFFSET, journal->database->written_root,
               ROOT_BYTES);
    }
    vfs_page_seal(scratch, journal->file.keys, &journal->file.nonces,
                  VFS_JOURNAL, journal->number, scratch);
    journal->mask = vfs_page_mask(journal->file.keys, vfs_page_nonce(scratch));
    rc = write_below(journal, scratch, PAGE_BYTES,
                     journal->records_end + NUMBER_BYTES);
    journal->page_written = rc == SQLITE_OK;
    return rc;
}

static int write_header(struct vfs_journal *journal, const void *header,
                        int size, sqlite3_int64 offset)
{
    int rc = write_below(journal, header, size, offset);

    if (rc == SQLITE_OK) {
        journal->sector = size;
        journal->header = offset;
        journal->records_end = offset + size;
        journal->number = 0;
        journal->page_written = false;
    }
    return rc;
}

static int write_number(struct vfs_journal *journal, const uint8_t *number)
{
    int rc = write_below(journal, number, NUMBER_BYTES, journal->records_end);

    journal->number = rc == SQLITE_OK ? get_be32(number) : 0;
    journal->page_written = false;
    return rc;
}

static int write_checksum(struct vfs_journal *journal, const uint8_t *checksum)
{
    uint8_t masked[CHECKSUM_BYTES];
    int rc;

    put_be32(masked, get_be32(checksum) ^ journal->mask);
    rc = write_below(journal, masked, sizeof masked,
                     journal->records_end + NUMBER_BYTES + PAGE_BYTES);
    if (rc == SQLITE_OK) {
        journal->records_end += RECORD_BYTES;
        journal->number = 0;
        journal->page_written = false;
    }
    return rc;
}

/* The two writes that change what is there: a header comes to count its records
 * when they have been flushed; and the first byte of what would look like a
 * further header is blotted out. */
static bool is_touch(const struct vfs_journal *journal, const uint8_t *bytes,
                     int size, sqlite3_int64 offset)
{
    if (size == START_BYTES) {
        return offset == journal->header;
    }
    return size == 1 && bytes[0] == 0 && is_header_place(journal, offset);
}

static int journal_write(sqlite3_file *file, const void *bytes, int size,
                         sqlite3_int64 offset)
{
    struct vfs_journal *journal = journal_of(file);
    sqlite3_int64 in_record = offset - journal->records_end;

    if (size == PAGE_BYTES && journal->number != 0 &&
        in_record == NUMBER_BYTES) {
        return write_page(journal, bytes);
    }
    if (size == CHECKSUM_BYTES && journal->page_written &&
        in_record == NUMBER_BYTES + PAGE_BYTES) {
        return write_checksum(journal, bytes);
    }
    if (size == NUMBER_BYTES && journal->sector != 0 && in_record == 0) {
        return write_number(journal, bytes);
    }
    if ((size == SECTOR_SMALL || size == PAGE_BYTES) &&
        (journal->sector == 0 || journal->sector == size) &&
        is_header_place(journal, offset)) {
        return write_header(journal, bytes, size, offset);
    }
    if (journal->sector != 0 && is_touch(journal, bytes, size, offset)) {
        return write_below(journal, bytes, size, offset);
    }
    return vfs_note(journal->file.vfs, SQLITE_IOERR_WRITE, AULA_STATE,
                    "journal: a write that SQLite is not known for");
}

/* ---- the rest; a journal is deleted and never cut */

static int journal_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    (void)size;
    return vfs_note(journal_of(file)->file.vfs, SQLITE_IOERR_TRUNCATE,
                    AULA_STATE, "journal: only ever deleted");
}

static int journal_sync(sqlite3_file *file, int flags)
{
    struct vfs_journal *journal = journal_of(file);
    sqlite3_file *below = journal->file.below;

    return vfs_written(journal->database, below->pMethods->xSync(below, flags));
}

static int journal_size(sqlite3_file *file, sqlite3_int64 *size)
{
    sqlite3_file *below = journal_of(file)->file.below;

    return below->pMethods->xFileSize(below, size);
}

static int journal_lock(sqlite3_file *file, int level)
{
    (void)file;
    (void)level;
    return SQLITE_OK;
}

static int journal_reserved(sqlite3_file *file, int *is_reserved)
{
    (void)file;
    *is_reserved = 0;
    return SQLITE_OK;
}

static int journal_control(sqlite3_file *file, int op, void *arg)
{
    (void)file;
    (void)op;
    (void)arg;
    return SQLITE_NOTFOUND;
}

static int journal_sector(sqlite3_file *file)
{
    (void)file;
    return PAGE_BYTES;
}

static int journal_promises(sqlite3_file *file)
{
    (void)file;
    return 0;
}

const sqlite3_io_methods vfs_journal_methods = {
    .iVersion = 1,
    .xClose = journal_close,
    .xRead = journal_read,
    .xWrite = journal_write,
    .xTruncate = journal_truncate,
    .xSync = journal_sync,
    .xFileSize = journal_size,
    .xLock = journal_lock,
    .xUnlock = journal_lock,
    .xCheckReservedLock = journal_reserved,
    .xFileControl = journal_control,
    .xSectorSize = journal_sector,
    .xDeviceCharacteristics = journal_promises,
};
