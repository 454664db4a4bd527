/* SPDX-License-Identifier: Apache-2.0 */
/* Which pragmas a store takes. The list names what is allowed: what is not on
 * it is refused when it sets something, so that a pragma which a later SQLite
 * brings is refused until somebody has thought about it. To ask for a value is
 * always allowed.
 *
 * One pragma can end a store: WAL under exclusive locking, which needs no
 * shared memory, marks page 1, and with files of kind WAL refused the store
 * never opens again. Exclusive locking alone leaves page 1 as it is in later
 * transactions, and the root rests on its being written in each.
 */
#include <string.h>

#include "vfs_inside.h"

struct rule {
    const char *name;
    const char *values; /* separated by blanks; NULL for any */
};

static const struct rule rules[] = {
    {"application_id", NULL},
    {"auto_vacuum", "none 0"},
    {"busy_timeout", NULL},
    {"cache_size", NULL},
    {"cache_spill", NULL},
    {"cell_size_check", "1 on true yes"},
    {"defer_foreign_keys", NULL},
    {"encoding", NULL},
    {"foreign_key_check", NULL},
    {"foreign_key_list", NULL},
    {"foreign_keys", NULL},
    {"index_info", NULL},
    {"index_list", NULL},
    {"index_xinfo", NULL},
    {"integrity_check", NULL},
    {"journal_mode", "delete"},
    {"locking_mode", "normal"},
    {"mmap_size", "0"},
    {"page_size", "4096"},
    {"query_only", NULL},
    {"quick_check", NULL},
    {"recursive_triggers", NULL},
    {"secure_delete", "1 on true yes"},
    {"synchronous", "2 3 full extra"},
    {"table_info", NULL},
    {"table_xinfo", NULL},
    {"temp_store", "2 memory"},
    {"threads", "0"},
    {"trusted_schema", "0 off false no"},
    {"user_version", NULL},
};

static bool is_among(const char *values, const char *value)
{
    size_t size = strlen(value);
    const char *at = values;

    while (*at != '\0') {
        size_t length = strcspn(at, " ");

        if (length == size && sqlite3_strnicmp(at, value, (int)size) == 0) {
            return true;
        }
        at += length + strspn(at + length, " ");
    }
    return false;
}

int vfs_pragma(const char *name, const char *value)
{
    if (value == NULL) {
        return SQLITE_NOTFOUND;
    }
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (sqlite3_stricmp(rules[i].name, name) == 0) {
            return rules[i].values == NULL || is_among(rules[i].values, value)
                       ? SQLITE_NOTFOUND
                       : SQLITE_ERROR;
        }
    }
    return SQLITE_ERROR;
}
