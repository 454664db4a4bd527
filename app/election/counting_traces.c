/* SPDX-License-Identifier: Apache-2.0 */
/* REPEATED_RANDOMNESS (PROTOCOL.md 11.1): an a_i that occurs twice. */
#include <string.h>

#include "counting_parts.h"

static const struct counting_record *record_of(const struct counting *set,
                                               size_t trace)
{
    const struct counting_record *record =
        &set->records[set->traces[trace].record];

    return record->is_revoked ? NULL : record;
}

/* The earliest record that has it is not to blame, but for a second time. */
static enum aula_code walk_run(struct counting *set, size_t first, size_t end,
                               struct aula_error *err)
{
    const struct counting_record *earliest = NULL;
    size_t times = 0; /* in the earliest */
    enum aula_code code = AULA_OK;

    for (size_t i = first; i < end; i++) {
        const struct counting_record *record = record_of(set, i);

        if (record != NULL && record == earliest) {
            times++;
        } else if (record != NULL && (earliest == NULL ||
                                      counting_compare(record, earliest) < 0)) {
            earliest = record;
            times = 1;
        }
    }
    for (size_t i = first; code == AULA_OK && i < end; i++) {
        const struct counting_record *record = record_of(set, i);

        if (record != NULL && (record != earliest || times > 1)) {
            code = counting_note(set, COUNTING_REPEATED_RANDOMNESS,
                                 record->terminal, record->seq, record->seq,
                                 false, err);
        }
    }
    return code;
}

enum aula_code counting_walk_traces(struct counting *set,
                                    struct aula_error *err)
{
    enum aula_code code = AULA_OK;
    size_t end;

    for (size_t first = 0; code == AULA_OK && first < set->trace_count;
         first = end) {
        end = first + 1;
        while (end < set->trace_count &&
               memcmp(set->traces[first].print, set->traces[end].print,
                      COUNTING_PRINT_BYTES) == 0) {
            end++;
        }
        if (end - first > 1) {
            code = walk_run(set, first, end, err);
        }
    }
    return code;
}
