/* SPDX-License-Identifier: Apache-2.0 */
/* See transfer.h. The order of an export:
 *
 *   1. the stick's copy of the witness is compared: may this chain go on?
 *   2. the batch is written beside its name, flushed, and read back
 *   3. the witness is copied onto the stick
 *   4. a new number is taken in the store: from now on it means this batch
 *   5. the file gets its name, and its folder is flushed
 *   6. event 5
 *
 * A power cut before 4 leaves the number free, one after it a number that can
 * be exported again, byte for byte. An older copy of the same number gives way
 * only to one that was read back.
 */
#include "transfer.h"

#include <stdlib.h>
#include <string.h>

#include "terminal_inside.h"
#include "transfer_file.h"

/* A stick that knows of records that are not here ends the chain, also after
 * the next start: the second place may have been put back together with the
 * store. */
static enum aula_code compare_stick(struct terminal *terminal,
                                    const char *folder, struct aula_error *err)
{
    uint64_t seq;
    enum aula_code code = terminal_compare_witness(terminal, &seq, folder, true,
                                                   err);

    if (code == AULA_STORE_BEHIND || code == AULA_STORE_FORK) {
        (void)!terminal_end_chain(terminal, code, NULL);
    }
    return code;
}

static enum aula_code find_old(struct store_export *made,
                               struct terminal *terminal, uint32_t number,
                               struct aula_error *err)
{
    enum aula_code code = store_find_export(terminal->store, made, number, err);

    if (code == AULA_OK && made->number != number) {
        code = aula_fail(err, AULA_STATE, "export: there is no batch %u yet",
                         number);
    }
    return code;
}

static enum aula_code plan_new(struct store_export *made,
                               struct terminal *terminal, bool is_increment,
                               struct aula_error *err)
{
    struct store_export last = {0};
    uint64_t seq = terminal->chain.seq;
    enum aula_code code = store_find_export(terminal->store, &last, 0, err);

    if (code != AULA_OK) {
        return code;
    }
    if (last.number == UINT32_MAX) {
        return aula_fail(err, AULA_STATE, "export: all numbers are taken");
    }
    *made = (struct store_export){.number = last.number + 1,
                                  .first_seq = 1,
                                  .last_seq = seq,
                                  .time = clock_now(&terminal->clock)};
    memcpy(made->prev, last.hash, sizeof made->prev);
    if (is_increment && last.number > 0) {
        /* With nothing new the last record goes again: a batch has one. */
        made->first_seq = last.last_seq < seq ? last.last_seq + 1 : seq;
    }
    return AULA_OK;
}

static enum aula_code take_number(struct terminal *terminal,
                                  const struct store_export *made,
                                  struct aula_error *err)
{
    enum aula_code code = store_add_export(terminal->store, made, err);

    if (code == AULA_FULL &&
        terminal_release_reserve(terminal, err) == AULA_OK) {
        code = store_add_export(terminal->store, made, err);
    }
    return code;
}

static enum aula_code check_old(const struct store_export *made,
                                const uint8_t *hash, struct aula_error *err)
{
    return memcmp(made->hash, hash, HASH_BYTES) == 0
               ? AULA_OK
               : aula_fail(err, AULA_STORE_DAMAGED,
                           "batch %u is no longer what it was", made->number);
}

static enum aula_code count_one(void *context, const struct store_record *row,
                                struct aula_error *err)
{
    struct transfer_plan *plan = context;

    if (row->kind < 1 || row->kind > BATCH_KINDS) {
        return aula_fail(err, AULA_STORE_DAMAGED, "record %llu has no kind",
                         (unsigned long long)row->seq);
    }
    plan->count++;
    plan->kinds[row->kind - 1]++;
    plan->bytes += row->size;
    return AULA_OK;
}

/* The records of a batch, one a call: two walks over them, one counts and one
 * writes, so that no more than one is in memory. */
struct giving {
    struct store *store;
    uint64_t next_seq;
    struct store_record row;
};

static enum aula_code give(void *context, const uint8_t **bytes, size_t *size,
                           struct aula_error *err)
{
    struct giving *giving = context;
    enum aula_code code = store_read_record(giving->store, &giving->row,
                                            giving->next_seq++, err);

    *bytes = giving->row.bytes;
    *size = giving->row.size;
    return code;
}

static enum aula_code write_batch(struct transfer_file *file,
                                  struct transfer_done *done,
                                  struct terminal *terminal, const char *folder,
                                  const struct store_export *made, bool is_new,
                                  struct aula_error *err)
{
    struct transfer_plan plan = {.made = *made, .is_new = is_new};
    struct giving *giving = calloc(1, sizeof *giving);
    struct batch_source source = {.next = give, .context = giving};
    enum aula_code code;

    if (giving == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory for a record");
    }
    giving->store = terminal->store;
    giving->next_seq = made->first_seq;
    code = store_walk_records(terminal->store, made->first_seq, made->last_seq,
                              count_one, &plan, err);
    if (code == AULA_OK) {
        source.bytes = plan.bytes;
        code = transfer_file_write(file, done, terminal, folder, &plan, &source,
                                   err);
    }
    free(giving);
    return code;
}

static enum aula_code export_batch(struct terminal *terminal,
                                   struct transfer_done *done,
                                   const char *folder,
                                   struct store_export *made, bool is_new,
                                   struct aula_error *err)
{
    struct transfer_file file = {0};
    enum aula_code code = write_batch(&file, done, terminal, folder, made,
                                      is_new, err);

    if (code == AULA_OK && !is_new) {
        code = check_old(made, done->hash, err);
    }
    if (code == AULA_OK) {
        code = terminal_put_witness(terminal, &terminal->package,
                                    &terminal->chain, folder, err);
    }
    if (code == AULA_OK && is_new) {
        memcpy(made->hash, done->hash, sizeof made->hash);
        code = take_number(terminal, made, err);
    }
    if (code == AULA_OK) {
        return transfer_file_commit(&file, err);
    }
    transfer_file_abort(&file);
    return code;
}

enum aula_code transfer_export(struct terminal *terminal,
                               struct transfer_done *done, const char *folder,
                               const struct transfer *transfer,
                               struct aula_error *err)
{
    struct transfer_done found = {0};
    struct store_export made = {0};
    bool is_new = transfer->number == 0;
    enum aula_code code = terminal_may(terminal, TERMINAL_DO_EXPORT, err);

    if (code == AULA_OK) {
        code = compare_stick(terminal, folder, err);
    }
    if (code == AULA_OK) {
        code = is_new ? plan_new(&made, terminal, transfer->is_increment, err)
                      : find_old(&made, terminal, transfer->number, err);
    }
    if (code == AULA_OK) {
        code = export_batch(terminal, &found, folder, &made, is_new, err);
    }
    if (code == AULA_OK) {
        code = terminal_note(terminal, RECORD_EXPORTED, found.number, err);
    }
    if (code == AULA_OK) {
        *done = found;
    }
    return code;
}
