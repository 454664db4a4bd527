/* SPDX-License-Identifier: Apache-2.0 */
/* Rows in bulk: a sorted insert in one durable transaction into a new database,
 * and a full scan of it, through the encrypting VFS, through plain sqlite3 and
 * through SQLCipher. The scan's yardstick is sqlite3 and what libsodium takes
 * to open as many pages.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench.h"
#include "bytes.h"
#include "engine.h"
#include "folder.h"
#include "sample.h"

enum {
    ROUNDS = 11,
    SCANS = 3,
    ROW_BYTES_MAX = 400,
    CONTENT_BYTES = 4056,
    PAGES = 1000
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
     34, 50000},
    {"records", "CREATE TABLE t (n INTEGER PRIMARY KEY, b BLOB NOT NULL)", 376,
     10000},
};

/* Pages of one state of a file, as many bytes as there are in a scan. */
struct sealed_page {
    uint8_t bytes[CONTENT_BYTES];
    uint8_t tag[crypto_aead_xchacha20poly1305_ietf_ABYTES];
};

struct bulk {
    struct folder folder;
    char path[FOLDER_PATH_BYTES];
    struct engine engines[ENGINES];
    bool is_there[ENGINES];
    const struct shape *shape;
    uint8_t *rows; /* ROW_BYTES_MAX each */
    struct sealed_page *sealed;
    double inserts[ENGINES][ROUNDS];
    int rounds; /* that were run */
    double scans[ENGINES][ROUNDS];
    double cipher[ROUNDS]; /* a page */
    double pages;          /* of the sealed file */
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
    bulk->inserts[kind][bulk->rounds] = insert(bulk, engine, db);
    /* So little memory that a scan reads every page. */
    engine_run(engine, db, "PRAGMA cache_size=50");
    bulk->scans[kind][bulk->rounds] = 1e9;
    for (int i = 0; i < SCANS; i++) {
        take_least(&bulk->scans[kind][bulk->rounds], scan(bulk, engine, db));
    }
    engine_must(engine->close(db), "close");
    if (kind == ENGINE_SEALED && stat(bulk->path, &file) == 0) {
        bulk->pages = (double)file.st_size / VFS_PAGE_BYTES;
    }
}

static const uint8_t cipher_key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
static const uint8_t nonce[crypto_aead_xchacha20poly1305_ietf_NPUBBYTES];
static const uint8_t additional[22];

static void seal_pages(struct sealed_page *pages)
{
    static const uint8_t zeros[CONTENT_BYTES];

    for (size_t i = 0; i < PAGES; i++) {
        (void)crypto_aead_xchacha20poly1305_ietf_encrypt_detached(
            pages[i].bytes, pages[i].tag, NULL, zeros, sizeof zeros, additional,
            sizeof additional, NULL, nonce, cipher_key);
    }
}

/* Seconds that libsodium takes to open one of many pages. */
static double open_page(const struct sealed_page *pages)
{
    uint8_t out[CONTENT_BYTES];
    double start = bench_work();
    int failures = 0;

    for (size_t i = 0; i < PAGES; i++) {
        failures += crypto_aead_xchacha20poly1305_ietf_decrypt_detached(
            out, NULL, pages[i].bytes, sizeof out, pages[i].tag, additional,
            sizeof additional, nonce, cipher_key);
    }
    sample_must(failures == 0 ? AULA_OK : AULA_STORE_DAMAGED, "opening a page");
    return (bench_work() - start) / PAGES;
}

/* The middle round against its yardstick, per row. */
static void say(const struct bulk *bulk, const char *what, const char *against,
                struct bench_pair pairs[ROUNDS], double bound)
{
    struct bench_pair middle = bench_middle(pairs, (size_t)bulk->rounds);
    double rows = (double)bulk->shape->count / 1e6;
    char name[64];

    (void)snprintf(name, sizeof name, "%s %s, by %s", what, bulk->shape->name,
                   against);
    if (middle.yardstick > 0) {
        bench_print(name, middle.value / rows, "us/row",
                    middle.yardstick / rows, bound);
    } else {
        bench_missing(name, against);
    }
}

static void say_insert(const struct bulk *bulk, enum engine_kind against,
                       const char *name, double bound)
{
    struct bench_pair pairs[ROUNDS];

    for (int i = 0; i < bulk->rounds; i++) {
        pairs[i].value = bulk->inserts[ENGINE_SEALED][i];
        pairs[i].yardstick = bulk->inserts[against][i];
    }
    say(bulk, "sorted insert of", name, pairs, bound);
}

static void say_scan(const struct bulk *bulk, enum engine_kind against,
                     const char *name, double pages, double bound)
{
    struct bench_pair pairs[ROUNDS];

    for (int i = 0; i < bulk->rounds; i++) {
        pairs[i].value = bulk->scans[ENGINE_SEALED][i];
        pairs[i].yardstick = bulk->scans[against][i] + bulk->cipher[i] * pages;
    }
    say(bulk, "full scan of", name, pairs, bound);
}

static void run_round(struct bulk *bulk)
{
    double cipher = 1e9;

    for (enum engine_kind kind = ENGINE_PLAIN; kind < ENGINES; kind++) {
        if (bulk->is_there[kind]) {
            run_engine(bulk, kind);
        }
        take_least(&cipher, open_page(bulk->sealed));
    }
    bulk->cipher[bulk->rounds++] = cipher;
}

static void run_shape(struct bulk *bulk, const struct shape *shape)
{
    bulk->shape = shape;
    make_rows(bulk);
    memset(bulk->inserts, 0, sizeof bulk->inserts);
    memset(bulk->scans, 0, sizeof bulk->scans);
    bulk->rounds = 0;
    while (bulk->rounds < (bench_once() ? 1 : ROUNDS)) {
        run_round(bulk);
    }
    say_insert(bulk, ENGINE_PLAIN, "sqlite3", insert_bound);
    say_insert(bulk, ENGINE_SQLCIPHER, "SQLCipher", 1);
    say_scan(bulk, ENGINE_PLAIN, "sqlite3 and cipher", bulk->pages, scan_bound);
    say_scan(bulk, ENGINE_SQLCIPHER, "SQLCipher", 0, 1);
}

void bench_bulk(void)
{
    struct bulk *bulk = sample_memory(sizeof *bulk);

    bulk->rows = sample_memory((size_t)shapes[0].count * ROW_BYTES_MAX);
    bulk->sealed = sample_memory(PAGES * sizeof *bulk->sealed);
    seal_pages(bulk->sealed);
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
    free(bulk->sealed);
    free(bulk->rows);
    free(bulk);
}
