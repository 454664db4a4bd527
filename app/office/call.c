/* SPDX-License-Identifier: Apache-2.0 */
/* What a command asks of its call; see command.h. */
#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "command.h"
#include "number.h"

enum aula_code call_usage(struct call *call, struct aula_error *err,
                          const char *format, ...)
{
    char message[AULA_MESSAGE_BYTES];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    call->status = EXIT_USAGE;
    return aula_fail(err, AULA_BAD_FIELD, "%s: %s", call->command->words,
                     message);
}

const char *call_operand(const struct call *call, size_t place)
{
    assert(place < call->options.operand_count);
    return call->options.operands[place];
}

bool call_has(const struct call *call, const char *option)
{
    return options_count(&call->options, option) > 0;
}

const char *call_text(const struct call *call, const char *option)
{
    return options_last(&call->options, option);
}

enum aula_code call_number(struct call *call, const char *option,
                           uint64_t *value, uint64_t least, uint64_t most,
                           struct aula_error *err)
{
    const char *text = call_text(call, option);
    uint64_t read = 0;

    if (text == NULL) {
        return AULA_OK;
    }
    if (!number_read(&read, text, strlen(text)) || read < least ||
        read > most) {
        return call_usage(call, err,
                          "%s takes a whole number from %llu to %llu", option,
                          (unsigned long long)least, (unsigned long long)most);
    }
    *value = read;
    return AULA_OK;
}
