/* Side names: queues that any worker creates, opens, uses and unlinks. At most one of those who
 * live has a name, as long as nobody unlinks it. */
#define _GNU_SOURCE
#include "crash.h"

#include <stdio.h>

static RatMessageQueue held[SIDE_NAMES];

static const char* sideName(uint32_t number)
{
    static const char* const names[SIDE_NAMES] = {"side-0", "side-1", "side-2", "side-3"};
    return names[number];
}

/* Who holds a name, as the stage says it; 0 is nobody. */
static uint64_t holder(void)
{
    return ((uint64_t)self->life << 8 | selfNumber) + 1;
}

/* Whether it lives, and nobody is about to kill it. */
static bool isAlive(uint64_t holder)
{
    const Slot* slot = &stage->slots[(holder - 1) & 0xFF];
    return slot->life == (holder - 1) >> 8 && !atomic_load(&slot->isCondemned);
}

static RatIpcStatus create(uint32_t number)
{
    enter(CREATING);
    atomic_store(&self->hasCreated, true);
    const RatIpcStatus status = RatCreateNamedMessageQueue(sideName(number), 4, &held[number]);
    if (status != RAT_IPC_OK || number >= KEPT_SIDE_NAMES) return status;
    const uint64_t before = atomic_exchange(&stage->holders[number], holder());
    if (before != 0 && isAlive(before)) complain(WRONG, "%s has two owners", sideName(number));
    return status;
}

static void give(uint32_t number)
{
    uint64_t expected = holder();
    /* Before the name is free. */
    if (number < KEPT_SIDE_NAMES)
        atomic_compare_exchange_strong(&stage->holders[number], &expected, 0);
    enter(CLOSING);
    const RatIpcStatus status = RatCloseMessageQueue(held[number]);
    if (status != RAT_IPC_OK) refuse("RatCloseMessageQueue of a side name", status);
    held[number] = RAT_INVALID_HANDLE;
}

static void createOrGive(uint32_t number)
{
    if (held[number] != RAT_INVALID_HANDLE) {
        give(number);
        return;
    }
    const RatIpcStatus status = create(number);
    if (status != RAT_IPC_OK && status != RAT_IPC_ERR_ALREADY_EXISTS)
        refuse("RatCreateNamedMessageQueue of a side name", status);
}

/* Opens a queue, which may end at any moment, and uses it. */
static void look(uint32_t number)
{
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    enter(OPENING);
    RatIpcStatus status = RatOpenNamedMessageQueue(sideName(number), &queue);
    if (status != RAT_IPC_OK) {
        if (status != RAT_IPC_ERR_NOT_FOUND)
            refuse("RatOpenNamedMessageQueue of a side name", status);
        return;
    }
    RatMessage message = {.header = {.message = RAT_WM_APP}};
    enter(POSTING);
    status = RatPostMessage(queue, &message);
    if (status != RAT_IPC_OK && status != RAT_IPC_ERR_NO_RESOURCES &&
        status != RAT_IPC_ERR_NOT_CONNECTED)
        refuse("RatPostMessage to a side name", status);
    enter(TAKING);
    status = RatGetMessage(queue, &message, 0);
    if (status != RAT_IPC_OK && status != RAT_IPC_ERR_TIMEOUT &&
        status != RAT_IPC_ERR_NOT_CONNECTED)
        refuse("RatGetMessage of a side name", status);
    enter(CLOSING);
    status = RatCloseMessageQueue(queue);
    if (status != RAT_IPC_OK) refuse("RatCloseMessageQueue of an opened side name", status);
}

static void unlinkIt(uint32_t number)
{
    if (number < KEPT_SIDE_NAMES) return;
    enter(UNLINKING);
    const RatIpcStatus status = RatUnlinkMessageQueue(sideName(number));
    if (status != RAT_IPC_OK && status != RAT_IPC_ERR_NOT_FOUND)
        refuse("RatUnlinkMessageQueue", status);
}

void useSideNames(void)
{
    const uint32_t number = below(SIDE_NAMES);
    switch (below(5)) {
    case 0: unlinkIt(number); break;
    case 1:
    case 2: look(number); break;
    default: createOrGive(number); break;
    }
}

void closeSideNames(void)
{
    for (uint32_t i = 0; i < SIDE_NAMES; i++)
        if (held[i] != RAT_INVALID_HANDLE) give(i);
}

int64_t probeSideNames(void)
{
    int64_t made = 0;
    for (uint32_t i = 0; i < SIDE_NAMES; i++) {
        RatIpcStatus status = create(i);
        if (status != RAT_IPC_OK) {
            refuse("RatCreateNamedMessageQueue of a name that nobody has", status);
            continue;
        }
        RatMessageQueue again = RAT_INVALID_HANDLE;
        enter(OPENING);
        status = RatOpenNamedMessageQueue(sideName(i), &again);
        if (status != RAT_IPC_OK) refuse("RatOpenNamedMessageQueue of the own queue", status);
        else if (again != held[i]) complain(WRONG, "%s led to another queue", sideName(i));
        else RatCloseMessageQueue(again);
        give(i);
        status = RatOpenNamedMessageQueue(sideName(i), &again);
        if (status != RAT_IPC_ERR_NOT_FOUND)
            refuse("RatOpenNamedMessageQueue after the end", status);
        made++;
    }
    return made;
}
