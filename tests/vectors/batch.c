/* SPDX-License-Identifier: Apache-2.0 */
/* batch.json: what a terminal exports and the office imports (PROTOCOL.md
 * section 10). */
#include "batch.h"

#include <string.h>

#include "bytes.h"
#include "record.h"
#include "suites.h"
#include "world.h"

enum { RECORDS_MAX = 64, NUMBER_MAX = 1000000 };

struct state {
    const struct world *world;
    uint8_t transport_public[SEAL_PUBLIC_BYTES];
    uint8_t transport_secret[SEAL_SECRET_BYTES];
};

static enum aula_code judge(void *context, uint8_t key[SIGN_PUBLIC_BYTES],
                            const uint8_t tid[BATCH_TID_BYTES],
                            const uint8_t *bytes, size_t size)
{
    const struct world *world = context;
    struct certificate found;
    enum aula_code code = certificate_check(&found, &world->package, NULL,
                                            bytes, size, NULL);

    if (code == AULA_OK && memcmp(found.tid, tid, BATCH_TID_BYTES) != 0) {
        code = AULA_CERT_TERMINAL_ID;
    }
    if (code == AULA_OK) {
        memcpy(key, found.key, sizeof found.key);
    }
    return code;
}

static enum aula_code open_batch(struct batch *batch, const struct state *state,
                                 struct span file)
{
    /* The judge only reads; a context is never const. */
    struct world *world = NULL;
    struct batch_judge by = {judge, NULL};
    struct batch_office office = {state->world->package.hash,
                                  state->transport_public,
                                  state->transport_secret};

    memcpy(&world, &state->world, sizeof world);
    by.context = world;
    return batch_open(batch, &office, &by, file.bytes, file.size, NULL);
}

/* Records of a case as a source, and a file in memory as a sink. */
struct desk {
    struct span records[RECORDS_MAX];
    size_t count;
    size_t next;
    uint8_t *file;
    size_t size;
    size_t room;
};

static enum aula_code give(void *context, const uint8_t **bytes, size_t *size,
                           struct aula_error *err)
{
    struct desk *desk = context;

    (void)err;
    *bytes = desk->records[desk->next].bytes;
    *size = desk->records[desk->next].size;
    desk->next++;
    return AULA_OK;
}

static enum aula_code take(void *context, const uint8_t *bytes, size_t size,
                           struct aula_error *err)
{
    struct desk *desk = context;

    if (size > desk->room - desk->size) {
        return aula_fail(err, AULA_FULL, "no room");
    }
    memcpy(desk->file + desk->size, bytes, size);
    desk->size += size;
    return AULA_OK;
}

/* The head that a terminal would write above these records. */
static struct batch_head head_of(struct trial *trial, const json_t *row,
                                 const struct world *world,
                                 const struct world_terminal *terminal,
                                 struct desk *desk, uint64_t *bytes)
{
    const json_t *records = field_list(trial, row, "records");
    struct batch_head head = {
        .number = (uint32_t)field_number(trial, row, "number", NUMBER_MAX),
        .count = (uint32_t)json_array_size(records),
        .time = field_number(trial, row, "time", (uint64_t)1 << 53),
        .certificate = terminal->cert.bytes,
        .certificate_size = terminal->cert.size,
    };

    memcpy(head.eid, world->package.hash, sizeof head.eid);
    memcpy(head.tid, terminal->certificate.tid, sizeof head.tid);
    field_fixed(trial, row, "prev_batch", head.prev, sizeof head.prev);
    if (head.count > RECORDS_MAX) {
        trial_fail(trial, "records: expected fewer");
        head.count = 0;
    }
    for (size_t i = 0; i < head.count; i++) {
        struct record record;

        desk->records[i] = list_bytes(trial, records, i);
        trial_expect_code(trial, AULA_OK,
                          record_read(&record, &world->package,
                                      desk->records[i].bytes,
                                      desk->records[i].size));
        if (trial_is_bad(trial)) {
            break;
        }
        *bytes += desk->records[i].size;
        head.kinds[record.kind - 1]++;
        head.first_seq = i == 0 ? record.seq : head.first_seq;
        head.last_seq = record.seq;
    }
    return head;
}

static void expect_name(struct trial *trial, const json_t *row,
                        const struct batch_head *head)
{
    struct span expected = field_text(trial, row, "file_name");
    char name[BATCH_NAME_BYTES];

    batch_file_name(name, head->eid, head->tid, head->number);
    trial_expect_bytes(trial, "file_name", expected.bytes, expected.size, name,
                       strlen(name));
}

/* A file opens to the plaintext and hash of the case. */
static void expect_opened(struct trial *trial, const json_t *row,
                          const struct state *state, struct span file)
{
    struct span plaintext = field_bytes(trial, row, "plaintext");
    uint8_t hash[HASH_BYTES];
    struct batch batch;

    field_fixed(trial, row, "hash", hash, sizeof hash);
    trial_expect_code(trial, AULA_OK, open_batch(&batch, state, file));
    trial_expect_bytes(trial, "plaintext", plaintext.bytes, plaintext.size,
                       batch.plaintext, batch.size);
    trial_expect_bytes(trial, "hash", hash, sizeof hash, batch.hash,
                       sizeof batch.hash);
    batch_close(&batch);
}

static void check_batch(struct trial *trial, const json_t *row, void *context)
{
    struct state *state = context;
    const struct world_terminal *terminal = world_terminal(trial, state->world,
                                                           row, "terminal");
    struct span file = field_bytes(trial, row, "file");
    struct desk desk = {.room = 2 * file.size + STREAM_SEALED_CHUNK_BYTES};
    struct batch_source source = {give, &desk, 0};
    struct batch_sink sink = {take, &desk};
    struct batch_parties parties;
    struct batch_head head;
    uint8_t hash[HASH_BYTES];

    (void)field_bytes(trial, row, "key"); /* ours are random */
    (void)field_bytes(trial, row, "stream_header");
    if (trial_is_bad(trial)) {
        return;
    }
    desk.file = source_memory(trial->source, desk.room);
    head = head_of(trial, row, state->world, terminal, &desk, &source.bytes);
    expect_name(trial, row, &head);
    trial_at(trial, "file of the case");
    expect_opened(trial, row, state, file);
    parties = (struct batch_parties){state->world->package.hash,
                                     terminal->secret, state->transport_public};
    trial_at(trial, "file made again");
    if (!trial_is_bad(trial)) {
        trial_expect_code(trial, AULA_OK,
                          batch_write(hash, &head, &parties, &source, &sink,
                                      NULL));
        expect_opened(trial, row, state, (struct span){desk.file, desk.size});
    }
}

static void check_quarantine(struct trial *trial, const json_t *object,
                             void *context)
{
    struct state *state = context;
    const json_t *errors = field_list(trial, object, "errors");
    struct record_election election = {&state->world->package, NULL,
                                       &state->world->terminals[0].certificate,
                                       1};
    struct ballot_key *key = NULL;
    struct batch_cursor cursor = {0};
    struct batch batch;
    const uint8_t *bytes = NULL;
    size_t size = 0;

    trial_expect_code(trial, AULA_OK,
                      open_batch(&batch, state,
                                 field_bytes(trial, object, "file")));
    trial_expect_code(trial, AULA_OK,
                      ballot_key_open(&key, state->world->package.key, NULL));
    election.key = key;
    trial_expect_number(trial, "errors", json_array_size(errors),
                        batch.head.count);
    for (size_t i = 0; batch_next(&batch, &cursor, &bytes, &size); i++) {
        const json_t *error = json_array_get(errors, i);
        const char *came = NULL;
        struct record record;

        source_mark(trial->source, error);
        came = aula_code_name(record_check(&record, &election, bytes, size));
        trial_expect_bytes(trial, "errors", json_string_value(error),
                           json_string_length(error), came, strlen(came));
    }
    ballot_key_close(key);
    batch_close(&batch);
}

/* Not a batch: two chunks of a stream under a given key, made and compared. */
static void check_two_chunks(struct trial *trial, const json_t *object,
                             void *context)
{
    enum { PLAIN = 70000, CHUNK = STREAM_CHUNK_BYTES };
    struct span prefix = field_bytes(trial, object, "prefix");
    crypto_secretstream_xchacha20poly1305_state stream;
    crypto_generichash_state hash;
    uint8_t header[STREAM_HEADER_BYTES];
    uint8_t key[STREAM_KEY_BYTES];
    uint8_t expected[HASH_BYTES];
    uint8_t came[HASH_BYTES];
    uint8_t *plain = source_memory(trial->source, PLAIN);
    uint8_t *sealed = source_memory(trial->source, STREAM_SEALED_CHUNK_BYTES);
    unsigned long long size = 0;

    (void)context;
    field_fixed(trial, object, "key", key, sizeof key);
    field_fixed(trial, object, "stream_header", header + prefix.size,
                sizeof header - prefix.size);
    field_fixed(trial, object, "blake2b256", expected, sizeof expected);
    if (trial_is_bad(trial)) {
        return;
    }
    memcpy(header, prefix.bytes, prefix.size);
    for (size_t i = 0; i < PLAIN; i++) {
        plain[i] = (uint8_t)(7 * i + 3);
    }
    (void)crypto_secretstream_xchacha20poly1305_init_pull(&stream,
                                                          header + prefix.size,
                                                          key);
    (void)crypto_generichash_init(&hash, NULL, 0, sizeof came);
    (void)crypto_generichash_update(&hash, header, sizeof header);
    (void)crypto_secretstream_xchacha20poly1305_push(
        &stream, sealed, &size, plain, CHUNK, header, sizeof header,
        crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
    (void)crypto_generichash_update(&hash, sealed, size);
    (void)crypto_secretstream_xchacha20poly1305_push(
        &stream, sealed, &size, plain + CHUNK, PLAIN - CHUNK, header,
        sizeof header, crypto_secretstream_xchacha20poly1305_TAG_FINAL);
    (void)crypto_generichash_update(&hash, sealed, size);
    (void)crypto_generichash_final(&hash, came, sizeof came);
    trial_expect_bytes(trial, "blake2b256", expected, sizeof expected, came,
                       sizeof came);
}

static void check_bad(struct trial *trial, const json_t *row, void *context)
{
    struct state *state = context;
    enum aula_code error = field_error(trial, row, "error");
    struct batch batch;

    trial_expect_code(trial, error,
                      open_batch(&batch, state,
                                 field_bytes(trial, row, "object")));
    batch_close(&batch);
}

static void check_keys(struct trial *trial, const json_t *root, void *context)
{
    struct state *state = context;

    field_fixed(trial, root, "transport_public", state->transport_public,
                sizeof state->transport_public);
    field_fixed(trial, root, "transport_secret", state->transport_secret,
                sizeof state->transport_secret);
    trial_expect_bytes(trial, "transport_public",
                       state->world->package.office_transport,
                       SEAL_PUBLIC_BYTES, state->transport_public,
                       SEAL_PUBLIC_BYTES);
}

void suite_batch(struct source *source)
{
    struct state state = {.world = world_of(source)};

    if (state.world == NULL) {
        return;
    }
    source_values(source, "transport_public", check_keys, &state);
    source_each(source, "batches", check_batch, &state);
    source_single(source, "two_chunks", check_two_chunks, NULL);
    source_single(source, "quarantine", check_quarantine, &state);
    source_each(source, "bad_batches", check_bad, &state);
}
