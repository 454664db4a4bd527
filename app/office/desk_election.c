/* SPDX-License-Identifier: Apache-2.0 */
/* See desk_election.h: making and opening one. Which there are stands in
 * desk_elections.c. */
#include "desk_election.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blame.h"
#include "desk_election_parts.h"
#include "file.h"
#include "keyring.h"

enum { EID_DIGITS = DESK_EID_TEXT - 1 };

void desk_election_name(char eid[static DESK_EID_TEXT],
                        const struct package *package)
{
    (void)sodium_bin2hex(eid, DESK_EID_TEXT, package->hash, PACKAGE_ID_BYTES);
}

/* OFFICE/elections/EID */
static enum aula_code place_election(char folder[static PLACE_BYTES],
                                     const char *office, const char *eid,
                                     struct aula_error *err)
{
    char name[sizeof DESK_ELECTIONS + DESK_EID_TEXT];

    (void)snprintf(name, sizeof name, DESK_ELECTIONS "/%s", eid);
    return place_in(folder, office, name, err);
}

static enum aula_code make_folders(const char *office, const char *folder,
                                   struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, office, DESK_ELECTIONS, err);

    if (code == AULA_OK) {
        code = file_make_folder(path, true, err);
    }
    return code != AULA_OK ? code : file_make_folder(folder, true, err);
}

static enum aula_code write_election(const char *office, const char *folder,
                                     const uint8_t *bytes, size_t size,
                                     const uint8_t *tag_key,
                                     const struct passphrase *passphrase,
                                     struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code = make_folders(office, folder, err);

    if (code == AULA_OK) {
        code = place_in(path, folder, DESK_PACKAGE_FILE, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    if (!place_is_missing(folder, DESK_PACKAGE_FILE)) {
        return aula_fail(err, AULA_STATE, "%s: it is there already", folder);
    }
    code = keyring_save(folder, DESK_TAG_KEY, KEYFILE_TAG_KEY, passphrase,
                        tag_key, err);
    return code != AULA_OK ? code
                           : file_write_new(path, bytes, size, 0644, err);
}

enum aula_code
desk_election_make(const char *office, const struct desk_public *known,
                   const uint8_t *bytes, size_t size, const uint8_t *tag_key,
                   const struct passphrase *passphrase, struct aula_error *err)
{
    struct package package;
    char eid[DESK_EID_TEXT];
    char folder[PLACE_BYTES];
    enum aula_code code = package_open(&package, known->sign, bytes, size, err);

    if (code != AULA_OK) {
        return code;
    }
    desk_election_name(eid, &package);
    code = tag_compare_key(tag_key, package.tag_key_check, err);
    if (code == AULA_OK) {
        code = place_election(folder, office, eid, err);
    }
    if (code == AULA_OK) {
        code = write_election(office, folder, bytes, size, tag_key, passphrase,
                              err);
    }
    package_close(&package);
    return code;
}

/* The name of the election that is meant. */
static enum aula_code choose(char eid[static DESK_EID_TEXT], const char *office,
                             const char *wanted, struct aula_error *err)
{
    struct desk_elections list;
    enum aula_code code;

    if (wanted != NULL) {
        if (!desk_is_hex_name(wanted, EID_DIGITS, "")) {
            return aula_fail(err, AULA_BAD_FIELD,
                             "`%.40s` is no election: 32 small hexadecimal "
                             "digits are",
                             wanted);
        }
        (void)snprintf(eid, DESK_EID_TEXT, "%s", wanted);
        return AULA_OK;
    }
    code = desk_elections_list(&list, office, err);
    if (code != AULA_OK) {
        return code;
    }
    if (list.count == 1) {
        memcpy(eid, list.eids[0], DESK_EID_TEXT);
    } else if (list.count == 0) {
        code = aula_fail(err, AULA_STATE,
                         "%s: no election here; `aula office package` makes "
                         "one",
                         office);
    } else {
        code = aula_fail(err, AULA_STATE,
                         "%.60s: %zu elections; name one: --election %s, ..",
                         office, list.count, list.eids[0]);
    }
    free(list.eids);
    return code;
}

/* The folder is named and its package is there; is it the one? */
static enum aula_code load(struct desk_election *election,
                           const struct desk_public *known, const char *eid,
                           struct aula_error *err)
{
    char found[DESK_EID_TEXT];
    char path[PLACE_BYTES];
    enum aula_code code = desk_election_read(&election->bytes, &election->size,
                                             path, election, DESK_PACKAGE_FILE,
                                             PACKAGE_BYTES_MAX, err);

    if (code != AULA_OK) {
        return code;
    }
    if (election->bytes == NULL) {
        return aula_fail(err, AULA_STATE, "%s: no such election",
                         election->folder);
    }
    code = package_open(&election->package, known->sign, election->bytes,
                        election->size, err);
    if (code != AULA_OK) {
        return blame_file(err, code, path);
    }
    desk_election_name(found, &election->package);
    if (strcmp(found, eid) != 0) {
        return aula_fail(err, AULA_WRONG_ELECTION,
                         "%s: the package of another election", path);
    }
    return AULA_OK;
}

enum aula_code desk_election_open(struct desk_election **election,
                                  const char *office,
                                  const struct desk_public *known,
                                  const char *eid, struct aula_error *err)
{
    char name[DESK_EID_TEXT];
    struct desk_election *made = NULL;
    enum aula_code code = choose(name, office, eid, err);

    if (code != AULA_OK) {
        return code;
    }
    made = calloc(1, sizeof *made);
    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    code = place_election(made->folder, office, name, err);
    if (code == AULA_OK) {
        code = load(made, known, name, err);
    }
    if (code != AULA_OK) {
        desk_election_close(made);
        return code;
    }
    *election = made;
    return AULA_OK;
}

void desk_election_close(struct desk_election *election)
{
    if (election != NULL) {
        package_close(&election->package);
        free(election->bytes);
        free(election);
    }
}

enum aula_code desk_election_tag_key(uint8_t **tag_key,
                                     const struct desk_election *election,
                                     const struct passphrase *passphrase,
                                     struct aula_error *err)
{
    uint8_t *made = NULL;
    enum aula_code code = keyring_load(&made, election->folder, DESK_TAG_KEY,
                                       KEYFILE_TAG_KEY, passphrase, err);

    if (code != AULA_OK) {
        return code;
    }
    code = tag_compare_key(made, election->package.tag_key_check, err);
    if (code != AULA_OK) {
        sodium_free(made);
        return blame_file(err, code, election->folder);
    }
    *tag_key = made;
    return AULA_OK;
}

enum aula_code desk_election_read(uint8_t **bytes, size_t *size,
                                  char path[static PLACE_BYTES],
                                  const struct desk_election *election,
                                  const char *name, size_t size_max,
                                  struct aula_error *err)
{
    enum aula_code code = place_in(path, election->folder, name, err);

    *bytes = NULL;
    *size = 0;
    if (code != AULA_OK || place_is_missing(election->folder, name)) {
        return code;
    }
    return file_read(bytes, size, path, size_max, err);
}
