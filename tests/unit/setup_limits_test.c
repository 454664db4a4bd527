/* SPDX-License-Identifier: Apache-2.0 */
/* The bounds of the set-up files, on both sides of each; and the table of the
 * witness. That nothing altered passes is the business of setup_objects_test.c.
 */
#include "setup_desk.h"

#include "kit.h"
#include "locked_memory.h"
#include "request.h"
#include "roll.h"
#include "witness.h"

enum { LABEL_ROOM = 256, ROLL_ROWS_MAX = (ROLL_BYTES_MAX - 109) / 34 };

/* One long word; a test may spoil it. */
static void fill_label(char label[static LABEL_ROOM])
{
    memset(label, 'x', LABEL_ROOM);
}

/* Make it with a label of this size; what is made is accepted. */
static enum aula_code certify(struct desk *desk, const char *label,
                              size_t label_size)
{
    static const uint16_t contests[] = {0};
    struct certificate found;
    enum aula_code code =
        certificate_make(desk->file, &desk->package, desk->sample.office_secret,
                         desk->key, label, label_size, contests, 1, NULL);

    if (code == AULA_OK) {
        assert_int_equal(certificate_check(&found, &desk->package, desk->key,
                                           desk->file,
                                           CERTIFICATE_BYTES(label_size, 1),
                                           NULL),
                         AULA_OK);
        assert_int_equal(found.label.size, label_size);
    }
    return code;
}

static enum aula_code ask(struct desk *desk, const char *label,
                          size_t label_size)
{
    struct request found;
    enum aula_code code = request_make(desk->file, desk->secret,
                                       desk->transport_public, label,
                                       label_size, NULL);

    if (code == AULA_OK) {
        assert_int_equal(request_check(&found, desk->file,
                                       REQUEST_BYTES(label_size), NULL),
                         AULA_OK);
        assert_int_equal(found.label.size, label_size);
    }
    return code;
}

static void a_certificate_has_a_label_of_1_to_200_bytes(void **state)
{
    struct desk *desk = *state;
    char label[LABEL_ROOM];

    fill_label(label);
    assert_int_equal(certify(desk, label, 0), AULA_BAD_FIELD);
    assert_int_equal(certify(desk, label, 1), AULA_OK);
    assert_int_equal(certify(desk, label, CERTIFICATE_LABEL_MAX), AULA_OK);
    assert_int_equal(certify(desk, label, CERTIFICATE_LABEL_MAX + 1),
                     AULA_BAD_FIELD);
    label[3] = '\n';
    assert_int_equal(certify(desk, label, 4), AULA_BAD_FIELD);
    assert_int_equal(certify(desk, label, 3), AULA_OK);
}

static void a_request_has_a_label_of_1_to_64_bytes(void **state)
{
    struct desk *desk = *state;
    char label[LABEL_ROOM];

    fill_label(label);
    assert_int_equal(ask(desk, label, 0), AULA_BAD_FIELD);
    assert_int_equal(ask(desk, label, 1), AULA_OK);
    assert_int_equal(ask(desk, label, REQUEST_LABEL_MAX), AULA_OK);
    assert_int_equal(ask(desk, label, REQUEST_LABEL_MAX + 1), AULA_BAD_FIELD);
    label[3] = '\xd0'; /* half a letter */
    assert_int_equal(ask(desk, label, 4), AULA_BAD_FIELD);
    assert_int_equal(ask(desk, label, 3), AULA_OK);
}

static void a_roll_above_512_mib_is_neither_made_nor_read(void **state)
{
    static const uint8_t little[ROLL_HEAD_BYTES] = {0};
    struct desk *desk = *state;
    struct roll found;

    /* Nothing of that size is there: it must not be touched. */
    assert_int_equal(roll_make(desk->file, &desk->package,
                               desk->sample.office_secret, 1, NULL,
                               ROLL_ROWS_MAX + 1, NULL),
                     AULA_TOO_LARGE);
    assert_true(ROLL_BYTES(ROLL_ROWS_MAX) <= ROLL_BYTES_MAX);
    assert_int_equal(roll_check(&found, &desk->package, 0, little,
                                (size_t)ROLL_BYTES_MAX + 1, NULL),
                     AULA_TOO_LARGE);
    assert_int_equal(roll_check(&found, &desk->package, 0, little,
                                ROLL_BYTES_MAX, NULL),
                     AULA_BAD_MAGIC);
}

static void a_kit_is_not_opened_without_locked_memory(void **state)
{
    static const uint8_t untouched[TAG_KEY_BYTES] = {0x77};
    struct desk *desk = *state;
    struct kit kit = {1, true};
    uint8_t tag_key[TAG_KEY_BYTES] = {0x77};

    assert_int_equal(kit_make(desk->file, &desk->package,
                              desk->sample.office_secret, desk->tid,
                              desk->transport_public, &kit, desk->tag_key,
                              NULL),
                     AULA_OK);
    locked_memory.refuse = true;
    assert_int_equal(kit_check(&kit, tag_key, &desk->package, desk->tid,
                               desk->transport_public, desk->transport_secret,
                               0, desk->file, KIT_BYTES, NULL),
                     AULA_MEMORY);
    assert_memory_equal(tag_key, untouched, sizeof tag_key);
    locked_memory.refuse = false;
    assert_int_equal(kit_check(&kit, tag_key, &desk->package, desk->tid,
                               desk->transport_public, desk->transport_secret,
                               0, desk->file, KIT_BYTES, NULL),
                     AULA_OK);
    assert_int_equal(locked_memory.held, 0);
}

/* The store of the next two tests: record v has the hash {v}. */
static enum aula_code start_with(uint64_t seq, uint8_t hash, uint64_t last)
{
    struct witness witness = {seq, {hash}};
    uint8_t found[HASH_BYTES] = {(uint8_t)seq};

    return witness_compare(&witness, last, seq <= last ? found : NULL, NULL);
}

static enum aula_code export_with(uint64_t seq, uint8_t hash, uint64_t last)
{
    struct witness copy = {seq, {hash}};
    uint8_t found[HASH_BYTES] = {(uint8_t)seq};

    return witness_compare_copy(&copy, last, seq <= last ? found : NULL, NULL);
}

static void a_terminal_starts_by_the_table_of_its_witness(void **state)
{
    (void)state;
    assert_int_equal(witness_compare(NULL, 0, NULL, NULL),
                     AULA_WITNESS_MISSING);
    assert_int_equal(start_with(0, 0, 0), AULA_OK);
    assert_int_equal(start_with(7, 7, 7), AULA_OK);
    assert_int_equal(start_with(7, 7, 8), AULA_OK); /* to be written again */
    assert_int_equal(start_with(7, 7, 9), AULA_WITNESS_STALE);
    assert_int_equal(start_with(0, 0, UINT64_MAX), AULA_WITNESS_STALE);
    assert_int_equal(start_with(8, 8, 7), AULA_STORE_BEHIND);
    assert_int_equal(start_with(UINT64_MAX, 0, 0), AULA_STORE_BEHIND);
    assert_int_equal(start_with(7, 6, 7), AULA_STORE_FORK);
    assert_int_equal(start_with(0, 1, 0), AULA_STORE_FORK);
}

static void a_fork_is_said_before_a_stale_witness(void **state)
{
    (void)state;
    assert_int_equal(start_with(7, 6, 9), AULA_STORE_FORK);
}

static void an_old_copy_on_a_stick_is_usual(void **state)
{
    (void)state;
    assert_int_equal(witness_compare_copy(NULL, 5, NULL, NULL), AULA_OK);
    assert_int_equal(export_with(0, 0, 100), AULA_OK);
    assert_int_equal(export_with(100, 100, 100), AULA_OK);
    assert_int_equal(export_with(101, 101, 100), AULA_STORE_BEHIND);
    assert_int_equal(export_with(3, 4, 100), AULA_STORE_FORK);
}

static int clear(void **state)
{
    locked_memory.refuse = false;
    return desk_clear(state);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_DESK(a_certificate_has_a_label_of_1_to_200_bytes),
        WITH_DESK(a_request_has_a_label_of_1_to_64_bytes),
        WITH_DESK(a_roll_above_512_mib_is_neither_made_nor_read),
        cmocka_unit_test_setup_teardown(
            a_kit_is_not_opened_without_locked_memory, desk_make, clear),
        cmocka_unit_test(a_terminal_starts_by_the_table_of_its_witness),
        cmocka_unit_test(a_fork_is_said_before_a_stale_witness),
        cmocka_unit_test(an_old_copy_on_a_stick_is_usual),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
