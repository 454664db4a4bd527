/* SPDX-License-Identifier: Apache-2.0 */
/* See package_make.h. */
#include "package_make.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "blame.h"
#include "container.h"
#include "file.h"
#include "package_write.h"

static void fill_draft(struct package_draft *draft,
                       const struct package_made *made,
                       const struct election_draft *texts,
                       const struct ceremony *ceremony, const struct desk *desk)
{
    const struct election *election = &made->source->election;

    *draft = (struct package_draft){
        .opens = election_opens(election),
        .closes = election_closes(election),
        .id_scheme = election->id_scheme,
        .tag_stretch = election->tag_stretch,
        .one_per = election->one_per,
        .mode = election->mode,
        .min_anon = election->min_anon,
        .title = texts->title,
        .trustees = &ceremony->set,
        .transcript2 = ceremony->transcript2,
        .confirmations = (const uint8_t(*)[SIGN_BYTES])ceremony->confirmations,
        .contests = texts->contests,
        .contest_count = texts->count};
    memcpy(draft->office_transport, desk->known.transport,
           sizeof draft->office_transport);
    randombytes_buf(draft->nonce, sizeof draft->nonce);
    tag_key_check(draft->tag_key_check, made->tag_key);
    manifest_hash(draft->content_hash, made->manifest, made->manifest_size);
}

static enum aula_code write_package(struct package_made *made,
                                    const struct ceremony *ceremony,
                                    const struct desk *desk,
                                    struct aula_error *err)
{
    struct package_draft draft;
    struct election_draft texts;
    enum aula_code code = election_draft_open(&texts, &made->source->election,
                                              err);

    if (code != AULA_OK) {
        return code;
    }
    fill_draft(&draft, made, &texts, ceremony, desk);
    code = package_write(&made->bytes, &made->size, &draft, desk->sign_secret,
                         err);
    election_draft_close(&texts);
    return code;
}

enum aula_code package_make(struct package_made *made, struct source *source,
                            const struct ceremony *ceremony,
                            const struct desk *desk, struct aula_error *err)
{
    enum aula_code code;

    *made = (struct package_made){.source = source};
    made->tag_key = sodium_malloc(TAG_KEY_BYTES);
    if (made->tag_key == NULL) {
        return aula_fail(err, AULA_MEMORY, "no locked memory");
    }
    randombytes_buf(made->tag_key, TAG_KEY_BYTES);
    code = manifest_make(&made->manifest, &made->manifest_size, source->rows,
                         source->count, err);
    if (code == AULA_OK) {
        code = write_package(made, ceremony, desk, err);
    }
    return code != AULA_OK ? code
                           : package_open(&made->package, desk->known.sign,
                                          made->bytes, made->size, err);
}

void package_made_close(struct package_made *made)
{
    if (made != NULL) {
        package_close(&made->package);
        free(made->bytes);
        free(made->manifest);
        sodium_free(made->tag_key);
        *made = (struct package_made){.source = NULL};
    }
}

/* ---- the container */

static enum aula_code append(void *context, const uint8_t *bytes, size_t size,
                             struct aula_error *err)
{
    return file_writer_put(context, bytes, size, err);
}

static enum aula_code write_file(struct container_writer *container,
                                 const struct source *source,
                                 const struct manifest_row *row,
                                 struct aula_error *err)
{
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code = source_file(&bytes, &size, source, row, err);

    if (code != AULA_OK) {
        return code;
    }
    code = container_write_file(container, bytes, size, err);
    free(bytes);
    return code == AULA_CONTENT_FILE
               ? aula_fail(err, code, "%.100s/%s: changed after it was checked",
                           source->path, row->path)
               : code;
}

static enum aula_code write_all(const struct package_made *made,
                                struct file_writer *file,
                                struct progress *progress,
                                struct aula_error *err)
{
    const struct source *source = made->source;
    struct container_sink sink = {append, file};
    struct container_writer container;
    enum aula_code code =
        container_write_start(&container, &sink, made->bytes, made->size,
                              made->manifest, made->manifest_size, source->rows,
                              source->count, err);

    for (size_t i = 0; code == AULA_OK && i < source->count; i++) {
        progress_step(progress, i, source->count);
        code = write_file(&container, source, &source->rows[i], err);
    }
    return code;
}

enum aula_code package_made_write(const struct package_made *made,
                                  const char *path, bool is_new,
                                  struct progress *progress,
                                  struct aula_error *err)
{
    struct file_writer *file = NULL;
    enum aula_code code = file_writer_open(&file, path, 0644, err);

    if (code != AULA_OK) {
        return code;
    }
    code = write_all(made, file, progress, err);
    if (code != AULA_OK) {
        file_writer_abort(file);
        return code;
    }
    return file_writer_commit(file, is_new, err);
}
