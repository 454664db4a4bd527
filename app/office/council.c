/* SPDX-License-Identifier: Apache-2.0 */
/* See council.h. */
#include "council.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "form.h"

/* Reasons are in these two, in the order of enum page_language. */
static const char *const languages[] = {"kk", "ru"};

static const char *const decision_words[] = {"accepted", "refused", NULL};

/* ---- the form */

static void read_format(struct form_reader *reader, void *out,
                        const struct form_field *field, json_t *value)
{
    const char *text = json_string_value(value);

    (void)out;
    (void)field;
    if (text == NULL || strcmp(text, COUNCIL_FORMAT) != 0) {
        form_fault(reader, "expected \"%s\"", COUNCIL_FORMAT);
    }
}

#define AT(member) .offset = offsetof(struct council_decision, member)

static const struct form_field decision_fields[] = {
    {.key = "contest", .read = form_read_id, AT(contest_id)},
    {.key = "number", .read = form_read_u16, .min = 1, .max = 9999, AT(number)},
    {.key = "decision",
     .read = form_read_word,
     .min = PAGE_ACCEPTED,
     .words = decision_words,
     AT(advice)},
    {.key = "reason",
     .read = form_read_text,
     .min = 1,
     .max = COUNCIL_REASON_MAX,
     .is_optional = true,
     AT(reason)},
};

static const struct form decision_form = FORM_OF(decision_fields,
                                                 struct council_decision);

static const struct form_field fields[] = {
    {.key = "$schema", .read = form_pass, .is_optional = true},
    {.key = "format", .read = read_format},
    {.key = "election",
     .read = form_read_serial,
     .min = 2 * PACKAGE_ID_BYTES,
     .max = 2 * PACKAGE_ID_BYTES,
     .offset = offsetof(struct council, election)},
    {.key = "decisions",
     .read = form_read_list,
     .form = &decision_form,
     .max = COUNCIL_DECISIONS_MAX,
     .offset = offsetof(struct council, decisions),
     .count_offset = offsetof(struct council, decision_count)},
};

static const struct form council_form = FORM_OF(fields, struct council);

/* ---- reading */

/* What the JSON library calls a fault where it found no memory says nothing. */
static enum aula_code parse(struct council *council, struct faults *faults,
                            const uint8_t *bytes, size_t size,
                            struct aula_error *err)
{
    json_error_t fault = {0};

    council->json = json_loadb(size == 0 ? "" : (const char *)bytes, size,
                               JSON_REJECT_DUPLICATES, &fault);
    if (council->json != NULL) {
        return AULA_OK;
    }
    if (json_error_code(&fault) == json_error_out_of_memory ||
        json_error_code(&fault) == json_error_unknown) {
        return aula_fail(err, AULA_MEMORY, "council.json: no memory");
    }
    faults_add_at(faults, fault.line > 0 ? (uint32_t)fault.line : 1,
                  fault.column > 0 ? (uint32_t)fault.column : 1, "not JSON: %s",
                  form_show(fault.text));
    return AULA_SOURCE;
}

/* Where not even the first fault could be kept, it may be none. */
static enum aula_code verdict(const struct form_reader *reader, size_t first,
                              struct aula_error *err)
{
    const struct faults *faults = reader->faults;
    char line[FAULT_LINE_BYTES] = "too many faults";

    if (reader->is_out_of_memory ||
        (faults_count(faults) > first && faults->count <= first &&
         faults->count < FAULTS_MAX)) {
        return aula_fail(err, AULA_MEMORY, "council.json: no memory");
    }
    if (faults_count(faults) == first) {
        return AULA_OK;
    }
    if (first < faults->count) {
        faults_write(line, &faults->items[first]);
    }
    return aula_fail(err, AULA_SOURCE, "council.json: %s", line);
}

enum aula_code council_open(struct council *council, struct faults *faults,
                            const uint8_t *bytes, size_t size,
                            struct aula_error *err)
{
    struct faults own = {0};
    struct form_reader reader = {.faults = faults == NULL ? &own : faults,
                                 .memory = &council->memory,
                                 .languages = languages,
                                 .language_count = PAGE_LANGUAGES};
    size_t first = faults_count(reader.faults);
    enum aula_code code;

    *council = (struct council){0};
    if (size > COUNCIL_BYTES_MAX) {
        return aula_fail(err, AULA_TOO_LARGE, "council.json: above %d bytes",
                         COUNCIL_BYTES_MAX);
    }
    code = parse(council, reader.faults, bytes, size, err);
    if (code == AULA_OK) {
        form_read_fields(&reader, council, &council_form, council->json);
        if (first < reader.faults->count) {
            faults_locate(reader.faults, first, (const char *)bytes, size);
        }
    }
    if (code != AULA_MEMORY) {
        code = verdict(&reader, first, err);
    }
    if (code != AULA_OK) {
        council_close(council);
    }
    faults_close(&own);
    return code;
}

void council_close(struct council *council)
{
    if (council == NULL) {
        return;
    }
    form_memory_close(council->memory);
    json_decref(council->json);
    *council = (struct council){0};
}

/* ---- beside the result */

static bool is_id(struct package_text id, const char *text)
{
    return id.size == strlen(text) && memcmp(id.text, text, id.size) == 0;
}

static struct page_proposal *find(struct page_book *book,
                                  const struct council_decision *decision)
{
    for (size_t i = 0; i < book->facts.contest_count; i++) {
        if (!is_id(book->contests[i].id, decision->contest_id)) {
            continue;
        }
        for (size_t j = 0; j < book->contests[i].proposal_count; j++) {
            if (book->proposals[i][j].number == decision->number) {
                return &book->proposals[i][j];
            }
        }
    }
    return NULL;
}

static struct package_text text_of(const char *text)
{
    return text == NULL ? (struct package_text){"", 0}
                        : (struct package_text){text, strlen(text)};
}

enum aula_code page_take_council(struct page_book *book,
                                 const struct council *council,
                                 struct aula_error *err)
{
    char eid[2 * PACKAGE_ID_BYTES + 1];

    (void)sodium_bin2hex(eid, sizeof eid, book->facts.package_hash,
                         PACKAGE_ID_BYTES);
    if (strcmp(eid, council->election) != 0) {
        return aula_fail(err, AULA_WRONG_ELECTION,
                         "council.json: of another election");
    }
    for (size_t i = 0; i < council->decision_count; i++) {
        const struct council_decision *decision = &council->decisions[i];
        struct page_proposal *proposal = find(book, decision);

        if (proposal == NULL || proposal->advice != PAGE_NO_ADVICE) {
            return aula_fail(err, AULA_SOURCE,
                             "council.json: decisions[%zu]: %s", i,
                             proposal == NULL ? "there is no such proposal"
                                              : "a second one of a proposal");
        }
        proposal->advice = decision->advice;
        for (int j = 0; j < PAGE_LANGUAGES; j++) {
            proposal->advice_reason.of[j] = text_of(decision->reason.of[j]);
        }
    }
    return AULA_OK;
}
