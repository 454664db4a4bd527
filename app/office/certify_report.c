/* SPDX-License-Identifier: Apache-2.0 */
/* See certify_report.h. Names and labels are checked text, in which no control
 * character stands. */
#include "certify_report.h"

#include <sodium.h>
#include <stdio.h>

void certify_name(char name[static CERTIFY_NAME_BYTES],
                  const uint8_t tid[static TERMINAL_ID_BYTES], const char *end)
{
    char hex[2 * TERMINAL_ID_BYTES + 1];

    (void)sodium_bin2hex(hex, sizeof hex, tid, TERMINAL_ID_BYTES);
    (void)snprintf(name, CERTIFY_NAME_BYTES, "%s%s", hex, end);
}

/* One line a contest for people, an array of numbers for programs. */
static void put_contests(struct output *output, const struct package *package,
                         const struct contest_list *list)
{
    json_t *numbers = json_array();

    output_say(output, "contests offered there:");
    for (size_t i = 0; i < list->count; i++) {
        uint16_t number = list->numbers[i];
        const struct package_text *name = &package->contests[number].name;

        output_say(output, "  %3u  %.*s", (unsigned)number, (int)name->size,
                   name->text);
        if (json_array_append_new(numbers, json_integer(number)) != 0) {
            json_decref(numbers);
            numbers = NULL;
            break;
        }
    }
    output_json(output, "contests", numbers);
}

void certify_report(struct output *output, const struct desk_election *election,
                    const struct certify *certify,
                    const struct certify_terms *terms,
                    const struct certify_answer *answer)
{
    char name[CERTIFY_NAME_BYTES];

    output_hex(output, "tid", "terminal", answer->tid, sizeof answer->tid);
    output_text_sized(output, "label", "label", terms->label,
                      terms->label_size);
    put_contests(output, &election->package, &terms->contests);
    output_flag(output, "known", "certified before", certify_is_known(certify));
    certify_name(name, answer->tid, CERTIFY_CERTIFICATE);
    output_text(output, "certificate", "certificate", name);
    certify_name(name, answer->tid, CERTIFY_KIT);
    output_text(output, "kit", "kit", name);
    output_number(output, "kit_number", "number of the kit", answer->number);
    output_flag(output, "guests", "guests may vote", terms->has_guests);
}

void certify_report_roll(struct output *output, const char *name,
                         uint32_t number, const struct voter_roll *roll,
                         const struct voter_list *voters)
{
    output_text(output, "roll", "voter roll", name);
    output_number(output, "roll_number", "number of the roll", number);
    output_number(output, "roll_rows", "rows of the roll", roll->count);
    output_number(output, "roll_repeated", "repeated, left out",
                  voters->count - roll->count);
}

enum aula_code certify_report_next(struct output *output,
                                   const struct desk_election *election,
                                   const uint8_t tid[static TERMINAL_ID_BYTES],
                                   const char *folder, struct aula_error *err)
{
    struct desk_registers registers;
    bool is_late;
    bool is_listed;
    enum aula_code code = desk_election_registers(&registers, election, err);

    if (code != AULA_OK) {
        return code;
    }
    is_late = registers.bytes[0] != NULL;
    is_listed = (is_late && register_has(&registers.lists[0], tid)) ||
                (registers.bytes[1] != NULL &&
                 register_has(&registers.lists[1], tid));
    desk_registers_close(&registers);
    output_flag(output, "registered", "in a register", is_listed);
    output_say(output, "Next: carry %s to the terminal, which installs it.",
               folder);
    if (!is_listed) {
        output_say(output, "Publish the terminal: aula office register OUT%s",
                   is_late ? " --late" : "");
    }
    return AULA_OK;
}
