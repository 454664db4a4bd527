/* SPDX-License-Identifier: Apache-2.0 */
/* See command.h. */
#include "command.h"

#include <assert.h>
#include <string.h>

#include "command_help.h"
#include "number.h"

enum { WORDS_MAX = 2 };

/* How many words of argv are those of a command; 0: they are not. */
static int words_met(const char *words, int argc, char **argv)
{
    int met = 0;

    while (*words != '\0') {
        size_t size = strcspn(words, " ");

        if (met == argc || strlen(argv[met]) != size ||
            strncmp(argv[met], words, size) != 0) {
            return 0;
        }
        met++;
        words += size + (words[size] == ' ');
    }
    return met;
}

static const struct command *find_command(const struct command *const *table,
                                          int argc, char **argv, int *met)
{
    for (; *table != NULL; table++) {
        *met = words_met((*table)->words, argc, argv);
        if (*met > 0) {
            return *table;
        }
    }
    return NULL;
}

static bool asks_help(int argc, char **argv)
{
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            return true;
        }
    }
    return false;
}

static enum aula_code read_call(struct call *call, int argc, char **argv,
                                struct aula_error *err)
{
    const struct command *command = call->command;
    size_t count;
    enum aula_code code = options_read(&call->options, command->options, argc,
                                       argv, err);

    if (code != AULA_OK) {
        call->status = EXIT_USAGE;
        return code;
    }
    count = call->options.operand_count;
    if (count < command->operands_least) {
        return call_usage(call, err, "something is missing");
    }
    if (count > command->operands_most) {
        return call_usage(call, err, "one too many: operand %zu",
                          command->operands_most + 1);
    }
    return AULA_OK;
}

static bool takes_json(const struct command *command)
{
    const struct option_form *form = command->options;

    while (form->name != NULL && strcmp(form->name, "--json") != 0) {
        form++;
    }
    return form->name != NULL;
}

/* The failure of a run, told twice where a program listens. */
static int refuse(const struct call *call, const struct command_place *place,
                  bool is_json, const struct aula_error *err)
{
    (void)fprintf(place->errors, "aula: %s\n", err->message);
    if (call->status == EXIT_USAGE) {
        command_hint(place->errors, call->command);
        return EXIT_USAGE;
    }
    if (is_json) {
        struct output *output = output_open(place->out, true);

        if (output != NULL) {
            output_text(output, "error", "", aula_code_name(err->code));
            output_text(output, "message", "", err->message);
            (void)!output_end(output, NULL);
            output_close(output);
        }
    }
    return EXIT_REFUSED;
}

static int run(struct call *call, const struct command_place *place, int argc,
               char **argv)
{
    struct aula_error err = {0};
    bool is_json = false;
    int status = EXIT_REFUSED;
    enum aula_code code = read_call(call, argc, argv, &err);

    if (code != AULA_OK) {
        return refuse(call, place, false, &err);
    }
    is_json = call->command->is_json ||
              (takes_json(call->command) && call_has(call, "--json"));
    call->output = output_open(place->out, is_json);
    if (call->output == NULL) {
        (void)aula_fail(&err, AULA_MEMORY, "no memory");
        return refuse(call, place, false, &err);
    }
    code = call->command->run(call, &err);
    if (code == AULA_OK) {
        code = output_end(call->output, &err);
    }
    status = code == AULA_OK ? call->status
                             : refuse(call, place, is_json, &err);
    output_close(call->output);
    return status;
}

int command_main(const struct command *const *table,
                 const struct command_place *place, int argc, char **argv)
{
    struct call call = {.notes = place->errors, .clock = place->clock};
    int met = 0;

    argc -= argc > 0;
    argv += 1;
    call.command = find_command(table, argc, argv, &met);
    if (call.command == NULL) {
        return command_list(table, place->out, place->errors, argc, argv,
                            asks_help(argc, argv));
    }
    if (asks_help(argc - met, argv + met)) {
        (void)fputs(call.command->usage, place->out);
        return fflush(place->out) == 0 ? EXIT_DONE : EXIT_REFUSED;
    }
    return run(&call, place, argc - met, argv + met);
}
