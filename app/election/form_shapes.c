/* SPDX-License-Identifier: Apache-2.0 */
/* Places, lines and rings by their forms: GeoJSON as far as it is needed
 * (RFC 7946), longitude first in it. */
#include <string.h>

#include "election.h"
#include "form.h"

enum { SHAPE_POINTS_MAX = 2000 };

#define MICRO 1000000.0

/* Degrees to millionths, to the nearest. */
static int32_t micro_of(const json_t *value)
{
    double millionths = json_number_value(value) * MICRO;

    return (int32_t)(millionths < 0 ? millionths - 0.5 : millionths + 0.5);
}

static bool is_degree(const json_t *value, double most)
{
    double degree = json_number_value(value);

    return json_is_number(value) && degree >= -most && degree <= most;
}

static void read_degree(struct form_reader *reader, void *out,
                        const struct form_field *field, json_t *value)
{
    if (!is_degree(value, (double)field->max)) {
        form_fault(reader, "expected degrees from -%lld to %lld",
                   (long long)field->max, (long long)field->max);
        return;
    }
    memcpy(out, &(int32_t){micro_of(value)}, sizeof(int32_t));
}

static const struct form_field place_fields[] = {
    {.key = "lat",
     .read = read_degree,
     .offset = offsetof(struct election_place, point.lat),
     .max = 90},
    {.key = "lon",
     .read = read_degree,
     .offset = offsetof(struct election_place, point.lon),
     .max = 180},
};

void form_read_location(struct form_reader *reader, void *out,
                        const struct form_field *field, json_t *value)
{
    static const struct form form = FORM_OF(place_fields,
                                            struct election_place);
    struct election_place *place = out;
    size_t before = faults_count(reader->faults);

    (void)field;
    form_read_fields(reader, place, &form, value);
    place->is_there = faults_count(reader->faults) == before;
}

static bool read_position(struct election_point *point, const json_t *value)
{
    const json_t *lon = json_array_get(value, 0);
    const json_t *lat = json_array_get(value, 1);

    if (json_array_size(value) != 2 || !is_degree(lon, 180) ||
        !is_degree(lat, 90)) {
        return false;
    }
    point->lon = micro_of(lon);
    point->lat = micro_of(lat);
    return true;
}

/* A list of positions into a line, which is left empty after a fault. */
static void read_positions(struct form_reader *reader,
                           struct election_line *line, const json_t *list,
                           size_t min)
{
    size_t count = json_array_size(list);
    struct election_point *points;

    if (count < min || count > SHAPE_POINTS_MAX) {
        form_fault(reader, "expected %zu to %d points", min, SHAPE_POINTS_MAX);
        return;
    }
    points = form_take(reader, count, sizeof *points);
    for (size_t i = 0; points != NULL && i < count; i++) {
        if (!read_position(&points[i], json_array_get(list, i))) {
            size_t mark = form_enter_element(reader, i);

            form_fault(reader, "expected [longitude, latitude] in degrees");
            form_leave(reader, mark);
            return;
        }
    }
    *line = (struct election_line){.points = points,
                                   .count = points == NULL ? 0 : count};
}

/* The keys of a GeoJSON geometry: its coordinates, or NULL after a fault. */
static const json_t *geometry(struct form_reader *reader, json_t *value,
                              const char *type)
{
    const char *is = json_string_value(json_object_get(value, "type"));
    const json_t *coordinates = json_object_get(value, "coordinates");

    if (json_object_size(value) != 2 || is == NULL || strcmp(is, type) != 0 ||
        !json_is_array(coordinates)) {
        form_fault(reader,
                   "expected a GeoJSON %s with the keys \"type\" and "
                   "\"coordinates\" only",
                   type);
        return NULL;
    }
    return coordinates;
}

void form_read_line(struct form_reader *reader, void *out,
                    const struct form_field *field, json_t *value)
{
    const json_t *list = geometry(reader, value, "LineString");
    size_t mark;

    (void)field;
    if (list == NULL) {
        return;
    }
    mark = form_enter_key(reader, "coordinates");
    read_positions(reader, out, list, 2);
    form_leave(reader, mark);
}

static void read_ring(struct form_reader *reader, struct election_line *line,
                      const json_t *list)
{
    const struct election_point *last;
    size_t mark;

    if (json_array_size(list) != 1 || !json_is_array(json_array_get(list, 0))) {
        form_fault(reader, "expected one ring without holes");
        return;
    }
    mark = form_enter_element(reader, 0);
    read_positions(reader, line, json_array_get(list, 0), 4);
    form_leave(reader, mark);
    if (line->count == 0) {
        return;
    }
    last = &line->points[line->count - 1];
    if (last->lat != line->points[0].lat || last->lon != line->points[0].lon) {
        form_fault(reader, "expected a ring whose last point is its first");
        *line = (struct election_line){0};
    }
}

void form_read_polygon(struct form_reader *reader, void *out,
                       const struct form_field *field, json_t *value)
{
    const json_t *list = geometry(reader, value, "Polygon");
    size_t mark;

    (void)field;
    if (list == NULL) {
        return;
    }
    mark = form_enter_key(reader, "coordinates");
    read_ring(reader, out, list);
    form_leave(reader, mark);
}
