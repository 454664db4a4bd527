/* SPDX-License-Identifier: Apache-2.0 */
/* The fixed head of a package (PROTOCOL.md section 4).
 *
 *   offset  size  field
 *        0     4  "AULP"
 *        4     1  version = 1
 *        5    32  office key
 *       37    32  office transport key
 *       69    16  nonce
 *       85   8,8  opens, closes
 *      101     1  id_scheme
 *      102     1  tag_stretch
 *      103     1  one_per
 *      104     1  mode
 *      105     2  min_anon
 *      107    32  tag_key_check
 *      139    32  content_hash
 */
#include "package_parts.h"

#include <string.h>

enum {
    VERSION = 1,
    MIN_ANON_MAX = 10000,
    MIN_ANON_OFFICIAL = 5,
    MIN_ANON_REHEARSAL = 2
};

enum aula_code package_check_magic(const uint8_t *bytes, size_t size)
{
    if (size > PACKAGE_BYTES_MAX) {
        return AULA_TOO_LARGE;
    }
    if (size < PACKAGE_HEAD_BYTES) {
        return AULA_TRUNCATED;
    }
    if (memcmp(bytes, "AULP", 4) != 0) {
        return AULA_BAD_MAGIC;
    }
    return bytes[4] == VERSION ? AULA_OK : AULA_BAD_VERSION;
}

/* Mode 0 has floors that a rehearsal has not. */
static bool are_choices_allowed(const uint8_t *head)
{
    uint8_t mode = head[104];
    uint16_t min_anon = get_le16(head + 105);
    uint16_t least = mode == PACKAGE_OFFICIAL ? MIN_ANON_OFFICIAL
                                              : MIN_ANON_REHEARSAL;

    return head[101] <= TAG_SCHEME_IIN && head[102] <= TAG_STRETCH_ARGON2ID &&
           head[103] <= PACKAGE_ONE_PER_CONTEST && mode <= PACKAGE_REHEARSAL &&
           (head[102] != TAG_STRETCH_NONE || mode == PACKAGE_REHEARSAL) &&
           min_anon >= least && min_anon <= MIN_ANON_MAX;
}

enum aula_code package_read_head(struct package *package, const uint8_t *head)
{
    if (!group_is_transport(head + 37) ||
        get_le64(head + 85) >= get_le64(head + 93) ||
        !are_choices_allowed(head)) {
        return AULA_BAD_FIELD;
    }
    memcpy(package->office_key, head + 5, sizeof package->office_key);
    memcpy(package->office_transport, head + 37,
           sizeof package->office_transport);
    package->opens = get_le64(head + 85);
    package->closes = get_le64(head + 93);
    package->id_scheme = (enum tag_scheme)head[101];
    package->tag_stretch = (enum tag_stretch)head[102];
    package->one_per = (enum package_one_per)head[103];
    package->mode = (enum package_mode)head[104];
    package->min_anon = get_le16(head + 105);
    memcpy(package->tag_key_check, head + 107, sizeof package->tag_key_check);
    memcpy(package->content_hash, head + 139, sizeof package->content_hash);
    return AULA_OK;
}
