/* The screen, which is one monitor, and what the system is set to.
 *
 * Frames, captions and menus are the window manager's or are not there: windows here are as large as their client
 * areas, so all that would be between the two is 0.
 */
#include "internal.h"

static RECT screenRect(void)
{
    int32_t width = 0, height = 0;
    RatGetScreenSize(&width, &height);
    return (RECT){ 0, 0, width, height };
}

/* Those that do not depend on anything, as Windows has them at 96 dots for an inch. */
static const struct {
    int index;
    int value;
} metrics[] = {
    { SM_CXVSCROLL, 17 },       { SM_CYHSCROLL, 17 },      { SM_CYVSCROLL, 17 },     { SM_CXHSCROLL, 17 },
    { SM_CYVTHUMB, 17 },        { SM_CXHTHUMB, 17 },       { SM_CXICON, 32 },        { SM_CYICON, 32 },
    { SM_CXCURSOR, 32 },        { SM_CYCURSOR, 32 },       { SM_CXSMICON, 16 },      { SM_CYSMICON, 16 },
    { SM_CXICONSPACING, 75 },   { SM_CYICONSPACING, 75 },  { SM_CXDRAG, 4 },         { SM_CYDRAG, 4 },
    { SM_CXFOCUSBORDER, 1 },    { SM_CYFOCUSBORDER, 1 },   { SM_MOUSEPRESENT, 1 },   { SM_MOUSEWHEELPRESENT, 1 },
    { SM_CMOUSEBUTTONS, 5 },    { SM_CMONITORS, 1 },       { SM_SAMEDISPLAYFORMAT, 1 },
    { SM_NETWORK, 3 },
};

int GetSystemMetrics(int index)
{
    RECT screen = screenRect();
    uint32_t width = 0, height = 0;
    RatGetDoubleClick(NULL, &width, &height);
    switch (index) {
    case SM_CXSCREEN:
    case SM_CXVIRTUALSCREEN:
    case SM_CXFULLSCREEN:
    case SM_CXMAXIMIZED:
    case SM_CXMAXTRACK: return screen.right;
    case SM_CYSCREEN:
    case SM_CYVIRTUALSCREEN:
    case SM_CYFULLSCREEN:
    case SM_CYMAXIMIZED:
    case SM_CYMAXTRACK: return screen.bottom;
    case SM_CXDOUBLECLK: return (int)width;
    case SM_CYDOUBLECLK: return (int)height;
    default: break;
    }
    for (size_t i = 0; i < ARRAYSIZE(metrics); i++)
        if (metrics[i].index == index) return metrics[i].value;
    return 0;
}

/* -- Monitors ---------------------------------------------------------------------------------- */

/* The only one, by a number that names nothing else. */
#define MONITOR ((HMONITOR)(uintptr_t)0x0D00000000000001)

static HMONITOR monitorFrom(bool isOnIt, DWORD flags)
{
    return isOnIt || flags == MONITOR_DEFAULTTOPRIMARY || flags == MONITOR_DEFAULTTONEAREST ? MONITOR : NULL;
}

HMONITOR MonitorFromPoint(POINT point, DWORD flags)
{
    RECT screen = screenRect();
    return monitorFrom(PtInRect(&screen, point), flags);
}

HMONITOR MonitorFromRect(LPCRECT rect, DWORD flags)
{
    RECT screen = screenRect(), both;
    return monitorFrom(IntersectRect(&both, &screen, rect), flags);
}

HMONITOR MonitorFromWindow(HWND window, DWORD flags)
{
    RECT rect;
    if (!GetWindowRect(window, &rect)) return monitorFrom(false, flags);
    return MonitorFromRect(&rect, flags);
}

_Static_assert(offsetof(MONITORINFOEXW, szDevice) == sizeof(MONITORINFO), "it begins as the short one");

static BOOL monitorInfo(HMONITOR monitor, MONITORINFO* info, size_t wholeSize, bool wide)
{
    if (monitor != MONITOR) return failWith(ERROR_INVALID_MONITOR_HANDLE);
    if (info == NULL || (info->cbSize != sizeof *info && info->cbSize != wholeSize))
        return failWith(ERROR_INVALID_PARAMETER);
    info->rcMonitor = info->rcWork = screenRect();
    info->dwFlags = MONITORINFOF_PRIMARY;
    if (info->cbSize == sizeof *info) return TRUE;
    if (wide) wideInto(((MONITORINFOEXW*)info)->szDevice, CCHDEVICENAME, "\\\\.\\DISPLAY1");
    else copyCut(((MONITORINFOEXA*)info)->szDevice, CCHDEVICENAME, "\\\\.\\DISPLAY1");
    return TRUE;
}

BOOL GetMonitorInfoA(HMONITOR monitor, LPMONITORINFO info)
{
    return monitorInfo(monitor, info, sizeof(MONITORINFOEXA), false);
}

BOOL GetMonitorInfoW(HMONITOR monitor, LPMONITORINFO info)
{
    return monitorInfo(monitor, info, sizeof(MONITORINFOEXW), true);
}

/* Of the screen; what of it a device context shows is not told. */
BOOL EnumDisplayMonitors(HDC dc, LPCRECT clip, MONITORENUMPROC procedure, LPARAM param)
{
    RECT screen = screenRect(), both = screen;
    if (procedure == NULL || dc != NULL) return failWith(ERROR_INVALID_PARAMETER);
    if (clip != NULL && !IntersectRect(&both, &screen, clip)) return TRUE;
    return procedure(MONITOR, NULL, &both, param) != FALSE;
}

/* -- Settings ---------------------------------------------------------------------------------- */

/* What is asked for most. Hover times are those of TrackMouseEvent(); the others are Windows' when it is new. */
static const struct {
    UINT action;
    UINT value;
} settings[] = {
    { SPI_GETWHEELSCROLLLINES, 3 },   { SPI_GETWHEELSCROLLCHARS, 3 },      { SPI_GETMOUSEHOVERWIDTH, 4 },
    { SPI_GETMOUSEHOVERHEIGHT, 4 },   { SPI_GETMOUSEHOVERTIME, 400 },      { SPI_GETKEYBOARDDELAY, 1 },
    { SPI_GETKEYBOARDSPEED, 31 },     { SPI_GETMENUSHOWDELAY, 400 },       { SPI_GETFOREGROUNDLOCKTIMEOUT, 0 },
    { SPI_GETDRAGFULLWINDOWS, TRUE }, { SPI_GETFONTSMOOTHING, TRUE },      { SPI_GETSCREENSAVEACTIVE, FALSE },
    { SPI_GETSCREENREADER, FALSE },
};

static BOOL getSetting(UINT action, PVOID out)
{
    size_t i = 0;
    while (i < ARRAYSIZE(settings) && settings[i].action != action) i++;
    if (i == ARRAYSIZE(settings) && action != SPI_GETWORKAREA) return failWith(ERROR_INVALID_SPI_VALUE);
    if (out == NULL) return failWith(ERROR_NOACCESS);
    if (action == SPI_GETWORKAREA) *(RECT*)out = screenRect();
    else *(UINT*)out = settings[i].value;
    return TRUE;
}

static BOOL setting(UINT action, UINT number, PVOID value)
{
    uint32_t time = 0, width = 0, height = 0;
    RatGetDoubleClick(&time, &width, &height);
    switch (action) {
    case SPI_SETDOUBLECLICKTIME: return SetDoubleClickTime(number);
    case SPI_SETDOUBLECLKWIDTH: return succeeded(RatSetDoubleClick(time, number, height), SUBJECT_OBJECT);
    case SPI_SETDOUBLECLKHEIGHT: return succeeded(RatSetDoubleClick(time, width, number), SUBJECT_OBJECT);
    default: return getSetting(action, value);
    }
}

BOOL SystemParametersInfoA(UINT action, UINT number, PVOID value, UINT update)
{
    (void)update;
    return setting(action, number, value);
}

BOOL SystemParametersInfoW(UINT action, UINT number, PVOID value, UINT update)
{
    (void)update;
    return setting(action, number, value);
}
