/* SPDX-License-Identifier: Apache-2.0 */
/* Records on their way into the archive: held ones are counted, new ones wait
 * until a slice is full and are checked on all cores; see import.h. Adding is
 * work for one thread at a time, as SQLite wants it: one of the pool adds a
 * slice while the others already check the next. */
#include <string.h>

#include "bytes.h"
#include "import_parts.h"

enum { AT_TID = 24, AT_SEQ = 40, GRAIN = 16 /* records a thread takes */ };

struct record_election import_records(const struct import *import)
{
    return (struct record_election){&import->election->package, import->key,
                                    import->certificates.items,
                                    import->certificates.count};
}

void import_step(const struct import *import, uint64_t done, uint64_t count,
                 uint64_t size)
{
    if (import->progress != NULL && count > 0) {
        double part = (double)size * ((double)done / (double)count);

        progress_step(import->progress, import->done + (uint64_t)part,
                      import->total);
    }
}

static void show_quarantined(struct import_report *report, const uint8_t *hash,
                             enum aula_code error)
{
    if (report->quarantined < IMPORT_SHOWN_MAX) {
        memcpy(report->shown[report->quarantined].hash, hash, HASH_BYTES);
        report->shown[report->quarantined].error = error;
    }
    report->quarantined++;
}

static enum aula_code add(struct import *import, struct import_report *report,
                          size_t place, struct aula_error *err)
{
    const struct import_slice *slice = import->checked;
    const struct record_claim *claim = &slice->claims[place];
    struct archive_record record = {.tid = claim->bytes + AT_TID,
                                    .seq = get_le64(claim->bytes + AT_SEQ),
                                    .hash = slice->hashes[place],
                                    .error = claim->code,
                                    .bytes = claim->bytes,
                                    .size = claim->size};

    if (claim->code == AULA_MEMORY) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    report->fresh++;
    report->forked += slice->has_other[place];
    if (claim->code != AULA_OK) {
        show_quarantined(report, slice->hashes[place], claim->code);
    }
    return archive_add_record(import->archive, &record, err);
}

/* The first thing is to add the slice that is checked already, which is work
 * for one thread; the others are records of the slice to be checked. */
struct round {
    struct import *import;
    struct import_report *report;
    struct record_election election;
    struct aula_error *err;
    enum aula_code code; /* of adding */
};

static void add_checked(struct round *round)
{
    struct import *import = round->import;

    for (size_t i = 0; i < import->checked->count && round->code == AULA_OK;
         i++) {
        round->code = add(import, round->report, i, round->err);
    }
    import->checked->count = 0;
}

static void do_piece(void *arg, unsigned worker, size_t first, size_t end)
{
    struct round *round = arg;
    struct record_claim *claims = round->import->slice->claims;

    (void)worker;
    if (first == 0) {
        add_checked(round);
        first = 1;
    }
    for (size_t i = first; i < end; i++) {
        struct record_claim *claim = &claims[i - 1];

        claim->code = record_check(&claim->record, &round->election,
                                   claim->bytes, claim->size);
    }
}

/* Check one slice and add the other; then they change places. */
static enum aula_code turn(struct import *import, struct import_report *report,
                           struct aula_error *err)
{
    struct round round = {import, report, import_records(import), err, AULA_OK};
    struct import_slice *added = import->checked;

    pool_run(import->pool, 1 + import->slice->count, GRAIN, do_piece, &round);
    import->checked = import->slice;
    import->slice = added;
    return round.code;
}

enum aula_code import_flush(struct import *import, struct import_report *report,
                            struct aula_error *err)
{
    enum aula_code code = turn(import, report, err);

    return code == AULA_OK ? turn(import, report, err) : code;
}

enum aula_code import_pass(struct import *import, struct import_report *report,
                           const uint8_t *bytes, size_t size,
                           struct aula_error *err)
{
    uint8_t hash[HASH_BYTES];
    bool is_held = false;
    bool has_other = false;
    enum aula_code code;

    record_hash(hash, bytes, size);
    code = archive_look(import->archive, &is_held, &has_other, bytes + AT_TID,
                        get_le64(bytes + AT_SEQ), hash, err);
    if (code == AULA_OK) {
        report->held += is_held;
        report->left_out += !is_held;
    }
    return code;
}

static bool is_at_last(const struct import_slice *slice, const uint8_t *bytes)
{
    const uint8_t *last = NULL;

    if (slice->count == 0) {
        return false;
    }
    last = slice->claims[slice->count - 1].bytes;
    return memcmp(last + AT_TID, bytes + AT_TID, TERMINAL_ID_BYTES) == 0 &&
           memcmp(last + AT_SEQ, bytes + AT_SEQ, 8) == 0;
}

/* An archive gives the records of one place one after the other, and those that
 * wait are not found in ours. */
static bool is_beside_last(const struct import *import, const uint8_t *bytes)
{
    return is_at_last(import->slice->count > 0 ? import->slice
                                               : import->checked,
                      bytes);
}

enum aula_code import_take(struct import *import, struct import_report *report,
                           const uint8_t *bytes, size_t size, bool stays,
                           struct aula_error *err)
{
    struct import_slice *slice = import->slice;
    uint8_t *hash = slice->hashes[slice->count];
    bool is_held = false;
    enum aula_code code;

    record_hash(hash, bytes, size);
    code = archive_look(import->archive, &is_held,
                        &slice->has_other[slice->count], bytes + AT_TID,
                        get_le64(bytes + AT_SEQ), hash, err);
    if (code != AULA_OK) {
        return code;
    }
    if (is_held) {
        report->held++;
        return AULA_OK;
    }
    slice->has_other[slice->count] = slice->has_other[slice->count] ||
                                     is_beside_last(import, bytes);
    if (!stays) {
        uint8_t *copy = slice->room + slice->count * RECORD_BYTES_MAX;

        memcpy(copy, bytes, size);
        bytes = copy;
    }
    slice->claims[slice->count] = (struct record_claim){.bytes = bytes,
                                                        .size = size};
    slice->count++;
    return slice->count < IMPORT_SLICE ? AULA_OK : turn(import, report, err);
}
