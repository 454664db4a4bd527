/* SPDX-License-Identifier: Apache-2.0 */
/* The last step: what people read beside the board is made again from it, and
 * compared to the byte. PROTOCOL.md section 14 knows no such files; nobody
 * shall read there what the board does not say. */
#include "board_steps.h"
#include "pages.h"
#include "pages_name.h"

/* A name at the top is without a slash, so it is no folder's either. */
static bool is_page(const struct board_names *names, size_t place)
{
    return !names->items[place].is_folder &&
           pages_is_name(board_names_path(names, place));
}

static enum aula_code blame(struct board *board, const char *name,
                            const char *reason, struct aula_error *err)
{
    struct aula_error found;
    enum aula_code code = aula_fail(&found, AULA_RESULT_MISMATCH, "%s", reason);

    return board_blame(board, code, name, 0, &found, err);
}

/* Without the pages themselves each file beside the board is refused, the
 * council's decisions first where they are the reason. */
static enum aula_code blame_all(struct board *board,
                                const struct aula_error *why,
                                struct aula_error *err)
{
    const struct board_names *names = &board->inside->names;
    enum aula_code code = AULA_OK;

    for (size_t i = 0; i < names->count && code == AULA_OK; i++) {
        if (is_page(names, i)) {
            code = blame(board, board_names_path(names, i), why->message, err);
        }
    }
    return code;
}

static enum aula_code compare_all(struct board *board,
                                  const struct pages *pages,
                                  struct aula_error *err)
{
    const struct board_names *names = &board->inside->names;
    enum aula_code code = AULA_OK;

    for (size_t i = 0; i < names->count && code == AULA_OK; i++) {
        const char *name = board_names_path(names, i);
        struct aula_error found;

        if (is_page(names, i)) {
            code = pages_compare(pages, name, &found);
            code = board_blame(board, code, name, 0, &found, err);
        }
    }
    return code;
}

static bool has_pages(const struct board *board)
{
    const struct board_names *names = &board->inside->names;
    size_t place = 0;

    while (place < names->count && !is_page(names, place)) {
        place++;
    }
    return place < names->count;
}

enum aula_code board_step_pages(struct board *board, struct aula_error *err)
{
    struct aula_error found;
    enum aula_code code;

    if (board->inside->stage < BOARD_RESULT || board->fault_count > 0 ||
        !has_pages(board)) {
        return AULA_OK;
    }
    code = pages_open(&board->pages, board, &found);
    if (board->pages != NULL) {
        return compare_all(board, board->pages, err);
    }
    return board_is_failure(code) ? aula_fail(err, code, "%s", found.message)
                                  : blame_all(board, &found, err);
}
