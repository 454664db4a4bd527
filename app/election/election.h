/* SPDX-License-Identifier: Apache-2.0 */
/* What people see of an election, and how it is counted: `election.json`.
 *
 * The office writes it by hand, so every fault is told at once, each with its
 * place (faults.h). assets/election.schema.json says the same form for editors.
 * What opens here is whole and consistent: ids name what there is, costs keep
 * to cap and budget, every yard stands inside its district, each text is there
 * in every language. Only the photos are left to whoever has their files.
 *
 * A struct election is plain data that points into memory of its own. Texts are
 * UTF-8 of PROTOCOL.md 2.2, in `about` and `full` also with line feeds; sizes
 * of texts count characters, so that both languages have the same room.
 */
#ifndef AULA_ELECTION_H
#define AULA_ELECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "faults.h"
#include "package.h"
#include "package_write.h"
#include "plaintext.h"
#include "tag.h"

#define ELECTION_FORMAT "aula-election-1"

enum {
    ELECTION_BYTES_MAX = 8 * 1024 * 1024,
    ELECTION_LANGUAGES_MAX = 8,
    ELECTION_LANGUAGE_MAX = 16, /* bytes of a tag */
    ELECTION_ID_MAX = 32,       /* of all ids but a proposal's, which has 64 */
    ELECTION_PROPOSALS_MAX = 20000,
    ELECTION_DISTRICTS_MAX = 64,
    ELECTION_DAYS_MAX = 366,
    ELECTION_TITLE_MAX = 48, /* characters */
    ELECTION_PROPOSAL_TITLE_MAX = 80,
    ELECTION_SHORT_MAX = 300,
    ELECTION_FULL_MAX = 600
};

/* One text in each language, in the order of election.languages. All NULL where
 * an optional text is not given. */
struct election_text {
    const char *of[ELECTION_LANGUAGES_MAX];
};

/* WGS 84 in millionths of a degree: a tenth of a metre, and no floating point
 * where a map is drawn or a yard is looked for. */
struct election_point {
    int32_t lat;
    int32_t lon;
};

struct election_place {
    bool is_there;
    struct election_point point;
};

/* A line, or a ring whose last point is its first. */
struct election_line {
    struct election_point *points;
    size_t count; /* 0: not given */
};

struct election_category {
    const char *id;
    struct election_text name;
};

struct election_street {
    struct election_text name;
    struct election_line line;
};

enum election_landmark_kind {
    ELECTION_SCHOOL,
    ELECTION_CLINIC,
    ELECTION_AKIMAT,
    ELECTION_PARK,
    ELECTION_SHOP,
    ELECTION_STOP,
    ELECTION_MOSQUE,
    ELECTION_CHURCH,
    ELECTION_WATER,
    ELECTION_OTHER
};

struct election_landmark {
    enum election_landmark_kind kind;
    struct election_text name;
    struct election_place location;
};

struct election_district {
    const char *id;
    struct election_text name;
    struct election_line outline; /* a ring; none where no map is drawn */
    struct election_street *streets;
    size_t street_count;
    struct election_landmark *landmarks;
    size_t landmark_count;
};

/* A list of ids as it was written. */
struct election_ids {
    const char **ids;
    size_t count;
};

/* A building whose residents have other contests than those of their yard. */
struct election_building {
    struct election_text address;
    struct election_ids contests;
};

struct election_yard {
    const char *id;
    struct election_text name;
    const char *district_id;
    const struct election_district *district;
    struct election_text address;
    struct election_place location;
    struct election_line outline; /* a ring, drawn as a soft shape, or none */
    struct election_ids contests; /* none: every contest of its district */
    struct election_building *buildings;
    size_t building_count;
};

/* Where people vote: "you are here". */
struct election_hall {
    const char *id;
    struct election_text name;
    const char *district_id;
    const struct election_district *district;
    struct election_text address;
    struct election_place location;
};

/* Paths of the content, or NULL. */
struct election_photos {
    const char *now;
    const char *planned;
};

struct election_proposal {
    const char *id;  /* unique in the contest */
    uint16_t number; /* as printed, 1..9999, likewise */
    struct election_text title;
    struct election_text short_text;
    struct election_text full_text; /* optional */
    uint64_t cost;                  /* whole tenge */
    const char *category_id;
    const struct election_category *category; /* or NULL */
    const char *yard_id;
    const struct election_yard *yard; /* or NULL */
    struct election_text address;     /* its own, else the yard's, or none */
    struct election_place location;   /* likewise */
    struct election_photos photos;
};

/* What decides among equals. */
enum election_ties {
    ELECTION_TIES_ID,      /* the smaller id as byte string */
    ELECTION_TIES_CHEAPER, /* the lower cost, then the id */
    ELECTION_TIES_VOTES,   /* more votes, then the id */
    ELECTION_TIES_LOT      /* the place in the drawn lot */
};

/* Of these at most one wins: indices into the contest's proposals. */
struct election_group {
    uint16_t *proposals; /* 2..50 */
    size_t count;
};

struct election_contest {
    const char *id;
    struct election_text name;
    const char *district_id;
    const struct election_district *district;
    enum plaintext_type type;
    uint16_t limit; /* 0 for knapsack */
    uint16_t cap;   /* of points; else 0 */
    uint64_t budget;
    uint64_t project_cap; /* the budget where none is given */
    const char *rule;     /* a name that election_is_rule knows for the type */
    enum election_ties ties;
    struct election_ids lot_ids;
    uint16_t *lot; /* proposals in drawn order, one each; NULL without a lot */
    uint32_t minimum_votes;
    struct election_ids *incompatible_ids;
    struct election_group *incompatible; /* incompatible_count of them */
    size_t incompatible_count;
    struct election_proposal *proposals;
    size_t proposal_count;
};

/* A registered stick. */
struct election_stick {
    uint16_t vendor; /* of USB */
    uint16_t product;
    const char *serial;
    const char *label;
};

/* Minutes after midnight, local time; both 0: no voting on that day. */
struct election_hours {
    uint16_t from;
    uint16_t to; /* up to 1440 */
};

/* A day that has hours of its own. */
struct election_day {
    int32_t day; /* days since 1970-01-01, local */
    bool is_closed;
    struct election_hours hours;
};

struct election {
    const char *languages[ELECTION_LANGUAGES_MAX]; /* in switch order */
    size_t language_count;
    size_t kk; /* where in `languages` */
    size_t ru;
    struct election_text title;
    struct election_text place;
    struct election_text about;
    enum package_mode mode;
    int32_t first_day; /* days since 1970-01-01, local; both voted on */
    int32_t last_day;
    int32_t utc_offset_s; /* local time less UTC */
    struct election_hours hours;
    struct election_day *days; /* ascending */
    size_t day_count;
    enum tag_scheme id_scheme;
    enum tag_stretch tag_stretch;
    enum package_one_per one_per;
    uint16_t min_anon;
    uint16_t small_cell; /* published breakdowns hide counts below; 0: none */
    const char *currency;
    struct election_stick *sticks; /* none: any stick is taken */
    size_t stick_count;
    struct election_category *categories;
    size_t category_count;
    struct election_district *districts;
    size_t district_count;
    struct election_yard *yards;
    size_t yard_count;
    struct election_hall *halls;
    size_t hall_count;
    struct election_contest *contests;
    size_t contest_count;
    size_t proposal_count; /* of all contests */

    struct json_t *json;        /* what the texts point into */
    struct form_memory *memory; /* what the arrays stand in */
};

/** Read a whole election.json and prove it consistent.
 *
 *  Returns: AULA_OK
 *           AULA_TOO_LARGE  above ELECTION_BYTES_MAX
 *           AULA_SOURCE     it has faults; err holds the first of them
 *           AULA_MEMORY     no memory
 *  Out:     election  all zero on failure
 *           faults    all of them with line and column, in the order of the
 *                     text, added to what it holds; may be NULL
 *  In:      bytes     `size` bytes from outside; may be NULL when size is 0
 *  Owner:   election_close frees what the election holds, faults_close the
 *           faults; `bytes` are not kept
 */
AULA_MUST_CHECK enum aula_code election_open(struct election *election,
                                             struct faults *faults,
                                             const uint8_t *bytes, size_t size,
                                             struct aula_error *err);

/** Free what election_open made. Accepts NULL and an election all zero. */
void election_close(struct election *election);

/** Is this the name of a counting rule, and one for ballots of this type? */
bool election_is_rule(const char *name, enum plaintext_type type);

/** The hours of a day, local; both 0 outside the dates or where it is closed.
 */
struct election_hours election_hours_of(const struct election *election,
                                        int32_t day);

/** The local day of a moment in unix seconds. */
int32_t election_day_of(const struct election *election, uint64_t time);

/** Unix seconds of the first midnight, and of the midnight after the last day:
 *  `opens` and `closes` of the package. */
uint64_t election_opens(const struct election *election);
uint64_t election_closes(const struct election *election);

/** Read a day such as "2027-04-06".
 *
 *  Returns: false when it is no date from 1970 to 2199; `day` is untouched
 */
bool election_read_date(int32_t *day, const char *text);

/** Write a day as "2027-04-06". */
void election_write_date(char text[static 11], int32_t day);

/** Is the place inside the outline of a district? Where none is drawn, every
 *  place is. */
bool election_is_inside(const struct election_district *district,
                        const struct election_place *place);

/** May residents of this yard (or of one of its buildings) vote in a contest?
 *
 *  In:  building  below yard->building_count, or SIZE_MAX for the rest
 */
bool election_yard_has(const struct election *election,
                       const struct election_yard *yard, size_t building,
                       size_t contest);

/* The contests of a package as package_write takes them. */
struct election_draft {
    struct package_contest *contests;
    size_t count;
    struct package_text title;
    struct form_memory *memory;
};

/** Say an election as its package does: title and names in Kazakh and Russian
 *  with " / " between, once where they are the same; ids and costs.
 *
 *  Returns: AULA_OK or AULA_MEMORY
 *  Out:     draft  all zero on failure
 *  Owner:   election_draft_close; the draft points into the election too
 */
AULA_MUST_CHECK enum aula_code
election_draft_open(struct election_draft *draft,
                    const struct election *election, struct aula_error *err);

void election_draft_close(struct election_draft *draft);

/** Is this the content of that package? A terminal asks once, when it installs
 *  both: what is shown must be what is encrypted.
 *
 *  Returns: AULA_OK
 *           AULA_SOURCE  another title, rule of voters, window or contest; err
 *                        names it
 *           AULA_MEMORY  no memory
 */
AULA_MUST_CHECK enum aula_code election_compare(const struct election *election,
                                                const struct package *package,
                                                struct aula_error *err);

#endif
