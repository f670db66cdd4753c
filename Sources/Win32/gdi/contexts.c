/* Device contexts: what draws for them, and their states. */
#include "gdi.h"

/* -- Errors ------------------------------------------------------------------------------------ */

BOOL failWith(DWORD error)
{
    SetLastError(error);
    return FALSE;
}

bool succeeded(RatStatus status)
{
    switch (status) {
    case RAT_IPC_OK: return true;
    case RAT_IPC_ERR_INVALID_HANDLE: return failWith(ERROR_INVALID_HANDLE);
    case RAT_IPC_ERR_NO_RESOURCES: return failWith(ERROR_NOT_ENOUGH_MEMORY);
    default: return failWith(ERROR_INVALID_PARAMETER);
    }
}

/* -- Beside librat-win32 ----------------------------------------------------------------------- */

RatGdiObject contextOf(HDC dc)
{
    const RatPaint* paint;
    uint64_t* drawing = DrawingOfDc(dc, &paint);
    if (drawing == NULL) return objectOf(dc);
    if (*drawing != 0) return *drawing;
    /* A window of which nothing can be seen has no rectangles: that is not the same as no limit. */
    static const RatRect nothing;
    RatGdiTarget target = {
        .size = sizeof target,
        .clipCount = paint->clipCount,
        .clip = paint->clip != NULL ? paint->clip : &nothing,
        .pixels = { paint->pixels, (ptrdiff_t)paint->stride, paint->width, paint->height },
    };
    succeeded(RatGdiCreateContext(&target, drawing));
    return *drawing;
}

static VOID release(uint64_t drawing)
{
    RatGdiClose(drawing);
}

static uint32_t kindOf(RatGdiObject object)
{
    RatGdiDescription told = { .size = sizeof told };
    return RatGdiDescribe(object, &told) == RAT_IPC_OK ? told.kind : 0;
}

static BOOL deleteObject(HGDIOBJ object)
{
    if (kindOf(objectOf(object)) == RAT_GDI_CONTEXT) return DeleteDC(object);
    return succeeded(RatGdiClose(objectOf(object)));
}

static BOOL erase(HDC dc, HBRUSH brush)
{
    RatGdiObject context = contextOf(dc);
    RatRect box;
    return RatGdiGetClipBox(context, &box, NULL) == RAT_IPC_OK &&
           RatGdiFillRect(context, &box, brushOf(brush)) == RAT_IPC_OK;
}

__attribute__((constructor)) static void connect(void)
{
    static const Drawing drawing = { release, deleteObject, erase };
    ConnectDrawing(&drawing);
}

/* -- Contexts ---------------------------------------------------------------------------------- */

HDC CreateCompatibleDC(HDC dc)
{
    RatGdiObject context = 0;
    RatGdiDescription told = { .size = sizeof told };
    if (dc != NULL && !succeeded(RatGdiDescribe(contextOf(dc), &told))) return NULL;
    succeeded(RatGdiCreateContext(NULL, &context));
    return handleOf(context);
}

BOOL DeleteDC(HDC dc)
{
    const RatPaint* paint;
    if (DrawingOfDc(dc, &paint) != NULL) return ReleaseDC(NULL, dc) == 1;
    if (kindOf(objectOf(dc)) != RAT_GDI_CONTEXT) return failWith(ERROR_INVALID_HANDLE);
    return succeeded(RatGdiClose(objectOf(dc)));
}

int SaveDC(HDC dc)
{
    int32_t level = 0;
    return succeeded(RatGdiSave(contextOf(dc), &level)) ? level : 0;
}

BOOL RestoreDC(HDC dc, int level)
{
    return succeeded(RatGdiRestore(contextOf(dc), level));
}

static DWORD typeOf(HGDIOBJ object)
{
    const RatPaint* paint;
    if (DrawingOfDc(object, &paint) != NULL) return OBJ_DC;
    uint32_t kind = kindOf(objectOf(object));
    if (kind == RAT_GDI_CONTEXT) return OBJ_MEMDC;
    RatRect bounds;
    if (kind == 0 && RatGetRegionBounds((RatRegion)(uintptr_t)object, &bounds) == RAT_IPC_OK) return OBJ_REGION;
    return kind;
}

DWORD GetObjectType(HGDIOBJ object)
{
    DWORD type = typeOf(object);
    return type != 0 ? type : (DWORD)failWith(ERROR_INVALID_HANDLE);
}

HGDIOBJ SelectObject(HDC dc, HGDIOBJ object)
{
    RatGdiObject previous = 0;
    RatGdiObject context = contextOf(dc);
    if (kindOf(objectOf(object)) == 0 && typeOf(object) == OBJ_REGION)
        return (HGDIOBJ)(LONG_PTR)SelectClipRgn(dc, object);
    return succeeded(RatGdiSelect(context, objectOf(object), &previous)) ? handleOf(previous) : NULL;
}

HGDIOBJ GetCurrentObject(HDC dc, UINT type)
{
    RatGdiObject object = 0;
    return succeeded(RatGdiGetSelected(contextOf(dc), type, &object)) ? handleOf(object) : NULL;
}

int GetDeviceCaps(HDC dc, int index)
{
    RatGdiDescription told = { .size = sizeof told };
    if (!succeeded(RatGdiDescribe(contextOf(dc), &told))) return 0;
    switch (index) {
    case DRIVERVERSION: return 0x4000;
    case TECHNOLOGY: return DT_RASDISPLAY;
    case HORZSIZE: return GetSystemMetrics(SM_CXSCREEN) * 254 / 960;
    case VERTSIZE: return GetSystemMetrics(SM_CYSCREEN) * 254 / 960;
    case HORZRES:
    case DESKTOPHORZRES: return GetSystemMetrics(SM_CXSCREEN);
    case VERTRES:
    case DESKTOPVERTRES: return GetSystemMetrics(SM_CYSCREEN);
    case BITSPIXEL: return 32;
    case PLANES: return 1;
    case NUMBRUSHES:
    case NUMPENS:
    case NUMCOLORS: return -1;
    case RASTERCAPS: return RC_BITBLT | RC_STRETCHBLT | RC_STRETCHDIB | RC_DIBTODEV;
    case ASPECTX:
    case ASPECTY: return 36;
    case ASPECTXY: return 51;
    case LOGPIXELSX:
    case LOGPIXELSY: return 96;
    case COLORRES: return 24;
    case VREFRESH: return 60;
    default: return 0;
    }
}

/* -- Attributes -------------------------------------------------------------------------------- */

static uint32_t set(HDC dc, uint32_t attribute, uint32_t value, uint32_t failure)
{
    uint32_t previous = failure;
    succeeded(RatGdiSetAttribute(contextOf(dc), attribute, value, &previous));
    return previous;
}

static uint32_t get(HDC dc, uint32_t attribute, uint32_t failure)
{
    uint32_t value = failure;
    succeeded(RatGdiGetAttribute(contextOf(dc), attribute, &value));
    return value;
}

static COLORREF setColor(HDC dc, uint32_t attribute, COLORREF color)
{
    uint32_t previous = set(dc, attribute, rgbOf(color), CLR_INVALID);
    return previous != CLR_INVALID ? colorOf(previous) : CLR_INVALID;
}

static COLORREF getColor(HDC dc, uint32_t attribute)
{
    uint32_t color = get(dc, attribute, CLR_INVALID);
    return color != CLR_INVALID ? colorOf(color) : CLR_INVALID;
}

COLORREF SetTextColor(HDC dc, COLORREF color) { return setColor(dc, RAT_GDI_TEXT_COLOR, color); }
COLORREF GetTextColor(HDC dc) { return getColor(dc, RAT_GDI_TEXT_COLOR); }
COLORREF SetBkColor(HDC dc, COLORREF color) { return setColor(dc, RAT_GDI_BACKGROUND_COLOR, color); }
COLORREF GetBkColor(HDC dc) { return getColor(dc, RAT_GDI_BACKGROUND_COLOR); }
COLORREF SetDCBrushColor(HDC dc, COLORREF color) { return setColor(dc, RAT_GDI_BRUSH_COLOR, color); }
COLORREF GetDCBrushColor(HDC dc) { return getColor(dc, RAT_GDI_BRUSH_COLOR); }
COLORREF SetDCPenColor(HDC dc, COLORREF color) { return setColor(dc, RAT_GDI_PEN_COLOR, color); }
COLORREF GetDCPenColor(HDC dc) { return getColor(dc, RAT_GDI_PEN_COLOR); }
int SetBkMode(HDC dc, int mode) { return (int)set(dc, RAT_GDI_BACKGROUND_MODE, (uint32_t)mode, 0); }
int GetBkMode(HDC dc) { return (int)get(dc, RAT_GDI_BACKGROUND_MODE, 0); }
UINT SetTextAlign(HDC dc, UINT align) { return set(dc, RAT_GDI_TEXT_ALIGN, align, GDI_ERROR); }
UINT GetTextAlign(HDC dc) { return get(dc, RAT_GDI_TEXT_ALIGN, GDI_ERROR); }
int SetROP2(HDC dc, int mode) { return (int)set(dc, RAT_GDI_MIX, (uint32_t)mode, 0); }
int GetROP2(HDC dc) { return (int)get(dc, RAT_GDI_MIX, 0); }
int SetPolyFillMode(HDC dc, int mode) { return (int)set(dc, RAT_GDI_FILL_MODE, (uint32_t)mode, 0); }
int GetPolyFillMode(HDC dc) { return (int)get(dc, RAT_GDI_FILL_MODE, 0); }
int SetStretchBltMode(HDC dc, int mode) { return (int)set(dc, RAT_GDI_STRETCH_MODE, (uint32_t)mode, 0); }
int GetStretchBltMode(HDC dc) { return (int)get(dc, RAT_GDI_STRETCH_MODE, 0); }

/* -- Points ------------------------------------------------------------------------------------ */

static BOOL setPoint(HDC dc, uint32_t which, int x, int y, LPPOINT out)
{
    RatPoint previous;
    if (!succeeded(RatGdiSetPoint(contextOf(dc), which, x, y, &previous))) return FALSE;
    if (out != NULL) *out = (POINT){ previous.x, previous.y };
    return TRUE;
}

static BOOL getPoint(HDC dc, uint32_t which, LPPOINT out)
{
    RatPoint point;
    if (out == NULL) return failWith(ERROR_INVALID_PARAMETER);
    if (!succeeded(RatGdiGetPoint(contextOf(dc), which, &point))) return FALSE;
    *out = (POINT){ point.x, point.y };
    return TRUE;
}

static BOOL movePoint(HDC dc, uint32_t which, int dx, int dy, LPPOINT out)
{
    POINT point;
    if (!getPoint(dc, which, &point)) return FALSE;
    return setPoint(dc, which, plus(point.x, dx), plus(point.y, dy), out);
}

BOOL MoveToEx(HDC dc, int x, int y, LPPOINT out) { return setPoint(dc, RAT_GDI_POSITION, x, y, out); }
BOOL GetCurrentPositionEx(HDC dc, LPPOINT out) { return getPoint(dc, RAT_GDI_POSITION, out); }
BOOL SetViewportOrgEx(HDC dc, int x, int y, LPPOINT out) { return setPoint(dc, RAT_GDI_VIEWPORT_ORIGIN, x, y, out); }
BOOL GetViewportOrgEx(HDC dc, LPPOINT out) { return getPoint(dc, RAT_GDI_VIEWPORT_ORIGIN, out); }
BOOL SetWindowOrgEx(HDC dc, int x, int y, LPPOINT out) { return setPoint(dc, RAT_GDI_WINDOW_ORIGIN, x, y, out); }
BOOL GetWindowOrgEx(HDC dc, LPPOINT out) { return getPoint(dc, RAT_GDI_WINDOW_ORIGIN, out); }
BOOL SetBrushOrgEx(HDC dc, int x, int y, LPPOINT out) { return setPoint(dc, RAT_GDI_BRUSH_ORIGIN, x, y, out); }
BOOL GetBrushOrgEx(HDC dc, LPPOINT out) { return getPoint(dc, RAT_GDI_BRUSH_ORIGIN, out); }

BOOL OffsetViewportOrgEx(HDC dc, int dx, int dy, LPPOINT out)
{
    return movePoint(dc, RAT_GDI_VIEWPORT_ORIGIN, dx, dy, out);
}

BOOL OffsetWindowOrgEx(HDC dc, int dx, int dy, LPPOINT out)
{
    return movePoint(dc, RAT_GDI_WINDOW_ORIGIN, dx, dy, out);
}

/* Moves points by the difference of the origins, times `sign`. */
static BOOL shiftPoints(HDC dc, LPPOINT points, int count, int sign)
{
    POINT viewport, window;
    if (points == NULL || count < 0) return failWith(ERROR_INVALID_PARAMETER);
    if (!GetViewportOrgEx(dc, &viewport) || !GetWindowOrgEx(dc, &window)) return FALSE;
    int dx = (viewport.x - window.x) * sign, dy = (viewport.y - window.y) * sign;
    for (int i = 0; i < count; i++) points[i] = (POINT){ plus(points[i].x, dx), plus(points[i].y, dy) };
    return TRUE;
}

BOOL LPtoDP(HDC dc, LPPOINT points, int count) { return shiftPoints(dc, points, count, 1); }
BOOL DPtoLP(HDC dc, LPPOINT points, int count) { return shiftPoints(dc, points, count, -1); }

/* -- Clips ------------------------------------------------------------------------------------- */

int GetClipBox(HDC dc, LPRECT out)
{
    RatRect box;
    uint32_t count = 0;
    if (out == NULL) return failWith(ERROR_INVALID_PARAMETER);
    if (!succeeded(RatGdiGetClipBox(contextOf(dc), &box, &count))) return RGN_ERROR;
    *out = (RECT){ box.left, box.top, box.right, box.bottom };
    return count == 0 ? NULLREGION : count == 1 ? SIMPLEREGION : COMPLEXREGION;
}

static int clip(HDC dc, uint32_t mode, int left, int top, int right, int bottom)
{
    RatRect rect = { min(left, right), min(top, bottom), max(left, right), max(top, bottom) };
    RECT box;
    return succeeded(RatGdiClip(contextOf(dc), mode, &rect, 1)) ? GetClipBox(dc, &box) : RGN_ERROR;
}

int IntersectClipRect(HDC dc, int left, int top, int right, int bottom)
{
    return clip(dc, RAT_GDI_CLIP_AND, left, top, right, bottom);
}

int ExcludeClipRect(HDC dc, int left, int top, int right, int bottom)
{
    return clip(dc, RAT_GDI_CLIP_DIFF, left, top, right, bottom);
}

/* The rectangles of a region, to be freed; NULL, and the error, if there are none to be had. */
static RatRect* rectsOf(HRGN handle, size_t* outCount)
{
    RatRegion region = (RatRegion)(uintptr_t)handle;
    size_t count = 0;
    for (;;) {
        /* One more than there are, so that there always is something to free. */
        RatRect* rects = malloc((count + 1) * sizeof *rects);
        if (rects == NULL) {
            failWith(ERROR_NOT_ENOUGH_MEMORY);
            return NULL;
        }
        RatStatus status = RatGetRegionRects(region, rects, count + 1, outCount);
        if (status == RAT_IPC_OK) return rects;
        free(rects);
        if (status != RAT_IPC_ERR_BUFFER_TOO_SMALL) {
            succeeded(status);
            return NULL;
        }
        count = *outCount;
    }
}

int SelectClipRgn(HDC dc, HRGN region)
{
    RECT box;
    size_t count = 0;
    RatRect* rects = NULL;
    if (region != NULL && (rects = rectsOf(region, &count)) == NULL) return RGN_ERROR;
    bool done = succeeded(RatGdiClip(contextOf(dc), RAT_GDI_CLIP_COPY, rects, count));
    free(rects);
    return done ? GetClipBox(dc, &box) : RGN_ERROR;
}

BOOL RectVisible(HDC dc, const RECT* rect)
{
    RatGdiObject context = contextOf(dc);
    uint32_t count = 0;
    RatRect box, given;
    if (rect == NULL) return failWith(ERROR_INVALID_PARAMETER);
    given = rectOf(rect);
    if (!succeeded(RatGdiSave(context, NULL))) return FALSE;
    bool told = RatGdiClip(context, RAT_GDI_CLIP_AND, &given, 1) == RAT_IPC_OK &&
                RatGdiGetClipBox(context, &box, &count) == RAT_IPC_OK;
    RatGdiRestore(context, -1);
    return told && count > 0;
}

BOOL PtVisible(HDC dc, int x, int y)
{
    RatRect rect = rectAt(x, y, 1, 1);
    return RectVisible(dc, &(RECT){ rect.left, rect.top, rect.right, rect.bottom });
}

/* -- Regions, drawn ---------------------------------------------------------------------------- */

static BOOL drawRegion(HDC dc, HRGN region, RatGdiObject brush, bool inverts)
{
    size_t count = 0;
    RatGdiObject context = contextOf(dc);
    RatRect* rects = rectsOf(region, &count);
    if (rects == NULL) return FALSE;
    RatStatus status = RAT_IPC_OK;
    for (size_t i = 0; i < count && status == RAT_IPC_OK; i++)
        status = inverts ? RatGdiPatBlt(context, &rects[i], DSTINVERT) : RatGdiFillRect(context, &rects[i], brush);
    free(rects);
    return succeeded(status);
}

BOOL FillRgn(HDC dc, HRGN region, HBRUSH brush)
{
    return drawRegion(dc, region, brushOf(brush), false);
}

BOOL PaintRgn(HDC dc, HRGN region)
{
    RatGdiObject brush = 0;
    return succeeded(RatGdiGetSelected(contextOf(dc), RAT_GDI_BRUSH, &brush)) &&
           drawRegion(dc, region, brush, false);
}

BOOL InvertRgn(HDC dc, HRGN region)
{
    return drawRegion(dc, region, 0, true);
}

BOOL GdiFlush(VOID)
{
    return TRUE;
}
