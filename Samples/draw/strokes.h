/* What was drawn: lines, each of all the places that the mouse came by. Knows nothing of windows. */
#ifndef STROKES_H
#define STROKES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    int x, y;
} Place;

typedef struct {
    Place* places;
    size_t count, room;
    int colour; /* of the palette */
    double width;
} Stroke;

/* Strokes from `count` to `all` were undone, and can be done again. */
typedef struct {
    Stroke* strokes;
    size_t count, all, room;
} Drawing;

/* Begins a stroke; what was undone is gone then. NULL without memory. */
Stroke* drawingBegin(Drawing* drawing, int colour, double width);

/* Adds a place, unless the stroke is there already. False without memory. */
bool strokeAdd(Stroke* stroke, int x, int y);

/* Whether there was something to undo, or to do again. */
bool drawingUndo(Drawing* drawing);
bool drawingRedo(Drawing* drawing);

void drawingFree(Drawing* drawing);

#endif /* STROKES_H */
