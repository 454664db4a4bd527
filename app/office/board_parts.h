/* SPDX-License-Identifier: Apache-2.0 */
/* What the board_*.c share: the steps of PROTOCOL.md section 14. Not for use
 * outside of them.
 *
 * A step looks at one kind of object. What it refuses it adds as a fault, and
 * goes on with the next object; it returns a code only where the machine fails.
 * A step is passed when it added none.
 */
#ifndef AULA_BOARD_PARTS_H
#define AULA_BOARD_PARTS_H

#include "board.h"
#include "board_file.h"
#include "board_names.h"
#include "progress.h"

#define BOARD_TERMINALS "terminals/"
#define BOARD_RECORDS "records/"

enum { BOARD_TID_DIGITS = 2 * TERMINAL_ID_BYTES };

/* The steps by their numbers, as bits. */
enum board_step {
    BOARD_STEP_NAMES = 1 << 1,
    BOARD_STEP_PACKAGE = 1 << 2,
    BOARD_STEP_MANIFEST = 1 << 3,
    BOARD_STEP_CERTIFICATES = 1 << 4,
    BOARD_STEP_REGISTERS = 1 << 5,
    BOARD_STEP_RECORDS = 1 << 6,
    BOARD_STEP_QUARANTINE = 1 << 7,
    BOARD_STEP_LISTS = 1 << 8,
    BOARD_STEP_CLOSING = 1 << 9,
    BOARD_STEP_APPROVALS = 1 << 10,
    BOARD_STEP_FOLDERS = 1 << 11,
    BOARD_STEP_CONTESTS = 1 << 12, /* and 13 */
    BOARD_STEP_RESULT = 1 << 14,
    BOARD_STEP_PAGES = 1 << 16,
    BOARD_STEP_OPEN = 1 << 15 /* the closing is that of the records */
};

/* Where a record stands that passed CHECK_RECORD. */
struct board_place {
    uint8_t hash[HASH_BYTES];
    uint64_t offset; /* of its bytes in the file */
    uint32_t name;   /* its file, by place in the names */
    uint16_t size;
};

struct board_inside {
    enum board_stage stage;
    bool has_key;
    uint8_t office_key[SIGN_PUBLIC_BYTES];
    unsigned passed; /* steps, as bits of enum board_step */
    struct board_names names;
    struct ballot_key *key; /* of the package's K */

    struct board_place *places; /* in the order of the files */
    size_t place_count;
    size_t place_room;

    struct counting_election election; /* what the counting set looks at */
    bool has_set;                      /* the counting set has all records */
    uint8_t **rows; /* of the opened contests, one for each of the package */
};

/** Add a fault.
 *
 *  Returns: AULA_OK; the code itself where it is a failure of the machine
 *  In:      object   its path, "" for the names
 *           trustee  who signed it, or 0
 *           found    what the check said
 *  Out:     err      only where a code is returned
 */
AULA_MUST_CHECK enum aula_code board_blame(struct board *board,
                                           enum aula_code code,
                                           const char *object, uint8_t trustee,
                                           const struct aula_error *found,
                                           struct aula_error *err);

/** Has the step been passed, and all of these? */
bool board_passed(const struct board *board, unsigned steps);

/** The certificate of a terminal, or NULL. */
const struct certificate *board_certificate(const struct board *board,
                                            const uint8_t *tid);

/** The tid of a path such as "terminals/<tid>.cert", whose form was checked. */
void board_tid_of(uint8_t tid[static TERMINAL_ID_BYTES], const char *path,
                  const char *folder);

/** Keep where a record stands; its place is handed to the counting set.
 *
 *  Returns: AULA_OK or AULA_MEMORY
 */
AULA_MUST_CHECK enum aula_code board_places_add(struct board *board,
                                                const struct board_place *place,
                                                struct aula_error *err);

/** A bar where the board has somewhere to draw it. */
void board_bar_start(struct progress *bar, const struct board *board,
                     const char *what);

/* The steps. */
AULA_MUST_CHECK enum aula_code board_step_names(struct board *board,
                                                struct aula_error *err);
AULA_MUST_CHECK enum aula_code board_step_package(struct board *board,
                                                  struct aula_error *err);
AULA_MUST_CHECK enum aula_code board_step_manifest(struct board *board,
                                                   struct aula_error *err);
AULA_MUST_CHECK enum aula_code board_step_certificates(struct board *board,
                                                       struct aula_error *err);
AULA_MUST_CHECK enum aula_code board_step_registers(struct board *board,
                                                    struct aula_error *err);
AULA_MUST_CHECK enum aula_code board_step_records(struct board *board,
                                                  struct aula_error *err);
AULA_MUST_CHECK enum aula_code board_step_quarantine(struct board *board,
                                                     struct aula_error *err);
AULA_MUST_CHECK enum aula_code board_step_lists(struct board *board,
                                                struct aula_error *err);
AULA_MUST_CHECK enum aula_code board_step_closing(struct board *board,
                                                  struct aula_error *err);
AULA_MUST_CHECK enum aula_code board_step_approvals(struct board *board,
                                                    struct aula_error *err);
AULA_MUST_CHECK enum aula_code board_step_folders(struct board *board,
                                                  struct aula_error *err);
AULA_MUST_CHECK enum aula_code board_step_contests(struct board *board,
                                                   struct aula_error *err);
AULA_MUST_CHECK enum aula_code board_step_result(struct board *board,
                                                 struct aula_error *err);
AULA_MUST_CHECK enum aula_code board_step_pages(struct board *board,
                                                struct aula_error *err);

#endif
