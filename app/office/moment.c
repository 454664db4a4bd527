/* SPDX-License-Identifier: Apache-2.0 */
/* See moment.h. */
#include "moment.h"

#include <stdio.h>
#include <stdlib.h>

#include "election.h"

enum { DAY_S = 86400, HOUR_S = 3600, MINUTE_S = 60, DAYS_MAX = 84000 };

void moment_write(char text[static MOMENT_BYTES], uint64_t time,
                  int32_t offset_s)
{
    char date[11];
    int64_t local;
    int zone = abs(offset_s);

    if (time < DAY_S || time / DAY_S > DAYS_MAX) {
        (void)snprintf(text, MOMENT_BYTES, "%llu s", (unsigned long long)time);
        return;
    }
    local = (int64_t)time + offset_s;
    election_write_date(date, (int32_t)(local / DAY_S));
    (void)snprintf(text, MOMENT_BYTES, "%s %02d:%02d:%02d %c%02d:%02d", date,
                   (int)(local % DAY_S / HOUR_S),
                   (int)(local % HOUR_S / MINUTE_S), (int)(local % MINUTE_S),
                   offset_s < 0 ? '-' : '+', zone / HOUR_S % 100,
                   zone % HOUR_S / MINUTE_S);
}
