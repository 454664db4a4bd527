/* SPDX-License-Identifier: Apache-2.0 */
/* More of terminal_desk.h: what stands in the chain, a second official, and
 * folders that are copied away and put back. Looks inside of the terminal. */
#ifndef AULA_TEST_TERMINAL_DESK_CHAIN_H
#define AULA_TEST_TERMINAL_DESK_CHAIN_H

#include "terminal_desk.h"

#include "terminal_inside.h"

/* A record of the chain, with its bytes. */
struct desk_record {
    struct store_record row;
    struct record record;
};

uint64_t desk_seq(const struct desk *desk);

/* Record `seq` of the chain, counted from the end where it is not above 0:
 * 0 is the last one. */
void desk_read(struct desk_record *found, const struct desk *desk, int64_t seq);

/* Is that record this event? */
bool desk_is_event(const struct desk *desk, int64_t seq,
                   enum record_event event, uint64_t value);

/* A ballot of contest 0 or 1, from its code to its end. */
enum { DESK_YARDS_BYTES = 1, DESK_PARKS_BYTES = 3 };
extern const uint8_t desk_yards[DESK_YARDS_BYTES];
extern const uint8_t desk_parks[DESK_PARKS_BYTES];
struct session_ballot desk_prepare(struct desk *desk, uint16_t contest);
void desk_cast(struct desk *desk);
void desk_challenge(struct desk *desk);
void desk_leave(struct desk *desk);

/* Also let this one unlock it, with the passphrase of desk_holder. */
void desk_add_official(struct desk *desk, const char *name);

/* Copy the files of a folder and of those below it; the copy is new. */
void desk_copy_folder(const char *to, const char *from);

/* The power is cut: what is on the disk now is what the next start finds. */
void desk_cut_power(struct desk *desk);

/* Whatever is below the desk's data and second place, in one hash. */
void desk_hash_files(uint8_t hash[static HASH_BYTES], const struct desk *desk);

#endif
