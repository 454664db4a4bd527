/* SPDX-License-Identifier: Apache-2.0 */
/* Round 1 of the ceremony (PROTOCOL.md 3.1): who takes part, with which keys
 * and which commitments, and the proof that the secret behind A_0 is known.
 *
 *   offset  size  field
 *        0     4  "AUL1"
 *        4     1  version 1
 *        5    32  cid
 *       37     3  N, T, i
 *       40    32  transport public key
 *       72    32  signing public key
 *      104     1  m, bytes of the name
 *      105     m  name
 *       ..  32 T  commitments A_0..A_{T-1}     body: all bytes so far
 *       ..    64  proof of possession c, z
 *       ..    64  signature over all bytes before
 */
#include <sodium.h>
#include <string.h>

#include "dkg_steps.h"

enum { TRANSPORT_OFFSET = 40, SIGN_OFFSET = 72, NAME_SIZE_OFFSET = 104 };

/* c || z || signature behind the body. */
enum {
    POP_BYTES = 2 * GROUP_SCALAR_BYTES,
    TAIL_BYTES = POP_BYTES + SIGN_BYTES
};

static bool is_name(const uint8_t *name, size_t name_size)
{
    return name_size >= 1 && name_size <= DKG_NAME_MAX_BYTES &&
           bytes_are_text(name, name_size);
}

/* c = HS("dkg-pop", body, R). */
static void challenge(uint8_t c[static GROUP_SCALAR_BYTES], const uint8_t *body,
                      size_t body_size,
                      const uint8_t commitment[static GROUP_POINT_BYTES])
{
    struct hash h;

    hash_start(&h, HASH_WIDE_BYTES, "dkg-pop");
    hash_field(&h, body, body_size);
    hash_field(&h, commitment, GROUP_POINT_BYTES);
    hash_end_scalar(&h, c);
}

/* What is secret while a file is made. */
struct making {
    uint8_t f[DKG_TRUSTEES_MAX][GROUP_SCALAR_BYTES];
    uint8_t nonce[GROUP_SCALAR_BYTES];
};

static bool derive_coefficients(struct making *making,
                                const struct dkg_params *params, uint8_t index,
                                const uint8_t *seed)
{
    int zeros = 0;

    for (uint8_t k = 0; k < params->threshold; k++) {
        dkg_coefficient(making->f[k], params, index, k, seed);
        zeros |= sodium_is_zero(making->f[k], sizeof making->f[k]);
    }
    return zeros == 0;
}

/* Write c || z behind the body. */
static void prove(uint8_t *pop, struct making *making, const uint8_t *body,
                  size_t body_size, const uint8_t *seed)
{
    uint8_t commitment[GROUP_POINT_BYTES];
    uint8_t *z = pop + GROUP_SCALAR_BYTES;
    struct hash h;

    hash_start(&h, HASH_WIDE_BYTES, "dkg-pop-nonce");
    hash_field(&h, seed, DKG_SEED_BYTES);
    hash_field(&h, body, body_size);
    hash_end_scalar(&h, making->nonce);
    group_mul_base(commitment, making->nonce);
    challenge(pop, body, body_size, commitment);
    /* c f_0 is as secret as f_0, so z is made in place of the coefficient. */
    crypto_core_ristretto255_scalar_mul(making->f[0], pop, making->f[0]);
    crypto_core_ristretto255_scalar_add(z, making->nonce, making->f[0]);
}

static enum aula_code check_inputs(const struct dkg_params *params,
                                   uint8_t index, const uint8_t *name,
                                   size_t name_size, const uint8_t *transport,
                                   struct aula_error *err)
{
    if (!dkg_params_fit(params)) {
        return aula_fail(err, AULA_DKG_PARAMS, "not 1 <= T <= N <= %d: %u, %u",
                         DKG_TRUSTEES_MAX, params->threshold, params->count);
    }
    if (index < 1 || index > params->count) {
        return aula_fail(err, AULA_DKG_INDEX, "index %u is not in 1..%u", index,
                         params->count);
    }
    if (!group_is_transport(transport)) {
        return aula_fail(err, AULA_DKG_KEY,
                         "trustee %u: transport key is not canonical", index);
    }
    if (!is_name(name, name_size)) {
        return aula_fail(err, AULA_BAD_FIELD,
                         "trustee %u: name is not 1 to %d bytes of plain text",
                         index, DKG_NAME_MAX_BYTES);
    }
    return AULA_OK;
}

/* Write all that stands before the proof and say how much it is. */
static size_t write_body(uint8_t *file, const struct dkg_params *params,
                         uint8_t index, const uint8_t *name, size_t name_size,
                         const uint8_t *sign_public, const uint8_t *transport,
                         const struct making *making)
{
    struct bytes_writer writer = {file, 0, 0};

    writer.room = DKG_ROUND1_BYTES(name_size, params->threshold);
    dkg_put_head(&writer, "AUL1", params, index);
    bytes_put(&writer, transport, DKG_TRANSPORT_BYTES);
    bytes_put(&writer, sign_public, SIGN_PUBLIC_BYTES);
    bytes_put_u8(&writer, (uint8_t)name_size);
    bytes_put(&writer, name, name_size);
    for (size_t k = 0; k < params->threshold; k++) {
        uint8_t commitment[GROUP_POINT_BYTES];

        group_mul_base(commitment, making->f[k]);
        bytes_put(&writer, commitment, sizeof commitment);
    }
    return writer.size;
}

enum aula_code
dkg_round1_make(uint8_t *file, const struct dkg_params *params, uint8_t index,
                const uint8_t *name, size_t name_size,
                const uint8_t secret[static SIGN_SECRET_BYTES],
                const uint8_t transport[static DKG_TRANSPORT_BYTES],
                const uint8_t seed[static DKG_SEED_BYTES],
                struct aula_error *err)
{
    struct making *making;
    size_t body_size;
    enum aula_code code = check_inputs(params, index, name, name_size,
                                       transport, err);

    if (code != AULA_OK) {
        return code;
    }
    making = sodium_malloc(sizeof *making);
    if (making == NULL) {
        return aula_fail(err, AULA_MEMORY, "round 1: no locked memory");
    }
    if (!derive_coefficients(making, params, index, seed)) {
        code = aula_fail(err, AULA_SCALAR_INVALID,
                         "trustee %u: this seed is of no use, take a new one",
                         index);
        goto out;
    }
    body_size = write_body(file, params, index, name, name_size,
                           secret + SIGN_SEED_BYTES, transport, making);
    prove(file + body_size, making, file, body_size, seed);
    sign_file(file, body_size + POP_BYTES, "sig-dkg1", secret);
out:
    sodium_free(making);
    return code;
}

/* Fields that stand before the length is compared: section 3.1 puts the
 * transport key and the name there. The text of a name is looked at where all
 * of it is there; a name that does not fit is TRUNCATED. */
static enum aula_code check_fields(const uint8_t *file, size_t file_size,
                                   struct aula_error *err)
{
    unsigned index = file[DKG_INDEX_OFFSET];
    size_t name_size = file[NAME_SIZE_OFFSET];

    if (!group_is_transport(file + TRANSPORT_OFFSET)) {
        return aula_fail(err, AULA_DKG_KEY,
                         "round 1 file of trustee %u: transport key is not "
                         "canonical",
                         index);
    }
    if (name_size < 1 || name_size > DKG_NAME_MAX_BYTES) {
        return aula_fail(err, AULA_BAD_FIELD,
                         "round 1 file of trustee %u: name of %zu bytes", index,
                         name_size);
    }
    if (file_size - DKG_ROUND1_HEAD_BYTES < name_size) {
        return aula_fail(err, AULA_TRUNCATED,
                         "round 1 file of trustee %u: %zu bytes", index,
                         file_size);
    }
    if (!is_name(file + DKG_ROUND1_HEAD_BYTES, name_size)) {
        return aula_fail(err, AULA_BAD_FIELD,
                         "round 1 file of trustee %u: name is not plain text",
                         index);
    }
    return AULA_OK;
}

static enum aula_code check_length(const struct dkg_round1 *view, size_t wanted,
                                   struct aula_error *err)
{
    if (view->file_size == wanted) {
        return AULA_OK;
    }
    return aula_fail(err,
                     view->file_size < wanted ? AULA_TRUNCATED
                                              : AULA_TRAILING_BYTES,
                     "round 1 file of trustee %u: %zu bytes instead of %zu",
                     view->index, view->file_size, wanted);
}

/* POINT on each A_k, SCALAR on c and z, then c = HS(.., z G - c A_0). */
static enum aula_code check_proof(const struct dkg_round1 *view,
                                  size_t threshold)
{
    const uint8_t *c = view->commitments + threshold * GROUP_POINT_BYTES;
    const uint8_t *z = c + GROUP_SCALAR_BYTES;
    uint8_t commitment[GROUP_POINT_BYTES];
    uint8_t expected[GROUP_SCALAR_BYTES];
    struct curve_point first;
    struct curve_point point;
    enum aula_code code = curve_decode(&first, view->commitments);

    for (size_t k = 1; k < threshold && code == AULA_OK; k++) {
        code = curve_decode(&point, view->commitments + k * GROUP_POINT_BYTES);
    }
    if (code == AULA_OK) {
        code = group_check_scalar(c);
    }
    if (code == AULA_OK) {
        code = group_check_scalar(z);
    }
    if (code != AULA_OK) {
        return code;
    }
    crypto_core_ristretto255_scalar_negate(expected, c);
    curve_public_mul2(&point, z, &first, expected);
    curve_encode(commitment, &point);
    challenge(expected, view->file, (size_t)(c - view->file), commitment);
    return memcmp(expected, c, sizeof expected) == 0 ? AULA_OK : AULA_DKG_POP;
}

static void take_apart(struct dkg_round1 *view, const uint8_t *file,
                       size_t file_size)
{
    view->file = file;
    view->file_size = file_size;
    view->transport = file + TRANSPORT_OFFSET;
    view->sign_public = file + SIGN_OFFSET;
    view->name = file + DKG_ROUND1_HEAD_BYTES;
    view->name_size = file[NAME_SIZE_OFFSET];
    view->commitments = view->name + view->name_size;
    view->index = file[DKG_INDEX_OFFSET];
}

enum aula_code dkg_round1_check(struct dkg_round1 *view,
                                const struct dkg_params *params, uint32_t used,
                                const uint8_t *file, size_t file_size,
                                struct aula_error *err)
{
    struct dkg_round1 parts;
    enum aula_code code = dkg_check_head(params, 1, used, file, file_size, err);

    if (code == AULA_OK) {
        code = check_fields(file, file_size, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    take_apart(&parts, file, file_size);
    code = check_length(&parts,
                        DKG_ROUND1_BYTES(parts.name_size, params->threshold),
                        err);
    if (code != AULA_OK) {
        return code;
    }
    code = sign_check_file(file, file_size, "sig-dkg1", parts.sign_public);
    if (code == AULA_OK) {
        code = check_proof(&parts, params->threshold);
    }
    if (code != AULA_OK) {
        return aula_fail(err, code, "round 1 file of trustee %u: %s",
                         parts.index, aula_code_name(code));
    }
    *view = parts;
    return AULA_OK;
}
