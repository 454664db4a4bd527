/* SPDX-License-Identifier: Apache-2.0 */
/* One case of decrypt.json. */
#ifndef AULA_VECTORS_DECRYPT_CASE_H
#define AULA_VECTORS_DECRYPT_CASE_H

#include "decrypt.h"
#include "world.h"

struct decrypt_state {
    const struct world *world;
    const json_t *cases;
};

/** Contest, N, w and input of a case. */
void decrypt_case_input(struct decrypt_input *input, struct trial *trial,
                        const json_t *row, const struct world *world);

/** The partials of the trustees `indices` (a list) of a case. */
void decrypt_case_parts(struct decrypt_part parts[static DECRYPT_TRUSTEES_MAX],
                        struct trial *trial, const json_t *row,
                        const struct decrypt_input *input,
                        const json_t *indices);

/** decrypt_check in the election of the world. */
AULA_MUST_CHECK enum aula_code
decrypt_case_check_file(struct trial *trial, uint8_t *trustee,
                        const struct decrypt_input *input,
                        const struct world *world, uint32_t used,
                        struct span file);

/** A whole case; `arg` is a struct decrypt_state. */
void decrypt_case_check(struct trial *trial, const json_t *row, void *arg);

#endif
