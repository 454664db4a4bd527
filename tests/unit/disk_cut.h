/* SPDX-License-Identifier: Apache-2.0 */
/* What a disk holds when the power comes back: each operation that waited for a
 * flush was done, not done, or torn. */
#ifndef AULA_TEST_DISK_CUT_H
#define AULA_TEST_DISK_CUT_H

#include "disk.h"

enum disk_choice { CUT_NONE, CUT_ALL, CUT_TORN, CUT_CHOICES };

/** Make `to` what `from` is after a power cut.
 *
 *  In:  choices  `from->op_count` of them
 *       seed     of what a torn write leaves: each sector of 512 bytes that it
 *                touches is old, new, or anything
 *       block    512: nothing beside what is written is touched; 4096: the
 *                whole blocks of that size around it are at stake
 */
void disk_cut(struct disk *to, const struct disk *from, const uint8_t *choices,
              uint64_t seed, size_t block);

#endif
