/* SPDX-License-Identifier: Apache-2.0 */
/* See transfer_file.h. */
#include "transfer_file.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* "17.batch" is number 17. */
static uint32_t number_of(const char *text)
{
    char *end = NULL;
    unsigned long long number;

    if (text[0] < '1' || text[0] > '9') {
        return 0;
    }
    number = strtoull(text, &end, 10);
    return number <= UINT32_MAX && strcmp(end, ".batch") == 0 ? (uint32_t)number
                                                              : 0;
}

enum aula_code transfer_file_highest(uint32_t *number,
                                     const struct terminal *terminal,
                                     const char *folder, struct aula_error *err)
{
    char name[BATCH_NAME_BYTES];
    size_t size;
    const struct dirent *entry;
    DIR *open = opendir(folder);
    enum aula_code code = AULA_OK;

    if (open == NULL) {
        return aula_fail(err, AULA_IO, "%s: %s", folder, strerror(errno));
    }
    batch_file_name(name, terminal->package.hash, terminal->tid, 1);
    size = strlen(name) - strlen("1.batch");
    *number = 0;
    errno = 0;
    while ((entry = readdir(open)) != NULL) {
        if (strncmp(entry->d_name, name, size) == 0 &&
            number_of(entry->d_name + size) > *number) {
            *number = number_of(entry->d_name + size);
        }
        errno = 0;
    }
    if (errno != 0) {
        code = aula_fail(err, AULA_IO, "%s: %s", folder, strerror(errno));
    }
    (void)closedir(open);
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

/* Before anything is written, and not only when the name is given. */
static enum aula_code check_name(const struct transfer_file *file,
                                 struct aula_error *err)
{
    struct stat status;

    return file->is_new && lstat(file->path, &status) == 0
               ? aula_fail(err, AULA_STATE,
                           "%s: there is one already, of a number that is new "
                           "here",
                           file->path)
               : AULA_OK;
}

static enum aula_code read_back(struct transfer_file *file,
                                struct aula_error *err)
{
    uint8_t hash[FILE_HASH_BYTES];

    (void)crypto_generichash_final(&file->state, hash, sizeof hash);
    return file_writer_read_back(file->writer, hash, file->size, err);
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
    file->is_new = plan->is_new;
    code = place_in(file->path, folder, done->name, err);
    if (code == AULA_OK) {
        code = check_name(file, err);
    }
    if (code == AULA_OK) {
        code = file_writer_open(&file->writer, file->path, 0644, err);
    }
    if (file->writer == NULL) {
        return code;
    }
    fill_head(&head, terminal, plan);
    code = batch_write(done->hash, &head, &parties, source, &sink, err);
    return code == AULA_OK ? read_back(file, err) : code;
}

enum aula_code transfer_file_commit(struct transfer_file *file,
                                    struct aula_error *err)
{
    enum aula_code code = file_writer_commit(file->writer, file->is_new, err);

    file->writer = NULL;
    return code;
}

void transfer_file_abort(struct transfer_file *file)
{
    file_writer_abort(file->writer);
    file->writer = NULL;
}
