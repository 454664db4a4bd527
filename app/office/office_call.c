/* SPDX-License-Identifier: Apache-2.0 */
/* See office_call.h. */
#include "office_call.h"

#include <sodium.h>

#include "file.h"

enum aula_code office_call_open(struct office_call *office,
                                const struct call *call, struct aula_error *err)
{
    const char *folder = call_text(call, "--office");
    enum aula_code code;

    *office = (struct office_call){
        .folder = folder != NULL ? folder : OFFICE_CALL_FOLDER};
    code = desk_read(&office->known, office->folder, err);
    return code != AULA_OK
               ? code
               : desk_election_open(&office->election, office->folder,
                                    &office->known,
                                    call_text(call, "--election"), err);
}

static enum aula_code unlock(struct office_call *office, struct call *call,
                             bool with_transport, bool with_tag_key,
                             struct aula_error *err)
{
    struct passphrase passphrase = {NULL, 0};
    enum aula_code code;

    output_show(call->output);
    code =
        ask_passphrase(&passphrase, ASK_PASSPHRASE_KNOWN, "--passphrase-file",
                       call_text(call, "--passphrase-file"), "the office", err);
    if (code == AULA_OK) {
        code = desk_open(&office->desk, office->folder, &passphrase,
                         with_transport, err);
    }
    if (code == AULA_OK && with_tag_key) {
        code = desk_election_tag_key(&office->tag_key, office->election,
                                     &passphrase, err);
    }
    passphrase_forget(&passphrase);
    return code;
}

enum aula_code office_call_unlock(struct office_call *office, struct call *call,
                                  bool with_tag_key, struct aula_error *err)
{
    return unlock(office, call, false, with_tag_key, err);
}

enum aula_code office_call_unlock_batches(struct office_call *office,
                                          struct call *call,
                                          struct aula_error *err)
{
    return unlock(office, call, true, false, err);
}

void office_call_close(struct office_call *office)
{
    sodium_free(office->tag_key);
    desk_close(office->desk);
    desk_election_close(office->election);
    *office = (struct office_call){.folder = NULL};
}

void office_call_report(struct output *output, const struct office_call *office)
{
    const struct package *package = &office->election->package;
    bool is_rehearsal = package->mode == PACKAGE_REHEARSAL;

    output_text_sized(output, "title", "election", package->title.text,
                      package->title.size);
    if (is_rehearsal || output_is_json(output)) {
        output_flag(output, "rehearsal", "only a rehearsal", is_rehearsal);
    }
}

enum aula_code office_call_write(const char *folder, const char *name,
                                 const uint8_t *bytes, size_t size,
                                 struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, folder, name, err);

    if (code == AULA_OK) {
        code = file_make_folder(folder, false, err);
    }
    return code != AULA_OK ? code : file_write(path, bytes, size, 0644, err);
}
