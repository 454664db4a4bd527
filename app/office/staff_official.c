/* SPDX-License-Identifier: Apache-2.0 */
/* See staff.h: officials, and what opens their slots. */
#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

#include "blame.h"
#include "file.h"
#include "staff.h"

/* Which options say who somebody is and what they bring. */
struct names {
    const char *official;
    const char *passphrase;
    const char *key;
};

void staff_forget(struct staff_official *official)
{
    passphrase_forget(&official->passphrase);
    sodium_free(official->factor);
    *official = (struct staff_official){.factor = NULL};
}

static void point(struct staff_official *official, const char *label)
{
    official->official = (struct official){
        .label = label,
        .secret = {.passphrase = official->passphrase.text,
                   .passphrase_size = official->passphrase.size,
                   .factor = official->factor},
    };
}

static enum aula_code read_factor(uint8_t **factor, const char *option,
                                  const char *path, struct aula_error *err)
{
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code = file_read_secret(&bytes, &size, path,
                                           KEYSLOT_FACTOR_BYTES, err);

    if (bytes == NULL) {
        return blame_option(err, code, option, path);
    }
    if (size != KEYSLOT_FACTOR_BYTES) {
        sodium_free(bytes);
        return aula_fail(err, AULA_BAD_FIELD,
                         "%s: a key file has %d bytes, not %zu", option,
                         KEYSLOT_FACTOR_BYTES, size);
    }
    *factor = bytes;
    return AULA_OK;
}

/* A second factor for somebody new, on the stick that is theirs. */
static enum aula_code draw_factor(uint8_t **factor, const char *option,
                                  const char *path, struct aula_error *err)
{
    uint8_t *bytes = sodium_malloc(KEYSLOT_FACTOR_BYTES);
    enum aula_code code;

    if (bytes == NULL) {
        return aula_fail(err, AULA_MEMORY, "no locked memory");
    }
    randombytes_buf(bytes, KEYSLOT_FACTOR_BYTES);
    code = file_write_new(path, bytes, KEYSLOT_FACTOR_BYTES, 0600, err);
    if (code != AULA_OK) {
        sodium_free(bytes);
        return blame_option(err, code, option, path);
    }
    *factor = bytes;
    return AULA_OK;
}

static enum aula_code bring(struct staff_official *official, struct call *call,
                            const struct names *names, const char *whose,
                            struct aula_error *err)
{
    const char *key = call_text(call, names->key);
    enum aula_code code = AULA_OK;

    *official = (struct staff_official){.factor = NULL};
    if (key != NULL) {
        code = read_factor(&official->factor, names->key, key, err);
    }
    if (code == AULA_OK) {
        code = ask_passphrase(&official->passphrase, ASK_PASSPHRASE_KNOWN,
                              names->passphrase,
                              call_text(call, names->passphrase), whose, err);
    }
    point(official, call_text(call, names->official));
    return code;
}

enum aula_code staff_first(struct staff_official *first, struct call *call,
                           struct aula_error *err)
{
    static const struct names names = {"--official", "--passphrase-file",
                                       "--key-file"};
    const char *name = call_text(call, names.official);

    return bring(first, call, &names, name != NULL ? name : "the staff", err);
}

enum aula_code staff_second(struct staff_official *second,
                            const struct official **official, struct call *call,
                            struct aula_error *err)
{
    static const struct names names = {"--second", "--second-passphrase-file",
                                       "--second-key-file"};
    const char *name = call_text(call, names.official);
    enum aula_code code;

    *second = (struct staff_official){.factor = NULL};
    *official = NULL;
    if (name == NULL) {
        return AULA_OK;
    }
    code = bring(second, call, &names, name, err);
    if (code == AULA_OK) {
        *official = &second->official;
    }
    return code;
}

static enum aula_code choose_factor(uint8_t **factor, const char *option,
                                    const char *path, struct aula_error *err)
{
    struct stat status;

    return lstat(path, &status) != 0 && errno == ENOENT
               ? draw_factor(factor, option, path, err)
               : read_factor(factor, option, path, err);
}

enum aula_code staff_choose(struct staff_official *made,
                            struct keyslot_holder *holder, struct call *call,
                            const struct staff_new *options,
                            struct aula_error *err)
{
    const char *key = call_text(call, options->key_option);
    enum aula_code code;

    *made = (struct staff_official){.factor = NULL};
    code = ask_passphrase(&made->passphrase, ASK_PASSPHRASE_CHOSEN,
                          options->passphrase_option,
                          call_text(call, options->passphrase_option),
                          options->name, err);
    if (code == AULA_OK && key != NULL) {
        code = choose_factor(&made->factor, options->key_option, key, err);
    }
    point(made, options->name);
    *holder = (struct keyslot_holder){
        .label = options->name,
        .label_size = strlen(options->name),
        .cost = {.ops = KEYSLOT_OPS_MIN, .kib = KEYSLOT_KIB_MIN},
        .secret = made->official.secret,
    };
    return code;
}
