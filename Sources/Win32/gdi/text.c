/* Text. */
#include "gdi.h"

/* -- From UTF-16 ------------------------------------------------------------------------------- */

char* narrowText(LPCWSTR text, int length, size_t* outSize, int** units)
{
    *outSize = 0;
    if (units != NULL) *units = NULL;
    if (text == NULL || length < -1) {
        failWith(ERROR_INVALID_PARAMETER);
        return NULL;
    }
    size_t count = (size_t)length;
    if (length == -1)
        for (count = 0; text[count] != 0;) count++;
    /* At most three bytes for each unit, and one so that there is memory for no text at all. */
    char* narrow = malloc(3 * count + 1);
    int* places = units != NULL ? malloc((3 * count + 1) * sizeof *places) : NULL;
    if (narrow == NULL || (units != NULL && places == NULL)) {
        free(narrow);
        free(places);
        failWith(ERROR_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    size_t size = 0;
    for (size_t i = 0; i < count;) {
        bool isPair = (text[i] & 0xFC00) == 0xD800 && i + 1 < count && (text[i + 1] & 0xFC00) == 0xDC00;
        int used = isPair ? 2 : 1;
        int bytes = WideCharToMultiByte(CP_UTF8, 0, text + i, used, narrow + size, 4, NULL, NULL);
        i += (size_t)used;
        for (int j = 0; places != NULL && j < bytes; j++) places[size + (size_t)j] = (int)i;
        size += (size_t)bytes;
    }
    narrow[size] = 0;
    *outSize = size;
    if (units != NULL) *units = places;
    return narrow;
}

/* -- Drawing ----------------------------------------------------------------------------------- */

static BOOL textOut(HDC dc, int x, int y, UINT options, const RECT* rect, const char* text, size_t size,
                    const INT* advances)
{
    RatRect given;
    if (rect != NULL) given = rectOf(rect);
    return succeeded(RatGdiTextOut(contextOf(dc), x, y, options & (ETO_OPAQUE | ETO_CLIPPED),
                                   rect != NULL ? &given : NULL, text, size, advances));
}

BOOL ExtTextOutA(HDC dc, int x, int y, UINT options, const RECT* rect, LPCSTR text, UINT length,
                 const INT* advances)
{
    return textOut(dc, x, y, options, rect, text, length, advances);
}

BOOL ExtTextOutW(HDC dc, int x, int y, UINT options, const RECT* rect, LPCWSTR text, UINT length,
                 const INT* advances)
{
    size_t size;
    int* units = NULL;
    INT* spread = NULL;
    if (length == 0) return textOut(dc, x, y, options, rect, NULL, 0, NULL);
    if (length > INT32_MAX) return failWith(ERROR_INVALID_PARAMETER);
    char* narrow = narrowText(text, (int)length, &size, &units);
    if (narrow == NULL) return FALSE;
    if (advances != NULL && (spread = calloc(size + 1, sizeof *spread)) != NULL) {
        /* What the units of a character say goes to its first byte. */
        int unit = 0;
        for (size_t i = 0; i < size; i++)
            for (; unit < units[i]; unit++) spread[i] += advances[unit];
    }
    BOOL done = advances == NULL || spread != NULL ? textOut(dc, x, y, options, rect, narrow, size, spread)
                                                   : failWith(ERROR_NOT_ENOUGH_MEMORY);
    free(spread);
    free(units);
    free(narrow);
    return done;
}

BOOL TextOutA(HDC dc, int x, int y, LPCSTR text, int length)
{
    if (length < 0) return failWith(ERROR_INVALID_PARAMETER);
    return ExtTextOutA(dc, x, y, 0, NULL, text, (UINT)length, NULL);
}

BOOL TextOutW(HDC dc, int x, int y, LPCWSTR text, int length)
{
    if (length < 0) return failWith(ERROR_INVALID_PARAMETER);
    return ExtTextOutW(dc, x, y, 0, NULL, text, (UINT)length, NULL);
}

static int drawText(HDC dc, const char* text, size_t size, LPRECT rect, UINT format)
{
    int32_t height = 0;
    if (rect == NULL) return failWith(ERROR_INVALID_PARAMETER);
    RatRect given = rectOf(rect);
    if (!succeeded(RatGdiDrawText(contextOf(dc), text, size, &given, format, &height))) return 0;
    *rect = (RECT){ given.left, given.top, given.right, given.bottom };
    return height;
}

int DrawTextA(HDC dc, LPCSTR text, int length, LPRECT rect, UINT format)
{
    if (text == NULL || length < -1) return failWith(ERROR_INVALID_PARAMETER);
    return drawText(dc, text, length < 0 ? strlen(text) : (size_t)length, rect, format);
}

int DrawTextW(HDC dc, LPCWSTR text, int length, LPRECT rect, UINT format)
{
    size_t size;
    char* narrow = narrowText(text, length, &size, NULL);
    if (narrow == NULL) return 0;
    int height = drawText(dc, narrow, size, rect, format);
    free(narrow);
    return height;
}

/* -- Measuring --------------------------------------------------------------------------------- */

/* What the three functions ask, for UTF-8. */
static BOOL measure(HDC dc, const char* text, int length, int limit, LPINT fit, LPINT extents, LPSIZE size)
{
    RatPoint told;
    size_t fitting = 0;
    if (length < 0 || size == NULL) return failWith(ERROR_INVALID_PARAMETER);
    if (!succeeded(RatGdiMeasureText(contextOf(dc), text, (size_t)length, limit, extents, &fitting, &told)))
        return FALSE;
    *size = (SIZE){ told.x, told.y };
    if (fit != NULL) *fit = (INT)fitting;
    return TRUE;
}

BOOL GetTextExtentExPointA(HDC dc, LPCSTR text, int length, int limit, LPINT fit, LPINT extents, LPSIZE size)
{
    return measure(dc, text, length, limit, fit, extents, size);
}

BOOL GetTextExtentExPointW(HDC dc, LPCWSTR text, int length, int limit, LPINT fit, LPINT extents, LPSIZE size)
{
    size_t bytes;
    int* units = NULL;
    INT fitting = 0;
    if (length < 0) return failWith(ERROR_INVALID_PARAMETER);
    char* narrow = narrowText(length > 0 ? text : (LPCWSTR)u"", length, &bytes, &units);
    if (narrow == NULL) return FALSE;
    INT* widths = malloc((bytes + 1) * sizeof *widths);
    BOOL done = widths != NULL ? measure(dc, narrow, (int)bytes, limit, &fitting, widths, size)
                               : failWith(ERROR_NOT_ENOUGH_MEMORY);
    if (done) {
        if (fit != NULL) *fit = fitting > 0 ? units[fitting - 1] : 0;
        int unit = 0;
        for (size_t i = 0; extents != NULL && i < bytes; i++)
            for (; unit < units[i]; unit++) extents[unit] = widths[i];
    }
    free(widths);
    free(units);
    free(narrow);
    return done;
}

BOOL GetTextExtentPoint32A(HDC dc, LPCSTR text, int length, LPSIZE size)
{
    return GetTextExtentExPointA(dc, text, length, 0, NULL, NULL, size);
}

BOOL GetTextExtentPoint32W(HDC dc, LPCWSTR text, int length, LPSIZE size)
{
    return GetTextExtentExPointW(dc, text, length, 0, NULL, NULL, size);
}

BOOL GetTextExtentPointA(HDC dc, LPCSTR text, int length, LPSIZE size)
{
    return GetTextExtentPoint32A(dc, text, length, size);
}

BOOL GetTextExtentPointW(HDC dc, LPCWSTR text, int length, LPSIZE size)
{
    return GetTextExtentPoint32W(dc, text, length, size);
}

/* The description of the font that a context has selected, which may be deleted by now. */
static bool tellFont(HDC dc, RatGdiDescription* told)
{
    told->size = sizeof *told;
    return succeeded(RatGdiDescribe(contextOf(dc), told));
}

BOOL GetTextMetricsW(HDC dc, LPTEXTMETRICW out)
{
    RatGdiTextMetrics metrics = { .size = sizeof metrics };
    RatGdiDescription told;
    if (out == NULL) return failWith(ERROR_INVALID_PARAMETER);
    if (!succeeded(RatGdiGetTextMetrics(contextOf(dc), &metrics)) || !tellFont(dc, &told)) return FALSE;
    *out = (TEXTMETRICW){
        .tmHeight = metrics.height,
        .tmAscent = metrics.ascent,
        .tmDescent = metrics.descent,
        .tmInternalLeading = metrics.internalLeading,
        .tmExternalLeading = metrics.externalLeading,
        .tmAveCharWidth = metrics.averageWidth,
        .tmMaxCharWidth = metrics.maximumWidth,
        .tmWeight = told.fontWeight >= FW_SEMIBOLD ? FW_BOLD : FW_NORMAL,
        .tmDigitizedAspectX = 96,
        .tmDigitizedAspectY = 96,
        .tmFirstChar = ' ',
        .tmLastChar = 0xFFFC,
        .tmDefaultChar = 0xFFFD,
        .tmBreakChar = ' ',
        .tmItalic = (told.fontFlags & RAT_GDI_FONT_ITALIC) != 0,
        .tmUnderlined = (told.fontFlags & RAT_GDI_FONT_UNDERLINE) != 0,
        .tmStruckOut = (told.fontFlags & RAT_GDI_FONT_STRIKEOUT) != 0,
        /* The flag says the opposite of its name. */
        .tmPitchAndFamily = (BYTE)(TMPF_VECTOR | TMPF_TRUETYPE | (metrics.isFixed ? 0 : TMPF_FIXED_PITCH)),
        .tmCharSet = ANSI_CHARSET,
    };
    return TRUE;
}

BOOL GetTextMetricsA(HDC dc, LPTEXTMETRICA out)
{
    TEXTMETRICW wide;
    if (out == NULL) return failWith(ERROR_INVALID_PARAMETER);
    if (!GetTextMetricsW(dc, &wide)) return FALSE;
    memcpy(out, &wide, offsetof(TEXTMETRICA, tmFirstChar));
    out->tmFirstChar = ' ';
    out->tmLastChar = 0xFF;
    out->tmDefaultChar = '?';
    out->tmBreakChar = ' ';
    out->tmItalic = wide.tmItalic;
    out->tmUnderlined = wide.tmUnderlined;
    out->tmStruckOut = wide.tmStruckOut;
    out->tmPitchAndFamily = wide.tmPitchAndFamily;
    out->tmCharSet = wide.tmCharSet;
    return TRUE;
}

int GetTextFaceA(HDC dc, int size, LPSTR face)
{
    RatGdiDescription told;
    if (!tellFont(dc, &told)) return 0;
    int length = (int)strlen(told.fontFace) + 1;
    if (face == NULL) return length;
    if (size <= 0) return failWith(ERROR_INVALID_PARAMETER);
    if (length > size) length = size;
    memcpy(face, told.fontFace, (size_t)length - 1);
    face[length - 1] = 0;
    return length;
}

int GetTextFaceW(HDC dc, int size, LPWSTR face)
{
    RatGdiDescription told;
    WCHAR wide[64];
    if (!tellFont(dc, &told)) return 0;
    int length = MultiByteToWideChar(CP_UTF8, 0, told.fontFace, -1, wide, ARRAYSIZE(wide));
    if (face == NULL) return length;
    if (size <= 0) return failWith(ERROR_INVALID_PARAMETER);
    if (length > size) length = size;
    memcpy(face, wide, (size_t)(length - 1) * sizeof(WCHAR));
    face[length - 1] = 0;
    return length;
}
