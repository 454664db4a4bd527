/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a code that a person typed, on a keyboard of either script; see
 * code.h. The order is that of PROTOCOL.md section 8: drop separators, capital
 * letters, look-alikes, then O, I and L. Nothing else is folded.
 */
#include "bytes.h"
#include "code.h"
#include "code_alphabet.h"

struct look_alike {
    uint16_t capital;
    uint16_t small;
    char latin;
};

static const struct look_alike look_alikes[] = {
    {0x0410, 0x0430, 'A'}, /* А */
    {0x0412, 0x0432, 'B'}, /* В */
    {0x0415, 0x0435, 'E'}, /* Е */
    {0x0417, 0x0437, '3'}, /* З */
    {0x041a, 0x043a, 'K'}, /* К */
    {0x041c, 0x043c, 'M'}, /* М */
    {0x041d, 0x043d, 'H'}, /* Н */
    {0x041e, 0x043e, '0'}, /* О */
    {0x0420, 0x0440, 'P'}, /* Р */
    {0x0421, 0x0441, 'C'}, /* С */
    {0x0422, 0x0442, 'T'}, /* Т */
    {0x0423, 0x0443, 'Y'}, /* У */
    {0x0425, 0x0445, 'X'}, /* Х */
    {0x0406, 0x0456, '1'}, /* І */
    {0x04ae, 0x04af, 'Y'}, /* Ү */
    {0x04ba, 0x04bb, 'H'}, /* Һ */
};

static uint32_t fold_look_alike(uint32_t point)
{
    size_t count = sizeof look_alikes / sizeof look_alikes[0];

    for (size_t i = 0; i < count; i++) {
        if (point == look_alikes[i].capital || point == look_alikes[i].small) {
            return (unsigned char)look_alikes[i].latin;
        }
    }
    return point;
}

static uint32_t fold(uint32_t point)
{
    if (point >= 'a' && point <= 'z') {
        point -= 'a' - 'A';
    }
    point = fold_look_alike(point);
    if (point == 'O') {
        return '0';
    }
    return point == 'I' || point == 'L' ? '1' : point;
}

/* Returns how many values were found; CODE_CHARS + 1 for anything that cannot
 * be a code. */
static size_t read_values(uint8_t values[static CODE_CHARS],
                          const uint8_t *text, size_t text_size)
{
    size_t count = 0;
    size_t used = 0;
    uint32_t point = 0;

    while (used < text_size) {
        size_t length = bytes_utf8(text + used, text_size - used, &point);
        unsigned value;

        if (length == 0) {
            return CODE_CHARS + 1;
        }
        used += length;
        if (point == ' ' || point == '-') {
            continue;
        }
        value = code_value(fold(point));
        if (value == CODE_NO_VALUE || count == CODE_CHARS) {
            return CODE_CHARS + 1;
        }
        values[count] = (uint8_t)value;
        count++;
    }
    return count;
}

enum aula_code code_read(char code[static CODE_TEXT_BYTES], const uint8_t *text,
                         size_t text_size, struct aula_error *err)
{
    uint8_t values[CODE_CHARS];

    if (read_values(values, text, text_size) != CODE_CHARS) {
        return aula_fail(err, AULA_CODE_FORMAT,
                         "code: not %d characters of its alphabet", CODE_CHARS);
    }
    if (code_check_value(values) != values[CODE_CHARS - 1]) {
        return aula_fail(err, AULA_CODE_CHECK,
                         "code: the check character does not fit");
    }
    code_put_groups(code, values);
    return AULA_OK;
}
