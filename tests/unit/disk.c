/* SPDX-License-Identifier: Apache-2.0 */
/* See disk.h. The VFS's own methods are in disk_vfs.c. */
#include "disk.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "disk_vfs.h"

/* Not by malloc, whose place a test of missing memory takes. */
void *disk_memory(void *bytes, size_t size)
{
    size_t least = size > 0 ? size : 1;
    void *memory = NULL;

    if (bytes == NULL) {
        if (posix_memalign(&memory, 16, least) != 0) {
            abort();
        }
        return memory;
    }
    memory = realloc(bytes, least);
    if (memory == NULL) {
        abort();
    }
    return memory;
}

static void empty(struct disk_content *content)
{
    content->is_there = false;
    content->size = 0;
}

static void make_room(struct disk_content *content, size_t size)
{
    if (content->bytes == NULL || size > content->room) {
        content->room = size + size / 2;
        content->bytes = disk_memory(content->bytes, content->room);
    }
}

void disk_copy(struct disk_content *to, const struct disk_content *from)
{
    to->is_there = from->is_there;
    to->size = from->size;
    make_room(to, from->size);
    if (from->size > 0) {
        memcpy(to->bytes, from->bytes, from->size);
    }
}

static void resize(struct disk_content *content, size_t size)
{
    make_room(content, size);
    if (size > content->size) {
        memset(content->bytes + content->size, 0, size - content->size);
    }
    content->size = size;
}

void disk_do(struct disk_content *content, const struct disk_op *op,
             const uint8_t *bytes)
{
    switch (op->kind) {
    case OP_CREATE:
        content->is_there = true;
        break;
    case OP_WRITE:
        if (op->offset + op->size > content->size) {
            resize(content, op->offset + op->size);
        }
        memcpy(content->bytes + op->offset, bytes, op->size);
        break;
    case OP_TRUNCATE:
        resize(content, op->offset);
        break;
    case OP_DELETE:
        empty(content);
        break;
    case OP_DONE:
        break;
    }
}

void disk_add(struct disk *disk, const struct disk_op *op)
{
    struct disk_op *kept;

    if (disk->op_count == disk->op_room) {
        disk->op_room = 2 * disk->op_room + 16;
        disk->ops = disk_memory(disk->ops, disk->op_room * sizeof *disk->ops);
    }
    disk_do(&disk->files[op->file].now, op, op->bytes);
    kept = &disk->ops[disk->op_count++];
    *kept = *op;
    kept->bytes = NULL;
    if (op->size > 0) {
        kept->bytes = disk_memory(NULL, op->size);
        memcpy(kept->bytes, op->bytes, op->size);
    }
}

static bool is_name(const struct disk_op *op)
{
    return op->kind == OP_CREATE || op->kind == OP_DELETE;
}

/* What was written to a file that was deleted afterwards concerns nobody. */
static bool is_moot(const struct disk *disk, size_t index)
{
    for (size_t i = index + 1; i < disk->op_count; i++) {
        if (disk->ops[i].file == disk->ops[index].file &&
            disk->ops[i].kind == OP_DELETE) {
            return true;
        }
    }
    return false;
}

/* Is the operation part of a flush? Those of names come with the journal, or
 * with a folder. */
static bool is_due(const struct disk *disk, size_t index, size_t file)
{
    const struct disk_op *op = &disk->ops[index];

    if (file != DISK_DATABASE && is_name(op)) {
        return true;
    }
    return (op->file == file && !is_name(op)) ||
           (file != DISK_DATABASE && is_moot(disk, index));
}

void disk_flush(struct disk *disk, size_t file, bool is_lost)
{
    size_t left = 0;

    for (size_t i = 0; i < disk->op_count; i++) {
        if (is_due(disk, i, file) &&
            (!is_lost || disk->ops[i].kind == OP_WRITE)) {
            if (!is_lost) {
                disk_do(&disk->files[disk->ops[i].file].durable, &disk->ops[i],
                        disk->ops[i].bytes);
            }
            free(disk->ops[i].bytes);
            disk->ops[i].bytes = NULL;
            disk->ops[i].kind = OP_DONE;
        }
    }
    for (size_t i = 0; i < disk->op_count; i++) {
        if (disk->ops[i].kind != OP_DONE) {
            disk->ops[left++] = disk->ops[i];
        }
    }
    disk->op_count = left;
}

int disk_count(struct disk *disk, enum disk_call call)
{
    struct disk_fault *fault = &disk->fault;

    disk->calls[call]++;
    if (fault->at == 0 || fault->call != call) {
        return SQLITE_OK;
    }
    if (fault->at > 1) {
        fault->at--;
        return SQLITE_OK;
    }
    if (!fault->lasts) {
        fault->at = 0;
    }
    fault->hits++;
    return fault->rc;
}

void disk_clear(struct disk *disk)
{
    for (size_t i = 0; i < DISK_FILES; i++) {
        empty(&disk->files[i].now);
        empty(&disk->files[i].durable);
        disk->files[i].path[0] = '\0';
    }
    for (size_t i = 0; i < disk->op_count; i++) {
        free(disk->ops[i].bytes);
    }
    disk->op_count = 0;
    memset(disk->calls, 0, sizeof disk->calls);
    disk->fault = (struct disk_fault){.at = 0};
}

void disk_put(struct disk *disk, size_t file, const char *path,
              const struct disk_content *content)
{
    assert(strlen(path) < DISK_PATH_BYTES);
    (void)strcpy(disk->files[file].path, path);
    disk_copy(&disk->files[file].now, content);
    disk_copy(&disk->files[file].durable, content);
}

struct disk *disk_open(const char *name, bool is_default)
{
    struct disk *disk = disk_memory(NULL, sizeof *disk);

    memset(disk, 0, sizeof *disk);
    assert(strlen(name) < sizeof disk->name);
    (void)strcpy(disk->name, name);
    disk_vfs(disk);
    if (sqlite3_vfs_register(&disk->base, is_default) != SQLITE_OK) {
        abort();
    }
    return disk;
}

void disk_close(struct disk *disk)
{
    (void)sqlite3_vfs_unregister(&disk->base);
    disk_clear(disk);
    for (size_t i = 0; i < DISK_FILES; i++) {
        free(disk->files[i].now.bytes);
        free(disk->files[i].durable.bytes);
    }
    free(disk->ops);
    free(disk);
}

/* SplitMix64; https://prng.di.unimi.it/splitmix64.c, public domain by its
 * authors. */
static uint64_t next(struct disk_dice *dice)
{
    uint64_t z;

    dice->state += 0x9e3779b97f4a7c15;
    z = dice->state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

unsigned disk_roll(struct disk_dice *dice, unsigned bound)
{
    return (unsigned)(next(dice) % bound);
}

void disk_roll_bytes(struct disk_dice *dice, uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (uint8_t)next(dice);
    }
}
