/* SPDX-License-Identifier: Apache-2.0 */
/* Writing whole files; see file.h, promises 2 and 3. */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct file_writer {
    int file;
    char *path;
    char *part; /* where it is written meanwhile */
};

static enum aula_code fail(const char *path, const char *doing,
                           struct aula_error *err)
{
    int number = errno;

    return aula_fail(err, file_code_of(number), "%s: %s: %s", path, doing,
                     strerror(number));
}

static void free_writer(struct file_writer *writer)
{
    free(writer->path);
    free(writer->part);
    free(writer);
}

enum aula_code file_writer_open(struct file_writer **writer, const char *path,
                                unsigned mode, struct aula_error *err)
{
    struct file_writer *made = calloc(1, sizeof *made);
    size_t size = strlen(path) + sizeof ".part";
    enum aula_code code;

    *writer = NULL;
    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "%s: no memory", path);
    }
    made->path = strdup(path);
    made->part = malloc(size);
    if (made->path == NULL || made->part == NULL) {
        free_writer(made);
        return aula_fail(err, AULA_MEMORY, "%s: no memory", path);
    }
    (void)snprintf(made->part, size, "%s.part", path);
    /* A rest of an earlier try may lie there, or a trap: neither is used. */
    (void)unlink(made->part);
    made->file = open(made->part,
                      O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
                      (mode_t)mode);
    if (made->file < 0) {
        code = fail(path, "write", err);
        free_writer(made);
        return code;
    }
    *writer = made;
    return AULA_OK;
}

enum aula_code file_writer_put(struct file_writer *writer, const void *bytes,
                               size_t size, struct aula_error *err)
{
    const uint8_t *next = bytes;

    while (size > 0) {
        ssize_t put = write(writer->file, next, size);

        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            return fail(writer->path, "write", err);
        }
        next += put;
        size -= (size_t)put;
    }
    return AULA_OK;
}

enum aula_code file_writer_read_back(struct file_writer *writer,
                                     const uint8_t hash[static FILE_HASH_BYTES],
                                     uint64_t size, struct aula_error *err)
{
    return fsync(writer->file) == 0
               ? file_read_back(writer->part, hash, size, err)
               : fail(writer->path, "flush", err);
}

static enum aula_code flush_folder(const char *path, struct aula_error *err)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL   ? strdup(".")
                   : slash == path ? strdup("/")
                                   : strndup(path, (size_t)(slash - path));
    enum aula_code code = AULA_OK;
    int file = -1;

    if (folder == NULL) {
        return aula_fail(err, AULA_MEMORY, "%s: no memory", path);
    }
    file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0 || fsync(file) != 0) {
        code = fail(folder, "flush", err);
    }
    if (file >= 0) {
        (void)close(file);
    }
    free(folder);
    return code;
}

/* link() refuses what is there already, rename() takes its place. FAT knows no
 * links; a stick has one writer, so a look before does there. */
static enum aula_code give_name(const struct file_writer *writer, bool is_new,
                                struct aula_error *err)
{
    struct stat status;

    if (is_new && link(writer->part, writer->path) == 0) {
        return unlink(writer->part) == 0 ? AULA_OK
                                         : fail(writer->path, "rename", err);
    }
    if (is_new && (errno == EEXIST || lstat(writer->path, &status) == 0)) {
        return aula_fail(err, AULA_STATE, "%s: there is one already",
                         writer->path);
    }
    return rename(writer->part, writer->path) == 0
               ? AULA_OK
               : fail(writer->path, "rename", err);
}

enum aula_code file_writer_commit(struct file_writer *writer, bool is_new,
                                  struct aula_error *err)
{
    enum aula_code code = AULA_OK;
    int file = writer->file;

    if (fsync(file) != 0) {
        code = fail(writer->path, "flush", err);
    }
    if (close(file) != 0 && code == AULA_OK) {
        code = fail(writer->path, "close", err);
    }
    if (code == AULA_OK) {
        code = give_name(writer, is_new, err);
    }
    if (code == AULA_OK) {
        code = flush_folder(writer->path, err);
    } else {
        (void)unlink(writer->part);
    }
    free_writer(writer);
    return code;
}

void file_writer_abort(struct file_writer *writer)
{
    if (writer != NULL) {
        (void)close(writer->file);
        (void)unlink(writer->part);
        free_writer(writer);
    }
}

static enum aula_code write_file(const char *path, const void *bytes,
                                 size_t size, unsigned mode, bool is_new,
                                 struct aula_error *err)
{
    struct file_writer *writer = NULL;
    enum aula_code code = file_writer_open(&writer, path, mode, err);

    if (writer == NULL) {
        return code;
    }
    code = file_writer_put(writer, bytes, size, err);
    if (code != AULA_OK) {
        file_writer_abort(writer);
        return code;
    }
    return file_writer_commit(writer, is_new, err);
}

enum aula_code file_write(const char *path, const void *bytes, size_t size,
                          unsigned mode, struct aula_error *err)
{
    return write_file(path, bytes, size, mode, false, err);
}

enum aula_code file_write_new(const char *path, const void *bytes, size_t size,
                              unsigned mode, struct aula_error *err)
{
    return write_file(path, bytes, size, mode, true, err);
}

enum aula_code file_move(const char *from, const char *to,
                         struct aula_error *err)
{
    struct stat status;
    enum aula_code code;

    if (lstat(to, &status) == 0) {
        return aula_fail(err, AULA_STATE, "%s: there is one already", to);
    }
    if (rename(from, to) != 0) {
        return fail(from, "move", err);
    }
    code = flush_folder(to, err);
    return code == AULA_OK ? flush_folder(from, err) : code;
}

enum aula_code file_make_folder(const char *path, bool is_private,
                                struct aula_error *err)
{
    struct stat status;

    if (mkdir(path, is_private ? 0700 : 0755) == 0) {
        return flush_folder(path, err);
    }
    if (errno != EEXIST) {
        return fail(path, "make a folder", err);
    }
    if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode)) {
        return aula_fail(err, AULA_IO, "%s: not a folder", path);
    }
    return AULA_OK;
}

enum aula_code file_remove(const char *path, struct aula_error *err)
{
    if (unlink(path) != 0) {
        return errno == ENOENT ? AULA_OK : fail(path, "remove", err);
    }
    return flush_folder(path, err);
}
