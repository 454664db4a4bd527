/* SPDX-License-Identifier: Apache-2.0 */
/* See rehearse_found.h: the trustees' part. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decrypt.h"
#include "keyring.h"
#include "rehearse_found.h"
#include "trustee_parts.h"

enum { QUORUM = 2 };

/* The list of a contest, and what each trustee makes of it. */
struct opening {
    const struct found *found;
    struct decrypt_input input;
    uint8_t *list;
    uint8_t *files[QUORUM];
};

static void take_list(struct opening *opening)
{
    const struct found *found = opening->found;
    size_t width = opening->input.width;

    opening->list = malloc((size_t)64 * width * found->count);
    assert_non_null(opening->list);
    for (size_t i = 0; i < found->count; i++) {
        const struct record *record = &found->records[i].record;

        if (record->kind == RECORD_CAST &&
            record->contest == opening->input.contest) {
            memcpy(opening->list + 64 * width * opening->input.count++,
                   record->ciphertext, 64 * width);
        }
    }
    opening->input.list = opening->list;
}

static void trustee_folder(char path[static PLACE_BYTES],
                           const struct found *found, uint8_t trustee)
{
    char name[16];

    (void)snprintf(name, sizeof name, "trustees/%u", trustee);
    assert_int_equal(place_in(path, found->folder, name, NULL), AULA_OK);
}

static uint8_t *decrypt(const struct opening *opening, uint8_t trustee)
{
    const struct found *found = opening->found;
    const struct package *package = &found->election->package;
    size_t size = decrypt_file_size(opening->input.count, opening->input.width);
    uint8_t seed[DECRYPT_SEED_BYTES];
    uint8_t *share = NULL;
    uint8_t *sign = NULL;
    uint8_t *file = malloc(size);
    char path[PLACE_BYTES];

    assert_non_null(file);
    trustee_folder(path, found, trustee);
    assert_int_equal(keyring_load(&share, path, TRUSTEE_SHARE,
                                  KEYFILE_TRUSTEE_SHARE, &found->passphrase,
                                  NULL),
                     AULA_OK);
    assert_int_equal(keyring_load_signer(&sign, path, TRUSTEE_SIGN,
                                         KEYFILE_TRUSTEE_SIGN,
                                         &found->passphrase, NULL),
                     AULA_OK);
    randombytes_buf(seed, sizeof seed);
    assert_int_equal(decrypt_make(file, NULL, &opening->input, trustee, sign,
                                  share, seed, NULL),
                     AULA_OK);
    assert_int_equal(decrypt_check(NULL, NULL, &opening->input,
                                   package->trustee_keys, package->shares,
                                   package->trustee_count, 0, file, size, NULL),
                     AULA_OK);
    sodium_free(share);
    sodium_free(sign);
    return file;
}

static int by_bytes(const uint8_t *a, const uint8_t *b, size_t size)
{
    return memcmp(a, b, size);
}

/* Few ballots: by insertion, so that no comparison needs to know their size
 * from elsewhere. */
void found_sort(uint8_t *ballots, size_t count, size_t size)
{
    uint8_t kept[PLAINTEXT_BYTES_MAX];

    for (size_t i = 1; i < count; i++) {
        size_t j = i;

        memcpy(kept, ballots + i * size, size);
        for (; j > 0 && by_bytes(ballots + (j - 1) * size, kept, size) > 0;
             j--) {
            memcpy(ballots + j * size, ballots + (j - 1) * size, size);
        }
        memcpy(ballots + j * size, kept, size);
    }
}

static uint8_t *decode(const struct opening *opening,
                       const struct plaintext_rule *rule,
                       const struct decrypt_part *parts)
{
    size_t width = opening->input.width;
    size_t size = plaintext_size(rule);
    uint8_t *messages =
        malloc(GROUP_POINT_BYTES * width * opening->input.count);
    uint8_t *ballots = malloc(size * opening->input.count);

    assert_non_null(messages);
    assert_non_null(ballots);
    assert_int_equal(decrypt_combine(messages, NULL, &opening->input, parts,
                                     QUORUM, QUORUM, NULL),
                     AULA_OK);
    for (size_t i = 0; i < opening->input.count; i++) {
        assert_int_equal(plaintext_decode(ballots + i * size, rule,
                                          messages +
                                              GROUP_POINT_BYTES * width * i),
                         AULA_OK);
    }
    free(messages);
    found_sort(ballots, opening->input.count, size);
    return ballots;
}

uint8_t *found_decrypt(const struct found *found, uint16_t contest, uint8_t a,
                       uint8_t b, size_t *count)
{
    const struct package *package = &found->election->package;
    const struct plaintext_rule *rule = &package->contests[contest].rule;
    struct opening opening = {
        .found = found,
        .input = {.package_hash = package->hash,
                  .contest = contest,
                  .width = (uint8_t)plaintext_width(rule)}};
    struct decrypt_part parts[QUORUM];
    uint8_t *ballots;

    take_list(&opening);
    opening.files[0] = decrypt(&opening, a);
    opening.files[1] = decrypt(&opening, b);
    parts[0] = (struct decrypt_part){a, decrypt_points(opening.files[0])};
    parts[1] = (struct decrypt_part){b, decrypt_points(opening.files[1])};
    ballots = decode(&opening, rule, parts);
    *count = opening.input.count;
    free(opening.files[0]);
    free(opening.files[1]);
    free(opening.list);
    return ballots;
}
