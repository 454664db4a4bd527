/* SPDX-License-Identifier: Apache-2.0 */
/* What the office sent, and what it must not be: each refusal by name, and then
 * nothing is installed. */
#include "terminal_desk_chain.h"
#include "terminal_desk_roll.h"

#include <unistd.h>

#include "cheap_pwhash.h"
#include "vfs.h"

static const struct desk_voter voters[] = {{DESK_VOTER, ROLL_ANY_CONTEST},
                                           {DESK_OTHER, 1}};

enum { ROLL_SIZE = ROLL_BYTES(2) };

/* A desk that is about to install for the first time. */
static int make(void **state)
{
    struct desk *desk = desk_new(&(struct desk_wish){0});

    desk_reopen(desk);
    desk_certify(desk);
    *state = desk;
    return 0;
}

/* Another desk, with another election, terminal and office. */
static struct desk *another(const struct desk_wish *wish)
{
    struct desk *desk = desk_new(wish);

    desk_reopen(desk);
    desk_certify(desk);
    return desk;
}

static void drop(struct desk *desk)
{
    void *state = desk;

    (void)desk_clear(&state);
}

/* Refused, and no byte of the terminal is another one. */
static void refuse(struct desk *desk, const struct setup_parts *parts,
                   enum aula_code code)
{
    struct aula_error err = {0};
    uint8_t before[HASH_BYTES];
    uint8_t after[HASH_BYTES];
    struct terminal_status status = desk_status(desk);
    enum aula_code found;

    desk_hash_files(before, desk);
    found = setup_install(desk->terminal, parts, &err);
    if (found != code) {
        fail_msg("%s, not %s: %s", aula_code_name(found), aula_code_name(code),
                 err.message);
    }
    assert_int_equal(err.code, code);
    desk_hash_files(after, desk);
    assert_memory_equal(after, before, sizeof after);
    assert_int_equal(desk_status(desk).state, status.state);
    assert_int_equal(desk_seq(desk), status.last_seq);
    assert_int_equal(desk_status(desk).kit.number, status.kit.number);
    assert_int_equal(desk_status(desk).roll_number, status.roll_number);
}

static void install(struct desk *desk)
{
    assert_int_equal(setup_install(desk->terminal, &desk->parts, NULL),
                     AULA_OK);
}

static void the_first_time_all_parts_come_together(void **state)
{
    struct desk *desk = *state;
    struct setup_parts parts = desk->parts;

    parts.office_key = NULL;
    refuse(desk, &parts, AULA_STATE);
    parts = desk->parts;
    parts.container = NULL;
    refuse(desk, &parts, AULA_STATE);
    parts = desk->parts;
    parts.certificate = NULL;
    refuse(desk, &parts, AULA_STATE);
    parts = desk->parts;
    parts.kit = NULL;
    refuse(desk, &parts, AULA_STATE);
    install(desk);
    assert_int_equal(desk_status(desk).state, TERMINAL_READY);
    desk_reopen(desk);
    assert_int_equal(desk_status(desk).state, TERMINAL_READY);
    assert_int_equal(desk_status(desk).kit.number, desk->kits);
    assert_true(desk_status(desk).kit.has_guests);
}

static void another_offices_election_is_refused(void **state)
{
    struct desk *desk = *state;
    struct setup_parts parts = desk->parts;
    uint8_t key[SIGN_PUBLIC_BYTES];
    uint8_t secret[SIGN_SECRET_BYTES];
    static const uint8_t seed[SIGN_SEED_BYTES] = {0x10};

    sign_key_pair(key, secret, seed);
    parts.office_key = key;
    refuse(desk, &parts, AULA_PKG_OFFICE_KEY);
    install(desk);
}

static void parts_of_another_election_are_refused(void **state)
{
    static const uint16_t contests[] = {0};
    struct desk *desk = *state;
    struct desk *other = another(&(struct desk_wish){.is_late = true});
    struct setup_parts parts = desk->parts;
    uint8_t roll[ROLL_SIZE];

    parts.container = &other->source;
    refuse(desk, &parts, AULA_WRONG_ELECTION);
    parts = desk->parts;
    assert_int_equal(certificate_make(other->certificate, &other->package,
                                      other->office_secret, desk->terminal->key,
                                      "Hall", 4, contests, 1, NULL),
                     AULA_OK);
    parts.certificate = other->certificate;
    parts.certificate_size = CERTIFICATE_BYTES(4, 1);
    refuse(desk, &parts, AULA_WRONG_ELECTION);
    parts = desk->parts;
    parts.kit = other->kit;
    refuse(desk, &parts, AULA_WRONG_ELECTION);
    parts = desk->parts;
    parts.roll = roll;
    parts.roll_size = desk_make_roll(roll, other, 1, voters, 2);
    refuse(desk, &parts, AULA_WRONG_ELECTION);
    install(desk);
    parts = (struct setup_parts){.container = &other->source};
    refuse(desk, &parts, AULA_WRONG_ELECTION);
    drop(other);
}

/* Terminals of one election: their parts are not each other's. */
static void parts_of_another_terminal_are_refused(void **state)
{
    static const uint16_t contests[] = {0};
    static const struct kit kit = {1, true};
    struct desk *desk = *state;
    struct setup_parts parts = desk->parts;
    uint8_t certificate[CERTIFICATE_BYTES(4, 1)];
    uint8_t file[KIT_BYTES];
    uint8_t key[SIGN_PUBLIC_BYTES];
    uint8_t secret[SIGN_SECRET_BYTES];
    uint8_t tid[TERMINAL_ID_BYTES];
    uint8_t transport[SEAL_PUBLIC_BYTES];
    uint8_t transport_secret[SEAL_SECRET_BYTES];
    static const uint8_t seed[SIGN_SEED_BYTES] = {0x11};

    sign_key_pair(key, secret, seed);
    terminal_id(tid, key);
    seal_key_pair(transport, transport_secret);
    assert_int_equal(certificate_make(certificate, &desk->package,
                                      desk->office_secret, key, "Hall", 4,
                                      contests, 1, NULL),
                     AULA_OK);
    parts.certificate = certificate;
    parts.certificate_size = sizeof certificate;
    refuse(desk, &parts, AULA_CERT_TERMINAL_ID);
    parts = desk->parts;
    parts.kit = file;
    assert_int_equal(kit_make(file, &desk->package, desk->office_secret, tid,
                              desk->terminal->transport_public, &kit,
                              desk->tag_key, NULL),
                     AULA_OK);
    refuse(desk, &parts, AULA_CERT_TERMINAL_ID);
    assert_int_equal(kit_make(file, &desk->package, desk->office_secret,
                              desk->terminal->tid, transport, &kit,
                              desk->tag_key, NULL),
                     AULA_OK);
    refuse(desk, &parts, AULA_KIT_SEAL);
    install(desk);
}

static void a_kit_with_another_tag_key_is_refused(void **state)
{
    struct desk *desk = *state;

    desk->tag_key[0] ^= 1;
    desk_certify(desk);
    refuse(desk, &desk->parts, AULA_TAG_KEY);
    desk->tag_key[0] ^= 1;
    desk_certify(desk);
    install(desk);
}

static void one_flipped_bit_or_a_byte_less_is_refused(void **state)
{
    struct desk *desk = *state;
    struct setup_parts parts = desk->parts;
    uint8_t roll[ROLL_SIZE];

    desk->certificate[desk->certificate_size - 1] ^= 1;
    refuse(desk, &parts, AULA_SIG_INVALID);
    desk->certificate[desk->certificate_size - 1] ^= 1;
    parts.certificate_size--;
    refuse(desk, &parts, AULA_TRUNCATED);
    parts = desk->parts;
    desk->kit[KIT_BYTES - 1] ^= 1;
    refuse(desk, &parts, AULA_SIG_INVALID);
    desk->kit[KIT_BYTES - 1] ^= 1;
    parts.kit_size--;
    refuse(desk, &parts, AULA_TRUNCATED);
    parts = desk->parts;
    parts.roll = roll;
    parts.roll_size = desk_make_roll(roll, desk, 1, voters, 2);
    roll[ROLL_SIZE - 1] ^= 1;
    refuse(desk, &parts, AULA_SIG_INVALID);
    roll[ROLL_SIZE - 1] ^= 1;
    parts.roll_size--;
    refuse(desk, &parts, AULA_TRUNCATED);
    install(desk);
}

static void a_roll_that_is_not_in_order_is_refused(void **state)
{
    struct desk *desk = *state;
    struct setup_parts parts = desk->parts;
    uint8_t roll[ROLL_SIZE];
    uint8_t row[ROLL_ROW_BYTES];
    uint8_t *rows = roll + ROLL_HEAD_BYTES;

    parts.roll = roll;
    parts.roll_size = desk_make_roll(roll, desk, 1, voters, 2);
    memcpy(row, rows, sizeof row);
    memmove(rows, rows + sizeof row, sizeof row);
    memcpy(rows + sizeof row, row, sizeof row);
    sign_file(roll, ROLL_SIZE - SIGN_BYTES, "sig-roll", desk->office_secret);
    refuse(desk, &parts, AULA_ROLL_ORDER);
    install(desk);
}

static void a_container_that_is_cut_or_altered_is_refused(void **state)
{
    struct desk *desk = *state;
    struct container_memory memory = {desk->container,
                                      desk->container_size - 1};
    struct container_source source = container_memory_source(&memory);
    struct setup_parts parts = desk->parts;

    parts.container = &source;
    refuse(desk, &parts, AULA_TRUNCATED);
    memory.size = 8;
    source = container_memory_source(&memory);
    refuse(desk, &parts, AULA_TRUNCATED);
    desk->container[desk->container_size - 2] ^= 1;
    refuse(desk, &desk->parts, AULA_CONTENT_FILE);
    desk->container[desk->container_size - 2] ^= 1;
    desk->container[0] ^= 1;
    refuse(desk, &desk->parts, AULA_BAD_MAGIC);
    desk->container[0] ^= 1;
    install(desk);
}

/* What is shown would not be what is encrypted. */
static void content_that_is_not_the_packages_is_refused(void **state)
{
    struct desk *desk = another(&(struct desk_wish){.is_mixed = true});

    *state = desk;
    refuse(desk, &desk->parts, AULA_SOURCE);
}

static void what_is_older_is_refused_later(void **state)
{
    struct desk *desk = *state;
    struct setup_parts parts = {.kit = desk->kit, .kit_size = KIT_BYTES};
    uint8_t old[KIT_BYTES];
    uint8_t roll[ROLL_SIZE];

    memcpy(old, desk->kit, sizeof old);
    desk_certify(desk);
    install(desk);
    parts.kit = old;
    refuse(desk, &parts, AULA_KIT_OLD);
    parts.kit = desk->kit;
    assert_int_equal(setup_install(desk->terminal, &parts, NULL), AULA_OK);
    assert_int_equal(desk_put_roll(desk, 5, voters, 2), AULA_OK);
    parts = (struct setup_parts){.roll = roll};
    parts.roll_size = desk_make_roll(roll, desk, 4, voters, 1);
    refuse(desk, &parts, AULA_ROLL_OLD);
    desk_reopen(desk);
    refuse(desk, &parts, AULA_ROLL_OLD);
    assert_int_equal(desk_put_roll(desk, 5, voters, 2), AULA_OK);
}

/* One bad part: the good ones beside it are not installed either. */
static void parts_are_installed_together_or_not(void **state)
{
    struct desk *desk = *state;
    struct setup_parts parts;
    uint8_t roll[ROLL_SIZE];

    install(desk);
    desk_certify(desk);
    parts = desk->parts;
    parts.roll = roll;
    parts.roll_size = desk_make_roll(roll, desk, 1, voters, 2);
    roll[ROLL_SIZE - 1] ^= 1;
    refuse(desk, &parts, AULA_SIG_INVALID);
    assert_int_equal(desk_status(desk).kit.number, desk->kits - 1);
}

static void each_part_that_comes_later_is_an_event(void **state)
{
    struct desk *desk = *state;
    struct setup_parts parts;
    uint8_t roll[ROLL_SIZE];
    uint64_t seq;

    install(desk);
    seq = desk_seq(desk);
    assert_int_equal(seq, 3);
    assert_true(desk_is_event(desk, 1, RECORD_STARTED, 0));
    assert_true(desk_is_event(desk, 2, RECORD_SETUP_CHANGED, 0));
    assert_true(desk_is_event(desk, 3, RECORD_SETUP_CHANGED, 1));
    desk_certify(desk);
    parts = desk->parts;
    parts.roll = roll;
    parts.roll_size = desk_make_roll(roll, desk, 7, voters, 2);
    assert_int_equal(setup_install(desk->terminal, &parts, NULL), AULA_OK);
    assert_int_equal(desk_seq(desk), seq + 3);
    assert_true(desk_is_event(desk, 4, RECORD_SETUP_CHANGED, 0));
    assert_true(desk_is_event(desk, 5, RECORD_SETUP_CHANGED, 2));
    assert_true(desk_is_event(desk, 6, RECORD_SETUP_CHANGED, 7));
    assert_int_equal(desk_status(desk).roll_count, 2);
    assert_int_equal(desk_put_roll(desk, 8, voters, 1), AULA_OK);
    assert_true(desk_is_event(desk, 7, RECORD_SETUP_CHANGED, 8));
    assert_int_equal(desk_status(desk).roll_count, 1);
    desk_reopen(desk);
    assert_int_equal(desk_status(desk).kit.number, 2);
    assert_int_equal(desk_status(desk).roll_number, 8);
    assert_int_equal(desk_status(desk).roll_count, 1);
}

/* An image from before: its second place knows of records. */
static void a_key_that_has_recorded_is_not_installed_again(void **state)
{
    struct desk *desk = *state;
    char kept[DESK_PATH_BYTES];

    (void)snprintf(kept, sizeof kept, "%.200s/kept", desk->folder);
    desk_copy_folder(kept, desk->data);
    install(desk);
    terminal_close(desk->terminal);
    desk->terminal = NULL;
    desk_clear_folder(desk->data);
    assert_int_equal(rename(kept, desk->data), 0);
    desk_reopen(desk);
    refuse(desk, &desk->parts, AULA_STORE_BEHIND);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, make, desk_clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(the_first_time_all_parts_come_together),
        WITH(another_offices_election_is_refused),
        WITH(parts_of_another_election_are_refused),
        WITH(parts_of_another_terminal_are_refused),
        WITH(a_kit_with_another_tag_key_is_refused),
        WITH(one_flipped_bit_or_a_byte_less_is_refused),
        WITH(a_roll_that_is_not_in_order_is_refused),
        WITH(a_container_that_is_cut_or_altered_is_refused),
        cmocka_unit_test_teardown(content_that_is_not_the_packages_is_refused,
                                  desk_clear),
        WITH(what_is_older_is_refused_later),
        WITH(parts_are_installed_together_or_not),
        WITH(each_part_that_comes_later_is_an_event),
        WITH(a_key_that_has_recorded_is_not_installed_again),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
