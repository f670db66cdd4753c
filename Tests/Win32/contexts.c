/* Device contexts and what becomes of them: of windows that go, of brushes that are no colours, of wrong handles. */
#include <windows.h>
#include <windowsx.h>
#include <stdio.h>

static HBRUSH hatched;

static LRESULT CALLBACK procedure(HWND window, UINT message, WPARAM wParam, LPARAM lParam)
{
    return DefWindowProc(window, message, wParam, lParam);
}

static HWND create(const char* class)
{
    HWND window = CreateWindow(class, "", WS_POPUP | WS_VISIBLE, 10, 10, 64, 32, NULL, NULL, NULL, NULL);
    UpdateWindow(window);
    return window;
}

static int count(HDC dc, COLORREF color)
{
    int found = 0;
    for (int y = 0; y < 32; y++)
        for (int x = 0; x < 64; x++) found += GetPixel(dc, x, y) == color;
    return found;
}

int main(void)
{
    WNDCLASS plain = { .lpfnWndProc = procedure, .lpszClassName = "Plain", .hbrBackground = GetStockBrush(LTGRAY_BRUSH) };
    hatched = CreateHatchBrush(HS_HORIZONTAL, RGB(255, 0, 0));
    WNDCLASS lined = { .lpfnWndProc = procedure, .lpszClassName = "Lined", .hbrBackground = hatched };
    RegisterClass(&plain);
    RegisterClass(&lined);

    HWND window = create("Plain");
    HDC dc = GetDC(window);
    printf("erased %d\n", count(dc, RGB(192, 192, 192)));
    printf("window of it %d, type %u\n", WindowFromDC(dc) == window, (unsigned)GetObjectType(dc));
    printf("caps %d %d %d\n", GetDeviceCaps(dc, BITSPIXEL) * GetDeviceCaps(dc, PLANES), GetDeviceCaps(dc, LOGPIXELSX),
           GetDeviceCaps(dc, TECHNOLOGY));
    HDC memory = CreateCompatibleDC(dc);
    HBITMAP bitmap = CreateCompatibleBitmap(dc, 64, 32);
    HBITMAP before = SelectBitmap(memory, bitmap);
    printf("window of memory %d, type %u\n", WindowFromDC(memory) == NULL, (unsigned)GetObjectType(memory));
    printf("a message erases in memory %d", (int)SendMessage(window, WM_ERASEBKGND, (WPARAM)memory, 0));
    printf(" %d\n", count(memory, RGB(192, 192, 192)));
    printf("a bitmap into a window's %d\n", SelectObject(dc, before) != NULL);
    RECT rect = { 4, 4, 8, 8 };
    FillRect(dc, &rect, (HBRUSH)(COLOR_WINDOWTEXT + 1));
    printf("a system colour %lx\n", (unsigned long)GetPixel(dc, 4, 4));
    printf("a released one %d", ReleaseDC(window, dc));
    printf(", again %d", ReleaseDC(window, dc));
    printf(", told %lx\n", (unsigned long)GetPixel(dc, 5, 5));

    dc = GetDC(window);
    FillRect(dc, &rect, GetStockBrush(WHITE_BRUSH));
    DestroyWindow(window);
    rect.right = rect.bottom = 3000;
    FillRect(dc, &rect, GetStockBrush(WHITE_BRUSH));
    TextOut(dc, 1, 1, "gone", 4);
    printf("of a window that is gone: %lx\n", (unsigned long)GetPixel(dc, 5, 5));
    ReleaseDC(window, dc);

    window = create("Lined");
    dc = GetDC(window);
    int red = count(dc, RGB(255, 0, 0)), white = count(dc, RGB(255, 255, 255));
    printf("hatched background: %d red, %d white\n", red, white);
    ReleaseDC(window, dc);
    DestroyWindow(window);

    SelectBitmap(memory, before);
    HBRUSH pattern = CreatePatternBrush(bitmap);
    DeleteBitmap(bitmap);
    bitmap = CreateBitmap(8, 8, 1, 32, NULL);
    SelectBitmap(memory, bitmap);
    SetRect(&rect, 0, 0, 8, 8);
    FillRect(memory, &rect, pattern);
    printf("pattern %d\n", count(memory, RGB(192, 192, 192)));
    printf("deleted %d", DeleteBrush(pattern) != 0);
    printf(" %d\n", DeleteBrush(pattern) != 0);
    SelectBitmap(memory, before);
    DeleteBitmap(bitmap);
    DeleteDC(memory);
    printf("no screen pixels %d\n", (int)ReleaseDC(NULL, GetDC(NULL)));
    return 0;
}
