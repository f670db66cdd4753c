/* Files: opening, sharing, reading, writing, places, and names. */
#include <windows.h>
#include <stdio.h>
#include <string.h>

static void said(const char* what, long long value)
{
    printf("%s: %lld error %u\n", what, value, (unsigned)GetLastError());
    SetLastError(0);
}

static HANDLE open(const char* name, DWORD access, DWORD share, DWORD disposition)
{
    return CreateFileA(name, access, share, NULL, disposition, FILE_ATTRIBUTE_NORMAL, NULL);
}

static void opened(const char* what, HANDLE file)
{
    said(what, file != INVALID_HANDLE_VALUE);
    if (file != INVALID_HANDLE_VALUE) CloseHandle(file);
    SetLastError(0);
}

int main(void)
{
    HANDLE file, other;
    DWORD done = 0, high = 7;
    LARGE_INTEGER place, size;
    OVERLAPPED overlapped;
    char text[64];
    LONG up = 1;

    RemoveDirectoryA("rat-test-dir");
    said("directory", CreateDirectoryA("rat-test-dir", NULL));
    said("again", CreateDirectoryA("rat-test-dir", NULL));
    said("in none", CreateDirectoryA("rat-no-dir\\sub", NULL));
    said("attributes", GetFileAttributesA("rat-test-dir") & FILE_ATTRIBUTE_DIRECTORY);

    printf("opening\n");
    opened("none", open("rat-test-dir\\a", GENERIC_READ, 0, OPEN_EXISTING));
    opened("no directory", open("rat-no-dir\\a", GENERIC_READ, 0, OPEN_EXISTING));
    opened("truncate none", open("rat-test-dir\\a", GENERIC_WRITE, 0, TRUNCATE_EXISTING));
    opened("a directory", open("rat-test-dir", GENERIC_READ, 7, OPEN_EXISTING));
    opened("bad disposition", open("rat-test-dir\\a", GENERIC_READ, 0, 9));
    opened("new", open("rat-test-dir\\a", GENERIC_WRITE, 0, CREATE_NEW));
    opened("new again", open("rat-test-dir\\a", GENERIC_WRITE, 0, CREATE_NEW));
    opened("always", open("rat-test-dir\\a", GENERIC_WRITE, 0, CREATE_ALWAYS));
    opened("open always", open("rat-test-dir/a", GENERIC_READ, 0, OPEN_ALWAYS));
    opened("open always new", open("rat-test-dir\\b", GENERIC_READ, 0, OPEN_ALWAYS));
    opened("existing", open("rat-test-dir\\b", GENERIC_READ, 0, OPEN_EXISTING));

    printf("writing\n");
    file = open("rat-test-dir\\a", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ, OPEN_EXISTING);
    said("write", WriteFile(file, "0123456789", 10, &done, NULL));
    said("written", done);
    said("size", GetFileSize(file, &high));
    said("high", high);
    said("place", SetFilePointer(file, 0, NULL, FILE_CURRENT));
    said("at the end", ReadFile(file, text, 5, &done, NULL));
    said("read", done);
    said("back", SetFilePointer(file, -4, NULL, FILE_END));
    said("read", ReadFile(file, text, sizeof text, &done, NULL));
    printf("%.*s\n", (int)done, text);
    said("before the beginning", SetFilePointer(file, -1, NULL, FILE_BEGIN) == INVALID_SET_FILE_POINTER);
    said("from nowhere", SetFilePointer(file, 0, NULL, 9) == INVALID_SET_FILE_POINTER);
    place.QuadPart = 5;
    said("to five", SetFilePointerEx(file, place, &size, FILE_BEGIN));
    said("is", size.QuadPart);
    said("cut", SetEndOfFile(file));
    said("size", GetFileSizeEx(file, &size) ? size.QuadPart : -1);
    said("far", SetFilePointer(file, 0, &up, FILE_BEGIN));
    printf("high %d\n", (int)up);
    memset(&overlapped, 0, sizeof overlapped);
    overlapped.Offset = 2;
    said("at two", ReadFile(file, text, 2, &done, &overlapped));
    printf("%.*s\n", (int)done, text);
    said("is now", SetFilePointer(file, 0, NULL, FILE_CURRENT));
    overlapped.Offset = 50;
    said("beyond", ReadFile(file, text, 2, &done, &overlapped));
    overlapped.Offset = 1;
    said("write at one", WriteFile(file, "XY", 2, &done, &overlapped));
    said("flush", FlushFileBuffers(file));
    said("type", GetFileType(file));

    printf("sharing\n");
    opened("to read", open("rat-test-dir\\a", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, OPEN_EXISTING));
    opened("to read alone", open("rat-test-dir\\a", GENERIC_READ, FILE_SHARE_READ, OPEN_EXISTING));
    opened("to write", open("rat-test-dir\\a", GENERIC_WRITE, 7, OPEN_EXISTING));
    opened("to truncate", open("rat-test-dir\\a", GENERIC_WRITE, 7, CREATE_ALWAYS));
    said("delete", DeleteFileA("rat-test-dir\\a"));
    said("move", MoveFileA("rat-test-dir\\a", "rat-test-dir\\c"));
    said("close", CloseHandle(file));
    said("close again", CloseHandle(file));
    said("read closed", ReadFile(file, text, 1, &done, NULL));
    said("size of closed", GetFileSize(file, NULL) == INVALID_FILE_SIZE);

    printf("rights\n");
    file = open("rat-test-dir\\a", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, OPEN_EXISTING);
    said("write", WriteFile(file, "x", 1, &done, NULL));
    other = open("rat-test-dir\\a", GENERIC_WRITE, FILE_SHARE_READ, OPEN_EXISTING);
    said("beside", other != INVALID_HANDLE_VALUE);
    said("read", ReadFile(other, text, 1, &done, NULL));
    CloseHandle(other);
    other = open("rat-test-dir\\a", FILE_APPEND_DATA, FILE_SHARE_READ, OPEN_EXISTING);
    said("append", WriteFile(other, "++", 2, &done, NULL));
    CloseHandle(other);
    said("read", ReadFile(file, text, sizeof text, &done, NULL));
    printf("%.*s\n", (int)done, text);
    CloseHandle(file);

    printf("names\n");
    said("copy", CopyFileA("rat-test-dir\\a", "rat-test-dir\\c", TRUE));
    said("copy again", CopyFileA("rat-test-dir\\a", "rat-test-dir\\c", TRUE));
    said("copy over", CopyFileA("rat-test-dir\\a", "rat-test-dir\\c", FALSE));
    said("copy none", CopyFileA("rat-test-dir\\none", "rat-test-dir\\d", FALSE));
    said("move", MoveFileA("rat-test-dir\\c", "rat-test-dir\\d"));
    said("move none", MoveFileA("rat-test-dir\\c", "rat-test-dir\\e"));
    said("move over", MoveFileA("rat-test-dir\\d", "rat-test-dir\\b"));
    said("replace", MoveFileExA("rat-test-dir\\d", "rat-test-dir\\b", MOVEFILE_REPLACE_EXISTING));
    said("attributes of none", GetFileAttributesA("rat-test-dir\\d") == INVALID_FILE_ATTRIBUTES);
    said("not empty", RemoveDirectoryA("rat-test-dir"));
    said("no directory", RemoveDirectoryA("rat-test-dir\\b"));
    file = CreateFileA("rat-test-dir\\f", GENERIC_WRITE, FILE_SHARE_DELETE, NULL, CREATE_NEW, FILE_FLAG_DELETE_ON_CLOSE, NULL);
    said("delete on close", file != INVALID_HANDLE_VALUE);
    CloseHandle(file);
    SetLastError(0);
    said("is gone", GetFileAttributesA("rat-test-dir\\f") == INVALID_FILE_ATTRIBUTES);
    said("delete", DeleteFileA("rat-test-dir\\a"));
    said("delete again", DeleteFileA("rat-test-dir\\a"));
    said("delete", DeleteFileA("rat-test-dir\\b"));
    said("remove", RemoveDirectoryA("rat-test-dir"));
    said("remove again", RemoveDirectoryA("rat-test-dir"));
    said("no name", GetFileAttributesA(NULL) == INVALID_FILE_ATTRIBUTES);
    opened("no name", open("", GENERIC_READ, 0, OPEN_EXISTING));

    printf("standard\n");
    file = GetStdHandle(STD_OUTPUT_HANDLE);
    fflush(stdout);
    said("write", WriteFile(file, "straight out\n", 13, &done, NULL));
    fflush(stdout);
    said("same", file == GetStdHandle(STD_OUTPUT_HANDLE));
    said("no such", GetStdHandle(5) == INVALID_HANDLE_VALUE);
    return 0;
}
