/* SPDX-License-Identifier: Apache-2.0 */
/* The forms of contests and their proposals. */
#include <string.h>

#include "bytes.h"
#include "election_parts.h"
#include "manifest.h"

#define AT(member) .offset = offsetof(struct election_contest, member)
#define PROPOSAL(member) .offset = offsetof(struct election_proposal, member)

/* Enough for any budget of a state, and a thousand of them fit in 63 bits. */
#define MONEY_MAX 1000000000000000

/* ---- proposals */

/* An id may come from another program, so it is any text that fits into a list
 * with commas. */
static void read_proposal_id(struct form_reader *reader, void *out,
                             const struct form_field *field, json_t *value)
{
    const char *text = json_string_value(value);
    size_t size = text == NULL ? 0 : strlen(text);

    (void)field;
    if (size < 1 || size > 64 || text[0] == ' ' || text[size - 1] == ' ' ||
        strpbrk(text, ",;\"") != NULL ||
        !bytes_are_text((const uint8_t *)text, size)) {
        form_fault(reader, "expected an id of 1 to 64 bytes without comma, "
                           "semicolon and quote");
        return;
    }
    memcpy(out, &text, sizeof text);
}

static bool ends_in(const char *text, const char *end)
{
    size_t size = strlen(text);
    size_t end_size = strlen(end);

    return size > end_size && strcmp(text + size - end_size, end) == 0;
}

static void read_photo(struct form_reader *reader, void *out,
                       const struct form_field *field, json_t *value)
{
    const char *text = json_string_value(value);

    (void)field;
    if (text == NULL || strncmp(text, "photos/", 7) != 0 ||
        !manifest_is_path(text, strlen(text)) ||
        !(ends_in(text, ".jpg") || ends_in(text, ".jpeg") ||
          ends_in(text, ".png"))) {
        form_fault(reader, "expected a path photos/\xe2\x80\xa6 of a-z, 0-9, "
                           ". _ - / that ends in .jpg, .jpeg or .png");
        return;
    }
    memcpy(out, &text, sizeof text);
}

static const struct form_field photos_fields[] = {
    {.key = "now",
     .read = read_photo,
     .offset = offsetof(struct election_photos, now),
     .is_optional = true},
    {.key = "planned",
     .read = read_photo,
     .offset = offsetof(struct election_photos, planned),
     .is_optional = true},
};

static const struct form photos_form = FORM_OF(photos_fields,
                                               struct election_photos);

static const struct form_field proposal_fields[] = {
    {.key = "number",
     .read = form_read_u16,
     .min = 1,
     .max = 9999,
     PROPOSAL(number)},
    {.key = "id", .read = read_proposal_id, PROPOSAL(id)},
    {.key = "title",
     .read = form_read_text,
     .min = 1,
     .max = ELECTION_PROPOSAL_TITLE_MAX,
     PROPOSAL(title)},
    {.key = "short",
     .read = form_read_text,
     .min = 1,
     .max = ELECTION_SHORT_MAX,
     PROPOSAL(short_text)},
    {.key = "full",
     .read = form_read_paragraphs,
     .min = 1,
     .max = ELECTION_FULL_MAX,
     .is_optional = true,
     PROPOSAL(full_text)},
    {.key = "cost",
     .read = form_read_u64,
     .min = 1,
     .max = MONEY_MAX,
     PROPOSAL(cost)},
    {.key = "category",
     .read = form_read_id,
     .is_optional = true,
     PROPOSAL(category_id)},
    {.key = "yard",
     .read = form_read_id,
     .is_optional = true,
     PROPOSAL(yard_id)},
    {.key = "address",
     .read = form_read_text,
     .min = 1,
     .max = 120,
     .is_optional = true,
     PROPOSAL(address)},
    {.key = "location",
     .read = form_read_location,
     .is_optional = true,
     PROPOSAL(location)},
    {.key = "photos",
     .read = form_read_object,
     .form = &photos_form,
     .is_optional = true,
     PROPOSAL(photos)},
};

static const struct form proposal_form = FORM_OF(proposal_fields,
                                                 struct election_proposal);

/* ---- contests */

static const char *const type_words[] = {"approval", "knapsack", "points",
                                         "ranking", NULL};
static const char *const ties_words[] = {"id", "cheaper", "votes", "lot", NULL};

/* A list of lists of ids. */
static void read_groups(struct form_reader *reader, void *out,
                        const struct form_field *field, json_t *value)
{
    static const struct form_field group = {.min = 2, .max = 50};
    size_t count = json_array_size(value);
    struct election_ids *groups;

    if (!json_is_array(value) || count > (size_t)field->max) {
        form_fault(reader, "expected a list of at most %lld lists of ids",
                   (long long)field->max);
        return;
    }
    groups = count == 0 ? NULL : form_take(reader, count, sizeof *groups);
    if (groups == NULL) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        size_t mark = form_enter_element(reader, i);

        form_read_ids(reader, &groups[i], &group, json_array_get(value, i));
        form_leave(reader, mark);
    }
    memcpy(out, &groups, sizeof groups);
    memcpy((char *)out - field->offset + field->count_offset, &count,
           sizeof count);
}

static const struct form_field fields[] = {
    {.key = "id", .read = form_read_id, AT(id)},
    {.key = "name",
     .read = form_read_text,
     .min = 1,
     .max = ELECTION_TITLE_MAX,
     AT(name)},
    {.key = "district",
     .read = form_read_id,
     .is_optional = true,
     AT(district_id)},
    {.key = "type",
     .read = form_read_word,
     .words = type_words,
     .min = PLAINTEXT_APPROVAL,
     AT(type)},
    {.key = "limit",
     .read = form_read_u16,
     .min = 1,
     .max = 65535,
     .is_optional = true,
     AT(limit)},
    {.key = "cap",
     .read = form_read_u16,
     .min = 1,
     .max = 255,
     .is_optional = true,
     AT(cap)},
    {.key = "budget",
     .read = form_read_u64,
     .min = 1,
     .max = MONEY_MAX,
     AT(budget)},
    {.key = "project_cap",
     .read = form_read_u64,
     .min = 1,
     .max = MONEY_MAX,
     .is_optional = true,
     AT(project_cap)},
    {.key = "rule", .read = form_read_label, .min = 1, .max = 64, AT(rule)},
    {.key = "ties", .read = form_read_word, .words = ties_words, AT(ties)},
    {.key = "lot",
     .read = form_read_ids,
     .min = 1,
     .max = PLAINTEXT_PROPOSALS_MAX,
     .is_optional = true,
     AT(lot_ids)},
    {.key = "minimum_votes",
     .read = form_read_u32,
     .max = 10000000,
     .is_optional = true,
     AT(minimum_votes)},
    {.key = "incompatible",
     .read = read_groups,
     .max = 500,
     .is_optional = true,
     AT(incompatible_ids),
     .count_offset = offsetof(struct election_contest, incompatible_count)},
    {.key = "proposals",
     .read = form_read_list,
     .form = &proposal_form,
     .min = 1,
     .max = PLAINTEXT_PROPOSALS_MAX,
     AT(proposals),
     .count_offset = offsetof(struct election_contest, proposal_count)},
};

const struct form election_contest_form = FORM_OF(fields,
                                                  struct election_contest);
