/* SPDX-License-Identifier: Apache-2.0 */
/* See options.h. */
#include "options.h"

#include <assert.h>
#include <string.h>

/* The row of a word such as `--name` or `--name=value`. */
static const struct option_form *find_form(const struct option_form *forms,
                                           const char *word)
{
    size_t size = strcspn(word, "=");

    for (; forms->name != NULL; forms++) {
        if (strlen(forms->name) == size &&
            strncmp(forms->name, word, size) == 0) {
            return forms;
        }
    }
    return NULL;
}

/* An option at argv[*place]; its value may be the next word. What was typed is
 * not repeated in messages: it may have been meant to stay unseen. */
static enum aula_code take_option(struct options *options, int argc,
                                  char **argv, int *place,
                                  struct aula_error *err)
{
    const char *word = argv[*place];
    const struct option_form *form = find_form(options->forms, word);
    const char *equals = strchr(word, '=');
    const char *value = equals == NULL ? NULL : equals + 1;

    if (form == NULL) {
        return aula_fail(err, AULA_BAD_FIELD,
                         "word %d: there is no such option", *place + 1);
    }
    if (form->value == NULL && value != NULL) {
        return aula_fail(err, AULA_BAD_FIELD, "%s takes no value", form->name);
    }
    if (form->value != NULL && value == NULL) {
        if (*place + 1 == argc) {
            return aula_fail(err, AULA_BAD_FIELD, "%s %s: its value is missing",
                             form->name, form->value);
        }
        *place += 1;
        value = argv[*place];
    }
    if (options->given_count == OPTIONS_GIVEN_MAX) {
        return aula_fail(err, AULA_BAD_FIELD, "more than %d options",
                         OPTIONS_GIVEN_MAX);
    }
    options->given[options->given_count].form = form;
    options->given[options->given_count].value = value;
    options->given_count++;
    return AULA_OK;
}

enum aula_code options_read(struct options *options,
                            const struct option_form *forms, int argc,
                            char **argv, struct aula_error *err)
{
    struct options found = {.forms = forms, .operands = argv};
    bool are_over = false;

    for (int i = 0; i < argc; i++) {
        /* A dash alone is an operand, by old custom. */
        if (are_over || argv[i][0] != '-' || argv[i][1] == '\0') {
            found.operands[found.operand_count++] = argv[i];
        } else if (strcmp(argv[i], "--") == 0) {
            are_over = true;
        } else {
            enum aula_code code = take_option(&found, argc, argv, &i, err);

            if (code != AULA_OK) {
                return code;
            }
        }
    }
    *options = found;
    return AULA_OK;
}

size_t options_count(const struct options *options, const char *name)
{
    const struct option_form *form = find_form(options->forms, name);
    size_t count = 0;

    assert(form != NULL);
    for (size_t i = 0; i < options->given_count; i++) {
        count += options->given[i].form == form;
    }
    return count;
}

const char *options_value(const struct options *options, const char *name,
                          size_t place)
{
    const struct option_form *form = find_form(options->forms, name);
    size_t met = 0;

    assert(form != NULL && form->value != NULL);
    for (size_t i = 0; i < options->given_count; i++) {
        if (options->given[i].form == form && met++ == place) {
            return options->given[i].value;
        }
    }
    return NULL;
}

const char *options_last(const struct options *options, const char *name)
{
    size_t count = options_count(options, name);

    return count == 0 ? NULL : options_value(options, name, count - 1);
}
