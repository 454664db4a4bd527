/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite for the VFS: linked in the programs, called through the table that
 * SQLite hands to a loadable extension in build/aula_vfs.so, so that a program
 * which carries an SQLite of its own is served by that one.
 */
#ifndef AULA_VFS_SQLITE_H
#define AULA_VFS_SQLITE_H

#ifdef AULA_VFS_EXTENSION
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3
#else
#include <sqlite3.h>
#endif

#endif
