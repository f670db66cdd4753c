/* Characters: their case, which is Unicode's, a character for a character; their kinds; and where the next one
 * begins. */
#define _GNU_SOURCE
#include "internal.h"

#include <locale.h>
#include <pthread.h>
#include <wctype.h>

static locale_t unicode; /* 0 where the system has none: then ASCII is all that is known. */
static pthread_once_t unicodeOnce = PTHREAD_ONCE_INIT;

static void makeUnicode(void)
{
    unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}

static locale_t ownLocale(void)
{
    pthread_once(&unicodeOnce, makeUnicode);
    return unicode;
}

uint32_t upperOf(uint32_t c)
{
    if (c < 0x80) return c >= 'a' && c <= 'z' ? c - 32 : c;
    return ownLocale() != (locale_t)0 ? towupper_l((wint_t)c, unicode) : c;
}

uint32_t lowerOf(uint32_t c)
{
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
    return ownLocale() != (locale_t)0 ? towlower_l((wint_t)c, unicode) : c;
}

bool isAlpha(uint32_t c)
{
    if (c < 0x80) return lowerOf(c) >= 'a' && lowerOf(c) <= 'z';
    return ownLocale() != (locale_t)0 && iswalpha_l((wint_t)c, unicode);
}

bool isDigit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* -- Case -------------------------------------------------------------------------------------- */

typedef uint32_t (*Mapping)(uint32_t c);

/* In place: a character whose other case takes more or fewer bytes stays as it is. */
static void mapNarrow(char* text, size_t length, Mapping mapping)
{
    const unsigned char *at = (const unsigned char*)text, *end = at + length;
    while (at < end) {
        char* to = text + (at - (const unsigned char*)text);
        bool malformed = false;
        uint32_t c = nextNarrow(&at, end, &malformed), mapped = mapping(c);
        if (!malformed && narrowSize(mapped) == narrowSize(c)) writeNarrow(to, mapped);
    }
}

static void mapWide(WCHAR* text, size_t length, Mapping mapping)
{
    const WCHAR *at = text, *end = text + length;
    while (at < end) {
        WCHAR* to = text + (at - text);
        bool malformed = false;
        uint32_t c = nextWide(&at, end, &malformed), mapped = mapping(c);
        if (!malformed && (mapped < 0x10000) == (c < 0x10000)) writeWide(to, mapped);
    }
}

/* A pointer below 65,536 is a character. */
static LPSTR mapA(LPSTR text, Mapping mapping)
{
    if (IS_INTRESOURCE(text)) {
        uintptr_t c = (uintptr_t)text;
        return (LPSTR)(c < 0x80 ? mapping((uint32_t)c) : c);
    }
    mapNarrow(text, strlen(text), mapping);
    return text;
}

static LPWSTR mapW(LPWSTR text, Mapping mapping)
{
    if (IS_INTRESOURCE(text)) {
        uint32_t mapped = mapping((uint32_t)(uintptr_t)text);
        return mapped < 0x10000 ? (LPWSTR)(uintptr_t)mapped : text;
    }
    mapWide(text, wideLength(text), mapping);
    return text;
}

LPSTR CharUpperA(LPSTR text)
{
    return mapA(text, upperOf);
}

LPWSTR CharUpperW(LPWSTR text)
{
    return mapW(text, upperOf);
}

LPSTR CharLowerA(LPSTR text)
{
    return mapA(text, lowerOf);
}

LPWSTR CharLowerW(LPWSTR text)
{
    return mapW(text, lowerOf);
}

DWORD CharUpperBuffA(LPSTR text, DWORD length)
{
    if (text == NULL) return 0;
    mapNarrow(text, length, upperOf);
    return length;
}

DWORD CharUpperBuffW(LPWSTR text, DWORD length)
{
    if (text == NULL) return 0;
    mapWide(text, length, upperOf);
    return length;
}

DWORD CharLowerBuffA(LPSTR text, DWORD length)
{
    if (text == NULL) return 0;
    mapNarrow(text, length, lowerOf);
    return length;
}

DWORD CharLowerBuffW(LPWSTR text, DWORD length)
{
    if (text == NULL) return 0;
    mapWide(text, length, lowerOf);
    return length;
}

/* -- Kinds ------------------------------------------------------------------------------------- */

/* A byte of more than 7 bits is a part of a character here, and of no kind. */
static uint32_t ofByte(CHAR c)
{
    return (unsigned char)c < 0x80 ? (unsigned char)c : 0;
}

BOOL IsCharAlphaA(CHAR c)
{
    return isAlpha(ofByte(c));
}

BOOL IsCharAlphaW(WCHAR c)
{
    return isAlpha((uint16_t)c);
}

BOOL IsCharAlphaNumericA(CHAR c)
{
    return isAlpha(ofByte(c)) || isDigit(ofByte(c));
}

BOOL IsCharAlphaNumericW(WCHAR c)
{
    return isAlpha((uint16_t)c) || isDigit((uint16_t)c);
}

BOOL IsCharUpperA(CHAR c)
{
    return lowerOf(ofByte(c)) != ofByte(c);
}

BOOL IsCharUpperW(WCHAR c)
{
    return lowerOf((uint16_t)c) != (uint16_t)c;
}

BOOL IsCharLowerA(CHAR c)
{
    return upperOf(ofByte(c)) != ofByte(c);
}

BOOL IsCharLowerW(WCHAR c)
{
    return upperOf((uint16_t)c) != (uint16_t)c;
}

/* -- Moving ------------------------------------------------------------------------------------ */

static bool isInside(CHAR byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

LPSTR CharNextA(LPCSTR text)
{
    const unsigned char* at = (const unsigned char*)text;
    if (at != NULL && *at != 0) nextNarrow(&at, NULL, NULL);
    return (LPSTR)(uintptr_t)at;
}

LPWSTR CharNextW(LPCWSTR text)
{
    return (LPWSTR)(uintptr_t)(text != NULL && *text != 0 ? text + 1 : text);
}

LPSTR CharPrevA(LPCSTR start, LPCSTR text)
{
    if (text > start) text--;
    for (int i = 0; i < 3 && text > start && isInside(*text); i++) text--;
    return (LPSTR)(uintptr_t)text;
}

LPWSTR CharPrevW(LPCWSTR start, LPCWSTR text)
{
    return (LPWSTR)(uintptr_t)(text > start ? text - 1 : text);
}
