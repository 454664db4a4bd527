/* SPDX-License-Identifier: Apache-2.0 */
/* The names of the items in a terminal's store. Not for use outside of this
 * folder. */
#ifndef AULA_TERMINAL_ITEMS_H
#define AULA_TERMINAL_ITEMS_H

#include "store.h"

/* The items of a terminal's store. Numbers are little-endian. */
#define ITEM_SIGN "sign"           /* seed of the signing key */
#define ITEM_TRANSPORT "transport" /* X25519 secret; gone after the end */
#define ITEM_REQUEST "request"
#define ITEM_SLOTS "slots"   /* u64 newest generation of the key slots */
#define ITEM_OFFICE "office" /* the office's key, as staff knew it */
#define ITEM_PACKAGE "package"
#define ITEM_MANIFEST "manifest"
#define ITEM_CONTENT "content/" /* before a path */
#define ITEM_CERTIFICATE "certificate"
#define ITEM_KIT "kit"         /* u32 number, u8 guests */
#define ITEM_TAG_KEY "tag-key" /* gone after the end */
#define ITEM_ROLL "roll"
#define ITEM_DAY "day" /* the numbers of struct terminal_day, u32 each */
#define ITEM_SESSION "session" /* terminal_session.c; only while one runs */
#define ITEM_NOTES "notes"     /* setup_notes.c; only while some are due */
#define ITEM_CLOCK "clock"     /* terminal_clock.c */
#define ITEM_ENDED "ended"     /* name of the code; only when it has */
#define ITEM_UNWITNESSED                                                       \
    "unwitnessed" /* u64 seq of a witness that staff know to be old */
#define ITEM_PAUSED "paused" /* empty; only while paused */

/** The name of the item of a content file. */
void terminal_content_name(char name[static STORE_ITEM_NAME_MAX + 1],
                           const char *path);

#endif
