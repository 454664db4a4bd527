/* SPDX-License-Identifier: Apache-2.0 */
/* The terminals that an office certified; see desk_election.h, promise 2. */
#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blame.h"
#include "desk_election_parts.h"
#include "file.h"

#define KITS "kits"

enum { TID_DIGITS = 2 * TERMINAL_ID_BYTES, NAME_BYTES = 64 };

static void name_file(char name[static NAME_BYTES], const char *folder,
                      const uint8_t *tid, const char *end)
{
    char hex[TID_DIGITS + 1];

    (void)sodium_bin2hex(hex, sizeof hex, tid, TERMINAL_ID_BYTES);
    (void)snprintf(name, NAME_BYTES, "%s/%s%s", folder, hex, end);
}

static enum aula_code load_certificate(struct desk_terminal *terminal,
                                       const struct desk_election *election,
                                       struct aula_error *err)
{
    char name[NAME_BYTES];
    char path[PLACE_BYTES];
    enum aula_code code;

    name_file(name, DESK_CERTIFICATES, terminal->tid, ".cert");
    code = desk_election_read(&terminal->bytes, &terminal->size, path, election,
                              name, CERTIFICATE_BYTES_MAX, err);
    if (code != AULA_OK || terminal->bytes == NULL) {
        return code;
    }
    code = certificate_check(&terminal->certificate, &election->package, NULL,
                             terminal->bytes, terminal->size, err);
    if (code == AULA_OK && memcmp(terminal->certificate.tid, terminal->tid,
                                  TERMINAL_ID_BYTES) != 0) {
        code = aula_fail(err, AULA_CERT_TERMINAL_ID, "of another terminal");
    }
    return blame_file(err, code, path);
}

static enum aula_code load_kit(struct desk_terminal *terminal,
                               const struct desk_election *election,
                               struct aula_error *err)
{
    char name[NAME_BYTES];
    char path[PLACE_BYTES];
    uint8_t *bytes = NULL;
    size_t size = 0;
    enum aula_code code;

    name_file(name, KITS, terminal->tid, ".kit");
    code = desk_election_read(&bytes, &size, path, election, name, KIT_BYTES,
                              err);
    if (code != AULA_OK || bytes == NULL) {
        return code;
    }
    code = kit_look(&terminal->kit, &election->package, terminal->tid, bytes,
                    size, err);
    free(bytes);
    return blame_file(err, code, path);
}

enum aula_code
desk_election_terminal(struct desk_terminal *terminal,
                       const struct desk_election *election,
                       const uint8_t tid[static TERMINAL_ID_BYTES],
                       struct aula_error *err)
{
    enum aula_code code;

    *terminal = (struct desk_terminal){.size = 0};
    memcpy(terminal->tid, tid, TERMINAL_ID_BYTES);
    code = load_certificate(terminal, election, err);
    if (code == AULA_OK) {
        code = load_kit(terminal, election, err);
    }
    if (code != AULA_OK) {
        desk_terminal_close(terminal);
    }
    return code;
}

void desk_terminal_close(struct desk_terminal *terminal)
{
    uint8_t tid[TERMINAL_ID_BYTES];

    if (terminal != NULL) {
        memcpy(tid, terminal->tid, sizeof tid);
        free(terminal->bytes);
        *terminal = (struct desk_terminal){.size = 0};
        memcpy(terminal->tid, tid, sizeof tid);
    }
}

static enum aula_code add(struct desk_terminals *list,
                          const struct desk_election *election,
                          const char *name, struct aula_error *err)
{
    uint8_t tid[TERMINAL_ID_BYTES];
    struct desk_terminal *more = realloc(list->items,
                                         (list->count + 1) * sizeof *more);
    enum aula_code code;

    if (more == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    list->items = more;
    (void)sodium_hex2bin(tid, sizeof tid, name, TID_DIGITS, NULL, NULL, NULL);
    code = desk_election_terminal(&more[list->count], election, tid, err);
    if (code == AULA_OK) {
        list->count++;
    }
    return code;
}

static enum aula_code read_folder(struct desk_terminals *list, DIR *folder,
                                  const struct desk_election *election,
                                  struct aula_error *err)
{
    const struct dirent *entry;
    enum aula_code code = AULA_OK;

    for (;;) {
        errno = 0;
        entry = readdir(folder);
        if (entry == NULL) {
            break;
        }
        if (desk_is_hex_name(entry->d_name, TID_DIGITS, ".cert")) {
            code = add(list, election, entry->d_name, err);
            if (code != AULA_OK) {
                return code;
            }
        }
    }
    if (errno != 0) {
        return aula_fail(err, file_code_of(errno), "%s: %s", election->folder,
                         strerror(errno));
    }
    return AULA_OK;
}

static int compare(const void *a, const void *b)
{
    const struct desk_terminal *one = a;
    const struct desk_terminal *other = b;

    return memcmp(one->tid, other->tid, TERMINAL_ID_BYTES);
}

enum aula_code desk_election_terminals(struct desk_terminals *terminals,
                                       const struct desk_election *election,
                                       struct aula_error *err)
{
    char path[PLACE_BYTES];
    DIR *folder;
    enum aula_code code = place_in(path, election->folder, DESK_CERTIFICATES,
                                   err);

    *terminals = (struct desk_terminals){NULL, 0};
    if (code != AULA_OK ||
        place_is_missing(election->folder, DESK_CERTIFICATES)) {
        return code;
    }
    folder = opendir(path);
    if (folder == NULL) {
        return aula_fail(err, file_code_of(errno), "%s: %s", path,
                         strerror(errno));
    }
    code = read_folder(terminals, folder, election, err);
    (void)closedir(folder);
    if (code != AULA_OK) {
        desk_terminals_close(terminals);
    } else if (terminals->count > 0) {
        qsort(terminals->items, terminals->count, sizeof *terminals->items,
              compare);
    }
    return code;
}

void desk_terminals_close(struct desk_terminals *terminals)
{
    if (terminals != NULL) {
        for (size_t i = 0; i < terminals->count; i++) {
            desk_terminal_close(&terminals->items[i]);
        }
        free(terminals->items);
        *terminals = (struct desk_terminals){NULL, 0};
    }
}

/* Write election/folder/TID.kit or another end, such as kits/00ff..kit. */
static enum aula_code save(const struct desk_election *election,
                           const char *folder, const uint8_t *tid,
                           const char *end, const uint8_t *bytes, size_t size,
                           struct aula_error *err)
{
    char name[NAME_BYTES];
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, election->folder, folder, err);

    if (code == AULA_OK) {
        code = file_make_folder(path, true, err);
    }
    name_file(name, folder, tid, end);
    if (code == AULA_OK) {
        code = place_in(path, election->folder, name, err);
    }
    return code != AULA_OK ? code : file_write(path, bytes, size, 0600, err);
}

/* Does it follow from what this terminal has? */
static enum aula_code compare_issue(const struct desk_terminal *there,
                                    const uint8_t *certificate, size_t size,
                                    const struct kit *kit,
                                    struct aula_error *err)
{
    if (there->bytes != NULL &&
        (there->size != size || memcmp(there->bytes, certificate, size) != 0)) {
        return aula_fail(err, AULA_STATE,
                         "another certificate was issued to this terminal");
    }
    if (kit->number <= there->kit.number) {
        return aula_fail(err, AULA_KIT_OLD,
                         "kit: number %u, and %u was handed out",
                         (unsigned)kit->number, (unsigned)there->kit.number);
    }
    return AULA_OK;
}

enum aula_code desk_election_issue(const struct desk_election *election,
                                   const uint8_t *certificate,
                                   size_t certificate_size,
                                   const uint8_t kit[static KIT_BYTES],
                                   struct aula_error *err)
{
    struct certificate checked;
    struct desk_terminal there;
    struct kit looked = {0, false};
    enum aula_code code = certificate_check(&checked, &election->package, NULL,
                                            certificate, certificate_size, err);

    if (code == AULA_OK) {
        code = kit_look(&looked, &election->package, checked.tid, kit,
                        KIT_BYTES, err);
    }
    if (code == AULA_OK) {
        code = desk_election_terminal(&there, election, checked.tid, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    code = compare_issue(&there, certificate, certificate_size, &looked, err);
    if (code == AULA_OK && there.bytes == NULL) {
        code = save(election, DESK_CERTIFICATES, checked.tid, ".cert",
                    certificate, certificate_size, err);
    }
    if (code == AULA_OK) {
        code = save(election, KITS, checked.tid, ".kit", kit, KIT_BYTES, err);
    }
    desk_terminal_close(&there);
    return code;
}
