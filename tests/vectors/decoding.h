/* SPDX-License-Identifier: Apache-2.0 */
/* The lists `rules` and `decoding`, which plaintext.json and wide.json share,
 * each in its own election. */
#ifndef AULA_VECTORS_DECODING_H
#define AULA_VECTORS_DECODING_H

#include "package.h"
#include "source.h"

void decoding_check(struct source *source, struct package *package);

#endif
