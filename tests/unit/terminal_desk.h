/* SPDX-License-Identifier: Apache-2.0 */
/* A terminal in a folder of its own, the office and the trustees around it, and
 * a clock that stands where a test puts it. Two contests, a ballot of each:
 *   0  approval of 4, at most 2      1  points over 3, at most 3 each and 5
 * Voting from 2027-04-06 to 2027-04-24, 9 to 18 h, five hours east.
 */
#ifndef AULA_TEST_TERMINAL_DESK_H
#define AULA_TEST_TERMINAL_DESK_H

#include "dkg_ceremony.h"

#include "batch.h"
#include "container.h"
#include "custody.h"
#include "day.h"
#include "package_write.h"
#include "recover.h"
#include "session.h"
#include "setup.h"
#include "terminal.h"
#include "transfer.h"

enum {
    DESK_DAY_S = 86400,
    DESK_HOUR_S = 3600,
    DESK_PATH_BYTES = 256,
    DESK_LONG_PROPOSALS = 24,
    DESK_FILE_BYTES = 4096
};

/* 2027-04-06 10:00 local time, the first day. */
#define DESK_MORNING UINT64_C(1806987600)

#define DESK_VOTER "850615100017"
#define DESK_OTHER "850615200023"
#define DESK_THIRD "850615100801"

/* What differs between elections; zeros: a rehearsal, a ballot of each contest,
 * guests. */
struct desk_wish {
    bool is_official;
    bool one_per_election;
    bool no_guests;
    bool second_only; /* the terminal offers contest 1 only */
    bool is_late;     /* the voting is in 2028 */
    bool is_mixed;    /* the content shows another election than the package */
    bool is_long;     /* contest 1 has DESK_LONG_PROPOSALS, and 100 points */
};

struct desk {
    struct desk_wish wish;
    char folder[DESK_PATH_BYTES];
    char data[DESK_PATH_BYTES];
    char witness[DESK_PATH_BYTES];
    char stick[DESK_PATH_BYTES];
    uint64_t now;
    struct terminal_place place;

    struct ceremony *ceremony;
    uint8_t office_public[SIGN_PUBLIC_BYTES];
    uint8_t office_secret[SIGN_SECRET_BYTES];
    uint8_t transport_public[SEAL_PUBLIC_BYTES];
    uint8_t transport_secret[SEAL_SECRET_BYTES];
    uint8_t tag_key[TAG_KEY_BYTES];
    uint8_t *container;
    size_t container_size;
    struct container_memory memory;
    struct container_source source;
    struct package package; /* points into the container */
    uint32_t kits;

    uint8_t certificate[DESK_FILE_BYTES];
    size_t certificate_size;
    uint8_t kit[KIT_BYTES];
    struct setup_parts parts;

    struct terminal *terminal;
};

/* Everything up to the request; nothing is open. */
int desk_make(void **state);
/* And one that is installed and open to work. */
int desk_make_ready(void **state);
/* And a day is open. */
int desk_make_open(void **state);
int desk_clear(void **state);

struct desk *desk_new(const struct desk_wish *wish);

/* Who may unlock; the passphrase of NAME is "NAME's passphrase". */
struct official desk_official(const char *name);
struct keyslot_holder desk_holder(const char *name);

/* Close it and unlock it again. */
enum aula_code desk_unlock(struct desk *desk, const char *name,
                           enum terminal_purpose purpose);
void desk_reopen(struct desk *desk);

/* Certificate and kit for the terminal's request, into `parts`. */
void desk_certify(struct desk *desk);
void desk_install(struct desk *desk);
void desk_open_day(struct desk *desk);

/* A whole resident: check-in, a ballot of contest 0, out. */
void desk_vote(struct desk *desk, const char *voter);
void desk_check_in(struct desk *desk, const char *voter);

struct terminal_status desk_status(const struct desk *desk);

/* Is something of these bytes in a file below a folder? */
bool desk_finds(const char *folder, const void *bytes, size_t size);

/* Remove a folder and all below it. */
void desk_clear_folder(const char *folder);

/* The path of the witness in the second place. */
void desk_witness_path(char path[static DESK_PATH_BYTES],
                       const struct desk *desk);

#endif
