/* SPDX-License-Identifier: Apache-2.0 */
/* Memory and threads that are not to be had: the 1st piece is refused, then the
 * 2nd, and so on until a run needs no more. Each refusal is named, and nothing
 * is lost (the sanitizer counts) or written.
 */
#include "shortage.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "ballot.h"
#include "decrypt_example.h"
#include "mix_example.h"
#include "msm.h"
#include "report_sample.h"
#include "tag.h"

void *__real_aligned_alloc(size_t align, size_t size);
void *__wrap_aligned_alloc(size_t align, size_t size);
void *__real_sodium_malloc(size_t size);
void *__wrap_sodium_malloc(size_t size);
void *__real_sodium_allocarray(size_t count, size_t size);
void *__wrap_sodium_allocarray(size_t count, size_t size);
int __wrap_crypto_pwhash(void);
int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attr,
                          void *(*start)(void *), void *arg);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr,
                          void *(*start)(void *), void *arg);

void *__wrap_aligned_alloc(size_t align, size_t size)
{
    return is_refused() ? NULL : __real_aligned_alloc(align, size);
}

void *__wrap_sodium_malloc(size_t size)
{
    return is_refused() ? NULL : __real_sodium_malloc(size);
}

void *__wrap_sodium_allocarray(size_t count, size_t size)
{
    return is_refused() ? NULL : __real_sodium_allocarray(count, size);
}

/* What it would derive does not matter here. */
int __wrap_crypto_pwhash(void)
{
    return is_refused() ? -1 : 0;
}

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr,
                          void *(*start)(void *), void *arg)
{
    return is_refused() ? EAGAIN
                        : __real_pthread_create(thread, attr, start, arg);
}

static enum aula_code open_key(void *arg, struct aula_error *err)
{
    struct ballot_key *key = NULL;
    enum aula_code code = ballot_key_open(&key, arg, err);

    assert_int_equal(key != NULL, code == AULA_OK);
    ballot_key_close(key);
    return code;
}

static void an_election_key_says_when_memory_is_short(void **state)
{
    uint8_t point[GROUP_POINT_BYTES];

    (void)state;
    draw_point(point, "key", 0);
    expect_need(4, open_key, point);
}

/* The pool's own threads are there before memory runs short. */
struct sum {
    struct pool *pool;
    bool is_secret;
};

static enum aula_code give(void *arg, size_t first, size_t count,
                           struct curve_point *points,
                           uint8_t (*scalars)[GROUP_SCALAR_BYTES])
{
    (void)arg;
    for (size_t i = 0; i < count; i++) {
        curve_set_base(&points[i]);
        group_scalar_of(scalars[i], first + i);
    }
    return AULA_OK;
}

static enum aula_code add_up(void *arg, struct aula_error *err)
{
    const struct sum *sum = arg;
    struct curve_point total;
    uint8_t bytes[GROUP_POINT_BYTES];
    enum aula_code code;

    curve_set_identity(&total);
    code = (sum->is_secret ? msm_secret : msm_public)(&total, sum->pool, 100,
                                                      give, NULL);
    curve_encode(bytes, &total);
    assert_int_equal(sodium_is_zero(bytes, sizeof bytes), code != AULA_OK);
    return code == AULA_OK ? AULA_OK : aula_fail(err, code, "sum");
}

static void a_sum_says_when_memory_is_short(void **state)
{
    struct sum sum = {.pool = NULL};

    (void)state;
    assert_int_equal(pool_open(&sum.pool, 2, NULL), AULA_OK);
    expect_need(7, add_up, &sum);
    sum.is_secret = true;
    expect_need(7, add_up, &sum);
    pool_close(sum.pool);
}

static enum aula_code decrypt(void *arg, struct aula_error *err)
{
    struct decrypt_example *example = arg;

    return decrypt_make(example->files[0], NULL, &example->input, 1,
                        example->list->sign_secret[0], example->shares[0],
                        example->seed, err);
}

static enum aula_code check_decryption(void *arg, struct aula_error *err)
{
    struct decrypt_example *example = arg;
    uint8_t trustee = 0;
    enum aula_code code =
        decrypt_check(&trustee, NULL, &example->input,
                      (const uint8_t(*)[32])example->list->sign_public,
                      (const uint8_t(*)[32])example->public_shares,
                      LIST_TRUSTEES, 0, example->files[0], example->size, err);

    assert_int_equal(trustee, code == AULA_OK ? 1 : 0);
    return code;
}

static void a_decryption_and_its_check_say_when_memory_is_short(void **state)
{
    struct decrypt_example *example = decrypt_example_open(3, 2);

    (void)state;
    expect_need(5, decrypt, example);
    expect_need(8, check_decryption, example);
    decrypt_example_close(example);
}

static enum aula_code mix(void *arg, struct aula_error *err)
{
    struct mix_example *example = arg;

    return mix_make(example->file, NULL, &example->input, MIXER,
                    example->list->sign_secret[MIXER - 1], example->seed, err);
}

static enum aula_code check_mix(void *arg, struct aula_error *err)
{
    struct mix_example *example = arg;
    uint8_t trustee = 0;
    enum aula_code code =
        mix_check(&trustee, NULL, &example->input,
                  (const uint8_t(*)[32])example->list->sign_public,
                  LIST_TRUSTEES, 0, example->file, example->at.size, err);

    assert_int_equal(trustee, code == AULA_OK ? MIXER : 0);
    return code;
}

static void a_mix_and_its_check_say_when_memory_is_short(void **state)
{
    struct mix_example *example = mix_example_open(3, 2);

    (void)state;
    expect_need(9, mix, example);
    expect_need(6, check_mix, example);
    mix_example_close(example);
}

static enum aula_code tag(void *arg, struct aula_error *err)
{
    static const uint8_t key[TAG_KEY_BYTES] = {1};
    static const uint8_t untouched[TAG_BYTES];
    uint8_t made[TAG_BYTES] = {0};
    enum aula_code code = tag_make(made, key, key, TAG_SCHEME_IIN,
                                   TAG_STRETCH_ARGON2ID, "850615100017", 12,
                                   err);

    (void)arg;
    assert_int_equal(memcmp(made, untouched, sizeof made) == 0,
                     code != AULA_OK);
    return code;
}

static void a_stretched_tag_says_when_memory_is_short(void **state)
{
    (void)state;
    expect_need(2, tag, NULL);
}

static enum aula_code open_pool(void *arg, struct aula_error *err)
{
    struct pool *pool = NULL;
    enum aula_code code = pool_open(&pool, 3, err);

    (void)arg;
    assert_int_equal(pool != NULL, code == AULA_OK);
    pool_close(pool);
    return code;
}

static void a_pool_says_whether_memory_or_a_thread_was_missing(void **state)
{
    (void)state;
    assert_int_equal(attempt_with(0, open_pool, NULL), AULA_MEMORY);
    assert_int_equal(attempt_with(1, open_pool, NULL), AULA_THREADS);
    assert_int_equal(attempt_with(2, open_pool, NULL), AULA_THREADS);
    assert_int_equal(attempt_with(3, open_pool, NULL), AULA_OK);
}

static enum aula_code report(void *arg, struct aula_error *err)
{
    char *text = NULL;
    enum aula_code code = report_close(&text, arg, err);

    assert_int_equal(text != NULL, code == AULA_OK);
    free(text);
    return code;
}

static void a_report_says_when_memory_is_short(void **state)
{
    struct report_sample sample;

    (void)state;
    report_sample_close(&sample);
    expect_need(2, report, &sample.view);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_election_key_says_when_memory_is_short),
        cmocka_unit_test(a_sum_says_when_memory_is_short),
        cmocka_unit_test(a_decryption_and_its_check_say_when_memory_is_short),
        cmocka_unit_test(a_mix_and_its_check_say_when_memory_is_short),
        cmocka_unit_test(a_stretched_tag_says_when_memory_is_short),
        cmocka_unit_test(a_pool_says_whether_memory_or_a_thread_was_missing),
        cmocka_unit_test(a_report_says_when_memory_is_short),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
