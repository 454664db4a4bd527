/* SPDX-License-Identifier: Apache-2.0 */
/* The office's folder of an election; the numbers are promises of
 * desk_election.h. */
#define _XOPEN_SOURCE 700

#include "desk_sample.h"

#include "keyfile.h"

static enum aula_code try_open(const struct office *office, const char *eid)
{
    struct desk_election *election = NULL;
    enum aula_code code = desk_election_open(&election, office->folder,
                                             &office->known, eid, NULL);

    assert_true((code == AULA_OK) == (election != NULL));
    desk_election_close(election);
    return code;
}

static void an_election_is_found_without_its_name(void **state)
{
    struct office *office = *state;
    struct desk_election *election;
    char eid[DESK_EID_TEXT];

    assert_int_equal(try_open(office, NULL), AULA_STATE);
    assert_int_equal(office_make_election(office), AULA_OK);
    election = office_open(office);
    assert_int_equal(election->size, office->sample.size);
    assert_memory_equal(election->bytes, office->sample.bytes, election->size);
    desk_election_name(eid, &election->package);
    assert_int_equal(try_open(office, eid), AULA_OK);
    desk_election_close(election);
}

static void two_elections_have_to_be_named(void **state)
{
    struct office *office = *state;
    struct desk_elections list;

    for (uint8_t nonce = 1; nonce <= 2; nonce++) {
        office_draw_package(office, nonce);
        assert_int_equal(office_make_election(office), AULA_OK);
    }
    assert_int_equal(try_open(office, NULL), AULA_STATE);
    assert_int_equal(desk_elections_list(&list, office->folder, NULL), AULA_OK);
    assert_int_equal(list.count, 2);
    assert_true(strcmp(list.eids[0], list.eids[1]) < 0);
    assert_int_equal(try_open(office, list.eids[0]), AULA_OK);
    assert_int_equal(try_open(office, list.eids[1]), AULA_OK);
    free(list.eids);
}

static void a_name_that_is_none_is_refused(void **state)
{
    struct office *office = *state;

    assert_int_equal(office_make_election(office), AULA_OK);
    assert_int_equal(try_open(office, "0123456789abcdef0123456789abcdef"),
                     AULA_STATE);
    assert_int_equal(try_open(office, "0123456789abcdef0123456789abcde"),
                     AULA_BAD_FIELD);
    assert_int_equal(try_open(office, "0123456789abcdef0123456789abcdef0"),
                     AULA_BAD_FIELD);
    assert_int_equal(try_open(office, "0123456789ABCDEF0123456789ABCDEF"),
                     AULA_BAD_FIELD);
    assert_int_equal(try_open(office, "../../../../../../../../../etc/x"),
                     AULA_BAD_FIELD);
    assert_int_equal(try_open(office, ""), AULA_BAD_FIELD);
}

static void an_election_is_made_once(void **state)
{
    struct office *office = *state;

    assert_int_equal(office_make_election(office), AULA_OK);
    assert_int_equal(office_make_election(office), AULA_STATE);
}

static void only_an_own_package_with_its_tag_key_is_kept(void **state)
{
    struct office *office = *state;

    office->tag_key[31] ^= 1;
    assert_int_equal(office_make_election(office), AULA_TAG_KEY);
    office->tag_key[31] ^= 1;
    office->known.sign[0] ^= 1;
    assert_int_equal(office_make_election(office), AULA_PKG_OFFICE_KEY);
    office->known.sign[0] ^= 1;
    office->sample.size--;
    assert_int_not_equal(office_make_election(office), AULA_OK);
    office->sample.size++;
    assert_int_equal(try_open(office, NULL), AULA_STATE);
}

/* Promise 1: cut off before package.bin stood there. */
static void a_start_that_was_cut_off_is_no_election(void **state)
{
    struct office *office = *state;
    char path[PLACE_BYTES];

    assert_int_equal(office_make_election(office), AULA_OK);
    office_path(path, office, "package.bin");
    assert_int_equal(remove(path), 0);
    assert_int_equal(try_open(office, NULL), AULA_STATE);
    assert_int_equal(office_make_election(office), AULA_OK);
    assert_int_equal(try_open(office, NULL), AULA_OK);
}

static void a_package_that_was_changed_is_refused(void **state)
{
    struct office *office = *state;
    char path[PLACE_BYTES];

    assert_int_equal(office_make_election(office), AULA_OK);
    office_path(path, office, "package.bin");
    office_spoil(path);
    assert_int_not_equal(try_open(office, NULL), AULA_OK);
    office_draw_package(office, 2);
    assert_int_equal(file_write(path, office->sample.bytes, office->sample.size,
                                0644, NULL),
                     AULA_OK);
    assert_int_equal(try_open(office, NULL), AULA_WRONG_ELECTION);
}

static enum aula_code try_tag_key(const struct office *office,
                                  const char *passphrase)
{
    char copy[32];
    struct passphrase typed = {copy, strlen(passphrase)};
    struct desk_election *election = office_open(office);
    uint8_t *tag_key = NULL;
    enum aula_code code;

    (void)snprintf(copy, sizeof copy, "%s", passphrase);
    code = desk_election_tag_key(&tag_key, election, &typed, NULL);
    if (code == AULA_OK) {
        assert_memory_equal(tag_key, office->tag_key, TAG_KEY_BYTES);
        sodium_free(tag_key);
    }
    desk_election_close(election);
    return code;
}

static void the_tag_key_opens_with_the_passphrase_of_the_office(void **state)
{
    struct office *office = *state;
    char path[PLACE_BYTES];
    uint8_t file[KEYFILE_BYTES];

    assert_int_equal(office_make_election(office), AULA_OK);
    assert_int_equal(try_tag_key(office, "ABCDEFGHJKMNP"), AULA_OK);
    assert_int_equal(try_tag_key(office, "ABCDEFGHJKMNQ"), AULA_KEY_OPEN);
    office_path(path, office, "tag.key");
    assert_int_equal(keyfile_make(file, KEYFILE_TAG_KEY,
                                  keyfile_floor(KEYFILE_TAG_KEY),
                                  office->passphrase.text,
                                  office->passphrase.size, office->transport,
                                  NULL),
                     AULA_OK);
    assert_int_equal(file_write(path, file, sizeof file, 0600, NULL), AULA_OK);
    assert_int_equal(try_tag_key(office, "ABCDEFGHJKMNP"), AULA_TAG_KEY);
    office_spoil(path);
    assert_int_equal(try_tag_key(office, "ABCDEFGHJKMNP"), AULA_KEY_OPEN);
    assert_int_equal(remove(path), 0);
    assert_int_equal(try_tag_key(office, "ABCDEFGHJKMNP"), AULA_IO);
}

#define WITH_OFFICE(test)                                                      \
    cmocka_unit_test_setup_teardown(test, office_start, office_end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_OFFICE(an_election_is_found_without_its_name),
        WITH_OFFICE(two_elections_have_to_be_named),
        WITH_OFFICE(a_name_that_is_none_is_refused),
        WITH_OFFICE(an_election_is_made_once),
        WITH_OFFICE(only_an_own_package_with_its_tag_key_is_kept),
        WITH_OFFICE(a_start_that_was_cut_off_is_no_election),
        WITH_OFFICE(a_package_that_was_changed_is_refused),
        WITH_OFFICE(the_tag_key_opens_with_the_passphrase_of_the_office),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
