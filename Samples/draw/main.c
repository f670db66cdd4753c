/* Draws what the mouse draws: every place that it comes by, however fast it goes and however long a paint
 * takes, joined by smooth lines. The keys undo and redo.
 *
 *     cc *.c $(pkg-config --cflags --libs rat cairo) -lm -o draw && ./draw [--trace FILE]
 *
 * --trace writes each stroke with its places to a file, and what else was done. Escape or the close button
 * ends it. If the display is lost it says so, and ends with status 3.
 */
#include "view.h"

#include <stdio.h>
#include <string.h>

enum { EXIT_DISPLAY_LOST = 3, THINNEST = 2, THICKEST = 24 };

static Drawing drawing;
static Tools tools = {.colour = 0, .width = 6};
static Paper* paper;
static bool isDrawing; /* the last stroke is being drawn, and not on the paper yet */
static FILE* trace;
static int exitCode;

static void tell(const char* what, size_t number)
{
    if (!trace) return;
    fprintf(trace, "%s %zu\n", what, number);
    fflush(trace);
}

static void tellStroke(const Stroke* stroke)
{
    if (!trace) return;
    fprintf(trace, "stroke %zu:", drawing.count);
    for (size_t i = 0; i < stroke->count; i++)
        fprintf(trace, " %d,%d", stroke->places[i].x, stroke->places[i].y);
    fputc('\n', trace);
    fflush(trace);
}

static void showBar(RatWindow window)
{
    RatRect all;
    if (RatGetClientRect(window, &all) != RAT_IPC_OK) return;
    all.bottom = BAR;
    RatInvalidateRect(window, &all, false);
}

/* Puts everything that is done on a new sheet. */
static void redraw(RatWindow window)
{
    RatRect all;
    paperFree(paper);
    paper = NULL;
    if (RatGetClientRect(window, &all) != RAT_IPC_OK || all.right <= 0 || all.bottom <= 0) return;
    paper = paperMake(&drawing, drawing.count - isDrawing, all.right, all.bottom);
    RatInvalidateRect(window, NULL, false);
}

static void paint(RatWindow window)
{
    RatPaint area;
    if (RatBeginPaint(window, &area) != RAT_IPC_OK) return;
    viewDraw(&area, paper, isDrawing ? &drawing.strokes[drawing.count - 1] : NULL, &drawing, &tools);
    RatEndPaint(window, &area);
    tell("painted", drawing.count);
}

static void draw(RatWindow window, int x, int y)
{
    Stroke* stroke = &drawing.strokes[drawing.count - 1];
    if (!strokeAdd(stroke, x, y)) return;
    RatRect changed = viewChanged(stroke);
    RatInvalidateRect(window, &changed, false);
}

static void press(RatWindow window, int x, int y)
{
    const int colour = viewColourAt(x, y);
    if (colour >= 0) tools.colour = colour;
    if (y < BAR) showBar(window);
    if (y < BAR || !drawingBegin(&drawing, tools.colour, tools.width)) return;
    isDrawing = true;
    RatSetCapture(window, NULL); /* a line may leave the window and come back */
    draw(window, x, y);
    showBar(window);
}

/* The button was released, or somebody else took the mouse: the stroke is done. */
static void finish(RatWindow window)
{
    if (!isDrawing) return;
    isDrawing = false;
    Stroke* stroke = &drawing.strokes[drawing.count - 1];
    if (paper) paperAdd(paper, stroke);
    tellStroke(stroke);
    RatInvalidateRect(window, NULL, false);
}

static void pressKey(RatWindow window, uintptr_t key)
{
    const bool hasControl = RatGetKeyState(RAT_VK_CONTROL) < 0;
    if (key == RAT_VK_ESCAPE) {
        RatDestroyWindow(window);
    } else if (isDrawing) {
        return; /* one thing after the other */
    } else if (hasControl && key == 'Z') {
        if (drawingUndo(&drawing)) tell("undone to", drawing.count);
        redraw(window);
    } else if (hasControl && key == 'Y') {
        if (drawingRedo(&drawing)) tell("redone to", drawing.count);
        redraw(window);
    } else if (key == RAT_VK_DELETE) {
        drawingFree(&drawing);
        tell("cleared to", drawing.count);
        redraw(window);
    } else if (key == 'P') {
        tools.showsPlaces = !tools.showsPlaces;
        RatInvalidateRect(window, NULL, false);
    } else if (key >= '1' && key < '1' + COLOURS) {
        tools.colour = (int)(key - '1');
        showBar(window);
    }
}

static void turnWheel(RatWindow window, int delta)
{
    tools.width += delta > 0 ? 2 : -2;
    if (tools.width < THINNEST) tools.width = THINNEST;
    if (tools.width > THICKEST) tools.width = THICKEST;
    showBar(window);
}

static RatResult drawProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    const int x = (int16_t)(lparam & 0xFFFF), y = (int16_t)(lparam >> 16 & 0xFFFF);
    switch (message) {
    case RAT_WM_SIZE:
        redraw(window);
        return 0;
    case RAT_WM_PAINT:
        paint(window);
        return 0;
    case RAT_WM_ERASEBKGND:
        return 1; /* every paint fills everything that it is asked for */
    case RAT_WM_LBUTTONDOWN:
        press(window, x, y);
        return 0;
    case RAT_WM_MOUSEMOVE:
        if (isDrawing) draw(window, x, y);
        return 0;
    case RAT_WM_LBUTTONUP:
        if (isDrawing) {
            draw(window, x, y);
            RatReleaseCapture(); /* finishes the stroke */
        }
        return 0;
    case RAT_WM_CAPTURECHANGED:
        finish(window);
        return 0;
    case RAT_WM_MOUSEWHEEL:
        turnWheel(window, (int16_t)(wparam >> 16 & 0xFFFF));
        return 0;
    case RAT_WM_KEYDOWN:
        pressKey(window, wparam);
        return 0;
    case RAT_WM_DISPLAYLOST:
        fprintf(stderr, "display lost: %s\n", RatStatusName((RatStatus)wparam));
        exitCode = EXIT_DISPLAY_LOST;
        RatDestroyWindow(window);
        return 0;
    case RAT_WM_DESTROY:
        RatPostQuitMessage(exitCode);
        return 0;
    }
    return RatDefWindowProc(window, message, wparam, lparam);
}

int main(int argc, char** argv)
{
    if (argc == 3 && strcmp(argv[1], "--trace") == 0) {
        trace = fopen(argv[2], "w");
        if (!trace) return perror(argv[2]), 1;
    } else if (argc != 1) {
        return fprintf(stderr, "usage: draw [--trace FILE]\n"), 2;
    }
    RatWindowClass class = {
        .size = sizeof class, .proc = drawProc, .name = "Draw", .cursor = RAT_CURSOR_CROSS,
        .background = 0xFFFBF9F4, /* what is new has it until it is painted */
    };
    RatWindow window;
    RatMessageQueue queue;
    RatMessage msg;
    RatStatus status = RatRegisterClass(&class, NULL);
    /* Without this, moves that wait while a paint goes on would be one. */
    if (status == RAT_IPC_OK) status = RatKeepMouseMoves(true);
    if (status == RAT_IPC_OK)
        status = RatCreateWindow(0, "Draw", "Rat draws", RAT_WS_OVERLAPPEDWINDOW | RAT_WS_VISIBLE,
                                 RAT_CW_USEDEFAULT, 0, 960, 640, RAT_INVALID_HANDLE, NULL, &window);
    if (status == RAT_IPC_OK) status = RatGetThreadMessageQueue(&queue);
    if (status != RAT_IPC_OK)
        return fprintf(stderr, "draw: %s: %s\n", RatStatusName(status), RatStatusMessage(status)), 1;
    while ((status = RatGetMessage(queue, &msg, -1)) == RAT_IPC_OK) RatDispatchMessage(&msg);
    paperFree(paper);
    drawingFree(&drawing);
    if (trace) fclose(trace);
    return status == RAT_IPC_QUIT ? (int)msg.header.wparam : 1;
}
