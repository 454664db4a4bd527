/* SPDX-License-Identifier: Apache-2.0 */
/* See staff_desk.h. */
#define _XOPEN_SOURCE 700

#include "staff_desk.h"

#include <stdio.h>
#include <unistd.h>

#include "commands.h"
#include "file.h"

enum { LINE_BYTES = 1024 };

/* Those of the staff alone: the office has a desk of its own. */
static const struct command *const table[] = {
    &command_terminal_request,
    &command_terminal_install,
    &command_terminal_open,
    &command_terminal_check_in,
    &command_terminal_cast,
    &command_terminal_leave,
    &command_terminal_close,
    &command_terminal_status,
    &command_terminal_verify,
    &command_terminal_pause,
    &command_terminal_resume,
    &command_terminal_export,
    &command_terminal_finish,
    &command_terminal_officials_add,
    &command_terminal_officials_change,
    &command_terminal_officials_revoke,
    &command_terminal_officials_list,
    &command_terminal_recover,
    &command_terminal_confirm,
    NULL};

void staff_desk_write(const char *name, const void *bytes, size_t size)
{
    assert_int_equal(file_write(name, bytes, size, 0600, NULL), AULA_OK);
}

static void write_text(const char *name, const char *text)
{
    staff_desk_write(name, text, strlen(text));
}

static void write_office(const struct desk *desk)
{
    char key[2 * SIGN_PUBLIC_BYTES + 1];
    char transport[2 * SEAL_PUBLIC_BYTES + 1];
    char text[256];

    (void)sodium_bin2hex(key, sizeof key, desk->office_public,
                         SIGN_PUBLIC_BYTES);
    (void)sodium_bin2hex(transport, sizeof transport, desk->transport_public,
                         SEAL_PUBLIC_BYTES);
    (void)snprintf(text, sizeof text, "aula office 1\nsign %s\ntransport %s\n",
                   key, transport);
    write_text("office.txt", text);
}

struct staff_desk *staff_desk_new(const struct desk_wish *wish)
{
    struct staff_desk *staff = calloc(1, sizeof *staff);

    assert_non_null(staff);
    staff->desk = desk_new(wish);
    assert_non_null(getcwd(staff->back, sizeof staff->back));
    assert_int_equal(chdir(staff->desk->folder), 0);
    desk_reopen(staff->desk);
    desk_certify(staff->desk);
    terminal_close(staff->desk->terminal);
    staff->desk->terminal = NULL;
    write_text("pass", "Ainur's passphrase\n");
    write_text("pass2", "Berik's passphrase\n");
    write_text("voter", DESK_VOTER "\n");
    write_text("other", DESK_OTHER "\n");
    write_office(staff->desk);
    staff_desk_write("election.aula", staff->desk->container,
                     staff->desk->container_size);
    staff_desk_write("hall.cert", staff->desk->certificate,
                     staff->desk->certificate_size);
    staff_desk_write("hall.kit", staff->desk->kit, KIT_BYTES);
    return staff;
}

int staff_desk_make(void **state)
{
    *state = staff_desk_new(&(struct desk_wish){0});
    return 0;
}

int staff_desk_make_ready(void **state)
{
    (void)staff_desk_make(state);
    staff_desk_done(*state, "install data --office-key office.txt --package "
                            "election.aula --certificate hall.cert --kit "
                            "hall.kit");
    return 0;
}

int staff_desk_make_open(void **state)
{
    (void)staff_desk_make_ready(state);
    staff_desk_done(*state, "open data");
    return 0;
}

int staff_desk_clear(void **state)
{
    struct staff_desk *staff = *state;
    void *desk = staff->desk;

    assert_int_equal(chdir(staff->back), 0);
    free(staff);
    return desk_clear(&desk);
}

/* Words at blanks, behind "aula terminal". */
static int split(char **words, char *line)
{
    static char first[] = "aula";
    static char second[] = "terminal";
    int count = 2;
    char *rest = NULL;

    words[0] = first;
    words[1] = second;
    for (char *word = strtok_r(line, " ", &rest); word != NULL;
         word = strtok_r(NULL, " ", &rest)) {
        assert_true(count < STAFF_WORDS_MAX);
        words[count++] = word;
    }
    return count;
}

int staff_desk_run(struct staff_desk *staff, const char *line)
{
    char *words[STAFF_WORDS_MAX + 1] = {NULL};
    char copy[LINE_BYTES];
    struct command_place place = {
        .out = fmemopen(staff->out, sizeof staff->out, "w"),
        .errors = fmemopen(staff->errors, sizeof staff->errors, "w"),
        .clock = staff->desk->place.clock};
    int status;

    staff->out[0] = '\0';
    staff->errors[0] = '\0';
    assert_non_null(place.out);
    assert_non_null(place.errors);
    (void)snprintf(copy, sizeof copy, "%s --witness second%s", line,
                   strstr(line, " --passphrase-file ") != NULL
                       ? ""
                       : " --passphrase-file pass");
    status = command_main(table, &place, split(words, copy), words);
    (void)fclose(place.out);
    (void)fclose(place.errors);
    return status;
}

/* All of a desk lies on one disk, and request, export and recover say so: what
 * comes behind that line. */
static const char *errors_of(const struct staff_desk *staff)
{
    const char *line = strstr(staff->errors, " lies on the disk of ");

    return line == NULL ? staff->errors : strchr(line, '\n') + 1;
}

void staff_desk_done(struct staff_desk *staff, const char *line)
{
    int status = staff_desk_run(staff, line);

    if (status != EXIT_DONE || errors_of(staff)[0] != '\0') {
        fail_msg("%s: %s", line, staff->errors);
    }
}

void staff_desk_refused(struct staff_desk *staff, const char *line,
                        const char *text)
{
    int status = staff_desk_run(staff, line);
    const char *errors = errors_of(staff);
    const char *end = strchr(errors, '\n');

    if (status != EXIT_REFUSED || end == NULL || end[1] != '\0' ||
        strncmp(errors, "aula: ", 6) != 0 || strstr(errors, text) == NULL) {
        fail_msg("%s: exit status %d, and not \"%s\": %s", line, status, text,
                 staff->errors);
    }
}

bool staff_desk_finds(const struct staff_desk *staff, const char *text)
{
    return strstr(staff->out, text) != NULL ||
           strstr(staff->errors, text) != NULL ||
           desk_finds("data", text, strlen(text)) ||
           desk_finds("second", text, strlen(text)) ||
           desk_finds("stick", text, strlen(text));
}
