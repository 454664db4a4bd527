/* SPDX-License-Identifier: Apache-2.0 */
/* Changing what the office wants otherwise in a text that was found good, so
 * that a sample with fixed dates can be rehearsed today. */
#include <string.h>

#include "source_parts.h"

/* Nine digits hold a coordinate with the six decimals that are kept. */
enum { DIGITS_OF_REALS = 9 };

static bool set_text(json_t *object, const char *key, const char *text)
{
    return json_object_set_new(object, key, json_string(text)) == 0;
}

static bool rehearse(json_t *root, bool is_quick)
{
    json_t *publication = json_object_get(root, "publication");
    json_t *voters = json_object_get(root, "voters");

    return set_text(root, "mode", "rehearsal") &&
           json_object_set_new(publication, "min_anon", json_integer(2)) == 0 &&
           (!is_quick || (set_text(voters, "id_scheme", "digits") &&
                          set_text(voters, "tag_stretch", "none")));
}

/* Days with hours of their own that are no longer voted on; dates compare as
 * text. */
static void drop_days(json_t *root)
{
    const json_t *dates = json_object_get(root, "dates");
    const char *first = json_string_value(json_object_get(dates, "first"));
    const char *last = json_string_value(json_object_get(dates, "last"));
    json_t *days = json_object_get(root, "days");
    size_t i = 0;

    while (i < json_array_size(days)) {
        const json_t *day = json_array_get(days, i);
        const char *date = json_string_value(json_object_get(day, "date"));

        if (first == NULL || last == NULL || date == NULL ||
            strcmp(date, first) < 0 || strcmp(date, last) > 0) {
            (void)json_array_remove(days, i);
        } else {
            i++;
        }
    }
}

bool source_apply(json_t *root, const struct source_wish *wish)
{
    json_t *dates = json_object_get(root, "dates");

    if (wish->is_rehearsal && !rehearse(root, wish->is_quick)) {
        return false;
    }
    if (wish->first_day != NULL && !set_text(dates, "first", wish->first_day)) {
        return false;
    }
    if (wish->last_day != NULL && !set_text(dates, "last", wish->last_day)) {
        return false;
    }
    if (wish->first_day != NULL || wish->last_day != NULL) {
        drop_days(root);
    }
    return true;
}

char *source_dump(const json_t *root)
{
    return json_dumps(root,
                      JSON_INDENT(2) | JSON_REAL_PRECISION(DIGITS_OF_REALS));
}
