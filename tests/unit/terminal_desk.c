/* SPDX-License-Identifier: Apache-2.0 */
/* See terminal_desk.h. */
#include "terminal_desk.h"

#include <sys/stat.h>
#include <unistd.h>

#include "draw.h"
#include "election.h"

static const char format[] =
    "{\"format\": \"aula-election-1\","
    "\"title\": {\"kk\": \"Аула таңдауы\", \"ru\": \"Выбор двора\"},"
    "\"place\": {\"kk\": \"Аудан\", \"ru\": \"Район\"},"
    "\"about\": {\"kk\": \"Сынақ\", \"ru\": \"Проба\"},"
    "\"mode\": \"%s\","
    "\"dates\": {\"first\": \"%s-04-06\", \"last\": \"%s-04-24\","
    " \"utc_offset\": \"+05:00\"},"
    "\"hours\": {\"from\": \"09:00\", \"to\": \"18:00\"},"
    "\"voters\": {\"id_scheme\": \"iin\", \"tag_stretch\": \"%s\","
    " \"one_per\": \"%s\"},"
    "\"publication\": {\"min_anon\": 10, \"small_cell\": 5},"
    "\"districts\": [{\"id\": \"d\", \"name\": {\"kk\": \"А\", \"ru\": "
    "\"Р\"}}],"
    "\"contests\": ["
    "{\"id\": \"yards\", \"name\": {\"kk\": \"Аулалар\", \"ru\": \"Дворы\"},"
    " \"type\": \"approval\", \"limit\": 2, \"budget\": 1000,"
    " \"rule\": \"greedy_votes\", \"ties\": \"id\", \"proposals\": [%s]},"
    "{\"id\": \"parks\", \"name\": {\"kk\": \"Саябақтар\", \"ru\": "
    "\"Парки\"},"
    " \"type\": \"points\", \"limit\": %d, \"cap\": 3, \"budget\": 1000,"
    " \"rule\": \"greedy_points\", \"ties\": \"id\", \"proposals\": [%s]}]}";

static const char proposal[] =
    "{\"number\": %d, \"id\": \"p-%d\", \"title\": {\"kk\": \"Ойын алаңы\", "
    "\"ru\": \"Детская площадка\"}, \"short\": {\"kk\": \"Қысқаша\", \"ru\": "
    "\"Кратко\"}, \"cost\": %d}";

enum { ROWS_BYTES = 8192, TEXT_BYTES = 3 * ROWS_BYTES };

/* `count` proposals, numbered from `first`. */
static void write_rows(char rows[static ROWS_BYTES], int first, int count)
{
    size_t size = 0;

    for (int i = first; i < first + count; i++) {
        size += (size_t)snprintf(rows + size, ROWS_BYTES - size, "%s",
                                 i > first ? ", " : "");
        size += (size_t)snprintf(rows + size, ROWS_BYTES - size, proposal, i, i,
                                 100 * (1 + i % 8));
        assert_true(size < ROWS_BYTES);
    }
}

static char *election_text(const struct desk_wish *wish)
{
    char *text = malloc(TEXT_BYTES);
    char yards[ROWS_BYTES];
    char parks[ROWS_BYTES];
    const char *year = wish->is_late ? "2028" : "2027";

    assert_non_null(text);
    write_rows(yards, 1, 4);
    write_rows(parks, 5, wish->is_long ? DESK_LONG_PROPOSALS : 3);
    (void)snprintf(text, TEXT_BYTES, format,
                   wish->is_official ? "official" : "rehearsal", year, year,
                   wish->is_official ? "argon2id" : "none",
                   wish->one_per_election ? "election" : "contest", yards,
                   wish->is_long ? 100 : 5, parks);
    return text;
}

static enum aula_code append(void *context, const uint8_t *bytes, size_t size,
                             struct aula_error *err)
{
    struct desk *desk = context;

    (void)err;
    desk->container = realloc(desk->container, desk->container_size + size);
    assert_non_null(desk->container);
    memcpy(desk->container + desk->container_size, bytes, size);
    desk->container_size += size;
    return AULA_OK;
}

static void make_package(struct desk *desk, uint8_t **bytes, size_t *size,
                         const struct desk_wish *wish,
                         const uint8_t *content_hash)
{
    char *text = election_text(wish);
    struct election election;
    struct package_draft draft = {0};
    struct election_draft from;
    struct aula_error err = {0};
    uint8_t confirmations[DKG_TRUSTEES_MAX][SIGN_BYTES];

    for (size_t i = 0; i < desk->ceremony->params.count; i++) {
        memcpy(confirmations[i], desk->ceremony->trustees[i].confirmation,
               SIGN_BYTES);
    }
    if (election_open(&election, NULL, (uint8_t *)text, strlen(text), &err) !=
        AULA_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(election_draft_open(&from, &election, &err), AULA_OK);
    memcpy(draft.office_transport, desk->transport_public, SEAL_PUBLIC_BYTES);
    draft.opens = election_opens(&election);
    draft.closes = election_closes(&election);
    draft.id_scheme = election.id_scheme;
    draft.tag_stretch = election.tag_stretch;
    draft.one_per = election.one_per;
    draft.mode = election.mode;
    draft.min_anon = election.min_anon;
    tag_key_check(draft.tag_key_check, desk->tag_key);
    memcpy(draft.content_hash, content_hash, HASH_BYTES);
    draft.title = from.title;
    draft.trustees = &desk->ceremony->set;
    draft.transcript2 = desk->ceremony->transcript2;
    draft.confirmations = (const uint8_t(*)[SIGN_BYTES])confirmations;
    draft.contests = from.contests;
    draft.contest_count = from.count;
    if (package_write(bytes, size, &draft, desk->office_secret, &err) !=
        AULA_OK) {
        fail_msg("%s", err.message);
    }
    election_draft_close(&from);
    election_close(&election);
    free(text);
}

static void make_container(struct desk *desk)
{
    char *text = election_text(&desk->wish);
    struct manifest_row row = {.path = "election.json",
                               .path_size = strlen("election.json"),
                               .size = strlen(text)};
    struct desk_wish package_wish = desk->wish;
    struct container_writer writer;
    struct container_sink sink = {append, desk};
    uint8_t hash[HASH_BYTES];
    uint8_t *manifest = NULL;
    uint8_t *package = NULL;
    size_t manifest_size = 0;
    size_t package_size = 0;

    if (desk->wish.is_mixed) {
        package_wish.one_per_election = !desk->wish.one_per_election;
    }
    manifest_hash_file(row.hash, (uint8_t *)text, strlen(text));
    assert_int_equal(manifest_make(&manifest, &manifest_size, &row, 1, NULL),
                     AULA_OK);
    manifest_hash(hash, manifest, manifest_size);
    make_package(desk, &package, &package_size, &package_wish, hash);
    assert_int_equal(container_write_start(&writer, &sink, package,
                                           package_size, manifest,
                                           manifest_size, &row, 1, NULL),
                     AULA_OK);
    assert_int_equal(container_write_file(&writer, (uint8_t *)text,
                                          strlen(text), NULL),
                     AULA_OK);
    assert_int_equal(package_open(&desk->package, desk->office_public,
                                  desk->container + CONTAINER_HEAD_BYTES,
                                  package_size, NULL),
                     AULA_OK);
    free(package);
    free(manifest);
    free(text);
}

static uint64_t now(void *context)
{
    const struct desk *desk = context;

    return desk->now;
}

struct official desk_official(const char *name)
{
    static char passphrase[80]; /* until the next call */

    (void)snprintf(passphrase, sizeof passphrase, "%s's passphrase", name);
    return (struct official){.label = name,
                             .secret = {.passphrase = passphrase,
                                        .passphrase_size = strlen(passphrase)}};
}

struct keyslot_holder desk_holder(const char *name)
{
    return (struct keyslot_holder){.label = name,
                                   .label_size = strlen(name),
                                   .cost = {KEYSLOT_OPS_MIN, KEYSLOT_KIB_MIN},
                                   .secret = desk_official(name).secret};
}

static void make_folders(struct desk *desk)
{
    (void)snprintf(desk->folder, sizeof desk->folder, "%s",
                   "/tmp/aula-terminal-XXXXXX");
    assert_non_null(mkdtemp(desk->folder));
    (void)snprintf(desk->data, sizeof desk->data, "%.200s/data", desk->folder);
    (void)snprintf(desk->witness, sizeof desk->witness, "%.200s/second",
                   desk->folder);
    (void)snprintf(desk->stick, sizeof desk->stick, "%.200s/stick",
                   desk->folder);
    assert_int_equal(mkdir(desk->stick, 0700), 0);
    desk->place =
        (struct terminal_place){desk->data, desk->witness, {now, desk}};
}

struct desk *desk_new(const struct desk_wish *wish)
{
    static const uint8_t seed[SIGN_SEED_BYTES] = {0x0f};
    struct keyslot_holder holder = desk_holder("Ainur");
    struct aula_error err = {0};
    struct desk *desk = calloc(1, sizeof *desk);

    assert_non_null(desk);
    desk->wish = *wish;
    desk->now = DESK_MORNING;
    desk->ceremony = ceremony_whole(3, 2);
    sign_key_pair(desk->office_public, desk->office_secret, seed);
    seal_key_pair(desk->transport_public, desk->transport_secret);
    draw_bytes(desk->tag_key, sizeof desk->tag_key, "tag key", 0);
    make_container(desk);
    desk->memory = (struct container_memory){desk->container,
                                             desk->container_size};
    desk->source = container_memory_source(&desk->memory);
    make_folders(desk);
    if (setup_make(&desk->place, "Hall 7", &holder, &err) != AULA_OK) {
        fail_msg("%s", err.message);
    }
    return desk;
}

enum aula_code desk_unlock(struct desk *desk, const char *name,
                           enum terminal_purpose purpose)
{
    struct official official = desk_official(name);

    terminal_close(desk->terminal);
    desk->terminal = NULL;
    return terminal_open(&desk->terminal, &desk->place, &official, purpose,
                         NULL);
}

void desk_reopen(struct desk *desk)
{
    assert_int_equal(desk_unlock(desk, "Ainur", TERMINAL_WORK), AULA_OK);
}

void desk_certify(struct desk *desk)
{
    static const uint16_t contests[] = {0, 1};
    const size_t skipped = desk->wish.second_only ? 1 : 0;
    uint8_t bytes[REQUEST_BYTES_MAX];
    size_t size = 0;
    struct request request;
    struct kit kit = {++desk->kits, !desk->wish.no_guests};
    uint8_t tid[TERMINAL_ID_BYTES];

    setup_request(desk->terminal, bytes, &size);
    assert_int_equal(request_check(&request, bytes, size, NULL), AULA_OK);
    desk->certificate_size = CERTIFICATE_BYTES(request.label.size, 2 - skipped);
    assert_int_equal(certificate_make(desk->certificate, &desk->package,
                                      desk->office_secret, request.key,
                                      request.label.text, request.label.size,
                                      contests + skipped, 2 - skipped, NULL),
                     AULA_OK);
    terminal_id(tid, request.key);
    assert_int_equal(kit_make(desk->kit, &desk->package, desk->office_secret,
                              tid, request.transport, &kit, desk->tag_key,
                              NULL),
                     AULA_OK);
    desk->parts =
        (struct setup_parts){.office_key = desk->office_public,
                             .container = &desk->source,
                             .certificate = desk->certificate,
                             .certificate_size = desk->certificate_size,
                             .kit = desk->kit,
                             .kit_size = sizeof desk->kit};
}

void desk_install(struct desk *desk)
{
    struct aula_error err = {0};

    desk_certify(desk);
    if (setup_install(desk->terminal, &desk->parts, &err) != AULA_OK) {
        fail_msg("%s", err.message);
    }
}

void desk_open_day(struct desk *desk)
{
    static const uint8_t digest[RECORD_DIGEST_BYTES] = {0xd1};
    struct aula_error err = {0};

    if (day_open(desk->terminal, digest, NULL, &err) != AULA_OK) {
        fail_msg("%s", err.message);
    }
}

void desk_check_in(struct desk *desk, const char *voter)
{
    struct session_lookup lookup;
    struct aula_error err = {0};

    if (session_look_up(desk->terminal, &lookup, voter, strlen(voter), &err) !=
            AULA_OK ||
        session_admit(desk->terminal, NULL, 0, &err) != AULA_OK) {
        fail_msg("%s", err.message);
    }
}

void desk_vote(struct desk *desk, const char *voter)
{
    static const uint8_t choices[1] = {0x05};
    struct session_ballot ballot;
    struct aula_error err = {0};

    desk_check_in(desk, voter);
    if (session_prepare(desk->terminal, &ballot, 0, choices, sizeof choices,
                        &err) != AULA_OK ||
        session_cast(desk->terminal, &err) != AULA_OK ||
        session_leave(desk->terminal, NULL, &err) != AULA_OK) {
        fail_msg("%s", err.message);
    }
}

struct terminal_status desk_status(const struct desk *desk)
{
    struct terminal_status status;

    terminal_status(desk->terminal, &status);
    return status;
}

void desk_witness_path(char path[static DESK_PATH_BYTES],
                       const struct desk *desk)
{
    char name[BATCH_NAME_BYTES];
    struct terminal_status status = desk_status(desk);

    batch_head_name(name, desk->package.hash, status.tid);
    (void)snprintf(path, DESK_PATH_BYTES, "%.150s/%s", desk->witness, name);
}

int desk_make(void **state)
{
    struct desk *desk = desk_new(&(struct desk_wish){0});

    *state = desk;
    return 0;
}

int desk_make_ready(void **state)
{
    struct desk *desk = desk_new(&(struct desk_wish){0});

    desk_reopen(desk);
    desk_install(desk);
    *state = desk;
    return 0;
}

int desk_make_open(void **state)
{
    (void)desk_make_ready(state);
    desk_open_day(*state);
    return 0;
}

int desk_clear(void **state)
{
    struct desk *desk = *state;

    terminal_close(desk->terminal);
    package_close(&desk->package);
    free(desk->container);
    free(desk->ceremony);
    desk_clear_folder(desk->folder);
    free(desk);
    return 0;
}
