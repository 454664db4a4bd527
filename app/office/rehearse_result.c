/* SPDX-License-Identifier: Apache-2.0 */
/* See rehearse_result.h. */
#define _XOPEN_SOURCE 700

#include "rehearse_result.h"

#include <stdlib.h>
#include <string.h>

#include "closing.h"
#include "code.h"
#include "commands.h"
#include "file.h"
#include "rehearse_same.h"
#include "stopwatch.h"

enum { WORDS_MAX = 16, SAID_BYTES = 4096, THOUSAND = 1000 };

struct path {
    char text[PLACE_BYTES];
};

struct work {
    const char *out;
    FILE *notes;
    struct clock clock;
    struct path office;
    struct path key; /* office.txt */
    struct path passphrase;
    struct path stick;
    struct path elsewhere;
    struct path board;
};

static enum aula_code find_places(struct work *work, struct aula_error *err)
{
    struct {
        struct path *path;
        const char *name;
    } const places[] = {{&work->office, "office"},
                        {&work->key, "office/office.txt"},
                        {&work->passphrase, "passphrase.txt"},
                        {&work->stick, "stick"},
                        {&work->elsewhere, "elsewhere.txt"},
                        {&work->board, "board"}};
    enum aula_code code = AULA_OK;

    for (size_t i = 0; i < sizeof places / sizeof places[0] && code == AULA_OK;
         i++) {
        code = place_in(places[i].path->text, work->out, places[i].name, err);
    }
    return code;
}

/* The last line that a command said, without its "aula: ". */
static enum aula_code fail_as(char *said, const char *step,
                              struct aula_error *err)
{
    static const char begin[] = "aula: ";
    size_t size = strcspn(said, "\n");
    const char *text = said;

    said[size] = '\0';
    if (strncmp(said, begin, sizeof begin - 1) == 0) {
        text += sizeof begin - 1;
    }
    return aula_fail(err, AULA_STATE, "%s: %s", step, text);
}

/* Run a command; what it prints is not shown, what it refuses is. */
static enum aula_code run(struct work *work, const char *step,
                          const char *const *words, struct aula_error *err)
{
    char said[SAID_BYTES] = "";
    char *arguments[WORDS_MAX + 1] = {NULL};
    struct command_place place = {.out = fopen("/dev/null", "we"),
                                  .errors = fmemopen(said, sizeof said, "w"),
                                  .clock = work->clock};
    uint64_t start = stopwatch_us();
    enum aula_code code = AULA_OK;
    int count = 0;

    for (; count < WORDS_MAX && words[count] != NULL; count++) {
        arguments[count] = (char *)(uintptr_t)words[count];
    }
    if (place.out == NULL || place.errors == NULL) {
        code = aula_fail(err, AULA_MEMORY, "%s: no memory", step);
    }
    if (code == AULA_OK &&
        command_main(commands, &place, count, arguments) != EXIT_DONE) {
        (void)fflush(place.errors);
        code = fail_as(said, step, err);
    }
    if (place.out != NULL) {
        (void)fclose(place.out);
    }
    if (place.errors != NULL) {
        (void)fclose(place.errors);
    }
    if (code == AULA_OK) {
        (void)fprintf(work->notes, "  %-28s %8.2f s\n", step,
                      (double)(stopwatch_us() - start) / THOUSAND / THOUSAND);
    }
    return code;
}

static enum aula_code run_office(struct work *work, const char *what,
                                 const char *operand, struct aula_error *err)
{
    char step[32];

    (void)snprintf(step, sizeof step, "office %s", what);
    return run(work, step,
               (const char *const[]){"aula", "office", what, operand,
                                     "--office", work->office.text,
                                     "--passphrase-file", work->passphrase.text,
                                     NULL},
               err);
}

/* What was published of the closing, as everyone compares it. */
static enum aula_code read_code(char text[static CODE_TEXT_BYTES],
                                const struct work *work, struct aula_error *err)
{
    uint8_t hash[HASH_BYTES];
    uint8_t *bytes = NULL;
    size_t size = 0;
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, work->board.text, "closing.bin", err);

    if (code == AULA_OK) {
        code = file_read(&bytes, &size, path, CLOSING_BYTES_MAX, err);
    }
    if (code == AULA_OK) {
        closing_hash(hash, bytes, size);
        code_write(text, hash);
    }
    free(bytes);
    return code;
}

static enum aula_code run_trustee(struct work *work, const char *what,
                                  unsigned trustee, const char *closing,
                                  struct aula_error *err)
{
    struct path own;
    char name[32];
    char step[32];
    enum aula_code code;

    (void)snprintf(name, sizeof name, "trustees/%u", trustee);
    (void)snprintf(step, sizeof step, "trustee %u: %s", trustee, what);
    code = place_in(own.text, work->out, name, err);
    return code != AULA_OK ? code
                           : run(work, step,
                                 (const char *const[]){
                                     "aula", "trustee", what, work->board.text,
                                     own.text, "--office-key", work->key.text,
                                     "--passphrase-file", work->passphrase.text,
                                     closing != NULL ? "--closing-code" : NULL,
                                     closing, NULL},
                                 err);
}

/* `count` of the trustees, beginning with the first. */
static enum aula_code run_trustees(struct work *work, const char *what,
                                   unsigned count, const char *closing,
                                   struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    for (unsigned i = 1; i <= count && code == AULA_OK; i++) {
        code = run_trustee(work, what, i, closing, err);
    }
    return code;
}

static enum aula_code gather(struct work *work, bool has_visitors,
                             struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    if (has_visitors) {
        code = run_office(work, "elsewhere", work->elsewhere.text, err);
    }
    if (code == AULA_OK) {
        code = run_office(work, "import", work->stick.text, err);
    }
    return code != AULA_OK ? code
                           : run_office(work, "close", work->board.text, err);
}

static enum aula_code open_up(struct work *work, const struct package *package,
                              struct aula_error *err)
{
    unsigned quorum = (package->trustee_count + package->threshold + 1U) / 2;
    char closing[CODE_TEXT_BYTES];
    enum aula_code code = read_code(closing, work, err);

    if (code == AULA_OK) {
        code = run_trustees(work, "approve", quorum, closing, err);
    }
    if (code == AULA_OK) {
        code = run_trustees(work, "mix", package->threshold, NULL, err);
    }
    if (code == AULA_OK) {
        code = run_trustees(work, "decrypt", package->threshold, NULL, err);
    }
    return code != AULA_OK ? code
                           : run_office(work, "result", work->board.text, err);
}

enum aula_code rehearse_result(const char *out, const struct package *package,
                               bool has_visitors, FILE *notes,
                               const struct clock *clock,
                               struct aula_error *err)
{
    struct work work = {.out = out, .notes = notes, .clock = *clock};
    enum aula_code code = find_places(&work, err);

    if (code == AULA_OK) {
        code = gather(&work, has_visitors, err);
    }
    if (code == AULA_OK) {
        code = open_up(&work, package, err);
    }
    if (code == AULA_OK) {
        code = run(&work, "verify",
                   (const char *const[]){"aula", "verify", work.board.text,
                                         "--office-key", work.key.text, NULL},
                   err);
    }
    return code != AULA_OK ? code
                           : rehearse_same(out, work.board.text,
                                           package->contest_count, err);
}
