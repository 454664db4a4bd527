/* SPDX-License-Identifier: Apache-2.0 */
/* Every command in every situation of a terminal: what does not belong there is
 * refused by name and changes nothing. */
#include "terminal_desk_chain.h"

#include <unistd.h>

#include "cheap_pwhash.h"
#include "vfs.h"

static const uint8_t choices[1] = {0x05};

static enum aula_code do_request(struct desk *desk)
{
    struct keyslot_holder holder = desk_holder("Berik");

    return setup_make(&desk->place, "Hall 8", &holder, NULL);
}

static enum aula_code do_install(struct desk *desk)
{
    desk_certify(desk);
    return setup_install(desk->terminal, &desk->parts, NULL);
}

static enum aula_code do_open(struct desk *desk)
{
    static const uint8_t digest[RECORD_DIGEST_BYTES] = {0xd1};

    return day_open(desk->terminal, digest, NULL, NULL);
}

static enum aula_code do_look_up(struct desk *desk)
{
    struct session_lookup lookup;

    return session_look_up(desk->terminal, &lookup, DESK_OTHER,
                           strlen(DESK_OTHER), NULL);
}

static enum aula_code do_admit(struct desk *desk)
{
    (void)!do_look_up(desk);
    return session_admit(desk->terminal, NULL, 0, NULL);
}

static enum aula_code do_prepare(struct desk *desk)
{
    struct session_ballot ballot;

    return session_prepare(desk->terminal, &ballot, 0, choices, sizeof choices,
                           NULL);
}

static enum aula_code do_cast(struct desk *desk)
{
    return session_cast(desk->terminal, NULL);
}

static enum aula_code do_challenge(struct desk *desk)
{
    return session_challenge(desk->terminal, NULL);
}

static enum aula_code do_leave(struct desk *desk)
{
    return session_leave(desk->terminal, NULL, NULL);
}

static enum aula_code do_close(struct desk *desk)
{
    return day_close(desk->terminal, NULL, NULL);
}

static enum aula_code do_verify(struct desk *desk)
{
    return recover_verify(desk->terminal, NULL, NULL);
}

static enum aula_code do_pause(struct desk *desk)
{
    return terminal_pause(desk->terminal, NULL);
}

static enum aula_code do_resume(struct desk *desk)
{
    return terminal_resume(desk->terminal, NULL);
}

static enum aula_code do_confirm_witness(struct desk *desk)
{
    return terminal_confirm_witness(desk->terminal, NULL);
}

static enum aula_code do_confirm_clock(struct desk *desk)
{
    return terminal_confirm_clock(desk->terminal, NULL);
}

static enum aula_code do_export(struct desk *desk)
{
    struct transfer transfer = {0};
    struct transfer_done done;

    return transfer_export(desk->terminal, &done, desk->stick, &transfer, NULL);
}

static enum aula_code do_add_official(struct desk *desk)
{
    struct keyslot_holder holder = desk_holder("Berik");

    return custody_add(desk->terminal, &holder, NULL);
}

/* The voting is not over in any of these situations. */
static enum aula_code do_finish(struct desk *desk)
{
    return custody_finish(desk->terminal, NULL);
}

static enum aula_code do_note(struct desk *desk)
{
    return terminal_note(desk->terminal, RECORD_FAULT, 1, NULL);
}

static struct desk *requested(void)
{
    struct desk *desk = desk_new(&(struct desk_wish){0});

    desk_reopen(desk);
    return desk;
}

static struct desk *ready(void)
{
    struct desk *desk = requested();

    desk_install(desk);
    return desk;
}

/* At 18:00, so that closing is not early. */
static struct desk *open_day(void)
{
    struct desk *desk = ready();

    desk_open_day(desk);
    desk->now += (uint64_t)8 * DESK_HOUR_S;
    return desk;
}

static struct desk *checked_in(void)
{
    struct desk *desk = open_day();

    desk_check_in(desk, DESK_VOTER);
    return desk;
}

static struct desk *prepared(void)
{
    struct desk *desk = checked_in();

    assert_int_equal(do_prepare(desk), AULA_OK);
    return desk;
}

/* And the next day has begun, eleven hours later. */
static struct desk *closed(void)
{
    struct desk *desk = open_day();

    assert_int_equal(do_close(desk), AULA_OK);
    desk->now += (uint64_t)11 * DESK_HOUR_S;
    return desk;
}

static struct desk *end(struct desk *desk)
{
    char path[DESK_PATH_BYTES];

    desk_witness_path(path, desk);
    assert_int_equal(unlink(path), 0);
    desk_reopen(desk);
    assert_int_equal(desk_status(desk).ended, AULA_WITNESS_MISSING);
    return desk;
}

static struct desk *ended_ready(void)
{
    return end(ready());
}

static struct desk *ended_open(void)
{
    return end(checked_in());
}

static struct desk *ended_closed(void)
{
    return end(closed());
}

static struct desk *looked_at(void)
{
    struct desk *desk = checked_in();

    assert_int_equal(desk_unlock(desk, "Ainur", TERMINAL_LOOK), AULA_OK);
    return desk;
}

/* A witness from before the day was opened. */
static struct desk *stale(void)
{
    struct desk *desk = ready();
    char kept[DESK_PATH_BYTES];

    (void)snprintf(kept, sizeof kept, "%.200s/kept", desk->folder);
    desk_copy_folder(kept, desk->witness);
    desk_open_day(desk);
    desk_check_in(desk, DESK_VOTER);
    assert_int_equal(do_note(desk), AULA_OK);
    desk_clear_folder(desk->witness);
    assert_int_equal(rename(kept, desk->witness), 0);
    desk_reopen(desk);
    assert_true(desk_status(desk).is_stale);
    return desk;
}

static struct desk *paused(void)
{
    struct desk *desk = checked_in();

    assert_int_equal(do_pause(desk), AULA_OK);
    return desk;
}

static struct desk *behind(void)
{
    struct desk *desk = checked_in();

    desk->now -= (uint64_t)9 * DESK_HOUR_S;
    assert_int_equal(desk_status(desk).clock, TERMINAL_CLOCK_BEHIND);
    return desk;
}

static struct desk *(*const situations[])(void) = {
    requested, ready,       open_day,   checked_in,   prepared,
    closed,    ended_ready, ended_open, ended_closed, looked_at,
    stale,     paused,      behind};

enum { SITUATIONS = sizeof situations / sizeof situations[0] };

/* For each situation in their order: + is allowed, s is AULA_STATE, d is
 * AULA_DAY_STATE, e is the code of the end. */
static const struct {
    enum aula_code (*run)(struct desk *desk);
    char codes[SITUATIONS + 1];
} commands[] = {
    {do_request, "sssssssssssss"},       {do_install, "++sss+eeessss"},
    {do_open, "s+ddd+eeedddd"},          {do_look_up, "ss+ssseeessss"},
    {do_admit, "ss+ssseeessss"},         {do_prepare, "sds++deeessss"},
    {do_cast, "sdss+deeessss"},          {do_challenge, "sdss+deeessss"},
    {do_leave, "sss++seeess++"},         {do_close, "sd+ssdeeessss"},
    {do_verify, "s++++++++++++"},        {do_pause, "s+++++eeesss+"},
    {do_resume, "sssssseeess+s"},        {do_confirm_witness, "sssssseees+ss"},
    {do_confirm_clock, "sssssseeesss+"}, {do_note, "s+++++eeess++"},
    {do_export, "s+++++eeess++"},        {do_add_official, "+++++++++ss++"},
    {do_finish, "sssssseeessss"},
};

enum { COMMANDS = sizeof commands / sizeof commands[0] };

static enum aula_code wanted(size_t command, size_t situation)
{
    switch (commands[command].codes[situation]) {
    case '+':
        return AULA_OK;
    case 'd':
        return AULA_DAY_STATE;
    case 'e':
        return AULA_WITNESS_MISSING;
    default:
        return AULA_STATE;
    }
}

static void must_be(enum aula_code code, size_t command, size_t situation)
{
    if (code != wanted(command, situation)) {
        fail_msg("command %zu, situation %zu: %s", command, situation,
                 aula_code_name(code));
    }
}

static void must_be_unchanged(const struct desk *desk,
                              const struct terminal_status *before,
                              const struct session *session)
{
    struct terminal_status after = desk_status(desk);

    assert_int_equal(after.last_seq, before->last_seq);
    assert_int_equal(after.state, before->state);
    assert_int_equal(after.ended, before->ended);
    assert_int_equal(after.is_stale, before->is_stale);
    assert_int_equal(after.is_paused, before->is_paused);
    assert_int_equal(after.clock, before->clock);
    assert_int_equal(after.kit.number, before->kit.number);
    assert_memory_equal(&after.day, &before->day, sizeof after.day);
    assert_memory_equal(&desk->terminal->session, session, sizeof *session);
}

/* All that is refused on one terminal: none changes it. */
static void refuse_all(size_t situation)
{
    struct desk *desk = situations[situation]();
    void *state = desk;
    struct terminal_status before = desk_status(desk);
    struct session session = desk->terminal->session;

    for (size_t i = 0; i < COMMANDS; i++) {
        if (wanted(i, situation) != AULA_OK) {
            must_be(commands[i].run(desk), i, situation);
            must_be_unchanged(desk, &before, &session);
        }
    }
    (void)desk_clear(&state);
}

static void what_does_not_belong_is_refused_and_changes_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < SITUATIONS; i++) {
        refuse_all(i);
    }
}

static void what_belongs_is_done(void **state)
{
    (void)state;
    for (size_t i = 0; i < COMMANDS; i++) {
        for (size_t j = 0; j < SITUATIONS; j++) {
            if (wanted(i, j) == AULA_OK) {
                struct desk *desk = situations[j]();
                void *made = desk;

                must_be(commands[i].run(desk), i, j);
                (void)desk_clear(&made);
            }
        }
    }
}

static void a_blank_terminal_has_nothing_to_open(void **state)
{
    struct desk *desk = *state;
    struct official official = desk_official("Ainur");

    desk_clear_folder(desk->data);
    assert_int_equal(terminal_look(&desk->place), TERMINAL_BLANK);
    assert_int_equal(terminal_open(&desk->terminal, &desk->place, &official,
                                   TERMINAL_WORK, NULL),
                     AULA_STATE);
    assert_null(desk->terminal);
    assert_int_equal(terminal_look(&desk->place), TERMINAL_BLANK);
    assert_int_equal(do_request(desk), AULA_OK);
    assert_int_equal(terminal_look(&desk->place), TERMINAL_REQUESTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_does_not_belong_is_refused_and_changes_nothing),
        cmocka_unit_test(what_belongs_is_done),
        cmocka_unit_test_setup_teardown(a_blank_terminal_has_nothing_to_open,
                                        desk_make, desk_clear),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
