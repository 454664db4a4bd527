/* SPDX-License-Identifier: Apache-2.0 */
/* See status.h. Records come by terminal and seq, so that a terminal is
 * finished when the next one begins. */
#include "status.h"

#include <stdlib.h>
#include <string.h>

enum { DAY_S = 86400 };

static enum aula_code no_memory(struct aula_error *err)
{
    return aula_fail(err, AULA_MEMORY, "no memory");
}

/* The terminal of a row; they come in order of tid, records first, so batches
 * may only meet one that is there or stand between two of them. */
static struct status_terminal *terminal_of(struct status *status,
                                           const uint8_t *tid)
{
    size_t place = 0;
    struct status_terminal *more = NULL;

    while (place < status->terminal_count &&
           memcmp(status->terminals[place].tid, tid, TERMINAL_ID_BYTES) < 0) {
        place++;
    }
    if (place < status->terminal_count &&
        memcmp(status->terminals[place].tid, tid, TERMINAL_ID_BYTES) == 0) {
        return &status->terminals[place];
    }
    more = realloc(status->terminals,
                   (status->terminal_count + 1) * sizeof *more);
    if (more == NULL) {
        return NULL;
    }
    status->terminals = more;
    memmove(&more[place + 1], &more[place],
            (status->terminal_count - place) * sizeof *more);
    more[place] = (struct status_terminal){.records = 0};
    memcpy(more[place].tid, tid, TERMINAL_ID_BYTES);
    status->terminal_count++;
    return &more[place];
}

/* ---- days */

static struct status_day *day_of(struct status_terminal *terminal,
                                 uint64_t date)
{
    struct status_day *more = NULL;

    for (size_t i = terminal->day_count; i > 0; i--) {
        if (terminal->days[i - 1].date == date) {
            return &terminal->days[i - 1];
        }
    }
    more = realloc(terminal->days, (terminal->day_count + 1) * sizeof *more);
    if (more == NULL) {
        return NULL;
    }
    terminal->days = more;
    more[terminal->day_count] = (struct status_day){.date = date};
    return &more[terminal->day_count++];
}

/* Ballots and closings belong to the day that was opened last, past midnight,
 * too. */
static enum aula_code add_to_day(struct status_terminal *terminal,
                                 const struct record *record,
                                 struct aula_error *err)
{
    struct status_day *day = NULL;

    if (record->kind == RECORD_EVENT) {
        return AULA_OK;
    }
    day = record->kind == RECORD_OPENED || terminal->day_count == 0
              ? day_of(terminal, record->time / DAY_S)
              : &terminal->days[terminal->day_count - 1];
    if (day == NULL) {
        return no_memory(err);
    }
    day->cast += record->kind == RECORD_CAST;
    day->challenged += record->kind == RECORD_CHALLENGED;
    day->is_closed = record->kind == RECORD_CLOSED;
    return AULA_OK;
}

/* ---- rows */

static void show_quarantined(struct status *status,
                             const struct archive_record *record)
{
    size_t place = status->shown_count;

    if (place < STATUS_SHOWN_MAX) {
        memcpy(status->shown[place].hash, record->hash, HASH_BYTES);
        status->shown[place].error = record->error;
        status->shown_count++;
    }
}

static enum aula_code take_quarantined(void *context,
                                       const struct archive_record *record,
                                       struct aula_error *err)
{
    (void)err;
    show_quarantined(context, record);
    return AULA_OK;
}

static enum aula_code take_record(void *context,
                                  const struct archive_record *record,
                                  struct aula_error *err)
{
    struct status *status = context;
    struct status_terminal *last =
        status->terminal_count > 0
            ? &status->terminals[status->terminal_count - 1]
            : NULL;
    struct record read;
    enum aula_code code;

    if (last == NULL || memcmp(last->tid, record->tid, sizeof last->tid) != 0) {
        last = terminal_of(status, record->tid);
    }
    if (last == NULL) {
        return no_memory(err);
    }
    if (record->error != AULA_OK) {
        last->quarantined++;
        return counting_add_bad(status->set, record->hash, record->error, err);
    }
    if (record_read(&read, &status->election->package, record->bytes,
                    record->size) != AULA_OK) {
        return aula_fail(err, AULA_STORE_DAMAGED,
                         "archive: a record that is none");
    }
    last->records++;
    code = add_to_day(last, &read, err);
    return code != AULA_OK ? code
                           : counting_add(status->set, &read, record->hash,
                                          record->place, err);
}

/* By number: those between the last one and this one are missing. */
static void note_missing(struct status_terminal *terminal, uint32_t number)
{
    uint64_t next = (uint64_t)terminal->last_batch + 1;

    for (; next < number && terminal->missing_count < STATUS_SHOWN_MAX;
         next++) {
        terminal->missing[terminal->missing_count++] = (uint32_t)next;
    }
    terminal->missing_count += next < number ? number - next : 0;
}

static enum aula_code take_batch(void *context,
                                 const struct archive_batch *batch,
                                 struct aula_error *err)
{
    struct status_terminal *terminal = terminal_of(context, batch->tid);

    if (terminal == NULL) {
        return no_memory(err);
    }
    if (terminal->batches > 0 && batch->number == terminal->last_batch) {
        terminal->has_twins = true;
    }
    note_missing(terminal, batch->number);
    terminal->batches++;
    terminal->last_batch = batch->number;
    if (batch->imported > terminal->imported) {
        terminal->imported = batch->imported;
    }
    return AULA_OK;
}

/* ---- reading */

static enum aula_code open_archive(struct archive **archive,
                                   const struct desk_election *election,
                                   struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, election->folder, ARCHIVE_FILE, err);

    if (code == AULA_OK) {
        code = archive_open(archive, path, election->package.hash, ARCHIVE_READ,
                            err);
    }
    /* Nothing was imported yet. */
    return code == AULA_STATE ? AULA_OK : code;
}

/* Those of the archive, and those that were issued since its last import. */
static enum aula_code read_certificates(struct status *status,
                                        struct archive *archive,
                                        struct aula_error *err)
{
    struct desk_terminals own = {NULL, 0};
    const struct package *package = &status->election->package;
    bool is_second = false;
    enum aula_code code = archive == NULL
                              ? AULA_OK
                              : import_certificates_read(&status->certificates,
                                                         archive, package, err);

    if (code == AULA_OK) {
        code = desk_election_terminals(&own, status->election, err);
    }
    for (size_t i = 0; i < own.count && code == AULA_OK; i++) {
        if (import_certificates_find(&status->certificates, own.items[i].tid) ==
            NULL) {
            code = import_certificates_put(&status->certificates, &is_second,
                                           package, own.items[i].bytes,
                                           own.items[i].size, err);
        }
    }
    desk_terminals_close(&own);
    return code;
}

static enum aula_code open_set(struct status *status, struct aula_error *err)
{
    const struct desk_registers *registers = &status->registers;

    status->counted = (struct counting_election){
        .package = &status->election->package,
        .certificates = status->certificates.items,
        .certificate_count = status->certificates.count,
        .first = registers->bytes[0] != NULL ? &registers->lists[0] : NULL,
        .late = registers->bytes[1] != NULL ? &registers->lists[1] : NULL};
    return counting_open(&status->set, &status->counted, err);
}

static enum aula_code read_rows(struct status *status, struct archive *archive,
                                struct aula_error *err)
{
    enum aula_code code = archive_count(archive, &status->counts, err);

    if (code == AULA_OK) {
        code = archive_each_record(archive, NULL, take_record, status, err);
    }
    if (code == AULA_OK && status->counts.quarantined > 0) {
        code = archive_each_quarantined(archive, take_quarantined, status, err);
    }
    return code != AULA_OK
               ? code
               : archive_each_batch(archive, take_batch, status, err);
}

static enum aula_code count(struct status *status, struct aula_error *err)
{
    const struct desk_ruled *ruled = &status->ruled;
    enum aula_code code = counting_find(status->set, ruled->rulings.rows,
                                        ruled->rulings.count, err);

    return code != AULA_OK ? code
                           : counting_count(status->set, ruled->elsewhere.tags,
                                            ruled->elsewhere.count, err);
}

static enum aula_code read_all(struct status *status, struct archive *archive,
                               struct aula_error *err)
{
    enum aula_code code = desk_election_registers(&status->registers,
                                                  status->election, err);

    if (code == AULA_OK) {
        code = desk_ruled_read(&status->ruled, status->election, err);
    }
    if (code == AULA_OK) {
        code = read_certificates(status, archive, err);
    }
    if (code == AULA_OK) {
        code = open_set(status, err);
    }
    if (code == AULA_OK && archive != NULL) {
        code = read_rows(status, archive, err);
    }
    if (code == AULA_OK) {
        code = count(status, err);
    }
    if (code == AULA_OK) {
        status->outcome = counting_outcome(status->set);
    }
    return code;
}

enum aula_code status_read(struct status *status,
                           const struct desk_election *election,
                           struct aula_error *err)
{
    struct archive *archive = NULL;
    enum aula_code code = open_archive(&archive, election, err);

    *status = (struct status){.election = election};
    if (code == AULA_OK) {
        code = read_all(status, archive, err);
    }
    archive_close(archive);
    if (code != AULA_OK) {
        status_close(status);
    }
    return code;
}

void status_close(struct status *status)
{
    for (size_t i = 0; i < status->terminal_count; i++) {
        free(status->terminals[i].days);
    }
    free(status->terminals);
    counting_close(status->set);
    desk_registers_close(&status->registers);
    desk_ruled_close(&status->ruled);
    import_certificates_close(&status->certificates);
    *status = (struct status){.election = NULL};
}

const struct status_terminal *
status_find(const struct status *status,
            const uint8_t tid[static TERMINAL_ID_BYTES])
{
    for (size_t i = 0; i < status->terminal_count; i++) {
        if (memcmp(status->terminals[i].tid, tid, TERMINAL_ID_BYTES) == 0) {
            return &status->terminals[i];
        }
    }
    return NULL;
}
