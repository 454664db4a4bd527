/* SPDX-License-Identifier: Apache-2.0 */
/* A photo as a package takes it: JPEG or PNG, 4:3, of a size that the terminals
 * can hold and show sharply.
 *
 * It comes from whoever handed a proposal in, so width and height are read from
 * its head first: a few bytes that would unfold to gigabytes are refused before
 * anybody unfolds them. What is left is decoded once, in whole, since a picture
 * that cannot be shown is found here or in front of a voter.
 */
#ifndef AULA_PHOTO_H
#define AULA_PHOTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PHOTO_BYTES_MAX = 1024 * 1024,
    PHOTO_WIDTH_MIN = 560, /* pixels; the heights follow from 4:3 */
    PHOTO_HEIGHT_MIN = 420,
    PHOTO_WIDTH_MAX = 2240,
    PHOTO_HEIGHT_MAX = 1680,
    PHOTO_REASON_BYTES = 160
};

enum photo_form { PHOTO_JPEG, PHOTO_PNG };

struct photo_size {
    uint32_t width; /* pixels */
    uint32_t height;
};

/** Read width and height from the head of a picture.
 *
 *  Returns: false when it is no picture of that form, or ends before they are
 *           said
 *  In:      bytes  `size` bytes from outside
 */
bool photo_find_size(struct photo_size *found, enum photo_form form,
                     const uint8_t *bytes, size_t size);

/** Is it a photo that a package takes?
 *
 *  Returns: false with a reason, without a full stop: "not a JPEG picture"
 *  In:      bytes  `size` bytes from outside, at most PHOTO_BYTES_MAX
 *                  (asserted)
 */
bool photo_check(char reason[static PHOTO_REASON_BYTES], enum photo_form form,
                 const uint8_t *bytes, size_t size);

#endif
