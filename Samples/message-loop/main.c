/* The message loop of the specification's first example, as a program: one thread posts messages,
 * another runs the loop. Needs no window and no display.
 *
 *     cc main.c $(pkg-config --cflags --libs rat) -o message-loop && ./message-loop
 */
#include <pthread.h>
#include <rat.h>
#include <stdio.h>

enum { ADD = 1, PRINT = 2, STOP = 3 };

/* Runs the loop until it is told to stop. */
static void* receive(void* context)
{
    RatMessageQueue mq = *(RatMessageQueue*)context;

    for (;;) {
        RatMessage msg;
        if (RatGetMessage(mq, &msg, -1) != RAT_IPC_OK) break;
        switch (msg.header.message) {
        case ADD:
            printf("%d and %d make %d\n", (int)msg.header.wparam, (int)msg.header.lparam,
                   (int)msg.header.wparam + (int)msg.header.lparam);
            break;
        case PRINT:
            /* The payload is the library's, and is readable until the next retrieval. */
            printf("\"%s\", %u bytes\n", (const char*)msg.payload, (unsigned)msg.header.size);
            break;
        case STOP:
            return NULL;
        }
    }
    return NULL;
}

static int failed(const char* what, RatIpcStatus status)
{
    fprintf(stderr, "%s: %s: %s\n", what, RatStatusName(status), RatStatusMessage(status));
    return 1;
}

int main(void)
{
    RatMessageQueue mq;
    RatIpcStatus status = RatCreateMessageQueue(256, &mq);
    if (status != RAT_IPC_OK) return failed("RatCreateMessageQueue", status);

    pthread_t receiver;
    if (pthread_create(&receiver, NULL, receive, &mq) != 0) return 1;

    char text[] = "a payload is copied when it is posted";
    const RatMessage messages[] = {
        {.header = {.message = ADD, .wparam = 40, .lparam = 2}},
        {.header = {.message = PRINT, .size = sizeof text}, .payload = text},
        {.header = {.message = STOP}},
    };
    for (size_t i = 0; i < sizeof messages / sizeof messages[0]; i++) {
        status = RatPostMessage(mq, &messages[i]);
        if (status != RAT_IPC_OK) return failed("RatPostMessage", status);
    }

    pthread_join(receiver, NULL);
    RatCloseMessageQueue(mq);
    return 0;
}
