/* SPDX-License-Identifier: Apache-2.0 */
/* build/cheap_keys.so, for the test scripts: loaded before libsodium
 * (cheap_keys of tests/tap), it takes the place of Argon2id, which costs half a
 * second a key by design. No program of ours knows of it. What a key costs is
 * tested by tests/unit/keyfile_cost_test.c and keyslot_cost_test.c, and by the
 * scripts that do without it. */
#include "cheap_pwhash.h"
