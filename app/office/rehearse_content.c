/* SPDX-License-Identifier: Apache-2.0 */
/* See rehearse_content.h. */
#include "rehearse_content.h"

#include <string.h>

#include "source_parts.h"

enum aula_code rehearse_content(char **text, size_t *size,
                                const struct pabulib *file, int32_t first,
                                int32_t last, struct aula_error *err)
{
    char first_day[11];
    char last_day[11];
    const struct source_wish wish = {.is_rehearsal = true,
                                     .is_quick = true,
                                     .first_day = first_day,
                                     .last_day = last_day};
    json_t *root = NULL;
    char *made = NULL;
    enum aula_code code = source_of_pabulib(&root, file, err);

    if (code != AULA_OK) {
        return code;
    }
    election_write_date(first_day, first);
    election_write_date(last_day, last);
    if (source_apply(root, &wish)) {
        made = source_dump(root);
    }
    json_decref(root);
    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory for the content");
    }
    *text = made;
    *size = strlen(made);
    return AULA_OK;
}
