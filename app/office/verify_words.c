/* SPDX-License-Identifier: Apache-2.0 */
/* See verify_words.h. */
#include "verify_words.h"

const char *verify_finding_words(enum counting_finding_name name)
{
    switch (name) {
    case COUNTING_CHAIN_BREAK:
        return "this record does not follow the one before it";
    case COUNTING_CLOSE_COUNT:
        return "the day's closing names another number of ballots than there "
               "are";
    case COUNTING_DAY_STATE:
        return "a record outside of an open day, or a day opened twice";
    case COUNTING_FORK:
        return "two records in one place of the chain";
    case COUNTING_GAP:
        return "records are missing";
    case COUNTING_NO_CLOSE:
        return "the last day was not closed";
    case COUNTING_NO_RECORDS:
        return "nothing came from this terminal";
    case COUNTING_REPEATED_RANDOMNESS:
        return "two ballots were encrypted with the same random number";
    case COUNTING_SESSION_COUNT:
        return "more ballots than people who were checked in";
    case COUNTING_TIME_REGRESSION:
        return "the clock of the terminal went back";
    }
    return "?";
}

const char *verify_warning_words(enum counting_warning_name name)
{
    switch (name) {
    case COUNTING_LATE_REGISTER:
        return "the register of terminals was made after the voting opened";
    case COUNTING_LATE_TERMINAL:
        return "this terminal was added after the register was published";
    case COUNTING_MANY_EXCLUDED:
        return "more than 2 % of the ballots are not counted: look at the "
               "reasons";
    case COUNTING_SMALL_CONTEST:
        return "few ballots: what people voted may be guessed";
    }
    return "?";
}

const char *verify_exclusion_words(enum aula_code reason)
{
    if (reason == AULA_REVOKED) {
        return "a ruling of the office puts records of this terminal aside";
    }
    if (reason == AULA_FORK) {
        return "another record stands in the same place of the chain";
    }
    if (reason == AULA_TIME_OUTSIDE_WINDOW) {
        return "it was cast outside of the voting time";
    }
    if (reason == AULA_VOTED_ELSEWHERE) {
        return "the voter stands in the list of those who voted elsewhere";
    }
    if (reason == AULA_DUPLICATE_VOTER) {
        return "another ballot of the same voter is counted";
    }
    return "the record fails its own check";
}
