/* SPDX-License-Identifier: Apache-2.0 */
/* An office in a folder of its own with one small election, for tests of what
 * stands in such a folder. Passphrases cost nothing here (cheap_pwhash.h). */
#ifndef AULA_TEST_DESK_SAMPLE_H
#define AULA_TEST_DESK_SAMPLE_H

#include "package_sample.h"

#include <ftw.h>
#include <unistd.h>

#include "cheap_pwhash.h"
#include "draw.h"

#include "desk_election.h"
#include "file.h"

struct office {
    char folder[32];
    char eid[DESK_EID_TEXT]; /* office_eid */
    struct passphrase passphrase;
    struct ceremony *ceremony;
    struct sample sample;
    struct desk_public known;
    uint8_t tag_key[TAG_KEY_BYTES];
    uint8_t key[SIGN_PUBLIC_BYTES]; /* of a terminal */
    uint8_t tid[TERMINAL_ID_BYTES];
    uint8_t transport[SEAL_PUBLIC_BYTES];
};

static inline enum aula_code office_make_election(struct office *office)
{
    return desk_election_make(office->folder, &office->known,
                              office->sample.bytes, office->sample.size,
                              office->tag_key, &office->passphrase, NULL);
}

/* The package of another nonce: another election. */
static inline void office_draw_package(struct office *office, uint8_t nonce)
{
    office->sample.nonce[0] = nonce;
    sample_make(&office->sample);
}

static inline int office_start(void **state)
{
    static char secret[] = "ABCDEFGHJKMNP";
    struct office *office = calloc(1, sizeof *office);
    uint8_t seed[SIGN_SEED_BYTES] = {9};
    uint8_t unused[SIGN_SECRET_BYTES];

    (void)snprintf(office->folder, sizeof office->folder,
                   "/tmp/aula-desk-XXXXXX");
    assert_non_null(mkdtemp(office->folder));
    office->passphrase = (struct passphrase){secret, sizeof secret - 1};
    office->ceremony = ceremony_whole(3, 2);
    sample_start(&office->sample, office->ceremony);
    draw_bytes(office->tag_key, sizeof office->tag_key, "tag key", 0);
    tag_key_check(office->sample.tag_key_check, office->tag_key);
    office_draw_package(office, 1);
    memcpy(office->known.sign, office->sample.office_public,
           sizeof office->known.sign);
    sign_key_pair(office->key, unused, seed);
    terminal_id(office->tid, office->key);
    seal_key_pair(office->transport, unused);
    *state = office;
    return 0;
}

static inline int office_remove(const char *path, const struct stat *status,
                                int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

static inline int office_end(void **state)
{
    struct office *office = *state;

    assert_int_equal(nftw(office->folder, office_remove, 8,
                          FTW_DEPTH | FTW_PHYS),
                     0);
    free(office->ceremony);
    free(office);
    return 0;
}

/* The name of the package that is drawn now. */
static inline const char *office_eid(struct office *office)
{
    struct package package;

    assert_int_equal(package_open(&package, office->known.sign,
                                  office->sample.bytes, office->sample.size,
                                  NULL),
                     AULA_OK);
    desk_election_name(office->eid, &package);
    package_close(&package);
    return office->eid;
}

/* office/elections/EID/name of it. */
static inline void office_path(char path[static PLACE_BYTES],
                               struct office *office, const char *name)
{
    (void)snprintf(path, PLACE_BYTES, "%s/elections/%s/%s", office->folder,
                   office_eid(office), name);
}

static inline struct desk_election *office_open(const struct office *office)
{
    struct desk_election *election = NULL;
    struct aula_error err = {.message = ""};

    if (desk_election_open(&election, office->folder, &office->known, NULL,
                           &err) != AULA_OK) {
        fail_msg("%s", err.message);
    }
    return election;
}

/* Flip a bit in the middle of a file. */
static inline void office_spoil(const char *path)
{
    uint8_t *bytes = NULL;
    size_t size = 0;

    assert_int_equal(file_read(&bytes, &size, path, PACKAGE_BYTES_MAX, NULL),
                     AULA_OK);
    bytes[size / 2] ^= 1;
    assert_int_equal(file_write(path, bytes, size, 0600, NULL), AULA_OK);
    free(bytes);
}

#endif
