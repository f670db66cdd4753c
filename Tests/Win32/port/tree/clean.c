/* Uses nothing that is not there: RegOpenKeyEx() in a comment does not count. */
#include <windows.h>
#include <stdio.h>

static const char* text = "LoadString(\"/* \\\" */\") and CoInitialize";

int main(void)
{
    POINT point = { '"', '\'' };
    // WSAStartup(0, NULL); \
       and this line is a comment too: ShellExecute(
    SetLastError((DWORD)point.x);
    printf("%s %u\n", text, (unsigned)GetTickCount());
    return 0;
}
