/* What the files of librat-win32-gdi share: gdi32 and what of user32 draws, over librat-gdi. Pens, brushes, fonts,
 * bitmaps and contexts of memory have librat-gdi's numbers as their handles; a window's context is librat-win32's,
 * which keeps the number of what is drawn with. */
#ifndef GDI_H
#define GDI_H

#include <rat-gdi.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "drawing.h"

static inline RatGdiObject objectOf(const void* handle)
{
    return (RatGdiObject)(uintptr_t)handle;
}

static inline void* handleOf(RatGdiObject object)
{
    return (void*)(uintptr_t)object;
}

/* What draws for a context; 0, which names nothing, if there is no memory for it. */
RatGdiObject contextOf(HDC dc);

/* Sets the last error for a failure. Returns whether the status is RAT_IPC_OK. */
bool succeeded(RatStatus status);
/* Sets the last error. Returns FALSE. */
BOOL failWith(DWORD error);

/* A brush, or a system colour's number plus 1. */
RatGdiObject brushOf(HBRUSH brush);

static inline uint32_t swapped(uint32_t color)
{
    return (color & 0xFF) << 16 | (color & 0xFF00) | (color >> 16 & 0xFF);
}

/* A COLORREF as 0xRRGGBB, and the other way round. */
static inline uint32_t rgbOf(COLORREF color)
{
    return swapped(color);
}

static inline COLORREF colorOf(uint32_t rgb)
{
    return swapped(rgb);
}

static inline RatRect rectOf(const RECT* rect)
{
    return (RatRect){ rect->left, rect->top, rect->right, rect->bottom };
}

/* A sum that stops where a LONG ends. */
static inline int plus(int a, int b)
{
    int sum;
    return !__builtin_add_overflow(a, b, &sum) ? sum : b < 0 ? INT32_MIN : INT32_MAX;
}

/* A rectangle by its corner and size. A size below 0 goes to the left or up, from the corner's own pixel on. */
static inline RatRect rectAt(int x, int y, int width, int height)
{
    int left = width < 0 ? plus(x, 1) : x, top = height < 0 ? plus(y, 1) : y;
    return (RatRect){ left, top, plus(left, width), plus(top, height) };
}

/* A UTF-16 text of a length, or to its 0 if that is -1, as UTF-8 to be freed. *units, if it is not NULL, receives
 * for each byte the number of the unit after the one that it belongs to; it is to be freed too. NULL, and the error,
 * without memory or text. */
char* narrowText(LPCWSTR text, int length, size_t* outSize, int** units);

#endif /* GDI_H */
