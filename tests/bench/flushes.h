/* SPDX-License-Identifier: Apache-2.0 */
/* How often this program asked the kernel to flush a file or a folder, through
 * whatever library: fsync and fdatasync of this program stand before those of
 * libc. SQLCipher, which is opened at run time, is not counted.
 */
#ifndef AULA_BENCH_FLUSHES_H
#define AULA_BENCH_FLUSHES_H

/** How often so far. */
unsigned flushes_count(void);

#endif
