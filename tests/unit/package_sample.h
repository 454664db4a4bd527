/* SPDX-License-Identifier: Apache-2.0 */
/* A small package made in memory, for tests of whatever reads packages: every
 * field can be set to a wrong value, and it is still put together and signed as
 * an office would.
 */
#ifndef AULA_TEST_PACKAGE_SAMPLE_H
#define AULA_TEST_PACKAGE_SAMPLE_H

#include "dkg_ceremony.h"

#include "bytes.h"
#include "package.h"

enum { SAMPLE_CONTESTS = 4, SAMPLE_ROOM = 16 * 1024 };

struct sample_text {
    const char *text;
    size_t size;
};

struct sample_contest {
    struct sample_text name;
    uint8_t type;
    uint16_t n; /* as written; this many proposals follow, at most 16 */
    uint16_t limit;
    uint16_t cap;
    uint64_t budget;
    struct sample_text ids[16];
    struct sample_text names[16];
    uint64_t costs[16];
};

struct sample {
    struct ceremony *ceremony;
    uint8_t office_public[SIGN_PUBLIC_BYTES];
    uint8_t office_secret[SIGN_SECRET_BYTES];
    uint8_t magic[4];
    uint8_t version;
    uint8_t office_key[SIGN_PUBLIC_BYTES]; /* as written */
    uint8_t transport[32];
    uint8_t nonce[16];
    uint64_t opens;
    uint64_t closes;
    uint8_t id_scheme;
    uint8_t tag_stretch;
    uint8_t one_per;
    uint8_t mode;
    uint16_t min_anon;
    uint8_t tag_key_check[32];
    uint8_t content_hash[32];
    struct sample_text title;
    uint8_t count;     /* N as written */
    uint8_t threshold; /* T as written */
    uint8_t cid[32];
    uint8_t tr2[32];
    uint8_t key[32];
    uint8_t order[DKG_TRUSTEES_MAX]; /* which trustee's files stand where */
    uint16_t contest_count;          /* as written */
    size_t contests_put;             /* as put behind it */
    struct sample_contest contests[SAMPLE_CONTESTS];
    uint8_t bytes[SAMPLE_ROOM];
    size_t size;
};

static inline struct sample_text sample_text(const char *text)
{
    return (struct sample_text){text, strlen(text)};
}

/* n proposals with ids "a", "b", .. */
static inline void sample_set_contest(struct sample_contest *contest,
                                      const char *name, uint8_t type,
                                      uint16_t n, uint16_t limit, uint16_t cap)
{
    static const char *const ids[] = {"a", "b", "c", "d", "e", "f", "g", "h",
                                      "i", "j", "k", "l", "m", "n", "o", "p"};

    *contest = (struct sample_contest){.name = sample_text(name),
                                       .type = type,
                                       .n = n,
                                       .limit = limit,
                                       .cap = cap,
                                       .budget = 1000};
    for (size_t q = 0; q < 16; q++) {
        contest->ids[q] = sample_text(ids[q]);
        contest->names[q] = sample_text("A well for the yard");
        contest->costs[q] = 100 * (q + 1);
    }
}

/* An official package with one contest of each type; nothing wrong with it. */
static inline void sample_start(struct sample *s, struct ceremony *ceremony)
{
    static const uint8_t seed[SIGN_SEED_BYTES] = {0x0f};

    *s = (struct sample){.ceremony = ceremony,
                         .magic = {'A', 'U', 'L', 'P'},
                         .version = 1,
                         .opens = 1000,
                         .closes = 2000,
                         .id_scheme = 1,
                         .tag_stretch = 1,
                         .one_per = 1,
                         .min_anon = 10,
                         .title = {"Yards", 5},
                         .count = ceremony->params.count,
                         .threshold = ceremony->params.threshold,
                         .contest_count = SAMPLE_CONTESTS,
                         .contests_put = SAMPLE_CONTESTS};
    sign_key_pair(s->office_public, s->office_secret, seed);
    memcpy(s->office_key, s->office_public, sizeof s->office_key);
    (void)crypto_scalarmult_base(s->transport, seed);
    memset(s->tag_key_check, 0x7c, sizeof s->tag_key_check);
    memset(s->content_hash, 0xc0, sizeof s->content_hash);
    memcpy(s->cid, ceremony->params.cid, sizeof s->cid);
    memcpy(s->tr2, ceremony->transcript2, sizeof s->tr2);
    memcpy(s->key, ceremony->outcome.key, sizeof s->key);
    for (uint8_t i = 0; i < DKG_TRUSTEES_MAX; i++) {
        s->order[i] = i;
    }
    sample_set_contest(&s->contests[0], "Large", PLAINTEXT_APPROVAL, 9, 3, 0);
    sample_set_contest(&s->contests[1], "Sums", PLAINTEXT_KNAPSACK, 3, 0, 0);
    sample_set_contest(&s->contests[2], "Points", PLAINTEXT_POINTS, 2, 7, 5);
    sample_set_contest(&s->contests[3], "Ranks", PLAINTEXT_RANKING, 4, 3, 0);
}

static inline void sample_put_text(struct bytes_writer *writer,
                                   struct sample_text text)
{
    bytes_put_u16(writer, (uint16_t)text.size);
    bytes_put(writer, text.text, text.size);
}

static inline void sample_put_head(struct bytes_writer *writer,
                                   const struct sample *s)
{
    bytes_put(writer, s->magic, sizeof s->magic);
    bytes_put_u8(writer, s->version);
    bytes_put(writer, s->office_key, sizeof s->office_key);
    bytes_put(writer, s->transport, sizeof s->transport);
    bytes_put(writer, s->nonce, sizeof s->nonce);
    bytes_put_u64(writer, s->opens);
    bytes_put_u64(writer, s->closes);
    bytes_put_u8(writer, s->id_scheme);
    bytes_put_u8(writer, s->tag_stretch);
    bytes_put_u8(writer, s->one_per);
    bytes_put_u8(writer, s->mode);
    bytes_put_u16(writer, s->min_anon);
    bytes_put(writer, s->tag_key_check, sizeof s->tag_key_check);
    bytes_put(writer, s->content_hash, sizeof s->content_hash);
    sample_put_text(writer, s->title);
}

static inline void sample_put_ceremony(struct bytes_writer *writer,
                                       const struct sample *s)
{
    size_t count = s->ceremony->params.count;

    bytes_put_u8(writer, s->count);
    bytes_put_u8(writer, s->threshold);
    bytes_put(writer, s->cid, sizeof s->cid);
    bytes_put(writer, s->tr2, sizeof s->tr2);
    bytes_put(writer, s->key, sizeof s->key);
    for (size_t i = 0; i < count; i++) {
        const struct trustee *t = &s->ceremony->trustees[s->order[i]];

        bytes_put_u16(writer, (uint16_t)t->round1_size);
        bytes_put(writer, t->round1, t->round1_size);
    }
    for (size_t i = 0; i < count; i++) {
        bytes_put(writer, s->ceremony->trustees[i].confirmation, SIGN_BYTES);
    }
}

static inline void sample_put_contest(struct bytes_writer *writer,
                                      const struct sample_contest *contest)
{
    size_t count = contest->n < 16 ? contest->n : 16;

    sample_put_text(writer, contest->name);
    bytes_put_u8(writer, contest->type);
    bytes_put_u16(writer, contest->n);
    bytes_put_u16(writer, contest->limit);
    bytes_put_u16(writer, contest->cap);
    bytes_put_u64(writer, contest->budget);
    for (size_t q = 0; q < count; q++) {
        sample_put_text(writer, contest->ids[q]);
        sample_put_text(writer, contest->names[q]);
        bytes_put_u64(writer, contest->costs[q]);
    }
}

/* Put it together and sign it: bytes and size. */
static inline void sample_make(struct sample *s)
{
    struct bytes_writer writer = {s->bytes, 0, sizeof s->bytes};

    sample_put_head(&writer, s);
    sample_put_ceremony(&writer, s);
    bytes_put_u16(&writer, s->contest_count);
    for (size_t c = 0; c < s->contests_put; c++) {
        sample_put_contest(&writer, &s->contests[c]);
    }
    assert_true(writer.size + SIGN_BYTES <= sizeof s->bytes);
    sign_file(s->bytes, writer.size, "sig-package", s->office_secret);
    s->size = writer.size + SIGN_BYTES;
}

/* Make it, open it, and see that a refusal leaves nothing behind. */
static inline enum aula_code sample_open(struct sample *s)
{
    static const struct package empty;
    struct package package;
    enum aula_code code;

    memset(&package, 0x5a, sizeof package);
    sample_make(s);
    code = package_open(&package, s->office_public, s->bytes, s->size, NULL);
    if (code != AULA_OK) {
        assert_memory_equal(&package, &empty, sizeof package);
    }
    package_close(&package);
    return code;
}

#endif
