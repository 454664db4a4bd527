/* SPDX-License-Identifier: Apache-2.0 */
/* The price of a project, by bounds.
 *
 * It is where what all give together, each the least of money and worth times
 * the price, is the cost. That sum is concave in the price: from below, the
 * price at which the rich of the last pass would pay what the poor leave gets
 * to it in few passes (Newton's).
 *
 * How far off: let E be the error of any money, W the ballots of the poor and
 * of those too near to say, U the units of the certainly rich. Then the sum at
 * price + d is at least the cost, and at price - d at most, for
 *
 *   d = (W E + what rounding took) / U
 *
 * provided that nearness was judged by a distance of at least d.
 */
#include "rule_shares.h"

enum { PASSES_MAX = 64, WIDENINGS_MAX = 4 };

/* Numbers above it are left to the exact side. */
static const uint64_t greatest = UINT64_C(1) << 61;

/* What a pass over the supporters found. */
struct pass {
    uint64_t poor_money;
    uint64_t poor_weight;
    uint64_t rich_units;
    uint64_t near_weight; /* of the rich that may be poor */
    uint64_t near_units;
    size_t near_count; /* with the poor that may be rich */
};

static void count_near(struct pass *pass, bool is_rich, uint64_t times,
                       uint64_t worth)
{
    pass->near_count++;
    if (is_rich) {
        pass->near_weight += times;
        pass->near_units += times * worth;
    }
}

/* One pass; who is spent is dropped from the list. */
static struct pass pass_over(struct shares_run *run, size_t place,
                             uint64_t price, uint64_t distance)
{
    struct shares_look *look = &run->looks[place];
    struct shares_support *list = run->supports +
                                  run->shares->projects[place].first;
    struct pass pass = {0};
    size_t kept = 0;

    for (size_t i = 0; i < look->count; i++) {
        const struct shares_support support = list[i];
        const struct shares_purse *purse = &run->purses[support.group];
        uint64_t need = support.worth * price;
        uint64_t slack = run->error + support.worth * distance;

        if (purse->money == 0) {
            continue;
        }
        list[kept++] = support;
        if (purse->money < need) {
            pass.poor_money += purse->times * purse->money;
            pass.poor_weight += purse->times;
            if (need - purse->money <= slack) {
                count_near(&pass, false, purse->times, support.worth);
            }
        } else {
            pass.rich_units += purse->times * support.worth;
            if (purse->money - need < slack) {
                count_near(&pass, true, purse->times, support.worth);
            }
        }
    }
    look->count = kept;
    return pass;
}

enum shares_side shares_side_of(const struct shares_run *run,
                                const struct shares_look *look,
                                const struct shares_support *support)
{
    uint64_t money = run->purses[support->group].money;
    uint64_t low = 0;
    uint64_t high = 0;

    if (look->is_wild) {
        return SHARES_NEAR;
    }
    low = support->worth * look->low;
    high = support->worth * look->high;
    if (money + run->error < low) {
        return SHARES_POOR;
    }
    return money >= high + run->error ? SHARES_RICH : SHARES_NEAR;
}

/* The bound of the head comment; 0: none below `greatest`. */
static uint64_t distance_of(const struct shares_run *run,
                            const struct pass *pass)
{
    uint64_t weight = pass->poor_weight + pass->near_weight;
    uint64_t units = pass->rich_units - pass->near_units;

    if (units == 0 || run->error > greatest / (weight + 1) ||
        pass->rich_units > greatest / 4) {
        return 0;
    }
    return (weight * run->error + 2 * pass->rich_units) / units + 2;
}

/* Is the price by worth certainly above that of `best`? Whoever is taken for
 * poor, the price is at least what the others would pay for the rest. Then the
 * project is as good as looked at, with that as its lower bound. */
static bool is_beyond(struct shares_run *run, size_t place, size_t best,
                      uint64_t cost, const struct pass *pass)
{
    struct shares_look *look = &run->looks[place];
    uint64_t poor = 0;
    uint64_t low = 0;

    if (best == SIZE_MAX || run->error > greatest / (pass->poor_weight + 1)) {
        return false;
    }
    poor = pass->poor_money + pass->poor_weight * run->error;
    low = poor < cost ? (cost - poor) / pass->rich_units : 0;
    if (shares_compare_bounds(run, place, low, best, run->looks[best].high) <=
        0) {
        return false;
    }
    look->low = low;
    look->price = low;
    return true;
}

/* How passes end. */
enum end { END_FOUND, END_BEYOND, END_OPEN };

/* Passes up to the price, or to one that is beyond the best. */
static enum end converge(struct shares_run *run, size_t place, size_t best,
                         struct pass *pass, uint64_t *price, uint64_t distance)
{
    uint64_t cost = run->shares->projects[place].cost << run->shift;

    for (int i = 0; i < PASSES_MAX; i++) {
        uint64_t next;

        *pass = pass_over(run, place, *price, distance);
        if (pass->rich_units == 0 || pass->poor_money > cost) {
            return END_OPEN;
        }
        if (is_beyond(run, place, best, cost, pass)) {
            return END_BEYOND;
        }
        next = (cost - pass->poor_money) / pass->rich_units;
        if (next <= *price + 1 && *price <= next + 1) {
            return END_FOUND;
        }
        *price = next;
        if (next > greatest / run->shares->projects[place].worth_max) {
            return END_OPEN;
        }
    }
    return END_OPEN;
}

static enum end look_by_bounds(struct shares_run *run, size_t place,
                               size_t best)
{
    const struct shares_project *project = &run->shares->projects[place];
    struct shares_look *look = &run->looks[place];
    uint64_t distance = 4 * run->error + 8;
    struct pass pass = {0};
    uint64_t price = look->price;

    for (int i = 0; i < WIDENINGS_MAX; i++) {
        uint64_t bound = 0;

        enum end end = END_OPEN;

        if (distance <= greatest / 2 / project->worth_max) {
            end = converge(run, place, best, &pass, &price, distance);
        }
        bound = end == END_FOUND ? distance_of(run, &pass) : 0;
        if (bound == 0) {
            return end == END_BEYOND ? end : END_OPEN;
        }
        if (bound <= distance) {
            *look = (struct shares_look){
                .count = look->count,
                .price = price,
                .low = price > bound ? price - bound : 0,
                .high = price + bound,
                .poor_weight = pass.poor_weight,
                .rich_units = pass.rich_units,
                .is_sure = pass.near_count == 0,
            };
            return END_FOUND;
        }
        distance = 2 * bound;
    }
    return END_OPEN;
}

/* Certainly not enough money? */
static bool is_too_poor(const struct shares_run *run, size_t place)
{
    const struct shares_project *project = &run->shares->projects[place];
    const struct shares_support *list = run->supports + project->first;
    uint64_t money = 0;

    for (size_t i = 0; i < run->looks[place].count; i++) {
        const struct shares_purse *purse = &run->purses[list[i].group];

        if (purse->money != 0) {
            money += purse->times * (purse->money + run->error);
        }
    }
    return money < project->cost << run->shift;
}

/* Before anything was bought all have the same, and no pass is needed. */
static bool look_at_first(struct shares_run *run, size_t place)
{
    const struct shares_project *project = &run->shares->projects[place];
    struct shares_look *look = &run->looks[place];
    uint64_t money = run->purses[0].money;

    if (run->purchase_count > 0 || money < run->error ||
        look->price >= (money - run->error) / project->worth_max) {
        return false;
    }
    look->low = look->price;
    look->high = look->price + 1;
    look->poor_weight = 0;
    look->rich_units = project->units;
    look->is_sure = true;
    return true;
}

enum shares_found shares_look_at(struct shares_run *run, size_t place,
                                 size_t best)
{
    enum end end = END_FOUND;

    if (!look_at_first(run, place)) {
        end = look_by_bounds(run, place, best);
    }
    if (end != END_OPEN) {
        return end == END_FOUND ? SHARES_FOUND : SHARES_BEYOND;
    }
    if (run->error <= run->error_max && is_too_poor(run, place)) {
        return SHARES_NEVER;
    }
    run->looks[place].is_wild = true;
    return shares_exact_look(run, place) ? SHARES_FOUND : SHARES_NEVER;
}
