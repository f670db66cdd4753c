/** @file wingdi.h
 *  gdi32: device contexts and drawing, on windows and in memory; colours, brushes and regions.
 *
 *  There are colours of 32 bits alone, and coordinates are pixels.
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
#define WHITE_PEN 6
#define BLACK_PEN 7
#define NULL_PEN 8
#define OEM_FIXED_FONT 10
#define ANSI_FIXED_FONT 11
#define ANSI_VAR_FONT 12
#define SYSTEM_FONT 13
#define DEVICE_DEFAULT_FONT 14
#define SYSTEM_FIXED_FONT 16
#define DEFAULT_GUI_FONT 17
#define DC_BRUSH 18
#define DC_PEN 19

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

/* -- What contexts draw with ------------------------------------------------------------------- */

#define OBJ_PEN 1
#define OBJ_BRUSH 2
#define OBJ_DC 3
#define OBJ_FONT 6
#define OBJ_BITMAP 7
#define OBJ_REGION 8
#define OBJ_MEMDC 10
#define GDI_ERROR 0xFFFFFFFFL
#define HGDI_ERROR ((HANDLE)(LONG_PTR)-1)

#define PS_SOLID 0
#define PS_DASH 1
#define PS_DOT 2
#define PS_DASHDOT 3
#define PS_DASHDOTDOT 4
#define PS_NULL 5
#define PS_INSIDEFRAME 6
#define BS_SOLID 0
#define BS_NULL 1
#define BS_HOLLOW BS_NULL
#define BS_HATCHED 2
#define BS_PATTERN 3
#define HS_HORIZONTAL 0
#define HS_VERTICAL 1
#define HS_FDIAGONAL 2
#define HS_BDIAGONAL 3
#define HS_CROSS 4
#define HS_DIAGCROSS 5

typedef struct tagLOGPEN {
    UINT lopnStyle;
    POINT lopnWidth;
    COLORREF lopnColor;
} LOGPEN, *PLOGPEN, *NPLOGPEN, *LPLOGPEN;

typedef struct tagLOGBRUSH {
    UINT lbStyle;
    COLORREF lbColor;
    ULONG_PTR lbHatch;
} LOGBRUSH, *PLOGBRUSH, *NPLOGBRUSH, *LPLOGBRUSH;

RAT_WIN32(HPEN, CreatePen, (int style, int width, COLORREF color));
RAT_WIN32(HPEN, CreatePenIndirect, (const LOGPEN* pen));
RAT_WIN32(HBRUSH, CreateHatchBrush, (int hatch, COLORREF color));
RAT_WIN32(HBRUSH, CreatePatternBrush, (HBITMAP bitmap));
RAT_WIN32(HBRUSH, CreateBrushIndirect, (const LOGBRUSH* brush));
RAT_WIN32(int, GetObjectA, (HANDLE object, int size, LPVOID out));
RAT_WIN32(int, GetObjectW, (HANDLE object, int size, LPVOID out));
#define GetObject RAT_AW(GetObject)
RAT_WIN32(DWORD, GetObjectType, (HGDIOBJ object));

#define LF_FACESIZE 32
#define FW_DONTCARE 0
#define FW_THIN 100
#define FW_EXTRALIGHT 200
#define FW_ULTRALIGHT FW_EXTRALIGHT
#define FW_LIGHT 300
#define FW_NORMAL 400
#define FW_REGULAR FW_NORMAL
#define FW_MEDIUM 500
#define FW_SEMIBOLD 600
#define FW_DEMIBOLD FW_SEMIBOLD
#define FW_BOLD 700
#define FW_EXTRABOLD 800
#define FW_ULTRABOLD FW_EXTRABOLD
#define FW_HEAVY 900
#define FW_BLACK FW_HEAVY
#define ANSI_CHARSET 0
#define DEFAULT_CHARSET 1
#define SYMBOL_CHARSET 2
#define SHIFTJIS_CHARSET 128
#define HANGUL_CHARSET 129
#define GB2312_CHARSET 134
#define CHINESEBIG5_CHARSET 136
#define GREEK_CHARSET 161
#define TURKISH_CHARSET 162
#define HEBREW_CHARSET 177
#define ARABIC_CHARSET 178
#define BALTIC_CHARSET 186
#define RUSSIAN_CHARSET 204
#define EASTEUROPE_CHARSET 238
#define OEM_CHARSET 255
#define OUT_DEFAULT_PRECIS 0
#define OUT_STRING_PRECIS 1
#define OUT_CHARACTER_PRECIS 2
#define OUT_STROKE_PRECIS 3
#define OUT_TT_PRECIS 4
#define OUT_DEVICE_PRECIS 5
#define OUT_RASTER_PRECIS 6
#define OUT_TT_ONLY_PRECIS 7
#define OUT_OUTLINE_PRECIS 8
#define CLIP_DEFAULT_PRECIS 0
#define CLIP_CHARACTER_PRECIS 1
#define CLIP_STROKE_PRECIS 2
#define DEFAULT_QUALITY 0
#define DRAFT_QUALITY 1
#define PROOF_QUALITY 2
#define NONANTIALIASED_QUALITY 3
#define ANTIALIASED_QUALITY 4
#define CLEARTYPE_QUALITY 5
#define DEFAULT_PITCH 0
#define FIXED_PITCH 1
#define VARIABLE_PITCH 2
#define FF_DONTCARE (0 << 4)
#define FF_ROMAN (1 << 4)
#define FF_SWISS (2 << 4)
#define FF_MODERN (3 << 4)
#define FF_SCRIPT (4 << 4)
#define FF_DECORATIVE (5 << 4)
#define TMPF_FIXED_PITCH 0x01
#define TMPF_VECTOR 0x02
#define TMPF_TRUETYPE 0x04
#define TMPF_DEVICE 0x08

typedef struct tagLOGFONTA {
    LONG lfHeight;
    LONG lfWidth;
    LONG lfEscapement;
    LONG lfOrientation;
    LONG lfWeight;
    BYTE lfItalic;
    BYTE lfUnderline;
    BYTE lfStrikeOut;
    BYTE lfCharSet;
    BYTE lfOutPrecision;
    BYTE lfClipPrecision;
    BYTE lfQuality;
    BYTE lfPitchAndFamily;
    CHAR lfFaceName[LF_FACESIZE];
} LOGFONTA, *PLOGFONTA, *NPLOGFONTA, *LPLOGFONTA;

typedef struct tagLOGFONTW {
    LONG lfHeight;
    LONG lfWidth;
    LONG lfEscapement;
    LONG lfOrientation;
    LONG lfWeight;
    BYTE lfItalic;
    BYTE lfUnderline;
    BYTE lfStrikeOut;
    BYTE lfCharSet;
    BYTE lfOutPrecision;
    BYTE lfClipPrecision;
    BYTE lfQuality;
    BYTE lfPitchAndFamily;
    WCHAR lfFaceName[LF_FACESIZE];
} LOGFONTW, *PLOGFONTW, *NPLOGFONTW, *LPLOGFONTW;

#define LOGFONT RAT_AW(LOGFONT)
#define PLOGFONT RAT_AW(PLOGFONT)
#define LPLOGFONT RAT_AW(LPLOGFONT)

/* Widths of one's own, and rotation, are left out. */
RAT_WIN32(HFONT, CreateFontIndirectA, (const LOGFONTA* font));
RAT_WIN32(HFONT, CreateFontIndirectW, (const LOGFONTW* font));
#define CreateFontIndirect RAT_AW(CreateFontIndirect)
RAT_WIN32(HFONT, CreateFontA,
          (int height, int width, int escapement, int orientation, int weight, DWORD italic,
           DWORD underline, DWORD strikeOut, DWORD charSet, DWORD outPrecision,
           DWORD clipPrecision, DWORD quality, DWORD pitchAndFamily, LPCSTR face));
RAT_WIN32(HFONT, CreateFontW,
          (int height, int width, int escapement, int orientation, int weight, DWORD italic,
           DWORD underline, DWORD strikeOut, DWORD charSet, DWORD outPrecision,
           DWORD clipPrecision, DWORD quality, DWORD pitchAndFamily, LPCWSTR face));
#define CreateFont RAT_AW(CreateFont)

#define BI_RGB 0
#define BI_BITFIELDS 3
#define DIB_RGB_COLORS 0
#define DIB_PAL_COLORS 1

typedef struct tagBITMAP {
    LONG bmType;
    LONG bmWidth;
    LONG bmHeight;
    LONG bmWidthBytes;
    WORD bmPlanes;
    WORD bmBitsPixel;
    LPVOID bmBits;
} BITMAP, *PBITMAP, *NPBITMAP, *LPBITMAP;

typedef struct tagRGBQUAD {
    BYTE rgbBlue;
    BYTE rgbGreen;
    BYTE rgbRed;
    BYTE rgbReserved;
} RGBQUAD, *LPRGBQUAD;

typedef struct tagBITMAPINFOHEADER {
    DWORD biSize;
    LONG biWidth;
    LONG biHeight;
    WORD biPlanes;
    WORD biBitCount;
    DWORD biCompression;
    DWORD biSizeImage;
    LONG biXPelsPerMeter;
    LONG biYPelsPerMeter;
    DWORD biClrUsed;
    DWORD biClrImportant;
} BITMAPINFOHEADER, *PBITMAPINFOHEADER, *LPBITMAPINFOHEADER;

typedef struct tagBITMAPINFO {
    BITMAPINFOHEADER bmiHeader;
    RGBQUAD bmiColors[1];
} BITMAPINFO, *PBITMAPINFO, *LPBITMAPINFO;

typedef struct tagDIBSECTION {
    BITMAP dsBm;
    BITMAPINFOHEADER dsBmih;
    DWORD dsBitfields[3];
    HANDLE dshSection;
    DWORD dsOffset;
} DIBSECTION, *PDIBSECTION, *LPDIBSECTION;

RAT_WIN32(HBITMAP, CreateCompatibleBitmap, (HDC dc, int width, int height));
RAT_WIN32(HBITMAP, CreateBitmap, (int width, int height, UINT planes, UINT bitCount, const VOID* bits));
RAT_WIN32(HBITMAP, CreateDIBSection,
          (HDC dc, const BITMAPINFO* info, UINT usage, VOID** bits, HANDLE section, DWORD offset));

/* -- Device contexts --------------------------------------------------------------------------- */

#define DRIVERVERSION 0
#define TECHNOLOGY 2
#define HORZSIZE 4
#define VERTSIZE 6
#define HORZRES 8
#define VERTRES 10
#define BITSPIXEL 12
#define PLANES 14
#define NUMBRUSHES 16
#define NUMPENS 18
#define NUMFONTS 22
#define NUMCOLORS 24
#define RASTERCAPS 38
#define ASPECTX 40
#define ASPECTY 42
#define ASPECTXY 44
#define LOGPIXELSX 88
#define LOGPIXELSY 90
#define SIZEPALETTE 104
#define COLORRES 108
#define VREFRESH 116
#define DESKTOPVERTRES 117
#define DESKTOPHORZRES 118
#define DT_RASDISPLAY 1
#define RC_BITBLT 1
#define RC_STRETCHBLT 0x0800
#define RC_STRETCHDIB 0x2000
#define RC_DIBTODEV 0x0200

RAT_WIN32(HDC, CreateCompatibleDC, (HDC dc));
RAT_WIN32(BOOL, DeleteDC, (HDC dc));
RAT_WIN32(int, SaveDC, (HDC dc));
RAT_WIN32(BOOL, RestoreDC, (HDC dc, int level));
RAT_WIN32(HGDIOBJ, SelectObject, (HDC dc, HGDIOBJ object));
RAT_WIN32(HGDIOBJ, GetCurrentObject, (HDC dc, UINT type));
RAT_WIN32(int, GetDeviceCaps, (HDC dc, int index));

#define TRANSPARENT 1
#define OPAQUE 2
#define TA_NOUPDATECP 0
#define TA_UPDATECP 1
#define TA_LEFT 0
#define TA_RIGHT 2
#define TA_CENTER 6
#define TA_TOP 0
#define TA_BOTTOM 8
#define TA_BASELINE 24
#define R2_BLACK 1
#define R2_NOTMERGEPEN 2
#define R2_MASKNOTPEN 3
#define R2_NOTCOPYPEN 4
#define R2_MASKPENNOT 5
#define R2_NOT 6
#define R2_XORPEN 7
#define R2_NOTMASKPEN 8
#define R2_MASKPEN 9
#define R2_NOTXORPEN 10
#define R2_NOP 11
#define R2_MERGENOTPEN 12
#define R2_COPYPEN 13
#define R2_MERGEPENNOT 14
#define R2_MERGEPEN 15
#define R2_WHITE 16
#define ALTERNATE 1
#define WINDING 2
#define BLACKONWHITE 1
#define WHITEONBLACK 2
#define COLORONCOLOR 3
#define HALFTONE 4
#define STRETCH_ANDSCANS BLACKONWHITE
#define STRETCH_ORSCANS WHITEONBLACK
#define STRETCH_DELETESCANS COLORONCOLOR
#define STRETCH_HALFTONE HALFTONE

RAT_WIN32(COLORREF, SetTextColor, (HDC dc, COLORREF color));
RAT_WIN32(COLORREF, GetTextColor, (HDC dc));
RAT_WIN32(COLORREF, SetBkColor, (HDC dc, COLORREF color));
RAT_WIN32(COLORREF, GetBkColor, (HDC dc));
RAT_WIN32(COLORREF, SetDCBrushColor, (HDC dc, COLORREF color));
RAT_WIN32(COLORREF, GetDCBrushColor, (HDC dc));
RAT_WIN32(COLORREF, SetDCPenColor, (HDC dc, COLORREF color));
RAT_WIN32(COLORREF, GetDCPenColor, (HDC dc));
RAT_WIN32(int, SetBkMode, (HDC dc, int mode));
RAT_WIN32(int, GetBkMode, (HDC dc));
RAT_WIN32(UINT, SetTextAlign, (HDC dc, UINT align));
RAT_WIN32(UINT, GetTextAlign, (HDC dc));
RAT_WIN32(int, SetROP2, (HDC dc, int mode));
RAT_WIN32(int, GetROP2, (HDC dc));
RAT_WIN32(int, SetPolyFillMode, (HDC dc, int mode));
RAT_WIN32(int, GetPolyFillMode, (HDC dc));
RAT_WIN32(int, SetStretchBltMode, (HDC dc, int mode));
RAT_WIN32(int, GetStretchBltMode, (HDC dc));

RAT_WIN32(BOOL, MoveToEx, (HDC dc, int x, int y, LPPOINT previous));
RAT_WIN32(BOOL, GetCurrentPositionEx, (HDC dc, LPPOINT point));
RAT_WIN32(BOOL, SetViewportOrgEx, (HDC dc, int x, int y, LPPOINT previous));
RAT_WIN32(BOOL, OffsetViewportOrgEx, (HDC dc, int dx, int dy, LPPOINT previous));
RAT_WIN32(BOOL, GetViewportOrgEx, (HDC dc, LPPOINT point));
RAT_WIN32(BOOL, SetWindowOrgEx, (HDC dc, int x, int y, LPPOINT previous));
RAT_WIN32(BOOL, OffsetWindowOrgEx, (HDC dc, int dx, int dy, LPPOINT previous));
RAT_WIN32(BOOL, GetWindowOrgEx, (HDC dc, LPPOINT point));
RAT_WIN32(BOOL, SetBrushOrgEx, (HDC dc, int x, int y, LPPOINT previous));
RAT_WIN32(BOOL, GetBrushOrgEx, (HDC dc, LPPOINT point));
RAT_WIN32(BOOL, LPtoDP, (HDC dc, LPPOINT points, int count));
RAT_WIN32(BOOL, DPtoLP, (HDC dc, LPPOINT points, int count));

RAT_WIN32(int, IntersectClipRect, (HDC dc, int left, int top, int right, int bottom));
RAT_WIN32(int, ExcludeClipRect, (HDC dc, int left, int top, int right, int bottom));
RAT_WIN32(int, SelectClipRgn, (HDC dc, HRGN region));
RAT_WIN32(int, GetClipBox, (HDC dc, LPRECT rect));
RAT_WIN32(BOOL, PtVisible, (HDC dc, int x, int y));
RAT_WIN32(BOOL, RectVisible, (HDC dc, const RECT* rect));

/* -- Drawing ----------------------------------------------------------------------------------- */

RAT_WIN32(COLORREF, SetPixel, (HDC dc, int x, int y, COLORREF color));
RAT_WIN32(BOOL, SetPixelV, (HDC dc, int x, int y, COLORREF color));
RAT_WIN32(COLORREF, GetPixel, (HDC dc, int x, int y));
RAT_WIN32(BOOL, LineTo, (HDC dc, int x, int y));
RAT_WIN32(BOOL, Polyline, (HDC dc, const POINT* points, int count));
RAT_WIN32(BOOL, PolylineTo, (HDC dc, const POINT* points, DWORD count));
RAT_WIN32(BOOL, Polygon, (HDC dc, const POINT* points, int count));
RAT_WIN32(BOOL, Rectangle, (HDC dc, int left, int top, int right, int bottom));
RAT_WIN32(BOOL, RoundRect, (HDC dc, int left, int top, int right, int bottom, int width, int height));
RAT_WIN32(BOOL, Ellipse, (HDC dc, int left, int top, int right, int bottom));
RAT_WIN32(BOOL, Arc,
          (HDC dc, int left, int top, int right, int bottom, int startX, int startY, int endX, int endY));
RAT_WIN32(BOOL, Chord,
          (HDC dc, int left, int top, int right, int bottom, int startX, int startY, int endX, int endY));
RAT_WIN32(BOOL, Pie,
          (HDC dc, int left, int top, int right, int bottom, int startX, int startY, int endX, int endY));
RAT_WIN32(BOOL, FillRgn, (HDC dc, HRGN region, HBRUSH brush));
RAT_WIN32(BOOL, PaintRgn, (HDC dc, HRGN region));
RAT_WIN32(BOOL, InvertRgn, (HDC dc, HRGN region));
RAT_WIN32(BOOL, GdiFlush, (VOID));

#define SRCCOPY 0x00CC0020
#define SRCPAINT 0x00EE0086
#define SRCAND 0x008800C6
#define SRCINVERT 0x00660046
#define SRCERASE 0x00440328
#define NOTSRCCOPY 0x00330008
#define NOTSRCERASE 0x001100A6
#define MERGECOPY 0x00C000CA
#define MERGEPAINT 0x00BB0226
#define PATCOPY 0x00F00021
#define PATPAINT 0x00FB0A09
#define PATINVERT 0x005A0049
#define DSTINVERT 0x00550009
#define BLACKNESS 0x00000042
#define WHITENESS 0x00FF0062

RAT_WIN32(BOOL, PatBlt, (HDC dc, int x, int y, int width, int height, DWORD operation));
RAT_WIN32(BOOL, BitBlt,
          (HDC dc, int x, int y, int width, int height, HDC source, int sourceX, int sourceY,
           DWORD operation));
RAT_WIN32(BOOL, StretchBlt,
          (HDC dc, int x, int y, int width, int height, HDC source, int sourceX, int sourceY,
           int sourceWidth, int sourceHeight, DWORD operation));
RAT_WIN32(int, SetDIBitsToDevice,
          (HDC dc, int x, int y, DWORD width, DWORD height, int sourceX, int sourceY, UINT firstLine,
           UINT lines, const VOID* bits, const BITMAPINFO* info, UINT usage));
RAT_WIN32(int, StretchDIBits,
          (HDC dc, int x, int y, int width, int height, int sourceX, int sourceY, int sourceWidth,
           int sourceHeight, const VOID* bits, const BITMAPINFO* info, UINT usage, DWORD operation));

/* -- Text -------------------------------------------------------------------------------------- */

#define ETO_OPAQUE 0x0002
#define ETO_CLIPPED 0x0004

typedef struct tagTEXTMETRICA {
    LONG tmHeight;
    LONG tmAscent;
    LONG tmDescent;
    LONG tmInternalLeading;
    LONG tmExternalLeading;
    LONG tmAveCharWidth;
    LONG tmMaxCharWidth;
    LONG tmWeight;
    LONG tmOverhang;
    LONG tmDigitizedAspectX;
    LONG tmDigitizedAspectY;
    BYTE tmFirstChar;
    BYTE tmLastChar;
    BYTE tmDefaultChar;
    BYTE tmBreakChar;
    BYTE tmItalic;
    BYTE tmUnderlined;
    BYTE tmStruckOut;
    BYTE tmPitchAndFamily;
    BYTE tmCharSet;
} TEXTMETRICA, *PTEXTMETRICA, *NPTEXTMETRICA, *LPTEXTMETRICA;

typedef struct tagTEXTMETRICW {
    LONG tmHeight;
    LONG tmAscent;
    LONG tmDescent;
    LONG tmInternalLeading;
    LONG tmExternalLeading;
    LONG tmAveCharWidth;
    LONG tmMaxCharWidth;
    LONG tmWeight;
    LONG tmOverhang;
    LONG tmDigitizedAspectX;
    LONG tmDigitizedAspectY;
    WCHAR tmFirstChar;
    WCHAR tmLastChar;
    WCHAR tmDefaultChar;
    WCHAR tmBreakChar;
    BYTE tmItalic;
    BYTE tmUnderlined;
    BYTE tmStruckOut;
    BYTE tmPitchAndFamily;
    BYTE tmCharSet;
} TEXTMETRICW, *PTEXTMETRICW, *NPTEXTMETRICW, *LPTEXTMETRICW;

#define TEXTMETRIC RAT_AW(TEXTMETRIC)
#define PTEXTMETRIC RAT_AW(PTEXTMETRIC)
#define LPTEXTMETRIC RAT_AW(LPTEXTMETRIC)

RAT_WIN32(BOOL, TextOutA, (HDC dc, int x, int y, LPCSTR text, int length));
RAT_WIN32(BOOL, TextOutW, (HDC dc, int x, int y, LPCWSTR text, int length));
#define TextOut RAT_AW(TextOut)
RAT_WIN32(BOOL, ExtTextOutA,
          (HDC dc, int x, int y, UINT options, const RECT* rect, LPCSTR text, UINT length,
           const INT* advances));
RAT_WIN32(BOOL, ExtTextOutW,
          (HDC dc, int x, int y, UINT options, const RECT* rect, LPCWSTR text, UINT length,
           const INT* advances));
#define ExtTextOut RAT_AW(ExtTextOut)
RAT_WIN32(BOOL, GetTextExtentPoint32A, (HDC dc, LPCSTR text, int length, LPSIZE size));
RAT_WIN32(BOOL, GetTextExtentPoint32W, (HDC dc, LPCWSTR text, int length, LPSIZE size));
#define GetTextExtentPoint32 RAT_AW(GetTextExtentPoint32)
RAT_WIN32(BOOL, GetTextExtentPointA, (HDC dc, LPCSTR text, int length, LPSIZE size));
RAT_WIN32(BOOL, GetTextExtentPointW, (HDC dc, LPCWSTR text, int length, LPSIZE size));
#define GetTextExtentPoint RAT_AW(GetTextExtentPoint)
RAT_WIN32(BOOL, GetTextExtentExPointA,
          (HDC dc, LPCSTR text, int length, int limit, LPINT fit, LPINT extents, LPSIZE size));
RAT_WIN32(BOOL, GetTextExtentExPointW,
          (HDC dc, LPCWSTR text, int length, int limit, LPINT fit, LPINT extents, LPSIZE size));
#define GetTextExtentExPoint RAT_AW(GetTextExtentExPoint)
RAT_WIN32(BOOL, GetTextMetricsA, (HDC dc, LPTEXTMETRICA metrics));
RAT_WIN32(BOOL, GetTextMetricsW, (HDC dc, LPTEXTMETRICW metrics));
#define GetTextMetrics RAT_AW(GetTextMetrics)
RAT_WIN32(int, GetTextFaceA, (HDC dc, int size, LPSTR face));
RAT_WIN32(int, GetTextFaceW, (HDC dc, int size, LPWSTR face));
#define GetTextFace RAT_AW(GetTextFace)

RAT_END_C

#endif /* RAT_WINGDI_H */
