/* SPDX-License-Identifier: Apache-2.0 */
/* A rehearsal's own election: whole, and with all that a later count needs.
 * Passphrases cost nothing here (cheap_pwhash.h). */
#define _XOPEN_SOURCE 700

#include "pabulib_sample.h"

#include <ftw.h>
#include <unistd.h>

#include "cheap_pwhash.h"

#include "file.h"
#include "keyring.h"
#include "rehearse_election.h"
#include "rehearse_trustees.h"
#include "trustee_parts.h"

enum { FIRST_DAY = 20000, LAST_DAY = 20004 };

struct scene {
    char folder[32];
    struct passphrase passphrase;
    struct pabulib file;
    struct rehearse_election *election;
};

static enum aula_code make(struct rehearse_election **election,
                           struct scene *scene, struct aula_error *err)
{
    return rehearse_election_make(election, scene->folder, &scene->file,
                                  FIRST_DAY, LAST_DAY, &scene->passphrase, err);
}

static int start(void **state)
{
    static char secret[] = "ABCDEFGHJKMNP";
    struct scene *scene = calloc(1, sizeof *scene);
    struct aula_error err = {0};

    scene->passphrase = (struct passphrase){secret, sizeof secret - 1};
    (void)snprintf(scene->folder, sizeof scene->folder,
                   "/tmp/aula-rehearse-XXXXXX");
    assert_non_null(mkdtemp(scene->folder));
    pb_open_sample(&scene->file, "approval.pb");
    if (make(&scene->election, scene, &err) != AULA_OK) {
        fail_msg("%s", err.message);
    }
    *state = scene;
    return 0;
}

static int remove_one(const char *path, const struct stat *status, int kind,
                      struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

static int end(void **state)
{
    struct scene *scene = *state;

    rehearse_election_close(scene->election);
    pabulib_close(&scene->file);
    assert_int_equal(nftw(scene->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS),
                     0);
    free(scene);
    return 0;
}

static void path_of(char path[static PLACE_BYTES], const struct scene *scene,
                    const char *name)
{
    assert_int_equal(place_in(path, scene->folder, name, NULL), AULA_OK);
}

static void its_container_opens_and_is_whole(void **state)
{
    struct scene *scene = *state;
    const struct package *package = &scene->election->kept->package;
    struct container container;
    struct container_memory memory;
    struct container_source source;
    uint8_t *bytes = NULL;
    size_t size = 0;
    char path[PLACE_BYTES];

    path_of(path, scene, "package.aula");
    assert_int_equal(file_read(&bytes, &size, path, CONTAINER_BYTES_MAX, NULL),
                     AULA_OK);
    assert_int_equal(size, scene->election->container.size);
    assert_memory_equal(bytes, scene->election->container.bytes, size);
    memory = (struct container_memory){bytes, size};
    source = container_memory_source(&memory);
    assert_int_equal(container_open(&container,
                                    scene->election->desk->known.sign, &source,
                                    NULL),
                     AULA_OK);
    assert_int_equal(container_check_all(&container, NULL), AULA_OK);
    assert_memory_equal(container.package.hash, package->hash, HASH_BYTES);
    assert_int_equal(election_compare(&scene->election->election,
                                      &container.package, NULL),
                     AULA_OK);
    container_close(&container);
    free(bytes);
}

static void it_is_a_rehearsal_of_three_trustees(void **state)
{
    struct scene *scene = *state;
    const struct package *package = &scene->election->kept->package;

    assert_int_equal(package->mode, PACKAGE_REHEARSAL);
    assert_int_equal(package->id_scheme, TAG_SCHEME_DIGITS);
    assert_int_equal(package->tag_stretch, TAG_STRETCH_NONE);
    assert_int_equal(package->trustee_count, REHEARSE_TRUSTEES);
    assert_int_equal(package->threshold, REHEARSE_THRESHOLD);
    assert_memory_equal(package->office_key, scene->election->desk->known.sign,
                        SIGN_PUBLIC_BYTES);
    assert_int_equal(tag_compare_key(scene->election->tag_key,
                                     package->tag_key_check, NULL),
                     AULA_OK);
}

/* The share behind the passphrase is the one that the package names. */
static void each_trustee_has_its_share(void **state)
{
    struct scene *scene = *state;
    const struct package *package = &scene->election->kept->package;
    struct ceremony *ceremony = NULL;
    char path[PLACE_BYTES];

    path_of(path, scene, "office/ceremony");
    assert_int_equal(ceremony_open(&ceremony, path, NULL), AULA_OK);
    assert_int_equal(ceremony_finish(ceremony, NULL), AULA_OK);
    for (uint8_t i = 1; i <= REHEARSE_TRUSTEES; i++) {
        struct trustee *trustee = NULL;
        uint8_t *share = NULL;
        uint8_t *sign = NULL;
        uint8_t point[GROUP_POINT_BYTES];
        char name[16];

        (void)snprintf(name, sizeof name, "trustees/%u", i);
        path_of(path, scene, name);
        assert_int_equal(trustee_open(&trustee, ceremony, path, NULL), AULA_OK);
        assert_int_equal(trustee->index, i);
        assert_true(trustee_did(trustee, CEREMONY_CONFIRM));
        trustee_close(trustee);
        assert_int_equal(keyring_load(&share, path, TRUSTEE_SHARE,
                                      KEYFILE_TRUSTEE_SHARE, &scene->passphrase,
                                      NULL),
                         AULA_OK);
        group_mul_base(point, share);
        assert_memory_equal(point, package->shares[i - 1], sizeof point);
        sodium_free(share);
        assert_int_equal(keyring_load_signer(&sign, path, TRUSTEE_SIGN,
                                             KEYFILE_TRUSTEE_SIGN,
                                             &scene->passphrase, NULL),
                         AULA_OK);
        assert_memory_equal(sign + SIGN_SEED_BYTES,
                            package->trustee_keys[i - 1], SIGN_PUBLIC_BYTES);
        sodium_free(sign);
        assert_true(place_is_missing(path, TRUSTEE_SEED));
        assert_false(place_is_missing(path, "journal.txt"));
    }
    ceremony_close(ceremony);
}

static void another_rehearsal_opens_it(void **state)
{
    struct scene *scene = *state;
    struct rehearse_election *again = NULL;
    char path[PLACE_BYTES];
    char office[PLACE_BYTES];

    path_of(path, scene, "package.aula");
    path_of(office, scene, "office");
    assert_int_equal(rehearse_election_open(&again, path, office,
                                            &scene->passphrase, NULL),
                     AULA_OK);
    assert_memory_equal(again->kept->package.hash,
                        scene->election->kept->package.hash, HASH_BYTES);
    assert_memory_equal(again->tag_key, scene->election->tag_key,
                        TAG_KEY_BYTES);
    assert_int_equal(again->election.contest_count, 1);
    rehearse_election_close(again);
}

static void what_is_wrong_is_refused(void **state)
{
    static char other[] = "PNMKJHGFEDCBA";
    static const struct passphrase wrong = {other, sizeof other - 1};
    struct scene *scene = *state;
    struct rehearse_election *again = NULL;
    char path[PLACE_BYTES];
    char office[PLACE_BYTES];

    path_of(path, scene, "package.aula");
    path_of(office, scene, "office");
    assert_int_equal(rehearse_election_open(&again, path, office, &wrong, NULL),
                     AULA_KEY_OPEN);
    assert_int_equal(rehearse_election_open(&again, path, scene->folder,
                                            &scene->passphrase, NULL),
                     AULA_STATE);
    path_of(path, scene, "office/office.txt");
    assert_int_equal(rehearse_election_open(&again, path, office,
                                            &scene->passphrase, NULL),
                     AULA_BAD_MAGIC);
    path_of(path, scene, "no such file");
    assert_int_equal(rehearse_election_open(&again, path, office,
                                            &scene->passphrase, NULL),
                     AULA_IO);
    assert_int_equal(make(&again, scene, NULL), AULA_STATE);
    assert_null(again);
}

/* The ceremony of this office stands; that of its trustees is not made again.
 */
static void a_ceremony_is_not_held_twice(void **state)
{
    struct scene *scene = *state;
    struct ceremony *ceremony = NULL;
    char shared[PLACE_BYTES];
    char folder[PLACE_BYTES];

    path_of(shared, scene, "office/ceremony");
    path_of(folder, scene, "trustees");
    assert_int_equal(rehearse_trustees(&ceremony, shared, folder,
                                       &scene->passphrase, NULL),
                     AULA_STATE);
    assert_null(ceremony);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_container_opens_and_is_whole),
        cmocka_unit_test(it_is_a_rehearsal_of_three_trustees),
        cmocka_unit_test(each_trustee_has_its_share),
        cmocka_unit_test(another_rehearsal_opens_it),
        cmocka_unit_test(what_is_wrong_is_refused),
        cmocka_unit_test(a_ceremony_is_not_held_twice),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, start, end);
}
