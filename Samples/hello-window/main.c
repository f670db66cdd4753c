/* A window, its procedure and its loop: the smallest program that shows something.
 * Escape or the close button ends it.
 *
 *     cc main.c $(pkg-config --cflags --libs rat) -o hello-window && ./hello-window
 */
#include <rat.h>
#include <stdio.h>

/* Fills the part of a rectangle that lies in the window. */
static void fill(const RatPaint* paint, RatRect rect, uint32_t colour)
{
    for (int32_t y = rect.top; y < rect.bottom && y < paint->height; y++)
        for (int32_t x = rect.left; x < rect.right && x < paint->width; x++)
            paint->pixels[(size_t)y * (paint->stride / 4) + (size_t)x] = colour;
}

static RatResult helloProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    switch (message) {
    case RAT_WM_PAINT: {
        RatPaint paint;
        if (RatBeginPaint(window, &paint) != RAT_IPC_OK) return 0;
        fill(&paint, (RatRect){40, 40, 160, 200}, 0xFFE07A5F);
        fill(&paint, (RatRect){180, 40, 300, 110}, 0xFF81B29A);
        fill(&paint, (RatRect){180, 130, 300, 200}, 0xFFF2CC8F);
        RatEndPaint(window, &paint);
        return 0;
    }
    case RAT_WM_KEYDOWN:
        if (wparam == RAT_VK_ESCAPE) RatDestroyWindow(window);
        return 0;
    case RAT_WM_DESTROY:
        RatPostQuitMessage(0);
        return 0;
    }
    return RatDefWindowProc(window, message, wparam, lparam);
}

int main(void)
{
    RatWindowClass hello = {
        .size = sizeof hello,
        .style = RAT_CS_HREDRAW | RAT_CS_VREDRAW,
        .proc = helloProc,
        .name = "Hello",
        .background = 0xFF3D405B,
    };
    RatWindow window;
    RatMessageQueue queue;
    RatMessage msg;

    RatStatus status = RatRegisterClass(&hello, NULL);
    if (status == RAT_IPC_OK)
        status = RatCreateWindow(0, "Hello", "Hello, Rat", RAT_WS_OVERLAPPEDWINDOW | RAT_WS_VISIBLE,
                                 RAT_CW_USEDEFAULT, 0, 340, 240, RAT_INVALID_HANDLE, NULL, &window);
    if (status == RAT_IPC_OK) status = RatGetThreadMessageQueue(&queue);
    if (status != RAT_IPC_OK) {
        fprintf(stderr, "hello-window: %s\n", RatStatusMessage(status));
        return 1;
    }
    while ((status = RatGetMessage(queue, &msg, -1)) == RAT_IPC_OK) RatDispatchMessage(&msg);
    return status == RAT_IPC_QUIT ? (int)msg.header.wparam : 1;
}
