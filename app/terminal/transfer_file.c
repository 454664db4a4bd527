/* SPDX-License-Identifier: Apache-2.0 */
/* See transfer_file.h. Two walks over the records: one counts, one writes, so
 * that no more than one of them is in memory. */
#include "transfer_file.h"

#include <stdlib.h>
#include <string.h>

struct counting {
    struct transfer_done *done;
    uint64_t bytes;
};

static enum aula_code count_one(void *context, const struct store_record *row,
                                struct aula_error *err)
{
    struct counting *counting = context;

    if (row->kind < 1 || row->kind > BATCH_KINDS) {
        return aula_fail(err, AULA_STORE_DAMAGED, "record %llu has no kind",
                         (unsigned long long)row->seq);
    }
    counting->done->count++;
    counting->done->kinds[row->kind - 1]++;
    counting->bytes += row->size;
    return AULA_OK;
}

/* The records of a batch, one a call. */
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

static enum aula_code put(void *context, const uint8_t *bytes, size_t size,
                          struct aula_error *err)
{
    struct transfer_file *file = context;

    (void)crypto_generichash_update(&file->state, bytes, size);
    file->size += size;
    return file_writer_put(file->writer, bytes, size, err);
}

static void fill_head(struct batch_head *head, const struct terminal *terminal,
                      const struct store_export *made,
                      const struct transfer_done *done)
{
    *head = (struct batch_head){.number = made->number,
                                .first_seq = made->first_seq,
                                .last_seq = made->last_seq,
                                .count = done->count,
                                .time = made->time,
                                .certificate = terminal->certificate_bytes,
                                .certificate_size =
                                    terminal->certificate_size};
    memcpy(head->eid, terminal->package.hash, sizeof head->eid);
    memcpy(head->tid, terminal->tid, sizeof head->tid);
    memcpy(head->kinds, done->kinds, sizeof head->kinds);
    memcpy(head->prev, made->prev, sizeof head->prev);
}

static enum aula_code write_all(struct transfer_file *file,
                                struct transfer_done *done,
                                struct terminal *terminal,
                                const struct store_export *made,
                                uint64_t bytes, struct aula_error *err)
{
    struct giving *giving = calloc(1, sizeof *giving);
    struct batch_parties parties = {
        .package_hash = terminal->package.hash,
        .terminal_secret = terminal->secrets->sign,
        .office_transport = terminal->package.office_transport};
    struct batch_source source = {give, giving, bytes};
    struct batch_sink sink = {put, file};
    struct batch_head head;
    enum aula_code code;

    if (giving == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory for a record");
    }
    giving->store = terminal->store;
    giving->next_seq = made->first_seq;
    fill_head(&head, terminal, made, done);
    code = batch_write(done->hash, &head, &parties, &source, &sink, err);
    free(giving);
    return code;
}

enum aula_code transfer_file_write(struct transfer_file *file,
                                   struct transfer_done *done,
                                   struct terminal *terminal,
                                   const char *folder,
                                   const struct store_export *made,
                                   struct aula_error *err)
{
    struct counting counting = {done, 0};
    enum aula_code code;

    *done = (struct transfer_done){.number = made->number,
                                   .first_seq = made->first_seq,
                                   .last_seq = made->last_seq};
    batch_file_name(done->name, terminal->package.hash, terminal->tid,
                    made->number);
    code = place_in(file->path, folder, done->name, err);
    if (code == AULA_OK) {
        code = store_walk_records(terminal->store, made->first_seq,
                                  made->last_seq, count_one, &counting, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    (void)crypto_generichash_init(&file->state, NULL, 0, FILE_HASH_BYTES);
    code = file_writer_open(&file->writer, file->path, 0644, err);
    if (file->writer == NULL) {
        return code;
    }
    return write_all(file, done, terminal, made, counting.bytes, err);
}

enum aula_code transfer_file_commit(struct transfer_file *file,
                                    struct aula_error *err)
{
    uint8_t hash[FILE_HASH_BYTES];
    enum aula_code code = file_writer_commit(file->writer, false, err);

    file->writer = NULL;
    (void)crypto_generichash_final(&file->state, hash, sizeof hash);
    if (code == AULA_OK) {
        code = file_read_back(file->path, hash, file->size, err);
        if (code != AULA_OK) {
            (void)!file_remove(file->path, NULL);
        }
    }
    return code;
}

void transfer_file_abort(struct transfer_file *file)
{
    file_writer_abort(file->writer);
    file->writer = NULL;
}
