/* SPDX-License-Identifier: Apache-2.0 */
/* A hall on its first day: an election with one contest, approval of 3 of
 * HALL_PROPOSALS, and a terminal whose day is open. Everything that fails ends
 * the program.
 */
#ifndef AULA_BENCH_HALL_H
#define AULA_BENCH_HALL_H

#include "folder.h"
#include "office.h"
#include "terminal.h"

/* A moment of the first day, which is the terminal's clock. */
#define HALL_TIME UINT64_C(1806987600)

enum { HALL_PROPOSALS = 30 };

struct hall {
    struct folder folder;
    char data[FOLDER_PATH_BYTES];
    struct office office;
    struct office_container container;
    struct package package; /* points into the container */
    struct container_memory memory;
    struct terminal *terminal;
};

/** The election alone.
 *
 *  Out:     package  points into the container
 *  Owner:   package_close, free(container->bytes)
 */
void hall_election(struct office_container *container, struct package *package,
                   const struct office *office);

void hall_open(struct hall *hall);
void hall_close(struct hall *hall);

#endif
