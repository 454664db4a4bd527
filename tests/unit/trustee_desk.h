/* SPDX-License-Identifier: Apache-2.0 */
/* Three trustees of whom two suffice, with folders of their own and a shared
 * one, for the tests of trustee.h. */
#ifndef AULA_TESTS_TRUSTEE_DESK_H
#define AULA_TESTS_TRUSTEE_DESK_H

#include "ceremony.h"
#include "office_folder.h"
#include "trustee.h"

enum { DESK_TRUSTEES = 3, DESK_THRESHOLD = 2 };

struct trustee_desk {
    void *folder; /* of office_folder_make */
    char stick[PLACE_BYTES];
    char own[DESK_TRUSTEES][PLACE_BYTES]; /* trustee i at i - 1 */
    struct passphrase passphrase;
};

/* Fixtures of cmocka: *state is a struct trustee_desk with a ceremony that the
 * office has started. */
int trustee_desk_make(void **state);
int trustee_desk_clear(void **state);

/** The ceremony with all that can be read of it. Owner: ceremony_close */
struct ceremony *trustees_ceremony(const struct trustee_desk *desk);

/** A step of trustee `index`; `accused` may be NULL.
 *
 *  Returns: the code of the step
 */
enum aula_code trustees_new(const struct trustee_desk *desk, uint8_t index,
                            const char *name, struct aula_error *err);
enum aula_code trustees_deal(const struct trustee_desk *desk, uint8_t index,
                             struct aula_error *err);
enum aula_code trustees_accept(const struct trustee_desk *desk, uint8_t index,
                               uint8_t *accused, struct aula_error *err);

/** A step of all of them, which must succeed. */
void trustees_all_new(const struct trustee_desk *desk);
void trustees_all_deal(const struct trustee_desk *desk);
void trustees_all_accept(const struct trustee_desk *desk);

/** Trustee `index` deals what its commitments do not promise, and signs it. */
void trustees_cheat(const struct trustee_desk *desk, uint8_t index);

#endif
