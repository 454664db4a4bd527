/* SPDX-License-Identifier: Apache-2.0 */
/* See command_help.h. */
#include "command_help.h"

#include <string.h>

void command_hint(FILE *file, const struct command *command)
{
    const char *end = strstr(command->usage, "\n\n");
    size_t size = end != NULL ? (size_t)(end - command->usage)
                              : strlen(command->usage);

    (void)fprintf(file, "%.*s\nmore: aula %s --help\n", (int)size,
                  command->usage, command->words);
}

/* Does a command belong to the group that was named, such as `office`? */
static bool is_of(const struct command *command, const char *group)
{
    size_t size = strlen(group);

    return strncmp(command->words, group, size) == 0 &&
           command->words[size] == ' ';
}

static bool is_group(const struct command *const *table, const char *group)
{
    while (*table != NULL && !is_of(*table, group)) {
        table++;
    }
    return *table != NULL;
}

int command_list(const struct command *const *table, FILE *out, FILE *errors,
                 int argc, char **argv, bool is_asked)
{
    const char *group = argc > 0 && is_group(table, argv[0]) ? argv[0] : NULL;
    FILE *file = is_asked ? out : errors;

    if (!is_asked && argc > (group != NULL)) {
        (void)fprintf(errors, "aula: there is no command %s%s%s\n", argv[0],
                      group != NULL ? " " : "", group != NULL ? argv[1] : "");
    }
    (void)fputs("usage: aula COMMAND ...\n\n", file);
    for (; *table != NULL; table++) {
        if (group == NULL || is_of(*table, group)) {
            (void)fprintf(file, "  %-26s %s\n", (*table)->words,
                          (*table)->summary);
        }
    }
    (void)fputs("\naula COMMAND --help says what a command takes, for example\n"
                "  aula office init --help\n",
                file);
    return is_asked && fflush(file) == 0 ? EXIT_DONE : EXIT_USAGE;
}
