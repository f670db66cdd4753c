#include <windows.h>
#include <shlobj.h>
#include <sys/types.h>

#if 0
int a = CoInitialize(NULL);
#else
int b;
#endif

#if 1
int c;
#else
int d = WSAStartup(0, NULL);
#endif

#ifdef _WIN64
static LONG_PTR e;
#endif

static HKEY key;

BOOL Read(HWND list)
{
    char name[MAX_PATH];
    LVITEM item;
    SendMessage(list, LVM_GETITEMCOUNT, 0, 0);
    SendMessage(list, WM_SETTEXT, 0, (LPARAM)&item);
    LoadStringA(NULL, 1, name, MAX_\
PATH);
    return RegOpenKeyExW(HKEY_CURRENT_USER, L"Software", 0, KEY_READ, &key) == ERROR_SUCCESS && send(0, 0, 0, 0) == 0;
}
