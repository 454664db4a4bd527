/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of archives share: records that are no more than a key and
 * some bytes, an archive of six of them, and what an archive holds as text. */
#ifndef AULA_ARCHIVE_DESK_H
#define AULA_ARCHIVE_DESK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "archive.h"
#include "draw.h"
#include "office_folder.h"

enum { DUMP_MAX = 4096, RECORD_SIZE = 100 };

static const uint8_t election[ARCHIVE_HASH_BYTES] = {7};

/* A record of the test: which terminal, which place, which of several there. */
struct sample {
    uint8_t tid[ARCHIVE_ID_BYTES];
    uint8_t hash[ARCHIVE_HASH_BYTES];
    uint8_t bytes[RECORD_SIZE];
    struct archive_record record;
};

static inline void draw_sample(struct sample *sample, uint8_t terminal,
                               uint64_t seq, uint8_t which)
{
    memset(sample->tid, terminal, sizeof sample->tid);
    memset(sample->hash, which, sizeof sample->hash);
    draw_bytes(sample->bytes, sizeof sample->bytes, "bytes", seq);
    sample->record = (struct archive_record){
        .tid = sample->tid,
        .seq = seq,
        .hash = sample->hash,
        .error = which == 9 ? AULA_BALLOT_PROOF : AULA_OK,
        .bytes = sample->bytes,
        .size = sizeof sample->bytes};
}

static inline struct archive *
archive_desk_open(const char *folder, const char *name, enum archive_use use)
{
    struct archive *archive = NULL;
    char path[PLACE_BYTES];

    office_path(path, folder, name);
    assert_int_equal(archive_open(&archive, path, election, use, NULL),
                     AULA_OK);
    assert_non_null(archive);
    return archive;
}

static inline void archive_desk_add(struct archive *archive, uint8_t terminal,
                                    uint64_t seq, uint8_t which)
{
    struct sample sample;

    draw_sample(&sample, terminal, seq, which);
    assert_int_equal(archive_add_record(archive, &sample.record, NULL),
                     AULA_OK);
}

/* What an archive holds, in a line a row. */
struct dump {
    char text[DUMP_MAX];
    size_t size;
    size_t count;
    uint64_t place; /* of the last record */
};

static inline enum aula_code dump_record(void *context,
                                         const struct archive_record *record,
                                         struct aula_error *err)
{
    struct dump *dump = context;
    struct sample sample;

    (void)err;
    draw_sample(&sample, record->tid[0], record->seq, record->hash[0]);
    assert_memory_equal(record->tid, sample.tid, sizeof sample.tid);
    assert_memory_equal(record->hash, sample.hash, sizeof sample.hash);
    assert_int_equal(record->size, RECORD_SIZE);
    assert_memory_equal(record->bytes, sample.bytes, RECORD_SIZE);
    dump->size +=
        (size_t)snprintf(dump->text + dump->size,
                         sizeof dump->text - dump->size, "%u %llu %u %s\n",
                         record->tid[0], (unsigned long long)record->seq,
                         record->hash[0], aula_code_name(record->error));
    assert_true(dump->size < sizeof dump->text);
    dump->count++;
    dump->place = record->place;
    return AULA_OK;
}

static inline void dump_all(struct dump *dump, struct archive *archive)
{
    *dump = (struct dump){.size = 0};
    assert_int_equal(archive_each_record(archive, NULL, dump_record, dump,
                                         NULL),
                     AULA_OK);
}

static inline void archive_desk_check(struct archive *archive, const char *text)
{
    struct dump dump;

    dump_all(&dump, archive);
    assert_string_equal(dump.text, text);
}

static const struct {
    uint8_t terminal;
    uint64_t seq;
    uint8_t which;
} rows[] = {{1, 1, 1}, {1, 2, 2}, {1, 2, 3}, {1, 3, 9}, {2, 1, 4}, {2, 7, 5}};

enum { ROWS = sizeof rows / sizeof rows[0] };

static const char all_rows[] = "1 1 1 OK\n1 2 2 OK\n1 2 3 OK\n"
                               "1 3 9 BALLOT_PROOF\n2 1 4 OK\n2 7 5 OK\n";

/* An archive with all rows, closed again. */
static inline void archive_desk_fill(const char *folder, const char *name)
{
    struct archive *archive = archive_desk_open(folder, name, ARCHIVE_WRITE);

    assert_int_equal(archive_begin(archive, NULL), AULA_OK);
    for (size_t i = 0; i < ROWS; i++) {
        archive_desk_add(archive, rows[i].terminal, rows[i].seq, rows[i].which);
    }
    assert_int_equal(archive_commit(archive, NULL), AULA_OK);
    archive_close(archive);
}

#endif
