/* SPDX-License-Identifier: Apache-2.0 */
/* Names of the codes, and the one way to fill an error. */
#include "error.h"

#include <stdarg.h>
#include <stdio.h>

#define AULA_CODE_NAME(name) #name,
static const char *const code_names[] = {AULA_CODES(AULA_CODE_NAME)};
#undef AULA_CODE_NAME

const char *aula_code_name(enum aula_code code)
{
    if ((unsigned)code >= (unsigned)AULA_CODE_COUNT) {
        return "?";
    }
    return code_names[code];
}

enum aula_code aula_fail(struct aula_error *err, enum aula_code code,
                         const char *format, ...)
{
    va_list list;

    if (err != NULL) {
        err->code = code;
        va_start(list, format);
        (void)vsnprintf(err->message, sizeof err->message, format, list);
        va_end(list);
    }
    return code;
}
