/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON of PROTOCOL.md 14.1: members and lists in the order that is fixed
 * there, so that two verifiers print the same bytes. */
#include <sodium.h>

#include "elsewhere.h"
#include "verify.h"

enum { HEX_BYTES = 2 * HASH_BYTES + 1 };

/* Hexadecimal digits of up to 32 bytes; NULL stays NULL, JSON's null. */
static const char *hex_of(char hex[static HEX_BYTES], const uint8_t *bytes,
                          size_t size)
{
    return bytes == NULL ? NULL : sodium_bin2hex(hex, HEX_BYTES, bytes, size);
}

/* Put an element behind a list; a list that lacks one is no list: NULL. */
static json_t *append(json_t *list, json_t *element)
{
    if (list != NULL && json_array_append_new(list, element) != 0) {
        json_decref(list);
        return NULL;
    }
    if (list == NULL) {
        json_decref(element);
    }
    return list;
}

static json_t *hex_json(const uint8_t *bytes, size_t size)
{
    char hex[HEX_BYTES];

    return json_string(hex_of(hex, bytes, size));
}

static json_t *error_json(const struct board *board)
{
    const struct board_fault *first = &board->faults[0];

    return json_pack("{s:s, s:s}", "name", aula_code_name(first->code),
                     "object", first->object);
}

static json_t *trustees_json(const struct package *package)
{
    json_t *list = json_array();

    for (size_t i = 0; i < package->trustee_count; i++) {
        list = append(list,
                      hex_json(package->trustee_keys[i], SIGN_PUBLIC_BYTES));
    }
    return list;
}

static json_t *approvals_json(uint32_t approvals)
{
    json_t *list = json_array();

    for (int v = 1; v <= PACKAGE_TRUSTEES_MAX; v++) {
        if ((approvals >> (v - 1) & 1) != 0) {
            list = append(list, json_integer(v));
        }
    }
    return list;
}

static json_t *findings_json(const struct counting_outcome *outcome)
{
    json_t *list = json_array();

    for (size_t i = 0; i < outcome->finding_count; i++) {
        const struct counting_finding *finding = &outcome->findings[i];
        char hex[HEX_BYTES];

        list = append(list,
                      json_pack("{s:s, s:s, s:I, s:I, s:b}", "name",
                                counting_finding_text(finding->name), "tid",
                                hex_of(hex, finding->tid, TERMINAL_ID_BYTES),
                                "first", (json_int_t)finding->first, "last",
                                (json_int_t)finding->last, "open",
                                (int)finding->is_open));
    }
    return list;
}

static json_t *exclusions_json(const struct counting_outcome *outcome)
{
    json_t *list = json_array();

    for (size_t i = 0; i < outcome->exclusion_count; i++) {
        const struct counting_exclusion *exclusion = &outcome->exclusions[i];
        char hash[HEX_BYTES];
        char tid[HEX_BYTES];
        json_t *seq = exclusion->tid == NULL
                          ? json_null()
                          : json_integer((json_int_t)exclusion->seq);

        list =
            append(list,
                   json_pack("{s:s, s:s, s:s?, s:o}", "rh",
                             hex_of(hash, exclusion->hash, HASH_BYTES), "error",
                             aula_code_name(exclusion->error), "tid",
                             hex_of(tid, exclusion->tid, TERMINAL_ID_BYTES),
                             "seq", seq));
    }
    return list;
}

static json_t *warnings_json(const struct counting_outcome *outcome)
{
    json_t *list = json_array();

    for (size_t i = 0; i < outcome->warning_count; i++) {
        const struct counting_warning *warning = &outcome->warnings[i];
        char tid[HEX_BYTES];
        json_t *contest = warning->contest == COUNTING_NO_CONTEST
                              ? json_null()
                              : json_integer(warning->contest);

        list = append(list,
                      json_pack("{s:s, s:o, s:s?, s:I, s:I}", "name",
                                counting_warning_text(warning->name), "contest",
                                contest, "tid",
                                hex_of(tid, warning->tid, TERMINAL_ID_BYTES),
                                "count", (json_int_t)warning->count, "of",
                                (json_int_t)warning->of));
    }
    return list;
}

static json_t *terminals_json(const struct counting_outcome *outcome)
{
    json_t *list = json_array();

    for (size_t i = 0; i < outcome->terminal_count; i++) {
        const struct counting_terminal *terminal = &outcome->terminals[i];
        char tid[HEX_BYTES];

        list =
            append(list,
                   json_pack("{s:s, s:b, s:I, s:I, s:I, s:I, s:I, s:I, s:I}",
                             "tid",
                             hex_of(tid, terminal->tid, TERMINAL_ID_BYTES),
                             "late", (int)terminal->is_late, "cast",
                             (json_int_t)terminal->cast, "challenged",
                             (json_int_t)terminal->challenged, "opened",
                             (json_int_t)terminal->opened, "closed",
                             (json_int_t)terminal->closed, "events",
                             (json_int_t)terminal->events, "excluded",
                             (json_int_t)terminal->excluded, "voted_elsewhere",
                             (json_int_t)terminal->voted_elsewhere));
    }
    return list;
}

static json_t *contests_json(const struct board *board)
{
    json_t *list = json_array();

    for (size_t i = 0; i < board->outcome->contest_count; i++) {
        const struct counting_contest *contest = &board->outcome->contests[i];

        list =
            append(list,
                   json_pack("{s:I, s:s, s:I, s:I, s:I, s:I, s:I}", "contest",
                             (json_int_t)i, "status",
                             counting_status_text(contest->status), "cast",
                             (json_int_t)contest->cast, "excluded",
                             (json_int_t)contest->excluded, "voted_elsewhere",
                             (json_int_t)contest->voted_elsewhere, "counted",
                             (json_int_t)contest->counted, "valid",
                             (json_int_t)board->results[i].valid));
    }
    return list;
}

static void put_invalid(struct output *output, const struct board *board)
{
    static const char *const nothing[] = {"election", "closing", "register",
                                          "elsewhere", "voted_elsewhere"};
    static const char *const lists[] = {"trustees",   "approvals", "findings",
                                        "exclusions", "warnings",  "terminals",
                                        "contests"};

    output_json(output, "mode", json_null());
    output_json(output, "error", error_json(board));
    for (size_t i = 0; i < sizeof nothing / sizeof nothing[0]; i++) {
        output_json(output, nothing[i], json_null());
    }
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        output_json(output, lists[i], json_array());
    }
}

static void put_hashes(struct output *output, const struct board *board)
{
    const struct board_file *list = &board->register_files[0];
    const struct board_file *elsewhere = &board->elsewhere_file;
    uint8_t hash[HASH_BYTES];

    output_json(output, "election",
                hex_json(board->package.hash, PACKAGE_ID_BYTES));
    output_json(output, "closing",
                hex_json(board->closing_hash, sizeof board->closing_hash));
    register_hash(hash, list->bytes, list->size);
    output_json(output, "register", hex_json(hash, sizeof hash));
    if (elsewhere->bytes == NULL) {
        output_json(output, "elsewhere", json_null());
    } else {
        elsewhere_hash(hash, elsewhere->bytes, elsewhere->size);
        output_json(output, "elsewhere", hex_json(hash, sizeof hash));
    }
    output_json(output, "voted_elsewhere",
                json_integer((json_int_t)board->elsewhere.count));
}

void verify_put_json(struct output *output, const struct board *board)
{
    enum verify_verdict verdict = verify_verdict(board);
    const char *mode = board->package.mode == PACKAGE_REHEARSAL ? "rehearsal"
                                                                : "official";

    output_json(output, "verdict", json_string(verify_verdict_name(verdict)));
    if (verdict == VERIFY_INVALID) {
        put_invalid(output, board);
        return;
    }
    output_json(output, "mode", json_string(mode));
    output_json(output, "error", json_null());
    put_hashes(output, board);
    output_json(output, "trustees", trustees_json(&board->package));
    output_json(output, "approvals", approvals_json(board->approvals));
    output_json(output, "findings", findings_json(board->outcome));
    output_json(output, "exclusions", exclusions_json(board->outcome));
    output_json(output, "warnings", warnings_json(board->outcome));
    output_json(output, "terminals", terminals_json(board->outcome));
    output_json(output, "contests", contests_json(board));
}
