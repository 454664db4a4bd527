/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that is not to be had: the 1st piece is refused, then the 2nd, and so
 * on until a run needs no more.
 *
 * The linker sends what our objects ask of the system to the functions below,
 * see the Makefile. Included once in a program.
 */
#ifndef AULA_TEST_SHORTAGE_H
#define AULA_TEST_SHORTAGE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "error.h"

/* At file scope because the arguments of the functions are the system's. */
static struct {
    bool is_on;
    unsigned left; /* pieces that are still given */
} shortage;

static inline bool is_refused(void)
{
    if (!shortage.is_on) {
        return false;
    }
    if (shortage.left == 0) {
        return true;
    }
    shortage.left--;
    return false;
}

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_realloc(void *memory, size_t size);

void *__wrap_malloc(size_t size)
{
    return is_refused() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return is_refused() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return is_refused() ? NULL : __real_realloc(memory, size);
}

typedef enum aula_code attempt(void *arg, struct aula_error *err);

static inline enum aula_code attempt_with(unsigned pieces, attempt *run,
                                          void *arg)
{
    struct aula_error err = {AULA_OK, ""};
    enum aula_code code;

    shortage.left = pieces;
    shortage.is_on = true;
    code = run(arg, &err);
    shortage.is_on = false;
    assert_int_equal(err.code, code);
    return code;
}

/* AULA_MEMORY with no piece, with one, .. until there are enough. Fewer than
 * `least` are never enough, or the test would refuse nothing. */
static inline void expect_need(unsigned least, attempt *run, void *arg)
{
    unsigned pieces = 0;
    enum aula_code code = attempt_with(pieces, run, arg);

    while (code != AULA_OK) {
        assert_int_equal(code, AULA_MEMORY);
        pieces++;
        code = attempt_with(pieces, run, arg);
    }
    assert_true(pieces >= least);
}

#endif
