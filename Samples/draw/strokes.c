#include "strokes.h"

#include <stdlib.h>

/* Room for one more; the old items stay where they are if there is none. */
static bool grow(void** items, size_t count, size_t* room, size_t size)
{
    if (count < *room) return true;
    size_t more = *room * 2 + 16;
    void* grown = realloc(*items, more * size);
    if (!grown) return false;
    *items = grown;
    *room = more;
    return true;
}

Stroke* drawingBegin(Drawing* drawing, int colour, double width)
{
    void* strokes = drawing->strokes;
    while (drawing->all > drawing->count) free(drawing->strokes[--drawing->all].places);
    if (!grow(&strokes, drawing->count, &drawing->room, sizeof *drawing->strokes)) return NULL;
    drawing->strokes = strokes;
    Stroke* stroke = &drawing->strokes[drawing->count];
    *stroke = (Stroke){.colour = colour, .width = width};
    drawing->all = ++drawing->count;
    return stroke;
}

bool strokeAdd(Stroke* stroke, int x, int y)
{
    void* places = stroke->places;
    if (stroke->count > 0 && stroke->places[stroke->count - 1].x == x &&
        stroke->places[stroke->count - 1].y == y)
        return true;
    if (!grow(&places, stroke->count, &stroke->room, sizeof *stroke->places)) return false;
    stroke->places = places;
    stroke->places[stroke->count++] = (Place){x, y};
    return true;
}

bool drawingUndo(Drawing* drawing)
{
    if (drawing->count == 0) return false;
    drawing->count--;
    return true;
}

bool drawingRedo(Drawing* drawing)
{
    if (drawing->count == drawing->all) return false;
    drawing->count++;
    return true;
}

void drawingFree(Drawing* drawing)
{
    while (drawing->all > 0) free(drawing->strokes[--drawing->all].places);
    free(drawing->strokes);
    *drawing = (Drawing){0};
}
