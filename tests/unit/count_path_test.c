/* SPDX-License-Identifier: Apache-2.0 */
/* From a stick to the verified result, by commands as they are typed, when not
 * all is as it should be: a batch that never came, a terminal that was copied
 * or stolen or kept back, an office that would close twice. Each begins with
 * copies of what one rehearsal of two terminals left. */
#define _XOPEN_SOURCE 700

#include "rehearse_play.h"

#include <sys/wait.h>

#include "batch.h"
#include "commands.h"

enum { BALLOTS = 24, SAID_BYTES = 64 * 1024, WORDS_MAX = 32, HEAD_BYTES = 141 };

#define BY " --office office --passphrase-file passphrase.txt"
#define AS " --office-key office/office.txt --passphrase-file passphrase.txt"

struct path {
    struct play *play;
    char back[PLACE_BYTES];
    uint64_t now;
    char said[SAID_BYTES]; /* result and refusals of the last command */
};

/* ---- the desk */

static uint64_t now_of(void *context)
{
    const struct path *path = context;

    return path->now;
}

static int start_path(void **state)
{
    struct path *path = calloc(1, sizeof *path);
    struct pabulib file;

    assert_non_null(path);
    assert_int_equal(pabulib_open(&file, (const uint8_t *)rehearse_sample,
                                  strlen(rehearse_sample), NULL),
                     AULA_OK);
    path->play = start(&file);
    rehearse_votes_draw(&path->play->votes,
                        &path->play->election->kept->package, BALLOTS, SEED);
    run(path->play, 2, false);
    for (unsigned i = 0; i < 2; i++) {
        rehearse_terminal_close(&path->play->run.terminals[i]);
    }
    path->now = path->play->election->kept->package.closes + 3600;
    assert_non_null(getcwd(path->back, sizeof path->back));
    *state = path;
    return 0;
}

static int end_path(void **state)
{
    struct path *path = *state;

    end(path->play);
    free(path);
    return 0;
}

/* A copy of a whole folder. */
static void copy(const char *from, const char *to)
{
    int status = -1;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        (void)execlp("cp", "cp", "-r", from, to, (char *)NULL);
        _exit(1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

/* A folder of its own for a test, with all that the rehearsal left. */
static int enter(void **state)
{
    static const char *const parts[] = {"office", "trustees", "stick",
                                        "terminals", "passphrase.txt"};
    struct path *path = *state;

    assert_int_equal(chdir(path->play->folder), 0);
    assert_int_equal(mkdir("now", 0700), 0);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        copy(parts[i], "now");
    }
    assert_int_equal(chdir("now"), 0);
    return 0;
}

static int leave(void **state)
{
    struct path *path = *state;

    assert_int_equal(chdir(path->play->folder), 0);
    assert_int_equal(nftw("now", remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
    assert_int_equal(chdir(path->back), 0);
    return 0;
}

static int type(struct path *path, const char *line)
{
    char copied[1024];
    char *words[WORDS_MAX + 1] = {NULL};
    char *rest = NULL;
    int count = 0;
    int status;
    FILE *out = fmemopen(path->said, sizeof path->said, "w");
    struct command_place place = {out, out, {now_of, path}};

    assert_non_null(out);
    (void)snprintf(copied, sizeof copied, "aula %s", line);
    for (char *word = strtok_r(copied, " ", &rest); word != NULL;
         word = strtok_r(NULL, " ", &rest)) {
        assert_true(count < WORDS_MAX);
        words[count++] = word;
    }
    status = command_main(commands, &place, count, words);
    (void)fclose(out);
    return status;
}

static void done(struct path *path, const char *line)
{
    if (type(path, line) != EXIT_DONE) {
        fail_msg("%s: %s", line, path->said);
    }
}

static void refused(struct path *path, const char *line, const char *text)
{
    if (type(path, line) != EXIT_REFUSED || strstr(path->said, text) == NULL) {
        fail_msg("%s: not \"%s\": %s", line, text, path->said);
    }
}

/* ---- what is done often */

/* The names of a terminal's batches on a stick, by number. */
static void batch_path(char text[static PLACE_BYTES], const struct path *path,
                       const char *stick, unsigned terminal, uint32_t number)
{
    const struct play *play = path->play;
    char name[BATCH_NAME_BYTES];

    batch_file_name(name, play->election->kept->package.hash,
                    play->run.terminals[terminal - 1].papers.tid, number);
    (void)snprintf(text, PLACE_BYTES, "%s/%s", stick, name);
}

static void lose(const struct path *path, unsigned terminal, uint32_t number)
{
    char text[PLACE_BYTES];

    batch_path(text, path, "stick", terminal, number);
    assert_int_equal(unlink(text), 0);
}

static void tid_of(char text[static 33], const struct path *path,
                   unsigned terminal)
{
    (void)sodium_bin2hex(text, 33,
                         path->play->run.terminals[terminal - 1].papers.tid,
                         TERMINAL_ID_BYTES);
}

/* `office ruling` about a terminal. */
static void rule(struct path *path, unsigned terminal, const char *what,
                 const char *where)
{
    char line[512];
    char tid[33];

    tid_of(tid, path, terminal);
    (void)snprintf(line, sizeof line, "office ruling %s %s %s --reason told" BY,
                   what, tid, where);
    done(path, line);
}

static void close_it(struct path *path, char code[static 32])
{
    static const char key[] = "\"closing_code\":\"";
    const char *at;

    done(path, "office close board --json" BY);
    at = strstr(path->said, key);
    assert_non_null(at);
    (void)snprintf(code, 32, "%.24s", at + sizeof key - 1);
}

static void approve(struct path *path, unsigned trustee, const char *board,
                    const char *code, const char *refusal)
{
    char line[256];

    (void)snprintf(line, sizeof line,
                   "trustee approve %s trustees/%u --closing-code %s" AS, board,
                   trustee, code);
    if (refusal == NULL) {
        done(path, line);
    } else {
        refused(path, line, refusal);
    }
}

/* Approvals, mixes, decryptions, result, check. */
static void go_on(struct path *path, const char *code)
{
    for (unsigned i = 1; i <= 3; i++) {
        approve(path, i, "board", code, NULL);
    }
    done(path, "trustee mix board trustees/3" AS);
    done(path, "trustee mix board trustees/1" AS);
    done(path, "trustee decrypt board trustees/2" AS);
    done(path, "trustee decrypt board trustees/3" AS);
    done(path, "office result board" BY);
    done(path, "verify board --office-key office/office.txt");
    assert_non_null(strstr(path->said, "VALID REHEARSAL"));
}

static void finish(struct path *path)
{
    char code[32];

    close_it(path, code);
    go_on(path, code);
}

/* ---- the tests */

static void a_batch_that_never_came_is_explained(void **state)
{
    struct path *path = *state;

    lose(path, 2, 1);
    done(path, "office import stick" BY);
    assert_int_equal(type(path, "office status --office office"), EXIT_DONE);
    assert_non_null(strstr(path->said, "GAP"));
    refused(path, "office close board" BY, "findings are open");
    rule(path, 2, "explain", "--seq 1");
    finish(path);
    assert_non_null(strstr(path->said, "GAP"));
}

static void what_comes_late_closes_the_gap(void **state)
{
    struct path *path = *state;
    char text[PLACE_BYTES];
    char line[PLACE_BYTES + 64];

    batch_path(text, path, "stick", 2, 2);
    (void)snprintf(line, sizeof line, "office import %s" BY, text);
    done(path, line); /* the second before the first, then all, and again */
    done(path, "office import stick" BY);
    done(path, "office import stick" BY);
    finish(path);
    assert_null(strstr(path->said, "GAP"));
}

/* Its disk was copied: both go on, and export. */
static void fork_terminal(struct path *path)
{
    static const char twice[] =
        "terminal export %s --stick %s --official staff --passphrase-file "
        "passphrase.txt";
    static const char *const folders[][2] = {{"terminals/1", "stick1"},
                                             {"twin", "stick2"}};
    char line[256];

    copy("terminals/1", "twin");
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(mkdir(folders[i][1], 0700), 0);
        (void)snprintf(line, sizeof line, twice, folders[i][0], folders[i][1]);
        done(path, line);
        path->now += 60;
        done(path, line);
    }
    done(path, "office import stick stick1 stick2" BY);
    assert_int_equal(type(path, "office status --office office"), EXIT_DONE);
    assert_non_null(strstr(path->said, "FORK"));
    refused(path, "office close board" BY, "findings are open");
}

/* The last record of the first batch that terminal 1 made since: of the second
 * place's copy on its stick, which names a record of the archive. */
static void read_head(char hex[static 65], const struct path *path)
{
    uint8_t *bytes = NULL;
    size_t size = 0;
    char name[BATCH_NAME_BYTES];
    char text[PLACE_BYTES];

    batch_head_name(name, path->play->election->kept->package.hash,
                    path->play->run.terminals[0].papers.tid);
    (void)snprintf(text, sizeof text, "stick1/%s", name);
    assert_int_equal(file_read(&bytes, &size, text, HEAD_BYTES, NULL), AULA_OK);
    assert_int_equal(size, HEAD_BYTES);
    (void)sodium_bin2hex(hex, 65, bytes + 45, 32);
    free(bytes);
}

static void a_copied_terminal_is_ruled_by_its_true_chain(void **state)
{
    struct path *path = *state;
    char where[80];
    char hex[65];

    fork_terminal(path);
    read_head(hex, path);
    (void)snprintf(where, sizeof where, "--hash %s", hex);
    rule(path, 1, "chain", where);
    finish(path);
    assert_non_null(strstr(path->said, "REVOKED"));
}

static void a_stolen_terminal_is_revoked_from_the_theft_on(void **state)
{
    struct path *path = *state;
    char where[32];

    fork_terminal(path);
    (void)snprintf(where, sizeof where, "--seq %llu",
                   (unsigned long long)path->play->run.terminals[0].last_seq);
    rule(path, 1, "revoke", where);
    finish(path);
    assert_non_null(strstr(path->said, "REVOKED"));
}

/* It stands in the register, and nothing of it came: no trustee approves. */
static void a_terminal_kept_back_holds_the_count_up(void **state)
{
    struct path *path = *state;
    char code[32] = "";
    const char *at;

    lose(path, 2, 1);
    lose(path, 2, 2);
    done(path, "office import stick" BY);
    refused(path, "office close board" BY, "findings are open");
    done(path, "office close board --incomplete --json" BY);
    at = strstr(path->said, "\"closing_code\":\"");
    assert_non_null(at);
    (void)snprintf(code, sizeof code, "%.24s", at + 16);
    approve(path, 1, "board", code, "open");
    assert_int_equal(type(path, "verify board --office-key office/office.txt"),
                     1);
    assert_non_null(strstr(path->said, "INVALID"));
}

/* Two offices with one key: the second closing finds nobody who signs it. */
static void a_second_closing_is_refused_by_the_journals(void **state)
{
    struct path *path = *state;
    char first[32];
    char second[32];

    copy("office", "other");
    done(path, "office import stick" BY);
    close_it(path, first);
    approve(path, 1, "board", first, NULL);
    assert_int_equal(rename("board", "board1"), 0);
    assert_int_equal(rename("office", "office1"), 0);
    assert_int_equal(rename("other", "office"), 0);
    path->now += 60;
    done(path, "office import stick" BY);
    close_it(path, second);
    assert_string_not_equal(first, second);
    approve(path, 1, "board", second, "another closing");
    refused(path, "trustee mix board trustees/1" AS, "approv");
    approve(path, 2, "board", second, NULL);
    approve(path, 2, "board1", first, "another closing");
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(a_batch_that_never_came_is_explained),
        WITH(what_comes_late_closes_the_gap),
        WITH(a_copied_terminal_is_ruled_by_its_true_chain),
        WITH(a_stolen_terminal_is_revoked_from_the_theft_on),
        WITH(a_terminal_kept_back_holds_the_count_up),
        WITH(a_second_closing_is_refused_by_the_journals),
    };

    return sodium_init() < 0 || vfs_start(NULL) != AULA_OK
               ? 1
               : cmocka_run_group_tests(tests, start_path, end_path);
}
