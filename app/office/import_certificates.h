/* SPDX-License-Identifier: Apache-2.0 */
/* The certificates of an archive, as record_check wants them. */
#ifndef AULA_IMPORT_CERTIFICATES_H
#define AULA_IMPORT_CERTIFICATES_H

#include "archive.h"
#include "certificate.h"

struct import_certificates {
    struct certificate *items; /* ascending by tid; point into `bytes` */
    uint8_t **bytes;
    size_t count;
};

/** Read those of an archive.
 *
 *  Returns: AULA_OK, AULA_STORE_DAMAGED (one does not pass), AULA_MEMORY, or a
 *           code of archive_each_certificate
 *  Out:     list  empty on failure
 *  Owner:   import_certificates_close
 */
AULA_MUST_CHECK enum aula_code
import_certificates_read(struct import_certificates *list,
                         struct archive *archive, const struct package *package,
                         struct aula_error *err);
void import_certificates_close(struct import_certificates *list);

/** Put one in, or in place of its terminal's.
 *
 *  Returns: AULA_OK or AULA_MEMORY
 *  Out:     is_second  it replaced another
 */
AULA_MUST_CHECK enum aula_code
import_certificates_put(struct import_certificates *list, bool *is_second,
                        const struct package *package, const uint8_t *bytes,
                        size_t size, struct aula_error *err);

/** Returns: NULL when there is none */
const struct certificate *
import_certificates_find(const struct import_certificates *list,
                         const uint8_t tid[static TERMINAL_ID_BYTES]);

#endif
