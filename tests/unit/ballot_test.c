/* SPDX-License-Identifier: Apache-2.0 */
/* Ballots are sealed, proved, opened, and refused after any change. */
#include "ballot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "draw.h"

enum { WIDTH = 2, SIZE = 40 };

/* A key, a rule of two chunks and one ballot made with them. */
struct example {
    uint8_t x[32];
    uint8_t k[32];
    uint8_t context[BALLOT_CONTEXT_BYTES];
    uint8_t seed[BALLOT_SEED_BYTES];
    uint8_t plaintext[SIZE];
    uint8_t ciphertext[BALLOT_CIPHERTEXT_BYTES(WIDTH)];
    uint8_t proof[BALLOT_PROOF_BYTES(WIDTH)];
    struct ballot_key *key;
    struct plaintext_rule rule;
};

static void make(struct example *example)
{
    assert_int_equal(ballot_encrypt(example->ciphertext, example->proof,
                                    example->key, example->context,
                                    &example->rule, example->plaintext, SIZE,
                                    example->seed, NULL),
                     AULA_OK);
}

static int open_example(void **state)
{
    struct example *example = sodium_malloc(sizeof *example);

    memset(example, 0, sizeof *example);
    draw_scalar(example->x, "x", 0);
    group_mul_base(example->k, example->x);
    draw_bytes(example->context, sizeof example->context, "context", 0);
    draw_bytes(example->seed, sizeof example->seed, "seed", 0);
    example->rule = (struct plaintext_rule){
        .type = PLAINTEXT_POINTS, .n = SIZE, .limit = 100, .cap = 10};
    example->plaintext[3] = 7;
    example->plaintext[39] = 10;
    assert_int_equal(ballot_key_open(&example->key, example->k, NULL), AULA_OK);
    make(example);
    *state = example;
    return 0;
}

static int close_example(void **state)
{
    struct example *example = *state;

    ballot_key_close(example->key);
    ballot_key_close(NULL);
    sodium_free(example);
    return 0;
}

static enum aula_code check(const struct example *example)
{
    return ballot_check(example->context, WIDTH, example->ciphertext,
                        example->proof);
}

static void a_ballot_passes_its_check(void **state)
{
    assert_int_equal(check(*state), AULA_OK);
}

static void the_key_decrypts_what_was_chosen(void **state)
{
    struct example *example = *state;
    uint8_t points[WIDTH][32];
    uint8_t back[SIZE];

    for (size_t i = 0; i < WIDTH; i++) {
        const uint8_t *pair = example->ciphertext + 64 * i;

        group_mul(points[i], example->x, pair);
        group_sub(points[i], pair + 32, points[i]);
    }
    assert_int_equal(plaintext_decode(back, &example->rule, points[0]),
                     AULA_OK);
    assert_memory_equal(back, example->plaintext, SIZE);
}

static void every_type_and_width_is_encrypted_and_proved(void **state)
{
    static const uint16_t counts[] = {1, 240, 241, 1000};
    static const uint64_t costs[1000];
    static const uint8_t blank[1000];
    struct example *example = *state;

    for (unsigned type = PLAINTEXT_APPROVAL; type <= PLAINTEXT_RANKING;
         type++) {
        for (size_t i = 0; i < 4; i++) {
            struct plaintext_rule rule = {.type = (enum plaintext_type)type,
                                          .n = counts[i],
                                          .limit = 1,
                                          .cap = 1,
                                          .costs = costs};
            uint8_t ciphertext[BALLOT_CIPHERTEXT_BYTES(34)];
            uint8_t proof[BALLOT_PROOF_BYTES(34)];

            assert_int_equal(ballot_encrypt(ciphertext, proof, example->key,
                                            example->context, &rule, blank,
                                            plaintext_size(&rule),
                                            example->seed, NULL),
                             AULA_OK);
            assert_int_equal(ballot_check(example->context,
                                          plaintext_width(&rule), ciphertext,
                                          proof),
                             AULA_OK);
        }
    }
}

static void a_flipped_bit_anywhere_is_refused(void **state)
{
    struct example *example = *state;

    for (size_t i = 0; i < sizeof example->ciphertext * 8; i++) {
        enum aula_code code;

        example->ciphertext[i / 8] ^= (uint8_t)(1U << (i % 8));
        code = check(example);
        assert_true(code == AULA_BALLOT_PROOF || code == AULA_POINT_INVALID);
        example->ciphertext[i / 8] ^= (uint8_t)(1U << (i % 8));
    }
    for (size_t i = 0; i < sizeof example->proof * 8; i++) {
        enum aula_code code;

        example->proof[i / 8] ^= (uint8_t)(1U << (i % 8));
        code = check(example);
        assert_true(code == AULA_BALLOT_PROOF || code == AULA_SCALAR_INVALID);
        example->proof[i / 8] ^= (uint8_t)(1U << (i % 8));
    }
    for (size_t i = 0; i < sizeof example->context * 8; i++) {
        example->context[i / 8] ^= (uint8_t)(1U << (i % 8));
        assert_int_equal(check(example), AULA_BALLOT_PROOF);
        example->context[i / 8] ^= (uint8_t)(1U << (i % 8));
    }
    assert_int_equal(check(example), AULA_OK);
}

static void points_are_looked_at_before_scalars(void **state)
{
    struct example copy = *(struct example *)*state;

    memset(copy.proof, 0xff, sizeof copy.proof);
    assert_int_equal(check(&copy), AULA_SCALAR_INVALID);
    memset(copy.ciphertext + 64, 0, 32);
    assert_int_equal(check(&copy), AULA_POINT_IDENTITY);
    memset(copy.ciphertext + 32, 0xff, 32);
    assert_int_equal(check(&copy), AULA_POINT_INVALID);
}

static void an_invalid_plaintext_is_never_encrypted(void **state)
{
    struct example copy = *(struct example *)*state;
    uint8_t ciphertext[BALLOT_CIPHERTEXT_BYTES(WIDTH)];
    uint8_t proof[BALLOT_PROOF_BYTES(WIDTH)];
    struct aula_error err = {AULA_OK, ""};

    memset(ciphertext, 7, sizeof ciphertext);
    memset(proof, 7, sizeof proof);
    copy.plaintext[0] = 11;
    assert_int_equal(ballot_encrypt(ciphertext, proof, copy.key, copy.context,
                                    &copy.rule, copy.plaintext, SIZE, copy.seed,
                                    &err),
                     AULA_PT_LIMIT);
    assert_int_equal(err.code, AULA_PT_LIMIT);
    assert_int_equal(ballot_encrypt(ciphertext, proof, copy.key, copy.context,
                                    &copy.rule, copy.plaintext, SIZE - 1,
                                    copy.seed, &err),
                     AULA_PT_PADDING);
    copy.rule.type = PLAINTEXT_RANKING;
    assert_int_equal(ballot_encrypt(ciphertext, proof, copy.key, copy.context,
                                    &copy.rule, copy.plaintext, SIZE, copy.seed,
                                    &err),
                     AULA_PT_RANK);
    for (size_t i = 0; i < sizeof ciphertext; i++) {
        assert_int_equal(ciphertext[i], 7);
    }
}

static void the_same_seed_in_another_place_gives_other_numbers(void **state)
{
    struct example copy = *(struct example *)*state;
    uint8_t first[BALLOT_CIPHERTEXT_BYTES(WIDTH)];

    memcpy(first, copy.ciphertext, sizeof first);
    copy.context[0] ^= 1;
    make(&copy);
    assert_memory_not_equal(first, copy.ciphertext, 32);
    copy.context[0] ^= 1;
    copy.plaintext[0] = 1;
    make(&copy);
    assert_memory_not_equal(first, copy.ciphertext, 32);
    copy.plaintext[0] = 0;
    make(&copy);
    assert_memory_equal(first, copy.ciphertext, sizeof first);
}

static enum aula_code open_ballot(const struct example *example)
{
    return ballot_check_opening(example->key, example->context, &example->rule,
                                example->plaintext, SIZE, example->seed,
                                example->ciphertext, example->proof, NULL);
}

static void an_opened_ballot_is_what_it_was(void **state)
{
    assert_int_equal(open_ballot(*state), AULA_OK);
}

static void an_opened_ballot_with_any_change_does_not_match(void **state)
{
    struct example copy = *(struct example *)*state;

    copy.plaintext[3] = 6;
    assert_int_equal(open_ballot(&copy), AULA_CHALLENGE_MISMATCH);
    copy.plaintext[3] = 200;
    assert_int_equal(open_ballot(&copy), AULA_CHALLENGE_MISMATCH);
    copy.plaintext[3] = 7;
    copy.seed[31] ^= 1;
    assert_int_equal(open_ballot(&copy), AULA_CHALLENGE_MISMATCH);
    copy.seed[31] ^= 1;
    copy.ciphertext[127] ^= 1;
    assert_int_equal(open_ballot(&copy), AULA_CHALLENGE_MISMATCH);
    copy.ciphertext[127] ^= 1;
    copy.proof[95] ^= 1;
    assert_int_equal(open_ballot(&copy), AULA_CHALLENGE_MISMATCH);
    copy.proof[95] ^= 1;
    assert_int_equal(open_ballot(&copy), AULA_OK);
}

static void a_list_is_judged_as_its_ballots_are(void **state)
{
    struct example *example = *state;
    struct example broken = *example;
    struct ballot_claim claims[40];

    broken.proof[40] ^= 1;
    for (unsigned threads = 1; threads <= 4; threads++) {
        struct pool *pool = NULL;

        assert_int_equal(pool_open(&pool, threads, NULL), AULA_OK);
        for (size_t i = 0; i < 40; i++) {
            struct example *one = i % 7 == 3 ? &broken : example;

            claims[i] = (struct ballot_claim){one->context, one->ciphertext,
                                              one->proof, WIDTH, AULA_IO};
        }
        ballot_check_list(pool, claims, 40);
        pool_close(pool);
        for (size_t i = 0; i < 40; i++) {
            assert_int_equal(claims[i].code,
                             i % 7 == 3 ? AULA_BALLOT_PROOF : AULA_OK);
        }
    }
}

static void a_key_that_is_no_point_is_refused(void **state)
{
    uint8_t point[32] = {0};
    struct ballot_key *key = NULL;

    (void)state;
    assert_int_equal(ballot_key_open(&key, point, NULL), AULA_POINT_IDENTITY);
    point[31] = 0x80;
    assert_int_equal(ballot_key_open(&key, point, NULL), AULA_POINT_INVALID);
    assert_null(key);
}

/* Every field of the place counts. */
static void a_context_is_of_one_place_only(void **state)
{
    uint8_t bytes[8][32];
    uint8_t contexts[10][BALLOT_CONTEXT_BYTES];
    struct ballot_place places[10];

    (void)state;
    for (uint64_t i = 0; i < 8; i++) {
        draw_bytes(bytes[i], 32, "field", i);
    }
    for (size_t i = 0; i < 10; i++) {
        places[i] = (struct ballot_place){
            bytes[0], bytes[1], 2, 3, bytes[4], 5, 6, bytes[5], bytes[6]};
    }
    places[1].package_hash = bytes[7];
    places[2].key = bytes[7];
    places[3].contest++;
    places[4].width++;
    places[5].tid = bytes[7];
    places[6].seq++;
    places[7].time++;
    places[8].prev = bytes[7];
    places[9].tagc = bytes[7];
    for (size_t i = 0; i < 10; i++) {
        ballot_context(contexts[i], &places[i]);
        for (size_t j = 0; j < i; j++) {
            assert_memory_not_equal(contexts[i], contexts[j], 64);
        }
    }
}

static void the_code_hash_covers_context_ciphertext_and_proof(void **state)
{
    struct example copy = *(struct example *)*state;
    uint8_t hashes[4][BALLOT_CODE_HASH_BYTES];

    for (size_t i = 0; i < 4; i++) {
        copy.context[63] ^= i == 1;
        copy.ciphertext[127] ^= i == 2;
        copy.proof[95] ^= i == 3;
        ballot_code_hash(hashes[i], copy.context, WIDTH, copy.ciphertext,
                         copy.proof);
        for (size_t j = 0; j < i; j++) {
            assert_memory_not_equal(hashes[i], hashes[j], 32);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ballot_passes_its_check),
        cmocka_unit_test(the_key_decrypts_what_was_chosen),
        cmocka_unit_test(every_type_and_width_is_encrypted_and_proved),
        cmocka_unit_test(a_flipped_bit_anywhere_is_refused),
        cmocka_unit_test(points_are_looked_at_before_scalars),
        cmocka_unit_test(an_invalid_plaintext_is_never_encrypted),
        cmocka_unit_test(the_same_seed_in_another_place_gives_other_numbers),
        cmocka_unit_test(an_opened_ballot_is_what_it_was),
        cmocka_unit_test(an_opened_ballot_with_any_change_does_not_match),
        cmocka_unit_test(a_list_is_judged_as_its_ballots_are),
        cmocka_unit_test(a_key_that_is_no_point_is_refused),
        cmocka_unit_test(a_context_is_of_one_place_only),
        cmocka_unit_test(the_code_hash_covers_context_ciphertext_and_proof),
    };

    return sodium_init() < 0
               ? 1
               : cmocka_run_group_tests_name("ballot", tests, open_example,
                                             close_example);
}
