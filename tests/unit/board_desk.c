/* SPDX-License-Identifier: Apache-2.0 */
/* See board_desk.h. */
#include "board_desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include <sodium.h>

#include "office_folder.h"

int board_desk_open(void **state)
{
    static const char *const nothing[] = {NULL};
    struct board_desk *desk = calloc(1, sizeof *desk);
    void *made = NULL;
    json_t *small;

    assert_true(sodium_init() >= 0);
    assert_non_null(desk);
    assert_int_equal(vector_board_open(&made), 0);
    desk->vectors = made;
    assert_int_equal(office_folder_make(&made), 0);
    desk->folder = made;
    office_path(desk->full, desk->folder, "full");
    office_path(desk->small, desk->folder, "small");
    assert_int_equal(mkdir(desk->full, 0755), 0);
    assert_int_equal(mkdir(desk->small, 0755), 0);
    vector_board_lay(json_object_get(desk->vectors->board, "files"), desk->full,
                     nothing);
    small = json_object_get(desk->vectors->board, "rehearsal");
    vector_board_lay(json_object_get(small, "files"), desk->small, nothing);
    assert_int_equal(pool_open(&desk->pool, 1, NULL), AULA_OK);
    *state = desk;
    return 0;
}

int board_desk_close(void **state)
{
    struct board_desk *desk = *state;
    void *made = desk->vectors;

    pool_close(desk->pool);
    assert_int_equal(vector_board_close(&made), 0);
    made = desk->folder;
    assert_int_equal(office_folder_clear(&made), 0);
    free(desk);
    return 0;
}

struct board_said board_desk_check(const struct board_desk *desk,
                                   const char *folder, enum board_stage stage)
{
    struct board *board = NULL;
    struct aula_error err = {0};
    struct board_said said = {0};

    assert_int_equal(board_open(&board, folder, desk->vectors->office_public,
                                desk->pool, &err),
                     AULA_OK);
    said.code = board_check(board, stage, &err);
    said.fault_count = board->fault_count;
    memcpy(said.object, board->faults[0].object, sizeof said.object);
    if (said.code != AULA_OK) {
        assert_true(err.message[0] != '\0');
    }
    board_close(board);
    return said;
}

void board_desk_expect(const struct board_desk *desk, const char *folder,
                       enum board_stage stage, enum aula_code code,
                       const char *object)
{
    struct board_said said = board_desk_check(desk, folder, stage);

    assert_string_equal(aula_code_name(said.code), aula_code_name(code));
    assert_string_equal(said.object, object);
}
