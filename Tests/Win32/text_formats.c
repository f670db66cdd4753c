/* wsprintf and lstr*: what directives mean, and where results are cut. */
#include <windows.h>
#include <stdio.h>
#include <string.h>

static void show(int length, const char* text)
{
    printf("%d \"%s\"\n", length, text);
}

int main(void)
{
    char text[2048], longText[2000];
    WCHAR wide[2048];
    WCHAR name[] = { 'w', 'i', 'd', 'e', 0 };
    WCHAR wideFormat[] = { '%', 's', '|', '%', 'S', '|', '%', '5', 'd', '|', '%', '-', '5', 'd', '|', '%',
                           '0', '4', 'X', '|', '%', 'c', 0 };
    int i, n;

    show(wsprintfA(text, "%s and %S and %hs and %ls", "narrow", name, "h", name), text);
    show(wsprintfA(text, "%d %i %u %x %X %o %f", -1, 2, 3u, 255, 255), text);
    show(wsprintfA(text, "%5d|%-5d|%05d|%.3d|%8.3s|%-8s|%.2s", 42, 42, 42, 7, "abcdef", "ab", "xyz"), text);
    show(wsprintfA(text, "%#x %#X %08lx %lu %ld", 255, 255, 0xBEEF, (DWORD)4000000000u, (LONG)-5), text);
    show(wsprintfA(text, "%I64d %I64x", -5000000000LL, 0x123456789ABCLL), text);
    show(wsprintfA(text, "%c%c%% %hc", 'a', 'b', 'c'), text);
    memset(longText, 'y', sizeof longText);
    longText[1999] = 0;
    wsprintfA(text, "%s", longText);
    printf("cut %d\n", (int)strlen(text));
    n = wsprintfW(wide, wideFormat, name, "narrow", 42, 42, 0xAB, 'z');
    printf("%d ", n);
    for (i = 0; wide[i] != 0; i++) printf("%c", (char)wide[i]);
    printf("\n");

    printf("length %d %d\n", lstrlenA("abc"), lstrlenA(NULL));
    printf("copy %s\n", lstrcpynA(text, "abcdef", 4));
    printf("append %s\n", lstrcatA(text, "-x"));
    printf("compare %d %d %d\n", lstrcmpiA("ABC", "abc"), lstrcmpA("b", "a") > 0, lstrcmpiW(name, name));
    printf("bytes %d %d\n", MultiByteToWideChar(CP_UTF8, 0, "a\xC3\xA9\xF0\x9F\x98\x80", -1, NULL, 0),
           MultiByteToWideChar(CP_UTF8, 0, "a\xC3\xA9\xF0\x9F\x98\x80", 3, wide, 10));
    printf("units %04x %04x\n", wide[0], wide[1]);
    printf("bad %d", MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, "\xFF", -1, wide, 10));
    printf(" error %u\n", (unsigned)GetLastError());
    printf("small %d", MultiByteToWideChar(CP_UTF8, 0, "abc", -1, wide, 2));
    printf(" error %u\n", (unsigned)GetLastError());
    printf("back %d\n", WideCharToMultiByte(CP_UTF8, 0, (const WCHAR[]){ 0xD83D, 0xDE00, 0 }, -1, NULL, 0, NULL, NULL));
    return 0;
}
