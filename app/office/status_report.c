/* SPDX-License-Identifier: Apache-2.0 */
/* See status_report.h. Labels and names come from signed files: they are
 * checked to be plain text without control characters. */
#include "status_report.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "moment.h"

enum { DAY_S = 86400, DATE_CHARACTERS = 10, LINE_BYTES = 256 };

/* ---- pieces */

static json_t *hex_of(const uint8_t *bytes, size_t size)
{
    char text[2 * HASH_BYTES + 1];

    (void)sodium_bin2hex(text, sizeof text, bytes, size);
    return json_string(text);
}

static void write_date(char text[static MOMENT_BYTES], uint64_t date)
{
    moment_write(text, date * DAY_S, 0);
    if (text[4] == '-') {
        text[DATE_CHARACTERS] = '\0';
    }
}

static struct package_text label_of(const struct status *status,
                                    const uint8_t *tid)
{
    const struct certificate *certificate =
        import_certificates_find(&status->certificates, tid);

    return certificate != NULL ? certificate->label
                               : (struct package_text){"not certified", 13};
}

static bool is_of(const struct counting_finding *finding, const uint8_t *tid)
{
    return memcmp(finding->tid, tid, TERMINAL_ID_BYTES) == 0;
}

static const char *register_of(const struct counting_terminal *terminal)
{
    return !terminal->is_registered ? "none"
           : terminal->is_late      ? "late"
                                    : "first";
}

/* ---- a terminal, in lines */

static void say_days(struct output *output,
                     const struct status_terminal *terminal)
{
    for (size_t i = 0; i < terminal->day_count; i++) {
        const struct status_day *day = &terminal->days[i];
        char date[MOMENT_BYTES];

        write_date(date, day->date);
        output_say(output, "  %s: %llu cast, %llu opened%s", date,
                   (unsigned long long)day->cast,
                   (unsigned long long)day->challenged,
                   day->is_closed ? "" : "; NOT CLOSED");
    }
}

static void say_batches(struct output *output,
                        const struct status_terminal *terminal)
{
    char line[LINE_BYTES] = "";
    size_t size = 0;

    for (size_t i = 0; i < terminal->missing_count && i < STATUS_SHOWN_MAX;
         i++) {
        size += (size_t)snprintf(line + size, sizeof line - size, " %u",
                                 (unsigned)terminal->missing[i]);
    }
    if (terminal->missing_count > 0) {
        output_say(output, "  batches that did not come:%s%s", line,
                   terminal->missing_count > STATUS_SHOWN_MAX ? " .." : "");
    }
    if (terminal->has_twins) {
        output_say(output, "  two different batches have one number");
    }
}

static void say_findings(struct output *output, const struct status *status,
                         const uint8_t *tid)
{
    for (size_t i = 0; i < status->outcome->finding_count; i++) {
        const struct counting_finding *finding = &status->outcome->findings[i];
        const char *name = counting_finding_text(finding->name);
        const char *open = finding->is_open ? ", open" : "";

        if (!is_of(finding, tid)) {
            continue;
        }
        if (finding->first == finding->last) {
            output_say(output, "  %s at record %llu%s", name,
                       (unsigned long long)finding->first, open);
        } else {
            output_say(output, "  %s at records %llu to %llu%s", name,
                       (unsigned long long)finding->first,
                       (unsigned long long)finding->last, open);
        }
    }
}

static void say_terminal(struct output *output, const struct status *status,
                         const struct counting_terminal *counted,
                         const struct status_terminal *terminal)
{
    struct package_text label = label_of(status, counted->tid);
    const char *where = !counted->is_registered ? " (in no register)"
                        : counted->is_late      ? " (late register)"
                                                : "";

    if (terminal == NULL) {
        output_say(output, "%.*s%s: NOTHING CAME", (int)label.size, label.text,
                   where);
        return;
    }
    output_say(output,
               "%.*s%s: %llu records in %llu batches; %llu cast, %llu opened",
               (int)label.size, label.text, where,
               (unsigned long long)terminal->records,
               (unsigned long long)terminal->batches,
               (unsigned long long)counted->cast,
               (unsigned long long)counted->challenged);
    say_days(output, terminal);
    say_batches(output, terminal);
    say_findings(output, status, counted->tid);
    if (terminal->quarantined > 0) {
        output_say(output, "  %llu quarantined",
                   (unsigned long long)terminal->quarantined);
    }
}

/* ---- a terminal, as an object */

static json_t *days_of(const struct status_terminal *terminal)
{
    json_t *list = json_array();

    for (size_t i = 0; terminal != NULL && i < terminal->day_count; i++) {
        const struct status_day *day = &terminal->days[i];
        char date[MOMENT_BYTES];

        write_date(date, day->date);
        (void)json_array_append_new(list, json_pack("{s:s, s:I, s:I, s:b}",
                                                    "date", date, "cast",
                                                    (json_int_t)day->cast,
                                                    "challenged",
                                                    (json_int_t)day->challenged,
                                                    "closed", day->is_closed));
    }
    return list;
}

static json_t *missing_of(const struct status_terminal *terminal)
{
    json_t *list = json_array();

    for (size_t i = 0; terminal != NULL && i < terminal->missing_count &&
                       i < STATUS_SHOWN_MAX;
         i++) {
        (void)json_array_append_new(list, json_integer(terminal->missing[i]));
    }
    return list;
}

static json_t *findings_of(const struct status *status, const uint8_t *tid)
{
    json_t *list = json_array();

    for (size_t i = 0; i < status->outcome->finding_count; i++) {
        const struct counting_finding *finding = &status->outcome->findings[i];

        if (is_of(finding, tid)) {
            (void)json_array_append_new(
                list,
                json_pack("{s:s, s:I, s:I, s:b}", "name",
                          counting_finding_text(finding->name), "first",
                          (json_int_t)finding->first, "last",
                          (json_int_t)finding->last, "open", finding->is_open));
        }
    }
    return list;
}

static json_t *object_of(const struct status *status,
                         const struct counting_terminal *counted,
                         const struct status_terminal *terminal)
{
    static const struct status_terminal nothing = {.records = 0};
    struct package_text label = label_of(status, counted->tid);
    const struct status_terminal *shown = terminal != NULL ? terminal
                                                           : &nothing;

    return json_pack(
        "{s:o, s:s%, s:s, s:b, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:b, s:I, "
        "s:o, s:o}",
        "tid", hex_of(counted->tid, TERMINAL_ID_BYTES), "terminal", label.text,
        label.size, "register", register_of(counted), "received",
        terminal != NULL, "records", (json_int_t)shown->records, "quarantined",
        (json_int_t)shown->quarantined, "cast", (json_int_t)counted->cast,
        "challenged", (json_int_t)counted->challenged, "batches",
        (json_int_t)shown->batches, "last_batch", (json_int_t)shown->last_batch,
        "missing_batches", missing_of(terminal), "twins", shown->has_twins,
        "imported", (json_int_t)shown->imported, "days", days_of(terminal),
        "findings", findings_of(status, counted->tid));
}

void status_report_terminals(struct output *output, const struct status *status)
{
    const struct counting_outcome *outcome = status->outcome;
    json_t *list = json_array();
    uint64_t silent = 0;

    for (size_t i = 0; i < outcome->terminal_count; i++) {
        const struct counting_terminal *counted = &outcome->terminals[i];
        const struct status_terminal *terminal = status_find(status,
                                                             counted->tid);

        silent += terminal == NULL;
        say_terminal(output, status, counted, terminal);
        (void)json_array_append_new(list, object_of(status, counted, terminal));
    }
    output_json(output, "terminals", list);
    output_number(output, "silent", "terminals without any", silent);
    output_number(output, "open", "open findings", outcome->open_count);
}

/* ---- contests */

static void say_small(struct output *output, const struct status *status,
                      size_t which, uint64_t count)
{
    const struct package *package = &status->election->package;
    const struct package_text *name = &package->contests[which].name;

    output_say(output,
               "WARNING: contest %zu, \"%.*s\": %llu ballots so far. With "
               "fewer than %u it is\n"
               "never opened; from %u on this warning ends. After the closing "
               "nothing helps.",
               which + 1, (int)name->size, name->text,
               (unsigned long long)count, (unsigned)package->min_anon,
               3 * (unsigned)package->min_anon);
}

void status_report_contests(struct output *output, const struct status *status)
{
    const struct counting_outcome *outcome = status->outcome;
    json_t *list = json_array();

    for (size_t i = 0; i < outcome->contest_count; i++) {
        const struct counting_contest *contest = &outcome->contests[i];
        bool small = false;

        for (size_t w = 0; w < outcome->warning_count; w++) {
            const struct counting_warning *warning = &outcome->warnings[w];

            if (warning->name == COUNTING_SMALL_CONTEST &&
                warning->contest == (int)i) {
                small = true;
                if (status->counts.records > 0) {
                    say_small(output, status, i, warning->count);
                }
            }
        }
        (void)json_array_append_new(
            list, json_pack("{s:I, s:s, s:I, s:I, s:I, s:b}", "contest",
                            (json_int_t)i, "status",
                            counting_status_text(contest->status), "cast",
                            (json_int_t)contest->cast, "excluded",
                            (json_int_t)contest->excluded, "counted",
                            (json_int_t)contest->counted, "small", small));
    }
    output_json(output, "contests", list);
}

/* ---- the archive */

void status_report_archive(struct output *output, const struct status *status)
{
    json_t *list = json_array();

    for (size_t i = 0; i < status->shown_count; i++) {
        const char *name = aula_code_name(status->shown[i].error);
        char hash[2 * HASH_BYTES + 1];

        (void)sodium_bin2hex(hash, sizeof hash, status->shown[i].hash,
                             HASH_BYTES);
        output_say(output, "quarantined: %s %s", hash, name);
        (void)json_array_append_new(list, json_pack("{s:s, s:s}", "rh", hash,
                                                    "error", name));
    }
    output_json(output, "errors", list);
    output_number(output, "records", "records", status->counts.records);
    output_number(output, "quarantined", "of them quarantined",
                  status->counts.quarantined);
    output_number(output, "batches", "batches", status->counts.batches);
}
