/* SPDX-License-Identifier: Apache-2.0 */
/* The office of desk_sample.h with its keys in place, requests of terminals,
 * and commands that are run in it as from a command line. Passphrases cost
 * nothing here. */
#ifndef AULA_TEST_CERTIFY_DESK_H
#define AULA_TEST_CERTIFY_DESK_H

#include "desk_sample.h"

#include "code.h"
#include "commands.h"
#include "facts.h"
#include "keyring.h"
#include "request.h"

enum { DESK_WORDS_MAX = 24, DESK_NOW = 900 }; /* before the sample opens */

struct certify_desk {
    void *office; /* struct office */
    char out_folder[PLACE_BYTES];
    char code[CODE_TEXT_BYTES]; /* of the last request */
    uint64_t now;
    char *out; /* what the last command said */
    char *errors;
};

/* A terminal as desk_request makes it. */
struct desk_keys {
    uint8_t sign_public[SIGN_PUBLIC_BYTES];
    uint8_t sign_secret[SIGN_SECRET_BYTES];
    uint8_t transport_public[SEAL_PUBLIC_BYTES];
    uint8_t transport_secret[SEAL_SECRET_BYTES];
    uint8_t tid[TERMINAL_ID_BYTES];
};

static inline uint64_t desk_now(void *context)
{
    return ((const struct certify_desk *)context)->now;
}

static inline void desk_path(char path[static PLACE_BYTES],
                             const struct certify_desk *desk, const char *name)
{
    const struct office *office = desk->office;

    assert_int_equal(place_in(path, office->folder, name, NULL), AULA_OK);
}

static inline void desk_put(const struct certify_desk *desk, const char *name,
                            const void *bytes, size_t size)
{
    char path[PLACE_BYTES];

    desk_path(path, desk, name);
    assert_int_equal(file_write(path, bytes, size, 0600, NULL), AULA_OK);
}

static inline void desk_put_keys(const struct certify_desk *desk)
{
    struct office *office = desk->office;
    struct facts facts = {
        .title = "aula office 1",
        .facts = {{"sign", office->known.sign, NULL},
                  {"transport", office->known.transport, NULL}}};
    char text[FACTS_BYTES_MAX];

    memcpy(office->known.transport, office->sample.transport,
           sizeof office->known.transport);
    desk_put(desk, "office.txt", text, facts_write(text, &facts));
    assert_int_equal(keyring_save(office->folder, "sign.key",
                                  KEYFILE_OFFICE_SIGN, &office->passphrase,
                                  office->sample.office_secret, NULL),
                     AULA_OK);
    desk_put(desk, "pass", office->passphrase.text, office->passphrase.size);
    desk_put(desk, "wrong", "NPMKJHGFEDCBA", 13);
}

static inline int desk_start(void **state)
{
    struct certify_desk *desk = calloc(1, sizeof *desk);

    assert_non_null(desk);
    assert_int_not_equal(sodium_init(), -1);
    (void)office_start(&desk->office);
    assert_int_equal(office_make_election(desk->office), AULA_OK);
    desk_put_keys(desk);
    desk_path(desk->out_folder, desk, "out");
    desk->now = DESK_NOW;
    *state = desk;
    return 0;
}

static inline int desk_end(void **state)
{
    struct certify_desk *desk = *state;

    (void)office_end(&desk->office);
    free(desk->out);
    free(desk->errors);
    free(desk);
    return 0;
}

static inline void desk_draw_keys(struct desk_keys *keys, uint8_t which)
{
    uint8_t seed[SIGN_SEED_BYTES] = {which, 1};

    sign_key_pair(keys->sign_public, keys->sign_secret, seed);
    seed[1] = 2;
    memcpy(keys->transport_secret, seed, sizeof seed);
    seal_public_key(keys->transport_public, keys->transport_secret);
    terminal_id(keys->tid, keys->sign_public);
}

/* Write the request of a terminal into the file "request". */
static inline void desk_request(struct certify_desk *desk,
                                const struct desk_keys *keys, const char *label)
{
    uint8_t file[REQUEST_BYTES_MAX];
    uint8_t hash[HASH_BYTES];
    size_t size = REQUEST_BYTES(strlen(label));

    assert_int_equal(request_make(file, keys->sign_secret,
                                  keys->transport_public, label, strlen(label),
                                  NULL),
                     AULA_OK);
    request_hash(hash, file, size);
    code_write(desk->code, hash);
    desk_put(desk, "request", file, size);
}

/* Run a command; `words` ends with NULL. Returns: the exit status */
static inline int desk_run(struct certify_desk *desk, const char *const *words)
{
    const struct command *const table[] = {
        &command_office_certify, &command_office_register,
        &command_office_import, &command_office_status, NULL};
    struct command_place place = {.clock = {desk_now, desk}};
    char *argv[DESK_WORDS_MAX]; /* which the command puts into its order */
    char *copies[DESK_WORDS_MAX];
    size_t size = 0;
    size_t size_of_errors = 0;
    int argc = 0;
    int status;

    for (; words[argc] != NULL; argc++) {
        copies[argc] = strdup(words[argc]);
        argv[argc] = copies[argc];
    }
    free(desk->out);
    free(desk->errors);
    place.out = open_memstream(&desk->out, &size);
    place.errors = open_memstream(&desk->errors, &size_of_errors);
    status = command_main(table, &place, argc, argv);
    (void)fclose(place.out);
    (void)fclose(place.errors);
    while (argc > 0) {
        argc--;
        free(copies[argc]);
    }
    return status;
}

/* The words of a command, with the office and the passphrase added. */
static inline int desk_call(struct certify_desk *desk, const char *command,
                            const char *passphrase, const char *const *more)
{
    const struct office *office = desk->office;
    char file[PLACE_BYTES];
    const char *words[DESK_WORDS_MAX] = {
        "aula",     "office",       command,
        "--office", office->folder, "--passphrase-file",
        file};
    size_t count = 7;

    desk_path(file, desk, passphrase);
    for (; *more != NULL; more++) {
        assert_true(count + 1 < DESK_WORDS_MAX);
        words[count++] = *more;
    }
    words[count] = NULL;
    return desk_run(desk, words);
}

/* `aula office certify` of the last request, with its code; `more` ends with
 * NULL and holds further options. */
static inline int desk_certify_with(struct certify_desk *desk,
                                    const char *passphrase, const char *code,
                                    const char *const *more)
{
    char request[PLACE_BYTES];
    const char *words[DESK_WORDS_MAX] = {request, desk->out_folder, "--code",
                                         code};
    size_t count = 4;

    desk_path(request, desk, "request");
    for (; more != NULL && *more != NULL; more++) {
        words[count++] = *more;
    }
    words[count] = NULL;
    return desk_call(desk, "certify", passphrase, words);
}

static inline int desk_certify(struct certify_desk *desk,
                               const char *const *more)
{
    return desk_certify_with(desk, "pass", desk->code, more);
}

/* A terminal that is certified. */
static inline void desk_add_terminal(struct certify_desk *desk,
                                     struct desk_keys *keys, uint8_t which)
{
    desk_draw_keys(keys, which);
    desk_request(desk, keys, "School 3");
    assert_int_equal(desk_certify(desk, NULL), EXIT_DONE);
}

/* Returns: the bytes of a file of the folder "out", to be freed; NULL: none */
static inline uint8_t *desk_get(const struct certify_desk *desk,
                                const char *name, size_t *size)
{
    char path[PLACE_BYTES];
    uint8_t *bytes = NULL;

    assert_int_equal(place_in(path, desk->out_folder, name, NULL), AULA_OK);
    if (place_is_missing(desk->out_folder, name)) {
        return NULL;
    }
    assert_int_equal(file_read(&bytes, size, path, PACKAGE_BYTES_MAX, NULL),
                     AULA_OK);
    return bytes;
}

/* The file TID.cert or TID.kit. */
static inline uint8_t *desk_get_of(const struct certify_desk *desk,
                                   const struct desk_keys *keys,
                                   const char *end, size_t *size)
{
    char name[2 * TERMINAL_ID_BYTES + 8];

    (void)sodium_bin2hex(name, sizeof name, keys->tid, sizeof keys->tid);
    (void)strcat(name, end);
    return desk_get(desk, name, size);
}

#endif
