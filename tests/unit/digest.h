/* SPDX-License-Identifier: Apache-2.0 */
/* All that a database says, in 32 bytes: every row of every table, and the
 * texts of the tables. */
#ifndef AULA_TEST_DIGEST_H
#define AULA_TEST_DIGEST_H

#include <stdbool.h>
#include <stdint.h>

#include <sqlite3.h>

enum { DIGEST_BYTES = 32 };

/** Returns: false when not all of it can be read, or SQLite's own check of
 *  every page and index fails */
bool digest_database(uint8_t digest[static DIGEST_BYTES], sqlite3 *db);

#endif
