/* SPDX-License-Identifier: Apache-2.0 */
/* See trustee_call.h. */
#include "trustee_call.h"

#include "board_refusal.h"
#include "office_key.h"
#include "progress.h"

enum aula_code trustee_call_open(struct trustee_call *trustee,
                                 struct call *call, enum board_stage stage,
                                 struct aula_error *err)
{
    const char *text = call_text(call, "--office-key");
    uint8_t key[SIGN_PUBLIC_BYTES];
    enum aula_code code;

    *trustee = (struct trustee_call){NULL, NULL, {.index = 0}};
    if (text == NULL) {
        return call_usage(call, err,
                          "--office-key is missing: without it the board could "
                          "be anybody's");
    }
    code = office_key_read(key, text, err);
    if (code == AULA_OK) {
        code = pool_open(&trustee->pool, 0, err);
    }
    if (code == AULA_OK) {
        code = board_open(&trustee->board, call_operand(call, 0), key,
                          trustee->pool, err);
    }
    if (trustee->board == NULL) {
        return code;
    }
    trustee->board->notes = call->notes;
    trustee->board->clock = call->clock;
    code = board_check_or_refuse(trustee->board, stage, call->notes, err);
    return code != AULA_OK
               ? code
               : trustee_seat_find(&trustee->seat, call_operand(call, 1),
                                   &trustee->board->package, err);
}

void trustee_call_close(struct trustee_call *trustee)
{
    trustee_seat_leave(&trustee->seat);
    board_close(trustee->board);
    pool_close(trustee->pool);
    *trustee = (struct trustee_call){NULL, NULL, {.index = 0}};
}

enum aula_code trustee_call_unlock(struct trustee_call *trustee,
                                   struct call *call, bool with_share,
                                   struct aula_error *err)
{
    struct passphrase passphrase = {NULL, 0};
    enum aula_code code;

    output_show(call->output);
    code = ask_passphrase(&passphrase, ASK_PASSPHRASE_KNOWN,
                          "--passphrase-file",
                          call_text(call, "--passphrase-file"), "this trustee",
                          err);
    if (code == AULA_OK) {
        code = trustee_seat_unlock(&trustee->seat, &trustee->board->package,
                                   &passphrase, with_share, err);
    }
    passphrase_forget(&passphrase);
    return code;
}

static size_t count_due(const struct trustee_call *trustee,
                        const struct call *call,
                        const struct trustee_step *step)
{
    size_t count = 0;

    for (size_t i = 0; i < trustee->board->package.contest_count; i++) {
        count += step->is_due(trustee, call, i) ? 1 : 0;
    }
    return count;
}

/* What is written is said at once: a later contest may still fail. */
static enum aula_code work(json_t *names, struct trustee_call *trustee,
                           struct call *call, const struct trustee_step *step,
                           size_t contest, struct aula_error *err)
{
    const struct package_text *title =
        &trustee->board->package.contests[contest].name;
    char name[TRUSTEE_WORK_NAME_BYTES];
    enum aula_code code = step->work(name, trustee->board, &trustee->seat,
                                     contest, err);

    if (code == AULA_OK) {
        output_say(call->output, "%s  %.*s", name, (int)title->size,
                   title->text);
        (void)json_array_append_new(names, json_string(name));
    }
    return code;
}

enum aula_code trustee_call_contests(size_t *done, struct trustee_call *trustee,
                                     struct call *call,
                                     const struct trustee_step *step,
                                     struct aula_error *err)
{
    size_t due = count_due(trustee, call, step);
    json_t *names = json_array();
    struct progress bar;
    enum aula_code code = AULA_OK;

    *done = 0;
    if (due > 0) {
        code = trustee_call_unlock(trustee, call, step->with_share, err);
    }
    progress_start(&bar, call->notes, &call->clock, step->doing);
    for (size_t i = 0; code == AULA_OK && *done < due; i++) {
        if (step->is_due(trustee, call, i)) {
            progress_step(&bar, *done, due);
            code = work(names, trustee, call, step, i, err);
            *done += 1;
        }
    }
    progress_end(&bar);
    if (json_array_size(names) != *done && code == AULA_OK) {
        code = aula_fail(err, AULA_MEMORY, "no memory");
    }
    output_json(call->output, step->key, names);
    return code;
}
