#include <Windows.h>
#include "own.h"
#include <vector>

namespace {
struct Registry {
    int RegOpenKeyEx(int x) { return x; }
    static int LoadString(int x) { return x; }
};
const char* raw = R"sql(DialogBox( " CreateMenu )sql";
const int big = 1'000'000;
}

LRESULT CALLBACK Procedure(HWND window, UINT message, WPARAM wParam, LPARAM lParam)
{
    Registry registry, *other = &registry;
    std::vector<int> all{ registry.RegOpenKeyEx(1), other->RegOpenKeyEx(2), Registry::LoadString(big) };
    if (message == WM_CLOSE) ::SystemParametersInfoW(SPI_GETWORKAREA, 0, raw ? nullptr : nullptr, 0);
    ShellExecute(1);
    return ::DefWindowProcW(window, message, wParam, lParam) + (LRESULT)all.size();
}
