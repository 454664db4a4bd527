/* SPDX-License-Identifier: Apache-2.0 */
/* Steps 11 to 14 of PROTOCOL.md section 14: each contest is mixed, decrypted,
 * combined and read, and the result file says what came out. One contest after
 * the other, so that the lists of one stand in memory at a time. */
#include <stdlib.h>
#include <string.h>

#include "board_steps.h"

/* A result that tells of more ballots than there are is read whole all the
 * same, so that it is refused for that. */
enum { RESULT_SLACK = 256 * 1024 * 1024 };

/* ---- step 11 */

/* The number of a folder such as "mix/12" that is a contest, else SIZE_MAX. */
static size_t contest_of(const struct board *board, const char *number)
{
    char *end = NULL;
    unsigned long value;

    if (strlen(number) > 4) {
        return SIZE_MAX;
    }
    value = strtoul(number, &end, 10);
    return value < board->package.contest_count ? (size_t)value : SIZE_MAX;
}

static bool is_counted(const struct board *board, size_t contest)
{
    return board->outcome->contests[contest].status == COUNTING_COUNTED;
}

/* A folder that may not be there. */
static enum aula_code find_strange(const struct board *board,
                                   const char *folder, struct aula_error *found)
{
    const struct board_names *names = &board->inside->names;
    size_t first;
    size_t end;

    board_names_below(names, &first, &end, folder);
    for (size_t i = first; i < end; i++) {
        const char *path = board_names_path(names, i);
        size_t contest;

        if (!names->items[i].is_folder) {
            continue;
        }
        contest = contest_of(board, path + strlen(folder));
        if (contest == SIZE_MAX || !is_counted(board, contest)) {
            return aula_fail(found, AULA_BOARD_FILES,
                             "%s: no contest that is opened", path);
        }
    }
    return AULA_OK;
}

/* A folder that has to be there. */
static enum aula_code find_missing(const struct board *board,
                                   const char *folder, struct aula_error *found)
{
    char path[BOARD_OBJECT_BYTES];

    for (size_t i = 0; i < board->package.contest_count; i++) {
        (void)snprintf(path, sizeof path, "%s%zu", folder, i);
        if (is_counted(board, i) &&
            !board_names_has_folder(&board->inside->names, path)) {
            return aula_fail(found, AULA_BOARD_FILES, "%s is missing", path);
        }
    }
    return AULA_OK;
}

enum aula_code board_step_folders(struct board *board, struct aula_error *err)
{
    enum board_stage stage = board->inside->stage;
    struct aula_error found;
    enum aula_code code = find_strange(board, "mix/", &found);

    if (code == AULA_OK) {
        code = find_strange(board, "decrypt/", &found);
    }
    if (code == AULA_OK && stage >= BOARD_MIXES) {
        code = find_missing(board, "mix/", &found);
    }
    if (code == AULA_OK && stage >= BOARD_DECRYPTIONS) {
        code = find_missing(board, "decrypt/", &found);
    }
    return board_blame(board, code, "mix", 0, &found, err);
}

/* ---- steps 12 and 13 */

/* Combine and read a contest, and let its lists go. */
static enum aula_code open_contest(struct board *board, size_t place,
                                   struct aula_error *err)
{
    const struct package *package = &board->package;
    const struct plaintext_rule *rule = &package->contests[place].rule;
    struct board_contest *contest = &board->contests[place];
    struct outcome_contest *result = &board->results[place];
    struct decrypt_input input = {.package_hash = package->hash,
                                  .contest = (uint16_t)place,
                                  .width = contest->width,
                                  .count = contest->count,
                                  .list = contest->list};
    uint8_t *rows = malloc((size_t)contest->count * outcome_row_size(rule) + 1);
    enum aula_code code;

    if (rows == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    board->inside->rows[place] = rows;
    code = outcome_open(rows, &result->valid, board->pool, rule, &input,
                        contest->parts, contest->part_count, package->threshold,
                        err);
    result->rows = rows;
    board_drop_lists(contest);
    return code;
}

void board_drop_lists(struct board_contest *contest)
{
    free(contest->list);
    contest->list = NULL;
    for (size_t i = 0; i < contest->part_count; i++) {
        free(contest->part_files[i].bytes);
        contest->part_files[i].bytes = NULL;
        contest->parts[i].points = NULL;
    }
}

static enum aula_code check_contest(struct board *board, size_t place,
                                    struct aula_error *err)
{
    enum board_stage stage = board->inside->stage;
    struct board_contest *contest = &board->contests[place];
    bool is_good = false;
    enum aula_code code;

    if (!is_counted(board, place)) {
        return AULA_OK;
    }
    code = board_check_mixes(board, place, &is_good, err);
    if (code == AULA_OK && is_good && stage >= BOARD_MIXES) {
        is_good = false;
        code = board_check_decryptions(board, place, &is_good, err);
        if (code == AULA_OK && is_good && stage >= BOARD_DECRYPTIONS) {
            return open_contest(board, place, err);
        }
    }
    if (!is_good) {
        board_drop_lists(contest);
    }
    return code;
}

enum aula_code board_step_contests(struct board *board, struct aula_error *err)
{
    size_t count = board->package.contest_count;
    struct progress bar;
    enum aula_code code = AULA_OK;

    if (board->inside->stage < BOARD_APPROVALS) {
        return AULA_OK;
    }
    board_bar_start(&bar, board, "checking mixes and decryptions");
    for (size_t i = 0; i < count && code == AULA_OK; i++) {
        code = check_contest(board, i, err);
        progress_step(&bar, i + 1, count);
    }
    progress_end(&bar);
    return code;
}

/* ---- step 14 */

enum aula_code board_step_result(struct board *board, struct aula_error *err)
{
    static const char name[] = "result.bin";
    struct board_file file = {NULL, 0};
    struct aula_error found;
    enum aula_code code;

    if (board->inside->stage < BOARD_RESULT ||
        !board_names_has(&board->inside->names, name)) {
        return AULA_OK;
    }
    code = board_file_read(&file, board->folder, name,
                           outcome_size(&board->package, board->results) +
                               RESULT_SLACK,
                           err);
    if (file.bytes == NULL) {
        return code;
    }
    code = outcome_check(&board->package, board->results, file.bytes, file.size,
                         &found);
    free(file.bytes);
    return board_blame(board, code, name, 0, &found, err);
}

static int compare_numbers(const void *left, const void *right)
{
    const char *const *a = left;
    const char *const *b = right;

    return board_names_compare_numbers(strrchr(*a, '/') + 1,
                                       strrchr(*b, '/') + 1);
}

enum aula_code board_numbered(const char ***paths, size_t *count,
                              const struct board *board, const char *folder,
                              struct aula_error *err)
{
    const struct board_names *names = &board->inside->names;
    size_t first;
    size_t end;
    const char **made;

    board_names_below(names, &first, &end, folder);
    made = calloc(end - first + 1, sizeof *made);
    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    for (size_t i = first; i < end; i++) {
        made[i - first] = board_names_path(names, i);
    }
    qsort(made, end - first, sizeof *made, compare_numbers);
    *paths = made;
    *count = end - first;
    return AULA_OK;
}
