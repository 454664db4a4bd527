/* SPDX-License-Identifier: Apache-2.0 */
/* See import_report.h. Labels come from certificates: they are checked to be
 * plain text without control characters. */
#include "import_report.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "blame.h"
#include "bytes.h"

struct import_results import_results_start(struct call *call)
{
    return (struct import_results){.call = call, .files = json_array()};
}

void import_results_close(struct import_results *results)
{
    json_decref(results->files);
    results->files = NULL;
}

/* ---- lines */

static void put_refusal(const struct import_results *results, const char *path,
                        const struct import_report *report)
{
    struct aula_error err = {.code = report->refused};

    memcpy(err.message, report->reason, sizeof err.message);
    if (path != NULL) {
        blame_file(&err, report->refused, path);
    }
    (void)fprintf(results->call->notes, "aula: %s\n", err.message);
}

/* ", 3 forked", where there are any. */
static size_t put_count(char *text, size_t room, uint64_t count,
                        const char *what)
{
    return count == 0 ? 0
                      : (size_t)snprintf(text, room, ", %llu %s",
                                         (unsigned long long)count, what);
}

enum { COUNTS_BYTES = 256 };

static void write_counts(char text[static COUNTS_BYTES],
                         const struct import_report *report)
{
    size_t size = (size_t)snprintf(text, COUNTS_BYTES,
                                   "%llu new, %llu already held",
                                   (unsigned long long)report->fresh,
                                   (unsigned long long)report->held);

    size += put_count(text + size, COUNTS_BYTES - size, report->forked,
                      "forked");
    size += put_count(text + size, COUNTS_BYTES - size, report->quarantined,
                      "quarantined");
    (void)put_count(text + size, COUNTS_BYTES - size, report->left_out,
                    "left out by a ruling");
}

static size_t shown_count(const struct import_report *report)
{
    return report->quarantined < IMPORT_SHOWN_MAX ? (size_t)report->quarantined
                                                  : IMPORT_SHOWN_MAX;
}

static void put_line(const struct import_results *results, const char *path,
                     const struct import_report *report)
{
    struct output *output = results->call->output;
    char counts[COUNTS_BYTES];
    char hash[2 * HASH_BYTES + 1];

    write_counts(counts, report);
    if (report->is_archive) {
        output_say(output, "%s: an archive: %s", path, counts);
    } else {
        output_say(output, "%s, batch %u: %s%s", report->label,
                   (unsigned)report->number, counts,
                   report->has_twin ? "; another batch has this number" : "");
    }
    for (size_t i = 0; i < shown_count(report); i++) {
        (void)sodium_bin2hex(hash, sizeof hash, report->shown[i].hash,
                             HASH_BYTES);
        output_say(output, "  quarantined: %s %s", hash,
                   aula_code_name(report->shown[i].error));
    }
    if (report->quarantined > IMPORT_SHOWN_MAX) {
        output_say(output, "  and more: see `aula office status`");
    }
    output_show(output);
}

/* ---- the object */

static json_t *hex_of(const uint8_t *bytes, size_t size)
{
    char text[2 * HASH_BYTES + 1];

    (void)sodium_bin2hex(text, sizeof text, bytes, size);
    return json_string(text);
}

static json_t *errors_of(const struct import_report *report)
{
    json_t *list = json_array();

    for (size_t i = 0; i < shown_count(report); i++) {
        (void)json_array_append_new(
            list, json_pack("{s:o, s:s}", "rh",
                            hex_of(report->shown[i].hash, HASH_BYTES), "error",
                            aula_code_name(report->shown[i].error)));
    }
    return list;
}

static json_t *object_of(const char *path, const struct import_report *report)
{
    bool is_refused = report->refused != AULA_OK;
    bool is_text = path != NULL &&
                   bytes_are_text((const uint8_t *)path, strlen(path));

    return json_pack(
        "{s:s?, s:s?, s:s?, s:b, s:o?, s:s?, s:I, s:b, s:I, s:I, s:I, s:I, "
        "s:I, s:o}",
        "path", is_text ? path : NULL, "refused",
        is_refused ? aula_code_name(report->refused) : NULL, "message",
        is_refused ? report->reason : NULL, "archive", report->is_archive,
        "tid", report->is_known ? hex_of(report->tid, TERMINAL_ID_BYTES) : NULL,
        "terminal", report->is_known ? report->label : NULL, "number",
        (json_int_t)report->number, "twin", report->has_twin, "new",
        (json_int_t)report->fresh, "held", (json_int_t)report->held, "forked",
        (json_int_t)report->forked, "quarantined",
        (json_int_t)report->quarantined, "left_out",
        (json_int_t)report->left_out, "errors", errors_of(report));
}

/* ---- both */

static void add_up(struct import_report *sum, const struct import_report *more)
{
    sum->fresh += more->fresh;
    sum->held += more->held;
    sum->forked += more->forked;
    sum->quarantined += more->quarantined;
    sum->left_out += more->left_out;
}

void import_results_add(struct import_results *results, const char *path,
                        const struct import_report *report)
{
    if (report->refused != AULA_OK) {
        results->refused++;
        results->call->status = EXIT_REFUSED;
        put_refusal(results, path, report);
    } else {
        results->imported++;
        add_up(&results->sum, report);
        put_line(results, path, report);
    }
    if (json_array_append_new(results->files, object_of(path, report)) != 0) {
        json_decref(results->files);
        results->files = NULL;
    }
}

void import_results_end(struct import_results *results)
{
    struct output *output = results->call->output;

    output_json(output, "files", json_incref(results->files));
    output_number(output, "imported", "files imported", results->imported);
    output_number(output, "refused", "files refused", results->refused);
    output_number(output, "new", "new records", results->sum.fresh);
    output_number(output, "held", "already held", results->sum.held);
    output_number(output, "forked", "forked", results->sum.forked);
    output_number(output, "quarantined", "quarantined",
                  results->sum.quarantined);
    output_number(output, "left_out", "left out by a ruling",
                  results->sum.left_out);
    if (results->refused > 0) {
        output_say(output, "What was refused changed nothing.");
    }
}
