/* SPDX-License-Identifier: Apache-2.0 */
/* See rehearse_hall.h. */
#include "rehearse_hall.h"

#include <pthread.h>
#include <stdlib.h>

#include "file.h"
#include "progress.h"
#include "stopwatch.h"

struct rehearse_hall {
    pthread_mutex_t lock;
    struct file_writer *ledger; /* NULL once it was kept */
    struct progress progress;
    uint64_t cast;
    uint64_t total;
    uint64_t tenth_kib;
    enum aula_code code; /* of the first failure */
    struct aula_error err;
};

enum aula_code rehearse_hall_open(struct rehearse_hall **hall,
                                  const char *ledger, uint64_t total,
                                  FILE *notes, const struct clock *clock,
                                  struct aula_error *err)
{
    struct rehearse_hall *made = calloc(1, sizeof *made);
    enum aula_code code;

    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    if (pthread_mutex_init(&made->lock, NULL) != 0) {
        free(made);
        return aula_fail(err, AULA_MEMORY, "no lock to be had");
    }
    made->total = total;
    progress_start(&made->progress, notes, clock, "voting");
    code = file_writer_open(&made->ledger, ledger, 0644, err);
    if (code != AULA_OK) {
        rehearse_hall_close(made);
        return code;
    }
    *hall = made;
    return AULA_OK;
}

static enum aula_code write_line(struct rehearse_hall *hall, unsigned terminal,
                                 uint64_t seq, const char *code, bool is_cast,
                                 struct aula_error *err)
{
    char line[CODE_TEXT_BYTES + 48];
    int size = snprintf(line, sizeof line, "%s %u %llu %s\n", code, terminal,
                        (unsigned long long)seq,
                        is_cast ? "cast" : "challenged");

    return file_writer_put(hall->ledger, line, (size_t)size, err);
}

static void count(struct rehearse_hall *hall)
{
    hall->cast++;
    if (hall->cast == hall->total / 10) {
        hall->tenth_kib = stopwatch_memory_kib();
    }
    progress_step(&hall->progress, hall->cast, hall->total);
}

enum aula_code rehearse_hall_tell(struct rehearse_hall *hall, unsigned terminal,
                                  uint64_t seq,
                                  const char code[static CODE_TEXT_BYTES],
                                  bool is_cast, struct aula_error *err)
{
    enum aula_code result = AULA_OK;

    (void)pthread_mutex_lock(&hall->lock);
    if (hall->code != AULA_OK) {
        result = aula_fail(err, AULA_STATE, "another terminal has failed");
    } else {
        result = write_line(hall, terminal, seq, code, is_cast, err);
    }
    if (result == AULA_OK && is_cast) {
        count(hall);
    }
    (void)pthread_mutex_unlock(&hall->lock);
    return result;
}

void rehearse_hall_fail(struct rehearse_hall *hall, unsigned terminal,
                        const struct aula_error *met)
{
    (void)pthread_mutex_lock(&hall->lock);
    if (hall->code == AULA_OK) {
        hall->code = aula_fail(&hall->err, met->code, "terminal %u: %s",
                               terminal, met->message);
    }
    (void)pthread_mutex_unlock(&hall->lock);
}

enum aula_code rehearse_hall_end(struct rehearse_hall *hall,
                                 struct aula_error *err)
{
    struct file_writer *ledger = hall->ledger;

    progress_end(&hall->progress);
    if (hall->code != AULA_OK) {
        return aula_fail(err, hall->code, "%s", hall->err.message);
    }
    hall->ledger = NULL;
    return file_writer_commit(ledger, true, err);
}

uint64_t rehearse_hall_tenth_kib(const struct rehearse_hall *hall)
{
    return hall->tenth_kib;
}

void rehearse_hall_close(struct rehearse_hall *hall)
{
    if (hall != NULL) {
        progress_end(&hall->progress);
        file_writer_abort(hall->ledger);
        (void)pthread_mutex_destroy(&hall->lock);
        free(hall);
    }
}
