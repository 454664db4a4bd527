/* SPDX-License-Identifier: Apache-2.0 */
/* Three officials around one master key, one of them with a second factor, and
 * a derivation that costs nothing; keyslot_cost_test.c has the real one.
 * Included once in a program. */
#ifndef AULA_TEST_KEYSLOT_EXAMPLE_H
#define AULA_TEST_KEYSLOT_EXAMPLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bytes.h"
#include "cheap_pwhash.h"
#include "draw.h"
#include "keyslot_steps.h"
#include "locked_memory.h"

enum { OFFICIALS = 3, WITH_FACTOR = 1 };

static const struct stretch_cost least = {KEYSLOT_OPS_MIN, KEYSLOT_KIB_MIN};
static const uint8_t stick[KEYSLOT_FACTOR_BYTES] = {7, 7, 7};
static const uint8_t other_stick[KEYSLOT_FACTOR_BYTES] = {7, 7, 8};

struct keyslot_example {
    uint8_t master[KEYSLOT_MASTER_BYTES];
    struct keyslot_holder holders[OFFICIALS];
    uint8_t file[KEYSLOT_FILE_BYTES_MAX];
    size_t size;
};

static inline struct keyslot_secret keyslot_secret_of(const char *passphrase,
                                                      const uint8_t *factor)
{
    return (struct keyslot_secret){passphrase, strlen(passphrase), factor};
}

static inline struct keyslot_holder keyslot_holder_of(const char *label,
                                                      const char *passphrase,
                                                      const uint8_t *factor)
{
    return (struct keyslot_holder){label, strlen(label), least,
                                   keyslot_secret_of(passphrase, factor)};
}

/* As keyslot_add, in place for the test's convenience. */
static inline enum aula_code
keyslot_example_add(struct keyslot_example *example,
                    const struct keyslot_holder *holder)
{
    uint8_t old[KEYSLOT_FILE_BYTES_MAX];

    memcpy(old, example->file, example->size);
    return keyslot_add(example->file, &example->size, old, example->size,
                       example->master, holder, NULL);
}

static inline void keyslot_example_make(struct keyslot_example *example)
{
    memset(example, 0, sizeof *example);
    draw_bytes(example->master, sizeof example->master, "master", 0);
    example->holders[0] = keyslot_holder_of("Aigul", "4711", NULL);
    example->holders[1] = keyslot_holder_of("Bolat", "0815", stick);
    example->holders[2] = keyslot_holder_of("Dana", "long enough", NULL);
    assert_int_equal(keyslot_create(example->file, example->master,
                                    &example->holders[0], NULL),
                     AULA_OK);
    example->size = KEYSLOT_FILE_BYTES(1);
    for (size_t i = 1; i < OFFICIALS; i++) {
        assert_int_equal(keyslot_example_add(example, &example->holders[i]),
                         AULA_OK);
    }
    assert_int_equal(example->size, KEYSLOT_FILE_BYTES(OFFICIALS));
}

static inline int keyslot_example_open(void **state)
{
    struct keyslot_example *example = malloc(sizeof *example);

    cheap_pwhash.mode = PWHASH_CHEAP;
    keyslot_example_make(example);
    *state = example;
    return 0;
}

static inline int keyslot_example_close(void **state)
{
    free(*state);
    return locked_memory.held == 0 ? 0 : -1;
}

/* What opening says; the master key must be the right one or untouched. */
static inline enum aula_code keyslot_try(const uint8_t *master,
                                         const uint8_t *file, size_t size,
                                         size_t index,
                                         const struct keyslot_secret *secret)
{
    static const uint8_t untouched[KEYSLOT_MASTER_BYTES];
    uint8_t opened[KEYSLOT_MASTER_BYTES] = {0};
    enum aula_code code = keyslot_open(opened, file, size, index, secret, NULL);

    assert_memory_equal(opened, code == AULA_OK ? master : untouched,
                        sizeof opened);
    return code;
}

/* Official i with what is theirs, at a slot. */
static inline enum aula_code
keyslot_example_try(const struct keyslot_example *example, size_t index,
                    size_t official)
{
    return keyslot_try(example->master, example->file, example->size, index,
                       &example->holders[official].secret);
}

/* Make the tag right again, as nobody without the master key could. */
static inline void keyslot_example_tag(struct keyslot_example *example)
{
    keyslot_put_tag(example->file, example->file[KEYSLOT_AT_COUNT],
                    example->master);
}

#endif
