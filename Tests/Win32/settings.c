/* Settings in .ini files, and looking for files. */
#include <windows.h>
#include <stdio.h>
#include <string.h>

#define INI ".\\rat-settings\\test.ini"

static char text[256];

static void said(const char* what, long long value)
{
    printf("%s: %lld error %u\n", what, value, (unsigned)GetLastError());
    SetLastError(0);
}

static void get(const char* section, const char* key, const char* otherwise, DWORD size)
{
    DWORD length, i;
    memset(text, '?', sizeof text);
    length = GetPrivateProfileStringA(section, key, otherwise, text, size, INI);
    printf("[%s] %s: %u \"", section != NULL ? section : "all", key != NULL ? key : "all", (unsigned)length);
    for (i = 0; i < length; i++) printf("%c", text[i] != 0 ? text[i] : '|');
    printf("\"\n");
}

static void number(const char* key)
{
    printf("%s: %u\n", key, GetPrivateProfileIntA("Numbers", key, 77, INI));
}

static void put(const char* section, const char* key, const char* value)
{
    printf("put %d\n", WritePrivateProfileStringA(section, key, value, INI));
}

/* Without empty lines, which Wine and Windows place otherwise. */
static void show(void)
{
    HANDLE file = CreateFileA(INI, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    DWORD done = 0;
    char* line;
    ReadFile(file, text, sizeof text - 1, &done, NULL);
    CloseHandle(file);
    text[done] = 0;
    for (line = strtok(text, "\r\n"); line != NULL; line = strtok(NULL, "\r\n")) printf("%s\n", line);
}

static void find(const char* pattern)
{
    WIN32_FIND_DATAA data;
    HANDLE search = FindFirstFileA(pattern, &data);
    printf("%s:", pattern);
    if (search == INVALID_HANDLE_VALUE) {
        printf(" error %u\n", (unsigned)GetLastError());
        SetLastError(0);
        return;
    }
    do printf(" %s%s %u", data.cFileName, (data.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0 ? "/" : "",
              (data.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0 ? 0 : (unsigned)data.nFileSizeLow);
    while (FindNextFileA(search, &data));
    printf(" end %u", (unsigned)GetLastError());
    printf(" close %d\n", FindClose(search));
    SetLastError(0);
}

static void make(const char* name, const char* contents)
{
    DWORD done;
    HANDLE file = CreateFileA(name, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    WriteFile(file, contents, (DWORD)strlen(contents), &done, NULL);
    CloseHandle(file);
}

int main(void)
{
    WIN32_FIND_DATAA data;
    HANDLE search;

    CreateDirectoryA("rat-settings", NULL);
    DeleteFileA(INI);
    make(INI, "; a comment\r\n[First]\r\nkey = value one \r\nQuoted=\" in quotes \"\r\nsingle='x'\r\nempty=\r\n\r\n"
              "[ Numbers ]\r\ndecimal=42\r\nnegative=-3\r\nhex=0x1F\r\nmixed=12abc\r\nword=abc\r\nnone=\r\n");
    get("First", "key", "default", sizeof text);
    get("FIRST", "KEY", "default", sizeof text);
    get("First", "quoted", "default", sizeof text);
    get("First", "single", "default", sizeof text);
    get("First", "empty", "default", sizeof text);
    get("First", "absent", "default", sizeof text);
    get("Absent", "key", "default", sizeof text);
    get("First", "absent", NULL, sizeof text);
    get("First", "key", "default", 6);
    get("First", NULL, "default", sizeof text);
    get(NULL, NULL, "default", sizeof text);
    get("First", NULL, "default", 8);
    number("decimal");
    number("negative");
    number("hex");
    number("mixed");
    number("word");
    number("none");
    number("absent");
    put("First", "key", "changed");
    put("First", "added", "at the end");
    put("Second", "new", "1");
    put("First", "single", NULL);
    put("Numbers", NULL, NULL);
    show();
    get(NULL, NULL, "", sizeof text);
    get("First", NULL, "", sizeof text);
    printf("nowhere %d\n", WritePrivateProfileStringA("a", "b", "c", ".\\rat-no-directory\\x.ini"));
    DeleteFileA(INI);

    make("rat-settings\\Beta.txt", "12345");
    make("rat-settings\\alpha.txt", "1");
    make("rat-settings\\gamma.dat", "");
    CreateDirectoryA("rat-settings\\sub", NULL);
    SetLastError(0);
    find("rat-settings\\*.*");
    find("rat-settings\\*");
    find("rat-settings\\*.txt");
    find("rat-settings\\?eta.txt");
    find("rat-settings\\ALPHA.TXT");
    find("rat-settings\\*a.*t");
    find("rat-settings\\none*");
    find("rat-no-directory\\*");
    find("rat-settings");
    search = FindFirstFileA("rat-settings\\*.dat", &data);
    said("found", search != INVALID_HANDLE_VALUE);
    said("no more", FindNextFileA(search, &data));
    said("close", FindClose(search));
    said("no search", FindNextFileA(NULL, &data));
    said("close none", FindClose(INVALID_HANDLE_VALUE));
    DeleteFileA("rat-settings\\Beta.txt");
    DeleteFileA("rat-settings\\alpha.txt");
    DeleteFileA("rat-settings\\gamma.dat");
    RemoveDirectoryA("rat-settings\\sub");
    said("remove", RemoveDirectoryA("rat-settings"));
    return 0;
}
