/* SPDX-License-Identifier: Apache-2.0 */
/* What the page says where ballot codes are looked up, Kazakh and Russian. Not
 * for use outside of page_index*.c. */
#ifndef AULA_PAGE_INDEX_WORDS_H
#define AULA_PAGE_INDEX_WORDS_H

#include "page_html.h"

enum page_index_word {
    PAGE_INDEX_LEAD,
    PAGE_INDEX_ENTER,
    PAGE_INDEX_HINT,
    PAGE_INDEX_FIND,
    PAGE_INDEX_WITHOUT,
    PAGE_INDEX_FORMAT,
    PAGE_INDEX_CHECK,
    PAGE_INDEX_QR,
    PAGE_INDEX_ABSENT,
    PAGE_INDEX_ABSENT_DO,
    PAGE_INDEX_SEVERAL,
    PAGE_INDEX_CODE,
    PAGE_INDEX_TERMINAL,
    PAGE_INDEX_SEQ,
    PAGE_INDEX_TIME,
    PAGE_INDEX_CONTEST,
    PAGE_INDEX_ASK,
    PAGE_INDEX_YES,
    PAGE_INDEX_YES_MEANS,
    PAGE_INDEX_NO,
    PAGE_INDEX_NO_MEANS,
    PAGE_INDEX_SECRET,
    PAGE_INDEX_REPORT,
    PAGE_INDEX_WORDS
};

const char *page_index_word(enum page_language language,
                            enum page_index_word word);

/** What a state is called, and what it means for who holds the code. */
const char *page_index_state(enum page_language language,
                             enum page_code_state state);
const char *page_index_meaning(enum page_language language,
                               enum page_code_state state);

#endif
