/* SPDX-License-Identifier: Apache-2.0 */
/* Round 2 of the ceremony (PROTOCOL.md 3.2): each trustee deals a share to each
 * other, sealed to its transport key and bound to what round 1 said.
 *
 *   offset  size  field
 *        0     4  "AUL2"
 *        4     1  version 1
 *        5    32  cid
 *       37     3  N, T, i
 *       40    32  tr1
 *       72   114  sealed_j for each j = 1..N but i
 *       ..    64  signature over all bytes before
 *
 *   inside a box    0    32  tr1
 *                  32     2  i, j
 *                  34    32  s_ij
 */
#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "dkg_steps.h"
#include "seal.h"

enum { TRANSCRIPT_OFFSET = DKG_COMMON_BYTES };

enum {
    INNER_FROM_OFFSET = 32,
    INNER_TO_OFFSET = 33,
    INNER_SHARE_OFFSET = 34,
    INNER_BYTES = 66
};

static_assert(DKG_SEALED_BYTES == SEAL_SIZE(INNER_BYTES),
              "a sealed share has the size that PROTOCOL.md writes");

/* Where the box of trustee `to` stands in the file of trustee `from`. */
static size_t box_offset(uint8_t from, uint8_t to)
{
    size_t place = to < from ? to - 1U : to - 2U;

    return DKG_ROUND2_HEAD_BYTES + place * DKG_SEALED_BYTES;
}

/* Seal one share; `inner` is locked memory of INNER_BYTES for it. */
static enum aula_code seal_share(uint8_t *box, uint8_t *inner,
                                 const struct dkg_set *set, uint8_t from,
                                 uint8_t to, const uint8_t *seed,
                                 struct aula_error *err)
{
    enum aula_code code = dkg_dealt_share(inner + INNER_SHARE_OFFSET,
                                          &set->params, from, to, seed, err);

    if (code != AULA_OK) {
        return code;
    }
    memcpy(inner, set->transcript, sizeof set->transcript);
    inner[INNER_FROM_OFFSET] = from;
    inner[INNER_TO_OFFSET] = to;
    if (!seal_bytes(box, set->members[to - 1].transport, inner, INNER_BYTES)) {
        return aula_fail(err, AULA_DKG_KEY,
                         "transport key of trustee %u cannot be sealed to", to);
    }
    return AULA_OK;
}

enum aula_code dkg_round2_make(uint8_t *file, const struct dkg_set *set,
                               uint8_t index,
                               const uint8_t secret[static SIGN_SECRET_BYTES],
                               const uint8_t seed[static DKG_SEED_BYTES],
                               struct aula_error *err)
{
    struct bytes_writer writer = {file, 0, DKG_ROUND2_HEAD_BYTES};
    uint8_t *inner;
    enum aula_code code = AULA_OK;

    if (index < 1 || index > set->params.count) {
        return aula_fail(err, AULA_DKG_INDEX, "index %u is not in 1..%u", index,
                         set->params.count);
    }
    inner = sodium_malloc(INNER_BYTES);
    if (inner == NULL) {
        return aula_fail(err, AULA_MEMORY, "round 2: no locked memory");
    }
    dkg_put_head(&writer, "AUL2", &set->params, index);
    bytes_put(&writer, set->transcript, sizeof set->transcript);
    for (uint8_t to = 1; to <= set->params.count && code == AULA_OK; to++) {
        if (to != index) {
            code = seal_share(file + box_offset(index, to), inner, set, index,
                              to, seed, err);
        }
    }
    if (code == AULA_OK) {
        sign_file(file, DKG_ROUND2_BYTES(set->params.count) - SIGN_BYTES,
                  "sig-dkg2", secret);
    }
    sodium_free(inner);
    return code;
}

enum aula_code dkg_round2_check(uint8_t *index, const struct dkg_set *set,
                                uint32_t used, const uint8_t *file,
                                size_t file_size, struct aula_error *err)
{
    size_t wanted = DKG_ROUND2_BYTES(set->params.count);
    enum aula_code code = dkg_check_head(&set->params, 2, used, file, file_size,
                                         err);
    uint8_t from;

    if (code != AULA_OK) {
        return code;
    }
    from = file[DKG_INDEX_OFFSET];
    if (file_size != wanted) {
        code = file_size < wanted ? AULA_TRUNCATED : AULA_TRAILING_BYTES;
        return aula_fail(err, code,
                         "round 2 file of trustee %u: %zu bytes instead of %zu",
                         from, file_size, wanted);
    }
    code = sign_check_file(file, file_size, "sig-dkg2",
                           set->members[from - 1].sign_public);
    if (code != AULA_OK) {
        return aula_fail(err, code, "round 2 file of trustee %u: signature",
                         from);
    }
    if (memcmp(file + TRANSCRIPT_OFFSET, set->transcript,
               sizeof set->transcript) != 0) {
        return aula_fail(err, AULA_DKG_TRANSCRIPT,
                         "round 2 file of trustee %u: it saw other round 1 "
                         "files",
                         from);
    }
    if (index != NULL) {
        *index = from;
    }
    return AULA_OK;
}

/* A wrong key of one's own would open no box and accuse an honest dealer. */
static enum aula_code check_own_key(const struct dkg_set *set, uint8_t own,
                                    const uint8_t *transport_secret,
                                    struct aula_error *err)
{
    uint8_t public_key[DKG_TRANSPORT_BYTES];

    seal_public_key(public_key, transport_secret);
    if (memcmp(public_key, set->members[own - 1].transport,
               sizeof public_key) != 0) {
        return aula_fail(err, AULA_DKG_KEY,
                         "this is not the transport key of trustee %u", own);
    }
    return AULA_OK;
}

static enum aula_code open_box(uint8_t *inner, const struct dkg_set *set,
                               uint8_t from, uint8_t own, const uint8_t *box,
                               const uint8_t *transport_secret)
{
    const uint8_t *transport = set->members[own - 1].transport;

    if (!seal_open(inner, INNER_BYTES, transport, transport_secret, box,
                   DKG_SEALED_BYTES) ||
        sodium_memcmp(inner, set->transcript, sizeof set->transcript) != 0 ||
        inner[INNER_FROM_OFFSET] != from || inner[INNER_TO_OFFSET] != own) {
        return AULA_DKG_SEAL;
    }
    return group_check_scalar(inner + INNER_SHARE_OFFSET);
}

/* s_ij G = sum over k of j^k A_ik? */
static enum aula_code check_share(const uint8_t *share,
                                  const struct dkg_set *set, uint8_t from,
                                  uint8_t own)
{
    const uint8_t *encoded = set->members[from - 1].commitments;
    struct curve_point points[DKG_TRUSTEES_MAX];
    struct curve_point sum;
    uint8_t committed[GROUP_POINT_BYTES];
    uint8_t dealt[GROUP_POINT_BYTES];

    for (size_t k = 0; k < set->params.threshold; k++) {
        enum aula_code code = curve_decode(&points[k],
                                           encoded + k * GROUP_POINT_BYTES);

        if (code != AULA_OK) {
            return code; /* never: round 1 checked it */
        }
    }
    dkg_evaluate(&sum, points, set->params.threshold, own);
    curve_encode(committed, &sum);
    group_mul_base(dealt, share);
    return memcmp(committed, dealt, sizeof dealt) == 0 ? AULA_OK
                                                       : AULA_DKG_SHARE;
}

enum aula_code
dkg_round2_open(uint8_t *index, uint8_t share[static GROUP_SCALAR_BYTES],
                const struct dkg_set *set, uint8_t own,
                const uint8_t transport_secret[static DKG_TRANSPORT_BYTES],
                uint32_t used, const uint8_t *file, size_t file_size,
                struct aula_error *err)
{
    uint8_t from = 0;
    uint8_t *inner;
    enum aula_code code;

    assert(own >= 1 && own <= set->params.count);
    code = dkg_round2_check(&from, set, used | UINT32_C(1) << (own - 1), file,
                            file_size, err);
    if (code == AULA_OK) {
        code = check_own_key(set, own, transport_secret, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    inner = sodium_malloc(INNER_BYTES);
    if (inner == NULL) {
        return aula_fail(err, AULA_MEMORY, "round 2: no locked memory");
    }
    code = open_box(inner, set, from, own, file + box_offset(from, own),
                    transport_secret);
    if (code == AULA_OK) {
        code = check_share(inner + INNER_SHARE_OFFSET, set, from, own);
    }
    if (code != AULA_OK) {
        code = aula_fail(err, code,
                         "round 2 file of trustee %u: trustee %u says %s", from,
                         own, aula_code_name(code));
        goto out;
    }
    memcpy(share, inner + INNER_SHARE_OFFSET, GROUP_SCALAR_BYTES);
    if (index != NULL) {
        *index = from;
    }
out:
    sodium_free(inner);
    return code;
}

void dkg_transcript2(uint8_t transcript[static DKG_TRANSCRIPT_BYTES],
                     const struct dkg_set *set, const uint8_t *const *files)
{
    struct hash h;

    hash_start(&h, HASH_BYTES, "dkg-transcript2");
    for (size_t i = 0; i < set->params.count; i++) {
        hash_field(&h, files[i], DKG_ROUND2_BYTES(set->params.count));
    }
    hash_end(&h, transcript);
}
