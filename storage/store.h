/* SPDX-License-Identifier: Apache-2.0 */
/* The store of one terminal: its chain of records, who has voted, and the small
 * objects that it needs, in one sealed SQLite database (vfs.h).
 *
 *   record  seq -> kind, hash, bytes      the chain, 1, 2, 3, ..
 *   voter   key -> seq                    which record used a key up
 *   item    name -> bytes                 package, content, kit, state, ..
 *   export  number -> what a batch covers
 *
 * Nothing here is interpreted: what a record means, and what a key is made of,
 * is the caller's. Promises:
 *
 * 1. What was committed is on the disk before store_commit returns, and is
 *    never changed or deleted: a record is only ever added, at the next seq.
 * 2. A transaction is there whole or not at all, whatever the power does.
 * 3. One process at a time: the second is refused with AULA_STORE_BUSY.
 * 4. A store is only made by store_create; an empty or missing file is never
 *    taken for a new one.
 * 5. After a write that the disk refused (AULA_IO) nothing is believed or
 *    written any more until the store is opened anew: the kernel may have
 *    dropped what it could not write. Any refusal of SQLite or the disk undoes
 *    the open transaction; after AULA_FULL the store goes on.
 *
 * Every function may return, besides the codes it names: AULA_STORE_DAMAGED (a
 * page that does not authenticate, a row that cannot be), AULA_FULL, AULA_IO,
 * AULA_MEMORY.
 */
#ifndef AULA_STORE_H
#define AULA_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"

enum {
    STORE_KEY_BYTES = 32,
    STORE_ID_BYTES = 16,
    STORE_HASH_BYTES = 32,
    STORE_VOTER_BYTES = 34,
    STORE_RECORD_BYTES_MAX = 8192,
    STORE_ITEM_NAME_MAX = 160 /* bytes */
};

struct store;

/** Make an empty store where there is none; afterwards it is closed.
 *
 *  Returns: AULA_OK, AULA_STATE (there is one already), AULA_STORE_BUSY
 *  In:      key  secret; all pages are sealed under it
 *           id   random; binds the pages to this store
 */
AULA_MUST_CHECK enum aula_code
store_create(const char *path, const uint8_t key[static STORE_KEY_BYTES],
             const uint8_t id[static STORE_ID_BYTES], struct aula_error *err);

/** Open a store.
 *
 *  Returns: AULA_OK
 *           AULA_STORE_BUSY     another process has it open
 *           AULA_STORE_KEY      sealed under another key, or another store
 *           AULA_STORE_DAMAGED  empty, cut, or altered
 *  Out:     store          written on success only
 *           was_interrupted  the last process did not close it: the power was
 *                            cut, or it was killed; may be NULL
 *  Owner:   store_close ends it
 */
AULA_MUST_CHECK enum aula_code
store_open(struct store **store, bool *was_interrupted, const char *path,
           const uint8_t key[static STORE_KEY_BYTES],
           const uint8_t id[static STORE_ID_BYTES], struct aula_error *err);

/** Close, and mark as closed properly. An open transaction is undone. Accepts
 *  NULL. */
void store_close(struct store *store);

/** The last stop was unclean, and nobody has noted it yet: the next opening
 *  shall find it so, too. */
void store_keep_mark(struct store *store);

/** A transaction: everything between begin and commit, or nothing of it.
 *  They do not nest (asserted). store_rollback accepts that none is open. */
AULA_MUST_CHECK enum aula_code store_begin(struct store *store,
                                           struct aula_error *err);
AULA_MUST_CHECK enum aula_code store_commit(struct store *store,
                                            struct aula_error *err);
void store_rollback(struct store *store);

struct store_record {
    uint64_t seq;
    uint8_t kind;
    uint8_t hash[STORE_HASH_BYTES];
    uint8_t bytes[STORE_RECORD_BYTES_MAX];
    size_t size;
};

/** Add a record behind the last one, in a transaction (asserted).
 *
 *  Returns: AULA_OK; AULA_STORE_DAMAGED when seq is not the next one
 */
AULA_MUST_CHECK enum aula_code
store_add_record(struct store *store, const struct store_record *record,
                 struct aula_error *err);

/** The last seq and its hash; 0 and zeros when there is no record. */
AULA_MUST_CHECK enum aula_code store_last(struct store *store, uint64_t *seq,
                                          uint8_t hash[static STORE_HASH_BYTES],
                                          struct aula_error *err);

/** Read one record.
 *
 *  Returns: AULA_OK; AULA_STORE_DAMAGED when it is not there
 */
AULA_MUST_CHECK enum aula_code store_read_record(struct store *store,
                                                 struct store_record *record,
                                                 uint64_t seq,
                                                 struct aula_error *err);

/* Told of each record in order; anything but AULA_OK ends the walk with it. */
typedef enum aula_code store_visit(void *context,
                                   const struct store_record *record,
                                   struct aula_error *err);

/** Walk records first..last by seq. All of them are there, or it is
 *  AULA_STORE_DAMAGED. */
AULA_MUST_CHECK enum aula_code
store_walk_records(struct store *store, uint64_t first, uint64_t last,
                   store_visit *visit, void *context, struct aula_error *err);

/** Use a key up, in a transaction (asserted).
 *
 *  Returns: AULA_OK, or AULA_DUPLICATE_VOTER
 */
AULA_MUST_CHECK enum aula_code
store_add_voter(struct store *store,
                const uint8_t key[static STORE_VOTER_BYTES], uint64_t seq,
                struct aula_error *err);

/** Which record used a key up; 0 for none. */
AULA_MUST_CHECK enum aula_code
store_find_voter(struct store *store, uint64_t *seq,
                 const uint8_t key[static STORE_VOTER_BYTES],
                 struct aula_error *err);

/** How many keys were used up. */
AULA_MUST_CHECK enum aula_code store_count_voters(struct store *store,
                                                  uint64_t *count,
                                                  struct aula_error *err);

/** Put an item in place of the one of that name, if any. */
AULA_MUST_CHECK enum aula_code store_put_item(struct store *store,
                                              const char *name,
                                              const void *bytes, size_t size,
                                              struct aula_error *err);

/** Read an item.
 *
 *  Returns: AULA_OK, also when there is none
 *  Out:     bytes  NULL when there is none; else never NULL, with a NUL behind
 *           size   bytes of it, without that NUL
 *  Owner:   store_free_item wipes and frees it (NULL accepted)
 */
AULA_MUST_CHECK enum aula_code store_get_item(struct store *store,
                                              uint8_t **bytes, size_t *size,
                                              const char *name,
                                              struct aula_error *err);
void store_free_item(uint8_t *bytes, size_t size);

/** Read an item of known size into the caller's memory.
 *
 *  Returns: AULA_OK
 *           AULA_STORE_DAMAGED  there is none, or it has another size
 */
AULA_MUST_CHECK enum aula_code store_read_item(struct store *store, void *bytes,
                                               size_t size, const char *name,
                                               struct aula_error *err);

/** Take an item away; its place is overwritten. None of that name is fine. */
AULA_MUST_CHECK enum aula_code
store_drop_item(struct store *store, const char *name, struct aula_error *err);

/** Take away all items whose name begins so. */
AULA_MUST_CHECK enum aula_code store_drop_items(struct store *store,
                                                const char *prefix,
                                                struct aula_error *err);

/* What batch `number` covers. Once made it never changes, so that the number
 * gives the same batch again. */
struct store_export {
    uint32_t number; /* from 1, without a gap */
    uint64_t first_seq;
    uint64_t last_seq;
    uint64_t time;
    uint8_t prev[STORE_HASH_BYTES]; /* of the batch before, zeros for 1 */
    uint8_t hash[STORE_HASH_BYTES];
};

AULA_MUST_CHECK enum aula_code store_add_export(struct store *store,
                                                const struct store_export *made,
                                                struct aula_error *err);

/** Find an export by its number, the last one for number 0; number 0 comes back
 *  when there is none. */
AULA_MUST_CHECK enum aula_code store_find_export(struct store *store,
                                                 struct store_export *found,
                                                 uint32_t number,
                                                 struct aula_error *err);

/** SQLite's own look at every page and index: AULA_OK or
 *  AULA_STORE_DAMAGED. */
AULA_MUST_CHECK enum aula_code store_check(struct store *store,
                                           struct aula_error *err);

#endif
