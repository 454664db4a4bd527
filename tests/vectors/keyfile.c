/* SPDX-License-Identifier: Apache-2.0 */
#include "suites.h"
void suite_keyfile(struct source *source)
{
    source->is_cut = true;
}
