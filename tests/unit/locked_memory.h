/* SPDX-License-Identifier: Apache-2.0 */
/* A stand-in for sodium_malloc that can be told to refuse, and that counts what
 * was not given back. The linker takes a program's own functions before those
 * of the shared libsodium. What lies there is still wiped by sodium_free, so
 * that a test cannot live on freed secrets.
 *
 * Included once in a program. The state is at file scope because the arguments
 * are libsodium's.
 */
#ifndef AULA_LOCKED_MEMORY_H
#define AULA_LOCKED_MEMORY_H

#include <sodium.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static struct {
    bool refuse;
    atomic_int held; /* pieces that were not freed; threads may ask */
} locked_memory;

/* The size stands in front, in a piece that keeps the alignment. */
enum { LOCKED_FRONT_BYTES = 32 };

void *sodium_malloc(const size_t size)
{
    uint8_t *piece = NULL;

    if (!locked_memory.refuse) {
        piece = malloc(LOCKED_FRONT_BYTES + size);
    }
    if (piece == NULL) {
        return NULL;
    }
    locked_memory.held++;
    memcpy(piece, &size, sizeof size);
    memset(piece + LOCKED_FRONT_BYTES, 0xdb, size);
    return piece + LOCKED_FRONT_BYTES;
}

void sodium_free(void *ptr)
{
    uint8_t *start = ptr;
    size_t size = 0;

    if (start == NULL) {
        return;
    }
    memcpy(&size, start - LOCKED_FRONT_BYTES, sizeof size);
    sodium_memzero(start, size);
    locked_memory.held--;
    free(start - LOCKED_FRONT_BYTES);
}

#endif
