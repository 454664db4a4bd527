/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of election.h share. Not for use outside of them. */
#ifndef AULA_ELECTION_PARTS_H
#define AULA_ELECTION_PARTS_H

#include "election.h"
#include "form.h"

/* The form of the whole, of its map and of its contests. */
extern const struct form election_form;
extern const struct form election_district_form;
extern const struct form election_yard_form;
extern const struct form election_hall_form;
extern const struct form election_contest_form;

/** Read "languages", or take kk and ru where there is no such key. Texts need
 *  them, so they come first. */
void election_read_languages(struct form_reader *reader,
                             struct election *election, json_t *root);

/* A sorted list of ids, each with its place in the list that it came from. */
struct election_key {
    const char *id;
    size_t place;
};

struct election_index {
    struct election_key *keys;
    size_t count;
};

struct election_known {
    struct election_index categories;
    struct election_index districts;
    struct election_index yards;
    struct election_index halls;
    struct election_index contests;
};

/** Index what has an id; one that stands twice is a fault. Where there is no
 *  memory, an index is empty and the reader knows. */
void election_know(struct form_reader *reader, struct election_known *known,
                   const struct election *election);

/** The same for the proposals of the contest whose path is read. */
struct election_index
election_know_proposals(struct form_reader *reader,
                        const struct election_contest *contest);

/** The place of an id, or SIZE_MAX. */
size_t election_index_find(const struct election_index *index, const char *id);

/* ---- consistency: what no single value can show

 * Each adds its faults and fills what it found by an id. A value that had a
 * fault of its own is zero or NULL and is passed over. */
void election_check_head(struct form_reader *reader, struct election *election);
void election_check_map(struct form_reader *reader, struct election *election,
                        const struct election_known *known);
void election_check_contests(struct form_reader *reader,
                             struct election *election,
                             const struct election_known *known);

/** Limit, cap and sums of one contest. */
void election_check_rule(struct form_reader *reader,
                         struct election_contest *contest, const json_t *value,
                         bool is_official);

/** Add a fault below the path that is read: at key[index].below; "" stands for
 * the value itself. Without a key (NULL) at below, which may be NULL too. */
void election_fault(struct form_reader *reader, const char *key, size_t index,
                    const char *below, const char *format, ...);

#endif
