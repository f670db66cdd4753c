/* main() of programs that have WinMain() or wWinMain(). In a static library: a program with a main() of its own
 * never gets this one. */
#include <windows.h>

#include <stdio.h>

#pragma weak WinMain
#pragma weak wWinMain

static BOOL isBlank(unsigned c)
{
    return c == ' ' || c == '\t';
}

/* What stands behind the program's name, which may be in quotes. */
static LPSTR skipProgram(LPSTR line)
{
    BOOL quoted = FALSE;
    for (; *line != 0 && (quoted || !isBlank((unsigned char)*line)); line++)
        if (*line == '"') quoted = !quoted;
    while (isBlank((unsigned char)*line)) line++;
    return line;
}

static LPWSTR skipProgramWide(LPWSTR line)
{
    BOOL quoted = FALSE;
    for (; *line != 0 && (quoted || !isBlank(*line)); line++)
        if (*line == '"') quoted = !quoted;
    while (isBlank(*line)) line++;
    return line;
}

int main(void)
{
    HINSTANCE instance = GetModuleHandle(NULL);
    if (WinMain != NULL) return WinMain(instance, NULL, skipProgram(GetCommandLineA()), SW_SHOWDEFAULT);
    if (wWinMain != NULL) return wWinMain(instance, NULL, skipProgramWide(GetCommandLineW()), SW_SHOWDEFAULT);
    fputs("The program has no main, WinMain or wWinMain.\n", stderr);
    return 1;
}
