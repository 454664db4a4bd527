/* SPDX-License-Identifier: Apache-2.0 */
/* See witness.h. */
#include "witness.h"

#include <string.h>

#include "object.h"

enum { AT_EID = 5, AT_TID = 21, AT_SEQ = 37, AT_HASH = 45 };

static const struct object_form form = {"witness", "AULW", WITNESS_HEAD_BYTES,
                                        OBJECT_ANY_SIZE};

static void hash_signed(struct hash *h, const struct package *package,
                        const uint8_t *file)
{
    hash_start(h, HASH_WIDE_BYTES, "sig-head");
    hash_field(h, package->hash, sizeof package->hash);
    hash_field(h, file, WITNESS_HEAD_BYTES);
}

void witness_chain_start(uint8_t hash[static HASH_BYTES],
                         const uint8_t package_hash[static HASH_BYTES],
                         const uint8_t tid[static TERMINAL_ID_BYTES])
{
    struct hash h;

    hash_start(&h, HASH_BYTES, "chain-start");
    hash_field(&h, package_hash, HASH_BYTES);
    hash_field(&h, tid, TERMINAL_ID_BYTES);
    hash_end(&h, hash);
}

void witness_make(uint8_t file[static WITNESS_BYTES],
                  const struct package *package,
                  const uint8_t secret[static SIGN_SECRET_BYTES],
                  const struct witness *witness)
{
    uint8_t tid[TERMINAL_ID_BYTES];
    struct bytes_writer writer = {file, 0, WITNESS_BYTES};
    struct hash h;

    terminal_id(tid, secret + SIGN_SEED_BYTES);
    object_put_head(&writer, &form);
    bytes_put(&writer, package->hash, PACKAGE_ID_BYTES);
    bytes_put(&writer, tid, sizeof tid);
    bytes_put_u64(&writer, witness->seq);
    bytes_put(&writer, witness->hash, sizeof witness->hash);
    hash_signed(&h, package, file);
    sign_end(&h, file + writer.size, secret);
}

enum aula_code witness_check(struct witness *witness,
                             const struct package *package,
                             const uint8_t key[static SIGN_PUBLIC_BYTES],
                             const uint8_t *bytes, size_t size,
                             struct aula_error *err)
{
    uint8_t tid[TERMINAL_ID_BYTES];
    struct hash h;
    enum aula_code code = object_check_head(&form, bytes, size, err);

    if (code != AULA_OK) {
        return code;
    }
    if (memcmp(bytes + AT_EID, package->hash, PACKAGE_ID_BYTES) != 0) {
        return aula_fail(err, AULA_WRONG_ELECTION,
                         "witness: of another election");
    }
    code = object_check_size(&form, size, WITNESS_BYTES, err);
    if (code != AULA_OK) {
        return code;
    }
    terminal_id(tid, key);
    if (memcmp(bytes + AT_TID, tid, sizeof tid) != 0) {
        return aula_fail(err, AULA_CERT_TERMINAL_ID,
                         "witness: of another terminal");
    }
    hash_signed(&h, package, bytes);
    if (sign_check(&h, bytes + WITNESS_HEAD_BYTES, key) != AULA_OK) {
        return aula_fail(err, AULA_SIG_INVALID,
                         "witness: its signature does not match");
    }
    witness->seq = get_le64(bytes + AT_SEQ);
    memcpy(witness->hash, bytes + AT_HASH, sizeof witness->hash);
    return AULA_OK;
}

enum aula_code witness_compare_copy(const struct witness *copy,
                                    uint64_t last_seq, const uint8_t *found,
                                    struct aula_error *err)
{
    if (copy == NULL) {
        return AULA_OK;
    }
    if (copy->seq > last_seq) {
        return aula_fail(err, AULA_STORE_BEHIND,
                         "records %llu to %llu are missing from the store",
                         (unsigned long long)last_seq + 1,
                         (unsigned long long)copy->seq);
    }
    if (memcmp(copy->hash, found, HASH_BYTES) != 0) {
        return aula_fail(err, AULA_STORE_FORK,
                         "record %llu of the store is another one",
                         (unsigned long long)copy->seq);
    }
    return AULA_OK;
}

enum aula_code witness_compare(const struct witness *witness, uint64_t last_seq,
                               const uint8_t *found, struct aula_error *err)
{
    enum aula_code code;

    if (witness == NULL) {
        return aula_fail(err, AULA_WITNESS_MISSING,
                         "the witness of this terminal is missing or damaged");
    }
    code = witness_compare_copy(witness, last_seq, found, err);
    if (code == AULA_OK && last_seq - witness->seq > 1) {
        code = aula_fail(err, AULA_WITNESS_STALE,
                         "the witness is %llu records behind",
                         (unsigned long long)(last_seq - witness->seq));
    }
    return code;
}
