/* SPDX-License-Identifier: Apache-2.0 */
/* Changes of the example's key slots as one list of requests, so that a test
 * may try the same against each. Included once in a program. */
#ifndef AULA_TEST_KEYSLOT_REQUEST_H
#define AULA_TEST_KEYSLOT_REQUEST_H

#include "keyslot_example.h"

enum what { ADD, CHANGE, REVOKE };

/* A change of the example's image. */
struct request {
    enum what what;
    size_t index;                 /* CHANGE and REVOKE */
    struct keyslot_holder holder; /* ADD; CHANGE takes cost and secret */
};

static inline struct request request_of(enum what what, size_t index,
                                        const char *passphrase,
                                        const uint8_t *factor)
{
    return (struct request){what, index,
                            keyslot_holder_of("Erlan", passphrase, factor)};
}

static inline enum aula_code ask(uint8_t *file, size_t *size,
                                 const struct keyslot_example *old,
                                 const struct request *request,
                                 struct aula_error *err)
{
    const struct keyslot_holder *holder = &request->holder;

    switch (request->what) {
    case ADD:
        return keyslot_add(file, size, old->file, old->size, old->master,
                           holder, err);
    case CHANGE:
        return keyslot_change(file, size, old->file, old->size, old->master,
                              request->index, holder->cost, &holder->secret,
                              err);
    case REVOKE:
        return keyslot_revoke(file, size, old->file, old->size, old->master,
                              request->index, err);
    }
    return AULA_BAD_FIELD;
}

/* The new image takes the old one's place; a refusal writes nothing. */
static inline enum aula_code apply(struct keyslot_example *example,
                                   const struct request *request)
{
    static const uint8_t untouched[KEYSLOT_FILE_BYTES_MAX];
    uint8_t file[KEYSLOT_FILE_BYTES_MAX] = {0};
    size_t size = SIZE_MAX;
    struct aula_error err = {AULA_OK, ""};
    enum aula_code code = ask(file, &size, example, request, &err);

    assert_int_equal(err.code, code);
    if (code == AULA_OK) {
        memcpy(example->file, file, sizeof file);
        example->size = size;
    } else {
        assert_memory_equal(file, untouched, sizeof file);
        assert_int_equal(size, SIZE_MAX);
    }
    return code;
}

static inline void apply_well(struct keyslot_example *example, enum what what,
                              size_t index, const char *passphrase,
                              const uint8_t *factor)
{
    struct request request = request_of(what, index, passphrase, factor);

    assert_int_equal(apply(example, &request), AULA_OK);
}

static inline enum aula_code try_slot(const struct keyslot_example *example,
                                      size_t index, const char *passphrase,
                                      const uint8_t *factor)
{
    struct keyslot_secret secret = keyslot_secret_of(passphrase, factor);

    return keyslot_try(example->master, example->file, example->size, index,
                       &secret);
}

static inline struct keyslot_list list_of(const struct keyslot_example *example)
{
    struct keyslot_list list = {0};

    assert_int_equal(keyslot_read(&list, example->file, example->size, NULL),
                     AULA_OK);
    return list;
}

#endif
