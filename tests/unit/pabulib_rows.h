/* SPDX-License-Identifier: Apache-2.0 */
/* Whole texts that are refused, and how each refusal begins. */
#ifndef AULA_TEST_PABULIB_ROWS_H
#define AULA_TEST_PABULIB_ROWS_H

#include "pabulib_sample.h"

#define COUNTS "num_projects;2\nnum_votes;2\nbudget;10\n"
#define META "META\nkey;value\n" COUNTS "vote_type;approval\n"
#define PROJECTS "PROJECTS\nproject_id;cost\np1;1\np2;2\n"
#define VOTES "VOTES\nvoter_id;vote\n1;p1\n2;p1,p2\n"
#define POINTS_META "META\nkey;value\n" COUNTS "vote_type;cumulative\n"
#define POINTS "VOTES\nvoter_id;vote;points\n1;p1;2\n"

/* A whole text and how its refusal begins. */
struct row {
    const char *text;
    const char *message;
};

static inline enum aula_code open_text(const char *text, struct aula_error *err)
{
    struct pabulib file;
    enum aula_code code = pb_open_bytes(&file, (const uint8_t *)text,
                                        strlen(text), err);

    pabulib_close(&file);
    return code;
}

static inline void expect_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct aula_error err = {0};
        enum aula_code code = open_text(rows[i].text, &err);

        if (code != AULA_SOURCE ||
            strstr(err.message, rows[i].message) != err.message) {
            print_error("row %zu: expected %s, came %s: %s\n", i,
                        rows[i].message, aula_code_name(code), err.message);
            fail();
        }
    }
}

#define EXPECT_ROWS(rows) expect_rows(rows, sizeof(rows) / sizeof((rows)[0]))

#endif
