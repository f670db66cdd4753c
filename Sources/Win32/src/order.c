/* The order of texts. It is simple where Win32's knows languages: signs before digits before letters, those by their
 * numbers without regard to case; and where two texts are alike but for that, small letters before capital ones.
 */
#include "internal.h"

/* A text of either width, read from its beginning to its end. */
typedef struct {
    const void* at;
    const void* end; /* NULL: a 0 ends it. */
    bool wide;
} Reader;

static Reader readerOf(const void* text, int length, bool wide)
{
    Reader reader = { text, NULL, wide };
    if (length >= 0) reader.end = (const char*)text + (size_t)length * (wide ? sizeof(WCHAR) : 1);
    return reader;
}

/* 0 at the end. A 0 within a text of a given length is U+FFFF, so that it does not end it. */
static uint32_t next(Reader* reader)
{
    if (reader->end != NULL && reader->at >= reader->end) return 0;
    uint32_t c;
    if (reader->wide) {
        const WCHAR* at = reader->at;
        c = *at != 0 ? nextWide(&at, reader->end, NULL) : 0;
        if (c == 0) at++;
        if (c != 0 || reader->end != NULL) reader->at = at;
    } else {
        const unsigned char* at = reader->at;
        c = *at != 0 ? nextNarrow(&at, reader->end, NULL) : 0;
        if (c == 0) at++;
        if (c != 0 || reader->end != NULL) reader->at = at;
    }
    return c == 0 && reader->end != NULL ? 0xFFFF : c;
}

/* What is compared first. */
static uint32_t weightOf(uint32_t c)
{
    if (c == 0) return 0;
    uint32_t kind = isAlpha(c) ? 3 : isDigit(c) ? 2 : 1;
    return kind << 24 | lowerOf(c);
}

static int compare(Reader a, Reader b, bool folds)
{
    int byCase = 0;
    for (;;) {
        uint32_t left = next(&a), right = next(&b);
        if (left != right) {
            uint32_t first = weightOf(left), second = weightOf(right);
            if (first != second) return first < second ? -1 : 1;
            if (byCase == 0) byCase = left == lowerOf(left) ? -1 : 1;
        }
        if (left == 0) return folds ? 0 : byCase;
    }
}

int compareText(const char* a, const char* b, bool folds)
{
    return compare(readerOf(a, -1, false), readerOf(b, -1, false), folds);
}

static int compareStrings(const void* a, const void* b, bool wide, bool folds)
{
    if (a == NULL || b == NULL) return (a != NULL) - (b != NULL);
    return compare(readerOf(a, -1, wide), readerOf(b, -1, wide), folds);
}

int lstrcmpA(LPCSTR a, LPCSTR b)
{
    return compareStrings(a, b, false, false);
}

int lstrcmpW(LPCWSTR a, LPCWSTR b)
{
    return compareStrings(a, b, true, false);
}

int lstrcmpiA(LPCSTR a, LPCSTR b)
{
    return compareStrings(a, b, false, true);
}

int lstrcmpiW(LPCWSTR a, LPCWSTR b)
{
    return compareStrings(a, b, true, true);
}

static int compareCounted(DWORD flags, const void* a, int aLength, const void* b, int bLength, bool wide)
{
    DWORD known = NORM_IGNORECASE | LINGUISTIC_IGNORECASE | SORT_STRINGSORT | NORM_LINGUISTIC_CASING;
    if (a == NULL || b == NULL) return failWith(ERROR_INVALID_PARAMETER);
    if ((flags & ~known) != 0) return failWith(ERROR_INVALID_FLAGS);
    bool folds = (flags & (NORM_IGNORECASE | LINGUISTIC_IGNORECASE)) != 0;
    return CSTR_EQUAL + compare(readerOf(a, aLength, wide), readerOf(b, bLength, wide), folds);
}

int CompareStringA(LCID locale, DWORD flags, LPCSTR a, int aLength, LPCSTR b, int bLength)
{
    (void)locale;
    return compareCounted(flags, a, aLength, b, bLength, false);
}

int CompareStringW(LCID locale, DWORD flags, LPCWSTR a, int aLength, LPCWSTR b, int bLength)
{
    (void)locale;
    return compareCounted(flags, a, aLength, b, bLength, true);
}

/* By units, capital letters in the place of small ones if case does not matter. */
int CompareStringOrdinal(LPCWSTR a, int aLength, LPCWSTR b, int bLength, BOOL ignoreCase)
{
    if (a == NULL || b == NULL || aLength < -1 || bLength < -1) return failWith(ERROR_INVALID_PARAMETER);
    size_t left = aLength < 0 ? wideLength(a) : (size_t)aLength, right = bLength < 0 ? wideLength(b) : (size_t)bLength;
    for (size_t i = 0; i < left && i < right; i++) {
        uint32_t first = (uint16_t)a[i], second = (uint16_t)b[i];
        if (ignoreCase) first = upperOf(first), second = upperOf(second);
        if (first != second) return first < second ? CSTR_LESS_THAN : CSTR_GREATER_THAN;
    }
    return left < right ? CSTR_LESS_THAN : left > right ? CSTR_GREATER_THAN : CSTR_EQUAL;
}
