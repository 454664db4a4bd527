/* SPDX-License-Identifier: Apache-2.0 */
/* What the expert council decided after the vote: council.json, which the
 * office writes by hand and may put on the board.
 *
 *   {
 *     "format": "aula-council-1",
 *     "election": "0f3c…",              eid, 32 hexadecimal digits
 *     "decisions": [
 *       {
 *         "contest": "city",
 *         "number": 12,                 as printed
 *         "decision": "refused",        or "accepted"
 *         "reason": {"kk": "…", "ru": "…"}
 *       }
 *     ]
 *   }
 *
 * Read as strictly as election.json: all faults at once, with their places;
 * assets/council.schema.json says the same form for editors. A decision stands
 * beside the result and never changes it.
 */
#ifndef AULA_COUNCIL_H
#define AULA_COUNCIL_H

#include "faults.h"
#include "page_book.h"

#define COUNCIL_FORMAT "aula-council-1"

enum {
    COUNCIL_BYTES_MAX = 1024 * 1024,
    COUNCIL_REASON_MAX = 300, /* characters */
    COUNCIL_DECISIONS_MAX = 20000
};

struct council_decision {
    const char *contest_id;
    uint16_t number;
    enum page_advice advice;
    struct election_text reason; /* kk, ru; optional */
};

struct council {
    const char *election; /* eid in hexadecimal */
    struct council_decision *decisions;
    size_t decision_count;

    struct json_t *json;
    struct form_memory *memory;
};

/** Read a whole council.json.
 *
 *  Returns: AULA_OK
 *           AULA_TOO_LARGE  above COUNCIL_BYTES_MAX
 *           AULA_SOURCE     it has faults; err holds the first of them
 *           AULA_MEMORY
 *  Out:     council  all zero on failure
 *           faults   all of them, added to what it holds; may be NULL
 *  In:      bytes    `size` bytes from outside
 *  Owner:   council_close; `bytes` are not kept
 */
AULA_MUST_CHECK enum aula_code council_open(struct council *council,
                                            struct faults *faults,
                                            const uint8_t *bytes, size_t size,
                                            struct aula_error *err);
void council_close(struct council *council); /* accepts NULL and all zero */

/** Put the decisions beside the proposals.
 *
 *  Returns: AULA_OK
 *           AULA_WRONG_ELECTION  it is of another election
 *           AULA_SOURCE          a proposal that there is not, or twice
 *  In:      council  stays open until page_book_close
 */
AULA_MUST_CHECK enum aula_code page_take_council(struct page_book *book,
                                                 const struct council *council,
                                                 struct aula_error *err);

#endif
