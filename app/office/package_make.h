/* SPDX-License-Identifier: Apache-2.0 */
/* A signed package of a source: its election in the words of package_write,
 * with the keys of a ceremony that is finished, and the container around it. */
#ifndef AULA_PACKAGE_MAKE_H
#define AULA_PACKAGE_MAKE_H

#include "ceremony.h"
#include "desk.h"
#include "package.h"
#include "progress.h"
#include "source.h"

struct package_made {
    const struct source *source;
    uint8_t *tag_key; /* TAG_KEY_BYTES, in sodium_malloc memory */
    uint8_t *manifest;
    size_t manifest_size;
    uint8_t *bytes; /* the package */
    size_t size;
    struct package package; /* opened again; points into `bytes` */
};

/** Make a package with a tag key of its own.
 *
 *  Returns: AULA_OK, a code of manifest_make, of package_write, or AULA_MEMORY
 *  Out:     made      to be closed whatever the result
 *  In:      source    sorts its rows as the manifest has them
 *           ceremony  ceremony_finish passed
 *  Owner:   package_made_close; source stays until then
 */
AULA_MUST_CHECK enum aula_code package_make(struct package_made *made,
                                            struct source *source,
                                            const struct ceremony *ceremony,
                                            const struct desk *desk,
                                            struct aula_error *err);
void package_made_close(struct package_made *made); /* accepts NULL */

/** Write the container, whole or not at all.
 *
 *  Returns: AULA_OK
 *           AULA_STATE         something stands at the path
 *           AULA_CONTENT_FILE  a photo changed since it was checked
 *           codes of container_write_start, file_read and file_write
 *  In:      is_new    nothing may stand at the path
 *           progress  started
 */
AULA_MUST_CHECK enum aula_code
package_made_write(const struct package_made *made, const char *path,
                   bool is_new, struct progress *progress,
                   struct aula_error *err);

#endif
