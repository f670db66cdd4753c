/* Pixels, lines, shapes and copies of pixels. */
#include "gdi.h"

/* -- Pixels and lines -------------------------------------------------------------------------- */

BOOL SetPixelV(HDC dc, int x, int y, COLORREF color)
{
    return succeeded(RatGdiSetPixel(contextOf(dc), x, y, rgbOf(color)));
}

COLORREF GetPixel(HDC dc, int x, int y)
{
    uint32_t color = 0;
    return succeeded(RatGdiGetPixel(contextOf(dc), x, y, &color)) ? colorOf(color) : CLR_INVALID;
}

COLORREF SetPixel(HDC dc, int x, int y, COLORREF color)
{
    return SetPixelV(dc, x, y, color) ? GetPixel(dc, x, y) : CLR_INVALID;
}

BOOL LineTo(HDC dc, int x, int y)
{
    return succeeded(RatGdiLineTo(contextOf(dc), x, y));
}

_Static_assert(sizeof(RatPoint) == sizeof(POINT), "the two are one");

BOOL Polyline(HDC dc, const POINT* points, int count)
{
    return succeeded(RatGdiPolyline(contextOf(dc), (const RatPoint*)(const void*)points, (size_t)count));
}

BOOL PolylineTo(HDC dc, const POINT* points, DWORD count)
{
    if (points == NULL || count == 0) return failWith(ERROR_INVALID_PARAMETER);
    for (DWORD i = 0; i < count; i++)
        if (!LineTo(dc, points[i].x, points[i].y)) return FALSE;
    return TRUE;
}

BOOL Polygon(HDC dc, const POINT* points, int count)
{
    return succeeded(RatGdiPolygon(contextOf(dc), (const RatPoint*)(const void*)points, (size_t)count));
}

/* -- Shapes ------------------------------------------------------------------------------------ */

BOOL Rectangle(HDC dc, int left, int top, int right, int bottom)
{
    RatRect rect = { left, top, right, bottom };
    return succeeded(RatGdiRectangle(contextOf(dc), &rect));
}

BOOL RoundRect(HDC dc, int left, int top, int right, int bottom, int width, int height)
{
    RatRect rect = { left, top, right, bottom };
    return succeeded(RatGdiRoundRect(contextOf(dc), &rect, width, height));
}

BOOL Ellipse(HDC dc, int left, int top, int right, int bottom)
{
    RatRect rect = { left, top, right, bottom };
    return succeeded(RatGdiEllipse(contextOf(dc), &rect));
}

static BOOL arc(HDC dc, uint32_t kind, const RatRect* rect, RatPoint start, RatPoint end)
{
    return succeeded(RatGdiArc(contextOf(dc), kind, rect, &start, &end));
}

BOOL Arc(HDC dc, int left, int top, int right, int bottom, int startX, int startY, int endX, int endY)
{
    RatRect rect = { left, top, right, bottom };
    return arc(dc, RAT_GDI_ARC, &rect, (RatPoint){ startX, startY }, (RatPoint){ endX, endY });
}

BOOL Chord(HDC dc, int left, int top, int right, int bottom, int startX, int startY, int endX, int endY)
{
    RatRect rect = { left, top, right, bottom };
    return arc(dc, RAT_GDI_CHORD, &rect, (RatPoint){ startX, startY }, (RatPoint){ endX, endY });
}

BOOL Pie(HDC dc, int left, int top, int right, int bottom, int startX, int startY, int endX, int endY)
{
    RatRect rect = { left, top, right, bottom };
    return arc(dc, RAT_GDI_PIE, &rect, (RatPoint){ startX, startY }, (RatPoint){ endX, endY });
}

/* An inverted rectangle is one of a size below 0, and is filled all the same. */
static RatRect filled(const RECT* rect)
{
    int width, height;
    if (__builtin_sub_overflow(rect->right, rect->left, &width)) width = INT32_MAX;
    if (__builtin_sub_overflow(rect->bottom, rect->top, &height)) height = INT32_MAX;
    RatRect box = rectAt(rect->left, rect->top, width, height);
    return (RatRect){ min(box.left, box.right), min(box.top, box.bottom), max(box.left, box.right),
                      max(box.top, box.bottom) };
}

int FillRect(HDC dc, const RECT* rect, HBRUSH brush)
{
    if (rect == NULL) return failWith(ERROR_INVALID_PARAMETER);
    RatRect given = filled(rect);
    return succeeded(RatGdiFillRect(contextOf(dc), &given, brushOf(brush)));
}

int FrameRect(HDC dc, const RECT* rect, HBRUSH brush)
{
    if (rect == NULL) return failWith(ERROR_INVALID_PARAMETER);
    RatRect given = rectOf(rect);
    return succeeded(RatGdiFrameRect(contextOf(dc), &given, brushOf(brush)));
}

BOOL InvertRect(HDC dc, const RECT* rect)
{
    if (rect == NULL) return failWith(ERROR_INVALID_PARAMETER);
    RatRect given = filled(rect);
    return succeeded(RatGdiPatBlt(contextOf(dc), &given, DSTINVERT));
}

BOOL DrawFocusRect(HDC dc, const RECT* rect)
{
    if (rect == NULL) return failWith(ERROR_INVALID_PARAMETER);
    RatRect given = rectOf(rect);
    return succeeded(RatGdiFocusRect(contextOf(dc), &given));
}

/* -- Edges ------------------------------------------------------------------------------------- */

/* One of the two lines of an edge: the left and upper side have one colour, the others another. */
static void drawSides(HDC dc, RECT* rect, UINT flags, int upper, int lower)
{
    HBRUSH light = GetSysColorBrush(upper), dark = GetSysColorBrush(lower);
    RECT side;
    if ((flags & BF_LEFT) != 0) {
        SetRect(&side, rect->left, rect->top, rect->left + 1, rect->bottom);
        FillRect(dc, &side, light);
    }
    if ((flags & BF_TOP) != 0) {
        SetRect(&side, rect->left, rect->top, rect->right, rect->top + 1);
        FillRect(dc, &side, light);
    }
    if ((flags & BF_RIGHT) != 0) {
        SetRect(&side, rect->right - 1, rect->top, rect->right, rect->bottom);
        FillRect(dc, &side, dark);
    }
    if ((flags & BF_BOTTOM) != 0) {
        SetRect(&side, rect->left, rect->bottom - 1, rect->right, rect->bottom);
        FillRect(dc, &side, dark);
    }
    rect->left += (flags & BF_LEFT) != 0;
    rect->top += (flags & BF_TOP) != 0;
    rect->right -= (flags & BF_RIGHT) != 0;
    rect->bottom -= (flags & BF_BOTTOM) != 0;
}

BOOL DrawEdge(HDC dc, LPRECT rect, UINT edge, UINT flags)
{
    if (rect == NULL || IsRectEmpty(rect)) return failWith(ERROR_INVALID_PARAMETER);
    RECT inner = *rect;
    if ((edge & BDR_RAISEDOUTER) != 0) drawSides(dc, &inner, flags, COLOR_3DLIGHT, COLOR_3DDKSHADOW);
    else if ((edge & BDR_SUNKENOUTER) != 0) drawSides(dc, &inner, flags, COLOR_3DSHADOW, COLOR_3DHIGHLIGHT);
    if ((edge & BDR_RAISEDINNER) != 0) drawSides(dc, &inner, flags, COLOR_3DHIGHLIGHT, COLOR_3DSHADOW);
    else if ((edge & BDR_SUNKENINNER) != 0) drawSides(dc, &inner, flags, COLOR_3DDKSHADOW, COLOR_3DLIGHT);
    if ((flags & BF_MIDDLE) != 0) FillRect(dc, &inner, GetSysColorBrush(COLOR_3DFACE));
    if ((flags & BF_ADJUST) != 0) *rect = inner;
    return TRUE;
}

/* -- Copies ------------------------------------------------------------------------------------ */

BOOL PatBlt(HDC dc, int x, int y, int width, int height, DWORD operation)
{
    RatRect rect = rectAt(x, y, width, height);
    return succeeded(RatGdiPatBlt(contextOf(dc), &rect, operation));
}

BOOL StretchBlt(HDC dc, int x, int y, int width, int height, HDC source, int sourceX, int sourceY,
                int sourceWidth, int sourceHeight, DWORD operation)
{
    RatRect to = rectAt(x, y, width, height);
    RatRect from = rectAt(sourceX, sourceY, sourceWidth, sourceHeight);
    /* Without a source there may be none. */
    if (source == NULL) return succeeded(RatGdiPatBlt(contextOf(dc), &to, operation));
    return succeeded(RatGdiBlt(contextOf(dc), &to, contextOf(source), &from, operation));
}

BOOL BitBlt(HDC dc, int x, int y, int width, int height, HDC source, int sourceX, int sourceY, DWORD operation)
{
    return StretchBlt(dc, x, y, width, height, source, sourceX, sourceY, width, height, operation);
}
