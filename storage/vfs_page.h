/* SPDX-License-Identifier: Apache-2.0 */
/* One page: sealed, opened, and its part in the root. Bytes in, bytes out; for
 * the VFS, and for reading a damaged store without it (store_pages.c).
 */
#ifndef AULA_VFS_PAGE_H
#define AULA_VFS_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"

enum {
    PAGE_BYTES = 4096,
    PAGE_TAG_BYTES = 16,
    PAGE_NONCE_BYTES = 24,
    PAGE_CONTENT_BYTES = PAGE_BYTES - PAGE_TAG_BYTES - PAGE_NONCE_BYTES,
    PAGE_PART_BYTES = 16,
    PAGE_KEY_BYTES = 32,
    PAGE_STORE_ID_BYTES = 16,
    PAGE_NONCES_AHEAD = 40
};

/* Part of the additional data: a page of one kind never opens as the other. */
enum vfs_kind { VFS_DATABASE = 1, VFS_JOURNAL = 2 };

/* All that follows from a store's key; lives in sodium_malloc memory. */
struct vfs_keys {
    uint8_t seal[32];
    uint8_t content[32]; /* Poly1305, whose results never leave memory */
    uint8_t part[16];    /* SipHash */
    uint8_t mask[16];    /* SipHash */
    uint8_t store_id[PAGE_STORE_ID_BYTES];
};

/* Nonces drawn ahead: asking the kernel for each costs a fifth of a seal. */
struct vfs_nonces {
    uint8_t drawn[PAGE_NONCES_AHEAD * PAGE_NONCE_BYTES];
    size_t left;
};

/** Derive the keys of a store. */
void vfs_page_keys(struct vfs_keys *keys, const uint8_t key[PAGE_KEY_BYTES],
                   const uint8_t store_id[PAGE_STORE_ID_BYTES]);

/** Seal the first PAGE_CONTENT_BYTES of a page. `sealed` may be `page`. */
void vfs_page_seal(uint8_t sealed[PAGE_BYTES], const struct vfs_keys *keys,
                   struct vfs_nonces *nonces, enum vfs_kind kind,
                   uint32_t number, const uint8_t page[PAGE_BYTES]);

/** Open a page where it lies.
 *
 *  Returns: false when it does not authenticate; all of it is zeros then
 *  Out:     page  the content, with zeros for nonce and tag
 *           tag   what was there, written on success only
 */
AULA_MUST_CHECK bool vfs_page_open(uint8_t page[PAGE_BYTES],
                                   uint8_t tag[PAGE_TAG_BYTES],
                                   const struct vfs_keys *keys,
                                   enum vfs_kind kind, uint32_t number);

/** The part that a page's content has in the root. */
void vfs_page_part(uint8_t part[PAGE_PART_BYTES], const struct vfs_keys *keys,
                   uint32_t number, const uint8_t page[PAGE_BYTES]);

/** What SQLite's checksum of a journal page is masked with: it is the sum of
 *  twenty bytes of the page. The nonce is that of the sealed page before it.
 */
uint32_t vfs_page_mask(const struct vfs_keys *keys,
                       const uint8_t nonce[PAGE_NONCE_BYTES]);

/** Where the nonce of a sealed page lies. */
static inline const uint8_t *vfs_page_nonce(const uint8_t sealed[PAGE_BYTES])
{
    return sealed + PAGE_CONTENT_BYTES;
}

/** Where the tag of a sealed page lies. */
static inline const uint8_t *vfs_page_tag(const uint8_t sealed[PAGE_BYTES])
{
    return sealed + PAGE_CONTENT_BYTES + PAGE_NONCE_BYTES;
}

/* SQLite's own integers are big-endian. */
static inline uint32_t get_be32(const uint8_t in[4])
{
    return ((uint32_t)in[0] << 24) | ((uint32_t)in[1] << 16) |
           ((uint32_t)in[2] << 8) | in[3];
}

#endif
