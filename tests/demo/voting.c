/* SPDX-License-Identifier: Apache-2.0 */
/* Twelve residents vote; one has the terminal's honesty checked first. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "code.h"
#include "demo.h"

/* One ballot as the terminal holds it while its voter stands there. */
struct paper {
    uint8_t context[BALLOT_CONTEXT_BYTES];
    uint8_t seed[BALLOT_SEED_BYTES];
    uint8_t bits;
    uint8_t ciphertext[BALLOT_CIPHERTEXT_BYTES(1)];
    uint8_t proof[BALLOT_PROOF_BYTES(1)];
};

/* Two yards for most, one for some, none for the last. */
static uint8_t choice_of(size_t voter)
{
    if (voter == VOTERS - 1) {
        return 0;
    }
    return (uint8_t)(1U << voter % PROPOSALS | 1U << voter / 3 % PROPOSALS);
}

static void write_paper(struct paper *paper, const struct demo *demo,
                        const struct ballot_key *key, uint64_t seq)
{
    uint8_t fixed[32] = {0};
    const struct ballot_place place = {
        .package_hash = demo->package_hash,
        .key = demo->outcome.key,
        .contest = 0,
        .width = 1,
        .tid = fixed,
        .seq = seq,
        .time = 1764000000 + seq,
        .prev = fixed,
        .tagc = fixed,
    };

    ballot_context(paper->context, &place);
    randombytes_buf(paper->seed, sizeof paper->seed);
    demo_expect(ballot_encrypt(paper->ciphertext, paper->proof, key,
                               paper->context, &demo->rule, &paper->bits, 1,
                               paper->seed, NULL),
                AULA_OK, "encryption");
}

static void print_code(const struct paper *paper, const char *who)
{
    uint8_t hash[BALLOT_CODE_HASH_BYTES];
    char code[CODE_TEXT_BYTES];

    ballot_code_hash(hash, paper->context, 1, paper->ciphertext, paper->proof);
    code_write(code, hash);
    printf("  %s: %s\n", who, code);
}

/* A voter who asks to see inside: the ballot is opened and does not count. */
static void challenge(const struct demo *demo, const struct ballot_key *key,
                      struct paper *paper)
{
    paper->bits = 1;
    write_paper(paper, demo, key, VOTERS + 1);
    print_code(paper, "a ballot opened on request");
    demo_expect(ballot_check_opening(key, paper->context, &demo->rule,
                                     &paper->bits, 1, paper->seed,
                                     paper->ciphertext, paper->proof, NULL),
                AULA_OK, "opening");
    paper->bits = 2;
    demo_expect(ballot_check_opening(key, paper->context, &demo->rule,
                                     &paper->bits, 1, paper->seed,
                                     paper->ciphertext, paper->proof, NULL),
                AULA_CHALLENGE_MISMATCH, "opening of another choice");
    printf("  it holds what was tapped and cannot pass for anything else\n");
}

void demo_voting(struct demo *demo)
{
    struct ballot_key *key = NULL;
    struct paper *paper = sodium_malloc(sizeof *paper);

    printf("2. %d residents choose up to %d of %d yards\n", VOTERS, LIMIT,
           PROPOSALS);
    demo_expect(paper == NULL ? AULA_MEMORY : AULA_OK, AULA_OK, "memory");
    demo->rule = (struct plaintext_rule){
        .type = PLAINTEXT_APPROVAL, .n = PROPOSALS, .limit = LIMIT};
    demo_expect(ballot_key_open(&key, demo->outcome.key, NULL), AULA_OK, "key");
    for (size_t voter = 0; voter < VOTERS; voter++) {
        paper->bits = choice_of(voter);
        write_paper(paper, demo, key, voter + 1);
        demo_expect(ballot_check(paper->context, 1, paper->ciphertext,
                                 paper->proof),
                    AULA_OK, "proof");
        memcpy(demo->list + 64 * voter, paper->ciphertext, 64);
        for (size_t q = 0; q < PROPOSALS; q++) {
            demo->cast[q] += ((unsigned)paper->bits >> q) & 1U;
        }
        if (voter == 0) {
            print_code(paper, "code of the first ballot");
        }
    }
    challenge(demo, key, paper);
    sodium_free(paper);
    ballot_key_close(key);
}
