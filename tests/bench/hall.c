/* SPDX-License-Identifier: Apache-2.0 */
/* See hall.h. */
#include "hall.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "day.h"
#include "sample.h"
#include "setup.h"

static const char election_head[] =
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
    "\"districts\": [{\"id\": \"d\", \"name\": {\"kk\": \"А\", \"ru\": "
    "\"Р\"}}],"
    "\"contests\": [{\"id\": \"yards\", \"name\": {\"kk\": \"Аулалар\", "
    "\"ru\": \"Дворы\"}, \"type\": \"approval\", \"limit\": 3, "
    "\"budget\": 100000000, \"rule\": \"greedy_votes\", \"ties\": \"id\", "
    "\"proposals\": [";

static const char proposal[] =
    "%s{\"number\": %u, \"id\": \"p-%u\", \"title\": {\"kk\": \"Алаң\", "
    "\"ru\": \"Площадка\"}, \"short\": {\"kk\": \"Қысқа\", \"ru\": "
    "\"Кратко\"}, \"cost\": %u}";

void hall_election(struct office_container *container, struct package *package,
                   const struct office *office)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    struct office_file file;

    sample_must(out != NULL ? AULA_OK : AULA_MEMORY, "election.json");
    (void)fprintf(out, "%s", election_head);
    for (unsigned i = 1; i <= HALL_PROPOSALS; i++) {
        (void)fprintf(out, proposal, i == 1 ? "" : ",", i, i, 1000 * i);
    }
    (void)fprintf(out, "]}]}");
    (void)fclose(out);
    file = (struct office_file){"election.json", (uint8_t *)text, size};
    office_make(container, office, &file, 1);
    free(text);
    sample_must(package_open(package, office->public,
                             container->bytes + CONTAINER_HEAD_BYTES,
                             container->package_size, NULL),
                "package");
}

static uint64_t now(void *context)
{
    (void)context;
    return HALL_TIME;
}

static const struct keyslot_secret official = {.passphrase = "a passphrase",
                                               .passphrase_size = 12};

static void install(struct hall *hall)
{
    static const uint16_t contests[] = {0};
    struct container_source source = container_memory_source(&hall->memory);
    struct kit kit = {.number = 1, .has_guests = true};
    struct setup_parts parts = {.office_key = hall->office.public,
                                .container = &source};
    uint8_t bytes[REQUEST_BYTES_MAX];
    uint8_t certificate[CERTIFICATE_BYTES(REQUEST_LABEL_MAX, 1)];
    uint8_t kit_file[KIT_BYTES];
    uint8_t tid[TERMINAL_ID_BYTES];
    struct request request;
    size_t size = 0;

    setup_request(hall->terminal, bytes, &size);
    sample_must(request_check(&request, bytes, size, NULL), "request");
    terminal_id(tid, request.key);
    sample_must(certificate_make(certificate, &hall->package,
                                 hall->office.secret, request.key,
                                 request.label.text, request.label.size,
                                 contests, 1, NULL),
                "certificate");
    sample_must(kit_make(kit_file, &hall->package, hall->office.secret, tid,
                         request.transport, &kit, hall->office.tag_key, NULL),
                "kit");
    parts.certificate = certificate;
    parts.certificate_size = CERTIFICATE_BYTES(request.label.size, 1);
    parts.kit = kit_file;
    parts.kit_size = sizeof kit_file;
    sample_must(setup_install(hall->terminal, &parts, NULL), "installation");
}

static void open_terminal(struct hall *hall)
{
    static const uint8_t digest[RECORD_DIGEST_BYTES] = {1};
    struct terminal_place place = {hall->data, NULL, {now, NULL}};
    struct keyslot_holder holder = {.label = "Ainur",
                                    .label_size = 5,
                                    .cost = {KEYSLOT_OPS_MIN, KEYSLOT_KIB_MIN},
                                    .secret = official};
    struct official who = {.label = "Ainur", .secret = official};

    hall->memory = (struct container_memory){hall->container.bytes,
                                             hall->container.size};
    sample_must(setup_make(&place, "Hall 7", &holder, NULL), "set-up");
    sample_must(terminal_open(&hall->terminal, &place, &who, TERMINAL_WORK,
                              NULL),
                "terminal");
    install(hall);
    sample_must(day_open(hall->terminal, digest, NULL, NULL), "day");
}

void hall_open(struct hall *hall)
{
    memset(hall, 0, sizeof *hall);
    folder_open(&hall->folder);
    folder_file(hall->data, &hall->folder, "terminal");
    office_open(&hall->office);
    hall_election(&hall->container, &hall->package, &hall->office);
    open_terminal(hall);
}

void hall_close(struct hall *hall)
{
    terminal_close(hall->terminal);
    package_close(&hall->package);
    free(hall->container.bytes);
    folder_close(&hall->folder);
}
