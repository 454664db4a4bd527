/* SPDX-License-Identifier: Apache-2.0 */
/* Reading JSON by tables: which keys an object has, what each must be, and
 * where in a struct it goes.
 *
 * Every fault is added to a list and reading goes on; a value with a fault
 * stays zero (NULL) in the struct. A key that is in no table is refused, so a
 * slip of the pen never passes for something left out.
 *
 * Forms nest by their tables, never by what a file says: a list within a list
 * within a list is as deep as the tables go.
 */
#ifndef AULA_FORM_H
#define AULA_FORM_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "faults.h"
#include "json_place.h"

struct form;
struct form_field;
struct form_memory;

struct form_reader {
    struct faults *faults;
    struct form_memory **memory;
    const char *const *languages; /* of texts */
    size_t language_count;
    bool is_out_of_memory;
    char path[JSON_PLACE_PATH_MAX]; /* of the value that is read */
};

/* Read one value into `out`, the field's place in the struct. */
typedef void form_read(struct form_reader *reader, void *out,
                       const struct form_field *field, json_t *value);

/* One key of an object. */
struct form_field {
    const char *key;
    form_read *read;
    size_t offset;
    size_t count_offset; /* of the count of a list */
    int64_t min;         /* of a number, a text or a list; or a base */
    int64_t max;
    const char *const *words; /* with a NULL at their end */
    const struct form *form;  /* of an object, or of each in a list */
    bool is_optional;
};

struct form {
    const struct form_field *fields;
    size_t count;
    size_t size; /* of the struct */
};

#define FORM_OF(fields_, type)                                                 \
    {                                                                          \
        .fields = (fields_), .count = sizeof(fields_) / sizeof *(fields_),     \
        .size = sizeof(type)                                                   \
    }

/** Read an object by its form into a struct that is all zero. */
void form_read_fields(struct form_reader *reader, void *out,
                      const struct form *form, json_t *value);

/** Add a fault at the path that is read. */
void form_fault(struct form_reader *reader, const char *format, ...);

/** Go down to a key or to an element; form_leave takes back what it returns. */
size_t form_enter_key(struct form_reader *reader, const char *key);
size_t form_enter_element(struct form_reader *reader, size_t index);
void form_leave(struct form_reader *reader, size_t path_size);

/** Memory, all zero, that lives as long as the list; NULL when there is none,
 *  and then the reader knows. */
void *form_take(struct form_reader *reader, size_t count, size_t size);
void *form_memory_take(struct form_memory **memory, size_t count, size_t size);

/** Free all of it. Accepts NULL. */
void form_memory_close(struct form_memory *memory);

/* An object of `form`; its offsets count from the field's own. */
form_read form_read_object;
/* A list of min..max objects of `form`: pointer and count. */
form_read form_read_list;
/* A whole number min..max. */
form_read form_read_u16;
form_read form_read_u32;
form_read form_read_u64;
/* One of `words`, as an enum whose first value is `min`. */
form_read form_read_word;
/* true or false. */
form_read form_read_bool;
/* A string of min..max characters, of one line. */
form_read form_read_label;
/* A string of min..max printable ASCII characters without blanks. */
form_read form_read_serial;
/* An id: 1..32 of a-z 0-9 -, first a letter or digit. */
form_read form_read_id;
/* A list of min..max strings, as struct election_ids. */
form_read form_read_ids;
/* A text in each language, min..max characters, struct election_text. */
form_read form_read_text;
/* The same with line feeds between paragraphs. */
form_read form_read_paragraphs;
/* {"lat": …, "lon": …} as struct election_place. */
form_read form_read_location;
/* A GeoJSON polygon of one ring, or a line, as struct election_line. */
form_read form_read_polygon;
form_read form_read_line;
/* Nothing: it was read before, or is for others. */
form_read form_pass;

/** The characters of a string that is well-formed UTF-8. */
size_t form_characters(const char *text);

/** A string for a message, when it is short and of one line; else "…". */
const char *form_show(const char *text);

#endif
