/* The picture of a drawing. Knows nothing of windows: it draws into any pixels. */
#ifndef VIEW_H
#define VIEW_H

#include "strokes.h"

#include <rat.h>

enum { COLOURS = 6, BAR = 56 };

/* What the next stroke will be, and how the drawing is shown. */
typedef struct {
    int colour;
    double width;
    bool showsPlaces;
} Tools;

/* The strokes that are done, as they look. */
typedef struct Paper Paper;

/* Makes a paper with the first `count` strokes on it. NULL without memory. */
Paper* paperMake(const Drawing* drawing, size_t count, int width, int height);
void paperAdd(Paper* paper, const Stroke* stroke);
void paperFree(Paper* paper);

/* Draws what the paint asks for: the paper, the stroke that is being drawn or NULL, the bar above. */
void viewDraw(const RatPaint* paint, const Paper* paper, const Stroke* current,
              const Drawing* drawing, const Tools* tools);

/* What the last places of a stroke may have changed. */
RatRect viewChanged(const Stroke* stroke);

/* The colour whose swatch lies there; -1 for none. */
int viewColourAt(int x, int y);

#endif /* VIEW_H */
