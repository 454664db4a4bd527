/* SPDX-License-Identifier: Apache-2.0 */
/* The names of outcomes, findings and so on in files for programs: those of
 * PROTOCOL.md where it has them. */
#ifndef AULA_PAGE_NAMES_H
#define AULA_PAGE_NAMES_H

#include "page.h"

const char *page_mode_name(enum package_mode mode);
const char *page_type_name(enum plaintext_type type);
const char *page_ties_name(enum election_ties ties);
const char *page_status_name(enum page_status status);
const char *page_exclusion_name(enum page_exclusion exclusion);
const char *page_outcome_name(enum page_outcome outcome);
const char *page_finding_name(enum page_finding_name finding);
const char *page_ruling_name(enum page_ruling_type ruling);
const char *page_advice_name(enum page_advice advice);

#endif
