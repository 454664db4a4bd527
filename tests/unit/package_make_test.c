/* SPDX-License-Identifier: Apache-2.0 */
/* From a source and a finished ceremony to a container that a terminal opens,
 * and one ceremony for one election. Passphrases cost nothing here. */
#define _XOPEN_SOURCE 700

#include "source_bench.h"

#include <sodium.h>

#include "cheap_pwhash.h"

#include "desk_election.h"
#include "filesource.h"
#include "package_keys.h"
#include "package_make.h"
#include "rehearse_trustees.h"

/* An office and its ceremony, in the folder of the source. */
struct office {
    struct source_bench *bench;
    char folder[64];
    char out[64];
    struct passphrase passphrase;
    struct desk desk;
    uint8_t secret[SIGN_SECRET_BYTES];
    struct ceremony *ceremony;
    struct package_made made;
};

/* The keys of an office, as its key files would give them. */
static void draw_keys(struct office *office)
{
    uint8_t seed[SIGN_SEED_BYTES] = {7};
    uint8_t transport[SEAL_SECRET_BYTES];

    sign_key_pair(office->desk.known.sign, office->secret, seed);
    seal_key_pair(office->desk.known.transport, transport);
    office->desk.sign_secret = office->secret;
    assert_int_equal(mkdir(office->folder, 0700), 0);
}

static struct ceremony *hold_ceremony(const struct office *office,
                                      const char *name)
{
    struct ceremony *ceremony = NULL;
    char shared[64];
    char trustees[80];

    (void)snprintf(shared, sizeof shared, "%s/%s", office->bench->folder, name);
    (void)snprintf(trustees, sizeof trustees, "%s-trustees", shared);
    assert_int_equal(rehearse_trustees(&ceremony, shared, trustees,
                                       &office->passphrase, NULL),
                     AULA_OK);
    return ceremony;
}

static int open_office(void **state)
{
    static char secret[] = "ABCDEFGHJKMNP";
    struct office *office = calloc(1, sizeof *office);
    void *bench = NULL;

    assert_non_null(office);
    (void)bench_start(&bench);
    office->bench = bench;
    office->passphrase = (struct passphrase){secret, sizeof secret - 1};
    (void)snprintf(office->folder, sizeof office->folder, "%s/office",
                   office->bench->folder);
    (void)snprintf(office->out, sizeof office->out, "%s/out.aula",
                   office->bench->folder);
    assert_int_equal(bench_open(office->bench, &bench_no_wish), AULA_OK);
    draw_keys(office);
    office->ceremony = hold_ceremony(office, "ceremony");
    *state = office;
    return 0;
}

static int close_office(void **state)
{
    struct office *office = *state;
    void *bench = office->bench;

    package_made_close(&office->made);
    ceremony_close(office->ceremony);
    (void)bench_end(&bench);
    free(office);
    return 0;
}

static void make(struct office *office)
{
    package_made_close(&office->made);
    assert_int_equal(package_make(&office->made, &office->bench->source,
                                  office->ceremony, &office->desk, NULL),
                     AULA_OK);
}

static enum aula_code write_out(const struct office *office, bool is_new)
{
    struct progress quiet = {.file = NULL};

    return package_made_write(&office->made, office->out, is_new, &quiet, NULL);
}

static void a_terminal_opens_what_was_made(void **state)
{
    struct office *office = *state;
    struct filesource file = {.file = -1};
    struct container_source bytes;
    struct container container;
    const struct package *package = &office->made.package;

    make(office);
    assert_int_equal(write_out(office, true), AULA_OK);
    assert_int_equal(filesource_open(&file, &bytes, office->out, NULL),
                     AULA_OK);
    assert_int_equal(container_open(&container, office->desk.known.sign, &bytes,
                                    NULL),
                     AULA_OK);
    assert_int_equal(container_check_all(&container, NULL), AULA_OK);
    assert_int_equal(container.manifest.count, 3);
    assert_memory_equal(container.package.hash, package->hash, HASH_BYTES);
    assert_int_equal(election_compare(&office->bench->source.election,
                                      &container.package, NULL),
                     AULA_OK);
    assert_int_equal(tag_compare_key(office->made.tag_key,
                                     package->tag_key_check, NULL),
                     AULA_OK);
    assert_memory_equal(package->key, office->ceremony->outcome.key,
                        GROUP_POINT_BYTES);
    container_close(&container);
    filesource_close(&file);
}

static void two_packages_of_one_source_differ(void **state)
{
    struct office *office = *state;
    uint8_t hash[HASH_BYTES];
    uint8_t key[TAG_KEY_BYTES];

    make(office);
    memcpy(hash, office->made.package.hash, sizeof hash);
    memcpy(key, office->made.tag_key, sizeof key);
    make(office);
    assert_memory_not_equal(office->made.package.hash, hash, sizeof hash);
    assert_memory_not_equal(office->made.tag_key, key, sizeof key);
}

static bool is_there(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0;
}

static void a_photo_that_changed_since_is_not_packed(void **state)
{
    struct office *office = *state;
    struct picture *jpeg = &office->bench->jpeg;

    make(office);
    jpeg->bytes[jpeg->size / 2] ^= 1;
    bench_put(office->bench, "photos/now.jpg", jpeg->bytes, jpeg->size);
    assert_int_equal(write_out(office, true), AULA_CONTENT_FILE);
    bench_remove(office->bench, "photos/now.jpg");
    assert_int_equal(write_out(office, true), AULA_IO);
    assert_false(is_there(office->out));
}

static void what_stands_under_the_name_is_kept_or_replaced(void **state)
{
    struct office *office = *state;
    struct stat status;

    make(office);
    bench_put(office->bench, "out.aula", "x", 1);
    assert_int_equal(write_out(office, true), AULA_STATE);
    assert_int_equal(lstat(office->out, &status), 0);
    assert_int_equal(status.st_size, 1);
    assert_int_equal(write_out(office, false), AULA_OK);
    assert_int_equal(lstat(office->out, &status), 0);
    assert_true(status.st_size > 1000);
}

/* ---- one ceremony, one election */

static void keep(struct office *office)
{
    make(office);
    assert_int_equal(desk_election_make(office->folder, &office->desk.known,
                                        office->made.bytes, office->made.size,
                                        office->made.tag_key,
                                        &office->passphrase, NULL),
                     AULA_OK);
}

/* How many would be replaced. */
static size_t expect_keys(const struct office *office,
                          const struct ceremony *ceremony,
                          enum package_mode mode, bool may_replace,
                          enum aula_code code)
{
    struct desk_elections found;

    assert_int_equal(package_keys_check(&found, office->folder,
                                        &office->desk.known, ceremony, mode,
                                        may_replace, NULL),
                     code);
    assert_true(code == AULA_OK || found.eids == NULL);
    free(found.eids);
    return found.count;
}

static void a_ceremony_without_an_election_is_free(void **state)
{
    struct office *office = *state;
    struct ceremony *other;

    assert_int_equal(expect_keys(office, office->ceremony, PACKAGE_OFFICIAL,
                                 false, AULA_OK),
                     0);
    keep(office);
    other = hold_ceremony(office, "other");
    assert_int_equal(expect_keys(office, other, PACKAGE_OFFICIAL, false,
                                 AULA_OK),
                     0);
    ceremony_close(other);
}

static void a_second_election_is_refused_or_replaces_the_first(void **state)
{
    struct office *office = *state;

    keep(office);
    (void)expect_keys(office, office->ceremony, PACKAGE_OFFICIAL, false,
                      AULA_STATE);
    assert_int_equal(expect_keys(office, office->ceremony, PACKAGE_OFFICIAL,
                                 true, AULA_OK),
                     1);
}

static void a_rehearsal_never_replaces_an_official_election(void **state)
{
    struct office *office = *state;

    keep(office);
    (void)expect_keys(office, office->ceremony, PACKAGE_REHEARSAL, true,
                      AULA_STATE);
}

static void what_was_replaced_is_gone(void **state)
{
    struct office *office = *state;
    struct desk_elections found;
    struct desk_elections left;

    keep(office);
    assert_int_equal(package_keys_check(&found, office->folder,
                                        &office->desk.known, office->ceremony,
                                        PACKAGE_OFFICIAL, true, NULL),
                     AULA_OK);
    assert_int_equal(found.count, 1);
    assert_int_equal(package_keys_retire(&found, office->folder,
                                         &office->desk.known, NULL),
                     AULA_OK);
    free(found.eids);
    assert_int_equal(desk_elections_list(&left, office->folder, NULL), AULA_OK);
    assert_int_equal(left.count, 0);
    free(left.eids);
}

#define WITH_OFFICE(test)                                                      \
    cmocka_unit_test_setup_teardown(test, open_office, close_office)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_OFFICE(a_terminal_opens_what_was_made),
        WITH_OFFICE(two_packages_of_one_source_differ),
        WITH_OFFICE(a_photo_that_changed_since_is_not_packed),
        WITH_OFFICE(what_stands_under_the_name_is_kept_or_replaced),
        WITH_OFFICE(a_ceremony_without_an_election_is_free),
        WITH_OFFICE(a_second_election_is_refused_or_replaces_the_first),
        WITH_OFFICE(a_rehearsal_never_replaces_an_official_election),
        WITH_OFFICE(what_was_replaced_is_gone),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
