/* SPDX-License-Identifier: Apache-2.0 */
/* Counting rules in plain words; see page_words.h. The name itself stands
 * beside them, for it alone says everything (architecture.md). */
#include <string.h>

#include "page_words.h"

struct rule {
    const char *begins; /* the longest that fits counts */
    const char *words[PAGE_LANGUAGES];
};

static const struct rule rules[] = {
    {"greedy_votes",
     {"алдымен дауысы көп ұсыныстар, ақша жеткенше",
      "сначала предложения с большим числом голосов, пока хватает денег"}},
    {"greedy_points",
     {"алдымен ұпайы көп ұсыныстар, ақша жеткенше",
      "сначала предложения с большим числом баллов, пока хватает денег"}},
    {"greedy_rank_points",
     {"алдымен орындары бойынша ұпайы көп ұсыныстар, ақша жеткенше",
      "сначала предложения с большим числом баллов за места, пока хватает "
      "денег"}},
    {"greedy_votes_per_cost",
     {"алдымен бір теңгеге дауысы көп ұсыныстар, ақша жеткенше",
      "сначала предложения с большим числом голосов на тенге, пока хватает "
      "денег"}},
    {"greedy_points_per_cost",
     {"алдымен бір теңгеге ұпайы көп ұсыныстар, ақша жеткенше",
      "сначала предложения с большим числом баллов на тенге, пока хватает "
      "денег"}},
    {"greedy_rank_points_per_cost",
     {"алдымен бір теңгеге орындары бойынша ұпайы көп ұсыныстар, ақша жеткенше",
      "сначала предложения с большим числом баллов за места на тенге, пока "
      "хватает денег"}},
    {"mes_",
     {"тең үлестер әдісі: бюджет дауыс берушілерге тең бөлінеді, ұсынысты "
      "қолдаушыларының үлесі төлейді",
      "метод равных долей: бюджет делится между голосовавшими поровну, "
      "предложение оплачивают доли его сторонников"}},
};

const char *page_rule_words(enum page_language language, const char *rule)
{
    const struct rule *found = NULL;
    size_t best = 0;

    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        size_t size = strlen(rules[i].begins);

        if (strncmp(rule, rules[i].begins, size) == 0 && size > best) {
            found = &rules[i];
            best = size;
        }
    }
    return found == NULL ? NULL : found->words[language];
}
