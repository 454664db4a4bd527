/* SPDX-License-Identifier: Apache-2.0 */
/* Import of batches into an empty archive on the disk, against what no import
 * can do without: one signature and one proof for each ballot, at the price of
 * libsodium's functions, on the threads that are used. And against itself: of a
 * hundred times as many ballots each costs no more.
 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch.h"
#include "bench.h"
#include "file.h"
#include "folder.h"
#include "import.h"
#include "passphrase.h"
#include "record.h"
#include "rehearse_election.h"
#include "rehearse_sample.h"
#include "sample.h"

enum {
    HALLS = 50,
    BALLOTS = 2000, /* of a hall */
    BALLOTS_ONCE = 4,
    SMALL = 1000, /* ballots of the smaller import, in all */
    FIRST_DAY = 20000,
    SIGNATURES = 100,
    ROUNDS = 10
};

static const double bound = 1.15;

/* What fills one batch. */
struct hall {
    uint8_t key[SIGN_PUBLIC_BYTES];
    uint8_t secret[SIGN_SECRET_BYTES];
    uint8_t tid[TERMINAL_ID_BYTES];
    uint8_t prev[HASH_BYTES];
    uint64_t seq;
    uint8_t record[RECORD_BYTES_MAX];
};

struct scene {
    struct folder folder;
    struct passphrase passphrase;
    struct pabulib file;
    struct rehearse_election *election;
    struct desk *desk;
    struct ballot_key *key;
    struct pool *pool;
    char archive[PLACE_BYTES];
    size_t ballots; /* of each hall that is made now */
    size_t first;   /* number of the first of them */
};

static void prepare(struct scene *scene)
{
    char *text = sodium_malloc(PASSPHRASE_GENERATED_BYTES);
    char office[FOLDER_PATH_BYTES];

    sample_must(text == NULL ? AULA_MEMORY : AULA_OK, "locked memory");
    passphrase_generate(text);
    scene->passphrase = (struct passphrase){text, strlen(text)};
    folder_open(&scene->folder);
    sample_must(pabulib_open(&scene->file, (const uint8_t *)rehearse_sample,
                             strlen(rehearse_sample), NULL),
                "sample");
    sample_must(rehearse_election_make(&scene->election, scene->folder.path,
                                       &scene->file, FIRST_DAY, FIRST_DAY + 1,
                                       &scene->passphrase, NULL),
                "election");
    folder_file(office, &scene->folder, "office");
    sample_must(desk_open(&scene->desk, office, &scene->passphrase, true, NULL),
                "office");
    sample_must(ballot_key_open(&scene->key, scene->election->kept->package.key,
                                NULL),
                "key");
    sample_must(place_in(scene->archive, scene->election->kept->folder,
                         ARCHIVE_FILE, NULL),
                "archive");
}

static void forget(struct scene *scene)
{
    ballot_key_close(scene->key);
    desk_close(scene->desk);
    rehearse_election_close(scene->election);
    pabulib_close(&scene->file);
    passphrase_forget(&scene->passphrase);
    folder_close(&scene->folder);
    pool_close(scene->pool);
}

/* ---- batches */

/* A ballot of the first contest by a voter of chance. */
static size_t make_record(const struct scene *scene, struct hall *hall)
{
    const struct package *package = &scene->election->kept->package;
    const struct plaintext_rule *rule = &package->contests[0].rule;
    static const uint8_t plaintext[PLAINTEXT_BYTES_MAX] = {0};
    uint8_t drawn[TAG_BYTES + TAG_NONCE_BYTES + BALLOT_SEED_BYTES];
    uint8_t tagc[TAG_BYTES];
    uint8_t context[BALLOT_CONTEXT_BYTES];
    uint8_t ciphertext[BALLOT_CIPHERTEXT_BYTES(PLAINTEXT_WIDTH_MAX)];
    uint8_t proof[BALLOT_PROOF_BYTES(PLAINTEXT_WIDTH_MAX)];
    struct record_place place = {package,     hall->tid,      hall->secret,
                                 ++hall->seq, package->opens, hall->prev};
    struct record_ballot ballot = {0, drawn, drawn + TAG_BYTES, ciphertext,
                                   proof};

    randombytes_buf(drawn, sizeof drawn);
    tag_bind(tagc, drawn + TAG_BYTES, drawn);
    ballot_context(context, &(struct ballot_place){
                                .package_hash = package->hash,
                                .key = package->key,
                                .width = (uint8_t)plaintext_width(rule),
                                .tid = hall->tid,
                                .seq = place.seq,
                                .time = place.time,
                                .prev = place.prev,
                                .tagc = tagc});
    sample_must(ballot_encrypt(ciphertext, proof, scene->key, context, rule,
                               plaintext, plaintext_size(rule),
                               drawn + TAG_BYTES + TAG_NONCE_BYTES, NULL),
                "encrypt");
    return record_make_cast(hall->record, &place, &ballot);
}

struct making {
    const struct scene *scene;
    struct hall *hall;
    struct file_writer *writer;
};

static enum aula_code next(void *context, const uint8_t **bytes, size_t *size,
                           struct aula_error *err)
{
    struct making *making = context;

    (void)err;
    *size = make_record(making->scene, making->hall);
    *bytes = making->hall->record;
    record_hash(making->hall->prev, *bytes, *size);
    return AULA_OK;
}

static enum aula_code put(void *context, const uint8_t *bytes, size_t size,
                          struct aula_error *err)
{
    const struct making *making = context;

    return file_writer_put(making->writer, bytes, size, err);
}

static void start_hall(struct hall *hall, const struct package *package)
{
    uint8_t seed[SIGN_SEED_BYTES];
    struct hash h;

    memset(hall, 0, sizeof *hall);
    randombytes_buf(seed, sizeof seed);
    sign_key_pair(hall->key, hall->secret, seed);
    terminal_id(hall->tid, hall->key);
    hash_start(&h, HASH_BYTES, "chain-start");
    hash_field(&h, package->hash, HASH_BYTES);
    hash_field(&h, hall->tid, TERMINAL_ID_BYTES);
    hash_end(&h, hall->prev);
}

static void batch_path(char path[static FOLDER_PATH_BYTES],
                       const struct scene *scene, size_t number)
{
    char name[32];

    (void)snprintf(name, sizeof name, "%zu.batch", number);
    folder_file(path, &scene->folder, name);
}

/* One hall with its batch; halls are made side by side. */
static void make_batch(const struct scene *scene, size_t number)
{
    static const char label[] = "Hall";
    const uint16_t contests[] = {0};
    const struct package *package = &scene->election->kept->package;
    size_t width = plaintext_width(&package->contests[0].rule);
    uint8_t certificate[CERTIFICATE_BYTES_MAX];
    uint8_t hash[HASH_BYTES];
    char path[FOLDER_PATH_BYTES];
    struct hall hall;
    struct making making = {scene, &hall, NULL};
    struct batch_source source = {next, &making,
                                  scene->ballots * RECORD_CAST_BYTES(width)};
    struct batch_sink sink = {put, &making};
    struct batch_parties parties = {package->hash, hall.secret,
                                    scene->desk->known.transport};
    struct batch_head head = {.number = 1,
                              .first_seq = 1,
                              .last_seq = scene->ballots,
                              .count = (uint32_t)scene->ballots,
                              .kinds = {(uint32_t)scene->ballots},
                              .certificate = certificate,
                              .certificate_size = CERTIFICATE_BYTES(4, 1)};

    start_hall(&hall, package);
    memcpy(head.eid, package->hash, sizeof head.eid);
    memcpy(head.tid, hall.tid, sizeof head.tid);
    sample_must(certificate_make(certificate, package, scene->desk->sign_secret,
                                 hall.key, label, 4, contests, 1, NULL),
                "certificate");
    batch_path(path, scene, number);
    sample_must(file_writer_open(&making.writer, path, 0600, NULL), "batch");
    sample_must(batch_write(hash, &head, &parties, &source, &sink, NULL),
                "batch");
    sample_must(file_writer_commit(making.writer, false, NULL), "batch");
}

static void make_piece(void *arg, unsigned worker, size_t first, size_t end)
{
    const struct scene *scene = arg;

    (void)worker;
    for (size_t i = first; i < end; i++) {
        make_batch(scene, scene->first + i);
    }
}

/* Halls `first` and on, with so many ballots each. */
static void make_halls(struct scene *scene, size_t first, size_t count,
                       size_t ballots)
{
    scene->first = first;
    scene->ballots = ballots;
    pool_run(scene->pool, count, 1, make_piece, scene);
}

/* ---- what is measured */

/* Seconds of an import of some batches into an archive that is not there. */
static double import_all(const struct scene *scene, size_t first, size_t count)
{
    struct clock clock = clock_system();
    struct import *import = NULL;
    double start;

    (void)unlink(scene->archive);
    sample_must(import_open(&import, scene->election->kept, scene->desk, &clock,
                            0, NULL),
                "archive");
    start = bench_now();
    for (size_t i = 0; i < count; i++) {
        struct import_report report;
        char path[FOLDER_PATH_BYTES];

        batch_path(path, scene, first + i);
        sample_must(import_file(import, &report, path, NULL), "import");
        sample_must(report.refused, report.reason);
        sample_must(report.quarantined == 0 ? AULA_OK : AULA_SIG_INVALID,
                    "records");
    }
    start = bench_now() - start;
    import_close(import);
    return start;
}

/* Seconds of one signature check by libsodium: the best of some rounds. */
static double signature_price(void)
{
    uint8_t public[SIGN_PUBLIC_BYTES];
    uint8_t secret[SIGN_SECRET_BYTES];
    uint8_t signature[SIGN_BYTES];
    uint8_t message[HASH_WIDE_BYTES] = {0};
    double best = 1e9;
    int bad = 0;

    (void)crypto_sign_keypair(public, secret);
    (void)crypto_sign_detached(signature, NULL, message, sizeof message,
                               secret);
    for (int round = 0; round < ROUNDS; round++) {
        double start = bench_now();
        double taken;

        for (int i = 0; i < SIGNATURES; i++) {
            bad |= crypto_sign_verify_detached(signature, message,
                                               sizeof message, public);
        }
        taken = (bench_now() - start) / SIGNATURES;
        best = taken < best ? taken : best;
    }
    sample_must(bad == 0 ? AULA_OK : AULA_SIG_INVALID, "signature");
    return best;
}

/* Of one ballot, with w multiplications of G, w others and w additions. */
static double yardstick(const struct scene *scene)
{
    const struct package *package = &scene->election->kept->package;
    double width = (double)plaintext_width(&package->contests[0].rule);
    struct bench_price price = bench_prices();

    return (signature_price() + width * (price.base + price.full + price.add)) /
           pool_threads(scene->pool);
}

void bench_import(void)
{
    struct scene *scene = sample_memory(sizeof *scene);
    size_t ballots = bench_once() ? BALLOTS_ONCE : BALLOTS;
    size_t small = bench_once() ? BALLOTS_ONCE : SMALL;
    double limit;
    double after;
    double few;
    double many;

    memset(scene, 0, sizeof *scene);
    sample_must(pool_open(&scene->pool, 0, NULL), "threads");
    prepare(scene);
    make_halls(scene, 0, HALLS, ballots);
    make_halls(scene, HALLS, 1, small);
    limit = yardstick(scene);
    few = import_all(scene, HALLS, 1) / (double)small;
    many = import_all(scene, 0, HALLS) / (double)(HALLS * ballots);
    after = yardstick(scene);
    limit = after < limit ? after : limit;
    bench_print_beside("import batches", 1e6 * many, "us/ballot", 1e6 * limit,
                       bound, "persecond", (unsigned)(1 / many));
    bench_print_beside("import a hundred times as many", 1e6 * many,
                       "us/ballot", 1e6 * few, bound, "ballots",
                       (unsigned)(HALLS * ballots));
    forget(scene);
    free(scene);
}
