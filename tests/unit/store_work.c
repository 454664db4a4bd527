/* SPDX-License-Identifier: Apache-2.0 */
/* See store_work.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "draw.h"
#include "store_work.h"

static const uint8_t key[STORE_KEY_BYTES] = {3};
static const uint8_t id[STORE_ID_BYTES] = {4};

typedef enum aula_code work_step(struct store *store, uint64_t number,
                                 struct aula_error *err);

static enum aula_code add_vote(struct store *store, uint64_t number,
                               struct aula_error *err)
{
    struct store_record record = {.seq = number, .kind = 1};
    uint8_t voter[STORE_VOTER_BYTES];
    enum aula_code code;

    record.size = 900 + 700 * number;
    draw_bytes(record.bytes, record.size, "record", number);
    draw_bytes(record.hash, sizeof record.hash, "hash", number);
    draw_bytes(voter, sizeof voter, "voter", number);
    code = store_add_record(store, &record, err);
    if (code == AULA_OK) {
        code = store_add_voter(store, voter, number, err);
    }
    if (code == AULA_OK) {
        code = store_put_item(store, "state", voter, sizeof voter, err);
    }
    return code;
}

/* Items that need pages of their own, and give them back. */
static enum aula_code put_large(struct store *store, uint64_t number,
                                struct aula_error *err)
{
    static uint8_t bytes[20000];

    return store_put_item(store, "large", bytes, 1000 * number * number, err);
}

static enum aula_code drop_large(struct store *store, uint64_t number,
                                 struct aula_error *err)
{
    (void)number;
    return store_drop_item(store, "large", err);
}

static enum aula_code add_export(struct store *store, uint64_t number,
                                 struct aula_error *err)
{
    struct store_export made = {1, 1, number, 12345, {1}, {2}};

    return store_add_export(store, &made, err);
}

static enum aula_code give_up(struct store *store, uint64_t number,
                              struct aula_error *err)
{
    enum aula_code code = add_vote(store, number, err);

    if (code == AULA_OK) {
        code = put_large(store, 4, err);
    }
    store_rollback(store);
    return code;
}

static const struct {
    work_step *step;
    uint64_t number;
} before[] = {{add_vote, 1}, {put_large, 4},  {give_up, 2},
              {add_vote, 2}, {drop_large, 0}, {add_vote, 3}},
  after[] = {{add_vote, 4}, {add_export, 4}, {put_large, 3}};

static enum aula_code take_step(struct crash *crash, struct store *store,
                                work_step *step, uint64_t number,
                                struct aula_error *err)
{
    enum aula_code code = store_begin(store, err);

    if (code == AULA_OK) {
        code = step(store, number, err);
    }
    if (code == AULA_OK && step != give_up) {
        code = store_commit(store, err);
        if (code == AULA_OK) {
            crash_acknowledge(crash);
        }
    }
    return code;
}

/* A store that the disk has refused stays shut, whatever the disk says now. */
static void see_stopped(struct store_work *work, struct store *store)
{
    uint64_t seq = 0;
    uint8_t hash[STORE_HASH_BYTES];

    store_rollback(store);
    assert_int_equal(store_last(store, &seq, hash, NULL), AULA_IO);
    assert_int_equal(store_begin(store, NULL), AULA_IO);
    work->was_refused = true;
}

static enum aula_code open_and_do(struct store_work *work, bool is_first,
                                  struct aula_error *err)
{
    size_t count = is_first ? sizeof before / sizeof before[0]
                            : sizeof after / sizeof after[0];
    struct store *store = NULL;
    enum aula_code code = store_open(&store, NULL, work->path, key, id, err);

    for (size_t i = 0; i < count && code == AULA_OK; i++) {
        code = take_step(&work->crash, store,
                         is_first ? before[i].step : after[i].step,
                         is_first ? before[i].number : after[i].number, err);
    }
    if (store != NULL && code == AULA_IO) {
        see_stopped(work, store);
    }
    store_close(store);
    return code;
}

enum aula_code store_work_run(struct crash *crash, struct aula_error *err)
{
    struct store_work *work = (struct store_work *)crash;
    enum aula_code code = store_create(work->path, key, id, err);

    if (code == AULA_OK) {
        crash_acknowledge(crash);
        code = open_and_do(work, true, err);
    }
    if (code == AULA_OK) {
        code = open_and_do(work, false, err);
    }
    return code;
}

enum aula_code store_work_reopen(struct store_work *work,
                                 struct aula_error *err)
{
    struct store *store = NULL;
    enum aula_code code = store_open(&store, NULL, work->path, key, id, err);

    store_close(store);
    return code;
}

void store_work_open(struct store_work *work)
{
    memset(work, 0, sizeof *work);
    (void)strcpy(work->folder, "/tmp/aula-work-XXXXXX");
    assert_non_null(mkdtemp(work->folder));
    (void)snprintf(work->path, sizeof work->path, "%s/store.db", work->folder);
    crash_open(&work->crash, work->path, key, id, 4096);
    crash_learn(&work->crash, store_work_run);
}

void store_work_close(struct store_work *work)
{
    char lock[128];

    crash_close(&work->crash);
    (void)snprintf(lock, sizeof lock, "%s-lock", work->path);
    assert_int_equal(unlink(lock), 0);
    assert_int_equal(rmdir(work->folder), 0);
}
