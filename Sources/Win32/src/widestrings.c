/* The string functions of tchar.h over UTF-16, by units. */
#define _GNU_SOURCE
#include "internal.h"

#include <tchar.h>

static uint32_t unitOf(WCHAR unit, bool folds)
{
    uint32_t c = (uint16_t)unit;
    return folds && c >= 'A' && c <= 'Z' ? c + 32 : c;
}

int compareWide(const WCHAR* a, const WCHAR* b, size_t count, bool folds)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t left = unitOf(a[i], folds), right = unitOf(b[i], folds);
        if (left != right) return left < right ? -1 : 1;
        if (left == 0) return 0;
    }
    return 0;
}

size_t rat_wcslen(const WCHAR* text)
{
    return wideLength(text);
}

WCHAR* rat_wcscpy(WCHAR* to, const WCHAR* from)
{
    return memmove(to, from, (wideLength(from) + 1) * sizeof(WCHAR));
}

WCHAR* rat_wcsncpy(WCHAR* to, const WCHAR* from, size_t count)
{
    size_t i = 0;
    for (; i < count && from[i] != 0; i++) to[i] = from[i];
    for (; i < count; i++) to[i] = 0;
    return to;
}

WCHAR* rat_wcscat(WCHAR* to, const WCHAR* from)
{
    rat_wcscpy(to + wideLength(to), from);
    return to;
}

WCHAR* rat_wcsncat(WCHAR* to, const WCHAR* from, size_t count)
{
    WCHAR* end = to + wideLength(to);
    for (; count > 0 && *from != 0; count--) *end++ = *from++;
    *end = 0;
    return to;
}

int rat_wcscmp(const WCHAR* a, const WCHAR* b)
{
    return compareWide(a, b, SIZE_MAX, false);
}

int rat_wcsncmp(const WCHAR* a, const WCHAR* b, size_t count)
{
    return compareWide(a, b, count, false);
}

int rat_wcsicmp(const WCHAR* a, const WCHAR* b)
{
    return compareWide(a, b, SIZE_MAX, true);
}

int rat_wcsnicmp(const WCHAR* a, const WCHAR* b, size_t count)
{
    return compareWide(a, b, count, true);
}

WCHAR* rat_wcschr(const WCHAR* text, WCHAR unit)
{
    for (;; text++) {
        if (*text == unit) return (WCHAR*)(uintptr_t)text;
        if (*text == 0) return NULL;
    }
}

WCHAR* rat_wcsrchr(const WCHAR* text, WCHAR unit)
{
    const WCHAR* last = NULL;
    for (;; text++) {
        if (*text == unit) last = text;
        if (*text == 0) return (WCHAR*)(uintptr_t)last;
    }
}

WCHAR* rat_wcsstr(const WCHAR* text, const WCHAR* part)
{
    size_t length = wideLength(part);
    for (;; text++) {
        if (compareWide(text, part, length, false) == 0) return (WCHAR*)(uintptr_t)text;
        if (*text == 0) return NULL;
    }
}

WCHAR* rat_wcsdup(const WCHAR* text)
{
    size_t size = (wideLength(text) + 1) * sizeof(WCHAR);
    WCHAR* copy = malloc(size);
    return copy != NULL ? memcpy(copy, text, size) : NULL;
}

/* Numbers are ASCII: a copy of the part that may be one, a byte for each unit, is read by the C library. */
typedef struct {
    char bytes[512];
} Ascii;

static Ascii asciiOf(const WCHAR* text)
{
    Ascii ascii;
    size_t i = 0;
    for (; i < sizeof ascii.bytes - 1 && text[i] != 0 && (uint16_t)text[i] < 0x80; i++)
        ascii.bytes[i] = (char)text[i];
    ascii.bytes[i] = 0;
    return ascii;
}

static void tellEnd(const Ascii* ascii, const char* end, const WCHAR* text, WCHAR** outEnd)
{
    if (outEnd != NULL) *outEnd = (WCHAR*)(uintptr_t)(text + (end - ascii->bytes));
}

long rat_wcstol(const WCHAR* text, WCHAR** outEnd, int base)
{
    Ascii ascii = asciiOf(text);
    char* end;
    long value = strtol(ascii.bytes, &end, base);
    tellEnd(&ascii, end, text, outEnd);
    return value;
}

unsigned long rat_wcstoul(const WCHAR* text, WCHAR** outEnd, int base)
{
    Ascii ascii = asciiOf(text);
    char* end;
    unsigned long value = strtoul(ascii.bytes, &end, base);
    tellEnd(&ascii, end, text, outEnd);
    return value;
}

double rat_wcstod(const WCHAR* text, WCHAR** outEnd)
{
    Ascii ascii = asciiOf(text);
    char* end;
    double value = strtod(ascii.bytes, &end);
    tellEnd(&ascii, end, text, outEnd);
    return value;
}

int rat_wtoi(const WCHAR* text)
{
    return (int)rat_wcstol(text, NULL, 10);
}
