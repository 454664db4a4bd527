/* SPDX-License-Identifier: Apache-2.0 */
/* See vector_board.h. */
#include "vector_board.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "bytes.h"
#include "dkg.h"
#include "office_folder.h"

static json_t *load(const char *path)
{
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);

    assert_non_null(root);
    return root;
}

uint8_t *vector_bytes(const json_t *text, size_t *size)
{
    size_t digits = json_string_length(text);
    uint8_t *bytes = malloc(digits / 2 + 1);

    assert_true(json_is_string(text));
    assert_non_null(bytes);
    assert_int_equal(sodium_hex2bin(bytes, digits / 2 + 1,
                                    json_string_value(text), digits, NULL, size,
                                    NULL),
                     0);
    return bytes;
}

static void take(uint8_t *out, size_t wanted, const json_t *text)
{
    size_t size = 0;
    uint8_t *bytes = vector_bytes(text, &size);

    assert_int_equal(size, wanted);
    memcpy(out, bytes, size);
    free(bytes);
}

static void take_secrets(struct vector_board *board)
{
    const json_t *trustees = json_object_get(board->world, "trustees");
    uint8_t public_key[SIGN_PUBLIC_BYTES];
    uint8_t seed[SIGN_SEED_BYTES];

    take(seed, sizeof seed, json_object_get(board->world, "office_seed"));
    sign_key_pair(board->office_public, board->office_secret, seed);
    for (size_t i = 0; i < VECTOR_TRUSTEES; i++) {
        const json_t *row = json_array_get(trustees, i);

        take(board->trustee_seeds[i], SIGN_SEED_BYTES,
             json_object_get(row, "sign_seed"));
        take(board->shares[i], GROUP_SCALAR_BYTES,
             json_object_get(row, "secret_share"));
        sign_key_pair(public_key, board->trustee_secrets[i],
                      board->trustee_seeds[i]);
    }
}

int vector_board_open(void **state)
{
    struct vector_board *board = calloc(1, sizeof *board);

    assert_non_null(board);
    board->world = load("tests/data/vectors/world.json");
    board->board = load("tests/data/vectors/board.json");
    take_secrets(board);
    board->package_bytes = vector_board_get(board, "package.bin",
                                            &board->package_size);
    assert_int_equal(package_open(&board->package, board->office_public,
                                  board->package_bytes, board->package_size,
                                  NULL),
                     AULA_OK);
    *state = board;
    return 0;
}

int vector_board_close(void **state)
{
    struct vector_board *board = *state;

    package_close(&board->package);
    free(board->package_bytes);
    json_decref(board->board);
    json_decref(board->world);
    free(board);
    return 0;
}

uint8_t *vector_board_get(const struct vector_board *board, const char *name,
                          size_t *size)
{
    return vector_bytes(json_object_get(json_object_get(board->board, "files"),
                                        name),
                        size);
}

static void make_folders(const char *folder, const char *name)
{
    char path[PLACE_BYTES];

    for (const char *slash = strchr(name, '/'); slash != NULL;
         slash = strchr(slash + 1, '/')) {
        office_path(path, folder, name);
        path[strlen(folder) + 1 + (size_t)(slash - name)] = '\0';
        (void)mkdir(path, 0755);
    }
}

static bool is_left_out(const char *name, const char *const *without)
{
    for (; *without != NULL; without++) {
        if (strncmp(name, *without, strlen(*without)) == 0) {
            return true;
        }
    }
    return false;
}

void vector_board_lay(json_t *files, const char *folder,
                      const char *const *without)
{
    static const char *const always[] = {"terminals/", "records/", "approve/"};
    void *row = json_object_iter(files);

    for (size_t i = 0; i < 3; i++) {
        make_folders(folder, always[i]);
    }
    for (; row != NULL; row = json_object_iter_next(files, row)) {
        const char *name = json_object_iter_key(row);
        const json_t *value = json_object_iter_value(row);
        size_t size = 0;
        uint8_t *bytes;

        if (is_left_out(name, without)) {
            continue;
        }
        if (json_is_null(value)) {
            office_remove(folder, name);
            continue;
        }
        bytes = vector_bytes(value, &size);
        make_folders(folder, name);
        office_put(folder, name, bytes, size);
        free(bytes);
    }
}

const uint8_t *vector_board_round1(const struct vector_board *board,
                                   size_t number, size_t *size)
{
    const uint8_t *bytes = board->package_bytes;

    for (size_t i = 0; i + DKG_ROUND1_HEAD_BYTES < board->package_size; i++) {
        if (memcmp(bytes + i, "AUL1", 4) == 0 && number-- == 0) {
            *size = get_le16(bytes + i - 2); /* a length before each file */
            return bytes + i;
        }
    }
    fail();
    return NULL;
}
