/* SPDX-License-Identifier: Apache-2.0 */
/* A mix of width 1 takes at most 1.5 KiB a ballot, list and file included. A
 * child process makes it, so that nothing else counts. Under a sanitizer the
 * shadow memory counts too: there the test is skipped. */
#include <setjmp.h>
#include <stdarg.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "mix_example.h"

#ifndef __has_feature
#define __has_feature(name) 0
#endif
#if __has_feature(address_sanitizer) || defined(__SANITIZE_ADDRESS__)
enum { HAS_SHADOW_MEMORY = 1 };
#else
enum { HAS_SHADOW_MEMORY = 0 };
#endif

enum { BALLOTS = 10000, LIMIT_BYTES = 1536 };

/* The highest resident size of a child that mixes and checks, in bytes. */
static size_t highest(uint32_t count)
{
    struct rusage usage = {.ru_maxrss = 0};
    int ends[2];
    pid_t child;

    assert_int_equal(pipe(ends), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct mix_example *example = mix_example_open(count, 1);

        if (mix_example_check(example) == AULA_OK &&
            getrusage(RUSAGE_SELF, &usage) == 0) {
            (void)!write(ends[1], &usage, sizeof usage);
        }
        _exit(0);
    }
    (void)close(ends[1]);
    assert_int_equal(read(ends[0], &usage, sizeof usage), sizeof usage);
    (void)close(ends[0]);
    assert_int_equal(waitpid(child, NULL, 0), child);
    return (size_t)usage.ru_maxrss * 1024;
}

static void a_mix_takes_no_more_than_one_and_a_half_kib_a_ballot(void **state)
{
    size_t few;
    size_t many;

    (void)state;
    if (HAS_SHADOW_MEMORY) {
        skip();
    }
    few = highest(2);
    many = highest(BALLOTS);
    assert_true(many > few);
    assert_in_range((many - few) / BALLOTS, 200, LIMIT_BYTES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mix_takes_no_more_than_one_and_a_half_kib_a_ballot),
    };

    return sodium_init() < 0
               ? 1
               : cmocka_run_group_tests_name("mix memory", tests, NULL, NULL);
}
