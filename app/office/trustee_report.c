/* SPDX-License-Identifier: Apache-2.0 */
/* See trustee_report.h. Names come from round 1 files: they are checked to be
 * plain text without control characters. */
#include "trustee_report.h"

#include <string.h>

#include "code.h"

static const char *const step_names[CEREMONY_STEPS] = {"new", "deal", "accept"};

void trustee_report_params(struct output *output,
                           const struct ceremony *ceremony)
{
    output_number(output, "trustees", "trustees (N)", ceremony->params.count);
    output_number(output, "threshold", "of whom suffice (T)",
                  ceremony->params.threshold);
    output_number(output, "approvals", "approvals needed (q)",
                  ceremony_quorum(&ceremony->params));
}

/* Each step is read once the one before is complete. */
static enum aula_code read_on(struct ceremony *ceremony, struct aula_error *err)
{
    enum aula_code code = ceremony_read_round1(ceremony, err);

    if (code == AULA_OK && ceremony_is_complete(ceremony, CEREMONY_ROUND1)) {
        code = ceremony_read_round2(ceremony, err);
    }
    if (code == AULA_OK && ceremony_is_complete(ceremony, CEREMONY_ROUND2)) {
        code = ceremony_read_confirmations(ceremony, err);
    }
    return code;
}

/* The first step that somebody has not done; CEREMONY_STEPS: none. */
static unsigned next_step(const struct ceremony *ceremony)
{
    unsigned step = 0;

    while (step < CEREMONY_STEPS &&
           ceremony_is_complete(ceremony, (enum ceremony_step)step)) {
        step++;
    }
    return step;
}

static void put_missing(struct output *output, const struct ceremony *ceremony,
                        unsigned step)
{
    json_t *missing = json_array();

    for (uint8_t i = 1; step < CEREMONY_STEPS && i <= ceremony->params.count;
         i++) {
        if (ceremony_lacks(ceremony, (enum ceremony_step)step, i) &&
            json_array_append_new(missing, json_integer(i)) != 0) {
            json_decref(missing);
            missing = NULL;
            break;
        }
    }
    output_json(output, "next",
                json_string(step < CEREMONY_STEPS ? step_names[step]
                                                  : "package"));
    output_json(output, "missing", missing);
}

/* One line a trustee: its name, and the steps that it did. */
static void list(struct output *output, const struct ceremony *ceremony)
{
    for (uint8_t i = 1; i <= ceremony->params.count; i++) {
        const struct dkg_round1 *view = &ceremony->views[i - 1];

        if (ceremony_lacks(ceremony, CEREMONY_ROUND1, i)) {
            output_say(output, "  %2u  still missing", i);
            continue;
        }
        output_say(output, "  %2u  %.*s: new%s%s", i, view->name_size,
                   (const char *)view->name,
                   ceremony_lacks(ceremony, CEREMONY_ROUND2, i) ? "" : ", deal",
                   ceremony_lacks(ceremony, CEREMONY_CONFIRM, i) ? ""
                                                                 : ", accept");
    }
}

static void say_next(struct output *output, const struct ceremony *ceremony,
                     unsigned step)
{
    char missing[CEREMONY_LIST_BYTES];

    if (step == CEREMONY_STEPS) {
        output_say(output, "All have confirmed. The ceremony is finished; the "
                           "office can make its package.");
        return;
    }
    ceremony_list_missing(missing, ceremony, (enum ceremony_step)step);
    output_say(output,
               "Still missing in step %u: trustee %s.\n"
               "Next: carry the shared folder to each of them, who runs\n"
               "  aula trustee %s %s OWN_FOLDER%s",
               step + 1, missing, step_names[step], ceremony->folder,
               step == 0 ? " --name NAME" : "");
}

static void put(struct output *output, const struct trustee *trustee,
                const struct ceremony *ceremony)
{
    unsigned step = next_step(ceremony);
    char code[CODE_TEXT_BYTES];

    output_number(output, "index", "this is trustee", trustee->index);
    list(output, ceremony);
    if (ceremony_is_complete(ceremony, CEREMONY_ROUND1)) {
        code_write(code, ceremony->set.transcript);
        output_text(output, "code", "code of round 1", code);
    }
    if (ceremony_is_complete(ceremony, CEREMONY_ROUND2)) {
        output_hex(output, "key", "election key", ceremony->outcome.key,
                   sizeof ceremony->outcome.key);
    }
    put_missing(output, ceremony, step);
    say_next(output, ceremony, step);
}

enum aula_code trustee_report(struct output *output,
                              const struct trustee *trustee, const char *folder,
                              struct aula_error *err)
{
    struct ceremony *ceremony = NULL;
    enum aula_code code = ceremony_open(&ceremony, folder, err);

    if (code == AULA_OK) {
        code = read_on(ceremony, err);
    }
    if (code == AULA_OK) {
        put(output, trustee, ceremony);
    }
    ceremony_close(ceremony);
    return code;
}

void trustee_report_accused(FILE *file, const struct ceremony *ceremony,
                            uint8_t own, uint8_t accused)
{
    const struct dkg_round1 *accuser = &ceremony->views[own - 1];
    const struct dkg_round1 *dealer = &ceremony->views[accused - 1];

    (void)
        fprintf(file,
                "Trustee %u (%.*s) accuses trustee %u (%.*s): the share is "
                "not the promised one.\n"
                "This ceremony is over. Begin anew in the presence of both, "
                "in a new folder\n"
                "(`aula office init` with another --ceremony); whoever stands "
                "in a second\n"
                "accusation, on either side, is replaced.\n",
                own, accuser->name_size, (const char *)accuser->name, accused,
                dealer->name_size, (const char *)dealer->name);
}
