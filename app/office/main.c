/* SPDX-License-Identifier: Apache-2.0 */
/* The program `aula`: office, trustees, verifiers, and the staff's work on a
 * terminal without its screen. What it can do stands in commands.c. */
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "commands.h"
#include "vfs.h"

/* Secrets must not reach the disk in a core dump, nor a handler of such dumps,
 * which no limit stops, nor whoever else has this account: who may not be
 * dumped may not be traced. A pipe that closes is a write that fails, and is
 * told as one. */
static void harden(void)
{
    struct rlimit none = {0, 0};

    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGXFSZ, SIG_IGN);
}

int main(int argc, char **argv)
{
    struct command_place place = {stdout, stderr, clock_system()};

    harden();
    if (sodium_init() < 0) {
        (void)fputs("aula: the machine gives no random numbers\n", stderr);
        return EXIT_REFUSED;
    }
    if (vfs_start(NULL) != AULA_OK) {
        (void)fputs("aula: SQLite does not start\n", stderr);
        return EXIT_REFUSED;
    }
    return command_main(commands, &place, argc, argv);
}
