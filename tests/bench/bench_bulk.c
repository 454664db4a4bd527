/* SPDX-License-Identifier: Apache-2.0 */
/* Rows in bulk: a sorted insert in one durable transaction into a new database,
 * and a full scan of it, through the encrypting VFS, through plain sqlite3 and
 * through SQLCipher. The scan's yardstick is sqlite3 and what libsodium takes
 * to open as many pages.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench.h"
#include "bytes.h"
#include "engine.h"
#include "folder.h"
#include "sample.h"

enum {
    ROUNDS = 9,
    SCANS = 3,
    ROW_BYTES_MAX = 400,
    CONTENT_BYTES = 4056,
    OPENINGS = 200
};

/* The bounds: 0.8 of sqlite3's speed; no slower than SQLCipher. */
static const double insert_bound = 1 / 0.8;
static const double scan_bound = 1.2;

/* The two kinds of rows that a store has many of. */
struct shape {
    const char *name;
    const char *table;
    int size; /* bytes of b */
    uint32_t count;
};

static const struct shape shapes[] = {
    {"voters",
     "CREATE TABLE t (b BLOB PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID",
     34, 100000},
    {"records", "CREATE TABLE t (n INTEGER PRIMARY KEY, b BLOB NOT NULL)", 376,
     10000},
};

struct bulk {
    struct folder folder;
    char path[FOLDER_PATH_BYTES];
    struct engine engines[ENGINES];
    bool is_there[ENGINES];
    const struct shape *shape;
    uint8_t *rows; /* ROW_BYTES_MAX each */
    double inserts[ENGINES];
    double scans[ENGINES];
    double pages; /* of the sealed file */
};

static void make_rows(struct bulk *bulk)
{
    randombytes_buf(bulk->rows, (size_t)bulk->shape->count * ROW_BYTES_MAX);
    for (uint32_t i = 0; i < bulk->shape->count; i++) {
        uint8_t *row = bulk->rows + (size_t)i * ROW_BYTES_MAX;

        row[0] = (uint8_t)(i >> 16);
        row[1] = (uint8_t)(i >> 8);
        row[2] = (uint8_t)i;
    }
}

static double insert(const struct bulk *bulk, const struct engine *engine,
                     sqlite3 *db)
{
    sqlite3_stmt *statement = engine_prepare(engine, db,
                                             "INSERT INTO t (n, b) "
                                             "VALUES (?1, ?2)");
    double start = bench_now(); /* a flush is waited for */

    engine_run(engine, db, "BEGIN");
    for (uint32_t i = 0; i < bulk->shape->count; i++) {
        engine_must(engine->bind_int64(statement, 1, i + 1), "bind");
        engine_must(engine->bind_blob(statement, 2,
                                      bulk->rows + (size_t)i * ROW_BYTES_MAX,
                                      bulk->shape->size, SQLITE_STATIC),
                    "bind");
        engine_must(engine->step(statement), "insert");
        engine_must(engine->reset(statement), "reset");
    }
    engine_run(engine, db, "COMMIT");
    start = bench_now() - start;
    engine_must(engine->finalize(statement), "finalize");
    return start;
}

static double scan(const struct bulk *bulk, const struct engine *engine,
                   sqlite3 *db)
{
    sqlite3_stmt *statement = engine_prepare(engine, db, "SELECT n, b FROM t");
    double start = bench_work();
    uint32_t count = 0;

    while (engine->step(statement) == SQLITE_ROW) {
        if (engine->column_blob(statement, 1) != NULL &&
            engine->column_bytes(statement, 1) == bulk->shape->size) {
            count++;
        }
    }
    start = bench_work() - start;
    engine_must(engine->finalize(statement), "scan");
    sample_must(count == bulk->shape->count ? AULA_OK : AULA_STORE_DAMAGED,
                "rows of a scan");
    return start;
}

static void take_least(double *least, double seconds)
{
    *least = seconds < *least ? seconds : *least;
}

static void run_engine(struct bulk *bulk, enum engine_kind kind)
{
    const struct engine *engine = &bulk->engines[kind];
    struct stat file;
    sqlite3 *db;

    (void)unlink(bulk->path);
    db = engine_database(engine, bulk->path, true);
    engine_run(engine, db, bulk->shape->table);
    take_least(&bulk->inserts[kind], insert(bulk, engine, db));
    for (int i = 0; i < SCANS; i++) {
        take_least(&bulk->scans[kind], scan(bulk, engine, db));
    }
    engine_must(engine->close(db), "close");
    if (kind == ENGINE_SEALED && stat(bulk->path, &file) == 0) {
        bulk->pages = (double)file.st_size / VFS_PAGE_BYTES;
    }
}

/* Seconds that libsodium takes to open a page. */
static double open_page(void)
{
    static const uint8_t key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
    static const uint8_t nonce[crypto_aead_xchacha20poly1305_ietf_NPUBBYTES];
    static const uint8_t additional[22];
    static const uint8_t zeros[CONTENT_BYTES];
    uint8_t tag[crypto_aead_xchacha20poly1305_ietf_ABYTES];
    uint8_t page[CONTENT_BYTES];
    uint8_t out[CONTENT_BYTES];
    double start = bench_work();
    int failures = 0;

    (void)crypto_aead_xchacha20poly1305_ietf_encrypt_detached(page, tag, NULL,
                                                              zeros,
                                                              sizeof page,
                                                              additional,
                                                              sizeof additional,
                                                              NULL, nonce, key);
    for (int i = 0; i < OPENINGS; i++) {
        failures += crypto_aead_xchacha20poly1305_ietf_decrypt_detached(
            out, NULL, page, sizeof page, tag, additional, sizeof additional,
            nonce, key);
    }
    sample_must(failures == 0 ? AULA_OK : AULA_STORE_DAMAGED, "opening a page");
    return (bench_work() - start) / OPENINGS;
}

/* One value against its yardstick, per row. */
static void say(const struct bulk *bulk, const char *what, const char *against,
                double value, double yardstick, double bound)
{
    double rows = (double)bulk->shape->count / 1e6;
    char name[64];

    (void)snprintf(name, sizeof name, "%s %s, by %s", what, bulk->shape->name,
                   against);
    if (yardstick > 0) {
        bench_print(name, value / rows, "us/row", yardstick / rows, bound);
    } else {
        bench_missing(name, against);
    }
}

static void say_all(const struct bulk *bulk, double cipher)
{
    const double *inserts = bulk->inserts;
    const double *scans = bulk->scans;
    bool is_there = bulk->is_there[ENGINE_SQLCIPHER];

    say(bulk, "sorted insert of", "sqlite3", inserts[ENGINE_SEALED],
        inserts[ENGINE_PLAIN], insert_bound);
    say(bulk, "full scan of", "sqlite3 and cipher", scans[ENGINE_SEALED],
        scans[ENGINE_PLAIN] + cipher * bulk->pages, scan_bound);
    say(bulk, "sorted insert of", "SQLCipher", inserts[ENGINE_SEALED],
        is_there ? inserts[ENGINE_SQLCIPHER] : 0, 1);
    say(bulk, "full scan of", "SQLCipher", scans[ENGINE_SEALED],
        is_there ? scans[ENGINE_SQLCIPHER] : 0, 1);
}

static void run_shape(struct bulk *bulk, const struct shape *shape)
{
    double cipher = 1e9;

    bulk->shape = shape;
    make_rows(bulk);
    for (enum engine_kind kind = ENGINE_PLAIN; kind < ENGINES; kind++) {
        bulk->inserts[kind] = 1e9;
        bulk->scans[kind] = 1e9;
    }
    for (int round = 0; round < (bench_once() ? 1 : ROUNDS); round++) {
        for (enum engine_kind kind = ENGINE_PLAIN; kind < ENGINES; kind++) {
            if (bulk->is_there[kind]) {
                run_engine(bulk, kind);
            }
            take_least(&cipher, open_page());
        }
    }
    say_all(bulk, cipher);
}

void bench_bulk(void)
{
    struct bulk *bulk = sample_memory(sizeof *bulk);

    bulk->rows = sample_memory((size_t)shapes[0].count * ROW_BYTES_MAX);
    folder_open(&bulk->folder);
    folder_file(bulk->path, &bulk->folder, "bulk.db");
    for (enum engine_kind kind = ENGINE_PLAIN; kind < ENGINES; kind++) {
        bulk->is_there[kind] = engine_open(&bulk->engines[kind], kind);
    }
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        run_shape(bulk, &shapes[i]);
    }
    for (enum engine_kind kind = ENGINE_PLAIN; kind < ENGINES; kind++) {
        engine_close(&bulk->engines[kind]);
    }
    folder_close(&bulk->folder);
    free(bulk->rows);
    free(bulk);
}
