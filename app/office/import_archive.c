/* SPDX-License-Identifier: Apache-2.0 */
/* Another office's archive: a district's into the city's. What is taken of it
 * is what batches brought there, certificates and records, and both are checked
 * as if they came in batches; its batches are noted. */
#include <string.h>

#include "import_parts.h"

/* One walk over the foreign archive. */
struct walk {
    struct import *import;
    struct import_report *report;
    bool is_own; /* it was the own archive that failed */
    uint64_t done;
    uint64_t count;
    uint64_t size;
};

static enum aula_code own(struct walk *walk, enum aula_code code)
{
    walk->is_own = code != AULA_OK;
    return code;
}

static enum aula_code refuse(enum aula_code code, const char *words,
                             struct aula_error *err)
{
    return aula_fail(err, code, "%s: %s", aula_code_name(code), words);
}

static enum aula_code take_certificate(void *context, const uint8_t *tid,
                                       const uint8_t *bytes, size_t size,
                                       struct aula_error *err)
{
    struct walk *walk = context;
    struct certificate certificate;
    enum aula_code code = certificate_check(&certificate,
                                            &walk->import->election->package,
                                            NULL, bytes, size, NULL);

    (void)tid;
    return code != AULA_OK
               ? refuse(AULA_BATCH_CERT,
                        "a terminal that this office did not certify", err)
               : own(walk, import_add_certificate(walk->import, &certificate,
                                                  bytes, size, err));
}

static enum aula_code take_batch(void *context,
                                 const struct archive_batch *batch,
                                 struct aula_error *err)
{
    struct walk *walk = context;
    struct archive_batch row = *batch;
    bool is_new = false;
    bool has_twin = false;
    enum aula_code code;

    row.imported = clock_now(&walk->import->clock);
    code = archive_add_batch(walk->import->archive, &is_new, &has_twin, &row,
                             err);
    walk->report->has_twin = walk->report->has_twin || has_twin;
    return own(walk, code);
}

/* Keys of the foreign rows are not looked at: they follow from the bytes. */
static enum aula_code take_record(void *context,
                                  const struct archive_record *record,
                                  struct aula_error *err)
{
    struct walk *walk = context;

    if (record->size < RECORD_HEAD_BYTES) {
        return refuse(AULA_BATCH_COUNT, "a record without its head", err);
    }
    if (import_certificates_find(&walk->import->certificates,
                                 record->bytes + 24) == NULL) {
        return refuse(AULA_REC_UNKNOWN_TERMINAL,
                      "records of a terminal without its certificate", err);
    }
    import_step(walk->import, ++walk->done, walk->count, walk->size);
    return own(walk, import_take(walk->import, walk->report, record->bytes,
                                 record->size, false, err));
}

static enum aula_code take_all(struct walk *walk, struct archive *foreign,
                               struct aula_error *err)
{
    struct archive_counts counts = {0, 0, 0, 0};
    enum aula_code code = archive_count(foreign, &counts, err);

    walk->count = counts.records;
    if (code == AULA_OK) {
        code = archive_each_certificate(foreign, take_certificate, walk, err);
    }
    if (code == AULA_OK) {
        code = archive_each_batch(foreign, take_batch, walk, err);
    }
    if (code == AULA_OK) {
        code = archive_each_record(foreign, NULL, take_record, walk, err);
    }
    return code;
}

enum aula_code import_archive(struct import *import,
                              struct import_report *report, bool *is_file,
                              const char *path, uint64_t size,
                              struct aula_error *err)
{
    struct walk walk = {.import = import, .report = report, .size = size};
    struct archive *foreign = NULL;
    enum aula_code code = archive_open(&foreign, path,
                                       import->election->package.hash,
                                       ARCHIVE_FOREIGN, err);

    *is_file = code != AULA_MEMORY;
    if (foreign == NULL) {
        return code;
    }
    code = take_all(&walk, foreign, err);
    *is_file = !walk.is_own && code != AULA_MEMORY;
    archive_close(foreign);
    if (code == AULA_OK) {
        *is_file = false;
        code = import_flush(import, report, err);
    }
    return code;
}
