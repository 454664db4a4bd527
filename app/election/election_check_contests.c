/* SPDX-License-Identifier: Apache-2.0 */
/* Consistency of contests and their proposals. */
#include <string.h>

#include "election_parts.h"

enum { ROOM_OF_TITLE = 400, NUMBERS = 10000 };

/* ---- a proposal */

static void check_title(struct form_reader *reader,
                        const struct election *election,
                        const struct election_proposal *proposal, size_t index)
{
    const char *kk = proposal->title.of[election->kk];
    const char *ru = proposal->title.of[election->ru];

    if (kk != NULL && ru != NULL && strcmp(kk, ru) != 0 &&
        strlen(kk) + strlen(ru) + 3 > ROOM_OF_TITLE) {
        election_fault(reader, "proposals", index, "title",
                       "kk and ru together are longer than %d bytes",
                       ROOM_OF_TITLE - 3);
    }
}

static void find_category(struct form_reader *reader,
                          const struct election *election,
                          const struct election_known *known,
                          struct election_proposal *proposal, size_t index)
{
    size_t found;

    if (proposal->category_id == NULL) {
        return;
    }
    found = election_index_find(&known->categories, proposal->category_id);
    if (found == SIZE_MAX) {
        election_fault(reader, "proposals", index, "category",
                       "there is no category \"%s\"", proposal->category_id);
        return;
    }
    proposal->category = &election->categories[found];
}

static void find_yard(struct form_reader *reader,
                      const struct election *election,
                      const struct election_known *known,
                      const struct election_contest *contest,
                      struct election_proposal *proposal, size_t index)
{
    size_t found;

    if (proposal->yard_id == NULL) {
        return;
    }
    found = election_index_find(&known->yards, proposal->yard_id);
    if (found == SIZE_MAX) {
        election_fault(reader, "proposals", index, "yard",
                       "there is no yard \"%s\"", proposal->yard_id);
        return;
    }
    proposal->yard = &election->yards[found];
    if (contest->district != NULL && proposal->yard->district != NULL &&
        contest->district != proposal->yard->district) {
        election_fault(reader, "proposals", index, "yard",
                       "the yard is in district \"%s\", not in that of the "
                       "contest",
                       proposal->yard->district_id);
    }
    if (proposal->address.of[0] == NULL) {
        proposal->address = proposal->yard->address;
    }
}

/* Its own place is looked at here; a yard's was where yards are. */
static void check_place(struct form_reader *reader,
                        const struct election_contest *contest,
                        struct election_proposal *proposal, size_t index)
{
    if (proposal->location.is_there) {
        if (contest->district != NULL &&
            !election_is_inside(contest->district, &proposal->location)) {
            election_fault(reader, "proposals", index, "location",
                           "the place is outside the outline of the district");
        }
    } else if (proposal->yard != NULL) {
        proposal->location = proposal->yard->location;
    }
}

static void check_numbers(struct form_reader *reader,
                          const struct election_contest *contest)
{
    bool is_used[NUMBERS] = {false};

    for (size_t i = 0; i < contest->proposal_count; i++) {
        uint16_t number = contest->proposals[i].number;

        if (number != 0 && is_used[number]) {
            election_fault(reader, "proposals", i, "number",
                           "the number %u stands twice", number);
        }
        is_used[number] = true;
    }
}

/* ---- lists of proposals */

/* Find each id once; how many were found. */
static size_t find_all(struct form_reader *reader, const char *key,
                       uint16_t *places, const struct election_ids *ids,
                       const struct election_index *proposals)
{
    bool is_used[PLAINTEXT_PROPOSALS_MAX] = {false};
    size_t count = 0;

    for (size_t i = 0; i < ids->count; i++) {
        const char *id = ids->ids[i];
        size_t found = id == NULL ? SIZE_MAX
                                  : election_index_find(proposals, id);

        if (id == NULL) {
            continue;
        }
        if (found == SIZE_MAX) {
            election_fault(reader, key, i, NULL, "there is no proposal \"%s\"",
                           form_show(id));
        } else if (is_used[found]) {
            election_fault(reader, key, i, NULL, "the id \"%s\" stands twice",
                           id);
        } else {
            is_used[found] = true;
            places[count++] = (uint16_t)found;
        }
    }
    return count;
}

static void find_lot(struct form_reader *reader,
                     struct election_contest *contest, const json_t *value,
                     const struct election_index *proposals)
{
    const struct election_ids *ids = &contest->lot_ids;
    bool is_there = json_object_get(value, "lot") != NULL;

    if (json_object_get(value, "ties") == NULL ||
        is_there != (contest->ties == ELECTION_TIES_LOT)) {
        if (json_object_get(value, "ties") != NULL) {
            form_fault(reader, "expected the key \"lot\" with \"ties\": "
                               "\"lot\", and only then");
        }
        return;
    }
    if (ids->count == 0) {
        return;
    }
    contest->lot = form_take(reader, ids->count, sizeof *contest->lot);
    if (contest->lot != NULL &&
        find_all(reader, "lot", contest->lot, ids, proposals) !=
            contest->proposal_count) {
        election_fault(reader, NULL, 0, "lot",
                       "expected the id of every proposal once");
    }
}

static void find_groups(struct form_reader *reader,
                        struct election_contest *contest,
                        const struct election_index *proposals)
{
    size_t count = contest->incompatible_count;
    size_t mark = form_enter_key(reader, "incompatible");

    if (count > 0) {
        contest->incompatible = form_take(reader, count,
                                          sizeof *contest->incompatible);
    }
    for (size_t i = 0; contest->incompatible != NULL && i < count; i++) {
        const struct election_ids *ids = &contest->incompatible_ids[i];
        struct election_group *group = &contest->incompatible[i];
        size_t inner = form_enter_element(reader, i);

        if (ids->count > 0) {
            group->proposals = form_take(reader, ids->count,
                                         sizeof *group->proposals);
        }
        if (group->proposals != NULL) {
            group->count = find_all(reader, "", group->proposals, ids,
                                    proposals);
        }
        form_leave(reader, inner);
    }
    form_leave(reader, mark);
}

/* ---- a contest */

static void find_district(struct form_reader *reader,
                          const struct election *election,
                          const struct election_known *known,
                          struct election_contest *contest, const json_t *value)
{
    size_t found = SIZE_MAX;

    if (contest->district_id != NULL) {
        found = election_index_find(&known->districts, contest->district_id);
        if (found == SIZE_MAX) {
            election_fault(reader, NULL, 0, "district",
                           "there is no district \"%s\"", contest->district_id);
        }
    } else if (json_object_get(value, "district") == NULL) {
        found = election->district_count == 1 ? 0 : SIZE_MAX;
        if (election->district_count > 1) {
            form_fault(reader, "key \"district\" is missing, and there are "
                               "several districts");
        }
    }
    if (found != SIZE_MAX) {
        contest->district = &election->districts[found];
        contest->district_id = contest->district->id;
    }
}

static void check_contest(struct form_reader *reader,
                          const struct election *election,
                          const struct election_known *known,
                          struct election_contest *contest, const json_t *value)
{
    struct election_index proposals = election_know_proposals(reader, contest);

    find_district(reader, election, known, contest, value);
    election_check_rule(reader, contest, value,
                        election->mode == PACKAGE_OFFICIAL);
    check_numbers(reader, contest);
    for (size_t i = 0; i < contest->proposal_count; i++) {
        struct election_proposal *proposal = &contest->proposals[i];

        check_title(reader, election, proposal, i);
        find_category(reader, election, known, proposal, i);
        find_yard(reader, election, known, contest, proposal, i);
        check_place(reader, contest, proposal, i);
    }
    find_lot(reader, contest, value, &proposals);
    find_groups(reader, contest, &proposals);
}

void election_check_contests(struct form_reader *reader,
                             struct election *election,
                             const struct election_known *known)
{
    const json_t *list = json_object_get(election->json, "contests");
    size_t mark = form_enter_key(reader, "contests");

    for (size_t i = 0; i < election->contest_count; i++) {
        struct election_contest *contest = &election->contests[i];
        size_t inner = form_enter_element(reader, i);

        election->proposal_count += contest->proposal_count;
        check_contest(reader, election, known, contest,
                      json_array_get(list, i));
        form_leave(reader, inner);
    }
    if (election->proposal_count > ELECTION_PROPOSALS_MAX) {
        form_fault(reader, "more than %d proposals in all",
                   ELECTION_PROPOSALS_MAX);
    }
    form_leave(reader, mark);
}
