/* SPDX-License-Identifier: Apache-2.0 */
/* build/aula_vfs.so: the door through which SQLite's own programs can look into
 * a store. In the shell:
 *
 *   .load build/aula_vfs
 *   .open "file:store.db?vfs=aula&keyfile=/path/to/key"
 *
 * It registers the VFS "aula" and stays loaded. The key file holds 48 bytes: 32
 * of the store's key, 16 of its id. A key is never taken from the command line,
 * the URI itself or the environment, which others on the machine can read; the
 * file should be readable by its owner only. Each database has its own keys, in
 * sodium_malloc memory until it is closed.
 *
 * Whoever has the key may also change a store through this door; the signatures
 * of its records are what shows that.
 */
#include <fcntl.h>
#include <sodium.h>
#include <sqlite3ext.h>
#include <stdlib.h>
#include <unistd.h>

SQLITE_EXTENSION_INIT1 /* the one variable at file scope: SQLite's own form */

#include "vfs_inside.h"

    enum {
        KEY_FILE_BYTES = VFS_KEY_BYTES + VFS_STORE_ID_BYTES
    };

/* Exactly as many bytes as a key file has. */
static bool read_key_file(uint8_t *key, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    uint8_t more;
    bool is_whole;

    if (fd < 0) {
        return false;
    }
    is_whole = read(fd, key, KEY_FILE_BYTES) == KEY_FILE_BYTES &&
               read(fd, &more, 1) == 0;
    (void)close(fd);
    return is_whole;
}

static bool load(struct vfs *vfs, struct vfs_keys *keys, const char *name)
{
    const char *path = sqlite3_uri_parameter(name, "keyfile");
    uint8_t *key = sodium_malloc(KEY_FILE_BYTES);
    bool is_read = key != NULL && path != NULL && read_key_file(key, path);

    if (is_read) {
        vfs_page_keys(keys, key, key + VFS_KEY_BYTES);
    } else {
        (void)vfs_note(vfs, SQLITE_CANTOPEN, AULA_STORE_KEY,
                       "keyfile=: a file of %d bytes is needed",
                       KEY_FILE_BYTES);
    }
    sodium_free(key);
    return is_read;
}

/** What SQLite calls when it loads the file; its name follows from the file's.
 */
int sqlite3_aulavfs_init(sqlite3 *db, char **message,
                         const sqlite3_api_routines *api);

int sqlite3_aulavfs_init(sqlite3 *db, char **message,
                         const sqlite3_api_routines *api)
{
    struct vfs *vfs;

    SQLITE_EXTENSION_INIT2(api)
    (void)db;
    (void)message;
    if (sodium_init() < 0) {
        return SQLITE_ERROR;
    }
    if (sqlite3_vfs_find("aula") != NULL) {
        return SQLITE_OK_LOAD_PERMANENTLY;
    }
    vfs = calloc(1, sizeof *vfs);
    if (vfs == NULL) {
        return SQLITE_NOMEM;
    }
    vfs_methods(vfs, "aula", sqlite3_vfs_find(NULL));
    vfs->load = load;
    if (sqlite3_vfs_register(&vfs->base, 0) != SQLITE_OK) {
        free(vfs);
        return SQLITE_NOMEM;
    }
    return SQLITE_OK_LOAD_PERMANENTLY;
}
