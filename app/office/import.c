/* SPDX-License-Identifier: Apache-2.0 */
/* See import.h: opening, certificates, and one file. */
#include "import.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "import_parts.h"

/* Every SQLite file begins with it, its NUL included. */
static const char sqlite_magic[16] = "SQLite format 3";

/* ---- certificates */

/* Records of a terminal whose judgement another certificate changes. */
struct again {
    struct import *import;
    struct {
        uint64_t seq;
        uint8_t hash[HASH_BYTES];
        enum aula_code error;
    } * changes;
    size_t count;
};

static enum aula_code judge_again(void *context,
                                  const struct archive_record *record,
                                  struct aula_error *err)
{
    struct again *again = context;
    struct record_election election = import_records(again->import);
    struct record read;
    enum aula_code code = record_check(&read, &election, record->bytes,
                                       record->size);
    void *more = NULL;

    if (code == record->error) {
        return AULA_OK;
    }
    more = realloc(again->changes, (again->count + 1) * sizeof *again->changes);
    if (code == AULA_MEMORY || more == NULL) {
        free(more != NULL ? more : again->changes);
        again->changes = NULL;
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    again->changes = more;
    again->changes[again->count].seq = record->seq;
    again->changes[again->count].error = code;
    memcpy(again->changes[again->count].hash, record->hash, HASH_BYTES);
    again->count++;
    return AULA_OK;
}

static enum aula_code judge_terminal(struct import *import, const uint8_t *tid,
                                     struct aula_error *err)
{
    struct again again = {.import = import};
    enum aula_code code = archive_each_record(import->archive, tid, judge_again,
                                              &again, err);

    for (size_t i = 0; i < again.count && code == AULA_OK; i++) {
        code = archive_set_error(import->archive, tid, again.changes[i].seq,
                                 again.changes[i].hash, again.changes[i].error,
                                 err);
    }
    free(again.changes);
    return code;
}

enum aula_code import_add_certificate(struct import *import,
                                      const struct certificate *certificate,
                                      const uint8_t *bytes, size_t size,
                                      struct aula_error *err)
{
    uint8_t tid[TERMINAL_ID_BYTES];
    bool is_kept = false;
    bool is_second = false;
    enum aula_code code;

    memcpy(tid, certificate->tid, sizeof tid);
    code = archive_add_certificate(import->archive, &is_kept, tid, bytes, size,
                                   err);
    if (code != AULA_OK || !is_kept) {
        return code;
    }
    import->has_new_certificate = true;
    code = import_certificates_put(&import->certificates, &is_second,
                                   &import->election->package, bytes, size,
                                   err);
    return code == AULA_OK && is_second ? judge_terminal(import, tid, err)
                                        : code;
}

static enum aula_code read_certificates(struct import *import,
                                        struct aula_error *err)
{
    import_certificates_close(&import->certificates);
    import->has_new_certificate = false;
    return import_certificates_read(&import->certificates, import->archive,
                                    &import->election->package, err);
}

/* Those that the office issued are known before a batch brings them. */
static enum aula_code add_own(struct import *import, struct aula_error *err)
{
    struct desk_terminals terminals = {NULL, 0};
    enum aula_code code = desk_election_terminals(&terminals, import->election,
                                                  err);

    if (code == AULA_OK) {
        code = archive_begin(import->archive, err);
    }
    for (size_t i = 0; i < terminals.count && code == AULA_OK; i++) {
        const struct desk_terminal *terminal = &terminals.items[i];

        code = import_add_certificate(import, &terminal->certificate,
                                      terminal->bytes, terminal->size, err);
    }
    if (code == AULA_OK) {
        code = archive_commit(import->archive, err);
    }
    desk_terminals_close(&terminals);
    return code;
}

/* ---- opening */

static enum aula_code open_archive(struct import *import,
                                   struct aula_error *err)
{
    enum aula_code code = place_in(import->path, import->election->folder,
                                   ARCHIVE_FILE, err);

    if (code == AULA_OK) {
        code = archive_open(&import->archive, import->path,
                            import->election->package.hash, ARCHIVE_WRITE, err);
    }
    if (code == AULA_OK) {
        code = read_certificates(import, err);
    }
    return code == AULA_OK ? add_own(import, err) : code;
}

static void free_slice(struct import_slice *slice)
{
    if (slice != NULL) {
        free(slice->room);
    }
    free(slice);
}

static enum aula_code make_slice(struct import_slice **slice,
                                 struct aula_error *err)
{
    *slice = calloc(1, sizeof **slice);
    if (*slice != NULL) {
        (*slice)->room = malloc((size_t)IMPORT_SLICE * RECORD_BYTES_MAX);
    }
    return *slice != NULL && (*slice)->room != NULL
               ? AULA_OK
               : aula_fail(err, AULA_MEMORY, "no memory");
}

enum aula_code import_open(struct import **import,
                           const struct desk_election *election,
                           const struct desk *desk, const struct clock *clock,
                           unsigned threads, struct aula_error *err)
{
    struct import *made = calloc(1, sizeof *made);
    enum aula_code code;

    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    made->election = election;
    made->desk = desk;
    made->clock = *clock;
    code = make_slice(&made->slice, err);
    if (code == AULA_OK) {
        code = make_slice(&made->checked, err);
    }
    if (code == AULA_OK) {
        code = desk_ruled_read(&made->ruled, election, err);
    }
    if (code == AULA_OK) {
        code = ballot_key_open(&made->key, election->package.key, err);
    }
    if (code == AULA_OK) {
        code = pool_open(&made->pool, threads, err);
    }
    if (code == AULA_OK) {
        code = open_archive(made, err);
    }
    if (code != AULA_OK) {
        import_close(made);
        return code;
    }
    *import = made;
    return AULA_OK;
}

void import_close(struct import *import)
{
    if (import == NULL) {
        return;
    }
    archive_close(import->archive);
    import_certificates_close(&import->certificates);
    pool_close(import->pool);
    ballot_key_close(import->key);
    desk_ruled_close(&import->ruled);
    free_slice(import->slice);
    free_slice(import->checked);
    free(import);
}

void import_show(struct import *import, struct progress *progress,
                 uint64_t done, uint64_t total)
{
    import->progress = progress;
    import->done = done;
    import->total = total;
}

/* ---- one file */

/* The archive itself may not even be opened: POSIX takes the locks that a
 * process has on a file away when it closes any other handle of it. */
static bool is_own(const struct import *import, const char *path)
{
    struct stat own;
    struct stat other;

    return stat(import->path, &own) == 0 && stat(path, &other) == 0 &&
           own.st_dev == other.st_dev && own.st_ino == other.st_ino;
}

static enum aula_code open_file(const struct import *import, int *file,
                                uint64_t *size, const char *path,
                                struct aula_error *err)
{
    struct stat status;

    if (is_own(import, path)) {
        return aula_fail(err, AULA_STATE, "this is the archive itself");
    }
    /* O_NONBLOCK: a pipe under the name would hold the open up. */
    *file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (*file < 0) {
        return aula_fail(err, AULA_IO, "%s",
                         errno == ELOOP ? "a symbolic link" : strerror(errno));
    }
    if (fstat(*file, &status) != 0 || !S_ISREG(status.st_mode)) {
        return aula_fail(err, AULA_IO, "not a regular file");
    }
    *size = (uint64_t)status.st_size;
    return AULA_OK;
}

/* What was begun is taken back, in memory as well. */
static enum aula_code take_back(struct import *import, struct aula_error *err)
{
    archive_rollback(import->archive);
    import->slice->count = 0;
    import->checked->count = 0;
    return import->has_new_certificate ? read_certificates(import, err)
                                       : AULA_OK;
}

static enum aula_code import_open_file(struct import *import,
                                       struct import_report *report,
                                       bool *is_file, const char *path,
                                       int file, uint64_t size,
                                       struct aula_error *err)
{
    char magic[sizeof sqlite_magic];
    enum aula_code code;

    report->is_archive = pread(file, magic, sizeof magic, 0) ==
                             (ssize_t)sizeof magic &&
                         memcmp(magic, sqlite_magic, sizeof magic) == 0;
    code = archive_begin(import->archive, err);
    if (code != AULA_OK) {
        return code;
    }
    code = report->is_archive
               ? import_archive(import, report, is_file, path, size, err)
               : import_batch(import, report, is_file, path, file, size, err);
    return code == AULA_OK ? archive_commit(import->archive, err) : code;
}

static void forget_counts(struct import_report *report)
{
    report->has_twin = false;
    report->fresh = 0;
    report->held = 0;
    report->forked = 0;
    report->quarantined = 0;
    report->left_out = 0;
}

enum aula_code import_file(struct import *import, struct import_report *report,
                           const char *path, struct aula_error *err)
{
    struct aula_error why = {.code = AULA_OK};
    struct aula_error worse = {.code = AULA_OK};
    uint64_t size = 0;
    bool is_file = true;
    int file = -1;
    enum aula_code code;

    *report = (struct import_report){.refused = AULA_OK};
    import->has_new_certificate = false;
    code = open_file(import, &file, &size, path, &why);
    if (code == AULA_OK) {
        is_file = false;
        code = import_open_file(import, report, &is_file, path, file, size,
                                &why);
    }
    if (file >= 0) {
        (void)close(file);
    }
    if (code != AULA_OK && take_back(import, &worse) != AULA_OK) {
        return aula_fail(err, worse.code, "%s", worse.message);
    }
    if (code != AULA_OK && !is_file) {
        return aula_fail(err, code, "%s", why.message);
    }
    if (code != AULA_OK) {
        forget_counts(report);
    }
    report->refused = code;
    memcpy(report->reason, why.message, sizeof report->reason);
    return AULA_OK;
}
