/* SPDX-License-Identifier: Apache-2.0 */
/* One decryption of a contest: see trustee_work.h. */
#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "blame.h"
#include "decrypt.h"
#include "trustee_work_parts.h"

/* Make it, and check it as the next one will: promise 2. */
static enum aula_code make(uint8_t *file, size_t size,
                           const struct decrypt_input *input,
                           const struct board *board,
                           const struct trustee_seat *seat, const uint8_t *seed,
                           struct aula_error *err)
{
    const struct package *package = &board->package;
    enum aula_code code = decrypt_make(file, board->pool, input, seat->index,
                                       seat->sign_secret, seat->share, seed,
                                       err);

    return code != AULA_OK
               ? code
               : decrypt_check(NULL, board->pool, input, package->trustee_keys,
                               package->shares, package->trustee_count, 0, file,
                               size, err);
}

enum aula_code trustee_work_decrypt(char name[static TRUSTEE_WORK_NAME_BYTES],
                                    const struct board *board,
                                    const struct trustee_seat *seat,
                                    size_t contest, struct aula_error *err)
{
    const struct board_contest *row = &board->contests[contest];
    const struct decrypt_input input = {.package_hash = board->package.hash,
                                        .contest = (uint16_t)contest,
                                        .width = row->width,
                                        .count = row->count,
                                        .list = row->list};
    size_t size = decrypt_file_size(row->count, row->width);
    uint8_t *seed = NULL;
    uint8_t *file = NULL;
    enum aula_code code;

    assert(seat->share != NULL && trustee_work_decrypts(board, seat, contest));
    (void)snprintf(name, TRUSTEE_WORK_NAME_BYTES, "decrypt/%zu/%d.dec", contest,
                   (int)seat->index);
    code = trustee_work_enter(board, seat, err);
    if (code != AULA_OK) {
        return code;
    }
    seed = sodium_malloc(DECRYPT_SEED_BYTES);
    file = malloc(size);
    if (seed == NULL || file == NULL) {
        code = aula_fail(err, AULA_MEMORY, "%s: no memory", name);
        goto out;
    }
    randombytes_buf(seed, DECRYPT_SEED_BYTES);
    code = blame_file(err, make(file, size, &input, board, seat, seed, err),
                      name);
    if (code == AULA_OK) {
        code = trustee_work_put(board, name, file, size, err);
    }
out:
    free(file);
    sodium_free(seed);
    return code;
}
