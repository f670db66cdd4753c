/* Sending, and text as it is sent. */
#include "internal.h"

/* -- Messages that carry text ------------------------------------------------------------------ */

/* A message of isSpecial(), made what Rat or the window's procedure takes. */
typedef struct {
    RatMessage message;
    void* text;      /* To be freed when the call is over. */
    WCHAR* wideOut;  /* WM_GETTEXT in UTF-16 of a window that has UTF-8: where it goes. */
    size_t wideSize;
} Special;

/* False, with the error, if no memory is left. */
static bool beginSpecial(Special* s, HWND window, UINT message, WPARAM wparam, LPARAM lparam, bool wide)
{
    beginMessage(&s->message, message, wparam, lparam);
    s->text = NULL;
    s->wideOut = NULL;
    RatMessageHeader* header = &s->message.header;
    switch (message) {
    case WM_NCCREATE:
    case WM_CREATE:
        header->sender = wide ? FORM_WIDE : FORM_NARROW;
        break;
    case WM_ERASEBKGND:
        /* What stands there when Rat sends it is not the program's to say. */
        header->lparam = 0;
        break;
    case WM_CHAR:
    case WM_DEADCHAR:
    case WM_SYSCHAR:
    case WM_SYSDEADCHAR:
        if (!wide) header->sender = FORM_NARROW;
        break;
    case WM_SETTEXT:
    case WM_GETTEXT:
    case WM_GETTEXTLENGTH:
        if (!wide) break;
        if (IsWindowUnicode(window)) {
            header->sender = FORM_WIDE;
        } else if (message == WM_SETTEXT && lparam != 0) {
            header->lparam = (LPARAM)(s->text = narrowCopy((const WCHAR*)lparam));
            if (s->text == NULL) return failWith(ERROR_NOT_ENOUGH_MEMORY);
        } else if (message == WM_GETTEXT && lparam != 0 && wparam != 0) {
            s->wideOut = (WCHAR*)lparam;
            s->wideSize = wparam;
            header->wparam = wparam * 3;
            header->lparam = (LPARAM)(s->text = calloc(header->wparam, 1));
            if (s->text == NULL) return failWith(ERROR_NOT_ENOUGH_MEMORY);
        }
        break;
    default: break;
    }
    return true;
}

/* The result as the sender has it. A receiver that the sender has given up on may still be at the text: then
 * that stays, which a timeout is rare enough for. */
static LRESULT endSpecial(Special* s, RatStatus status, LRESULT result)
{
    if (s->wideOut != NULL && status == RAT_IPC_OK)
        result = (LRESULT)wideInto(s->wideOut, s->wideSize, s->text);
    if (status != RAT_IPC_ERR_TIMEOUT) free(s->text);
    return result;
}

/* -- Sending ----------------------------------------------------------------------------------- */

static LRESULT sendSpecial(HWND window, UINT message, WPARAM wparam, LPARAM lparam, bool wide)
{
    Special s;
    RatMessage reply;
    if (!beginSpecial(&s, window, message, wparam, lparam, wide)) return 0;
    RatStatus status = RatSendMessage(handleOf(window), &s.message, &reply, RAT_INFINITE);
    LRESULT result = endSpecial(&s, status, reply.header.lparam);
    return succeeded(status, SUBJECT_WINDOW) ? result : 0;
}

static inline LRESULT sendMessage(HWND window, UINT message, WPARAM wparam, LPARAM lparam, bool wide)
{
    if (UNLIKELY(isSpecial(message))) return sendSpecial(window, message, wparam, lparam, wide);
    RatMessage m, reply;
    beginMessage(&m, message, wparam, lparam);
    RatStatus status = RatSendMessage(handleOf(window), &m, &reply, RAT_INFINITE);
    if (LIKELY(status == RAT_IPC_OK)) return reply.header.lparam;
    succeeded(status, SUBJECT_WINDOW);
    return 0;
}

LRESULT SendMessageA(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    return sendMessage(window, message, wparam, lparam, false);
}

LRESULT SendMessageW(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    return sendMessage(window, message, wparam, lparam, true);
}

static LRESULT sendTimeout(HWND window, UINT message, WPARAM wparam, LPARAM lparam, UINT flags, UINT timeout,
                           PDWORD_PTR result, bool wide)
{
    Special s;
    RatMessage reply;
    if (result != NULL) *result = 0;
    if (!beginSpecial(&s, window, message, wparam, lparam, wide)) return 0;
    RatStatus status =
        RatSendMessageEx(handleOf(window), &s.message, &reply, timeout, flags & RAT_SMTO_BLOCK);
    LRESULT answer = endSpecial(&s, status, reply.header.lparam);
    if (!succeeded(status, SUBJECT_WINDOW)) return 0;
    if (result != NULL) *result = (DWORD_PTR)answer;
    return 1;
}

LRESULT SendMessageTimeoutA(HWND window, UINT message, WPARAM wparam, LPARAM lparam, UINT flags, UINT timeout,
                            PDWORD_PTR result)
{
    return sendTimeout(window, message, wparam, lparam, flags, timeout, result, false);
}

LRESULT SendMessageTimeoutW(HWND window, UINT message, WPARAM wparam, LPARAM lparam, UINT flags, UINT timeout,
                            PDWORD_PTR result)
{
    return sendTimeout(window, message, wparam, lparam, flags, timeout, result, true);
}

static BOOL sendNotify(HWND window, UINT message, WPARAM wparam, LPARAM lparam, bool wide)
{
    Special s;
    if (!beginSpecial(&s, window, message, wparam, lparam, wide)) return FALSE;
    /* Text is sent to the thread's own windows alone, so the call is over when this returns. */
    RatStatus status = RatSendNotifyMessage(handleOf(window), &s.message);
    endSpecial(&s, status, 0);
    return succeeded(status, SUBJECT_POST);
}

BOOL SendNotifyMessageA(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    return sendNotify(window, message, wparam, lparam, false);
}

BOOL SendNotifyMessageW(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    return sendNotify(window, message, wparam, lparam, true);
}

/* What a callback is called with. Lives until then; a thread that ends first leaves it behind. */
typedef struct {
    SENDASYNCPROC procedure;
    ULONG_PTR data;
} Callback;

static void callBack(RatHandle target, uint32_t message, void* context, RatIpcStatus status,
                     const RatMessage* reply)
{
    Callback* callback = context;
    callback->procedure((HWND)objectOf(target), message, callback->data,
                        status == RAT_IPC_OK ? reply->header.lparam : 0);
    free(callback);
}

static BOOL sendCallback(HWND window, UINT message, WPARAM wparam, LPARAM lparam, SENDASYNCPROC procedure,
                         ULONG_PTR data, bool wide)
{
    Special s;
    if (procedure == NULL) return sendNotify(window, message, wparam, lparam, wide);
    Callback* callback = malloc(sizeof *callback);
    if (callback == NULL) return failWith(ERROR_NOT_ENOUGH_MEMORY);
    *callback = (Callback){ procedure, data };
    if (!beginSpecial(&s, window, message, wparam, lparam, wide)) {
        free(callback);
        return FALSE;
    }
    RatStatus status = RatSendMessageCallback(handleOf(window), &s.message, callBack, callback);
    endSpecial(&s, status, 0);
    if (status != RAT_IPC_OK) free(callback);
    return succeeded(status, SUBJECT_POST);
}

typedef struct {
    UINT message;
    WPARAM wparam;
    LPARAM lparam;
    Callback callback;
    bool wide;
} CallbackBroadcast;

static bool sendToOne(RatWindow window, intptr_t param)
{
    const CallbackBroadcast* b = (const CallbackBroadcast*)param;
    sendCallback((HWND)objectOf(window), b->message, b->wparam, b->lparam, b->callback.procedure,
                 b->callback.data, b->wide);
    return true;
}

/* A callback lives until it was called, and in a broadcast it is called many times: so each window has its own. */
static BOOL sendCallbacks(HWND window, UINT message, WPARAM wparam, LPARAM lparam, SENDASYNCPROC procedure,
                          ULONG_PTR data, bool wide)
{
    if (window != HWND_BROADCAST) return sendCallback(window, message, wparam, lparam, procedure, data, wide);
    CallbackBroadcast b = { message, wparam, lparam, { procedure, data }, wide };
    if (message >= WM_USER && message < 0xC000) return TRUE;
    return succeeded(RatEnumWindows(sendToOne, (intptr_t)&b), SUBJECT_POST);
}

BOOL SendMessageCallbackA(HWND window, UINT message, WPARAM wparam, LPARAM lparam, SENDASYNCPROC procedure,
                          ULONG_PTR data)
{
    return sendCallbacks(window, message, wparam, lparam, procedure, data, false);
}

BOOL SendMessageCallbackW(HWND window, UINT message, WPARAM wparam, LPARAM lparam, SENDASYNCPROC procedure,
                          ULONG_PTR data)
{
    return sendCallbacks(window, message, wparam, lparam, procedure, data, true);
}

/* -- Receiving --------------------------------------------------------------------------------- */

BOOL ReplyMessage(LRESULT result)
{
    RatMessage current, reply;
    if (RatGetCurrentMessage(&current) != RAT_IPC_OK) return FALSE;
    beginMessage(&reply, 0, 0, result);
    return RatReplyMessage(&current, &reply) == RAT_IPC_OK;
}

BOOL InSendMessage(VOID)
{
    return RatInSendMessage() != RAT_ISMEX_NOSEND;
}

DWORD InSendMessageEx(LPVOID reserved)
{
    (void)reserved;
    return RatInSendMessage();
}

/* -- Windows' text ----------------------------------------------------------------------------- */

BOOL SetWindowTextA(HWND window, LPCSTR text)
{
    return SendMessageA(window, WM_SETTEXT, 0, (LPARAM)text) > 0;
}

BOOL SetWindowTextW(HWND window, LPCWSTR text)
{
    return SendMessageW(window, WM_SETTEXT, 0, (LPARAM)text) > 0;
}

int GetWindowTextA(HWND window, LPSTR buffer, int size)
{
    if (buffer == NULL || size <= 0) return 0;
    buffer[0] = 0;
    return (int)SendMessageA(window, WM_GETTEXT, (WPARAM)size, (LPARAM)buffer);
}

int GetWindowTextW(HWND window, LPWSTR buffer, int size)
{
    if (buffer == NULL || size <= 0) return 0;
    buffer[0] = 0;
    return (int)SendMessageW(window, WM_GETTEXT, (WPARAM)size, (LPARAM)buffer);
}

int GetWindowTextLengthA(HWND window)
{
    return (int)SendMessageA(window, WM_GETTEXTLENGTH, 0, 0);
}

int GetWindowTextLengthW(HWND window)
{
    return (int)SendMessageW(window, WM_GETTEXTLENGTH, 0, 0);
}
