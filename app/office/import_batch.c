/* SPDX-License-Identifier: Apache-2.0 */
/* One batch: the file part of IMPORT in batch.h, then its records. */
#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "import_parts.h"

enum { AT_EID = 5, AT_PREV = 56 };

/* ---- why a file is refused, in words */

static const char *reason_of(enum aula_code code)
{
    static const struct {
        enum aula_code code;
        const char *words;
    } reasons[] = {
        {AULA_IO, "it cannot be read to its end"},
        {AULA_TOO_LARGE, "longer than a batch can be"},
        {AULA_BAD_MAGIC, "neither a batch nor an archive"},
        {AULA_BAD_VERSION, "of a later program"},
        {AULA_BATCH_SEAL, "not sealed to this office"},
        {AULA_BATCH_CERT,
         "this office certified no such terminal for this election"},
    };

    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        if (reasons[i].code == code) {
            return reasons[i].words;
        }
    }
    return "damaged on its way; export it again";
}

/* Another election may be one of this office. */
static void name_election(const struct import *import, const uint8_t *eid,
                          struct aula_error *err)
{
    char name[DESK_EID_TEXT];
    struct desk_election *other = NULL;
    const char *what = "of election";

    (void)sodium_bin2hex(name, sizeof name, eid, PACKAGE_ID_BYTES);
    if (desk_election_open(&other, import->desk->folder, &import->desk->known,
                           name, NULL) == AULA_OK) {
        what = other->package.mode == PACKAGE_REHEARSAL
                   ? "of a rehearsal of this office,"
                   : "of another election of this office,";
        desk_election_close(other);
    }
    aula_fail(err, AULA_WRONG_ELECTION, "%s %s", what, name);
}

static enum aula_code explain(const struct import *import, int file,
                              const struct import_report *report,
                              enum aula_code code, struct aula_error *err)
{
    uint8_t eid[PACKAGE_ID_BYTES];

    if (code == AULA_MEMORY) {
        return aula_fail(err, code, "no memory");
    }
    if (code == AULA_WRONG_ELECTION &&
        pread(file, eid, sizeof eid, AT_EID) == (ssize_t)sizeof eid) {
        name_election(import, eid, err);
        return code;
    }
    return report->is_known
               ? aula_fail(err, code, "a batch of \"%.80s\": %s: %s",
                           report->label, aula_code_name(code), reason_of(code))
               : aula_fail(err, code, "%s: %s", aula_code_name(code),
                           reason_of(code));
}

/* ---- opening */

struct judging {
    const struct package *package;
    struct import_report *report;
};

static enum aula_code judge(void *context, uint8_t key[SIGN_PUBLIC_BYTES],
                            const uint8_t tid[BATCH_TID_BYTES],
                            const uint8_t *certificate, size_t size)
{
    struct judging *judging = context;
    struct import_report *report = judging->report;
    struct certificate checked;
    enum aula_code code = certificate_check(&checked, judging->package, NULL,
                                            certificate, size, NULL);

    if (code != AULA_OK) {
        return code;
    }
    if (memcmp(checked.tid, tid, TERMINAL_ID_BYTES) != 0) {
        return AULA_CERT_TERMINAL_ID;
    }
    memcpy(key, checked.key, SIGN_PUBLIC_BYTES);
    memcpy(report->tid, tid, TERMINAL_ID_BYTES);
    memcpy(report->label, checked.label.text, checked.label.size);
    report->label[checked.label.size] = '\0';
    report->is_known = true;
    return AULA_OK;
}

static bool read_part(void *context, uint64_t offset, uint8_t *out, size_t size)
{
    const int *file = context;

    while (size > 0) {
        ssize_t got = pread(*file, out, size, (off_t)offset);

        if (got == 0 || (got < 0 && errno != EINTR)) {
            return false;
        }
        if (got > 0) {
            out += got;
            offset += (uint64_t)got;
            size -= (size_t)got;
        }
    }
    return true;
}

static enum aula_code open_batch(struct batch *batch,
                                 const struct import *import,
                                 struct import_report *report, int file,
                                 uint64_t size, struct aula_error *err)
{
    const struct package *package = &import->election->package;
    struct judging judging = {package, report};
    struct batch_office office = {package->hash, import->desk->known.transport,
                                  import->desk->transport_secret};
    struct batch_judge judged = {judge, &judging};
    struct batch_bytes bytes = {read_part, &file, size};
    enum aula_code code = batch_open_from(batch, &office, &judged, &bytes, err);

    return code == AULA_OK ? AULA_OK : explain(import, file, report, code, err);
}

/* ---- what is in it */

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;

    return strlen(name) <= ARCHIVE_NAME_MAX ? name : "";
}

static enum aula_code add_head(struct import *import,
                               struct import_report *report,
                               const struct batch *batch, const char *path,
                               struct aula_error *err)
{
    const struct batch_head *head = &batch->head;
    const struct archive_batch row = {.hash = batch->hash,
                                      .tid = head->tid,
                                      .number = head->number,
                                      .prev = head->prev,
                                      .time = head->time,
                                      .first_seq = head->first_seq,
                                      .last_seq = head->last_seq,
                                      .count = head->count,
                                      .name = name_of(path),
                                      .imported = clock_now(&import->clock)};
    struct certificate certificate;
    bool is_new = false;
    enum aula_code code;

    report->number = head->number;
    code = certificate_check(&certificate, &import->election->package, NULL,
                             head->certificate, head->certificate_size, err);
    if (code == AULA_OK) {
        code = import_add_certificate(import, &certificate, head->certificate,
                                      head->certificate_size, err);
    }
    return code != AULA_OK ? code
                           : archive_add_batch(import->archive, &is_new,
                                               &report->has_twin, &row, err);
}

static enum aula_code add_records(struct import *import,
                                  struct import_report *report,
                                  const struct batch *batch, uint64_t size,
                                  struct aula_error *err)
{
    struct batch_cursor cursor = {0};
    const uint8_t *bytes = NULL;
    size_t record_size = 0;
    enum aula_code code = AULA_OK;

    while (code == AULA_OK &&
           batch_next(batch, &cursor, &bytes, &record_size)) {
        code = import_take(import, report, bytes, record_size, true, err);
        import_step(import, cursor.given, batch->head.count, size);
    }
    return code != AULA_OK ? code : import_flush(import, report, err);
}

/* ---- under a ruling */

struct span {
    const uint8_t *bytes;
    size_t size;
};

/* Where the named chain passes through the batch: records low .. high - 1. */
static void find_chain(size_t *low, size_t *high, struct import_chain chain,
                       const struct batch *batch, const struct span *spans)
{
    uint64_t place = chain.seq - batch->head.first_seq;
    uint8_t hash[HASH_BYTES];

    *low = 0;
    *high = 0;
    if (chain.seq == 0 || chain.seq < batch->head.first_seq ||
        place >= batch->head.count) {
        return;
    }
    *low = (size_t)place + 1;
    *high = *low;
    while (*low > 0) {
        const struct span *span = &spans[*low - 1];

        record_hash(hash, span->bytes, span->size);
        if (memcmp(hash, chain.hash, sizeof hash) != 0) {
            break;
        }
        memcpy(chain.hash, span->bytes + AT_PREV, sizeof chain.hash);
        --*low;
    }
}

static enum aula_code take_chain(struct import *import,
                                 struct import_report *report,
                                 const struct batch *batch,
                                 const struct span *spans,
                                 struct aula_error *err)
{
    struct import_chain chain;
    size_t low = 0;
    size_t high = 0;
    enum aula_code code = import_chain_find(&chain, &import->ruled,
                                            import->archive, batch->head.tid,
                                            err);

    if (code == AULA_OK) {
        find_chain(&low, &high, chain, batch, spans);
    }
    for (size_t i = 0; i < batch->head.count && code == AULA_OK; i++) {
        code = i >= low && i < high
                   ? import_take(import, report, spans[i].bytes, spans[i].size,
                                 true, err)
                   : import_pass(import, report, spans[i].bytes, spans[i].size,
                                 err);
    }
    return code != AULA_OK ? code : import_flush(import, report, err);
}

static enum aula_code add_ruled(struct import *import,
                                struct import_report *report, bool *is_file,
                                const struct batch *batch,
                                struct aula_error *err)
{
    struct batch_cursor cursor = {0};
    struct span *spans = calloc(batch->head.count, sizeof *spans);
    enum aula_code code;

    if (spans == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    for (size_t i = 0; i < batch->head.count; i++) {
        (void)batch_next(batch, &cursor, &spans[i].bytes, &spans[i].size);
    }
    code = take_chain(import, report, batch, spans, err);
    free(spans);
    if (code == AULA_OK && report->left_out > 0 && report->fresh == 0) {
        *is_file = true;
        return aula_fail(err, AULA_REVOKED,
                         "a batch of \"%.80s\": REVOKED: %llu records that a "
                         "ruling keeps out",
                         report->label, (unsigned long long)report->left_out);
    }
    return code;
}

enum aula_code import_batch(struct import *import, struct import_report *report,
                            bool *is_file, const char *path, int file,
                            uint64_t size, struct aula_error *err)
{
    struct batch batch = {.plaintext = NULL};
    enum aula_code code = open_batch(&batch, import, report, file, size, err);

    *is_file = code != AULA_OK && code != AULA_MEMORY;
    if (code == AULA_OK) {
        code = add_head(import, report, &batch, path, err);
    }
    if (code == AULA_OK) {
        code = import_is_ruled(&import->ruled, batch.head.tid)
                   ? add_ruled(import, report, is_file, &batch, err)
                   : add_records(import, report, &batch, size, err);
    }
    batch_close(&batch);
    return code;
}
