/* SPDX-License-Identifier: Apache-2.0 */
/* Check a partial decryption in the order of PROTOCOL.md section 13; see
 * decrypt.h. */
#include <sodium.h>
#include <stdatomic.h>
#include <string.h>

#include "bytes.h"
#include "decrypt_steps.h"
#include "mix.h"
#include "msm.h"

struct check {
    struct pool *pool;
    const struct decrypt_input *input;
    const uint8_t *file;
    size_t size;
    uint8_t trustee;
    atomic_size_t fault;
};

static enum aula_code check_header(const struct check *check,
                                   struct aula_error *err)
{
    const uint8_t *file = check->file;
    const struct decrypt_input *input = check->input;

    if (check->size < DECRYPT_HEADER_BYTES) {
        return aula_fail(err, AULA_TRUNCATED,
                         "decryption: shorter than its header");
    }
    if (memcmp(file, "AULD", 4) != 0) {
        return aula_fail(err, AULA_BAD_MAGIC,
                         "decryption: not a decryption file");
    }
    if (file[4] != 1) {
        return aula_fail(err, AULA_BAD_VERSION, "decryption: version %u, not 1",
                         (unsigned)file[4]);
    }
    if (memcmp(file + 5, input->package_hash, 32) != 0) {
        return aula_fail(err, AULA_WRONG_ELECTION,
                         "decryption: of another election");
    }
    if (get_le16(file + 37) != input->contest) {
        return aula_fail(err, AULA_DEC_CONTEST,
                         "decryption: of contest %u, not %u",
                         (unsigned)get_le16(file + 37),
                         (unsigned)input->contest);
    }
    return AULA_OK;
}

static enum aula_code check_trustee(const struct check *check,
                                    size_t trustee_count, uint32_t used,
                                    struct aula_error *err)
{
    uint8_t trustee = check->trustee;

    if (trustee < 1 || trustee > trustee_count) {
        return aula_fail(err, AULA_DEC_TRUSTEE,
                         "decryption: there is no trustee %u",
                         (unsigned)trustee);
    }
    if (((used >> (trustee - 1)) & 1) != 0) {
        return aula_fail(err, AULA_DEC_TRUSTEE,
                         "decryption: trustee %u decrypted this contest before",
                         (unsigned)trustee);
    }
    return AULA_OK;
}

static enum aula_code check_lengths(const struct check *check,
                                    struct aula_error *err)
{
    size_t size = decrypt_file_size(check->input->count, check->input->width);

    if (get_le32(check->file + 40) != check->input->count ||
        check->file[44] != check->input->width) {
        return aula_fail(err, AULA_DEC_SIZE,
                         "decryption: %lu ballots of width %u, not %lu of "
                         "width %u",
                         (unsigned long)get_le32(check->file + 40),
                         (unsigned)check->file[44],
                         (unsigned long)check->input->count,
                         (unsigned)check->input->width);
    }
    if (check->size < size) {
        return aula_fail(err, AULA_TRUNCATED, "decryption: %zu bytes of %zu",
                         check->size, size);
    }
    if (check->size > size) {
        return aula_fail(err, AULA_TRAILING_BYTES,
                         "decryption: %zu bytes too many", check->size - size);
    }
    return AULA_OK;
}

static enum aula_code check_source(const struct check *check,
                                   const uint8_t *public_key,
                                   struct aula_error *err)
{
    const struct decrypt_input *input = check->input;
    uint8_t hash[MIX_LIST_HASH_BYTES];

    if (sign_check_file(check->file, check->size, "sig-decrypt", public_key) !=
        AULA_OK) {
        return aula_fail(err, AULA_SIG_INVALID,
                         "decryption: not signed by trustee %u",
                         (unsigned)check->trustee);
    }
    mix_list_hash(hash, input->list, input->count, input->width);
    if (memcmp(hash, check->file + DECRYPT_INPUT_HASH_AT, sizeof hash) != 0) {
        return aula_fail(err, AULA_DEC_INPUT, "decryption: of another list");
    }
    return AULA_OK;
}

static void point_piece(void *arg, unsigned worker, size_t first, size_t end)
{
    struct check *check = arg;
    const uint8_t *points = decrypt_points(check->file);

    (void)worker;
    for (size_t m = first; m < end; m++) {
        if (group_check_point(points + m * GROUP_POINT_BYTES) != AULA_OK) {
            pool_note_first(&check->fault, m);
        }
    }
}

static enum aula_code check_elements(struct check *check,
                                     struct aula_error *err)
{
    size_t count = decrypt_count(check->input);
    const uint8_t *points = decrypt_points(check->file);
    const uint8_t *c = check->file + decrypt_c_at(count);
    size_t fault;

    atomic_store(&check->fault, SIZE_MAX);
    pool_run(check->pool, count, 256, point_piece, check);
    fault = atomic_load(&check->fault);
    if (fault != SIZE_MAX) {
        return aula_fail(err,
                         group_check_point(points + fault * GROUP_POINT_BYTES),
                         "decryption: point %zu is not a valid one", fault + 1);
    }
    if (group_check_scalar(c) != AULA_OK ||
        group_check_scalar(c + GROUP_SCALAR_BYTES) != AULA_OK) {
        return aula_fail(err, AULA_SCALAR_INVALID,
                         "decryption: the proof holds a number that is not "
                         "below the group order");
    }
    return AULA_OK;
}

/* A and D of step 2. */
static enum aula_code sum_up(struct curve_point *a, struct curve_point *d,
                             const struct check *check, const uint8_t *r)
{
    size_t count = decrypt_count(check->input);
    enum aula_code code;

    code = decrypt_sum(a, check->pool, r, check->input->list,
                       DECRYPT_PAIR_BYTES, count);
    if (code == AULA_OK) {
        code = decrypt_sum(d, check->pool, r, decrypt_points(check->file),
                           GROUP_POINT_BYTES, count);
    }
    return code;
}

/* T1 = z G - c X_v, T2 = z A - c D. */
static void recompute(struct decrypt_claim *claim, const struct curve_point *a,
                      const struct curve_point *d,
                      const struct curve_point *share, const uint8_t *c,
                      const uint8_t *z)
{
    struct curve_point points[2] = {*a, *d};
    uint8_t scalars[2][GROUP_SCALAR_BYTES];
    struct curve_point t;

    memcpy(scalars[0], z, GROUP_SCALAR_BYTES);
    crypto_core_ristretto255_scalar_negate(scalars[1], c);
    curve_encode(claim->a, a);
    curve_encode(claim->d, d);
    curve_public_mul2(&t, z, share, scalars[1]);
    curve_encode(claim->t1, &t);
    msm_few(&t, points, (const uint8_t(*)[GROUP_SCALAR_BYTES])scalars, 2);
    curve_encode(claim->t2, &t);
}

static enum aula_code check_proof(const struct check *check,
                                  const uint8_t *public_share,
                                  struct aula_error *err)
{
    const uint8_t *c = check->file + decrypt_c_at(decrypt_count(check->input));
    uint8_t r[HASH_WIDE_BYTES];
    uint8_t expected[GROUP_SCALAR_BYTES];
    struct decrypt_claim claim;
    struct curve_point share;
    struct curve_point a;
    struct curve_point d;
    enum aula_code code;

    decrypt_hash(r, check->input, check->trustee, public_share,
                 decrypt_points(check->file));
    code = curve_decode(&share, public_share);
    if (code == AULA_OK) {
        code = sum_up(&a, &d, check, r);
    }
    if (code != AULA_OK) {
        return aula_fail(err, code, "decryption: cannot be checked");
    }
    recompute(&claim, &a, &d, &share, c, c + GROUP_SCALAR_BYTES);
    decrypt_challenge(expected, r, &claim);
    if (memcmp(expected, c, sizeof expected) != 0) {
        return aula_fail(err, AULA_DEC_PROOF,
                         "decryption: the proof of trustee %u does not hold",
                         (unsigned)check->trustee);
    }
    return AULA_OK;
}

enum aula_code decrypt_check(uint8_t *trustee, struct pool *pool,
                             const struct decrypt_input *input,
                             const uint8_t (*trustee_keys)[SIGN_PUBLIC_BYTES],
                             const uint8_t (*shares)[GROUP_POINT_BYTES],
                             size_t trustee_count, uint32_t used,
                             const uint8_t *file, size_t file_size,
                             struct aula_error *err)
{
    struct check check = {
        .pool = pool, .input = input, .file = file, .size = file_size};
    enum aula_code code = decrypt_check_size(input, err);

    if (code == AULA_OK) {
        code = check_header(&check, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    check.trustee = file[39];
    code = check_trustee(&check, trustee_count, used, err);
    if (code == AULA_OK) {
        code = check_lengths(&check, err);
    }
    if (code == AULA_OK) {
        code = check_source(&check, trustee_keys[check.trustee - 1], err);
    }
    if (code == AULA_OK) {
        code = check_elements(&check, err);
    }
    if (code == AULA_OK) {
        code = check_proof(&check, shares[check.trustee - 1], err);
    }
    if (code == AULA_OK && trustee != NULL) {
        *trustee = check.trustee;
    }
    return code;
}
