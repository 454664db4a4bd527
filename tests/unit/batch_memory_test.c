/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a batch takes the same memory however many records there are. A child
 * process writes each, so that nothing else counts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "batch.h"
#include "bytes.h"
#include "seal.h"

enum {
    RECORD_BYTES = 440, /* a ballot of two chunks */
    RECORDS = 400000,   /* 169 MiB of them */
    SLACK_BYTES = 1024 * 1024
};

/* A terminal whose records are made when they are asked for, and a stick that
 * keeps only how much was written. */
struct drill {
    uint8_t record[RECORD_BYTES];
    uint32_t given;
    uint64_t written;
};

static enum aula_code next(void *context, const uint8_t **bytes, size_t *size,
                           struct aula_error *err)
{
    struct drill *drill = context;

    (void)err;
    put_le64(drill->record + 40, ++drill->given);
    *bytes = drill->record;
    *size = sizeof drill->record;
    return AULA_OK;
}

static enum aula_code forget(void *context, const uint8_t *bytes, size_t size,
                             struct aula_error *err)
{
    struct drill *drill = context;

    (void)bytes;
    (void)err;
    drill->written += size;
    return AULA_OK;
}

/* Bytes of the file. */
static uint64_t write_records(uint32_t count)
{
    static const uint8_t package_hash[HASH_BYTES] = {1};
    static const uint8_t seed[SIGN_SEED_BYTES] = {2};
    static const uint8_t cert[1] = {3};
    struct drill drill = {.record = {0}};
    uint8_t office_public[SEAL_PUBLIC_BYTES];
    uint8_t office_secret[SEAL_SECRET_BYTES];
    uint8_t terminal_public[SIGN_PUBLIC_BYTES];
    uint8_t terminal_secret[SIGN_SECRET_BYTES];
    uint8_t hash[HASH_BYTES];
    struct batch_head head = {.number = 1,
                              .first_seq = 1,
                              .last_seq = count,
                              .count = count,
                              .kinds = {count},
                              .certificate = cert,
                              .certificate_size = sizeof cert};
    struct batch_parties parties = {package_hash, terminal_secret,
                                    office_public};
    struct batch_source source = {next, &drill, (uint64_t)count * RECORD_BYTES};
    struct batch_sink sink = {forget, &drill};

    drill.record[5] = 1;
    seal_key_pair(office_public, office_secret);
    sign_key_pair(terminal_public, terminal_secret, seed);
    if (batch_write(hash, &head, &parties, &source, &sink, NULL) != AULA_OK) {
        return 0;
    }
    return drill.written;
}

struct answer {
    uint64_t written;
    size_t highest; /* resident bytes */
};

static struct answer ask_child(uint32_t count)
{
    struct answer answer = {0, 0};
    int ends[2];
    pid_t child;

    assert_int_equal(pipe(ends), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct rusage usage;

        answer.written = write_records(count);
        if (getrusage(RUSAGE_SELF, &usage) == 0) {
            answer.highest = (size_t)usage.ru_maxrss * 1024;
        }
        (void)!write(ends[1], &answer, sizeof answer);
        _exit(0);
    }
    (void)close(ends[1]);
    assert_int_equal(read(ends[0], &answer, sizeof answer), sizeof answer);
    (void)close(ends[0]);
    assert_int_equal(waitpid(child, NULL, 0), child);
    return answer;
}

static void writing_takes_no_more_memory_for_more_records(void **state)
{
    /* More than a chunk, so that all that is ever used is used. */
    struct answer few = ask_child(1000);
    struct answer many = ask_child(RECORDS);

    (void)state;
    assert_true(few.written > (uint64_t)1000 * RECORD_BYTES);
    assert_true(many.written > (uint64_t)RECORDS * RECORD_BYTES);
    assert_true(many.written < BATCH_FILE_MAX);
    assert_true(few.highest > 0 && many.highest > 0);
    assert_true(many.highest < few.highest + SLACK_BYTES);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(writing_takes_no_more_memory_for_more_records),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
