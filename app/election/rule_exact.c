/* SPDX-License-Identifier: Apache-2.0 */
/* Equal Shares exactly, in whole numbers over one denominator D.
 *
 *   share of a ballot                S / D
 *   price of purchase k              P_k / D
 *   money of a group that is left    (S - sum of worth P_k over its payments)/D
 *   price of a project               A / (D U), A = D cost - D money of the
 *                                    poor, U the units of the rich
 *
 * The sums are of small whole numbers, one a purchase, before they touch a
 * large one. A new price brings its U into D, less what divides it anyway.
 *
 * GMP ends the program where it gets no memory; its numbers here are short, a
 * few hundred bytes after hundreds of purchases.
 */
#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "rule_shares.h"

/* The numbers of GMP's functions for one word. */
_Static_assert(ULONG_MAX >= UINT64_MAX, "a word of GMP has 64 bits");

bool shares_exact_open(struct shares_exact *exact, const struct shares *shares)
{
    size_t total = shares->project_count + 1;

    exact->prices = calloc(total, sizeof *exact->prices);
    exact->looks = calloc(total, sizeof *exact->looks);
    exact->weights = calloc(total, sizeof *exact->weights);
    exact->near = calloc(shares->group_count + 1, sizeof *exact->near);
    if (exact->prices == NULL || exact->looks == NULL ||
        exact->weights == NULL || exact->near == NULL) {
        free(exact->prices);
        free(exact->looks);
        free(exact->weights);
        free(exact->near);
        *exact = (struct shares_exact){.prices = NULL};
        return false;
    }
    for (size_t i = 0; i < total; i++) {
        mpz_init(exact->prices[i]);
        mpz_init(exact->looks[i].above);
    }
    mpz_inits(exact->denominator, exact->share, exact->left, exact->right,
              NULL);
    return true;
}

void shares_exact_close(struct shares_exact *exact, const struct shares *shares)
{
    if (exact->prices == NULL) {
        return;
    }
    for (size_t i = 0; i <= shares->project_count; i++) {
        mpz_clear(exact->prices[i]);
        mpz_clear(exact->looks[i].above);
    }
    mpz_clears(exact->denominator, exact->share, exact->left, exact->right,
               NULL);
    free(exact->prices);
    free(exact->looks);
    free(exact->weights);
    free(exact->near);
    *exact = (struct shares_exact){.prices = NULL};
}

void shares_exact_start(struct shares_run *run)
{
    struct shares_exact *exact = &run->exact;

    exact->count = 0;
    mpz_set_ui(exact->denominator, run->parts);
    mpz_set_ui(exact->share, run->share);
    for (size_t i = 0; i < run->shares->project_count; i++) {
        exact->looks[i].purchases = SIZE_MAX;
    }
}

static void add_product(mpz_t sum, const mpz_t number, int64_t times)
{
    if (times >= 0) {
        mpz_addmul_ui(sum, number, (uint64_t)times);
    } else {
        mpz_submul_ui(sum, number, (uint64_t)-times);
    }
}

/* ---- sums over groups: weights[k] times the price of purchase k, and shares
 */

static void weigh(struct shares_run *run, size_t group, uint64_t *ballots)
{
    const struct shares_paid *paid = run->paid + run->shares->paid_first[group];
    uint64_t times = run->purses[group].times;

    *ballots += times;
    for (size_t i = 0; i < run->paid_count[group]; i++) {
        run->exact.weights[paid[i].purchase] +=
            (int64_t)(times * paid[i].worth);
    }
}

/* D cost less D times the money that was weighed; the weights are 0 again. */
static void take_off(mpz_t above, struct shares_run *run, uint64_t cost,
                     uint64_t ballots)
{
    struct shares_exact *exact = &run->exact;

    mpz_mul_ui(above, exact->denominator, cost);
    mpz_submul_ui(above, exact->share, ballots);
    for (size_t k = 0; k < exact->count; k++) {
        if (exact->weights[k] != 0) {
            add_product(above, exact->prices[k], exact->weights[k]);
            exact->weights[k] = 0;
        }
    }
}

/* ---- prices of what was bought */

/* The next one: A / (D U) becomes P / D' with D' = D U / gcd. */
static void take_price(struct shares_run *run)
{
    struct shares_exact *exact = &run->exact;
    const struct shares_purchase *bought = &run->purchases[exact->count];
    const struct shares *shares = run->shares;
    uint64_t ballots = 0;
    uint64_t common = 0;

    for (size_t i = 0; i < bought->poor_count; i++) {
        weigh(run, run->poor[bought->poor_first + i], &ballots);
    }
    take_off(exact->prices[exact->count], run,
             shares->projects[bought->place].cost, ballots);
    common = mpz_gcd_ui(NULL, exact->prices[exact->count], bought->units);
    mpz_divexact_ui(exact->prices[exact->count], exact->prices[exact->count],
                    common);
    common = bought->units / common;
    if (common != 1) {
        mpz_mul_ui(exact->denominator, exact->denominator, common);
        mpz_mul_ui(exact->share, exact->share, common);
        for (size_t k = 0; k < exact->count; k++) {
            mpz_mul_ui(exact->prices[k], exact->prices[k], common);
        }
    }
    exact->count++;
}

static void take_prices(struct shares_run *run)
{
    while (run->exact.count < run->purchase_count) {
        take_price(run);
    }
}

/* D times the money of a group. */
static void money_of(mpz_t money, const struct shares_run *run, size_t group)
{
    const struct shares_paid *paid = run->paid + run->shares->paid_first[group];

    mpz_set(money, run->exact.share);
    for (size_t i = 0; i < run->paid_count[group]; i++) {
        mpz_submul_ui(money, run->exact.prices[paid[i].purchase],
                      paid[i].worth);
    }
}

/* ---- the price of a project */

/* money / D < worth above / (D units)? */
static bool is_below(struct shares_exact *exact, const mpz_t money,
                     const struct shares_price *price, uint64_t worth)
{
    mpz_mul_ui(exact->left, money, price->units);
    mpz_mul_ui(exact->right, price->above, worth);
    return mpz_cmp(exact->left, exact->right) < 0;
}

bool shares_exact_is_poor(struct shares_run *run, size_t place,
                          const struct shares_support *support)
{
    struct shares_exact *exact = &run->exact;
    bool is_poor;
    mpz_t money;

    mpz_init(money);
    money_of(money, run, support->group);
    is_poor = is_below(exact, money, &exact->looks[place], support->worth);
    mpz_clear(money);
    return is_poor;
}

/* The poor for certain are taken off, the others are rich until they prove to
 * be poor. Gives how many are near. */
static size_t take_sides(struct shares_run *run, size_t place)
{
    const struct shares_project *project = &run->shares->projects[place];
    const struct shares_support *list = run->supports + project->first;
    const struct shares_look *look = &run->looks[place];
    struct shares_price *price = &run->exact.looks[place];
    uint64_t ballots = 0;
    size_t near = 0;

    price->units = 0;
    for (size_t i = 0; i < look->count; i++) {
        const struct shares_purse *purse = &run->purses[list[i].group];
        enum shares_side side = SHARES_POOR;

        if (purse->money == 0) {
            continue;
        }
        side = shares_side_of(run, look, &list[i]);
        if (side == SHARES_POOR) {
            weigh(run, list[i].group, &ballots);
            continue;
        }
        price->units += purse->times * list[i].worth;
        if (side == SHARES_NEAR) {
            run->exact.near[near++] = i;
        }
    }
    take_off(price->above, run, project->cost, ballots);
    return near;
}

/* Of those near, who proves to be poor becomes so; gives how many are left. */
static size_t sort_out(struct shares_run *run, size_t place, size_t near)
{
    const struct shares_support *list = run->supports +
                                        run->shares->projects[place].first;
    struct shares_exact *exact = &run->exact;
    struct shares_price *price = &exact->looks[place];
    size_t kept = 0;
    mpz_t money;

    mpz_init(money);
    for (size_t i = 0; i < near && price->units > 0; i++) {
        const struct shares_support *support = &list[exact->near[i]];
        uint64_t times = run->purses[support->group].times;

        money_of(money, run, support->group);
        if (is_below(exact, money, price, support->worth)) {
            mpz_submul_ui(price->above, money, times);
            price->units -= times * support->worth;
        } else {
            exact->near[kept++] = exact->near[i];
        }
    }
    mpz_clear(money);
    return kept;
}

/* The price in units of 2^-shift, rounded down. */
static uint64_t in_units(struct shares_run *run, const struct shares_price *of)
{
    struct shares_exact *exact = &run->exact;

    mpz_mul_2exp(exact->left, of->above, run->shift);
    mpz_mul_ui(exact->right, exact->denominator, of->units);
    mpz_tdiv_q(exact->left, exact->left, exact->right);
    assert(mpz_sizeinbase(exact->left, 2) <= 64);
    return mpz_get_ui(exact->left);
}

bool shares_exact_look(struct shares_run *run, size_t place)
{
    struct shares_price *price = &run->exact.looks[place];
    struct shares_look *look = &run->looks[place];
    size_t near = 0;
    size_t before = SIZE_MAX;

    if (price->purchases == run->purchase_count) {
        return price->is_affordable;
    }
    take_prices(run);
    near = take_sides(run, place);
    while (near != before && price->units > 0) {
        before = near;
        near = sort_out(run, place, near);
    }
    price->purchases = run->purchase_count;
    price->is_affordable = price->units > 0;
    if (price->is_affordable) {
        look->price = in_units(run, price);
        look->low = look->price;
        look->high = look->price + 1;
        look->is_sure = false;
        look->is_wild = false;
    }
    return price->is_affordable;
}

int shares_exact_compare(struct shares_run *run, size_t a, size_t b)
{
    struct shares_exact *exact = &run->exact;
    const struct shares_project *projects = run->shares->projects;

    mpz_mul_ui(exact->left, exact->looks[a].above, exact->looks[b].units);
    mpz_mul_ui(exact->left, exact->left, projects[b].scale);
    mpz_mul_ui(exact->right, exact->looks[b].above, exact->looks[a].units);
    mpz_mul_ui(exact->right, exact->right, projects[a].scale);
    return mpz_cmp(exact->left, exact->right);
}

/* ---- taking over */

/* What a group has left, from prices in units of 2^-shift that are rounded
 * down; `worth` in all says how far off it may be. */
static uint64_t left_of(const struct shares_run *run, size_t group,
                        const int64_t *prices, uint64_t share, uint64_t *worth)
{
    const struct shares_paid *paid = run->paid + run->shares->paid_first[group];

    *worth = 0;
    for (size_t i = 0; i < run->paid_count[group]; i++) {
        uint64_t price = paid[i].worth * (uint64_t)prices[paid[i].purchase];

        share -= price < share ? price : share;
        *worth += paid[i].worth;
    }
    /* Nothing, or less than a unit: not spent (invariant 1). */
    return share > 0 ? share : 1;
}

void shares_exact_refresh(struct shares_run *run)
{
    struct shares_exact *exact = &run->exact;
    uint64_t most = 0;
    uint64_t share = 0;

    take_prices(run);
    for (size_t k = 0; k < exact->count; k++) {
        mpz_mul_2exp(exact->left, exact->prices[k], run->shift);
        mpz_tdiv_q(exact->left, exact->left, exact->denominator);
        exact->weights[k] = (int64_t)mpz_get_ui(exact->left);
    }
    mpz_mul_2exp(exact->left, exact->share, run->shift);
    mpz_tdiv_q(exact->left, exact->left, exact->denominator);
    share = mpz_get_ui(exact->left);
    for (size_t g = 0; g < run->shares->group_count; g++) {
        uint64_t worth = 0;

        if (run->purses[g].money != 0) {
            run->purses[g].money = left_of(run, g, exact->weights, share,
                                           &worth);
            most = worth > most ? worth : most;
        }
    }
    memset(exact->weights, 0, exact->count * sizeof *exact->weights);
    run->error = most + 1;
}

uint64_t shares_exact_short(struct shares_run *run, size_t place)
{
    const struct shares_project *project = &run->shares->projects[place];
    const struct shares_support *list = run->shares->supports + project->first;
    struct shares_exact *exact = &run->exact;
    uint64_t ballots = 0;

    take_prices(run);
    for (size_t i = 0; i < project->count; i++) {
        if (run->purses[list[i].group].money != 0) {
            weigh(run, list[i].group, &ballots);
        }
    }
    take_off(exact->left, run, project->cost, ballots);
    mpz_cdiv_q(exact->left, exact->left, exact->denominator);
    return mpz_sgn(exact->left) <= 0 ? 0 : mpz_get_ui(exact->left);
}
