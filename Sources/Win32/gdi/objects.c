/* Pens, brushes, fonts and bitmaps. */
#include "gdi.h"

/* -- Pens and brushes -------------------------------------------------------------------------- */

HPEN CreatePen(int style, int width, COLORREF color)
{
    RatGdiObject pen = 0;
    /* As Windows: what is no style is solid. */
    uint32_t known = style >= PS_SOLID && style <= PS_INSIDEFRAME ? (uint32_t)style : PS_SOLID;
    succeeded(RatGdiCreatePen(known, width, rgbOf(color), &pen));
    return handleOf(pen);
}

HPEN CreatePenIndirect(const LOGPEN* pen)
{
    if (pen == NULL) return handleOf((RatGdiObject)failWith(ERROR_INVALID_PARAMETER));
    return CreatePen((int)pen->lopnStyle, pen->lopnWidth.x, pen->lopnColor);
}

RatGdiObject brushOf(HBRUSH brush)
{
    uintptr_t number = (uintptr_t)brush;
    return objectOf(number >= 1 && number <= 0xFF ? GetSysColorBrush((int)number - 1) : brush);
}

HBRUSH CreateHatchBrush(int hatch, COLORREF color)
{
    RatGdiObject brush = 0;
    succeeded(RatGdiCreateHatchBrush((uint32_t)hatch, rgbOf(color), &brush));
    return handleOf(brush);
}

HBRUSH CreatePatternBrush(HBITMAP bitmap)
{
    RatGdiObject brush = 0;
    succeeded(RatGdiCreatePatternBrush(objectOf(bitmap), &brush));
    return handleOf(brush);
}

HBRUSH CreateBrushIndirect(const LOGBRUSH* brush)
{
    switch (brush != NULL ? brush->lbStyle : UINT32_MAX) {
    case BS_SOLID: return CreateSolidBrush(brush->lbColor);
    case BS_NULL: return GetStockObject(NULL_BRUSH);
    case BS_HATCHED: return CreateHatchBrush((int)brush->lbHatch, brush->lbColor);
    case BS_PATTERN: return CreatePatternBrush((HBITMAP)brush->lbHatch);
    default: failWith(ERROR_INVALID_PARAMETER); return NULL;
    }
}

/* -- Fonts ------------------------------------------------------------------------------------- */

/* All of a LOGFONT but its name. */
static HFONT createFont(const LOGFONTA* font, const char* face)
{
    RatGdiObject made = 0;
    BYTE pitch = font->lfPitchAndFamily;
    uint32_t flags = (font->lfItalic ? RAT_GDI_FONT_ITALIC : 0) | (font->lfUnderline ? RAT_GDI_FONT_UNDERLINE : 0) |
                     (font->lfStrikeOut ? RAT_GDI_FONT_STRIKEOUT : 0);
    if ((pitch & 3) == FIXED_PITCH || (pitch & 0xF0) == FF_MODERN) flags |= RAT_GDI_FONT_FIXED;
    if ((pitch & 0xF0) == FF_ROMAN) flags |= RAT_GDI_FONT_SERIF;
    if (font->lfQuality == NONANTIALIASED_QUALITY) flags |= RAT_GDI_FONT_ALIASED;
    RatGdiFont wanted = {
        .size = sizeof wanted,
        .height = font->lfHeight,
        .weight = font->lfWeight,
        .flags = flags,
        .face = face,
    };
    succeeded(RatGdiCreateFont(&wanted, &made));
    return handleOf(made);
}

HFONT CreateFontIndirectA(const LOGFONTA* font)
{
    char face[LF_FACESIZE];
    if (font == NULL) return handleOf((RatGdiObject)failWith(ERROR_INVALID_PARAMETER));
    memcpy(face, font->lfFaceName, sizeof face);
    face[sizeof face - 1] = 0;
    return createFont(font, face);
}

HFONT CreateFontIndirectW(const LOGFONTW* font)
{
    char face[3 * LF_FACESIZE];
    LOGFONTA rest;
    if (font == NULL) return handleOf((RatGdiObject)failWith(ERROR_INVALID_PARAMETER));
    memcpy(&rest, font, offsetof(LOGFONTA, lfFaceName));
    size_t length = 0;
    while (length < LF_FACESIZE && font->lfFaceName[length] != 0) length++;
    int size = length > 0 ? WideCharToMultiByte(CP_UTF8, 0, font->lfFaceName, (int)length, face, sizeof face - 1,
                                                NULL, NULL)
                          : 0;
    face[size] = 0;
    return createFont(&rest, face);
}

HFONT CreateFontA(int height, int width, int escapement, int orientation, int weight, DWORD italic,
                  DWORD underline, DWORD strikeOut, DWORD charSet, DWORD outPrecision, DWORD clipPrecision,
                  DWORD quality, DWORD pitchAndFamily, LPCSTR face)
{
    (void)width, (void)escapement, (void)orientation, (void)outPrecision, (void)clipPrecision, (void)charSet;
    LOGFONTA font = { .lfHeight = height, .lfWeight = weight, .lfItalic = italic != 0,
                      .lfUnderline = underline != 0, .lfStrikeOut = strikeOut != 0, .lfQuality = (BYTE)quality,
                      .lfPitchAndFamily = (BYTE)pitchAndFamily };
    return createFont(&font, face);
}

HFONT CreateFontW(int height, int width, int escapement, int orientation, int weight, DWORD italic,
                  DWORD underline, DWORD strikeOut, DWORD charSet, DWORD outPrecision, DWORD clipPrecision,
                  DWORD quality, DWORD pitchAndFamily, LPCWSTR face)
{
    size_t size;
    char* copy = face != NULL ? narrowText(face, -1, &size, NULL) : NULL;
    if (face != NULL && copy == NULL) return NULL;
    HFONT font = CreateFontA(height, width, escapement, orientation, weight, italic, underline, strikeOut, charSet,
                             outPrecision, clipPrecision, quality, pitchAndFamily, copy);
    free(copy);
    return font;
}

/* -- Bitmaps ----------------------------------------------------------------------------------- */

static HBITMAP createBitmap(int width, int height, bool isUpward)
{
    RatGdiObject bitmap = 0;
    succeeded(RatGdiCreateBitmap(width, height, isUpward, &bitmap));
    return handleOf(bitmap);
}

HBITMAP CreateCompatibleBitmap(HDC dc, int width, int height)
{
    RatGdiDescription told = { .size = sizeof told };
    if (!succeeded(RatGdiDescribe(contextOf(dc), &told))) return NULL;
    if (width == 0 || height == 0) return handleOf(RAT_GDI_EMPTY_BITMAP);
    return createBitmap(width, height, false);
}

HBITMAP CreateBitmap(int width, int height, UINT planes, UINT bitCount, const VOID* bits)
{
    if (planes != 1 || bitCount != 32) return handleOf((RatGdiObject)failWith(ERROR_INVALID_PARAMETER));
    HBITMAP bitmap = createBitmap(width, height, false);
    RatGdiDescription told = { .size = sizeof told };
    if (bitmap != NULL && bits != NULL && RatGdiDescribe(objectOf(bitmap), &told) == RAT_IPC_OK)
        memcpy(told.pixels.pixels, bits, (size_t)width * (size_t)height * 4);
    return bitmap;
}

/* Whether its pixels are of 32 bits, as RGB. */
static bool isUsual(const BITMAPINFO* info)
{
    if (info == NULL || info->bmiHeader.biSize < sizeof info->bmiHeader || info->bmiHeader.biPlanes != 1 ||
        info->bmiHeader.biBitCount != 32 || info->bmiHeader.biHeight == INT32_MIN)
        return false;
    if (info->bmiHeader.biCompression == BI_RGB) return true;
    if (info->bmiHeader.biCompression != BI_BITFIELDS) return false;
    uint32_t masks[3];
    memcpy(masks, (const char*)info + sizeof info->bmiHeader, sizeof masks);
    return masks[0] == 0xFF0000 && masks[1] == 0xFF00 && masks[2] == 0xFF;
}

HBITMAP CreateDIBSection(HDC dc, const BITMAPINFO* info, UINT usage, VOID** bits, HANDLE section, DWORD offset)
{
    (void)dc, (void)offset;
    if (bits != NULL) *bits = NULL;
    if (!isUsual(info) || usage != DIB_RGB_COLORS || section != NULL)
        return handleOf((RatGdiObject)failWith(ERROR_INVALID_PARAMETER));
    LONG height = info->bmiHeader.biHeight;
    HBITMAP bitmap = createBitmap(info->bmiHeader.biWidth, height < 0 ? -height : height, height > 0);
    RatGdiDescription told = { .size = sizeof told };
    if (bitmap != NULL && bits != NULL && RatGdiDescribe(objectOf(bitmap), &told) == RAT_IPC_OK) {
        char* first = (char*)told.pixels.pixels;
        *bits = told.pixels.stride < 0 ? first + (told.pixels.height - 1) * told.pixels.stride : first;
    }
    return bitmap;
}

/* Pixels of a device-independent bitmap, from its top row down; false, and the error, if it is an unusual one.
 * `lines` of its rows, from the bottom one on, are there. */
static bool pixelsOf(const BITMAPINFO* info, UINT usage, const VOID* bits, UINT lines, RatGdiPixels* out)
{
    if (!isUsual(info) || usage != DIB_RGB_COLORS || bits == NULL || info->bmiHeader.biWidth <= 0)
        return failWith(ERROR_INVALID_PARAMETER);
    LONG height = info->bmiHeader.biHeight;
    ptrdiff_t stride = (ptrdiff_t)info->bmiHeader.biWidth * 4;
    out->pixels = (uint32_t*)(uintptr_t)bits;
    out->stride = stride;
    out->width = info->bmiHeader.biWidth;
    out->height = (int32_t)lines;
    if (height > 0) {
        out->pixels = (uint32_t*)(void*)((char*)out->pixels + ((ptrdiff_t)lines - 1) * stride);
        out->stride = -stride;
    }
    return true;
}

static UINT rowsOf(const BITMAPINFO* info)
{
    if (info == NULL || info->bmiHeader.biHeight == INT32_MIN) return 0;
    return (UINT)abs(info->bmiHeader.biHeight);
}

int SetDIBitsToDevice(HDC dc, int x, int y, DWORD width, DWORD height, int sourceX, int sourceY, UINT firstLine,
                      UINT lines, const VOID* bits, const BITMAPINFO* info, UINT usage)
{
    RatGdiPixels pixels;
    UINT rows = rowsOf(info);
    if (firstLine >= rows || lines == 0) return 0;
    if (lines > rows - firstLine) lines = rows - firstLine;
    if (width > INT16_MAX || height > INT16_MAX || !pixelsOf(info, usage, bits, lines, &pixels)) return 0;
    /* The source's corner is the lower left one; what is given are rows from firstLine on. */
    bool isUpward = info->bmiHeader.biHeight > 0;
    int64_t top = isUpward ? (int64_t)rows - sourceY - (int64_t)height - (rows - firstLine - lines)
                           : (int64_t)rows - sourceY - (int64_t)height - firstLine;
    if (top < INT32_MIN || top > INT32_MAX) return 0;
    RatRect from = rectAt(sourceX, (int)top, (int)width, (int)height);
    RatRect to = rectAt(x, y, (int)width, (int)height);
    return succeeded(RatGdiDrawPixels(contextOf(dc), &to, &pixels, &from, SRCCOPY)) ? (int)lines : 0;
}

int StretchDIBits(HDC dc, int x, int y, int width, int height, int sourceX, int sourceY, int sourceWidth,
                  int sourceHeight, const VOID* bits, const BITMAPINFO* info, UINT usage, DWORD operation)
{
    RatGdiPixels pixels;
    UINT rows = rowsOf(info);
    if (rows == 0 || !pixelsOf(info, usage, bits, rows, &pixels)) return 0;
    /* As of SetDIBitsToDevice(), where rows go upwards. */
    int64_t top = info->bmiHeader.biHeight > 0 ? (int64_t)rows - sourceY - sourceHeight : sourceY;
    if (top < INT32_MIN || top > INT32_MAX) return 0;
    RatRect from = rectAt(sourceX, (int)top, sourceWidth, sourceHeight);
    RatRect to = rectAt(x, y, width, height);
    return succeeded(RatGdiDrawPixels(contextOf(dc), &to, &pixels, &from, operation)) ? (int)rows : 0;
}

/* -- What an object is ------------------------------------------------------------------------- */

/* The size that is asked for, or where nothing is to be filled in, the whole. */
static int give(const void* told, size_t whole, int size, LPVOID out)
{
    if (out == NULL) return (int)whole;
    if (size < (int)whole) return failWith(ERROR_INVALID_PARAMETER);
    memcpy(out, told, whole);
    return (int)whole;
}

static int giveBitmap(const RatGdiDescription* told, int size, LPVOID out)
{
    bool isUpward = told->pixels.stride < 0;
    ptrdiff_t stride = isUpward ? -told->pixels.stride : told->pixels.stride;
    char* first = (char*)told->pixels.pixels;
    DIBSECTION whole = {
        .dsBm = {
            .bmWidth = told->pixels.width,
            .bmHeight = told->pixels.height,
            .bmWidthBytes = (LONG)stride,
            .bmPlanes = 1,
            .bmBitsPixel = 32,
            .bmBits = isUpward ? first - (told->pixels.height - 1) * stride : first,
        },
        .dsBmih = {
            .biSize = sizeof(BITMAPINFOHEADER),
            .biWidth = told->pixels.width,
            .biHeight = isUpward ? told->pixels.height : -told->pixels.height,
            .biPlanes = 1,
            .biBitCount = 32,
            .biSizeImage = (DWORD)(stride * told->pixels.height),
        },
    };
    if (out != NULL && size >= (int)sizeof whole) return give(&whole, sizeof whole, size, out);
    return give(&whole.dsBm, sizeof whole.dsBm, size, out);
}

static void tellFont(const RatGdiDescription* told, LOGFONTA* out)
{
    memset(out, 0, sizeof *out);
    out->lfHeight = told->fontHeight;
    out->lfWeight = told->fontWeight;
    out->lfItalic = (told->fontFlags & RAT_GDI_FONT_ITALIC) != 0;
    out->lfUnderline = (told->fontFlags & RAT_GDI_FONT_UNDERLINE) != 0;
    out->lfStrikeOut = (told->fontFlags & RAT_GDI_FONT_STRIKEOUT) != 0;
    out->lfCharSet = DEFAULT_CHARSET;
    out->lfQuality = (told->fontFlags & RAT_GDI_FONT_ALIASED) != 0 ? NONANTIALIASED_QUALITY : DEFAULT_QUALITY;
    out->lfPitchAndFamily = (BYTE)((told->fontFlags & RAT_GDI_FONT_FIXED) != 0   ? FIXED_PITCH | FF_MODERN
                                   : (told->fontFlags & RAT_GDI_FONT_SERIF) != 0 ? VARIABLE_PITCH | FF_ROMAN
                                                                                 : DEFAULT_PITCH);
}

static int giveFont(const RatGdiDescription* told, int size, LPVOID out, bool wide)
{
    LOGFONTA narrow;
    tellFont(told, &narrow);
    if (!wide) {
        size_t length = strnlen(told->fontFace, LF_FACESIZE - 1);
        memcpy(narrow.lfFaceName, told->fontFace, length);
        return give(&narrow, sizeof narrow, size, out);
    }
    LOGFONTW font;
    WCHAR face[64];
    memset(&font, 0, sizeof font);
    memcpy(&font, &narrow, offsetof(LOGFONTW, lfFaceName));
    MultiByteToWideChar(CP_UTF8, 0, told->fontFace, -1, face, ARRAYSIZE(face));
    memcpy(font.lfFaceName, face, sizeof font.lfFaceName - sizeof(WCHAR));
    return give(&font, sizeof font, size, out);
}

static int getObject(HANDLE object, int size, LPVOID out, bool wide)
{
    RatGdiDescription told = { .size = sizeof told };
    if (!succeeded(RatGdiDescribe(objectOf(object), &told))) return 0;
    switch (told.kind) {
    case RAT_GDI_PEN: {
        LOGPEN pen = { .lopnStyle = told.style, .lopnWidth = { told.width, 0 }, .lopnColor = colorOf(told.color) };
        return give(&pen, sizeof pen, size, out);
    }
    case RAT_GDI_BRUSH: {
        LOGBRUSH brush = { .lbStyle = told.style, .lbColor = colorOf(told.color), .lbHatch = told.hatch };
        return give(&brush, sizeof brush, size, out);
    }
    case RAT_GDI_FONT: return giveFont(&told, size, out, wide);
    case RAT_GDI_BITMAP: return giveBitmap(&told, size, out);
    default: return failWith(ERROR_INVALID_HANDLE);
    }
}

int GetObjectA(HANDLE object, int size, LPVOID out)
{
    return getObject(object, size, out, false);
}

int GetObjectW(HANDLE object, int size, LPVOID out)
{
    return getObject(object, size, out, true);
}
