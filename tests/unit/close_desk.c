/* SPDX-License-Identifier: Apache-2.0 */
/* See close_desk.h. */
#include "close_desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>
#include <sodium.h>

#include "bytes.h"
#include "commands.h"
#include "container.h"
#include "file.h"
#include "hash.h"
#include "keyring.h"
#include "record.h"

#define PASSPHRASE "ABCDEFGHJKMNP"

enum { WORDS_MAX = 32, HEX = 65, AT_TIME = 37 };

/* ---- the office */

static void make_office(struct close_desk *desk, struct desk_public *known)
{
    const struct vector_board *vectors = desk->vectors;
    const struct package *package = &vectors->package;
    char text[256];
    char sign[HEX];
    char transport[HEX];
    size_t size = 0;
    uint8_t *tag_key = vector_bytes(json_object_get(vectors->world, "tag_key"),
                                    &size);
    int length;

    memcpy(known->sign, package->office_key, sizeof known->sign);
    memcpy(known->transport, package->office_transport,
           sizeof known->transport);
    (void)sodium_bin2hex(sign, sizeof sign, known->sign, sizeof known->sign);
    (void)sodium_bin2hex(transport, sizeof transport, known->transport,
                         sizeof known->transport);
    assert_int_equal(mkdir(desk->office, 0700), 0);
    length = snprintf(text, sizeof text,
                      "aula office 1\nsign %s\ntransport %s\n", sign,
                      transport);
    office_put(desk->office, "office.txt", text, (size_t)length);
    assert_int_equal(keyring_save(desk->office, "sign.key", KEYFILE_OFFICE_SIGN,
                                  &desk->passphrase, vectors->office_secret,
                                  NULL), /* its first half is the seed */
                     AULA_OK);
    assert_int_equal(desk_election_make(desk->office, known,
                                        vectors->package_bytes,
                                        vectors->package_size, tag_key,
                                        &desk->passphrase, NULL),
                     AULA_OK);
    free(tag_key);
}

static enum aula_code append(void *context, const uint8_t *bytes, size_t size,
                             struct aula_error *err)
{
    return file_writer_put(context, bytes, size, err);
}

static void keep_content(const struct close_desk *desk)
{
    const struct vector_board *vectors = desk->vectors;
    struct file_writer *file = NULL;
    struct container_writer writer;
    struct manifest manifest;
    size_t size = 0;
    uint8_t *bytes = vector_board_get(vectors, "content/manifest.bin", &size);
    char path[PLACE_BYTES];

    assert_int_equal(manifest_open(&manifest, vectors->package.content_hash,
                                   bytes, size, NULL),
                     AULA_OK);
    office_path(path, desk->election->folder, DESK_CONTENT);
    assert_int_equal(file_writer_open(&file, path, 0644, NULL), AULA_OK);
    assert_int_equal(container_write_start(&writer,
                                           &(struct container_sink){append,
                                                                    file},
                                           vectors->package_bytes,
                                           vectors->package_size, bytes, size,
                                           manifest.rows, manifest.count, NULL),
                     AULA_OK);
    for (size_t i = 0; i < manifest.count; i++) {
        char name[256];
        uint8_t *content;
        size_t content_size = 0;

        (void)snprintf(name, sizeof name, "content/%.*s",
                       (int)manifest.rows[i].path_size, manifest.rows[i].path);
        content = vector_board_get(vectors, name, &content_size);
        assert_int_equal(container_write_file(&writer, content, content_size,
                                              NULL),
                         AULA_OK);
        free(content);
    }
    assert_int_equal(file_writer_commit(file, false, NULL), AULA_OK);
    manifest_close(&manifest);
    free(bytes);
}

static void copy_file(const struct close_desk *desk, const char *name)
{
    size_t size = 0;
    uint8_t *bytes = vector_board_get(desk->vectors, name, &size);

    office_put(desk->election->folder, name, bytes, size);
    free(bytes);
}

int close_desk_make(void **state)
{
    struct close_desk *desk = calloc(1, sizeof *desk);
    struct desk_public known;
    void *vectors = NULL;
    size_t size = 0;
    uint8_t *closing;

    assert_non_null(desk);
    assert_true(sodium_init() >= 0);
    (void)vector_board_open(&vectors);
    desk->vectors = vectors;
    (void)office_folder_make(&desk->folder);
    office_path(desk->office, desk->folder, "office");
    office_path(desk->pass, desk->folder, "pass");
    office_path(desk->board, desk->folder, "board");
    desk->passphrase.size = strlen(PASSPHRASE);
    desk->passphrase.text = sodium_malloc(sizeof PASSPHRASE);
    assert_non_null(desk->passphrase.text);
    memcpy(desk->passphrase.text, PASSPHRASE, sizeof PASSPHRASE);
    office_put(desk->folder, "pass", PASSPHRASE, strlen(PASSPHRASE));
    make_office(desk, &known);
    assert_int_equal(desk_election_open(&desk->election, desk->office, &known,
                                        NULL, NULL),
                     AULA_OK);
    keep_content(desk);
    copy_file(desk, "register.bin");
    closing = vector_board_get(desk->vectors, "closing.bin", &size);
    desk->now = get_le64(closing + AT_TIME);
    free(closing);
    *state = desk;
    return 0;
}

int close_desk_make_full(void **state)
{
    (void)close_desk_make(state);
    copy_file(*state, "elsewhere.bin");
    close_desk_import(*state);
    return 0;
}

int close_desk_clear(void **state)
{
    struct close_desk *desk = *state;
    void *vectors = desk->vectors;

    passphrase_forget(&desk->passphrase);
    desk_election_close(desk->election);
    (void)office_folder_clear(&desk->folder);
    (void)vector_board_close(&vectors);
    free(desk);
    return 0;
}

/* ---- the archive */

static void add_record(const struct close_desk *desk, struct archive *archive,
                       const uint8_t *bytes, size_t size, enum aula_code error)
{
    static const uint8_t nobody[TERMINAL_ID_BYTES] = {0};
    bool is_short = size < RECORD_HEAD_BYTES; /* one of the quarantine */
    uint8_t hash[HASH_BYTES];
    struct archive_record record = {.tid = is_short ? nobody : bytes + 24,
                                    .seq = is_short ? 0 : get_le64(bytes + 40),
                                    .hash = hash,
                                    .error = is_short ? AULA_TRUNCATED : error,
                                    .bytes = bytes,
                                    .size = size};

    record_hash(hash, bytes, size);
    if (desk->skipped_seq != 0 && record.seq == desk->skipped_seq &&
        memcmp(record.tid, desk->skipped, TERMINAL_ID_BYTES) == 0) {
        return;
    }
    assert_int_equal(archive_add_record(archive, &record, NULL), AULA_OK);
}

/* From the last record to the first. */
static void add_list(const struct close_desk *desk, struct archive *archive,
                     const char *name, enum aula_code error)
{
    size_t starts[64];
    size_t count = 0;
    size_t size = 0;
    uint8_t *bytes = vector_board_get(desk->vectors, name, &size);

    for (size_t at = 0; at < size; at += 4 + get_le32(bytes + at)) {
        assert_true(count < sizeof starts / sizeof starts[0]);
        starts[count++] = at;
    }
    for (; count > 0; count--) {
        const uint8_t *item = bytes + starts[count - 1];

        add_record(desk, archive, item + 4, get_le32(item), error);
    }
    free(bytes);
}

static void add_terminal(const struct close_desk *desk, struct archive *archive,
                         const char *path)
{
    uint8_t tid[TERMINAL_ID_BYTES];
    char name[128];
    size_t size = 0;
    uint8_t *bytes = vector_board_get(desk->vectors, path, &size);
    const char *digits = path + strlen("terminals/");
    bool is_kept = false;

    assert_int_equal(sodium_hex2bin(tid, sizeof tid, digits, 2 * sizeof tid,
                                    NULL, NULL, NULL),
                     0);
    assert_int_equal(archive_add_certificate(archive, &is_kept, tid, bytes,
                                             size, NULL),
                     AULA_OK);
    free(bytes);
    (void)snprintf(name, sizeof name, "records/%.32s.rec", digits);
    add_list(desk, archive, name, AULA_OK);
}

void close_desk_import(struct close_desk *desk)
{
    json_t *files = json_object_get(desk->vectors->board, "files");
    struct archive *archive = NULL;
    char path[PLACE_BYTES];
    const char *name;
    json_t *value;

    office_path(path, desk->election->folder, ARCHIVE_FILE);
    assert_int_equal(archive_open(&archive, path, desk->election->package.hash,
                                  ARCHIVE_WRITE, NULL),
                     AULA_OK);
    assert_int_equal(archive_begin(archive, NULL), AULA_OK);
    json_object_foreach(files, name, value)
    {
        if (strncmp(name, "terminals/", strlen("terminals/")) == 0) {
            add_terminal(desk, archive, name);
        }
    }
    add_list(desk, archive, "quarantine.rec", AULA_BALLOT_PROOF);
    assert_int_equal(archive_commit(archive, NULL), AULA_OK);
    archive_close(archive);
}

/* ---- the program */

void close_desk_write(const struct close_desk *desk, const char *name,
                      const char *text)
{
    office_put(desk->folder, name, text, strlen(text));
}

static uint64_t now(void *context)
{
    const struct close_desk *desk = context;

    return desk->now;
}

/* What a word stands for; itself where it stands for nothing. */
static void write_word(char text[static PLACE_BYTES],
                       const struct close_desk *desk, const char *word)
{
    const struct {
        const char *word;
        const char *text;
    } all[] = {{"BOARD", desk->board},
               {"OFFICE", desk->office},
               {"ELECTION", desk->election->folder},
               {"PASS", desk->pass}};

    (void)snprintf(text, PLACE_BYTES, "%s", word);
    if (strncmp(word, "./", 2) == 0) {
        office_path(text, desk->folder, word + 2);
    }
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (strcmp(word, all[i].word) == 0) {
            (void)snprintf(text, PLACE_BYTES, "%s", all[i].text);
        }
    }
}

static void expect_text(const char *out, const char *errors, const char *text)
{
    if (text != NULL && strstr(errors, text) == NULL &&
        strstr(out, text) == NULL) {
        fail_msg("no `%s` in: %s%s", text, out, errors);
    }
}

void close_desk_run(const struct close_desk *desk, const char *words,
                    int status, const char *first, const char *second)
{
    struct close_desk copy = *desk; /* a clock wants what it may change */
    struct command_place place = {.clock = {now, &copy}};
    char texts[WORDS_MAX][PLACE_BYTES];
    char *argv[WORDS_MAX + 1] = {(char[]){"aula"}};
    char *list = strdup(words);
    char *rest = NULL;
    char *out = NULL;
    char *errors = NULL;
    size_t size = 0;
    int argc = 1;
    int found;

    assert_non_null(list);
    for (char *word = strtok_r(list, " ", &rest); word != NULL;
         word = strtok_r(NULL, " ", &rest)) {
        assert_true(argc < WORDS_MAX);
        write_word(texts[argc], desk, word);
        argv[argc] = texts[argc];
        argc++;
    }
    place.out = open_memstream(&out, &size);
    place.errors = open_memstream(&errors, &size);
    found = command_main(commands, &place, argc, argv);
    (void)fclose(place.out);
    (void)fclose(place.errors);
    if (found != status) {
        fail_msg("%s: exit %d, expected %d: %s%s", words, found, status, out,
                 errors);
    }
    expect_text(out, errors, first);
    expect_text(out, errors, second);
    free(out);
    free(errors);
    free(list);
}
