/* SPDX-License-Identifier: Apache-2.0 */
/* See page_sample.h. */
#include "page_sample.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "file.h"

static const char source[] = "assets/samples/aktobe-2024/election.json";

struct package_text page_sample_text(const char *text)
{
    return (struct package_text){text, strlen(text)};
}

/* ---- counts */

static void sample_proposals(struct page_sample *sample)
{
    struct page_contest *contest = &sample->book.contests[0];
    struct page_proposal *proposals = sample->book.proposals[0];
    static const uint16_t equal[] = {3, 5};
    uint64_t left = contest->budget;

    for (size_t i = 0; i < contest->proposal_count; i++) {
        struct page_proposal *proposal = &proposals[i];

        proposal->votes = i == 7 ? 0 : 1234 / (i + 1);
        if (proposal->votes == 0) {
            proposal->outcome = PAGE_NO_VOTES;
        } else if (proposal->votes < 50) {
            proposal->outcome = PAGE_UNDER_MINIMUM;
            proposal->outcome_number = 50;
        } else if (proposal->cost > left) {
            proposal->outcome = PAGE_TOO_DEAR;
            proposal->outcome_number = proposal->cost - left;
        } else {
            proposal->outcome = PAGE_FUNDED;
            left -= proposal->cost;
        }
    }
    proposals[4].outcome = PAGE_EXCLUDED;
    proposals[4].outcome_number = proposals[1].number;
    proposals[5].votes = proposals[3].votes;
    proposals[0].advice = PAGE_ACCEPTED;
    proposals[1].advice = PAGE_REFUSED;
    proposals[1].advice_reason.of[PAGE_KK] =
        page_sample_text("Жер телімі жеке меншікте.");
    proposals[1].advice_reason.of[PAGE_RU] =
        page_sample_text("Участок в частной собственности.");
    sample->ties[0] = (struct page_tie){equal, 2};
    contest->ties = sample->ties;
    contest->tie_count = 1;
    contest->spent = contest->budget - left;
}

static void sample_ballots(struct page_sample *sample)
{
    struct page_contest *contest = &sample->book.contests[0];

    contest->status = PAGE_COUNTED;
    contest->cast = 2021;
    contest->excluded[PAGE_DUPLICATE] = 14;
    contest->excluded[PAGE_ELSEWHERE] = 5;
    contest->excluded[PAGE_OUTSIDE_WINDOW] = 2;
    contest->counted = 2000;
    contest->valid = 1999;
    contest->blank = 21;
}

static void sample_turnout(struct page_sample *sample)
{
    int32_t count = sample->election.last_day - sample->election.first_day + 1;
    size_t days = (size_t)count;
    uint32_t *turnout = page_book_take(&sample->book,
                                       PAGE_SAMPLE_TERMINALS * days,
                                       sizeof *turnout);

    assert_non_null(turnout);
    for (size_t i = 0; i < PAGE_SAMPLE_TERMINALS * days; i++) {
        turnout[i] = (uint32_t)((i * 37 + 11) % 120);
    }
    turnout[1] = 3;
    sample->facts->turnout = turnout;
    sample->facts->day_count = days;
}

/* ---- who and where */

static void sample_people(struct page_sample *sample)
{
    static const char *const labels[PAGE_SAMPLE_TERMINALS] = {
        "Әкім аппаратының залы, № 1", "Әкім аппаратының залы, № 2",
        "Мектеп № 20, № 1"};
    static const char *const names[PAGE_SAMPLE_TRUSTEES] = {
        "Ержан Сейітқали", "Айгүл Өмірбек", "Марина Петрова"};
    struct page_facts *facts = sample->facts;

    for (size_t i = 0; i < PAGE_SAMPLE_TERMINALS; i++) {
        sample->terminals[i] = (struct page_terminal){
            .label = page_sample_text(labels[i]),
            .is_late = i == 2,
            .challenged = 4,
            .issued = 690,
            .unfinished = 11,
        };
        memset(sample->terminals[i].tid, (int)i + 1, TERMINAL_ID_BYTES);
    }
    for (size_t i = 0; i < PAGE_SAMPLE_TRUSTEES; i++) {
        sample->trustees[i] = (struct page_trustee){
            .name = page_sample_text(names[i]),
            .has_approved = true,
            .has_mixed = i<2, .has_decrypted = i> 0,
        };
        memset(sample->trustees[i].key, 0x40 + (int)i, SIGN_PUBLIC_BYTES);
    }
    facts->terminals = sample->terminals;
    facts->terminal_count = PAGE_SAMPLE_TERMINALS;
    facts->trustees = sample->trustees;
    facts->trustee_count = PAGE_SAMPLE_TRUSTEES;
    facts->threshold = 2;
}

static void sample_findings(struct page_sample *sample)
{
    sample->findings[0] = (struct page_finding){PAGE_GAP, 1, 201, 214, false};
    sample->findings[1] = (struct page_finding){PAGE_TIME_REGRESSION, 0, 77, 77,
                                                false};
    sample->rulings[0] = (struct page_ruling){
        PAGE_RULING_EXPLAIN, 1, 201,
        page_sample_text("Жинақтағыш бұзылды, акт № 7 / накопитель сломан, акт "
                         "№ 7")};
    sample->facts->findings = sample->findings;
    sample->facts->finding_count = 2;
    sample->facts->rulings = sample->rulings;
    sample->facts->ruling_count = 1;
}

/* ---- codes */

static int sample_compare(const void *one, const void *other)
{
    return memcmp(one, other, PAGE_CODE_BYTES);
}

/* Code i is made of the hash of i; each state stands there in turn. */
static void sample_codes(struct page_sample *sample)
{
    for (uint32_t i = 0; i < PAGE_SAMPLE_CODES; i++) {
        struct page_code *code = &sample->codes[i];
        uint8_t hash[32];
        uint8_t number[4];

        put_le32(number, i);
        (void)crypto_generichash(hash, sizeof hash, number, sizeof number, NULL,
                                 0);
        memcpy(code->code, hash, PAGE_CODE_BYTES);
        code->code[PAGE_CODE_BYTES - 1] &= 0xFE;
        code->state = (uint8_t)(i % PAGE_CODE_STATES);
        code->contest = 0;
        code->terminal = (uint16_t)(i % PAGE_SAMPLE_TERMINALS);
        code->seq = i + 1;
        code->time = sample->facts->opens + 60 * (uint64_t)i;
    }
    qsort(sample->codes, PAGE_SAMPLE_CODES, sizeof *sample->codes,
          sample_compare);
    sample->facts->codes = sample->codes;
    sample->facts->code_count = PAGE_SAMPLE_CODES;
}

void page_sample_open(struct page_sample *sample)
{
    uint8_t *bytes = NULL;
    size_t size = 0;

    memset(sample, 0, sizeof *sample);
    assert_int_equal(file_read(&bytes, &size, source, ELECTION_BYTES_MAX, NULL),
                     AULA_OK);
    assert_int_equal(election_open(&sample->election, NULL, bytes, size, NULL),
                     AULA_OK);
    free(bytes);
    assert_int_equal(page_book_open(&sample->book, &sample->election, NULL),
                     AULA_OK);
    sample->facts = &sample->book.facts;
    memset(sample->facts->package_hash, 0xA1, HASH_BYTES);
    memset(sample->facts->closing_hash, 0xB2, HASH_BYTES);
    memset(sample->facts->register_hash, 0xC3, HASH_BYTES);
    memset(sample->facts->elsewhere_hash, 0xD4, HASH_BYTES);
    sample->facts->has_elsewhere = true;
    sample->facts->elsewhere_count = 31;
    sample->facts->record_count = 2300;
    sample->facts->quarantined = 1;
    sample->facts->closing_time = sample->facts->closes + 7200;
    sample_proposals(sample);
    sample_ballots(sample);
    sample_people(sample);
    sample_turnout(sample);
    sample_findings(sample);
    sample_codes(sample);
}

void page_sample_close(struct page_sample *sample)
{
    page_book_close(&sample->book);
    election_close(&sample->election);
}

/* ---- writing */

static enum aula_code sample_append(void *context, const uint8_t *bytes,
                                    size_t size, struct aula_error *err)
{
    struct page_sample_file *file = context;
    char *text = realloc(file->text, file->size + size + 1);

    (void)err;
    assert_non_null(text);
    memcpy(text + file->size, bytes, size);
    file->text = text;
    file->size += size;
    file->text[file->size] = '\0';
    return AULA_OK;
}

struct pabulib_sink page_sample_sink(struct page_sample_file *file)
{
    return (struct pabulib_sink){sample_append, file};
}

struct page_sample_file page_sample_write(page_sample_writer *writer,
                                          const struct page_facts *facts)
{
    struct page_sample_file file = {0};
    struct pabulib_sink sink = page_sample_sink(&file);

    assert_int_equal(writer(&sink, facts, NULL), AULA_OK);
    assert_non_null(file.text);
    return file;
}

bool page_sample_has(const struct page_sample_file *file, const char *text)
{
    return strstr(file->text, text) != NULL;
}
