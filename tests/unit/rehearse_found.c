/* SPDX-License-Identifier: Apache-2.0 */
/* See rehearse_found.h: the office's part. */
#include "rehearse_found.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "file.h"

static void path_of(char path[static PLACE_BYTES], const struct found *found,
                    const char *name)
{
    assert_int_equal(place_in(path, found->folder, name, NULL), AULA_OK);
}

static void open_office(struct found *found, const char *eid)
{
    char path[PLACE_BYTES];
    uint8_t *text = NULL;
    size_t size = 0;
    struct aula_error err = {.message = ""};

    path_of(path, found, "passphrase.txt");
    assert_int_equal(file_read(&text, &size, path, 64, NULL), AULA_OK);
    found->passphrase = (struct passphrase){(char *)text, size};
    path_of(path, found, "office");
    if (desk_open(&found->desk, path, &found->passphrase, true, &err) !=
            AULA_OK ||
        desk_election_open(&found->election, path, &found->desk->known, eid,
                           &err) != AULA_OK ||
        desk_election_terminals(&found->terminals, found->election, &err) !=
            AULA_OK) {
        fail_msg("%s", err.message);
    }
    found->certificates = calloc(found->terminals.count,
                                 sizeof *found->certificates);
    assert_non_null(found->certificates);
    for (size_t i = 0; i < found->terminals.count; i++) {
        found->certificates[i] = found->terminals.items[i].certificate;
    }
    assert_int_equal(ballot_key_open(&found->key, found->election->package.key,
                                     NULL),
                     AULA_OK);
}

static enum aula_code judge(void *context, uint8_t key[SIGN_PUBLIC_BYTES],
                            const uint8_t tid[BATCH_TID_BYTES],
                            const uint8_t *certificate, size_t size)
{
    const struct found *found = context;
    struct certificate checked;
    enum aula_code code = certificate_check(&checked, &found->election->package,
                                            NULL, certificate, size, NULL);

    if (code == AULA_OK && memcmp(checked.tid, tid, BATCH_TID_BYTES) != 0) {
        code = AULA_CERT_TERMINAL_ID;
    }
    if (code == AULA_OK) {
        memcpy(key, checked.key, SIGN_PUBLIC_BYTES);
    }
    return code;
}

static void take_record(struct found *found, const uint8_t *bytes, size_t size)
{
    const struct record_election election = {&found->election->package,
                                             found->key, found->certificates,
                                             found->terminals.count};
    uint8_t hash[BALLOT_CODE_HASH_BYTES];
    struct found_record *made;

    found->records = realloc(found->records,
                             (found->count + 1) * sizeof *found->records);
    assert_non_null(found->records);
    made = &found->records[found->count++];
    made->bytes = malloc(size);
    assert_non_null(made->bytes);
    memcpy(made->bytes, bytes, size);
    assert_int_equal(record_check(&made->record, &election, made->bytes, size),
                     AULA_OK);
    record_hash(made->hash, made->bytes, size);
    made->code[0] = '\0';
    if (made->record.kind == RECORD_CAST ||
        made->record.kind == RECORD_CHALLENGED) {
        record_code_hash(hash, &made->record, &found->election->package);
        code_write(made->code, hash);
    }
}

static void open_batch(struct found *found, const char *path)
{
    const struct package *package = &found->election->package;
    const struct batch_office office = {package->hash,
                                        found->desk->known.transport,
                                        found->desk->transport_secret};
    const struct batch_judge judges = {judge, found};
    struct batch_cursor cursor = {0, 0};
    struct batch batch;
    struct aula_error err = {.message = ""};
    uint8_t *file = NULL;
    const uint8_t *bytes = NULL;
    size_t size = 0;

    assert_int_equal(file_read(&file, &size, path, BATCH_FILE_MAX, NULL),
                     AULA_OK);
    if (batch_open(&batch, &office, &judges, file, size, &err) != AULA_OK) {
        fail_msg("%s: %s", path, err.message);
    }
    while (batch_next(&batch, &cursor, &bytes, &size)) {
        take_record(found, bytes, size);
    }
    batch_close(&batch);
    free(file);
    found->batches++;
}

static void open_batches(struct found *found)
{
    char stick[PLACE_BYTES];
    char path[PLACE_BYTES];
    const struct dirent *entry;
    DIR *folder;

    path_of(stick, found, "stick");
    folder = opendir(stick);
    assert_non_null(folder);
    while ((entry = readdir(folder)) != NULL) {
        if (strstr(entry->d_name, ".batch") != NULL) {
            assert_int_equal(place_in(path, stick, entry->d_name, NULL),
                             AULA_OK);
            open_batch(found, path);
        }
    }
    (void)closedir(folder);
}

static int compare(const void *a, const void *b)
{
    const struct found_record *one = a;
    const struct found_record *other = b;
    int order = memcmp(one->record.tid, other->record.tid, TERMINAL_ID_BYTES);

    if (order != 0) {
        return order;
    }
    return (one->record.seq > other->record.seq) -
           (one->record.seq < other->record.seq);
}

/* The same record may stand in several batches. */
static void drop_twins(struct found *found)
{
    size_t kept = 0;

    qsort(found->records, found->count, sizeof *found->records, compare);
    for (size_t i = 0; i < found->count; i++) {
        if (kept > 0 &&
            compare(&found->records[kept - 1], &found->records[i]) == 0) {
            assert_memory_equal(found->records[kept - 1].hash,
                                found->records[i].hash, HASH_BYTES);
            free(found->records[i].bytes);
        } else {
            found->records[kept++] = found->records[i];
        }
    }
    found->count = kept;
}

struct found *found_open(const char *folder, const char *eid)
{
    struct found *found = calloc(1, sizeof *found);

    assert_non_null(found);
    (void)snprintf(found->folder, sizeof found->folder, "%s", folder);
    open_office(found, eid);
    open_batches(found);
    assert_true(found->count > 0);
    drop_twins(found);
    return found;
}

void found_close(struct found *found)
{
    for (size_t i = 0; i < found->count; i++) {
        free(found->records[i].bytes);
    }
    free(found->records);
    ballot_key_close(found->key);
    free(found->certificates);
    desk_terminals_close(&found->terminals);
    desk_election_close(found->election);
    desk_close(found->desk);
    free(found->passphrase.text);
    free(found);
}

void found_check_chains(const struct found *found)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct record *record = &found->records[i].record;

        if (i > 0 && memcmp(found->records[i - 1].record.tid, record->tid,
                            TERMINAL_ID_BYTES) == 0) {
            assert_int_equal(record->seq, found->records[i - 1].record.seq + 1);
            assert_memory_equal(record->prev, found->records[i - 1].hash,
                                HASH_BYTES);
        } else {
            /* Its prev is the chain start, as record_check saw. */
            assert_int_equal(record->seq, 1);
        }
    }
}
