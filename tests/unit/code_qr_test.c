/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a QR (code.h): one text for each meaning, and no other. */
#include "code.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* Where the last characters of hash and tid and the first of seq stand. */
enum { HASH_END = 57, TID_END = 84, SEQ = 86 };

static void sample(struct code_qr *qr, uint64_t seq)
{
    uint8_t from[randombytes_SEEDBYTES] = {(uint8_t)seq};

    randombytes_buf_deterministic(qr->hash, sizeof qr->hash, from);
    randombytes_buf_deterministic(qr->tid, sizeof qr->tid, from);
    qr->seq = seq;
}

static enum aula_code read_text(const char *text)
{
    struct code_qr qr;

    return code_qr_read(&qr, CODE_HEAD_BALLOT, (const uint8_t *)text,
                        strlen(text), NULL);
}

static void a_text_reads_as_it_was_written(void **state)
{
    static const uint64_t seqs[] = {1, 9, 10, 4096, UINT32_MAX, UINT64_MAX};
    struct code_qr qr = {0};
    struct code_qr found = {0};
    char text[CODE_QR_BYTES];

    (void)state;
    for (int head = CODE_HEAD_BALLOT; head <= CODE_HEAD_CLOSING; head++) {
        for (size_t i = 0; i < sizeof seqs / sizeof seqs[0]; i++) {
            sample(&qr, seqs[i]);
            code_qr_write(text, (enum code_head)head, &qr);
            assert_int_equal(code_qr_read(&found, (enum code_head)head,
                                          (const uint8_t *)text, strlen(text),
                                          NULL),
                             AULA_OK);
            assert_memory_equal(&found, &qr, sizeof qr);
        }
    }
    assert_int_equal(strlen(text), CODE_QR_BYTES - 1); /* the longest seq */
}

static void the_bits_of_hash_and_tid_stand_in_order(void **state)
{
    struct code_qr qr = {{0xf8}, {0x07, 0xc0}, 1};
    char text[CODE_QR_BYTES];

    (void)state;
    qr.hash[31] = 0x01;
    code_qr_write(text, CODE_HEAD_BALLOT, &qr);
    assert_string_equal(
        text, "AULA1:Z00000000000000000000000000000000000000000000000000G:"
              "0Z000000000000000000000000:1");
}

static void the_other_head_is_refused(void **state)
{
    struct code_qr qr;
    char text[CODE_QR_BYTES];

    (void)state;
    sample(&qr, 7);
    code_qr_write(text, CODE_HEAD_CLOSING, &qr);
    assert_memory_equal(text, "AULC1:", 6);
    assert_int_equal(read_text(text), AULA_CODE_FORMAT);
    text[3] = 'A';
    assert_int_equal(read_text(text), AULA_OK);
    assert_int_equal(code_qr_read(&qr, CODE_HEAD_CLOSING, (const uint8_t *)text,
                                  strlen(text), NULL),
                     AULA_CODE_FORMAT);
}

/* Whatever is accepted is the one way to write what was read: so no picture
 * has two texts. */
static void a_changed_byte_is_refused_or_means_something_else(void **state)
{
    struct code_qr qr;
    struct code_qr found;
    char text[CODE_QR_BYTES];
    char again[CODE_QR_BYTES];
    size_t size;

    (void)state;
    sample(&qr, 42);
    code_qr_write(text, CODE_HEAD_BALLOT, &qr);
    size = strlen(text);
    for (size_t place = 0; place < size; place++) {
        char kept = text[place];

        for (unsigned byte = 0; byte < 256; byte++) {
            text[place] = (char)byte;
            if (code_qr_read(&found, CODE_HEAD_BALLOT, (const uint8_t *)text,
                             size, NULL) == AULA_OK) {
                code_qr_write(again, CODE_HEAD_BALLOT, &found);
                assert_memory_equal(again, text, size);
                assert_int_equal(strlen(again), size);
            }
        }
        text[place] = kept;
    }
}

static void spare_bits_must_be_zero(void **state)
{
    struct code_qr qr = {{0}, {0}, 1};
    char text[CODE_QR_BYTES];

    (void)state;
    code_qr_write(text, CODE_HEAD_BALLOT, &qr);
    for (const char *c = "123456789ABCDEF"; *c != '\0'; c++) {
        text[HASH_END] = *c; /* four bits to spare */
        assert_int_equal(read_text(text), AULA_CODE_FORMAT);
    }
    text[HASH_END] = 'G';
    assert_int_equal(read_text(text), AULA_OK);
    for (const char *c = "1235679ABDEFHJK"; *c != '\0'; c++) {
        text[TID_END] = *c; /* two */
        assert_int_equal(read_text(text), AULA_CODE_FORMAT);
    }
    text[TID_END] = '4';
    assert_int_equal(read_text(text), AULA_OK);
}

static void letters_are_not_folded(void **state)
{
    struct code_qr qr = {{0}, {0}, 1};
    char text[CODE_QR_BYTES];

    (void)state;
    code_qr_write(text, CODE_HEAD_BALLOT, &qr);
    for (const char *c = "aoOiIlLuU -"; *c != '\0'; c++) {
        text[10] = *c;
        assert_int_equal(read_text(text), AULA_CODE_FORMAT);
    }
}

static void every_prefix_but_a_shorter_seq_is_refused(void **state)
{
    struct code_qr qr;
    char text[CODE_QR_BYTES];
    size_t size;

    (void)state;
    sample(&qr, 123);
    code_qr_write(text, CODE_HEAD_BALLOT, &qr);
    size = strlen(text);
    for (size_t shorter = 0; shorter < size; shorter++) {
        /* Memory of just this size, so that a read past it is seen. */
        uint8_t *copy = malloc(shorter + 1);

        assert_non_null(copy);
        memcpy(copy + 1, text, shorter);
        assert_int_equal(code_qr_read(&qr, CODE_HEAD_BALLOT, copy + 1, shorter,
                                      NULL),
                         shorter > SEQ ? AULA_OK : AULA_CODE_FORMAT);
        free(copy);
    }
}

static void seq_is_decimal_in_its_one_form(void **state)
{
    static const char *const refused[] = {"",
                                          "0",
                                          "00",
                                          "01",
                                          "-1",
                                          "+1",
                                          " 1",
                                          "1 ",
                                          "1\n",
                                          "1:",
                                          "1:1",
                                          "1.0",
                                          "1e3",
                                          "0x1",
                                          "A",
                                          "\xd9\xa1",
                                          "18446744073709551616",
                                          "18446744073709551620",
                                          "28446744073709551615",
                                          "99999999999999999999",
                                          "100000000000000000000"};
    static const char *const accepted[] = {"1", "10", "18446744073709551615",
                                           "18446744073709551609",
                                           "10000000000000000000"};
    struct code_qr qr = {{0}, {0}, 1};
    char text[2 * CODE_QR_BYTES];

    (void)state;
    code_qr_write(text, CODE_HEAD_BALLOT, &qr);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        memcpy(text + SEQ, refused[i], strlen(refused[i]) + 1);
        assert_int_equal(read_text(text), AULA_CODE_FORMAT);
    }
    for (size_t i = 0; i < sizeof accepted / sizeof accepted[0]; i++) {
        memcpy(text + SEQ, accepted[i], strlen(accepted[i]) + 1);
        assert_int_equal(read_text(text), AULA_OK);
    }
}

static void a_nul_or_anything_behind_the_text_is_refused(void **state)
{
    struct code_qr qr = {{0}, {0}, 1};
    char text[CODE_QR_BYTES] = {0};

    (void)state;
    code_qr_write(text, CODE_HEAD_BALLOT, &qr);
    assert_int_equal(code_qr_read(&qr, CODE_HEAD_BALLOT, (const uint8_t *)text,
                                  strlen(text) + 1, NULL),
                     AULA_CODE_FORMAT);
}

static void a_refused_text_writes_nothing(void **state)
{
    struct code_qr qr = {{0}, {0}, 1};
    struct code_qr found = {{1}, {2}, 3};
    const struct code_qr before = found;
    char text[CODE_QR_BYTES];

    (void)state;
    code_qr_write(text, CODE_HEAD_BALLOT, &qr);
    text[SEQ] = '0';
    assert_int_equal(code_qr_read(&found, CODE_HEAD_BALLOT,
                                  (const uint8_t *)text, strlen(text), NULL),
                     AULA_CODE_FORMAT);
    assert_memory_equal(&found, &before, sizeof found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_reads_as_it_was_written),
        cmocka_unit_test(the_bits_of_hash_and_tid_stand_in_order),
        cmocka_unit_test(the_other_head_is_refused),
        cmocka_unit_test(a_changed_byte_is_refused_or_means_something_else),
        cmocka_unit_test(spare_bits_must_be_zero),
        cmocka_unit_test(letters_are_not_folded),
        cmocka_unit_test(every_prefix_but_a_shorter_seq_is_refused),
        cmocka_unit_test(seq_is_decimal_in_its_one_form),
        cmocka_unit_test(a_nul_or_anything_behind_the_text_is_refused),
        cmocka_unit_test(a_refused_text_writes_nothing),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
