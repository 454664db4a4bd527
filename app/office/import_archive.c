/* SPDX-License-Identifier: Apache-2.0 */
/* Another office's archive: a district's into the city's. What is taken of it
 * is what batches brought there, certificates and records, and both are checked
 * as if they came in batches; its batches are noted. */
#include <string.h>

#include "bytes.h"
#include "import_parts.h"

enum { AT_TID = 24, AT_SEQ = 40, AT_PREV = 56 };

/* One walk over the foreign archive. */
struct walk {
    struct import *import;
    struct import_report *report;
    bool is_own;                    /* it was the own archive that failed */
    uint8_t tid[TERMINAL_ID_BYTES]; /* of the last record */
    bool is_ruled;                  /* that terminal */
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
                                 record->bytes + AT_TID) == NULL) {
        return refuse(AULA_REC_UNKNOWN_TERMINAL,
                      "records of a terminal without its certificate", err);
    }
    import_step(walk->import, ++walk->done, walk->count, walk->size);
    if (walk->done == 1 ||
        memcmp(walk->tid, record->bytes + AT_TID, sizeof walk->tid) != 0) {
        memcpy(walk->tid, record->bytes + AT_TID, sizeof walk->tid);
        walk->is_ruled = import_is_ruled(&walk->import->ruled, walk->tid);
    }
    if (walk->is_ruled) {
        return own(walk, import_pass(walk->import, walk->report, record->bytes,
                                     record->size, err));
    }
    return own(walk, import_take(walk->import, walk->report, record->bytes,
                                 record->size, false, err));
}

/* A record of the named chain, if its bytes are what its key says. */
struct link {
    struct walk *walk;
    struct import_chain *chain;
};

static enum aula_code take_link(void *context,
                                const struct archive_record *record,
                                struct aula_error *err)
{
    struct link *link = context;
    struct walk *walk = link->walk;
    uint8_t hash[HASH_BYTES];

    record_hash(hash, record->bytes, record->size);
    if (record->size < RECORD_HEAD_BYTES ||
        memcmp(hash, link->chain->hash, sizeof hash) != 0 ||
        get_le64(record->bytes + AT_SEQ) != link->chain->seq ||
        memcmp(record->bytes + AT_TID, walk->tid, sizeof walk->tid) != 0) {
        return refuse(AULA_STORE_DAMAGED, "a record under another's key", err);
    }
    link->chain->seq--;
    memcpy(link->chain->hash, record->bytes + AT_PREV, HASH_BYTES);
    walk->report->left_out--;
    return own(walk, import_take(walk->import, walk->report, record->bytes,
                                 record->size, false, err));
}

/* What the walk left out of a terminal's named chain. */
static enum aula_code take_chain(struct walk *walk, struct archive *foreign,
                                 struct aula_error *err)
{
    struct import_chain chain;
    struct link link = {walk, &chain};
    bool is_there = true;
    enum aula_code code =
        own(walk, import_chain_find(&chain, &walk->import->ruled,
                                    walk->import->archive, walk->tid, err));

    while (code == AULA_OK && is_there && chain.seq > 0) {
        bool has_other = false;

        code = archive_look(foreign, &is_there, &has_other, walk->tid,
                            chain.seq, chain.hash, err);
        if (code == AULA_OK && is_there) {
            code = archive_find_record(foreign, walk->tid, chain.seq,
                                       chain.hash, take_link, &link, err);
        }
    }
    return code;
}

static enum aula_code take_chains(struct walk *walk, struct archive *foreign,
                                  struct aula_error *err)
{
    const struct rulings *rulings = &walk->import->ruled.rulings;
    enum aula_code code = AULA_OK;

    for (size_t i = 0; i < rulings->count && code == AULA_OK; i++) {
        if (rulings->rows[i].type == RULINGS_CHAIN &&
            walk->report->left_out > 0) {
            memcpy(walk->tid, rulings->rows[i].tid, sizeof walk->tid);
            code = take_chain(walk, foreign, err);
        }
    }
    return code;
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
    if (code == AULA_OK) {
        code = take_chains(walk, foreign, err);
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
