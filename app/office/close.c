/* SPDX-License-Identifier: Apache-2.0 */
/* See close.h: what is read and checked before a closing is signed, and the
 * signature. */
#include "close.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "blame.h"
#include "desk_election_parts.h"
#include "file.h"
#include "moment.h"

static enum aula_code check_time(const struct package *package, uint64_t now,
                                 struct aula_error *err)
{
    char closes[MOMENT_BYTES];

    moment_write(closes, package->closes, 0);
    return now > package->closes
               ? AULA_OK
               : aula_fail(err, AULA_CLOSING_EARLY,
                           "the voting is not over: it closes %s", closes);
}

/* ---- registers and certificates have to say the same (section 14, step 5) */

static enum aula_code refuse_terminal(const uint8_t *tid, const char *reason,
                                      struct aula_error *err)
{
    char text[2 * TERMINAL_ID_BYTES + 1];

    (void)sodium_bin2hex(text, sizeof text, tid, TERMINAL_ID_BYTES);
    return aula_fail(err, AULA_STATE, "terminal %s: %s", text, reason);
}

static bool is_registered(const struct desk_registers *registers,
                          const uint8_t *tid)
{
    return register_has(&registers->lists[0], tid) ||
           (registers->bytes[1] != NULL &&
            register_has(&registers->lists[1], tid));
}

static enum aula_code check_certified(const struct status *status, size_t which,
                                      struct aula_error *err)
{
    const struct terminals_register *list = &status->registers.lists[which];

    for (size_t i = 0; i < list->count; i++) {
        const uint8_t *tid = list->tids + i * TERMINAL_ID_BYTES;

        if (import_certificates_find(&status->certificates, tid) == NULL) {
            return refuse_terminal(tid,
                                   "registered, but its certificate is not "
                                   "here: import its batches, or the archive "
                                   "of the office that certified it",
                                   err);
        }
    }
    return AULA_OK;
}

static enum aula_code check_terminals(const struct close *close,
                                      struct aula_error *err)
{
    const struct status *status = &close->status;
    enum aula_code code = AULA_OK;

    if (status->registers.bytes[0] == NULL) {
        code = aula_fail(err, AULA_STATE,
                         "no register.bin: aula office register makes it");
        return blame_file(err, code, close->election->folder);
    }
    for (size_t i = 0; i < status->certificates.count; i++) {
        const uint8_t *tid = status->certificates.items[i].tid;

        if (!is_registered(&status->registers, tid)) {
            return refuse_terminal(tid,
                                   "certified, but in no register: aula "
                                   "office register --late lists it",
                                   err);
        }
    }
    for (size_t i = 0; i < 2 && code == AULA_OK; i++) {
        if (status->registers.bytes[i] != NULL) {
            code = check_certified(status, i, err);
        }
    }
    return code;
}

/* ---- content and archive */

static enum aula_code open_content(struct close *close, const char *content,
                                   struct aula_error *err)
{
    const struct package *package = &close->election->package;
    struct container_source source = {.size = 0};
    char path[PLACE_BYTES];
    enum aula_code code = content != NULL
                              ? place_at(path, content, err)
                              : place_in(path, close->election->folder,
                                         DESK_CONTENT, err);

    if (code == AULA_OK) {
        code = filesource_open(&close->file, &source, path, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    code = container_open(&close->content, package->office_key, &source, err);
    if (code == AULA_OK &&
        memcmp(close->content.package.hash, package->hash, HASH_BYTES) != 0) {
        code = aula_fail(err, AULA_WRONG_ELECTION, "of another election");
    }
    if (code == AULA_OK) {
        code = container_check_all(&close->content, err);
    }
    return blame_file(err, code, path);
}

/* Nobody may have imported between the count and this. */
static enum aula_code open_archive(struct close *close, struct aula_error *err)
{
    const struct archive_counts *seen = &close->status.counts;
    struct archive_counts counts = {.records = 0};
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, close->election->folder, ARCHIVE_FILE,
                                   err);

    if (code == AULA_OK) {
        code = archive_open(&close->archive, path,
                            close->election->package.hash, ARCHIVE_READ, err);
    }
    if (close->archive == NULL) {
        return code;
    }
    code = archive_count(close->archive, &counts, err);
    return code == AULA_OK && (counts.records != seen->records ||
                               counts.quarantined != seen->quarantined)
               ? aula_fail(err, AULA_STORE_BUSY,
                           "%s: records came meanwhile: start again", path)
               : code;
}

/* ---- the closing */

/* A record of the archive, as the counted lists are read. */
struct lookup {
    struct close *close;
    const struct counting_ballot *ballot;
    uint8_t ciphertext[RECORD_BYTES_MAX];
};

static enum aula_code take_ciphertext(void *context,
                                      const struct archive_record *record,
                                      struct aula_error *err)
{
    struct lookup *lookup = context;
    struct record read;

    if (memcmp(record->hash, lookup->ballot->hash, HASH_BYTES) != 0 ||
        record_read(&read, &lookup->close->election->package, record->bytes,
                    record->size) != AULA_OK ||
        read.kind != RECORD_CAST) {
        return aula_fail(err, AULA_STORE_DAMAGED,
                         "archive: not the record that was counted");
    }
    memcpy(lookup->ciphertext, read.ciphertext,
           BALLOT_CIPHERTEXT_BYTES(read.width));
    return AULA_OK;
}

static enum aula_code read_ciphertext(void *arg, const uint8_t **ciphertext,
                                      uint16_t contest,
                                      const struct counting_ballot *ballot,
                                      struct aula_error *err)
{
    struct lookup *lookup = arg;

    (void)contest;
    lookup->ballot = ballot;
    *ciphertext = lookup->ciphertext;
    return archive_find_place(lookup->close->archive, ballot->place,
                              take_ciphertext, lookup, err);
}

static enum aula_code compute(struct close *close, uint64_t now,
                              struct aula_error *err)
{
    const struct status *status = &close->status;
    const struct desk_registers *registers = &status->registers;
    const struct desk_ruled *ruled = &status->ruled;
    struct closing *closing = &close->closing;
    struct lookup lookup = {.close = close};
    const struct counting_source source = {read_ciphertext, &lookup};

    closing->time = now;
    if (ruled->rulings_bytes != NULL) {
        rulings_hash(closing->rulings, ruled->rulings_bytes,
                     ruled->rulings_size);
    }
    if (ruled->elsewhere_bytes != NULL) {
        elsewhere_hash(closing->elsewhere, ruled->elsewhere_bytes,
                       ruled->elsewhere_size);
    }
    register_hash(closing->first_register, registers->bytes[0],
                  registers->sizes[0]);
    if (registers->bytes[1] != NULL) {
        register_hash(closing->late_register, registers->bytes[1],
                      registers->sizes[1]);
    }
    return counting_closing(status->set, closing, &source, err);
}

static enum aula_code read_signed(struct close *close, struct aula_error *err)
{
    const struct package *package = &close->election->package;
    char path[PLACE_BYTES];
    uint64_t time = 0;
    enum aula_code code = desk_election_read(&close->bytes, &close->size, path,
                                             close->election, CLOSE_FILE,
                                             CLOSING_BYTES_MAX, err);

    if (close->bytes == NULL) {
        return code;
    }
    code = closing_check(&time, package, close->bytes, close->size, err);
    if (code == AULA_OK) {
        code = closing_compare(package, &close->closing, close->bytes,
                               close->size, err);
    }
    close->closing.time = time;
    close->was_signed = true;
    return blame_file(err, code, path);
}

enum aula_code close_open(struct close *close,
                          const struct desk_election *election,
                          const char *content, uint64_t now,
                          struct aula_error *err)
{
    enum aula_code code;

    *close = (struct close){.election = election, .file = {-1}};
    code = check_time(&election->package, now, err);
    if (code == AULA_OK) {
        code = status_read(&close->status, election, err);
    }
    if (code == AULA_OK) {
        code = check_terminals(close, err);
    }
    if (code == AULA_OK) {
        code = open_content(close, content, err);
    }
    if (code == AULA_OK) {
        code = open_archive(close, err);
    }
    if (code == AULA_OK) {
        code = compute(close, now, err);
    }
    return code == AULA_OK ? read_signed(close, err) : code;
}

void close_end(struct close *close)
{
    counting_closing_clear(&close->closing);
    free(close->bytes);
    archive_close(close->archive);
    container_close(&close->content);
    filesource_close(&close->file);
    status_close(&close->status);
    *close = (struct close){.file = {-1}};
}

enum aula_code close_sign(struct close *close,
                          const uint8_t office[static SIGN_SECRET_BYTES],
                          struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, close->election->folder, CLOSE_FILE,
                                   err);

    if (code != AULA_OK || close->was_signed) {
        return code;
    }
    close->size = CLOSING_BYTES(close->closing.terminal_count,
                                close->closing.contest_count);
    close->bytes = malloc(close->size);
    if (close->bytes == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    closing_make(close->bytes, &close->election->package, office,
                 &close->closing);
    return file_write_new(path, close->bytes, close->size, 0644, err);
}

enum aula_code close_forget(const struct close *close, struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, close->election->folder, DESK_TAG_KEY,
                                   err);

    return code == AULA_OK ? file_remove(path, err) : code;
}
