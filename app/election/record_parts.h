/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of record.h share. Not for use outside of them. */
#ifndef AULA_RECORD_PARTS_H
#define AULA_RECORD_PARTS_H

#include <stdbool.h>

#include "object.h"
#include "record.h"

extern const struct object_form record_form;

/** What is signed: PH, then all bytes before the signature. */
void record_hash_signed(struct hash *h, const struct package *package,
                        const uint8_t *bytes, size_t size);

/** Is this an event of 9.1, with a value that it may have? */
bool record_is_event(uint16_t event, uint64_t value);

#endif
