/* SPDX-License-Identifier: Apache-2.0 */
/* See photo.h. */
#include "photo.h"

#include <SDL2/SDL_image.h>
#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* A side may differ by a fiftieth from what 4:3 asks for: cameras round. */
enum { PARTS = 50 };

static const char *const names[] = {"JPEG", "PNG"};

static bool is_four_to_three(const struct photo_size *size)
{
    uint64_t width = 3 * (uint64_t)size->width;
    uint64_t height = 4 * (uint64_t)size->height;
    uint64_t apart = width > height ? width - height : height - width;

    return PARTS * apart <= height;
}

static bool check_size(char *reason, const struct photo_size *size)
{
    if (size->width < PHOTO_WIDTH_MIN || size->height < PHOTO_HEIGHT_MIN ||
        size->width > PHOTO_WIDTH_MAX || size->height > PHOTO_HEIGHT_MAX) {
        (void)snprintf(reason, PHOTO_REASON_BYTES,
                       "expected %d x %d to %d x %d pixels, not %lu x %lu",
                       PHOTO_WIDTH_MIN, PHOTO_HEIGHT_MIN, PHOTO_WIDTH_MAX,
                       PHOTO_HEIGHT_MAX, (unsigned long)size->width,
                       (unsigned long)size->height);
        return false;
    }
    if (!is_four_to_three(size)) {
        (void)snprintf(reason, PHOTO_REASON_BYTES,
                       "expected width to height as 4 to 3, not %lu x %lu",
                       (unsigned long)size->width, (unsigned long)size->height);
        return false;
    }
    return true;
}

/* The decoder of PNG writes its opinion on standard error, where only our own
 * lines belong; so that is elsewhere meanwhile. -1: it stays where it is. */
static int hush(void)
{
    int kept = dup(STDERR_FILENO);
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

    if (kept >= 0 && nowhere >= 0) {
        (void)fflush(stderr);
        (void)dup2(nowhere, STDERR_FILENO);
    }
    if (nowhere >= 0) {
        (void)close(nowhere);
    }
    return kept;
}

static void speak_again(int kept)
{
    if (kept >= 0) {
        (void)fflush(stderr);
        (void)dup2(kept, STDERR_FILENO);
        (void)close(kept);
    }
}

/* Decode it and compare: a head may say what the rest does not hold. */
static bool is_readable(enum photo_form form, const struct photo_size *size,
                        const uint8_t *bytes, size_t byte_count)
{
    SDL_RWops *source = SDL_RWFromConstMem(bytes, (int)byte_count);
    SDL_Surface *picture;
    bool is_same;
    int kept;

    if (source == NULL) {
        return false;
    }
    kept = hush();
    picture = form == PHOTO_PNG ? IMG_LoadPNG_RW(source)
                                : IMG_LoadJPG_RW(source);
    speak_again(kept);
    (void)SDL_RWclose(source);
    is_same = picture != NULL && (uint32_t)picture->w == size->width &&
              (uint32_t)picture->h == size->height;
    SDL_FreeSurface(picture);
    return is_same;
}

bool photo_check(char reason[static PHOTO_REASON_BYTES], enum photo_form form,
                 const uint8_t *bytes, size_t size)
{
    struct photo_size found;

    assert(size <= PHOTO_BYTES_MAX);
    if (!photo_find_size(&found, form, bytes, size)) {
        (void)snprintf(reason, PHOTO_REASON_BYTES,
                       "not a %s picture, or not a whole one", names[form]);
        return false;
    }
    if (!check_size(reason, &found)) {
        return false;
    }
    if (!is_readable(form, &found, bytes, size)) {
        (void)snprintf(reason, PHOTO_REASON_BYTES,
                       "the %s picture cannot be read", names[form]);
        return false;
    }
    return true;
}
