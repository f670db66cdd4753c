/* Between UTF-8, which A functions take and Rat knows, and UTF-16, which W functions take. What is malformed
 * becomes U+FFFD, one for each byte or unit that cannot be read. */
#include "internal.h"

#define REPLACEMENT 0xFFFDu

uint32_t nextNarrow(const unsigned char** at, const unsigned char* end, bool* malformed)
{
    const unsigned char* p = *at;
    uint32_t c = *p;
    *at = p + 1;
    if (LIKELY(c < 0x80)) return c;
    int more = c >= 0xF0 && c <= 0xF4 ? 3 : c >= 0xE0 && c < 0xF0 ? 2 : c >= 0xC2 && c < 0xE0 ? 1 : 0;
    static const uint32_t least[4] = { 0, 0x80, 0x800, 0x10000 };
    uint32_t value = c & (0x3Fu >> more);
    int i = 1;
    for (; i <= more && (end == NULL || p + i < end) && (p[i] & 0xC0) == 0x80; i++)
        value = value << 6 | (p[i] & 0x3Fu);
    if (more == 0 || i <= more || value < least[more] || value > 0x10FFFF ||
        (value >= 0xD800 && value < 0xE000)) {
        if (malformed != NULL) *malformed = true;
        return REPLACEMENT;
    }
    *at = p + more + 1;
    return value;
}

uint32_t nextWide(const WCHAR** at, const WCHAR* end, bool* malformed)
{
    const WCHAR* p = *at;
    uint32_t c = (uint16_t)*p;
    *at = p + 1;
    if (LIKELY(c < 0xD800 || c >= 0xE000)) return c;
    if (c < 0xDC00 && (end == NULL || p + 1 < end) && ((uint16_t)p[1] & 0xFC00u) == 0xDC00) {
        *at = p + 2;
        return 0x10000 + ((c & 0x3FFu) << 10) + ((uint16_t)p[1] & 0x3FFu);
    }
    if (malformed != NULL) *malformed = true;
    return REPLACEMENT;
}

int narrowSize(uint32_t c)
{
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

int writeNarrow(char* to, uint32_t c)
{
    int size = narrowSize(c);
    static const unsigned char lead[5] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    for (int i = size - 1; i > 0; i--, c >>= 6) to[i] = (char)(0x80 | (c & 0x3F));
    to[0] = (char)(lead[size] | c);
    return size;
}

int writeWide(WCHAR* to, uint32_t c)
{
    if (c < 0x10000) {
        to[0] = (WCHAR)c;
        return 1;
    }
    to[0] = (WCHAR)(0xD800 + ((c - 0x10000) >> 10));
    to[1] = (WCHAR)(0xDC00 + (c & 0x3FF));
    return 2;
}

size_t wideLength(const WCHAR* text)
{
    size_t length = 0;
    while (text[length] != 0) length++;
    return length;
}

size_t narrowLength(const WCHAR* text)
{
    size_t length = 0;
    while (*text != 0) length += (size_t)narrowSize(nextWide(&text, NULL, NULL));
    return length;
}

size_t wideLengthOf(const char* text)
{
    const unsigned char* at = (const unsigned char*)text;
    size_t length = 0;
    while (*at != 0) length += nextNarrow(&at, NULL, NULL) < 0x10000 ? 1 : 2;
    return length;
}

size_t narrowInto(char* buffer, size_t size, const WCHAR* text)
{
    size_t length = 0;
    if (size == 0) return 0;
    while (*text != 0) {
        uint32_t c = nextWide(&text, NULL, NULL);
        if (length + (size_t)narrowSize(c) >= size) break;
        length += (size_t)writeNarrow(buffer + length, c);
    }
    buffer[length] = 0;
    return length;
}

size_t wideInto(WCHAR* buffer, size_t size, const char* text)
{
    const unsigned char* at = (const unsigned char*)text;
    size_t length = 0;
    if (size == 0) return 0;
    while (*at != 0) {
        uint32_t c = nextNarrow(&at, NULL, NULL);
        if (length + (c < 0x10000 ? 1 : 2) >= size) break;
        length += (size_t)writeWide(buffer + length, c);
    }
    buffer[length] = 0;
    return length;
}

size_t copyCut(char* buffer, size_t size, const char* text)
{
    if (size == 0) return 0;
    size_t length = strlen(text);
    if (length >= size) {
        length = size - 1;
        while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80) length--;
    }
    memcpy(buffer, text, length);
    buffer[length] = 0;
    return length;
}

char* narrowCopy(const WCHAR* text)
{
    if (text == NULL) return NULL;
    size_t size = narrowLength(text) + 1;
    char* copy = malloc(size);
    if (copy != NULL) narrowInto(copy, size, text);
    return copy;
}

WCHAR* wideCopy(const char* text)
{
    if (text == NULL) return NULL;
    size_t size = wideLengthOf(text) + 1;
    WCHAR* copy = malloc(size * sizeof(WCHAR));
    if (copy != NULL) wideInto(copy, size, text);
    return copy;
}

const char* narrowText(const void* text, bool wide, char** copy)
{
    *copy = NULL;
    bool malformed = false;
    if (wide) return *copy = narrowCopy(text);
    if (text == NULL) return NULL;
    for (const unsigned char* at = (const unsigned char*)text; *at != 0;)
        nextNarrow(&at, NULL, &malformed);
    if (LIKELY(!malformed)) return text;
    WCHAR* units = wideCopy(text);
    if (units != NULL) *copy = narrowCopy(units);
    free(units);
    return *copy;
}

const char* narrowName(const void* name, bool wide, char** copy)
{
    *copy = NULL;
    if (IS_INTRESOURCE(name) || !wide) return name;
    return *copy = narrowCopy(name);
}

/* -- kernel32's own ---------------------------------------------------------------------------- */

static bool isCodePage(UINT codePage)
{
    return codePage == CP_ACP || codePage == CP_OEMCP || codePage == CP_THREAD_ACP || codePage == CP_UTF8;
}

UINT GetACP(VOID)
{
    return CP_UTF8;
}

int MultiByteToWideChar(UINT codePage, DWORD flags, LPCSTR from, int fromSize, LPWSTR to, int toSize)
{
    if (!isCodePage(codePage) || from == NULL || fromSize == 0 || toSize < 0 ||
        (to == NULL && toSize > 0))
        return failWith(ERROR_INVALID_PARAMETER);
    const unsigned char* at = (const unsigned char*)from;
    const unsigned char* end = at + (fromSize < 0 ? strlen(from) + 1 : (size_t)fromSize);
    bool malformed = false;
    int length = 0;
    while (at < end) {
        WCHAR units[2];
        int count = writeWide(units, nextNarrow(&at, end, &malformed));
        if (toSize > 0) {
            if (length + count > toSize) return failWith(ERROR_INSUFFICIENT_BUFFER);
            memcpy(to + length, units, (size_t)count * sizeof(WCHAR));
        }
        length += count;
    }
    if (malformed && (flags & MB_ERR_INVALID_CHARS) != 0) return failWith(ERROR_NO_UNICODE_TRANSLATION);
    return length;
}

int WideCharToMultiByte(UINT codePage, DWORD flags, LPCWSTR from, int fromSize, LPSTR to, int toSize,
                        LPCSTR defaultChar, LPBOOL usedDefault)
{
    (void)defaultChar;
    if (!isCodePage(codePage) || from == NULL || fromSize == 0 || toSize < 0 ||
        (to == NULL && toSize > 0))
        return failWith(ERROR_INVALID_PARAMETER);
    const WCHAR* end = from + (fromSize < 0 ? wideLength(from) + 1 : (size_t)fromSize);
    bool malformed = false;
    int length = 0;
    while (from < end) {
        char bytes[4];
        int count = writeNarrow(bytes, nextWide(&from, end, &malformed));
        if (toSize > 0) {
            if (length + count > toSize) return failWith(ERROR_INSUFFICIENT_BUFFER);
            memcpy(to + length, bytes, (size_t)count);
        }
        length += count;
    }
    if (usedDefault != NULL) *usedDefault = malformed;
    if (malformed && (flags & WC_ERR_INVALID_CHARS) != 0) return failWith(ERROR_NO_UNICODE_TRANSLATION);
    return length;
}
