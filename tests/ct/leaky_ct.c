/* SPDX-License-Identifier: Apache-2.0 */
/* A program that does what none of ours may: it branches on a secret. It shows
 * that the constant-time run sees such a branch, and counts as passed when
 * valgrind refuses it. Should it pass one day, the run sees nothing at all.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <valgrind/memcheck.h>

int main(void)
{
    volatile uint8_t secret[32];
    int bits = 0;

    memset((uint8_t *)(uintptr_t)secret, 0x5a, sizeof secret);
    VALGRIND_MAKE_MEM_UNDEFINED((void *)(uintptr_t)secret, sizeof secret);
    for (size_t i = 0; i < sizeof secret; i++) {
        if ((secret[i] & 1) != 0) {
            bits++;
        }
    }
    return printf("%s\n", bits > 16 ? "many" : "few") < 0;
}
