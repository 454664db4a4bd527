/* SPDX-License-Identifier: Apache-2.0 */
/* code.json: codes and QR texts (PROTOCOL.md section 8). */
#include "code.h"

#include <string.h>

#include "suites.h"
#include "trial.h"

static void expect_text(struct trial *trial, const char *name,
                        struct span expected, const char *came)
{
    trial_expect_bytes(trial, name, expected.bytes, expected.size, came,
                       strlen(came));
}

static void check_code(struct trial *trial, const json_t *row, void *state)
{
    struct span expected = field_text(trial, row, "code");
    uint8_t hash[CODE_HASH_BYTES];
    char written[CODE_TEXT_BYTES];
    char back[CODE_TEXT_BYTES] = "";

    (void)state;
    field_fixed(trial, row, "hash", hash, sizeof hash);
    code_write(written, hash);
    expect_text(trial, "code", expected, written);
    trial_expect_code(trial, AULA_OK,
                      code_read(back, expected.bytes, expected.size, NULL));
    expect_text(trial, "code read back", expected, back);
}

/* Write, compare, read back, and refuse it as the other kind. */
static void check_qr(struct trial *trial, struct span text, enum code_head head,
                     const struct code_qr *qr)
{
    enum code_head other = head == CODE_HEAD_BALLOT ? CODE_HEAD_CLOSING
                                                    : CODE_HEAD_BALLOT;
    char written[CODE_QR_BYTES];
    struct code_qr back = {.seq = 0};

    if (qr->seq < 1) {
        trial_fail(trial, "seq: expected 1 or more, came 0");
    }
    if (trial_is_bad(trial)) {
        return;
    }
    code_qr_write(written, head, qr);
    expect_text(trial, "text", text, written);
    trial_expect_code(trial, AULA_OK,
                      code_qr_read(&back, head, text.bytes, text.size, NULL));
    trial_expect_bytes(trial, "hash", qr->hash, sizeof qr->hash, back.hash,
                       sizeof back.hash);
    trial_expect_bytes(trial, "tid", qr->tid, sizeof qr->tid, back.tid,
                       sizeof back.tid);
    trial_expect_number(trial, "seq", qr->seq, back.seq);
    trial_expect_code(trial, AULA_CODE_FORMAT,
                      code_qr_read(&back, other, text.bytes, text.size, NULL));
}

static void read_qr(struct code_qr *qr, struct trial *trial, const json_t *row)
{
    field_fixed(trial, row, "hash", qr->hash, sizeof qr->hash);
    field_fixed(trial, row, "tid", qr->tid, sizeof qr->tid);
}

static void check_one_qr(struct trial *trial, const json_t *row, void *state)
{
    struct span text = field_text(trial, row, "text");
    struct code_qr qr = {
        .seq = field_number(trial, row, "seq", (UINT64_C(1) << 53) - 1)};

    (void)state;
    read_qr(&qr, trial, row);
    check_qr(trial, text, CODE_HEAD_BALLOT, &qr);
}

static void check_accepted_qr(struct trial *trial, const json_t *row,
                              void *state)
{
    struct span text = field_text(trial, row, "text");
    struct span head = field_text(trial, row, "head");
    struct code_qr qr = {.seq = field_decimal(trial, row, "seq")};

    (void)state;
    read_qr(&qr, trial, row);
    if (head.size == 5 && memcmp(head.bytes, "AULA1", 5) == 0) {
        check_qr(trial, text, CODE_HEAD_BALLOT, &qr);
    } else if (head.size == 5 && memcmp(head.bytes, "AULC1", 5) == 0) {
        check_qr(trial, text, CODE_HEAD_CLOSING, &qr);
    } else {
        trial_fail(trial, "head: expected AULA1 or AULC1, came another");
    }
}

static void check_rejected_qr(struct trial *trial, const json_t *row,
                              void *state)
{
    enum aula_code error = field_error(trial, row, "error");
    struct span text = field_text(trial, row, "text");
    struct code_qr qr;

    (void)state;
    trial_expect_code(trial, error,
                      code_qr_read(&qr, CODE_HEAD_BALLOT, text.bytes, text.size,
                                   NULL));
}

static void check_accepted(struct trial *trial, const json_t *row, void *state)
{
    struct span text = field_text(trial, row, "text");
    struct span expected = field_text(trial, row, "code");
    char came[CODE_TEXT_BYTES] = "";

    (void)state;
    trial_expect_code(trial, AULA_OK,
                      code_read(came, text.bytes, text.size, NULL));
    expect_text(trial, "code", expected, came);
}

static void check_refusal(struct trial *trial, enum aula_code error,
                          struct span text)
{
    char came[CODE_TEXT_BYTES];

    trial_expect_code(trial, error,
                      code_read(came, text.bytes, text.size, NULL));
}

static void check_rejected(struct trial *trial, const json_t *row, void *state)
{
    enum aula_code error = field_error(trial, row, "error");

    (void)state;
    check_refusal(trial, error, field_text(trial, row, "text"));
}

static void check_rejected_bytes(struct trial *trial, const json_t *row,
                                 void *state)
{
    enum aula_code error = field_error(trial, row, "error");

    (void)state;
    check_refusal(trial, error, field_bytes(trial, row, "bytes"));
}

void suite_code(struct source *source)
{
    source_each(source, "codes", check_code, NULL);
    source_single(source, "qr", check_one_qr, NULL);
    source_each(source, "qr_accepted", check_accepted_qr, NULL);
    source_each(source, "qr_rejected", check_rejected_qr, NULL);
    source_each(source, "accepted", check_accepted, NULL);
    source_each(source, "rejected", check_rejected, NULL);
    source_each(source, "rejected_bytes", check_rejected_bytes, NULL);
}
