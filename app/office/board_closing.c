/* SPDX-License-Identifier: Apache-2.0 */
/* Steps 8 to 10 of PROTOCOL.md section 14: what the office ruled, what it
 * closed, and who approved that. */
#include <stdlib.h>
#include <string.h>

#include "approval.h"
#include "board_steps.h"
#include "mix.h"

/* ---- step 8 */

static enum aula_code read_rulings(struct board *board, struct aula_error *err)
{
    static const char name[] = "rulings.bin";
    struct board_file *file = &board->rulings_file;
    struct aula_error found;
    enum aula_code code = AULA_OK;

    if (board_names_has(&board->inside->names, name)) {
        code = board_file_read(file, board->folder, name, RULINGS_BYTES_MAX,
                               err);
        if (file->bytes == NULL) {
            return code;
        }
        code = rulings_check(&board->rulings, &board->package, file->bytes,
                             file->size, &found);
    }
    if (code == AULA_OK && board->inside->has_set) {
        code = counting_find(board->set, board->rulings.rows,
                             board->rulings.count, &found);
    }
    return board_blame(board, code, name, 0, &found, err);
}

static enum aula_code read_elsewhere(struct board *board,
                                     struct aula_error *err)
{
    static const char name[] = "elsewhere.bin";
    struct board_file *file = &board->elsewhere_file;
    struct aula_error found;
    enum aula_code code;

    if (!board_names_has(&board->inside->names, name)) {
        return AULA_OK;
    }
    code = board_file_read(file, board->folder, name, ELSEWHERE_BYTES_MAX, err);
    if (file->bytes == NULL) {
        return code;
    }
    code = elsewhere_check(&board->elsewhere, &board->package, file->bytes,
                           file->size, &found);
    return board_blame(board, code, name, 0, &found, err);
}

enum aula_code board_step_lists(struct board *board, struct aula_error *err)
{
    size_t before = board->fault_count;
    enum aula_code code;

    /* Of a set that lacks records findings and exclusions would be false. */
    board->inside->has_set =
        board_passed(board, BOARD_STEP_CERTIFICATES | BOARD_STEP_REGISTERS |
                                BOARD_STEP_RECORDS | BOARD_STEP_QUARANTINE);
    code = read_rulings(board, err);
    if (code == AULA_OK) {
        code = read_elsewhere(board, err);
    }
    if (code == AULA_OK && board->inside->has_set &&
        board->fault_count == before) {
        code = counting_count(board->set, board->elsewhere.tags,
                              board->elsewhere.count, err);
        board->outcome = code == AULA_OK ? counting_outcome(board->set) : NULL;
    }
    return code;
}

/* ---- step 9 */

static void hash_file(uint8_t hash[static HASH_BYTES], const char *label,
                      const struct board_file *file)
{
    memset(hash, 0, HASH_BYTES);
    if (file->bytes != NULL) {
        hash_bytes(hash, label, file->bytes, file->size);
    }
}

/* Terminals of the registers, by tid. */
static void list_terminals(struct closing *closing,
                           const struct counting_outcome *outcome)
{
    for (size_t i = 0; i < outcome->terminal_count; i++) {
        const struct counting_terminal *from = &outcome->terminals[i];
        struct closing_terminal *to =
            &closing->terminals[closing->terminal_count];

        if (!from->is_registered) {
            continue;
        }
        *to = (struct closing_terminal){.count = from->cast + from->challenged +
                                                 from->opened + from->closed +
                                                 from->events,
                                        .seq_max = from->seq_max};
        memcpy(to->tid, from->tid, TERMINAL_ID_BYTES);
        if (from->head != NULL) {
            memcpy(to->head, from->head, HASH_BYTES);
        }
        closing->terminal_count++;
    }
}

/* One list stands in memory at a time. */
static enum aula_code list_contests(struct closing *closing,
                                    struct board *board, struct aula_error *err)
{
    size_t count = board->outcome->contest_count;
    struct progress bar;
    enum aula_code code = AULA_OK;

    closing->contest_count = count;
    board_bar_start(&bar, board, "making the closing again");
    for (size_t i = 0; i < count && code == AULA_OK; i++) {
        const struct counting_contest *from = &board->outcome->contests[i];
        uint8_t *list = NULL;

        code = board_counted_list(&list, board, i, err);
        if (list != NULL) {
            closing->contests[i].counted = (uint32_t)from->counted;
            mix_list_hash(closing->contests[i].list_hash, list, from->counted,
                          plaintext_width(&board->package.contests[i].rule));
        }
        free(list);
        progress_step(&bar, i + 1, count);
    }
    progress_end(&bar);
    return code;
}

static enum aula_code compute(struct closing *closing, struct board *board,
                              struct aula_error *err)
{
    const struct counting_outcome *outcome = board->outcome;

    closing->terminals = calloc(outcome->terminal_count + 1,
                                sizeof *closing->terminals);
    closing->contests = calloc(outcome->contest_count + 1,
                               sizeof *closing->contests);
    if (closing->terminals == NULL || closing->contests == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    closing->record_count = outcome->record_count;
    memcpy(closing->record_set, outcome->record_set, HASH_BYTES);
    hash_file(closing->rulings, "rulings", &board->rulings_file);
    hash_file(closing->elsewhere, "elsewhere", &board->elsewhere_file);
    hash_file(closing->first_register, "register", &board->register_files[0]);
    hash_file(closing->late_register, "register", &board->register_files[1]);
    list_terminals(closing, outcome);
    return list_contests(closing, board, err);
}

static enum aula_code compare(struct board *board, struct aula_error *found,
                              struct aula_error *err)
{
    struct closing wanted = {0};
    enum aula_code code = compute(&wanted, board, err);

    if (code == AULA_OK) {
        code = closing_compare(&board->package, &wanted,
                               board->closing_file.bytes,
                               board->closing_file.size, found);
    } else {
        *found = *err;
    }
    free(wanted.terminals);
    free(wanted.contests);
    return code;
}

/* What the trustees work on. */
static enum aula_code open_contests(struct board *board, struct aula_error *err)
{
    size_t count = board->package.contest_count;

    board->contests = calloc(count, sizeof *board->contests);
    board->results = calloc(count, sizeof *board->results);
    board->inside->rows = calloc(count, sizeof *board->inside->rows);
    if (board->contests == NULL || board->results == NULL ||
        board->inside->rows == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    for (size_t i = 0; i < count; i++) {
        size_t counted = board->outcome->contests[i].counted;

        board->contests[i].width =
            (uint8_t)plaintext_width(&board->package.contests[i].rule);
        board->contests[i].count = (uint32_t)counted;
        board->results[i].count = (uint32_t)counted;
        board->results[i].status = outcome_status(&board->package,
                                                  (uint32_t)counted);
    }
    return AULA_OK;
}

enum aula_code board_step_closing(struct board *board, struct aula_error *err)
{
    static const char name[] = "closing.bin";
    struct board_file *file = &board->closing_file;
    struct aula_error found;
    enum aula_code code;

    if (!board_names_has(&board->inside->names, name)) {
        return AULA_OK;
    }
    code = board_file_read(file, board->folder, name, CLOSING_BYTES_MAX, err);
    if (file->bytes == NULL) {
        return code;
    }
    closing_hash(board->closing_hash, file->bytes, file->size);
    code = closing_check(&board->closing_time, &board->package, file->bytes,
                         file->size, &found);
    if (code == AULA_OK && board->outcome != NULL) {
        code = compare(board, &found, err);
    }
    if (code == AULA_OK && board->outcome != NULL) {
        return open_contests(board, err);
    }
    return board_blame(board, code, name, 0, &found, err);
}

/* ---- step 10 */

enum { AT_TRUSTEE = 37 /* v in an approval */ };

static enum aula_code check_approval(struct board *board, const char *path,
                                     struct aula_error *err)
{
    struct board_file file = {NULL, 0};
    char wanted[BOARD_OBJECT_BYTES];
    struct aula_error found;
    uint8_t trustee = 0;
    uint8_t signer;
    enum aula_code code = board_file_read(&file, board->folder, path,
                                          APPROVAL_BYTES, err);

    if (file.bytes == NULL) {
        return code;
    }
    code = approval_check(&trustee, &board->package, board->closing_hash,
                          board->approvals, file.bytes, file.size, &found);
    signer = code == AULA_APPROVE_CLOSING ? file.bytes[AT_TRUSTEE] : 0;
    (void)snprintf(wanted, sizeof wanted, "approve/%d.app", (int)trustee);
    if (code == AULA_OK && strcmp(path, wanted) != 0) {
        code = aula_fail(&found, AULA_BOARD_FILES, "it is of trustee %d",
                         (int)trustee);
    }
    if (code == AULA_OK) {
        board->approvals |= UINT32_C(1) << (trustee - 1);
    }
    free(file.bytes);
    return board_blame(board, code, path, signer, &found, err);
}

enum aula_code board_step_approvals(struct board *board, struct aula_error *err)
{
    unsigned wanted = approval_quorum(&board->package);
    size_t before = board->fault_count;
    const char **paths = NULL;
    size_t count = 0;
    struct aula_error found;
    enum aula_code code = AULA_OK;

    if (board->closing_file.bytes == NULL) {
        return AULA_OK;
    }
    code = board_numbered(&paths, &count, board, "approve/", err);
    for (size_t i = 0; i < count && code == AULA_OK; i++) {
        code = check_approval(board, paths[i], err);
    }
    free(paths);
    if (code != AULA_OK || board->fault_count > before ||
        board->inside->stage < BOARD_APPROVALS || count >= wanted) {
        return code;
    }
    code = aula_fail(&found, AULA_APPROVE_TOO_FEW,
                     "%zu approvals, at least %u are needed", count, wanted);
    return board_blame(board, code, "approve", 0, &found, err);
}
