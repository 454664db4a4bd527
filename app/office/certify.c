/* SPDX-License-Identifier: Apache-2.0 */
/* See certify.h. */
#include "certify.h"

#include <stdlib.h>
#include <string.h>

#include "blame.h"
#include "bytes.h"
#include "file.h"

static enum aula_code load(struct certify *certify,
                           const struct desk_election *election,
                           const char *path, struct aula_error *err)
{
    uint8_t tid[TERMINAL_ID_BYTES];
    enum aula_code code = file_read(&certify->bytes, &certify->size, path,
                                    REQUEST_BYTES_MAX, err);

    if (code != AULA_OK) {
        return code;
    }
    code = request_check(&certify->request, certify->bytes, certify->size, err);
    if (code != AULA_OK) {
        return blame_file(err, code, path);
    }
    request_hash(certify->hash, certify->bytes, certify->size);
    terminal_id(tid, certify->request.key);
    return desk_election_terminal(&certify->there, election, tid, err);
}

enum aula_code certify_open(struct certify **certify,
                            const struct desk_election *election,
                            const char *path, struct aula_error *err)
{
    struct certify *made = calloc(1, sizeof *made);
    enum aula_code code;

    if (made == NULL) {
        return aula_fail(err, AULA_MEMORY, "no memory");
    }
    code = load(made, election, path, err);
    if (code != AULA_OK) {
        certify_close(made);
        return code;
    }
    *certify = made;
    return AULA_OK;
}

void certify_close(struct certify *certify)
{
    if (certify != NULL) {
        desk_terminal_close(&certify->there);
        free(certify->bytes);
        free(certify);
    }
}

bool certify_is_known(const struct certify *certify)
{
    return certify->there.bytes != NULL;
}

static void take_contests(struct contest_list *list,
                          const struct certificate *certificate)
{
    list->count = certificate->count;
    for (size_t i = 0; i < list->count; i++) {
        list->numbers[i] = get_le16(certificate->contests + 2 * i);
    }
}

static bool are_same(const struct contest_list *a, const struct contest_list *b)
{
    return a->count == b->count &&
           memcmp(a->numbers, b->numbers, a->count * sizeof a->numbers[0]) == 0;
}

/* What was asked for must be what the terminal has. */
static enum aula_code compare(const struct certify_terms *wanted,
                              const struct certify_terms *there, bool has_label,
                              bool has_contests, struct aula_error *err)
{
    if (has_label &&
        (wanted->label_size != there->label_size ||
         memcmp(wanted->label, there->label, there->label_size) != 0)) {
        return aula_fail(err, AULA_STATE,
                         "this terminal has a certificate of another label; "
                         "there is only one for a terminal");
    }
    if (has_contests && !are_same(&wanted->contests, &there->contests)) {
        return aula_fail(err, AULA_STATE,
                         "this terminal has a certificate for other contests; "
                         "there is only one for a terminal");
    }
    return AULA_OK;
}

enum aula_code certify_agree(struct certify_terms *terms,
                             const struct certify *certify,
                             const struct desk_election *election,
                             const char *label, const char *contests,
                             struct aula_error *err)
{
    const struct package_text *usual = certify_is_known(certify)
                                           ? &certify->there.certificate.label
                                           : &certify->request.label;
    struct certify_terms there = {.label = usual->text,
                                  .label_size = usual->size};
    struct certify_terms wanted;
    enum aula_code code = AULA_OK;

    if (certify_is_known(certify)) {
        take_contests(&there.contests, &certify->there.certificate);
    } else {
        contest_list_all(&there.contests, &election->package);
    }
    wanted = there;
    if (label != NULL) {
        wanted.label = label;
        wanted.label_size = strlen(label);
    }
    if (contests != NULL) {
        code = contest_list_read(&wanted.contests, &election->package, contests,
                                 err);
    }
    if (code == AULA_OK && certify_is_known(certify)) {
        code = compare(&wanted, &there, label != NULL, contests != NULL, err);
    }
    if (code == AULA_OK) {
        *terms = wanted;
    }
    return code;
}

/* The certificate that is there, or a new one. */
static enum aula_code draw_certificate(struct certify_answer *answer,
                                       const struct certify *certify,
                                       const struct desk_election *election,
                                       const struct certify_terms *terms,
                                       const uint8_t *office,
                                       struct aula_error *err)
{
    if (certify_is_known(certify)) {
        memcpy(answer->certificate, certify->there.bytes, certify->there.size);
        answer->size = certify->there.size;
        return AULA_OK;
    }
    if (terms->label_size > CERTIFICATE_LABEL_MAX) {
        return aula_fail(err, AULA_BAD_FIELD,
                         "the label has more than %d bytes",
                         CERTIFICATE_LABEL_MAX);
    }
    answer->size = CERTIFICATE_BYTES(terms->label_size, terms->contests.count);
    return certificate_make(answer->certificate, &election->package, office,
                            certify->request.key, terms->label,
                            terms->label_size, terms->contests.numbers,
                            terms->contests.count, err);
}

static enum aula_code draw_kit(struct certify_answer *answer,
                               const struct certify *certify,
                               const struct desk_election *election,
                               const struct certify_terms *terms,
                               const uint8_t *office, const uint8_t *tag_key,
                               struct aula_error *err)
{
    struct kit kit = {certify->there.kit.number, terms->has_guests};

    if (kit.number == UINT32_MAX) {
        return aula_fail(err, AULA_BAD_FIELD,
                         "there is no further number for a kit");
    }
    kit.number++;
    answer->number = kit.number;
    memcpy(answer->tid, certify->there.tid, sizeof answer->tid);
    return kit_make(answer->kit, &election->package, office, answer->tid,
                    certify->request.transport, &kit, tag_key, err);
}

enum aula_code certify_issue(struct certify_answer *answer,
                             const struct certify *certify,
                             const struct desk_election *election,
                             const struct certify_terms *terms,
                             const uint8_t office[static SIGN_SECRET_BYTES],
                             const uint8_t tag_key[static TAG_KEY_BYTES],
                             struct aula_error *err)
{
    struct certify_answer made = {.size = 0};
    enum aula_code code = draw_certificate(&made, certify, election, terms,
                                           office, err);

    if (code == AULA_OK) {
        code = draw_kit(&made, certify, election, terms, office, tag_key, err);
    }
    if (code == AULA_OK) {
        code = desk_election_issue(election, made.certificate, made.size,
                                   made.kit, err);
    }
    if (code == AULA_OK) {
        *answer = made;
    }
    return code;
}
