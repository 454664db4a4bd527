/* SPDX-License-Identifier: Apache-2.0 */
/* projects.geojson and projects.csv: the proposals for the budget map of the
 * city. A proposal without a place is there too, with no geometry. */
#include "page_json.h"
#include "page_names.h"

/* ---- GeoJSON (RFC 7946): longitude first, WGS 84 */

static void put_geometry(struct page_json *json,
                         const struct page_proposal *proposal)
{
    page_json_key(json, "geometry");
    if (!proposal->location.is_there) {
        page_json_add_null(json);
        return;
    }
    page_json_open(json, "{");
    page_json_name(json, "type", "Point");
    page_json_key(json, "coordinates");
    page_json_open(json, "[");
    page_json_add_millionths(json, proposal->location.point.lon);
    page_json_add_millionths(json, proposal->location.point.lat);
    page_json_close(json, "]");
    page_json_close(json, "}");
}

/* Flat names with the language at their end: what map programs show. */
static void put_pair(struct page_json *json, const char *kk, const char *ru,
                     const struct page_text *text)
{
    page_json_text(json, kk, text->of[PAGE_KK]);
    page_json_text(json, ru, text->of[PAGE_RU]);
}

static void put_properties(struct page_json *json,
                           const struct page_facts *facts,
                           const struct page_contest *contest,
                           const struct page_proposal *proposal)
{
    page_json_key(json, "properties");
    page_json_open(json, "{");
    page_json_name(json, "mode", page_mode_name(facts->mode));
    page_json_text(json, "contest", contest->id);
    page_json_text(json, "id", proposal->id);
    page_json_number(json, "number", proposal->number);
    put_pair(json, "title_kk", "title_ru", &proposal->title);
    put_pair(json, "yard_kk", "yard_ru", &proposal->yard);
    put_pair(json, "address_kk", "address_ru", &proposal->address);
    put_pair(json, "category_kk", "category_ru", &proposal->category);
    page_json_number(json, "cost", proposal->cost);
    page_json_number(json, "votes", proposal->votes);
    if (contest->is_by_points) {
        page_json_number(json, "points", proposal->points);
    }
    page_json_name(json, "outcome", page_outcome_name(proposal->outcome));
    page_json_number(json, "outcome_number", proposal->outcome_number);
    page_json_name(json, "council", page_advice_name(proposal->advice));
    page_json_close(json, "}");
}

enum aula_code page_write_geojson(const struct pabulib_sink *sink,
                                  const struct page_facts *facts,
                                  struct aula_error *err)
{
    struct page_out out;
    struct page_json json = {.out = &out};

    page_begin(&out, sink, err);
    page_json_open(&json, "{");
    page_json_name(&json, "type", "FeatureCollection");
    page_json_key(&json, "features");
    page_json_open(&json, "[");
    for (size_t i = 0; i < facts->contest_count; i++) {
        const struct page_contest *contest = &facts->contests[i];

        for (size_t j = 0; j < contest->proposal_count; j++) {
            page_json_open(&json, "{");
            page_json_name(&json, "type", "Feature");
            put_geometry(&json, &contest->proposals[j]);
            put_properties(&json, facts, contest, &contest->proposals[j]);
            page_json_close(&json, "}");
        }
    }
    page_json_close(&json, "]");
    page_json_close(&json, "}");
    page_put(&out, "\n");
    return page_end(&out);
}

/* ---- CSV (RFC 4180), with the mark by which spreadsheets know UTF-8 */

static void put_texts(struct page_out *out, const struct page_text *text)
{
    for (int i = 0; i < PAGE_LANGUAGES; i++) {
        page_put(out, ",");
        page_put_csv(out, text->of[i]);
    }
}

static void put_field(struct page_out *out, uint64_t number)
{
    page_put(out, ",");
    page_put_number(out, number);
}

static void put_place(struct page_out *out, const struct election_place *place)
{
    page_put(out, ",");
    if (place->is_there) {
        page_put_millionths(out, place->point.lat);
    }
    page_put(out, ",");
    if (place->is_there) {
        page_put_millionths(out, place->point.lon);
    }
}

static void put_row(struct page_out *out, const struct page_facts *facts,
                    const struct page_contest *contest,
                    const struct page_proposal *proposal)
{
    page_put(out, page_mode_name(facts->mode));
    page_put(out, ",");
    page_put_csv(out, contest->id);
    page_put(out, ",");
    page_put_csv(out, proposal->id);
    put_field(out, proposal->number);
    put_texts(out, &proposal->title);
    put_texts(out, &proposal->yard);
    put_texts(out, &proposal->address);
    put_texts(out, &proposal->category);
    put_place(out, &proposal->location);
    put_field(out, proposal->cost);
    put_field(out, proposal->votes);
    page_put(out, ",");
    if (contest->is_by_points) {
        page_put_number(out, proposal->points);
    }
    page_put(out, ",");
    page_put(out, page_outcome_name(proposal->outcome));
    put_field(out, proposal->outcome_number);
    page_put(out, ",");
    page_put(out, page_advice_name(proposal->advice));
    page_put(out, "\r\n");
}

enum aula_code page_write_csv(const struct pabulib_sink *sink,
                              const struct page_facts *facts,
                              struct aula_error *err)
{
    struct page_out out;

    page_begin(&out, sink, err);
    page_put(&out, "\xEF\xBB\xBF"
                   "mode,contest,id,number,title_kk,title_ru,yard_kk,yard_ru,"
                   "address_kk,address_ru,category_kk,category_ru,lat,lon,"
                   "cost,votes,points,outcome,outcome_number,council\r\n");
    for (size_t i = 0; i < facts->contest_count; i++) {
        const struct page_contest *contest = &facts->contests[i];

        for (size_t j = 0; j < contest->proposal_count; j++) {
            put_row(&out, facts, contest, &contest->proposals[j]);
        }
    }
    return page_end(&out);
}
