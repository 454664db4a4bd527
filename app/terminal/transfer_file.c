/* SPDX-License-Identifier: Apache-2.0 */
/* See transfer_file.h. */
#include "transfer_file.h"

#include <string.h>

static enum aula_code put(void *context, const uint8_t *bytes, size_t size,
                          struct aula_error *err)
{
    struct transfer_file *file = context;

    (void)crypto_generichash_update(&file->state, bytes, size);
    file->size += size;
    return file_writer_put(file->writer, bytes, size, err);
}

static void fill_head(struct batch_head *head, const struct terminal *terminal,
                      const struct transfer_plan *plan)
{
    const struct store_export *made = &plan->made;

    *head = (struct batch_head){.number = made->number,
                                .first_seq = made->first_seq,
                                .last_seq = made->last_seq,
                                .count = plan->count,
                                .time = made->time,
                                .certificate = terminal->certificate_bytes,
                                .certificate_size = terminal->certificate_size};
    memcpy(head->eid, terminal->package.hash, sizeof head->eid);
    memcpy(head->tid, terminal->tid, sizeof head->tid);
    memcpy(head->kinds, plan->kinds, sizeof head->kinds);
    memcpy(head->prev, made->prev, sizeof head->prev);
}

enum aula_code
transfer_file_write(struct transfer_file *file, struct transfer_done *done,
                    const struct terminal *terminal, const char *folder,
                    const struct transfer_plan *plan,
                    const struct batch_source *source, struct aula_error *err)
{
    struct batch_parties parties = {
        .package_hash = terminal->package.hash,
        .terminal_secret = terminal->secrets->sign,
        .office_transport = terminal->package.office_transport};
    struct batch_sink sink = {put, file};
    struct batch_head head;
    enum aula_code code;

    *done = (struct transfer_done){.number = plan->made.number,
                                   .first_seq = plan->made.first_seq,
                                   .last_seq = plan->made.last_seq,
                                   .count = plan->count};
    memcpy(done->kinds, plan->kinds, sizeof done->kinds);
    batch_file_name(done->name, terminal->package.hash, terminal->tid,
                    done->number);
    (void)crypto_generichash_init(&file->state, NULL, 0, FILE_HASH_BYTES);
    code = place_in(file->path, folder, done->name, err);
    if (code == AULA_OK) {
        code = file_writer_open(&file->writer, file->path, 0644, err);
    }
    if (file->writer == NULL) {
        return code;
    }
    fill_head(&head, terminal, plan);
    return batch_write(done->hash, &head, &parties, source, &sink, err);
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
