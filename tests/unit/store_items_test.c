/* SPDX-License-Identifier: Apache-2.0 */
/* Items and exports of a store. */
#include "store_desk.h"

static void an_item_is_replaced_and_dropped(void **state)
{
    struct desk *desk = *state;
    uint8_t *bytes = NULL;
    size_t size = 1;
    uint8_t four[4];

    assert_int_equal(store_get_item(desk->store, &bytes, &size, "a", NULL),
                     AULA_OK);
    assert_null(bytes);
    assert_int_equal(store_put_item(desk->store, "a", "one", 3, NULL), AULA_OK);
    assert_int_equal(store_put_item(desk->store, "a", "four", 4, NULL),
                     AULA_OK);
    assert_int_equal(store_get_item(desk->store, &bytes, &size, "a", NULL),
                     AULA_OK);
    assert_int_equal(size, 4);
    assert_string_equal((const char *)bytes, "four");
    store_free_item(bytes, size);
    assert_int_equal(store_read_item(desk->store, four, 4, "a", NULL), AULA_OK);
    assert_memory_equal(four, "four", 4);
    assert_int_equal(store_read_item(desk->store, four, 3, "a", NULL),
                     AULA_STORE_DAMAGED);
    assert_int_equal(store_drop_item(desk->store, "a", NULL), AULA_OK);
    assert_int_equal(store_drop_item(desk->store, "a", NULL), AULA_OK);
    assert_int_equal(store_read_item(desk->store, four, 4, "a", NULL),
                     AULA_STORE_DAMAGED);
}

static void items_are_dropped_by_their_beginning(void **state)
{
    struct desk *desk = *state;
    uint8_t *bytes = NULL;
    size_t size = 0;

    assert_int_equal(store_put_item(desk->store, "content/a", "", 0, NULL),
                     AULA_OK);
    assert_int_equal(store_put_item(desk->store, "content_", "x", 1, NULL),
                     AULA_OK);
    assert_int_equal(store_drop_items(desk->store, "content/", NULL), AULA_OK);
    assert_int_equal(store_get_item(desk->store, &bytes, &size, "content/a",
                                    NULL),
                     AULA_OK);
    assert_null(bytes);
    assert_int_equal(store_get_item(desk->store, &bytes, &size, "content_",
                                    NULL),
                     AULA_OK);
    assert_int_equal(size, 1);
    store_free_item(bytes, size);
}

static void an_empty_item_is_not_a_missing_one(void **state)
{
    struct desk *desk = *state;
    uint8_t *bytes = NULL;
    size_t size = 9;

    assert_int_equal(store_put_item(desk->store, "a", NULL, 0, NULL), AULA_OK);
    assert_int_equal(store_get_item(desk->store, &bytes, &size, "a", NULL),
                     AULA_OK);
    assert_non_null(bytes);
    assert_int_equal(size, 0);
    store_free_item(bytes, size);
}

/* The roll of a city: two million rows are more than 64 MiB. */
static void an_item_may_be_as_long_as_a_roll(void **state)
{
    enum { LONG_BYTES = 65 * 1024 * 1024 };
    struct desk *desk = *state;
    uint8_t *bytes = calloc(1, LONG_BYTES);
    uint8_t *found = NULL;
    size_t size = 0;

    assert_non_null(bytes);
    bytes[LONG_BYTES - 1] = 7;
    assert_int_equal(store_put_item(desk->store, "roll", bytes, LONG_BYTES,
                                    NULL),
                     AULA_OK);
    free(bytes);
    assert_int_equal(store_get_item(desk->store, &found, &size, "roll", NULL),
                     AULA_OK);
    assert_int_equal(size, LONG_BYTES);
    assert_int_equal(found[LONG_BYTES - 1], 7);
    store_free_item(found, size);
}

static void an_export_is_found_by_its_number(void **state)
{
    struct desk *desk = *state;
    struct store_export made = {1, 1, 9, 1234, {1}, {2}};
    struct store_export found;

    assert_int_equal(store_find_export(desk->store, &found, 0, NULL), AULA_OK);
    assert_int_equal(found.number, 0);
    assert_int_equal(store_add_export(desk->store, &made, NULL), AULA_OK);
    made.number = 2;
    made.last_seq = 12;
    assert_int_equal(store_add_export(desk->store, &made, NULL), AULA_OK);
    assert_int_equal(store_find_export(desk->store, &found, 1, NULL), AULA_OK);
    assert_int_equal(found.last_seq, 9);
    assert_int_equal(found.time, 1234);
    assert_memory_equal(found.prev, made.prev, sizeof found.prev);
    assert_memory_equal(found.hash, made.hash, sizeof found.hash);
    assert_int_equal(store_find_export(desk->store, &found, 0, NULL), AULA_OK);
    assert_int_equal(found.number, 2);
    assert_int_equal(store_find_export(desk->store, &found, 3, NULL), AULA_OK);
    assert_int_equal(found.number, 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_STORE(an_item_is_replaced_and_dropped),
        WITH_STORE(items_are_dropped_by_their_beginning),
        WITH_STORE(an_empty_item_is_not_a_missing_one),
        WITH_STORE(an_item_may_be_as_long_as_a_roll),
        WITH_STORE(an_export_is_found_by_its_number),
    };

    return vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
