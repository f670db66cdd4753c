/* wsprintf, and the printf family over UTF-16 for tchar.h.
 *
 * What a directive means is Win32's: l is 32 bits, I64 and ll are 64, s is text of the function's own width and S of
 * the other, h makes either narrow and l wide. A result that does not fit is cut.
 */
#define _GNU_SOURCE
#include "internal.h"

#include <stdio.h>
#include <tchar.h>

/* Where the result goes: of either width, without the 0 in the end. */
typedef struct {
    char* narrow;
    WCHAR* wide;
    size_t room;   /* Units that fit. */
    size_t length; /* Units there would be. */
} Sink;

static void put(Sink* sink, uint32_t unit)
{
    if (sink->length < sink->room) {
        if (sink->wide != NULL) sink->wide[sink->length] = (WCHAR)unit;
        else sink->narrow[sink->length] = (char)unit;
    }
    sink->length++;
}

static void putMany(Sink* sink, uint32_t unit, int count)
{
    while (count-- > 0) put(sink, unit);
}

/* A directive between its % and its letter. */
typedef struct {
    bool left, zero, alternate, plus, blank;
    int width;
    int precision; /* -1 without one. */
    enum { SIZE_NONE, SIZE_SHORT, SIZE_LONG, SIZE_64, SIZE_WIDE } size;
} Directive;

/* Text in UTF-8 or UTF-16, at most `precision` units of the sink's width, in the directive's field. */
static void putText(Sink* sink, const Directive* d, const void* text, bool wide)
{
    bool toWide = sink->wide != NULL;
    void* copy = NULL;
    if (text == NULL) {
        text = "(null)";
        wide = false;
    }
    if (wide != toWide) text = copy = toWide ? (void*)wideCopy(text) : (void*)narrowCopy(text);
    size_t length = 0, most = d->precision >= 0 ? (size_t)d->precision : SIZE_MAX;
    while (text != NULL && length < most &&
           (toWide ? ((const WCHAR*)text)[length] != 0 : ((const char*)text)[length] != 0))
        length++;
    int padding = d->width > 0 && (size_t)d->width > length ? d->width - (int)length : 0;
    if (!d->left) putMany(sink, d->zero ? '0' : ' ', padding);
    for (size_t i = 0; i < length; i++)
        put(sink, toWide ? (uint32_t)(uint16_t)((const WCHAR*)text)[i] : (uint32_t)((const unsigned char*)text)[i]);
    if (d->left) putMany(sink, ' ', padding);
    free(copy);
}

static void putCharacter(Sink* sink, const Directive* d, uint32_t unit, bool wide)
{
    WCHAR wideText[2] = { (WCHAR)unit, 0 };
    char narrowText[2] = { (char)unit, 0 };
    Directive one = *d;
    one.precision = -1;
    /* A 0 is a character like others. */
    if (unit == 0) {
        if (!d->left) putMany(sink, ' ', d->width - 1);
        put(sink, 0);
        if (d->left) putMany(sink, ' ', d->width - 1);
    } else {
        putText(sink, &one, wide ? (const void*)wideText : (const void*)narrowText, wide);
    }
}

/* A number, as the C library writes it: the directive is written again, with a size of ours. */
static void putNumber(Sink* sink, const Directive* d, char letter, int64_t integer, double real)
{
    char format[32], *at = format, text[512];
    bool isReal = strchr("eEfFgGaA", letter) != NULL;
    *at++ = '%';
    if (d->left) *at++ = '-';
    if (d->zero) *at++ = '0';
    if (d->alternate) *at++ = '#';
    if (d->plus) *at++ = '+';
    if (d->blank) *at++ = ' ';
    at += sprintf(at, "%s%s%c", d->precision >= 0 ? "*.*" : "*", isReal ? "" : "ll", letter);
    int length;
    /* A number is never wider than this; its field is filled below. */
    int width = d->width < 256 ? d->width : 256, precision = d->precision < 128 ? d->precision : 128;
    if (precision >= 0)
        length = isReal ? snprintf(text, sizeof text, format, width, precision, real)
                        : snprintf(text, sizeof text, format, width, precision, (long long)integer);
    else
        length = isReal ? snprintf(text, sizeof text, format, width, real)
                        : snprintf(text, sizeof text, format, width, (long long)integer);
    if (!d->left) putMany(sink, ' ', d->width - width);
    for (int i = 0; i < length && i < (int)sizeof text - 1; i++) put(sink, (unsigned char)text[i]);
    if (d->left) putMany(sink, ' ', d->width - width);
}

static uint32_t unitAt(const void* format, bool wide, size_t i)
{
    return wide ? (uint32_t)(uint16_t)((const WCHAR*)format)[i] : (uint32_t)((const unsigned char*)format)[i];
}

static int readNumber(const void* format, bool wide, size_t* i, va_list* arguments)
{
    int number = 0;
    if (unitAt(format, wide, *i) == '*') {
        ++*i;
        return va_arg(*arguments, int);
    }
    for (uint32_t c; c = unitAt(format, wide, *i), c >= '0' && c <= '9'; ++*i)
        number = number < 100000 ? number * 10 + (int)(c - '0') : number;
    return number;
}

static Directive readDirective(const void* format, bool wide, size_t* i, va_list* arguments)
{
    Directive d = { .precision = -1 };
    for (;; ++*i) {
        uint32_t c = unitAt(format, wide, *i);
        if (c == '-') d.left = true;
        else if (c == '0') d.zero = true;
        else if (c == '#') d.alternate = true;
        else if (c == '+') d.plus = true;
        else if (c == ' ') d.blank = true;
        else break;
    }
    d.width = readNumber(format, wide, i, arguments);
    if (d.width < 0) {
        d.left = true;
        d.width = d.width > -100000 ? -d.width : 100000;
    }
    if (unitAt(format, wide, *i) == '.') {
        ++*i;
        d.precision = readNumber(format, wide, i, arguments);
    }
    for (;; ++*i) {
        uint32_t c = unitAt(format, wide, *i), next = c != 0 ? unitAt(format, wide, *i + 1) : 0;
        if (c == 'h') d.size = SIZE_SHORT;
        else if (c == 'w') d.size = SIZE_WIDE;
        else if (c == 'l') d.size = d.size == SIZE_LONG ? SIZE_64 : SIZE_LONG;
        else if (c == 'z' || c == 't' || c == 'j') d.size = SIZE_64;
        else if (c == 'I' && next == '6' && unitAt(format, wide, *i + 2) == '4') d.size = SIZE_64, *i += 2;
        else if (c == 'I' && next == '3' && unitAt(format, wide, *i + 2) == '2') d.size = SIZE_LONG, *i += 2;
        else if (c == 'I') d.size = SIZE_64;
        else break;
    }
    return d;
}

static void putInteger(Sink* sink, const Directive* d, char letter, va_list* arguments)
{
    int64_t value;
    bool isSigned = letter == 'd' || letter == 'i';
    if (d->size == SIZE_64) value = va_arg(*arguments, int64_t);
    else if (isSigned) value = va_arg(*arguments, int);
    else value = va_arg(*arguments, unsigned);
    if (d->size == SIZE_SHORT) value = isSigned ? (short)value : (unsigned short)value;
    putNumber(sink, d, letter, value, 0);
}

/* `whole` has the C library's directives too, which wsprintf has not. */
static void format(Sink* sink, const void* text, bool wide, bool whole, va_list* arguments)
{
    for (size_t i = 0; unitAt(text, wide, i) != 0; i++) {
        uint32_t c = unitAt(text, wide, i);
        if (c != '%') {
            put(sink, c);
            continue;
        }
        i++;
        Directive d = readDirective(text, wide, &i, arguments);
        c = unitAt(text, wide, i);
        bool isWide = d.size == SIZE_SHORT ? false
                      : d.size == SIZE_LONG || d.size == SIZE_WIDE ? true
                      : (c == 'S' || c == 'C') ? !wide
                                               : wide;
        if (!whole && c < 0x80 && c != 0 && strchr("diuxXpcCsS", (int)c) == NULL) {
            put(sink, c);
            continue;
        }
        switch (c) {
        case 0: return;
        case 'd':
        case 'i':
        case 'u':
        case 'x':
        case 'X':
        case 'o': putInteger(sink, &d, (char)c, arguments); break;
        case 'p':
            /* All digits, as Windows writes it. */
            d.precision = 16;
            putNumber(sink, &d, 'X', (int64_t)(uintptr_t)va_arg(*arguments, void*), 0);
            break;
        case 'e':
        case 'E':
        case 'f':
        case 'F':
        case 'g':
        case 'G':
        case 'a':
        case 'A': putNumber(sink, &d, (char)c, 0, va_arg(*arguments, double)); break;
        case 'c':
        case 'C': putCharacter(sink, &d, va_arg(*arguments, unsigned), isWide); break;
        case 's':
        case 'S': putText(sink, &d, va_arg(*arguments, const void*), isWide); break;
        default: put(sink, c);
        }
    }
}

/* -- wsprintf: 1,024 units with the 0 ---------------------------------------------------------- */

#define LONGEST 1024

static int formatShort(Sink* sink, const void* text, va_list arguments)
{
    va_list own;
    sink->room = LONGEST - 1;
    va_copy(own, arguments);
    format(sink, text, sink->wide != NULL, false, &own);
    va_end(own);
    size_t length = min(sink->length, sink->room);
    if (sink->wide != NULL) sink->wide[length] = 0;
    else sink->narrow[length] = 0;
    return (int)length;
}

int wvsprintfA(LPSTR buffer, LPCSTR text, va_list arguments)
{
    return formatShort(&(Sink){ .narrow = buffer }, text, arguments);
}

int wvsprintfW(LPWSTR buffer, LPCWSTR text, va_list arguments)
{
    return formatShort(&(Sink){ .wide = buffer }, text, arguments);
}

int wsprintfA(LPSTR buffer, LPCSTR text, ...)
{
    va_list arguments;
    va_start(arguments, text);
    int length = wvsprintfA(buffer, text, arguments);
    va_end(arguments);
    return length;
}

int wsprintfW(LPWSTR buffer, LPCWSTR text, ...)
{
    va_list arguments;
    va_start(arguments, text);
    int length = wvsprintfW(buffer, text, arguments);
    va_end(arguments);
    return length;
}

/* -- The printf family over UTF-16 ------------------------------------------------------------- */

/* As Microsoft's: -1 where it does not fit, and no 0 in the end where there is no room for one. */
int rat_vsnwprintf(WCHAR* buffer, size_t size, const WCHAR* text, va_list arguments)
{
    va_list own;
    Sink sink = { .wide = buffer, .room = size };
    va_copy(own, arguments);
    format(&sink, text, true, true, &own);
    va_end(own);
    if (sink.length < size) buffer[sink.length] = 0;
    return sink.length <= size ? (int)sink.length : -1;
}

int rat_snwprintf(WCHAR* buffer, size_t size, const WCHAR* text, ...)
{
    va_list arguments;
    va_start(arguments, text);
    int length = rat_vsnwprintf(buffer, size, text, arguments);
    va_end(arguments);
    return length;
}

int rat_vswprintf(WCHAR* buffer, const WCHAR* text, va_list arguments)
{
    return rat_vsnwprintf(buffer, INT32_MAX, text, arguments);
}

int rat_swprintf(WCHAR* buffer, const WCHAR* text, ...)
{
    va_list arguments;
    va_start(arguments, text);
    int length = rat_vswprintf(buffer, text, arguments);
    va_end(arguments);
    return length;
}

int rat_vfwprintf(FILE* file, const WCHAR* text, va_list arguments)
{
    va_list own;
    WCHAR none;
    Sink count = { .wide = &none, .room = 0 };
    va_copy(own, arguments);
    format(&count, text, true, true, &own);
    va_end(own);
    WCHAR* whole = malloc((count.length + 1) * sizeof *whole);
    if (whole == NULL) return -1;
    rat_vsnwprintf(whole, count.length + 1, text, arguments);
    char* narrow = narrowCopy(whole);
    int result = narrow != NULL && fputs(narrow, file) >= 0 ? (int)count.length : -1;
    free(narrow);
    free(whole);
    return result;
}

int rat_fwprintf(FILE* file, const WCHAR* text, ...)
{
    va_list arguments;
    va_start(arguments, text);
    int length = rat_vfwprintf(file, text, arguments);
    va_end(arguments);
    return length;
}

int rat_wprintf(const WCHAR* text, ...)
{
    va_list arguments;
    va_start(arguments, text);
    int length = rat_vfwprintf(stdout, text, arguments);
    va_end(arguments);
    return length;
}
