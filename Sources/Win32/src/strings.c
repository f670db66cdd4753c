/* lstr* and their like. A bad pointer is NULL here, and no exception is caught. */
#include "internal.h"

int lstrlenA(LPCSTR text)
{
    return text != NULL ? (int)strlen(text) : 0;
}

int lstrlenW(LPCWSTR text)
{
    return text != NULL ? (int)wideLength(text) : 0;
}

LPSTR lstrcpyA(LPSTR to, LPCSTR from)
{
    return to != NULL && from != NULL ? memmove(to, from, strlen(from) + 1) : NULL;
}

LPWSTR lstrcpyW(LPWSTR to, LPCWSTR from)
{
    return to != NULL && from != NULL ? memmove(to, from, (wideLength(from) + 1) * sizeof(WCHAR)) : NULL;
}

LPSTR lstrcpynA(LPSTR to, LPCSTR from, int size)
{
    if (to == NULL || from == NULL || size <= 0) return NULL;
    size_t length = strnlen(from, (size_t)size - 1);
    memmove(to, from, length);
    to[length] = 0;
    return to;
}

LPWSTR lstrcpynW(LPWSTR to, LPCWSTR from, int size)
{
    int length = 0;
    if (to == NULL || from == NULL || size <= 0) return NULL;
    for (; length < size - 1 && from[length] != 0; length++) to[length] = from[length];
    to[length] = 0;
    return to;
}

LPSTR lstrcatA(LPSTR to, LPCSTR from)
{
    if (to == NULL || from == NULL) return NULL;
    lstrcpyA(to + strlen(to), from);
    return to;
}

LPWSTR lstrcatW(LPWSTR to, LPCWSTR from)
{
    if (to == NULL || from == NULL) return NULL;
    lstrcpyW(to + wideLength(to), from);
    return to;
}
