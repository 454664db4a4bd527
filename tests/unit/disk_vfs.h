/* SPDX-License-Identifier: Apache-2.0 */
/* What disk.c and disk_vfs.c share. */
#ifndef AULA_TEST_DISK_VFS_H
#define AULA_TEST_DISK_VFS_H

#include "disk.h"

/** As realloc; no memory ends the process. */
void *disk_memory(void *bytes, size_t size);

/** Count a call; SQLITE_OK, or how it fails. */
int disk_count(struct disk *disk, enum disk_call call);

/** Do an operation to what a program sees, and keep it for a flush. */
void disk_add(struct disk *disk, const struct disk_op *op);

/** Make durable what waits for this file, and all names; or lose what was
 *  written. */
void disk_flush(struct disk *disk, size_t file, bool is_lost);

/** Fill the methods. */
void disk_vfs(struct disk *disk);

#endif
