/* SPDX-License-Identifier: Apache-2.0 */
/* Opening a large election: 1,000 proposals with two photos each and texts as
 * long as they may be, in a container on the disk. It is usable when package,
 * manifest and election.json were read, checked and compared; no photo is
 * touched. What reading the whole file takes stands beside it.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "election.h"
#include "file.h"
#include "filesource.h"
#include "folder.h"
#include "office.h"
#include "sample.h"

enum {
    PROPOSALS = 1000,
    YARDS = 100,
    PHOTO_BYTES = 24 * 1024,
    FILES = 1 + 2 * PROPOSALS,
    PATH_BYTES = 32,
    ROUNDS = 7
};

static const double limit_ms = 100;

static const char head[] =
    "{\"format\": \"aula-election-1\","
    "\"title\": {\"kk\": \"Аула таңдауы\", \"ru\": \"Выбор двора\"},"
    "\"place\": {\"kk\": \"Қала\", \"ru\": \"Город\"},"
    "\"about\": {\"kk\": \"Өлшем\", \"ru\": \"Замер\"},"
    "\"mode\": \"rehearsal\","
    "\"dates\": {\"first\": \"2027-04-06\", \"last\": \"2027-04-24\","
    " \"utc_offset\": \"+05:00\"},"
    "\"hours\": {\"from\": \"09:00\", \"to\": \"18:00\"},"
    "\"voters\": {\"id_scheme\": \"iin\", \"tag_stretch\": \"none\","
    " \"one_per\": \"contest\"},"
    "\"publication\": {\"min_anon\": 10, \"small_cell\": 5},"
    "\"categories\": [{\"id\": \"play\", \"name\": {\"kk\": \"Алаң\", \"ru\": "
    "\"Площадка\"}}],"
    "\"districts\": [{\"id\": \"d\", \"name\": {\"kk\": \"А\", \"ru\": "
    "\"Р\"}, \"outline\": {\"type\": \"Polygon\", \"coordinates\": "
    "[[[71, 51], [72, 51], [72, 52], [71, 52], [71, 51]]]}}],";

static const char contest[] =
    "\"contests\": [{\"id\": \"yards\", \"name\": {\"kk\": \"Аулалар\", "
    "\"ru\": \"Дворы\"}, \"type\": \"approval\", \"limit\": 5, "
    "\"budget\": 100000000, \"rule\": \"greedy_votes\", \"ties\": \"id\", "
    "\"proposals\": [";

/* A text in both languages, of so many times 19 characters and one. */
static void put_text(FILE *out, const char *key, unsigned times)
{
    (void)fprintf(out, "\"%s\": {\"kk\": \"", key);
    for (unsigned i = 0; i < times; i++) {
        (void)fprintf(out, "балалар ойын алаңы ");
    }
    (void)fprintf(out, "8\", \"ru\": \"");
    for (unsigned i = 0; i < times; i++) {
        (void)fprintf(out, "детская площадка и ");
    }
    (void)fprintf(out, "8\"}");
}

static void put_yards(FILE *out)
{
    (void)fprintf(out, "\"yards\": [");
    for (unsigned i = 0; i < YARDS; i++) {
        (void)fprintf(out,
                      "%s{\"id\": \"y%u\", \"name\": {\"kk\": \"%u-аула\", "
                      "\"ru\": \"двор %u\"}, \"district\": \"d\", \"address\": "
                      "{\"kk\": \"Абай, %u\", \"ru\": \"Абая, %u\"}, "
                      "\"location\": {\"lat\": 51.%02u1, \"lon\": 71.5}}",
                      i == 0 ? "" : ",", i, i, i, i, i, i % 100);
    }
    (void)fprintf(out, "],");
}

static void photo_path(char path[static PATH_BYTES], unsigned proposal,
                       const char *when)
{
    (void)snprintf(path, PATH_BYTES, "photos/%04u-%.8s.jpg", proposal, when);
}

static void put_proposal(FILE *out, unsigned number)
{
    char now[PATH_BYTES];
    char planned[PATH_BYTES];

    photo_path(now, number, "now");
    photo_path(planned, number, "planned");
    (void)fprintf(out, "%s{\"number\": %u, \"id\": \"p-%u\", ",
                  number == 1 ? "" : ",\n", number, number);
    put_text(out, "title", 4);
    (void)fprintf(out, ", ");
    put_text(out, "short", 15);
    (void)fprintf(out, ", ");
    put_text(out, "full", 31);
    (void)fprintf(out,
                  ", \"cost\": %u, \"category\": \"play\", \"yard\": \"y%u\", "
                  "\"location\": {\"lat\": 51.500001, \"lon\": 71.%03u}, "
                  "\"photos\": {\"now\": \"%s\", \"planned\": \"%s\"}}",
                  100000 + number, number % YARDS, number - 1, now, planned);
}

static void make_text(char **text, size_t *size)
{
    FILE *out = open_memstream(text, size);

    if (out == NULL) {
        perror("aula-bench: election.json");
        exit(1);
    }
    (void)fprintf(out, "%s", head);
    put_yards(out);
    (void)fprintf(out, "%s", contest);
    for (unsigned i = 1; i <= PROPOSALS; i++) {
        put_proposal(out, i);
    }
    (void)fprintf(out, "]}]}");
    (void)fclose(out);
}

/* Photos are random bytes: nobody looks at them. */
static void make_container(struct office_container *container,
                           const struct office *office)
{
    struct office_file *files = sample_memory(FILES * sizeof *files);
    char(*paths)[PATH_BYTES] = sample_memory(FILES * sizeof *paths);
    uint8_t *photos = sample_memory(PHOTO_BYTES + FILES);
    char *text = NULL;
    size_t size = 0;

    make_text(&text, &size);
    randombytes_buf(photos, PHOTO_BYTES + FILES);
    files[0] = (struct office_file){"election.json", (uint8_t *)text, size};
    for (unsigned i = 1; i < FILES; i++) {
        photo_path(paths[i], (i + 1) / 2, i % 2 == 0 ? "now" : "planned");
        files[i] = (struct office_file){paths[i], photos + i, PHOTO_BYTES};
    }
    office_make(container, office, files, FILES);
    free(text);
    free(photos);
    free(paths);
    free(files);
}

static double read_whole(const char *path)
{
    double start = bench_work();
    uint8_t *bytes = NULL;
    size_t size = 0;

    sample_must(file_read(&bytes, &size, path, CONTAINER_BYTES_MAX, NULL),
                "container");
    free(bytes);
    return bench_work() - start;
}

static double open_all(const char *path, const struct office *office)
{
    double start = bench_work();
    struct filesource source;
    struct container_source read;
    struct container container;
    struct election election;
    uint8_t *bytes = NULL;
    size_t size = 0;

    sample_must(filesource_open(&source, &read, path, NULL), "container");
    sample_must(container_open(&container, office->public, &read, NULL),
                "container");
    sample_must(container_file(&container, &bytes, &size, "election.json",
                               NULL),
                "election.json");
    sample_must(election_open(&election, NULL, bytes, size, NULL),
                "election.json");
    sample_must(election_compare(&election, &container.package, NULL),
                "election.json");
    start = bench_work() - start;
    election_close(&election);
    free(bytes);
    container_close(&container);
    filesource_close(&source);
    return start;
}

void bench_package(void)
{
    struct office *office = sample_memory(sizeof *office);
    struct office_container container;
    struct folder folder = {""};
    char path[FOLDER_PATH_BYTES];
    double opening = 1e9;
    double reading = 1e3;

    office_open(office);
    make_container(&container, office);
    folder_open(&folder);
    folder_file(path, &folder, "package.aula");
    sample_must(file_write(path, container.bytes, container.size, 0644, NULL),
                "container");
    free(container.bytes);
    for (int i = 0; i < (bench_once() ? 1 : ROUNDS); i++) {
        double read = read_whole(path);
        double open = open_all(path, office);

        reading = read < reading ? read : reading;
        opening = open < opening ? open : opening;
    }
    bench_print_beside("open a package of 1000 proposals", 1e3 * opening, "ms",
                       limit_ms, 1, "reading", (unsigned)(1e3 * reading));
    folder_close(&folder);
    free(office);
}
