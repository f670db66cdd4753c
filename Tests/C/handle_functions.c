/* Every function that takes a handle, in a table. */
#define _GNU_SOURCE
#include "handle_functions.h"

#include "sync_support.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Each called with everything else in order. */
static RatIpcStatus retain(RatHandle h) { return RatRetainHandle(h); }
static RatIpcStatus closeAny(RatHandle h) { return RatCloseHandle(h); }
static RatIpcStatus setEvent(RatHandle h) { return RatSetEvent(h); }
static RatIpcStatus resetEvent(RatHandle h) { return RatResetEvent(h); }
static RatIpcStatus closeEvent(RatHandle h) { return RatCloseEvent(h); }
static RatIpcStatus releaseMutex(RatHandle h) { return RatReleaseMutex(h); }
static RatIpcStatus closeMutex(RatHandle h) { return RatCloseMutex(h); }
static RatIpcStatus releaseSemaphore(RatHandle h) { return RatReleaseSemaphore(h, 1, NULL); }
static RatIpcStatus closeSemaphore(RatHandle h) { return RatCloseSemaphore(h); }
static RatIpcStatus setWaitableTimer(RatHandle h) { return RatSetWaitableTimer(h, 1, 1); }
static RatIpcStatus cancelWaitableTimer(RatHandle h) { return RatCancelWaitableTimer(h); }
static RatIpcStatus closeWaitableTimer(RatHandle h) { return RatCloseWaitableTimer(h); }
static RatIpcStatus joinThread(RatHandle h) { return RatJoinThread(h, 0, NULL); }
static RatIpcStatus closeThread(RatHandle h) { return RatCloseThread(h); }
static RatIpcStatus processExitCode(RatHandle h)
{
    int32_t code;
    return RatGetProcessExitCode(h, &code);
}
static RatIpcStatus closeProcess(RatHandle h) { return RatCloseProcess(h); }
static RatIpcStatus closeQueue(RatHandle h) { return RatCloseMessageQueue(h); }
static RatIpcStatus post(RatHandle h)
{
    RatMessage msg = plain(RAT_WM_APP);
    return RatPostMessage(h, &msg);
}
static RatIpcStatus get(RatHandle h)
{
    RatMessage msg;
    return RatGetMessage(h, &msg, 0);
}
static RatIpcStatus sendMessage(RatHandle h)
{
    RatMessage msg = plain(RAT_WM_APP);
    return RatSendMessage(h, &msg, NULL, 0);
}
static RatIpcStatus sendMessageEx(RatHandle h)
{
    RatMessage msg = plain(RAT_WM_APP);
    return RatSendMessageEx(h, &msg, NULL, 0, RAT_SMTO_BLOCK);
}
static RatIpcStatus sendNotify(RatHandle h)
{
    RatMessage msg = plain(RAT_WM_APP);
    return RatSendNotifyMessage(h, &msg);
}
static void ignoreReply(RatHandle target, uint32_t message, void* context, RatIpcStatus status,
                        const RatMessage* reply)
{
    (void)target, (void)message, (void)context, (void)status, (void)reply;
}
static RatIpcStatus sendCallback(RatHandle h)
{
    RatMessage msg = plain(RAT_WM_APP);
    return RatSendMessageCallback(h, &msg, ignoreReply, NULL);
}
static RatIpcStatus peek(RatHandle h)
{
    RatMessage msg;
    return RatPeekMessage(h, &msg);
}
static RatIpcStatus postEx(RatHandle h)
{
    RatMessage msg = plain(RAT_WM_APP);
    return RatPostMessageEx(h, &msg, NULL, NULL);
}
static RatIpcStatus cancelMessage(RatHandle h)
{
    RatIpcStatus status = RatCancelMessage(h, 1);
    return status == RAT_IPC_ERR_NOT_FOUND ? RAT_IPC_OK : status;
}
static RatIpcStatus getEx(RatHandle h)
{
    RatMessage msg;
    return RatGetMessageEx(h, &msg, NULL, 0);
}
static RatIpcStatus getInto(RatHandle h)
{
    RatMessage msg;
    return RatGetMessageInto(h, &msg, NULL, 0, NULL, 0);
}
static RatIpcStatus peekEx(RatHandle h)
{
    RatMessage msg;
    return RatPeekMessageEx(h, &msg, NULL, RAT_PM_REMOVE);
}
static RatIpcStatus getOfTarget(RatHandle h)
{
    if (h == RAT_THREAD_MESSAGES) return RAT_IPC_ERR_INVALID_HANDLE; /* no handle, but no error */
    RatMessageFilter filter = {.size = sizeof filter, .target = h};
    RatMessage msg;
    RatIpcStatus status = RatGetMessageEx(threadQueue(), &msg, &filter, 0);
    return status == RAT_IPC_ERR_TIMEOUT ? RAT_IPC_OK : status;
}
static RatIpcStatus queueInfo(RatHandle h)
{
    RatQueueInfo info = {.size = sizeof info};
    return RatGetQueueInfo(h, &info);
}
static RatIpcStatus setProc(RatHandle h) { return RatSetMessageProc(h, NULL, NULL); }
static RatIpcStatus waitOne(RatHandle h)
{
    return RatWaitForObject(h, 0) == RAT_WAIT_FAILED ? RAT_IPC_ERR_INVALID_HANDLE : RAT_IPC_OK;
}
static RatIpcStatus waitMany(RatHandle h)
{
    size_t index = 99;
    RatWaitResult result = RatWaitForMultipleObjects(&h, 1, false, 0, &index);
    if (result != RAT_WAIT_FAILED) return RAT_IPC_OK;
    CHECK_EQ(index, 0);
    return RAT_IPC_ERR_INVALID_HANDLE;
}
static RatIpcStatus waitAll(RatHandle h)
{
    return RatWaitForMultipleObjects(&h, 1, true, 0, NULL) == RAT_WAIT_FAILED
               ? RAT_IPC_ERR_INVALID_HANDLE
               : RAT_IPC_OK;
}
static RatIpcStatus getParent(RatHandle h)
{
    RatWindow found;
    return RatGetParent(h, &found);
}
static RatIpcStatus setParent(RatHandle h) { return RatSetParent(h, RAT_INVALID_HANDLE, NULL); }
static RatIpcStatus getAncestor(RatHandle h)
{
    RatWindow found;
    return RatGetAncestor(h, RAT_GA_ROOT, &found);
}
static RatIpcStatus getRelative(RatHandle h)
{
    RatWindow found;
    return RatGetWindow(h, RAT_GW_CHILD, &found);
}
static RatIpcStatus getChildById(RatHandle h)
{
    RatWindow found;
    RatIpcStatus status = RatGetChildById(h, 1234, &found);
    return status == RAT_IPC_ERR_NOT_FOUND ? RAT_IPC_OK : status;
}
static RatIpcStatus getWindowThread(RatHandle h)
{
    RatMessageQueue found;
    return RatGetWindowThread(h, &found);
}
static bool goOn(RatWindow window, intptr_t param)
{
    (void)window;
    (void)param;
    return true;
}
static RatIpcStatus enumThread(RatHandle h) { return RatEnumThreadWindows(h, goOn, 0); }
static RatIpcStatus enumChildren(RatHandle h) { return RatEnumChildWindows(h, goOn, 0); }
static RatIpcStatus findIn(RatHandle h)
{
    RatWindow found;
    RatIpcStatus status = RatFindWindowEx(h, RAT_INVALID_HANDLE, NULL, "none such", &found);
    return status == RAT_IPC_ERR_NOT_FOUND ? RAT_IPC_OK : status;
}
static RatIpcStatus getClassName(RatHandle h)
{
    char name[64];
    size_t size;
    return RatGetClassName(h, name, sizeof name, &size);
}
static RatIpcStatus getClassLong(RatHandle h)
{
    intptr_t value;
    return RatGetClassLong(h, RAT_GCW_ATOM, &value);
}
static RatIpcStatus setClassLong(RatHandle h)
{
    return RatSetClassLong(h, RAT_GCL_BACKGROUND, 0, NULL);
}
static RatIpcStatus readClassExtra(RatHandle h) { return RatReadClassExtra(h, 0, NULL, 0); }
static RatIpcStatus writeClassExtra(RatHandle h) { return RatWriteClassExtra(h, 0, NULL, 0); }
static RatIpcStatus readWindowExtra(RatHandle h) { return RatReadWindowExtra(h, 0, NULL, 0); }
static RatIpcStatus writeWindowExtra(RatHandle h) { return RatWriteWindowExtra(h, 0, NULL, 0); }
static RatIpcStatus setProp(RatHandle h) { return RatSetProp(h, "name", 1); }
static RatIpcStatus getProp(RatHandle h)
{
    uintptr_t value;
    RatIpcStatus status = RatGetProp(h, "none such", &value);
    return status == RAT_IPC_ERR_NOT_FOUND ? RAT_IPC_OK : status;
}
static RatIpcStatus removeProp(RatHandle h)
{
    RatIpcStatus status = RatRemoveProp(h, "none such", NULL);
    return status == RAT_IPC_ERR_NOT_FOUND ? RAT_IPC_OK : status;
}
static bool goOnProp(RatWindow window, const char* name, uintptr_t value, intptr_t param)
{
    (void)window;
    (void)name;
    (void)value;
    (void)param;
    return true;
}
static RatIpcStatus enumProps(RatHandle h) { return RatEnumProps(h, goOnProp, 0); }
static RatResult passOn(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam,
                        uintptr_t id, uintptr_t data)
{
    (void)id;
    (void)data;
    return RatDefSubclassProc(window, message, wparam, lparam);
}
static RatIpcStatus setSubclass(RatHandle h) { return RatSetWindowSubclass(h, passOn, 1, 0); }
static RatIpcStatus getSubclass(RatHandle h) { return RatGetWindowSubclass(h, passOn, 1, NULL); }
static RatIpcStatus removeSubclass(RatHandle h) { return RatRemoveWindowSubclass(h, passOn, 1); }
static RatIpcStatus setWindowPos(RatHandle h)
{
    return RatSetWindowPos(h, RAT_HWND_TOP, 0, 0, 0, 0, RAT_SWP_NOMOVE | RAT_SWP_NOSIZE);
}
static RatIpcStatus deferWindowPos(RatHandle h)
{
    RatDeferredPos deferred;
    RatIpcStatus status = RatBeginDeferWindowPos(1, &deferred);
    if (status != RAT_IPC_OK) return status;
    status = RatDeferWindowPos(deferred, h, RAT_HWND_TOP, 0, 0, 0, 0, 0);
    RatEndDeferWindowPos(deferred);
    return status;
}
static RatIpcStatus getPlacement(RatHandle h)
{
    RatWindowPlacement placement = {.size = sizeof placement};
    return RatGetWindowPlacement(h, &placement);
}
static RatIpcStatus setPlacement(RatHandle h)
{
    RatWindowPlacement placement = {.size = sizeof placement, .command = RAT_SW_SHOW};
    return RatSetWindowPlacement(h, &placement);
}
static RatIpcStatus enable(RatHandle h) { return RatEnableWindow(h, true, NULL); }
static RatIpcStatus mapPoints(RatHandle h)
{
    RatPoint point = {0, 0};
    return RatMapWindowPoints(h, RAT_INVALID_HANDLE, &point, 1);
}
static RatIpcStatus clientToScreen(RatHandle h)
{
    RatPoint point = {0, 0};
    return RatClientToScreen(h, &point);
}
static RatIpcStatus screenToClient(RatHandle h)
{
    RatPoint point = {0, 0};
    return RatScreenToClient(h, &point);
}
static RatIpcStatus childFromPoint(RatHandle h)
{
    RatPoint point = {0, 0};
    RatWindow found;
    return RatChildWindowFromPoint(h, point, RAT_CWP_ALL, &found);
}
static RatIpcStatus waitWithMessages(RatHandle h)
{
    size_t index = 99;
    RatWaitResult result = RatMsgWaitForMultipleObjects(&h, 1, 0, 0, 0, &index);
    if (result != RAT_WAIT_FAILED) return RAT_IPC_OK;
    CHECK_EQ(index, 0);
    return RAT_IPC_ERR_INVALID_HANDLE;
}
static RatIpcStatus destroyWindow(RatHandle h) { return RatDestroyWindow(h); }
static RatIpcStatus showWindow(RatHandle h) { return RatShowWindow(h, RAT_SW_SHOW); }
static RatIpcStatus moveWindow(RatHandle h) { return RatMoveWindow(h, 0, 0, 50, 50); }
static RatIpcStatus windowRect(RatHandle h)
{
    RatRect rect;
    return RatGetWindowRect(h, &rect);
}
static RatIpcStatus clientRect(RatHandle h)
{
    RatRect rect;
    return RatGetClientRect(h, &rect);
}
static RatIpcStatus setText(RatHandle h) { return RatSetWindowText(h, "text"); }
static RatIpcStatus getText(RatHandle h)
{
    char text[64];
    size_t size;
    return RatGetWindowText(h, text, sizeof text, &size);
}
static RatIpcStatus getLong(RatHandle h)
{
    intptr_t value;
    return RatGetWindowLong(h, RAT_GWLP_USERDATA, &value);
}
static RatIpcStatus setLong(RatHandle h)
{
    return RatSetWindowLong(h, RAT_GWLP_USERDATA, 1, NULL);
}
static RatIpcStatus setFocus(RatHandle h) { return RatSetFocus(h); }
static RatIpcStatus setFocusEx(RatHandle h) { return RatSetFocusEx(h, NULL); }
static RatIpcStatus setActive(RatHandle h) { return RatSetActiveWindow(h, NULL); }
static RatIpcStatus setForeground(RatHandle h) { return RatSetForegroundWindow(h); }
static RatIpcStatus setIcons(RatHandle h) { return RatSetWindowIcons(h, NULL, 0); }
static RatIpcStatus openClipboard(RatHandle h)
{
    RatIpcStatus status = RatOpenClipboard(h);
    if (status == RAT_IPC_OK) RatCloseClipboard();
    return status;
}
static RatIpcStatus addClipboardListener(RatHandle h) { return RatAddClipboardFormatListener(h); }
static RatIpcStatus removeClipboardListener(RatHandle h)
{
    RatIpcStatus status = RatAddClipboardFormatListener(h);
    RatIpcStatus removed = RatRemoveClipboardFormatListener(h);
    return status != RAT_IPC_OK ? status : removed;
}
static RatIpcStatus setFullscreen(RatHandle h) { return RatSetWindowFullscreen(h, true); }
static RatIpcStatus windowDpi(RatHandle h)
{
    uint32_t dpi;
    return RatGetWindowDpi(h, &dpi);
}
static RatIpcStatus isFullscreen(RatHandle h)
{
    bool is;
    return RatIsWindowFullscreen(h, &is);
}
static RatIpcStatus nativeWindow(RatHandle h)
{
    RatNativeWindow native = {.size = sizeof native};
    RatIpcStatus status = RatGetNativeWindow(h, &native);
    return status == RAT_IPC_ERR_NOT_SUPPORTED ? RAT_IPC_OK : status;
}
static RatIpcStatus setCapture(RatHandle h) { return RatSetCapture(h, NULL); }
static RatIpcStatus trackMouse(RatHandle h)
{
    RatTrackMouse track = {.size = sizeof track, .flags = RAT_TME_LEAVE, .window = h};
    return RatTrackMouseEvent(&track);
}
static RatIpcStatus registerHotKey(RatHandle h) { return RatRegisterHotKey(h, 1, 0, 0xC7); }
static RatIpcStatus unregisterHotKey(RatHandle h) { return RatUnregisterHotKey(h, 1); }
static RatIpcStatus translateAccelerator(RatHandle h)
{
    RatMessage msg = plain(RAT_WM_KEYDOWN);
    return RatTranslateAccelerator(h, 0, &msg);
}
static RatIpcStatus invalidate(RatHandle h) { return RatInvalidateRect(h, NULL, false); }
static RatIpcStatus update(RatHandle h) { return RatUpdateWindow(h); }
static RatIpcStatus beginPaint(RatHandle h)
{
    RatPaint paint;
    return RatBeginPaint(h, &paint);
}
static RatIpcStatus endPaint(RatHandle h)
{
    RatPaint paint;
    memset(&paint, 0, sizeof paint);
    return RatEndPaint(h, &paint);
}
static RatIpcStatus closeRegion(RatHandle h) { return RatCloseRegion(h); }
static RatIpcStatus setRegion(RatHandle h) { return RatSetRegion(h, NULL, 0); }
static RatIpcStatus combineRegions(RatHandle h)
{
    return RatCombineRegions(h, h, h, RAT_RGN_AND);
}
static RatIpcStatus offsetRegion(RatHandle h) { return RatOffsetRegion(h, 1, 1); }
static RatIpcStatus regionBounds(RatHandle h)
{
    RatRect rect;
    return RatGetRegionBounds(h, &rect);
}
static RatIpcStatus regionRects(RatHandle h)
{
    size_t count;
    return RatGetRegionRects(h, NULL, 0, &count);
}
static RatIpcStatus regionHasPoint(RatHandle h)
{
    bool contains;
    return RatRegionContainsPoint(h, 1, 1, &contains);
}
static RatIpcStatus regionHasRect(RatHandle h)
{
    RatRect rect = {1, 1, 2, 2};
    uint32_t coverage;
    return RatRegionContainsRect(h, &rect, &coverage);
}
static RatIpcStatus equalRegions(RatHandle h)
{
    bool equal;
    return RatEqualRegions(h, h, &equal);
}
static RatIpcStatus invalidateRegion(RatHandle h)
{
    return RatInvalidateRegion(h, RAT_INVALID_HANDLE, false);
}
static RatIpcStatus validate(RatHandle h) { return RatValidateRect(h, NULL); }
static RatIpcStatus validateRegion(RatHandle h)
{
    return RatValidateRegion(h, RAT_INVALID_HANDLE);
}
static RatIpcStatus redraw(RatHandle h)
{
    return RatRedrawWindow(h, NULL, RAT_INVALID_HANDLE, RAT_RDW_INVALIDATE);
}
static RatIpcStatus updateRect(RatHandle h)
{
    RatRect rect;
    return RatGetUpdateRect(h, &rect, false);
}
static RatIpcStatus withRegion(RatHandle h, RatStatus (*call)(RatWindow, RatRegion))
{
    RatRegion region = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateRegion(NULL, 0, &region));
    RatStatus status = call(h, region);
    REQUIRE_OK(RatCloseRegion(region));
    return status;
}
static RatStatus copyUpdate(RatWindow window, RatRegion region)
{
    return RatGetUpdateRegion(window, region, false);
}
static RatIpcStatus updateRegion(RatHandle h) { return withRegion(h, copyUpdate); }
static RatIpcStatus excludeUpdate(RatHandle h) { return withRegion(h, RatExcludeUpdateRegion); }
static RatIpcStatus windowPixels(RatHandle h)
{
    RatPaint paint;
    return RatGetWindowPixels(h, RAT_INVALID_HANDLE, 0, &paint);
}
static RatIpcStatus releasePixels(RatHandle h)
{
    RatPaint paint;
    memset(&paint, 0, sizeof paint);
    return RatReleaseWindowPixels(h, &paint);
}
static RatIpcStatus scroll(RatHandle h)
{
    return RatScrollWindowEx(h, 1, 1, NULL, NULL, RAT_INVALID_HANDLE, NULL, RAT_SW_INVALIDATE);
}
static RatIpcStatus startRecording(RatHandle h)
{
    RatIpcStatus status = RatStartRecording(h, NULL);
    REQUIRE_OK(RatStopRecording());
    return status;
}
static RatIpcStatus setTimer(RatHandle h) { return RatSetTimer(h, 1, 1000, NULL, NULL); }
static RatIpcStatus setCoalescableTimer(RatHandle h)
{
    return RatSetCoalescableTimer(h, 1, 1000, NULL, 5, NULL);
}
static RatResult passHookOn(int32_t code, uintptr_t wparam, intptr_t lparam)
{
    return RatCallNextHook(code, wparam, lparam);
}
static RatIpcStatus setHook(RatHandle h)
{
    RatHook hook;
    RatIpcStatus status = RatSetHook(RAT_WH_MSGFILTER, passHookOn, h, &hook);
    return status == RAT_IPC_OK ? RatUnhook(hook) : status;
}
static RatIpcStatus unhook(RatHandle h) { return RatUnhook(h); }
static RatIpcStatus killTimer(RatHandle h) { return RatKillTimer(h, 1); }

static RatIpcStatus setFlags(RatHandle h) { return RatSetHandleFlags(h, 0, 0); }
static RatIpcStatus getFlags(RatHandle h)
{
    uint32_t flags;
    return RatGetHandleFlags(h, &flags);
}
static RatIpcStatus getDescriptor(RatHandle h)
{
    int descriptor;
    return RatGetHandleDescriptor(h, &descriptor);
}
static RatIpcStatus readPipe(RatHandle h)
{
    size_t count;
    return RatReadPipe(h, NULL, 0, &count);
}
static RatIpcStatus readPipeEx(RatHandle h)
{
    size_t count;
    return RatReadPipeEx(h, NULL, 0, 0, &count);
}
static RatIpcStatus writePipe(RatHandle h)
{
    size_t count;
    return RatWritePipe(h, NULL, 0, &count);
}
static RatIpcStatus closePipe(RatHandle h) { return RatClosePipe(h); }
static const struct sockaddr_in nowhere = {.sin_family = AF_INET};
static RatIpcStatus bindSocket(RatHandle h) { return RatBindSocket(h, &nowhere, sizeof nowhere); }
static RatIpcStatus listenSocket(RatHandle h) { return RatListenSocket(h, 1); }
static RatIpcStatus acceptSocket(RatHandle h)
{
    RatSocket client;
    return RatAcceptSocket(h, &client);
}
static RatIpcStatus acceptSocketEx(RatHandle h)
{
    RatSocket client;
    return RatAcceptSocketEx(h, 0, &client);
}
static RatIpcStatus connectSocket(RatHandle h)
{
    return RatConnectSocket(h, &nowhere, sizeof nowhere);
}
static RatIpcStatus connectSocketEx(RatHandle h)
{
    return RatConnectSocketEx(h, &nowhere, sizeof nowhere, 0);
}
static RatIpcStatus sendSocket(RatHandle h)
{
    size_t count;
    return RatSendSocket(h, NULL, 0, &count);
}
static RatIpcStatus sendSocketTo(RatHandle h)
{
    size_t count;
    return RatSendSocketTo(h, NULL, 0, &nowhere, sizeof nowhere, &count);
}
static RatIpcStatus recvSocket(RatHandle h)
{
    size_t count;
    return RatRecvSocket(h, NULL, 0, &count);
}
static RatIpcStatus recvSocketEx(RatHandle h)
{
    size_t count;
    return RatRecvSocketEx(h, NULL, 0, 0, &count);
}
static RatIpcStatus recvSocketFrom(RatHandle h)
{
    size_t size = 0, count;
    return RatRecvSocketFrom(h, NULL, 0, NULL, &size, &count);
}
static RatIpcStatus shutdownSocket(RatHandle h) { return RatShutdownSocket(h, RAT_SHUTDOWN_BOTH); }
static RatIpcStatus socketName(RatHandle h)
{
    size_t size = 0;
    return RatGetSocketName(h, NULL, &size);
}
static RatIpcStatus socketPeerName(RatHandle h)
{
    size_t size = 0;
    return RatGetSocketPeerName(h, NULL, &size);
}
static RatIpcStatus setOption(RatHandle h) { return RatSetSocketOption(h, RAT_SOCKET_LINGER, -1); }
static RatIpcStatus getOption(RatHandle h)
{
    int value;
    return RatGetSocketOption(h, RAT_SOCKET_LINGER, &value);
}
static RatIpcStatus closeSocket(RatHandle h) { return RatCloseSocket(h); }
static RatIpcStatus mapMemory(RatHandle h)
{
    void* address;
    size_t size;
    RatIpcStatus status = RatMapSharedMemory(h, &address, &size);
    if (status == RAT_IPC_OK) RatUnmapSharedMemory(address, size);
    return status;
}
static RatIpcStatus mapMemoryEx(RatHandle h)
{
    void* address;
    size_t size;
    RatIpcStatus status = RatMapSharedMemoryEx(h, RAT_MAP_READ, 0, 0, &address, &size);
    if (status == RAT_IPC_OK) RatUnmapSharedMemory(address, size);
    return status;
}
static RatIpcStatus memorySize(RatHandle h)
{
    uint64_t size;
    return RatGetSharedMemorySize(h, &size);
}
static RatIpcStatus closeMemory(RatHandle h) { return RatCloseSharedMemory(h); }

const HandleFunction handleFunctions[] = {
    {"RatRetainHandle", retain, ~NOTHING, true},
    {"RatCloseHandle", closeAny, ~NOTHING, false},
    {"RatSetEvent", setEvent, EVENT, false},
    {"RatResetEvent", resetEvent, EVENT, false},
    {"RatCloseEvent", closeEvent, EVENT, false},
    {"RatReleaseMutex", releaseMutex, MUTEX, false},
    {"RatCloseMutex", closeMutex, MUTEX, false},
    {"RatReleaseSemaphore", releaseSemaphore, SEMAPHORE, false},
    {"RatCloseSemaphore", closeSemaphore, SEMAPHORE, false},
    {"RatSetWaitableTimer", setWaitableTimer, TIMER, false},
    {"RatCancelWaitableTimer", cancelWaitableTimer, TIMER, false},
    {"RatCloseWaitableTimer", closeWaitableTimer, TIMER, false},
    {"RatJoinThread", joinThread, THREAD, false},
    {"RatCloseThread", closeThread, THREAD, false},
    {"RatGetProcessExitCode", processExitCode, PROCESS, false},
    {"RatCloseProcess", closeProcess, PROCESS, false},
    {"RatCloseMessageQueue", closeQueue, QUEUE, false},
    {"RatPostMessage", post, QUEUE | WINDOW, true},
    {"RatGetMessage", get, QUEUE, false},
    {"RatPeekMessage", peek, QUEUE, false},
    {"RatSendMessage", sendMessage, QUEUE | WINDOW, true},
    {"RatSendMessageEx", sendMessageEx, QUEUE | WINDOW, true},
    {"RatSendNotifyMessage", sendNotify, QUEUE | WINDOW, true},
    {"RatSendMessageCallback", sendCallback, QUEUE | WINDOW, true},
    {"RatPostMessageEx", postEx, QUEUE | WINDOW, true},
    {"RatCancelMessage", cancelMessage, QUEUE | WINDOW, true},
    {"RatGetMessageEx", getEx, QUEUE, false},
    {"RatGetMessageEx, target", getOfTarget, QUEUE | WINDOW | NOTHING, true},
    {"RatGetMessageInto", getInto, QUEUE, false},
    {"RatPeekMessageEx", peekEx, QUEUE, false},
    {"RatGetQueueInfo", queueInfo, QUEUE, true},
    {"RatSetMessageProc", setProc, QUEUE, false},
    {"RatWaitForObject", waitOne, TO_WAIT_FOR, false},
    {"RatWaitForMultipleObjects, any", waitMany, TO_WAIT_FOR, false},
    {"RatWaitForMultipleObjects, all", waitAll, TO_WAIT_FOR, false},
    {"RatGetParent", getParent, WINDOW, true},
    {"RatSetParent", setParent, WINDOW, false},
    {"RatGetAncestor", getAncestor, WINDOW, true},
    {"RatGetWindow", getRelative, WINDOW, true},
    {"RatGetChildById", getChildById, WINDOW, true},
    {"RatGetWindowThread", getWindowThread, WINDOW, true},
    {"RatEnumThreadWindows", enumThread, QUEUE | NOTHING, true},
    {"RatEnumChildWindows", enumChildren, WINDOW | NOTHING, true},
    {"RatFindWindowEx", findIn, WINDOW | NOTHING, true},
    {"RatGetClassName", getClassName, WINDOW, true},
    {"RatGetClassLong", getClassLong, WINDOW, false},
    {"RatSetClassLong", setClassLong, WINDOW, false},
    {"RatReadClassExtra", readClassExtra, WINDOW, false},
    {"RatWriteClassExtra", writeClassExtra, WINDOW, false},
    {"RatReadWindowExtra", readWindowExtra, WINDOW, false},
    {"RatWriteWindowExtra", writeWindowExtra, WINDOW, false},
    {"RatSetProp", setProp, WINDOW, true},
    {"RatGetProp", getProp, WINDOW, true},
    {"RatRemoveProp", removeProp, WINDOW, true},
    {"RatEnumProps", enumProps, WINDOW, true},
    {"RatSetWindowSubclass", setSubclass, WINDOW, false},
    {"RatGetWindowSubclass", getSubclass, WINDOW, false},
    {"RatRemoveWindowSubclass", removeSubclass, WINDOW, false},
    {"RatSetWindowPos", setWindowPos, WINDOW, false},
    {"RatDeferWindowPos", deferWindowPos, WINDOW, false},
    {"RatGetWindowPlacement", getPlacement, WINDOW, false},
    {"RatSetWindowPlacement", setPlacement, WINDOW, false},
    {"RatEnableWindow", enable, WINDOW, false},
    {"RatMapWindowPoints", mapPoints, WINDOW | NOTHING, true},
    {"RatClientToScreen", clientToScreen, WINDOW, true},
    {"RatScreenToClient", screenToClient, WINDOW, true},
    {"RatChildWindowFromPoint", childFromPoint, WINDOW, true},
    {"RatMsgWaitForMultipleObjects", waitWithMessages, TO_WAIT_FOR, false},
    {"RatDestroyWindow", destroyWindow, WINDOW, false},
    {"RatShowWindow", showWindow, WINDOW, false},
    {"RatMoveWindow", moveWindow, WINDOW, false},
    {"RatGetWindowRect", windowRect, WINDOW, true},
    {"RatGetClientRect", clientRect, WINDOW, true},
    {"RatSetWindowText", setText, WINDOW, false},
    {"RatGetWindowText", getText, WINDOW, false},
    {"RatGetWindowLong", getLong, WINDOW, false},
    {"RatSetWindowLong", setLong, WINDOW, false},
    {"RatSetFocus", setFocus, WINDOW | NOTHING, false},
    {"RatSetFocusEx", setFocusEx, WINDOW | NOTHING, false},
    {"RatSetActiveWindow", setActive, WINDOW | NOTHING, false},
    {"RatSetForegroundWindow", setForeground, WINDOW, true},
    {"RatGetNativeWindow", nativeWindow, WINDOW, false},
    {"RatSetWindowIcons", setIcons, WINDOW, false},
    {"RatSetWindowFullscreen", setFullscreen, WINDOW, false},
    {"RatOpenClipboard", openClipboard, WINDOW | NOTHING, true},
    {"RatAddClipboardFormatListener", addClipboardListener, WINDOW, true},
    {"RatRemoveClipboardFormatListener", removeClipboardListener, WINDOW, true},
    {"RatIsWindowFullscreen", isFullscreen, WINDOW, false},
    {"RatGetWindowDpi", windowDpi, WINDOW, false},
    {"RatSetCapture", setCapture, WINDOW | NOTHING, false},
    {"RatTrackMouseEvent", trackMouse, WINDOW, false},
    {"RatRegisterHotKey", registerHotKey, WINDOW | NOTHING, false},
    {"RatUnregisterHotKey", unregisterHotKey, WINDOW | NOTHING, false},
    {"RatTranslateAccelerator", translateAccelerator, WINDOW, false},
    {"RatInvalidateRect", invalidate, WINDOW, true},
    {"RatUpdateWindow", update, WINDOW, false},
    {"RatBeginPaint", beginPaint, WINDOW, false},
    {"RatEndPaint", endPaint, WINDOW, false},
    {"RatSetRegion", setRegion, REGION, false},
    {"RatCombineRegions", combineRegions, REGION, false},
    {"RatOffsetRegion", offsetRegion, REGION, false},
    {"RatGetRegionBounds", regionBounds, REGION, false},
    {"RatGetRegionRects", regionRects, REGION, false},
    {"RatRegionContainsPoint", regionHasPoint, REGION, false},
    {"RatRegionContainsRect", regionHasRect, REGION, false},
    {"RatEqualRegions", equalRegions, REGION, false},
    {"RatCloseRegion", closeRegion, REGION, false},
    {"RatInvalidateRegion", invalidateRegion, WINDOW, true},
    {"RatValidateRect", validate, WINDOW, true},
    {"RatValidateRegion", validateRegion, WINDOW, true},
    {"RatRedrawWindow", redraw, WINDOW, true},
    {"RatGetUpdateRect", updateRect, WINDOW, false},
    {"RatGetUpdateRegion", updateRegion, WINDOW, false},
    {"RatExcludeUpdateRegion", excludeUpdate, WINDOW, false},
    {"RatGetWindowPixels", windowPixels, WINDOW, false},
    {"RatReleaseWindowPixels", releasePixels, WINDOW, false},
    {"RatScrollWindowEx", scroll, WINDOW, false},
    {"RatSetTimer", setTimer, WINDOW | NOTHING, false},
    {"RatSetCoalescableTimer", setCoalescableTimer, WINDOW | NOTHING, false},
    {"RatStartRecording", startRecording, QUEUE | WINDOW | NOTHING, true},
    {"RatSetHook", setHook, NOTHING, true},
    {"RatUnhook", unhook, 0, true},
    {"RatSetHandleFlags", setFlags, ~NOTHING, true},
    {"RatGetHandleFlags", getFlags, ~NOTHING, true},
    {"RatGetHandleDescriptor", getDescriptor, ~NOTHING, true},
    {"RatReadPipe", readPipe, PIPE, false},
    {"RatReadPipeEx", readPipeEx, PIPE, false},
    {"RatWritePipe", writePipe, PIPE, false},
    {"RatClosePipe", closePipe, PIPE, false},
    {"RatBindSocket", bindSocket, SOCKET, false},
    {"RatListenSocket", listenSocket, SOCKET, false},
    {"RatAcceptSocket", acceptSocket, SOCKET, false},
    {"RatAcceptSocketEx", acceptSocketEx, SOCKET, false},
    {"RatConnectSocket", connectSocket, SOCKET, false},
    {"RatConnectSocketEx", connectSocketEx, SOCKET, false},
    {"RatSendSocket", sendSocket, SOCKET, false},
    {"RatSendSocketTo", sendSocketTo, SOCKET, false},
    {"RatRecvSocket", recvSocket, SOCKET, false},
    {"RatRecvSocketEx", recvSocketEx, SOCKET, false},
    {"RatRecvSocketFrom", recvSocketFrom, SOCKET, false},
    {"RatShutdownSocket", shutdownSocket, SOCKET, false},
    {"RatGetSocketName", socketName, SOCKET, false},
    {"RatGetSocketPeerName", socketPeerName, SOCKET, false},
    {"RatSetSocketOption", setOption, SOCKET, false},
    {"RatGetSocketOption", getOption, SOCKET, false},
    {"RatCloseSocket", closeSocket, SOCKET, false},
    {"RatMapSharedMemory", mapMemory, MEMORY, false},
    {"RatMapSharedMemoryEx", mapMemoryEx, MEMORY, false},
    {"RatGetSharedMemorySize", memorySize, MEMORY, false},
    {"RatCloseSharedMemory", closeMemory, MEMORY, false},
    {"RatKillTimer", killTimer, WINDOW | NOTHING, false},
};
const size_t handleFunctionCount = sizeof handleFunctions / sizeof handleFunctions[0];

const int kindBits[KINDS] = {EVENT, QUEUE, WINDOW, MUTEX, SEMAPHORE, TIMER,
                             THREAD, PROCESS, PIPE, SOCKET, MEMORY, REGION, COMPLETIONS};
const RatHandleKind kindNumbers[KINDS] = {
    RAT_HANDLE_EVENT,     RAT_HANDLE_MESSAGE_QUEUE, RAT_HANDLE_WINDOW, RAT_HANDLE_MUTEX,
    RAT_HANDLE_SEMAPHORE, RAT_HANDLE_TIMER,         RAT_HANDLE_THREAD, RAT_HANDLE_PROCESS,
    RAT_HANDLE_PIPE,      RAT_HANDLE_SOCKET,        RAT_HANDLE_SHARED_MEMORY,
    RAT_HANDLE_REGION,    RAT_HANDLE_COMPLETION_QUEUE};

void makeOneOfEach(RatHandle handles[KINDS])
{
    RatEvent end = newEvent(true, true);
    handles[0] = newEvent(false, false);
    handles[1] = newQueue();
    handles[WINDOW_PLACE] = makeWindow(0);
    handles[3] = newMutex(false);
    handles[4] = newSemaphore(0, 2);
    handles[5] = newTimer(false);
    handles[6] = newThread(&end);
    REQUIRE_OK(RatJoinThread(handles[6], SOON, NULL));
    REQUIRE_OK(RatCloseEvent(end));
    handles[7] = newProcess(getpid());
    RatPipe writer;
    REQUIRE_OK(RatCreatePipe(&handles[8], &writer));
    REQUIRE_OK(RatClosePipe(writer));
    REQUIRE_OK(RatCreateSocket(AF_INET, SOCK_DGRAM, &handles[9]));
    REQUIRE_OK(RatCreateSharedMemoryEx(NULL, 1, 0, &handles[10]));
    REQUIRE_OK(RatCreateRegion(NULL, 0, &handles[11]));
    REQUIRE_OK(RatCreateCompletionQueue(1, &handles[12]));
}

static bool refusedBy(const HandleFunction* functions, size_t count, RatHandle handle, int except)
{
    bool refused = true;
    for (size_t i = 0; i < count; i++) {
        if (functions[i].takes & except) continue;
        inRow(functions[i].name);
        refused &= CHECK_STATUS(functions[i].call(handle), RAT_IPC_ERR_INVALID_HANDLE);
    }
    inRow(NULL);
    return refused;
}

bool refusedByAll(RatHandle handle, int exceptThoseThatTake)
{
    bool first = refusedBy(handleFunctions, handleFunctionCount, handle, exceptThoseThatTake);
    return refusedBy(handleArguments, handleArgumentCount, handle, exceptThoseThatTake) && first;
}
