/* SPDX-License-Identifier: Apache-2.0 */
/* Which paths a board may have. See board_names.h. */
#include <string.h>

#include "board_names.h"
#include "pages_name.h"

/* $t a tid, $n a number, $c a path of the content. */
static const char *const files[] = {
    "package.bin",       "content/manifest.bin", "content/$c",
    "terminals/$t.cert", "register.bin",         "register-late.bin",
    "records/$t.rec",    "quarantine.rec",       "rulings.bin",
    "elsewhere.bin",     "closing.bin",          "approve/$n.app",
    "mix/$n/$n.mix",     "decrypt/$n/$n.dec",    "result.bin",
};

static const char *const folders[] = {
    "content", "content/$c", "terminals", "records",    "approve",
    "mix",     "mix/$n",     "decrypt",   "decrypt/$n",
};

enum { TID_DIGITS = 32, NUMBER_DIGITS_MAX = 60 };

static size_t tid_size(const char *text)
{
    return strspn(text, "0123456789abcdef") == TID_DIGITS ? TID_DIGITS : 0;
}

/* Zero is "0"; nothing else begins with it. */
static size_t number_size(const char *text)
{
    size_t size = strspn(text, "0123456789");

    return size > NUMBER_DIGITS_MAX || (size > 1 && text[0] == '0') ? 0 : size;
}

/* The size of what stands for a mark, 0 where it does not. */
static size_t mark_size(char mark, const char *text)
{
    size_t size = strlen(text);

    switch (mark) {
    case 't':
        return tid_size(text);
    case 'n':
        return number_size(text);
    default:
        return manifest_is_path(text, size) ? size : 0;
    }
}

static bool matches(const char *form, const char *path)
{
    while (*form != '\0') {
        size_t size = 1;

        if (*form == '$') {
            size = mark_size(form[1], path);
            form++;
        } else if (*form != *path) {
            return false;
        }
        if (size == 0) {
            return false;
        }
        form++;
        path += size;
    }
    return *path == '\0';
}

bool board_names_is_path(const char *path, bool is_folder)
{
    const char *const *forms = is_folder ? folders : files;
    size_t count = is_folder ? sizeof folders / sizeof folders[0]
                             : sizeof files / sizeof files[0];

    for (size_t i = 0; i < count; i++) {
        if (matches(forms[i], path)) {
            return true;
        }
    }
    /* What people read stands beside what proves it. */
    return !is_folder && pages_is_name(path);
}

int board_names_compare_numbers(const char *left, const char *right)
{
    size_t left_size = strspn(left, "0123456789");
    size_t right_size = strspn(right, "0123456789");

    if (left_size != right_size) {
        return left_size < right_size ? -1 : 1;
    }
    return strncmp(left, right, left_size);
}
