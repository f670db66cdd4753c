/* The ledger: every message has a record in the memory that all share, which its sender fills in
 * before it goes and its receiver looks up. A message carries the number of its record, its
 * number in its stream, the number of its queue, and a digest of all that and its payload. */
#define _GNU_SOURCE
#include "crash.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

Stage* stage;

uint64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static uint64_t seed = 1;

void seedRandom(uint64_t value)
{
    seed = value * 0x9E3779B97F4A7C15u | 1;
    below(2);
}

static uint64_t scramble(uint64_t value)
{
    value ^= value << 13;
    value ^= value >> 7;
    return value ^ value << 17;
}

uint32_t below(uint32_t count)
{
    seed = scramble(seed);
    return (uint32_t)(((seed >> 32) * count) >> 32);
}

/* -- What went wrong --------------------------------------------------------------------------- */

void complainOf(Fault fault, uint32_t count, const char* format, ...)
{
    enum { MOST_LINES = 20 };
    static const char* const names[FAULTS] = {"lost", "duplicated", "disordered",
                                              "torn", "stuck",      "wrong"};
    atomic_fetch_add(&stage->faults[fault], count);
    if (atomic_fetch_add(&stage->lines[fault], 1) >= MOST_LINES) return;
    char line[512];
    int length = snprintf(line, sizeof line, "crash: %s in round %u: ", names[fault], stage->round);
    va_list arguments;
    va_start(arguments, format);
    length += vsnprintf(line + length, sizeof line - (size_t)length - 1, format, arguments);
    va_end(arguments);
    if (length > (int)sizeof line - 2) length = (int)sizeof line - 2;
    line[length++] = '\n';
    /* At once, so that those of several processes do not mix. */
    if (write(STDERR_FILENO, line, (size_t)length) < 0) return;
}

/* -- Sending ----------------------------------------------------------------------------------- */

/* Where in wparam what stands; records and sequences have 20 bits, eras the rest. */
enum { RECORD_SHIFT = 20, ERA_SHIFT = 40, PART = (1 << 20) - 1 };

/* Which forms keep one order: what one handle sends in one lane arrives in order. */
static const uint8_t lanes[FORMS] = {PLAIN,   URGENT, OPTIONS, REPLACING,
                                     DELAYED, ENDING, REQUEST, REQUEST};

static const int32_t priorities[FORMS] = {[URGENT] = RAT_PRIORITY_HIGHEST,
                                          [ENDING] = RAT_PRIORITY_LOWEST};

static uint64_t digest(const RatMessage* message)
{
    uint64_t sum = scramble(message->header.wparam + ((uint64_t)message->header.message << 32) +
                            message->header.size + 1);
    const unsigned char* bytes = message->payload;
    size_t size = message->header.size;
    for (; size >= 8; size -= 8, bytes += 8) {
        uint64_t word;
        memcpy(&word, bytes, sizeof word);
        sum = (sum << 7 | sum >> 57) ^ word;
        sum *= 0x9E3779B97F4A7C15u;
    }
    for (; size > 0; size--) sum = (sum << 7 | sum >> 57) ^ (*bytes++ + 1u);
    return sum;
}

uint32_t beginStream(uint32_t slot)
{
    /* Nobody takes what would be too much, so the count stays below the room. */
    if (atomic_load(&stage->streamCount) >= MOST_STREAMS - SLOTS) return UINT32_MAX;
    const uint32_t number = atomic_fetch_add(&stage->streamCount, 1);
    stage->streams[number] = (Stream){
        .slot = slot, .life = stage->slots[slot].life, .process = selfProcess};
    return number;
}

/* Makes a message of that number and form, whose payload is good until the next. */
static void fill(RatMessage* out, uint32_t form, uintptr_t number, uint32_t size)
{
    static uint64_t payload[LARGEST_PAYLOAD / 8];
    memset(out, 0, sizeof *out);
    out->header.message = RAT_WM_APP + form;
    out->header.wparam = number;
    out->header.size = size;
    uint64_t word = number + 1;
    for (size_t i = 0; i < (size + 7) / 8; i++) payload[i] = word = scramble(word);
    out->payload = size ? payload : NULL;
    out->header.lparam = (intptr_t)digest(out);
}

bool beginMessage(uint32_t stream, Form form, uint32_t size, RatMessage* out, uint32_t* outRecord)
{
    if (atomic_load(&stage->recordCount) >= MOST_RECORDS - SLOTS) return false;
    const uint32_t number = atomic_fetch_add(&stage->recordCount, 1);
    Record* record = &stage->records[number];
    record->stream = stream;
    record->sequence = ++stage->streams[stream].sequences[lanes[form]];
    record->size = size;
    record->form = (uint8_t)form;
    fill(out, form,
         (uintptr_t)stage->era << ERA_SHIFT | (uintptr_t)number << RECORD_SHIFT | record->sequence,
         size);
    out->header.priority = priorities[form];
    setState(number, UNDER_WAY);
    *outRecord = number;
    return true;
}

void setState(uint32_t record, State state)
{
    atomic_store(&stage->records[record].state, (uint8_t)state);
}

void makeReply(const RatMessage* request, RatMessage* out)
{
    fill(out, FORMS, request->header.wparam, below(20) ? below(201) : below(LARGEST_PAYLOAD + 1));
}

bool isReply(const RatMessage* reply, uintptr_t request)
{
    return reply->header.message == RAT_WM_APP + FORMS && reply->header.wparam == request &&
           (uint64_t)reply->header.lparam == digest(reply);
}

/* -- Receiving --------------------------------------------------------------------------------- */

/* What came last of each stream in each lane, to this process, and of which era that is. */
static uint32_t last[MOST_STREAMS][FORMS], lastEra;

uint32_t examine(const RatMessage* message)
{
    const RatMessageHeader* header = &message->header;
    const uint32_t form = header->message - RAT_WM_APP;
    const uint32_t era = (uint32_t)(header->wparam >> ERA_SHIFT);
    const uint32_t number = header->wparam >> RECORD_SHIFT & PART, sequence = header->wparam & PART;
    if (form >= FORMS || (uint64_t)header->lparam != digest(message)) {
        complain(TORN, "message %u of %u bytes does not have its digest", header->message,
                 header->size);
        return UINT32_MAX;
    }
    if (era != stage->era) {
        complain(WRONG, "a message of queue %u came to queue %u", era, stage->era);
        return UINT32_MAX;
    }
    const Record* record = &stage->records[number];
    if (number >= stage->recordCount || record->form != form || record->sequence != sequence ||
        record->size != header->size || header->priority != priorities[form]) {
        complain(TORN, "message %u of form %u is not as its record has it", number, form);
        return UINT32_MAX;
    }
    return number;
}

/* The system says who sent a message: to the owner the process that did, to others the owner. */
static void checkSender(const RatMessage* message, const Record* record)
{
    const bool isOwner = selfProcess == stage->ownersProcess;
    const pid_t expected = isOwner ? stage->streams[record->stream].process : stage->ownersProcess;
    uint32_t process = 0;
    const RatIpcStatus status = RatGetMessageSender(message, &process, NULL);
    if (status != RAT_IPC_OK) refuse("RatGetMessageSender", status);
    else if (process != (uint32_t)expected)
        complain(WRONG, "a message of process %d is said to be of %u", (int)expected, process);
}

uint32_t receive(const RatMessage* message)
{
    const uint32_t number = examine(message);
    if (number == UINT32_MAX) return number;
    checkSender(message, &stage->records[number]);
    if (lastEra != stage->era) memset(last, 0, sizeof last);
    lastEra = stage->era;
    Record* record = &stage->records[number];
    if (record->form != DELAYED) {
        uint32_t* before = &last[record->stream][lanes[record->form]];
        /* A second copy is counted as such. */
        if (record->sequence < *before)
            complain(DISORDERED, "of stream %u form %u number %u came after %u", record->stream,
                     record->form, record->sequence, *before);
        else *before = record->sequence;
    }
    atomic_fetch_add(&record->arrivals, 1);
    return number;
}

/* -- Accounts ---------------------------------------------------------------------------------- */

static bool isMissing(const Record* record)
{
    return record->state == ACCEPTED && record->arrivals == 0;
}

Balance balance(void)
{
    /* The greatest number of those that could replace earlier ones, by stream. */
    static uint32_t newest[MOST_STREAMS];
    Balance sum = {0};
    memset(newest, 0, sizeof newest);
    for (uint32_t i = stage->recordCount; i-- > 0;) {
        const Record* record = &stage->records[i];
        const bool isOfQueue = isPosted(record->form);
        const State state = (State)record->state;
        sum.accepted += state == ACCEPTED || state == CANCELLED;
        sum.arrivals += record->arrivals;
        if (record->arrivals > 1) sum.duplicated += record->arrivals - 1u;
        sum.unwanted += (state == REFUSED || state == CANCELLED) && record->arrivals > 0;
        if (!isOfQueue) {
            sum.unheard += isMissing(record);
            continue;
        }
        sum.posted += state == ACCEPTED || state == CANCELLED;
        sum.unsure += state == UNDER_WAY || state == DOUBTFUL;
        sum.cancelled += state == CANCELLED;
        sum.retrieved += record->arrivals;
        if (isMissing(record)) {
            sum.missing++;
            sum.replaceable +=
                record->form == REPLACING && newest[record->stream] > record->sequence;
        }
        if (record->form == REPLACING && state != REFUSED && newest[record->stream] == 0)
            newest[record->stream] = record->sequence;
    }
    return sum;
}

static uint32_t excess(uint32_t count, uint64_t most)
{
    return count > most ? (uint32_t)(count - most) : 0;
}

uint32_t missingOf(const Balance* sum, const RatQueueInfo* book)
{
    const uint64_t taken = book->retrieved > sum->retrieved ? book->retrieved - sum->retrieved : 0;
    const uint32_t firm = excess(sum->missing - sum->replaceable, taken);
    const uint32_t all = excess(sum->missing, taken + book->replaced);
    return (firm > all ? firm : all) + sum->unheard;
}

void nameMissing(void)
{
    enum { MOST_NAMED = 5 };
    int named = 0;
    for (uint32_t i = 0; i < stage->recordCount && named < MOST_NAMED; i++) {
        const Record* record = &stage->records[i];
        if (!isMissing(record) || record->form == REPLACING) continue;
        const Stream* stream = &stage->streams[record->stream];
        fprintf(stderr, "    stream %u of worker %u, life %u: form %u number %u, %u bytes\n",
                record->stream, stream->slot, stream->life, record->form, record->sequence,
                record->size);
        named++;
    }
}
