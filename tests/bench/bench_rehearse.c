/* SPDX-License-Identifier: Apache-2.0 */
/* A rehearsal of 100,000 ballots, from check-in to the last export. Its files
 * are in memory where there is such a folder, so that the disk is not what is
 * measured; and only work is counted, not waiting.
 *
 * Beside it what one ballot cannot do without: encryption and proof, two
 * signatures, three durable transactions of plain sqlite3 (check-in, record,
 * leaving) and the file of the witness. And it may not remember ballots: from a
 * tenth of them on, memory stays as it is.
 */
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "engine.h"
#include "file.h"
#include "folder.h"
#include "passphrase.h"
#include "rehearse_run.h"
#include "rehearse_sample.h"
#include "sample.h"
#include "store.h"
#include "witness.h"

enum {
    BALLOTS = 100000,
    BALLOTS_ONCE = 20,
    TERMINALS = 2,
    FIRST_DAY = 20000,
    PLAIN_BALLOTS = 300,
    SESSION_BYTES = 51, /* of the item that a check-in writes */
    MEMORY_BYTES = 32   /* a ballot that is remembered takes more */
};

/* What cannot be spared is more than half of the work. */
static const double bound = 2;

struct rehearsal {
    struct folder folder;
    struct passphrase passphrase;
    struct pabulib file;
    struct rehearse_election *election;
    struct rehearse_votes votes;
    struct rehearse_plan plan;
    struct rehearse_run run;
};

static void open_folder(struct folder *folder)
{
    (void)snprintf(folder->path, sizeof folder->path, "/dev/shm/aula-XXXXXX");
    if (mkdtemp(folder->path) == NULL) {
        folder_open(folder);
    }
}

static size_t ballots(void)
{
    return bench_once() ? BALLOTS_ONCE : BALLOTS;
}

static void prepare(struct rehearsal *rehearsal)
{
    char *text = sodium_malloc(PASSPHRASE_GENERATED_BYTES);
    int32_t days = (int32_t)rehearse_plan_days(ballots() / TERMINALS);

    sample_must(text == NULL ? AULA_MEMORY : AULA_OK, "locked memory");
    passphrase_generate(text);
    rehearsal->passphrase = (struct passphrase){text, strlen(text)};
    open_folder(&rehearsal->folder);
    sample_must(pabulib_open(&rehearsal->file, (const uint8_t *)rehearse_sample,
                             strlen(rehearse_sample), NULL),
                "sample");
    sample_must(rehearse_election_make(&rehearsal->election,
                                       rehearsal->folder.path, &rehearsal->file,
                                       FIRST_DAY, FIRST_DAY + days - 1,
                                       &rehearsal->passphrase, NULL),
                "election");
    rehearse_votes_draw(&rehearsal->votes, &rehearsal->election->kept->package,
                        ballots(), 1);
    sample_must(rehearse_plan_make(&rehearsal->plan,
                                   &rehearsal->election->election,
                                   ballots() / TERMINALS, NULL),
                "plan");
}

static void rehearse(struct rehearsal *rehearsal)
{
    struct rehearse_scene scene = {.election = rehearsal->election,
                                   .votes = &rehearsal->votes,
                                   .plan = &rehearsal->plan,
                                   .passphrase = &rehearsal->passphrase,
                                   .terminals = TERMINALS};
    struct clock clock = clock_system();

    sample_must(rehearse_run(&rehearsal->run, &scene, rehearsal->folder.path,
                             true, stderr, &clock, NULL),
                "rehearsal");
}

static void forget(struct rehearsal *rehearsal)
{
    rehearse_run_close(&rehearsal->run);
    rehearse_votes_close(&rehearsal->votes);
    rehearse_election_close(rehearsal->election);
    pabulib_close(&rehearsal->file);
    passphrase_forget(&rehearsal->passphrase);
    folder_close(&rehearsal->folder);
}

/* ---- the yardstick */

struct plain {
    struct engine engine;
    sqlite3 *db;
    struct ballot_key *key;
    uint8_t secret[SIGN_SECRET_BYTES];
    char witness[FOLDER_PATH_BYTES];
    unsigned ballots;
};

static const char *const tables[] = {
    "CREATE TABLE record (seq INTEGER PRIMARY KEY, bytes BLOB NOT NULL)",
    "CREATE TABLE voter (key BLOB PRIMARY KEY, seq INTEGER) WITHOUT ROWID",
    "CREATE TABLE item (name TEXT PRIMARY KEY, bytes BLOB NOT NULL)"};

static void open_plain(struct plain *plain, const struct rehearsal *rehearsal,
                       size_t number)
{
    uint8_t seed[SIGN_SEED_BYTES] = {1};
    uint8_t public[SIGN_PUBLIC_BYTES];
    char path[FOLDER_PATH_BYTES];
    char name[32];

    (void)engine_open(&plain->engine, ENGINE_PLAIN);
    (void)snprintf(name, sizeof name, "plain-%zu.db", number);
    folder_file(path, &rehearsal->folder, name);
    (void)snprintf(name, sizeof name, "witness-%zu", number);
    folder_file(plain->witness, &rehearsal->folder, name);
    plain->db = engine_database(&plain->engine, path, true);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        engine_run(&plain->engine, plain->db, tables[i]);
    }
    sign_key_pair(public, plain->secret, seed);
    sample_must(ballot_key_open(&plain->key,
                                rehearsal->election->kept->package.key, NULL),
                "key");
}

static void close_plain(struct plain *plain)
{
    engine_must(plain->engine.close(plain->db), "close");
    engine_close(&plain->engine);
    ballot_key_close(plain->key);
}

/* One row in a transaction of its own, or with others. */
static void put(const struct plain *plain, const char *sql, const void *bytes,
                size_t size)
{
    const struct engine *engine = &plain->engine;
    sqlite3_stmt *statement = engine_prepare(engine, plain->db, sql);

    engine->bind_blob(statement, 1, bytes, (int)size, SQLITE_STATIC);
    engine_must(engine->step(statement), "insert");
    engine_must(engine->finalize(statement), "insert");
}

static size_t make_record(uint8_t *bytes, const struct plain *plain,
                          const struct package *package)
{
    static const uint8_t zeros[64] = {0};
    uint8_t ciphertext[BALLOT_CIPHERTEXT_BYTES(1)];
    uint8_t proof[BALLOT_PROOF_BYTES(1)];
    uint8_t seed[BALLOT_SEED_BYTES];
    struct record_place place = {.package = package,
                                 .tid = zeros,
                                 .secret = plain->secret,
                                 .seq = plain->ballots + 1,
                                 .prev = zeros};
    struct record_ballot ballot = {0, zeros, zeros, ciphertext, proof};

    randombytes_buf(seed, sizeof seed);
    sample_must(ballot_encrypt(ciphertext, proof, plain->key, zeros,
                               &package->contests[0].rule, zeros,
                               plaintext_size(&package->contests[0].rule), seed,
                               NULL),
                "encrypt");
    return record_make_cast(bytes, &place, &ballot);
}

static void do_plain(struct plain *plain, const struct package *package)
{
    static const uint8_t session[SESSION_BYTES] = {0};
    uint8_t bytes[RECORD_BYTES_MAX];
    uint8_t voter[STORE_VOTER_BYTES];
    uint8_t witness[WITNESS_BYTES];
    size_t size = make_record(bytes, plain, package);
    struct witness head = {.seq = ++plain->ballots};

    randombytes_buf(voter, sizeof voter);
    put(plain, "INSERT OR REPLACE INTO item VALUES ('session', ?1)", session,
        sizeof session);
    engine_run(&plain->engine, plain->db, "BEGIN IMMEDIATE");
    put(plain, "INSERT INTO record (bytes) VALUES (?1)", bytes, size);
    put(plain, "INSERT INTO voter VALUES (?1, 1)", voter, sizeof voter);
    engine_run(&plain->engine, plain->db, "COMMIT");
    engine_run(&plain->engine, plain->db,
               "DELETE FROM item WHERE name = 'session'");
    memset(head.hash, 0, sizeof head.hash);
    witness_make(witness, package, plain->secret, &head);
    sample_must(file_write(plain->witness, witness, sizeof witness, 0600, NULL),
                "witness");
}

/* One of as many threads as there were terminals: side by side they hinder each
 * other as those did. */
struct rival {
    pthread_t thread;
    const struct rehearsal *rehearsal;
    size_t number;
    double seconds; /* of work for one ballot */
};

static void *compete(void *context)
{
    struct rival *rival = context;
    struct plain plain = {.ballots = 0};
    double start;

    open_plain(&plain, rival->rehearsal, rival->number);
    start = bench_work();
    for (int i = 0; i < (bench_once() ? 2 : PLAIN_BALLOTS); i++) {
        do_plain(&plain, &rival->rehearsal->election->kept->package);
    }
    rival->seconds = (bench_work() - start) / plain.ballots;
    close_plain(&plain);
    return NULL;
}

static double yardstick(const struct rehearsal *rehearsal)
{
    struct rival rivals[TERMINALS];
    double sum = 0;

    for (size_t i = 0; i < TERMINALS; i++) {
        rivals[i] = (struct rival){.rehearsal = rehearsal, .number = i};
        sample_must(pthread_create(&rivals[i].thread, NULL, compete,
                                   &rivals[i]) == 0
                        ? AULA_OK
                        : AULA_THREADS,
                    "threads");
    }
    for (size_t i = 0; i < TERMINALS; i++) {
        (void)pthread_join(rivals[i].thread, NULL);
        sum += rivals[i].seconds;
    }
    return sum / TERMINALS;
}

void bench_rehearse(void)
{
    struct rehearsal *rehearsal = sample_memory(sizeof *rehearsal);
    const struct rehearse_run *run = &rehearsal->run;
    double work = 0;
    double grown;

    memset(rehearsal, 0, sizeof *rehearsal);
    prepare(rehearsal);
    rehearse(rehearsal);
    for (size_t i = 0; i < TERMINALS; i++) {
        work += (double)run->terminals[i].times[REHEARSE_ALL].work_us;
    }
    grown = 1024 * ((double)run->memory_kib - (double)run->tenth_kib);
    bench_print("work of a rehearsed ballot", work / (double)ballots(),
                "us/ballot", 1e6 * yardstick(rehearsal), bound);
    bench_print("memory of a rehearsal from a tenth on",
                grown / (0.9 * (double)ballots()), "bytes/ballot", MEMORY_BYTES,
                1);
    forget(rehearsal);
    free(rehearsal);
}
