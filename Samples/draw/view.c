#include "view.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MARGIN = 20, SWATCH = 26, STEP = 38 };

struct Paper {
    cairo_surface_t* surface;
    cairo_t* cr;
};

static const uint32_t sheet = 0xFBF9F4, barColour = 0x363D4A, ring = 0x59626F, bright = 0xEDEFF3, dim = 0xA3ACBA;
static const uint32_t palette[COLOURS] = {0x2B2D42, 0xD1495B, 0xEDAE49,
                                          0x2A9D8F, 0x3A6EA5, 0x8E5BA6};
static const double circle = 6.283185307179586;

static void set(cairo_t* cr, uint32_t colour)
{
    cairo_set_source_rgb(cr, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0,
                         (colour & 255) / 255.0);
}

static void dot(cairo_t* cr, double x, double y, double radius)
{
    cairo_arc(cr, x, y, radius, 0, circle);
    cairo_fill(cr);
}

/* A curve through the middles between places, which bends towards the places: as smooth as a hand. */
static void trace(cairo_t* cr, const Stroke* stroke)
{
    const Place* places = stroke->places;
    const size_t last = stroke->count - 1;
    double x = places[0].x + 0.5, y = places[0].y + 0.5;
    cairo_move_to(cr, x, y);
    for (size_t i = 1; i <= last; i++) {
        const double bendX = places[i - 1].x + 0.5, bendY = places[i - 1].y + 0.5;
        double toX = (bendX + places[i].x + 0.5) / 2, toY = (bendY + places[i].y + 0.5) / 2;
        if (i == last) toX = places[i].x + 0.5, toY = places[i].y + 0.5;
        cairo_curve_to(cr, x + (bendX - x) * 2 / 3, y + (bendY - y) * 2 / 3,
                       toX + (bendX - toX) * 2 / 3, toY + (bendY - toY) * 2 / 3, toX, toY);
        x = toX, y = toY;
    }
}

static void drawStroke(cairo_t* cr, const Stroke* stroke)
{
    if (stroke->count == 0) return;
    set(cr, palette[stroke->colour]);
    if (stroke->count == 1) {
        dot(cr, stroke->places[0].x + 0.5, stroke->places[0].y + 0.5, stroke->width / 2);
        return;
    }
    cairo_set_line_width(cr, stroke->width);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    trace(cr, stroke);
    cairo_stroke(cr);
}

Paper* paperMake(const Drawing* drawing, size_t count, int width, int height)
{
    Paper* paper = malloc(sizeof *paper);
    if (!paper) return NULL;
    paper->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    paper->cr = cairo_create(paper->surface);
    set(paper->cr, sheet);
    cairo_paint(paper->cr);
    for (size_t i = 0; i < count; i++) drawStroke(paper->cr, &drawing->strokes[i]);
    return paper;
}

void paperAdd(Paper* paper, const Stroke* stroke) { drawStroke(paper->cr, stroke); }

void paperFree(Paper* paper)
{
    if (!paper) return;
    cairo_destroy(paper->cr);
    cairo_surface_destroy(paper->surface);
    free(paper);
}

/* Each place that the mouse came by, in what the strokes are made of. */
static void drawPlaces(cairo_t* cr, const Drawing* drawing)
{
    set(cr, 0xFFFFFF);
    for (size_t i = 0; i < drawing->count; i++)
        for (size_t j = 0; j < drawing->strokes[i].count; j++)
            dot(cr, drawing->strokes[i].places[j].x + 0.5, drawing->strokes[i].places[j].y + 0.5, 1.2);
}

static double swatchX(int colour) { return MARGIN + SWATCH / 2.0 + colour * STEP; }

static void drawBar(cairo_t* cr, int width, const Drawing* drawing, const Tools* tools)
{
    char text[96];
    size_t places = 0;
    set(cr, barColour);
    cairo_rectangle(cr, 0, 0, width, BAR);
    cairo_fill(cr);
    for (int i = 0; i < COLOURS; i++) {
        set(cr, i == tools->colour ? bright : ring);
        dot(cr, swatchX(i), BAR / 2.0, SWATCH / 2.0 + (i == tools->colour ? 3 : 1.5));
        set(cr, palette[i]);
        dot(cr, swatchX(i), BAR / 2.0, SWATCH / 2.0);
    }
    const double x = MARGIN + COLOURS * STEP + 22;
    set(cr, bright);
    dot(cr, x, BAR / 2.0, tools->width / 2);

    cairo_select_font_face(cr, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cr, 12);
    set(cr, dim);
    cairo_move_to(cr, x + 32, 24);
    cairo_show_text(cr, "1 to 6: colour   wheel: width   P: places   Delete: a new sheet");
    cairo_move_to(cr, x + 32, 42);
    cairo_show_text(cr, "Control+Z: undo   Control+Y: redo   Escape: end");

    for (size_t i = 0; i < drawing->count; i++) places += drawing->strokes[i].count;
    snprintf(text, sizeof text, "%zu strokes, %zu places", drawing->count, places);
    cairo_text_extents_t extents;
    cairo_text_extents(cr, text, &extents);
    set(cr, bright);
    cairo_move_to(cr, width - MARGIN - extents.x_advance, 33);
    cairo_show_text(cr, text);
}

void viewDraw(const RatPaint* paint, const Paper* paper, const Stroke* current,
              const Drawing* drawing, const Tools* tools)
{
    if (!paint->pixels) return;
    /* Rat's pixels are cairo's ARGB32, so cairo draws right into the window's own. */
    cairo_surface_t* surface = cairo_image_surface_create_for_data(
        (unsigned char*)paint->pixels, CAIRO_FORMAT_ARGB32, paint->width, paint->height,
        (int)paint->stride);
    cairo_t* cr = cairo_create(surface);
    cairo_rectangle(cr, paint->rect.left, paint->rect.top, paint->rect.right - paint->rect.left,
                    paint->rect.bottom - paint->rect.top);
    cairo_clip(cr);
    set(cr, sheet);
    cairo_paint(cr);
    if (paper) {
        cairo_set_source_surface(cr, paper->surface, 0, 0);
        cairo_paint(cr);
    }
    if (current) drawStroke(cr, current);
    if (tools->showsPlaces) drawPlaces(cr, drawing);
    drawBar(cr, paint->width, drawing, tools);
    cairo_destroy(cr);
    cairo_surface_finish(surface); /* writes out what cairo may still hold back */
    cairo_surface_destroy(surface);
}

RatRect viewChanged(const Stroke* stroke)
{
    /* The last place bends the curve from the middle before the one before it. */
    const size_t first = stroke->count > 3 ? stroke->count - 3 : 0;
    const int margin = (int)ceil(stroke->width / 2) + 2;
    RatRect changed = {0, 0, 0, 0};
    for (size_t i = first; i < stroke->count; i++) {
        const Place place = stroke->places[i];
        if (i == first || place.x - margin < changed.left) changed.left = place.x - margin;
        if (i == first || place.y - margin < changed.top) changed.top = place.y - margin;
        if (i == first || place.x + margin > changed.right) changed.right = place.x + margin;
        if (i == first || place.y + margin > changed.bottom) changed.bottom = place.y + margin;
    }
    return changed;
}

int viewColourAt(int x, int y)
{
    for (int i = 0; i < COLOURS; i++)
        if (hypot(x - swatchX(i), y - BAR / 2.0) <= SWATCH / 2.0 + 3) return i;
    return -1;
}
