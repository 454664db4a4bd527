/* SPDX-License-Identifier: Apache-2.0 */
/* Where in a JSON text a value stands: line and column of a path such as
 * `contests[0].proposals[3].cost`.
 *
 * The library that reads the JSON gives places of syntax errors only. This walk
 * goes over the text once for any number of paths. It trusts the text to be
 * well-formed, but never runs past its end.
 */
#ifndef AULA_JSON_PLACE_H
#define AULA_JSON_PLACE_H

#include <stddef.h>
#include <stdint.h>

enum {
    JSON_PLACE_PATH_MAX = 256, /* bytes; longer ones are not found */
    JSON_PLACE_DEPTH_MAX = 32  /* what lies deeper is passed over */
};

struct json_place {
    const char *path; /* empty: the whole text */
    uint32_t line;    /* from 1; untouched where there is no such path */
    uint32_t column;  /* characters from 1 */
};

/** Find all paths.
 *
 *  In/out:  places  `count` of them, ascending by path (strcmp); one may stand
 *                   more than once
 *  In:      text    `size` bytes
 */
void json_place_find(struct json_place *places, size_t count, const char *text,
                     size_t size);

#endif
