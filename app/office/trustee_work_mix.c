/* SPDX-License-Identifier: Apache-2.0 */
/* One mix of a contest: see trustee_work.h. */
#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "blame.h"
#include "mix.h"
#include "trustee_work_parts.h"

/* Make it, and check it as the next one will: promise 2. */
static enum aula_code make(uint8_t *file, size_t size,
                           const struct mix_input *input,
                           const struct board *board,
                           const struct trustee_seat *seat, const uint8_t *seed,
                           struct aula_error *err)
{
    const struct package *package = &board->package;
    enum aula_code code = mix_make(file, board->pool, input, seat->index,
                                   seat->sign_secret, seed, err);

    return code != AULA_OK
               ? code
               : mix_check(NULL, board->pool, input, package->trustee_keys,
                           package->trustee_count, 0, file, size, err);
}

enum aula_code trustee_work_mix(char name[static TRUSTEE_WORK_NAME_BYTES],
                                const struct board *board,
                                const struct trustee_seat *seat, size_t contest,
                                struct aula_error *err)
{
    const struct board_contest *row = &board->contests[contest];
    const struct mix_input input = {.package_hash = board->package.hash,
                                    .key = board->package.key,
                                    .contest = (uint16_t)contest,
                                    .position = (uint8_t)(row->mix_count + 1),
                                    .width = row->width,
                                    .count = row->count,
                                    .list = row->list};
    size_t size = mix_file_size(row->count, row->width);
    uint8_t *seed = NULL;
    uint8_t *file = NULL;
    enum aula_code code;

    assert(trustee_work_mixes(board, seat, contest, true));
    (void)snprintf(name, TRUSTEE_WORK_NAME_BYTES, "mix/%zu/%d.mix", contest,
                   (int)input.position);
    code = trustee_work_enter(board, seat, err);
    if (code != AULA_OK) {
        return code;
    }
    seed = sodium_malloc(MIX_SEED_BYTES);
    file = malloc(size);
    if (seed == NULL || file == NULL) {
        code = aula_fail(err, AULA_MEMORY, "%s: no memory", name);
        goto out;
    }
    randombytes_buf(seed, MIX_SEED_BYTES);
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
