/* The screen, settings, and the names of keys: what does not depend on the display, and is not Wine's to say. */
#include <windows.h>
#include <stdio.h>

static BOOL CALLBACK Each(HMONITOR monitor, HDC dc, LPRECT rect, LPARAM param)
{
    MONITORINFOEXW info;
    info.cbSize = sizeof info;
    printf("  told %d of %d %d, dc %d\n", GetMonitorInfoW(monitor, (LPMONITORINFO)&info), (int)(rect->right - rect->left),
           (int)(rect->bottom - rect->top), dc != NULL);
    printf("  primary %d, %d\n", (int)info.dwFlags, info.szDevice[0] == '\\');
    ++*(int*)param;
    return TRUE;
}

static void name(LONG lParam)
{
    char text[32] = "";
    int length = GetKeyNameTextA(lParam, text, sizeof text);
    printf(" \"%s\" %d", text, length);
}

int main(void)
{
    static const int metrics[] = { SM_CXICON, SM_CXSMICON, SM_CXCURSOR, SM_CXVSCROLL, SM_CYCAPTION, SM_CXFRAME, SM_CYMENU,
                                   SM_CXDRAG, SM_CMOUSEBUTTONS, SM_CMONITORS, SM_CLEANBOOT, SM_SWAPBUTTON };
    RECT rect, away = { -500, -500, -400, -400 };
    POINT point = { 10, 10 };
    UINT lines = 0, kept;
    BOOL on = FALSE;
    int i, count = 0;
    HCURSOR arrow = LoadCursor(NULL, IDC_ARROW), wait = LoadCursor(NULL, IDC_WAIT);
    SYSTEM_INFO system;
    MEMORYSTATUSEX memory = { .dwLength = sizeof memory };

    printf("metrics");
    for (i = 0; i < (int)(sizeof metrics / sizeof metrics[0]); i++) printf(" %d", GetSystemMetrics(metrics[i]));
    printf("\nscreen %d %d\n", GetSystemMetrics(SM_CXSCREEN), GetSystemMetrics(SM_CYSCREEN));
    EnumDisplayMonitors(NULL, NULL, Each, (LPARAM)&count);
    printf("monitors %d, far away %d", count, EnumDisplayMonitors(NULL, &away, Each, (LPARAM)&count));
    printf(" still %d\n", count);
    printf("at a point %d, in a rectangle %d, not %d\n", MonitorFromPoint(point, MONITOR_DEFAULTTONULL) != NULL,
           MonitorFromRect(&away, MONITOR_DEFAULTTONEAREST) != NULL, MonitorFromRect(&away, MONITOR_DEFAULTTONULL) != NULL);
    SystemParametersInfo(SPI_GETWORKAREA, 0, &rect, 0);
    SystemParametersInfo(SPI_GETWHEELSCROLLLINES, 0, &lines, 0);
    SystemParametersInfo(SPI_GETDRAGFULLWINDOWS, 0, &on, 0);
    printf("work area %d %d, lines %u, whole windows %d\n", (int)rect.right, (int)rect.bottom, lines, on);
    kept = GetDoubleClickTime();
    SystemParametersInfo(SPI_SETDOUBLECLICKTIME, kept + 50, NULL, 0);
    printf("double click %d\n", (int)(GetDoubleClickTime() - kept));
    printf("nowhere %d", SystemParametersInfo(SPI_GETWORKAREA, 0, NULL, 0));
    printf(" error %u\n", (unsigned)GetLastError());

    SetCursor(arrow);
    printf("cursor %d", SetCursor(wait) == arrow);
    printf(" %d", GetCursor() == wait);
    printf(" shown %d", ShowCursor(FALSE));
    printf(" %d\n", ShowCursor(TRUE));

    printf("keys %02x %02x %02x %02x %04x %04x\n", MapVirtualKey(VK_SPACE, MAPVK_VK_TO_VSC), MapVirtualKey(VK_LEFT, MAPVK_VK_TO_VSC),
           MapVirtualKey(VK_NUMPAD4, MAPVK_VK_TO_VSC), MapVirtualKey(VK_SHIFT, MAPVK_VK_TO_VSC),
           MapVirtualKey(VK_LEFT, MAPVK_VK_TO_VSC_EX), MapVirtualKey(VK_RCONTROL, MAPVK_VK_TO_VSC_EX));
    printf("codes %02x %02x %02x %02x %02x\n", MapVirtualKey(0x1E, MAPVK_VSC_TO_VK), MapVirtualKey(0x36, MAPVK_VSC_TO_VK),
           MapVirtualKey(0x36, MAPVK_VSC_TO_VK_EX), MapVirtualKey(0xE04B, MAPVK_VSC_TO_VK_EX), MapVirtualKey(0x7F, MAPVK_VSC_TO_VK));
    printf("characters %c %c %d\n", MapVirtualKey('Q', MAPVK_VK_TO_CHAR), MapVirtualKey(VK_OEM_1, MAPVK_VK_TO_CHAR),
           MapVirtualKey(VK_F1, MAPVK_VK_TO_CHAR));
    printf("typed by %04x %04x %04x %04x %04x %d\n", VkKeyScan('a'), VkKeyScan('A'), VkKeyScan('!'), VkKeyScan('\r'), VkKeyScan(3),
           VkKeyScanW(0x20AC));
    printf("names");
    name(0x001E0000);
    name(0x00010000);
    name(0x004B0000);
    name(0x014B0000);
    name(0x00360000);
    name(0x02360000);
    name(0x011D0000);
    name(0x007F0000);
    printf("\n");

    GetSystemInfo(&system);
    printf("machine %d %d %d\n", system.dwNumberOfProcessors > 0, system.dwPageSize >= 4096, system.dwActiveProcessorMask != 0);
    printf("memory %d", GlobalMemoryStatusEx(&memory));
    printf(" %d %d\n", memory.ullTotalPhys > memory.ullAvailPhys, memory.dwMemoryLoad <= 100);
    return 0;
}
