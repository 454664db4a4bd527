/* SPDX-License-Identifier: Apache-2.0 */
/* The steps in their order, and the faults. See board.h. */
#include "board.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ballot.h"
#include "board_steps.h"
#include "pages.h"

/* A path on the board always fits behind the board's own. */
enum { FOLDER_MAX = PLACE_BYTES - BOARD_OBJECT_BYTES - 1 };

enum aula_code board_open(struct board **board, const char *folder,
                          const uint8_t *office_key, struct pool *pool,
                          struct aula_error *err)
{
    struct board *made = calloc(1, sizeof *made);
    enum aula_code code;

    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    made->inside = calloc(1, sizeof *made->inside);
    if (made->inside == NULL) {
        code = aula_fail(err, AULA_MEMORY, "no memory");
        goto out;
    }
    if (strlen(folder) > FOLDER_MAX) {
        code = aula_fail(err, AULA_BAD_FIELD, "%.80s..: the path is too long",
                         folder);
        goto out;
    }
    code = place_at(made->folder, folder, err);
    if (code != AULA_OK) {
        goto out;
    }
    made->pool = pool;
    made->inside->has_key = office_key != NULL;
    if (office_key != NULL) {
        memcpy(made->inside->office_key, office_key, SIGN_PUBLIC_BYTES);
    }
    *board = made;
    made = NULL;
out:
    board_close(made);
    return code;
}

static void close_contests(struct board *board)
{
    for (size_t i = 0; i < board->package.contest_count; i++) {
        if (board->contests != NULL) {
            board_drop_lists(&board->contests[i]);
        }
        if (board->inside->rows != NULL) {
            free(board->inside->rows[i]);
        }
    }
    free(board->inside->rows);
    free(board->contests);
    free(board->results);
}

void board_close(struct board *board)
{
    if (board == NULL) {
        return;
    }
    pages_close(board->pages);
    if (board->inside != NULL) {
        close_contests(board);
        board_names_close(&board->inside->names);
        ballot_key_close(board->inside->key);
        free(board->inside->places);
        free(board->inside);
    }
    counting_close(board->set);
    rulings_close(&board->rulings);
    free(board->rulings_file.bytes);
    free(board->elsewhere_file.bytes);
    free(board->closing_file.bytes);
    for (size_t i = 0; i < board->certificate_count; i++) {
        free(board->certificate_files[i].bytes);
    }
    free(board->certificate_files);
    free(board->certificates);
    free(board->register_files[0].bytes);
    free(board->register_files[1].bytes);
    election_close(&board->election);
    manifest_close(&board->manifest);
    free(board->manifest_file.bytes);
    package_close(&board->package);
    free(board->package_file.bytes);
    free(board);
}

bool board_is_failure(enum aula_code code)
{
    return code == AULA_IO || code == AULA_FULL || code == AULA_MEMORY ||
           code == AULA_THREADS;
}

enum aula_code board_blame(struct board *board, enum aula_code code,
                           const char *object, uint8_t trustee,
                           const struct aula_error *found,
                           struct aula_error *err)
{
    struct board_fault *fault;

    if (code == AULA_OK) {
        return AULA_OK;
    }
    if (board_is_failure(code)) {
        return aula_fail(err, code, "%s", found->message);
    }
    if (board->fault_count++ < BOARD_FAULTS_MAX) {
        fault = &board->faults[board->fault_count - 1];
        fault->code = code;
        fault->trustee = trustee;
        (void)snprintf(fault->object, sizeof fault->object, "%s", object);
        (void)snprintf(fault->message, sizeof fault->message, "%s",
                       found->message);
    }
    return AULA_OK;
}

bool board_passed(const struct board *board, unsigned steps)
{
    return (board->inside->passed & steps) == steps;
}

void board_bar_start(struct progress *bar, const struct board *board,
                     const char *what)
{
    *bar = (struct progress){0};
    if (board->notes != NULL) {
        progress_start(bar, board->notes, &board->clock, what);
    }
}

enum aula_code board_step_names(struct board *board, struct aula_error *err)
{
    struct board_names *names = &board->inside->names;
    struct aula_error found;
    enum aula_code code = board_names_read(names, board->folder, &found);

    if (code == AULA_OK) {
        code = board_names_check(names, board->inside->stage, &found);
    }
    return board_blame(board, code, "", 0, &found, err);
}

/* What a step stands on: where one of these is not passed, its own word would
 * say nothing. */
static const struct {
    enum board_step step;
    unsigned needs;
    enum aula_code (*run)(struct board *board, struct aula_error *err);
} steps[] = {
    {BOARD_STEP_NAMES, 0, board_step_names},
    {BOARD_STEP_PACKAGE, 0, board_step_package},
    {BOARD_STEP_MANIFEST, BOARD_STEP_PACKAGE, board_step_manifest},
    {BOARD_STEP_CERTIFICATES, BOARD_STEP_PACKAGE, board_step_certificates},
    {BOARD_STEP_REGISTERS, BOARD_STEP_PACKAGE, board_step_registers},
    {BOARD_STEP_RECORDS, BOARD_STEP_PACKAGE, board_step_records},
    {BOARD_STEP_QUARANTINE, BOARD_STEP_PACKAGE | BOARD_STEP_CERTIFICATES,
     board_step_quarantine},
    {BOARD_STEP_LISTS, BOARD_STEP_PACKAGE, board_step_lists},
    {BOARD_STEP_CLOSING, BOARD_STEP_PACKAGE, board_step_closing},
    {BOARD_STEP_APPROVALS, BOARD_STEP_PACKAGE, board_step_approvals},
    {BOARD_STEP_FOLDERS, BOARD_STEP_OPEN, board_step_folders},
    {BOARD_STEP_CONTESTS, BOARD_STEP_OPEN, board_step_contests},
    {BOARD_STEP_RESULT, BOARD_STEP_OPEN | BOARD_STEP_CONTESTS,
     board_step_result},
    {BOARD_STEP_PAGES, BOARD_STEP_OPEN, board_step_pages},
};

enum aula_code board_check(struct board *board, enum board_stage stage,
                           struct aula_error *err)
{
    struct board_inside *inside = board->inside;

    inside->stage = stage;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        size_t before = board->fault_count;
        enum aula_code code;

        if (!board_passed(board, steps[i].needs)) {
            continue;
        }
        code = steps[i].run(board, err);
        if (code != AULA_OK) {
            return code;
        }
        if (board->fault_count == before) {
            inside->passed |= (unsigned)steps[i].step;
        }
        if (board->contests != NULL) {
            inside->passed |= BOARD_STEP_OPEN;
        }
    }
    if (board->fault_count == 0) {
        return AULA_OK;
    }
    return aula_fail(err, board->faults[0].code, "%s%s%s",
                     board->faults[0].object,
                     board->faults[0].object[0] != '\0' ? ": " : "",
                     board->faults[0].message);
}
