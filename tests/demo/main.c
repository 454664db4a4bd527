/* SPDX-License-Identifier: Apache-2.0 */
/* aula-demo: a small election from keys to result; see demo.h. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "demo.h"

void demo_expect(enum aula_code code, enum aula_code expected, const char *what)
{
    if (code != expected) {
        (void)fprintf(stderr, "aula-demo: %s: %s instead of %s\n", what,
                      aula_code_name(code), aula_code_name(expected));
        exit(1);
    }
}

int main(void)
{
    struct aula_error err = {AULA_OK, ""};
    struct demo *demo = NULL;

    if (sodium_init() < 0 || (demo = sodium_malloc(sizeof *demo)) == NULL) {
        (void)fprintf(stderr, "aula-demo: no locked memory\n");
        return 1;
    }
    memset(demo, 0, sizeof *demo);
    demo_expect(pool_open(&demo->pool, 0, &err), AULA_OK, "threads");
    demo_ceremony(demo);
    demo_voting(demo);
    demo_mixing(demo);
    demo_counting(demo);
    free(demo->mixed);
    pool_close(demo->pool);
    sodium_free(demo);
    return 0;
}
