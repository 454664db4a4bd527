/* SPDX-License-Identifier: Apache-2.0 */
/* See disk_cut.h. */
#include "disk_cut.h"

#include <string.h>

#include "disk_vfs.h"

enum { SECTOR = 512 };

/* One sector of a torn write, or the part of it that may be touched. */
static void tear_sector(struct disk_content *content, const struct disk_op *op,
                        size_t start, size_t end, struct disk_dice *dice)
{
    switch (disk_roll(dice, 3)) {
    case 0: /* what was there; anything, where nothing was */
        break;
    case 1:
        for (size_t i = start; i < end; i++) {
            if (i >= op->offset && i < op->offset + op->size) {
                content->bytes[i] = op->bytes[i - op->offset];
            }
        }
        break;
    default:
        disk_roll_bytes(dice, content->bytes + start, end - start);
        break;
    }
}

static void tear(struct disk_content *content, const struct disk_op *op,
                 size_t block, struct disk_dice *dice)
{
    size_t start = op->offset;
    size_t end = op->offset + op->size;
    size_t old_size = content->size;
    struct disk_op grow = {OP_TRUNCATE, op->file, end, 0, NULL};

    if (end > old_size) {
        /* It may end with any sector. */
        grow.offset = old_size > start ? old_size : start;
        grow.offset += disk_roll(dice, (unsigned)(end - grow.offset + 1));
        disk_do(content, &grow, NULL);
    }
    if (block > SECTOR) {
        start -= start % block;
        end += (block - end % block) % block;
    }
    if (end > content->size) {
        end = content->size;
    }
    while (start < end) {
        size_t next = start - start % SECTOR + SECTOR;

        if (next > end) {
            next = end;
        }
        tear_sector(content, op, start, next, dice);
        start = next;
    }
}

static void fill_gap(struct disk_content *content, const struct disk_op *op,
                     struct disk_dice *dice)
{
    size_t old_size = content->size;
    struct disk_op grow = {OP_TRUNCATE, op->file, op->offset, 0, NULL};

    if (op->offset > old_size) {
        disk_do(content, &grow, NULL);
        if (disk_roll(dice, 2) == 0) {
            disk_roll_bytes(dice, content->bytes + old_size,
                            op->offset - old_size);
        }
    }
}

static void do_choice(struct disk_content *content, const struct disk_op *op,
                      enum disk_choice choice, size_t block,
                      struct disk_dice *dice)
{
    if (choice == CUT_NONE) {
        return;
    }
    if (op->kind != OP_WRITE) {
        disk_do(content, op, NULL);
        return;
    }
    fill_gap(content, op, dice);
    if (choice == CUT_ALL) {
        disk_do(content, op, op->bytes);
    } else {
        tear(content, op, block, dice);
    }
}

void disk_cut(struct disk *to, const struct disk *from, const uint8_t *choices,
              uint64_t seed, size_t block)
{
    struct disk_dice dice = {seed};

    disk_clear(to);
    for (size_t i = 0; i < DISK_FILES; i++) {
        disk_copy(&to->files[i].now, &from->files[i].durable);
    }
    for (size_t i = 0; i < from->op_count; i++) {
        const struct disk_op *op = &from->ops[i];

        do_choice(&to->files[op->file].now, op, (enum disk_choice)choices[i],
                  block, &dice);
    }
    for (size_t i = 0; i < DISK_FILES; i++) {
        struct disk_content *now = &to->files[i].now;

        (void)strcpy(to->files[i].path, from->files[i].path);
        now->size = now->is_there ? now->size : 0;
        disk_copy(&to->files[i].durable, now);
    }
}
