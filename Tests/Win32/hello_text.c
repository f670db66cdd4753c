/* Text on windows: it is there, within what was measured, in every way that programs of the time draw it. What the
 * pixels are is the font's business. */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH 300
#define HEIGHT 120

static RECT inkIn(HDC dc, COLORREF background)
{
    RECT ink = { WIDTH, HEIGHT, 0, 0 };
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            if (GetPixel(dc, x, y) == background) continue;
            ink.left = min(ink.left, x);
            ink.top = min(ink.top, y);
            ink.right = max(ink.right, x + 1);
            ink.bottom = max(ink.bottom, y + 1);
        }
    return ink;
}

static BOOL isWithin(const RECT* ink, int left, int top, int right, int bottom)
{
    return ink->left < ink->right && ink->left >= left && ink->top >= top && ink->right <= right &&
           ink->bottom <= bottom;
}

static void paint(HWND window)
{
    PAINTSTRUCT ps;
    SIZE size, wide;
    TEXTMETRIC metrics;
    RECT rect = { 0, 0, WIDTH, HEIGHT }, ink;
    const char* text = "Hello, Windows";
    int length = (int)strlen(text);
    HDC dc = BeginPaint(window, &ps);
    GetTextMetrics(dc, &metrics);
    printf("metrics: %d\n", metrics.tmHeight == metrics.tmAscent + metrics.tmDescent && metrics.tmAveCharWidth > 0);
    GetTextExtentPoint32A(dc, text, length, &size);
    GetTextExtentPoint32W(dc, L"Hello, Windows", length, &wide);
    printf("measured: %d, both the same: %d\n", size.cx > length && size.cy == metrics.tmHeight,
           size.cx == wide.cx && size.cy == wide.cy);

    printf("TextOut: %d", TextOutA(dc, 20, 10, text, length) != 0);
    ink = inkIn(dc, RGB(255, 255, 255));
    printf(", within: %d\n", isWithin(&ink, 19, 10, 21 + size.cx, 10 + size.cy));
    FillRect(dc, &rect, (HBRUSH)GetStockObject(WHITE_BRUSH));
    TextOutW(dc, 20, 10, L"Hello, Windows", length);
    RECT again = inkIn(dc, RGB(255, 255, 255));
    printf("TextOutW is the same: %d\n", EqualRect(&ink, &again) != 0);

    FillRect(dc, &rect, (HBRUSH)GetStockObject(WHITE_BRUSH));
    printf("DrawText is a line high: %d", DrawTextA(dc, text, -1, &rect, DT_SINGLELINE | DT_CENTER) == size.cy);
    ink = inkIn(dc, RGB(255, 255, 255));
    printf(", in the middle: %d\n", abs((ink.left + ink.right) - WIDTH) <= 8);

    RECT measured = { 10, 10, 12, 12 };
    int height = DrawTextA(dc, text, -1, &measured, DT_CALCRECT | DT_SINGLELINE);
    printf("DT_CALCRECT: %d %d %d %d\n", height == size.cy, measured.left == 10 && measured.top == 10,
           measured.right == 10 + size.cx, measured.bottom == 10 + size.cy);
    RECT two = { 0, 0, size.cx - 1, 10 };
    printf("two lines: %d\n", DrawTextA(dc, text, -1, &two, DT_CALCRECT | DT_WORDBREAK) == 2 * size.cy);

    FillRect(dc, &rect, (HBRUSH)GetStockObject(BLACK_BRUSH));
    SetTextColor(dc, RGB(255, 0, 0));
    SetBkMode(dc, TRANSPARENT);
    RECT clip = { 30, 12, 60, 20 };
    ExtTextOutA(dc, 20, 10, ETO_CLIPPED, &clip, text, (UINT)length, NULL);
    ink = inkIn(dc, RGB(0, 0, 0));
    printf("clipped: %d\n", isWithin(&ink, 30, 12, 60, 20));
    SetBkColor(dc, RGB(0, 0, 255));
    ExtTextOutA(dc, 0, 0, ETO_OPAQUE, &clip, "", 0, NULL);
    ink = inkIn(dc, RGB(0, 0, 0));
    printf("opaque: %d %d\n", isWithin(&ink, 30, 12, 60, 20), GetPixel(dc, 59, 19) == RGB(0, 0, 255));

    FillRect(dc, &rect, (HBRUSH)GetStockObject(WHITE_BRUSH));
    SetTextAlign(dc, TA_RIGHT | TA_BASELINE);
    SetBkMode(dc, TRANSPARENT);
    TextOutA(dc, 200, 60, "HHH", 3);
    ink = inkIn(dc, RGB(255, 255, 255));
    printf("right, on the baseline: %d\n", ink.bottom == 60 && ink.right <= 201 && ink.right > 190);

    LOGFONT font;
    memset(&font, 0, sizeof font);
    font.lfHeight = -40;
    font.lfWeight = FW_BOLD;
    strcpy(font.lfFaceName, "Arial");
    HFONT large = CreateFontIndirect(&font);
    HGDIOBJ before = SelectObject(dc, large);
    GetTextMetrics(dc, &metrics);
    printf("large: %d, bold: %d\n", abs((int)(metrics.tmHeight - metrics.tmInternalLeading) - 40) <= 1, (int)metrics.tmWeight);
    LOGFONT told;
    GetObject(large, sizeof told, &told);
    printf("told: %ld '%s'\n", (long)told.lfHeight, told.lfFaceName);
    SelectObject(dc, before);
    DeleteObject(large);
    EndPaint(window, &ps);
}

static LRESULT CALLBACK procedure(HWND window, UINT message, WPARAM wParam, LPARAM lParam)
{
    RECT rect = { 0, 0, WIDTH, HEIGHT };
    switch (message) {
    case WM_ERASEBKGND:
        /* What programs do there: the number is a device context. */
        printf("erase: %d\n", FillRect((HDC)wParam, &rect, (HBRUSH)GetStockObject(WHITE_BRUSH)) != 0);
        return 1;
    case WM_PAINT: paint(window); return 0;
    default: return DefWindowProc(window, message, wParam, lParam);
    }
}

int main(void)
{
    WNDCLASS class = { .lpfnWndProc = procedure, .lpszClassName = "Hello" };
    RegisterClass(&class);
    HWND window = CreateWindow("Hello", "", WS_POPUP | WS_VISIBLE, 0, 0, WIDTH, HEIGHT, NULL, NULL, NULL, NULL);
    UpdateWindow(window);
    HDC dc = GetDC(window);
    HDC memory = CreateCompatibleDC(dc);
    HBITMAP bitmap = CreateCompatibleBitmap(dc, 10, 10);
    HGDIOBJ before = SelectObject(memory, bitmap);
    RECT whole = { 0, 0, 10, 10 };
    HBRUSH green = CreateSolidBrush(RGB(0, 255, 0));
    FillRect(memory, &whole, green);
    printf("onto a window: %d", BitBlt(dc, 5, 5, 10, 10, memory, 0, 0, SRCCOPY) != 0);
    printf(" %lx\n", (unsigned long)GetPixel(dc, 14, 14));
    printf("released: %d", ReleaseDC(window, dc));
    printf(" %lx\n", (unsigned long)GetPixel(dc, 14, 14));
    dc = GetDC(window);
    printf("still there: %lx\n", (unsigned long)GetPixel(dc, 14, 14));
    ReleaseDC(window, dc);
    SelectObject(memory, before);
    DeleteObject(bitmap);
    DeleteObject(green);
    DeleteDC(memory);

    BITMAPINFO info = { .bmiHeader = { sizeof info.bmiHeader, 4, -2, 1, 32, BI_RGB, 0, 0, 0, 0, 0 } };
    DWORD pixels[8] = { 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF, 0, 1, 2, 3 };
    dc = GetDC(window);
    printf("pixels: %d\n", StretchDIBits(dc, 0, 0, 8, 4, 0, 0, 4, 2, pixels, &info, DIB_RGB_COLORS, SRCCOPY) != 0);
    printf("%lx %lx %lx\n", (unsigned long)GetPixel(dc, 1, 1), (unsigned long)GetPixel(dc, 2, 0),
           (unsigned long)GetPixel(dc, 7, 3));
    VOID* bits = NULL;
    info.bmiHeader.biHeight = 2;
    HBITMAP section = CreateDIBSection(dc, &info, DIB_RGB_COLORS, &bits, NULL, 0);
    memcpy(bits, pixels, sizeof pixels);
    memory = CreateCompatibleDC(dc);
    before = SelectObject(memory, section);
    BitBlt(dc, 0, 0, 4, 2, memory, 0, 0, SRCCOPY);
    printf("upwards: %lx %lx\n", (unsigned long)GetPixel(dc, 0, 1), (unsigned long)GetPixel(dc, 3, 0));
    SetPixel(memory, 0, 0, RGB(1, 2, 3));
    printf("in memory: %lx\n", (unsigned long)((DWORD*)bits)[4] & 0xFFFFFF);
    SelectObject(memory, before);
    DeleteDC(memory);
    DeleteObject(section);
    ReleaseDC(window, dc);
    DestroyWindow(window);
    return 0;
}
