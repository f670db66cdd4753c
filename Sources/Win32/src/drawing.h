/* What librat-win32 and librat-win32-gdi know of each other. Windows' device contexts are the first one's, which
 * knows no drawing; the second draws, and is loaded by programs that use a function of it. */
#ifndef DRAWING_H
#define DRAWING_H

#include <rat.h>
#include <windows.h>

/* What the library that draws does for the other. */
typedef struct {
    /* Lets go of what drawing has kept of a device context. */
    VOID (*release)(uint64_t drawing);
    /* Deletes a pen, brush, font or bitmap. */
    BOOL (*deleteObject)(HGDIOBJ object);
    /* Fills what is lent with a brush that is no solid one. */
    BOOL (*erase)(HDC dc, HBRUSH brush);
} Drawing;

/* Called when the library that draws is loaded. It is never unloaded. */
RAT_WIN32(VOID, ConnectDrawing, (const Drawing* drawing));
/* Where drawing keeps what it knows of a window's device context: a number, 0 at first; NULL if it is none.
 * *outPaint receives what the context lends. */
RAT_WIN32(uint64_t*, DrawingOfDc, (HDC dc, const RatPaint** outPaint));

#endif /* DRAWING_H */
