/* SPDX-License-Identifier: Apache-2.0 */
/* Pictures for tests, drawn and written when they are asked for. */
#ifndef AULA_TEST_PHOTO_SAMPLE_H
#define AULA_TEST_PHOTO_SAMPLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <SDL2/SDL_image.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "photo.h"

struct picture {
    uint8_t *bytes;
    size_t size;
};

enum { PICTURE_ROOM = 4 * 1024 * 1024, JPEG_QUALITY = 60 };

/* Tiles: nothing that compresses to nothing, nothing that does not. */
static inline void picture_paint(SDL_Surface *surface)
{
    for (int y = 0; y < surface->h; y++) {
        uint8_t *row = (uint8_t *)surface->pixels + y * surface->pitch;

        for (int x = 0; x < 3 * surface->w; x++) {
            row[x] = (uint8_t)(x / 96 * 40 + y / 32 * 24);
        }
    }
}

static inline struct picture picture_draw(enum photo_form form, int width,
                                          int height)
{
    struct picture made = {malloc(PICTURE_ROOM), 0};
    SDL_Surface *surface =
        SDL_CreateRGBSurfaceWithFormat(0, width, height, 24,
                                       SDL_PIXELFORMAT_RGB24);
    SDL_RWops *out;

    assert_non_null(made.bytes);
    assert_non_null(surface);
    picture_paint(surface);
    out = SDL_RWFromMem(made.bytes, PICTURE_ROOM);
    assert_non_null(out);
    assert_int_equal(form == PHOTO_PNG
                         ? IMG_SavePNG_RW(surface, out, 0)
                         : IMG_SaveJPG_RW(surface, out, 0, JPEG_QUALITY),
                     0);
    made.size = (size_t)SDL_RWtell(out);
    (void)SDL_RWclose(out);
    SDL_FreeSurface(surface);
    return made;
}

#endif
