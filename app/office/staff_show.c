/* SPDX-License-Identifier: Apache-2.0 */
/* See staff_show.h. */
#include "staff_show.h"

#include <stdio.h>

static const char *type_name(enum plaintext_type type)
{
    switch (type) {
    case PLAINTEXT_APPROVAL:
        return "approval";
    case PLAINTEXT_KNAPSACK:
        return "knapsack";
    case PLAINTEXT_POINTS:
        return "points";
    case PLAINTEXT_RANKING:
        return "ranking";
    }
    return "";
}

void staff_show_terminal(const struct staff *staff)
{
    struct output *out = staff->call->output;
    const struct terminal_status *status = &staff->status;

    output_text_sized(out, "label", "label", status->label.text,
                      status->label.size);
    output_hex(out, "tid", "terminal", status->tid, sizeof status->tid);
}

void staff_show_ended(const struct staff *staff)
{
    struct output *out = staff->call->output;
    const char *name = aula_code_name(staff->status.ended);

    if (staff->status.ended == AULA_OK) {
        output_json(out, "ended", json_null());
    } else {
        output_text(out, "ended", "chain ended", name);
    }
}

void staff_show_code(const struct staff *staff, const char *key,
                     const char *label, const uint8_t hash[static HASH_BYTES])
{
    char text[CODE_TEXT_BYTES];

    code_write(text, hash);
    output_text(staff->call->output, key, label, text);
}

void staff_name_contest(char name[static STAFF_CONTEST_BYTES],
                        const struct staff *staff, uint16_t contest)
{
    const struct package *package = staff->status.package;
    const struct package_text *text = &package->contests[contest].name;

    (void)snprintf(name, STAFF_CONTEST_BYTES, "contest %u (%.*s)", contest,
                   (int)text->size, text->text);
}

static json_t *contest_json(const struct staff *staff, uint16_t number)
{
    const struct package_contest *contest =
        &staff->status.package->contests[number];

    return json_pack("{s:i, s:s%, s:s, s:i, s:b}", "contest", number, "name",
                     contest->name.text, contest->name.size, "type",
                     type_name(contest->rule.type), "proposals",
                     contest->rule.n, "offered",
                     certificate_offers(staff->status.certificate, number));
}

static void show_contests(const struct staff *staff)
{
    struct output *out = staff->call->output;
    json_t *list = json_array();
    bool is_whole = list != NULL;

    for (uint16_t i = 0; i < staff->status.package->contest_count; i++) {
        const struct package_contest *contest =
            &staff->status.package->contests[i];

        if (output_is_json(out)) {
            is_whole = is_whole &&
                       json_array_append_new(list, contest_json(staff, i)) == 0;
        } else if (certificate_offers(staff->status.certificate, i)) {
            output_say(out, "  contest %u: %.*s (%s, %u proposals)", i,
                       (int)contest->name.size, contest->name.text,
                       type_name(contest->rule.type), contest->rule.n);
        }
    }
    if (!is_whole) {
        json_decref(list);
        list = NULL;
    }
    output_json(out, "contests", list);
}

void staff_show_setup(const struct staff *staff)
{
    struct output *out = staff->call->output;
    const struct terminal_status *status = &staff->status;
    const struct package *package = status->package;

    if (package == NULL) {
        return;
    }
    output_text_sized(out, "title", "election", package->title.text,
                      package->title.size);
    output_text(out, "mode", "mode",
                package->mode == PACKAGE_REHEARSAL
                    ? output_is_json(out) ? "rehearsal"
                                          : "REHEARSAL: these votes do not "
                                            "count"
                    : "official");
    output_hex(out, "election", "election id", package->hash, PACKAGE_ID_BYTES);
    staff_show_code(staff, "package_code", "code of the package",
                    package->hash);
    show_contests(staff);
    output_number(out, "kit", "kit", status->kit.number);
    output_flag(out, "guests", "guests may vote", status->kit.has_guests);
    if (status->roll_number == 0 && !output_is_json(out)) {
        output_text(out, "", "voter roll", "none");
        return;
    }
    output_number(out, "roll", "voter roll", status->roll_number);
    output_number(out, "roll_rows", "rows of the roll", status->roll_count);
}

void staff_show_ballot(struct staff *staff, const struct session_ballot *ballot)
{
    struct output *out = staff->call->output;
    char name[STAFF_CONTEST_BYTES];

    output_text(out, "code", "ballot code", ballot->code);
    output_json(out, "qr", json_string(ballot->qr));
    output_number(out, "seq", "number", ballot->seq);
    staff_put_moment(staff, "time", "date and time", ballot->time);
    staff_name_contest(name, staff, ballot->contest);
    output_say(out, "%s", name);
    output_json(out, "contest", json_integer(ballot->contest));
}

void staff_show_counts(const struct staff *staff,
                       const struct record_counts *counts)
{
    struct output *out = staff->call->output;

    output_number(out, "cast", "ballots cast", counts->cast);
    output_number(out, "challenged", "ballots opened", counts->challenged);
    output_number(out, "issued", "residents", counts->issued);
    output_number(out, "unfinished", "without a ballot", counts->unfinished);
}
