/* SPDX-License-Identifier: Apache-2.0 */
/* A rehearsal of an office's own package: two contests, voters with an IIN. The
 * package of an official election is refused, whoever asks. Passphrases cost
 * nothing here (cheap_pwhash.h). */
#define _XOPEN_SOURCE 700

#include "pabulib_sample.h"

#include <ftw.h>
#include <unistd.h>

#include "cheap_pwhash.h"

#include "bytes.h"
#include "ceremony.h"
#include "file.h"
#include "package_write.h"
#include "rehearse_found.h"
#include "rehearse_run.h"
#include "rehearse_sample.h"
#include "vfs.h"

enum { BALLOTS = 30, SEED = 5, FIRST_DAY = 20000, ROOM = 64 * 1024 };

#define PROPOSAL(id)                                                           \
    "{\"number\": " id ", \"id\": \"" id "\", \"title\": {\"kk\": \"А\", "    \
    "\"ru\": \"Б\"}, \"short\": {\"kk\": \"А\", \"ru\": \"Б\"}, \"cost\": 5}"
#define PROPOSALS                                                              \
    "\"budget\": 10, \"ties\": \"id\", \"proposals\": [" PROPOSAL(             \
        "1") ", " PROPOSAL("2") ", " PROPOSAL("3") "]"
#define NAME "{\"kk\": \"А\", \"ru\": \"Б\"}"

/* %s: the mode. */
static const char format[] =
    "{\"format\": \"aula-election-1\", \"title\": " NAME ", \"place\": " NAME
    ", \"about\": " NAME ", \"mode\": \"%s\", \"dates\": {\"first\": "
    "\"2027-04-06\", \"last\": \"2027-04-08\", \"utc_offset\": \"+05:00\"}, "
    "\"hours\": {\"from\": \"09:00\", \"to\": \"18:00\"}, \"voters\": "
    "{\"id_scheme\": \"iin\", \"tag_stretch\": \"argon2id\", \"one_per\": "
    "\"contest\"}, \"publication\": {\"min_anon\": 10, \"small_cell\": 5}, "
    "\"districts\": [{\"id\": \"d\", \"name\": " NAME "}], \"contests\": ["
    "{\"id\": \"a\", \"name\": " NAME ", \"type\": \"approval\", \"limit\": 2, "
    "\"rule\": \"greedy_votes\", " PROPOSALS "}, "
    "{\"id\": \"b\", \"name\": " NAME ", \"type\": \"points\", \"limit\": 5, "
    "\"cap\": 3, \"rule\": \"greedy_points\", " PROPOSALS "}]}";

static char secret[] = "ABCDEFGHJKMNP";
static const struct passphrase passphrase = {secret, sizeof secret - 1};

/* An office and its trustees, which a first rehearsal has left. */
struct desk_scene {
    char folder[32];
    char office[PLACE_BYTES];
    char path[PLACE_BYTES]; /* of the container that was made last */
    char eid[DESK_EID_TEXT];
};

static void place(char path[static PLACE_BYTES], const struct desk_scene *scene,
                  const char *name)
{
    assert_int_equal(place_in(path, scene->folder, name, NULL), AULA_OK);
}

static int start(void **state)
{
    struct desk_scene *scene = calloc(1, sizeof *scene);
    struct rehearse_election *first = NULL;
    struct pabulib file;
    char path[PLACE_BYTES];

    assert_non_null(scene);
    (void)snprintf(scene->folder, sizeof scene->folder,
                   "/tmp/aula-rehearse-XXXXXX");
    assert_non_null(mkdtemp(scene->folder));
    place(scene->office, scene, "office");
    place(scene->path, scene, "second.aula");
    place(path, scene, "passphrase.txt");
    assert_int_equal(file_write(path, secret, strlen(secret), 0600, NULL),
                     AULA_OK);
    assert_int_equal(pabulib_open(&file, (const uint8_t *)rehearse_sample,
                                  strlen(rehearse_sample), NULL),
                     AULA_OK);
    assert_int_equal(rehearse_election_make(&first, scene->folder, &file,
                                            FIRST_DAY, FIRST_DAY, &passphrase,
                                            NULL),
                     AULA_OK);
    rehearse_election_close(first);
    pabulib_close(&file);
    *state = scene;
    return 0;
}

static int remove_one(const char *path, const struct stat *status, int kind,
                      struct FTW *place_of)
{
    (void)status;
    (void)kind;
    (void)place_of;
    return remove(path);
}

static int end(void **state)
{
    struct desk_scene *scene = *state;

    assert_int_equal(nftw(scene->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS),
                     0);
    free(scene);
    return 0;
}

/* ---- a further package of that office */

static enum aula_code append(void *context, const uint8_t *bytes, size_t size,
                             struct aula_error *err)
{
    (void)err;
    bytes_put(context, bytes, size);
    return AULA_OK;
}

/* What a package is made of. */
struct making {
    struct desk *desk;
    struct ceremony *ceremony;
    struct election election;
    struct election_draft texts;
    uint8_t tag_key[TAG_KEY_BYTES];
    struct manifest_row row;
    uint8_t *manifest;
    size_t manifest_size;
    uint8_t *package;
    size_t package_size;
};

static void write_package(struct making *making)
{
    struct package_draft draft = {
        .opens = election_opens(&making->election),
        .closes = election_closes(&making->election),
        .id_scheme = making->election.id_scheme,
        .tag_stretch = making->election.tag_stretch,
        .one_per = making->election.one_per,
        .mode = making->election.mode,
        .min_anon = making->election.min_anon,
        .title = making->texts.title,
        .trustees = &making->ceremony->set,
        .transcript2 = making->ceremony->transcript2,
        .confirmations =
            (const uint8_t(*)[SIGN_BYTES])making->ceremony->confirmations,
        .contests = making->texts.contests,
        .contest_count = making->texts.count};

    memcpy(draft.office_transport, making->desk->known.transport,
           SEAL_PUBLIC_BYTES);
    tag_key_check(draft.tag_key_check, making->tag_key);
    manifest_hash(draft.content_hash, making->manifest, making->manifest_size);
    assert_int_equal(package_write(&making->package, &making->package_size,
                                   &draft, making->desk->sign_secret, NULL),
                     AULA_OK);
}

static void write_container(const struct making *making, const char *path,
                            const char *text)
{
    static uint8_t bytes[ROOM];
    struct bytes_writer writer = {bytes, 0, sizeof bytes};
    struct container_sink sink = {append, &writer};
    struct container_writer container;

    assert_int_equal(container_write_start(&container, &sink, making->package,
                                           making->package_size,
                                           making->manifest,
                                           making->manifest_size, &making->row,
                                           1, NULL),
                     AULA_OK);
    assert_int_equal(container_write_file(&container, (const uint8_t *)text,
                                          strlen(text), NULL),
                     AULA_OK);
    assert_int_equal(file_write(path, bytes, writer.size, 0644, NULL), AULA_OK);
}

static void open_making(struct making *making, const struct desk_scene *scene,
                        const char *text)
{
    struct aula_error err = {.message = ""};
    char shared[PLACE_BYTES];

    place(shared, scene, "office/" DESK_CEREMONY);
    assert_int_equal(desk_open(&making->desk, scene->office, &passphrase, false,
                               NULL),
                     AULA_OK);
    assert_int_equal(ceremony_open(&making->ceremony, shared, NULL), AULA_OK);
    assert_int_equal(ceremony_finish(making->ceremony, NULL), AULA_OK);
    if (election_open(&making->election, NULL, (const uint8_t *)text,
                      strlen(text), &err) != AULA_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(election_draft_open(&making->texts, &making->election,
                                         NULL),
                     AULA_OK);
    randombytes_buf(making->tag_key, sizeof making->tag_key);
    making->row = (struct manifest_row){.path = "election.json",
                                        .path_size = strlen("election.json"),
                                        .size = strlen(text)};
    manifest_hash_file(making->row.hash, (const uint8_t *)text, strlen(text));
    assert_int_equal(manifest_make(&making->manifest, &making->manifest_size,
                                   &making->row, 1, NULL),
                     AULA_OK);
}

static void make_package(struct desk_scene *scene, const char *mode,
                         bool is_kept)
{
    struct making making = {.package_size = 0};
    struct package package;
    char text[sizeof format + 16];

    (void)snprintf(text, sizeof text, format, mode);
    open_making(&making, scene, text);
    write_package(&making);
    write_container(&making, scene->path, text);
    if (is_kept) {
        assert_int_equal(desk_election_make(scene->office, &making.desk->known,
                                            making.package, making.package_size,
                                            making.tag_key, &passphrase, NULL),
                         AULA_OK);
    }
    assert_int_equal(package_open(&package, making.desk->known.sign,
                                  making.package, making.package_size, NULL),
                     AULA_OK);
    desk_election_name(scene->eid, &package);
    package_close(&package);
    free(making.package);
    free(making.manifest);
    election_draft_close(&making.texts);
    election_close(&making.election);
    ceremony_close(making.ceremony);
    desk_close(making.desk);
}

/* ---- the tests */

static enum aula_code open_it(struct rehearse_election **election,
                              const struct desk_scene *scene)
{
    return rehearse_election_open(election, scene->path, scene->office,
                                  &passphrase, NULL);
}

static void an_official_election_is_refused(void **state)
{
    struct rehearse_election *election = NULL;

    make_package(*state, "official", true);
    assert_int_equal(open_it(&election, *state), AULA_STATE);
    assert_null(election);
}

static void an_election_that_the_office_does_not_have_is_refused(void **state)
{
    struct rehearse_election *election = NULL;

    make_package(*state, "rehearsal", false);
    assert_int_equal(open_it(&election, *state), AULA_STATE);
    assert_null(election);
}

static uint64_t no_time(void *context)
{
    (void)context;
    return 0;
}

static void run(const struct rehearse_election *election,
                const struct rehearse_votes *votes, const char *out)
{
    static const struct clock clock = {no_time, NULL};
    struct rehearse_plan plan;
    struct rehearse_scene scene = {.election = election,
                                   .votes = votes,
                                   .plan = &plan,
                                   .passphrase = &passphrase,
                                   .terminals = 2};
    struct rehearse_run made = {.us = 0};
    struct aula_error err = {.message = ""};

    assert_int_equal(rehearse_plan_make(&plan, &election->election, BALLOTS,
                                        NULL),
                     AULA_OK);
    if (rehearse_run(&made, &scene, out, false, stderr, &clock, &err) !=
        AULA_OK) {
        fail_msg("%s", err.message);
    }
    rehearse_run_close(&made);
}

/* What went into a contest, and what comes out of it. */
static size_t compare(const struct found *found,
                      const struct rehearse_votes *votes, uint16_t contest)
{
    const struct plaintext_rule *rule = &votes->package->contests[contest].rule;
    size_t size = plaintext_size(rule);
    uint8_t went_in[BALLOTS * PLAINTEXT_BYTES_MAX];
    uint8_t plaintext[PLAINTEXT_BYTES_MAX];
    size_t wanted = 0;
    size_t count = 0;
    uint8_t *came_out = found_decrypt(found, contest, 1, 3, &count);

    for (size_t i = 0; i < BALLOTS; i++) {
        if (rehearse_votes_get(votes, plaintext, i) == contest) {
            memcpy(went_in + wanted++ * size, plaintext, size);
        }
    }
    found_sort(went_in, wanted, size);
    assert_int_equal(count, wanted);
    assert_memory_equal(came_out, went_in, count * size);
    free(came_out);
    return count;
}

/* The office certified the terminals, and its register is left to it. */
static void two_contests_come_out_as_they_went_in(void **state)
{
    struct desk_scene *scene = *state;
    struct rehearse_election *election = NULL;
    struct rehearse_votes votes;
    struct desk_registers registers;
    struct found *found;

    make_package(scene, "rehearsal", true);
    assert_int_equal(open_it(&election, scene), AULA_OK);
    rehearse_votes_draw(&votes, &election->kept->package, BALLOTS, SEED);
    run(election, &votes, scene->folder);
    found = found_open(scene->folder, scene->eid);
    found_check_chains(found);
    assert_int_equal(compare(found, &votes, 0) + compare(found, &votes, 1),
                     BALLOTS);
    assert_int_equal(found->terminals.count, 2);
    assert_int_equal(desk_election_registers(&registers, found->election, NULL),
                     AULA_OK);
    assert_null(registers.bytes[0]);
    desk_registers_close(&registers);
    found_close(found);
    rehearse_votes_close(&votes);
    rehearse_election_close(election);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_official_election_is_refused, start,
                                        end),
        cmocka_unit_test_setup_teardown(
            an_election_that_the_office_does_not_have_is_refused, start, end),
        cmocka_unit_test_setup_teardown(two_contests_come_out_as_they_went_in,
                                        start, end),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
