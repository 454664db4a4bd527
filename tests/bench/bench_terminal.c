/* SPDX-License-Identifier: Apache-2.0 */
/* One recorded ballot at a terminal: from the choices to the witness behind the
 * record. Beside it, in turns, what cannot be spared: the ballot encrypted,
 * proven and signed, the same rows in one durable transaction of plain sqlite3,
 * and one more file for the witness.
 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "engine.h"
#include "file.h"
#include "flushes.h"
#include "hall.h"
#include "rehearse_voter.h"
#include "sample.h"
#include "session.h"
#include "store.h"
#include "witness.h"

enum {
    BALLOTS = 41,
    CHOICES_BYTES = (HALL_PROPOSALS + 7) / 8,
    SESSION_BYTES = 51 /* the item, for one contest */
};

static const double bound = 1.2;

static const char *const tables[] = {
    "CREATE TABLE record (seq INTEGER PRIMARY KEY, kind INTEGER NOT NULL, "
    "hash BLOB NOT NULL, bytes BLOB NOT NULL) STRICT",
    "CREATE TABLE voter (key BLOB PRIMARY KEY, seq INTEGER NOT NULL) STRICT, "
    "WITHOUT ROWID",
    "CREATE TABLE item (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT",
};

/* What the yardstick has of its own. */
struct plain {
    struct engine engine;
    sqlite3 *db;
    sqlite3_stmt *record;
    sqlite3_stmt *voter;
    sqlite3_stmt *item;
    char witness[FOLDER_PATH_BYTES];
    struct ballot_key *key;
    uint8_t secret[SIGN_SECRET_BYTES];
};

struct casting {
    struct hall hall;
    struct plain plain;
    unsigned ballots;
};

/* ---- one ballot at the terminal */

static const uint8_t choices[CHOICES_BYTES] = {0x07};

static void check_in(struct casting *casting)
{
    char typed[REHEARSE_VOTER_BYTES];
    struct session_lookup *lookup = sample_memory(sizeof *lookup);

    rehearse_voter(typed, TAG_SCHEME_IIN, casting->ballots);
    sample_must(session_look_up(casting->hall.terminal, lookup, typed,
                                TAG_DIGITS, NULL),
                "look-up");
    sample_must(session_admit(casting->hall.terminal, NULL, 0, NULL),
                "check-in");
    free(lookup);
}

static void cast(struct casting *casting)
{
    struct session_ballot ballot;

    sample_must(session_prepare(casting->hall.terminal, &ballot, 0, choices,
                                sizeof choices, NULL),
                "prepare");
    sample_must(session_cast(casting->hall.terminal, NULL), "cast");
}

/* ---- the same without all that a terminal is for */

static void open_plain(struct casting *casting)
{
    struct plain *plain = &casting->plain;
    uint8_t public[SIGN_PUBLIC_BYTES];
    uint8_t seed[SIGN_SEED_BYTES];
    char path[FOLDER_PATH_BYTES];

    (void)engine_open(&plain->engine, ENGINE_PLAIN);
    folder_file(path, &casting->hall.folder, "plain.db");
    folder_file(plain->witness, &casting->hall.folder, "witness");
    plain->db = engine_database(&plain->engine, path, true);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        engine_run(&plain->engine, plain->db, tables[i]);
    }
    plain->record = engine_prepare(&plain->engine, plain->db,
                                   "INSERT INTO record VALUES (?1, 1, ?2, ?3)");
    plain->voter = engine_prepare(&plain->engine, plain->db,
                                  "INSERT INTO voter VALUES (?1, ?2)");
    plain->item = engine_prepare(&plain->engine, plain->db,
                                 "INSERT OR REPLACE INTO item "
                                 "VALUES ('session', ?1)");
    randombytes_buf(seed, sizeof seed);
    sign_key_pair(public, plain->secret, seed);
    sample_must(ballot_key_open(&plain->key, casting->hall.package.key, NULL),
                "key");
}

static void close_plain(struct plain *plain)
{
    engine_must(plain->engine.finalize(plain->record), "close");
    engine_must(plain->engine.finalize(plain->voter), "close");
    engine_must(plain->engine.finalize(plain->item), "close");
    engine_must(plain->engine.close(plain->db), "close");
    engine_close(&plain->engine);
    ballot_key_close(plain->key);
}

static size_t make_record(uint8_t *bytes, const struct casting *casting)
{
    static const uint8_t zeros[64] = {0};
    const struct plaintext_rule *rule = &casting->hall.package.contests[0].rule;
    uint8_t ciphertext[BALLOT_CIPHERTEXT_BYTES(1)];
    uint8_t proof[BALLOT_PROOF_BYTES(1)];
    uint8_t seed[BALLOT_SEED_BYTES];
    struct record_place place = {.package = &casting->hall.package,
                                 .tid = zeros,
                                 .secret = casting->plain.secret,
                                 .seq = casting->ballots + 1,
                                 .time = HALL_TIME,
                                 .prev = zeros};
    struct record_ballot ballot = {0, zeros, zeros, ciphertext, proof};

    randombytes_buf(seed, sizeof seed);
    sample_must(ballot_encrypt(ciphertext, proof, casting->plain.key, zeros,
                               rule, choices, sizeof choices, seed, NULL),
                "encrypt");
    return record_make_cast(bytes, &place, &ballot);
}

static void run(const struct plain *plain, sqlite3_stmt *statement)
{
    engine_must(plain->engine.step(statement), "insert");
    engine_must(plain->engine.reset(statement), "insert");
}

static void store_plain(struct casting *casting, const uint8_t *bytes,
                        size_t size)
{
    const struct plain *plain = &casting->plain;
    const struct engine *engine = &plain->engine;
    uint8_t voter[STORE_VOTER_BYTES];
    uint8_t zeros[WITNESS_BYTES] = {0};

    randombytes_buf(voter, sizeof voter);
    engine_run(engine, plain->db, "BEGIN IMMEDIATE");
    engine->bind_int64(plain->record, 1, casting->ballots + 1);
    engine->bind_blob(plain->record, 2, zeros, HASH_BYTES, SQLITE_STATIC);
    engine->bind_blob(plain->record, 3, bytes, (int)size, SQLITE_STATIC);
    run(plain, plain->record);
    engine->bind_blob(plain->voter, 1, voter, sizeof voter, SQLITE_STATIC);
    engine->bind_int64(plain->voter, 2, casting->ballots + 1);
    run(plain, plain->voter);
    engine->bind_blob(plain->item, 1, zeros, SESSION_BYTES, SQLITE_STATIC);
    run(plain, plain->item);
    engine_run(engine, plain->db, "COMMIT");
    sample_must(file_write(plain->witness, zeros, sizeof zeros, 0600, NULL),
                "witness");
}

/* ---- in turns */

struct turn {
    struct bench_pair seconds;
    unsigned flushes;
    unsigned plain_flushes;
};

static struct turn take_turn(struct casting *casting)
{
    uint8_t bytes[RECORD_BYTES_MAX];
    struct turn turn;
    unsigned before;
    double start;

    check_in(casting);
    before = flushes_count();
    start = bench_now();
    cast(casting);
    turn.seconds.value = bench_now() - start;
    turn.flushes = flushes_count() - before;
    sample_must(session_leave(casting->hall.terminal, NULL, NULL), "leave");
    before = flushes_count();
    start = bench_now();
    store_plain(casting, bytes, make_record(bytes, casting));
    turn.seconds.yardstick = bench_now() - start;
    turn.plain_flushes = flushes_count() - before;
    casting->ballots++;
    return turn;
}

static void measure(struct casting *casting)
{
    struct bench_pair pairs[BALLOTS];
    struct bench_pair middle;
    struct turn worst = {.flushes = 0};
    size_t count = bench_once() ? 2 : BALLOTS;

    for (size_t i = 0; i < count; i++) {
        struct turn turn = take_turn(casting);

        pairs[i] = turn.seconds;
        if (i == 0 || turn.flushes * worst.plain_flushes >
                          worst.flushes * turn.plain_flushes) {
            worst = turn;
        }
    }
    middle = bench_middle(pairs, count);
    bench_print("one recorded ballot", 1e6 * middle.value, "us/ballot",
                1e6 * middle.yardstick, bound);
    bench_print("flushes of one recorded ballot", worst.flushes,
                "flushes/ballot", worst.plain_flushes, 1);
}

void bench_terminal(void)
{
    struct casting *casting = sample_memory(sizeof *casting);

    memset(casting, 0, sizeof *casting);
    hall_open(&casting->hall);
    open_plain(casting);
    measure(casting);
    close_plain(&casting->plain);
    hall_close(&casting->hall);
    free(casting);
}
