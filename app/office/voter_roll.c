/* SPDX-License-Identifier: Apache-2.0 */
/* See voter_list.h: the roll of a list. A stretched tag costs a tenth of a
 * second and 64 MiB, so all cores share the work; the bar moves between two
 * portions of it. */
#include <assert.h>
#include <stdlib.h>

#include "pool.h"
#include "voter_list.h"

enum { PORTION = 64 };

struct hashing {
    const struct voter_list *list;
    const struct package *package;
    const uint8_t *tag_key;
    struct roll_row *rows;      /* one for each of the list; NULL: only tags */
    uint8_t (*tags)[TAG_BYTES]; /* likewise */
    size_t from;                /* first of this portion */
    atomic_int failed;          /* a code */
};

static void hash_rows(void *arg, unsigned worker, size_t first, size_t end)
{
    struct hashing *hashing = arg;
    const struct voter_list *list = hashing->list;

    (void)worker;
    for (size_t i = hashing->from + first; i < hashing->from + end; i++) {
        const struct voter_row *row = &list->rows[i];
        uint8_t *tag = hashing->rows != NULL ? hashing->rows[i].tag
                                             : hashing->tags[i];
        enum aula_code code =
            tag_make(tag, hashing->tag_key, hashing->package->hash,
                     hashing->package->id_scheme, hashing->package->tag_stretch,
                     list->text + row->at, row->size, NULL);

        if (hashing->rows != NULL) {
            hashing->rows[i].contest = row->contest;
        }
        if (code != AULA_OK) {
            atomic_store(&hashing->failed, (int)code);
        }
    }
}

/* Out: rows or tags of all that are on the list, in its order */
static enum aula_code hash_all(struct hashing *hashing,
                               struct progress *progress,
                               struct aula_error *err)
{
    size_t count = hashing->list->count;
    struct pool *pool = NULL;
    enum aula_code code = pool_open(&pool, 0, err);

    if (code != AULA_OK) {
        return code;
    }
    for (; hashing->from < count; hashing->from += PORTION) {
        size_t left = count - hashing->from;

        pool_run(pool, left < PORTION ? left : PORTION, 1, hash_rows, hashing);
        progress_step(progress, hashing->from, count);
        if (atomic_load(&hashing->failed) != AULA_OK) {
            code = aula_fail(err, (enum aula_code)atomic_load(&hashing->failed),
                             "voter roll: a tag could not be made");
            break;
        }
    }
    pool_close(pool);
    return code;
}

static enum aula_code write_roll(struct voter_roll *roll, struct roll_row *rows,
                                 size_t count, const struct package *package,
                                 const uint8_t *office, uint32_t number,
                                 struct aula_error *err)
{
    struct voter_roll made = {.count = roll_sort(rows, count)};
    enum aula_code code;

    made.size = ROLL_BYTES(made.count);
    made.bytes = malloc(made.size);
    if (made.bytes == NULL) {
        return aula_fail(err, AULA_MEMORY, "voter roll: no memory");
    }
    code = roll_make(made.bytes, package, office, number, rows,
                     (uint32_t)made.count, err);
    if (code != AULA_OK) {
        free(made.bytes);
        return code;
    }
    *roll = made;
    return AULA_OK;
}

enum aula_code voter_list_roll(struct voter_roll *roll,
                               const struct voter_list *list,
                               const struct package *package,
                               const uint8_t office[static SIGN_SECRET_BYTES],
                               const uint8_t tag_key[static TAG_KEY_BYTES],
                               uint32_t number, struct progress *progress,
                               struct aula_error *err)
{
    struct hashing hashing = {
        .list = list, .package = package, .tag_key = tag_key};
    enum aula_code code;

    assert(list->fault_count == 0);
    if (list->count == 0) {
        return aula_fail(err, AULA_SOURCE, "nobody is on the list of voters");
    }
    hashing.rows = calloc(list->count, sizeof *hashing.rows);
    if (hashing.rows == NULL) {
        return aula_fail(err, AULA_MEMORY, "voter roll: no memory");
    }
    code = hash_all(&hashing, progress, err);
    if (code == AULA_OK) {
        code = write_roll(roll, hashing.rows, list->count, package, office,
                          number, err);
    }
    free(hashing.rows);
    return code;
}

enum aula_code voter_list_tags(uint8_t (*tags)[TAG_BYTES],
                               const struct voter_list *list,
                               const struct package *package,
                               const uint8_t tag_key[static TAG_KEY_BYTES],
                               struct progress *progress,
                               struct aula_error *err)
{
    struct hashing hashing = {
        .list = list, .package = package, .tag_key = tag_key, .tags = tags};

    assert(list->fault_count == 0);
    return hash_all(&hashing, progress, err);
}
