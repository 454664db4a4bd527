/* SPDX-License-Identifier: Apache-2.0 */
/* From a chain to the papers of its day; see day_report.h. */
#include "day_report.h"

#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "terminal_inside.h"

/* A walk along the chain. */
struct counting {
    const struct terminal *terminal;
    struct report_view view;
    struct report_contest *contests; /* of the whole package */
    bool is_reopening;               /* event 11 was the last one */
};

static void count_opening(struct counting *counting,
                          const struct record *record)
{
    struct report_view *view = &counting->view;

    for (size_t i = 0; i < counting->terminal->package.contest_count; i++) {
        counting->contests[i].cast = 0;
        counting->contests[i].challenged = 0;
    }
    view->day_number++;
    view->opened_time = record->time;
    view->is_reopened = counting->is_reopening;
    view->is_early = false;
    counting->is_reopening = false;
    memcpy(view->digest, record->digest, sizeof view->digest);
}

static void count_ballot(struct counting *counting, const struct record *record)
{
    struct report_contest *contest = &counting->contests[record->contest];

    if (record->kind == RECORD_CAST) {
        contest->cast++;
        contest->total_cast++;
        counting->view.total_cast++;
    } else {
        contest->challenged++;
        contest->total_challenged++;
        counting->view.total_challenged++;
    }
}

static void count_event(struct counting *counting, const struct record *record)
{
    if (record->event == RECORD_REOPENED) {
        counting->is_reopening = true;
    }
    if (record->event == RECORD_EARLY_CLOSE) {
        counting->view.is_early = true;
    }
}

static enum aula_code count(void *context, const struct store_record *row,
                            struct aula_error *err)
{
    struct counting *counting = context;
    struct record record;

    if (record_read(&record, &counting->terminal->package, row->bytes,
                    row->size) != AULA_OK) {
        return aula_fail(err, AULA_STORE_DAMAGED, "record %llu is damaged",
                         (unsigned long long)row->seq);
    }
    switch (record.kind) {
    case RECORD_OPENED:
        count_opening(counting, &record);
        break;
    case RECORD_CAST:
    case RECORD_CHALLENGED:
        count_ballot(counting, &record);
        break;
    case RECORD_EVENT:
        count_event(counting, &record);
        break;
    case RECORD_CLOSED:
        counting->view.day.counts = record.counts;
        break;
    }
    return AULA_OK;
}

static struct package_text text_of(const char *string)
{
    return (struct package_text){string, strlen(string)};
}

/* Those that are offered here, and any other that has ballots all the same: an
 * older certificate offered it. */
static void name_contests(struct counting *counting)
{
    const struct terminal *terminal = counting->terminal;
    const struct election *election = &terminal->election;
    struct report_contest *contests = counting->contests;
    size_t kept = 0;

    for (uint16_t i = 0; i < terminal->package.contest_count; i++) {
        const struct election_text *name = &election->contests[i].name;

        if (!certificate_offers(&terminal->certificate, i) &&
            contests[i].total_cast + contests[i].total_challenged == 0) {
            continue;
        }
        contests[kept] = contests[i];
        contests[kept].name[REPORT_KK] = text_of(name->of[election->kk]);
        contests[kept].name[REPORT_RU] = text_of(name->of[election->ru]);
        kept++;
    }
    counting->view.contests = contests;
    counting->view.contest_count = kept;
}

static void name_officials(struct report_view *view,
                           const struct terminal *terminal, const char *second)
{
    const struct keyslot_list *list = &terminal->officials.list;

    if (terminal->official < list->count) {
        const struct keyslot_view *slot = &list->slots[terminal->official];

        view->officials[view->official_count++] =
            (struct package_text){(const char *)slot->label, slot->label_size};
    }
    if (second != NULL) {
        view->officials[view->official_count++] = text_of(second);
    }
}

static void show_setup(struct counting *counting, const char *second)
{
    const struct terminal *terminal = counting->terminal;
    const struct election *election = &terminal->election;
    struct report_view *view = &counting->view;

    view->mode = terminal->package.mode;
    view->one_per = terminal->package.one_per;
    view->title[REPORT_KK] = text_of(election->title.of[election->kk]);
    view->title[REPORT_RU] = text_of(election->title.of[election->ru]);
    view->utc_offset_s = election->utc_offset_s;
    view->label = terminal->certificate.label;
    memcpy(view->tid, terminal->tid, sizeof view->tid);
    memcpy(view->package_hash, terminal->package.hash, HASH_BYTES);
    view->kit_number = terminal->kit.number;
    view->has_guests = terminal->kit.has_guests;
    if (terminal->has_roll) {
        view->roll_number = terminal->roll.number;
        view->roll_count = terminal->roll.count;
    }
    name_officials(view, terminal, second);
    name_contests(counting);
}

static enum aula_code count_to(struct counting *counting,
                               struct terminal *terminal, uint64_t last,
                               struct aula_error *err)
{
    counting->terminal = terminal;
    counting->contests = calloc(terminal->package.contest_count,
                                sizeof *counting->contests);
    if (counting->contests == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory for a report");
    }
    return store_walk_records(terminal->store, 1, last, count, counting, err);
}

enum aula_code day_report_zero(char **text, struct terminal *terminal,
                               const char *second, struct aula_error *err)
{
    struct counting counting = {0};
    uint64_t last = terminal->chain.opened_seq;
    enum aula_code code;

    if (!terminal->is_installed || last == 0) {
        return aula_fail(err, AULA_STATE,
                         "zero report: no day was opened so far");
    }
    code = count_to(&counting, terminal, last, err);
    if (code == AULA_OK && counting.view.day_number != 1) {
        code = aula_fail(err, AULA_STATE,
                         "zero report: this is not the first day");
    }
    if (code == AULA_OK) {
        show_setup(&counting, second);
        code = report_zero(text, &counting.view, err);
    }
    free(counting.contests);
    return code;
}

enum aula_code day_report_close(char **text, struct terminal *terminal,
                                const char *second, struct aula_error *err)
{
    struct counting counting = {0};
    struct report_view *view = &counting.view;
    const struct chain *chain = &terminal->chain;
    enum aula_code code;

    if (!terminal->is_installed || chain->is_open || chain->closed_seq == 0) {
        return aula_fail(err, AULA_STATE, "report: no day is closed");
    }
    code = count_to(&counting, terminal, chain->closed_seq, err);
    if (code == AULA_OK) {
        show_setup(&counting, second);
        view->closed_time = chain->closed_time;
        view->closed_seq = chain->closed_seq;
        memcpy(view->closed_hash, chain->closed_hash, HASH_BYTES);
        view->day.finished = terminal->day.finished;
        view->day.knows_entitled = true;
        view->day.entitled = terminal->day.entitled;
        view->day.unused = terminal->day.unused;
        code = report_close(text, view, err);
    }
    free(counting.contests);
    return code;
}
