/* SPDX-License-Identifier: Apache-2.0 */
/* The signed files of the set-up: certificate, request, kit, roll, register and
 * witness. What each refuses by name is pinned by package.json and
 * terminal.json; here no flipped bit and no other length passes, and what
 * cannot be made is not made. */
#include "setup_desk.h"

#include "kit.h"
#include "register.h"
#include "request.h"
#include "roll.h"
#include "witness.h"

enum { ROWS = 5, TIDS = 4, OBJECT_ROOM = 512 };

/* What a file is checked by; the same for every kind. */
typedef enum aula_code check(struct desk *desk, const uint8_t *bytes,
                             size_t size);

static void expect_whole(struct desk *desk, check *check_file)
{
    uint8_t *exact = malloc(desk->size + 1); /* the sanitizer sees its end */

    memcpy(exact, desk->file, desk->size);
    exact[desk->size] = 0;
    assert_int_equal(check_file(desk, exact, desk->size), AULA_OK);
    assert_int_equal(check_file(desk, exact, desk->size + 1),
                     AULA_TRAILING_BYTES);
    for (size_t bit = 0; bit < 8 * desk->size; bit++) {
        exact[bit / 8] ^= (uint8_t)(1U << bit % 8);
        assert_int_not_equal(check_file(desk, exact, desk->size), AULA_OK);
        exact[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
    free(exact);
    for (size_t size = 0; size < desk->size; size++) {
        exact = malloc(size + 1);
        memcpy(exact, desk->file, size);
        assert_int_equal(check_file(desk, exact, size), AULA_TRUNCATED);
        free(exact);
    }
}

static enum aula_code check_certificate(struct desk *desk, const uint8_t *bytes,
                                        size_t size)
{
    struct certificate found;

    return certificate_check(&found, &desk->package, desk->key, bytes, size,
                             NULL);
}

static enum aula_code make_certificate(struct desk *desk, const char *label,
                                       const uint16_t *contests, size_t count)
{
    desk->size = CERTIFICATE_BYTES(strlen(label), count);
    return certificate_make(desk->file, &desk->package,
                            desk->sample.office_secret, desk->key, label,
                            strlen(label), contests, count, NULL);
}

static void a_certificate_holds_only_as_it_was_signed(void **state)
{
    static const uint16_t contests[] = {0, 2, 3};
    struct desk *desk = *state;
    struct certificate found;

    assert_int_equal(make_certificate(desk, "Hall 7", contests, 3), AULA_OK);
    expect_whole(desk, check_certificate);
    assert_int_equal(certificate_check(&found, &desk->package, NULL, desk->file,
                                       desk->size, NULL),
                     AULA_OK);
    assert_true(certificate_offers(&found, 0));
    assert_false(certificate_offers(&found, 1));
    assert_true(certificate_offers(&found, 3));
    desk->key[0] ^= 1;
    assert_int_equal(check_certificate(desk, desk->file, desk->size),
                     AULA_CERT_TERMINAL_ID);
    desk->key[0] ^= 1;
}

static void a_certificate_with_a_wrong_field_is_not_made(void **state)
{
    static const uint16_t twice[] = {1, 1};
    static const uint16_t down[] = {2, 1};
    static const uint16_t beyond[] = {4};
    struct desk *desk = *state;

    assert_int_equal(make_certificate(desk, "", twice, 1), AULA_BAD_FIELD);
    assert_int_equal(make_certificate(desk, "a\nb", twice, 1), AULA_BAD_FIELD);
    assert_int_equal(make_certificate(desk, "a", twice, 0), AULA_CERT_CONTEST);
    assert_int_equal(make_certificate(desk, "a", twice, 2), AULA_CERT_CONTEST);
    assert_int_equal(make_certificate(desk, "a", down, 2), AULA_CERT_CONTEST);
    assert_int_equal(make_certificate(desk, "a", beyond, 1), AULA_CERT_CONTEST);
    assert_int_equal(make_certificate(desk, "a", twice,
                                      PACKAGE_CONTESTS_MAX + 1),
                     AULA_CERT_CONTEST);
}

static enum aula_code check_request(struct desk *desk, const uint8_t *bytes,
                                    size_t size)
{
    struct request found;

    (void)desk;
    return request_check(&found, bytes, size, NULL);
}

static void a_request_holds_only_as_it_was_signed(void **state)
{
    struct desk *desk = *state;
    uint8_t bad[SEAL_PUBLIC_BYTES];

    desk->size = REQUEST_BYTES(6);
    assert_int_equal(request_make(desk->file, desk->secret,
                                  desk->transport_public, "Hall 7", 6, NULL),
                     AULA_OK);
    expect_whole(desk, check_request);
    assert_int_equal(request_make(desk->file, desk->secret,
                                  desk->transport_public, "", 0, NULL),
                     AULA_BAD_FIELD);
    memset(bad, 0xff, sizeof bad);
    assert_int_equal(request_make(desk->file, desk->secret, bad, "a", 1, NULL),
                     AULA_BAD_FIELD);
}

static enum aula_code check_kit(struct desk *desk, const uint8_t *bytes,
                                size_t size)
{
    static const uint8_t untouched[TAG_KEY_BYTES];
    uint8_t tag_key[TAG_KEY_BYTES] = {0};
    struct kit found;
    enum aula_code code = kit_check(&found, tag_key, &desk->package, desk->tid,
                                    desk->transport_public,
                                    desk->transport_secret, 2, bytes, size,
                                    NULL);

    assert_memory_equal(tag_key, code == AULA_OK ? desk->tag_key : untouched,
                        sizeof tag_key);
    return code;
}

static enum aula_code make_kit(struct desk *desk, uint32_t number,
                               const uint8_t *transport, const uint8_t *tag_key)
{
    struct kit kit = {number, false};

    desk->size = KIT_BYTES;
    return kit_make(desk->file, &desk->package, desk->sample.office_secret,
                    desk->tid, transport, &kit, tag_key, NULL);
}

static void a_kit_opens_only_where_it_was_sealed_to(void **state)
{
    static const uint8_t low_order[SEAL_PUBLIC_BYTES];
    static const uint8_t other_key[TAG_KEY_BYTES];
    struct desk *desk = *state;
    uint8_t other_public[SEAL_PUBLIC_BYTES];
    uint8_t other_secret[SEAL_SECRET_BYTES];

    assert_int_equal(make_kit(desk, 2, desk->transport_public, desk->tag_key),
                     AULA_OK);
    expect_whole(desk, check_kit);
    assert_int_equal(make_kit(desk, 1, desk->transport_public, desk->tag_key),
                     AULA_OK);
    assert_int_equal(check_kit(desk, desk->file, desk->size), AULA_KIT_OLD);
    assert_int_equal(make_kit(desk, 2, desk->transport_public, other_key),
                     AULA_OK);
    assert_int_equal(check_kit(desk, desk->file, desk->size), AULA_TAG_KEY);
    seal_key_pair(other_public, other_secret);
    assert_int_equal(make_kit(desk, 2, other_public, desk->tag_key), AULA_OK);
    assert_int_equal(check_kit(desk, desk->file, desk->size), AULA_KIT_SEAL);
    assert_int_equal(make_kit(desk, 2, low_order, desk->tag_key),
                     AULA_KIT_SEAL);
    assert_int_equal(make_kit(desk, 0, desk->transport_public, desk->tag_key),
                     AULA_BAD_FIELD);
}

static enum aula_code check_roll(struct desk *desk, const uint8_t *bytes,
                                 size_t size)
{
    struct roll found;

    return roll_check(&found, &desk->package, 3, bytes, size, NULL);
}

static enum aula_code make_roll(struct desk *desk, uint32_t number,
                                const struct roll_row *rows, uint32_t count)
{
    desk->size = ROLL_BYTES(count);
    return roll_make(desk->file, &desk->package, desk->sample.office_secret,
                     number, rows, count, NULL);
}

/* Rows in disorder, one of them twice. */
static size_t draw_rows(struct roll_row *rows)
{
    for (size_t i = 0; i < ROWS; i++) {
        draw_bytes(rows[i].tag, TAG_BYTES, "voter", i / 2);
        rows[i].contest = i % 2 == 0 ? ROLL_ANY_CONTEST : 1;
    }
    rows[ROWS] = rows[0];
    return roll_sort(rows, ROWS + 1);
}

static void a_roll_holds_only_as_it_was_signed(void **state)
{
    struct desk *desk = *state;
    struct roll_row rows[ROWS + 1];
    size_t count = draw_rows(rows);

    assert_int_equal(count, ROWS);
    assert_int_equal(make_roll(desk, 3, rows, (uint32_t)count), AULA_OK);
    expect_whole(desk, check_roll);
    assert_int_equal(make_roll(desk, 2, rows, (uint32_t)count), AULA_OK);
    assert_int_equal(check_roll(desk, desk->file, desk->size), AULA_ROLL_OLD);
    assert_int_equal(make_roll(desk, 3, NULL, 0), AULA_OK);
    assert_int_equal(check_roll(desk, desk->file, desk->size), AULA_OK);
    assert_int_equal(make_roll(desk, 0, rows, 1), AULA_BAD_FIELD);
    rows[1] = rows[0];
    assert_int_equal(make_roll(desk, 3, rows, 2), AULA_ROLL_ORDER);
    rows[0].contest = SAMPLE_CONTESTS;
    assert_int_equal(make_roll(desk, 3, rows, 1), AULA_BAD_FIELD);
}

static void a_roll_admits_whom_it_names(void **state)
{
    static const uint16_t contests[] = {0, 1};
    struct desk *desk = *state;
    struct roll_row rows[ROWS + 1];
    size_t count = draw_rows(rows);
    struct kit kit = {1, false};
    struct certificate here;
    struct roll roll;
    uint8_t cert[OBJECT_ROOM];
    uint8_t someone[TAG_BYTES];
    uint8_t nobody[TAG_BYTES] = {1};

    assert_int_equal(make_certificate(desk, "a", contests, 2), AULA_OK);
    memcpy(cert, desk->file, desk->size);
    assert_int_equal(certificate_check(&here, &desk->package, NULL, cert,
                                       desk->size, NULL),
                     AULA_OK);
    assert_int_equal(make_roll(desk, 1, rows, (uint32_t)count), AULA_OK);
    roll = roll_view(desk->file);
    draw_bytes(someone, sizeof someone, "voter", 2); /* any contest */
    assert_int_equal(roll_admit(&here, &kit, &roll, someone, 0, NULL), AULA_OK);
    assert_int_equal(roll_admit(&here, &kit, &roll, someone, 2, NULL),
                     AULA_REC_CONTEST_TERMINAL);
    assert_int_equal(roll_admit(&here, &kit, &roll, nobody, 0, NULL),
                     AULA_NOT_ON_ROLL);
    assert_int_equal(roll_admit(&here, &kit, NULL, someone, 0, NULL),
                     AULA_ROLL_MISSING);
    kit.has_guests = true;
    assert_int_equal(roll_admit(&here, &kit, &roll, nobody, 0, NULL), AULA_OK);
    assert_int_equal(roll_admit(&here, &kit, NULL, nobody, 0, NULL), AULA_OK);
}

static enum aula_code check_register(struct desk *desk, const uint8_t *bytes,
                                     size_t size)
{
    struct terminals_register found;

    return register_check(&found, &desk->package, NULL, bytes, size, NULL);
}

static enum aula_code make_register(struct desk *desk,
                                    uint8_t (*tids)[TERMINAL_ID_BYTES],
                                    size_t count)
{
    desk->size = REGISTER_BYTES(count);
    return register_make(desk->file, &desk->package, desk->sample.office_secret,
                         1234, tids, count, NULL);
}

static void a_register_holds_only_as_it_was_signed(void **state)
{
    struct desk *desk = *state;
    uint8_t tids[TIDS][TERMINAL_ID_BYTES];
    uint8_t copy[OBJECT_ROOM];
    struct terminals_register found;
    struct terminals_register late;

    for (size_t i = 0; i < TIDS; i++) {
        draw_bytes(tids[i], TERMINAL_ID_BYTES, "terminal", i);
    }
    assert_int_equal(make_register(desk, tids, TIDS), AULA_OK);
    expect_whole(desk, check_register);
    memcpy(copy, desk->file, desk->size);
    assert_int_equal(register_check(&found, &desk->package, NULL, copy,
                                    desk->size, NULL),
                     AULA_OK);
    assert_true(register_has(&found, tids[0]));
    assert_false(register_has(&found, desk->tid));
    assert_int_equal(register_check(&late, &desk->package, &found, copy,
                                    desk->size, NULL),
                     AULA_REGISTER_ORDER);
    memcpy(tids[1], tids[0], TERMINAL_ID_BYTES);
    assert_int_equal(make_register(desk, tids, TIDS), AULA_REGISTER_ORDER);
    assert_int_equal(make_register(desk, tids, 0), AULA_BAD_FIELD);
    assert_int_equal(make_register(desk, tids, REGISTER_COUNT_MAX + 1),
                     AULA_BAD_FIELD);
}

static enum aula_code check_witness(struct desk *desk, const uint8_t *bytes,
                                    size_t size)
{
    struct witness found;

    return witness_check(&found, &desk->package, desk->key, bytes, size, NULL);
}

static void a_witness_holds_only_as_it_was_signed(void **state)
{
    struct desk *desk = *state;
    struct witness witness = {5, {1, 2, 3}};

    desk->size = WITNESS_BYTES;
    witness_make(desk->file, &desk->package, desk->secret, &witness);
    expect_whole(desk, check_witness);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_DESK(a_certificate_holds_only_as_it_was_signed),
        WITH_DESK(a_certificate_with_a_wrong_field_is_not_made),
        WITH_DESK(a_request_holds_only_as_it_was_signed),
        WITH_DESK(a_kit_opens_only_where_it_was_sealed_to),
        WITH_DESK(a_roll_holds_only_as_it_was_signed),
        WITH_DESK(a_roll_admits_whom_it_names),
        WITH_DESK(a_register_holds_only_as_it_was_signed),
        WITH_DESK(a_witness_holds_only_as_it_was_signed),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
