/* comctl32's subclassing: order, data, removal while a message is on its way, and the window's end. */
#include <windows.h>
#include <commctrl.h>
#include <stdio.h>
#include <string.h>

#define WM_TOLD (WM_APP + 1)
#define WM_LEAVE (WM_APP + 3)
#define WM_JOIN (WM_APP + 4)

/* Windows has it by its number alone. */
#ifdef _WIN32
#define GetWindowSubclass \
    ((BOOL(WINAPI*)(HWND, SUBCLASSPROC, UINT_PTR, DWORD_PTR*))GetProcAddress(LoadLibraryA("comctl32"), (LPCSTR)411))
#endif

static int depth;

static void told(const char* who, UINT message)
{
    printf("%*s%s %s\n", ++depth * 2, "", who,
           message == WM_TOLD ? "told" : message == WM_LEAVE ? "leave" :
           message == WM_JOIN ? "join" : message == WM_DESTROY ? "destroy" : message == WM_NCDESTROY ? "ncdestroy" :
           message == WM_SETTEXT ? "settext" : "other");
}

static LRESULT CALLBACK Base(HWND window, UINT message, WPARAM wParam, LPARAM lParam)
{
    LRESULT result = (LRESULT)wParam;
    if (message < WM_APP && message != WM_DESTROY && message != WM_NCDESTROY && message != WM_SETTEXT)
        return DefWindowProcA(window, message, wParam, lParam);
    told("base", message);
    if (message < WM_APP) result = DefWindowProcA(window, message, wParam, lParam);
    depth--;
    return result;
}

static LRESULT CALLBACK Third(HWND window, UINT message, WPARAM wParam, LPARAM lParam, UINT_PTR id, DWORD_PTR data)
{
    LRESULT result;
    (void)id, (void)data;
    told("third", message);
    result = DefSubclassProc(window, message, wParam, lParam);
    depth--;
    return result;
}

static LRESULT CALLBACK First(HWND window, UINT message, WPARAM wParam, LPARAM lParam, UINT_PTR id, DWORD_PTR data)
{
    LRESULT result;
    char who[32];
    if (message < WM_APP && message != WM_DESTROY && message != WM_NCDESTROY && message != WM_SETTEXT)
        return DefSubclassProc(window, message, wParam, lParam);
    wsprintfA(who, "first %d data %d", (int)id, (int)data);
    told(who, message);
    if (message == WM_SETTEXT) printf("%*stext %s\n", depth * 2, "", (const char*)lParam);
    if (message == WM_LEAVE) printf("%*sremoved %d\n", depth * 2, "", RemoveWindowSubclass(window, First, id));
    if (message == WM_JOIN) printf("%*sset %d\n", depth * 2, "", SetWindowSubclass(window, Third, 1, 0));
    result = DefSubclassProc(window, message, wParam, lParam) + (LRESULT)data;
    depth--;
    return result;
}

static HWND make(void)
{
    return CreateWindowA("Subclassed", "", WS_POPUP, 0, 0, 10, 10, NULL, NULL, GetModuleHandleA(NULL), NULL);
}

int main(void)
{
    WNDCLASSA wc;
    HWND window;
    DWORD_PTR data = 0;
    WNDPROC own;

    memset(&wc, 0, sizeof wc);
    wc.lpfnWndProc = Base;
    wc.hInstance = GetModuleHandleA(NULL);
    wc.lpszClassName = "Subclassed";
    RegisterClassA(&wc);
    window = make();
    own = (WNDPROC)GetWindowLongPtrA(window, GWLP_WNDPROC);
    printf("set %d", SetWindowSubclass(window, First, 1, 10));
    printf(" %d", SetWindowSubclass(window, First, 2, 20));
    printf(" changed %d\n", (WNDPROC)GetWindowLongPtrA(window, GWLP_WNDPROC) != own);
    printf("answer %d\n", (int)SendMessageA(window, WM_TOLD, 1, 0));
    printf("change %d", SetWindowSubclass(window, First, 1, 11));
    printf(" get %d", GetWindowSubclass(window, First, 1, &data));
    printf(" %d", (int)data);
    printf(" none %d", GetWindowSubclass(window, First, 3, &data));
    printf(" %d", (int)data);
    printf(" other %d\n", GetWindowSubclass(window, Third, 1, NULL));
    SetWindowTextA(window, "new");
    printf("answer %d\n", (int)SendMessageA(window, WM_JOIN, 1, 0));
    printf("answer %d\n", (int)SendMessageA(window, WM_TOLD, 1, 0));
    printf("remove third %d", RemoveWindowSubclass(window, Third, 1));
    printf(" again %d\n", RemoveWindowSubclass(window, Third, 1));
    printf("answer %d\n", (int)SendMessageA(window, WM_LEAVE, 1, 0));
    printf("left %d\n", GetWindowSubclass(window, First, 1, NULL) || GetWindowSubclass(window, First, 2, NULL));
    printf("restored %d\n", (WNDPROC)GetWindowLongPtrA(window, GWLP_WNDPROC) == own);
    printf("answer %d\n", (int)SendMessageA(window, WM_TOLD, 1, 0));

    DestroyWindow(window);

    printf("the end of a window\n");
    window = make();
    SetWindowSubclass(window, First, 5, 50);
    DestroyWindow(window);
    printf("null %d", SetWindowSubclass(NULL, First, 1, 1));
    printf(" get %d", GetWindowSubclass(window, First, 5, &data));
    printf(" no procedure %d", SetWindowSubclass(make(), NULL, 1, 1));
    printf(" outside %d\n", (int)DefSubclassProc(make(), WM_TOLD, 1, 0));
    return 0;
}
