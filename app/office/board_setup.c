/* SPDX-License-Identifier: Apache-2.0 */
/* Steps 2, 4 and 5 of PROTOCOL.md section 14: the package, and which terminals
 * there are. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "ballot.h"
#include "board_parts.h"

enum { AT_OFFICE_KEY = 5 /* in a package */ };

enum aula_code board_step_package(struct board *board, struct aula_error *err)
{
    static const char name[] = "package.bin";
    struct board_inside *inside = board->inside;
    const uint8_t *key = inside->office_key;
    struct aula_error found;
    enum aula_code code;

    if (!board_names_has(&inside->names, name)) {
        return AULA_OK;
    }
    code = board_file_read(&board->package_file, board->folder, name,
                           PACKAGE_BYTES_MAX, err);
    if (board->package_file.bytes == NULL) {
        return code;
    }
    if (!inside->has_key &&
        board->package_file.size >= AT_OFFICE_KEY + SIGN_PUBLIC_BYTES) {
        key = board->package_file.bytes + AT_OFFICE_KEY;
    }
    code = package_open(&board->package, key, board->package_file.bytes,
                        board->package_file.size, &found);
    if (code == AULA_OK) {
        code = ballot_key_open(&inside->key, board->package.key, &found);
    }
    return board_blame(board, code, name, 0, &found, err);
}

void board_tid_of(uint8_t tid[static TERMINAL_ID_BYTES], const char *path,
                  const char *folder)
{
    (void)sodium_hex2bin(tid, TERMINAL_ID_BYTES, path + strlen(folder),
                         BOARD_TID_DIGITS, NULL, NULL, NULL);
}

static int compare_tids(const void *tid, const void *certificate)
{
    return memcmp(tid, ((const struct certificate *)certificate)->tid,
                  TERMINAL_ID_BYTES);
}

const struct certificate *board_certificate(const struct board *board,
                                            const uint8_t *tid)
{
    return board->certificate_count == 0
               ? NULL
               : bsearch(tid, board->certificates, board->certificate_count,
                         sizeof board->certificates[0], compare_tids);
}

const struct package_text *board_label(const struct board *board,
                                       const uint8_t *tid)
{
    static const struct package_text none = {"?", 1};
    const struct certificate *certificate = board_certificate(board, tid);

    return certificate != NULL ? &certificate->label : &none;
}

/* ---- step 4 */

/* One certificate on its way. */
struct claim {
    const char *path;
    struct board_file file;
    struct certificate certificate;
    enum aula_code code;
    struct aula_error found;
};

struct job {
    const struct board *board;
    struct claim *claims;
};

static enum aula_code check_one(const struct board *board, struct claim *claim)
{
    uint8_t tid[TERMINAL_ID_BYTES];
    enum aula_code code = board_file_read(&claim->file, board->folder,
                                          claim->path, CERTIFICATE_BYTES_MAX,
                                          &claim->found);

    if (code == AULA_OK) {
        code = certificate_check(&claim->certificate, &board->package, NULL,
                                 claim->file.bytes, claim->file.size,
                                 &claim->found);
    }
    board_tid_of(tid, claim->path, BOARD_TERMINALS);
    if (code == AULA_OK &&
        memcmp(tid, claim->certificate.tid, sizeof tid) != 0) {
        code = aula_fail(&claim->found, AULA_BOARD_FILES,
                         "the certificate of another terminal than its name "
                         "says");
    }
    return code;
}

static void check_piece(void *arg, unsigned worker, size_t first, size_t end)
{
    struct job *job = arg;

    (void)worker;
    for (size_t i = first; i < end; i++) {
        job->claims[i].code = check_one(job->board, &job->claims[i]);
    }
}

/* Names are in the order of tids, so what passed is too. */
static enum aula_code keep(struct board *board, struct claim *claims,
                           size_t count, struct aula_error *err)
{
    board->certificate_files = calloc(count + 1,
                                      sizeof *board->certificate_files);
    board->certificates = calloc(count + 1, sizeof *board->certificates);
    if (board->certificate_files == NULL || board->certificates == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    for (size_t i = 0; i < count; i++) {
        size_t place = board->certificate_count;
        enum aula_code code = board_blame(board, claims[i].code, claims[i].path,
                                          0, &claims[i].found, err);

        if (code != AULA_OK) {
            return code;
        }
        if (claims[i].code == AULA_OK) {
            board->certificate_files[place] = claims[i].file;
            board->certificates[place] = claims[i].certificate;
            board->certificate_count++;
            claims[i].file.bytes = NULL;
        }
    }
    return AULA_OK;
}

enum aula_code board_step_certificates(struct board *board,
                                       struct aula_error *err)
{
    const struct board_names *names = &board->inside->names;
    size_t first;
    size_t end;
    struct job job = {board, NULL};
    enum aula_code code;

    board_names_below(names, &first, &end, BOARD_TERMINALS);
    job.claims = calloc(end - first + 1, sizeof *job.claims);
    if (job.claims == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    for (size_t i = first; i < end; i++) {
        job.claims[i - first].path = board_names_path(names, i);
    }
    pool_run(board->pool, end - first, 16, check_piece, &job);
    code = keep(board, job.claims, end - first, err);
    for (size_t i = 0; i < end - first; i++) {
        free(job.claims[i].file.bytes);
    }
    free(job.claims);
    return code;
}

/* ---- step 5 */

static enum aula_code read_register(struct board *board, bool is_late,
                                    struct aula_error *err)
{
    static const char *const paths[2] = {"register.bin", "register-late.bin"};
    const char *path = paths[is_late];
    struct board_file *file = &board->register_files[is_late];
    struct aula_error found;
    enum aula_code code;

    if (!board_names_has(&board->inside->names, path)) {
        return AULA_OK;
    }
    code = board_file_read(file, board->folder, path, REGISTER_BYTES_MAX, err);
    if (file->bytes == NULL) {
        return code;
    }
    code = register_check(&board->registers[is_late], &board->package,
                          is_late ? &board->registers[0] : NULL, file->bytes,
                          file->size, &found);
    return board_blame(board, code, path, 0, &found, err);
}

static bool is_registered(const struct board *board, const uint8_t *tid)
{
    return register_has(&board->registers[0], tid) ||
           (board->registers[1].count > 0 &&
            register_has(&board->registers[1], tid));
}

static enum aula_code compare_terminals(const struct board *board,
                                        struct aula_error *found)
{
    char hex[BOARD_TID_DIGITS + 1];

    for (size_t i = 0; i < board->certificate_count; i++) {
        const uint8_t *tid = board->certificates[i].tid;

        if (!is_registered(board, tid)) {
            sodium_bin2hex(hex, sizeof hex, tid, TERMINAL_ID_BYTES);
            return aula_fail(found, AULA_BOARD_FILES,
                             "terminal %s has a certificate and is in no "
                             "register",
                             hex);
        }
    }
    for (size_t list = 0; list < 2; list++) {
        for (size_t i = 0; i < board->registers[list].count; i++) {
            const uint8_t *tid = board->registers[list].tids +
                                 TERMINAL_ID_BYTES * i;

            if (board_certificate(board, tid) == NULL) {
                sodium_bin2hex(hex, sizeof hex, tid, TERMINAL_ID_BYTES);
                return aula_fail(found, AULA_BOARD_FILES,
                                 "terminal %s has no certificate", hex);
            }
        }
    }
    return AULA_OK;
}

enum aula_code board_step_registers(struct board *board, struct aula_error *err)
{
    size_t before = board->fault_count;
    struct aula_error found;
    enum aula_code code = read_register(board, false, err);

    if (code != AULA_OK || board->registers[0].count == 0) {
        return code;
    }
    code = read_register(board, true, err);
    if (code != AULA_OK || board->fault_count > before ||
        !board_passed(board, BOARD_STEP_CERTIFICATES)) {
        return code;
    }
    code = compare_terminals(board, &found);
    return board_blame(board, code, "register.bin", 0, &found, err);
}
