/* SPDX-License-Identifier: Apache-2.0 */
/* PROTOCOL.md 12.1 step by step; see mix_trace.h. */
#include "mix_trace.h"

#include "mix_steps.h"

/* The row's trace, our own file, and what the hashes of both come from. */
struct trace {
    struct trial *trial;
    const json_t *row; /* "trace" */
    const struct mix_input *input;
    uint8_t seed[MIX_SEED_BYTES];
    uint8_t s0[HASH_WIDE_BYTES];
    uint8_t u[HASH_WIDE_BYTES];
    uint8_t *file;
    struct mix_layout at;
};

static void expect(struct trace *trace, const char *key, const void *came,
                   size_t size)
{
    struct span expected = field_bytes(trace->trial, trace->row, key);

    trial_expect_bytes(trace->trial, key, expected.bytes, expected.size, came,
                       size);
}

static void check_permutation(struct trace *trace)
{
    struct trial *trial = trace->trial;
    const json_t *list = field_list(trial, trace->row, "psi");
    uint32_t count = trace->input->count;
    uint32_t *psi = source_memory(trial->source, count * sizeof *psi);

    trial_expect_number(trial, "psi", count, json_array_size(list));
    mix_permutation(psi, count, trace->seed, trace->s0);
    for (size_t i = 0; i < count; i++) {
        trial_expect_number(trial, "psi", list_number(trial, list, i, count),
                            psi[i]);
    }
}

static void check_start(struct trace *trace, uint8_t trustee)
{
    uint8_t rho[GROUP_SCALAR_BYTES];

    mix_input_hash(trace->s0, trace->input, trustee);
    expect(trace, "S0", trace->s0, sizeof trace->s0);
    check_permutation(trace);
    mix_random(rho, trace->seed, trace->s0, 1, 0, 0);
    expect(trace, "rho00", rho, sizeof rho);
}

static void check_proof(struct trace *trace)
{
    struct trial *trial = trace->trial;
    size_t t_size = mix_t_size(trace->input->count, trace->input->width);
    uint8_t *t = source_memory(trial->source, t_size);
    uint8_t scalar[GROUP_SCALAR_BYTES];
    uint8_t v[HASH_BYTES];

    mix_u_hash(trace->u, trace->s0, trace->file, &trace->at);
    expect(trace, "U", trace->u, sizeof trace->u);
    mix_u(scalar, trace->u, 0);
    expect(trace, "u0", scalar, sizeof scalar);
    mix_chain_hash(v, trace->file, &trace->at);
    expect(trace, "V", v, sizeof v);
    trial_expect_code(trial, AULA_OK,
                      mix_recompute(t, trial->source->run->pool, trace->input,
                                    trace->u, trace->file, NULL));
    expect(trace, "T", t, t_size);
    mix_challenge(scalar, trace->u, trace->file, &trace->at, t, t_size);
    expect(trace, "c", scalar, sizeof scalar);
    expect(trace, "c", trace->file + trace->at.c, GROUP_SCALAR_BYTES);
}

void mix_trace_check(struct trial *trial, const json_t *row,
                     const struct mix_input *input, uint8_t trustee,
                     const uint8_t secret[static SIGN_SECRET_BYTES],
                     struct span expected)
{
    struct trace trace = {.trial = trial,
                          .row = field_object(trial, row, "trace"),
                          .input = input};
    size_t size = mix_file_size(input->count, input->width);

    field_fixed(trial, row, "seed", trace.seed, sizeof trace.seed);
    trial_expect_number(trial, "size of the file", expected.size, size);
    if (trial_is_bad(trial)) {
        return;
    }
    mix_layout_of(&trace.at, input->count, input->width);
    trace.file = source_memory(trial->source, size);
    trial_expect_code(trial, AULA_OK,
                      mix_make(trace.file, trial->source->run->pool, input,
                               trustee, secret, trace.seed, NULL));
    if (trial_is_bad(trial)) {
        return;
    }
    check_start(&trace, trustee);
    check_proof(&trace);
    trial_expect_bytes(trial, "file", expected.bytes, expected.size, trace.file,
                       size);
}
