/** @file wingdi.h
 *  Colours, solid brushes and regions: what windows need of gdi32. Drawing is not there yet.
 */
#ifndef RAT_WINGDI_H
#define RAT_WINGDI_H

#include "windef.h"

RAT_BEGIN_C

#define RGB(red, green, blue)                                                                      \
    ((COLORREF)(((BYTE)(red) | ((WORD)((BYTE)(green)) << 8)) | (((DWORD)(BYTE)(blue)) << 16)))
#define GetRValue(color) ((BYTE)(color))
#define GetGValue(color) ((BYTE)(((WORD)(color)) >> 8))
#define GetBValue(color) ((BYTE)((color) >> 16))
#define CLR_INVALID 0xFFFFFFFF

#define ERROR 0
#define NULLREGION 1
#define SIMPLEREGION 2
#define COMPLEXREGION 3
#define RGN_ERROR ERROR
#define RGN_AND 1
#define RGN_OR 2
#define RGN_XOR 3
#define RGN_DIFF 4
#define RGN_COPY 5

#define WHITE_BRUSH 0
#define LTGRAY_BRUSH 1
#define GRAY_BRUSH 2
#define DKGRAY_BRUSH 3
#define BLACK_BRUSH 4
#define NULL_BRUSH 5
#define HOLLOW_BRUSH NULL_BRUSH

/* Gives brushes; there are no other stock objects yet. */
RAT_WIN32(HGDIOBJ, GetStockObject, (int object));
RAT_WIN32(HBRUSH, CreateSolidBrush, (COLORREF color));
RAT_WIN32(BOOL, DeleteObject, (HGDIOBJ object));

RAT_WIN32(HRGN, CreateRectRgn, (int left, int top, int right, int bottom));
RAT_WIN32(HRGN, CreateRectRgnIndirect, (const RECT* rect));
RAT_WIN32(BOOL, SetRectRgn, (HRGN region, int left, int top, int right, int bottom));
RAT_WIN32(int, CombineRgn, (HRGN target, HRGN first, HRGN second, int mode));
RAT_WIN32(int, OffsetRgn, (HRGN region, int dx, int dy));
RAT_WIN32(int, GetRgnBox, (HRGN region, LPRECT rect));
RAT_WIN32(BOOL, EqualRgn, (HRGN first, HRGN second));
RAT_WIN32(BOOL, PtInRegion, (HRGN region, int x, int y));
RAT_WIN32(BOOL, RectInRegion, (HRGN region, const RECT* rect));

RAT_END_C

#endif /* RAT_WINGDI_H */
