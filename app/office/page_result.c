/* SPDX-License-Identifier: Apache-2.0 */
/* result.json: everything that the report says, for programs, on one line. Its
 * members keep their order; a later version only adds to them. */
#include "page_json.h"
#include "page_names.h"

static void put_date(struct page_json *json, const char *key, int32_t day)
{
    char date[11];

    election_write_date(date, day);
    page_json_name(json, key, date);
}

static void put_head(struct page_json *json, const struct page_facts *facts)
{
    page_json_name(json, "format", "aula-result-1");
    page_json_name(json, "mode", page_mode_name(facts->mode));
    page_json_hex(json, "election", facts->package_hash, PACKAGE_ID_BYTES);
    page_json_both(json, "title", &facts->title);
    page_json_both(json, "place", &facts->place);
    page_json_text(json, "currency", facts->currency);
    put_date(json, "first_day", facts->first_day);
    put_date(json, "last_day", facts->last_day);
    page_json_hex(json, "package", facts->package_hash, HASH_BYTES);
    page_json_hex(json, "closing", facts->closing_hash, HASH_BYTES);
    page_json_number(json, "closing_time", facts->closing_time);
    page_json_hex(json, "register", facts->register_hash, HASH_BYTES);
    if (facts->has_elsewhere) {
        page_json_hex(json, "elsewhere", facts->elsewhere_hash, HASH_BYTES);
    } else {
        page_json_null(json, "elsewhere");
    }
    page_json_number(json, "voted_elsewhere", facts->elsewhere_count);
    page_json_number(json, "records", facts->record_count);
    page_json_number(json, "quarantined", facts->quarantined);
}

static void put_council(struct page_json *json,
                        const struct page_proposal *proposal)
{
    page_json_key(json, "council");
    if (proposal->advice == PAGE_NO_ADVICE) {
        page_json_add_null(json);
        return;
    }
    page_json_open(json, "{");
    page_json_name(json, "decision", page_advice_name(proposal->advice));
    page_json_both(json, "reason", &proposal->advice_reason);
    page_json_close(json, "}");
}

static void put_proposal(struct page_json *json,
                         const struct page_contest *contest,
                         const struct page_proposal *proposal)
{
    page_json_open(json, "{");
    page_json_text(json, "id", proposal->id);
    page_json_number(json, "number", proposal->number);
    page_json_both(json, "title", &proposal->title);
    page_json_number(json, "cost", proposal->cost);
    page_json_number(json, "votes", proposal->votes);
    if (contest->is_by_points) {
        page_json_number(json, "points", proposal->points);
    }
    page_json_name(json, "outcome", page_outcome_name(proposal->outcome));
    page_json_number(json, "outcome_number", proposal->outcome_number);
    put_council(json, proposal);
    page_json_close(json, "}");
}

static void put_tie(struct page_json *json, const struct page_contest *contest,
                    const struct page_tie *tie)
{
    page_json_open(json, "[");
    for (size_t i = 0; i < tie->count; i++) {
        page_json_add_number(json,
                             contest->proposals[tie->proposals[i]].number);
    }
    page_json_close(json, "]");
}

static void put_ballots(struct page_json *json,
                        const struct page_contest *contest)
{
    page_json_name(json, "status", page_status_name(contest->status));
    page_json_number(json, "cast", contest->cast);
    page_json_key(json, "excluded");
    page_json_open(json, "{");
    for (int i = 0; i < PAGE_EXCLUSIONS; i++) {
        page_json_number(json, page_exclusion_name((enum page_exclusion)i),
                         contest->excluded[i]);
    }
    page_json_close(json, "}");
    page_json_number(json, "counted", contest->counted);
    page_json_number(json, "valid", contest->valid);
    page_json_number(json, "blank", contest->blank);
}

static void put_contest(struct page_json *json,
                        const struct page_contest *contest)
{
    page_json_open(json, "{");
    page_json_text(json, "id", contest->id);
    page_json_both(json, "name", &contest->name);
    page_json_both(json, "district", &contest->district);
    page_json_name(json, "type", page_type_name(contest->type));
    page_json_number(json, "limit", contest->limit);
    page_json_number(json, "cap", contest->cap);
    page_json_name(json, "rule", contest->rule);
    page_json_name(json, "ties", page_ties_name(contest->ties_by));
    page_json_number(json, "minimum_votes", contest->minimum_votes);
    page_json_number(json, "budget", contest->budget);
    page_json_number(json, "spent", contest->spent);
    put_ballots(json, contest);
    page_json_key(json, "proposals");
    page_json_open(json, "[");
    for (size_t i = 0; i < contest->proposal_count; i++) {
        put_proposal(json, contest, &contest->proposals[i]);
    }
    page_json_close(json, "]");
    page_json_key(json, "ties_met");
    page_json_open(json, "[");
    for (size_t i = 0; i < contest->tie_count; i++) {
        put_tie(json, contest, &contest->ties[i]);
    }
    page_json_close(json, "]");
    page_json_close(json, "}");
}

static void put_contests(struct page_json *json, const struct page_facts *facts)
{
    page_json_key(json, "contests");
    page_json_open(json, "[");
    for (size_t i = 0; i < facts->contest_count; i++) {
        put_contest(json, &facts->contests[i]);
    }
    page_json_close(json, "]");
}

static void put_tid(struct page_json *json, const struct page_facts *facts,
                    size_t terminal)
{
    page_json_hex(json, "tid", facts->terminals[terminal].tid,
                  TERMINAL_ID_BYTES);
}

static void put_findings(struct page_json *json, const struct page_facts *facts)
{
    page_json_key(json, "findings");
    page_json_open(json, "[");
    for (size_t i = 0; i < facts->finding_count; i++) {
        const struct page_finding *finding = &facts->findings[i];

        page_json_open(json, "{");
        page_json_name(json, "name", page_finding_name(finding->name));
        put_tid(json, facts, finding->terminal);
        page_json_number(json, "first", finding->first);
        page_json_number(json, "last", finding->last);
        page_json_flag(json, "open", finding->is_open);
        page_json_close(json, "}");
    }
    page_json_close(json, "]");
}

static void put_rulings(struct page_json *json, const struct page_facts *facts)
{
    page_json_key(json, "rulings");
    page_json_open(json, "[");
    for (size_t i = 0; i < facts->ruling_count; i++) {
        const struct page_ruling *ruling = &facts->rulings[i];

        page_json_open(json, "{");
        page_json_name(json, "type", page_ruling_name(ruling->type));
        put_tid(json, facts, ruling->terminal);
        page_json_number(json, "seq", ruling->seq);
        page_json_text(json, "reason", ruling->reason);
        page_json_close(json, "}");
    }
    page_json_close(json, "]");
}

static void put_trustees(struct page_json *json, const struct page_facts *facts)
{
    page_json_number(json, "threshold", facts->threshold);
    page_json_key(json, "trustees");
    page_json_open(json, "[");
    for (size_t i = 0; i < facts->trustee_count; i++) {
        const struct page_trustee *trustee = &facts->trustees[i];

        page_json_open(json, "{");
        page_json_text(json, "name", trustee->name);
        page_json_hex(json, "key", trustee->key, sizeof trustee->key);
        page_json_flag(json, "approved", trustee->has_approved);
        page_json_flag(json, "mixed", trustee->has_mixed);
        page_json_flag(json, "decrypted", trustee->has_decrypted);
        page_json_close(json, "}");
    }
    page_json_close(json, "]");
}

enum aula_code page_write_result(const struct pabulib_sink *sink,
                                 const struct page_facts *facts,
                                 struct aula_error *err)
{
    struct page_out out;
    struct page_json json = {.out = &out};

    page_begin(&out, sink, err);
    page_json_open(&json, "{");
    put_head(&json, facts);
    put_contests(&json, facts);
    put_findings(&json, facts);
    put_rulings(&json, facts);
    put_trustees(&json, facts);
    page_json_close(&json, "}");
    page_put(&out, "\n");
    return page_end(&out);
}
