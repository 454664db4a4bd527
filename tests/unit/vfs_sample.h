/* SPDX-License-Identifier: Apache-2.0 */
/* A small store to be attacked: a folder of its own, a VFS over it, a table of
 * records with two states of the file, and whole files as byte strings.
 */
#ifndef AULA_VFS_SAMPLE_H
#define AULA_VFS_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include "vfs.h"

enum { SAMPLE_ROWS = 40, SAMPLE_MARK_BYTES = 16 };

/* Planted in every record. */
#define SAMPLE_MARK "planted:marker:!"

struct sample_file {
    uint8_t *bytes;
    size_t size;
};

struct vfs_sample {
    char folder[64];
    char path[96];
    char journal[112];
    struct vfs *vfs;
};

/** Make the folder and a VFS of this name; every failure ends the test. */
void vfs_sample_open(struct vfs_sample *sample, const char *name,
                     uint8_t key_byte, uint8_t id_byte);
void vfs_sample_close(struct vfs_sample *sample);

/** Make the store with SAMPLE_ROWS records. */
void vfs_sample_make(struct vfs_sample *sample);

/** Run SQL that must succeed. */
void vfs_sample_run(sqlite3 *db, const char *sql);

/** The one integer that a query gives, -1 when it fails. */
int64_t vfs_sample_ask(sqlite3 *db, const char *sql);

/** Open the store and run SQL that must succeed on it. */
void vfs_sample_change(struct vfs_sample *sample, const char *sql);

/** A whole file; `bytes` is the caller's to free. */
struct sample_file vfs_sample_read(const char *path);
void vfs_sample_write(const char *path, const uint8_t *bytes, size_t size);

/** Open the store and read all of it.
 *
 *  Returns: AULA_OK, or why it was refused
 *  Out:     sum  over all records, written on success only
 */
enum aula_code vfs_sample_look(struct vfs_sample *sample, int64_t *sum,
                               struct aula_error *err);

#endif
