/* SPDX-License-Identifier: Apache-2.0 */
/* What a terminal checks at each start, for a chain of ten full days: the store
 * is opened, which compares its root, and every record is read, its signature
 * checked, and added to the chain. The yardstick is as many bare signature
 * checks by libsodium.
 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "chain.h"
#include "folder.h"
#include "sample.h"
#include "store.h"
#include "witness.h"

enum { RECORDS = 20000, RECORDS_ONCE = 1000, CHECKS = 500, ROUNDS = 3 };

static const double bound = 1.2;

struct start {
    struct folder folder;
    char path[FOLDER_PATH_BYTES];
    uint8_t key[STORE_KEY_BYTES];
    uint8_t id[STORE_ID_BYTES];
    struct package_contest contest;
    struct package package; /* as much of it as records need */
    uint8_t public[SIGN_PUBLIC_BYTES];
    uint8_t secret[SIGN_SECRET_BYTES];
    uint8_t tid[TERMINAL_ID_BYTES];
    uint64_t count;
    struct chain chain;
    struct store *store;
};

/* A ballot that nobody decrypts; no proof is looked at. */
static size_t make_record(uint8_t *bytes, const struct start *start,
                          uint64_t seq, const uint8_t *prev)
{
    static const uint8_t zeros[64] = {0};
    uint8_t tag[TAG_BYTES];
    struct record_place place = {.package = &start->package,
                                 .tid = start->tid,
                                 .secret = start->secret,
                                 .seq = seq,
                                 .time = seq,
                                 .prev = prev};
    struct record_ballot ballot = {0, tag, zeros, zeros, zeros};

    randombytes_buf(tag, sizeof tag);
    return record_make_cast(bytes, &place, &ballot);
}

static void fill(struct start *start)
{
    struct store_record *row = sample_memory(sizeof *row);
    uint8_t prev[HASH_BYTES];

    memset(row, 0, sizeof *row);
    witness_chain_start(prev, start->package.hash, start->tid);
    sample_must(store_begin(start->store, NULL), "begin");
    for (uint64_t seq = 1; seq <= start->count; seq++) {
        row->seq = seq;
        row->kind = RECORD_CAST;
        row->size = make_record(row->bytes, start, seq, prev);
        record_hash(row->hash, row->bytes, row->size);
        memcpy(prev, row->hash, sizeof prev);
        sample_must(store_add_record(start->store, row, NULL), "record");
    }
    sample_must(store_commit(start->store, NULL), "commit");
    free(row);
}

static void make(struct start *start)
{
    uint8_t seed[SIGN_SEED_BYTES];

    randombytes_buf(seed, sizeof seed);
    sign_key_pair(start->public, start->secret, seed);
    terminal_id(start->tid, start->public);
    randombytes_buf(start->key, sizeof start->key);
    randombytes_buf(start->id, sizeof start->id);
    randombytes_buf(start->package.hash, sizeof start->package.hash);
    start->contest.rule = (struct plaintext_rule){
        .type = PLAINTEXT_APPROVAL, .n = 30, .limit = 3};
    start->package.contests = &start->contest;
    start->package.contest_count = 1;
    start->count = bench_once() ? RECORDS_ONCE : RECORDS;
    folder_open(&start->folder);
    folder_file(start->path, &start->folder, "store.db");
    sample_must(store_create(start->path, start->key, start->id, NULL),
                "store");
    sample_must(store_open(&start->store, NULL, start->path, start->key,
                           start->id, NULL),
                "store");
    fill(start);
    store_close(start->store);
}

/* As a terminal does it. */
static enum aula_code add(void *context, const struct store_record *row,
                          struct aula_error *err)
{
    struct start *start = context;
    struct record record;
    enum aula_code code = record_read(&record, &start->package, row->bytes,
                                      row->size);

    if (code == AULA_OK) {
        code = record_check_signature(&record, &start->package, start->public);
    }
    return code == AULA_OK
               ? chain_add(&start->chain, start->tid, &record, row->hash, err)
               : code;
}

static double walk(struct start *start)
{
    double begin = bench_work();

    chain_start(&start->chain, &start->package, start->tid);
    sample_must(store_open(&start->store, NULL, start->path, start->key,
                           start->id, NULL),
                "store");
    sample_must(store_walk_records(start->store, 1, start->count, add, start,
                                   NULL),
                "chain");
    begin = bench_work() - begin;
    store_close(start->store);
    return begin;
}

/* Seconds of one bare check. */
static double check(const struct start *start)
{
    uint8_t digests[CHECKS][HASH_WIDE_BYTES];
    uint8_t signatures[CHECKS][SIGN_BYTES];
    double begin;
    int failures = 0;

    randombytes_buf(digests, sizeof digests);
    for (size_t i = 0; i < CHECKS; i++) {
        (void)crypto_sign_detached(signatures[i], NULL, digests[i],
                                   HASH_WIDE_BYTES, start->secret);
    }
    begin = bench_work();
    for (size_t i = 0; i < CHECKS; i++) {
        failures += crypto_sign_verify_detached(signatures[i], digests[i],
                                                HASH_WIDE_BYTES, start->public);
    }
    sample_must(failures == 0 ? AULA_OK : AULA_SIG_INVALID, "signatures");
    return (bench_work() - begin) / CHECKS;
}

void bench_start(void)
{
    struct start *start = sample_memory(sizeof *start);
    struct bench_pair pairs[ROUNDS];
    struct bench_pair middle;
    size_t rounds = bench_once() ? 1 : ROUNDS;

    memset(start, 0, sizeof *start);
    make(start);
    for (size_t i = 0; i < rounds; i++) {
        double before = check(start);
        double after;

        pairs[i].value = walk(start) / (double)start->count;
        after = check(start);
        pairs[i].yardstick = before < after ? before : after;
    }
    middle = bench_middle(pairs, rounds);
    bench_print_beside("check of the chain at a start", 1e6 * middle.value,
                       "us/record", 1e6 * middle.yardstick, bound, "count",
                       (unsigned)start->count);
    folder_close(&start->folder);
    free(start);
}
