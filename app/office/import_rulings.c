/* SPDX-License-Identifier: Apache-2.0 */
/* See import_rulings.h. */
#include "import_rulings.h"

#include <string.h>

#include "bytes.h"

enum { AT_PREV = 56 };

static const struct rulings_row *row_of(const struct desk_ruled *ruled,
                                        const uint8_t *tid)
{
    for (size_t i = 0; i < ruled->rulings.count; i++) {
        const struct rulings_row *row = &ruled->rulings.rows[i];

        if ((row->type == RULINGS_REVOKE || row->type == RULINGS_CHAIN) &&
            memcmp(row->tid, tid, TERMINAL_ID_BYTES) == 0) {
            return row;
        }
    }
    return NULL;
}

bool import_is_ruled(const struct desk_ruled *ruled,
                     const uint8_t tid[static TERMINAL_ID_BYTES])
{
    return row_of(ruled, tid) != NULL;
}

/* A record of the chain is there: the one before it is the next. */
static enum aula_code go_down(void *context,
                              const struct archive_record *record,
                              struct aula_error *err)
{
    struct import_chain *chain = context;

    (void)err;
    if (record->error != AULA_OK) {
        chain->seq = 0; /* no chain leads through it */
        return AULA_OK;
    }
    chain->seq = record->seq - 1;
    memcpy(chain->hash, record->bytes + AT_PREV, HASH_BYTES);
    return AULA_OK;
}

enum aula_code import_chain_find(struct import_chain *chain,
                                 const struct desk_ruled *ruled,
                                 struct archive *archive,
                                 const uint8_t tid[static TERMINAL_ID_BYTES],
                                 struct aula_error *err)
{
    const struct rulings_row *row = row_of(ruled, tid);
    bool is_held = true;
    enum aula_code code = AULA_OK;

    *chain = (struct import_chain){.seq = 0};
    if (row == NULL || row->type != RULINGS_CHAIN) {
        return AULA_OK;
    }
    chain->seq = row->seq;
    memcpy(chain->hash, row->hash, HASH_BYTES);
    while (code == AULA_OK && is_held && chain->seq > 0) {
        bool has_other = false;
        struct import_chain next = *chain;

        code = archive_look(archive, &is_held, &has_other, tid, chain->seq,
                            chain->hash, err);
        if (code == AULA_OK && is_held) {
            code = archive_find_record(archive, tid, chain->seq, chain->hash,
                                       go_down, &next, err);
            *chain = next;
        }
    }
    return code;
}
