/* SPDX-License-Identifier: Apache-2.0 */
/* The small election of a rehearsal whose ballots are drawn: twelve proposals,
 * all invented, three choices; a Pabulib file without a ballot. */
#ifndef AULA_REHEARSE_SAMPLE_H
#define AULA_REHEARSE_SAMPLE_H

extern const char rehearse_sample[];

#endif
