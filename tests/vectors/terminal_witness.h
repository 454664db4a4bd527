/* SPDX-License-Identifier: Apache-2.0 */
/* The witness in terminal.json (PROTOCOL.md 9.2). */
#ifndef AULA_VECTORS_TERMINAL_WITNESS_H
#define AULA_VECTORS_TERMINAL_WITNESS_H

#include "world.h"

/** Check `witness`, `bad_witnesses`, `witness_start` and `stick_heads`. */
void terminal_witness(struct source *source, const struct world *world);

#endif
