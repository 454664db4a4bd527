/* SPDX-License-Identifier: Apache-2.0 */
/* What only a person can say: passphrases, who votes, whether two codes agree,
 * and what is to be done.
 *
 * All is asked at the terminal itself (/dev/tty), not on standard input, so
 * that neither a pipe nor a log gets in between; what is secret is typed with
 * the echo off. Scripts hand a secret over in a file, and the rest as options.
 * Nothing else in the program reads a passphrase or an identifier, and none is
 * ever taken from the command line, where every user of the machine could see
 * it.
 */
#ifndef AULA_ASK_H
#define AULA_ASK_H

#include <stddef.h>

#include "error.h"

/* A passphrase, or an identifier, in sodium_malloc memory. */
struct passphrase {
    char *text; /* NUL-terminated, NULL before it is there */
    size_t size;
};

enum ask_passphrase {
    ASK_PASSPHRASE_KNOWN,     /* one that opens something */
    ASK_PASSPHRASE_CHOSEN,    /* a new one that a person chooses: typed twice */
    ASK_PASSPHRASE_GENERATED, /* a new one that the program makes: shown once,
                                 and typed back from the paper it was noted on
                               */
};

/** Get a passphrase.
 *
 *  Returns: AULA_OK
 *           AULA_BAD_FIELD  malformed (crypto/passphrase.h), or not typed the
 *                           same way twice
 *           AULA_KEY_WEAK   ASK_PASSPHRASE_GENERATED: the one in the file could
 *                           not have been generated
 *           AULA_IO         the file cannot be read; there is no terminal, or
 *                           it went away
 *           AULA_TOO_LARGE, AULA_MEMORY
 *  Out:     passphrase  on success only
 *  In:      option  what named the file, "--passphrase-file": messages name it
 *                   instead of the path, for that may be the secret itself,
 *                   typed in the wrong place
 *           file    where a script has it: one line, whose end does not count;
 *                   NULL asks the person
 *           whose   "the office", for the prompt
 *  Owner:   passphrase_forget
 */
AULA_MUST_CHECK enum aula_code
ask_passphrase(struct passphrase *passphrase, enum ask_passphrase kind,
               const char *option, const char *file, const char *whose,
               struct aula_error *err);

/** Wipe and free. Accepts one that is all zero. */
void passphrase_forget(struct passphrase *passphrase);

/** Get the identifier of a resident, as it was typed: a line of any form, which
 *  stands nowhere else.
 *
 *  Returns: AULA_OK; AULA_BAD_FIELD (too long, more than a line), AULA_IO,
 *           AULA_TOO_LARGE, AULA_MEMORY
 *  Out:     identifier  on success only
 *  In:      option  what named the file, for messages
 *           file    where a script has it; NULL asks the person
 *  Owner:   passphrase_forget
 */
AULA_MUST_CHECK enum aula_code ask_identifier(struct passphrase *identifier,
                                              const char *option,
                                              const char *file,
                                              struct aula_error *err);

/** Does the code that others read aloud agree with ours (code.h)?
 *
 *  Returns: AULA_OK
 *           `refusal`        they differ
 *           AULA_CODE_FORMAT, AULA_CODE_CHECK  `given` is no code
 *           AULA_IO          there is no terminal to ask at
 *  In:      given     as a script brings it; NULL asks the person, who is shown
 *                     ours and types yes or no
 *           ours      as code_write writes it
 *           question  what has to be compared, one line
 */
AULA_MUST_CHECK enum aula_code ask_code(const char *given, const char *ours,
                                        const char *question,
                                        enum aula_code refusal,
                                        struct aula_error *err);

/** Is the code that was published in an independent place (code.h) ours? The
 *  person types it, and is not shown ours before.
 *
 *  Returns: AULA_OK
 *           `refusal`        it is another one
 *           AULA_CODE_FORMAT, AULA_CODE_CHECK  no code, three times
 *           AULA_IO          there is no terminal to ask at
 *  In:      given     as a script brings it; NULL asks the person
 *           ours      as code_write writes it
 *           question  which code, one line
 *           instead   which option a script has for it
 */
AULA_MUST_CHECK enum aula_code
ask_published_code(const char *given, const char *ours, const char *question,
                   const char *instead, enum aula_code refusal,
                   struct aula_error *err);

/** Let a person choose one of a few words; anything else asks again.
 *
 *  Returns: AULA_OK, or AULA_IO: there is no terminal, or it went away
 *  Out:     chosen    place of the word in `words`
 *  In:      question  with the words in it, one or more lines
 *           words     ends with NULL
 *           instead   which option a script has for it
 */
AULA_MUST_CHECK enum aula_code ask_word(size_t *chosen, const char *question,
                                        const char *const *words,
                                        const char *instead,
                                        struct aula_error *err);

#endif
