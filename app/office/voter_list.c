/* SPDX-License-Identifier: Apache-2.0 */
/* See voter_list.h: reading and checking. The roll is voter_roll.c. */
#include "voter_list.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "contest_list.h"
#include "file.h"

enum { LINE_BYTES_MAX = 1000 };

/* What some programs put before a text. */
static const char mark[] = "\xef\xbb\xbf";

static size_t count_lines(const struct voter_list *list)
{
    size_t count = 1;

    for (size_t i = 0; i < list->size; i++) {
        count += list->text[i] == '\n';
    }
    return count;
}

static void add_fault(struct voter_list *list, size_t line, const char *text)
{
    if (list->fault_count < VOTER_FAULTS_MAX) {
        list->faults[list->fault_count] = (struct voter_fault){line, text};
    }
    list->fault_count++;
}

static bool is_blank(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (text[i] != ' ' && text[i] != '\t') {
            return false;
        }
    }
    return true;
}

static void trim(const char **text, size_t *size)
{
    while (*size > 0 && is_blank(*text, 1)) {
        *text += 1;
        *size -= 1;
    }
    while (*size > 0 && is_blank(*text + *size - 1, 1)) {
        *size -= 1;
    }
}

/* What is behind the semicolon; nothing stands for any contest. */
static bool read_contest(uint16_t *contest, const struct package *package,
                         const char *text, size_t size)
{
    trim(&text, &size);
    if (size == 0) {
        *contest = ROLL_ANY_CONTEST;
        return true;
    }
    return contest_find(contest, package, text, size);
}

/* A line without its end. Returns: what is wrong with it, or NULL */
static const char *read_line(struct voter_row *row, enum aula_code *code,
                             const struct package *package, const char *text,
                             size_t size, struct aula_error *err)
{
    const char *middle = memchr(text, ';', size);
    size_t first = middle == NULL ? size : (size_t)(middle - text);

    *code = AULA_OK;
    row->contest = ROLL_ANY_CONTEST;
    if (size > LINE_BYTES_MAX) {
        return "the line is too long";
    }
    if (middle != NULL &&
        !read_contest(&row->contest, package, middle + 1, size - first - 1)) {
        return "there is no such contest";
    }
    trim(&text, &first);
    row->size = (uint16_t)first;
    *code = tag_check_identifier(package->id_scheme, text, first, err);
    if (*code == AULA_TAG_CHECK_DIGIT) {
        *code = AULA_OK;
        return "the check digit does not fit";
    }
    if (*code == AULA_TAG_FORMAT) {
        *code = AULA_OK;
        return "not an identifier of 12 digits";
    }
    return NULL;
}

static enum aula_code take_line(struct voter_list *list, size_t line,
                                const struct package *package, size_t at,
                                size_t size, struct aula_error *err)
{
    struct voter_row *row = &list->rows[list->count];
    enum aula_code code = AULA_OK;
    const char *fault;

    if (size > 0 && list->text[at + size - 1] == '\r') {
        size--;
    }
    if (is_blank(list->text + at, size)) {
        return AULA_OK;
    }
    while (is_blank(list->text + at, 1)) {
        at++;
        size--;
    }
    fault = read_line(row, &code, package, list->text + at, size, err);
    row->at = (uint32_t)at;
    if (fault != NULL) {
        add_fault(list, line, fault);
    } else if (code == AULA_OK) {
        list->count++;
    }
    return code;
}

static enum aula_code take_lines(struct voter_list *list,
                                 const struct package *package,
                                 struct progress *progress,
                                 struct aula_error *err)
{
    size_t size = sizeof mark - 1;
    size_t at = list->size >= size && memcmp(list->text, mark, size) == 0 ? size
                                                                          : 0;
    enum aula_code code = AULA_OK;

    for (size_t line = 1; at < list->size && code == AULA_OK; line++) {
        const char *end = memchr(list->text + at, '\n', list->size - at);

        size = end == NULL ? list->size - at : (size_t)(end - list->text) - at;
        code = take_line(list, line, package, at, size, err);
        at += size + 1;
        progress_step(progress, at, list->size);
    }
    return code;
}

enum aula_code voter_list_open(struct voter_list **list,
                               const struct package *package, const char *path,
                               struct progress *progress,
                               struct aula_error *err)
{
    struct voter_list *made = calloc(1, sizeof *made);
    uint8_t *bytes = NULL;
    enum aula_code code;

    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    code = file_read_secret(&bytes, &made->size, path, VOTER_LIST_BYTES_MAX,
                            err);
    if (code == AULA_OK) {
        made->text = (char *)bytes;
        made->rows = calloc(count_lines(made), sizeof *made->rows);
        code = made->rows == NULL ? aula_fail(err, AULA_MEMORY, "no memory")
                                  : take_lines(made, package, progress, err);
    }
    if (code != AULA_OK) {
        voter_list_close(made);
        return code;
    }
    *list = made;
    return AULA_OK;
}

void voter_list_close(struct voter_list *list)
{
    if (list != NULL) {
        sodium_free(list->text);
        free(list->rows);
        free(list);
    }
}
