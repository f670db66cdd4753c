// The interface as C++17 sees it: compiled, linked and run.
#include <rat.h>

#include <cstdio>

namespace {

int messages = 0;

RatResult proc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    messages++;
    if (message == RAT_WM_DESTROY) RatPostQuitMessage(5);
    return RatDefWindowProc(window, message, wparam, lparam);
}

int failed(const char* what)
{
    std::fprintf(stderr, "smoke: %s\n", what);
    return 1;
}

} // namespace

int main()
{
    if (RatAttachDisplay("headless") != RAT_IPC_OK) return failed("no headless display");
    RatWindowClass windowClass{};
    windowClass.size = sizeof windowClass;
    windowClass.proc = proc;
    windowClass.name = "Smoke";
    RatWindow window = RAT_INVALID_HANDLE;
    if (RatRegisterClass(&windowClass, nullptr) != RAT_IPC_OK) return failed("no class");
    if (RatCreateWindow(0, "Smoke", "Smoke", RAT_WS_OVERLAPPEDWINDOW | RAT_WS_VISIBLE,
                        RAT_CW_USEDEFAULT, 0, 200, 100, RAT_INVALID_HANDLE, nullptr,
                        &window) != RAT_IPC_OK)
        return failed("no window");

    RatMessage close{};
    close.header.message = RAT_WM_CLOSE;
    if (RatPostMessage(window, &close) != RAT_IPC_OK) return failed("not posted");
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    if (RatGetThreadMessageQueue(&queue) != RAT_IPC_OK) return failed("no queue");
    RatMessage message{};
    RatIpcStatus status;
    while ((status = RatGetMessage(queue, &message, 10000)) == RAT_IPC_OK)
        RatDispatchMessage(&message);
    if (status != RAT_IPC_QUIT || message.header.wparam != 5) return failed("no quit");
    return messages > 3 ? 0 : failed("too few messages");
}
