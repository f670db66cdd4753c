/* The default procedure. Rat's does the work; here texts and device contexts become what it takes. */
#include "internal.h"

static LRESULT setText(HWND window, const void* text, bool wide)
{
    char* copy;
    const char* narrow = narrowText(text, wide, &copy);
    if (text != NULL && narrow == NULL) return failWith(ERROR_NOT_ENOUGH_MEMORY);
    LRESULT result = RatDefWindowProc(handleOf(window), WM_SETTEXT, 0, (LPARAM)narrow);
    free(copy);
    return result;
}

/* The window's own text, to be freed. */
static char* ownText(HWND window)
{
    size_t size = (size_t)RatDefWindowProc(handleOf(window), WM_GETTEXTLENGTH, 0, 0) + 1;
    char* text = calloc(1, size);
    if (text != NULL) RatDefWindowProc(handleOf(window), WM_GETTEXT, size, (LPARAM)text);
    return text;
}

static LRESULT wideText(HWND window, WCHAR* buffer, size_t size)
{
    char* text = ownText(window);
    if (text == NULL) return 0;
    size_t length = buffer != NULL ? wideInto(buffer, size, text) : wideLengthOf(text);
    free(text);
    return (LRESULT)length;
}

static void fill(const RatPaint* paint, uint32_t pixel)
{
    if (paint->pixels == NULL) return;
    for (uint32_t i = 0; i < paint->clipCount; i++) {
        RatRect r = paint->clip[i];
        for (int32_t y = r.top; y < r.bottom; y++) {
            uint32_t* row = (uint32_t*)(void*)((char*)paint->pixels + (size_t)y * paint->stride);
            for (int32_t x = r.left; x < r.right; x++) row[x] = pixel;
        }
    }
}

static LRESULT erase(HWND window, WPARAM wparam)
{
    Dc* dc = dcOf((HDC)wparam);
    WindowRecord* record = ownRecord(handleOf(window));
    HBRUSH brush = record != NULL ? record->class->background : NULL;
    uint32_t pixel = brushPixels(brush);
    const Drawing* drawing = connectedDrawing();
    /* A hatched brush, or a pattern; or a context in memory. */
    if (drawing != NULL && (isDrawn(brush) || (dc == NULL && pixel != 0))) return drawing->erase((HDC)wparam, brush);
    if (dc == NULL) return 0;
    if (dc->kind == DC_ERASE) return RatDefWindowProc(handleOf(window), WM_ERASEBKGND, 0, (LPARAM)dc->erasing);
    if (pixel == 0) return 0;
    fill(&dc->paint, pixel);
    return 1;
}

static LRESULT handleSpecial(HWND window, UINT message, WPARAM wparam, LPARAM lparam, bool wide)
{
    switch (message) {
    case WM_NCCREATE: {
        CreationFrame* frame = creationOf(handleOf(window));
        if (frame == NULL || frame->original == NULL) return 1;
        return RatDefWindowProc(handleOf(window), message, wparam, (LPARAM)frame->original);
    }
    case WM_CREATE: return RatDefWindowProc(handleOf(window), message, wparam, 0);
    case WM_ERASEBKGND: return erase(window, wparam);
    case WM_SETTEXT: return setText(window, (const void*)lparam, wide);
    case WM_GETTEXT:
        if (!wide) break;
        return lparam != 0 && wparam != 0 ? wideText(window, (WCHAR*)lparam, wparam) : 0;
    case WM_GETTEXTLENGTH:
        if (!wide) break;
        return wideText(window, NULL, 0);
    default: break;
    }
    return RatDefWindowProc(handleOf(window), message, wparam, lparam);
}

LRESULT DefWindowProcA(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    if (UNLIKELY(isSpecial(message))) return handleSpecial(window, message, wparam, lparam, false);
    return RatDefWindowProc(handleOf(window), message, wparam, lparam);
}

LRESULT DefWindowProcW(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    if (UNLIKELY(isSpecial(message))) return handleSpecial(window, message, wparam, lparam, true);
    return RatDefWindowProc(handleOf(window), message, wparam, lparam);
}
