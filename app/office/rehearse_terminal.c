/* SPDX-License-Identifier: Apache-2.0 */
/* See rehearse_terminal.h. */
#include "rehearse_terminal.h"

#include <stdio.h>
#include <string.h>

#include "day.h"
#include "file.h"
#include "keyslot.h"
#include "setup.h"
#include "transfer.h"

#define STAFF "staff"

enum { DAY_S = 86400, MINUTE_S = 60 };

static uint64_t now_of(void *context)
{
    const struct rehearse_terminal *terminal = context;

    return terminal->now;
}

static struct terminal_place place_of(struct rehearse_terminal *t)
{
    return (struct terminal_place){.folder = t->folder, .clock = {now_of, t}};
}

static struct keyslot_secret secret_of(const struct rehearse_terminal *t)
{
    return (struct keyslot_secret){
        .passphrase = t->scene->passphrase->text,
        .passphrase_size = t->scene->passphrase->size};
}

static enum aula_code switch_on(struct rehearse_terminal *t,
                                struct aula_error *err)
{
    struct terminal_place place = place_of(t);
    struct official official = {.label = STAFF, .secret = secret_of(t)};

    return terminal_open(&t->terminal, &place, &official, TERMINAL_WORK, err);
}

enum aula_code rehearse_terminal_make(struct rehearse_terminal *made,
                                      const struct rehearse_scene *scene,
                                      unsigned number, const char *folder,
                                      struct aula_error *err)
{
    struct keyslot_holder holder = {
        .label = STAFF,
        .label_size = strlen(STAFF),
        .cost = {.ops = KEYSLOT_OPS_MIN, .kib = KEYSLOT_KIB_MIN}};
    struct terminal_place place;
    char label[32];
    enum aula_code code = file_make_folder(folder, true, err);

    *made = (struct rehearse_terminal){
        .scene = scene,
        .number = number,
        .now = scene->election->kept->package.opens - DAY_S};
    if (code != AULA_OK) {
        return code;
    }
    (void)snprintf(made->folder, sizeof made->folder, "%s", folder);
    (void)snprintf(label, sizeof label, "Terminal %u", number);
    holder.secret = secret_of(made);
    place = place_of(made);
    code = setup_make(&place, label, &holder, err);
    return code != AULA_OK ? code : switch_on(made, err);
}

void rehearse_terminal_close(struct rehearse_terminal *terminal)
{
    terminal_close(terminal->terminal);
    terminal->terminal = NULL;
}

static enum aula_code install(struct rehearse_terminal *t,
                              struct aula_error *err)
{
    struct container_memory memory = t->scene->election->container;
    struct container_source source = container_memory_source(&memory);
    struct setup_parts parts = {
        .office_key = t->scene->election->desk->known.sign,
        .container = &source,
        .certificate = t->papers.certificate,
        .certificate_size = t->papers.certificate_size,
        .kit = t->papers.kit,
        .kit_size = KIT_BYTES};

    return setup_install(t->terminal, &parts, err);
}

/* A night is longer than the clock may jump without a word. */
static enum aula_code confirm_clock(struct rehearse_terminal *t,
                                    struct aula_error *err)
{
    struct terminal_status status;

    terminal_status(t->terminal, &status);
    return status.clock == TERMINAL_CLOCK_OK
               ? AULA_OK
               : terminal_confirm_clock(t->terminal, err);
}

static enum aula_code start_day(struct rehearse_terminal *t, size_t day,
                                struct aula_error *err)
{
    enum aula_code code = AULA_OK;

    t->now = t->scene->plan->days[day].from;
    if (day == 1) {
        rehearse_terminal_close(t);
        code = switch_on(t, err);
    }
    if (code == AULA_OK) {
        code = confirm_clock(t, err);
    }
    return code != AULA_OK ? code
                           : day_open(t->terminal, t->scene->digest, NULL, err);
}

static enum aula_code end_day(struct rehearse_terminal *t, size_t day,
                              struct aula_error *err)
{
    static const struct transfer increment = {.number = 0,
                                              .is_increment = true};
    struct transfer_done done = {.number = 0};
    enum aula_code code;

    t->now = t->scene->plan->days[day].to;
    code = day_close(t->terminal, NULL, err);
    if (code == AULA_OK) {
        t->now += MINUTE_S;
        code = transfer_export(t->terminal, &done, t->scene->stick, &increment,
                               err);
    }
    if (code == AULA_OK) {
        t->batches = done.number;
        t->last_seq = done.last_seq;
    }
    return code;
}

/* The ballots of a day; terminal and staff never hurry. */
static enum aula_code vote(struct rehearse_terminal *t, size_t day,
                           struct aula_error *err)
{
    const struct rehearse_scene *scene = t->scene;
    size_t share = rehearse_votes_share(scene->votes, scene->terminals,
                                        t->number - 1);
    size_t end = rehearse_plan_first(scene->plan, share, day + 1);
    enum aula_code code = AULA_OK;

    for (size_t k = rehearse_plan_first(scene->plan, share, day);
         k < end && code == AULA_OK; k++) {
        t->now = rehearse_plan_time(scene->plan, share, day, k);
        code = rehearse_ballot(t, k * scene->terminals + t->number - 1,
                               k % REHEARSE_CHALLENGE_ONE_IN == 0, err);
    }
    return code;
}

static enum aula_code run_day(struct rehearse_terminal *t, size_t day,
                              struct aula_error *err)
{
    struct rehearse_time start = rehearse_time_now();
    enum aula_code code = start_day(t, day, err);

    rehearse_time_lap(t, REHEARSE_DAYS, &start);
    if (code == AULA_OK) {
        code = vote(t, day, err);
    }
    if (code == AULA_OK && t->scene->has_visitors &&
        day + 1 == t->scene->plan->count) {
        t->now = t->scene->plan->days[day].to - 1;
        code = rehearse_visit(t, err);
    }
    start = rehearse_time_now();
    if (code == AULA_OK) {
        code = end_day(t, day, err);
    }
    rehearse_time_lap(t, REHEARSE_DAYS, &start);
    return code;
}

enum aula_code rehearse_terminal_run(struct rehearse_terminal *terminal,
                                     struct aula_error *err)
{
    struct rehearse_time start = rehearse_time_now();
    enum aula_code code = install(terminal, err);

    for (size_t day = 0; day < terminal->scene->plan->count && code == AULA_OK;
         day++) {
        code = run_day(terminal, day, err);
    }
    rehearse_time_lap(terminal, REHEARSE_ALL, &start);
    return code;
}
