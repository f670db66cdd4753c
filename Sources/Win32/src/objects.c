/* Brushes, system colours, the system's icons and pointers, and regions. */
#include "internal.h"

/* -- Brushes ----------------------------------------------------------------------------------- */

/* A brush is its colour, as 0xRRGGBB: a solid one needs no memory, and two of a colour are one. The library that
 * draws has the same numbers, and those of the other objects that are always there. */
#define SOLID UINT64_C(0x0B00000000000000)
#define HOLLOW UINT64_C(0x0B01000000000000)
#define CONTEXT_BRUSH UINT64_C(0x0B02000000000000)
#define CONTEXT_PEN UINT64_C(0x0B03000000000000)
#define STOCK_PEN UINT64_C(0x0D00000200000000)
#define STOCK_FONT UINT64_C(0x0D00000C00000003)
/* What its objects have in common. */
#define DRAWN UINT64_C(0x0D00000000000000)
#define DRAWN_MASK UINT64_C(0xFFFFFFE000000000)

static const COLORREF systemColors[] = {
    [COLOR_SCROLLBAR] = RGB(200, 200, 200),
    [COLOR_BACKGROUND] = RGB(0, 0, 0),
    [COLOR_ACTIVECAPTION] = RGB(153, 180, 209),
    [COLOR_INACTIVECAPTION] = RGB(191, 205, 219),
    [COLOR_MENU] = RGB(240, 240, 240),
    [COLOR_WINDOW] = RGB(255, 255, 255),
    [COLOR_WINDOWFRAME] = RGB(100, 100, 100),
    [COLOR_MENUTEXT] = RGB(0, 0, 0),
    [COLOR_WINDOWTEXT] = RGB(0, 0, 0),
    [COLOR_CAPTIONTEXT] = RGB(0, 0, 0),
    [COLOR_ACTIVEBORDER] = RGB(180, 180, 180),
    [COLOR_INACTIVEBORDER] = RGB(244, 247, 252),
    [COLOR_APPWORKSPACE] = RGB(171, 171, 171),
    [COLOR_HIGHLIGHT] = RGB(0, 120, 215),
    [COLOR_HIGHLIGHTTEXT] = RGB(255, 255, 255),
    [COLOR_BTNFACE] = RGB(240, 240, 240),
    [COLOR_BTNSHADOW] = RGB(160, 160, 160),
    [COLOR_GRAYTEXT] = RGB(109, 109, 109),
    [COLOR_BTNTEXT] = RGB(0, 0, 0),
    [COLOR_INACTIVECAPTIONTEXT] = RGB(0, 0, 0),
    [COLOR_BTNHIGHLIGHT] = RGB(255, 255, 255),
    [COLOR_3DDKSHADOW] = RGB(105, 105, 105),
    [COLOR_3DLIGHT] = RGB(227, 227, 227),
    [COLOR_INFOTEXT] = RGB(0, 0, 0),
    [COLOR_INFOBK] = RGB(255, 255, 225),
    [COLOR_HOTLIGHT] = RGB(0, 102, 204),
    [COLOR_GRADIENTACTIVECAPTION] = RGB(185, 209, 234),
    [COLOR_GRADIENTINACTIVECAPTION] = RGB(215, 228, 242),
    [COLOR_MENUHILIGHT] = RGB(0, 120, 215),
    [COLOR_MENUBAR] = RGB(240, 240, 240),
};

DWORD GetSysColor(int index)
{
    return index >= 0 && (size_t)index < ARRAYSIZE(systemColors) ? systemColors[index] : 0;
}

HBRUSH CreateSolidBrush(COLORREF color)
{
    uint32_t rgb = (uint32_t)GetRValue(color) << 16 | (uint32_t)GetGValue(color) << 8 | GetBValue(color);
    return (HBRUSH)(uintptr_t)(SOLID | rgb);
}

HBRUSH GetSysColorBrush(int index)
{
    if (index < 0 || (size_t)index >= ARRAYSIZE(systemColors)) return NULL;
    return CreateSolidBrush(systemColors[index]);
}

HGDIOBJ GetStockObject(int object)
{
    switch (object) {
    case WHITE_BRUSH: return CreateSolidBrush(RGB(255, 255, 255));
    case LTGRAY_BRUSH: return CreateSolidBrush(RGB(192, 192, 192));
    case GRAY_BRUSH: return CreateSolidBrush(RGB(128, 128, 128));
    case DKGRAY_BRUSH: return CreateSolidBrush(RGB(64, 64, 64));
    case BLACK_BRUSH: return CreateSolidBrush(RGB(0, 0, 0));
    case NULL_BRUSH: return (HGDIOBJ)(uintptr_t)HOLLOW;
    case DC_BRUSH: return (HGDIOBJ)(uintptr_t)CONTEXT_BRUSH;
    case DC_PEN: return (HGDIOBJ)(uintptr_t)CONTEXT_PEN;
    case BLACK_PEN: return (HGDIOBJ)(uintptr_t)STOCK_PEN;
    case WHITE_PEN: return (HGDIOBJ)(uintptr_t)(STOCK_PEN + 1);
    case NULL_PEN: return (HGDIOBJ)(uintptr_t)(STOCK_PEN + 2);
    case SYSTEM_FONT:
    case DEVICE_DEFAULT_FONT: return (HGDIOBJ)(uintptr_t)STOCK_FONT;
    case ANSI_VAR_FONT:
    case DEFAULT_GUI_FONT: return (HGDIOBJ)(uintptr_t)(STOCK_FONT + 1);
    case OEM_FIXED_FONT:
    case ANSI_FIXED_FONT:
    case SYSTEM_FIXED_FONT: return (HGDIOBJ)(uintptr_t)(STOCK_FONT + 2);
    default: failWith(ERROR_INVALID_PARAMETER); return NULL;
    }
}

static bool isBrush(uint64_t number)
{
    return number == HOLLOW || number == CONTEXT_BRUSH || number == CONTEXT_PEN ||
           (number & ~UINT64_C(0xFFFFFF)) == SOLID;
}

uint32_t brushPixels(HBRUSH brush)
{
    uint64_t number = (uint64_t)(uintptr_t)brush;
    if (number >= 1 && number <= ARRAYSIZE(systemColors))
        number = (uint64_t)(uintptr_t)CreateSolidBrush(systemColors[number - 1]);
    if ((number & ~UINT64_C(0xFFFFFF)) != SOLID) return 0;
    return 0xFF000000u | (uint32_t)(number & 0xFFFFFF);
}

bool isDrawn(HGDIOBJ object)
{
    return ((uint64_t)(uintptr_t)object & DRAWN_MASK) == DRAWN;
}

BOOL DeleteObject(HGDIOBJ object)
{
    if (isBrush((uint64_t)(uintptr_t)object)) return TRUE;
    if (isDrawn(object)) {
        const Drawing* drawing = connectedDrawing();
        /* Without the library that draws there are those alone that are always there. */
        return drawing == NULL || drawing->deleteObject(object);
    }
    return succeeded(RatCloseRegion(handleOf(object)), SUBJECT_OBJECT);
}

/* -- Icons and pointers --------------------------------------------------------------------------- */

/* The system's, by their numbers; of a program's resources there are none. */
static void* systemImage(HINSTANCE instance, const void* name, uint64_t kind)
{
    uintptr_t number = (uintptr_t)name;
    bool isSystems = instance == NULL && IS_INTRESOURCE(name) && number >= 32512 && number <= 32651;
    if (isSystems) return (void*)(uintptr_t)(kind | number);
    failWith(ERROR_RESOURCE_NAME_NOT_FOUND);
    return NULL;
}

#define ICON UINT64_C(0x0C00000000000000)
#define POINTER UINT64_C(0x0C01000000000000)

/* What Win32 gave up and Rat never had is shown as what took its place. */
uint32_t shapeOf(HCURSOR cursor)
{
    uint64_t value = (uint64_t)(uintptr_t)cursor;
    if (value == 0) return RAT_CURSOR_NONE;
    uint32_t number = (uint32_t)value;
    if ((value ^ number) != POINTER) return RAT_CURSOR_ARROW;
    switch (number) {
    case RAT_CURSOR_IBEAM: case RAT_CURSOR_WAIT: case RAT_CURSOR_CROSS: case RAT_CURSOR_UPARROW:
    case RAT_CURSOR_SIZENWSE: case RAT_CURSOR_SIZENESW: case RAT_CURSOR_SIZEWE: case RAT_CURSOR_SIZENS:
    case RAT_CURSOR_SIZEALL: case RAT_CURSOR_NO: case RAT_CURSOR_HAND: case RAT_CURSOR_APPSTARTING:
    case RAT_CURSOR_HELP:
        return number;
    case 32640: return RAT_CURSOR_SIZEALL; /* IDC_SIZE */
    default: return RAT_CURSOR_ARROW;
    }
}

HCURSOR pointerOf(RatCursor shape)
{
    return shape == RAT_CURSOR_NONE ? NULL : (HCURSOR)(uintptr_t)(POINTER | shape);
}

HICON LoadIconA(HINSTANCE instance, LPCSTR name)
{
    return systemImage(instance, name, ICON);
}

HICON LoadIconW(HINSTANCE instance, LPCWSTR name)
{
    return systemImage(instance, name, ICON);
}

HCURSOR LoadCursorA(HINSTANCE instance, LPCSTR name)
{
    return systemImage(instance, name, POINTER);
}

HCURSOR LoadCursorW(HINSTANCE instance, LPCWSTR name)
{
    return systemImage(instance, name, POINTER);
}

/* -- Regions ----------------------------------------------------------------------------------- */

/* Corners in any order. */
static RatRect ordered(int left, int top, int right, int bottom)
{
    return (RatRect){ min(left, right), min(top, bottom), max(left, right), max(top, bottom) };
}

HRGN CreateRectRgn(int left, int top, int right, int bottom)
{
    RatRect rect = ordered(left, top, right, bottom);
    RatRegion region = 0;
    return succeeded(RatCreateRegion(&rect, 1, &region), SUBJECT_OBJECT) ? objectOf(region) : NULL;
}

HRGN CreateRectRgnIndirect(const RECT* rect)
{
    if (rect == NULL) return nullWith(ERROR_INVALID_PARAMETER);
    return CreateRectRgn(rect->left, rect->top, rect->right, rect->bottom);
}

BOOL SetRectRgn(HRGN region, int left, int top, int right, int bottom)
{
    RatRect rect = ordered(left, top, right, bottom);
    return succeeded(RatSetRegion(handleOf(region), &rect, 1), SUBJECT_OBJECT);
}

int complexityOf(RatRegion region)
{
    size_t count = 0;
    RatStatus status = RatGetRegionRects(region, NULL, 0, &count);
    if (status == RAT_IPC_ERR_BUFFER_TOO_SMALL) status = RAT_IPC_OK;
    if (!succeeded(status, SUBJECT_OBJECT)) return RGN_ERROR;
    return count == 0 ? NULLREGION : count == 1 ? SIMPLEREGION : COMPLEXREGION;
}

int CombineRgn(HRGN target, HRGN first, HRGN second, int mode)
{
    RatStatus status =
        RatCombineRegions(handleOf(target), handleOf(first), handleOf(second), (uint32_t)mode);
    return succeeded(status, SUBJECT_OBJECT) ? complexityOf(handleOf(target)) : RGN_ERROR;
}

int OffsetRgn(HRGN region, int dx, int dy)
{
    return succeeded(RatOffsetRegion(handleOf(region), dx, dy), SUBJECT_OBJECT) ? complexityOf(handleOf(region)) : RGN_ERROR;
}

int GetRgnBox(HRGN region, LPRECT rect)
{
    RatStatus status = RatGetRegionBounds(handleOf(region), (RatRect*)(void*)rect);
    return succeeded(status, SUBJECT_OBJECT) ? complexityOf(handleOf(region)) : RGN_ERROR;
}

BOOL EqualRgn(HRGN first, HRGN second)
{
    bool equal = false;
    return succeeded(RatEqualRegions(handleOf(first), handleOf(second), &equal), SUBJECT_OBJECT) && equal;
}

BOOL PtInRegion(HRGN region, int x, int y)
{
    bool contains = false;
    return succeeded(RatRegionContainsPoint(handleOf(region), x, y, &contains), SUBJECT_OBJECT) && contains;
}

BOOL RectInRegion(HRGN region, const RECT* rect)
{
    uint32_t coverage = RAT_COVERS_NONE;
    RatStatus status =
        RatRegionContainsRect(handleOf(region), (const RatRect*)(const void*)rect, &coverage);
    return succeeded(status, SUBJECT_OBJECT) && coverage != RAT_COVERS_NONE;
}
