/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that is not to be had, over a day's work on a store: SQLite's 1st
 * piece, its 2nd, .. and ours likewise; once, and from then on. Each time the
 * refusal is AULA_MEMORY or nothing was refused, and what is on the disk is
 * what was acknowledged, or that and the whole of the transaction under way.
 *
 * The linker sends what our objects ask of the system to the functions below,
 * see the Makefile.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "store_work.h"

/* Each of the first pieces; after them ever fewer. */
enum { EACH_UP_TO = 60, SLOWER = 16 };

/* At file scope because the arguments of the functions are the system's. */
static struct shortage {
    bool is_on;
    bool lasts;
    unsigned at; /* the piece that is refused, 1 for the next; 0 for none */
    unsigned hits;
} of_sqlite, of_ours;

static sqlite3_mem_methods real;

static bool is_refused(struct shortage *shortage)
{
    if (!shortage->is_on || shortage->at == 0) {
        return false;
    }
    if (shortage->at > 1) {
        shortage->at--;
        return false;
    }
    if (!shortage->lasts) {
        shortage->at = 0;
    }
    shortage->hits++;
    return true;
}

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_sodium_malloc(size_t size);
void *__wrap_sodium_malloc(size_t size);
int __wrap_fsync(int file);

void *__wrap_malloc(size_t size)
{
    return is_refused(&of_ours) ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return is_refused(&of_ours) ? NULL : __real_calloc(count, size);
}

void *__wrap_sodium_malloc(size_t size)
{
    return is_refused(&of_ours) ? NULL : __real_sodium_malloc(size);
}

/* The store's lock is a real file; its flush would only take time. */
int __wrap_fsync(int file)
{
    (void)file;
    return 0;
}

static void *sqlite_malloc(int size)
{
    return is_refused(&of_sqlite) ? NULL : real.xMalloc(size);
}

static void *sqlite_realloc(void *memory, int size)
{
    return is_refused(&of_sqlite) ? NULL : real.xRealloc(memory, size);
}

static int take_place_of_malloc(void)
{
    sqlite3_mem_methods ours;
    int rc = sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real);

    ours = real;
    ours.xMalloc = sqlite_malloc;
    ours.xRealloc = sqlite_realloc;
    return rc == SQLITE_OK ? sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) : rc;
}

/* Returns: false when the work asked for fewer pieces */
static bool refuse_at(struct store_work *work, struct shortage *shortage,
                      unsigned at, bool lasts, unsigned *refused)
{
    struct aula_error err = {AULA_OK, ""};
    enum aula_code code;

    disk_clear(work->crash.work);
    work->crash.state = 0;
    *shortage = (struct shortage){true, lasts, at, 0};
    code = store_work_run(&work->crash, &err);
    shortage->is_on = false;
    if (code != AULA_OK && code != AULA_MEMORY) {
        fail_msg("piece %u, lasting %d: %s: %s", at, lasts,
                 aula_code_name(code), err.message);
    }
    assert_true(code == AULA_OK || shortage->hits > 0);
    *refused += code != AULA_OK;
    crash_check(&work->crash);
    if (work->crash.state > 0) {
        assert_int_equal(store_work_reopen(work, NULL), AULA_OK);
    }
    crash_check(&work->crash);
    return shortage->hits > 0;
}

static void refuse_each(struct shortage *shortage, bool lasts,
                        unsigned refused_least)
{
    struct store_work work;
    unsigned refused = 0;
    unsigned at = 1;

    store_work_open(&work);
    while (refuse_at(&work, shortage, at, lasts, &refused)) {
        at += at < EACH_UP_TO ? 1 : at / SLOWER;
    }
    assert_true(refused >= refused_least);
    store_work_close(&work);
}

static void sqlite_lacks_memory_once(void **state)
{
    (void)state;
    refuse_each(&of_sqlite, false, 50);
}

static void sqlite_lacks_memory_from_then_on(void **state)
{
    (void)state;
    refuse_each(&of_sqlite, true, 50);
}

static void we_lack_memory_once(void **state)
{
    (void)state;
    refuse_each(&of_ours, false, 10);
}

static void we_lack_memory_from_then_on(void **state)
{
    (void)state;
    refuse_each(&of_ours, true, 10);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(sqlite_lacks_memory_once),
        cmocka_unit_test(sqlite_lacks_memory_from_then_on),
        cmocka_unit_test(we_lack_memory_once),
        cmocka_unit_test(we_lack_memory_from_then_on),
    };

    return take_place_of_malloc() != SQLITE_OK || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
