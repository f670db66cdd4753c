#include <windows.h>
int i = sizeof(HWND); /* never closed: WSAStartup(