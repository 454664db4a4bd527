/* SPDX-License-Identifier: Apache-2.0 */
/* The locked memory of an election key: lent to one ballot at a time, wiped
 * before the next, and no loss to a thread that finds it taken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ballot_key.h"
#include "draw.h"
#include "locked_memory.h"

enum { SIZE = 40, WIDTH = 2, BALLOTS = 64 };

static const struct plaintext_rule rule = {
    .type = PLAINTEXT_POINTS, .n = SIZE, .limit = 100, .cap = 10};
static const uint8_t context[BALLOT_CONTEXT_BYTES] = {3};

/* Ballot i has a seed and a plaintext of its own. */
struct made {
    uint8_t ciphertext[BALLOT_CIPHERTEXT_BYTES(WIDTH)];
    uint8_t proof[BALLOT_PROOF_BYTES(WIDTH)];
    enum aula_code code;
};

static void make(struct made *made, const struct ballot_key *key, size_t i)
{
    uint8_t plaintext[SIZE] = {0};
    uint8_t seed[BALLOT_SEED_BYTES];

    plaintext[i % SIZE] = 7;
    draw_bytes(seed, sizeof seed, "seed", i);
    memset(made, 0, sizeof *made);
    made->code = ballot_encrypt(made->ciphertext, made->proof, key, context,
                                &rule, plaintext, SIZE, seed, NULL);
}

static int open_key(void **state)
{
    struct ballot_key *key = NULL;
    uint8_t point[GROUP_POINT_BYTES];

    draw_point(point, "key", 0);
    assert_int_equal(ballot_key_open(&key, point, NULL), AULA_OK);
    *state = key;
    return 0;
}

static int close_key(void **state)
{
    ballot_key_close(*state);
    return locked_memory.held == 0 ? 0 : -1;
}

static bool is_wiped(const struct ballot_key *key)
{
    return sodium_is_zero((const uint8_t *)&key->spare->secrets,
                          sizeof key->spare->secrets) == 1;
}

static void the_memory_is_wiped_behind_each_ballot(void **state)
{
    const struct ballot_key *key = *state;
    struct made made;

    assert_true(is_wiped(key));
    for (size_t i = 0; i < 3; i++) {
        make(&made, key, i);
        assert_int_equal(made.code, AULA_OK);
        assert_true(is_wiped(key));
    }
    assert_int_equal(locked_memory.held, 1);
}

static void a_second_ballot_under_way_has_memory_of_its_own(void **state)
{
    const struct ballot_key *key = *state;
    struct ballot_secrets *first = ballot_take_secrets(key);
    struct ballot_secrets *second = ballot_take_secrets(key);

    assert_ptr_equal(first, &key->spare->secrets);
    assert_ptr_not_equal(second, first);
    memset(first, 1, sizeof *first);
    ballot_give_secrets(key, second);
    assert_int_equal(first->embedded[0], 1);
    ballot_give_secrets(key, first);
    assert_true(is_wiped(key));
    assert_ptr_equal(ballot_take_secrets(key), first);
}

static void a_ballot_finds_no_memory_only_while_the_spare_is_taken(void **state)
{
    static const struct made nothing = {.code = AULA_MEMORY};
    const struct ballot_key *key = *state;
    struct ballot_secrets *taken = ballot_take_secrets(key);
    struct made made;

    locked_memory.refuse = true;
    make(&made, key, 0);
    locked_memory.refuse = false;
    assert_memory_equal(&made, &nothing, sizeof made);
    make(&made, key, 0);
    assert_int_equal(made.code, AULA_OK);
    ballot_give_secrets(key, taken);
    locked_memory.refuse = true;
    make(&made, key, 0);
    locked_memory.refuse = false;
    assert_int_equal(made.code, AULA_OK);
}

static void a_challenged_ballot_finds_no_memory_and_is_not_blamed(void **state)
{
    const struct ballot_key *key = *state;
    struct ballot_secrets *taken = NULL;
    uint8_t plaintext[SIZE] = {7};
    uint8_t seed[BALLOT_SEED_BYTES];
    struct made made;
    enum aula_code code;

    make(&made, key, 0);
    draw_bytes(seed, sizeof seed, "seed", 0);
    taken = ballot_take_secrets(key);
    locked_memory.refuse = true;
    code = ballot_check_opening(key, context, &rule, plaintext, SIZE, seed,
                                made.ciphertext, made.proof, NULL);
    locked_memory.refuse = false;
    ballot_give_secrets(key, taken);
    assert_int_equal(code, AULA_MEMORY);
    assert_int_equal(ballot_check_opening(key, context, &rule, plaintext, SIZE,
                                          seed, made.ciphertext, made.proof,
                                          NULL),
                     AULA_OK);
}

static void without_locked_memory_no_key_is_opened(void **state)
{
    struct ballot_key *key = NULL;
    uint8_t point[GROUP_POINT_BYTES];
    enum aula_code code;

    (void)state;
    draw_point(point, "key", 0);
    locked_memory.refuse = true;
    code = ballot_key_open(&key, point, NULL);
    locked_memory.refuse = false;
    assert_int_equal(code, AULA_MEMORY);
    assert_null(key);
}

/* ---- threads */

struct crowd {
    const struct ballot_key *key;
    struct made made[BALLOTS];
};

static void make_piece(void *arg, unsigned worker, size_t first, size_t end)
{
    struct crowd *crowd = arg;

    (void)worker;
    for (size_t i = first; i < end; i++) {
        make(&crowd->made[i], crowd->key, i);
    }
}

static void threads_share_a_key_and_make_the_same_ballots(void **state)
{
    static struct crowd together;
    static struct crowd alone;
    struct pool *pool = NULL;

    together.key = *state;
    alone.key = *state;
    assert_int_equal(pool_open(&pool, 4, NULL), AULA_OK);
    pool_run(pool, BALLOTS, 1, make_piece, &together);
    pool_close(pool);
    make_piece(&alone, 0, 0, BALLOTS);
    assert_memory_equal(together.made, alone.made, sizeof alone.made);
    for (size_t i = 0; i < BALLOTS; i++) {
        assert_int_equal(alone.made[i].code, AULA_OK);
    }
    assert_true(is_wiped(*state));
}

#define KEY_TEST(name)                                                         \
    cmocka_unit_test_setup_teardown(name, open_key, close_key)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        KEY_TEST(the_memory_is_wiped_behind_each_ballot),
        KEY_TEST(a_second_ballot_under_way_has_memory_of_its_own),
        KEY_TEST(a_ballot_finds_no_memory_only_while_the_spare_is_taken),
        KEY_TEST(a_challenged_ballot_finds_no_memory_and_is_not_blamed),
        KEY_TEST(without_locked_memory_no_key_is_opened),
        KEY_TEST(threads_share_a_key_and_make_the_same_ballots),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
