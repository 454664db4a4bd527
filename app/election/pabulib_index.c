/* SPDX-License-Identifier: Apache-2.0 */
/* Finding a text among many. The hash has a random key, so that a file cannot
 * be written to make every text collide. */
#include "pabulib_parts.h"

#include <stdlib.h>
#include <string.h>

#include "bytes.h"

enum aula_code pabulib_index_start(struct pabulib_index *index, size_t count,
                                   struct aula_error *err)
{
    index->room = 16;
    while (index->room < 2 * count) {
        index->room *= 2;
    }
    index->slots = calloc(index->room, sizeof *index->slots);
    if (index->slots == NULL) {
        return aula_fail(err, AULA_MEMORY, "out of memory");
    }
    randombytes_buf(index->key, sizeof index->key);
    return AULA_OK;
}

struct pabulib_slot *pabulib_index_at(const struct pabulib_index *index,
                                      const char *text, size_t size)
{
    uint8_t hash[crypto_shorthash_BYTES];
    size_t at;

    (void)crypto_shorthash(hash, (const uint8_t *)text, size, index->key);
    at = (size_t)get_le64(hash) & (index->room - 1);
    while (index->slots[at].text != NULL &&
           (index->slots[at].size != size ||
            memcmp(index->slots[at].text, text, size) != 0)) {
        at = (at + 1) & (index->room - 1);
    }
    return &index->slots[at];
}
