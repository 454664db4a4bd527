/* SPDX-License-Identifier: Apache-2.0 */
/* See import_certificates.h. */
#include "import_certificates.h"

#include <stdlib.h>
#include <string.h>

/* The place of a terminal, or that where it would be. */
static size_t place_of(const struct import_certificates *list,
                       const uint8_t *tid)
{
    size_t low = 0;
    size_t high = list->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (memcmp(list->items[middle].tid, tid, TERMINAL_ID_BYTES) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool is_at(const struct import_certificates *list, size_t place,
                  const uint8_t *tid)
{
    return place < list->count &&
           memcmp(list->items[place].tid, tid, TERMINAL_ID_BYTES) == 0;
}

const struct certificate *
import_certificates_find(const struct import_certificates *list,
                         const uint8_t tid[static TERMINAL_ID_BYTES])
{
    size_t place = place_of(list, tid);

    return is_at(list, place, tid) ? &list->items[place] : NULL;
}

static enum aula_code no_memory(struct aula_error *err)
{
    return aula_fail(err, AULA_MEMORY, "no memory");
}

static enum aula_code open_gap(struct import_certificates *list, size_t place,
                               struct aula_error *err)
{
    size_t moved = list->count - place;
    struct certificate *items = realloc(list->items,
                                        (list->count + 1) * sizeof *items);
    uint8_t **bytes = NULL;

    if (items == NULL) {
        return no_memory(err);
    }
    list->items = items;
    bytes = realloc(list->bytes, (list->count + 1) * sizeof *bytes);
    if (bytes == NULL) {
        return no_memory(err);
    }
    list->bytes = bytes;
    memmove(&items[place + 1], &items[place], moved * sizeof *items);
    memmove(&bytes[place + 1], &bytes[place], moved * sizeof *bytes);
    list->count++;
    return AULA_OK;
}

enum aula_code import_certificates_put(struct import_certificates *list,
                                       bool *is_second,
                                       const struct package *package,
                                       const uint8_t *bytes, size_t size,
                                       struct aula_error *err)
{
    struct certificate made;
    uint8_t *copy = malloc(size > 0 ? size : 1);
    size_t place;
    enum aula_code code;

    if (copy == NULL) {
        return no_memory(err);
    }
    memcpy(copy, bytes, size);
    code = certificate_check(&made, package, NULL, copy, size, err);
    if (code != AULA_OK) {
        free(copy);
        return code;
    }
    place = place_of(list, made.tid);
    *is_second = is_at(list, place, made.tid);
    if (!*is_second) {
        code = open_gap(list, place, err);
        if (code != AULA_OK) {
            free(copy);
            return code;
        }
    } else {
        free(list->bytes[place]);
    }
    list->items[place] = made;
    list->bytes[place] = copy;
    return AULA_OK;
}

struct reading {
    struct import_certificates list;
    const struct package *package;
};

static enum aula_code read_one(void *context, const uint8_t *tid,
                               const uint8_t *bytes, size_t size,
                               struct aula_error *err)
{
    struct reading *reading = context;
    bool is_second = false;
    enum aula_code code = import_certificates_put(&reading->list, &is_second,
                                                  reading->package, bytes, size,
                                                  err);

    (void)tid;
    return code == AULA_OK || code == AULA_MEMORY
               ? code
               : aula_fail(err, AULA_STORE_DAMAGED,
                           "archive: a certificate does not pass");
}

enum aula_code import_certificates_read(struct import_certificates *list,
                                        struct archive *archive,
                                        const struct package *package,
                                        struct aula_error *err)
{
    struct reading reading = {.package = package};
    enum aula_code code = archive_each_certificate(archive, read_one, &reading,
                                                   err);

    *list = (struct import_certificates){NULL, NULL, 0};
    if (code != AULA_OK) {
        import_certificates_close(&reading.list);
        return code;
    }
    *list = reading.list;
    return AULA_OK;
}

void import_certificates_close(struct import_certificates *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->bytes[i]);
    }
    free(list->items);
    free(list->bytes);
    *list = (struct import_certificates){NULL, NULL, 0};
}
