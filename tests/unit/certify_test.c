/* SPDX-License-Identifier: Apache-2.0 */
/* `aula office certify`: what a terminal gets, and what is refused before
 * anything is signed. Rolls are in voter_list_test.c. */
#define _XOPEN_SOURCE 700

#include "certify_desk.h"

#include "certify.h"

/* What the terminal finds in its two files. */
struct found {
    uint8_t *bytes;
    size_t size;
    struct certificate certificate;
    struct kit kit;
};

static void find(struct found *found, const struct certify_desk *desk,
                 const struct desk_keys *keys)
{
    const struct office *office = desk->office;
    struct desk_election *election = office_open(office);
    uint8_t tag_key[TAG_KEY_BYTES];
    size_t size = 0;
    uint8_t *kit = desk_get_of(desk, keys, ".kit", &size);

    found->bytes = desk_get_of(desk, keys, ".cert", &found->size);
    assert_non_null(found->bytes);
    assert_non_null(kit);
    assert_int_equal(certificate_check(&found->certificate, &election->package,
                                       keys->sign_public, found->bytes,
                                       found->size, NULL),
                     AULA_OK);
    assert_int_equal(kit_check(&found->kit, tag_key, &election->package,
                               keys->tid, keys->transport_public,
                               keys->transport_secret, 0, kit, size, NULL),
                     AULA_OK);
    assert_memory_equal(tag_key, office->tag_key, sizeof tag_key);
    free(kit);
    desk_election_close(election);
}

static bool has_answer(const struct certify_desk *desk,
                       const struct desk_keys *keys)
{
    size_t size = 0;
    uint8_t *cert = desk_get_of(desk, keys, ".cert", &size);
    uint8_t *kit = desk_get_of(desk, keys, ".kit", &size);
    bool has = cert != NULL || kit != NULL;

    free(cert);
    free(kit);
    return has;
}

static void refused(struct certify_desk *desk, const struct desk_keys *keys,
                    const char *const *more, const char *reason)
{
    assert_int_equal(desk_certify(desk, more), EXIT_REFUSED);
    assert_non_null(strstr(desk->errors, reason));
    assert_false(has_answer(desk, keys));
}

static void a_request_becomes_a_certificate_and_a_kit(void **state)
{
    struct certify_desk *desk = *state;
    struct desk_keys keys;
    struct found found;

    desk_add_terminal(desk, &keys, 1);
    find(&found, desk, &keys);
    assert_int_equal(found.certificate.label.size, 8);
    assert_memory_equal(found.certificate.label.text, "School 3", 8);
    assert_int_equal(found.certificate.count, SAMPLE_CONTESTS);
    assert_int_equal(found.kit.number, 1);
    assert_false(found.kit.has_guests);
    assert_non_null(strstr(desk->out, desk->code));
    assert_non_null(strstr(desk->out, "aula office register OUT\n"));
    free(found.bytes);
}

static void the_office_chooses_label_contests_and_guests(void **state)
{
    static const char *const more[] = {"--label", "Мектеп 3", "--contests",
                                       "3,1",     "--guests", NULL};
    struct certify_desk *desk = *state;
    struct desk_keys keys;
    struct found found;

    desk_draw_keys(&keys, 1);
    desk_request(desk, &keys, "hall");
    assert_int_equal(desk_certify(desk, more), EXIT_DONE);
    find(&found, desk, &keys);
    assert_memory_equal(found.certificate.label.text, "Мектеп 3",
                        strlen("Мектеп 3"));
    assert_int_equal(found.certificate.count, 2);
    assert_true(certificate_offers(&found.certificate, 1));
    assert_true(certificate_offers(&found.certificate, 3));
    assert_true(found.kit.has_guests);
    free(found.bytes);
}

static void
a_second_run_gives_the_same_certificate_and_a_further_kit(void **state)
{
    static const char *const first[] = {"--label", "A", "--contests", "1",
                                        NULL};
    static const char *const guests[] = {"--guests", NULL};
    struct certify_desk *desk = *state;
    struct desk_keys keys;
    struct found found;
    struct found again;

    desk_draw_keys(&keys, 1);
    desk_request(desk, &keys, "hall");
    assert_int_equal(desk_certify(desk, first), EXIT_DONE);
    find(&found, desk, &keys);
    assert_int_equal(desk_certify(desk, guests), EXIT_DONE);
    find(&again, desk, &keys);
    assert_int_equal(again.size, found.size);
    assert_memory_equal(again.bytes, found.bytes, found.size);
    assert_int_equal(again.kit.number, 2);
    assert_true(again.kit.has_guests);
    free(again.bytes);
    assert_int_equal(desk_certify(desk, first), EXIT_DONE);
    find(&again, desk, &keys);
    assert_memory_equal(again.bytes, found.bytes, found.size);
    assert_int_equal(again.kit.number, 3);
    assert_false(again.kit.has_guests);
    free(again.bytes);
    free(found.bytes);
}

static void a_second_certificate_of_other_terms_is_refused(void **state)
{
    static const char *const terms[][3] = {{"--label", "School 4", NULL},
                                           {"--label", "School", NULL},
                                           {"--contests", "0,1,2", NULL},
                                           {"--contests", "0", NULL}};
    struct certify_desk *desk = *state;
    struct desk_keys keys;
    struct found found;
    struct found after;

    desk_add_terminal(desk, &keys, 1);
    find(&found, desk, &keys);
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
        assert_int_equal(desk_certify(desk, terms[i]), EXIT_REFUSED);
        assert_non_null(strstr(desk->errors, "only one for a terminal"));
        find(&after, desk, &keys);
        assert_int_equal(after.size, found.size);
        assert_int_equal(after.kit.number, 1);
        free(after.bytes);
    }
    free(found.bytes);
}

static void without_the_same_code_nothing_is_issued(void **state)
{
    struct certify_desk *desk = *state;
    struct desk_keys keys;

    desk_draw_keys(&keys, 1);
    desk_request(desk, &keys, "hall");
    assert_int_equal(desk_certify_with(desk, "pass", "0000-0000-0000-0000-0000",
                                       NULL),
                     EXIT_REFUSED);
    assert_non_null(strstr(desk->errors, "the codes differ"));
    desk->code[0] = desk->code[0] == 'Z' ? 'Y' : 'Z';
    assert_int_equal(desk_certify(desk, NULL), EXIT_REFUSED);
    assert_false(has_answer(desk, &keys));
}

static void a_wrong_passphrase_issues_nothing(void **state)
{
    struct certify_desk *desk = *state;
    struct desk_keys keys;

    desk_draw_keys(&keys, 1);
    desk_request(desk, &keys, "hall");
    assert_int_equal(desk_certify_with(desk, "wrong", desk->code, NULL),
                     EXIT_REFUSED);
    assert_false(has_answer(desk, &keys));
    assert_null(strstr(desk->errors, "NPMK"));
}

static void contests_that_are_not_there_are_refused(void **state)
{
    static const char *const lists[] = {"4",  "0,0", "",    ",",   "0,",
                                        "-1", "00",  "1,4", "none"};
    struct certify_desk *desk = *state;
    struct desk_keys keys;

    desk_draw_keys(&keys, 1);
    desk_request(desk, &keys, "hall");
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        const char *const more[] = {"--contests", lists[i], NULL};

        refused(desk, &keys, more, "contest");
    }
}

static void a_label_that_is_no_text_is_refused(void **state)
{
    struct certify_desk *desk = *state;
    char label[CERTIFICATE_LABEL_MAX + 2];
    const char *const more[] = {"--label", label, NULL};
    struct desk_keys keys;

    desk_draw_keys(&keys, 1);
    desk_request(desk, &keys, "hall");
    memset(label, 'a', sizeof label - 1);
    label[CERTIFICATE_LABEL_MAX + 1] = '\0';
    refused(desk, &keys, more, "label");
    label[0] = '\0';
    refused(desk, &keys, more, "label");
    label[0] = '\n';
    label[1] = '\0';
    refused(desk, &keys, more, "label");
    memset(label, 'a', CERTIFICATE_LABEL_MAX);
    label[CERTIFICATE_LABEL_MAX] = '\0';
    assert_int_equal(desk_certify(desk, more), EXIT_DONE);
}

static void a_terminal_that_nothing_can_be_sealed_to_gets_nothing(void **state)
{
    struct certify_desk *desk = *state;
    struct desk_keys keys;

    desk_draw_keys(&keys, 1);
    memset(keys.transport_public, 0, sizeof keys.transport_public);
    desk_request(desk, &keys, "hall");
    refused(desk, &keys, NULL, "kit");
}

static void an_altered_request_is_refused_and_named(void **state)
{
    struct certify_desk *desk = *state;
    const struct office *office = desk->office;
    struct desk_election *election = office_open(office);
    struct certify *certify = NULL;
    struct desk_keys keys;
    char path[PLACE_BYTES];
    uint8_t *bytes = NULL;
    size_t size = 0;

    desk_draw_keys(&keys, 1);
    desk_request(desk, &keys, "hall");
    desk_path(path, desk, "request");
    assert_int_equal(file_read(&bytes, &size, path, REQUEST_BYTES_MAX, NULL),
                     AULA_OK);
    for (size_t i = 0; i < size; i++) {
        struct aula_error err = {AULA_OK, ""};

        bytes[i] ^= (uint8_t)(1U << (i % 8));
        desk_put(desk, "request", bytes, size);
        assert_int_not_equal(certify_open(&certify, election, path, &err),
                             AULA_OK);
        assert_non_null(strstr(err.message, "request"));
        bytes[i] ^= (uint8_t)(1U << (i % 8));
    }
    desk_put(desk, "request", bytes, size - 1);
    assert_int_equal(certify_open(&certify, election, path, NULL),
                     AULA_TRUNCATED);
    desk_put(desk, "request", bytes, size + 1);
    assert_int_equal(certify_open(&certify, election, path, NULL),
                     AULA_TRAILING_BYTES);
    assert_null(certify);
    free(bytes);
    desk_election_close(election);
}

static void no_kit_follows_the_last_number(void **state)
{
    struct certify_desk *desk = *state;
    const struct office *office = desk->office;
    struct desk_election *election = office_open(office);
    struct kit last = {UINT32_MAX, false};
    struct found found;
    struct desk_keys keys;
    uint8_t kit[KIT_BYTES];

    desk_add_terminal(desk, &keys, 1);
    find(&found, desk, &keys);
    assert_int_equal(kit_make(kit, &election->package,
                              office->sample.office_secret, keys.tid,
                              keys.transport_public, &last, office->tag_key,
                              NULL),
                     AULA_OK);
    assert_int_equal(desk_election_issue(election, found.bytes, found.size, kit,
                                         NULL),
                     AULA_OK);
    assert_int_equal(desk_certify(desk, NULL), EXIT_REFUSED);
    assert_non_null(strstr(desk->errors, "no further number"));
    free(found.bytes);
    desk_election_close(election);
}

static void programs_get_an_object(void **state)
{
    static const char *const more[] = {"--json", "--contests", "2", NULL};
    struct certify_desk *desk = *state;
    struct desk_keys keys;
    json_t *object;

    desk_draw_keys(&keys, 1);
    desk_request(desk, &keys, "hall");
    assert_int_equal(desk_certify(desk, more), EXIT_DONE);
    object = json_loads(desk->out, 0, NULL);
    assert_non_null(object);
    assert_string_equal(json_string_value(json_object_get(object, "label")),
                        "hall");
    assert_int_equal(json_integer_value(json_object_get(object, "kit_number")),
                     1);
    assert_int_equal(json_integer_value(json_array_get(
                         json_object_get(object, "contests"), 0)),
                     2);
    assert_true(json_is_false(json_object_get(object, "registered")));
    json_decref(object);
    assert_int_equal(desk_certify_with(desk, "wrong", desk->code, more),
                     EXIT_REFUSED);
    object = json_loads(desk->out, 0, NULL);
    assert_string_equal(json_string_value(json_object_get(object, "error")),
                        "KEY_OPEN");
    json_decref(object);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_start, desk_end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(a_request_becomes_a_certificate_and_a_kit),
        TEST(the_office_chooses_label_contests_and_guests),
        TEST(a_second_run_gives_the_same_certificate_and_a_further_kit),
        TEST(a_second_certificate_of_other_terms_is_refused),
        TEST(without_the_same_code_nothing_is_issued),
        TEST(a_wrong_passphrase_issues_nothing),
        TEST(contests_that_are_not_there_are_refused),
        TEST(a_label_that_is_no_text_is_refused),
        TEST(a_terminal_that_nothing_can_be_sealed_to_gets_nothing),
        TEST(an_altered_request_is_refused_and_named),
        TEST(no_kit_follows_the_last_number),
        TEST(programs_get_an_object),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
