/* SPDX-License-Identifier: Apache-2.0 */
/* One function for each vector file that this floor owns. Each checks a whole
 * open file; the key check at the end is main's. */
#ifndef AULA_VECTORS_SUITES_H
#define AULA_VECTORS_SUITES_H

#include "source.h"

void suite_approve(struct source *source);
void suite_world(struct source *source);
void suite_content(struct source *source);
void suite_group(struct source *source);
void suite_dkg(struct source *source);
void suite_plaintext(struct source *source);
void suite_tag(struct source *source);
void suite_code(struct source *source);
void suite_ballot(struct source *source);
void suite_batch(struct source *source);
void suite_board(struct source *source);
void suite_mix(struct source *source);
void suite_decrypt(struct source *source);
void suite_keyfile(struct source *source);
void suite_package(struct source *source);
void suite_count(struct source *source);
void suite_record(struct source *source);
void suite_terminal(struct source *source);
void suite_wide(struct source *source);

#endif
