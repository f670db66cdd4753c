/* Atoms, the case and kinds of characters, and the order of texts: what is the same in every language. */
#include <windows.h>
#include <stdio.h>

static void said(const char* what, long long value)
{
    printf("%s: %lld error %u\n", what, value, (unsigned)GetLastError());
    SetLastError(0);
}

static void order(const char* a, const char* b)
{
    printf("\"%s\" \"%s\": %d %d %d\n", a, b, lstrcmpA(a, b), lstrcmpiA(a, b),
           CompareStringA(LOCALE_USER_DEFAULT, NORM_IGNORECASE, a, -1, b, -1));
}

static void wideSaid(const WCHAR* text)
{
    for (; *text != 0; text++) printf(" %04x", (unsigned)*text);
    printf("\n");
}

int main(void)
{
    ATOM first, second;
    char text[64], many[300];
    WCHAR wide[64];
    static const WCHAR letters[] = { 'a', 0xE9, 'Z', 0x3B1, '1', 0 };
    int i;

    printf("atoms\n");
    first = GlobalAddAtomA("Rat.First");
    SetLastError(0);
    said("again", GlobalAddAtomA("rat.FIRST") == first);
    second = GlobalAddAtomA("Rat.Second");
    said("another", second != first && first >= MAXINTATOM);
    said("find", GlobalFindAtomA("RAT.second") == second);
    said("find none", GlobalFindAtomA("Rat.Third"));
    said("name", GlobalGetAtomNameA(first, text, sizeof text));
    printf("%s\n", text);
    said("delete", GlobalDeleteAtom(first));
    said("still there", GlobalFindAtomA("Rat.First") == first);
    said("delete", GlobalDeleteAtom(first));
    said("gone", GlobalFindAtomA("Rat.First"));
    said("name of none", GlobalGetAtomNameA(first, text, sizeof text));
    said("delete none", GlobalDeleteAtom(first) == first);
    GlobalDeleteAtom(second);
    said("number", GlobalAddAtomA("#1234"));
    said("number", GlobalAddAtomA((LPCSTR)MAKEINTATOM(77)));
    said("its name", GlobalGetAtomNameA(77, text, sizeof text));
    printf("%s\n", text);
    said("number out of range", GlobalAddAtomA("#65535"));
    memset(many, 'x', sizeof many);
    many[255] = 0;
    said("longest", (first = AddAtomA(many)) != 0);
    DeleteAtom(first);
    many[255] = 'x';
    many[256] = 0;
    said("too long", AddAtomA(many));
    said("no room", GlobalGetAtomNameA(77, text, 0));
    first = AddAtomA("Local");
    said("local is not global", GlobalFindAtomA("Local"));
    said("local", FindAtomA("LOCAL") == first);
    said("wide name", GetAtomNameW(first, wide, 64));
    wideSaid(wide);
    DeleteAtom(first);

    printf("case\n");
    lstrcpyA(text, "Mixed Case 12 az AZ");
    printf("%s\n", CharUpperA(text));
    printf("%s\n", CharLowerA(text));
    lstrcpyA(text, "partly upper");
    said("buffer", CharUpperBuffA(text, 6));
    printf("%s\n", text);
    lstrcpyW(wide, letters);
    wideSaid(CharUpperW(wide));
    wideSaid(CharLowerW(wide));
    said("one", (LONG_PTR)CharUpperA((LPSTR)(ULONG_PTR)'q'));
    said("one", (LONG_PTR)CharLowerW((LPWSTR)(ULONG_PTR)0xC4));
    for (i = 0; i < 128; i++) printf("%d", IsCharAlphaA((CHAR)i) != 0);
    printf("\n");
    for (i = 0; i < 128; i++) printf("%d", IsCharAlphaNumericA((CHAR)i) != 0);
    printf("\n");
    for (i = 0; i < 128; i++) printf("%d", (IsCharUpperA((CHAR)i) != 0) + 2 * (IsCharLowerA((CHAR)i) != 0));
    printf("\n");
    printf("%d %d %d %d\n", IsCharAlphaW(0xE9) != 0, IsCharUpperW(0xC9) != 0, IsCharLowerW(0xE9) != 0, IsCharAlphaW(0xD7) != 0);
    lstrcpyA(text, "ab");
    printf("next %d, at the end %d, before %d, at the start %d\n", (int)(CharNextA(text) - text),
           (int)(CharNextA(text + 2) - text), (int)(CharPrevA(text, text + 2) - text), (int)(CharPrevA(text, text) - text));

    printf("order\n");
    order("", "");
    order("a", "");
    order("a", "A");
    order("A", "a");
    order("a", "B");
    order("B", "a");
    order("abc", "abcd");
    order("Abd", "abcd");
    order("a1", "ab");
    order("1", "a");
    order("_", "a");
    order("a b", "ab");
    order("ABC", "abc");
    order("abC", "abc");
    order("item 10", "item 9");
    printf("null %d %d %d\n", lstrcmpA(NULL, "a"), lstrcmpA("a", NULL), lstrcmpA(NULL, NULL));
    said("counted", CompareStringA(LOCALE_USER_DEFAULT, 0, "abcdef", 3, "abcxyz", 3));
    said("no text", CompareStringA(LOCALE_USER_DEFAULT, 0, NULL, 0, "a", 1));
    said("ordinal", CompareStringOrdinal(letters, -1, letters, 3, FALSE));
    said("no case", CompareStringOrdinal(letters, 1, (const WCHAR[]){ 'A', 0 }, 1, TRUE));
    said("case", CompareStringOrdinal(letters, 1, (const WCHAR[]){ 'A', 0 }, 1, FALSE));
    return 0;
}
