/* SPDX-License-Identifier: Apache-2.0 */
/* Contests as people name them on the command line or in a list: by the number
 * that the package gives them, from 0, or by the whole name. */
#ifndef AULA_CONTEST_LIST_H
#define AULA_CONTEST_LIST_H

#include "package.h"

struct contest_list {
    uint16_t numbers[PACKAGE_CONTESTS_MAX]; /* strictly ascending */
    size_t count;
};

/** Find one contest.
 *
 *  Returns: false where none, or more than one, is called so
 *  In:      text  `size` bytes: a number, the name, or its half in one of the
 *                 two languages ("kk / ru")
 */
bool contest_find(uint16_t *number, const struct package *package,
                  const char *text, size_t size);

/** Read a list, with commas between; a name that has a comma in it can be given
 *  by its number only.
 *
 *  Returns: AULA_OK
 *           AULA_CERT_CONTEST  a contest that is not there, one that is named
 *                              twice, or none
 *  Out:     list  on success only
 */
AULA_MUST_CHECK enum aula_code contest_list_read(struct contest_list *list,
                                                 const struct package *package,
                                                 const char *text,
                                                 struct aula_error *err);

/** All contests of a package. */
void contest_list_all(struct contest_list *list, const struct package *package);

#endif
