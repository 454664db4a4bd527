/* SPDX-License-Identifier: Apache-2.0 */
/* A store in a folder of its own, for its tests; setup and teardown. */
#ifndef AULA_TEST_STORE_DESK_H
#define AULA_TEST_STORE_DESK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "draw.h"
#include "store.h"
#include "vfs.h"

struct desk {
    char folder[64];
    char path[96];
    uint8_t key[STORE_KEY_BYTES];
    uint8_t id[STORE_ID_BYTES];
    struct store *store;
};

static inline int store_desk_make(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);

    (void)snprintf(desk->folder, sizeof desk->folder, "%s",
                   "/tmp/aula-store-XXXXXX");
    assert_non_null(mkdtemp(desk->folder));
    (void)snprintf(desk->path, sizeof desk->path, "%s/store.db", desk->folder);
    draw_bytes(desk->key, sizeof desk->key, "store key", 0);
    draw_bytes(desk->id, sizeof desk->id, "store id", 0);
    assert_int_equal(store_create(desk->path, desk->key, desk->id, NULL),
                     AULA_OK);
    assert_int_equal(store_open(&desk->store, NULL, desk->path, desk->key,
                                desk->id, NULL),
                     AULA_OK);
    *state = desk;
    return 0;
}

static inline int store_desk_clear(void **state)
{
    static const char *const names[] = {"store.db", "store.db-journal",
                                        "store.db-lock"};
    struct desk *desk = *state;
    char path[128];

    store_close(desk->store);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", desk->folder, names[i]);
        (void)unlink(path);
    }
    assert_int_equal(rmdir(desk->folder), 0);
    free(desk);
    return 0;
}

static inline enum aula_code store_desk_open(struct desk *desk,
                                             bool *was_interrupted)
{
    store_close(desk->store);
    desk->store = NULL;
    return store_open(&desk->store, was_interrupted, desk->path, desk->key,
                      desk->id, NULL);
}

#define WITH_STORE(test)                                                       \
    cmocka_unit_test_setup_teardown(test, store_desk_make, store_desk_clear)

#endif
