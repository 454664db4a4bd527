/* SPDX-License-Identifier: Apache-2.0 */
/* What people read of a board that was verified. See verify.h. Names and labels
 * are checked text, in which no control character stands. */
#include <sodium.h>

#include "code.h"
#include "pages.h"
#include "result_report.h"
#include "verify.h"
#include "verify_words.h"

enum { TID_HEX_BYTES = 2 * TERMINAL_ID_BYTES + 1 };

static void put_verdict(struct output *output, const struct board *board)
{
    enum verify_verdict verdict = verify_verdict(board);
    bool is_rehearsal = board->package.mode == PACKAGE_REHEARSAL;

    output_say(output, "%s%s", verify_verdict_name(verdict),
               is_rehearsal && verdict != VERIFY_INVALID ? " REHEARSAL" : "");
    switch (verdict) {
    case VERIFY_VALID:
        output_say(output,
                   "Every check passes. Now compare the hashes below with "
                   "those that were published\n"
                   "in an independent place (a newspaper, notice boards, the "
                   "halls): only then is this\n"
                   "the board that everybody sees.");
        break;
    case VERIFY_INCOMPLETE:
        output_say(output,
                   "Every check passes, but %zu finding%s open: something was "
                   "left out, or not all is\n"
                   "explained. Ask the office for what is missing, or for a "
                   "ruling with its reason.\n"
                   "Then compare the hashes below with those that were "
                   "published.",
                   board->outcome->open_count,
                   board->outcome->open_count == 1 ? " is" : "s are");
        break;
    case VERIFY_INVALID:
        output_say(output,
                   "A check fails: do not rely on this board. Get it once more "
                   "from another place, for a\n"
                   "file may have been damaged on its way; if it fails again, "
                   "tell the office, the\n"
                   "trustees and the public the first line below.");
        break;
    }
}

void verify_put_faults(struct output *output, const struct board *board)
{
    for (size_t i = 0; i < board->fault_count && i < BOARD_FAULTS_MAX; i++) {
        const struct board_fault *fault = &board->faults[i];

        output_say(output, "  %-18s %s: %s", aula_code_name(fault->code),
                   fault->object[0] != '\0' ? fault->object : "the names",
                   fault->message);
    }
    if (board->fault_count > BOARD_FAULTS_MAX) {
        output_say(output, "  and %zu more",
                   board->fault_count - (size_t)BOARD_FAULTS_MAX);
    }
}

static void put_hash(struct output *output, const char *label,
                     const uint8_t *hash)
{
    char code[CODE_TEXT_BYTES];
    char hex[2 * HASH_BYTES + 1];

    code_write(code, hash);
    (void)sodium_bin2hex(hex, sizeof hex, hash, HASH_BYTES);
    output_say(output, "  %-16s %s  %s", label, code, hex);
}

static void put_hashes(struct output *output, const struct board *board)
{
    const struct board_file *list = board->register_files;
    uint8_t hash[HASH_BYTES];

    output_say(output, "hashes to compare:");
    put_hash(output, "closing", board->closing_hash);
    register_hash(hash, list[0].bytes, list[0].size);
    put_hash(output, "register", hash);
    if (list[1].bytes != NULL) {
        register_hash(hash, list[1].bytes, list[1].size);
        put_hash(output, "late register", hash);
    }
    if (board->elsewhere_file.bytes != NULL) {
        elsewhere_hash(hash, board->elsewhere_file.bytes,
                       board->elsewhere_file.size);
        put_hash(output, "voted elsewhere", hash);
    }
    output_say(output, "voted elsewhere, on the list: %zu",
               board->elsewhere.count);
}

static void put_trustees(struct output *output, const struct board *board)
{
    const struct package *package = &board->package;
    char hex[2 * SIGN_PUBLIC_BYTES + 1];

    output_say(output, "trustees, %u of %u open a contest:",
               (unsigned)package->threshold, (unsigned)package->trustee_count);
    for (size_t i = 0; i < package->trustee_count; i++) {
        const struct package_text *name = &package->trustee_names[i];

        (void)sodium_bin2hex(hex, sizeof hex, package->trustee_keys[i],
                             SIGN_PUBLIC_BYTES);
        output_say(output, "  %2zu  %s  %s  %.*s", i + 1, hex,
                   (board->approvals >> i & 1) != 0 ? "approved" : "-       ",
                   (int)name->size, name->text);
    }
}

/* The label of a terminal, and its tid. */
static void put_terminal(struct output *output, const struct board *board,
                         const char *before, const uint8_t *tid,
                         const char *after)
{
    const struct package_text *label = board_label(board, tid);
    char hex[TID_HEX_BYTES];

    (void)sodium_bin2hex(hex, sizeof hex, tid, TERMINAL_ID_BYTES);
    output_say(output, "  %s%s  %.*s%s", before, hex, (int)label->size,
               label->text, after);
}

void verify_put_findings(struct output *output, const struct board *board)
{
    const struct counting_outcome *outcome = board->outcome;
    char before[128];

    output_say(output, "findings: %zu", outcome->finding_count);
    for (size_t i = 0; i < outcome->finding_count; i++) {
        const struct counting_finding *finding = &outcome->findings[i];

        (void)snprintf(before, sizeof before, "%-19s %s  seq %llu..%llu  ",
                       counting_finding_text(finding->name),
                       finding->is_open ? "OPEN" : "    ",
                       (unsigned long long)finding->first,
                       (unsigned long long)finding->last);
        put_terminal(output, board, before, finding->tid, "");
        output_say(output, "    %s", verify_finding_words(finding->name));
    }
}

static void put_exclusions(struct output *output, const struct board *board)
{
    const struct counting_outcome *outcome = board->outcome;
    char hash[2 * HASH_BYTES + 1];
    char tid[TID_HEX_BYTES];

    output_say(output, "exclusions: %zu", outcome->exclusion_count);
    for (size_t i = 0; i < outcome->exclusion_count; i++) {
        const struct counting_exclusion *one = &outcome->exclusions[i];

        (void)sodium_bin2hex(hash, sizeof hash, one->hash, HASH_BYTES);
        if (one->tid == NULL) {
            output_say(output, "  %s  %-20s quarantine", hash,
                       aula_code_name(one->error));
            continue;
        }
        (void)sodium_bin2hex(tid, sizeof tid, one->tid, TERMINAL_ID_BYTES);
        output_say(output, "  %s  %-20s %s seq %llu", hash,
                   aula_code_name(one->error), tid,
                   (unsigned long long)one->seq);
    }
}

void verify_put_warnings(struct output *output, const struct board *board)
{
    const struct counting_outcome *outcome = board->outcome;
    char before[160];

    output_say(output, "warnings: %zu", outcome->warning_count);
    for (size_t i = 0; i < outcome->warning_count; i++) {
        const struct counting_warning *one = &outcome->warnings[i];
        int size = snprintf(before, sizeof before, "%-15s %llu of %llu  ",
                            counting_warning_text(one->name),
                            (unsigned long long)one->count,
                            (unsigned long long)one->of);

        if (one->contest != COUNTING_NO_CONTEST) {
            const struct package_text *name =
                &board->package.contests[one->contest].name;

            output_say(output, "  %scontest %d  %.*s", before, one->contest,
                       (int)name->size, name->text);
        } else if (one->tid != NULL) {
            put_terminal(output, board, before, one->tid, "");
        } else if (size > 0) {
            output_say(output, "  %s", before);
        }
        output_say(output, "    %s", verify_warning_words(one->name));
    }
}

static void put_terminals(struct output *output, const struct board *board)
{
    const struct counting_outcome *outcome = board->outcome;
    char before[128];

    output_say(
        output,
        "terminals: %zu\n"
        "      cast opened up  excluded  elsewhere  days  closed  events",
        outcome->terminal_count);
    for (size_t i = 0; i < outcome->terminal_count; i++) {
        const struct counting_terminal *one = &outcome->terminals[i];

        (void)snprintf(before, sizeof before,
                       "%8llu%10llu%10llu%11llu%6llu%8llu%8llu  ",
                       (unsigned long long)one->cast,
                       (unsigned long long)one->challenged,
                       (unsigned long long)one->excluded,
                       (unsigned long long)one->voted_elsewhere,
                       (unsigned long long)one->opened,
                       (unsigned long long)one->closed,
                       (unsigned long long)one->events);
        put_terminal(output, board, before, one->tid,
                     one->is_late ? "  (late)" : "");
    }
}

static void put_contests(struct output *output, const struct board *board)
{
    const struct counting_outcome *outcome = board->outcome;

    output_say(output,
               "contests: %zu\n"
               "      cast  excluded  elsewhere  counted   valid",
               outcome->contest_count);
    for (size_t i = 0; i < outcome->contest_count; i++) {
        const struct counting_contest *one = &outcome->contests[i];
        const struct package_text *name = &board->package.contests[i].name;

        output_say(output, "  %8llu%10llu%11llu%9zu%8lu  %zu  %s  %.*s",
                   (unsigned long long)one->cast,
                   (unsigned long long)one->excluded,
                   (unsigned long long)one->voted_elsewhere, one->counted,
                   (unsigned long)board->results[i].valid, i,
                   counting_status_text(one->status), (int)name->size,
                   name->text);
    }
}

/* Who won; the facts may have been gathered when the pages were compared. That
 * nothing can be counted by is no check of the board. */
static enum aula_code put_result(struct output *output, struct board *board,
                                 struct aula_error *err)
{
    struct aula_error why;
    enum aula_code code = AULA_OK;

    if (board->pages == NULL && board->has_election) {
        code = pages_open(&board->pages, board, &why);
    }
    if (board_is_failure(code)) {
        return aula_fail(err, code, "%s", why.message);
    }
    if (code != AULA_OK) {
        output_say(output, "nobody can be told to have won: %s", why.message);
    }
    output_say(output, "result, counted here by the rule of the election:");
    result_report(output, board,
                  board->pages == NULL ? NULL : pages_facts(board->pages));
    return AULA_OK;
}

enum aula_code verify_put_report(struct output *output, struct board *board,
                                 struct aula_error *err)
{
    const struct package *package = &board->package;
    char eid[2 * PACKAGE_ID_BYTES + 1];

    put_verdict(output, board);
    if (verify_verdict(board) == VERIFY_INVALID) {
        verify_put_faults(output, board);
        return AULA_OK;
    }
    (void)sodium_bin2hex(eid, sizeof eid, package->hash, PACKAGE_ID_BYTES);
    output_say(output, "%.*s", (int)package->title.size, package->title.text);
    output_say(output, "election %s", eid);
    put_hashes(output, board);
    put_trustees(output, board);
    verify_put_findings(output, board);
    put_exclusions(output, board);
    verify_put_warnings(output, board);
    put_terminals(output, board);
    put_contests(output, board);
    return put_result(output, board, err);
}
