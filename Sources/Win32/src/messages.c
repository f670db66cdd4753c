/* Retrieving, dispatching and posting. */
#include "internal.h"

/* -- Retrieving -------------------------------------------------------------------------------- */

static inline RatMessageFilter filterOf(HWND window, UINT first, UINT last, UINT classes)
{
    return (RatMessageFilter){
        .size = sizeof(RatMessageFilter),
        .classes = classes,
        .target = handleOf(window),
        .first = first,
        .last = last,
    };
}

static BOOL getMessage(LPMSG out, HWND window, UINT first, UINT last)
{
    RatMessage message;
    RatMessageQueue queue = ownQueue();
    RatStatus status;
    if (UNLIKELY(out == NULL || queue == 0)) {
        if (out == NULL) failWith(ERROR_INVALID_PARAMETER);
        return -1;
    }
    if (LIKELY(((uintptr_t)window | first | last) == 0)) {
        status = RatGetMessage(queue, &message, -1);
    } else {
        RatMessageFilter filter = filterOf(window, first, last, 0);
        status = RatGetMessageEx(queue, &message, &filter, -1);
    }
    if (LIKELY(status == RAT_IPC_OK)) {
        toMsg(&message, out);
        return TRUE;
    }
    if (status == RAT_IPC_QUIT) {
        toMsg(&message, out);
        return FALSE;
    }
    succeeded(status, SUBJECT_WINDOW);
    return -1;
}

BOOL GetMessageA(LPMSG out, HWND window, UINT first, UINT last)
{
    return getMessage(out, window, first, last);
}

BOOL GetMessageW(LPMSG out, HWND window, UINT first, UINT last)
{
    return getMessage(out, window, first, last);
}

static BOOL peekMessage(LPMSG out, HWND window, UINT first, UINT last, UINT flags)
{
    RatMessage message;
    RatMessageQueue queue = ownQueue();
    if (UNLIKELY(out == NULL || queue == 0)) {
        if (out == NULL) failWith(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    RatMessageFilter filter = filterOf(window, first, last, flags >> 16 & 0x1FF);
    RatStatus status = RatPeekMessageEx(queue, &message, &filter, flags & PM_REMOVE);
    if (status == RAT_IPC_ERR_NOT_FOUND) return FALSE;
    if (LIKELY(status == RAT_IPC_OK || status == RAT_IPC_QUIT)) {
        toMsg(&message, out);
        return TRUE;
    }
    return succeeded(status, SUBJECT_WINDOW);
}

BOOL PeekMessageA(LPMSG out, HWND window, UINT first, UINT last, UINT flags)
{
    return peekMessage(out, window, first, last, flags);
}

BOOL PeekMessageW(LPMSG out, HWND window, UINT first, UINT last, UINT flags)
{
    return peekMessage(out, window, first, last, flags);
}

static LRESULT dispatch(const MSG* msg)
{
    if (UNLIKELY(msg == NULL)) return failWith(ERROR_INVALID_PARAMETER);
    RatMessage message;
    RatResult result = 0;
    fromMsg(msg, &message);
    /* What a timer's procedure is given as the time is what stands here: Win32's is GetTickCount()'s. */
    if (UNLIKELY(msg->message == WM_TIMER && msg->lParam != 0)) message.header.time = GetTickCount();
    else if (UNLIKELY(msg->hwnd == NULL)) return 0;
    succeeded(RatDispatchMessageEx(&message, &result), SUBJECT_WINDOW);
    return result;
}

LRESULT DispatchMessageA(const MSG* msg)
{
    return dispatch(msg);
}

LRESULT DispatchMessageW(const MSG* msg)
{
    return dispatch(msg);
}

BOOL TranslateMessage(const MSG* msg)
{
    if (LIKELY(msg != NULL && msg->message - WM_KEYDOWN > WM_SYSKEYUP - WM_KEYDOWN)) return FALSE;
    if (msg == NULL) return failWith(ERROR_INVALID_PARAMETER);
    RatMessage message;
    fromMsg(msg, &message);
    /* Releases type nothing, and are answered as presses are. */
    return RatTranslateMessage(&message) || msg->message == WM_KEYUP || msg->message == WM_SYSKEYUP;
}

/* -- Posting ----------------------------------------------------------------------------------- */

static BOOL postMessage(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    RatMessage m;
    RatHandle target = handleOf(window);
    if (UNLIKELY(target == 0)) {
        target = ownQueue();
        if (target == 0) return FALSE;
    }
    beginMessage(&m, message, wparam, lparam);
    RatStatus status = RatPostMessage(target, &m);
    return LIKELY(status == RAT_IPC_OK) ? TRUE : succeeded(status, SUBJECT_POST);
}

BOOL PostMessageA(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    return postMessage(window, message, wparam, lparam);
}

BOOL PostMessageW(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    return postMessage(window, message, wparam, lparam);
}

static BOOL postThreadMessage(DWORD id, UINT message, WPARAM wparam, LPARAM lparam)
{
    RatMessage m;
    RatMessageQueue queue = id == thread.id && id != 0 ? ownQueue() : queueOfThread(id);
    if (queue == 0) return failWith(ERROR_INVALID_THREAD_ID);
    beginMessage(&m, message, wparam, lparam);
    return succeeded(RatPostMessage(queue, &m), SUBJECT_THREAD);
}

BOOL PostThreadMessageA(DWORD id, UINT message, WPARAM wparam, LPARAM lparam)
{
    return postThreadMessage(id, message, wparam, lparam);
}

BOOL PostThreadMessageW(DWORD id, UINT message, WPARAM wparam, LPARAM lparam)
{
    return postThreadMessage(id, message, wparam, lparam);
}

VOID PostQuitMessage(int exitCode)
{
    if (ownQueue() != 0) succeeded(RatPostQuitMessage(exitCode), SUBJECT_POST);
}

static UINT registerMessage(const char* name)
{
    uint32_t message = 0;
    return succeeded(RatRegisterWindowMessage(name, &message), SUBJECT_POST) ? message : 0;
}

UINT RegisterWindowMessageA(LPCSTR name)
{
    return registerMessage(name);
}

UINT RegisterWindowMessageW(LPCWSTR name)
{
    char* copy = narrowCopy(name);
    UINT message = registerMessage(copy);
    free(copy);
    return message;
}

/* -- Waiting for messages, and what of them is at hand ----------------------------------------- */

BOOL WaitMessage(VOID)
{
    return ownQueue() != 0 && succeeded(RatWaitMessage(UINT64_MAX), SUBJECT_POST);
}

/* Bits that later versions of Windows have are left out: what they stand for does not come. */
#define KNOWN_QS 0x1FFu

DWORD GetQueueStatus(UINT flags)
{
    uint32_t status = 0;
    if (ownQueue() == 0) return 0;
    return succeeded(RatGetQueueStatus(flags & KNOWN_QS, &status), SUBJECT_POST) ? status : 0;
}

BOOL GetInputState(VOID)
{
    uint32_t status = 0;
    if (ownQueue() == 0) return FALSE;
    return succeeded(RatGetQueueStatus(QS_KEY | QS_MOUSEBUTTON, &status), SUBJECT_POST) && status >> 16 != 0;
}

DWORD MsgWaitForMultipleObjectsEx(DWORD count, const HANDLE* objects, DWORD milliseconds, DWORD wakeMask,
                                  DWORD flags)
{
    RatHandle handles[MAXIMUM_WAIT_OBJECTS];
    if (count >= MAXIMUM_WAIT_OBJECTS || (count > 0 && objects == NULL)) {
        failWith(ERROR_INVALID_PARAMETER);
        return WAIT_FAILED;
    }
    if (ownQueue() == 0) return WAIT_FAILED;
    for (DWORD i = 0; i < count; i++) handles[i] = handleOf(objects[i]);
    size_t index = 0;
    uint32_t known = flags & (RAT_MWMO_WAITALL | RAT_MWMO_INPUTAVAILABLE);
    wakeMask &= KNOWN_QS;
    RatWaitResult result;
    if ((flags & MWMO_ALERTABLE) != 0 && ((flags & MWMO_WAITALL) == 0 || count == 0)) {
        bool ranApcs;
        known &= (uint32_t)~RAT_MWMO_WAITALL;
        result = waitAlertably(handles, count, milliseconds, &wakeMask, known, &index, &ranApcs);
        if (ranApcs) return WAIT_IO_COMPLETION;
    } else {
        result = RatMsgWaitForMultipleObjects(handles, count, milliseconds, wakeMask, known, &index);
    }
    return waitResult(result, (flags & MWMO_WAITALL) != 0 ? 0 : index);
}

DWORD MsgWaitForMultipleObjects(DWORD count, const HANDLE* objects, BOOL all, DWORD milliseconds,
                                DWORD wakeMask)
{
    return MsgWaitForMultipleObjectsEx(count, objects, milliseconds, wakeMask, all ? MWMO_WAITALL : 0);
}

DWORD GetMessagePos(VOID)
{
    RatPoint point = { 0, 0 };
    RatGetMessagePos(&point);
    return (DWORD)MAKELONG(point.x, point.y);
}

LONG GetMessageTime(VOID)
{
    return (LONG)(DWORD)(RatGetMessageTime() / 1000000u);
}

LPARAM GetMessageExtraInfo(VOID)
{
    return RatGetMessageExtraInfo();
}

LPARAM SetMessageExtraInfo(LPARAM extraInfo)
{
    ownQueue();
    return RatSetMessageExtraInfo(extraInfo);
}
