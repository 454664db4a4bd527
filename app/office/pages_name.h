/* SPDX-License-Identifier: Apache-2.0 */
/* The names at the top of a board that are made from the rest of it.
 *
 * PROTOCOL.md section 14 refuses every path that is not of its list, and the
 * page where codes are looked up has to stand on the board itself, so that it
 * is copied along. So exactly these names are let through beside the list, and
 * `verify` makes each of them again and refuses one that differs (pages.h):
 *
 *   index.html  report.html  protocol.html  result.json
 *   projects.geojson  projects.csv  ballots-<contest>.pb  council.json
 *
 * <contest> is decimal without leading zeros. council.json is no page but what
 * the expert council decided (council.h), which the pages show.
 */
#ifndef AULA_PAGES_NAME_H
#define AULA_PAGES_NAME_H

#include <stdbool.h>

#define PAGES_COUNCIL "council.json"

/** Is this path one of them, by its form? */
bool pages_is_name(const char *path);

#endif
