/* SPDX-License-Identifier: Apache-2.0 */
/* See office.h. Of the shares nobody makes use: the trustees confirm what they
 * would hold. */
#include "office.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "election.h"
#include "package_write.h"
#include "sample.h"

static void random_keys(uint8_t public[static SIGN_PUBLIC_BYTES],
                        uint8_t secret[static SIGN_SECRET_BYTES])
{
    uint8_t seed[SIGN_SEED_BYTES];

    randombytes_buf(seed, sizeof seed);
    sign_key_pair(public, secret, seed);
}

static void first_round(struct office *office, const struct dkg_params *params)
{
    struct dkg_round1 views[OFFICE_TRUSTEES];
    uint8_t public[SIGN_PUBLIC_BYTES];

    for (uint8_t i = 0; i < OFFICE_TRUSTEES; i++) {
        struct office_trustee *trustee = &office->trustees[i];

        random_keys(public, trustee->secret);
        seal_key_pair(trustee->transport_public, trustee->transport_secret);
        randombytes_buf(trustee->seed, sizeof trustee->seed);
        sample_must(dkg_round1_make(trustee->round1, params, i + 1,
                                    (const uint8_t *)"Ainur", 5,
                                    trustee->secret, trustee->transport_public,
                                    trustee->seed, NULL),
                    "round 1");
        sample_must(dkg_round1_check(&views[i], params, (1U << i) - 1,
                                     trustee->round1,
                                     DKG_ROUND1_BYTES(5, OFFICE_THRESHOLD),
                                     NULL),
                    "round 1");
    }
    sample_must(dkg_set_check(&office->set, params, views, OFFICE_TRUSTEES,
                              NULL),
                "round 1");
}

void office_open(struct office *office)
{
    struct dkg_params params = {.count = OFFICE_TRUSTEES,
                                .threshold = OFFICE_THRESHOLD};
    const uint8_t *files[OFFICE_TRUSTEES];
    uint8_t transport_secret[SEAL_SECRET_BYTES];

    random_keys(office->public, office->secret);
    seal_key_pair(office->transport, transport_secret);
    randombytes_buf(office->tag_key, sizeof office->tag_key);
    randombytes_buf(params.cid, sizeof params.cid);
    first_round(office, &params);
    for (uint8_t i = 0; i < OFFICE_TRUSTEES; i++) {
        struct office_trustee *trustee = &office->trustees[i];

        files[i] = trustee->round2;
        sample_must(dkg_round2_make(trustee->round2, &office->set, i + 1,
                                    trustee->secret, trustee->seed, NULL),
                    "round 2");
    }
    dkg_transcript2(office->transcript2, &office->set, files);
    sample_must(dkg_outcome_find(&office->outcome, &office->set, NULL), "key");
    for (size_t i = 0; i < OFFICE_TRUSTEES; i++) {
        dkg_confirm_make(office->confirmations[i], &office->set,
                         &office->outcome, office->transcript2,
                         office->trustees[i].secret);
    }
}

static void make_package(uint8_t **bytes, size_t *size,
                         const struct office *office,
                         const struct election *election,
                         const uint8_t content_hash[static HASH_BYTES])
{
    struct package_draft draft = {.opens = election_opens(election),
                                  .closes = election_closes(election),
                                  .id_scheme = election->id_scheme,
                                  .tag_stretch = election->tag_stretch,
                                  .one_per = election->one_per,
                                  .mode = election->mode,
                                  .min_anon = election->min_anon,
                                  .trustees = &office->set,
                                  .transcript2 = office->transcript2,
                                  .confirmations = office->confirmations};
    struct election_draft from;

    sample_must(election_draft_open(&from, election, NULL), "draft");
    memcpy(draft.office_transport, office->transport, SEAL_PUBLIC_BYTES);
    randombytes_buf(draft.nonce, sizeof draft.nonce);
    tag_key_check(draft.tag_key_check, office->tag_key);
    memcpy(draft.content_hash, content_hash, HASH_BYTES);
    draft.title = from.title;
    draft.contests = from.contests;
    draft.contest_count = from.count;
    sample_must(package_write(bytes, size, &draft, office->secret, NULL),
                "package");
    election_draft_close(&from);
}

static enum aula_code append(void *context, const uint8_t *bytes, size_t size,
                             struct aula_error *err)
{
    struct office_container *container = context;

    (void)err;
    if (size > container->room - container->size) {
        return AULA_TOO_LARGE;
    }
    memcpy(container->bytes + container->size, bytes, size);
    container->size += size;
    return AULA_OK;
}

static const struct office_file *file_of(const struct office_file *files,
                                         const struct manifest_row *row)
{
    while (strlen(files->path) != row->path_size ||
           memcmp(files->path, row->path, row->path_size) != 0) {
        files++;
    }
    return files;
}

static void write_all(struct office_container *container,
                      const struct office_file *files,
                      const struct manifest_row *rows, size_t count,
                      const uint8_t *package, const uint8_t *manifest,
                      size_t manifest_size)
{
    struct container_sink sink = {append, container};
    struct container_writer writer;

    sample_must(container_write_start(&writer, &sink, package,
                                      container->package_size, manifest,
                                      manifest_size, rows, count, NULL),
                "container");
    for (size_t i = 0; i < count; i++) {
        const struct office_file *file = file_of(files, &rows[i]);

        sample_must(container_write_file(&writer, file->bytes, file->size,
                                         NULL),
                    file->path);
    }
}

void office_make(struct office_container *container,
                 const struct office *office, const struct office_file *files,
                 size_t count)
{
    struct manifest_row *rows = sample_memory(count * sizeof *rows);
    struct election election;
    uint8_t hash[HASH_BYTES];
    uint8_t *manifest = NULL;
    uint8_t *package = NULL;
    size_t manifest_size = 0;

    *container = (struct office_container){.room = CONTAINER_HEAD_BYTES + 4};
    for (size_t i = 0; i < count; i++) {
        rows[i] = (struct manifest_row){.path = files[i].path,
                                        .path_size = strlen(files[i].path),
                                        .size = files[i].size};
        manifest_hash_file(rows[i].hash, files[i].bytes, files[i].size);
        container->room += files[i].size;
    }
    sample_must(election_open(&election, NULL, files[0].bytes, files[0].size,
                              NULL),
                "election.json");
    sample_must(manifest_make(&manifest, &manifest_size, rows, count, NULL),
                "manifest");
    manifest_hash(hash, manifest, manifest_size);
    make_package(&package, &container->package_size, office, &election, hash);
    container->room += container->package_size + manifest_size;
    container->bytes = sample_memory(container->room);
    write_all(container, files, rows, count, package, manifest, manifest_size);
    election_close(&election);
    free(package);
    free(manifest);
    free(rows);
}
