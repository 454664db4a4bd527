/* SPDX-License-Identifier: Apache-2.0 */
/* What a ballot may say (PROTOCOL.md 6.1) and how it is read back from points
 * (6.3).
 *
 * A plaintext is P bytes: a bitmap for approval and knapsack, a byte for each
 * proposal for points and ranking. All zeros is a valid blank ballot in every
 * type. It is cut into w chunks of 30 bytes, the last one padded with zeros.
 *
 * plaintext_check touches every byte in the same order whatever they say: it
 * runs on secrets.
 */
#ifndef AULA_PLAINTEXT_H
#define AULA_PLAINTEXT_H

#include <stddef.h>
#include <stdint.h>

#include "embed.h"
#include "error.h"
#include "group.h"

enum plaintext_type {
    PLAINTEXT_APPROVAL = 1, /* at most `limit` bits */
    PLAINTEXT_KNAPSACK = 2, /* sum of costs at most `budget` */
    PLAINTEXT_POINTS = 3,   /* each at most `cap`, sum at most `limit` */
    PLAINTEXT_RANKING = 4   /* ranks 1..m, m at most `limit`, each once */
};

enum {
    PLAINTEXT_PROPOSALS_MAX = 1000,
    PLAINTEXT_BYTES_MAX = 1000,
    PLAINTEXT_WIDTH_MAX = 34
};

/* A contest as far as its ballots go. Checked by whoever read the package:
 * n 1..1000, limit and cap as section 4's table allows for the type. */
struct plaintext_rule {
    enum plaintext_type type;
    uint16_t n;            /* proposals */
    uint16_t limit;        /* 0 for knapsack */
    uint16_t cap;          /* points only, else 0 */
    uint64_t budget;       /* whole tenge */
    const uint64_t *costs; /* n of them; used for knapsack only */
};

/** P of section 4: bytes of a plaintext, 1..1000. */
size_t plaintext_size(const struct plaintext_rule *rule);

/** w of section 4: chunks of 30 bytes, 1..34. */
size_t plaintext_width(const struct plaintext_rule *rule);

/** The rules of 6.1.
 *
 *  Returns: AULA_OK
 *           AULA_PT_PADDING  another length than P, or bits beyond n
 *           AULA_PT_LIMIT    more than the limit, the cap or the budget allow
 *           AULA_PT_RANK     not the ranks 1..m, each once
 */
AULA_MUST_CHECK enum aula_code
plaintext_check(const struct plaintext_rule *rule, const uint8_t *plaintext,
                size_t size);

/** Read a ballot back from its w points, by 6.3 and then 6.1.
 *
 *  Returns: AULA_OK, AULA_PT_EMBED, AULA_PT_COUNTER, AULA_PT_PADDING,
 *           AULA_PT_LIMIT or AULA_PT_RANK: the first by chunk, then the rules
 *  Out:     plaintext  plaintext_size() bytes, zeros on failure: an invalid
 *                      ballot is published as its code and zeros
 *  In:      points     w computed points, GROUP_POINT_BYTES each; O allowed
 */
AULA_MUST_CHECK enum aula_code
plaintext_decode(uint8_t *plaintext, const struct plaintext_rule *rule,
                 const uint8_t *points);

#endif
