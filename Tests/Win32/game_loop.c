/* A game of 1998's manner: a snake that a timer moves, the arrow keys steer, and WM_PAINT draws cell by cell. It plays
 * itself by SendInput(), so that it tells the same story each time. */
#include <windows.h>
#include <stdio.h>
#include <string.h>

#define COLUMNS 16
#define ROWS 12
#define CELL 10
#define LONGEST (COLUMNS * ROWS)
#define STEP_TIMER 1
#define WAKE_TIMER 2

typedef struct {
    int x, y;
} Cell;

typedef enum { PLAYING, PAUSED, OVER } Mode;

static struct {
    Cell body[LONGEST]; /* The head first. */
    int length;
    Cell food;
    int eaten;
    int dx, dy;
    int nextX, nextY; /* Where the keys say to go. */
    int step;
    Mode mode;
    int paints, cellsDrawn;
} game;

/* What the player does after which step. */
static const struct {
    int step;
    WORD key;
} script[] = {
    { 2, VK_DOWN }, { 4, VK_RIGHT }, { 6, VK_LEFT }, { 7, VK_UP }, { 8, 'P' }, { 9, VK_LEFT }, { 14, VK_DOWN },
    { 17, VK_SHIFT }, { 18, VK_RIGHT }, { 24, VK_UP }, { 28, VK_LEFT },
    { 34, VK_ESCAPE },
};

static const Cell foods[] = { { 7, 4 }, { 8, 6 }, { 8, 2 }, { 2, 7 } };

static HBRUSH floorBrush, snakeBrush, headBrush, foodBrush;

static RECT rectOf(Cell cell)
{
    RECT rect;
    SetRect(&rect, cell.x * CELL, cell.y * CELL, (cell.x + 1) * CELL, (cell.y + 1) * CELL);
    return rect;
}

static BOOL isSnake(Cell cell)
{
    int i;
    for (i = 0; i < game.length; i++)
        if (game.body[i].x == cell.x && game.body[i].y == cell.y) return TRUE;
    return FALSE;
}

static void Dirty(HWND window, Cell cell)
{
    RECT rect = rectOf(cell);
    InvalidateRect(window, &rect, FALSE);
}

static void Press(WORD key)
{
    INPUT inputs[2];
    memset(inputs, 0, sizeof inputs);
    inputs[0].type = inputs[1].type = INPUT_KEYBOARD;
    inputs[0].ki.wVk = inputs[1].ki.wVk = key;
    inputs[1].ki.dwFlags = KEYEVENTF_KEYUP;
    if (SendInput(2, inputs, sizeof inputs[0]) != 2) printf("no input\n");
}

static void Start(HWND window)
{
    int i;
    game.length = 3;
    for (i = 0; i < game.length; i++) {
        game.body[i].x = 4 - i;
        game.body[i].y = 2;
    }
    game.food = foods[0];
    game.nextX = game.dx = 1;
    game.mode = PLAYING;
    SetTimer(window, STEP_TIMER, 10, NULL);
}

static void Finish(HWND window, const char* why)
{
    printf("over after %d steps: %s, length %d\n", game.step, why, game.length);
    game.mode = OVER;
    KillTimer(window, STEP_TIMER);
    PostMessage(window, WM_CLOSE, 0, 0);
}

static void Step(HWND window)
{
    Cell head, tail = game.body[game.length - 1];
    BOOL eats;
    int i;
    game.step++;
    game.dx = game.nextX;
    game.dy = game.nextY;
    head.x = game.body[0].x + game.dx;
    head.y = game.body[0].y + game.dy;
    eats = head.x == game.food.x && head.y == game.food.y;
    if (head.x < 0 || head.y < 0 || head.x >= COLUMNS || head.y >= ROWS) {
        Finish(window, "a wall");
        return;
    }
    if (isSnake(head)) {
        Finish(window, "itself");
        return;
    }
    Dirty(window, game.body[0]);
    if (eats) {
        game.length++;
        game.food = foods[++game.eaten % (sizeof foods / sizeof foods[0])];
        Dirty(window, game.food);
    } else {
        Dirty(window, tail);
    }
    for (i = game.length - 1; i > 0; i--) game.body[i] = game.body[i - 1];
    game.body[0] = head;
    Dirty(window, head);
    printf("step %d at %d,%d%s\n", game.step, head.x, head.y, eats ? " eats" : "");
    for (i = 0; i < (int)(sizeof script / sizeof script[0]); i++)
        if (script[i].step == game.step) Press(script[i].key);
}

static void Steer(int dx, int dy)
{
    /* It cannot turn back on itself. */
    if (dx == -game.dx && dy == -game.dy) {
        printf("  no turning back\n");
        return;
    }
    game.nextX = dx;
    game.nextY = dy;
}

static void OnKey(HWND window, WPARAM key, LPARAM lParam)
{
    printf("  key %02x repeat %d was down %d shift %d\n", (unsigned)key, (int)LOWORD(lParam), (int)(lParam >> 30 & 1),
           GetKeyState(VK_SHIFT) < 0);
    switch (key) {
    case VK_LEFT: Steer(-1, 0); break;
    case VK_RIGHT: Steer(1, 0); break;
    case VK_UP: Steer(0, -1); break;
    case VK_DOWN: Steer(0, 1); break;
    case VK_ESCAPE: Finish(window, "enough"); break;
    default: break;
    }
}

static void OnPause(HWND window)
{
    game.mode = game.mode == PAUSED ? PLAYING : PAUSED;
    printf("  %s\n", game.mode == PAUSED ? "paused" : "on");
    if (game.mode == PAUSED) {
        KillTimer(window, STEP_TIMER);
        SetTimer(window, WAKE_TIMER, 30, NULL);
    } else {
        SetTimer(window, STEP_TIMER, 10, NULL);
    }
}

static void OnPaint(HWND window)
{
    PAINTSTRUCT paint;
    Cell cell;
    HDC dc = BeginPaint(window, &paint);
    game.paints++;
    for (cell.y = 0; cell.y < ROWS; cell.y++) {
        for (cell.x = 0; cell.x < COLUMNS; cell.x++) {
            RECT rect = rectOf(cell), both;
            BOOL isHead = cell.x == game.body[0].x && cell.y == game.body[0].y;
            BOOL isFood = cell.x == game.food.x && cell.y == game.food.y;
            if (!IntersectRect(&both, &rect, &paint.rcPaint)) continue;
            FillRect(dc, &rect, isHead ? headBrush : isSnake(cell) ? snakeBrush : isFood ? foodBrush : floorBrush);
            game.cellsDrawn++;
        }
    }
    EndPaint(window, &paint);
    if (game.step > 0)
        printf("  painted %d,%d to %d,%d\n", (int)paint.rcPaint.left, (int)paint.rcPaint.top, (int)paint.rcPaint.right,
               (int)paint.rcPaint.bottom);
}

static LRESULT CALLBACK GameProc(HWND window, UINT message, WPARAM wParam, LPARAM lParam)
{
    switch (message) {
    case WM_TIMER:
        if (wParam == STEP_TIMER && game.mode == PLAYING) {
            Step(window);
        } else if (wParam == WAKE_TIMER) {
            KillTimer(window, WAKE_TIMER);
            Press('P');
        }
        return 0;
    case WM_KEYDOWN: OnKey(window, wParam, lParam); return 0;
    case WM_CHAR:
        if (wParam == 'p' || wParam == 'P') OnPause(window);
        return 0;
    case WM_PAINT: OnPaint(window); return 0;
    case WM_CLOSE: DestroyWindow(window); return 0;
    case WM_DESTROY: PostQuitMessage(game.eaten); return 0;
    default: return DefWindowProc(window, message, wParam, lParam);
    }
}

static COLORREF middleOf(HDC dc, int x, int y)
{
    return GetPixel(dc, x * CELL + CELL / 2, y * CELL + CELL / 2);
}

int main(void)
{
    WNDCLASS wc;
    HWND window;
    MSG msg;
    HDC dc;

    floorBrush = (HBRUSH)GetStockObject(BLACK_BRUSH);
    snakeBrush = CreateSolidBrush(RGB(0, 160, 0));
    headBrush = CreateSolidBrush(RGB(0, 255, 64));
    foodBrush = CreateSolidBrush(RGB(255, 32, 0));
    memset(&wc, 0, sizeof wc);
    wc.lpfnWndProc = GameProc;
    wc.hInstance = GetModuleHandle(NULL);
    wc.hCursor = LoadCursor(NULL, IDC_ARROW);
    wc.hbrBackground = floorBrush;
    wc.lpszClassName = "Snake";
    RegisterClass(&wc);
    window = CreateWindow("Snake", "Snake", WS_POPUP, 20, 20, COLUMNS * CELL, ROWS * CELL, NULL, NULL, wc.hInstance, NULL);
    game.body[0].x = -1;
    ShowWindow(window, SW_SHOW);
    SetForegroundWindow(window);
    UpdateWindow(window);
    while (PeekMessage(&msg, NULL, 0, 0, PM_REMOVE)) DispatchMessage(&msg);
    printf("focus %d painted %d\n", GetFocus() == window, game.paints > 0);
    Start(window);
    InvalidateRect(window, NULL, FALSE);
    UpdateWindow(window);
    dc = GetDC(window);
    printf("head %06x body %06x food %06x floor %06x\n", (unsigned)middleOf(dc, 4, 2), (unsigned)middleOf(dc, 3, 2),
           (unsigned)middleOf(dc, 7, 4), (unsigned)middleOf(dc, 10, 10));
    ReleaseDC(window, dc);
    while (GetMessage(&msg, NULL, 0, 0) > 0) {
        TranslateMessage(&msg);
        DispatchMessage(&msg);
    }
    printf("ate %d, cells drawn for %d steps %s\n", (int)msg.wParam, game.step,
           game.cellsDrawn >= COLUMNS * ROWS + 2 * game.step ? "enough" : "too few");
    DeleteObject(snakeBrush);
    DeleteObject(headBrush);
    DeleteObject(foodBrush);
    return 0;
}
