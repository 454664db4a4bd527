/* SPDX-License-Identifier: Apache-2.0 */
/* A command of `aula`: one file each, and one row in the table of commands.c.
 *
 *   words     "office init": what is typed after `aula`
 *   summary   a line for the list of commands
 *   usage     what --help prints: fits one screen, ends with an example
 *   options   which it takes (options.h), without --help, which all take;
 *             --json where it prints a result
 *   run       does it, and prints its result with output.h
 *   is_json   the result is an object for programs, with or without --json
 *
 * Exit status: 0 done, 1 refused or failed, 2 wrong usage. A refusal is one
 * line on standard error, `aula: <message>`; with --json the object
 * {"error": <code>, "message": <message>} also stands on standard output.
 */
#ifndef AULA_COMMAND_H
#define AULA_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "clock.h"
#include "error.h"
#include "options.h"
#include "output.h"

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2 };

/* One run of a command. */
struct call {
    const struct command *command;
    struct options options;
    struct output *output; /* the result */
    FILE *notes;           /* standard error: progress and advice */
    struct clock clock;
    int status; /* for a run that ends well; EXIT_DONE unless it says other */
};

struct command {
    const char *words;
    const char *summary;
    const char *usage;
    const struct option_form *options;
    size_t operands_least;
    size_t operands_most;
    enum aula_code (*run)(struct call *call, struct aula_error *err);
    bool is_json;
};

/* What the program stands on; tests bring their own. */
struct command_place {
    FILE *out;
    FILE *errors;
    struct clock clock;
};

/** Find the command, read its options, run it and report.
 *
 *  Returns: the exit status
 *  In:      table  ends with NULL
 *           argv   as main has it, its first word the name of the program
 */
int command_main(const struct command *const *table,
                 const struct command_place *place, int argc, char **argv);

/** Refuse what was typed: the exit status becomes EXIT_USAGE, and the usage is
 *  hinted at.
 *
 *  Returns: AULA_BAD_FIELD
 */
enum aula_code call_usage(struct call *call, struct aula_error *err,
                          const char *format, ...);

const char *call_operand(const struct call *call, size_t place);
bool call_has(const struct call *call, const char *option);
/** The value of an option, NULL when it was not given. */
const char *call_text(const struct call *call, const char *option);

/** The value of an option that is a whole number from `least` to `most`.
 *
 *  Returns: AULA_OK, or AULA_BAD_FIELD as wrong usage
 *  In/Out:  value  stays as it is when the option was not given
 */
AULA_MUST_CHECK enum aula_code call_number(struct call *call,
                                           const char *option, uint64_t *value,
                                           uint64_t least, uint64_t most,
                                           struct aula_error *err);

#endif
