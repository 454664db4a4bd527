/* SPDX-License-Identifier: Apache-2.0 */
/* See progress.h. The clock has whole seconds: two of them apart is more than
 * one second for certain. */
#include "progress.h"

#include <unistd.h>

enum { BAR_COLUMNS = 40, PATIENCE_S = 2, PERMILLE = 1000 };

void progress_start(struct progress *progress, FILE *file,
                    const struct clock *clock, const char *what)
{
    *progress = (struct progress){
        .file = isatty(fileno(file)) ? file : NULL,
        .what = what,
        .clock = *clock,
        .start = clock_now(clock),
    };
}

/* A clock that is set back meanwhile only delays the bar. */
static bool is_long(const struct progress *progress)
{
    uint64_t now = clock_now(&progress->clock);

    return now >= progress->start && now - progress->start >= PATIENCE_S;
}

static void draw(const struct progress *progress, unsigned permille)
{
    char bar[BAR_COLUMNS + 1];

    for (unsigned i = 0; i < BAR_COLUMNS; i++) {
        bar[i] = i * PERMILLE < permille * BAR_COLUMNS ? '#' : '.';
    }
    bar[BAR_COLUMNS] = '\0';
    (void)fprintf(progress->file, "\r%s [%s] %u %%", progress->what, bar,
                  permille / 10);
    (void)fflush(progress->file);
}

static unsigned permille_of(uint64_t done, uint64_t total)
{
    if (done >= total) {
        return PERMILLE;
    }
    return (unsigned)((double)done / (double)total * PERMILLE);
}

void progress_step(struct progress *progress, uint64_t done, uint64_t total)
{
    unsigned permille;

    if (progress->file == NULL) {
        return;
    }
    permille = permille_of(done, total);
    if (permille == progress->shown ||
        (!progress->is_drawn && !is_long(progress))) {
        return;
    }
    draw(progress, permille);
    progress->shown = permille;
    progress->is_drawn = true;
}

void progress_clear(struct progress *progress)
{
    if (progress->is_drawn) {
        (void)fputs("\r\033[K", progress->file);
        (void)fflush(progress->file);
    }
    progress->is_drawn = false;
}

void progress_end(struct progress *progress)
{
    progress_clear(progress);
    progress->file = NULL;
}
