/* SPDX-License-Identifier: Apache-2.0 */
/* See rehearse_certify.h. */
#include "rehearse_certify.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"

enum { HOUR_S = 3600, FILE_NAME_BYTES = 64 };

static enum aula_code make_certificate(struct rehearse_papers *papers,
                                       const struct rehearse_election *election,
                                       const struct request *request,
                                       struct aula_error *err)
{
    const struct package *package = &election->kept->package;
    uint16_t contests[PACKAGE_CONTESTS_MAX];

    for (uint16_t c = 0; c < package->contest_count; c++) {
        contests[c] = c;
    }
    papers->certificate_size = CERTIFICATE_BYTES(request->label.size,
                                                 package->contest_count);
    return certificate_make(papers->certificate, package,
                            election->desk->sign_secret, request->key,
                            request->label.text, request->label.size, contests,
                            package->contest_count, err);
}

static enum aula_code issue(struct rehearse_papers *papers,
                            const struct rehearse_election *election,
                            const struct request *request,
                            struct aula_error *err)
{
    static const struct kit kit = {.number = 1, .has_guests = true};
    enum aula_code code = make_certificate(papers, election, request, err);

    terminal_id(papers->tid, request->key);
    if (code == AULA_OK) {
        code = kit_make(papers->kit, &election->kept->package,
                        election->desk->sign_secret, papers->tid,
                        request->transport, &kit, election->tag_key, err);
    }
    return code != AULA_OK
               ? code
               : desk_election_issue(election->kept, papers->certificate,
                                     papers->certificate_size, papers->kit,
                                     err);
}

/* folder/kind/TID.end */
static enum aula_code lay_out(const char *folder, const char *kind,
                              const char *end, const uint8_t *tid,
                              const uint8_t *bytes, size_t size,
                              struct aula_error *err)
{
    char hex[2 * TERMINAL_ID_BYTES + 1];
    char name[FILE_NAME_BYTES];
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, folder, kind, err);

    if (code == AULA_OK) {
        code = file_make_folder(path, false, err);
    }
    (void)sodium_bin2hex(hex, sizeof hex, tid, TERMINAL_ID_BYTES);
    (void)snprintf(name, sizeof name, "%s/%s%s", kind, hex, end);
    if (code == AULA_OK) {
        code = place_in(path, folder, name, err);
    }
    return code != AULA_OK ? code
                           : file_write_new(path, bytes, size, 0644, err);
}

enum aula_code rehearse_certify(struct rehearse_papers *papers,
                                const struct rehearse_election *election,
                                const uint8_t *request, size_t size,
                                const char *folder, struct aula_error *err)
{
    struct request checked;
    enum aula_code code = request_check(&checked, request, size, err);

    if (code == AULA_OK) {
        code = issue(papers, election, &checked, err);
    }
    if (code == AULA_OK) {
        code = lay_out(folder, "terminals", ".cert", papers->tid,
                       papers->certificate, papers->certificate_size, err);
    }
    return code != AULA_OK ? code
                           : lay_out(folder, "kits", ".kit", papers->tid,
                                     papers->kit, KIT_BYTES, err);
}

enum aula_code rehearse_register(const struct rehearse_election *election,
                                 uint8_t (*tids)[TERMINAL_ID_BYTES],
                                 size_t count, const char *folder,
                                 struct aula_error *err)
{
    const struct package *package = &election->kept->package;
    size_t size = REGISTER_BYTES(count);
    uint8_t *file = malloc(size);
    char path[PLACE_BYTES];
    enum aula_code code;

    if (file == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory for the register");
    }
    code = register_make(file, package, election->desk->sign_secret,
                         package->opens - HOUR_S, tids, count, err);
    if (code == AULA_OK) {
        code = desk_election_keep_register(election->kept, false, file, size,
                                           err);
    }
    if (code == AULA_OK) {
        code = place_in(path, folder, "register.bin", err);
    }
    if (code == AULA_OK) {
        code = file_write_new(path, file, size, 0644, err);
    }
    free(file);
    return code;
}
