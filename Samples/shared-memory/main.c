/* The specification's second example as a program: a sender puts a large payload into shared memory
 * and posts its handle, a receiver maps it and checks what arrived. Needs no window and no display.
 *
 *     cc main.c $(pkg-config --cflags --libs rat) -o shared-memory && ./shared-memory
 *
 * Sender and receiver are threads of one process. A handle is a number that means something within
 * one process only: wparam is handed on as it is, and another process would be told
 * RAT_IPC_ERR_INVALID_HANDLE. Between processes the name travels instead, in the payload of a
 * message or by agreement, and the receiver calls RatOpenSharedMemory("/rat_large", &shm).
 */
#include <pthread.h>
#include <rat.h>
#include <stdio.h>

/* What stands at a place of the payload. */
static unsigned char expected(size_t place)
{
    return (unsigned char)(place * 31 + place / 251);
}

static int failed(const char* what, RatIpcStatus status)
{
    fprintf(stderr, "%s: %s: %s\n", what, RatStatusName(status), RatStatusMessage(status));
    return 1;
}

static void* sendLarge(void* context)
{
    RatMessageQueue targetQueue = *(RatMessageQueue*)context;

    /* Sender */
    RatSharedMemory shm; void* addr; size_t size = 1 << 20;
    RatIpcStatus status = RatCreateSharedMemory("/rat_large", size, &shm);
    if (status == RAT_IPC_OK) status = RatMapSharedMemory(shm, &addr, &size);
    if (status != RAT_IPC_OK) {
        failed("The sender", status);
        RatCloseSharedMemory(shm);
        RatMessage quit = { .header = { .message = 101 } };
        RatPostMessage(targetQueue, &quit);
        return NULL;
    }
    for (size_t i = 0; i < size; i++) ((unsigned char*)addr)[i] = expected(i);
    RatMessage msg = { .header = { .message = 100, .wparam = (uintptr_t)shm, .lparam = 0,
                                   .size = 0 }, .payload = NULL };
    /* The example closes its handle when it has posted; the receiver, which uses the same one,
     * needs a reference of its own. */
    RatRetainHandle(shm);
    RatPostMessage(targetQueue, &msg);
    RatUnmapSharedMemory(addr, size);
    RatCloseSharedMemory(shm);
    return NULL;
}

static int receive(RatMessageQueue queue)
{
    RatMessage msg;
    RatIpcStatus status = RatGetMessage(queue, &msg, -1);
    if (status != RAT_IPC_OK) return failed("RatGetMessage", status);
    if (msg.header.message != 100) return 1;

    RatSharedMemory shm = (RatSharedMemory)msg.header.wparam;
    void* addr;
    size_t size;
    status = RatMapSharedMemory(shm, &addr, &size);
    if (status != RAT_IPC_OK) return failed("RatMapSharedMemory", status);
    RatCloseSharedMemory(shm); /* the mapping stays */

    size_t wrong = 0;
    for (size_t i = 0; i < size; i++) wrong += ((unsigned char*)addr)[i] != expected(i);
    printf("%zu bytes arrived, %zu of them wrong\n", size, wrong);
    RatUnmapSharedMemory(addr, size);

    /* The memory would stay for others to open, until the machine restarts. */
    status = RatUnlinkSharedMemory("/rat_large");
    if (status != RAT_IPC_OK) return failed("RatUnlinkSharedMemory", status);
    return size == 1 << 20 && wrong == 0 ? 0 : 1;
}

int main(void)
{
    /* What a run that was interrupted may have left. */
    RatUnlinkSharedMemory("/rat_large");

    RatMessageQueue queue;
    RatIpcStatus status = RatCreateMessageQueue(256, &queue);
    if (status != RAT_IPC_OK) return failed("RatCreateMessageQueue", status);

    pthread_t sender;
    if (pthread_create(&sender, NULL, sendLarge, &queue) != 0) return 1;
    int result = receive(queue);
    pthread_join(sender, NULL);
    RatCloseMessageQueue(queue);
    return result;
}
