/* Painting: what needs it, and device contexts as names for pixels that are lent. */
#include "internal.h"

/* -- Device contexts --------------------------------------------------------------------------- */

#define DC_MAX 1024
static Dc contexts[DC_MAX];
static unsigned contextCount;
static const Drawing* connected;

VOID ConnectDrawing(const Drawing* drawing)
{
    __atomic_store_n(&connected, drawing, __ATOMIC_RELEASE);
}

const Drawing* connectedDrawing(void)
{
    return __atomic_load_n(&connected, __ATOMIC_ACQUIRE);
}

Dc* makeDc(DcKind kind, RatWindow window)
{
    static unsigned next;
    for (unsigned i = 0; i < DC_MAX; i++) {
        Dc* dc = &contexts[(__atomic_fetch_add(&next, 1, __ATOMIC_RELAXED)) % DC_MAX];
        int free = DC_FREE;
        if (!__atomic_compare_exchange_n(&dc->kind, &free, kind, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
            continue;
        dc->window = window;
        __atomic_fetch_add(&contextCount, 1, __ATOMIC_RELAXED);
        return dc;
    }
    failWith(ERROR_NOT_ENOUGH_MEMORY);
    return NULL;
}

static void releaseDrawing(Dc* dc)
{
    if (dc->drawing == 0) return;
    connectedDrawing()->release(dc->drawing);
    dc->drawing = 0;
}

void freeDc(Dc* dc)
{
    releaseDrawing(dc);
    __atomic_fetch_sub(&contextCount, 1, __ATOMIC_RELAXED);
    __atomic_store_n(&dc->kind, DC_FREE, __ATOMIC_RELEASE);
}

Dc* dcOf(HDC handle)
{
    uintptr_t offset = (uintptr_t)handle - (uintptr_t)contexts;
    if (offset >= sizeof contexts || offset % sizeof(Dc) != 0) return NULL;
    Dc* dc = (Dc*)(void*)handle;
    return __atomic_load_n(&dc->kind, __ATOMIC_ACQUIRE) != DC_FREE ? dc : NULL;
}

uint64_t* DrawingOfDc(HDC handle, const RatPaint** outPaint)
{
    Dc* dc = dcOf(handle);
    if (dc == NULL) return NULL;
    *outPaint = &dc->paint;
    return &dc->drawing;
}

void emptyDcs(RatWindow window)
{
    if (LIKELY(__atomic_load_n(&contextCount, __ATOMIC_RELAXED) == 0)) return;
    for (Dc* dc = contexts; dc < contexts + DC_MAX; dc++) {
        if (__atomic_load_n(&dc->kind, __ATOMIC_ACQUIRE) == DC_FREE || dc->window != window) continue;
        releaseDrawing(dc);
        dc->paint.pixels = NULL;
        dc->paint.width = dc->paint.height = 0;
        dc->paint.clipCount = 0;
    }
}

static HDC handleOfDc(Dc* dc)
{
    return (HDC)(void*)dc;
}

HDC BeginPaint(HWND window, LPPAINTSTRUCT out)
{
    if (out == NULL) return nullWith(ERROR_INVALID_PARAMETER);
    Dc* dc = makeDc(DC_PAINT, handleOf(window));
    if (dc == NULL) return NULL;
    if (!succeeded(RatBeginPaint(handleOf(window), &dc->paint), SUBJECT_WINDOW)) {
        freeDc(dc);
        return NULL;
    }
    memset(out, 0, sizeof *out);
    out->hdc = handleOfDc(dc);
    out->fErase = dc->paint.erase != 0;
    memcpy(&out->rcPaint, &dc->paint.rect, sizeof out->rcPaint);
    return out->hdc;
}

BOOL EndPaint(HWND window, const PAINTSTRUCT* paint)
{
    Dc* dc = paint != NULL ? dcOf(paint->hdc) : NULL;
    if (dc == NULL || dc->kind != DC_PAINT) return failWith(ERROR_INVALID_PARAMETER);
    if (dc->window != handleOf(window)) return failWith(ERROR_INVALID_WINDOW_HANDLE);
    RatEndPaint(dc->window, &dc->paint);
    freeDc(dc);
    return TRUE;
}

static HDC lend(HWND window, HRGN region, uint32_t flags)
{
    Dc* dc = makeDc(DC_WINDOW, handleOf(window));
    if (dc == NULL) return NULL;
    /* The screen's: there is nothing to draw on, and things to ask for. */
    if (window == NULL) {
        memset(&dc->paint, 0, sizeof dc->paint);
        return handleOfDc(dc);
    }
    RatStatus status = RatGetWindowPixels(handleOf(window), handleOf(region), flags, &dc->paint);
    if (succeeded(status, SUBJECT_WINDOW)) return handleOfDc(dc);
    freeDc(dc);
    return NULL;
}

HDC GetDC(HWND window)
{
    return lend(window, NULL, RAT_DCX_USESTYLE);
}

HDC GetWindowDC(HWND window)
{
    return lend(window, NULL, RAT_DCX_USESTYLE | RAT_DCX_WINDOW);
}

/* What a cache of device contexts would do means nothing here, as there is none. */
HDC GetDCEx(HWND window, HRGN region, DWORD flags)
{
    uint32_t known = RAT_DCX_WINDOW | RAT_DCX_CLIPCHILDREN | RAT_DCX_CLIPSIBLINGS | RAT_DCX_EXCLUDERGN |
                     RAT_DCX_INTERSECTRGN | RAT_DCX_EXCLUDEUPDATE | RAT_DCX_INTERSECTUPDATE | RAT_DCX_USESTYLE;
    return lend(window, region, flags & known);
}

int ReleaseDC(HWND window, HDC handle)
{
    Dc* dc = dcOf(handle);
    if (dc == NULL || dc->kind != DC_WINDOW || (window != NULL && dc->window != handleOf(window)))
        return failWith(ERROR_DC_NOT_FOUND);
    if (dc->window != 0) RatReleaseWindowPixels(dc->window, &dc->paint);
    freeDc(dc);
    return 1;
}

HWND WindowFromDC(HDC handle)
{
    Dc* dc = dcOf(handle);
    return dc != NULL ? (HWND)objectOf(dc->window) : NULL;
}

/* -- What needs painting ----------------------------------------------------------------------- */

static const RatRect* rectOf(const RECT* rect)
{
    return (const RatRect*)(const void*)rect;
}

/* Every window of the calling thread, for calls that name none. */
static bool redrawOne(RatWindow window, intptr_t flags)
{
    RatRedrawWindow(window, NULL, RAT_INVALID_HANDLE, (uint32_t)flags);
    return true;
}

/* What InvalidateRect() and ValidateRect() do to all windows: both invalidate them. */
#define REDRAW_ALL (RDW_INVALIDATE | RDW_ERASE | RDW_FRAME | RDW_ALLCHILDREN | RDW_ERASENOW)

static BOOL redrawAll(uint32_t flags)
{
    return succeeded(RatEnumThreadWindows(RAT_INVALID_HANDLE, redrawOne, (intptr_t)flags), SUBJECT_WINDOW);
}

BOOL RedrawWindow(HWND window, const RECT* rect, HRGN region, UINT flags)
{
    if (window == NULL) return redrawAll(flags);
    return succeeded(RatRedrawWindow(handleOf(window), rectOf(rect), handleOf(region), flags), SUBJECT_WINDOW);
}

BOOL InvalidateRect(HWND window, const RECT* rect, BOOL erase)
{
    if (window == NULL) return redrawAll(REDRAW_ALL);
    return succeeded(RatInvalidateRect(handleOf(window), rectOf(rect), erase != FALSE), SUBJECT_WINDOW);
}

BOOL InvalidateRgn(HWND window, HRGN region, BOOL erase)
{
    return succeeded(RatInvalidateRegion(handleOf(window), handleOf(region), erase != FALSE), SUBJECT_WINDOW);
}

BOOL ValidateRect(HWND window, const RECT* rect)
{
    if (window == NULL) return redrawAll(REDRAW_ALL);
    return succeeded(RatValidateRect(handleOf(window), rectOf(rect)), SUBJECT_WINDOW);
}

BOOL ValidateRgn(HWND window, HRGN region)
{
    return succeeded(RatValidateRegion(handleOf(window), handleOf(region)), SUBJECT_WINDOW);
}

typedef struct {
    OwnerCall call;
    RatWindow window;
    RatRegion region;
    RatRect rect;
    bool erase;
} UpdateCall;

static RatStatus runUpdate(OwnerCall* call)
{
    UpdateCall* c = (UpdateCall*)call;
    return RatUpdateWindow(c->window);
}

static RatStatus runGetRect(OwnerCall* call)
{
    UpdateCall* c = (UpdateCall*)call;
    return RatGetUpdateRect(c->window, &c->rect, c->erase);
}

static RatStatus runGetRegion(OwnerCall* call)
{
    UpdateCall* c = (UpdateCall*)call;
    return RatGetUpdateRegion(c->window, c->region, c->erase);
}

BOOL UpdateWindow(HWND window)
{
    UpdateCall c = { .call = { .run = runUpdate }, .window = handleOf(window) };
    return succeeded(callOwner(c.window, &c.call), SUBJECT_WINDOW);
}

/* Whether there is anything to paint. */
BOOL GetUpdateRect(HWND window, LPRECT rect, BOOL erase)
{
    UpdateCall c = { .call = { .run = runGetRect }, .window = handleOf(window), .erase = erase != FALSE };
    if (!succeeded(callOwner(c.window, &c.call), SUBJECT_WINDOW)) return FALSE;
    if (rect != NULL) memcpy(rect, &c.rect, sizeof *rect);
    return c.rect.left < c.rect.right && c.rect.top < c.rect.bottom;
}

int GetUpdateRgn(HWND window, HRGN region, BOOL erase)
{
    UpdateCall c = { .call = { .run = runGetRegion }, .window = handleOf(window), .region = handleOf(region),
                     .erase = erase != FALSE };
    return succeeded(callOwner(c.window, &c.call), SUBJECT_WINDOW) ? complexityOf(c.region) : RGN_ERROR;
}

int ScrollWindowEx(HWND window, int dx, int dy, const RECT* rect, const RECT* clip, HRGN updateRegion,
                   LPRECT updateRect, UINT flags)
{
    RatRegion own = handleOf(updateRegion);
    if (own == 0 && RatCreateRegion(NULL, 0, &own) != RAT_IPC_OK) return failWith(ERROR_NOT_ENOUGH_MEMORY);
    RatStatus status = RatScrollWindowEx(handleOf(window), dx, dy, rectOf(rect), rectOf(clip), own,
                                         (RatRect*)(void*)updateRect, flags & 0x17);
    int result = succeeded(status, SUBJECT_WINDOW) ? complexityOf(own) : RGN_ERROR;
    if (updateRegion == NULL) RatCloseRegion(own);
    return result;
}

BOOL ScrollWindow(HWND window, int dx, int dy, const RECT* rect, const RECT* clip)
{
    UINT flags = SW_INVALIDATE | SW_ERASE | (rect == NULL ? SW_SCROLLCHILDREN : 0);
    return succeeded(RatScrollWindowEx(handleOf(window), dx, dy, rectOf(rect), rectOf(clip),
                                       RAT_INVALID_HANDLE, NULL, flags),
                     SUBJECT_WINDOW);
}
