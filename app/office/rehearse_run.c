/* SPDX-License-Identifier: Apache-2.0 */
/* See rehearse_run.h. */
#include "rehearse_run.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "day.h"
#include "file.h"
#include "setup.h"
#include "stopwatch.h"

/* Folders of OUT. */
struct places {
    char terminals[PLACE_BYTES];
    char open[PLACE_BYTES]; /* public */
    char stick[PLACE_BYTES];
    char ledger[PLACE_BYTES];
    char elsewhere[PLACE_BYTES];
};

static enum aula_code make_place(char path[static PLACE_BYTES], const char *out,
                                 const char *name, bool is_private,
                                 struct aula_error *err)
{
    enum aula_code code = place_in(path, out, name, err);

    return code != AULA_OK ? code : file_make_folder(path, is_private, err);
}

static enum aula_code make_places(struct places *places, const char *out,
                                  struct aula_error *err)
{
    enum aula_code code = make_place(places->terminals, out, "terminals", true,
                                     err);

    if (code == AULA_OK) {
        code = make_place(places->open, out, "public", false, err);
    }
    if (code == AULA_OK) {
        code = make_place(places->stick, out, "stick", false, err);
    }
    if (code == AULA_OK) {
        code = place_in(places->ledger, out, "ledger.txt", err);
    }
    return code != AULA_OK
               ? code
               : place_in(places->elsewhere, out, "elsewhere.txt", err);
}

static enum aula_code make_terminal(struct rehearse_run *run,
                                    const struct places *places,
                                    unsigned number, struct aula_error *err)
{
    struct rehearse_terminal *terminal = &run->terminals[number - 1];
    uint8_t request[REQUEST_BYTES_MAX];
    size_t size = 0;
    char name[16];
    char path[PLACE_BYTES];
    enum aula_code code;

    (void)snprintf(name, sizeof name, "%u", number);
    code = place_in(path, places->terminals, name, err);
    if (code == AULA_OK) {
        code = rehearse_terminal_make(terminal, &run->scene, number, path, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    setup_request(terminal->terminal, request, &size);
    return rehearse_certify(&terminal->papers, run->scene.election, request,
                            size, places->open, err);
}

static enum aula_code publish(const struct rehearse_run *run,
                              const struct places *places,
                              struct aula_error *err)
{
    uint8_t tids[REHEARSE_TERMINALS_MAX][TERMINAL_ID_BYTES];

    for (unsigned i = 0; i < run->scene.terminals; i++) {
        memcpy(tids[i], run->terminals[i].papers.tid, TERMINAL_ID_BYTES);
    }
    return rehearse_register(run->scene.election, tids, run->scene.terminals,
                             places->open, err);
}

static enum aula_code prepare(struct rehearse_run *run,
                              const struct places *places, bool is_own,
                              struct aula_error *err)
{
    enum aula_code code = day_digest(run->scene.digest, err);

    for (unsigned i = 1; i <= run->scene.terminals && code == AULA_OK; i++) {
        code = make_terminal(run, places, i, err);
    }
    return code != AULA_OK || !is_own ? code : publish(run, places, err);
}

static void *run_terminal(void *context)
{
    struct rehearse_terminal *terminal = context;
    struct aula_error met = {.message = ""};

    if (rehearse_terminal_run(terminal, &met) != AULA_OK) {
        rehearse_hall_fail(terminal->scene->hall, terminal->number, &met);
    }
    return NULL;
}

static void run_all(struct rehearse_run *run)
{
    pthread_t threads[REHEARSE_TERMINALS_MAX];
    struct aula_error met;
    unsigned started = 0;

    while (started < run->scene.terminals &&
           pthread_create(&threads[started], NULL, run_terminal,
                          &run->terminals[started]) == 0) {
        started++;
    }
    if (started < run->scene.terminals) {
        (void)aula_fail(&met, AULA_THREADS, "no thread to be had");
        rehearse_hall_fail(run->scene.hall, started + 1, &met);
    }
    while (started > 0) {
        (void)pthread_join(threads[--started], NULL);
    }
}

static enum aula_code vote(struct rehearse_run *run,
                           const struct places *places, FILE *notes,
                           const struct clock *clock, struct aula_error *err)
{
    uint64_t start = stopwatch_us();
    enum aula_code code = rehearse_hall_open(&run->scene.hall, places->ledger,
                                             run->scene.votes->count, notes,
                                             clock, err);

    if (code != AULA_OK) {
        return code;
    }
    run_all(run);
    run->us = stopwatch_us() - start;
    run->memory_kib = stopwatch_memory_kib();
    run->tenth_kib = rehearse_hall_tenth_kib(run->scene.hall);
    code = rehearse_hall_end(run->scene.hall, err);
    rehearse_hall_close(run->scene.hall);
    run->scene.hall = NULL;
    return code;
}

enum aula_code rehearse_run(struct rehearse_run *run,
                            const struct rehearse_scene *scene, const char *out,
                            bool is_own, FILE *notes, const struct clock *clock,
                            struct aula_error *err)
{
    struct places places;
    enum aula_code code = make_places(&places, out, err);

    if (code != AULA_OK) {
        return code;
    }
    *run = (struct rehearse_run){.scene = *scene};
    run->scene.stick = places.stick;
    run->terminals = calloc(scene->terminals, sizeof *run->terminals);
    if (run->terminals == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory for the terminals");
    }
    code = prepare(run, &places, is_own, err);
    if (code == AULA_OK && scene->has_visitors) {
        code = rehearse_elsewhere_write(places.elsewhere, scene->votes, err);
    }
    if (code == AULA_OK) {
        code = vote(run, &places, notes, clock, err);
    }
    run->scene.stick = NULL;
    if (code != AULA_OK) {
        rehearse_run_close(run);
    }
    return code;
}

void rehearse_run_close(struct rehearse_run *run)
{
    for (unsigned i = 0; run->terminals != NULL && i < run->scene.terminals;
         i++) {
        rehearse_terminal_close(&run->terminals[i]);
    }
    free(run->terminals);
    run->terminals = NULL;
}
