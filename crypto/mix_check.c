/* SPDX-License-Identifier: Apache-2.0 */
/* Check a mix file in the order of PROTOCOL.md 12.3; see mix.h. The equations
 * of 12.2 stand in mix_recompute.c.
 */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "mix_steps.h"

/* What a check carries from step to step. */
struct check {
    struct pool *pool;
    const struct mix_input *input;
    const uint8_t *file;
    size_t size;
    struct mix_layout at;
    uint8_t trustee;
    atomic_size_t fault;
};

enum { CHECK_GRAIN = 256 };

static enum aula_code check_header(const struct check *check,
                                   struct aula_error *err)
{
    const uint8_t *file = check->file;
    const struct mix_input *input = check->input;

    if (check->size < MIX_HEADER_BYTES) {
        return aula_fail(err, AULA_TRUNCATED, "mix: shorter than its header");
    }
    if (memcmp(file, "AULM", 4) != 0) {
        return aula_fail(err, AULA_BAD_MAGIC, "mix: not a mix file");
    }
    if (file[4] != 1) {
        return aula_fail(err, AULA_BAD_VERSION, "mix: version %u, not 1",
                         (unsigned)file[4]);
    }
    if (memcmp(file + 5, input->package_hash, 32) != 0) {
        return aula_fail(err, AULA_WRONG_ELECTION, "mix: of another election");
    }
    if (get_le16(file + 37) != input->contest) {
        return aula_fail(err, AULA_MIX_CONTEST, "mix: of contest %u, not %u",
                         (unsigned)get_le16(file + 37),
                         (unsigned)input->contest);
    }
    if (file[39] != input->position) {
        return aula_fail(err, AULA_MIX_ORDER, "mix: position %u, not %u",
                         (unsigned)file[39], (unsigned)input->position);
    }
    return AULA_OK;
}

static enum aula_code check_trustee(const struct check *check,
                                    size_t trustee_count, uint32_t used,
                                    struct aula_error *err)
{
    uint8_t trustee = check->trustee;

    if (trustee < 1 || trustee > trustee_count) {
        return aula_fail(err, AULA_MIX_TRUSTEE, "mix: there is no trustee %u",
                         (unsigned)trustee);
    }
    if (((used >> (trustee - 1)) & 1) != 0) {
        return aula_fail(err, AULA_MIX_TRUSTEE,
                         "mix: trustee %u mixed this contest before",
                         (unsigned)trustee);
    }
    return AULA_OK;
}

static enum aula_code check_lengths(const struct check *check,
                                    struct aula_error *err)
{
    if (get_le32(check->file + 41) != check->input->count ||
        check->file[45] != check->input->width) {
        return aula_fail(err, AULA_MIX_SIZE,
                         "mix: %lu ballots of width %u, not %lu of width %u",
                         (unsigned long)get_le32(check->file + 41),
                         (unsigned)check->file[45],
                         (unsigned long)check->input->count,
                         (unsigned)check->input->width);
    }
    if (check->size < check->at.size) {
        return aula_fail(err, AULA_TRUNCATED, "mix: %zu bytes of %zu",
                         check->size, check->at.size);
    }
    if (check->size > check->at.size) {
        return aula_fail(err, AULA_TRAILING_BYTES, "mix: %zu bytes too many",
                         check->size - check->at.size);
    }
    return AULA_OK;
}

static enum aula_code check_source(const struct check *check,
                                   const uint8_t *public_key,
                                   struct aula_error *err)
{
    uint8_t hash[MIX_LIST_HASH_BYTES];
    const struct mix_input *input = check->input;

    if (sign_check_file(check->file, check->size, "sig-mix", public_key) !=
        AULA_OK) {
        return aula_fail(err, AULA_SIG_INVALID, "mix: not signed by trustee %u",
                         (unsigned)check->trustee);
    }
    mix_list_hash(hash, input->list, input->count, input->width);
    if (memcmp(hash, check->file + MIX_INPUT_HASH_AT, sizeof hash) != 0) {
        return aula_fail(err, AULA_MIX_INPUT, "mix: of another list");
    }
    return AULA_OK;
}

/* Points E', C, Ch stand one after the other in the file, and so do the scalars
 * from c to the end of sp: two lists whose first bad element names the error.
 */
static void point_piece(void *arg, unsigned worker, size_t first, size_t end)
{
    struct check *check = arg;
    const uint8_t *points = check->file + check->at.output;

    (void)worker;
    for (size_t i = first; i < end; i++) {
        if (group_check_point(points + i * GROUP_POINT_BYTES) != AULA_OK) {
            pool_note_first(&check->fault, i);
        }
    }
}

static void scalar_piece(void *arg, unsigned worker, size_t first, size_t end)
{
    struct check *check = arg;
    const uint8_t *scalars = check->file + check->at.c;

    (void)worker;
    for (size_t i = first; i < end; i++) {
        if (group_check_scalar(scalars + i * GROUP_SCALAR_BYTES) != AULA_OK) {
            pool_note_first(&check->fault, i);
        }
    }
}

static enum aula_code check_elements(struct check *check,
                                     struct aula_error *err)
{
    const struct mix_layout *at = &check->at;
    size_t fault;

    atomic_store(&check->fault, SIZE_MAX);
    pool_run(check->pool, (at->c - at->output) / GROUP_POINT_BYTES, CHECK_GRAIN,
             point_piece, check);
    fault = atomic_load(&check->fault);
    if (fault != SIZE_MAX) {
        return aula_fail(err,
                         group_check_point(check->file + at->output +
                                           fault * GROUP_POINT_BYTES),
                         "mix: point %zu is not a valid one", fault + 1);
    }
    pool_run(check->pool, (at->signature - at->c) / GROUP_SCALAR_BYTES,
             CHECK_GRAIN, scalar_piece, check);
    fault = atomic_load(&check->fault);
    if (fault != SIZE_MAX) {
        return aula_fail(err, AULA_SCALAR_INVALID,
                         "mix: scalar %zu is not below the group order",
                         fault + 1);
    }
    return AULA_OK;
}

static enum aula_code check_proof(const struct check *check,
                                  struct aula_error *err)
{
    const struct mix_input *input = check->input;
    size_t t_size = mix_t_size(input->count, input->width);
    uint8_t s0[HASH_WIDE_BYTES];
    uint8_t u[HASH_WIDE_BYTES];
    uint8_t c[GROUP_SCALAR_BYTES];
    uint8_t *t = malloc(t_size);
    enum aula_code code;

    if (t == NULL) {
        return aula_fail(err, AULA_MEMORY, "mix: no memory to check it");
    }
    mix_input_hash(s0, input, check->trustee);
    mix_u_hash(u, s0, check->file, &check->at);
    code = mix_recompute(t, check->pool, input, u, check->file, err);
    if (code != AULA_OK) {
        goto out;
    }
    mix_challenge(c, u, check->file, &check->at, t, t_size);
    if (memcmp(c, check->file + check->at.c, sizeof c) != 0) {
        code = aula_fail(err, AULA_MIX_PROOF,
                         "mix: the proof of trustee %u does not hold",
                         (unsigned)check->trustee);
    }
out:
    free(t);
    return code;
}

/* Everything from the header to the signature and the input. */
static enum aula_code check_outside(struct check *check,
                                    const uint8_t (*keys)[SIGN_PUBLIC_BYTES],
                                    size_t key_count, uint32_t used,
                                    struct aula_error *err)
{
    enum aula_code code = mix_check_size(check->input, err);

    if (code == AULA_OK) {
        code = check_header(check, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    check->trustee = check->file[40];
    code = check_trustee(check, key_count, used, err);
    if (code == AULA_OK) {
        code = check_lengths(check, err);
    }
    if (code == AULA_OK) {
        code = check_source(check, keys[check->trustee - 1], err);
    }
    return code;
}

enum aula_code mix_check(uint8_t *trustee, struct pool *pool,
                         const struct mix_input *input,
                         const uint8_t (*trustee_keys)[SIGN_PUBLIC_BYTES],
                         size_t trustee_count, uint32_t used,
                         const uint8_t *file, size_t file_size,
                         struct aula_error *err)
{
    struct check check = {.pool = pool, .input = input};
    enum aula_code code;

    check.file = file;
    check.size = file_size;
    mix_layout_of(&check.at, input->count, input->width);
    code = check_outside(&check, trustee_keys, trustee_count, used, err);
    if (code == AULA_OK) {
        code = check_elements(&check, err);
    }
    if (code == AULA_OK && input->count < 2) {
        code = aula_fail(err, AULA_MIX_SMALL,
                         "mix: fewer than two ballots hide nobody");
    }
    if (code == AULA_OK) {
        code = check_proof(&check, err);
    }
    if (code == AULA_OK && trustee != NULL) {
        *trustee = check.trustee;
    }
    return code;
}
