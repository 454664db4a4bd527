/* SPDX-License-Identifier: Apache-2.0 */
/* See tty.h. Signals that would end the program while the echo is off wait
 * until it is on again: a shell without an echo is a poor thing to leave
 * behind. */
#include "tty.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* What is put back after a line. */
struct kept {
    struct termios form;
    sigset_t signals;
    bool has_form;
};

enum aula_code tty_open(int *tty, const char *instead, struct aula_error *err)
{
    int file = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);

    if (file < 0) {
        return aula_fail(err, AULA_IO, "there is no terminal to ask at; %s",
                         instead);
    }
    *tty = file;
    return AULA_OK;
}

enum aula_code tty_put(int tty, const char *text, struct aula_error *err)
{
    size_t left = strlen(text);

    while (left > 0) {
        ssize_t put = write(tty, text, left);

        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            return aula_fail(err, AULA_IO, "the terminal went away");
        }
        text += put;
        left -= (size_t)put;
    }
    return AULA_OK;
}

static enum aula_code hide(struct kept *kept, int tty, struct aula_error *err)
{
    struct termios hidden;
    sigset_t wait;

    if (tcgetattr(tty, &kept->form) != 0) {
        return aula_fail(err, AULA_IO, "the terminal has no echo to turn off");
    }
    (void)sigemptyset(&wait);
    (void)sigaddset(&wait, SIGINT);
    (void)sigaddset(&wait, SIGTERM);
    (void)sigaddset(&wait, SIGHUP);
    (void)sigaddset(&wait, SIGQUIT);
    (void)sigaddset(&wait, SIGTSTP);
    (void)sigprocmask(SIG_BLOCK, &wait, &kept->signals);
    hidden = kept->form;
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    hidden.c_lflag |= ICANON | ECHONL;
    kept->has_form = true;
    if (tcsetattr(tty, TCSAFLUSH, &hidden) != 0) {
        return aula_fail(err, AULA_IO, "the echo cannot be turned off");
    }
    return AULA_OK;
}

static void show(const struct kept *kept, int tty)
{
    if (kept->has_form) {
        (void)tcsetattr(tty, TCSAFLUSH, &kept->form);
        (void)sigprocmask(SIG_SETMASK, &kept->signals, NULL);
    }
}

/* Byte by byte: what was read must lie nowhere but in the caller's memory. */
static enum aula_code read_line(int tty, char *line, size_t *size, size_t room,
                                struct aula_error *err)
{
    size_t count = 0;
    char next = '\0';

    for (;;) {
        ssize_t got = read(tty, &next, 1);

        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return aula_fail(err, AULA_IO, "nothing was typed");
        }
        if (next == '\n') {
            break;
        }
        if (count + 1 < room) {
            line[count] = next;
        }
        count++;
        sodium_memzero(&next, sizeof next);
    }
    if (count + 1 > room) {
        return aula_fail(err, AULA_BAD_FIELD, "the line is too long");
    }
    line[count] = '\0';
    *size = count;
    return AULA_OK;
}

enum aula_code tty_line(int tty, char *line, size_t *size, size_t room,
                        bool is_seen, struct aula_error *err)
{
    struct kept kept = {.has_form = false};
    enum aula_code code = is_seen ? AULA_OK : hide(&kept, tty, err);

    if (code == AULA_OK) {
        code = read_line(tty, line, size, room, err);
    }
    show(&kept, tty);
    if (code != AULA_OK) {
        sodium_memzero(line, room);
    }
    return code;
}
