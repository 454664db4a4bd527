/* SPDX-License-Identifier: Apache-2.0 */
/* See terminal_desk_chain.h. */
#include "terminal_desk_chain.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"

enum { FILE_MAX = 1 << 28 };

uint64_t desk_seq(const struct desk *desk)
{
    return desk_status(desk).last_seq;
}

void desk_read(struct desk_record *found, const struct desk *desk, int64_t seq)
{
    uint64_t at = seq > 0 ? (uint64_t)seq
                          : (uint64_t)((int64_t)desk_seq(desk) + seq);

    assert_int_equal(store_read_record(desk->terminal->store, &found->row, at,
                                       NULL),
                     AULA_OK);
    assert_int_equal(record_read(&found->record, &desk->terminal->package,
                                 found->row.bytes, found->row.size),
                     AULA_OK);
}

bool desk_is_event(const struct desk *desk, int64_t seq,
                   enum record_event event, uint64_t value)
{
    struct desk_record found;

    desk_read(&found, desk, seq);
    return found.record.kind == RECORD_EVENT && found.record.event == event &&
           found.record.value == value;
}

void desk_add_official(struct desk *desk, const char *name)
{
    struct keyslot_holder holder = desk_holder(name);
    uint8_t image[KEYSLOT_FILE_BYTES_MAX];
    size_t size = 0;
    const struct officials *old = &desk->terminal->officials;

    assert_int_equal(keyslot_add(image, &size, old->image, old->size,
                                 desk->terminal->secrets->master, &holder,
                                 NULL),
                     AULA_OK);
    assert_int_equal(officials_save(image, size, desk->terminal->folder, NULL),
                     AULA_OK);
    desk_reopen(desk);
}

/* Told of each file below a folder, in no order, and its path from there. */
typedef void visit(void *context, const char *path, const char *from_there,
                   bool is_folder);

static void walk(const char *folder, const char *from_there, visit *visit_each,
                 void *context)
{
    DIR *open = opendir(folder);
    struct dirent *entry;

    assert_non_null(open);
    while ((entry = readdir(open)) != NULL) {
        char path[2 * DESK_PATH_BYTES];
        char below[2 * DESK_PATH_BYTES];
        struct stat status;

        if (strcmp(entry->d_name, ".") == 0 ||
            strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        (void)snprintf(below, sizeof below, "%s/%s", from_there, entry->d_name);
        assert_int_equal(lstat(path, &status), 0);
        visit_each(context, path, below, S_ISDIR(status.st_mode));
        if (S_ISDIR(status.st_mode)) {
            walk(path, below, visit_each, context);
        }
    }
    (void)closedir(open);
}

static void copy(void *context, const char *path, const char *from_there,
                 bool is_folder)
{
    const char *to = context;
    char target[3 * DESK_PATH_BYTES];
    uint8_t *bytes = NULL;
    size_t size = 0;

    (void)snprintf(target, sizeof target, "%s%s", to, from_there);
    if (is_folder) {
        assert_int_equal(mkdir(target, 0700), 0);
        return;
    }
    assert_int_equal(file_read(&bytes, &size, path, FILE_MAX, NULL), AULA_OK);
    assert_int_equal(file_write(target, bytes, size, 0600, NULL), AULA_OK);
    free(bytes);
}

void desk_copy_folder(const char *to, const char *from)
{
    char target[DESK_PATH_BYTES];

    (void)snprintf(target, sizeof target, "%s", to);
    assert_int_equal(mkdir(to, 0700), 0);
    walk(from, "", copy, target);
}

void desk_cut_power(struct desk *desk)
{
    char kept[DESK_PATH_BYTES];

    (void)snprintf(kept, sizeof kept, "%.200s/kept", desk->folder);
    desk_copy_folder(kept, desk->data);
    terminal_close(desk->terminal);
    desk->terminal = NULL;
    desk_clear_folder(desk->data);
    assert_int_equal(rename(kept, desk->data), 0);
}

/* The sum of all files' hashes, so that their order does not matter. */
static void add_hash(void *context, const char *path, const char *from_there,
                     bool is_folder)
{
    crypto_generichash_state state;
    uint8_t *sum = context;
    uint8_t hash[HASH_BYTES];
    uint8_t *bytes = NULL;
    size_t size = 0;

    (void)crypto_generichash_init(&state, NULL, 0, sizeof hash);
    (void)crypto_generichash_update(&state, (const uint8_t *)from_there,
                                    strlen(from_there));
    if (!is_folder) {
        assert_int_equal(file_read(&bytes, &size, path, FILE_MAX, NULL),
                         AULA_OK);
        (void)crypto_generichash_update(&state, bytes, size);
    }
    (void)crypto_generichash_final(&state, hash, sizeof hash);
    for (size_t i = 0; i < sizeof hash; i++) {
        sum[i] = (uint8_t)(sum[i] + hash[i]);
    }
    free(bytes);
}

void desk_hash_files(uint8_t hash[static HASH_BYTES], const struct desk *desk)
{
    memset(hash, 0, HASH_BYTES);
    walk(desk->data, "data", add_hash, hash);
    walk(desk->witness, "second", add_hash, hash);
}

const uint8_t desk_yards[DESK_YARDS_BYTES] = {0x05};
const uint8_t desk_parks[DESK_PARKS_BYTES] = {2, 0, 3};

struct session_ballot desk_prepare(struct desk *desk, uint16_t contest)
{
    struct session_ballot ballot;

    assert_int_equal(session_prepare(desk->terminal, &ballot, contest,
                                     contest == 0 ? desk_yards : desk_parks,
                                     contest == 0 ? sizeof desk_yards
                                                  : sizeof desk_parks,
                                     NULL),
                     AULA_OK);
    return ballot;
}

void desk_cast(struct desk *desk)
{
    assert_int_equal(session_cast(desk->terminal, NULL), AULA_OK);
}

void desk_challenge(struct desk *desk)
{
    assert_int_equal(session_challenge(desk->terminal, NULL), AULA_OK);
}

void desk_leave(struct desk *desk)
{
    assert_int_equal(session_leave(desk->terminal, NULL, NULL), AULA_OK);
}
