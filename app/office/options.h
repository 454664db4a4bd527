/* SPDX-License-Identifier: Apache-2.0 */
/* What was typed after the words of a command: options and operands.
 *
 *   --name          a flag
 *   --name VALUE    or --name=VALUE; some may stand several times
 *   --              what follows are operands, also when they begin with `-`
 *
 * Each command states in a table which options it takes; anything else is wrong
 * usage. Nothing is copied: values and operands are the caller's argv.
 */
#ifndef AULA_OPTIONS_H
#define AULA_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"

enum { OPTIONS_GIVEN_MAX = 32 };

/* A row of such a table; the last row has no name. */
struct option_form {
    const char *name;  /* "--contests" */
    const char *value; /* what a hint calls its value, NULL for a flag */
};

struct options {
    const struct option_form *forms;
    size_t given_count;
    struct {
        const struct option_form *form;
        const char *value;
    } given[OPTIONS_GIVEN_MAX];
    size_t operand_count;
    char **operands;
};

/** Take a command line apart.
 *
 *  Returns: AULA_OK, or AULA_BAD_FIELD (wrong usage): an option that the table
 *           does not hold, a value missing or given to a flag, too many options
 *  Out:     options  on success only
 *  In:      forms    the table; must outlive `options`
 *           argv     `argc` words without the command's own; operands are moved
 *                    to its front, in their order
 */
AULA_MUST_CHECK enum aula_code options_read(struct options *options,
                                            const struct option_form *forms,
                                            int argc, char **argv,
                                            struct aula_error *err);

/** How often an option was given; a name that the table lacks is asserted. */
size_t options_count(const struct options *options, const char *name);

/** The value of an option, counted from 0; NULL when it was not given so often.
 *  A single one that is given twice: the last one counts (options_last). */
const char *options_value(const struct options *options, const char *name,
                          size_t place);
const char *options_last(const struct options *options, const char *name);

#endif
