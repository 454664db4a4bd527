/* SPDX-License-Identifier: Apache-2.0 */
/* Taking an election out of use before anyone has it; see desk_election.h. */
#include "desk_election_parts.h"
#include "file.h"

#define REPLACED_FILE "package-replaced.bin"

enum aula_code desk_election_unused(const struct desk_election *election,
                                    struct aula_error *err)
{
    struct desk_terminals terminals;
    struct desk_registers registers;
    bool is_used = false;
    enum aula_code code = desk_election_terminals(&terminals, election, err);

    if (code != AULA_OK) {
        return code;
    }
    is_used = terminals.count > 0;
    desk_terminals_close(&terminals);
    code = desk_election_registers(&registers, election, err);
    if (code != AULA_OK) {
        return code;
    }
    is_used = is_used || registers.bytes[0] != NULL;
    desk_registers_close(&registers);
    return is_used ? aula_fail(err, AULA_STATE, "%s: terminals have it already",
                               election->folder)
                   : AULA_OK;
}

enum aula_code desk_election_retire(const struct desk_election *election,
                                    struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code = desk_election_unused(election, err);

    if (code == AULA_OK) {
        code = place_in(path, election->folder, REPLACED_FILE, err);
    }
    if (code == AULA_OK) {
        code = file_write(path, election->bytes, election->size, 0644, err);
    }
    if (code == AULA_OK) {
        code = place_in(path, election->folder, DESK_PACKAGE_FILE, err);
    }
    return code != AULA_OK ? code : file_remove(path, err);
}
