/* SPDX-License-Identifier: Apache-2.0 */
/* Records on their way into the archive: held ones are counted, new ones wait
 * until a slice is full and are checked on all cores; see import.h. */
#include <string.h>

#include "bytes.h"
#include "import_parts.h"

enum { AT_TID = 24, AT_SEQ = 40 };

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
    const struct import_slice *slice = import->slice;
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

enum aula_code import_flush(struct import *import, struct import_report *report,
                            struct aula_error *err)
{
    struct import_slice *slice = import->slice;
    struct record_election election = import_records(import);
    enum aula_code code = AULA_OK;

    record_check_list(import->pool, &election, slice->claims, slice->count);
    for (size_t i = 0; i < slice->count && code == AULA_OK; i++) {
        code = add(import, report, i, err);
    }
    slice->count = 0;
    return code;
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

/* An archive gives the records of one place one after the other. */
static bool is_beside_last(const struct import_slice *slice,
                           const uint8_t *bytes)
{
    const uint8_t *last = NULL;

    if (slice->count == 0) {
        return false;
    }
    last = slice->claims[slice->count - 1].bytes;
    return memcmp(last + AT_TID, bytes + AT_TID, TERMINAL_ID_BYTES) == 0 &&
           memcmp(last + AT_SEQ, bytes + AT_SEQ, 8) == 0;
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
                                     is_beside_last(slice, bytes);
    if (!stays) {
        uint8_t *copy = slice->room + slice->count * RECORD_BYTES_MAX;

        memcpy(copy, bytes, size);
        bytes = copy;
    }
    slice->claims[slice->count] = (struct record_claim){.bytes = bytes,
                                                        .size = size};
    slice->count++;
    return slice->count < IMPORT_SLICE ? AULA_OK
                                       : import_flush(import, report, err);
}
