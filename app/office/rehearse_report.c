/* SPDX-License-Identifier: Apache-2.0 */
/* See rehearse_report.h.
 *
 * Times are microseconds for each ballot cast, as one terminal spends them. The
 * primitives of a ballot are in `prepare`, but for its signature. `work` is all
 * that is not waiting, for the disk first of all.
 */
#include "rehearse_report.h"

#include <sodium.h>

#include "stopwatch.h"

enum { SECOND_US = 1000000 };

/* For each ballot that was cast. */
static struct rehearse_time time_of(const struct rehearse_run *run,
                                    enum rehearse_part part)
{
    struct rehearse_time sum = {0, 0};
    uint64_t count = run->scene.votes->count;

    for (unsigned i = 0; i < run->scene.terminals; i++) {
        sum.us += run->terminals[i].times[part].us;
        sum.work_us += run->terminals[i].times[part].work_us;
    }
    return (struct rehearse_time){sum.us / count, sum.work_us / count};
}

static void report_times(struct output *output, const struct rehearse_run *run)
{
    static const struct {
        const char *key;
        const char *label;
    } parts[REHEARSE_PARTS] = {
        [REHEARSE_CHECK_IN] = {"check_in", "check-in"},
        [REHEARSE_PREPARE] = {"prepare", "encrypt and prove"},
        [REHEARSE_RECORD] = {"record", "sign, record, witness"},
        [REHEARSE_LEAVE] = {"leave", "leave"},
        [REHEARSE_DAYS] = {"days", "days and exports"},
        [REHEARSE_ALL] = {"all", "all of it"}};
    json_t *rows = json_object();

    output_say(output, "Microseconds for a ballot, of them work:");
    for (size_t i = 0; i < REHEARSE_PARTS; i++) {
        struct rehearse_time time = time_of(run, (enum rehearse_part)i);

        output_say(output, "  %-22s %8llu %8llu", parts[i].label,
                   (unsigned long long)time.us,
                   (unsigned long long)time.work_us);
        if (rows != NULL &&
            json_object_set_new(rows, parts[i].key,
                                json_pack("{s:I, s:I}", "us",
                                          (json_int_t)time.us, "work_us",
                                          (json_int_t)time.work_us)) != 0) {
            json_decref(rows);
            rows = NULL;
        }
    }
    output_json(output, "per_ballot", rows);
}

static void report_memory(struct output *output, const struct rehearse_run *run)
{
    output_number(output, "memory_tenth_kib", "at a tenth, KiB",
                  run->tenth_kib);
    output_number(output, "memory_end_kib", "at the end, KiB", run->memory_kib);
    output_number(output, "memory_peak_kib", "highest (keys), KiB",
                  stopwatch_peak_kib());
}

static json_t *terminal_row(const struct rehearse_terminal *terminal)
{
    char tid[2 * TERMINAL_ID_BYTES + 1];

    (void)sodium_bin2hex(tid, sizeof tid, terminal->papers.tid,
                         TERMINAL_ID_BYTES);
    return json_pack("{s:i, s:s, s:I, s:I, s:I, s:i}", "terminal",
                     (int)terminal->number, "tid", tid, "cast",
                     (json_int_t)terminal->cast, "challenged",
                     (json_int_t)terminal->challenged, "last_seq",
                     (json_int_t)terminal->last_seq, "batches",
                     (int)terminal->batches);
}

static void report_terminals(struct output *output,
                             const struct rehearse_run *run)
{
    json_t *rows = json_array();

    for (unsigned i = 0; i < run->scene.terminals; i++) {
        const struct rehearse_terminal *terminal = &run->terminals[i];

        output_say(output,
                   "terminal %u: %llu cast, %llu opened, %u batches up to seq "
                   "%llu",
                   terminal->number, (unsigned long long)terminal->cast,
                   (unsigned long long)terminal->challenged, terminal->batches,
                   (unsigned long long)terminal->last_seq);
        if (rows != NULL &&
            json_array_append_new(rows, terminal_row(terminal)) != 0) {
            json_decref(rows);
            rows = NULL;
        }
    }
    output_json(output, "terminals", rows);
}

static void report_votes(struct output *output,
                         const struct rehearse_votes *votes)
{
    output_number(output, "ballots", "ballots cast", votes->count);
    output_number(output, "left_out", "left out", votes->refused);
    for (size_t i = 0; i < votes->refused && i < REHEARSE_LINES_MAX; i++) {
        output_say(output, "  line %u: its ballot does not keep the rules",
                   (unsigned)votes->refused_lines[i]);
    }
    if (votes->refused > REHEARSE_LINES_MAX) {
        output_say(output, "  and %zu more",
                   votes->refused - REHEARSE_LINES_MAX);
    }
    output_number(output, "seed", "seed", votes->seed);
}

static void report_visitors(struct output *output,
                            const struct rehearse_run *run)
{
    static const struct {
        const char *key;
        const char *label;
    } rows[REHEARSE_VISITS] = {
        [REHEARSE_AGAIN] = {"came_again", "came again elsewhere"},
        [REHEARSE_REFUSED] = {"refused_again", "came again, refused"},
        [REHEARSE_ELSEWHERE] = {"voted_elsewhere", "voted online, came"},
        [REHEARSE_AWAY] = {"walked_away", "walked away"}};

    for (size_t row = 0; row < REHEARSE_VISITS; row++) {
        uint64_t sum = 0;

        for (unsigned i = 0; i < run->scene.terminals; i++) {
            sum += run->terminals[i].visits[row];
        }
        output_number(output, rows[row].key, rows[row].label, sum);
    }
}

static void report_places(struct output *output, const char *out, bool is_own)
{
    output_text(output, "folder", "folder", out);
    output_say(output,
               "The batches are in %s/stick, the codes of all ballots in\n"
               "%s/ledger.txt. %s/passphrase.txt opens every key here: "
               "nothing\n"
               "of a rehearsal is secret.",
               out, out, out);
    if (!is_own) {
        output_say(output,
                   "The office has certified these terminals; its register is "
                   "its own\nto publish: aula office register");
    }
}

void rehearse_report(struct output *output, const struct rehearse_run *run,
                     const char *out, bool is_own)
{
    const struct package *package = &run->scene.election->kept->package;
    uint64_t us = run->us > 0 ? run->us : 1;

    output_hex(output, "election", "election", package->hash, PACKAGE_ID_BYTES);
    report_votes(output, run->scene.votes);
    if (run->scene.has_visitors) {
        report_visitors(output, run);
    }
    output_number(output, "days", "days", run->scene.plan->count);
    report_terminals(output, run);
    output_number(output, "ballots_per_second", "ballots a second",
                  run->scene.votes->count * SECOND_US / us);
    report_times(output, run);
    report_memory(output, run);
    report_places(output, out, is_own);
}
