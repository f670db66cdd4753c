/* Shapes, fills and copies, told pixel by pixel: each in its own bitmap, a letter for each colour. */
#include <windows.h>
#include <stdio.h>

#define WIDTH 24
#define HEIGHT 12

static HDC dc;
static HBITMAP bitmap;

static void show(const char* what)
{
    static const struct {
        COLORREF color;
        char letter;
    } letters[] = {
        { RGB(255, 255, 255), '.' }, { RGB(0, 0, 0), '#' }, { RGB(255, 0, 0), 'r' },
        { RGB(0, 128, 0), 'g' },     { RGB(0, 0, 255), 'b' }, { RGB(255, 255, 0), 'y' },
        { RGB(0, 255, 255), 'c' },   { RGB(192, 192, 192), '-' },
    };
    printf("%s\n", what);
    for (int y = 0; y < HEIGHT; y++) {
        char row[WIDTH + 1] = { 0 };
        for (int x = 0; x < WIDTH; x++) {
            COLORREF color = GetPixel(dc, x, y);
            row[x] = '?';
            for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
                if (letters[i].color == color) row[x] = letters[i].letter;
        }
        printf("  %s\n", row);
    }
    PatBlt(dc, 0, 0, WIDTH, HEIGHT, WHITENESS);
}

static void fills(void)
{
    HBRUSH red = CreateSolidBrush(RGB(255, 0, 0));
    RECT rect = { 2, 1, 10, 5 };
    printf("FillRect %d\n", FillRect(dc, &rect, red) != 0);
    SetRect(&rect, 12, 1, 20, 8);
    FrameRect(dc, &rect, (HBRUSH)GetStockObject(BLACK_BRUSH));
    SetRect(&rect, 4, 3, 16, 10);
    InvertRect(dc, &rect);
    SetRect(&rect, 20, 9, 18, 11);
    FillRect(dc, &rect, red);
    SetRect(&rect, 21, 9, 23, 11);
    FrameRect(dc, &rect, red);
    show("fills");
    SetRect(&rect, 1, 1, 12, 7);
    DrawFocusRect(dc, &rect);
    show("focus");
    SelectObject(dc, red);
    PatBlt(dc, 1, 1, 8, 4, PATCOPY);
    PatBlt(dc, 5, 2, 8, 6, PATINVERT);
    PatBlt(dc, 15, 2, 5, 5, BLACKNESS);
    PatBlt(dc, 17, 3, 5, 5, DSTINVERT);
    PatBlt(dc, 12, 11, -4, -2, PATCOPY);
    show("PatBlt");
    SelectObject(dc, GetStockObject(WHITE_BRUSH));
    DeleteObject(red);
}

static void shapes(void)
{
    HPEN blue = CreatePen(PS_SOLID, 1, RGB(0, 0, 255));
    HPEN wide = CreatePen(PS_SOLID, 3, RGB(255, 0, 0));
    HPEN inside = CreatePen(PS_INSIDEFRAME, 2, RGB(0, 0, 255));
    HBRUSH green = CreateSolidBrush(RGB(0, 128, 0));
    HGDIOBJ pen = SelectObject(dc, blue), brush = SelectObject(dc, green);
    printf("first pen %d, brush %d\n", pen == GetStockObject(BLACK_PEN), brush == GetStockObject(WHITE_BRUSH));
    Rectangle(dc, 1, 1, 10, 6);
    Rectangle(dc, 20, 8, 12, 2);
    Rectangle(dc, 2, 8, 3, 11);
    Rectangle(dc, 5, 8, 7, 10);
    show("rectangles");
    SelectObject(dc, GetStockObject(NULL_PEN));
    Rectangle(dc, 1, 1, 10, 6);
    SelectObject(dc, GetStockObject(NULL_BRUSH));
    SelectObject(dc, blue);
    Rectangle(dc, 12, 2, 20, 8);
    show("without pen, without brush");
    SelectObject(dc, green);
    SelectObject(dc, inside);
    Rectangle(dc, 2, 2, 11, 10);
    show("inside frame");
    SelectObject(dc, wide);
    MoveToEx(dc, 4, 3, NULL);
    LineTo(dc, 4, 9);
    show("a wide line down");
    SelectObject(dc, pen);
    SelectObject(dc, brush);
    DeleteObject(blue);
    DeleteObject(wide);
    DeleteObject(inside);
    DeleteObject(green);
}

static void line(int fromX, int fromY, int toX, int toY)
{
    MoveToEx(dc, fromX, fromY, NULL);
    LineTo(dc, toX, toY);
}

static void lines(void)
{
    POINT at;
    line(2, 1, 9, 1);
    line(9, 3, 2, 3);
    line(12, 1, 12, 6);
    line(14, 6, 14, 1);
    line(17, 2, 17, 2);
    GetCurrentPositionEx(dc, &at);
    printf("position %ld,%ld\n", (long)at.x, (long)at.y);
    show("straight lines");
    line(0, 0, 11, 11);
    line(23, 0, 12, 11);
    show("diagonals");
    line(12, 6, 23, 8);
    line(12, 6, 23, 3);
    line(11, 6, 0, 8);
    line(11, 6, 0, 3);
    show("flat ones");
    line(12, 6, 14, 0);
    line(12, 6, 9, 0);
    line(12, 6, 14, 11);
    line(12, 6, 9, 11);
    show("steep ones");
    line(0, 0, 20, 10);
    line(22, 1, 2, 11);
    show("ties across");
    line(0, 11, 5, 1);
    line(12, 0, 17, 10);
    line(22, 11, 18, 3);
    show("ties down");
    POINT corners[4] = { { 2, 2 }, { 20, 2 }, { 20, 9 }, { 2, 9 } };
    Polyline(dc, corners, 4);
    show("Polyline");
    HBRUSH red = CreateSolidBrush(RGB(255, 0, 0));
    HGDIOBJ brush = SelectObject(dc, red);
    Polygon(dc, corners, 4);
    show("Polygon");
    SelectObject(dc, brush);
    DeleteObject(red);
    SetROP2(dc, R2_NOT);
    line(2, 4, 20, 4);
    line(10, 4, 22, 4);
    SetROP2(dc, R2_XORPEN);
    HPEN yellow = CreatePen(PS_SOLID, 1, RGB(255, 255, 0));
    HGDIOBJ pen = SelectObject(dc, yellow);
    line(2, 7, 20, 7);
    line(10, 7, 22, 7);
    SelectObject(dc, pen);
    DeleteObject(yellow);
    printf("mix %d\n", SetROP2(dc, R2_COPYPEN));
    show("mixes");
}

static void hatches(void)
{
    RECT rect;
    SetBkColor(dc, RGB(255, 255, 0));
    for (int hatch = HS_HORIZONTAL; hatch <= HS_DIAGCROSS; hatch++) {
        HBRUSH brush = CreateHatchBrush(hatch, RGB(255, 0, 0));
        SetRect(&rect, hatch % 2 * 12, 0, hatch % 2 * 12 + 10, 11);
        if (hatch == HS_CROSS) SetBkMode(dc, TRANSPARENT);
        FillRect(dc, &rect, brush);
        DeleteObject(brush);
        if (hatch % 2 != 0) show("hatches");
    }
    SetBkMode(dc, OPAQUE);
    HPEN dots = CreatePen(PS_DOT, 1, RGB(0, 0, 255));
    HGDIOBJ pen = SelectObject(dc, dots);
    line(0, 2, 24, 2);
    SetBkMode(dc, TRANSPARENT);
    line(0, 4, 24, 4);
    SelectObject(dc, pen);
    DeleteObject(dots);
    SetBkMode(dc, OPAQUE);
    SetBkColor(dc, RGB(255, 255, 255));
    show("dots");
    POINT star[5] = { { 10, 0 }, { 16, 11 }, { 0, 4 }, { 20, 4 }, { 4, 11 } };
    HGDIOBJ brush = SelectObject(dc, GetStockObject(LTGRAY_BRUSH));
    Polygon(dc, star, 5);
    show("a star");
    SetPolyFillMode(dc, WINDING);
    SelectObject(dc, GetStockObject(NULL_PEN));
    Polygon(dc, star, 5);
    show("a full star");
    SetPolyFillMode(dc, ALTERNATE);
    SelectObject(dc, pen);
    SelectObject(dc, brush);
}

static void copies(HDC other)
{
    RECT rect = { 0, 0, 4, 4 };
    FillRect(other, &rect, (HBRUSH)GetStockObject(BLACK_BRUSH));
    SetPixel(other, 1, 1, RGB(255, 0, 0));
    SetPixel(other, 2, 0, RGB(0, 0, 255));
    SetPixel(other, 3, 2, RGB(255, 255, 0));
    BitBlt(dc, 1, 1, 4, 4, other, 0, 0, SRCCOPY);
    BitBlt(dc, 7, 1, 4, 4, other, 0, 0, NOTSRCCOPY);
    BitBlt(dc, 13, 1, 4, 4, other, 0, 0, SRCINVERT);
    BitBlt(dc, 19, 1, 4, 4, other, 0, 0, SRCAND);
    BitBlt(dc, 1, 7, 4, 4, other, 0, 0, SRCPAINT);
    BitBlt(dc, 22, 10, 4, 4, other, 0, 0, SRCCOPY);
    show("BitBlt");
    SetStretchBltMode(dc, COLORONCOLOR);
    StretchBlt(dc, 1, 1, 8, 8, other, 0, 0, 4, 4, SRCCOPY);
    StretchBlt(dc, 12, 1, 2, 2, other, 0, 0, 4, 4, SRCCOPY);
    StretchBlt(dc, 19, 1, -4, 4, other, 0, 0, 4, 4, SRCCOPY);
    show("StretchBlt");
    BitBlt(dc, 1, 1, 4, 4, other, 0, 0, SRCCOPY);
    BitBlt(dc, 3, 2, 4, 4, dc, 1, 1, SRCCOPY);
    BitBlt(dc, 12, 4, 4, 4, other, 0, 0, SRCCOPY);
    BitBlt(dc, 11, 3, 4, 4, dc, 12, 4, SRCCOPY);
    show("overlapping");
}

static void clips(void)
{
    HBRUSH red = CreateSolidBrush(RGB(255, 0, 0));
    RECT rect, whole = { 0, 0, WIDTH, HEIGHT };
    int level = SaveDC(dc);
    int kind = GetClipBox(dc, &rect);
    printf("level %d; box %d: %ld,%ld %ld,%ld\n", level, kind, (long)rect.left, (long)rect.top, (long)rect.right,
           (long)rect.bottom);
    printf("intersect %d\n", IntersectClipRect(dc, 3, 2, 18, 10));
    printf("exclude %d\n", ExcludeClipRect(dc, 6, 4, 10, 7));
    FillRect(dc, &whole, red);
    kind = GetClipBox(dc, &rect);
    printf("box %d: %ld,%ld %ld,%ld\n", kind, (long)rect.left, (long)rect.top, (long)rect.right, (long)rect.bottom);
    printf("inside %lx\n", (unsigned long)GetPixel(dc, 4, 3));
    printf("nothing left %d\n", IntersectClipRect(dc, 6, 4, 10, 7));
    printf("restore %d\n", RestoreDC(dc, -1));
    printf("restore again %d\n", RestoreDC(dc, -1));
    show("clips");
    POINT before = { 99, 99 };
    SetViewportOrgEx(dc, 5, 3, &before);
    printf("origin before %ld,%ld\n", (long)before.x, (long)before.y);
    SetRect(&rect, 0, 0, 4, 2);
    FillRect(dc, &rect, red);
    SetWindowOrgEx(dc, -6, -2, NULL);
    FillRect(dc, &rect, red);
    SetViewportOrgEx(dc, 0, 0, &before);
    printf("origin before %ld,%ld\n", (long)before.x, (long)before.y);
    SetWindowOrgEx(dc, 0, 0, NULL);
    show("origins");
    HRGN region = CreateRectRgn(2, 2, 8, 6);
    HRGN second = CreateRectRgn(6, 4, 14, 10);
    CombineRgn(region, region, second, RGN_OR);
    printf("select %d\n", SelectClipRgn(dc, region));
    FillRect(dc, &whole, red);
    printf("no region %d\n", SelectClipRgn(dc, NULL));
    FillRgn(dc, second, (HBRUSH)GetStockObject(LTGRAY_BRUSH));
    DeleteObject(region);
    DeleteObject(second);
    show("regions");
    DeleteObject(red);
}

static void states(HDC other)
{
    HPEN pen = CreatePen(PS_DOT, 1, RGB(1, 2, 3));
    HBRUSH brush = CreateHatchBrush(HS_CROSS, RGB(4, 5, 6));
    LOGPEN logPen;
    LOGBRUSH logBrush;
    BITMAP told;
    printf("pen %d:", GetObject(pen, sizeof logPen, &logPen) == (int)sizeof logPen);
    printf(" %u %ld %lx\n", logPen.lopnStyle, (long)logPen.lopnWidth.x, (unsigned long)logPen.lopnColor);
    printf("brush %d:", GetObject(brush, sizeof logBrush, &logBrush) == (int)sizeof logBrush);
    printf(" %u %lx %d\n", logBrush.lbStyle, (unsigned long)logBrush.lbColor, (int)logBrush.lbHatch);
    printf("bitmap %d:", GetObject(bitmap, sizeof told, &told) == (int)sizeof told);
    printf(" %ld x %ld, %d bits\n", (long)told.bmWidth, (long)told.bmHeight, told.bmBitsPixel);
    printf("types %lu %lu %lu %lu\n", (unsigned long)GetObjectType(pen), (unsigned long)GetObjectType(brush),
           (unsigned long)GetObjectType(dc), (unsigned long)GetObjectType(bitmap));
    printf("text color %lx", (unsigned long)SetTextColor(dc, RGB(7, 8, 9)));
    printf(" %lx\n", (unsigned long)SetTextColor(dc, 0));
    printf("background %lx", (unsigned long)SetBkColor(dc, RGB(7, 8, 9)));
    printf(" %lx\n", (unsigned long)SetBkColor(dc, RGB(255, 255, 255)));
    printf("mode %d", SetBkMode(dc, TRANSPARENT));
    printf(" %d\n", SetBkMode(dc, OPAQUE));
    printf("align %u", SetTextAlign(dc, TA_CENTER | TA_BASELINE));
    printf(" %u\n", SetTextAlign(dc, 0));
    printf("mix %d, fill %d, stretch %d\n", GetROP2(dc), GetPolyFillMode(dc), GetStretchBltMode(dc));
    printf("a bitmap that is selected, selected elsewhere: %d\n", SelectObject(other, bitmap) != NULL);
    HGDIOBJ old = SelectObject(dc, pen);
    printf("delete what is selected %d\n", DeleteObject(pen) != 0);
    printf("selected back %d\n", SelectObject(dc, old) != NULL);
    printf("again %d\n", DeleteObject(pen) != 0);
    printf("brush %d", DeleteObject(brush) != 0);
    printf(" again %d\n", DeleteObject(brush) != 0);
    printf("stock %d\n", DeleteObject(GetStockObject(BLACK_PEN)) != 0);
    printf("no context: select %d, fill %d, pixel %lx, delete %d\n", SelectObject(NULL, old) != NULL,
           Rectangle(NULL, 0, 0, 1, 1), (unsigned long)GetPixel(NULL, 0, 0), DeleteDC(NULL));
}

int main(void)
{
    HDC screen = GetDC(NULL);
    dc = CreateCompatibleDC(screen);
    HDC other = CreateCompatibleDC(screen);
    bitmap = CreateCompatibleBitmap(screen, WIDTH, HEIGHT);
    HBITMAP source = CreateCompatibleBitmap(screen, 4, 4);
    printf("released %d\n", ReleaseDC(NULL, screen));
    HGDIOBJ before = SelectObject(dc, bitmap);
    SelectObject(other, source);
    printf("first pixel %lx\n", (unsigned long)GetPixel(dc, 0, 0));
    PatBlt(dc, 0, 0, WIDTH, HEIGHT, WHITENESS);
    fills();
    shapes();
    lines();
    hatches();
    copies(other);
    clips();
    states(other);
    printf("back %d\n", SelectObject(dc, before) == bitmap);
    printf("deleted %d %d %d\n", DeleteObject(bitmap) != 0, DeleteDC(dc) != 0, DeleteDC(other) != 0);
    printf("again %d %d\n", DeleteDC(dc) != 0, GetPixel(dc, 0, 0) == CLR_INVALID);
    DeleteObject(source);
    return 0;
}
