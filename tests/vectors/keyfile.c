/* SPDX-License-Identifier: Apache-2.0 */
/* keyfile.json: keys at rest (PROTOCOL.md section 15). Slow by design: each
 * file that opens takes a tenth of a second or more. */
#include "keyfile.h"

#include "suites.h"
#include "trial.h"

/* What a row asks for. */
struct lock {
    enum keyfile_purpose purpose;
    const char *passphrase;
    size_t size; /* of the passphrase, in bytes */
};

static struct lock read_lock(struct trial *trial, const json_t *row)
{
    uint64_t purpose = field_number(trial, row, "purpose",
                                    KEYFILE_TRUSTEE_CEREMONY);
    struct span passphrase = field_text(trial, row, "passphrase");

    if (purpose < KEYFILE_OFFICE_SIGN) {
        trial_fail(trial, "purpose: expected 1..9, came 0");
    }
    return (struct lock){(enum keyfile_purpose)purpose,
                         (const char *)passphrase.bytes, passphrase.size};
}

static enum aula_code open_file(uint8_t secret[static KEYFILE_SECRET_BYTES],
                                const struct lock *lock, struct span file)
{
    return keyfile_open(secret, file.bytes, file.size, lock->purpose,
                        lock->passphrase, lock->size, NULL);
}

static void check_file(struct trial *trial, const json_t *row, void *state)
{
    struct lock lock = read_lock(trial, row);
    struct span file = field_bytes(trial, row, "file");
    uint8_t expected[KEYFILE_SECRET_BYTES];
    uint8_t came[KEYFILE_SECRET_BYTES] = {0};

    (void)state;
    field_fixed(trial, row, "secret", expected, sizeof expected);
    if (trial_is_bad(trial)) {
        return;
    }
    trial_expect_code(trial, AULA_OK, open_file(came, &lock, file));
    trial_expect_bytes(trial, "secret", expected, sizeof expected, came,
                       sizeof came);
}

static void check_bad(struct trial *trial, const json_t *row, void *state)
{
    static const uint8_t zeros[KEYFILE_SECRET_BYTES];
    enum aula_code error = field_error(trial, row, "error");
    struct lock lock = read_lock(trial, row);
    struct span file = field_bytes(trial, row, "object");
    uint8_t came[KEYFILE_SECRET_BYTES] = {0};

    (void)state;
    if (trial_is_bad(trial)) {
        return;
    }
    trial_expect_code(trial, error, open_file(came, &lock, file));
    if (error != AULA_OK) {
        trial_expect_bytes(trial, "secret of a refused file", zeros,
                           sizeof zeros, came, sizeof came);
    }
}

/* A file that could be made opens again. */
static void check_making(struct trial *trial, const json_t *row, void *state)
{
    static const uint8_t secret[KEYFILE_SECRET_BYTES] = {1, 2, 3};
    enum aula_code error = field_error(trial, row, "error");
    struct lock lock = read_lock(trial, row);
    uint8_t file[KEYFILE_BYTES] = {0};
    uint8_t came[KEYFILE_SECRET_BYTES] = {0};

    (void)state;
    if (trial_is_bad(trial)) {
        return;
    }
    trial_expect_code(trial, error,
                      keyfile_make(file, lock.purpose,
                                   keyfile_floor(lock.purpose), lock.passphrase,
                                   lock.size, secret, NULL));
    if (error == AULA_OK) {
        trial_expect_code(trial, AULA_OK,
                          open_file(came, &lock,
                                    (struct span){file, sizeof file}));
        trial_expect_bytes(trial, "secret", secret, sizeof secret, came,
                           sizeof came);
    }
}

void suite_keyfile(struct source *source)
{
    source_values(source, "file", check_file, NULL);
    source_each(source, "other_files", check_file, NULL);
    source_each(source, "bad", check_bad, NULL);
    source_each(source, "making", check_making, NULL);
}
