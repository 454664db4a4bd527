/* SPDX-License-Identifier: Apache-2.0 */
/* See rehearse_election.h: one of its own. */
#include "rehearse_election.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "file.h"
#include "package_write.h"
#include "rehearse_content.h"
#include "rehearse_trustees.h"

#define CONTENT_FILE "election.json"
#define OFFICE_FOLDER "office"
#define CEREMONY_FOLDER "office/" DESK_CEREMONY
#define TRUSTEES_FOLDER "trustees"
#define CONTAINER_FILE "package.aula"

/* What an election is made of, on its way. */
struct parts {
    struct rehearse_election *made;
    const char *out;
    const struct passphrase *passphrase;
    struct ceremony *ceremony;
    char *content;
    size_t content_size;
    struct manifest_row row;
    uint8_t *manifest;
    size_t manifest_size;
    uint8_t *package;
    size_t package_size;
};

static enum aula_code make_office(struct parts *parts, struct aula_error *err)
{
    char path[PLACE_BYTES];
    struct desk_public known;
    enum aula_code code = place_in(path, parts->out, OFFICE_FOLDER, err);

    if (code == AULA_OK) {
        code = desk_make(&known, path, parts->passphrase, err);
    }
    return code != AULA_OK ? code
                           : desk_open(&parts->made->desk, path,
                                       parts->passphrase, false, err);
}

static enum aula_code hold_ceremony(struct parts *parts, struct aula_error *err)
{
    char shared[PLACE_BYTES];
    char folder[PLACE_BYTES];
    enum aula_code code = place_in(shared, parts->out, CEREMONY_FOLDER, err);

    if (code == AULA_OK) {
        code = place_in(folder, parts->out, TRUSTEES_FOLDER, err);
    }
    return code != AULA_OK ? code
                           : rehearse_trustees(&parts->ceremony, shared, folder,
                                               parts->passphrase, err);
}

static enum aula_code make_content(struct parts *parts,
                                   const struct pabulib *file, int32_t first,
                                   int32_t last, struct aula_error *err)
{
    enum aula_code code = rehearse_content(&parts->content,
                                           &parts->content_size, file, first,
                                           last, err);

    if (code == AULA_OK) {
        code = election_open(&parts->made->election, NULL,
                             (const uint8_t *)parts->content,
                             parts->content_size, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    parts->row = (struct manifest_row){.path = CONTENT_FILE,
                                       .path_size = strlen(CONTENT_FILE),
                                       .size = parts->content_size};
    manifest_hash_file(parts->row.hash, (const uint8_t *)parts->content,
                       parts->content_size);
    return manifest_make(&parts->manifest, &parts->manifest_size, &parts->row,
                         1, err);
}

static void fill_draft(struct package_draft *draft, const struct parts *parts,
                       const struct election_draft *texts)
{
    const struct election *election = &parts->made->election;

    *draft = (struct package_draft){
        .opens = election_opens(election),
        .closes = election_closes(election),
        .id_scheme = election->id_scheme,
        .tag_stretch = election->tag_stretch,
        .one_per = election->one_per,
        .mode = election->mode,
        .min_anon = election->min_anon,
        .title = texts->title,
        .trustees = &parts->ceremony->set,
        .transcript2 = parts->ceremony->transcript2,
        .confirmations =
            (const uint8_t(*)[SIGN_BYTES])parts->ceremony->confirmations,
        .contests = texts->contests,
        .contest_count = texts->count};
    memcpy(draft->office_transport, parts->made->desk->known.transport,
           sizeof draft->office_transport);
    randombytes_buf(draft->nonce, sizeof draft->nonce);
    tag_key_check(draft->tag_key_check, parts->made->tag_key);
    manifest_hash(draft->content_hash, parts->manifest, parts->manifest_size);
}

static enum aula_code make_package(struct parts *parts, struct aula_error *err)
{
    struct package_draft draft;
    struct election_draft texts;
    enum aula_code code;

    parts->made->tag_key = sodium_malloc(TAG_KEY_BYTES);
    if (parts->made->tag_key == NULL) {
        return aula_fail(err, AULA_MEMORY, "no locked memory");
    }
    randombytes_buf(parts->made->tag_key, TAG_KEY_BYTES);
    code = election_draft_open(&texts, &parts->made->election, err);
    if (code == AULA_OK) {
        fill_draft(&draft, parts, &texts);
        code = package_write(&parts->package, &parts->package_size, &draft,
                             parts->made->desk->sign_secret, err);
        election_draft_close(&texts);
    }
    return code;
}

/* The sink of a container that becomes memory of known size. */
static enum aula_code append(void *context, const uint8_t *bytes, size_t size,
                             struct aula_error *err)
{
    (void)err;
    bytes_put(context, bytes, size);
    return AULA_OK;
}

static enum aula_code fill_container(struct parts *parts, size_t size,
                                     struct aula_error *err)
{
    struct bytes_writer writer = {parts->made->bytes, 0, size};
    struct container_sink sink = {append, &writer};
    struct container_writer container;
    enum aula_code code =
        container_write_start(&container, &sink, parts->package,
                              parts->package_size, parts->manifest,
                              parts->manifest_size, &parts->row, 1, err);

    return code != AULA_OK
               ? code
               : container_write_file(&container,
                                      (const uint8_t *)parts->content,
                                      parts->content_size, err);
}

/* "AULE", version and two lengths stand before and between the three. */
static enum aula_code make_container(struct parts *parts,
                                     struct aula_error *err)
{
    size_t size = CONTAINER_HEAD_BYTES + sizeof(uint32_t) +
                  parts->package_size + parts->manifest_size +
                  parts->content_size;
    char path[PLACE_BYTES];
    enum aula_code code;

    parts->made->bytes = malloc(size);
    if (parts->made->bytes == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory for the container");
    }
    parts->made->container = (struct container_memory){parts->made->bytes,
                                                       size};
    code = fill_container(parts, size, err);
    if (code == AULA_OK) {
        code = place_in(path, parts->out, CONTAINER_FILE, err);
    }
    return code != AULA_OK
               ? code
               : file_write_new(path, parts->made->bytes, size, 0644, err);
}

/* The office keeps it, as any other. */
static enum aula_code keep(struct parts *parts, struct aula_error *err)
{
    const struct desk *desk = parts->made->desk;
    char path[PLACE_BYTES];
    enum aula_code code =
        desk_election_make(desk->folder, &desk->known, parts->package,
                           parts->package_size, parts->made->tag_key,
                           parts->passphrase, err);

    if (code == AULA_OK) {
        code = desk_election_open(&parts->made->kept, desk->folder,
                                  &desk->known, NULL, err);
    }
    if (parts->made->kept == NULL) {
        return code;
    }
    code = place_in(path, parts->made->kept->folder, DESK_CONTENT, err);
    return code != AULA_OK
               ? code
               : file_write(path, parts->made->bytes,
                            (size_t)parts->made->container.size, 0644, err);
}

static enum aula_code make_all(struct parts *parts, const struct pabulib *file,
                               int32_t first, int32_t last,
                               struct aula_error *err)
{
    enum aula_code code = make_content(parts, file, first, last, err);

    if (code == AULA_OK) {
        code = make_office(parts, err);
    }
    if (code == AULA_OK) {
        code = hold_ceremony(parts, err);
    }
    if (code == AULA_OK) {
        code = make_package(parts, err);
    }
    if (code == AULA_OK) {
        code = make_container(parts, err);
    }
    return code != AULA_OK ? code : keep(parts, err);
}

enum aula_code rehearse_election_make(struct rehearse_election **made,
                                      const char *out,
                                      const struct pabulib *file, int32_t first,
                                      int32_t last,
                                      const struct passphrase *passphrase,
                                      struct aula_error *err)
{
    struct parts parts = {.out = out, .passphrase = passphrase};
    enum aula_code code;

    parts.made = calloc(1, sizeof *parts.made);
    if (parts.made == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    code = make_all(&parts, file, first, last, err);
    free(parts.package);
    free(parts.manifest);
    free(parts.content);
    ceremony_close(parts.ceremony);
    if (code != AULA_OK) {
        rehearse_election_close(parts.made);
        return code;
    }
    *made = parts.made;
    return AULA_OK;
}

void rehearse_election_close(struct rehearse_election *made)
{
    if (made != NULL) {
        election_close(&made->election);
        free(made->bytes);
        sodium_free(made->tag_key);
        desk_election_close(made->kept);
        desk_close(made->desk);
        free(made);
    }
}
