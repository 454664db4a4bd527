/* SPDX-License-Identifier: Apache-2.0 */
/* See board_refusal.h. */
#include "board_refusal.h"

#include <string.h>

static enum aula_code name_trustee(const struct board *board,
                                   const struct board_fault *fault,
                                   enum aula_code code, struct aula_error *err)
{
    const struct package_text *name =
        &board->package.trustee_names[fault->trustee - 1];

    return aula_fail(err, code, "%s: made by trustee %d, %.*s: %s",
                     fault->object, (int)fault->trustee, (int)name->size,
                     name->text, fault->message);
}

static bool is_below(const char *path, const char *folder)
{
    return strncmp(path, folder, strlen(folder)) == 0;
}

/* Only what any other trustee can make good: a mix, a decryption. */
static void advise(FILE *notes, const struct board *board,
                   const struct board_fault *fault)
{
    const char *path = fault->object;
    bool is_mix = is_below(path, "mix/");

    if ((!is_mix && !is_below(path, "decrypt/")) || strchr(path, '.') == NULL) {
        return;
    }
    (void)fprintf(notes,
                  "To go on, remove %s%s from the board%s\n"
                  "Any %d of the %d trustees are enough.\n",
                  path, is_mix ? ", with later mixes of that contest," : "",
                  fault->trustee != 0
                      ? ", say in public\nwho signed it, and let another "
                        "trustee do this step."
                      : ", and ask for it\nonce more, or let another trustee "
                        "do this step.",
                  (int)board->package.threshold,
                  (int)board->package.trustee_count);
}

enum aula_code board_check_or_refuse(struct board *board,
                                     enum board_stage stage, FILE *notes,
                                     struct aula_error *err)
{
    enum aula_code code = board_check(board, stage, err);
    const struct board_fault *fault = &board->faults[0];

    if (code == AULA_OK || board_is_failure(code)) {
        return code;
    }
    if (notes != NULL) {
        advise(notes, board, fault);
    }
    return fault->trustee != 0 ? name_trustee(board, fault, code, err) : code;
}
