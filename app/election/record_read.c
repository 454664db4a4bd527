/* SPDX-License-Identifier: Apache-2.0 */
/* Checks 1 to 9 of CHECK_RECORD (PROTOCOL.md section 9), in its order: the
 * contest comes before the length, since the length depends on it. */
#include <string.h>

#include "record_parts.h"
#include "witness.h"

enum {
    AT_KIND = 5,
    AT_CONTEST = 6,
    AT_EID = 8,
    AT_TID = 24,
    AT_SEQ = 40,
    AT_TIME = 48,
    AT_PREV = 56,
    AT_BODY = RECORD_HEAD_BYTES
};

const struct object_form record_form = {"record", "AULR", RECORD_HEAD_BYTES,
                                        RECORD_BYTES_MAX};

void record_hash_signed(struct hash *h, const struct package *package,
                        const uint8_t *bytes, size_t size)
{
    hash_start(h, HASH_WIDE_BYTES, "sig-record");
    hash_field(h, package->hash, sizeof package->hash);
    hash_field(h, bytes, size);
}

bool record_is_event(uint16_t event, uint64_t value)
{
    switch ((enum record_event)event) {
    case RECORD_STARTED:
    case RECORD_RECOVERED:
    case RECORD_UNLOCKED:
    case RECORD_LOCKED_OUT:
    case RECORD_PAUSED:
    case RECORD_RESUMED:
    case RECORD_EARLY_CLOSE:
    case RECORD_REOPENED:
        return value == 0;
    case RECORD_EXPORTED:
        return value >= 1 && value <= UINT32_MAX;
    case RECORD_CLOCK_CHANGED:
    case RECORD_FAULT:
        return true;
    case RECORD_SETUP_CHANGED:
        return value <= UINT32_MAX;
    }
    return false;
}

static bool is_ballot(enum record_kind kind)
{
    return kind == RECORD_CAST || kind == RECORD_CHALLENGED;
}

/* Checks 2 to 4. */
static enum aula_code read_head(struct record *record,
                                const struct package *package,
                                const uint8_t *bytes)
{
    if (bytes[AT_KIND] < RECORD_CAST || bytes[AT_KIND] > RECORD_EVENT) {
        return AULA_REC_KIND;
    }
    if (memcmp(bytes + AT_EID, package->hash, PACKAGE_ID_BYTES) != 0) {
        return AULA_WRONG_ELECTION;
    }
    record->kind = (enum record_kind)bytes[AT_KIND];
    record->contest = get_le16(bytes + AT_CONTEST);
    if (is_ballot(record->kind) ? record->contest >= package->contest_count
                                : record->contest != RECORD_NO_CONTEST) {
        return AULA_REC_CONTEST;
    }
    record->tid = bytes + AT_TID;
    record->seq = get_le64(bytes + AT_SEQ);
    record->time = get_le64(bytes + AT_TIME);
    record->prev = bytes + AT_PREV;
    return AULA_OK;
}

/* Check 5: how long it has to be; a ballot's parts follow from that. */
static size_t wanted_size(struct record *record, const struct package *package)
{
    const struct plaintext_rule *rule = NULL;

    switch (record->kind) {
    case RECORD_CAST:
    case RECORD_CHALLENGED:
        break;
    case RECORD_OPENED:
        return RECORD_OPENED_BYTES;
    case RECORD_CLOSED:
        return RECORD_CLOSED_BYTES;
    case RECORD_EVENT:
        return RECORD_EVENT_BYTES;
    }
    rule = &package->contests[record->contest].rule;
    record->width = plaintext_width(rule);
    if (record->kind == RECORD_CHALLENGED) {
        record->plaintext_size = plaintext_size(rule);
    }
    return RECORD_CHALLENGED_BYTES(record->width, record->plaintext_size);
}

static void read_ballot(struct record *record, const uint8_t *body)
{
    record->voter = body;
    record->nonce = body + TAG_BYTES;
    record->ciphertext = record->nonce + TAG_NONCE_BYTES;
    record->proof = record->ciphertext + BALLOT_CIPHERTEXT_BYTES(record->width);
    if (record->kind == RECORD_CHALLENGED) {
        record->plaintext = record->proof + BALLOT_PROOF_BYTES(record->width);
    }
}

/* Check 6, second half. */
static enum aula_code read_event(struct record *record, const uint8_t *body)
{
    uint16_t event = get_le16(body);
    uint64_t value = get_le64(body + 4);

    if (get_le16(body + 2) != 0 || !record_is_event(event, value)) {
        return AULA_BAD_FIELD;
    }
    record->event = (enum record_event)event;
    record->value = value;
    return AULA_OK;
}

static enum aula_code read_body(struct record *record, const uint8_t *body)
{
    switch (record->kind) {
    case RECORD_CAST:
    case RECORD_CHALLENGED:
        read_ballot(record, body);
        return AULA_OK;
    case RECORD_OPENED:
        record->digest = body;
        return AULA_OK;
    case RECORD_CLOSED:
        record->counts =
            (struct record_counts){get_le32(body), get_le32(body + 4),
                                   get_le32(body + 8), get_le32(body + 12)};
        return AULA_OK;
    case RECORD_EVENT:
        break;
    }
    return read_event(record, body);
}

enum aula_code record_read(struct record *record, const struct package *package,
                           const uint8_t *bytes, size_t size)
{
    struct record made = {.bytes = bytes, .size = size};
    size_t wanted;
    enum aula_code code = object_check_head(&record_form, bytes, size, NULL);

    if (code == AULA_OK) {
        code = read_head(&made, package, bytes);
    }
    if (code != AULA_OK) {
        return code;
    }
    wanted = wanted_size(&made, package);
    if (size != wanted) {
        return size < wanted ? AULA_TRUNCATED : AULA_TRAILING_BYTES;
    }
    if (made.seq < 1 || made.seq > RECORD_SEQ_MAX) {
        return AULA_REC_SEQ;
    }
    code = read_body(&made, bytes + AT_BODY);
    if (code == AULA_OK) {
        *record = made;
    }
    return code;
}

enum aula_code
record_check_signature(const struct record *record,
                       const struct package *package,
                       const uint8_t key[static SIGN_PUBLIC_BYTES])
{
    uint8_t first[HASH_BYTES];
    struct hash h;

    record_hash_signed(&h, package, record->bytes, record->size - SIGN_BYTES);
    if (sign_check(&h, record->bytes + record->size - SIGN_BYTES, key) !=
        AULA_OK) {
        return AULA_SIG_INVALID;
    }
    if (record->seq == 1) {
        witness_chain_start(first, package->hash, record->tid);
        if (memcmp(first, record->prev, sizeof first) != 0) {
            return AULA_CHAIN_START;
        }
    }
    return AULA_OK;
}
