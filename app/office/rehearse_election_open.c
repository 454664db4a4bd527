/* SPDX-License-Identifier: Apache-2.0 */
/* See rehearse_election.h: one that an office has packaged. */
#include <stdlib.h>

#include "blame.h"
#include "file.h"
#include "rehearse_election.h"

#define CONTENT_FILE "election.json"

static enum aula_code read_content(struct rehearse_election *made,
                                   const struct container *container,
                                   struct aula_error *err)
{
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code = container_file(container, &bytes, &size, CONTENT_FILE,
                                         err);

    if (code == AULA_OK) {
        code = election_open(&made->election, NULL, bytes, size, err);
        free(bytes);
    }
    return code;
}

/* The office's own copy is what certificates are made for. */
static enum aula_code open_kept(struct rehearse_election *made,
                                const struct package *package,
                                struct aula_error *err)
{
    char eid[DESK_EID_TEXT];

    desk_election_name(eid, package);
    return desk_election_open(&made->kept, made->desk->folder,
                              &made->desk->known, eid, err);
}

static enum aula_code open_container(struct rehearse_election *made,
                                     struct aula_error *err)
{
    struct container_source source = container_memory_source(&made->container);
    struct container container;
    enum aula_code code = container_open(&container, made->desk->known.sign,
                                         &source, err);

    if (code != AULA_OK) {
        return code;
    }
    if (container.package.mode != PACKAGE_REHEARSAL) {
        code = aula_fail(err, AULA_STATE,
                         "an official election: only the screen records "
                         "ballots in it");
    }
    if (code == AULA_OK) {
        code = read_content(made, &container, err);
    }
    if (code == AULA_OK) {
        code = open_kept(made, &container.package, err);
    }
    container_close(&container);
    return code;
}

static enum aula_code open_all(struct rehearse_election *made, const char *path,
                               const char *office,
                               const struct passphrase *passphrase,
                               struct aula_error *err)
{
    enum aula_code code = file_read(&made->bytes, &made->container.size, path,
                                    CONTAINER_BYTES_MAX, err);

    if (code == AULA_OK) {
        made->container.bytes = made->bytes;
        code = desk_open(&made->desk, office, passphrase, false, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    code = open_container(made, err);
    if (code != AULA_OK) {
        return blame_file(err, code, path);
    }
    return desk_election_tag_key(&made->tag_key, made->kept, passphrase, err);
}

enum aula_code rehearse_election_open(struct rehearse_election **made,
                                      const char *path, const char *office,
                                      const struct passphrase *passphrase,
                                      struct aula_error *err)
{
    struct rehearse_election *opened = calloc(1, sizeof *opened);
    enum aula_code code;

    if (opened == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    code = open_all(opened, path, office, passphrase, err);
    if (code != AULA_OK) {
        rehearse_election_close(opened);
        return code;
    }
    *made = opened;
    return AULA_OK;
}
