/* SPDX-License-Identifier: Apache-2.0 */
/* See package_write.h. The layout is that of package_head.c, package_read.c and
 * package_contest.c; its length is added up first, by the same fields in the
 * same order, and the writer asserts that the two agree.
 */
#include "package_write.h"

#include <assert.h>
#include <stdlib.h>

#include "package_parts.h"

enum {
    VERSION = 1,
    TEXT_MAX = 65535,            /* what a u16 can announce */
    COUNT_MAX = 65535,           /* likewise, of contests */
    CEREMONY_BYTES = 2 + 3 * 32, /* N, T, cid, tr2, K */
    CONTEST_BYTES = 2 + 7 + 8,   /* without its texts */
    PROPOSAL_BYTES = 2 + 2 + 8   /* likewise */
};

/* Add the bytes of a text; false when its length cannot even be written. */
static bool add_text(uint64_t *size, const struct package_text *text)
{
    *size += text->size;
    return text->size <= TEXT_MAX;
}

static bool add_contest(uint64_t *size, const struct package_contest *contest)
{
    bool fits = add_text(size, &contest->name);

    *size += CONTEST_BYTES;
    for (size_t q = 0; q < contest->rule.n && fits; q++) {
        *size += PROPOSAL_BYTES;
        fits = add_text(size, &contest->ids[q]) &&
               add_text(size, &contest->names[q]);
    }
    return fits;
}

/* All of it, with the signature. At most 2^16 contests of 2^16 proposals with
 * two texts below 2^16 bytes: a u64 holds the sum. */
static bool add_all(uint64_t *size, const struct package_draft *draft)
{
    const struct dkg_set *set = draft->trustees;
    bool fits = draft->contest_count <= COUNT_MAX &&
                add_text(size, &draft->title);

    *size += PACKAGE_HEAD_BYTES + 2 + CEREMONY_BYTES + 2 + SIGN_BYTES;
    for (size_t i = 0; i < set->params.count; i++) {
        *size += 2 + set->members[i].file_size + SIGN_BYTES;
    }
    for (size_t c = 0; c < draft->contest_count && fits; c++) {
        fits = add_contest(size, &draft->contests[c]);
    }
    return fits;
}

static void put_text(struct bytes_writer *writer,
                     const struct package_text *text)
{
    bytes_put_u16(writer, (uint16_t)text->size);
    bytes_put(writer, text->text, text->size);
}

static void put_head(struct bytes_writer *writer,
                     const struct package_draft *draft,
                     const uint8_t office_key[static SIGN_PUBLIC_BYTES])
{
    bytes_put(writer, "AULP", 4);
    bytes_put_u8(writer, VERSION);
    bytes_put(writer, office_key, SIGN_PUBLIC_BYTES);
    bytes_put(writer, draft->office_transport, sizeof draft->office_transport);
    bytes_put(writer, draft->nonce, sizeof draft->nonce);
    bytes_put_u64(writer, draft->opens);
    bytes_put_u64(writer, draft->closes);
    bytes_put_u8(writer, (uint8_t)draft->id_scheme);
    bytes_put_u8(writer, (uint8_t)draft->tag_stretch);
    bytes_put_u8(writer, (uint8_t)draft->one_per);
    bytes_put_u8(writer, (uint8_t)draft->mode);
    bytes_put_u16(writer, draft->min_anon);
    bytes_put(writer, draft->tag_key_check, sizeof draft->tag_key_check);
    bytes_put(writer, draft->content_hash, sizeof draft->content_hash);
    put_text(writer, &draft->title);
}

static void put_ceremony(struct bytes_writer *writer,
                         const struct package_draft *draft,
                         const struct dkg_outcome *outcome)
{
    const struct dkg_set *set = draft->trustees;

    bytes_put_u8(writer, set->params.count);
    bytes_put_u8(writer, set->params.threshold);
    bytes_put(writer, set->params.cid, sizeof set->params.cid);
    bytes_put(writer, draft->transcript2, DKG_TRANSCRIPT_BYTES);
    bytes_put(writer, outcome->key, sizeof outcome->key);
    for (size_t i = 0; i < set->params.count; i++) {
        bytes_put_u16(writer, (uint16_t)set->members[i].file_size);
        bytes_put(writer, set->members[i].file, set->members[i].file_size);
    }
    for (size_t i = 0; i < set->params.count; i++) {
        bytes_put(writer, draft->confirmations[i], SIGN_BYTES);
    }
}

static void put_contest(struct bytes_writer *writer,
                        const struct package_contest *contest)
{
    const struct plaintext_rule *rule = &contest->rule;

    put_text(writer, &contest->name);
    bytes_put_u8(writer, (uint8_t)rule->type);
    bytes_put_u16(writer, rule->n);
    bytes_put_u16(writer, rule->limit);
    bytes_put_u16(writer, rule->cap);
    bytes_put_u64(writer, rule->budget);
    for (size_t q = 0; q < rule->n; q++) {
        put_text(writer, &contest->ids[q]);
        put_text(writer, &contest->names[q]);
        bytes_put_u64(writer, rule->costs[q]);
    }
}

/* Fill `size` bytes, the signature among them. */
static void put_all(uint8_t *bytes, size_t size,
                    const struct package_draft *draft,
                    const struct dkg_outcome *outcome,
                    const uint8_t office[static SIGN_SECRET_BYTES])
{
    struct bytes_writer writer = {bytes, 0, size - SIGN_BYTES};

    put_head(&writer, draft, office + SIGN_SEED_BYTES);
    put_ceremony(&writer, draft, outcome);
    bytes_put_u16(&writer, (uint16_t)draft->contest_count);
    for (size_t c = 0; c < draft->contest_count; c++) {
        put_contest(&writer, &draft->contests[c]);
    }
    assert(writer.size == writer.room);
    sign_file(bytes, writer.size, "sig-package", office);
}

/* Would a terminal take it? */
static enum aula_code try_open(const uint8_t *bytes, size_t size,
                               const uint8_t office_key[static 32],
                               struct aula_error *err)
{
    struct package package;
    enum aula_code code = package_open(&package, office_key, bytes, size, err);

    package_close(&package);
    return code;
}

enum aula_code package_write(uint8_t **bytes, size_t *size,
                             const struct package_draft *draft,
                             const uint8_t office[static SIGN_SECRET_BYTES],
                             struct aula_error *err)
{
    struct dkg_outcome outcome;
    uint64_t wanted = 0;
    uint8_t *made = NULL;
    enum aula_code code = dkg_outcome_find(&outcome, draft->trustees, err);

    *bytes = NULL;
    *size = 0;
    if (code != AULA_OK) {
        return code;
    }
    if (!add_all(&wanted, draft)) {
        return aula_fail(err, AULA_BAD_FIELD,
                         "package: a text or a list too long to be written");
    }
    if (wanted > PACKAGE_BYTES_MAX) {
        return aula_fail(err, AULA_TOO_LARGE, "package: %llu bytes",
                         (unsigned long long)wanted);
    }
    made = malloc((size_t)wanted);
    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "package: out of memory");
    }
    put_all(made, (size_t)wanted, draft, &outcome, office);
    code = try_open(made, (size_t)wanted, office + SIGN_SEED_BYTES, err);
    if (code != AULA_OK) {
        free(made);
        return code;
    }
    *bytes = made;
    *size = (size_t)wanted;
    return AULA_OK;
}
