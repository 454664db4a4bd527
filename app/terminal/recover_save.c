/* SPDX-License-Identifier: Apache-2.0 */
/* Saving what verifies, then putting the terminal aside: recover.h. The batches
 * are on the stick, read back, before anything is moved. */
#include "recover.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "recover_collect.h"
#include "transfer_file.h"

/* Why it may be recovered: its chain has ended, or it does not open. */
static enum aula_code find_reason(struct recover_report *report,
                                  const struct terminal_place *place,
                                  const struct official *official,
                                  struct aula_error *err)
{
    struct terminal *terminal = NULL;
    enum aula_code code = terminal_open(&terminal, place, official,
                                        TERMINAL_LOOK, err);

    if (code == AULA_STORE_DAMAGED || code == AULA_IO) {
        report->reason = code;
        return AULA_OK;
    }
    if (terminal == NULL) {
        return code;
    }
    code = terminal_allows(terminal_state_of(terminal), terminal->ended,
                           TERMINAL_DO_RECOVER, err);
    report->reason = terminal->ended;
    if (code == AULA_OK && terminal->ended == AULA_OK) {
        code = aula_fail(err, AULA_STATE,
                         "recover: the store is whole and its chain goes on: "
                         "export instead");
    }
    terminal_close(terminal);
    return code;
}

/* A terminal with its master key, and no store. */
static enum aula_code unlock(struct terminal **terminal,
                             const struct terminal_place *place,
                             const struct official *official,
                             struct aula_error *err)
{
    struct terminal *made = calloc(1, sizeof *made);
    enum aula_code code;

    *terminal = made;
    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory for a terminal");
    }
    /* A disk that takes no count of tries is no reason to leave it there. */
    made->purpose = TERMINAL_LOOK;
    made->secrets = sodium_malloc(sizeof *made->secrets);
    if (made->secrets == NULL) {
        return aula_fail(err, AULA_MEMORY, "no locked memory for a terminal");
    }
    code = terminal_places(made, place, err);
    if (code == AULA_OK) {
        code = officials_load(&made->officials, made->folder, err);
    }
    if (code == AULA_OK) {
        code = terminal_try(made, made->secrets->master, &made->official,
                            official, err);
    }
    return code;
}

/* The records of a run for batch_write, which takes them one by one. */
struct giving {
    const struct collecting *collecting;
    size_t next;
};

static enum aula_code give(void *context, const uint8_t **bytes, size_t *size,
                           struct aula_error *err)
{
    struct giving *giving = context;
    const struct collected *record =
        &giving->collecting->records[giving->next++];

    (void)err;
    *bytes = giving->collecting->bytes + record->at;
    *size = record->size;
    return AULA_OK;
}

/* How many records from `first` on follow each other. */
static size_t run_length(const struct collecting *collecting, size_t first)
{
    const struct collected *records = collecting->records;
    size_t count = 1;

    while (first + count < collecting->count &&
           records[first + count].seq == records[first].seq + count) {
        count++;
    }
    return count;
}

static void plan(struct transfer_plan *run, const struct collecting *collecting,
                 size_t first, size_t count)
{
    const struct collected *records = collecting->records + first;

    *run = (struct transfer_plan){
        .made = {.number = collecting->last.number + 1,
                 .first_seq = records[0].seq,
                 .last_seq = records[count - 1].seq,
                 .time = clock_now(&collecting->terminal->clock)},
        .count = (uint32_t)count,
        .is_new = true};
    memcpy(run->made.prev, collecting->last.hash, sizeof run->made.prev);
    for (size_t i = 0; i < count; i++) {
        run->kinds[records[i].kind - 1]++;
        run->bytes += records[i].size;
    }
}

static enum aula_code write_run(struct transfer_done *done,
                                struct collecting *collecting,
                                const char *folder, size_t first, size_t count,
                                struct aula_error *err)
{
    struct giving giving = {collecting, first};
    struct batch_source source = {.next = give, .context = &giving};
    struct transfer_file file = {0};
    struct transfer_plan run;
    enum aula_code code;

    if (collecting->last.number == UINT32_MAX) {
        return aula_fail(err, AULA_STATE,
                         "%s: all numbers are taken: take another stick",
                         folder);
    }
    plan(&run, collecting, first, count);
    source.bytes = run.bytes;
    code = transfer_file_write(&file, done, collecting->terminal, folder, &run,
                               &source, err);
    if (code == AULA_OK) {
        return transfer_file_commit(&file, err);
    }
    transfer_file_abort(&file);
    return code;
}

/* The numbers come from a store that may be an old one: what bears such a name
 * on the stick may be the only copy of what this store has lost. */
static enum aula_code save_run(struct collecting *collecting,
                               struct recover_report *report,
                               const char *folder, size_t first, size_t count,
                               struct aula_error *err)
{
    struct transfer_done done = {0};
    enum aula_code code = write_run(&done, collecting, folder, first, count,
                                    err);

    while (code == AULA_STATE && collecting->last.number < UINT32_MAX) {
        collecting->last.number++;
        code = write_run(&done, collecting, folder, first, count, err);
    }
    if (code == AULA_OK) {
        collecting->last.number = done.number;
        memcpy(collecting->last.hash, done.hash, sizeof done.hash);
        report->verified += count;
        report->runs[report->run_count++] =
            (struct recover_run){done.first_seq, done.last_seq, done.number};
    }
    return code;
}

/* Numbers go on above those of the store and of the stick. */
static enum aula_code find_number(struct collecting *collecting,
                                  const char *folder, struct aula_error *err)
{
    uint32_t number = 0;
    enum aula_code code = transfer_file_highest(&number, collecting->terminal,
                                                folder, err);

    if (number > collecting->last.number) {
        collecting->last.number = number;
    }
    return code;
}

/* Room for all of them, before the first is written. */
static enum aula_code make_list(struct recover_report *report,
                                const struct collecting *collecting,
                                struct aula_error *err)
{
    size_t count = 0;

    for (size_t first = 0; first < collecting->count;
         first += run_length(collecting, first)) {
        count++;
    }
    report->runs = calloc(count + 1, sizeof *report->runs);
    return report->runs != NULL
               ? AULA_OK
               : aula_fail(err, AULA_MEMORY, "no memory for a list of batches");
}

static enum aula_code save_runs(struct collecting *collecting,
                                struct recover_report *report,
                                const char *folder, struct aula_error *err)
{
    enum aula_code code = make_list(report, collecting, err);
    size_t count;

    for (size_t first = 0; code == AULA_OK && first < collecting->count;
         first += count) {
        count = run_length(collecting, first);
        code = save_run(collecting, report, folder, first, count, err);
    }
    return code;
}

static enum aula_code put_aside(struct recover_report *report,
                                const struct terminal *terminal,
                                struct aula_error *err)
{
    static const char head[] = "ended-";
    char path[PLACE_BYTES];
    enum aula_code code;

    (void)snprintf(report->aside, sizeof report->aside, "%s", head);
    (void)sodium_bin2hex(report->aside + strlen(head),
                         sizeof report->aside - strlen(head), terminal->tid,
                         TERMINAL_ID_BYTES);
    code = place_in(path, terminal->data, report->aside, err);
    return code == AULA_OK ? file_move(terminal->folder, path, err) : code;
}

/* A disk that failed for a moment proves nothing: only what cannot be read, or
 * fails its checks, is lost. */
static enum aula_code check_reason(struct recover_report *report,
                                   struct aula_error *err)
{
    if (report->reason != AULA_IO) {
        return AULA_OK;
    }
    if (report->pages == 0 && report->refused == 0) {
        return aula_fail(err, AULA_IO,
                         "recover: the store does not open, yet nothing of it "
                         "is damaged: see to the disk and try again");
    }
    report->reason = AULA_STORE_DAMAGED;
    return AULA_OK;
}

/* The second place may have been put back together with the store. */
static uint64_t highest_witness(const struct terminal *terminal,
                                const char *folder)
{
    const struct package *package = &terminal->package;
    uint64_t second = terminal_witness_seq(terminal, package,
                                           terminal->witness);
    uint64_t copy = terminal_witness_seq(terminal, package, folder);

    return copy > second ? copy : second;
}

static enum aula_code save(struct recover_report *report,
                           struct terminal *terminal, const char *folder,
                           struct aula_error *err)
{
    struct collecting collecting = {.terminal = terminal};
    enum aula_code code = recover_collect(&collecting, err);

    if (code == AULA_OK) {
        memcpy(report->tid, terminal->tid, TERMINAL_ID_BYTES);
        report->refused = collecting.refused +
                          collecting.salvage.unreadable_rows;
        report->pages = collecting.salvage.damaged_pages;
        report->witness_seq = highest_witness(terminal, folder);
        code = check_reason(report, err);
    }
    if (code == AULA_OK) {
        code = find_number(&collecting, folder, err);
    }
    if (code == AULA_OK) {
        code = save_runs(&collecting, report, folder, err);
    }
    if (code == AULA_OK) {
        code = put_aside(report, terminal, err);
    }
    recover_collect_close(&collecting);
    return code;
}

enum aula_code recover_save(struct recover_report *report,
                            const struct terminal_place *place,
                            const struct official *official, const char *folder,
                            struct aula_error *err)
{
    struct recover_report found = {0};
    struct terminal *terminal = NULL;
    enum aula_code code = find_reason(&found, place, official, err);

    if (code != AULA_OK) {
        return code;
    }
    code = unlock(&terminal, place, official, err);
    if (terminal == NULL) {
        return code;
    }
    if (code == AULA_OK) {
        code = save(&found, terminal, folder, err);
    }
    if (code == AULA_OK) {
        *report = found;
    } else {
        recover_report_clear(&found);
    }
    terminal_close(terminal);
    return code;
}

void recover_report_clear(struct recover_report *report)
{
    free(report->runs);
    *report = (struct recover_report){0};
}
