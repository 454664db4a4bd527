/* SPDX-License-Identifier: Apache-2.0 */
/* Consistency of the map: every yard and hall inside its district, and which
 * contests the residents of a yard have. */
#include <string.h>

#include "election_parts.h"

/* Is the turn from a over b to c left (1), right (-1) or none (0)? Coordinates
 * are below 2^28, so that nothing overflows. */
static int turn(const struct election_point *a, const struct election_point *b,
                const struct election_point *c)
{
    int64_t left = ((int64_t)b->lon - a->lon) * ((int64_t)c->lat - a->lat);
    int64_t right = ((int64_t)b->lat - a->lat) * ((int64_t)c->lon - a->lon);

    return left > right ? 1 : left < right ? -1 : 0;
}

/* Does a ray from the point to the east cross the side from a to b? Each side
 * holds its lower end only, so a ray through a corner counts once. */
static bool crosses(const struct election_point *point,
                    const struct election_point *a,
                    const struct election_point *b)
{
    if ((a->lat > point->lat) == (b->lat > point->lat)) {
        return false;
    }
    return a->lat < b->lat ? turn(a, b, point) > 0 : turn(a, b, point) < 0;
}

static bool is_inside(const struct election_line *ring,
                      const struct election_point *point)
{
    bool is_in = false;

    for (size_t i = 1; i < ring->count; i++) {
        if (crosses(point, &ring->points[i - 1], &ring->points[i])) {
            is_in = !is_in;
        }
    }
    return is_in;
}

bool election_is_inside(const struct election_district *district,
                        const struct election_place *place)
{
    return district->outline.count == 0 ||
           is_inside(&district->outline, &place->point);
}

/* The district of a yard or a hall, which must have an outline. */
static const struct election_district *
find_district(struct form_reader *reader, const struct election *election,
              const struct election_index *districts, const char *key,
              size_t index, const char *id, const struct election_place *place)
{
    size_t found = id == NULL ? SIZE_MAX : election_index_find(districts, id);
    const struct election_district *district;

    if (election->districts == NULL || found == SIZE_MAX) {
        if (id != NULL) {
            election_fault(reader, key, index, "district",
                           "there is no district \"%s\"", id);
        }
        return NULL;
    }
    district = &election->districts[found];
    if (place->is_there && !election_is_inside(district, place)) {
        election_fault(reader, key, index, "location",
                       "the place is outside the outline of \"%s\"", id);
    }
    return district;
}

static void need_outline(struct form_reader *reader,
                         const struct election *election, const char *what,
                         const struct election_district *district)
{
    size_t index = (size_t)(district - election->districts);
    const json_t *list = json_object_get(election->json, "districts");

    if (json_object_get(json_array_get(list, index), "outline") == NULL) {
        election_fault(reader, "districts", index, NULL,
                       "key \"outline\" is missing, and the district has %s",
                       what);
    }
}

static void check_contest_ids(struct form_reader *reader,
                              const struct election_index *contests,
                              const struct election_ids *ids)
{
    for (size_t i = 0; i < ids->count; i++) {
        if (ids->ids[i] != NULL &&
            election_index_find(contests, ids->ids[i]) == SIZE_MAX) {
            election_fault(reader, "contests", i, NULL,
                           "there is no contest \"%s\"",
                           form_show(ids->ids[i]));
        }
    }
}

static void check_yard(struct form_reader *reader,
                       const struct election_index *contests,
                       const struct election_yard *yard, size_t index)
{
    size_t mark = form_enter_key(reader, "yards");

    (void)form_enter_element(reader, index);
    check_contest_ids(reader, contests, &yard->contests);
    for (size_t i = 0; i < yard->building_count; i++) {
        size_t inner = form_enter_key(reader, "buildings");

        (void)form_enter_element(reader, i);
        check_contest_ids(reader, contests, &yard->buildings[i].contests);
        form_leave(reader, inner);
    }
    form_leave(reader, mark);
}

/* Which districts have yards, which have halls. */
struct used_districts {
    bool by_yard[ELECTION_DISTRICTS_MAX];
    bool by_hall[ELECTION_DISTRICTS_MAX];
};

static void check_yards(struct form_reader *reader, struct election *election,
                        const struct election_known *known,
                        struct used_districts *used)
{
    for (size_t i = 0; i < election->yard_count; i++) {
        struct election_yard *yard = &election->yards[i];

        yard->district = find_district(reader, election, &known->districts,
                                       "yards", i, yard->district_id,
                                       &yard->location);
        if (yard->district != NULL) {
            used->by_yard[yard->district - election->districts] = true;
        }
        check_yard(reader, &known->contests, yard, i);
    }
}

static void check_halls(struct form_reader *reader, struct election *election,
                        const struct election_known *known,
                        struct used_districts *used)
{
    for (size_t i = 0; i < election->hall_count; i++) {
        struct election_hall *hall = &election->halls[i];

        hall->district = find_district(reader, election, &known->districts,
                                       "halls", i, hall->district_id,
                                       &hall->location);
        if (hall->district != NULL) {
            used->by_hall[hall->district - election->districts] = true;
        }
    }
}

void election_check_map(struct form_reader *reader, struct election *election,
                        const struct election_known *known)
{
    struct used_districts used = {0};

    check_yards(reader, election, known, &used);
    check_halls(reader, election, known, &used);
    for (size_t i = 0; i < election->district_count; i++) {
        if (used.by_yard[i] || used.by_hall[i]) {
            need_outline(reader, election, used.by_yard[i] ? "yards" : "halls",
                         &election->districts[i]);
        }
    }
}

/* ---- who votes on what */

static bool has_id(const struct election_ids *ids, const char *id)
{
    for (size_t i = 0; i < ids->count; i++) {
        if (strcmp(ids->ids[i], id) == 0) {
            return true;
        }
    }
    return false;
}

bool election_yard_has(const struct election *election,
                       const struct election_yard *yard, size_t building,
                       size_t contest)
{
    const struct election_contest *asked = &election->contests[contest];

    if (building < yard->building_count) {
        return has_id(&yard->buildings[building].contests, asked->id);
    }
    if (yard->contests.count > 0) {
        return has_id(&yard->contests, asked->id);
    }
    return asked->district == yard->district;
}
