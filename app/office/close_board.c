/* SPDX-License-Identifier: Apache-2.0 */
/* See close.h: the board as a folder (PROTOCOL.md section 14), up to
 * closing.bin, which goes first: it tells another run whose rest this is. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "blame.h"
#include "bytes.h"
#include "close.h"
#include "file.h"

enum { TID_TEXT = 2 * TERMINAL_ID_BYTES + 1, NAME_BYTES = 64 };

/* A board that is being written. */
struct writing {
    struct close *close;
    char folder[PLACE_BYTES]; /* BOARD.part */
    struct progress *progress;
    uint64_t done; /* records */
};

/* A file of records, which is made when the first of them comes. */
struct record_file {
    struct writing *writing;
    char path[PLACE_BYTES];
    struct file_writer *writer; /* NULL: no record came */
};

static bool is_there(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0 || errno != ENOENT;
}

enum aula_code close_check_place(const char *board, struct aula_error *err)
{
    return is_there(board)
               ? aula_fail(err, AULA_STATE,
                           "%s: something stands there already", board)
               : AULA_OK;
}

/* ---- pieces */

static enum aula_code put(const struct writing *writing, const char *name,
                          const uint8_t *bytes, size_t size,
                          struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, writing->folder, name, err);

    return code != AULA_OK || bytes == NULL
               ? code
               : file_write(path, bytes, size, 0644, err);
}

static enum aula_code make_folder(const struct writing *writing,
                                  const char *name, struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, writing->folder, name, err);

    return code == AULA_OK ? file_make_folder(path, false, err) : code;
}

/* ---- the folder */

/* What lies in BOARD.part is used again where it is of this closing; a folder
 * that is empty is nobody's. */
static enum aula_code take_rest(const struct writing *writing,
                                struct aula_error *err)
{
    const struct close *close = writing->close;
    char path[PLACE_BYTES];
    uint8_t *bytes = NULL;
    size_t size = 0;
    bool is_ours;
    enum aula_code code = place_in(path, writing->folder, CLOSE_FILE, err);

    if (code != AULA_OK || rmdir(writing->folder) == 0) {
        return code;
    }
    code = file_read(&bytes, &size, path, close->size, NULL);
    is_ours = code == AULA_OK && size == close->size &&
              memcmp(bytes, close->bytes, size) == 0;
    free(bytes);
    return is_ours ? AULA_OK
                   : aula_fail(err, AULA_STATE,
                               "%s: the rest of something else: take it away",
                               writing->folder);
}

static enum aula_code start_folder(struct writing *writing, const char *board,
                                   struct aula_error *err)
{
    const struct close *close = writing->close;
    int size = snprintf(writing->folder, sizeof writing->folder, "%s.part",
                        board);
    enum aula_code code = AULA_OK;

    if (size < 0 || (size_t)size >= sizeof writing->folder) {
        return aula_fail(err, AULA_BAD_FIELD, "%s: the path is too long",
                         board);
    }
    if (is_there(writing->folder)) {
        code = take_rest(writing, err);
    }
    if (code == AULA_OK) {
        code = file_make_folder(writing->folder, false, err);
    }
    return code == AULA_OK
               ? put(writing, CLOSE_FILE, close->bytes, close->size, err)
               : code;
}

/* ---- package and content */

/* The folders that a path of the content lies in, from the top. */
static enum aula_code make_parents(const struct writing *writing,
                                   const char *path, struct aula_error *err)
{
    char part[PLACE_BYTES];
    enum aula_code code = AULA_OK;

    for (const char *slash = strchr(path, '/');
         slash != NULL && code == AULA_OK; slash = strchr(slash + 1, '/')) {
        (void)snprintf(part, sizeof part, "%.*s", (int)(slash - path), path);
        code = make_folder(writing, part, err);
    }
    return code;
}

static enum aula_code put_content_file(const struct writing *writing,
                                       const struct manifest_row *row,
                                       struct aula_error *err)
{
    char path[sizeof "content/" + MANIFEST_PATH_MAX];
    size_t size = (size_t)row->size;
    uint8_t *bytes = malloc(size + 1);
    enum aula_code code;

    (void)snprintf(path, sizeof path, "content/%.*s", (int)row->path_size,
                   row->path);
    if (bytes == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    code = container_read_row(&writing->close->content, bytes, row, err);
    code = blame_file(err, code, path);
    if (code == AULA_OK) {
        code = make_parents(writing, path, err);
    }
    if (code == AULA_OK) {
        code = put(writing, path, bytes, size, err);
    }
    free(bytes);
    return code;
}

static enum aula_code put_content(const struct writing *writing,
                                  struct aula_error *err)
{
    const struct desk_election *election = writing->close->election;
    const struct container *content = &writing->close->content;
    enum aula_code code = put(writing, "package.bin", election->bytes,
                              election->size, err);

    if (code == AULA_OK) {
        code = make_folder(writing, "content", err);
    }
    if (code == AULA_OK) {
        code = put(writing, "content/manifest.bin", content->manifest_bytes,
                   content->manifest_size, err);
    }
    for (size_t i = 0; i < content->manifest.count && code == AULA_OK; i++) {
        code = put_content_file(writing, &content->manifest.rows[i], err);
    }
    return code;
}

/* ---- records */

static enum aula_code put_record(struct record_file *file,
                                 const struct archive_record *record,
                                 struct aula_error *err)
{
    struct writing *writing = file->writing;
    uint8_t length[4];
    enum aula_code code = AULA_OK;

    if (file->writer == NULL) {
        code = file_writer_open(&file->writer, file->path, 0644, err);
    }
    put_le32(length, (uint32_t)record->size);
    if (code == AULA_OK) {
        code = file_writer_put(file->writer, length, sizeof length, err);
    }
    if (code == AULA_OK) {
        code = file_writer_put(file->writer, record->bytes, record->size, err);
    }
    progress_step(writing->progress, ++writing->done,
                  writing->close->status.counts.records);
    return code;
}

/* Called in the order of a board's file: by seq, then hash. */
static enum aula_code take_record(void *context,
                                  const struct archive_record *record,
                                  struct aula_error *err)
{
    return record->error == AULA_OK ? put_record(context, record, err)
                                    : AULA_OK;
}

static enum aula_code take_quarantined(void *context,
                                       const struct archive_record *record,
                                       struct aula_error *err)
{
    return put_record(context, record, err);
}

static enum aula_code end_file(struct record_file *file, enum aula_code code,
                               struct aula_error *err)
{
    if (file->writer == NULL) {
        return code;
    }
    if (code == AULA_OK) {
        return file_writer_commit(file->writer, false, err);
    }
    file_writer_abort(file->writer);
    return code;
}

static enum aula_code put_terminal(struct writing *writing, size_t which,
                                   struct aula_error *err)
{
    const struct import_certificates *list =
        &writing->close->status.certificates;
    const struct certificate *one = &list->items[which];
    struct record_file file = {.writing = writing};
    char name[NAME_BYTES];
    char tid[TID_TEXT];
    enum aula_code code;

    (void)sodium_bin2hex(tid, sizeof tid, one->tid, TERMINAL_ID_BYTES);
    (void)snprintf(name, sizeof name, "terminals/%s.cert", tid);
    code = put(writing, name, list->bytes[which],
               CERTIFICATE_BYTES(one->label.size, one->count), err);
    (void)snprintf(name, sizeof name, "records/%s.rec", tid);
    if (code == AULA_OK) {
        code = place_in(file.path, writing->folder, name, err);
    }
    if (code == AULA_OK) {
        code = archive_each_record(writing->close->archive, one->tid,
                                   take_record, &file, err);
    }
    return end_file(&file, code, err);
}

static enum aula_code put_quarantine(struct writing *writing,
                                     struct aula_error *err)
{
    struct record_file file = {.writing = writing};
    enum aula_code code = place_in(file.path, writing->folder, "quarantine.rec",
                                   err);

    if (code == AULA_OK) {
        code = archive_each_quarantined(writing->close->archive,
                                        take_quarantined, &file, err);
    }
    return end_file(&file, code, err);
}

static enum aula_code put_terminals(struct writing *writing,
                                    struct aula_error *err)
{
    size_t count = writing->close->status.certificates.count;
    enum aula_code code = make_folder(writing, "terminals", err);

    if (code == AULA_OK) {
        code = make_folder(writing, "records", err);
    }
    for (size_t i = 0; i < count && code == AULA_OK; i++) {
        code = put_terminal(writing, i, err);
    }
    return code == AULA_OK ? put_quarantine(writing, err) : code;
}

/* ---- what the office laid down */

static enum aula_code put_papers(const struct writing *writing,
                                 struct aula_error *err)
{
    const struct status *status = &writing->close->status;
    const struct desk_registers *registers = &status->registers;
    const struct desk_ruled *ruled = &status->ruled;
    enum aula_code code = put(writing, "register.bin", registers->bytes[0],
                              registers->sizes[0], err);

    if (code == AULA_OK) {
        code = put(writing, "register-late.bin", registers->bytes[1],
                   registers->sizes[1], err);
    }
    if (code == AULA_OK) {
        code = put(writing, DESK_RULINGS, ruled->rulings_bytes,
                   ruled->rulings_size, err);
    }
    if (code == AULA_OK) {
        code = put(writing, DESK_ELSEWHERE, ruled->elsewhere_bytes,
                   ruled->elsewhere_size, err);
    }
    return code == AULA_OK ? make_folder(writing, "approve", err) : code;
}

enum aula_code close_write(struct close *close, const char *board,
                           struct progress *progress, struct aula_error *err)
{
    struct writing writing = {.close = close, .progress = progress};
    enum aula_code code = close_check_place(board, err);

    if (code == AULA_OK) {
        code = start_folder(&writing, board, err);
    }
    if (code == AULA_OK) {
        code = put_content(&writing, err);
    }
    if (code == AULA_OK) {
        code = put_terminals(&writing, err);
    }
    if (code == AULA_OK) {
        code = put_papers(&writing, err);
    }
    return code == AULA_OK ? file_move(writing.folder, board, err) : code;
}
