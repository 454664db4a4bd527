/* SPDX-License-Identifier: Apache-2.0 */
/* See town.h. */
#include "town.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "approval.h"
#include "bytes.h"
#include "closing.h"
#include "counting.h"
#include "file.h"
#include "hall.h"
#include "register.h"
#include "sample.h"
#include "witness.h"

enum { LENGTH_BYTES = 4, QUORUM = 4 };

static void put(const struct town *town, const char *name, const void *bytes,
                size_t size)
{
    char path[2 * FOLDER_PATH_BYTES];

    (void)snprintf(path, sizeof path, "%s/%s", town->folder.path, name);
    sample_must(file_write(path, bytes, size, 0644, NULL), name);
}

static void put_folder(const struct town *town, const char *name)
{
    char path[FOLDER_PATH_BYTES];

    folder_file(path, &town->folder, name);
    sample_must(file_make_folder(path, false, NULL), name);
}

static void put_setup(struct town *town)
{
    static const uint16_t contests[] = {0};
    const uint8_t *package = town->container.bytes + CONTAINER_HEAD_BYTES;
    const uint8_t *manifest = package + town->container.package_size + 4;
    size_t manifest_size = get_le32(manifest - 4);
    uint8_t seed[SIGN_SEED_BYTES];
    uint8_t key[SIGN_PUBLIC_BYTES];
    uint8_t list[REGISTER_BYTES(1)];
    uint8_t tids[1][TERMINAL_ID_BYTES];
    char hex[2 * TERMINAL_ID_BYTES + 1];
    char name[64];

    randombytes_buf(seed, sizeof seed);
    sign_key_pair(key, town->terminal, seed);
    sample_must(certificate_make(town->certificate_bytes, &town->package,
                                 town->office.secret, key, "Hall", 4, contests,
                                 1, NULL),
                "certificate");
    sample_must(certificate_check(&town->certificate, &town->package, NULL,
                                  town->certificate_bytes,
                                  sizeof town->certificate_bytes, NULL),
                "certificate");
    memcpy(tids[0], town->certificate.tid, TERMINAL_ID_BYTES);
    sample_must(register_make(list, &town->package, town->office.secret, 1,
                              tids, 1, NULL),
                "register");
    (void)sodium_bin2hex(hex, sizeof hex, tids[0], TERMINAL_ID_BYTES);
    (void)snprintf(name, sizeof name, "terminals/%s.cert", hex);
    put(town, "package.bin", package, town->container.package_size);
    put(town, "content/manifest.bin", manifest, manifest_size);
    put(town, "content/election.json", manifest + manifest_size,
        town->container.size -
            (size_t)(manifest + manifest_size - town->container.bytes));
    put(town, name, town->certificate_bytes, sizeof town->certificate_bytes);
    put(town, "register.bin", list, sizeof list);
}

/* ---- records */

static size_t make_ballot(const struct town *town, uint8_t *out,
                          const struct record_place *place)
{
    const struct plaintext_rule *rule = &town->package.contests[0].rule;
    uint8_t context[BALLOT_CONTEXT_BYTES];
    uint8_t ciphertext[BALLOT_CIPHERTEXT_BYTES(1)];
    uint8_t proof[BALLOT_PROOF_BYTES(1)];
    uint8_t plaintext[PLAINTEXT_BYTES_MAX] = {1};
    uint8_t fresh[3][32]; /* tag, nonce, seed */
    uint8_t tagc[32];
    struct ballot_place at = {.package_hash = town->package.hash,
                              .key = town->package.key,
                              .width = 1,
                              .tid = place->tid,
                              .seq = place->seq,
                              .time = place->time,
                              .prev = place->prev,
                              .tagc = tagc};
    struct record_ballot ballot = {0, fresh[0], fresh[1], ciphertext, proof};

    randombytes_buf(fresh, sizeof fresh);
    tag_bind(tagc, fresh[1], fresh[0]);
    ballot_context(context, &at);
    sample_must(ballot_encrypt(ciphertext, proof, town->key, context, rule,
                               plaintext, plaintext_size(rule), fresh[2], NULL),
                "ballot");
    return record_make_cast(out, place, &ballot);
}

static void make_records(struct town *town)
{
    static const uint8_t digest[RECORD_DIGEST_BYTES] = {1};
    uint8_t prev[HASH_BYTES];
    struct record_place place = {.package = &town->package,
                                 .tid = town->certificate.tid,
                                 .secret = town->terminal,
                                 .time = HALL_TIME,
                                 .prev = prev};
    uint8_t record[RECORD_BYTES_MAX];
    size_t room = LENGTH_BYTES + RECORD_OPENED_BYTES +
                  town->count * (LENGTH_BYTES + RECORD_CAST_BYTES(1));
    struct bytes_writer writer = {sample_memory(room), 0, room};

    town->ballots = sample_memory(town->count * sizeof *town->ballots);
    witness_chain_start(prev, town->package.hash, place.tid);
    for (size_t i = 0; i <= town->count; i++) {
        size_t size;

        place.seq = i + 1;
        size = i == 0 ? record_make_opened(record, &place, digest)
                      : make_ballot(town, record, &place);
        record_hash(prev, record, size);
        bytes_put_u32(&writer, (uint32_t)size);
        if (i > 0) {
            town->ballots[i - 1] = (struct record_claim){
                .bytes = writer.start + writer.size, .size = size};
        }
        bytes_put(&writer, record, size);
    }
    town->records = writer.start;
    town->records_size = writer.size;
}

/* ---- the closing, and what stands on it */

static void add_all(const struct town *town, struct counting *set)
{
    const uint8_t *first = town->records + LENGTH_BYTES;

    for (size_t i = 0; i <= town->count; i++) {
        const uint8_t *bytes = i == 0 ? first : town->ballots[i - 1].bytes;
        size_t size = i == 0 ? RECORD_OPENED_BYTES : town->ballots[i - 1].size;
        struct record record;
        uint8_t hash[HASH_BYTES];

        sample_must(record_read(&record, &town->package, bytes, size),
                    "record");
        record_hash(hash, bytes, size);
        sample_must(counting_add(set, &record, hash, i, NULL), "record");
    }
}

/* The counted list, in the order of the hashes. */
static void make_list(struct town *town, const struct counting_contest *contest)
{
    sample_must(contest->counted == town->count ? AULA_OK : AULA_SOURCE,
                "counted ballots");
    town->list = sample_memory((size_t)64 * town->count);
    for (size_t i = 0; i < town->count; i++) {
        memcpy(town->list + 64 * i,
               town->ballots[contest->ballots[i].place - 1].bytes + 152, 64);
    }
}

static void put_closing(struct town *town, const struct counting_outcome *from)
{
    uint8_t file[CLOSING_BYTES(1, 1)];
    uint8_t list[REGISTER_BYTES(1)];
    uint8_t tids[1][TERMINAL_ID_BYTES];
    struct closing_terminal terminal = {.count = town->count + 1,
                                        .seq_max = town->count + 1};
    struct closing_contest contest = {.counted = town->count};
    struct closing closing = {.time = town->package.closes + 1,
                              .record_count = from->record_count,
                              .terminal_count = 1,
                              .terminals = &terminal,
                              .contest_count = 1,
                              .contests = &contest};
    uint8_t hash[HASH_BYTES];

    memcpy(tids[0], town->certificate.tid, TERMINAL_ID_BYTES);
    sample_must(register_make(list, &town->package, town->office.secret, 1,
                              tids, 1, NULL),
                "register");
    register_hash(closing.first_register, list, sizeof list);
    memcpy(closing.record_set, from->record_set, HASH_BYTES);
    memcpy(terminal.tid, tids[0], TERMINAL_ID_BYTES);
    memcpy(terminal.head, from->terminals[0].head, HASH_BYTES);
    mix_list_hash(contest.list_hash, town->list, town->count, 1);
    closing_make(file, &town->package, town->office.secret, &closing);
    put(town, "closing.bin", file, sizeof file);
    closing_hash(hash, file, sizeof file);
    for (uint8_t v = 1; v <= QUORUM; v++) {
        uint8_t approval[APPROVAL_BYTES];
        char name[32];

        approval_make(approval, &town->package, v, hash,
                      town->office.trustees[v - 1].secret);
        (void)snprintf(name, sizeof name, "approve/%d.app", (int)v);
        put(town, name, approval, sizeof approval);
    }
}

static void close_set(struct town *town)
{
    struct terminals_register list;
    struct counting_election election = {.package = &town->package,
                                         .certificates = &town->certificate,
                                         .certificate_count = 1,
                                         .first = &list};
    struct counting *set = NULL;

    list = (struct terminals_register){1, 1, town->certificate.tid};
    sample_must(counting_open(&set, &election, NULL), "set");
    add_all(town, set);
    sample_must(counting_find(set, NULL, 0, NULL), "findings");
    sample_must(counting_count(set, NULL, 0, NULL), "count");
    make_list(town, &counting_outcome(set)->contests[0]);
    put_closing(town, counting_outcome(set));
    counting_close(set);
}

static void put_mix(struct town *town, struct pool *pool)
{
    uint8_t seed[MIX_SEED_BYTES];

    randombytes_buf(seed, sizeof seed);
    town->input = (struct mix_input){.package_hash = town->package.hash,
                                     .key = town->package.key,
                                     .position = 1,
                                     .width = 1,
                                     .count = town->count,
                                     .list = town->list};
    town->mix_size = mix_file_size(town->count, 1);
    town->mix = sample_memory(town->mix_size);
    sample_must(mix_make(town->mix, pool, &town->input, 1,
                         town->office.trustees[0].secret, seed, NULL),
                "mix");
    put(town, "mix/0/1.mix", town->mix, town->mix_size);
}

void town_open(struct town *town, uint32_t count, struct pool *pool)
{
    static const char *const folders[] = {"content", "terminals", "records",
                                          "approve", "mix",       "mix/0"};
    char hex[2 * TERMINAL_ID_BYTES + 1];
    char name[64];

    memset(town, 0, sizeof *town);
    town->count = count;
    folder_open(&town->folder);
    office_open(&town->office);
    hall_election(&town->container, &town->package, &town->office);
    sample_must(ballot_key_open(&town->key, town->package.key, NULL), "key");
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        put_folder(town, folders[i]);
    }
    put_setup(town);
    make_records(town);
    (void)sodium_bin2hex(hex, sizeof hex, town->certificate.tid,
                         TERMINAL_ID_BYTES);
    (void)snprintf(name, sizeof name, "records/%s.rec", hex);
    put(town, name, town->records, town->records_size);
    close_set(town);
    put_mix(town, pool);
}

void town_close(struct town *town)
{
    free(town->mix);
    free(town->list);
    free(town->ballots);
    free(town->records);
    ballot_key_close(town->key);
    package_close(&town->package);
    free(town->container.bytes);
    folder_close(&town->folder);
}
