/* SPDX-License-Identifier: Apache-2.0 */
/* The forms of the map: districts with their streets and landmarks, yards with
 * their buildings, halls. */
#include "election_parts.h"

/* A field named as in the struct, of the struct that is at hand. */
#define AT(type, member) .offset = offsetof(struct type, member)
#define ID(type)                                                               \
    {                                                                          \
        .key = "id", .read = form_read_id, AT(type, id)                        \
    }
#define NAME(type, most)                                                       \
    {                                                                          \
        .key = "name", .read = form_read_text, .min = 1, .max = (most),        \
        AT(type, name)                                                         \
    }
#define DISTRICT(type)                                                         \
    {                                                                          \
        .key = "district", .read = form_read_id, AT(type, district_id)         \
    }
#define ADDRESS(type)                                                          \
    {                                                                          \
        .key = "address", .read = form_read_text, .min = 1, .max = 120,        \
        AT(type, address)                                                      \
    }
#define LOCATION(type)                                                         \
    {                                                                          \
        .key = "location", .read = form_read_location, AT(type, location)      \
    }
#define OUTLINE(type)                                                          \
    {                                                                          \
        .key = "outline", .read = form_read_polygon, .is_optional = true,      \
        AT(type, outline)                                                      \
    }

static const char *const kind_words[] = {"school", "clinic", "akimat", "park",
                                         "shop",   "stop",   "mosque", "church",
                                         "water",  "other",  NULL};

static const struct form_field street_fields[] = {
    NAME(election_street, 60),
    {.key = "line", .read = form_read_line, AT(election_street, line)},
};

static const struct form_field landmark_fields[] = {
    {.key = "kind",
     .read = form_read_word,
     .words = kind_words,
     AT(election_landmark, kind)},
    NAME(election_landmark, 60),
    LOCATION(election_landmark),
};

static const struct form street_form = FORM_OF(street_fields,
                                               struct election_street);
static const struct form landmark_form = FORM_OF(landmark_fields,
                                                 struct election_landmark);

static const struct form_field district_fields[] = {
    ID(election_district),
    NAME(election_district, 48),
    OUTLINE(election_district),
    {.key = "streets",
     .read = form_read_list,
     .form = &street_form,
     .max = 500,
     .is_optional = true,
     AT(election_district, streets),
     .count_offset = offsetof(struct election_district, street_count)},
    {.key = "landmarks",
     .read = form_read_list,
     .form = &landmark_form,
     .max = 500,
     .is_optional = true,
     AT(election_district, landmarks),
     .count_offset = offsetof(struct election_district, landmark_count)},
};

const struct form election_district_form = FORM_OF(district_fields,
                                                   struct election_district);

static const struct form_field building_fields[] = {
    ADDRESS(election_building),
    {.key = "contests",
     .read = form_read_ids,
     .min = 1,
     .max = 100,
     AT(election_building, contests)},
};

static const struct form building_form = FORM_OF(building_fields,
                                                 struct election_building);

static const struct form_field yard_fields[] = {
    ID(election_yard),
    NAME(election_yard, 80),
    DISTRICT(election_yard),
    ADDRESS(election_yard),
    LOCATION(election_yard),
    OUTLINE(election_yard),
    {.key = "contests",
     .read = form_read_ids,
     .min = 1,
     .max = 100,
     .is_optional = true,
     AT(election_yard, contests)},
    {.key = "buildings",
     .read = form_read_list,
     .form = &building_form,
     .max = 200,
     .is_optional = true,
     AT(election_yard, buildings),
     .count_offset = offsetof(struct election_yard, building_count)},
};

const struct form election_yard_form = FORM_OF(yard_fields,
                                               struct election_yard);

static const struct form_field hall_fields[] = {
    ID(election_hall),      NAME(election_hall, 80), DISTRICT(election_hall),
    ADDRESS(election_hall), LOCATION(election_hall),
};

const struct form election_hall_form = FORM_OF(hall_fields,
                                               struct election_hall);
