/* SPDX-License-Identifier: Apache-2.0 */
/* See elsewhere_list.h. */
#include "elsewhere_list.h"

#include <stdlib.h>
#include <string.h>

static enum aula_code no_memory(struct aula_error *err)
{
    return aula_fail(err, AULA_MEMORY, "no memory");
}

static enum aula_code check_list(const struct elsewhere_list *made,
                                 const struct voter_list *list,
                                 struct aula_error *err)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->rows[i].contest != ROLL_ANY_CONTEST) {
            return aula_fail(err, AULA_SOURCE,
                             "a line names a contest: who voted elsewhere has "
                             "no vote in any");
        }
    }
    return list->count <= ELSEWHERE_COUNT_MAX - made->count
               ? AULA_OK
               : aula_fail(err, AULA_TOO_LARGE, "too many people");
}

enum aula_code elsewhere_list_add(struct elsewhere_list *made,
                                  const struct voter_list *list,
                                  const struct package *package,
                                  const uint8_t tag_key[static TAG_KEY_BYTES],
                                  struct progress *progress,
                                  struct aula_error *err)
{
    uint8_t(*more)[TAG_BYTES] = NULL;
    enum aula_code code = check_list(made, list, err);

    if (code != AULA_OK) {
        return code;
    }
    more = realloc(made->tags, (made->count + list->count + 1) * sizeof *more);
    if (more == NULL) {
        return no_memory(err);
    }
    made->tags = more;
    code = voter_list_tags(more + made->count, list, package, tag_key, progress,
                           err);
    if (code == AULA_OK) {
        made->count += list->count;
    }
    return code;
}

static int compare_tags(const void *left, const void *right)
{
    return memcmp(left, right, TAG_BYTES);
}

static size_t sort_tags(uint8_t (*tags)[TAG_BYTES], size_t count)
{
    size_t kept = 0;

    qsort(tags, count, sizeof *tags, compare_tags);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || memcmp(tags[kept - 1], tags[i], TAG_BYTES) != 0) {
            memmove(tags[kept++], tags[i], TAG_BYTES);
        }
    }
    return kept;
}

enum aula_code
elsewhere_list_sign(struct elsewhere_list *made, const struct package *package,
                    const uint8_t office[static SIGN_SECRET_BYTES],
                    struct aula_error *err)
{
    if (made->count == 0) {
        return aula_fail(err, AULA_SOURCE, "nobody is on the lists");
    }
    made->count = sort_tags(made->tags, made->count);
    made->size = ELSEWHERE_BYTES(made->count);
    made->bytes = malloc(made->size);
    return made->bytes == NULL ? no_memory(err)
                               : elsewhere_make(made->bytes, package, office,
                                                made->tags, made->count, err);
}

void elsewhere_list_close(struct elsewhere_list *made)
{
    free(made->tags);
    free(made->bytes);
    *made = (struct elsewhere_list){.tags = NULL};
}
