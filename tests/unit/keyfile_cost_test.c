/* SPDX-License-Identifier: Apache-2.0 */
/* Key files: what a guess must cost at least and may cost at most, and how
 * strong a passphrase has to be, by purpose. */
#include "keyfile_sample.h"

static enum aula_code make_at(enum keyfile_purpose purpose, uint32_t ops,
                              uint32_t kib)
{
    struct stretch_cost cost = {.ops = ops, .kib = kib};
    uint8_t file[KEYFILE_BYTES];

    return keyfile_make(file, purpose, cost, passphrase, strlen(passphrase),
                        secret, NULL);
}

static enum aula_code open_at(enum keyfile_purpose purpose, uint32_t ops,
                              uint32_t kib)
{
    uint8_t file[KEYFILE_BYTES];

    craft(file, purpose, ops, kib, passphrase);
    return open_with(file, sizeof file, purpose, passphrase,
                     strlen(passphrase));
}

/* The row of section 15's table, one short and one long of each bound. */
static void check_bounds(enum keyfile_purpose purpose, uint32_t ops,
                         uint32_t kib)
{
    const struct {
        uint32_t ops;
        uint32_t kib;
        enum aula_code code;
    } rows[] = {
        {ops, kib, AULA_OK},
        {10, 1048576, AULA_OK},
        {ops - 1, kib, AULA_BAD_FIELD},
        {ops, kib - 1, AULA_BAD_FIELD},
        {11, kib, AULA_BAD_FIELD},
        {ops, 1048577, AULA_BAD_FIELD},
        {0, kib, AULA_BAD_FIELD},
        {ops, 0, AULA_BAD_FIELD},
        {UINT32_MAX, kib, AULA_BAD_FIELD},
        {ops, UINT32_MAX, AULA_BAD_FIELD},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cheap_pwhash.calls = 0;
        assert_int_equal(make_at(purpose, rows[i].ops, rows[i].kib),
                         rows[i].code);
        assert_int_equal(open_at(purpose, rows[i].ops, rows[i].kib),
                         rows[i].code);
        assert_int_equal(cheap_pwhash.calls, rows[i].code == AULA_OK ? 2 : 0);
    }
}

static void each_purpose_has_its_floor_and_all_have_one_ceiling(void **state)
{
    (void)state;
    for (unsigned purpose = 1; purpose <= 9; purpose++) {
        if (purpose == 3 || purpose == 7 || purpose == 8) {
            check_bounds((enum keyfile_purpose)purpose, 2, 65536);
        } else {
            check_bounds((enum keyfile_purpose)purpose, 3, 262144);
        }
    }
}

static void
a_short_passphrase_makes_a_file_only_of_the_terminals_purposes(void **state)
{
    uint8_t file[KEYFILE_BYTES];

    (void)state;
    for (unsigned i = 1; i <= 9; i++) {
        enum keyfile_purpose purpose = (enum keyfile_purpose)i;
        bool short_will_do = i == 3 || i == 7 || i == 8;

        assert_int_equal(keyfile_is_generated(purpose), !short_will_do);
        assert_int_equal(keyfile_make(file, purpose, keyfile_floor(purpose),
                                      "0123456789ab", 12, secret, NULL),
                         short_will_do ? AULA_OK : AULA_KEY_WEAK);
    }
}

static void a_weak_passphrase_still_opens_a_file_that_exists(void **state)
{
    uint8_t file[KEYFILE_BYTES];

    (void)state;
    craft(file, KEYFILE_OFFICE_SIGN, 3, 262144, "short");
    assert_int_equal(open_with(file, sizeof file, KEYFILE_OFFICE_SIGN, "short",
                               5),
                     AULA_OK);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        KEYFILE_TEST(each_purpose_has_its_floor_and_all_have_one_ceiling),
        KEYFILE_TEST(
            a_short_passphrase_makes_a_file_only_of_the_terminals_purposes),
        KEYFILE_TEST(a_weak_passphrase_still_opens_a_file_that_exists),
    };

    if (sodium_init() < 0) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
