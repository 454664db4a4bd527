/* SPDX-License-Identifier: Apache-2.0 */
/* See close_report.h. Labels and names come from signed files: they are checked
 * to be plain text without control characters. */
#include "close_report.h"

#include <sodium.h>
#include <string.h>

#include "code.h"
#include "verify_words.h"

enum { TID_TEXT = 2 * TERMINAL_ID_BYTES + 1, CODES_MAX = 32 };

static void append(json_t *list, json_t *value)
{
    (void)json_array_append_new(list, value);
}

/* The label of a terminal, or that there is none. */
static struct package_text label_of(const struct close *close,
                                    const uint8_t *tid)
{
    const struct certificate *one =
        tid == NULL
            ? NULL
            : import_certificates_find(&close->status.certificates, tid);

    return one != NULL ? one->label : (struct package_text){"", 0};
}

static json_t *tid_of(char text[static TID_TEXT], const uint8_t *tid)
{
    text[0] = '\0';
    if (tid == NULL) {
        return json_null();
    }
    (void)sodium_bin2hex(text, TID_TEXT, tid, TERMINAL_ID_BYTES);
    return json_string(text);
}

static void put_findings(struct output *output, const struct close *close)
{
    const struct counting_outcome *outcome = close->status.outcome;
    json_t *list = json_array();

    for (size_t i = 0; i < outcome->finding_count; i++) {
        const struct counting_finding *one = &outcome->findings[i];
        const char *name = counting_finding_text(one->name);
        struct package_text label = label_of(close, one->tid);
        char tid[TID_TEXT];

        append(list,
               json_pack("{s:s, s:o, s:I, s:I, s:b}", "name", name, "tid",
                         tid_of(tid, one->tid), "first", (json_int_t)one->first,
                         "last", (json_int_t)one->last, "open", one->is_open));
        output_say(output, "%s %s at %llu..%llu%s: %.*s\n    %s", name, tid,
                   (unsigned long long)one->first,
                   (unsigned long long)one->last,
                   one->is_open ? ", OPEN" : ", explained or harmless",
                   (int)label.size, label.text,
                   verify_finding_words(one->name));
    }
    output_json(output, "findings", list);
    output_number(output, "open", "open findings", outcome->open_count);
}

/* One line for each reason. */
static void put_exclusions(struct output *output, const struct close *close)
{
    const struct counting_outcome *outcome = close->status.outcome;
    struct {
        enum aula_code error;
        uint64_t count;
    } sums[CODES_MAX];
    size_t sum_count = 0;
    json_t *list = json_array();

    for (size_t i = 0; i < outcome->exclusion_count; i++) {
        enum aula_code error = outcome->exclusions[i].error;
        size_t at = 0;

        while (at < sum_count && sums[at].error != error) {
            at++;
        }
        if (at == sum_count && sum_count < CODES_MAX) {
            sums[sum_count].error = error;
            sums[sum_count++].count = 0;
        }
        sums[at < CODES_MAX ? at : CODES_MAX - 1].count++;
    }
    for (size_t i = 0; i < sum_count; i++) {
        const char *name = aula_code_name(sums[i].error);

        append(list, json_pack("{s:s, s:I}", "error", name, "count",
                               (json_int_t)sums[i].count));
        output_say(output, "not counted, %s: %llu\n    %s", name,
                   (unsigned long long)sums[i].count,
                   verify_exclusion_words(sums[i].error));
    }
    output_json(output, "exclusions", list);
    output_number(output, "excluded", "records that are not counted",
                  outcome->exclusion_count);
}

static void put_warnings(struct output *output, const struct close *close)
{
    const struct counting_outcome *outcome = close->status.outcome;
    json_t *list = json_array();

    for (size_t i = 0; i < outcome->warning_count; i++) {
        const struct counting_warning *one = &outcome->warnings[i];
        const char *name = counting_warning_text(one->name);
        struct package_text label = label_of(close, one->tid);
        char tid[TID_TEXT];
        json_t *contest = one->contest == COUNTING_NO_CONTEST
                              ? json_null()
                              : json_integer(one->contest);

        append(list,
               json_pack("{s:s, s:o, s:o, s:I, s:I}", "name", name, "contest",
                         contest, "tid", tid_of(tid, one->tid), "count",
                         (json_int_t)one->count, "of", (json_int_t)one->of));
        if (one->contest != COUNTING_NO_CONTEST) {
            label = close->election->package.contests[one->contest].name;
        }
        output_say(output, "WARNING %s, %llu of %llu: %s%s%.*s\n    %s", name,
                   (unsigned long long)one->count, (unsigned long long)one->of,
                   tid, tid[0] == '\0' ? "" : " ", (int)label.size, label.text,
                   verify_warning_words(one->name));
    }
    output_json(output, "warnings", list);
}

static void put_contests(struct output *output, const struct close *close)
{
    const struct counting_outcome *outcome = close->status.outcome;
    json_t *list = json_array();

    for (size_t i = 0; i < outcome->contest_count; i++) {
        const struct counting_contest *one = &outcome->contests[i];
        const struct package_text *name =
            &close->election->package.contests[i].name;
        const char *status = counting_status_text(one->status);

        append(list, json_pack("{s:I, s:s, s:I, s:I, s:I, s:I}", "contest",
                               (json_int_t)i, "status", status, "cast",
                               (json_int_t)one->cast, "excluded",
                               (json_int_t)one->excluded, "voted_elsewhere",
                               (json_int_t)one->voted_elsewhere, "counted",
                               (json_int_t)one->counted));
        output_say(output, "contest %zu, %.*s: %zu of %llu ballots count, %s",
                   i, (int)name->size, name->text, one->counted,
                   (unsigned long long)one->cast, status);
    }
    output_json(output, "contests", list);
}

void close_report_counted(struct output *output, const struct close *close)
{
    output_number(output, "records", "records",
                  close->status.outcome->record_count);
    output_number(output, "quarantined", "of them kept apart",
                  close->status.counts.quarantined);
    put_findings(output, close);
    put_exclusions(output, close);
    put_warnings(output, close);
    put_contests(output, close);
}

/* A hash and its code, as it is printed in a newspaper. */
static void put_hash(struct output *output, const char *key,
                     const char *code_key, const char *label,
                     const uint8_t *hash)
{
    char code[CODE_TEXT_BYTES];

    code_write(code, hash);
    output_hex(output, key, label, hash, HASH_BYTES);
    output_text(output, code_key, "  its code", code);
}

void close_report_hashes(struct output *output, const struct close *close)
{
    const struct closing *closing = &close->closing;
    uint8_t hash[HASH_BYTES];

    put_hash(output, "register", "register_code", "register.bin",
             closing->first_register);
    if (close->status.registers.bytes[1] != NULL) {
        put_hash(output, "register_late", "register_late_code",
                 "register-late.bin", closing->late_register);
    }
    if (close->status.ruled.elsewhere_bytes != NULL) {
        put_hash(output, "elsewhere", "elsewhere_code", "elsewhere.bin",
                 closing->elsewhere);
    }
    closing_hash(hash, close->bytes, close->size);
    put_hash(output, "closing", "closing_code", "closing.bin", hash);
    output_number(output, "time", "closed at, unix s", closing->time);
}
