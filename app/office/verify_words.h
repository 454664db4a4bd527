/* SPDX-License-Identifier: Apache-2.0 */
/* Findings, warnings and reasons of PROTOCOL.md section 11 in plain words. */
#ifndef AULA_VERIFY_WORDS_H
#define AULA_VERIFY_WORDS_H

#include "counting.h"

const char *verify_finding_words(enum counting_finding_name name);
const char *verify_warning_words(enum counting_warning_name name);

/** Why a ballot is not counted. */
const char *verify_exclusion_words(enum aula_code reason);

#endif
