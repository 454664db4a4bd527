/* SPDX-License-Identifier: Apache-2.0 */
/* The election that most vector files belong to: world.json of their folder.
 *
 * A world is read once for a folder and kept until a file of another folder
 * asks for its own. All its secrets exist for tests only.
 */
#ifndef AULA_VECTORS_WORLD_H
#define AULA_VECTORS_WORLD_H

#include "ballot.h"
#include "certificate.h"
#include "package.h"
#include "seal.h"
#include "trial.h"

enum { WORLD_TERMINALS_MAX = 16 };

struct world_terminal {
    uint8_t secret[SIGN_SECRET_BYTES];
    uint8_t transport_public[SEAL_PUBLIC_BYTES];
    uint8_t transport_secret[SEAL_SECRET_BYTES];
    struct span cert;
    struct certificate certificate; /* checked; points into cert */
};

struct world {
    char *path; /* of world.json */
    struct source source;
    bool is_good;
    char reason[TRIAL_MESSAGE_BYTES + TRIAL_PLACE_BYTES +
                4]; /* when it is not */
    struct package package;
    uint8_t office_public[SIGN_PUBLIC_BYTES];
    uint8_t tag_key[TAG_KEY_BYTES];
    uint8_t office_secret[SIGN_SECRET_BYTES];
    size_t terminal_count;
    struct world_terminal terminals[WORLD_TERMINALS_MAX];
    uint8_t trustee_secrets[PACKAGE_TRUSTEES_MAX][SIGN_SECRET_BYTES];
    uint8_t secret_shares[PACKAGE_TRUSTEES_MAX][GROUP_SCALAR_BYTES];
};

/** The world of a file's folder.
 *
 *  Returns: NULL when world.json is missing or does not pass; then a line was
 *           printed and counted
 */
struct world *world_of(struct source *source);

/** Free the world that a run keeps. */
void world_close(struct run *run);

/** The rule of a contest; NULL when there is no such one and the trial has
 *  failed. */
const struct plaintext_rule *world_rule(struct trial *trial,
                                        const struct package *package,
                                        uint64_t contest);

/** The terminal whose number stands under a key; NULL when there is no such one
 *  and the trial has failed. */
const struct world_terminal *world_terminal(struct trial *trial,
                                            const struct world *world,
                                            const json_t *row, const char *key);

/** Compare a member with PH or K of a package. */
void world_expect_package(struct trial *trial, const json_t *root,
                          const struct package *package);

#endif
