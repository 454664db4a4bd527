/* SPDX-License-Identifier: Apache-2.0 */
/* What an office publishes of its terminals and voters: registers, and the
 * number of the roll; see desk_election.h. */
#include <stdlib.h>
#include <string.h>

#include "blame.h"
#include "desk_election_parts.h"
#include "facts.h"
#include "file.h"

#define ROLL_FILE "roll.txt"

static const char *const register_files[2] = {"register.bin",
                                              "register-late.bin"};

enum aula_code desk_election_registers(struct desk_registers *registers,
                                       const struct desk_election *election,
                                       struct aula_error *err)
{
    char path[PLACE_BYTES];
    enum aula_code code = AULA_OK;

    *registers = (struct desk_registers){.sizes = {0}};
    for (size_t i = 0; i < 2 && code == AULA_OK; i++) {
        code = desk_election_read(&registers->bytes[i], &registers->sizes[i],
                                  path, election, register_files[i],
                                  REGISTER_BYTES_MAX, err);
        if (code == AULA_OK && registers->bytes[i] != NULL) {
            code = register_check(&registers->lists[i], &election->package,
                                  i == 0 ? NULL : &registers->lists[0],
                                  registers->bytes[i], registers->sizes[i],
                                  err);
            code = blame_file(err, code, path);
        }
    }
    if (code != AULA_OK) {
        desk_registers_close(registers);
    }
    return code;
}

void desk_registers_close(struct desk_registers *registers)
{
    if (registers != NULL) {
        free(registers->bytes[0]);
        free(registers->bytes[1]);
        *registers = (struct desk_registers){.sizes = {0}};
    }
}

static bool has_all(const struct terminals_register *list,
                    const struct terminals_register *before)
{
    for (size_t i = 0; i < before->count; i++) {
        if (!register_has(list, before->tids + i * TERMINAL_ID_BYTES)) {
            return false;
        }
    }
    return true;
}

/* May this register stand where `there` says what stands? */
static enum aula_code compare_register(const struct desk_registers *there,
                                       const struct terminals_register *list,
                                       bool is_late, struct aula_error *err)
{
    if (is_late && there->bytes[0] == NULL) {
        return aula_fail(err, AULA_STATE,
                         "no register was published that a late one could "
                         "stand beside");
    }
    if (!is_late && there->bytes[0] != NULL) {
        return aula_fail(err, AULA_STATE,
                         "another register was published already; what came "
                         "later stands in the late one");
    }
    if (is_late && there->bytes[1] != NULL &&
        !has_all(list, &there->lists[1])) {
        return aula_fail(err, AULA_STATE,
                         "a terminal of the late register is missing");
    }
    return AULA_OK;
}

static enum aula_code keep(const struct desk_election *election,
                           const struct desk_registers *there, bool is_late,
                           const uint8_t *bytes, size_t size,
                           struct aula_error *err)
{
    struct terminals_register list;
    char path[PLACE_BYTES];
    enum aula_code code = register_check(&list, &election->package,
                                         is_late && there->bytes[0] != NULL
                                             ? &there->lists[0]
                                             : NULL,
                                         bytes, size, err);

    if (code == AULA_OK) {
        code = compare_register(there, &list, is_late, err);
    }
    if (code == AULA_OK) {
        code = place_in(path, election->folder, register_files[is_late], err);
    }
    return code != AULA_OK ? code : file_write(path, bytes, size, 0644, err);
}

enum aula_code desk_election_keep_register(const struct desk_election *election,
                                           bool is_late, const uint8_t *bytes,
                                           size_t size, struct aula_error *err)
{
    struct desk_registers there;
    enum aula_code code = desk_election_registers(&there, election, err);

    if (code != AULA_OK) {
        return code;
    }
    if (there.bytes[is_late] == NULL || there.sizes[is_late] != size ||
        memcmp(there.bytes[is_late], bytes, size) != 0) {
        code = keep(election, &there, is_late, bytes, size, err);
    }
    desk_registers_close(&there);
    return code;
}

static struct facts facts_of(uint64_t *number)
{
    return (struct facts){.title = "aula roll 1",
                          .facts = {{"number", NULL, number}}};
}

enum aula_code desk_election_roll(uint32_t *number,
                                  const struct desk_election *election,
                                  struct aula_error *err)
{
    uint64_t read = 0;
    struct facts facts = facts_of(&read);
    char path[PLACE_BYTES];
    enum aula_code code = place_in(path, election->folder, ROLL_FILE, err);

    if (code == AULA_OK && !place_is_missing(election->folder, ROLL_FILE)) {
        code = facts_read(&facts, path, err);
    }
    if (code == AULA_OK && read > UINT32_MAX) {
        code = aula_fail(err, AULA_BAD_FIELD, "%s: no number of a roll", path);
    }
    if (code == AULA_OK) {
        *number = (uint32_t)read;
    }
    return code;
}

enum aula_code desk_election_keep_roll(const struct desk_election *election,
                                       uint32_t number, struct aula_error *err)
{
    uint32_t latest = 0;
    uint64_t wanted = number;
    struct facts facts = facts_of(&wanted);
    char text[FACTS_BYTES_MAX];
    char path[PLACE_BYTES];
    size_t size;
    enum aula_code code = desk_election_roll(&latest, election, err);

    if (code == AULA_OK && number <= latest) {
        code = aula_fail(err, AULA_ROLL_OLD,
                         "%.80s: roll %u, and %u was handed out",
                         election->folder, (unsigned)number, (unsigned)latest);
    }
    if (code == AULA_OK) {
        code = place_in(path, election->folder, ROLL_FILE, err);
    }
    if (code != AULA_OK) {
        return code;
    }
    size = facts_write(text, &facts);
    return file_write(path, text, size, 0600, err);
}
