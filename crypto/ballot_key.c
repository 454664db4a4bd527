/* SPDX-License-Identifier: Apache-2.0 */
/* The election key as ballots are made with it, and the locked memory that they
 * are made in; see ballot.h and ballot_key.h. */
#include "ballot_key.h"

#include <sodium.h>
#include <stdlib.h>

static enum aula_code fill_key(struct ballot_key *key,
                               const struct curve_point *point,
                               struct aula_error *err)
{
    key->spare = sodium_malloc(sizeof *key->spare);
    if (key->spare == NULL) {
        return aula_fail(err, AULA_MEMORY, "election key: no locked memory");
    }
    sodium_memzero(key->spare, sizeof *key->spare);
    atomic_flag_clear(&key->spare->is_taken);
    return curve_table_open(&key->table, point, err);
}

enum aula_code ballot_key_open(struct ballot_key **key,
                               const uint8_t point[static GROUP_POINT_BYTES],
                               struct aula_error *err)
{
    struct ballot_key *made = NULL;
    struct curve_point decoded;
    enum aula_code code = curve_decode(&decoded, point);

    if (code != AULA_OK) {
        return aula_fail(err, code, "election key: %s", aula_code_name(code));
    }
    made = calloc(1, sizeof *made);
    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "election key: out of memory");
    }
    code = fill_key(made, &decoded, err);
    if (code != AULA_OK) {
        ballot_key_close(made);
        return code;
    }
    *key = made;
    return AULA_OK;
}

void ballot_key_close(struct ballot_key *key)
{
    if (key != NULL) {
        curve_table_close(key->table);
        sodium_free(key->spare);
        free(key);
    }
}

struct ballot_secrets *ballot_take_secrets(const struct ballot_key *key)
{
    if (!atomic_flag_test_and_set(&key->spare->is_taken)) {
        return &key->spare->secrets;
    }
    return sodium_malloc(sizeof(struct ballot_secrets));
}

void ballot_give_secrets(const struct ballot_key *key,
                         struct ballot_secrets *secrets)
{
    if (secrets == &key->spare->secrets) {
        sodium_memzero(secrets, sizeof *secrets);
        atomic_flag_clear(&key->spare->is_taken);
    } else {
        sodium_free(secrets);
    }
}
