/* SPDX-License-Identifier: Apache-2.0 */
/* Buying a project: the poor give all they have, the others pay its price. */
#include "rule_shares.h"

static bool is_poor(struct shares_run *run, size_t place,
                    const struct shares_support *support)
{
    switch (shares_side_of(run, &run->looks[place], support)) {
    case SHARES_POOR:
        return true;
    case SHARES_RICH:
        return false;
    case SHARES_NEAR:
        break;
    }
    return shares_exact_is_poor(run, place, support);
}

static void pay(struct shares_run *run, const struct shares_support *support,
                uint64_t price)
{
    struct shares_purse *purse = &run->purses[support->group];
    uint64_t need = support->worth * price;
    size_t at = run->shares->paid_first[support->group] +
                run->paid_count[support->group]++;

    /* At least 1: it is not spent, as far as is known (invariant 1). */
    purse->money = purse->money > need ? purse->money - need : 1;
    run->paid[at] = (struct shares_paid){(uint32_t)run->purchase_count,
                                         support->worth};
}

void shares_buy(struct shares_run *run, size_t place)
{
    const struct shares_project *project = &run->shares->projects[place];
    const struct shares_support *list = run->supports + project->first;
    struct shares_look *look = &run->looks[place];
    struct shares_purchase bought = {.place = (uint16_t)place,
                                     .poor_first = run->poor_count};
    uint64_t distance = 0;

    if (!look->is_sure) {
        (void)shares_exact_look(run, place);
    }
    for (size_t i = 0; i < look->count; i++) {
        struct shares_purse *purse = &run->purses[list[i].group];

        if (purse->money == 0) {
            continue;
        }
        if (is_poor(run, place, &list[i])) {
            purse->money = 0;
            run->poor[run->poor_count++] = list[i].group;
        } else {
            bought.units += purse->times * list[i].worth;
            pay(run, &list[i], look->price);
        }
    }
    distance = look->high - look->price;
    distance = look->price - look->low > distance ? look->price - look->low
                                                  : distance;
    run->error += project->worth_max * distance + 1;
    bought.poor_count = run->poor_count - bought.poor_first;
    run->purchases[run->purchase_count++] = bought;
    run->cost += project->cost;
    run->is_bought[project->project] = true;
    if (run->error > run->error_max) {
        shares_exact_refresh(run);
        if (run->error > run->error_max / 4) {
            run->error_max = 4 * run->error;
        }
    }
}
